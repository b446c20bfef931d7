"""``smtpprobe diff``: what changed between two reports, or two servers."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import IO, Any

import click

from smtpprobe import changes, target
from smtpprobe.changes import Also, DocumentError, Snapshot
from smtpprobe.changes.shape import LARGEST
from smtpprobe.cli import interrupts, options, sources
from smtpprobe.cli.connecting import connecting_options, dialling, resolver_of
from smtpprobe.cli.errors import Refused
from smtpprobe.cli.exit_status import diff_status
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.loop import run, stop_event, tell_faults
from smtpprobe.cli.output import output_stream
from smtpprobe.cli.progress import waiting
from smtpprobe.expectation import Difference
from smtpprobe.model import Target
from smtpprobe.names import Resolver
from smtpprobe.outcome import ExitCode, Profile
from smtpprobe.render import escape
from smtpprobe.run import Settings, survey

PROFILES = [str(one) for one in Profile if one is not Profile.SECURITY]
#: A name that ends so is a file that is missing and no host.
_LIKE_FILES = (".json", ".jsonl", ".ndjson", ".gz", ".txt")

Side = Target | tuple[Snapshot, ...]


@click.command("diff")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--also", multiple=True, callback=options.names, metavar="WORD,...", help=f"Compare: {', '.join(Also)}.")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default="capabilities",
    show_default=True,
    help="How much to ask a live server.",
)
@click.option(
    "--domain",
    callback=options.checked(target.host_name),
    metavar="DOMAIN",
    help="A domain whose mail the live server takes.",
)
@connecting_options
@click.option("--inconclusive", type=click.Choice(["fail", "pass"]), help="Exit with 1 (fail) or 0 (pass), not with 4.")
@options.output_options(
    "text", "json", quiet="Show a row for each server.", verbose="Show before and after of every change, in full."
)
def command(a: str, b: str, **given: Any) -> ExitCode:
    """Tell what changed between two reports, or between a report and what the server does now.

    \b
    smtpprobe diff monday.json tuesday.json
    smtpprobe diff monday.json mail.example.org
    smtpprobe diff old.example.org new.example.org

    A and B are files (reports, traces, checks, baselines; - for stdin) or live servers, which are probed.
    Dates, ids, times and the order of keywords count only with --also.

    \b
    Exit status:
      0  nothing changed
      1  something changed
      2  a mistake on the command line: nothing was sent
      3  no SMTP conversation was possible, on either side
      4  inconclusive: try again
    """
    options.known(given["also"], list(Also), "kind of difference")
    if a == b == "-":
        raise Refused("Both sides cannot come from stdin: give a file or a server for one of them.")
    settings = Settings(
        profile=Profile(given["profile"]),  # type: ignore[call-arg]
        domain=given["domain"],
        **dialling(given),
    )
    resolver = resolver_of(given)
    with interrupts.heeded() as stop, output_stream(given["output"]) as stream:
        sides = [_side(text, stop) for text in (a, b)]
        _check_also(sides, given["also"])
        before, after = run(_asked(sides, settings, resolver, given, stop, stream))
        found = changes.differences(before, after, (a, b), frozenset(given["also"]))
        _show(found, given, stream)
    outcomes = [one.outcome for side in (before, after) for one in side]
    changed = any(one.changes for one in found)
    return diff_status(changed, outcomes, given["inconclusive"], stopped=stop.asked)


def _side(text: str, stop: Stop) -> Side:
    """What a file tells of, or the server to ask."""
    named, path = text.startswith("file:"), text.removeprefix("file:")
    if text == "-":
        return _read(text, stop)
    if named or _is_file(text):
        if os.path.isdir(path):
            raise Refused(f"{path!r} is a folder: name a report in it, or write smtp://{os.path.basename(path)}.")
        return _read(path, stop)
    try:
        return target.parse(text)
    except target.TargetError as error:
        raise Refused(str(error)) from error


def _is_file(text: str) -> bool:
    """Is it there, or does it look so much like a path that a host cannot be meant?"""
    path = "/" in text and "://" not in text and not text.startswith(("unix:", "lmtp+unix:"))
    return path or text.endswith(_LIKE_FILES) or os.path.exists(text)


def _read(path: str, stop: Stop) -> tuple[Snapshot, ...]:
    if path == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise Refused("There is nothing on stdin: pipe a report into it, as in smtpprobe probe --format json HOST.")
        source = sources.of_stdin(stop)
    else:
        (source,) = sources.of_path(path, stop)
    try:
        data = source.whole(LARGEST + 1)
    finally:
        source.close()
    place = "stdin" if path == "-" else path
    if source.damage:
        raise Refused(f"{place} cannot be read to its end ({source.damage}): check the file.")
    try:
        return changes.read(data, place)
    except DocumentError as error:
        raise Refused(str(error)) from error


def _check_also(sides: Sequence[Side], also: Sequence[str]) -> None:
    baselines = [one for side in sides if isinstance(side, tuple) for one in side if one.folded]
    if also and baselines:
        raise Refused(f"A baseline keeps nothing of {', '.join(also)}: leave --also out, or compare two reports.")


async def _asked(
    sides: Sequence[Side], settings: Settings, resolver: Resolver, given: dict[str, Any], stop: Stop, stream: object
) -> list[tuple[Snapshot, ...]]:
    """Both sides, the live ones probed one after the other."""
    tell_faults()
    event = stop_event(stop, stream)
    found = []
    async with resolver:
        for side in sides:
            if isinstance(side, tuple):
                found.append(side)
                continue
            from smtpprobe.render import json

            with waiting(f"probing {escape.terminal(side.text)} …"):
                reports = [
                    report
                    async for report in survey(
                        side,
                        settings,
                        resolver,
                        family=given["family"] or "any",
                        allow_private=given["allow_private"],
                        stop=event,
                    )
                ]
            found.append(tuple([changes.snapshot(json.line(report).encode()) for report in reports]))
    return found


def _show(found: Sequence[Difference], given: dict[str, Any], stream: IO[str]) -> None:
    if given["format"] == "text":
        from smtpprobe.render import diff_text
        from smtpprobe.render.screen import console

        screen = console(stream, color=options.colour(given["no_color"]))
        diff_text.show(found, screen, verbose=given["verbose"], brief=given["quiet"])
    else:
        from smtpprobe.render import DIFF_RENDERERS

        stream.write(DIFF_RENDERERS[given["format"]](found))
    stream.flush()
