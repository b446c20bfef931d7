"""What the forms of a scan's summary share: its headline and its tables, with labels, shares and what words mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from smtpprobe.outcome import CertificateFault, FailureKind, Outcome, Result, Severity
from smtpprobe.render.screen import count
from smtpprobe.scanning import Counted, Summary

_LABELS = {"": "all others", CertificateFault.NAME: "wrong name", "none": "no TLS"}
_GRAVITY = {str(severity): n for n, severity in enumerate(reversed(Severity))}
_OUTCOMES = {str(word): word.meaning for word in Outcome}
_FAILURES = {str(word): word.meaning for word in FailureKind}
_RESULTS = {str(word): word.meaning for word in Result}
_TLS = {"none": "the conversation stayed in clear"}
_FAULTS = {"valid": "a client that checks it would accept it"} | {str(word): word.meaning for word in CertificateFault}
_LOOKS = {
    "answered": "good",
    "valid": "good",
    "met": "good",
    "inconclusive": "fair",
    "warning": "fair",
    "none": "fair",
    "unreachable": "away",
    "not-applicable": "away",
    "not-smtp": "",
    "info": "",
}


class Row(Struct, frozen=True):
    """One row of a table. ``share`` is that of the whole, from 0 to 1; ``meaning`` says what a word of ours means.

    ``look`` is "good", "fair", "bad", "away" for what there was nothing of to judge, or "" for what is not judged.
    """

    label: str
    count: int
    share: float
    look: str = ""
    meaning: str = ""


class Part(Struct, frozen=True):
    """A table: its rows, and ``whole``, which says what the shares are of.

    ``minor``: a short form does without it. ``left`` is how many more rows there would be.
    """

    title: str
    whole: str
    rows: tuple[Row, ...]
    minor: bool = False
    left: int = 0


def headline(summary: Summary) -> tuple[str, ...]:
    """The scan in short: how many servers, how they answered, what leads nowhere."""
    outcomes = [f"{one.count:,} {one.name.replace('-', ' ')}" for one in summary.outcomes]
    lost = [f"{count(summary.unresolved, 'name')} without a server"] if summary.unresolved else []
    stopped = ["stopped early"] if summary.stopped else []
    return (count(summary.servers, "server"), *outcomes, *lost, *stopped)


def facts(summary: Summary) -> tuple[str, ...]:
    """Where the servers were named, when they were asked, and how long that took."""
    again = [f"{count(summary.again, 'server')} visited again"] if summary.again else []
    names = [f"under {count(summary.names, 'name')}"] if summary.names else []
    file = "standard input" if summary.file == "-" else summary.file
    return (file, summary.started, duration(summary.seconds), *names, *again)


def duration(seconds: float) -> str:
    """``0.8 s``, ``42 s``, ``17 min``, ``3 h 20 min``."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    if seconds < 119.5:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def parts(summary: Summary) -> Iterator[Part]:
    """The tables that have something in them, what is wrong before what there is."""
    servers = summary.servers, f"of {count(summary.servers, 'server')}"
    number = sum(one.count for one in summary.outcomes if one.name == Outcome.ANSWERED)
    answered = number, f"of {count(number, 'server')} that answered"
    held = _all(summary.results)
    certificates = _all(summary.certificates, "server", "that showed one")
    covered = _all(summary.covered, "name", "that it was judged for")
    findings = sorted(summary.findings, key=lambda one: _GRAVITY.get(one.name.partition(" ")[0], len(_GRAVITY)))
    tables: tuple[tuple[str, Sequence[Counted], tuple[int, str], str, Mapping[str, str]], ...] = (
        ("Outcome", summary.outcomes, servers, "bad", _OUTCOMES),
        ("Why not", summary.failures, servers, "bad", _FAILURES),
        ("Names that lead nowhere", summary.astray, _all(summary.astray), "bad", _FAILURES),
        ("Findings", findings, servers, "bad", {}),
        ("Expectations", summary.results, held, "bad", _RESULTS),
        ("Expectations not met", summary.unmet, held, "bad", {}),
        ("TLS", summary.tls, answered, "", _TLS),
        ("Certificate", summary.certificates, certificates, "bad", _FAULTS),
        ("Certificate for each name", summary.covered, covered, "bad", _FAULTS),
        ("Software", summary.software, answered, "", {}),
        ("Software with version", summary.releases, answered, "", {}),
        ("Extensions", summary.extensions, answered, "", {}),
    )
    for title, rows, (total, whole), look, meanings in tables:
        if rows:
            made = tuple([_row(one, total, look, meanings.get(one.name, "")) for one in rows])
            yield Part(title, whole, made, minor=rows is summary.releases)


def most(part: Part, rows: int) -> Part:
    """The table with its first rows only. A single row that would be left out is not."""
    left = len(part.rows) - rows
    return part if left <= 1 else structs.replace(part, rows=part.rows[:rows], left=left)


def _all(rows: Sequence[Counted], thing: str = "", which: str = "") -> tuple[int, str]:
    total = sum(one.count for one in rows)
    return total, f"of {count(total, thing)} {which}" if thing else f"of {total:,}"


def _row(one: Counted, total: int, look: str, meaning: str) -> Row:
    kind, _, rest = one.name.partition(" ")
    label = _LABELS.get(one.name, one.name)
    if rest and kind in (*Severity, *Result):
        label = f"{rest} ({kind})"
    return Row(label, one.count, one.count / total if total else 0.0, _LOOKS.get(kind, look), meaning)


def percent(share: float) -> str:
    """``41.3%``; what is not all and not nothing never looks like it."""
    shown = f"{100 * share:.1f}%"
    if shown == "100.0%":
        return "100%" if share >= 1 else ">99.9%"
    return "<0.1%" if shown == "0.0%" and share > 0 else shown
