"""Where results go: a file that is complete or absent, or a standard output that bears the loss of its reader."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path

    from smtpprobe.cli.errors import Refused


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What an encoding cannot carry, as ``\\uXXXX``, which is right in JSON and plain in a text."""
    assert isinstance(error, UnicodeEncodeError)
    octets = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = (octets[i : i + 2].hex() for i in range(0, len(octets), 2))
    return "".join(f"\\u{unit}" for unit in units), error.end


codecs.register_error("smtpprobe.escaped", _escaped)


class Stdout(io.TextIOWrapper):
    """Never fails: once it cannot be written, what comes goes nowhere, and ``on_loss`` is called.

    That whoever read it went away (head, less) is nothing to complain of; ``failure`` is any other reason.
    """

    def __init__(self, stream: TextIO) -> None:
        lines = stream.isatty()
        super().__init__(stream.buffer, encoding=stream.encoding, errors="smtpprobe.escaped", line_buffering=lines)
        self.on_loss: Callable[[], object] = lambda: None
        self.failure = ""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as error:
            self._lost(error)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self._lost(error)

    def _lost(self, error: OSError) -> None:
        if not isinstance(error, BrokenPipeError):
            self.failure = self.failure or error.strerror or "unknown error"
        # What is still in the buffer has to go somewhere, or the interpreter complains when it ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        self.on_loss()


@contextlib.contextmanager
def output_stream(path: str | None) -> Iterator[IO[str]]:
    """The file that was named, complete or not at all, else stdout. A device or a pipe is written as it comes."""
    if path is None:
        # Where the caller closed it (>&-) there is none.
        yield sys.stdout if sys.stdout is not None else io.StringIO()
        return
    from pathlib import Path

    # A link stays a link: what it points to is replaced.
    place = Path(os.path.realpath(path))
    special = place.exists() and not place.is_file()
    draft = place if special else place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        stream = draft.open("w", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error
    try:
        with stream:
            yield stream
        if not special:
            _put_in_place(draft, place, path)
    finally:
        if not special:
            draft.unlink(missing_ok=True)


def _put_in_place(draft: Path, place: Path, path: str) -> None:
    try:
        if place.exists():
            draft.chmod(place.stat().st_mode & 0o777)
        draft.replace(place)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: Exception) -> Refused:
    from smtpprobe.cli.errors import Refused

    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return Refused(f"{path} cannot be written ({reason}): name another file with -o.")
