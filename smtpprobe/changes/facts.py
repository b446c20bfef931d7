"""The facts of a server that two reports are compared by. Frozen values; how they are read and folded is elsewhere."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.changes.words import What
from smtpprobe.outcome import Outcome


class DocumentError(ValueError):
    """Why a document cannot be compared, in one sentence with the next step. It may quote the document."""


class Fact(Struct, frozen=True, omit_defaults=True):
    """One thing about a server.

    ``subject`` says of what (a keyword, a question, a rule), ``where`` in which TLS state ("clear", "tls", "" for
    neither), ``command`` what was sent. ``value`` is what must stay the same; ``text`` is a server's wording, not yet
    folded. ``rests_on`` names the questions that a finding was drawn from.
    """

    what: What
    subject: str = ""
    where: str = ""
    command: str = ""
    value: str = ""
    text: str = ""
    rests_on: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[What, str, str, str]:
        """What makes it the same fact in another report."""
        return self.what, self.subject, self.command, self.where


class Literal(Struct, frozen=True):
    """A text that is replaced wherever a server echoes it. ``ids`` says that it goes with the ids."""

    text: str
    mark: str
    ids: bool = False


class Snapshot(Struct, frozen=True):
    """One server at one address, at one time. ``name`` is host:port, ``address`` the one that was talked to.

    ``reason`` says why there was no conversation. ``states`` are the TLS states in which EHLO was answered, and
    ``tls_wanted`` tells whether TLS was to be tried. ``literals`` are what is replaced besides the
    usual; of a ``folded`` one nothing is left of that, as out of a baseline.
    """

    name: str
    address: str
    outcome: Outcome
    profile: str
    reason: str = ""
    states: tuple[str, ...] = ()
    tls_wanted: bool = True
    facts: tuple[Fact, ...] = ()
    literals: tuple[Literal, ...] = ()
    folded: bool = False

    @property
    def key(self) -> str:
        """What it is called in a baseline where several addresses of one server are asked."""
        return f"{self.name} [{self.address}]" if self.address else self.name
