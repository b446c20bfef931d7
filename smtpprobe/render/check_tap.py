"""A check in the Test Anything Protocol, version 13: a test point for each expectation, with its account in YAML.

Version 13 and not 14, which the TAP::Parser of today's Linux distributions refuses.
"""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.expectation import Checked, Checking, Held
from smtpprobe.render import check_parts, check_standing, escape
from smtpprobe.render.check_standing import Mark
from smtpprobe.render.prose import short

_SEVERITIES = {Mark.FAILED: "fail", Mark.ERROR: "fail", Mark.UNDECIDED: "todo"}


def render(checking: Checking) -> str:
    """The lines, with a line end."""
    points = [(checked, held) for checked in checking.servers for held in checked.held]
    lines = ["TAP version 13", f"1..{len(points)}" if points else "1..0 # SKIP no server was asked"]
    asked: Checked | None = None
    for number, (checked, held) in enumerate(points, 1):
        if checked is not asked:
            lines.append(f"# {_text(checked.name)}: {checked.outcome}")
            asked = checked
        lines += _point(number, checked, held, checking)
    if checking.stopped:
        lines.append(f"Bail out! {check_parts.STOPPED}")
    return "\n".join(lines) + "\n"


def _point(number: int, checked: Checked, held: Held, checking: Checking) -> Iterator[str]:
    mark = check_standing.mark(held, checked, checking)
    name = f"{number} - {_text(check_standing.subject(checked, held))} {_text(held.id)}: {_text(held.title)}"
    if mark is Mark.MET:
        yield f"ok {name}"
    elif mark is Mark.SKIPPED:
        yield f"ok {name} # SKIP {_text(check_standing.reason(held, checked))}"
    else:
        yield f"not ok {name}" + (
            f" # TODO {_text(check_standing.reason(held, checked))}" if mark is Mark.UNDECIDED else ""
        )
        yield from _diagnostics(_SEVERITIES[mark], checked, held)


def _diagnostics(severity: str, checked: Checked, held: Held) -> Iterator[str]:
    yield "  ---"
    yield f"  message: {_scalar(check_parts.words(held, checked))}"
    yield f"  severity: {severity}"
    yield f"  server: {_scalar(checked.name)}"
    if held.address:
        yield f"  address: {_scalar(held.address)}"
    yield f"  id: {_scalar(held.id)}"
    if held.place is not None:
        yield f"  file: {_scalar(held.place.file)}"
        yield f"  line: {held.place.line}"
    yield "  data:"
    yield f"    got: {_scalar(held.got)}"
    yield f"    expect: {_scalar(held.expected)}"
    if held.advice:
        yield f"  advice: {_scalar(held.advice)}"
    if held.evidence:
        # TAP::Parser takes an item of a list for a key where its first word ends in a colon, as every line here does.
        yield f"  evidence: {escape.yaml(check_standing.evidence(held))}"
    yield "  ..."


def _text(text: str) -> str:
    return escape.tap(short(text))


def _scalar(text: str) -> str:
    return escape.yaml([short(text)])
