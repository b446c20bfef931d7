"""The console script: where the program begins and ends. What it is asked for is another module's business."""

from __future__ import annotations

import os
import signal
import sys

from smtpprobe.cli.at_once import answered
from smtpprobe.cli.streams import Stdout


def main() -> None:
    """Run the command line."""
    _occupy_standard_descriptors()
    if sys.stdout is not None:
        sys.stdout = Stdout(sys.stdout)
    try:
        if not answered(sys.argv[1:]):
            from smtpprobe.cli import errors
            from smtpprobe.cli.main import cli

            sys.excepthook = errors.traceback
            cli()
    finally:
        # All is said: one more Ctrl-C has nothing left to end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _occupy_standard_descriptors() -> None:
    """Where the caller closed one (>&-), a connection would take its number and get what is printed."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
