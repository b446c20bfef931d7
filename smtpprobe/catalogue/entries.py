"""The types of the catalogue's entries. Data modules import these and nothing else of ours but the closed lists."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.outcome import Reason, Retry, Who


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
    category: Reason
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


class VendorCodeEntry(Struct, frozen=True):
    """What one vendor means by an enhanced status code, class left open ("X.7.27").

    The code is not registered, or it is registered with another meaning.
    """

    vendor: str
    code: str
    name: str
    meaning: str
    fix: str
    retry: Retry
    who: Who
    category: Reason
    references: tuple[str, ...]


class ProviderEntry(Struct, frozen=True):
    """One vendor's servers, and how a text or a host name shows that it is theirs.

    ``hosts`` are endings of the names that its mail servers carry ("google.com"); ``marks`` is a case-insensitive
    regex over a reply's text that nobody else writes: its help pages, its tail, its host names ("" for none).
    """

    name: str
    hosts: tuple[str, ...]
    marks: str


class ReasonEntry(Struct, frozen=True):
    """One reason (outcome.Reason) in words.

    ``title`` is a few words for a table row; ``sentence`` says what happened, complete ("The mailbox does not
    exist."); ``actor`` says who must act in words ("the sender's mail admin"). ``retry`` holds under a 5yz or where no
    code is known; under a 4yz a later attempt is always worth it.
    """

    reason: Reason
    title: str
    sentence: str
    fix: str
    who: Who
    actor: str
    retry: Retry
    references: tuple[str, ...]


class WordingEntry(Struct, frozen=True):
    """A wording that means one reason whoever says it.

    ``patterns`` are case-insensitive regexes over the text with its white space folded to single spaces. ``samples``
    are texts that must get this reason, ``near_misses`` texts that must not get it from this entry.
    """

    reason: Reason
    patterns: tuple[str, ...]
    samples: tuple[str, ...]
    near_misses: tuple[str, ...]


class FaultEntry(Struct, frozen=True):
    """What a program says where there is no reply of a server: an error of the network, TLS, the DNS or its own.

    ``pattern`` is a case-insensitive regex over one line. ``sample`` is a line that matches and is explained by this
    entry, ``near_miss`` one that must not be. ``name`` is unique among the faults.
    """

    name: str
    pattern: str
    meaning: str
    when: str
    fix: str
    retry: Retry
    who: Who
    category: Reason
    sample: str
    near_miss: str
    references: tuple[str, ...]
