"""``smtpprobe demo``: the three uses, shown on the embedded fake server and with no network."""

from __future__ import annotations

import asyncio
from typing import Any

import click

from smtpprobe.cli import interrupts, options
from smtpprobe.cli.errors import Incomplete
from smtpprobe.cli.exit_status import check_status
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.loop import run, stop_event, tell_faults
from smtpprobe.cli.output import output_stream
from smtpprobe.expect.base import Facts
from smtpprobe.expect.hold import hold_address
from smtpprobe.expect.places import Places
from smtpprobe.expect.servers import converted
from smtpprobe.expectation import Checked, Checking
from smtpprobe.explain import explain_text
from smtpprobe.fake import FakeServer, load
from smtpprobe.model import Report, Route
from smtpprobe.render import check_text
from smtpprobe.render.explained import diagnosis_text
from smtpprobe.render.live import Live
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen, console
from smtpprobe.render.text import summary
from smtpprobe.run import Settings, probe
from smtpprobe.target import parse

_ASKED = "AUTH SMTPPROBE"
#: What a file of expectations would say.
_EXPECTED = {
    "extensions": {"present": ["STARTTLS", "SIZE >= 10MB"], "kept": ["DSN"]},
    "auth": {"in_clear": False},
    "tls": {"version": "1.2"},
    "certificate": {"days_left": 14},
}
_PROBES = ("help", "help-topic", "auth-unknown", "mail-parameter", "vrfy-postmaster")


@click.command("demo")
@options.output_options("text", quiet="Leave the dialogue out.", verbose="Ask all that probe asks by itself.")
def command(**given: Any) -> None:
    """Show the three uses of smtpprobe on a fake server that it starts itself. Needs no network."""
    with interrupts.heeded() as stop, output_stream(given["output"]) as stream:
        screen = console(stream, color=options.colour(given["no_color"]))
        _heading(screen, "1. What does this server support, and does it keep what it promises?", "smtpprobe probe HOST")
        report = run(_probe(screen, given, stop), asyncio.new_event_loop)
        summary(report, screen, brief=given["quiet"])
        if stop.signalled:
            raise Incomplete("stopped in the middle of the demonstration: run it again to see the rest.")
        reply = _refusal(report)
        _heading(screen, "2. Why does my sender fail?", f"smtpprobe explain --command '{_ASKED}' '{reply}'")
        for diagnosis in explain_text(reply, _ASKED):
            diagnosis_text(diagnosis, screen)
        _heading(screen, "3. Does the server meet expectations?", "smtpprobe check")
        checking = _held(report)
        check_text.show(checking, screen)
        Screen(screen).paragraph("", f"exit status {check_status(checking)}")


async def _probe(screen: Console, given: dict[str, Any], stop: Stop) -> Report:
    tell_faults()
    ended = stop_event(stop, screen.stream)
    async with FakeServer(load("demo")) as server:
        target = parse(f"{server.host}:{server.port}")
        route = Route(target.host, server.host, server.port)
        only = () if given["verbose"] else _PROBES
        settings = Settings(only=only, domain="demo.example", sni=server.personality.hostname, lanes=1)
        return await probe(target, route, settings, watcher=None if given["quiet"] else Live(screen), stop=ended)


def _held(report: Report) -> Checking:
    """What was heard, held to expectations."""
    run_of = report.transcript
    book = converted({"server": [{"target": "mail.demo.example", "expect": _EXPECTED}]}, Places(b"", ""))
    (server,) = book.servers
    held = hold_address(server.expectations, Facts(report, (report,)), None)
    took = run_of.ended_ns - run_of.started_ns
    checked = Checked(server.name, server.target, run_of.outcome, held, (report,), elapsed_ns=took)
    return Checking("", (checked,), run_of.started, took)


def _refusal(report: Report) -> str:
    """What the fake server said to the mechanism that it does not know."""
    for exchange in report.transcript.exchanges:
        if exchange.command is not None and exchange.command.line == _ASKED.encode() and exchange.reply is not None:
            return f"{exchange.reply.code} {exchange.reply.text}"
    return "504"


def _heading(screen: Console, title: str, shown: str) -> None:
    screen.print()
    Screen(screen).rule(title)
    Screen(screen).paragraph("$ ", shown, style="dim")
    screen.print()
