"""Checks full of hostile strings in every form, each read again by its strict reader; part of output_formats.py."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import github_commands
import html5lib
import jsonschema  # type: ignore[import-untyped]
import msgspec
import strict_readers
from output_reports import poisoned

# isort: split
# output_reports.py has put tests/render where this is found.
from checkings_more import CHECKINGS

from smtpprobe.expectation import Checked, Checking, Held
from smtpprobe.render import CHECK_RENDERERS, check_github, check_text
from smtpprobe.render.paper import Console
from smtpprobe.render.schema import check_schema

Strings = Sequence[str]

_VALIDATOR = jsonschema.Draft202012Validator(check_schema())
_WITHIN_MIXED = {"all-met", "one-fails", "busy", "unreachable"}
_MARKDOWN = frozenset({"fence", "table_open", "html_block"})


def checks(strings: Strings) -> Iterator[Checking]:
    """Every check, with strings in all its texts; advice has prose and lines to be copied."""
    told = [one if one.strip() else f"nothing {n}" for n, one in enumerate(strings)]
    for name in sorted(CHECKINGS.keys() - _WITHIN_MIXED):
        checking = poisoned(CHECKINGS[name](), told)
        yield msgspec.structs.replace(checking, servers=tuple([_server(one) for one in checking.servers]))


def _server(server: Checked) -> Checked:
    return msgspec.structs.replace(server, held=tuple([_held(one) for one in server.held]))


def _held(held: Held) -> Held:
    flat = " ".join(held.advice.split())
    return msgspec.structs.replace(held, advice=f"{flat}\n  {flat}\n    {flat}" if flat else "")


def _no_orders(text: str) -> str:
    found = github_commands.orders(text)
    assert found == [], f"an order to {found[0].name}: {found[0].data[:200]!r}"
    return text


def _text(columns: int, colour: bool, encoding: str, words: dict[str, bool], strings: Strings) -> None:
    for checking in checks(strings):
        octets = io.BytesIO()
        stream = io.TextIOWrapper(octets, encoding=encoding, newline="\n")
        check_text.show(checking, Console(stream, color=colour, width=columns), **words)
        stream.flush()
        shown = octets.getvalue().decode(encoding)
        strict_readers.terminal(_no_orders(shown), columns, colour=colour)
        if words.get("brief"):
            assert 1 <= shown.count("\n") <= 5


def _json(strings: Strings) -> None:
    for checking in checks(strings):
        text = _no_orders(CHECK_RENDERERS["json"](checking))
        alone = len(checking.servers) == 1
        for loaded in [strict_readers.document(text)] if alone else strict_readers.lines(text):
            _VALIDATOR.validate(loaded)


def _github(strings: Strings) -> None:
    harmless = [f"word{n}" for n, _ in enumerate(strings)]
    for met, plain in zip(checks(strings), checks(harmless), strict=True):
        text = CHECK_RENDERERS["github"](met)
        strict_readers.characters(text)
        found = github_commands.annotated(text)
        expected = github_commands.annotated(CHECK_RENDERERS["github"](plain))
        assert [_shape(one) for one in found] == [_shape(one) for one in expected]
        assert github_commands.orders(text) == found


def _shape(order: github_commands.Order) -> tuple[str, list[str]]:
    return order.name, list(order.properties)


def _structures(render: Callable[[Checking], str], read: Callable[[str], list[str]], strings: Strings) -> None:
    """Markup has the same structure as with harmless words in the same places."""
    harmless = [f"word{n}" for n, _ in enumerate(strings)]
    for met, plain in zip(checks(strings), checks(harmless), strict=True):
        assert read(_no_orders(render(met))) == read(render(plain))


def _page(text: str) -> list[str]:
    """Read as a browser reads it, and it has nothing to mend; then the structure."""
    html5lib.HTMLParser(strict=True).parse(text)
    return strict_readers.html(text)


_read = partial(strict_readers.markdown, ours=_MARKDOWN)

FORMS: dict[str, Callable[[Strings], None]] = {
    "check as text, 20 columns": partial(_text, 20, False, "utf-8", {}),
    "check as text, 80 columns, verbose": partial(_text, 80, False, "utf-8", {"verbose": True}),
    "check as text, 40 columns, verbose, colours, ASCII": partial(_text, 40, True, "ascii", {"verbose": True}),
    "check as text, 200 columns, colours": partial(_text, 200, True, "utf-8", {}),
    "check as text, brief": partial(_text, 80, False, "utf-8", {"brief": True}),
    "check as JSON": _json,
    "check as annotations of GitHub": _github,
    "check as Markdown": partial(_structures, CHECK_RENDERERS["markdown"], _read),
    "check as a step summary": partial(_structures, check_github.summary, _read),
    "check as HTML": partial(_structures, CHECK_RENDERERS["html"], _page),
}
