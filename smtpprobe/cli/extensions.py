"""``smtpprobe extensions``: the catalogue of EHLO keywords."""

from __future__ import annotations

from typing import Any

import click

from smtpprobe.catalogue import extensions
from smtpprobe.cli import options


@click.command("extensions")
@click.argument("query", nargs=-1)
@options.output_options("text", "json")
def command(query: tuple[str, ...], **given: Any) -> None:
    """List the EHLO keywords, or those that fit QUERY: a keyword (DSN), a parameter (RET), a verb (BDAT), a word."""
    words = " ".join(query)
    exact = extensions.lookup(words) if words else None
    entries = (exact,) if exact is not None else extensions.search(words)
    if not entries:
        raise click.UsageError(f"No EHLO keyword fits {words!a}: try a keyword, a parameter or another word.")
    with options.output_stream(given["output"]) as stream:
        if given["form"] == "json":
            from smtpprobe.render import item, json

            stream.write(json.pretty(item.build_extensions(entries)))
            return
        from smtpprobe.render import entry
        from smtpprobe.render.screen import console

        screen = console(stream, color=options.colour(given["no_color"]))
        entry.extension_text(entries[0], screen) if len(entries) == 1 else entry.extension_list(entries, screen)
