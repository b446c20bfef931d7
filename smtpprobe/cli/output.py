"""Where results go: the file behind ``-o``, a device, or standard output."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from smtpprobe.cli.streams import Output


@contextlib.contextmanager
def output_stream(path: str | None, *, lines: bool = False, option: str = "-o") -> Iterator[IO[str]]:
    """The file that was named, else stdout. A device or a pipe is written as it comes.

    A file is put in its place when it is complete; ``lines`` says that it gets one document a line, and ``option`` how
    it was named.
    """
    if path is None:
        # Where the caller closed it (>&-) there is none.
        yield sys.stdout if sys.stdout is not None else io.StringIO()
        return
    from smtpprobe.cli.draft import Draft, unwritable

    # A link stays a link: what it points to is replaced.
    place = os.path.realpath(path)
    if os.path.isfile(place) or not os.path.exists(place):
        with Draft(path, place, option, lines=lines) as stream:
            yield stream
        return
    try:
        special = Output(cast("BinaryIO", open(place, "wb")))  # noqa: SIM115  # closed below
    except (OSError, ValueError) as error:
        raise unwritable(path, option, error) from error
    with special:
        yield special
        special.flush()
    if special.failure:
        from smtpprobe.cli.errors import Incomplete

        raise Incomplete(f"{path} cannot be written ({special.failure}): name another file with {option}.")
