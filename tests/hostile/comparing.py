"""The other clients beside ours: runs each on a row in a process of its own, and looks at what came of it.

The words are those of the reference, and each is found by looking at this run: at the clock, at the memory, at what the
server heard, and at what the client made of a reply of which our reader knows what is wrong with it.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import peers
from behaviour import REAL, Behaviour, Server
from courtesy import TAG
from holding import Held, watched

from smtpprobe.model import Exchange
from smtpprobe.outcome import Defect, FailureKind

#: How much longer than its time a step or a run may take before it counts as hanging.
GRACE = 0.5
MOST_GROWTH = 32 * 1024 * 1024
MEANINGS = {
    "ok": "the client made of it what can be made of it",
    "HANG": "a step outlasted its time",
    "NOCAP": "each step kept to its time, the session has no limit and outlasted ours",
    "MEM": "its memory grew by more than 32 MiB",
    "CREDS": "it sent a secret where nobody vouches for the server",
    "EXC": "it raised what its documentation does not announce",
    "DESYNC": "it took a reply for the answer to another command",
    "WRONG": "it took what is no reply, or no keyword, for one",
    "LOST": "it threw a valid reply away",
    "SILENT": "something was wrong, and nothing that it returned shows it",
}
#: What a client's user cannot see, unless the client tells.
_UNSEEN = frozenset({Defect.BARE_LF, Defect.BARE_CR})
_UNSEEN_KINDS = frozenset({FailureKind.UNSOLICITED, FailureKind.STARTTLS_INJECTION})
#: smtplib's code for what has none.
NO_CODE = -1
_NO_REPLY = frozenset({FailureKind.MALFORMED})
_SECRETS = [
    base64.b64encode(one.encode())
    for one in (peers.SECRET, f"\0{peers.USER}\0{peers.SECRET}", f"{peers.USER}\0{peers.SECRET}")
]


class Compared(NamedTuple):
    """One client at one row: a word of ``MEANINGS`` or several, and what was seen."""

    word: str
    seen: str


class Told(NamedTuple):
    """What the process told of itself. ``hung`` is the step that it was in when it was killed, and for how long."""

    steps: list[dict[str, Any]]
    features: list[str]
    growth: int
    hung: tuple[str, float] | None


async def compare(behaviour: Behaviour, client: str, ours: Held) -> Compared:
    """Let this client play the row, and judge it by what ours found out about the same server."""
    async with behaviour.serve(watched(behaviour.script, REAL)) as server:
        told = await _run(client, server, behaviour.login, behaviour.lazily().get("ca_file"))
        heard = [line for peer in server.peers for line in peer.heard]
    return _judge(told, heard, ours)


async def _run(client: str, server: Server, login: bool, ca_file: str | None) -> Told:
    words = [client, server.address, str(server.port), str(REAL.step), *(["login"] if login else [])]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(peers.__file__)),
        *words,
        stdout=-1,
        stderr=asyncio.subprocess.DEVNULL,
        limit=2**24,
        # OpenSSL's own variable: they trust whom ours trusts.
        env={**os.environ, "SSL_CERT_FILE": ca_file} if ca_file else None,
    )
    assert process.stdout is not None
    steps: list[dict[str, Any]] = []
    features: list[str] = []
    began, current, hung = time.monotonic(), "", None
    memory = Memory(process.pid)
    sampling = asyncio.ensure_future(memory.sample())
    try:
        # The interpreter's own start is not the client's fault, so the clock of the run starts with its first step.
        async with asyncio.timeout(60) as limit:
            async for line in process.stdout:
                fact = json.loads(line)
                if "begin" in fact:
                    if not current and not steps:
                        memory.begin()
                        limit.reschedule(asyncio.get_running_loop().time() + REAL.run + GRACE)
                    current, began = fact["begin"], time.monotonic()
                elif "end" in fact:
                    steps.append(fact)
                    current = ""
                features = fact.get("features", features)
    except TimeoutError:
        hung = (current, time.monotonic() - began)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    finally:
        sampling.cancel()
    await process.wait()
    return Told(steps, features, memory.growth, hung)


class Memory:
    """How far a process has grown since it told its first step, as the system counts it."""

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/status")
        self._idle = self._most = 0

    @property
    def growth(self) -> int:
        return self._most - self._idle

    def begin(self) -> None:
        self._idle = self._most = self._peak()

    async def sample(self) -> None:
        while True:
            self._most = max(self._most, self._peak())
            await asyncio.sleep(0.05)

    def _peak(self) -> int:
        with contextlib.suppress(OSError, IndexError):
            return int(self._status.read_text("ascii").split("VmHWM:")[1].split()[0]) * 1024
        return 0


def _judge(told: Told, heard: list[bytes], ours: Held) -> Compared:
    words: dict[str, str] = {}
    said: Counter[str] = Counter()
    for step in told.steps:
        words |= _step(step, _same(step["end"], said[step["end"]], ours), ours)
        said[step["end"]] += 1
    if told.hung is not None:
        verb, seconds = told.hung
        words |= {"HANG": f"{verb} took over {seconds:.0f} s"} if seconds > _allowed(verb) else {"NOCAP": "over 10 s"}
    if told.growth > MOST_GROWTH or any(step.get("error") == "MemoryError" for step in told.steps):
        words["MEM"] = f"{told.growth / 1e6:.0f} MB"
    if any(secret in line for line in heard for secret in _SECRETS) and not _vouched(ours):
        words["CREDS"] = "the server heard the secret"
    known = _keywords(ours)
    strange = [name for name in told.features if name not in known]
    if known and strange:
        words["WRONG"] = f"the keyword {strange[0][:20]!r}"
    if not words and _unseen(ours) and not _showed(told, ours):
        words["SILENT"] = _unseen(ours)
    found = [word for word in MEANINGS if word in words]
    return Compared("+".join(found) or "ok", "; ".join([f"{words[word]}" for word in found]) or _ending(told))


def _step(step: dict[str, Any], exchange: Exchange | None, ours: Held) -> dict[str, str]:
    """What is wrong with one step of the client's; ``exchange`` is what ours got for the same."""
    verb, words = step["end"], {}
    if step["seconds"] > _allowed(verb):
        words["HANG"] = f"{verb} took {step['seconds']:.1f} s"
    if step.get("error") and not step["documented"] and step["error"] != "MemoryError":
        words["EXC"] = f"{step['error']} at {verb}"
    answered = [tag.decode() for tag in TAG.findall(step["text"].encode("latin-1", "replace"))]
    if step["code"] is not None and any(tag != verb for tag in answered):
        words["DESYNC"] = f"{verb} was answered with the reply to {answered[0]}"
    if exchange is None or exchange.reply is None or verb == "STARTTLS":
        # After its 220 to STARTTLS it is no reply that a client may refuse, but the handshake or the certificate.
        return words
    broken = exchange.failure is not None and exchange.failure.kind in _NO_REPLY
    if broken and "error" not in step and step["code"] != NO_CODE:
        words["WRONG"] = f"{verb}: took {exchange.reply.raw[:30]!r} for {step['code']}"
    whole = exchange.failure is None and exchange.code is not None and not exchange.reply.intermediate
    if step.get("error") == "SSLCertVerificationError" and not _vouched(ours):
        return words  # It is right.
    if whole and "error" in step and step["code"] != exchange.code and not words and not _cut(ours):
        words["LOST"] = f"{verb}: {step['error']} for a {exchange.code}"
    return words


