"""Where `explain` reads: words, standard input, a file, a gzip file, a folder of messages. What is read is bounded.

What the bytes mean is not known here.
"""

from __future__ import annotations

import io
import os
import select
import stat
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from smtpprobe.cli.errors import Refused
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.streams import pipe_of
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

    def __init__(self, stream: io.BufferedReader, given: Descriptor | None = None) -> None:
        self._stream = stream
        self._given = given
        self.size = given.size if given is not None else 0
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

    def whole(self, most: int) -> bytes:
        """The first ``most`` bytes of all there is, for what is no use in pieces."""
        return self._read(most)

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
        """Close what was opened for it."""
        self._stream.close()
        if self._given is not None:
            self._given.close()

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
                self.on_progress(self._given.position if self._given is not None else 0)
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


def of_stdin(stop: Stop) -> Source:
    """Standard input; refused where a person would have to type it."""
    if sys.stdin is None or sys.stdin.isatty():
        raise Refused("There is nothing to explain: give a code or a reply, as in smtpprobe explain 504.")
    try:
        number = sys.stdin.fileno()
    except io.UnsupportedOperation:
        # A program that runs the command line in itself gives what it likes.
        return _unpacked(io.BufferedReader(io.BytesIO(sys.stdin.buffer.read())))
    return _unpacked(Descriptor(number, stop, ours=False))


def of_path(path: str, stop: Stop) -> Iterator[Source]:
    """One file; or, for a folder such as a Maildir, each file beneath it."""
    if not os.path.isdir(path):
        yield _of_file(path, stop)
        return
    files = 0
    for folder, folders, names in os.walk(path):
        folders.sort()
        if os.path.basename(folder) == "tmp" and "new" in os.listdir(os.path.dirname(folder)):
            continue
        for name in sorted(names):
            file = os.path.join(folder, name)
            # A pipe, a device or a link that leads nowhere is no message.
            if not os.path.isfile(file):
                continue
            files += 1
            if files > _MOST_FILES:
                raise Refused(f"{path!r} holds more than {_MOST_FILES:,} files: give a folder within it.")
            yield _of_file(file, stop)
    if not files:
        raise Refused(f"The folder {path!r} holds no files: give a Maildir, or a folder of .eml files.")


def _of_file(path: str, stop: Stop) -> Source:
    try:
        kind = os.stat(path).st_mode
        # A device may never end, and some of them begin to work when they are opened.
        if stat.S_ISBLK(kind) or stat.S_ISCHR(kind):
            raise OSError(0, "it is a device")
        number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"The file {path!r} cannot be read ({reason}): check its path and its mode.") from None
    return _unpacked(Descriptor(number, stop, ours=True))


def _unpacked(given: Descriptor | io.BufferedReader) -> Source:
    """The source for these bytes, whether or not they are packed."""
    if not isinstance(given, Descriptor):
        return Source(_plain(given, None))
    return Source(_plain(io.BufferedReader(given, _BUFFER), given), given)


def _plain(stream: io.BufferedReader, given: Descriptor | None) -> io.BufferedReader:
    try:
        head = stream.peek(2)[:2]
    except OSError:
        # The source will say so when it is read.
        return stream
    if head != b"\x1f\x8b":
        return stream
    import gzip

    return io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=stream), given), _BUFFER)


class Descriptor(io.RawIOBase):
    """A file's bytes until ``stop`` is asked for; where none come for the time being, that ends the waiting too."""

    def __init__(self, number: int, stop: Stop, *, ours: bool) -> None:
        self._number, self._stop, self._ours = number, stop, ours
        found = os.fstat(number)
        self.size = found.st_size if stat.S_ISREG(found.st_mode) else 0
        self.position = 0
        self._waits = not stat.S_ISREG(found.st_mode) and hasattr(select, "poll")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self.check()
        if self._waits:
            self._wait()
        data = os.read(self._number, len(buffer))
        buffer[: len(data)] = data
        self.position += len(data)
        return len(data)

    def check(self) -> None:
        """Raises InterruptedError where nobody wants to read on."""
        if self._stop.asked:
            self._stop.cut = True
            raise InterruptedError("stopped by you")

    def close(self) -> None:
        if self._ours and not self.closed:
            os.close(self._number)
        super().close()

    def _wait(self) -> None:
        """Until there is something to read, or who reads what we write goes away."""
        output = pipe_of(sys.stdout)
        woken, waker = os.pipe()
        try:
            waiting = select.poll()
            waiting.register(self._number, select.POLLIN)
            waiting.register(woken, select.POLLIN)
            if output is not None:
                waiting.register(output, 0)
            self._stop.on_asked = lambda: os.write(waker, b".")
            if not self._stop.asked and output in dict(waiting.poll()):
                self._stop.ask()
        finally:
            self._stop.on_asked = lambda: None
            os.close(woken)
            os.close(waker)
        self.check()


class _Unpacked(io.RawIOBase):
    """A gzip file whose damage is an OSError or EOFError, whatever zlib calls it."""

    def __init__(self, packed: gzip.GzipFile, given: Descriptor | None) -> None:
        self._packed, self._given = packed, given

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        import zlib

        if self._given is not None:
            # A little of a packed file may hold very much.
            self._given.check()
        try:
            read = self._packed.read(len(buffer))
        except zlib.error as error:
            raise OSError(f"it is not whole: {error}") from error
        buffer[: len(read)] = read
        return len(read)
