"""What a rule is, and the transcript sorted for its questions: who asked, what was answered, where. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from smtpprobe.model import Capabilities, Exchange, Finding, Observation, Reply, Transcript
from smtpprobe.outcome import FailureKind, Stage, TlsMode
from smtpprobe.wire import ehlo

SUBMISSION_PORTS = (465, 587)
# What a server makes of these is of our making: it may break off its own words.
_OUT_OF_TURN = frozenset({"talk-first", "starttls-smuggled-command", "line-end-cr", "line-end-lf"})


class Evidence:
    """One transcript. Indexes are those of its exchanges; an observation's may point nowhere, and is then ignored."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.exchanges = transcript.exchanges
        self._inside = _inside_tls(transcript)

    # -- the target ----------------------------------------------------------------------------------------

    @property
    def software(self) -> str:
        """The name of the software, "" where it was not recognised."""
        return self.transcript.software.name if self.transcript.software else ""

    @property
    def submission(self) -> bool:
        """Is this a port for mail clients (RFC 6409, RFC 8314), where a login comes first?"""
        return self.transcript.target.port in SUBMISSION_PORTS

    @property
    def mx(self) -> bool:
        """Is this where other mail servers deliver?"""
        target = self.transcript.target
        return not target.lmtp and target.path is None and (target.mx or target.port == 25)

    @property
    def near(self) -> bool:
        """Was it asked from the machine it runs on?"""
        route = self.transcript.route
        return self.transcript.target.path is not None or (
            route is not None and route.address.startswith(("127.", "::1"))
        )

    # -- EHLO ----------------------------------------------------------------------------------------------

    @property
    def offers(self) -> tuple[Capabilities, ...]:
        """What was promised in clear and inside TLS, as far as there is such a reply."""
        run = self.transcript
        return tuple([one for one in (run.clear, run.encrypted) if one is not None])

    def promised(self, keyword: str) -> bool:
        return any(keyword in one for one in self.offers)

    def hellos(self, *, encrypted: bool) -> Iterator[tuple[int, Capabilities]]:
        """Every EHLO or LHLO reply in this TLS state that lists capabilities, the user's own lines left out."""
        for index, exchange in enumerate(self.exchanges):
            if _verb(exchange) in ("EHLO", "LHLO") and exchange.probe != "command" and self._inside[index] is encrypted:
                reply = exchange.reply
                if reply is not None and reply.positive and exchange.failure is None:
                    yield index, ehlo.read(reply)

    def hello(self, *, encrypted: bool) -> tuple[int, ...]:
        """The place of the EHLO reply whose promises the transcript keeps for this TLS state."""
        return tuple([index for index, _ in self.hellos(encrypted=encrypted)][:1])

    # -- who asked -----------------------------------------------------------------------------------------

    def of(self, *probes: str) -> list[Observation]:
        """What these probes learnt."""
        return [one for one in self.transcript.observations if one.probe in probes]

    def places(self, observation: Observation) -> list[tuple[int, Exchange]]:
        """The exchanges behind an observation."""
        return [(i, self.exchanges[i]) for i in observation.evidence if 0 <= i < len(self.exchanges)]

    def answers(self, probe: str, verb: str) -> list[tuple[int, Reply]]:
        """What this probe was told on its questions of this verb; 421 ends a connection and answers nothing."""
        found = [place for one in self.of(probe) for place in self.places(one)]
        return [(i, e.reply) for i, e in found if e.reply is not None and e.code != 421 and _verb(e) == verb]

    def failed(self, kind: FailureKind) -> list[tuple[int, Exchange]]:
        """The exchanges that ended in this failure."""
        return [(i, e) for i, e in enumerate(self.exchanges) if e.failure is not None and e.failure.kind is kind]

    def in_turn(self) -> Iterator[tuple[int, Exchange]]:
        """The exchanges in which we kept to the rules, so that what is irregular is the server's own."""
        return ((i, e) for i, e in enumerate(self.exchanges) if e.probe not in _OUT_OF_TURN)

    def before(self, index: int) -> list[tuple[int, Exchange]]:
        """What was said on the same connection before this exchange."""
        own = self.exchanges[index].connection
        return [(i, e) for i, e in enumerate(self.exchanges[:index]) if e.connection == own]


class Rule(Struct, frozen=True):
    """One thing to find. ``meaning`` says in a line what it is about; ``references`` are those of its findings."""

    name: str
    meaning: str
    judge: Callable[[Evidence], tuple[Finding, ...]]
    references: tuple[str, ...] = ()


def _verb(exchange: Exchange) -> str:
    return exchange.command.verb if exchange.command else ""


def quoted(text: str, limit: int = 90) -> str:
    """A server's words on one line and short."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def said(reply: Reply | None) -> str:
    """The reply in a few words, its code first: ``550 5.1.1 unknown user``."""
    if reply is None:
        return "nothing"
    return quoted(f"{'???' if reply.code is None else reply.code} {reply.text}")


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _inside_tls(run: Transcript) -> list[bool]:
    """For each exchange: was it said inside TLS? The greeting and EHLO do not tell by their stage."""
    secured: set[int] = set()
    inside = []
    for exchange in run.exchanges:
        inside.append(run.target.tls is TlsMode.IMPLICIT or exchange.connection in secured)
        if exchange.stage is Stage.STARTTLS and exchange.code == 220 and exchange.failure is None:
            secured.add(exchange.connection)
    return inside
