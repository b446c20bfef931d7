"""The values of a scan: what a list names, the servers that it leads to, and what came of each of them."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.expectation import Held
from smtpprobe.model import Failure, Report
from smtpprobe.outcome import CertificateFault, TlsMode


class Named(Struct, frozen=True):
    """A name of the list that leads to a server. ``text`` is how the list wrote it.

    ``host`` is the host whose address this is, "" where an address was written. ``preference`` is that of the MX
    record, None where no MX was asked.
    """

    text: str
    host: str = ""
    preference: int | None = None


class Unit(Struct, frozen=True):
    """One server, asked once whatever names lead to it. ``id`` counts from 1 within a scan.

    ``host`` is the name to ask the certificate for, "" for none: the first host in order of their names that leads
    here. ``operator`` is whose mail server it is, as far as an MX record tells: the registrable part of its host.
    ``left_out`` counts the names beyond the first thousand, which are not in ``names``; every host has one there.
    """

    id: int
    address: str
    port: int = 25
    tls: TlsMode = TlsMode.STARTTLS
    lmtp: bool = False
    host: str = ""
    operator: str = ""
    names: tuple[Named, ...] = ()
    left_out: int = 0


class Unresolved(Struct, frozen=True):
    """A name of the list that leads to no server, and why. ``id`` counts from 1 among those of a scan."""

    id: int
    text: str
    host: str
    port: int
    mx: bool
    failure: Failure


class Covered(Struct, frozen=True):
    """Whether the certificate that a server showed would do for one of the hosts that lead to it.

    ``fault`` None: it does. One handshake is judged for every name, so a server that shows another certificate to
    another name (SNI) is judged by the one that it showed.
    """

    host: str
    fault: CertificateFault | None = None
    detail: str = ""


class Scanned(Struct, frozen=True):
    """What came of one server, or, with no ``unit``, of a name that leads to none.

    ``attempts`` counts conversations: a server that asks for patience (421) is visited again. ``held`` is what came of
    the expectations.
    """

    unit: Unit | None
    report: Report
    covered: tuple[Covered, ...] = ()
    attempts: int = 1
    held: tuple[Held, ...] = ()
    unresolved: Unresolved | None = None


class Standing(Struct):
    """How far a scan has come, for who watches it.

    ``phase`` is "lines" while the list is read, "names" while names are looked up, "dealing" while servers are dealt
    out to several workers, else "servers". ``total`` and ``done`` count lines, names or servers. ``waiting`` counts
    those held back for politeness, ``rate`` is how many were done a second of late, ``left`` the seconds to go as far
    as can be told. Outcomes are counted by name.
    """

    phase: str = "names"
    total: int = 0
    done: int = 0
    in_flight: int = 0
    waiting: int = 0
    rate: float = 0.0
    left: float | None = None
    outcomes: dict[str, int] = {}


class Counted(Struct, frozen=True):
    """How often something was met. ``name`` is "" for all that was met too seldom to be kept apart."""

    name: str
    count: int


class Summary(Struct, frozen=True):
    """What a scan found, counted: the only thing that its renderers see. Each tuple has the most frequent first.

    ``file`` is the list as the user named it ("-" for standard input), ``started`` RFC 3339 in UTC, ``seconds`` what
    this run of it took; ``stopped``: it was ended early. ``servers`` counts those that were asked, ``again`` those of
    them that were visited more than once, ``names`` what the list has for them, and ``unresolved`` what it has that
    leads to none.

    ``outcomes``, ``failures`` (kinds) and ``findings`` (a severity and a rule, with a space between) count servers;
    ``astray`` counts the names that lead nowhere, by the kind of failure. ``software``, ``releases`` (the same with
    versions), ``extensions`` and ``tls`` (versions, "none" for no TLS) count servers that answered; ``certificates``
    those of them that showed one, by its fault or "valid". ``covered`` is the same for each name that it was judged
    for. ``results`` count expectations, ``unmet`` those that were not met (a result and an id, with a space between).
    """

    file: str
    started: str
    seconds: float
    stopped: bool
    servers: int
    again: int
    names: int
    unresolved: int
    outcomes: tuple[Counted, ...]
    failures: tuple[Counted, ...]
    astray: tuple[Counted, ...]
    software: tuple[Counted, ...]
    releases: tuple[Counted, ...]
    extensions: tuple[Counted, ...]
    tls: tuple[Counted, ...]
    certificates: tuple[Counted, ...]
    covered: tuple[Counted, ...]
    findings: tuple[Counted, ...]
    results: tuple[Counted, ...]
    unmet: tuple[Counted, ...]
