"""A check as CSV (RFC 4180), for spreadsheets and data bases: one row an expectation, under a row of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from smtpprobe.expectation import Checked, Checking, Held
from smtpprobe.render import check_standing, escape
from smtpprobe.render.prose import short

_NAMES = (
    *("server", "address", "host", "groups", "id", "title", "result", "expected", "got", "because"),
    *("advice", "evidence", "measure", "value", "unit", "least", "most", "file", "line", "started"),
)
_BETWEEN_LINES = " | "


def render(checking: Checking) -> str:
    """The rows, each ended by CRLF."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_NAMES)
    writer.writerows([*_row(checked, held), checking.started] for checked in checking.servers for held in checked.held)
    return written.getvalue()


def _row(checked: Checked, held: Held) -> Iterator[str]:
    yield _cell(checked.name)
    yield _cell(held.address)
    yield _cell(held.host)
    yield _cell(" ".join(checked.groups))
    yield _cell(held.id)
    yield _cell(held.title)
    yield str(held.result)
    yield from map(_cell, (held.expected, held.got, held.because, held.advice))
    yield _cell(_BETWEEN_LINES.join(check_standing.evidence(held)))
    measure = held.measure
    if measure is None:
        yield from [""] * 5
    else:
        yield from (_cell(measure.name), _number(measure.value), _cell(measure.unit))
        yield from (_number(measure.least), _number(measure.most))
    yield from ("", "") if held.place is None else (_cell(held.place.file), str(held.place.line))


def _number(value: float | None) -> str:
    """A number as it is, below zero too: what it is made of is ours."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def _cell(text: str) -> str:
    return escape.spreadsheet(short(text))
