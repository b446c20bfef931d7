"""The mail servers of a trace, one row an address: how each way in stands there. No text is escaped here."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from smtpprobe.journey import Ruling, Trace
from smtpprobe.model import Certificate, TlsFacts, Transcript
from smtpprobe.outcome import CertificateFault, Check, ClosedBy, Stage, Standing, TlsMode
from smtpprobe.render.screen import count, duration

_CLEAR, _STARTTLS, _IMPLICIT, _CERTIFICATE = "clear", "STARTTLS", "465", "certificate"
_RULED = {"DANE": Check.DANE, "MTA-STS": Check.MTA_STS, "transport": Check.TRANSPORT}
_COLUMNS = (_CLEAR, _STARTTLS, _IMPLICIT, _CERTIFICATE, *_RULED)
_FAULTS = {
    CertificateFault.EXPIRED: "expired",
    CertificateFault.NOT_YET_VALID: "not valid yet",
    CertificateFault.NAME: "another name",
    CertificateFault.SELF_SIGNED: "self-signed",
    CertificateFault.UNTRUSTED: "no trusted authority",
    CertificateFault.UNREADABLE: "unreadable",
}


class Cell(Struct, frozen=True):
    """One thing at one address. ``more`` may be left out where there is little room."""

    standing: Standing
    text: str
    more: str = ""

    @property
    def whole(self) -> str:
        """All of it."""
        return f"{self.text} {self.more}".rstrip()


class Row(Struct, frozen=True):
    """One address of one server. ``cells`` are by the names of the columns; what was not tried has none."""

    host: str
    preference: int | None
    address: str
    cells: Mapping[str, Cell]


def rows(trace: Trace) -> tuple[Row, ...]:
    """All addresses that were walked to, in their order."""
    found: dict[tuple[str, str], list[Transcript]] = {}
    for report in trace.routes:
        run = report.transcript
        place = (run.target.host, "") if run.route is None else (run.route.host, run.route.address)
        found.setdefault(place, []).append(run)
    return tuple([_row(host, address, runs, trace.rulings) for (host, address), runs in found.items()])


def columns(matrix: tuple[Row, ...]) -> tuple[str, ...]:
    """Those in which any address has something."""
    return tuple([name for name in _COLUMNS if any(name in row.cells for row in matrix)])


def _row(host: str, address: str, runs: list[Transcript], rulings: tuple[Ruling, ...]) -> Row:
    cells: dict[str, Cell] = {}
    for run in runs:
        if run.target.tls is TlsMode.IMPLICIT:
            cells.setdefault(_IMPLICIT, _implicit(run))
        else:
            cells.setdefault(_CLEAR, _talk(run))
            if (upgraded := _upgraded(run)) is not None:
                cells.setdefault(_STARTTLS, upgraded)
        if run.tls is not None and run.tls.certificate is not None:
            cells.setdefault(_CERTIFICATE, _certificate(run.tls.certificate, host, address, rulings))
    for name, check in _RULED.items():
        if (ruling := _ruling(check, host, address, rulings)) is not None:
            cells[name] = Cell(ruling.standing, ruling.result)
    route = runs[0].route
    return Row(host, None if route is None else route.preference, address, cells)


def _ruling(check: Check, host: str, address: str, rulings: tuple[Ruling, ...]) -> Ruling | None:
    """What follows for this address, else for its host."""
    for subject in (f"{host} [{address}]", address, host):
        for ruling in rulings:
            if ruling.check is check and ruling.subject == subject:
                return ruling
    return None


def _talk(run: Transcript) -> Cell:
    """Reached, greeted and introduced: the codes, and how long the connection took to come about."""
    opened = [connection for connection in run.connections if connection.closed_by is not ClosedBy.NOBODY]
    said = []
    codes = {Stage.GREETING: "", Stage.EHLO: "EHLO "}
    for stage, words in codes.items():
        heard = next((exchange for exchange in run.exchanges if exchange.stage is stage), None)
        if heard is not None and heard.code is not None:
            said.append((f"{words}{heard.code}", heard.code))
    standing = Standing.PASS if len(said) == len(codes) and said[-1][1] < 300 else Standing.FAIL
    told = [words for words, _ in said]
    if standing is Standing.FAIL and run.failure is not None:
        told.append(_failed(run))
    if opened and opened[0].connect_ns > 0:
        told.append(duration(opened[0].connect_ns))
    return Cell(standing, ", ".join(told))


def _upgraded(run: Transcript) -> Cell | None:
    """What became of STARTTLS; None where it did not come to that."""
    if run.tls is not None:
        return Cell(Standing.PASS, _version(run.tls), run.tls.cipher)
    if run.failure is not None and run.failure.stage in (Stage.STARTTLS, Stage.HANDSHAKE):
        return Cell(Standing.FAIL, _failed(run))
    asked = next((exchange for exchange in run.exchanges if exchange.stage is Stage.STARTTLS), None)
    if asked is not None and asked.reply is not None and asked.reply.refusal:
        return Cell(Standing.FAIL, str(asked.code))
    if run.clear is not None and "STARTTLS" not in run.clear:
        return Cell(Standing.NONE, "not offered")
    return None


def _implicit(run: Transcript) -> Cell:
    """TLS from the first octet, and the talk inside it."""
    if run.tls is None:
        return Cell(Standing.FAIL, _failed(run))
    talk = _talk(run)
    return Cell(talk.standing, f"{_version(run.tls)}, {talk.text}", run.tls.cipher)


def _failed(run: Transcript) -> str:
    return "no answer" if run.failure is None else f"{run.failure.stage} {run.failure.kind}"


def _version(facts: TlsFacts) -> str:
    return facts.version.replace("TLSv", "TLS ")


def _certificate(shown: Certificate, host: str, address: str, rulings: tuple[Ruling, ...]) -> Cell:
    """The days left, or what is wrong with it. How much that matters is the ruling's business where there is one."""
    text = count(shown.days_left, "day") + " left" if shown.fault is None else _FAULTS[shown.fault]
    ruling = _ruling(Check.CERTIFICATE, host, address, rulings)
    if ruling is not None:
        return Cell(ruling.standing, text)
    return Cell(Standing.PASS if shown.fault is None else Standing.WARN, text)
