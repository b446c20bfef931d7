"""Servers that answer too often, too seldom, too late or too early: which reply belongs to which command?"""

from __future__ import annotations

import asyncio
from typing import Any

from behaviour import ANSWERED, INCONCLUSIVE, Behaviour, Check, Hostile, Peer
from courtesy import GREETING, after, courteous, ehlo, silence, then
from holding import Held

from smtpprobe.outcome import FailureKind, Profile

ALL = {"only": (), "lines": ("NOOP",), "profile": Profile.CAPABILITIES, "lanes": 2}
UNASKED = (FailureKind.UNSOLICITED,)


def unasked(name: str, sends: str, answers: dict[bytes, bytes | Hostile], **row: Any) -> Behaviour:
    """A reply too many shows itself as one."""
    given = {"kinds": UNASKED, "observed": ("unsolicited",), "settings": ALL, **row}
    return Behaviour(name, sends, courteous(answers), *ANSWERED, **given)


def once_more(peer: Peer) -> bytes:
    """The reply to the last command, for a second time."""
    verb = peer.heard[-1].split(b" ", 1)[0].upper()
    return b"250 ok answers=%s\r\n250 and once more answers=%s\r\n" % (verb, verb)


async def with_an_empty_line(peer: Peer) -> None:
    peer.send(replies_to(peer.heard[-1:])[0] + b"\r\n")


async def twice(peer: Peer) -> None:
    peer.send(once_more(peer))


async def together(peer: Peer) -> list[bytes]:
    """The line that was just heard and all that came in the same segment."""
    lines = [peer.heard[-1]]
    with_more = True
    while with_more:
        try:
            lines.append(await asyncio.wait_for(peer.line(), 0.02))
        except TimeoutError:
            with_more = False
    return [line for line in lines if line]


def replies_to(lines: list[bytes]) -> list[bytes]:
    return [b"250 ok answers=" + line.split(b" ", 1)[0].upper() + b"\r\n" for line in lines]


async def one_too_few(peer: Peer) -> None:
    replies = replies_to(await together(peer))
    peer.send(b"".join(replies[: max(1, len(replies) - 1)]))


async def one_too_many(peer: Peer) -> None:
    replies = replies_to(await together(peer))
    peer.send(b"".join([replies[0], b"250 nobody asked answers=NOTHING\r\n", *replies[1:]]))


async def backwards(peer: Peer) -> None:
    replies = replies_to(await together(peer))
    peer.send(b"".join(reversed(replies)).replace(b"answers=", b"answer to "))


async def only_the_first(peer: Peer) -> None:
    peer.send(replies_to(await together(peer))[0])


async def cut_anywhere(peer: Peer) -> None:
    """All replies of a group, cut into pieces of three octets."""
    whole = b"".join(replies_to(await together(peer)))
    for begin in range(0, len(whole), 3):
        peer.send(whole[begin : begin + 3])
        await asyncio.sleep(0.0005)


async def unasked_all_the_time(peer: Peer) -> None:
    """NOOP answered, and then a reply each twentieth of the step."""
    peer.send(b"250 ok answers=NOOP\r\n")
    while True:
        await then(b"250 still here answers=NOTHING\r\n", peer.step / 20)(peer)


def pipelined(name: str, sends: str, answer: Hostile, **row: Any) -> Behaviour:
    return Behaviour(name, sends, courteous({b"MAIL": answer}), **{"settings": ALL, **row})


def silent_after(verb: bytes) -> Check:
    def check(held: Held) -> list[str]:
        said = [lines for lines in held.heard if verb in lines and lines[-1] not in (verb, b"QUIT")]
        return [f"after {verb!r} it still said {said}"] if said else []

    return check


ROWS = (
    unasked(
        "two_replies_coalesced",
        "NOOP: `250 first` and `550 extra` in one segment",
        {b"NOOP": b"250 first answers=NOOP\r\n550 extra answers=NOTHING\r\n"},
        evidence=(b"550 extra",),
        reference="two_replies_coalesced",
    ),
    unasked(
        "unsolicited_between",
        "NOOP: 250, 0.3 s, `550 UNSOLICITED`",
        {b"NOOP": then(b"250 ok answers=NOOP\r\n", 0.3, b"550 UNSOLICITED answers=NOTHING\r\n")},
        evidence=(b"550 UNSOLICITED",),
        reference="unsolicited_between",
    ),
    Behaviour(
        "late_reply_after_timeout",
        "NOOP's reply half a step too late",
        courteous({b"NOOP": after(1.5, b"250 late answers=NOOP\r\n")}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        check=silent_after(b"NOOP"),
        waits=True,
        reference="late_reply_after_timeout",
    ),
    Behaviour(
        "greeting_twice",
        "220 and 220 in one segment",
        courteous(greeting=GREETING + GREETING),
        *INCONCLUSIVE,
        FailureKind.UNSOLICITED,
        evidence=(GREETING,),
    ),
    Behaviour(
        "answers_before_the_question",
        "the greeting and EHLO's reply in one segment",
        courteous(greeting=GREETING + ehlo(b"HELP")),
        *INCONCLUSIVE,
        FailureKind.UNSOLICITED,
        evidence=(ehlo(b"HELP"),),
    ),
    Behaviour(
        "a_hundred_answers_in_advance",
        "the greeting and 150 replies in one segment",
        courteous(greeting=GREETING + b"250 ok answers=NOTHING\r\n" * 150),
        *INCONCLUSIVE,
        FailureKind.UNSOLICITED,
    ),
    unasked(
        "empty_line_behind",
        "each reply but EHLO's with CR LF behind it",
        {b"any": with_an_empty_line, b"EHLO": ehlo(b"PIPELINING", b"HELP")},
        evidence=(b"\r\n",),
    ),
    unasked("every_reply_twice", "each reply but EHLO's twice", {b"any": twice, b"EHLO": ehlo(b"PIPELINING", b"HELP")}),
    unasked("unasked_all_the_time", "250 each twentieth of the step after NOOP", {b"NOOP": unasked_all_the_time}),
    unasked("ehlo_twice", "EHLO's reply twice", {b"EHLO": ehlo(b"PIPELINING") * 2}),
    pipelined(
        "pipelined_one_too_few",
        "one reply fewer than there were commands in the group",
        one_too_few,
        outcome=ANSWERED[0],
        status=ANSWERED[1],
        kinds=(FailureKind.TIMEOUT,),
        observed=("pipelining",),
        waits=True,
    ),
    pipelined(
        "pipelined_one_too_many",
        "one reply more than there were commands in the group",
        one_too_many,
        outcome=ANSWERED[0],
        status=ANSWERED[1],
        kinds=UNASKED,
        observed=("unsolicited",),
        evidence=(b"250 nobody asked",),
    ),
    pipelined(
        "pipelined_backwards",
        "the replies of a group in the wrong order, all alike",
        backwards,
        outcome=ANSWERED[0],
        status=ANSWERED[1],
    ),
    pipelined(
        "pipelined_only_the_first",
        "the first command of a group answered, the others dropped",
        only_the_first,
        outcome=ANSWERED[0],
        status=ANSWERED[1],
        kinds=(FailureKind.TIMEOUT,),
        observed=("pipelining",),
        waits=True,
    ),
    pipelined(
        "pipelined_in_pieces",
        "the replies of a group in pieces of three octets",
        cut_anywhere,
        outcome=ANSWERED[0],
        status=ANSWERED[1],
    ),
    Behaviour(
        "noop_silent",
        "NOOP never answered, all else is",
        courteous({b"NOOP": silence}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        check=silent_after(b"NOOP"),
        waits=True,
    ),
)
