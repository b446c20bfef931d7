"""A failure as one sentence, and the next thing to try: the catalogue's words, with this run's names in them."""

from __future__ import annotations

from smtpprobe.catalogue.failures import FAILURES, NEXT_AT, SOCKET_FILE, FailureEntry
from smtpprobe.model import Failure, Transcript


def sentence(failure: Failure, run: Transcript) -> str:
    """What happened, to which target, at which stage."""
    target, route = run.target, run.route
    host = target.host or target.path or target.text
    return _entry(failure, run).sentence.format(
        target=target.text,
        host=host,
        port=target.port,
        address=route.address if route is not None and route.address else host,
        detail=failure.detail or failure.kind.meaning,
        stage=failure.stage.meaning,
    )


def next_step(failure: Failure, run: Transcript) -> str:
    """What to try next, in a sentence or two."""
    return NEXT_AT.get((failure.kind, failure.stage), _entry(failure, run).next_step)


def _entry(failure: Failure, run: Transcript) -> FailureEntry:
    """The words for it; a UNIX socket has its own where those for a port would mislead."""
    of_a_file = SOCKET_FILE.get(failure.kind) if run.target.path is not None else None
    return of_a_file or FAILURES[failure.kind]


def remark(failure: Failure) -> str:
    """The failure in the middle of a dialogue, where the names are on the screen already."""
    where = f"{failure.stage}: {failure.detail}" if failure.detail else str(failure.stage)
    return f"{failure.kind.meaning} ({where})"
