"""How far a scan has come: rows on a terminal and nothing after it, a line a minute in a log, else silence."""

from __future__ import annotations

import io
import re

import pytest

from smtpprobe.cli import scan_progress
from smtpprobe.cli.scan_progress import ScanProgress
from smtpprobe.scanning import Standing

HALFWAY = Standing("servers", 41_877, 12_345, 512, 34, 410.4, 72.1, {"unreachable": 300, "answered": 12_045})
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal(io.StringIO):
    """A stream on a terminal; ``gone``: nobody is there any more."""

    gone = False

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.gone:
            raise OSError(5, "Input/output error")
        return super().write(text)


class Clock:
    """Seconds, as far as a test lets them go by."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def on_terminal(monkeypatch: pytest.MonkeyPatch, columns: int = 80) -> Terminal:
    """Called by the test itself: pytest has its own stderr in each phase."""
    made = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("sys.stderr", made)
    return made


def test_the_words() -> None:
    assert scan_progress.done(HALFWAY) == "12,345 of 41,877 servers"
    assert scan_progress.pace(HALFWAY) == "512 in flight · 34 held back · 410/s · 72 s left"
    assert scan_progress.outcomes(HALFWAY) == "answered 12,045 · unreachable 300"
    reading = Standing("lines", done=3_000)
    assert (scan_progress.done(reading), scan_progress.pace(reading)) == ("3,000 lines", "reading the list")
    dealing = Standing("dealing", 41_877, 345)
    assert scan_progress.done(dealing) == "345 of 41,877 servers"
    assert scan_progress.pace(dealing) == "dealing the servers out to the workers"
    early = Standing(done=7, rate=0.26)
    assert scan_progress.done(early) == "7 names"
    assert scan_progress.pace(early) == "0 in flight · 0.3/s"


def test_a_terminal_has_rows_that_fit_and_is_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    clock = Clock()
    with ScanProgress(clock=clock) as progress:
        progress.show(HALFWAY)
        shown = _ESCAPE.sub("", terminal.getvalue())
        for words in ("12,345 of 41,877 servers", "410/s", "72 s left", "answered 12,045"):
            assert words in shown
        assert max(map(len, re.split(r"[\r\n]", shown))) <= 80
        progress.show(Standing())
        assert "0 names" not in terminal.getvalue()
        clock.now += 1
        progress.show(Standing())
        assert "0 names" in terminal.getvalue()
    # The rows are erased (EL), and the cursor is shown again.
    assert terminal.getvalue().rstrip().endswith("\x1b[2K")
    assert "\x1b[?25h" in terminal.getvalue()


@pytest.mark.parametrize("columns", [10, 30, 200])
def test_rows_fit_any_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    terminal = on_terminal(monkeypatch, columns)
    with ScanProgress() as progress:
        progress.show(HALFWAY)
    shown = _ESCAPE.sub("", terminal.getvalue())
    assert "512 in" in shown
    assert max(map(len, re.split(r"[\r\n]", shown))) <= columns


def test_a_terminal_that_went_away_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    clock = Clock()
    with ScanProgress(clock=clock) as progress:
        progress.show(HALFWAY)
        terminal.gone = True
        clock.now += 1
        progress.show(HALFWAY)


def test_results_on_the_same_terminal_are_not_torn(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    monkeypatch.setattr("sys.stdout", Terminal())
    with ScanProgress(printed=True) as progress:
        progress.show(HALFWAY)
    assert terminal.getvalue() == ""
    with ScanProgress(printed=False) as progress:
        progress.show(HALFWAY)
    assert terminal.getvalue() != ""


def test_quiet_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with ScanProgress(quiet=True) as progress:
        progress.show(HALFWAY)
    assert terminal.getvalue() == ""


def test_a_log_is_told_once_a_minute_where_it_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with ScanProgress(verbose=True, clock=clock) as progress:
        for _ in range(1250):
            progress.show(HALFWAY)
            clock.now += 0.1
    line = "12,345 of 41,877 servers · 512 in flight · 34 held back · 410/s · 72 s left\n"
    assert capsys.readouterr().err == 2 * line
    with ScanProgress(clock=clock) as progress:
        clock.now += 1000
        progress.show(HALFWAY)
    assert capsys.readouterr().err == ""


def test_without_stderr_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    with ScanProgress(verbose=True) as progress:
        progress.show(HALFWAY)
