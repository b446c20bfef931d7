"""What a row is: one thing that a server does wrong, and what a probe must make of it. Values only."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, NamedTuple

sys.path.append(str(Path(__file__).parents[1] / "wire"))
from scripted import Peer as Peer
from scripted import Script as Script
from scripted import Server as Server
from scripted import serving

from smtpprobe.outcome import Defect, ExitCode, FailureKind, Outcome, TlsMode

Hostile = Callable[[Peer], Awaitable[None]]
#: Looks at a ``Held`` and says what is wrong.
Check = Callable[[Any], list[str]]

#: How most rows end: outcome and exit status.
ANSWERED = (Outcome.ANSWERED, ExitCode.OK)
REFUSED = (Outcome.REFUSED, ExitCode.NO_CONVERSATION)
UNREACHABLE = (Outcome.UNREACHABLE, ExitCode.NO_CONVERSATION)
NOT_SMTP = (Outcome.NOT_SMTP, ExitCode.NO_CONVERSATION)
INCONCLUSIVE = (Outcome.INCONCLUSIVE, ExitCode.INCONCLUSIVE)

#: Python's smtplib and aiosmtplib's own client, which can run most rows too.
BOTH = ("smtplib", "aiosmtplib")


class Clock(NamedTuple):
    """Seconds for a step and for a whole run."""

    step: float
    run: float


#: The times of the reference.
REAL = Clock(3.0, 10.0)
#: For the tests: a row that waits until time is over waits this long.
BRISK = Clock(1.0, 4.0)
#: For the tests: a row that should not wait is given so much that a busy machine makes no difference.
AMPLE = Clock(10.0, 60.0)


class Behaviour(NamedTuple):
    """One row. ``script`` plays each connection; ``peer.number`` tells it which one it is.

    ``failure`` is why the run broke off (None: it did not); ``kinds`` are failures that a step of it must show,
    ``defects`` what must be noted of a reply or keyword, ``observed`` what the run must have learnt (name of a probe
    or of a part of the spine). ``evidence`` must be among the raw octets kept. ``waits``: time has to run out.
    ``settings`` and ``lazily`` are changes to the settings of the run; the latter are made when they are needed.
    ``peers`` are the other clients that can run it, ``login``: they try to log in, which the probe never does.
    ``reference``: its name among the fifty.
    """

    name: str
    sends: str
    script: Script
    outcome: Outcome
    status: ExitCode
    failure: FailureKind | None = None
    kinds: tuple[FailureKind, ...] = ()
    defects: tuple[Defect, ...] = ()
    observed: tuple[str, ...] = ()
    evidence: tuple[bytes, ...] = ()
    waits: bool = False
    tls: TlsMode = TlsMode.STARTTLS
    lmtp: bool = False
    settings: Mapping[str, Any] = {}
    lazily: Callable[[], Mapping[str, Any]] = dict
    serve: Callable[[Script], AbstractAsyncContextManager[Server]] = serving
    check: Check = lambda held: []
    peers: tuple[str, ...] = BOTH
    login: bool = False
    reference: str | None = None
