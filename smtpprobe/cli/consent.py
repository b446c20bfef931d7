"""Asks before anything goes out that may look like an attack: what the server will log, and who may count it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from smtpprobe import plan
from smtpprobe.cli.errors import Refused
from smtpprobe.model import Target
from smtpprobe.outcome import Safety
from smtpprobe.probes.base import Probe
from smtpprobe.render import escape
from smtpprobe.run import Settings


def obtain(targets: Sequence[Target], settings: Settings, *, given: bool) -> None:
    """Go on only with the user's consent, ``given`` beforehand or at the terminal. Raises Refused without it."""
    intrusive = [
        probe
        for probe in plan.selection(settings.profile, settings.only, settings.skip)
        if probe.safety is Safety.INTRUSIVE
    ]
    if not intrusive or given:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise Refused(
            "These questions may look like an attack, and nobody is here to agree to that: give --yes to put them."
        )
    click.echo("\n".join(_announced(targets, intrusive)), err=True)
    if not click.confirm("Put them?", err=True):
        raise Refused("Nothing was sent: --profile full asks all that is polite.")


def _announced(targets: Sequence[Target], probes: Sequence[Probe]) -> list[str]:
    names = ", ".join([escape.terminal(target.text) for target in targets])
    logs = [f"  {probe.name:<26} {probe.logs}" for probe in probes]
    return [
        f"{names}: some of these questions may look like an attack. Its log will show:",
        *logs,
        "Ban tools may count them and lock this address out. Ask only servers that you run, or may test.",
    ]
