"""Every value that travels through the house. Frozen structs, no behaviour beyond reading themselves.

Times are ticks of ``time.monotonic_ns``; what a server sent stays bytes until a renderer shows it.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from smtpprobe.outcome import (
    CertificateFault,
    ClosedBy,
    Defect,
    FailureKind,
    Outcome,
    Profile,
    Reason,
    Retry,
    Severity,
    Stage,
    TlsMode,
    Verdict,
    Who,
)


class Target(Struct, frozen=True):
    """What the user named. ``path`` is set for a UNIX socket, and ``host`` is then empty."""

    text: str
    host: str
    port: int
    tls: TlsMode = TlsMode.STARTTLS
    lmtp: bool = False
    path: str | None = None
    mx: bool = False


class Route(Struct, frozen=True):
    """One way to reach a target: a literal address, and where it came from.

    ``origin`` is "user" for an address or host that the user named, "mx" for one out of somebody's MX record.
    ``authentic`` is the DNSSEC status (None: not asked).
    """

    host: str
    address: str
    port: int
    preference: int | None = None
    origin: str = "user"
    authentic: bool | None = None


class Command(Struct, frozen=True):
    """One line out, without its ``end``, CRLF but for a probe of others.

    A secret one is redacted where it is recorded (wire/record.py), and never shown. What is recorded of it is marked as
    secret too: its line is what may be known of it. What answers a challenge counts as secret unless it is ``public``.
    """

    line: bytes
    secret: bool = False
    end: bytes = b"\r\n"
    public: bool = False

    def __repr__(self) -> str:
        return f"Command({'secret' if self.secret else repr(self.line)})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("line", "secret" if self.secret else self.line)]

    @property
    def verb(self) -> str:
        """The verb in upper case; what stands for it where the line is secret."""
        return self.line.split(b" ", 1)[0].decode("ascii", "replace").upper()

    @property
    def argument(self) -> str:
        """All that follows the verb."""
        return self.line.partition(b" ")[2].decode("utf-8", "backslashreplace")

    @property
    def text(self) -> str:
        """The line as text, with its line end where that is not CRLF. Not fit for a terminal as it is."""
        odd = b"" if self.end == b"\r\n" else self.end
        return (self.line + odd).decode("utf-8", "backslashreplace")


class Reply(Struct, frozen=True):
    """What came back, raw beside cleaned.

    ``code`` is None where no line of the reply says one that can be believed. ``texts`` are the lines without code,
    separator and line end; ``raw`` is every octet kept, ``octets`` how many came.
    """

    code: int | None
    enhanced: str | None
    texts: tuple[bytes, ...]
    raw: bytes
    octets: int
    defects: tuple[Defect, ...] = ()
    first_ns: int = 0
    last_ns: int = 0

    @property
    def positive(self) -> bool:
        """2yz: done as asked."""
        return self.code is not None and 200 <= self.code < 300

    @property
    def intermediate(self) -> bool:
        """3yz: the server waits for more (RFC 5321 4.2.1)."""
        return self.code is not None and 300 <= self.code < 400

    @property
    def refusal(self) -> bool:
        """4yz or 5yz."""
        return self.code is not None and 400 <= self.code < 600

    @property
    def text(self) -> str:
        """All lines joined by newlines, undecodable octets escaped. Not fit for a terminal as it is."""
        return "\n".join(line.decode("utf-8", "backslashreplace") for line in self.texts)


class Failure(Struct, frozen=True):
    """Why there was no reply: a value, never a traceback."""

    stage: Stage
    kind: FailureKind
    detail: str = ""


class Exchange(Struct, frozen=True):
    """One command and what came of it. No command: the greeting, or a reply that nobody asked for.

    ``flight`` numbers the round trip on its connection (RFC 2920 groups share one). ``subject`` names what the
    probe asked about (a keyword, a mechanism).
    """

    connection: int
    flight: int
    stage: Stage
    command: Command | None
    sent_ns: int
    reply: Reply | None = None
    failure: Failure | None = None
    probe: str | None = None
    subject: str = ""

    @property
    def code(self) -> int | None:
        """The reply code, where there is one."""
        return self.reply.code if self.reply else None


class Keyword(Struct, frozen=True):
    """One line of an EHLO reply. ``keyword`` is in upper case; ``raw`` is the line as sent."""

    keyword: str
    arguments: tuple[str, ...] = ()
    raw: bytes = b""
    defects: tuple[Defect, ...] = ()


class Capabilities(Struct, frozen=True):
    """What one EHLO reply said, in its order, duplicates kept. ``domain`` is the name on its first line."""

    domain: str
    keywords: tuple[Keyword, ...]

    def __contains__(self, keyword: object) -> bool:
        return any(k.keyword == keyword for k in self.keywords)

    def get(self, keyword: str) -> Keyword | None:
        """The first line with this keyword."""
        return next((k for k in self.keywords if k.keyword == keyword), None)

    def arguments(self, keyword: str) -> tuple[str, ...]:
        """The arguments of every line with this keyword, joined. ``AUTH=`` counts as AUTH's old spelling."""
        return tuple(a for k in self.keywords if k.keyword == keyword for a in k.arguments)

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """What AUTH offers, in upper case and each once; ``AUTH=`` is its spelling from before RFC 2554."""
        offered = self.arguments("AUTH") + self.arguments("AUTH=")
        return tuple(dict.fromkeys([name.upper() for name in offered]))

    @property
    def size_limit(self) -> int | None:
        """The fixed limit that SIZE announces; None where it announces none (0, no number: RFC 1870 3)."""
        for text in self.arguments("SIZE")[:1]:
            if text.isascii() and text.isdigit() and len(text) <= 20:
                return int(text) or None
        return None


