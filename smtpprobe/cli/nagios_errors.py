"""How a mistake is told where a monitoring daemon is the one who asked: on stdout, as UNKNOWN, with status 3."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from itertools import pairwise

import click

from smtpprobe import redaction
from smtpprobe.render import escape
from smtpprobe.render.nagios_states import NagiosState

_COMMAND = "check"
_OPTION = "--format"
_FORM = "nagios"
_VARIABLE = "SMTPPROBE_CHECK_FORMAT"
_LONGEST = 1_000


def wanted(arguments: Sequence[str]) -> bool:
    """Is this a call as a plugin? It has to be told before the command line is understood, since that may be wrong.

    The last ``--format`` counts, as click has it; without one, what the environment says.
    """
    if not arguments or arguments[0] != _COMMAND:
        return False
    form = os.environ.get(_VARIABLE, "")
    for before, argument in pairwise(arguments):
        if before == _OPTION:
            form = argument
        elif argument.startswith(f"{_OPTION}="):
            form = argument.removeprefix(f"{_OPTION}=")
    return form.lower() == _FORM


def tell(words: str) -> int:
    """Print the sentence as a plugin does, whatever is in it, and return the status."""
    shown = escape.nagios(redaction.spoken(" ".join(words.split())))[:_LONGEST]
    with contextlib.suppress(OSError, ValueError):
        click.echo(f"SMTP {NagiosState.UNKNOWN.name} - {shown}")
    return NagiosState.UNKNOWN
