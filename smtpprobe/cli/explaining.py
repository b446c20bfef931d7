"""The road of `explain`: inputs are read, their events explained, and those that are wanted shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smtpprobe.cli import interrupts, language, sources
from smtpprobe.cli.diagnoses import Diagnoses
from smtpprobe.cli.errors import Incomplete, Refused, say
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.output import output_stream
from smtpprobe.cli.progress import watched
from smtpprobe.cli.streams import Output
from smtpprobe.diagnosis import Diagnosis, Event
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.explain.reading import Reading
from smtpprobe.explain.selection import Selection
from smtpprobe.explain.text import NOTHING
from smtpprobe.outcome import ExitCode, Reason

_NOTHING_YET = "stopped before there was anything to show."
_NO_BOUNCE = (
    "None of the {messages:,} messages is a bounce or quotes a reply: give the report that the mail came back with."
)
_NONE_LEFT = "Nothing is left of {events:,} events with --since, --reason and --host as given: ask for more."


def explain(text: tuple[str, ...], given: dict[str, Any]) -> ExitCode:
    """Explain what the words or the options name. ``given`` are the command's options."""
    reading, chosen, words = Reading(given["command"]), _selection(given), language.chosen(given)
    explainer = Explainer(words.translated)
    with interrupts.heeded() as stop:
        diagnoses = chosen.of(explainer.explain(event) for event in _events(text, given["file"], reading, stop))
        first = next(diagnoses, None)
        if first is None:
            raise Incomplete(_NOTHING_YET) if stop.cut else Refused(_why_nothing(reading, chosen))
        with output_stream(given["output"], lines=given["each"] and given["format"] == "json") as stream:
            if isinstance(stream, Output):
                stream.on_loss = stop.ask
            shown = Diagnoses(stream, words, given)
            if given["each"]:
                shown.each(_again(first, diagnoses))
            else:
                shown.counted(_again(first, diagnoses), reading)
            stream.flush()
        if stop.signalled and stop.cut:
            say(f"{given['file'] or 'stdin'} was not read to its end (stopped by you): what came before is explained.")
            return ExitCode.INCONCLUSIVE
    return ExitCode.OK


def _selection(given: dict[str, Any]) -> Selection:
    try:
        return Selection(given["since"], [Reason[word.upper()] for word in given["reason"]], given["host"])
    except ValueError as error:
        raise Refused(str(error)) from error


def _events(text: tuple[str, ...], path: str | None, reading: Reading, stop: Stop) -> Iterator[Event]:
    if text and path is not None:
        raise Refused("TEXT and --file exclude each other: give one of them.")
    if text:
        given: Iterator[sources.Source] = iter([sources.of_words(" ".join(text))])
    elif path is None or path == "-":
        given = iter([sources.of_stdin(stop)])
    else:
        given = sources.of_path(path, stop)
    for source in watched(given):
        yield from reading.events(source)
        if stop.asked:
            return
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
