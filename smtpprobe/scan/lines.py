"""What came of a server as one line of JSON.

Servers that say the same get the same line but for names and times, so what they share is encoded once for them. What
is kept is bounded.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct

from smtpprobe.model import Report, Transcript
from smtpprobe.outcome import Outcome
from smtpprobe.render import document, escape, json, scan_document
from smtpprobe.render.timings import elapsed, milliseconds
from smtpprobe.scanning import Scanned

#: So many kinds of lines are kept, of so many octets at most.
KEPT = 512
LENGTH = 32 * 1024

#: Stands in an encoded text where a value is put in: no JSON has that octet in it.
_HOLE: Any = Raw(b"\0")
_ENCODE = msgspec.json.Encoder().encode
#: How the encoded ``_Own`` begins and ends, which stands in the place of the value of "started".
_BEGIN, _END = len('{"started":'), -1


class _Own(Struct, frozen=True):
    """What is a line's own, in the order of the document."""

    started: str
    source: str | None
    unit: scan_document.Unit | None
    names: tuple[scan_document.Named, ...]
    names_left_out: int
    attempts: int
    target: document.Target
    outcome: Outcome
    verdict: str
    failure: document.Failure | None
    connections: tuple[document.Connection, ...]
    timing: document.Timing


class _Kind(Struct, frozen=True):
    """What lines share. ``pieces`` stand around: what is a line's own, the times of exchanges, the expectations.

    ``concluded`` are the very values that lines of this kind share, ``said`` what was said, ``timed`` the exchanges
    that have a time.
    """

    pieces: tuple[bytes, ...]
    concluded: tuple[object, ...]
    said: tuple[object, ...]
    timed: tuple[int, ...]


class Encoder:
    """Makes lines; ``prose`` puts the catalogue's words into them, in ``lang``."""

    def __init__(self, prose: bool = False, lang: str = "en") -> None:
        self._prose = prose
        self._lang = lang
        self._kinds: OrderedDict[tuple[int, ...], _Kind] = OrderedDict()

    def line(self, scanned: Scanned) -> bytes:
        """The document of one server on one line, with a line end, fit for a terminal."""
        try:
            return self._line(scanned)
        except UnicodeEncodeError:
            # Lone surrogates, in a name of the list.
            return json.compact(self._document(scanned)).encode()

    def _line(self, scanned: Scanned) -> bytes:
        run = scanned.report.transcript
        kind = self._kind(scanned)
        own = _ENCODE(_own(scanned))
        if not own.isascii() or b"##" in own or b"\x7f" in own:
            own = escape.json(own.decode()).encode()
        pieces = kind.pieces
        parts = [pieces[0], own[_BEGIN:_END]]
        for piece, index in zip(pieces[1:], kind.timed, strict=False):
            exchange = run.exchanges[index]
            assert exchange.reply is not None
            parts += (piece, repr(milliseconds(exchange.reply.last_ns - exchange.sent_ns)).encode())
        held = self._document(scanned).expectations if scanned.held else ()
        parts += (pieces[-2], json.compact(held).rstrip().encode() if held else b"[]", pieces[-1])
        return b"".join(parts)

    def _kind(self, scanned: Scanned) -> _Kind:
        """What this line shares with others, found or made."""
        report = scanned.report
        concluded = _concluded(report)
        key = tuple([id(one) for one in concluded])
        said = _said(report.transcript)
        known = self._kinds.get(key)
        if known is not None and known.said == said:
            self._kinds.move_to_end(key)
            return known
        made = self._make(scanned, concluded, said)
        if sum(map(len, made.pieces)) <= LENGTH:
            # It holds the values, so that no others can have their place in memory.
            self._kinds[key] = made
            if len(self._kinds) > KEPT:
                self._kinds.popitem(last=False)
        return made

    def _make(self, scanned: Scanned, concluded: tuple[object, ...], said: tuple[object, ...]) -> _Kind:
        whole = self._document(scanned)
        exchanges = [
            one if one.elapsed_ms is None else msgspec.structs.replace(one, elapsed_ms=_HOLE) for one in whole.exchanges
        ]
        own: dict[str, Any] = dict.fromkeys(_Own.__struct_fields__, UNSET)
        own["started"] = _HOLE
        shared = msgspec.structs.replace(whole, exchanges=tuple(exchanges), expectations=_HOLE, **own)
        pieces = tuple(json.compact(shared).encode().split(b"\0"))
        timed = tuple([i for i, one in enumerate(scanned.report.transcript.exchanges) if elapsed(one) is not None])
        return _Kind(pieces, concluded, said, timed)

    def _document(self, scanned: Scanned) -> scan_document.ScanDocument:
        return scan_document.build(scanned, prose=self._prose, lang=self._lang)


def _own(scanned: Scanned) -> _Own:
    report = scanned.report
    run = report.transcript
    target = run.target
    return _Own(
        run.started,
        run.source,
        scan_document.build_unit(scanned.unit),
        scan_document.build_names(scanned),
        0 if scanned.unit is None else scanned.unit.left_out,
        scanned.attempts,
        document.Target(target.text, target.host, target.port, target.tls, run.sni),
        run.outcome,
        report.verdict,
        document.build_failure(run.failure),
        tuple([document.build_connection(one) for one in run.connections]),
        document.build_timing(run),
    )


def _concluded(report: Report) -> tuple[object, ...]:
    """What follows from a conversation: the same values where it was concluded once for several servers."""
    run = report.transcript
    certificate = run.tls.certificate if run.tls is not None else None
    return (
        *(report.notes, report.findings, run.observations, run.clear, run.encrypted, run.software),
        certificate,
    )


def _said(run: Transcript) -> tuple[object, ...]:
    """What else a line tells that is not its own."""
    tls = run.tls
    return (
        run.profile,
        run.ehlo_name,
        tls and (tls.version, tls.cipher, tls.injected),
        [
            (
                one.connection,
                one.flight,
                one.stage,
                one.command,
                one.reply and (one.reply.raw, one.reply.octets),
                one.failure,
            )
            for one in run.exchanges
        ],
    )
