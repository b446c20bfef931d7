"""What a server is held to, and what came of it: the values between the rooms of a check and its renderers.

Frozen structs without behaviour, as in model.py. Times are ticks.
"""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.model import Report, Target
from smtpprobe.outcome import Outcome, Result

#: The expectation that every server has without being asked: an SMTP conversation can be held with it.
CONVERSATION = "conversation"


class Place(Struct, frozen=True):
    """Where an expectation was written: a file as the user named it, and a line counted from 1."""

    file: str
    line: int


class Measure(Struct, frozen=True):
    """A number that was measured, and the bounds that it was held to (None: no bound on that side).

    ``name`` is a word of ours ("connect", "certificate_days"); ``unit`` is "s", "d", "B" or "" for a count.
    """

    name: str
    value: float
    unit: str = ""
    least: float | None = None
    most: float | None = None


class Held(Struct, frozen=True):
    """One expectation, held against one address of a server.

    ``id`` names it within the server ("present-in-clear-STARTTLS"), ``title`` says it in words, as a sentence without
    its full stop. ``expected`` and ``got`` are short phrases; ``got`` may quote the server. ``evidence`` are the lines
    of the dialogue that decided, as in ``S: 550 5.7.1 no``. ``address`` is an IP address, empty where it is about the
    whole server; ``host`` is the one that has it, where that is another than was named, as an MX host is. ``because``
    names the expectation whose result kept this one from being decided.
    """

    id: str
    title: str
    result: Result
    expected: str
    got: str = ""
    place: Place | None = None
    address: str = ""
    evidence: tuple[str, ...] = ()
    advice: str = ""
    because: str = ""
    measure: Measure | None = None
    host: str = ""


class Checked(Struct, frozen=True):
    """One server of a file, with all that was expected of it.

    ``name`` is the target as it was written. ``outcome`` is that of the address that did worst. ``reports`` are one an
    address, from the last attempt; none where a name led nowhere is impossible: that is a report too. ``attempts``
    counts how often the server was asked, ``connections`` what that took in all.
    """

    name: str
    target: Target
    outcome: Outcome
    held: tuple[Held, ...]
    reports: tuple[Report, ...]
    groups: tuple[str, ...] = ()
    place: Place | None = None
    attempts: int = 1
    connections: int = 0
    dns_queries: int = 0
    dns_ns: int = 0
    elapsed_ns: int = 0


class Checking(Struct, frozen=True):
    """A whole check: the only thing that its renderers see. ``started`` is RFC 3339 in UTC.

    ``inconclusive`` is what the user makes of what could not be decided: "fail", "pass", or None for a result of its
    own. ``stopped``: the user ended it early, with servers left to ask.
    """

    file: str
    servers: tuple[Checked, ...]
    started: str
    elapsed_ns: int
    inconclusive: str | None = None
    stopped: bool = False


class Change(Struct, frozen=True):
    """What differs between two reports of a server. ``what`` is a closed word and a subject ("extension", "SIZE").

    ``before`` and ``after`` are None where there was nothing. ``words`` says it in one sentence, without its full stop.
    ``where`` is "clear" or "tls" for what changed in one TLS state only.
    """

    what: str
    subject: str
    before: str | None
    after: str | None
    words: str
    where: str = ""


class Difference(Struct, frozen=True):
    """What changed from one report to another, or the same for several servers. ``name`` is the server's.

    ``undecided`` says why nothing can be said, where one side has no conversation to compare.
    """

    name: str
    before: str
    after: str
    changes: tuple[Change, ...] = ()
    undecided: str = ""
