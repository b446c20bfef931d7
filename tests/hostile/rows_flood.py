"""Servers that send more than anybody could want: what is kept has an end, and so has the time."""

from __future__ import annotations

from behaviour import ANSWERED, INCONCLUSIVE, NOT_SMTP, Behaviour, Hostile, Peer
from courtesy import GREETING, courteous, ehlo, then

from smtpprobe.outcome import Defect, FailureKind, Profile
from smtpprobe.wire.replies import REPLY_LIMIT

MIB = 1024 * 1024


def flood(piece: bytes, octets: int = 64 * MIB) -> Hostile:
    """This again and again, until so much was sent or the client is gone."""
    block = piece * max(1, 65_536 // len(piece))

    async def script(peer: Peer) -> None:
        await peer.flood(block, octets // len(block))

    return script


def too_long(name: str, sends: str, script: Hostile, evidence: bytes, reference: str | None = None) -> Behaviour:
    """A reply without end in the place of the greeting or of EHLO's."""
    return Behaviour(
        name, sends, script, *NOT_SMTP, FailureKind.REPLY_TOO_LONG, evidence=(evidence,), reference=reference
    )


async def long_reply(peer: Peer) -> None:
    """A valid reply of 60 KB to whatever was asked."""
    verb = peer.heard[-1].split(b" ", 1)[0].upper()
    peer.send(
        b"250-" + b"y" * 500 + b"\r\n" + (b"250-" + b"z" * 500 + b"\r\n") * 118 + b"250 answers=" + verb + b"\r\n"
    )


ROWS = (
    too_long(
        "banner_endless_line",
        "`220 `, then 64 MiB of A, no LF",
        then(b"220 ", flood(b"A")),
        b"220 " + b"A" * 8000,
        "banner_endless_line",
    ),
    too_long(
        "banner_endless_multiline",
        "`220-ab` 8.4 million times",
        flood(b"220-ab\r\n"),
        b"220-ab\r\n" * 999,
        "banner_endless_multiline",
    ),
    too_long(
        "ehlo_endless_multiline",
        "EHLO: `250-X%ab` without end",
        courteous({b"EHLO": flood(b"250-X%ab\r\n", 1024 * MIB)}),
        b"250-X%ab\r\n" * 999,
        "ehlo_endless_multiline",
    ),
    too_long("banner_of_codes", "`220-` without end", flood(b"220-\r\n"), b"220-\r\n" * 999),
    too_long("banner_of_long_lines", "lines of 8 KiB without end", flood(b"220-" + b"B" * 8186 + b"\r\n"), b"B" * 8000),
    Behaviour(
        "banner_of_line_feeds",
        "LF without end",
        flood(b"\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        kinds=(FailureKind.MALFORMED,),
        evidence=(b"\n",),
    ),
    too_long("banner_of_nuls", "64 MiB of NUL", flood(b"\0"), b"\0" * 8000),
    too_long("banner_of_carriage_returns", "64 MiB of CR", flood(b"\r"), b"\r" * 8000),
    Behaviour(
        "replies_without_end",
        "`250 ok` without end behind the greeting",
        then(GREETING, flood(b"250 ok answers=NOTHING\r\n")),
        *INCONCLUSIVE,
        FailureKind.UNSOLICITED,
    ),
    Behaviour(
        "replies_without_end_to_noop",
        "NOOP: `250 ok` without end",
        courteous({b"NOOP": then(b"250 ok answers=NOOP\r\n", flood(b"250 ok answers=NOTHING\r\n"))}),
        *ANSWERED,
        kinds=(FailureKind.UNSOLICITED,),
        observed=("unsolicited",),
    ),
    Behaviour(
        "noop_endless_line",
        "NOOP: `250 ` and 64 MiB of A",
        courteous({b"NOOP": then(b"250 ", flood(b"A"))}),
        *ANSWERED,
        kinds=(FailureKind.REPLY_TOO_LONG,),
        evidence=(b"250 " + b"A" * 8000,),
    ),
    Behaviour(
        "every_reply_60k",
        "a valid reply of 60 KB to every command: 256 KiB are soon over",
        courteous({b"any": long_reply, b"EHLO": ehlo(b"PIPELINING", b"HELP")}),
        *ANSWERED,
        defects=(Defect.SESSION_TOO_LONG,),
        kinds=(FailureKind.REPLY_TOO_LONG,),
        settings={"only": (), "lines": ("NOOP",), "profile": Profile.CAPABILITIES},
    ),
    Behaviour(
        "quit_endless_line",
        "QUIT: 64 MiB of A",
        courteous({b"QUIT": flood(b"A")}),
        *ANSWERED,
        evidence=(b"A" * 8000,),
    ),
)
assert REPLY_LIMIT == 65_536
