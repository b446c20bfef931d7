"""What a file of expectations may say: one Struct a table. Nothing is read and nothing is judged here.

A key that is left out expects nothing. docs/check.md explains every key.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Codes = int | str | tuple[int | str, ...]
"""Reply codes: 530, "5xx", "25x", or several of them."""

Time = int | float | str
"""Seconds, or a text with a unit: "500ms", "5s", "2m"."""


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table. A key that is not a field is a mistake."""


class Extensions(Table, frozen=True):
    """What EHLO promises. Each item is a keyword, perhaps with a bound: "SIZE >= 50MB", "LIMITS RCPTMAX >= 100".

    Without ``_in_clear`` or ``_in_tls`` it is about the state in which mail goes: inside TLS where that can be had.
    ``kept`` asks the server for it too.
    """

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    present_in_clear: tuple[str, ...] = ()
    absent_in_clear: tuple[str, ...] = ()
    present_in_tls: tuple[str, ...] = ()
    absent_in_tls: tuple[str, ...] = ()


class Auth(Table, frozen=True):
    """The mechanisms of AUTH, wherever they are offered, and what is offered in clear."""

    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    in_clear: bool | None = None


class Command(Table, frozen=True):
    """Command lines, sent in their order until one is refused, and what the last reply must and must not be.

    ``text`` and ``never_text`` are regular expressions, searched for in the reply's text.
    """

    send: str | tuple[str, ...]
    name: str = ""
    code: Codes = ()
    never: Codes = ()
    enhanced: str = ""
    text: str = ""
    never_text: str = ""
    state: Literal["clear", "tls", "any"] = "any"


class Tls(Table, frozen=True):
    """TLS itself. ``version`` is the least that the handshake may agree on: "1.2"."""

    offered: bool | None = None
    required: bool | None = None
    version: str = ""


class Certificate(Table, frozen=True):
    """The server's certificate. ``names`` must each be among its names or be covered by one of them."""

    days_left: int | None = None
    names: tuple[str, ...] = ()
    trusted: bool | None = None


class Policy(Table, frozen=True):
    """What the DNS and the web publish about the server's TLS: ``true`` expects that it is there and holds."""

    dane: bool | None = None
    mta_sts: bool | None = None


class Greeting(Table, frozen=True):
    """The first reply. ``name_is_ptr``: the name in it is the one that the address leads back to."""

    name_is_ptr: bool | None = None
    text: str = ""
    never_text: str = ""


class Software(Table, frozen=True):
    """``hidden``: no reply names the software's version. ``name`` is the software that it must be recognised as."""

    hidden: bool | None = None
    name: str = ""


class Times(Table, frozen=True):
    """The longest that a stage may take: connecting, the wait for a reply, the handshake, the whole."""

    connect: Time | None = None
    greeting: Time | None = None
    ehlo: Time | None = None
    starttls: Time | None = None
    handshake: Time | None = None
    total: Time | None = None


class Mx(Table, frozen=True):
    """The least number of MX hosts, of their addresses, and of addresses that hold a conversation, or "all"."""

    servers: int | None = None
    addresses: int | None = None
    reachable: int | Literal["all"] | None = None


class Findings(Table, frozen=True):
    """What smtpprobe itself finds: the gravest that may be (``at_most``), and rules by name."""

    at_most: Literal["none", "info", "warning", "error"] | None = None
    tolerated: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


class Expect(Table, frozen=True):
    """What is expected of a server."""

    extensions: Extensions = Extensions()
    auth: Auth = Auth()
    command: tuple[Command, ...] = ()
    tls: Tls = Tls()
    certificate: Certificate = Certificate()
    policy: Policy = Policy()
    greeting: Greeting = Greeting()
    software: Software = Software()
    time: Times = Times()
    mx: Mx = Mx()
    findings: Findings = Findings()
    login: bool | None = None


class Secret(Table, frozen=True):
    """Where a secret lies: in a variable of the environment or in a file of its own. Never in this file."""

    env: str = ""
    file: str = ""


class Login(Table, frozen=True, kw_only=True):
    """Who logs in, for ``login = true``."""

    user: str
    password: Secret | None = None
    token: Secret | None = None
    mechanism: str = ""


class Manner(Table, frozen=True):
    """How to ask; None takes what the broader table says, and in the end the usual."""

    profile: Literal["ehlo", "capabilities", "full"] | None = None
    retries: int | None = None
    retry_after: Time | None = None
    timeout: Time | None = None
    deadline: Time | None = None
    connections: int | None = None
    domain: str | None = None
    ehlo_name: str | None = None
    source: str | None = None
    sni: str | None = None
    ca_file: str | None = None
    tls: Literal["starttls", "implicit", "none"] | None = None
    family: Literal["4", "6"] | None = None
    allow_private: bool | None = None


class Defaults(Manner, frozen=True):
    """How every server is asked. ``resolver`` are DNS servers: an address, ``tls://``, ``https://``."""

    resolver: tuple[str, ...] = ()


class Group(Manner, frozen=True):
    """What several servers have in common."""

    preset: str = ""
    expect: Expect = Expect()
    leave_out: tuple[str, ...] = ()


class Server(Group, frozen=True, kw_only=True):
    """One server. ``mx``: the target is a mail domain; ``all``: every address of it is held to the expectations."""

    target: str
    groups: tuple[str, ...] = ()
    mx: bool = False
    all: bool = False
    login: Login | None = None


class Module(Group, frozen=True):
    """How the exporter probes. ``min_interval``: asked again sooner, it answers with the last result."""

    min_interval: Time | None = None
    mx: bool = False
    all: bool = False


class Exporter(Table, frozen=True):
    """How the exporter behaves. ``targets`` may be asked for besides the servers of the file.

    ``hosts`` are further names that it goes by. ``min_interval`` is for modules that ask more than a client does and
    have none of their own.
    """

    targets: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    most_at_once: int = 500
    min_interval: Time = "15m"


class File(Table, frozen=True):
    """The whole file."""

    defaults: Defaults = Defaults()
    expect: Expect = Expect()
    group: dict[str, Group] = field(default_factory=dict)
    server: tuple[Server, ...] = ()
    module: dict[str, Module] = field(default_factory=dict)
    exporter: Exporter = Exporter()
