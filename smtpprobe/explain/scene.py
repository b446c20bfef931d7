"""What an adviser may look at: one reply, what was asked, and what happened before it on its connection.

Everything that needs a walk back over the connection is worked out on first use. Never judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from smtpprobe.catalogue import providers
from smtpprobe.catalogue.entries import DialectEntry
from smtpprobe.explain import parameters
from smtpprobe.model import Capabilities, Command, Exchange, Known, Reply
from smtpprobe.outcome import Defect, Retry, Stage, TlsMode, Who

GREETING = "greeting"
HELLOS = frozenset({"EHLO", "HELO", "LHLO"})


class Advice(Struct, frozen=True):
    """One thing to know or to do next. What is set beside the text replaces what the catalogue says of the code."""

    text: str
    retry: Retry | None = None
    who: Who | None = None
    fix: str = ""


Says = str | Advice | None


def as_it_should_be(text: str) -> Advice:
    """The refusal is the right answer: nobody has to do anything."""
    return Advice(text, Retry.NO, Who.NOBODY, "Nothing to fix.")


def servers_fault(text: str, fix: str) -> Advice:
    """The answering server is the one to mend."""
    return Advice(text, Retry.AFTER_FIX, Who.SERVER, fix)


class Standing(Struct):
    """How far a connection had come before a command, as the server must see it (RFC 5321 4.1.4).

    ``greeting`` is its code, None where the beginning of the connection was not seen. ``refused_mail`` is the code
    that refused the last MAIL, None where it was taken or never sent.
    """

    greeting: int | None = None
    introduced: bool = False
    mail: bool = False
    refused_mail: int | None = None
    recipients: int = 0
    authenticated: bool = False
    encrypted: bool = False

    def end_transaction(self) -> None:
        self.mail, self.refused_mail, self.recipients = False, None, 0

    def take(self, verb: str, code: int | None, positive: bool) -> None:
        """One exchange further."""
        if verb == GREETING:
            self.greeting = code
        elif verb == "MAIL":
            if not self.mail:
                self.mail, self.refused_mail = positive, None if positive else code
        elif verb == "RCPT":
            self.recipients += positive
        elif not positive:
            return
        elif verb in HELLOS:
            self.introduced = True
            self.end_transaction()
        elif verb in {"RSET", "DATA", "BDAT"}:
            self.end_transaction()
        elif verb == "STARTTLS":
            self.encrypted, self.introduced, self.authenticated = True, False, False
            self.end_transaction()
        elif verb == "AUTH":
            self.authenticated = code == 235


class Scene(Struct, frozen=True, dict=True, eq=False):
    """One reply and its surroundings.

    ``code`` is the reply's, known to be a number. ``dialect`` is what the vendor means by it; advice need not say it
    again.
    """

    exchanges: Sequence[Exchange]
    index: int
    exchange: Exchange
    reply: Reply
    code: int
    known: Known
    dialect: DialectEntry | None = None

    @cached_property
    def text(self) -> str:
        return self.reply.text

    @cached_property
    def words(self) -> str:
        """The text in lower case, cut: what advisers search for a wording."""
        return self.text[:2000].lower()

    @cached_property
    def continues(self) -> bool:
        """Is this line the answer to an AUTH challenge (334), and no command?"""
        return (
            self.code != 220
            and self.exchange.command is not None
            and self.previous is not None
            and self.previous.code == 334
        )

    @cached_property
    def verb(self) -> str:
        """The verb answered: "greeting" for the first reply, "AUTH" for a SASL exchange, "" where nobody asked."""
        command = self.exchange.command
        if command is None:
            return GREETING if self.exchange.stage is Stage.GREETING and not self.unsolicited else ""
        return "AUTH" if self.continues else _verb(command, self.previous)

    @property
    def unsolicited(self) -> bool:
        return Defect.UNSOLICITED in self.reply.defects

    @cached_property
    def argument(self) -> str:
        return self.exchange.command.argument.strip() if self.exchange.command else ""

    @property
    def probe(self) -> str:
        return self.exchange.probe or ""

    @property
    def vendor(self) -> str:
        return self.known.software.name if self.known.software else ""

    @cached_property
    def vendors(self) -> tuple[str, ...]:
        """Whose words these may be, the most specific first: a provider's, by name or by text, then the software's."""
        known = self.known
        names = [known.target.host, known.greeting.text.partition(" ")[0] if known.greeting else ""]
        names += [capabilities.domain for capabilities in (known.clear, known.encrypted) if capabilities]
        found = (*map(providers.by_host, names), providers.by_text(self.text), self.vendor)
        return tuple(dict.fromkeys(name for name in found if name))

    @property
    def server(self) -> str:
        """The subject of a sentence about this server."""
        return self.vendor or "This server"

    @cached_property
    def previous(self) -> Exchange | None:
        """The exchange before this one on the same connection."""
        return next(self._back(), None)

    @cached_property
    def before(self) -> tuple[Exchange, ...]:
        """All earlier exchanges of this connection, the latest first."""
        return tuple(self._back())

    def _back(self) -> Iterator[Exchange]:
        connection = self.exchange.connection
        for position in range(min(self.index, len(self.exchanges)) - 1, -1, -1):
            exchange = self.exchanges[position]
            if exchange.connection == connection:
                yield exchange

    @cached_property
    def refusals(self) -> int:
        """How many refusals this connection had heard before."""
        return sum(1 for exchange in self.before if exchange.reply is not None and exchange.reply.refusal)

    @cached_property
    def standing(self) -> Standing:
        standing = Standing()
        challenged = False
        last: Exchange | None = None
        for exchange in reversed(self.before):
            reply = exchange.reply
            if reply is None:
                continue
            if exchange.command is not None:
                verb = "AUTH" if challenged else _verb(exchange.command, last)
            else:
                verb = GREETING if exchange.stage is Stage.GREETING and standing.greeting is None else ""
            standing.take(verb, reply.code, reply.positive)
            challenged = reply.code == 334
            last = exchange
        return standing

    @property
    def whole(self) -> bool:
        """Was the connection seen from its greeting on? Otherwise nobody can say what is missing."""
        return self.standing.greeting is not None

    @cached_property
    def encrypted(self) -> bool:
        """Was this asked inside TLS?"""
        if self.known.target.tls is TlsMode.IMPLICIT or self.exchange.stage is Stage.TLS:
            return True
        if self.exchange.stage in {Stage.GREETING, Stage.CLEAR, Stage.STARTTLS}:
            return False
        return self.standing.encrypted

    @property
    def here(self) -> Capabilities | None:
        """What EHLO promised in the TLS state of this exchange."""
        return self.known.encrypted if self.encrypted else self.known.clear

    @property
    def there(self) -> Capabilities | None:
        """What EHLO promised in the other TLS state."""
        return self.known.clear if self.encrypted else self.known.encrypted

    def offers(self, keyword: str) -> bool:
        return self.here is not None and keyword in self.here

    def offers_there(self, keyword: str) -> bool:
        return self.there is not None and keyword in self.there

    @cached_property
    def asked(self) -> tuple[parameters.Asked, ...]:
        """The parameters of a MAIL or RCPT command."""
        return parameters.read(self.verb, self.argument) if self.verb in {"MAIL", "RCPT"} else ()

    def says(self, pattern: str) -> bool:
        """Does the text hold this (a lower-case regex)?"""
        return re.search(pattern, self.words) is not None


def _verb(command: Command, previous: Exchange | None) -> str:
    """The command's verb. What follows a 354 is the message, and its answer is DATA's (RFC 5321 4.1.1.4)."""
    return "DATA" if previous is not None and previous.code == 354 else command.verb


def mechanisms(capabilities: Capabilities | None) -> tuple[str, ...]:
    """The AUTH mechanisms of an EHLO reply; none where there was no such reply."""
    return capabilities.mechanisms if capabilities is not None else ()


def listed(names: Sequence[str], joint: str = "and", most: int = 8) -> str:
    """Names as a person writes them: ``A, B and C``."""
    if len(names) > most:
        return f"{', '.join(names[:most])} {joint} {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def shown(text: str, most: int = 60) -> str:
    """A piece of a command or reply, short enough for a sentence."""
    return text if len(text) <= most else text[: most - 1] + "…"
