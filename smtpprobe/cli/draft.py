"""The file behind ``-o``: it comes into its place when it is whole, and what cannot become whole is called partial."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from smtpprobe.cli import interrupts
from smtpprobe.cli.errors import Incomplete, Refused
from smtpprobe.cli.streams import Output
from smtpprobe.render import escape


class Draft:
    """Writes beside ``place``, which was named ``path`` with ``option``. ``lines``: it gets a document a line."""

    def __init__(self, path: str, place: str, option: str, *, lines: bool) -> None:
        self._path, self._place, self._option, self._lines = path, Path(place), option, lines
        self._draft = self._place.with_name(f".{self._place.name}.{os.getpid()}.part")
        self._partial = self._place.with_name(f"{self._place.name}.partial")
        self._interrupts = ExitStack()

    def __enter__(self) -> Output:
        try:
            # To be read too: what finds no place is printed.
            self._stream = Output(cast("BinaryIO", self._draft.open("w+b")))
        except (OSError, ValueError) as error:
            raise unwritable(self._path, self._option, error) from error
        self._interrupts.enter_context(interrupts.rescued(self._rescue))
        return self._stream

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._interrupts:
            try:
                self._finish(error)
            finally:
                self._draft.unlink(missing_ok=True)
                with suppress(OSError):
                    self._stream.close()

    def _finish(self, error: BaseException | None) -> None:
        stream = self._stream
        stream.flush()
        if error is not None:
            if kept := self._keep():
                error.add_note(f"{kept[0].upper()}{kept[1:]}.")
        elif stream.failure:
            raise Incomplete(self._incomplete(stream.failure))
        else:
            try:
                if self._place.exists():
                    self._draft.chmod(self._place.stat().st_mode & 0o777)
                self._draft.replace(self._place)
            except OSError as reason:
                raise Incomplete(self._displaced(reason.strerror or str(reason))) from reason

    def _incomplete(self, reason: str) -> str:
        if kept := self._keep():
            reason = f"cannot be completed ({reason}): {kept}; make room, or"
        else:
            reason = f"cannot be written ({reason}) and nothing of it was kept:"
        return f"{self._path} {reason} name another file with {self._option}."

    def _displaced(self, reason: str) -> str:
        """It is whole, and cannot be put in its place."""
        if self._keep():
            return f"{self._path} cannot be written ({reason}): all of it is in {self._partial}, to be moved by hand."
        self._stream.seek(0)
        shutil.copyfileobj(self._stream, sys.stdout)
        return f"{self._path} cannot be written ({reason}) and is printed: name another file with {self._option}."

    def _keep(self) -> str:
        """Give what was written a name that tells what it is, and a clause about it; "" where there is nothing."""
        try:
            if not self._draft.stat().st_size:
                return ""
            self._draft.replace(self._partial)
        except OSError:
            return ""
        if not self._lines:
            return f"what was written is in {self._partial}"
        with self._partial.open("rb") as kept:
            whole = sum(line.endswith(b"\n") for line in kept)
        return f"{whole} whole document{'' if whole == 1 else 's'} came into {self._partial}"

    def _rescue(self) -> str:
        """The program has to go at once."""
        # Where it is being written at this moment it cannot be flushed.
        with suppress(RuntimeError):
            self._stream.flush()
        kept = self._keep()
        self._draft.unlink(missing_ok=True)
        return escape.terminal(f"stopped at once: {kept}.") if kept else ""


def unwritable(path: str, option: str, error: Exception) -> Refused:
    """The error for a file that cannot even be begun."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return Refused(f"{path} cannot be written ({reason}): name another file with {option}.")