class Certificate(Struct, frozen=True):
    """The facts of a server certificate. Dates are RFC 3339 in UTC; without ``fault`` a client would accept it."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: str
    not_after: str
    days_left: int
    fault: CertificateFault | None
    detail: str = ""

    @property
    def trusted(self) -> bool:
        return self.fault is None


class TlsFacts(Struct, frozen=True):
    """What the handshake agreed on. ``injected`` is plaintext that followed the go-ahead to STARTTLS.

    ``chain`` are the certificates as sent, in DER, the server's own first.
    """

    version: str
    cipher: str
    certificate: Certificate | None
    injected: bytes = b""
    chain: tuple[bytes, ...] = ()


class Connection(Struct, frozen=True):
    """One connection of a run. ``refusals`` counts the 4yz and 5yz replies heard on it; times are ticks."""

    number: int
    address: str
    port: int
    opened_ns: int
    connect_ns: int
    closed_by: ClosedBy
    refusals: int = 0
    handshake_ns: int = 0
    failure: Failure | None = None
    tls: TlsFacts | None = None
    round_trips: int = 0


class Observation(Struct, frozen=True):
    """What a probe learnt. ``evidence`` are indexes into the transcript's exchanges."""

    probe: str
    subject: str
    verdict: Verdict
    detail: str = ""
    evidence: tuple[int, ...] = ()
    stage: Stage | None = None


class Software(Struct, frozen=True):
    """The server software as recognised. ``version`` is None where the server does not tell."""

    name: str
    version: str | None
    evidence: str


class Dialogue(Struct, frozen=True):
    """Lines to send in their order, until one is refused. ``encrypted`` None: inside TLS where that can be had."""

    name: str
    lines: tuple[str, ...]
    encrypted: bool | None = None


class Known(Struct, frozen=True):
    """What a run has learnt so far: all that a probe, the planner and the advice may look at.

    ``encrypted_now`` tells whether the connection at hand is inside TLS. ``mail_clear`` and ``mail_tls`` are the
    codes that a plain ``MAIL FROM:<>`` got there, None while untried. ``nonce`` is this run's one random name.
    ``address`` is the server's, literal; ``relay_forms`` is how many forms of relaying may be tried.
    """

    target: Target
    profile: str
    ehlo_name: str
    nonce: str
    domain: str | None = None
    greeting: Reply | None = None
    clear: Capabilities | None = None
    encrypted: Capabilities | None = None
    help: Reply | None = None
    software: Software | None = None
    encrypted_now: bool = False
    mail_clear: int | None = None
    mail_tls: int | None = None
    lines: tuple[str, ...] = ()
    dialogues: tuple[Dialogue, ...] = ()
    address: str = ""
    relay_forms: int = 0

    @property
    def thorough(self) -> bool:
        """Are questions asked that a usual client would not have?"""
        return self.profile in (Profile.FULL, Profile.SECURITY)

    @property
    def capabilities(self) -> Capabilities | None:
        """What EHLO promised in the present TLS state."""
        return self.encrypted if self.encrypted_now else self.clear

    def offers(self, keyword: str) -> bool:
        """Is this keyword promised in the present TLS state?"""
        return self.capabilities is not None and keyword in self.capabilities

    def at(self, domain_of: str) -> str:
        """An address with this local part at the domain under test; unqualified where none is known."""
        return f"{domain_of}@{self.domain}" if self.domain else domain_of


class Transcript(Struct, frozen=True):
    """One run against one route, complete. ``exchanges`` are in the order in which their commands were sent."""

    target: Target
    route: Route | None
    exchanges: tuple[Exchange, ...]
    observations: tuple[Observation, ...]
    connections: tuple[Connection, ...]
    clear: Capabilities | None
    encrypted: Capabilities | None
    tls: TlsFacts | None
    software: Software | None
    failure: Failure | None
    outcome: Outcome
    started: str
    started_ns: int
    ended_ns: int
    profile: str
    ehlo_name: str
    source: str | None
    sni: str | None
    round_trips: int


class EnhancedNote(Struct, frozen=True):
    """What the enhanced status code adds (RFC 3463), and what its ``vendor`` means by it where that differs."""

    code: str
    name: str
    meaning: str
    reference: str
    vendor: str = ""
    vendor_meaning: str = ""


class DialectNote(Struct, frozen=True):
    """What this vendor means by this wording."""

    vendor: str
    meaning: str
    fix: str
    category: Reason


class Note(Struct, frozen=True):
    """What a reply means here. ``class_`` is the reply class in words (RFC 5321 4.2.1)."""

    code: str
    name: str
    class_: str
    meaning: str
    when: str
    fix: str
    advice: tuple[str, ...]
    retry: Retry
    who: Who
    enhanced: EnhancedNote | None
    dialect: DialectNote | None
    references: tuple[str, ...]


class Finding(Struct, frozen=True):
    """What deserves attention. ``evidence`` are indexes into the transcript's exchanges."""

    rule: str
    severity: Severity
    summary: str
    advice: str
    evidence: tuple[int, ...] = ()
    references: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """The only thing a renderer sees. ``notes`` stand beside the transcript's exchanges, one each."""

    transcript: Transcript
    notes: tuple[Note | None, ...]
    findings: tuple[Finding, ...]
    verdict: str
