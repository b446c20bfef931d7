"""``smtpprobe explain``: a code, a reply, a dialogue, a log, an error, a bounce, and what it means."""

from __future__ import annotations

from typing import Any

import click

from smtpprobe.catalogue import codes
from smtpprobe.cli import language, options
from smtpprobe.cli.output import output_stream
from smtpprobe.outcome import ExitCode, Reason


@click.command("explain")
@click.argument("text", nargs=-1)
@click.option("--file", metavar="FILE", help="Read this file (- for stdin), .gz too, or each file of this folder.")
@click.option("--command", metavar="LINE", help="The command that got this reply, such as 'AUTH CRAM-MD5'.")
@click.option("--each", is_flag=True, help="Explain every event, however many; as JSON one document a line.")
@click.option("--top", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Groups and hosts to show.")
@click.option("--reason", multiple=True, callback=options.names, metavar="REASON", help="Only events of this reason.")
@click.option("--host", metavar="HOST", default="", help="Only what this host said, or a host of this domain.")
@click.option("--since", metavar="WHEN", help="Only what happened since then: 2h, 7d, 10:30, 2026-11-20.")
@language.option
@options.output_options(
    "text", "json", quiet="Show a row for each event.", verbose="Add what the catalogue says of each code."
)
def command(text: tuple[str, ...], **given: Any) -> ExitCode:
    """Explain a code, a reply, a dialogue, log lines, a program's error, a bounce or a mailbox of them.

    \b
    smtpprobe explain 504
    smtpprobe explain '550 5.7.1 Relay access denied'
    smtpprobe explain --file /var/log/mail.log --since 2h
    smtpprobe explain --file bounce.eml

    Without TEXT it is read from stdin. Many events are counted first, with one worked example of each kind.
    """
    options.known(given["reason"], [str(reason) for reason in Reason], "reason")
    code = "".join(text).strip()
    if code.isascii() and code.isdecimal() and len(code) == 3 and not code.startswith("0") and _plain(given):
        _page(int(code), given)
        return ExitCode.OK
    from smtpprobe.cli.explaining import explain

    return explain(text, given)


def _plain(given: dict[str, Any]) -> bool:
    """Is nothing asked for that needs more than the catalogue's page of a code?"""
    others = ("file", "command", "each", "reason", "host", "since", "quiet")
    return given["format"] == "text" and not any(given[name] for name in others)


def _page(code: int, given: dict[str, Any]) -> None:
    """What the catalogue says of a code. There is nothing to read, so what reads is not loaded."""
    from smtpprobe.render import entry
    from smtpprobe.render.paper import Console

    words = language.chosen(given)
    with output_stream(given["output"]) as stream:
        screen = Console(stream, color=options.colour(given["no_color"]), word=words.text)
        entry.code_text(words.translated(codes.lookup(code)), screen)
