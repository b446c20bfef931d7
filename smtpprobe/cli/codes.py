"""``smtpprobe codes``: the catalogue of reply codes."""

from __future__ import annotations

from typing import Any

import click

from smtpprobe.catalogue import codes
from smtpprobe.cli import options


@click.command("codes")
@click.argument("query", nargs=-1)
@options.output_options("text", "json")
def command(query: tuple[str, ...], **given: Any) -> None:
    """List the reply codes, or those that fit QUERY: a number (504), a class (5yz), a command (AUTH), a word."""
    words = " ".join(query)
    entries = codes.search(words)
    if not entries:
        raise click.UsageError(f"No reply code fits {words!a}: try a number, 5yz, a command or another word.")
    with options.output_stream(given["output"]) as stream:
        if given["form"] == "json":
            from smtpprobe.render import item, json

            stream.write(json.pretty(item.build_codes(entries)))
            return
        from smtpprobe.render import entry
        from smtpprobe.render.screen import console

        screen = console(stream, color=options.colour(given["no_color"]))
        entry.code_text(entries[0], screen) if len(entries) == 1 else entry.code_list(entries, screen)
