"""Where rows are printed: a stream, its width, and whether it shows colours. What to print is not decided here.

It does of rich's Console what is needed here in a tenth of its time to load: explaining one code is mostly start-up.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import IO

_NO_TERMINAL = 80
_SGR = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36", "magenta": "35"}


class Console:
    """A stream to print rows on.

    ``color`` None: on a terminal only, and never where NO_COLOR is set. ``word`` gives a label in the language of the
    reader.
    """

    def __init__(
        self,
        stream: IO[str] | None = None,
        *,
        color: bool | None = None,
        width: int | None = None,
        word: Callable[[str], str] = str,
    ) -> None:
        self.word = word
        self._stream = stream
        terminal = self._on_terminal()
        wanted = terminal or bool(os.environ.get("FORCE_COLOR"))
        self.color = (wanted and not os.environ.get("NO_COLOR")) if color is None else color
        self._width = width

    @property
    def stream(self) -> IO[str]:
        """The stream that was given, or what is standard output now."""
        return self._stream if self._stream is not None else sys.stdout

    @property
    def width(self) -> int:
        """Columns: as given, as COLUMNS says, or as the terminal has; 80 for a file."""
        if self._width is not None:
            return self._width
        told = os.environ.get("COLUMNS", "")
        if told.isascii() and told.isdigit() and 0 < int(told) < 10_000:
            return int(told)
        try:
            return os.get_terminal_size(self.stream.fileno()).columns or _NO_TERMINAL
        except (OSError, ValueError, AttributeError):
            return _NO_TERMINAL

    @property
    def encoding(self) -> str:
        """The encoding of the stream; UTF-8 where it has none."""
        return getattr(self.stream, "encoding", None) or "utf-8"

    def print(self, *parts: tuple[str, str]) -> None:
        """One row of (text, style) parts. A style is names of colours with spaces between them, "" for none."""
        stream = self.stream
        stream.write("".join(self._styled(text, style) for text, style in parts) + "\n")
        # A dialogue is read as it happens, also through a pipe.
        stream.flush()

    def _styled(self, text: str, style: str) -> str:
        if not self.color or not style or not text:
            return text
        return f"\x1b[{_codes(style.split())}m{text}\x1b[0m"

    def _on_terminal(self) -> bool:
        stream = self.stream
        try:
            return stream.isatty() and os.environ.get("TERM") not in {"dumb", "unknown"}
        except (ValueError, AttributeError):
            return False


def _codes(names: Sequence[str]) -> str:
    return ";".join(_SGR[name] for name in names)
