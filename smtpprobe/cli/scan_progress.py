"""How far a scan has come, on stderr: rows on a terminal that are gone at the end, else nothing or a line a minute."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from smtpprobe.render.scan_parts import duration
from smtpprobe.scanning import Standing

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

_DOING = {"lines": "reading the list", "dealing": "dealing the servers out to the workers"}
_BETWEEN_ROWS = 0.1
_BETWEEN_LINES = 60.0


class ScanProgress:
    """``printed``: the results go to standard output, where rows that move would tear them on a terminal.

    ``verbose``: where stderr is no terminal, a line is printed once a minute. ``clock`` tells seconds.
    """

    def __init__(
        self,
        *,
        printed: bool = False,
        verbose: bool = False,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        terminal = sys.stderr is not None and sys.stderr.isatty()
        torn = printed and sys.stdout is not None and sys.stdout.isatty()
        self._moving = terminal and not torn and not quiet
        self._told = not terminal and verbose and not quiet and sys.stderr is not None
        self._between = _BETWEEN_ROWS if self._moving else _BETWEEN_LINES
        self._clock = clock
        self._due = clock() + (0 if self._moving else _BETWEEN_LINES)
        self._stack = ExitStack()
        self._live: Live | None = None

    def __enter__(self) -> ScanProgress:
        if self._moving:
            from rich.console import Console
            from rich.live import Live

            # What stands on standard output is for a file or another program, and none of rich's business.
            live = Live(console=Console(stderr=True), auto_refresh=False, transient=True, redirect_stdout=False)
            self._live = self._stack.enter_context(live)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.leave()

    def leave(self) -> str:
        """Leave the terminal as it was. There is nothing to say, so it gives ""."""
        with contextlib.suppress(OSError, ValueError):
            self._stack.close()
        return ""

    def show(self, standing: Standing) -> None:
        """Show this, if it is time for it; to be called a few times a second."""
        if not (self._moving or self._told) or self._clock() < self._due:
            return
        self._due = self._clock() + self._between
        # A terminal that went away is no reason to end a scan.
        with contextlib.suppress(OSError, ValueError):
            if self._live is not None:
                self._live.update(_rows(standing), refresh=True)
            elif self._told:
                print(f"{done(standing)} · {pace(standing)}", file=sys.stderr, flush=True)


def done(standing: Standing) -> str:
    """How much of it is done: ``12,345 of 41,877 servers``."""
    what = "servers" if standing.phase == "dealing" else standing.phase
    if not standing.total:
        return f"{standing.done:,} {what}"
    return f"{standing.done:,} of {standing.total:,} {what}"


def pace(standing: Standing) -> str:
    """What is going on, how fast, for how long."""
    if standing.phase in _DOING:
        return _DOING[standing.phase]
    parts = [f"{standing.in_flight:,} in flight"]
    if standing.waiting:
        parts.append(f"{standing.waiting:,} held back")
    parts.append(f"{standing.rate:,.0f}/s" if standing.rate >= 10 else f"{standing.rate:.1f}/s")
    if standing.left is not None:
        parts.append(f"{duration(standing.left)} left")
    return " · ".join(parts)


def outcomes(standing: Standing) -> str:
    """How those that are done came out, the most frequent first."""
    found = sorted(standing.outcomes.items(), key=lambda item: -item[1])
    return " · ".join([f"{name} {count:,}" for name, count in found])


def _rows(standing: Standing) -> RenderableType:
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(no_wrap=True)
    bar = ProgressBar(total=standing.total or 1, completed=min(standing.done, standing.total))
    grid.add_row(bar, Text(done(standing)))
    rows = [Text(row, no_wrap=True, overflow="ellipsis") for row in (pace(standing), outcomes(standing)) if row]
    return Group(grid, *rows)
