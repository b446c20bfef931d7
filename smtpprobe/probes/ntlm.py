"""What NTLM's challenge tells about a Windows network, to whoever asks. No account is named and nothing is proved."""

from __future__ import annotations

import base64
import binascii
import struct

from smtpprobe.model import Command, Known, Observation
from smtpprobe.outcome import Profile, Safety, Verdict
from smtpprobe.probes.auth import mechanisms
from smtpprobe.probes.base import CANCEL, Answer, Ask, Conversation, Cost, Probe, Where, command

_SIGNATURE = b"NTLMSSP\0"
_UNICODE, _VERSION = 0x00000001, 0x02000000
# Unicode or OEM names, the target's name, NTLM, always sign, extended session security (MS-NLMP 2.2.2.5).
_FLAGS = _UNICODE | 0x2 | 0x4 | 0x200 | 0x8000 | 0x80000
#: A negotiate message that names no domain and no workstation (MS-NLMP 2.2.1.1).
NEGOTIATE = base64.b64encode(_SIGNATURE + struct.pack("<II16x", 1, _FLAGS))

# AV_PAIR, MS-NLMP 2.2.2.1.
_NAMES = {1: "computer", 2: "domain", 3: "DNS computer name", 4: "DNS domain", 5: "DNS forest"}
_MOST_PAIRS = 20
_LONGEST = 255


def decoded(challenge: str) -> dict[str, str]:
    """What a challenge message (base64) names: "target", the names of AV_PAIRs, "version". Empty for anything else."""
    try:
        message = base64.b64decode(challenge.strip().encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        return {}
    if len(message) < 48 or not message.startswith(_SIGNATURE + struct.pack("<I", 2)):
        return {}
    (flags,) = struct.unpack_from("<I", message, 20)
    encoding = "utf-16-le" if flags & _UNICODE else "latin-1"
    told = {"target": _field(message, 12).decode(encoding, "replace")[:_LONGEST]}
    told |= _pairs(_field(message, 40))
    if flags & _VERSION and len(message) >= 56:
        major, minor, build = struct.unpack_from("<BBH", message, 48)
        told["version"] = f"{major}.{minor}.{build}"
    return {name: value for name, value in told.items() if value}


def _field(message: bytes, at: int) -> bytes:
    """What a length and an offset point at, as far as it lies within the message."""
    length, _, offset = struct.unpack_from("<HHI", message, at)
    return message[offset : offset + length]


def _pairs(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    position = 0
    for _ in range(_MOST_PAIRS):
        if position + 4 > len(data):
            break
        kind, length = struct.unpack_from("<HH", data, position)
        value = data[position + 4 : position + 4 + length]
        if kind == 0:
            break
        if kind in _NAMES:
            found[_NAMES[kind]] = value.decode("utf-16-le", "replace")[:_LONGEST]
        position += 4 + length
    return found


def _ntlm(known: Known, subject: str) -> Conversation:
    (answer,) = yield Ask((command("AUTH NTLM"),))
    if not answer.reply.intermediate:
        return _learnt(answer, answer.said)
    (challenge,) = yield Ask((Command(NEGOTIATE, public=True),), response=True)
    told = decoded(challenge.reply.text) if challenge.reply.intermediate else {}
    if challenge.reply.intermediate:
        yield Ask((CANCEL,))
    detail = ", ".join([f"{name} {value}" for name, value in told.items()])
    return _learnt(challenge, detail or f"{challenge.code} and no names", Verdict.BROKEN if told else Verdict.ANSWERED)


def _learnt(answer: Answer, detail: str, verdict: Verdict = Verdict.ANSWERED) -> tuple[Observation, ...]:
    return (Observation("ntlm", "", verdict, detail, (answer.index,), answer.exchange.stage),)


PROBES = (
    Probe(
        "ntlm",
        "NTLM's challenge, where NTLM is offered: which names does it give away?",
        "one cancelled login; counted as a failed login by ban tools",
        _ntlm,
        lambda known, subject: Cost(refusals=1, syntax=1, nonmail=2, auths=1),
        profile=Profile.SECURITY,
        safety=Safety.INTRUSIVE,
        where=Where.BEST,
        subjects=lambda known: ("",) if "NTLM" in mechanisms(known) else (),
    ),
)
