"""What a scan found, counted line by line in bounded memory, so that no line need be read again for the summary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from smtpprobe.outcome import Outcome, Result
from smtpprobe.scan.errors import ScanError
from smtpprobe.scanning import Counted, Summary

#: A table that has grown to twice as many names, most of which a server can make up, keeps the most frequent ones.
MOST_NAMES = 500
_LONGEST_NAME = 80
VALID = "valid"
NO_TLS = "none"


class Tally(Struct):
    """Counts, which can be put aside as bytes and added up, whoever did the counting; see Summary for what they are.

    Of what was met seldom in a table that has grown too long, a count may lack what was met before; "" has that.
    """

    servers: int = 0
    again: int = 0
    names: int = 0
    unresolved: int = 0
    outcomes: dict[str, int] = {}
    failures: dict[str, int] = {}
    astray: dict[str, int] = {}
    software: dict[str, int] = {}
    releases: dict[str, int] = {}
    extensions: dict[str, int] = {}
    tls: dict[str, int] = {}
    certificates: dict[str, int] = {}
    covered: dict[str, int] = {}
    findings: dict[str, int] = {}
    results: dict[str, int] = {}
    unmet: dict[str, int] = {}

    def add(self, line: bytes) -> None:
        """Count a whole line of the output. Of a flat one (``--fields``) only the outcome can be counted.

        Raises ScanError for what is no line of a scan.
        """
        try:
            read = _LINES.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise ScanError(f"A line of the output is none that a scan writes ({error}): name another file.") from None
        if (read.address if read.unit is UNSET else read.unit) is None:
            self.unresolved += 1
            if read.failure is not None:
                _count(self.astray, read.failure.kind)
            return
        self.servers += 1
        self.again += read.attempts > 1
        _count(self.outcomes, read.outcome)
        if read.unit is UNSET:
            return
        self.names += len(read.names) + read.names_left_out
        if read.failure is not None:
            _count(self.failures, read.failure.kind)
        if read.outcome == Outcome.ANSWERED:
            self._answered(read)
        for finding in {f"{one.severity} {one.rule}" for one in read.findings}:
            _count(self.findings, finding)
        for held in read.expectations:
            _count(self.results, held.result)
            if held.result in _UNMET:
                _count_any(self.unmet, (f"{held.result} {held.id}",))

    def _answered(self, read: _Line) -> None:
        if read.software is not None:
            name, version = read.software.name, read.software.version
            _count(self.software, name)
            _count_any(self.releases, (f"{name} {version}" if version else name,))
        if read.capabilities is not None:
            offered = {one.keyword for one in read.capabilities.clear}
            offered.update([one.keyword for one in read.capabilities.tls or ()])
            _count_any(self.extensions, offered)
        _count(self.tls, NO_TLS if read.tls is None else read.tls.version)
        if read.tls is not None and read.tls.certificate is not None:
            _count(self.certificates, read.tls.certificate.error or VALID)
        for one in read.names:
            if one.covered is not None:
                _count(self.covered, one.covered.fault or VALID)

    def merge(self, other: Tally) -> None:
        """Count what another one counted as well."""
        for name in _NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in _TABLES:
            table = getattr(self, name)
            for key, count in getattr(other, name).items():
                table[key] = table.get(key, 0) + count
            _bound(table)

    def encode(self) -> bytes:
        """All counts, as JSON."""
        return msgspec.json.encode(self)

    @classmethod
    def decode(cls, octets: bytes) -> Tally:
        """The counts that were encoded; none for b""."""
        return msgspec.json.decode(octets, type=cls) if octets else cls()

    def summary(self, *, file: str, started: str, seconds: float, stopped: bool = False) -> Summary:
        """What was counted, for a renderer; see Summary for what the rest is."""
        counts: dict[str, Any] = {name: getattr(self, name) for name in _NUMBERS}
        counts.update({name: _sorted(getattr(self, name)) for name in _TABLES})
        return Summary(file=file, started=started, seconds=seconds, stopped=stopped, **counts)


def _count(table: dict[str, int], name: str) -> None:
    """Count a word of a closed list."""
    table[name] = table.get(name, 0) + 1


def _count_any(table: dict[str, int], names: Iterable[str]) -> None:
    """Count names that anybody may have made up."""
    for name in names:
        short = name[:_LONGEST_NAME]
        table[short] = table.get(short, 0) + 1
    if len(table) > 2 * MOST_NAMES:
        _bound(table)


def _bound(table: dict[str, int]) -> None:
    """Keep the most frequent names of a table that has grown too long, and count the others together."""
    if len(table) <= 2 * MOST_NAMES:
        return
    seldom = [one for one in _sorted(table) if one.name][MOST_NAMES:]
    for one in seldom:
        del table[one.name]
    table[""] = table.get("", 0) + sum(one.count for one in seldom)


def _sorted(table: dict[str, int]) -> tuple[Counted, ...]:
    """The most frequent first; what is counted together comes last."""
    named = sorted(table.items(), key=lambda item: (not item[0], -item[1], item[0]))
    return tuple([Counted(name, count) for name, count in named])


class _Failure(Struct, gc=False):
    kind: str


class _Software(Struct, gc=False):
    name: str
    version: str | None


class _Capability(Struct, gc=False):
    keyword: str


class _Capabilities(Struct, gc=False):
    clear: list[_Capability] = []
    tls: list[_Capability] | None = None


class _Certificate(Struct, gc=False):
    error: str | None


class _Tls(Struct, gc=False):
    version: str
    certificate: _Certificate | None


class _Covered(Struct, gc=False):
    fault: str | None


class _Named(Struct, gc=False):
    covered: _Covered | None


class _Finding(Struct, gc=False):
    rule: str
    severity: str


class _Held(Struct, gc=False):
    id: str
    result: str


class _Unit(Struct, gc=False):
    pass


class _Line(Struct, gc=False):
    """What is looked at of a line; of a flat one ``unit`` is not there and ``address`` is."""

    outcome: str
    unit: _Unit | UnsetType | None = UNSET
    address: str | None = field(default=None, name="unit.address")
    attempts: int = 1
    names_left_out: int = 0
    failure: _Failure | None = None
    software: _Software | None = None
    capabilities: _Capabilities | None = None
    tls: _Tls | None = None
    names: list[_Named] = []
    findings: list[_Finding] = []
    expectations: list[_Held] = []


_LINES = msgspec.json.Decoder(_Line)
_NUMBERS = ("servers", "again", "names", "unresolved")
_TABLES = tuple([name for name in Tally.__struct_fields__ if name not in _NUMBERS])
_UNMET = (Result.FAILED, Result.INCONCLUSIVE)
