"""How `explain` shows what it found: every event, or many of them counted with an example of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from smtpprobe.catalogue.languages import Words
from smtpprobe.cli import options
from smtpprobe.diagnosis import Diagnosis
from smtpprobe.explain.reading import Reading
from smtpprobe.explain.tally import Tally
from smtpprobe.render.paper import Console

ONE_BY_ONE = 12
OF_A_DIALOGUE = 250


class Diagnoses:
    """Writes diagnoses to a stream as the options say. ``given`` are the command's options."""

    def __init__(self, stream: IO[str], words: Words, given: dict[str, Any]) -> None:
        self._stream, self._words, self._given = stream, words, given

    def each(self, diagnoses: Iterable[Diagnosis]) -> None:
        """All of them, as they come."""
        if self._given["format"] == "json":
            from smtpprobe.render import json
            from smtpprobe.render.diagnoses import build_item

            for one in diagnoses:
                self._stream.write(json.compact(build_item(one)))
        else:
            self._one_by_one(diagnoses, several=True)

    def counted(self, diagnoses: Iterable[Diagnosis], reading: Reading) -> None:
        """All of a few events, or of a dialogue; of many their numbers and an example of each kind."""
        tally = Tally()
        kept: list[Diagnosis] = []
        only_dialogue = True
        for one in diagnoses:
            tally.add(one)
            only_dialogue = only_dialogue and one.event.source == "dialogue"
            if tally.events <= (OF_A_DIALOGUE if only_dialogue else ONE_BY_ONE):
                kept.append(one)
        whole = len(kept) == tally.events
        digest = tally.digest(reading.lines, reading.unread)
        if self._given["format"] == "json":
            from smtpprobe.render import json
            from smtpprobe.render.diagnoses import build_explained

            items = kept if whole else [group.example for group in digest.groups]
            self._stream.write(json.pretty(build_explained(digest, items, self._words.lang)))
        elif whole:
            self._one_by_one(kept, several=len(kept) > 1)
        else:
            from smtpprobe.render.explained import digest_text

            digest_text(digest, self._console(), self._given["top"])

    def _one_by_one(self, diagnoses: Iterable[Diagnosis], *, several: bool) -> None:
        from smtpprobe.render import explained

        screen = self._console()
        for number, one in enumerate(diagnoses):
            if self._given["quiet"]:
                explained.diagnosis_row(one, screen)
                continue
            if number:
                screen.print()
            if several:
                explained.heading(one.event.given, screen)
            self._in_full(one, screen)

    def _in_full(self, one: Diagnosis, screen: Console) -> None:
        from smtpprobe.catalogue import codes
        from smtpprobe.render import entry, explained

        event = one.event
        bare = event.given == str(event.code) and not self._given["command"] and not event.context
        if not bare:
            explained.diagnosis_text(one, screen, explained.trace_command(event))
        if event.code is not None and (bare or self._given["verbose"]):
            if not bare:
                screen.print()
            entry.code_text(self._words.translated(codes.lookup(event.code)), screen)

    def _console(self) -> Console:
        return Console(self._stream, color=options.colour(self._given["no_color"]), word=self._words.text)
