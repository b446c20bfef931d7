"""An output that bears the loss of its reader, and a full disk. What is written is not known here."""

from __future__ import annotations

import codecs
import io
import os
import stat
from collections.abc import Callable
from typing import BinaryIO, TextIO, cast


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What an encoding cannot carry, as ``\\uXXXX``, which is right in JSON and plain in a text."""
    assert isinstance(error, UnicodeEncodeError)
    octets = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = (octets[i : i + 2].hex() for i in range(0, len(octets), 2))
    return "".join(f"\\u{unit}" for unit in units), error.end


codecs.register_error("smtpprobe.escaped", _escaped)


class Output(io.TextIOWrapper):
    """Never fails: once it cannot be written, what comes goes nowhere, and ``on_loss`` is called.

    That whoever read it went away (head, less) is nothing to complain of; ``failure`` is any other reason. ``used``
    says that something was written.
    """

    def __init__(self, buffer: BinaryIO, *, encoding: str = "utf-8", line_buffering: bool = False) -> None:
        super().__init__(buffer, encoding=encoding, errors="smtpprobe.escaped", line_buffering=line_buffering)
        self.on_loss: Callable[[], object] = lambda: None
        self.failure = ""
        self.used = False

    @classmethod
    def of(cls, stream: TextIO) -> Output:
        """In place of a standard stream."""
        by_lines = getattr(stream, "line_buffering", False) or stream.isatty()
        buffer: BinaryIO = stream.buffer
        if isinstance(buffer, io.RawIOBase):
            # Of an unbuffered interpreter (python -u), whose one write may be of a part only.
            buffer = cast("BinaryIO", io.BufferedWriter(buffer))
        return cls(buffer, encoding=stream.encoding, line_buffering=by_lines)

    @classmethod
    def nowhere(cls) -> Output:
        """In place of a standard stream that the caller closed."""
        return cls(cast("BinaryIO", open(os.devnull, "wb")))

    def write(self, text: str) -> int:
        self.used = True
        try:
            return super().write(text)
        except OSError as error:
            self.lose(error)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self.lose(error)

    def lose(self, error: OSError) -> None:
        """It can be written no more."""
        if not isinstance(error, BrokenPipeError):
            self.failure = self.failure or error.strerror or "unknown error"
        # What is still in the buffer has to go somewhere, or the interpreter complains when it ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        self.on_loss()


def pipe_of(stream: object) -> int | None:
    """The descriptor of an output that is a pipe, whose reader may go away unnoticed while nothing is written."""
    try:
        number: int = stream.fileno()  # type: ignore[attr-defined]
        return number if stat.S_ISFIFO(os.fstat(number).st_mode) else None
    except (OSError, ValueError, AttributeError):
        return None
