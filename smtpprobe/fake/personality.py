"""What a personality file may say: one Struct a table, its defaults taken from RFC 5321. Nothing is read here."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Lines = str | tuple[str, ...]
"""A reply: one line, or all lines exactly as they go out. An empty list sends nothing."""

State = Literal[
    "clear", "tls", "before-ehlo", "after-ehlo", "before-mail", "after-mail", "before-rcpt", "after-rcpt", "logged-in"
]
Counted = Literal["errors", "syntax", "unknown", "nonmail", "lookups", "commands"]


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table. A key that is not a field is a mistake."""


class Ehlo(Table, frozen=True):
    """What EHLO promises. ``tls`` is what it promises inside TLS; without it ``clear`` less STARTTLS."""

    first: str = "{hostname}"
    clear: tuple[str, ...] = ()
    tls: tuple[str, ...] | None = None

    def promises(self, encrypted: bool) -> tuple[str, ...]:
        """The keyword lines for this TLS state."""
        if not encrypted:
            return self.clear
        if self.tls is not None:
            return self.tls
        return tuple(line for line in self.clear if line.upper() != "STARTTLS")


class Rule(Table, frozen=True):
    """One answer of its own. ``command`` is held against the whole line, ``ehlo`` against the client's name."""

    command: str
    reply: Lines
    state: State | tuple[State, ...] = ()
    ehlo: str | None = None
    then: Literal["close", "reset"] | None = None


class Refusals(Table, frozen=True):
    """The answers to what goes wrong, one key a situation."""

    unknown_verb: Lines = "500 5.5.2 Command not recognized"
    no_domain: Lines = "501 5.5.4 Syntax: {verb} hostname"
    before_ehlo: Lines = "503 5.5.1 Send EHLO first"
    nested_mail: Lines = "503 5.5.1 Sender already given"
    before_mail: Lines = "503 5.5.1 Need MAIL first"
    before_rcpt: Lines = "503 5.5.1 Need RCPT first"
    mail_syntax: Lines = "501 5.5.4 Syntax: MAIL FROM:<address>"
    rcpt_syntax: Lines = "501 5.5.4 Syntax: RCPT TO:<address>"
    bad_value: Lines = "501 5.5.4 Bad value: {parameter}"
    too_big: Lines = "552 5.3.4 Message size exceeds the limit of {limit} octets"
    argument: Lines = "501 5.5.4 Syntax: {verb}"
    no_argument: Lines = "501 5.5.4 Syntax: {verb} argument"
    relay: Lines = "550 5.7.1 <{address}>: Relay access denied"
    unknown_user: Lines = "550 5.1.1 <{address}>: User unknown"
    vrfy_unknown: Lines = "550 5.1.1 <{address}>: User unknown"
    tls_required: Lines = "530 5.7.0 Must issue a STARTTLS command first"
    login_required: Lines = "530 5.7.0 Authentication required"
    starttls_again: Lines = "503 5.5.1 TLS already active"
    line_too_long: Lines = "500 5.5.2 Line too long"


