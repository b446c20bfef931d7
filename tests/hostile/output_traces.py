"""Traces full of hostile strings in every form, each read again by its strict reader; part of output_formats.py."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import html5lib
import jsonschema  # type: ignore[import-untyped]
import msgspec
import strict_readers
from output_reports import poisoned

# output_reports.py has put tests/render where this is found.
from traces import TRACES

from smtpprobe.journey import Ruling, Trace
from smtpprobe.render import TRACE_RENDERERS, trace_text
from smtpprobe.render.paper import Console
from smtpprobe.render.schema import trace_schema

Strings = Sequence[str]

_VALIDATOR = jsonschema.Draft202012Validator(trace_schema())
_SGR = re.compile(r"\x1b\[[0-9;]*m")
_MARKDOWN = frozenset({"fence", "table_open", "html_block"})


def traces(strings: Strings) -> Iterator[Trace]:
    """Every trace, with strings in all its texts; each of its steps has prose and a line to be copied."""
    told = [one if one.strip() else f"nothing {n}" for n, one in enumerate(strings)]
    for make in TRACES.values():
        trace = poisoned(make(), told)
        conclusion = msgspec.structs.replace(trace.conclusion, steps=_steps(trace.conclusion.steps))
        rulings = tuple([_with_steps(ruling, _steps(ruling.steps)) for ruling in trace.rulings])
        yield msgspec.structs.replace(trace, conclusion=conclusion, rulings=rulings)


def _with_steps(ruling: Ruling, steps: tuple[str, ...]) -> Ruling:
    return msgspec.structs.replace(ruling, steps=steps)


def _steps(steps: tuple[str, ...]) -> tuple[str, ...]:
    flat = [" ".join(step.split()) for step in steps]
    return tuple([f"{step}\n  {step}\n    {step}" for step in flat])


def _without_steps(trace: Trace) -> Trace:
    conclusion = msgspec.structs.replace(trace.conclusion, steps=())
    rulings = tuple([_with_steps(ruling, ()) for ruling in trace.rulings])
    return msgspec.structs.replace(trace, conclusion=conclusion, rulings=rulings)


def _shown(trace: Trace, columns: int, colour: bool, encoding: str, words: dict[str, bool]) -> str:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding=encoding, newline="\n")
    trace_text.show(trace, Console(stream, color=colour, width=columns), **words)
    stream.flush()
    return octets.getvalue().decode(encoding)


def _text(columns: int, colour: bool, encoding: str, words: dict[str, bool], strings: Strings) -> None:
    """Only a line that is to be copied may be wider than the screen, and it is indented."""
    for trace in traces(strings):
        strict_readers.terminal(_shown(_without_steps(trace), columns, colour, encoding, words), columns, colour=colour)
        whole = _shown(trace, columns, colour, encoding, words)
        strict_readers.terminal(whole, None, colour=colour)
        rows = [row for row in whole.splitlines(keepends=True) if not row.startswith(" " * trace_text.VERBATIM)]
        strict_readers.terminal("".join(rows), columns, colour=colour)
        assert all(len(_SGR.sub("", row)) < 25_000 for row in whole.splitlines())


def _json(strings: Strings) -> None:
    for trace in traces(strings):
        _VALIDATOR.validate(strict_readers.document(TRACE_RENDERERS["json"](trace)))


def _structures(form: str, read: Callable[[str], list[str]], strings: Strings) -> None:
    """Markup has the same structure as with harmless words in the same places."""
    harmless = [f"word{n}" for n, _ in enumerate(strings)]
    for met, plain in zip(traces(strings), traces(harmless), strict=True):
        assert read(TRACE_RENDERERS[form](met)) == read(TRACE_RENDERERS[form](plain))


def _page(text: str) -> list[str]:
    """Read as a browser reads it, and it has nothing to mend; then the structure."""
    html5lib.HTMLParser(strict=True).parse(text)
    return strict_readers.html(text)


FORMS: dict[str, Callable[[Strings], None]] = {
    "trace as text, 20 columns": partial(_text, 20, False, "utf-8", {}),
    "trace as text, 80 columns, verbose": partial(_text, 80, False, "utf-8", {"verbose": True}),
    "trace as text, 40 columns, verbose, colours, ASCII": partial(_text, 40, True, "ascii", {"verbose": True}),
    "trace as text, 200 columns, colours": partial(_text, 200, True, "utf-8", {}),
    "trace as text, brief": partial(_text, 80, False, "utf-8", {"brief": True}),
    "trace as JSON": _json,
    "trace as HTML": partial(_structures, "html", _page),
    "trace as Markdown": partial(_structures, "markdown", partial(strict_readers.markdown, ours=_MARKDOWN)),
}
