"""What ``codes`` and ``extensions`` share: rows for many entries, a page for one, or JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from smtpprobe.catalogue.languages import Words
from smtpprobe.cli import options
from smtpprobe.cli.output import output_stream
from smtpprobe.render.paper import Console

Show = Callable[[Console], None]


def browse(
    given: dict[str, Any], words: Words, document: Callable[[], object], rows: Sequence[Show], pages: Sequence[Show]
) -> None:
    """Write what was found. ``rows`` print the lists, one below the other, and ``pages`` one entry each."""
    with output_stream(given["output"]) as stream:
        if given["format"] == "json":
            from smtpprobe.render import json

            stream.write(json.pretty(document()))
            return
        screen = Console(stream, color=options.colour(given["no_color"]), word=words.text)
        listed = given["quiet"] or (len(pages) > 1 and not given["verbose"])
        for number, show in enumerate(rows if listed else pages):
            if number:
                screen.print()
            show(screen)
