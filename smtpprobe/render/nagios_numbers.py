"""The performance data of a check: labels, numbers and ranges as Nagios reads them. No state is decided here."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from smtpprobe.expectation import Checked, Checking, Measure
from smtpprobe.model import Connection, Report, Transcript
from smtpprobe.outcome import Stage
from smtpprobe.render import check_parts, check_standing, escape
from smtpprobe.render.timings import elapsed

_CERTIFICATE_DAYS = "certificate_days"
_TOTAL = "total"
_ORDER = (*map(str, (Stage.CONNECT, Stage.GREETING, Stage.EHLO, Stage.STARTTLS, Stage.HANDSHAKE)), _TOTAL)
# What a plugin may put behind a number; there is none for days.
_UNITS = frozenset({"s", "B"})
_LONGEST_PREFIX = 60
_LONGEST_LABEL = 80
# Room for an equals sign, a number, two ranges, two ends and the quotes: what there is room for does not depend on how
# long a server took, or a graph would come and go.
_ROOM = 48


class Number(Struct, frozen=True):
    """One item: its label without quotes, and all that stands behind the equals sign."""

    label: str
    value: str

    def __str__(self) -> str:
        return f"'{self.label}'={self.value}"


def numbers(checking: Checking, octets: int) -> tuple[str, int]:
    """The items with blanks between, in so many octets at most, and how many had no room."""
    taken: set[str] = set()
    shown: list[str] = []
    left_out = 0
    for item in _items(checking):
        label, again = item.label[:_LONGEST_LABEL], 1
        while label in taken:
            again += 1
            label = f"{item.label[: _LONGEST_LABEL - 4]}_{again}"
        taken.add(label)
        octets -= len(label) + _ROOM
        if octets < 0:
            left_out += 1
        else:
            shown.append(str(Number(label, item.value)))
    return " ".join(shown), left_out


def _items(checking: Checking) -> Iterator[Number]:
    """The counts, then what each server was measured at, the first server first."""
    everything = sum(len(checked.held) for checked in checking.servers)
    count = check_parts.tally(*checking.servers)
    for name, number in (("met", count.met), ("failed", count.failed), ("inconclusive", count.inconclusive)):
        yield Number(name, f"{number};;;0;{everything}")
    for checked in checking.servers:
        for address, measures in _measures(checked):
            whose = [checked.name] if len(checking.servers) > 1 else []
            whose += [address] if address else []
            before = "".join(f"{escape.nagios_label(one[:_LONGEST_PREFIX])}_" for one in whose)[:_LONGEST_PREFIX]
            for measure in measures:
                yield Number(f"{before}{escape.nagios_label(measure.name)}", _value(measure))


def _measures(checked: Checked) -> Iterator[tuple[str, list[Measure]]]:
    """By address, "" for the whole server: what was held to a bound, and what the conversation tells besides."""
    # What is said of the only address is said of the whole server.
    several = check_standing.several(checked)
    held: dict[str, dict[str, Measure]] = {}
    for one in checked.held:
        if one.measure is not None:
            held.setdefault(one.address if several else "", {})[one.measure.name] = one.measure
    for report in checked.reports:
        known = held.setdefault(check_parts.address(report) if several else "", {})
        for measure in _of_a_report(report):
            known.setdefault(measure.name, measure)
    return ((address, sorted(named.values(), key=_rank)) for address, named in held.items())


def _rank(measure: Measure) -> int:
    """Some that draw graphs go by the order."""
    return _ORDER.index(measure.name) if measure.name in _ORDER else len(_ORDER)


def _of_a_report(report: Report) -> Iterator[Measure]:
    run = report.transcript
    made = (one for one in run.connections if one.failure is None or one.failure.stage is not Stage.CONNECT)
    first = next(made, None)
    if first is not None:
        for name, ticks in _stages(run, first):
            yield Measure(name, max(ticks, 0) / 1e9, "s")
    yield Measure(_TOTAL, max(run.ended_ns - run.started_ns, 0) / 1e9, "s")
    if run.tls is not None and run.tls.certificate is not None:
        yield Measure(_CERTIFICATE_DAYS, run.tls.certificate.days_left, "d")


def _stages(run: Transcript, connection: Connection) -> Iterator[tuple[str, int]]:
    """How long the steps of one connection took that every sender takes: others ask what only a probe asks."""
    yield str(Stage.CONNECT), connection.connect_ns
    for stage in (Stage.GREETING, Stage.EHLO, Stage.STARTTLS):
        for exchange in run.exchanges:
            if exchange.connection == connection.number and exchange.stage is stage:
                ticks = elapsed(exchange)
                if ticks is not None:
                    yield str(stage), ticks
                break
    if connection.handshake_ns > 0:
        yield str(Stage.HANDSHAKE), connection.handshake_ns


def _value(measure: Measure) -> str:
    warn, critical = "", _range(measure)
    if measure.name == _CERTIFICATE_DAYS:
        # Below its bound a certificate still serves; when it has expired it does not (nagios_states.py).
        warn, critical = (critical, "0:") if critical else ("", "")
    least = "0" if measure.unit in _UNITS else ""
    unit = measure.unit if measure.unit in _UNITS else ""
    return f"{_number(measure.value)}{unit};{warn};{critical};{least}".rstrip(";")


def _range(measure: Measure) -> str:
    """What is outside raises an alert: ``14:`` is at least 14, ``5`` is 0 to 5, no number is below zero here."""
    if measure.least is None:
        return "" if measure.most is None else _number(measure.most)
    return f"{_number(measure.least)}:{'' if measure.most is None else _number(measure.most)}"


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
