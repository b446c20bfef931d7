"""``smtpprobe check``: servers held to expectations."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import IO, Any

import click

from smtpprobe.changes import DocumentError, write_baseline
from smtpprobe.check import baseline
from smtpprobe.check.main import AT_ONCE, check
from smtpprobe.cli import initial, interrupts, options
from smtpprobe.cli.books import book_of, logins_of
from smtpprobe.cli.connecting import connecting_options, dialled_alone, resolver_of
from smtpprobe.cli.errors import Refused, say, unknown
from smtpprobe.cli.exit_status import check_status, nagios_status
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.loop import run, stop_event, tell_faults
from smtpprobe.cli.output import output_stream
from smtpprobe.cli.progress import waiting
from smtpprobe.expect.presets import PRESETS
from smtpprobe.expect.servers import MOST_RETRIES, Book, Server
from smtpprobe.expectation import Checking
from smtpprobe.journey import Login
from smtpprobe.names import Resolver
from smtpprobe.outcome import Profile, Severity
from smtpprobe.render import CHECK_FORMS, CHECK_RENDERERS


@click.command("check")
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--target", multiple=True, metavar="TARGET", help="Check this server, without a file.")
@click.option("--preset", type=click.Choice(list(PRESETS)), help="Hold --target to these expectations.")
@click.option(
    "--group", multiple=True, callback=options.names, metavar="NAME,...", help="Only servers of these groups."
)
@click.option("--init", metavar="TARGET", help="Write FILE from what this server does today.")
@click.option("--baseline", metavar="FILE", help="Fail on what has changed since this file was saved.")
@click.option("--save-baseline", metavar="FILE", help="Write down how the servers are today.")
@click.option("--also", multiple=True, metavar="FORMAT=FILE", help="Write this form too.")
@click.option(
    "--profile",
    type=click.Choice([str(one) for one in Profile if one is not Profile.SECURITY]),
    help="Ask at least so much.  [default: ehlo, and what is expected]",
)
@click.option(
    "--retries",
    type=click.IntRange(0, MOST_RETRIES),
    metavar="N",
    help="Ask again so often where something is undecided.",
)
@click.option(
    "--at-once",
    type=click.IntRange(1, 500),
    metavar="N",
    default=AT_ONCE,
    show_default=True,
    help="Servers asked at a time.",
)
@connecting_options
@click.option(
    "--fail-on",
    type=click.Choice([*(str(one) for one in Severity), "never"]),
    default="error",
    show_default=True,
    help="Exit 1 for a finding of this severity or above.",
)
@click.option("--inconclusive", type=click.Choice(["fail", "pass"]), help="Exit 1 or 0 instead of 4.")
@options.output_options(*CHECK_FORMS, quiet="Print the counts alone.", verbose="Add all that was met, and by what.")
def command(**given: Any) -> int:
    """Hold mail servers to what FILE expects of them (smtpprobe.toml, where none is named).

    \b
    smtpprobe check --init mx1.example.org       write smtpprobe.toml
    smtpprobe check                              hold its servers to it
    smtpprobe check --target mx1.example.org --preset mx
    smtpprobe check --format junit -o report.xml

    No message is ever sent. Secrets come from the environment or a file that the expectations name.

    \b
    Exit status:
      0  every expectation was met
      1  an expectation failed, or there is a finding at or above --fail-on
      2  a mistake in the file or on the command line: nothing was sent
      3  no SMTP conversation was possible
      4  inconclusive: try again
    """
    if given["init"]:
        return initial.write(given)
    also = _further_forms(given["also"])
    book = book_of(given)
    logins = logins_of(book)
    before = _baseline(given["baseline"])
    resolver = resolver_of({**given, "resolver": given["resolver"] or book.tables.defaults.resolver})
    with contextlib.ExitStack() as stack:
        stop = stack.enter_context(interrupts.heeded())
        stream = stack.enter_context(output_stream(given["output"], lines=given["format"] == "json"))
        others = [(form, stack.enter_context(output_stream(path, option="--also"))) for form, path in also]
        with waiting(f"asking {_counted(book)} …"):
            checking = run(_check(book, logins, resolver, given, stop, stream))
        if before is not None:
            checking = baseline.against(checking, before)
        _show(checking, given, stream)
        for form, other in others:
            other.write(CHECK_RENDERERS[form](checking))
    if given["save_baseline"]:
        _save(checking, given["save_baseline"])
    return nagios_status(checking) if given["format"] == "nagios" else check_status(checking)


def _baseline(path: str | None) -> dict[str, Any] | None:
    try:
        return None if path is None else baseline.read(Path(path))
    except DocumentError as error:
        raise Refused(str(error)) from None


def _save(checking: Checking, path: str) -> None:
    found, silent = baseline.snapshots(checking)
    with output_stream(path, option="--save-baseline") as stream:
        stream.write(write_baseline(found).decode())
    if silent:
        say(f"there was no conversation with {', '.join(silent[:10])}: the baseline has nothing of it; save it again.")


def _counted(book: Book) -> str:
    return f"{len(book.servers)} server{'' if len(book.servers) == 1 else 's'}"


def _further_forms(values: tuple[str, ...]) -> list[tuple[str, str]]:
    """``FORMAT=FILE``, several times."""
    found = []
    for value in values:
        form, equals, path = value.partition("=")
        if not equals or not path:
            raise Refused(f"--also {value[:60]!r} names no file: write --also junit=report.xml.")
        if form not in CHECK_FORMS:
            raise unknown([form], CHECK_FORMS, "format")
        found.append((form, path))
    return found


async def _check(
    book: Book, logins: dict[Server, Login], resolver: Resolver, given: dict[str, Any], stop: Stop, stream: object
) -> Checking:
    tell_faults()
    async with resolver:
        return await check(
            book.servers,
            resolver,
            file=book.file,
            logins=logins,
            dialled=dialled_alone(given),
            at_once=given["at_once"],
            inconclusive=given["inconclusive"],
            stop=stop_event(stop, stream),
        )


def _show(checking: Checking, given: dict[str, Any], stream: IO[str]) -> None:
    if given["format"] == "text":
        from smtpprobe.render import check_text
        from smtpprobe.render.screen import console

        screen = console(stream, color=options.colour(given["no_color"]))
        check_text.show(checking, screen, verbose=given["verbose"], brief=given["quiet"])
    else:
        stream.write(CHECK_RENDERERS[given["format"]](checking))
    stream.flush()
    if given["format"] == "github":
        _summarise(checking)


def _summarise(checking: Checking) -> None:
    """GitHub Actions names the file that the summary of a step is added to."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from smtpprobe.render import check_github

    try:
        with open(path, "a", encoding="utf-8") as file:
            file.write(check_github.summary(checking))
    except OSError as error:
        say(f"the summary of the step cannot be written ({error.strerror}): look at GITHUB_STEP_SUMMARY.")
