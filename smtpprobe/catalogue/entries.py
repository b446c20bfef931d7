"""The types of the catalogue's entries. Data modules import these and nothing else of ours but the closed lists."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.outcome import Retry, Who


class CodeEntry(Struct, frozen=True):
    """One reply code.

    ``commands`` are the verbs that bring it ("greeting" for the first reply of a connection, "any" for all).
    ``origin`` is "rfc" for a code that an RFC defines, "de-facto" for one seen on the wire all the same,
    "outside" for a number that no SMTP server can send (RFC 5321 4.2).
    """

    code: int
    name: str
    meaning: str
    when: str
    fix: str
    commands: tuple[str, ...]
    retry: Retry
    who: Who
    mistaken_for: tuple[int, ...]
    references: tuple[str, ...]
    origin: str = "rfc"


class EnhancedEntry(Struct, frozen=True):
    """One enhanced status code, class left open: ``code`` is "X.7.1". ``classes`` are the digits it is used with."""

    code: str
    name: str
    meaning: str
    fix: str
    classes: tuple[int, ...]
    basic: tuple[int, ...]
    retry: Retry
    who: Who
    references: tuple[str, ...]


class ExtensionEntry(Struct, frozen=True):
    """One EHLO keyword.

    ``purpose`` is what it is for in at most 34 characters (a table cell); ``meaning`` is the full sentence(s).
    ``arguments`` says what stands after the keyword in EHLO ("" for nothing); ``status`` is one of
    "registered", "historic", "unregistered", "local", "artefact".
    """

    keyword: str
    name: str
    purpose: str
    meaning: str
    advice: str
    arguments: str
    verbs: tuple[str, ...]
    mail_parameters: tuple[str, ...]
    rcpt_parameters: tuple[str, ...]
    status: str
    references: tuple[str, ...]


class DialectEntry(Struct, frozen=True):
    """What one vendor means by one wording.

    ``code`` and ``enhanced`` narrow it down where given; ``pattern`` is a case-insensitive regex over the reply's
    text (lines joined by a newline, enhanced code still in front); ``commands`` are the verbs it may answer (empty:
    any; "greeting" for the first reply). ``sample`` is a whole reply that matches ("504 X not supported"),
    ``near_miss`` one that must not.
    """

    vendor: str
    code: int | None
    enhanced: str | None
    commands: tuple[str, ...]
    pattern: str
    name: str
    meaning: str
    fix: str
    retry: Retry
    who: Who
    category: str
    sample: str
    near_miss: str
    references: tuple[str, ...]


class Allowance(Struct, frozen=True):
    """How much one connection bears before the server slows down or hangs up, less a margin.

    ``refusals``: 4yz and 5yz replies; ``unknown``: verbs it does not know; ``syntax``: syntax and protocol errors;
    ``nonmail``: commands other than MAIL, RCPT and DATA; ``lookups``: VRFY and EXPN; ``noops``: NOOP; ``ehlos``: EHLO
    and HELO for each TLS state; ``auths``: AUTH exchanges started.
    """

    refusals: int = 2
    unknown: int = 2
    syntax: int = 2
    nonmail: int = 8
    lookups: int = 2
    noops: int = 4
    ehlos: int = 2
    auths: int = 2


class Setting(Struct, frozen=True):
    """This software's own remedy for one finding. ``text`` is what to write where; ``reference`` documents it."""

    rule: str
    text: str
    reference: str


class SoftwareEntry(Struct, frozen=True):
    """One server software: how to know it, what it bears, which of its settings mends what.

    ``greeting``, ``ehlo``, ``help`` are case-insensitive regexes over that reply's text ("" for none); a group named
    ``version`` captures the version. ``errors`` are regexes over refusals that only this software words so.
    """

    name: str
    greeting: str
    ehlo: str
    help: str
    errors: tuple[str, ...]
    allowance: Allowance
    settings: tuple[Setting, ...]
