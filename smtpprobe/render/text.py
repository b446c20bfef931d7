"""The report for people: the dialogue, then the summary. Prints only; what is true was decided before."""

from __future__ import annotations

import io

from smtpprobe.model import Exchange, Finding, Report, Transcript
from smtpprobe.outcome import Outcome, Severity, Stage
from smtpprobe.render import escape, tables
from smtpprobe.render.failures import next_step, sentence
from smtpprobe.render.live import Live, replay
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen, count, duration
from smtpprobe.render.screen import console as make_console
from smtpprobe.render.timings import stage_ticks

WIDTH = 80
_SHOWN_EVIDENCE = 2
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_LABEL = " " * 11


def render(report: Report) -> str:
    """The whole text at 80 columns, without colour."""
    stream = io.StringIO()
    console = make_console(stream, color=False, width=WIDTH)
    replay(report, Live(console))
    summary(report, console)
    return stream.getvalue()


def summary(report: Report, console: Console, brief: bool = False) -> None:
    """What follows the dialogue. A brief one has the table of capabilities, the findings and the verdict alone."""
    screen = Screen(console)
    run = report.transcript
    if not brief:
        _software(screen, run)
    tables.capabilities(screen, run)
    if not brief:
        tables.questions(screen, run)
    _findings(screen, report)
    if run.exchanges:
        screen.blank()
    _verdict(screen, report)
    if run.exchanges and not brief:
        _timings(screen, run)
        _totals(screen, run)


def verdict(report: Report, console: Console) -> None:
    """The least that can be said: the failure and what to do next, or the verdict."""
    _verdict(Screen(console), report)


def _verdict(screen: Screen, report: Report) -> None:
    run, verdict = report.transcript, report.verdict
    if run.failure is not None and (run.outcome is not Outcome.ANSWERED or run.failure.stage is Stage.RESOLVE):
        told = sentence(run.failure, run)
        screen.paragraph("", told, style="bold")
        if verdict.startswith(told):
            # What the verdict adds to the failure is the better next step.
            screen.paragraph("", verdict.removeprefix(told).strip() or next_step(run.failure, run))
            return
        screen.paragraph("", next_step(run.failure, run))
    if verdict:
        screen.paragraph("", verdict, style="bold")


def _software(screen: Screen, run: Transcript) -> None:
    if run.software is not None:
        name = f"{run.software.name} {run.software.version or ''}".strip()
        screen.blank()
        screen.paragraph(
            f"{screen.word('Software')}  ", f"{name} ({run.software.evidence})", label_style="bold", rows=2
        )


def _findings(screen: Screen, report: Report) -> None:
    shown = sorted(report.findings, key=lambda finding: -list(Severity).index(finding.severity))
    if shown:
        screen.blank()
        screen.row((screen.word("Findings"), "bold"))
    for finding in shown:
        label = f"  {finding.severity:<9}"
        screen.paragraph(label, f"{finding.rule}: {finding.summary}", label_style=_STYLES[finding.severity])
        _advice(screen, finding, report.transcript.exchanges)


def _advice(screen: Screen, finding: Finding, exchanges: tuple[Exchange, ...]) -> None:
    if finding.advice:
        screen.paragraph(_LABEL, finding.advice)
    if finding.severity is Severity.INFO:
        return
    heard = dict.fromkeys(_heard(exchanges[n]) for n in finding.evidence if 0 <= n < len(exchanges))
    for words in list(heard)[:_SHOWN_EVIDENCE]:
        screen.paragraph(_LABEL, f"heard: {words}", style="dim", rows=1)
    if finding.references:
        screen.items(_LABEL, finding.references, style="dim")


def _heard(exchange: Exchange) -> str:
    """``504 to AUTH X: unknown mechanism``: one exchange in one row. Of an EHLO reply it is the keywords that tell."""
    command = "on connecting" if exchange.command is None else f"to {escape.terminal(exchange.command.text)}"
    after = f"; then {exchange.failure.kind.meaning}" if exchange.failure is not None else ""
    if exchange.reply is None:
        return f"nothing, {command}{after}"
    hello = exchange.command is not None and exchange.command.verb in ("EHLO", "LHLO")
    texts = [text.decode("utf-8", "backslashreplace") for text in exchange.reply.texts]
    words = ", ".join(texts[1:]) if hello and len(texts) > 1 else "".join(texts[:1])
    return f"{exchange.code or '???'} {command}: {words}{after}"


def _timings(screen: Screen, run: Transcript) -> None:
    stages = stage_ticks(run)
    if stages:
        shown = (f"{stage} {duration(ticks)}" for stage, ticks in stages.items())
        screen.items(f"{screen.word('Time')}  ", shown, style="dim", label_style="dim")


def _totals(screen: Screen, run: Transcript) -> None:
    commands = sum(exchange.command is not None for exchange in run.exchanges)
    seconds = max(run.ended_ns - run.started_ns, 0) / 1e9
    parts = (
        count(commands, "command"),
        count(len(run.connections), "connection"),
        count(run.round_trips, "round trip"),
        f"{seconds:.1f} s",
    )
    screen.items("", parts, style="dim")
