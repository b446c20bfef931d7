"""Prints reports as they come, in the form and the language that were asked for."""

from __future__ import annotations

import sys
from typing import IO, Any

import msgspec

from smtpprobe.cli import language, options
from smtpprobe.model import Report
from smtpprobe.watch import Watcher


class Show:
    """``single``: one report is all there will be. ``watcher`` shows the dialogue as it happens, where that is wanted.

    The dialogue belongs to the text on stdout; beside every other form it is a diagnostic, for ``-v`` and stderr.
    """

    def __init__(self, given: dict[str, Any], stream: IO[str], *, single: bool) -> None:
        self._given = given
        self._words = language.chosen(given)
        self.stream = stream
        self._single = single
        whole = given["format"] == "text" and not (given["brief"] or given["quiet"])
        self.watcher: Watcher | None = None
        if whole or given["verbose"]:
            self.watcher = self._live(stream if whole else sys.stderr)

    def _live(self, stream: IO[str]) -> Watcher:
        from smtpprobe.render.live import Live
        from smtpprobe.render.screen import console
        from smtpprobe.render.turns import InTurns

        screen = console(stream, color=options.colour(self._given["no_color"]), word=self._words.text)
        return InTurns(Live(screen, self._words.translated))

    def report(self, report: Report) -> None:
        """One finished report."""
        if self._given["format"] == "json":
            self._as_json(report)
        else:
            self._as_text(report)
        self.stream.flush()

    def _as_json(self, report: Report) -> None:
        from smtpprobe.render import json

        report = msgspec.structs.replace(report, notes=self._words.translated(report.notes))
        form = json.render if self._single else json.line
        self.stream.write(form(report, self._words.lang))

    def _as_text(self, report: Report) -> None:
        from smtpprobe.render import text
        from smtpprobe.render.screen import console

        screen = console(self.stream, color=options.colour(self._given["no_color"]), word=self._words.text)
        if self._given["quiet"]:
            text.verdict(report, screen)
        else:
            text.summary(report, screen, brief=self._given["brief"])
