"""The output of a scan: whole lines in whole frames, whatever happens to the program, the disk or the machine.

What was written and not yet noted by the store is found again with ``recover``.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator

from smtpprobe.render import escape
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.framing import PIECE, DamageError, Framing, framing_of

#: More than a line of a scan can take: twenty connections of 256 KiB, each octet escaped as ``\\u00XX``.
LONGEST_LINE = 64 << 20


class Output:
    """Where the lines go: a file, compressed where its name says so, or standard output for None.

    ``kept`` octets of a file stay as they are, the rest is cut off: 0 for a new scan, what ``recover`` tells for one
    that goes on. Lines are held back until ``flush``. Raises ScanError where the file cannot be opened.
    """

    def __init__(self, path: str | None, kept: int) -> None:
        self._path = path or "standard output"
        self._lines: list[bytes] = []
        self._pending = 0
        self._written = kept
        self._file: int | None = None
        self._regular = False
        if path is not None:
            self._framing = framing_of(path)
            self._open(path)

    @property
    def pending(self) -> int:
        """The octets of the lines that were not yet flushed, before they are compressed."""
        return self._pending

    def write(self, line: bytes) -> None:
        """Take a line, or several, with their line ends."""
        self._lines.append(line)
        self._pending += len(line)

    def flush(self) -> int:
        """Write what is pending, as one frame, and return how many octets of the file are whole frames now.

        They are handed to the operating system, so they outlive the program; a machine that loses its power may lose
        them. Raises ScanError where they cannot be written: the file has whole frames only even then.
        """
        if self._lines:
            octets = b"".join(self._lines)
            if self._file is None:
                self._print(octets)
            else:
                self._put(self._file, self._framing.frame(octets))
            self._lines.clear()
            self._pending = 0
        return self._written

    def close(self) -> None:
        """Flush, and have a file written to its disk. Raises ScanError as ``flush`` does; the file is closed anyway."""
        try:
            self.flush()
            if self._regular and self._file is not None:
                os.fsync(self._file)
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            if self._file is not None:
                os.close(self._file)
                self._file = None

    def _open(self, path: str) -> None:
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
            # A pipe or a device is written as it comes.
            self._regular = stat.S_ISREG(os.fstat(self._file).st_mode)
            if self._regular:
                os.ftruncate(self._file, self._written)
                os.lseek(self._file, 0, os.SEEK_END)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise ScanError(f"{path} cannot be written ({reason}): name another file with -o.") from error

    def _put(self, file: int, octets: bytes) -> None:
        left = memoryview(octets)
        try:
            while left:
                left = left[os.write(file, left) :]
        except OSError as error:
            if self._regular:
                with contextlib.suppress(OSError):
                    os.ftruncate(file, self._written)
                    os.lseek(file, self._written, os.SEEK_SET)
            raise self._unwritable(error) from error
        self._written += len(octets)

    def _print(self, octets: bytes) -> None:
        """What standard output cannot take is the business of the stream that stands there (cli/streams.py)."""
        if sys.stdout is not None:
            sys.stdout.write(escape.json(octets.decode("utf-8", "backslashreplace")))
            sys.stdout.flush()
        self._written += len(octets)

    def _unwritable(self, error: OSError) -> ScanError:
        if not self._regular:
            return ScanError(f"{self._path} cannot be written ({error.strerror}): name another file with -o.")
        return ScanError(
            f"{self._path} cannot be completed ({error.strerror}): make room, then give the same command again, which"
            " goes on where this one ended."
        )


def recover(path: str, written: int) -> tuple[int, Iterator[bytes]]:
    """What a scan that was killed left in its output, of which ``written`` octets are known to be whole.

    Returns how many octets to keep, whole frames all, and the whole lines beyond ``written``, with their line ends.
    Raises ScanError where the file is not the one that was written, or cannot be read.
    """
    framing = framing_of(path)
    try:
        with open(path, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return 0, iter(())
            size = file.seek(0, 2)
            if size >= written:
                try:
                    end = framing.whole(file, written)
                except DamageError as damage:
                    end = damage.at
                return end, _lines(path, framing, written, end)
    except FileNotFoundError:
        size = 0
        if not written:
            return 0, iter(())
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    raise ScanError(
        f"{path} has {size:,} octets, and the scan that is to go on had written {written:,}: put the file back, or"
        " begin anew with --again."
    )


def lines_of(path: str) -> Iterator[bytes]:
    """The whole lines of an output of any kind, with their line ends, without what a kill left behind the last frame.

    Raises ScanError where it cannot be read, is damaged, or has a line that no scan writes.
    """
    framing = framing_of(path)
    try:
        with open(path, "rb") as file:
            end = framing.whole(file, 0)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    except DamageError as damage:
        raise _damaged(path, damage) from None
    yield from _lines(path, framing, 0, end)


def _lines(path: str, framing: Framing, start: int, end: int) -> Iterator[bytes]:
    rest: list[bytes] = []
    length = 0
    try:
        with open(path, "rb", buffering=PIECE) as file:
            for piece in framing.pieces(file, start, end):
                *whole, last = piece.split(b"\n")
                for line in whole:
                    yield b"".join((*rest, line, b"\n"))
                    rest.clear()
                    length = 0
                if last:
                    rest.append(last)
                    length += len(last)
                    if length > LONGEST_LINE:
                        raise ScanError(
                            f"{path} has a line of more than {LONGEST_LINE >> 20} MiB, which no scan writes: name the"
                            " output of one."
                        )
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    except DamageError as damage:
        raise _damaged(path, damage) from None


def _unreadable(path: str, error: OSError | ValueError) -> ScanError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return ScanError(f"{path} cannot be read ({reason}): name the output of a scan.")


def _damaged(path: str, damage: DamageError) -> ScanError:
    return ScanError(
        f"{path} is damaged at octet {damage.at:,}: take a copy that is whole, or cut it there with `truncate -s"
        f" {damage.at}`."
    )
