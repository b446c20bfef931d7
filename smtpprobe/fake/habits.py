"""How a server bears with its clients: its limits and its manners, read off a whole run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

from msgspec import Struct

from smtpprobe.fake.heard import Heard, greetings, same_question
from smtpprobe.fake.personality import Counted, Limit, Lines, Manners
from smtpprobe.fake.tally import Tally
from smtpprobe.fake.templates import Client, lines, template
from smtpprobe.model import Connection, Exchange, Observation, Transcript
from smtpprobe.outcome import ClosedBy, FailureKind, Stage, Verdict

#: A server is slow from here on; what is quicker is the network's doing, or a matter of chance.
_SLOW = 0.5
_LISTENING = 0.1
_NEVER = 1 << 20
KINDS: tuple[Counted, ...] = get_args(Counted)
_SECOND = 1_000_000_000


class Ending(Struct, frozen=True):
    """How the server ended a connection: what it said, where that went, and what it had answered until then."""

    farewell: Lines
    how: Literal["instead", "after", "joined"]
    until: tuple[Heard, ...]


def manners(run: Transcript, heard: Sequence[Heard], them: Client, line_end: str) -> Manners:
    """What makes this server awkward."""
    found: dict[str, Any] = {"line_end": line_end}
    attacked = _attacked(run, them)
    found |= _door(run, them) | _pace(run, heard) | attacked | _grouped(run, heard, them)
    extra = next((e for e in run.exchanges if _unasked(e)), None)
    before = _before(run, extra) if extra is not None else None
    if extra is not None and extra.reply is not None and before is not None and before.command is not None:
        found["extra_reply_after"] = before.command.verb
        found["extra_reply"] = _lines(extra, them)
    if "synchronization" in attacked:
        # Who talks first has to be heard before it is greeted.
        found["greeting_delay"] = max(found["greeting_delay"], _LISTENING)
    if hangs_up_at_once(heard):
        found["hang_up_at_first_command"] = True
    return Manners(**found)


def hangs_up_at_once(heard: Sequence[Heard]) -> bool:
    """Did every connection end without a word at the first command after EHLO?"""
    asked = [one for one in heard if one.verb not in ("EHLO", "HELO", "LHLO", "QUIT")]
    return len(asked) > 1 and all(not one.answered and one.then == "close" and one.greeted for one in asked)


def limits(run: Transcript, heard: Sequence[Heard], unknown: Sequence[bytes], them: Client) -> tuple[Limit, ...]:
    """After how much of what the server hangs up: the one count that fits every connection.

    ``unknown`` are its replies to verbs that it does not know.
    """
    endings: list[Ending] = []
    borne = dict.fromkeys(KINDS, 0)
    for connection in run.connections:
        mine = [one for one in heard if one.connection == connection.number and one.answered]
        ending = _ending(run, connection, mine, heard, them)
        if ending is not None:
            endings.append(ending)
            mine = list(ending.until[:-1])
        counts = _counts(mine, unknown)
        borne = {kind: max(borne[kind], counts[kind]) for kind in borne}
    for kind in KINDS if endings else ():
        reached = {_counts(ending.until, unknown)[kind] for ending in endings}
        if len(reached) == 1 and (at := reached.pop()) > borne[kind]:
            return (Limit(counts=kind, at=at, reply=endings[-1].farewell, how=endings[-1].how),)
    return ()


def _counts(mine: Iterable[Heard], unknown: Sequence[bytes]) -> dict[str, int]:
    """What the fake server would have counted."""
    tally = Tally(tuple([Limit(counts=kind, at=_NEVER) for kind in KINDS]))
    for one in mine:
        tally.exceeded(one.verb, one.code or 0, one.raw in unknown)
        if one.verb == "STARTTLS" and one.code == 220:
            tally.secure()
    return tally.counts


def _ending(
    run: Transcript, connection: Connection, mine: Sequence[Heard], heard: Sequence[Heard], them: Client
) -> Ending | None:
    """How the server ended this connection, if it did, and if not because of the last command alone."""
    said = [e for e in run.exchanges if e.connection == connection.number and e.reply is not None and e.reply.raw]
    if connection.closed_by is not ClosedBy.SERVER or not mine or mine[-1].verb == "QUIT":
        return None
    farewell, last = said[-1], mine[-1]
    if farewell.command is None and farewell.code == 421:
        return Ending(_lines(farewell, them), "after", tuple(mine))
    usual = [one for one in heard if same_question(one, last) and not one.last and one.answered]
    if not usual or (last.code or 0) < 400:
        return None
    if last.verb in ("RSET", "NOOP") and len(mine) > 1:
        # It came with the refusal before, and was taken for the answer to what went out meanwhile.
        return Ending(_lines(farewell, them), "after", tuple(mine[:-1]))
    now, before = lines(last.raw, last.octets), lines(usual[0].raw, usual[0].octets)
    if [text[4:] for text in now] == [text[4:] for text in before]:
        return Ending((), "after", tuple(mine))
    told = template(now, (), them)
    if [text[4:] for text in now[:-1]] == [text[4:] for text in before]:
        return Ending("{code}" + told[-1][3:], "joined", tuple(mine))
    return Ending(told, "instead", tuple(mine))


def _door(run: Transcript, them: Client) -> dict[str, Any]:
    """What is said to a connection too many while others are open."""
    for greeting in greetings(run):
        opened = next((one for one in run.connections if one.number == greeting.connection), None)
        if opened is None or greeting.connection == 1 or greeting.reply is None or greeting.reply.positive:
            continue
        until = greeting.reply.last_ns
        others = [
            one.number
            for one in run.connections
            if one.number < opened.number
            and any(e.connection == one.number and e.sent_ns > until for e in run.exchanges)
        ]
        if others:
            return {"max_connections": len(others), "too_many": _lines(greeting, them)}
    return {}


def _pace(run: Transcript, heard: Sequence[Heard]) -> dict[str, Any]:
    """Delays that are not chance: every reply, or every greeting, took as long."""
    greeted = [_took(e) for e in greetings(run) if e.reply is not None]
    replies = [_took(run.exchanges[one.index]) for one in heard if one.answered and one.verb != "STARTTLS"]
    delay = min(replies, default=0.0)
    delay = round(delay, 1) if delay >= _SLOW else 0.0
    greeting = round(min(greeted, default=0.0) - delay, 1)
    return {"delay": delay, "greeting_delay": greeting if greeting >= _SLOW else 0.0}


def _took(exchange: Exchange) -> float:
    assert exchange.reply is not None
    return max(0.0, (exchange.reply.first_ns - exchange.sent_ns) / _SECOND)


def _attacked(run: Transcript, them: Client) -> dict[str, Any]:
    """What profile security learnt."""
    found: dict[str, Any] = {}
    for one, exchange in _learnt(run):
        broken = one.verdict is Verdict.BROKEN
        match one.probe:
            case "starttls-smuggled-command" if broken and exchange.stage is Stage.TLS:
                found["starttls_keeps_input"] = True
            case "starttls-smuggled-command" if exchange.reply is not None and exchange.reply.refusal:
                found["starttls_pipelined"] = _lines(exchange, them)
            case "line-end-cr" if exchange.reply is not None:
                found["bare_cr_ends_line"] = True
            case "line-end-lf" if exchange.reply is None and _timed_out(exchange):
                found["bare_lf_ends_line"] = False
            case "talk-first" if not broken and exchange.reply is not None and exchange.reply.refusal:
                found |= {"synchronization": "unannounced", "synchronization_reply": _lines(exchange, them)}
    return found


def _grouped(run: Transcript, heard: Sequence[Heard], them: Client) -> dict[str, Any]:
    """What became of commands that were sent together, where not all of them were answered."""
    for one, exchange in _learnt(run):
        if one.probe != "pipelining" or one.verdict is not Verdict.BROKEN:
            continue
        if _timed_out(exchange):
            return {"flush_input": True}
        refused = [h for h in heard if h.connection == exchange.connection and h.last and h.then == "close"]
        if refused and (refused[-1].code or 0) >= 500:
            reply = template(lines(refused[-1].raw, refused[-1].octets), (), them)
            return {"synchronization": "always", "synchronization_reply": reply}
    return {}


def _learnt(run: Transcript) -> list[tuple[Observation, Exchange]]:
    return [(one, run.exchanges[one.evidence[0]]) for one in run.observations if one.evidence]


def _timed_out(exchange: Exchange) -> bool:
    return exchange.failure is not None and exchange.failure.kind is FailureKind.TIMEOUT


def _unasked(exchange: Exchange) -> bool:
    return exchange.failure is not None and exchange.failure.kind is FailureKind.UNSOLICITED


def _before(run: Transcript, extra: Exchange) -> Exchange | None:
    """The command whose answer came before this reply."""
    assert extra.reply is not None
    answered = [
        e
        for e in run.exchanges
        if e.connection == extra.connection
        and e.command is not None
        and e.reply is not None
        and e.reply.last_ns <= extra.reply.first_ns
    ]
    return answered[-1] if answered else None


def _lines(exchange: Exchange, them: Client) -> Lines:
    assert exchange.reply is not None
    return template(lines(exchange.reply.raw, exchange.reply.octets), (), them)