def _allowed(verb: str) -> float:
    """STARTTLS waits twice: for the reply, and for the handshake."""
    return REAL.step * (2 if verb == "STARTTLS" else 1) + GRACE


def _same(verb: str, before: int, ours: Held) -> Exchange | None:
    """What ours got for the same command, said as often before on one connection: EHLO comes again inside TLS."""
    said = [e.command.verb if e.command else "GREETING" for e in ours.exchanges if e.connection == 1]
    places = [index for index, one in enumerate(said) if one == verb]
    first = [e for e in ours.exchanges if e.connection == 1]
    return first[places[before]] if before < len(places) else None


def _cut(ours: Held) -> bool:
    """The server goes away by itself, so that it may happen at another step."""
    kinds = {
        FailureKind.CLOSED,
        FailureKind.RESET,
        FailureKind.TRUNCATED,
        FailureKind.TIMEOUT,
        FailureKind.SERVER_CLOSING,
    }
    connections = ours.report.transcript.connections
    failed = [one.failure for one in (*ours.exchanges,) if one.failure]
    return any(one.kind in kinds for one in failed) or any(str(one.closed_by) == "server" for one in connections)


def _vouched(ours: Held) -> bool:
    tls = ours.report.transcript.tls
    return tls is not None and tls.certificate is not None and tls.certificate.trusted


def _keywords(ours: Held) -> set[str]:
    """What may be taken for a keyword of this server, as the clients write them."""
    run = ours.report.transcript
    said = [keyword for one in (run.clear, run.encrypted) if one for keyword in one.keywords]
    return {one.keyword.rstrip("=").lower() for one in said if Defect.KEYWORD_ILLEGAL not in one.defects}


def _unseen(ours: Held) -> str:
    """What was wrong with this server, of the things that a reply's code and text do not show."""
    kinds = [e.failure.kind for e in ours.exchanges if e.failure and e.failure.kind in _UNSEEN_KINDS]
    noted = [d for e in ours.exchanges if e.reply for d in e.reply.defects if d in _UNSEEN]
    return str(next(iter([*kinds, *noted]), ""))


def _showed(told: Told, ours: Held) -> bool:
    """Did the client fail, or hand out the reply that nobody had asked for?"""
    if any("error" in step for step in told.steps):
        return True
    extra = [
        e.reply.text for e in ours.exchanges if e.reply and e.failure and e.failure.kind is FailureKind.UNSOLICITED
    ]
    return any(text and text in step["text"] for text in extra for step in told.steps)


def _ending(told: Told) -> str:
    last = told.steps[-1] if told.steps else {"end": "nothing", "code": None}
    return f"{last.get('error') or last['code']} at {last['end']}"
