"""How far a scan has come, on stderr: rows on a terminal that are gone at the end, else nothing or a line a minute."""

from __future__ import annotations

from types import TracebackType

from smtpprobe.scanning import Standing


class ScanProgress:
    """``printed``: the results go to standard output, where rows that move would tear them on a terminal.

    ``verbose``: where stderr is no terminal, a line is printed once a minute.
    """

    def __init__(self, *, printed: bool = False, verbose: bool = False, quiet: bool = False) -> None:
        raise NotImplementedError

    def __enter__(self) -> ScanProgress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""

    def show(self, standing: Standing) -> None:
        """Show this, if it is time for it; to be called a few times a second."""
