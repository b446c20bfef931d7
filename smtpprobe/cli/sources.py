"""Where `explain` reads: words, standard input, a file, a gzip file, a folder of messages. What is read is bounded.

What the bytes mean is not known here.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from smtpprobe.cli.errors import Refused
from smtpprobe.explain.event import LINE_LIMIT, MESSAGE_LIMIT

if TYPE_CHECKING:
    import gzip

_BUFFER = 256 * 1024
_HEAD = 64 * 1024
_MOST_FILES = 1_000_000


class Source:
    """One stream of bytes. ``damage`` says what ended it too early, "" for nothing.

    ``on_progress`` is called now and then with how many of the ``size`` bytes have been read.
    """

    def __init__(self, stream: io.BufferedReader, size: int = 0, packed: io.BufferedReader | None = None) -> None:
        self._stream = stream
        self._file = packed or stream
        self.size = size
        self.damage = ""
        self.on_progress: Callable[[int], object] | None = None

    def head(self) -> bytes:
        """The first 64 KiB, still to be read."""
        try:
            return self._stream.peek(_HEAD)[:_HEAD]
        except (OSError, EOFError, ValueError) as error:
            return self._broken(error)

    def message(self) -> bytes:
        """The first MiB of all there is."""
        return self._read(MESSAGE_LIMIT)

    def raw_lines(self) -> Iterator[bytes]:
        """Lines with their line ends; of one longer than 64 KiB its beginning."""
        for lines in self._cut():
            yield from [line + b"\n" for line in lines]

    def lines(self) -> Iterator[str]:
        """Lines without their ends: UTF-8, UTF-16 where the file says so, Latin-1 for a line that is neither."""
        head = self.head()
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield from self._wide_lines("utf-16-le" if head.startswith(b"\xff") else "utf-16-be")
            return
        for lines in self._cut():
            try:
                text = b"\n".join(lines).decode()
            except UnicodeDecodeError:
                yield from [_decoded(line).rstrip("\r") for line in lines]
                continue
            whole = text.split("\n")
            yield from [line.rstrip("\r") for line in whole] if "\r" in text else whole

    def close(self) -> None:
        """Close what was opened for it; standard input stays open."""
        if sys.stdin is None or self._file is not sys.stdin.buffer:
            self._stream.close()
            self._file.close()

    def _wide_lines(self, encoding: str) -> Iterator[str]:
        text = io.TextIOWrapper(self._stream, encoding=encoding, errors="replace")
        try:
            while line := text.readline(LINE_LIMIT):
                yield line.lstrip("\ufeff").rstrip("\r\n")
        except (OSError, EOFError, ValueError) as error:
            self._broken(error)
        finally:
            text.detach()

    def _cut(self) -> Iterator[list[bytes]]:
        """The lines of one block after the other, each cut to 64 KiB."""
        rest = b""
        while block := self._block():
            if self.on_progress is not None and self.size:
                self.on_progress(self._file.tell())
            lines = block.split(b"\n")
            lines[0] = rest + lines[0]
            rest = lines.pop()[:LINE_LIMIT]
            if lines:
                yield lines if max(map(len, lines)) <= LINE_LIMIT else [line[:LINE_LIMIT] for line in lines]
        if rest:
            yield [rest]

    def _block(self) -> bytes:
        """What there is to read, at most 256 KiB: a pipe is not waited for longer than it takes to say something."""
        try:
            return self._stream.read1(_BUFFER)
        except (OSError, EOFError, ValueError) as error:
            return self._broken(error)

    def _read(self, most: int) -> bytes:
        try:
            return self._stream.read(most)
        except (OSError, EOFError, ValueError) as error:
            return self._broken(error)

    def _broken(self, error: Exception) -> bytes:
        self.damage = str(error) or type(error).__name__
        return b""


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def of_words(text: str) -> Source:
    """What was given as arguments."""
    return Source(io.BufferedReader(io.BytesIO(text.encode("utf-8", "surrogateescape"))))


def of_stdin() -> Source:
    """Standard input; refused where a person would have to type it."""
    if sys.stdin is None or sys.stdin.isatty():
        raise Refused("There is nothing to explain: give a code or a reply, as in smtpprobe explain 504.")
    return _unpacked(sys.stdin.buffer, 0)


def of_path(path: str) -> Iterator[Source]:
    """One file; or, for a folder such as a Maildir, each file beneath it."""
    if not os.path.isdir(path):
        yield _of_file(path)
        return
    files = 0
    for folder, folders, names in os.walk(path):
        folders.sort()
        if os.path.basename(folder) == "tmp" and "new" in os.listdir(os.path.dirname(folder)):
            continue
        for name in sorted(names):
            files += 1
            if files > _MOST_FILES:
                raise Refused(f"{path!r} holds more than {_MOST_FILES:,} files: give a folder within it.")
            yield _of_file(os.path.join(folder, name))
    if not files:
        raise Refused(f"The folder {path!r} holds no files: give a Maildir, or a folder of .eml files.")


def _of_file(path: str) -> Source:
    try:
        stream = open(path, "rb")  # noqa: SIM115  # whoever reads it closes it
        size = os.fstat(stream.fileno()).st_size
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"The file {path!r} cannot be read ({reason}): check its path and its mode.") from None
    return _unpacked(stream, size)


def _unpacked(stream: IO[bytes], size: int) -> Source:
    """The source for a stream, whether or not it is packed."""
    packed = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(io.BytesIO(stream.read()))
    if packed.peek(2)[:2] != b"\x1f\x8b":
        return Source(packed, size)
    import gzip

    return Source(io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=packed)), _BUFFER), size, packed)


class _Unpacked(io.RawIOBase):
    """A gzip file whose damage is an OSError or EOFError, whatever zlib calls it."""

    def __init__(self, packed: gzip.GzipFile) -> None:
        self._packed = packed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        import zlib

        try:
            read = self._packed.read(len(buffer))
        except zlib.error as error:
            raise OSError(f"it is not whole: {error}") from error
        buffer[: len(read)] = read
        return len(read)
