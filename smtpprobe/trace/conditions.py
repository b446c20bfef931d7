"""What stands in a mail's way for a while, or rewrites it, named by what was heard: report in, conditions out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from smtpprobe.model import Exchange, Report
from smtpprobe.outcome import Cause, Defect, FailureKind, Stage
from smtpprobe.trace import delays
from smtpprobe.wire import ehlo

#: Seconds. A reply that takes longer is slow on purpose, or waits for a DNS server that does not answer.
SLOW_REPLY = 5.0
#: Seconds. Servers hold their greeting back for some seconds to see who cannot wait; postscreen for six.
SLOW_GREETING = 20.0
#: Seconds between the two halves of a greeting: postscreen waits two under stress, else six.
TEASER_GAP = 1.5
#: Seconds. When to come again where the server does not say: what Postgrey asks for.
USUAL_DELAY = 300.0
#: Seconds. Nobody waits longer than this for a diagnosis.
LONGEST_WAIT = 3600.0

_COMES_AGAIN = frozenset({Cause.GREYLISTED, Cause.POSTSCREEN})
_NS = 1_000_000_000


class Condition(Struct, frozen=True):
    """A condition that has a name.

    ``summary`` is one sentence, ``steps`` say what to do, ``evidence`` are indexes into the transcript's exchanges,
    ``hint_seconds`` is when the server says to come again.
    """

    cause: Cause
    summary: str
    steps: tuple[str, ...] = ()
    evidence: tuple[int, ...] = ()
    hint_seconds: float | None = None


def conditions(report: Report) -> tuple[Condition, ...]:
    """The conditions that show in this report, each cause once: first what says most about all the others."""
    return tuple([found for recognise in _RECOGNISERS if (found := recognise(report)) is not None])


def port_blocked(first: Sequence[FailureKind | None], second: Sequence[FailureKind | None]) -> bool:
    """Does the network here let nothing out to port 25?

    Each is how the attempts at all MX addresses of one operator ended (None: connected), of two that have nothing to do
    with each other. It does if every attempt at both timed out. An address that this machine has no route to (IPv6
    where there is none) tells nothing.
    """
    return all(_silent(attempts) for attempts in (first, second))


def next_try(condition: Condition, given: float | None, elapsed: float) -> float | None:
    """Seconds to wait before trying again; None where waiting does not help, or has lasted long enough.

    ``given`` is how long to wait in all (None: an hour, which it never exceeds), ``elapsed`` how long it was already.
    The last try is made when that time is over, even where the server asked for more.
    """
    left = min(LONGEST_WAIT if given is None else given, LONGEST_WAIT) - elapsed
    if condition.cause not in _COMES_AGAIN or left <= 0:
        return None
    # A second more than asked for: the server's clock began before its reply came.
    return min((USUAL_DELAY if condition.hint_seconds is None else condition.hint_seconds) + 1, left)


def _silent(attempts: Sequence[FailureKind | None]) -> bool:
    tried = [kind for kind in attempts if kind is not FailureKind.UNREACHABLE]
    return bool(tried) and all(kind is FailureKind.TIMEOUT for kind in tried)


def _middlebox(report: Report) -> Condition | None:
    seen = list(_rewritten(report))
    if not seen:
        return None
    return Condition(
        Cause.MIDDLEBOX,
        f"Something between here and {_server(report)} rewrites the dialogue: {seen[0][1]}.",
        (
            "Switch SMTP inspection off on the firewalls of both sides (Cisco: inspect esmtp, fixup protocol smtp).",
            "Compare with EHLO from the server's own network: what differs there is the firewall's work.",
        ),
        tuple(dict.fromkeys(index for index, _ in seen)),
    )


def _rewritten(report: Report) -> Iterator[tuple[int, str]]:
    """The exchanges that show it, and what is rewritten in each."""
    offered: dict[int, bool] = {}
    encrypted: set[int] = set()
    for index, exchange in enumerate(report.transcript.exchanges):
        reply = exchange.reply
        if reply is None:
            continue
        sent = exchange.command.line if exchange.command is not None else b""
        if _is_greeting(exchange) and delays.starred(reply.text):
            yield index, "the greeting is made of asterisks"
        elif exchange.command is not None and exchange.command.verb == "EHLO" and reply.positive:
            promised = ehlo.read(reply)
            if any(Defect.KEYWORD_MANGLED in keyword.defects for keyword in promised.keywords):
                yield index, "keywords of the EHLO reply are overwritten with X"
            if exchange.connection not in encrypted:
                offered[index] = "STARTTLS" in promised
        elif exchange.command is not None and exchange.command.verb == "STARTTLS" and reply.positive:
            encrypted.add(exchange.connection)
        elif reply.refusal and b"XXXX" not in sent and delays.echoes_x(reply.text):
            yield index, "the server was sent XXXX in place of a command"
    if len(set(offered.values())) > 1:
        yield (
            next(i for i, has in offered.items() if not has),
            "STARTTLS is offered on one connection and not on another",
        )


def _postscreen(report: Report) -> Condition | None:
    exchanges = report.transcript.exchanges
    put_off = [i for i, exchange in _refusals(report) if delays.is_postscreen(exchange)]
    if not put_off:
        return None
    teasers = [i for i, exchange in enumerate(exchanges) if _teased(exchange)]
    steps: tuple[str, ...]
    if delays.is_pregreet(exchanges[put_off[0]]):
        summary = f"{_server(report)} (postscreen) takes the sender for a program that talks before it is greeted."
        steps = ("Send nothing before the last line of the greeting, 220 without a hyphen, and no command ahead.",)
    else:
        summary = f"{_server(report)} (postscreen) watches new clients once, and lets them in when they come again."
        steps = (
            "Nothing to do for a mail server that tries again from the same address: the next try passes.",
            "For the recipient's admin: postscreen's tests after the greeting cause this (POSTSCREEN_README).",
        )
    return Condition(Cause.POSTSCREEN, summary, steps, tuple(sorted(teasers + put_off)))


def _teased(exchange: Exchange) -> bool:
    """Did the greeting stop after its first line for a while?"""
    reply = exchange.reply
    if reply is None or not _is_greeting(exchange) or reply.code != 220 or len(reply.texts) < 2:
        return False
    return reply.last_ns - reply.first_ns >= TEASER_GAP * _NS


def _hint(found: Sequence[tuple[int, Exchange]]) -> float | None:
    """When the first of these replies that says so wants us to come again, in seconds."""
    return next((told for _, exchange in found if (told := delays.hinted(delays.text_of(exchange))) is not None), None)


def _greylisted(report: Report) -> Condition | None:
    found = [
        (i, exchange) for i, exchange in _refusals(report) if delays.is_greylisting(exchange, _category(report, i))
    ]
    if not found:
        return None
    hint = _hint(found)
    when = f" in {delays.spoken(hint)}" if hint is not None else ", mostly in about five minutes"
    return Condition(
        Cause.GREYLISTED,
        f"{_server(report)} puts mail from strangers off and asks them to come again{when} (greylisting).",
        (
            "Nothing to do for a mail server that tries again by itself: the mail arrives with the next tries.",
            "Let every try come from the same address, with the same sender and recipient: others are strangers too.",
        ),
        tuple(i for i, _ in found),
        hint,
    )


def _rate_limited(report: Report) -> Condition | None:
    found = [(i, exchange) for i, exchange in _refusals(report) if delays.is_rate_limit(exchange, _category(report, i))]
    if not found:
        return None
    hint = _hint(found)
    when = f" It says to come again in {delays.spoken(hint)}." if hint is not None else ""
    return Condition(
        Cause.RATE_LIMIT,
        f"{_server(report)} counts too much in too short a time, and takes no more for now.{when}",
        (
            "Send less at once: fewer connections and fewer messages a minute to this operator.",
            "If it is not much mail, look for somebody else who sends from this address, or for a hijacked account.",
        ),
        tuple(i for i, _ in found),
        hint,
    )


def _tarpit(report: Report) -> Condition | None:
    exchanges = report.transcript.exchanges
    waits = list(_waits(exchanges))
    greetings = [(i, seconds) for i, seconds in waits if _is_greeting(exchanges[i])]
    others = [(i, seconds) for i, seconds in waits if not _is_greeting(exchanges[i])]
    late = [(i, seconds) for i, seconds in greetings if seconds > SLOW_GREETING]
    if len(others) > 1 and all(seconds > SLOW_REPLY for _, seconds in others):
        found, how = [i for i, _ in others], f"takes {min(s for _, s in others):.0f} seconds or more for every reply"
    elif late:
        found, how = [i for i, _ in late], f"lets its greeting wait for {late[0][1]:.0f} seconds"
    elif silent := list(_fell_silent(exchanges)):
        found, how = silent, "fell silent after it had refused a command"
    else:
        return None
    return Condition(
        Cause.TARPIT,
        f"{_server(report)} {how}: it slows clients down that it does not trust, or waits for a DNS that is slow.",
        (
            "Let the sender wait as long as RFC 5321 4.5.3.2 asks for: five minutes for the greeting, MAIL and RCPT.",
            "Check the sender's reverse name and blocklists: both bring an address to where it is slowed down.",
        ),
        tuple(found),
    )


def _waits(exchanges: Sequence[Exchange]) -> Iterator[tuple[int, float]]:
    """Seconds from when a reply was the next one due to its end. In a flight that is when the one before had come."""
    before: dict[int, int] = {}
    for index, exchange in enumerate(exchanges):
        reply = exchange.reply
        if reply is None or Defect.UNSOLICITED in reply.defects:
            continue
        begun = max(exchange.sent_ns, before.get(exchange.connection, 0))
        before[exchange.connection] = reply.last_ns
        yield index, max(reply.last_ns - begun, 0) / _NS


def _fell_silent(exchanges: Sequence[Exchange]) -> Iterator[int]:
    """The refusal and the command after it on the same connection that got no answer in time."""
    refused: dict[int, int] = {}
    for index, exchange in enumerate(exchanges):
        if exchange.reply is not None and exchange.reply.refusal:
            refused[exchange.connection] = index
        elif exchange.reply is not None:
            refused.pop(exchange.connection, None)
        elif _timed_out(exchange) and exchange.connection in refused:
            yield refused.pop(exchange.connection)
            yield index


def _timed_out(exchange: Exchange) -> bool:
    """Did a command get no answer in time? QUIT is left unanswered by many."""
    failure = exchange.failure
    asked = exchange.command is not None and exchange.stage is not Stage.QUIT
    return asked and failure is not None and failure.kind is FailureKind.TIMEOUT


def _is_greeting(exchange: Exchange) -> bool:
    return exchange.command is None and exchange.stage is Stage.GREETING


def _refusals(report: Report) -> Iterator[tuple[int, Exchange]]:
    for index, exchange in enumerate(report.transcript.exchanges):
        if exchange.reply is not None and exchange.reply.refusal:
            yield index, exchange


def _category(report: Report, index: int) -> str:
    """The reason that this vendor's wording has in the catalogue; "" where it has none."""
    note = report.notes[index] if index < len(report.notes) else None
    return note.dialect.category if note is not None and note.dialect is not None and note.dialect.vendor else ""


def _server(report: Report) -> str:
    route, target = report.transcript.route, report.transcript.target
    return (route.host if route is not None else "") or target.host or target.text


_RECOGNISERS: tuple[Callable[[Report], Condition | None], ...] = (
    _middlebox,
    _postscreen,
    _greylisted,
    _rate_limited,
    _tarpit,
)
