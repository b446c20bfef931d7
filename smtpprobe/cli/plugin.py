"""Where smtpprobe runs as a plugin of Nagios: there a mistake is told on stdout, and is the state UNKNOWN."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from smtpprobe import redaction
from smtpprobe.render import escape
from smtpprobe.render.nagios_states import NagiosState

_FORMAT = "--format"


def asked_for(words: Sequence[str]) -> bool:
    """Does this command line ask for the form of a plugin? It may be one that cannot be read otherwise."""
    if "check" not in words[:1]:
        return False
    given = [after for word, after in zip(words, words[1:], strict=False) if word == _FORMAT]
    given += [word.partition("=")[2] for word in words if word.startswith(f"{_FORMAT}=")]
    return (given or [os.environ.get("SMTPPROBE_CHECK_FORMAT", "")])[-1] == "nagios"


def unknown(error: str) -> int:
    """Print the one line that the daemon shows; gives the exit status."""
    line = escape.nagios(redaction.spoken(" ".join(error.split())))
    if sys.stdout is not None:
        click.echo(f"SMTP UNKNOWN - {line}")
    return NagiosState.UNKNOWN
