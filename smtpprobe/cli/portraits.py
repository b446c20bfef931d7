"""``probe --save-personality``: the file that a report becomes. What is in it is made elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

from smtpprobe.cli.errors import Refused, say
from smtpprobe.cli.output import output_stream
from smtpprobe.model import Report

OPTION = "--save-personality"
Save = Callable[[Sequence[Report]], None]


class _NothingError(Exception):
    """There is nothing to put into the file, so none is to be written."""


def check(given: dict[str, Any], targets: int) -> None:
    """Raise a usage error for options that do not go together."""
    if given["save_personality"] is None:
        if given["redact"]:
            raise Refused(f"--redact is about the file of {OPTION}: give both, or neither.")
    elif targets > 1 or given["all"]:
        raise Refused(f"{OPTION} writes one server into one file: name one TARGET, without --all.")


@contextlib.contextmanager
def saving(path: str | None, *, redact: bool) -> Iterator[Save]:
    """What writes the reports' one personality, or says in one sentence why there is none.

    The file is begun before anything is sent, so that one that cannot be written is told in time.
    """
    if path is None:
        yield lambda reports: None
        return
    try:
        with output_stream(path, option=OPTION) as stream:
            yield lambda reports: _save(reports, stream, redact=redact)
    except _NothingError as reason:
        say(str(reason))


def _save(reports: Sequence[Report], stream: IO[str], *, redact: bool) -> None:
    from smtpprobe.fake import PortraitError, saved

    try:
        if not reports:
            raise PortraitError("nothing was asked, so there is no personality to save.")
        stream.write(saved(reports[0], redact=redact))
    except PortraitError as error:
        raise _NothingError(str(error)) from None
