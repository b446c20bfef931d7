"""``smtpprobe explain``: a code, a reply, a dialogue, a log, an error, a bounce, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from smtpprobe.cli import language, options, sources
from smtpprobe.cli.diagnoses import Diagnoses
from smtpprobe.cli.errors import Refused, say
from smtpprobe.cli.progress import watched
from smtpprobe.cli.streams import output_stream
from smtpprobe.diagnosis import Diagnosis, Event
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.explain.reading import Reading
from smtpprobe.explain.selection import Selection
from smtpprobe.explain.text import NOTHING
from smtpprobe.outcome import Reason

_NO_BOUNCE = (
    "None of the {messages:,} messages is a bounce or quotes a reply: give the report that the mail came back with."
)
_NONE_LEFT = "Nothing is left of {events:,} events with --since, --reason and --host as given: ask for more."


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
def command(text: tuple[str, ...], **given: Any) -> None:
    """Explain a code, a reply, a dialogue, log lines, a program's error, a bounce or a mailbox of them.

    \b
    smtpprobe explain 504
    smtpprobe explain '550 5.7.1 Relay access denied'
    smtpprobe explain --file /var/log/mail.log --since 2h
    smtpprobe explain --file bounce.eml

    Without TEXT it is read from stdin. Many events are counted first, with one worked example of each kind.
    """
    options.known(given["reason"], [str(reason) for reason in Reason], "reason")
    reading, chosen, words = Reading(given["command"]), _selection(given), language.chosen(given)
    explainer = Explainer(words.translated)
    diagnoses = chosen.of(explainer.explain(event) for event in _events(text, given["file"], reading))
    first = next(diagnoses, None)
    if first is None:
        raise Refused(_why_nothing(reading, chosen))
    with output_stream(given["output"]) as stream:
        shown = Diagnoses(stream, words, given)
        if given["each"]:
            shown.each(_again(first, diagnoses))
        else:
            shown.counted(_again(first, diagnoses), reading)


def _selection(given: dict[str, Any]) -> Selection:
    try:
        return Selection(given["since"], [Reason[word.upper()] for word in given["reason"]], given["host"])
    except ValueError as error:
        raise Refused(str(error)) from error


def _events(text: tuple[str, ...], path: str | None, reading: Reading) -> Iterator[Event]:
    if text and path is not None:
        raise Refused("TEXT and --file exclude each other: give one of them.")
    if text:
        given: Iterator[sources.Source] = iter([sources.of_words(" ".join(text))])
    elif path is None or path == "-":
        given = iter([sources.of_stdin()])
    else:
        given = sources.of_path(path)
    for source in watched(given):
        yield from reading.events(source)
        if source.damage:
            say(f"{path or 'stdin'} breaks off ({source.damage}): what came before is explained.")


def _again(first: Diagnosis, others: Iterator[Diagnosis]) -> Iterator[Diagnosis]:
    yield first
    yield from others


def _why_nothing(reading: Reading, chosen: Selection) -> str:
    if chosen.seen:
        return _NONE_LEFT.format(events=chosen.seen)
    if reading.messages:
        return _NO_BOUNCE.format(messages=reading.messages)
    return NOTHING
