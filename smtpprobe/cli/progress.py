"""What goes on, on stderr while a big file is read or servers are waited for: on a terminal only, gone at the end."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from smtpprobe.cli.sources import Source

_SMALL = 8 * 1024 * 1024


@contextlib.contextmanager
def waiting(words: str) -> Iterator[None]:
    """These words, with something that moves, while the block runs."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(words)):
        yield


def watched(given: Iterator[Source]) -> Iterator[Source]:
    """The same sources, each closed when the next one is asked for."""
    for source in given:
        try:
            if source.size > _SMALL and sys.stderr is not None and sys.stderr.isatty():
                yield from _with_bar(source)
            else:
                yield source
        finally:
            source.close()


def _with_bar(source: Source) -> Iterator[Source]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    columns = BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=5) as progress:
        task = progress.add_task("", total=source.size)
        source.on_progress = lambda read: progress.update(task, completed=read)
        yield source
