"""``smtpprobe compare``: two codes side by side."""

from __future__ import annotations

from typing import Any

import click

from smtpprobe.catalogue.comparison import compare
from smtpprobe.cli import language, options
from smtpprobe.cli.errors import Refused
from smtpprobe.cli.output import output_stream


@click.command("compare")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@language.option
@options.output_options(
    "text",
    "markdown",
    "html",
    "json",
    quiet="Show no more than the summary.",
    verbose="Add all facts of both codes, also those that they share.",
)
def command(a: str, b: str, **given: Any) -> None:
    """Compare two codes: what each means, how they differ, when to use which.

    \b
    smtpprobe compare 550 554
    smtpprobe compare 5.7.1 5.7.26
    smtpprobe compare 550 5.7.1 --format html -o 550-571.html

    A and B are reply codes (550) or enhanced ones (5.7.1, X.7.1), or one of each.
    """
    try:
        compared = compare(a, b)
    except ValueError as error:
        raise Refused(str(error)) from error
    words = language.chosen(given)
    with output_stream(given["output"]) as stream:
        if given["format"] == "json":
            from smtpprobe.render import json
            from smtpprobe.render.compare.document import build

            stream.write(json.pretty(build(compared, words.text, words.lang)))
            return
        from smtpprobe.render.compare import page

        make = page.brief if given["quiet"] else page.whole if given["verbose"] else page.usual
        shown = make(compared, words.text)
        if given["format"] == "html":
            from smtpprobe.render.compare.html import html

            stream.write(html(shown, words.lang, words.direction))
        elif given["format"] == "markdown":
            from smtpprobe.render.compare.markdown import markdown

            stream.write(markdown(shown))
        else:
            from smtpprobe.render.compare.text import summary, text
            from smtpprobe.render.paper import Console

            show = summary if given["quiet"] else text
            show(shown, Console(stream, color=options.colour(given["no_color"])))
