"""Servers that leave too early, too late, by halves or not at all, and those that do not let in."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any, cast

from behaviour import ANSWERED, INCONCLUSIVE, UNREACHABLE, Behaviour, Hostile, Peer, Script, Server
from courtesy import GREETING, courteous, ehlo, farewell, hang_up, reset, silence, then
from holding import Held

from smtpprobe.outcome import ClosedBy, FailureKind, Profile

CUT = {"only": (), "lines": (), "profile": Profile.CAPABILITIES}


@contextlib.asynccontextmanager
async def full_backlog(script: Script) -> AsyncIterator[Server]:
    """A listener that accepts nobody and whose queue is full: a further SYN gets no answer."""
    server = Server()
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        server.address, server.port = listener.getsockname()
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                waiting.connect((server.address, server.port))
        yield server


@contextlib.asynccontextmanager
async def nobody(script: Script) -> AsyncIterator[Server]:
    """A port that nobody listens on any more."""
    server = Server()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        server.address, server.port = one.getsockname()
        yield server


async def stops_reading(peer: Peer) -> None:
    """What the client says is taken by nobody."""
    cast("asyncio.Transport", peer.writer.transport).pause_reading()
    await asyncio.sleep(3 * peer.step)


async def urgent(peer: Peer) -> None:
    """An urgent octet (MSG_OOB) in the middle of a reply."""
    one = socket.socket(fileno=socket.dup(peer.writer.get_extra_info("socket").fileno()))
    with one:
        one.send(b"250 o")
        one.send(b"!", socket.MSG_OOB)
        one.send(b"k answers=NOOP\r\n")


async def reply_and_leave(peer: Peer) -> None:
    verb = peer.heard[-1].split(b" ", 1)[0].upper()
    peer.send(b"250 ok answers=" + verb + b"\r\n")
    await hang_up(peer)


async def chatter_without_end(peer: Peer) -> None:
    """Replies nobody asked for, until the client is gone."""
    await peer.flood(b"250 and one more answers=NOTHING\r\n" * 100, 100_000)


def cut(
    name: str, sends: str, answers: dict[bytes, bytes | Hostile] | Script, *kinds: FailureKind, **row: Any
) -> Behaviour:
    """The connection ends at a command; what was answered before counts."""
    script = courteous(answers) if isinstance(answers, dict) else answers
    return Behaviour(name, sends, script, *ANSWERED, kinds=kinds, **row)


def later(script: Hostile) -> Script:
    """Courteous on the first connection, this on all others."""
    first = courteous(keywords=(b"PIPELINING", b"8BITMIME", b"HELP"))

    async def play(peer: Peer) -> None:
        await (first if peer.number == 1 else script)(peer)

    return play


def closed_by_server(held: Held) -> list[str]:
    by = {one.closed_by for one in held.report.transcript.connections}
    return [] if ClosedBy.SERVER in by else [f"closed by {by}"]


ROWS = (
    Behaviour(
        "nobody_listens",
        "nothing: the port is closed",
        silence,
        *UNREACHABLE,
        FailureKind.REFUSED,
        serve=nobody,
    ),
    Behaviour(
        "backlog_full",
        "nothing, not even a SYN-ACK: the queue of the listener is full",
        silence,
        *UNREACHABLE,
        FailureKind.TIMEOUT,
        serve=full_backlog,
        waits=True,
    ),
    Behaviour(
        "half_close_after_banner",
        "220, then FIN of its side; reads on",
        then(GREETING, hang_up),
        *INCONCLUSIVE,
        FailureKind.CLOSED,
        evidence=(GREETING,),
        reference="half_close_after_banner",
    ),
    Behaviour(
        "rst_after_banner",
        "220, then RST at EHLO",
        courteous({b"EHLO": reset}),
        *INCONCLUSIVE,
        FailureKind.RESET,
        evidence=(GREETING,),
    ),
    Behaviour(
        "eof_after_continuation",
        "EHLO: `250-mx` and FIN",
        courteous({b"EHLO": then(b"250-mx answers=EHLO\r\n", hang_up)}),
        *INCONCLUSIVE,
        FailureKind.TRUNCATED,
        evidence=(b"250-mx answers=EHLO\r\n",),
        reference="eof_after_continuation",
    ),
    Behaviour(
        "fin_behind_ehlo",
        "EHLO's whole reply and FIN in one segment",
        courteous({b"EHLO": then(ehlo(b"HELP"), hang_up)}),
        *ANSWERED,
        evidence=(ehlo(b"HELP"),),
        check=closed_by_server,
    ),
    cut(
        "421_then_close_mid_session",
        "NOOP: 421 and FIN",
        {b"NOOP": farewell(b"NOOP")},
        evidence=(b"421 4.3.2 bye answers=NOOP",),
        check=closed_by_server,
        reference="421_then_close_mid_session",
    ),
    cut("421_to_mail", "MAIL: 421 and FIN", {b"MAIL": farewell(b"MAIL")}, evidence=(b"421 4.3.2 bye answers=MAIL",)),
    cut(
        "421_to_quit",
        "QUIT: 421, and stays open",
        {b"QUIT": then(b"421 4.3.2 never answers=QUIT\r\n", silence)},
        evidence=(b"421 4.3.2 never",),
    ),
    cut(
        "421_unasked",
        "EHLO answered, then 421 and FIN by itself",
        {b"EHLO": then(ehlo(b"HELP"), b"421 4.4.2 idle\r\n", hang_up)},
        FailureKind.SERVER_CLOSING,
        evidence=(b"421 4.4.2 idle",),
    ),
    cut(
        "421_and_stays",
        "NOOP: 421, and all later commands answered",
        {b"NOOP": b"421 4.3.2 bye answers=NOOP\r\n"},
        evidence=(b"421 4.3.2 bye",),
    ),
    cut(
        "421_to_everything_after_ehlo",
        "421 and FIN to whatever follows EHLO",
        {b"any": then(b"421 4.3.2 bye\r\n", hang_up), b"EHLO": ehlo(b"HELP")},
        settings=CUT,
        evidence=(b"421 4.3.2 bye",),
    ),
    cut("fin_at_noop", "NOOP: FIN", {b"NOOP": hang_up}, FailureKind.CLOSED, check=closed_by_server),
    cut("rst_at_noop", "NOOP: RST", {b"NOOP": reset}, FailureKind.RESET, check=closed_by_server),
    cut(
        "rst_in_mid_reply",
        "NOOP: `250-half` and RST",
        {b"NOOP": then(b"250-half answers=NOOP\r\n25", 0.1, reset)},
        FailureKind.TRUNCATED,
        evidence=(b"250-half answers=NOOP\r\n25",),
    ),
    cut(
        "closes_after_each_reply",
        "one reply after EHLO's, and FIN",
        {b"any": reply_and_leave, b"EHLO": ehlo(b"PIPELINING", b"8BITMIME")},
        settings=CUT,
        check=closed_by_server,
    ),
    cut(
        "fin_at_every_command",
        "FIN to whatever follows EHLO",
        {b"any": hang_up, b"EHLO": ehlo(b"PIPELINING", b"8BITMIME")},
        FailureKind.CLOSED,
        settings=CUT,
    ),
    cut(
        "221_to_noop",
        "NOOP: 221 and FIN",
        {b"NOOP": then(b"221 2.0.0 you wanted to go answers=NOOP\r\n", hang_up)},
        evidence=(b"221 2.0.0 you wanted",),
        check=closed_by_server,
    ),
    Behaviour(
        "stops_reading",
        "EHLO: reads no more and says nothing",
        courteous({b"EHLO": stops_reading}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        waits=True,
    ),
    Behaviour(
        "stops_reading_after_banner",
        "220, then neither reads nor says anything",
        then(GREETING, stops_reading),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        evidence=(GREETING,),
        waits=True,
    ),
    cut(
        "urgent_data",
        "NOOP's reply with an urgent octet (MSG_OOB) in it",
        {b"NOOP": urgent},
        evidence=(b"k answers=NOOP\r\n",),
    ),
    cut("quit_ignored", "QUIT never answered", {b"QUIT": silence}, FailureKind.TIMEOUT, reference="quit_ignored"),
    cut("quit_refused", "QUIT: 500, and stays", {b"QUIT": then(b"500 5.5.1 no answers=QUIT\r\n", silence)}),
    cut("quit_rst", "QUIT: RST", {b"QUIT": reset}),
    cut("quit_fin", "QUIT: FIN without 221", {b"QUIT": hang_up}),
    cut(
        "stays_open_after_221",
        "221, and no FIN",
        {b"QUIT": then(b"221 2.0.0 bye answers=QUIT\r\n", silence)},
        evidence=(b"221 2.0.0 bye",),
    ),
    cut(
        "replies_after_221",
        "221, then `250 one more` and FIN",
        {b"QUIT": then(b"221 2.0.0 bye answers=QUIT\r\n250 one more answers=NOTHING\r\n", hang_up)},
        evidence=(b"250 one more",),
    ),
    cut(
        "chatter_after_quit",
        "221, then 10,000,000 replies",
        {b"QUIT": then(b"221 2.0.0 bye answers=QUIT\r\n", chatter_without_end)},
        evidence=(b"250 and one more",),
    ),
    cut(
        "second_connection_rst",
        "a courteous first connection, RST at accept of all others",
        later(reset),
        failure=FailureKind.RESET,
        settings=CUT,
    ),
    Behaviour(
        "second_connection_silent",
        "a courteous first connection, silence on all others",
        later(silence),
        *INCONCLUSIVE,
        FailureKind.DEADLINE,
        kinds=(FailureKind.TIMEOUT,),
        settings=CUT,
        waits=True,
    ),
    cut(
        "second_connection_http",
        "a courteous first connection, HTTP on all others",
        later(then(b"HTTP/1.1 400 Bad Request\r\n\r\n", hang_up)),
        FailureKind.MALFORMED,
        failure=FailureKind.MALFORMED,
        settings=CUT,
        evidence=(b"HTTP/1.1 400",),
    ),
    cut(
        "second_connection_floods",
        "a courteous first connection, 250 without end on all others",
        later(chatter_without_end),
        FailureKind.UNSOLICITED,
        settings=CUT,
    ),
)
