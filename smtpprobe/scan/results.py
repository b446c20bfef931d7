"""The result of a shard: one file of lines, written once. Under its last name it has every line that it will have."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from smtpprobe.scan.errors import ScanError

_WHOLE, _PART = ".jsonl", ".part"
#: So much is kept in memory of a file before it is written on.
_KEPT = 65_536


class Result(Struct, frozen=True):
    """What came of a shard: the ids of the servers that were asked, and a file with a line for each in their order.

    These are all servers of the shard, unless the scan was stopped. The file is the caller's to remove.
    """

    number: int
    ids: tuple[int, ...]
    path: Path


class ResultFile:
    """A file under way. ``attempt`` tells it from those that other workers left of the same shard."""

    def __init__(self, folder: Path, number: int, attempt: int) -> None:
        self._path = folder / f"shard-{number:08}{_WHOLE}"
        self._part = _part(folder, number, attempt)
        self._lines: list[bytes] = []
        self._octets = 0

    def add(self, line: bytes) -> None:
        """Raises ScanError, as do the others, when it cannot be written."""
        self._lines.append(line)
        self._octets += len(line)
        if self._octets >= _KEPT:
            self.flush()

    def flush(self) -> None:
        if not self._lines:
            return
        try:
            with self._part.open("ab") as file:
                file.writelines(self._lines)
        except OSError as error:
            raise _unwritable(self._part.parent, error) from None
        self._lines.clear()
        self._octets = 0

    def finish(self) -> Path:
        self.flush()
        try:
            os.replace(self._part, self._path)
        except OSError as error:
            raise _unwritable(self._part.parent, error) from None
        return self._path


def prepare(folder: Path) -> None:
    """Make the folder, and have it empty. Raises ScanError when that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in _files(folder):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None


def discard(folder: Path, number: int, attempt: int) -> None:
    """Remove what a lost worker left of a shard."""
    _part(folder, number, attempt).unlink(missing_ok=True)


def remove(folder: Path) -> None:
    """Remove the folder, unless there is something in it yet."""
    with contextlib.suppress(OSError):
        folder.rmdir()


def salvaged(folder: Path) -> Iterator[bytes]:
    """The whole lines that a scan which was killed has left there. A server may have several."""
    for path in _files(folder):
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield line


def _part(folder: Path, number: int, attempt: int) -> Path:
    return folder / f"shard-{number:08}.{attempt}{_PART}"


def _files(folder: Path) -> list[Path]:
    return sorted([path for ending in (_WHOLE, _PART) for path in folder.glob(f"shard-*{ending}")])


def _unwritable(folder: Path, error: OSError) -> ScanError:
    reason = error.strerror or error
    return ScanError(f"{folder} cannot be written ({reason}): make room there, then give the same command again.")
