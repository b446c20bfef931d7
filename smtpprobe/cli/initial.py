"""``check --init``: the first file of expectations, written from what a server does today."""

from __future__ import annotations

import os
from typing import Any

import click

from smtpprobe import target as targets
from smtpprobe.cli import interrupts
from smtpprobe.cli.books import USUAL
from smtpprobe.cli.connecting import dialling, resolver_of
from smtpprobe.cli.errors import Refused, say
from smtpprobe.cli.exit_status import exit_status
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.loop import run, stop_event, tell_faults
from smtpprobe.cli.output import output_stream
from smtpprobe.cli.progress import waiting
from smtpprobe.expect.presets import PRESETS
from smtpprobe.expect.servers import parse
from smtpprobe.expect.writing import QUESTIONS, written
from smtpprobe.model import Report, Target
from smtpprobe.names import Resolver
from smtpprobe.outcome import ExitCode, Profile
from smtpprobe.render import escape
from smtpprobe.run import Settings, survey


def write(given: dict[str, Any]) -> ExitCode:
    """Ask the server that ``--init`` names, and write FILE. Raises Refused for a file that is there."""
    path = given["file"] or USUAL
    if given["target"]:
        raise Refused("--init and --target exclude each other: --init asks one server and writes FILE.")
    if os.path.lexists(path):
        raise Refused(f"{path} is there already: name another FILE, or move it away.")
    port = PRESETS[given["preset"]].port if given["preset"] else None
    try:
        target = targets.parse(given["init"], port=port)
    except targets.TargetError as error:
        raise Refused(str(error)) from error
    profile = Profile(given["profile"] or "capabilities")  # type: ignore[call-arg]
    settings = Settings(profile=profile, dialogues=QUESTIONS, **dialling(given))
    resolver = resolver_of(given)
    with interrupts.heeded() as stop, waiting(f"asking {escape.terminal(given['init'])} …"):
        report = run(_ask(target, settings, resolver, given, stop))
    run_of = report.transcript
    if run_of.clear is None and run_of.encrypted is None:
        say(f"there is nothing to write down: {report.verdict}")
        return exit_status([report], "never", given["inconclusive"])
    text = written(report, given["init"])
    count = len(parse(text.encode(), path).servers[0].expectations)
    with output_stream(path, option="FILE") as stream:
        stream.write(text)
    click.echo(
        f"{escape.terminal(path)} expects {count} things of {escape.terminal(given['init'])}, as it is today.\n"
        f"Read it, strike what may change, then: smtpprobe check{'' if path == USUAL else ' ' + escape.terminal(path)}"
    )
    return ExitCode.OK


async def _ask(target: Target, settings: Settings, resolver: Resolver, given: dict[str, Any], stop: Stop) -> Report:
    tell_faults()
    async with resolver:
        async for report in survey(
            target,
            settings,
            resolver,
            family=given["family"] or "any",
            allow_private=given["allow_private"],
            stop=stop_event(stop, None),
        ):
            return report
    raise AssertionError("a survey gives at least one report")
