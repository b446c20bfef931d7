"""The formats that renderers make, each read again by its strict reader with hostile strings in all its values.

A format is called with strings, which it spreads over all texts of its values, and raises AssertionError where it is
misread.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache, partial

import jsonschema  # type: ignore[import-untyped]
import msgspec
import output_check_forms
import output_checks
import output_traces
import strict_readers
from output_reports import certified, diagnoses, digest, poisoned, reports

from smtpprobe.catalogue import codes, enhanced, extensions, languages
from smtpprobe.catalogue.browsing import code_neighbours, enhanced_neighbours, find_codes, find_extensions, related
from smtpprobe.catalogue.comparison import compare, side
from smtpprobe.catalogue.enhanced import vendors
from smtpprobe.expectation import Change, Difference
from smtpprobe.model import Report
from smtpprobe.render import browsed, diff_json, diff_text, entry, explained, json, text
from smtpprobe.render.compare import document, html, markdown, page
from smtpprobe.render.compare import text as compare_text
from smtpprobe.render.diagnoses import build_explained, build_item
from smtpprobe.render.live import Live, replay
from smtpprobe.render.paper import Console
from smtpprobe.render.schema import diff_schema, schema
from smtpprobe.render.turns import InTurns

Strings = Sequence[str]
Format = Callable[[Strings], None]
Show = Callable[[Strings, Console], None]

_VALIDATOR = jsonschema.Draft202012Validator(schema())
_OURS = frozenset({"label", "address"})


def _printed(show: Show, columns: int, lang: str, colour: bool, encoding: str, strings: Strings) -> None:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding=encoding, newline="\n")
    show(strings, Console(stream, color=colour, width=columns, word=languages.words(lang).text))
    stream.flush()
    strict_readers.terminal(octets.getvalue().decode(encoding), columns, colour=colour)


def _whole(strings: Strings, console: Console) -> None:
    for report in reports(strings):
        replay(report, InTurns(Live(console)))
        text.summary(report, console)


def _brief(strings: Strings, console: Console) -> None:
    for report in reports(strings):
        text.summary(report, console, brief=True)


def _quiet(strings: Strings, console: Console) -> None:
    for report in reports(strings):
        text.verdict(report, console)


def _certificate(strings: Strings, console: Console) -> None:
    for report in certified(strings):
        replay(report, Live(console))
        text.summary(report, console)


def _diagnosis(strings: Strings, console: Console) -> None:
    for one in diagnoses(strings):
        explained.heading(one.event.given, console)
        explained.diagnosis_text(one, console, explained.trace_command(one.event))
        explained.diagnosis_row(one, console)


def _digest(strings: Strings, console: Console) -> None:
    explained.digest_text(digest(strings), console, 10)


def _comparison(strings: Strings, console: Console) -> None:
    shown = poisoned(page.whole(compare("550", "5.7.1")), strings)
    compare_text.text(shown, console)
    compare_text.summary(shown, console)


def _entries(strings: Strings, console: Console) -> None:
    code, coded, keyword = codes.lookup(550), enhanced.lookup("5.7.1"), extensions.lookup("DSN")
    assert keyword is not None
    vendor = vendors.vendors_of("5.7.1")[0]
    entry.code_text(poisoned(code, strings), console)
    entry.code_page(poisoned(code, strings), poisoned(code_neighbours(code), strings), console)
    near = poisoned(enhanced_neighbours(coded, "5.7.1"), strings, frozenset({"code"}))
    entry.enhanced_page(poisoned(side("5.7.1"), strings, frozenset({"code"})), near, console)
    entry.vendor_text(poisoned(vendor, strings), console)
    entry.extension_text(poisoned(keyword, strings), console, poisoned(related(keyword), strings))
    entry.code_list([poisoned(code, strings)], console)
    entry.enhanced_list([poisoned(coded, strings)], console)
    entry.vendor_list([poisoned(vendor, strings)], console)
    entry.extension_list([poisoned(keyword, strings)], console)


def _differences(strings: Strings) -> list[Difference]:
    changes = (Change("answer", "", "", "", ""), Change("extension", "", None, "", ""))
    both = Difference("", "", "", changes), Difference("", "", "", undecided=".")
    return [poisoned(one, strings, frozenset({"what", "where"})) for one in both]


def _difference(strings: Strings, console: Console) -> None:
    diff_text.show(_differences(strings), console)
    diff_text.show(_differences(strings), console, verbose=True)
    diff_text.show(_differences(strings), console, brief=True)


_SHOWN: dict[str, tuple[Show, tuple[tuple[int, str, bool, str], ...]]] = {
    "report": (
        _whole,
        (
            *((20, "en", False, "utf-8"), (80, "en", False, "utf-8"), (200, "en", False, "utf-8")),
            *(
                (80, "de", True, "utf-8"),
                (80, "ar", True, "utf-8"),
                (20, "ar", False, "utf-8"),
                (80, "en", True, "ascii"),
            ),
        ),
    ),
    "report, brief": (_brief, ((20, "en", True, "utf-8"), (80, "en", False, "utf-8"), (200, "de", False, "utf-8"))),
    "report, verdict": (_quiet, ((20, "en", False, "utf-8"), (80, "en", True, "ascii"))),
    "certificate": (_certificate, ((20, "en", False, "utf-8"), (80, "en", True, "utf-8"))),
    "diagnosis": (
        _diagnosis,
        (
            *((20, "en", False, "utf-8"), (80, "en", False, "utf-8"), (200, "en", True, "utf-8")),
            *((80, "de", False, "ascii"), (80, "ar", True, "utf-8")),
        ),
    ),
    "many events": (_digest, ((20, "en", False, "utf-8"), (80, "en", True, "utf-8"), (80, "ar", False, "ascii"))),
    "comparison": (_comparison, ((20, "en", False, "utf-8"), (80, "ar", True, "utf-8"))),
    "difference": (_difference, ((20, "en", False, "utf-8"), (80, "en", True, "ascii"))),
    "catalogue": (_entries, ((20, "en", False, "utf-8"), (80, "de", True, "utf-8"))),
}


def _report_json(render: Callable[[Report], str], made: Callable[[Strings], list[Report]], strings: Strings) -> None:
    for report in made(strings):
        for loaded in (
            [strict_readers.document(render(report))] if render is json.render else strict_readers.lines(render(report))
        ):
            _VALIDATOR.validate(loaded)


def _diagnoses_json(strings: Strings) -> None:
    loaded = strict_readers.document(json.pretty(build_explained(digest(strings), diagnoses(strings))))
    assert len(loaded["items"]) == len(diagnoses(strings))


def _diagnoses_lines(strings: Strings) -> None:
    for one in diagnoses(strings):
        assert len(strict_readers.lines(json.compact(build_item(one)))) == 1


def _catalogue_json(strings: Strings) -> None:
    strict_readers.document(json.pretty(poisoned(browsed.build_codes(find_codes("550"), None), strings)))
    strict_readers.document(json.pretty(poisoned(browsed.build_extensions(find_extensions("DSN")), strings)))


def _comparison_json(strings: Strings) -> None:
    built = document.build(compare("550", "5.7.1"), str, "en")
    strict_readers.document(json.pretty(poisoned(built, strings)))


def _difference_json(strings: Strings) -> None:
    loaded = strict_readers.document(diff_json.render(_differences(strings)))
    jsonschema.Draft202012Validator(diff_schema()).validate(loaded)


@cache
def _harmless_page() -> page.Page:
    return page.whole(compare("550", "5.7.1"))


def _page(strings: Strings) -> page.Page:
    harmless = _harmless_page()
    shown = poisoned(harmless, [one or "." for one in strings], _OURS)
    # With its code or without it a section stands in another place.
    pairs = zip(harmless.sections, shown.sections, strict=True)
    sections = [one if was.code else msgspec.structs.replace(one, code="") for was, one in pairs]
    return msgspec.structs.replace(shown, sections=tuple(sections))


def _comparison_html(lang: str, direction: str, strings: Strings) -> None:
    harmless = strict_readers.html(html.html(_harmless_page(), lang, direction))
    assert strict_readers.html(html.html(_page(strings), lang, direction)) == harmless


def _comparison_markdown(strings: Strings) -> None:
    harmless = strict_readers.markdown(markdown.markdown(_harmless_page()))
    assert strict_readers.markdown(markdown.markdown(_page(strings))) == harmless


RENDERED: dict[str, Format] = {
    **{
        f"{name} as text, {columns} columns, {lang}{', colours' * colour}{', ASCII' * (encoding == 'ascii')}": partial(
            _printed, show, columns, lang, colour, encoding
        )
        for name, (show, ways) in _SHOWN.items()
        for columns, lang, colour, encoding in ways
    },
    "report as JSON": partial(_report_json, json.render, reports),
    "report as JSON Lines": partial(_report_json, json.line, reports),
    "certificate as JSON": partial(_report_json, json.render, certified),
    "events as JSON": _diagnoses_json,
    "events as JSON Lines": _diagnoses_lines,
    "catalogue as JSON": _catalogue_json,
    "comparison as JSON": _comparison_json,
    "difference as JSON": _difference_json,
    "comparison as HTML": partial(_comparison_html, "en", "ltr"),
    "comparison as HTML from the right": partial(_comparison_html, "ar", "rtl"),
    "comparison as Markdown": _comparison_markdown,
    **output_traces.FORMS,
    **output_check_forms.FORMS,
    **output_checks.FORMS,
}


def misread(form: Format, named: dict[str, str]) -> list[str]:
    """Which of the strings are misread, each with what was met; [] where none is."""
    try:
        form(list(named.values()))
    except AssertionError as met:
        if len(named) > 1:
            alone = [told for name, one in named.items() for told in misread(form, {name: one})]
            return alone or [f"together: {met}"[:2_000]]
        return [f"{next(iter(named))}: {met}"[:2_000]]
    return []
