"""``smtpprobe extensions``: the catalogue of EHLO keywords."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from smtpprobe.catalogue.browsing import find_extensions, related
from smtpprobe.catalogue.entries import ExtensionEntry
from smtpprobe.catalogue.languages import Words
from smtpprobe.cli import language, options
from smtpprobe.cli.browse import Show, browse
from smtpprobe.cli.errors import Refused


@click.command("extensions")
@click.argument("query", nargs=-1)
@language.option
@options.output_options(
    "text", "json", quiet="Show a row for each keyword, also for one alone.", verbose="Show each keyword in full."
)
def command(query: tuple[str, ...], **given: Any) -> None:
    """List the EHLO keywords, or those that fit QUERY.

    \b
    smtpprobe extensions DSN       one keyword in full, with those akin to it
    smtpprobe extensions BODY=     what adds a parameter, or a command (BDAT)
    smtpprobe extensions historic  a status: historic, registered …
    smtpprobe extensions queue     a word of the texts
    """
    asked = " ".join(query)
    found = find_extensions(asked)
    if not found:
        raise Refused(
            f"No EHLO keyword fits {asked[:100]!r}: try a keyword, a command or parameter, a status or another word."
        )
    words = language.chosen(given)
    from smtpprobe.render import entry

    rows = (partial(entry.extension_list, words.translated(found)),)
    browse(given, words, partial(_document, found, words), rows, [_page(one, words) for one in found])


def _document(found: tuple[ExtensionEntry, ...], words: Words) -> object:
    from smtpprobe.render import browsed

    return words.translated(browsed.build_extensions(found))


def _page(found: ExtensionEntry, words: Words) -> Show:
    from smtpprobe.render import entry

    return partial(entry.extension_text, words.translated(found), kin=words.translated(related(found)))
