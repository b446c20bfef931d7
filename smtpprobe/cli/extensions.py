"""``smtpprobe extensions``: the catalogue of EHLO keywords."""

from __future__ import annotations

from typing import Any

import click

from smtpprobe.catalogue import extensions
from smtpprobe.cli import options
from smtpprobe.cli.errors import Refused
from smtpprobe.cli.streams import output_stream


@click.command("extensions")
@click.argument("query", nargs=-1)
@options.output_options(
    "text", "json", quiet="Show a row for each keyword, also for one alone.", verbose="Show each keyword in full."
)
def command(query: tuple[str, ...], **given: Any) -> None:
    """List the EHLO keywords, or those that fit QUERY: a keyword (DSN), a parameter (RET), a verb (BDAT), a word."""
    words = " ".join(query)
    exact = extensions.lookup(words) if words else None
    entries = (exact,) if exact is not None else extensions.search(words)
    if not entries:
        raise Refused(f"No EHLO keyword fits {words[:100]!r}: try a keyword, a parameter or another word.")
    with output_stream(given["output"]) as stream:
        if given["format"] == "json":
            from smtpprobe.render import item, json

            stream.write(json.pretty(item.build_extensions(entries)))
            return
        from smtpprobe.render import entry
        from smtpprobe.render.screen import console

        screen = console(stream, color=options.colour(given["no_color"]))
        if given["quiet"] or (len(entries) > 1 and not given["verbose"]):
            entry.extension_list(entries, screen)
            return
        for number, one in enumerate(entries):
            if number:
                screen.print()
            entry.extension_text(one, screen)