class Auth(Table, frozen=True):
    """Logging in. Without ``clear`` and ``tls`` the mechanisms are those that EHLO promises."""

    clear: tuple[str, ...] | None = None
    tls: tuple[str, ...] | None = None
    required: bool = False
    users: dict[str, str] = field(default_factory=dict)
    challenges: dict[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: Lines = "235 2.7.0 Authentication successful"
    failed: Lines = "535 5.7.8 Authentication credentials invalid"
    cancelled: Lines = "501 5.7.0 Authentication cancelled"
    undecodable: Lines = "501 5.5.2 Cannot decode the response"
    unknown: Lines = "504 5.5.4 Unrecognized authentication type"
    missing: Lines = "501 5.5.4 Syntax: AUTH mechanism"
    before_tls: Lines = "538 5.7.11 Encryption required for requested authentication mechanism"
    not_offered: Lines = "503 5.5.1 Authentication not enabled"
    again: Lines = "503 5.5.1 Already authenticated"
    in_mail: Lines = "503 5.5.1 Mail transaction in progress"


class Mailboxes(Table, frozen=True):
    """Who lives here. ``reveals`` lists the verbs (VRFY, EXPN) that tell a known user from an unknown one."""

    domains: tuple[str, ...] = ()
    users: tuple[str, ...] = ("postmaster",)
    reveals: tuple[Literal["VRFY", "EXPN"], ...] = ()


class Limit(Table, frozen=True):
    """The ``at``-th of what it ``counts`` makes the server hang up; ``how`` says where ``reply`` goes."""

    counts: Counted
    at: int
    reply: Lines = "421 4.7.0 {hostname} Too many errors"
    how: Literal["instead", "after", "joined"] = "after"


class Manners(Table, frozen=True):
    """What makes a server awkward."""

    delay: float = 0.0
    greeting_delay: float = 0.0
    flush_input: bool = False
    extra_reply_after: str | None = None
    extra_reply: Lines = "250 once more"
    hang_up_at_first_command: bool = False
    max_connections: int | None = None
    too_many: Lines = "421 4.7.0 {hostname} Too many connections from {peer}"
    synchronization: Literal["off", "unannounced", "always"] = "off"
    synchronization_reply: Lines = "554 SMTP synchronization error"
    intermediate: str | None = None
    intermediate_reply: Lines = "334 "
    intermediate_end: Lines = "501 5.5.4 Cancelled"
    sticky_size: bool = False
    starttls_keeps_input: bool = False
    starttls_pipelined: Lines | None = None
    bare_cr_ends_line: bool = False
    bare_lf_ends_line: bool = True
    line_end: str = "\r\n"


class Personality(Table, frozen=True):
    """One server, whole. docs/personalities.md explains every key."""

    summary: str
    hostname: str = "mx.example.org"
    greeting: Lines = "220 {hostname} ESMTP"
    ehlo: Ehlo = Ehlo()
    helo: Lines = "250 {hostname}"
    ehlo_required: bool = True
    lmtp: bool = False
    implicit_tls: bool = False
    tls_required: bool = False
    starttls: str = "works"
    certificate: Literal["good", "expired", "other-name", "self-signed"] = "good"
    line_limit: int = 2048
    brackets_required: bool = False
    takes_no_argument: tuple[str, ...] = ("DATA", "RSET", "QUIT", "STARTTLS")
    needs_argument: tuple[str, ...] = ("VRFY", "EXPN")
    replies: dict[str, Lines] = field(default_factory=dict)
    refusals: Refusals = Refusals()
    rules: tuple[Rule, ...] = ()
    mail_parameters: dict[str, str] = field(default_factory=dict)
    rcpt_parameters: dict[str, str] = field(default_factory=dict)
    auth: Auth = Auth()
    mailboxes: Mailboxes | None = None
    limits: tuple[Limit, ...] = ()
    manners: Manners = Manners()


REPLIES: dict[str, Lines] = {
    "HELP": "214 2.0.0 HELO EHLO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP",
    "NOOP": "250 2.0.0 OK",
    "RSET": "250 2.0.0 OK",
    "VRFY": "252 2.5.2 Cannot VRFY user, but will accept the message and try to deliver it",
    "EXPN": "252 2.5.2 Cannot expand lists",
    "MAIL": "250 2.1.0 OK",
    "RCPT": "250 2.1.5 OK",
    "DATA": "354 End data with <CR><LF>.<CR><LF>",
    "BDAT": "250 2.0.0 Chunk received",
    ".": "250 2.0.0 OK, and thrown away: this is a fake server",
    "STARTTLS": "220 2.0.0 Ready to start TLS",
    "QUIT": "221 2.0.0 Bye",
}
"""What a verb gets where the personality has no ``[replies]`` of its own for it. ``.`` answers the end of a message."""
