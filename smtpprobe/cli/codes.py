"""``smtpprobe codes``: the catalogue of reply codes."""

from __future__ import annotations

from typing import Any

import click

from smtpprobe.catalogue import codes
from smtpprobe.cli import options
from smtpprobe.cli.errors import Refused
from smtpprobe.cli.streams import output_stream


@click.command("codes")
@click.argument("query", nargs=-1)
@options.output_options(
    "text", "json", quiet="Show a row for each code, also for one alone.", verbose="Show each code in full."
)
def command(query: tuple[str, ...], **given: Any) -> None:
    """List the reply codes, or those that fit QUERY: a number (504), a class (5yz), a command (AUTH), a word."""
    words = " ".join(query)
    entries = codes.search(words)
    if not entries:
        raise Refused(f"No reply code fits {words[:100]!r}: try a number, 5yz, a command or another word.")
    with output_stream(given["output"]) as stream:
        if given["format"] == "json":
            from smtpprobe.render import item, json

            stream.write(json.pretty(item.build_codes(entries)))
            return
        from smtpprobe.render import entry
        from smtpprobe.render.screen import console

        screen = console(stream, color=options.colour(given["no_color"]))
        if given["quiet"] or (len(entries) > 1 and not given["verbose"]):
            entry.code_list(entries, screen)
            return
        for number, one in enumerate(entries):
            if number:
                screen.print()
            entry.code_text(one, screen)
