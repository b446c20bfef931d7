"""Expectations, held against what is known of a server: what came of each, with the lines that decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smtpprobe.expect.base import Expectation, Facts, Judgement, not_applicable
from smtpprobe.expect.conversation import Conversation
from smtpprobe.expectation import CONVERSATION, Held, Place
from smtpprobe.model import Transcript
from smtpprobe.outcome import Result

_MOST_LINES = 12
_LONGEST = 300
#: As much of a server's words stands in a result.
_LONGEST_GOT = 500


def hold_address(
    expectations: Sequence[Expectation], facts: Facts, place: Place | None, address: str = "", host: str = ""
) -> tuple[Held, ...]:
    """The conversation first, then every expectation about one address.

    ``address`` and ``host`` say which, where there are several.
    """
    talk = Conversation(place=place)
    judged = talk.judge(facts)
    following = _following(judged)
    others = [
        _held(one, following or one.judge(facts), facts, address, host, because=CONVERSATION if following else "")
        for one in expectations
        if not one.of_server
    ]
    return (_held(talk, judged, facts, address, host), *others)


def hold_server(expectations: Iterable[Expectation], facts: Facts) -> tuple[Held, ...]:
    """Every expectation about the whole server. One address that the user named is no more than itself."""
    single = not_applicable("one address was named") if facts.mx is None and len(facts.reports) == 1 else None
    return tuple([_held(one, single or one.judge(facts), facts) for one in expectations if one.of_server])


def _following(talk: Judgement) -> Judgement | None:
    """What becomes of every other expectation where there was no conversation."""
    if talk.result is Result.MET:
        return None
    undecided = talk.result is Result.INCONCLUSIVE
    return Judgement(Result.INCONCLUSIVE if undecided else Result.NOT_APPLICABLE, "there was no conversation")


def _held(
    one: Expectation, judged: Judgement, facts: Facts, address: str = "", host: str = "", because: str = ""
) -> Held:
    run = facts.run
    return Held(
        id=one.id,
        title=one.title,
        result=judged.result,
        expected=one.expected,
        got=_cut(judged.got, _LONGEST_GOT),
        place=one.place,
        address=address,
        evidence=_lines(run, judged.evidence),
        advice=judged.advice or _explained(facts, judged),
        because=because,
        host=host,
        measure=judged.measure,
    )


def _explained(facts: Facts, judged: Judgement) -> str:
    """What the reply that decided means, and what to do: the note beside it."""
    if judged.result not in (Result.FAILED, Result.INCONCLUSIVE) or not judged.evidence:
        return ""
    note = facts.report.notes[judged.evidence[-1]]
    if note is None or note.code.startswith("2"):
        return ""
    return " ".join([note.meaning, *(note.advice[:1] or (note.fix,))]).strip()


def _lines(run: Transcript, evidence: tuple[int, ...]) -> tuple[str, ...]:
    """The dialogue that decided, as lines of the client and of the server."""
    lines: list[str] = []
    for index in evidence:
        exchange = run.exchanges[index]
        if exchange.command is not None:
            lines.append(f"C: {exchange.command.text}")
        if exchange.reply is not None:
            lines += [f"S: {line}" for line in exchange.reply.raw.decode("utf-8", "backslashreplace").splitlines()]
    return tuple([_cut(line, _LONGEST) for line in lines[:_MOST_LINES]])


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
