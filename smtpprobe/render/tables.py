"""The tables of the summary: what EHLO promised and how it was kept, what else was asked, what was not."""

from __future__ import annotations

from itertools import zip_longest

from msgspec import Struct

from smtpprobe.model import Observation, Transcript
from smtpprobe.outcome import Verdict
from smtpprobe.render.cells import cell_len
from smtpprobe.render.promises import KEYWORD_PROBES, Promise, promises, unannounced
from smtpprobe.render.screen import Screen

_KEYWORD_WIDTHS = (12, 31)
_MARKS = 13
_NARROWEST_DETAIL = 35
_PURPOSE_WIDTH = 34
_ROWS = 4
_STYLES = {
    Verdict.KEPT: "green",
    Verdict.ACCEPTED_UNREAD: "yellow",
    Verdict.BROKEN: "bold red",
    Verdict.WORKS_UNANNOUNCED: "yellow",
}


class _Row(Struct):
    """One keyword with its arguments as the table shows it."""

    name: str
    clear: str
    tls: str
    verdict: str
    style: str
    detail: str
    purpose: str


def capabilities(screen: Screen, run: Transcript) -> None:
    """Keyword and arguments; in clear; inside TLS; the verdict and its detail; what the keyword is for.

    On a narrow screen the purpose stands only where there is no detail.
    """
    rows = _rows(run)
    if not rows:
        return
    verdict_width = max(len("tested"), *(len(row.verdict) for row in rows))
    room = screen.width - 2 - _MARKS - verdict_width - 2
    least, most = _KEYWORD_WIDTHS
    name_width = max(least, min(max(cell_len(row.name) for row in rows) + 2, most, room - _NARROWEST_DETAIL))
    detail_width = max(room - name_width, 8)
    wide = detail_width - _PURPOSE_WIDTH - 2 >= _NARROWEST_DETAIL
    if wide:
        detail_width -= _PURPOSE_WIDTH + 2
    screen.blank()
    screen.row(
        (f"{screen.word('Capabilities'):<{name_width + 2}}", "bold"),
        (f"  clear TLS  {'tested':<{verdict_width}}", "dim"),
    )
    for row in rows:
        names = _hung(screen, row.name, name_width)
        details = screen.fold(row.detail if row.detail or wide else row.purpose, detail_width, _ROWS)
        purpose = screen.fold(row.purpose, _PURPOSE_WIDTH, 1) if wide else [""]
        marks = f"    {screen.clean(row.clear)}    {screen.clean(row.tls)}   "
        for n, (name, detail) in enumerate(zip_longest(names, details, fillvalue="")):
            screen.row(
                (f"  {name}{' ' * (name_width - cell_len(name))}", ""),
                (marks if n == 0 else " " * len(marks), ""),
                (f"{screen.clean(row.verdict) if n == 0 else '':<{verdict_width}}  ", row.style),
                (detail, "" if row.detail else "dim"),
                (" " * (detail_width - cell_len(detail) + 2) + purpose[0] if wide and n == 0 else "", "dim"),
            )


def _hung(screen: Screen, name: str, width: int) -> list[str]:
    """A keyword with many arguments over several rows, those after the first indented."""
    return [row if n == 0 else f"  {row}" for n, row in enumerate(screen.fold(name, width - 2, _ROWS))]


def questions(screen: Screen, run: Transcript) -> None:
    """What else the probes learnt, and in one place what was not asked and why."""
    others = [o for o in run.observations if o.probe not in KEYWORD_PROBES]
    silent = (Verdict.UNTESTED, Verdict.ABSENT, Verdict.WORKS_UNANNOUNCED)
    answers = dict.fromkeys((_label(o), _answer(o)) for o in others if o.verdict not in silent and o.detail)
    if answers:
        screen.blank()
        screen.row((screen.word("Also asked"), "bold"))
        width = min(max(cell_len(screen.clean(label)) for label, _ in answers), screen.width // 3)
    for label, answer in answers:
        name = screen.crop(screen.clean(label), width)
        screen.paragraph(f"  {name}{' ' * (width - cell_len(name))}  ", answer, rows=_ROWS)
    reasons: dict[str, list[str]] = {}
    for observation in run.observations:
        if observation.verdict is Verdict.UNTESTED and observation.probe not in KEYWORD_PROBES:
            reasons.setdefault(observation.detail or "no reason given", []).append(_label(observation))
    if reasons:
        screen.blank()
        screen.row((screen.word("Not asked"), "bold"))
    for reason, labels in reasons.items():
        screen.paragraph("  ", f"{', '.join(dict.fromkeys(labels))}: {reason}", style="dim", rows=_ROWS)


def _label(observation: Observation) -> str:
    return f"{observation.probe} {observation.subject}".strip()


def _answer(observation: Observation) -> str:
    if observation.verdict is Verdict.ANSWERED:
        return observation.detail
    return f"{observation.verdict}: {observation.detail}"


def _rows(run: Transcript) -> list[_Row]:
    clear = {_name(p): p for p in promises(run, inside_tls=False)}
    tls = {_name(p): p for p in promises(run, inside_tls=True)}
    rows = [_row(name, clear.get(name), tls.get(name)) for name in {**clear, **tls}]
    promised = {p.keyword.keyword for p in (*clear.values(), *tls.values())}
    for observation in unannounced(run):
        if observation.subject.upper() not in promised:
            style = _STYLES[observation.verdict]
            rows.append(_Row(observation.subject, "–", "–", _word(observation.verdict), style, observation.detail, ""))
    return rows


def _name(promise: Promise) -> str:
    return " ".join((promise.keyword.keyword, *promise.keyword.arguments))


def _row(name: str, clear: Promise | None, tls: Promise | None) -> _Row:
    """What was learnt of a keyword holds for both states; a mark tells in which it is offered."""
    promise = tls or clear
    assert promise is not None
    purpose = promise.entry.purpose if promise.entry else "unknown keyword"
    verdict = "–" if promise.verdict is Verdict.UNTESTED else _word(promise.verdict)
    marks = "●" if clear else "–", "●" if tls else "–"
    return _Row(name, *marks, verdict, _STYLES.get(promise.verdict, ""), promise.detail, purpose)


def _word(verdict: Verdict) -> str:
    """The first word is enough in a column; the JSON document has the whole."""
    return {Verdict.ACCEPTED_UNREAD: "unread", Verdict.WORKS_UNANNOUNCED: "works"}.get(verdict, str(verdict))
