"""The console script: where the program begins and ends. What it is asked for is another module's business."""

# ruff: noqa: E402

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # what signal is made of; that takes a millisecond to load

# Python's own handler would show where Ctrl-C struck. Until main() has installed better ones it just ends the program.
_signal.signal(_signal.SIGINT, _signal.SIG_DFL)

import os
import sys

from smtpprobe.cli import interrupts


def main() -> None:
    """Run the command line."""
    interrupts.install()
    try:
        _occupy_standard_descriptors()
        _run(sys.argv[1:])
    except Exception as error:
        # The command line tells its own errors: this is one of before it stands, such as no file left to open.
        if os.environ.get("SMTPPROBE_DEBUG"):
            raise
        words = f"smtpprobe cannot be loaded ({error}): look at the number of open files, and at the installation."
        os.write(2, f"Error: {' '.join(words.split())}\n".encode(errors="backslashreplace"))
        sys.exit(4)
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()
        interrupts.ignore()


def _run(arguments: list[str]) -> None:
    from smtpprobe.cli.streams import Output

    if sys.stdout is not None:
        sys.stdout = Output.of(sys.stdout)
    sys.stderr = Output.of(sys.stderr) if sys.stderr is not None else Output.nowhere()
    from smtpprobe.cli.at_once import answered

    if answered(arguments) and sys.stdout is not None:
        sys.stdout.flush()
        if not sys.stdout.failure:
            return
    # It tells, too, that the answer could not be written.
    from smtpprobe.cli import errors
    from smtpprobe.cli.main import cli

    sys.excepthook = errors.traceback
    cli()


def _occupy_standard_descriptors() -> None:
    """Where the caller closed one (>&-), a connection would take its number and get what is printed."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
