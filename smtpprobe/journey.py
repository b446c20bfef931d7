"""The way of a mail: what is to be traced, what the DNS said, what follows from it, and where the way ends.

The values between the rooms of a trace and the renderers. Frozen structs without behaviour, as in model.py.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from msgspec import Struct

from smtpprobe.model import Failure, Report, Target
from smtpprobe.outcome import Cause, Check, Outcome, Passage, Retry, Severity, Standing, Who

T = TypeVar("T")


class Mailbox(Struct, frozen=True):
    """An envelope address. ``domain`` is in lower case and A-labels, or an address literal; ``text`` what was named."""

    local: str
    domain: str
    text: str

    @property
    def path(self) -> str:
        """What stands between the angle brackets."""
        return f"{self.local}@{self.domain}"

    @property
    def utf8(self) -> bool:
        """Does it need SMTPUTF8 (RFC 6531)?"""
        return not self.local.isascii()


class Question(Struct, frozen=True):
    """What is asked of the DNS: a name without its final dot, and a type ("TXT")."""

    name: str
    type: str


class Answer(Struct, frozen=True):
    """What the DNS said to one question.

    ``records`` are in presentation form, names in lower case with their final dot removed; a TXT record is its strings
    joined, without quotes, undecodable octets as ``\\xNN``. No records and no failure: the name exists without them.
    ``authentic`` is what the resolver said of DNSSEC (None: not asked). ``aliases`` are the CNAME targets followed.
    ``left_out`` counts the records beyond the limit.
    """

    name: str
    type: str
    records: tuple[str, ...] = ()
    failure: Failure | None = None
    authentic: bool | None = None
    aliases: tuple[str, ...] = ()
    ttl: int = 0
    elapsed_ns: int = 0
    left_out: int = 0


#: Pure code that needs the DNS: it yields questions that can be asked at once, is sent their answers in the same order,
#: and returns what follows. Whoever drives it may ask a real resolver or a table.
Asking = Generator[tuple[Question, ...], tuple[Answer, ...], T]


class Ruling(Struct, frozen=True):
    """What follows from records and facts.

    ``subject`` is what was checked (a domain, an address, ``host [address]``), ``result`` the standard's own word for
    the outcome ("permerror"), ``summary`` one sentence. ``steps`` say what to do, ``record`` what is published now.
    """

    check: Check
    subject: str
    standing: Standing
    result: str
    summary: str
    detail: str = ""
    steps: tuple[str, ...] = ()
    who: Who = Who.NOBODY
    record: str = ""
    references: tuple[str, ...] = ()


class Policy(Struct, frozen=True):
    """An MTA-STS policy as fetched (RFC 8461 3.2): ``text`` is its body, ``failure`` why there is none.

    ``media_type`` is what the web server calls it, in lower case and without parameters; it should be "text/plain".
    """

    domain: str
    text: str = ""
    failure: Failure | None = None
    elapsed_ns: int = 0
    media_type: str = ""


class LocalSender(Struct, frozen=True):
    """How this machine's own mail server would send, as its configuration says; ``notes`` what could not be followed.

    ``tls`` is the least that it requires: "none", "may", "encrypt", "verify" (CA and name), "dane" (where published),
    "dane-only", "fingerprint". ``relay`` is the smarthost as configured, ``lookup_mx`` whether its MX are used.
    """

    software: str
    ehlo_name: str | None = None
    relay: Target | None = None
    lookup_mx: bool = False
    bind4: str | None = None
    bind6: str | None = None
    tls: str = "may"
    families: str = "any"
    login: bool = False
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Hint(Struct, frozen=True):
    """What a bounce tells about the mail that came back."""

    sender: str | None
    recipient: str | None
    host: str
    reply: str
    summary: str


class Login(Struct, frozen=True):
    """Who logs in. ``password`` and ``token`` are secrets: never shown, never part of a document."""

    user: str
    password: str | None = None
    token: str | None = None
    mechanism: str | None = None
    insecure: bool = False
    identity: str = ""

    def __repr__(self) -> str:
        return f"Login({self.user!r})"


class Delivery(Struct, frozen=True):
    """What is sent where a message was asked for. ``message`` ends its lines in CRLF, not dot-stuffed."""

    message: bytes
    message_id: str
    parameters: tuple[str, ...] = ()
    rcpt_parameters: tuple[str, ...] = ()
    chunking: bool = False


class Journey(Struct, frozen=True):
    """What is to be traced. ``sender`` None is the null sender; ``from_ip`` the public address the mail leaves from.

    ``fallback`` is asked where ``via`` cannot be reached; ``control`` is a domain of another operator, which tells a
    blocked port 25 from servers that are down.
    """

    recipient: Mailbox | None
    sender: Mailbox | None
    from_ip: str | None = None
    via: Target | None = None
    like: LocalSender | None = None
    hint: Hint | None = None
    port: int = 25
    size: int | None = None
    parameters: tuple[str, ...] = ()
    xclient: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    blocklists: tuple[str, ...] = ()
    wait: float | None = None
    login: Login | None = None
    delivery: Delivery | None = None
    tls_versions: bool = False
    ciphers: bool = False
    fallback: Target | None = None
    control: str = ""


class Step(Struct, frozen=True):
    """One stop of the map: what it is, how it stands, and how long it took (0: no time of its own)."""

    name: str
    standing: Standing
    text: str = ""
    elapsed_ns: int = 0


class Conclusion(Struct, frozen=True):
    """The diagnosis: ``summary`` in one sentence what fails, where and on whose side; ``steps`` the fix, in order.

    ``evidence`` are lines that prove it: a dialogue's, a record. ``where`` is the step at which the way ends.
    """

    cause: Cause
    summary: str
    who: Who
    retry: Retry
    outcome: Outcome
    where: str = ""
    steps: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR


class Trace(Struct, frozen=True):
    """The whole walk: the only thing that a renderer of traces sees.

    ``origin`` says how ``journey.from_ip`` is known: "option", "configuration", "server" (an EHLO echo), "" where it is
    not. ``unseen`` says what was not tried. Times are ticks; ``slowest_ns`` is that of the slowest path through what
    depended on each other.
    """

    journey: Journey
    ehlo_name: str
    origin: str
    answers: tuple[Answer, ...]
    policy: Policy | None
    routes: tuple[Report, ...]
    rulings: tuple[Ruling, ...]
    conclusion: Conclusion
    steps: tuple[Step, ...]
    unseen: tuple[str, ...]
    started: str
    total_ns: int
    slowest_ns: int
    round_trips: int
    dns_queries: int


class Listing(Struct, frozen=True):
    """What one blocklist says of an address or a domain: its codes (none: not listed), its reason, or why it fails."""

    zone: str
    subject: str
    codes: tuple[str, ...] = ()
    reason: str = ""
    failure: Failure | None = None


class Outlook(Struct, frozen=True):
    """What three senders do with a mail at one address: one that checks DANE, one that checks MTA-STS, any other."""

    dane: Passage
    mta_sts: Passage
    neither: Passage


class VersionSeen(Struct, frozen=True):
    """Does a server shake hands for one version of TLS ("TLSv1.2")? None: it could not be told; ``detail`` says why."""

    version: str
    accepted: bool | None
    detail: str = ""


class Resumption(Struct, frozen=True):
    """Did a second connection resume the first one's TLS session? None: it could not be told; ``detail`` says why."""

    resumed: bool | None
    version: str = ""
    detail: str = ""


class CipherSeen(Struct, frozen=True):
    """One cipher suite that a server takes, by its IANA name; ``bits`` is the size of its key."""

    version: str
    name: str
    bits: int
    anonymous: bool = False


class CipherScan(Struct, frozen=True):
    """The cipher suites that a server takes, by version. ``failure`` is one sentence that says why there are none."""

    ciphers: tuple[CipherSeen, ...] = ()
    failure: str = ""
    notes: tuple[str, ...] = ()
    elapsed_ns: int = 0
