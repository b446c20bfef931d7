"""``smtpprobe codes``: the catalogue of reply codes and enhanced status codes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import click

from smtpprobe.catalogue.browsing import Found, code_neighbours, enhanced_neighbours, exact_enhanced, find_codes
from smtpprobe.catalogue.languages import Words
from smtpprobe.cli import language, options
from smtpprobe.cli.browse import Show, browse
from smtpprobe.cli.errors import Refused


@click.command("codes")
@click.argument("query", nargs=-1)
@language.option
@options.output_options(
    "text", "json", quiet="Show a row for each code, also for one alone.", verbose="Show each code in full."
)
def command(query: tuple[str, ...], **given: Any) -> None:
    """List the reply codes and enhanced status codes, or those that fit every word of QUERY.

    \b
    smtpprobe codes 504          one code in full, with its neighbours
    smtpprobe codes 55           those that begin so
    smtpprobe codes 5.7          enhanced status codes that begin so
    smtpprobe codes permanent    a class, also as 5yz
    smtpprobe codes AUTH         what a command may bring
    smtpprobe codes greylisting  a word of the texts
    """
    asked = " ".join(query)
    found = find_codes(asked)
    if not found:
        raise Refused(
            f"No code fits {asked[:100]!r}: try a number (504, 5.7), a class (permanent), a command or another word."
        )
    words = language.chosen(given)
    exact = exact_enhanced(asked)
    document = partial(_document, found, words, exact)
    browse(given, words, document, tuple(_rows(found, words)), tuple(_pages(found, words, exact)))


def _document(found: Found, words: Words, exact: str | None) -> object:
    from smtpprobe.render import browsed

    return words.translated(browsed.build_codes(found, exact))


def _rows(found: Found, words: Words) -> Iterator[Show]:
    from smtpprobe.render import entry

    if found.codes:
        yield partial(entry.code_list, words.translated(found.codes))
    if found.enhanced:
        yield partial(entry.enhanced_list, words.translated(found.enhanced))
    if found.vendors:
        yield partial(entry.vendor_list, words.translated(found.vendors))


def _pages(found: Found, words: Words, exact: str | None) -> Iterator[Show]:
    from smtpprobe.catalogue.comparison import side
    from smtpprobe.render import entry

    for code in found.codes:
        yield partial(entry.code_page, words.translated(code), words.translated(code_neighbours(code)))
    for coded in found.enhanced:
        shown = exact or coded.code
        yield partial(entry.enhanced_page, side(shown), words.translated(enhanced_neighbours(coded, shown)))
    for vendor in found.vendors:
        yield partial(entry.vendor_text, words.translated(vendor))
