"""Asks before anything goes out that may look like an attack: what the server will log, and who may count it."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence

import click

from smtpprobe import plan
from smtpprobe.cli.errors import Refused
from smtpprobe.model import Target
from smtpprobe.outcome import Safety
from smtpprobe.probes.base import Probe
from smtpprobe.render import escape
from smtpprobe.run import Settings

_INDENT = " " * 28


def obtain(targets: Sequence[Target], settings: Settings, *, given: bool) -> None:
    """Go on only with the user's consent, ``given`` beforehand or at the terminal. Raises Refused without it."""
    asked = plan.selection(settings.profile, settings.only, settings.skip)
    intrusive = [probe for probe in asked if probe.safety is Safety.INTRUSIVE]
    if not intrusive or given:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise Refused("These questions may look like an attack, and nobody is here to agree: give --yes to put them.")
    width = max(shutil.get_terminal_size().columns, 40)
    for text, indent in _announced(targets, intrusive):
        click.echo(textwrap.fill(text, width, subsequent_indent=indent, break_on_hyphens=False), err=True)
    if not click.confirm("Put them?", err=True):
        raise Refused("Nothing was sent: --profile full asks all that is polite.")


def _announced(targets: Sequence[Target], probes: Sequence[Probe]) -> Iterator[tuple[str, str]]:
    """Paragraphs, and how far their further lines are indented."""
    names = ", ".join([escape.terminal(target.text) for target in targets])
    yield f"{names}: some of these questions may look like an attack. The log there will show:", ""
    for probe in probes:
        yield f"  {probe.name:<26}{probe.logs}", _INDENT
    yield "Ban tools may count them and lock this address out. Ask only servers that you run, or may test.", ""
