"""``smtpprobe explain``: a code, a reply or a pasted dialogue, and what it means."""

from __future__ import annotations

import sys
from typing import IO, Any

import click

from smtpprobe.cli import options
from smtpprobe.cli.errors import Refused
from smtpprobe.cli.streams import output_stream
from smtpprobe.explain import explain_text
from smtpprobe.explain.text import redacted
from smtpprobe.model import Note

_READ = 64 * 1024 + 1


@click.command("explain")
@click.argument("text", nargs=-1)
@click.option("--file", metavar="FILE", help="Read from this file (- for stdin).")
@click.option("--command", metavar="LINE", help="The command that got this reply, such as 'AUTH CRAM-MD5'.")
@options.output_options(
    "text", "json", quiet="Show a row for each reply.", verbose="Add what the catalogue says of each code."
)
def command(text: tuple[str, ...], **given: Any) -> None:
    """Explain a reply code, an enhanced code, a reply with its text, or a pasted dialogue.

    \b
    smtpprobe explain 504
    smtpprobe explain '550 5.7.1 Relay access denied'
    smtpprobe explain --file dialogue.txt

    Without TEXT it is read from stdin.
    """
    pasted = _pasted(text, given["file"])
    asked = redacted(given["command"]) if given["command"] else None
    try:
        found = explain_text(pasted, asked)
    except ValueError as error:
        raise Refused(str(error)) from error
    with output_stream(given["output"]) as stream:
        if given["format"] == "json":
            _as_json(found, asked, stream)
        else:
            _as_text(found, given, stream)


def _pasted(text: tuple[str, ...], source: str | None) -> str:
    if text and source is not None:
        raise Refused("TEXT and --file exclude each other: give one of them.")
    if text:
        return " ".join(text)
    if source is not None and source != "-":
        return _file(source)
    if sys.stdin is None or (source is None and sys.stdin.isatty()):
        raise Refused("There is nothing to explain: give a code or a reply, as in smtpprobe explain 504.")
    return sys.stdin.buffer.read(_READ).decode("utf-8", "backslashreplace")


def _file(path: str) -> str:
    options.readable(path, "file")
    with open(path, "rb") as stream:
        return stream.read(_READ).decode("utf-8", "backslashreplace")


def _as_text(found: tuple[tuple[str, Note], ...], given: dict[str, Any], stream: IO[str]) -> None:
    from smtpprobe.catalogue import codes
    from smtpprobe.render.entry import code_text, note_row, note_text, reply_heading
    from smtpprobe.render.screen import console

    screen = console(stream, color=options.colour(given["no_color"]))
    if given["quiet"]:
        for _, note in found:
            note_row(note, screen)
        return
    for number, (reply, note) in enumerate(found):
        if number:
            screen.print()
        if len(found) > 1:
            reply_heading(reply, screen)
        bare = reply == note.code and not note.advice and not given["command"]
        entry = codes.lookup(int(note.code)) if note.code.isdecimal() and (bare or given["verbose"]) else None
        if entry is None:
            note_text(note, screen)
        else:
            code_text(entry, screen, None if bare else note)


def _as_json(found: tuple[tuple[str, Note], ...], asked: str | None, stream: IO[str]) -> None:
    from smtpprobe.render import item, json

    items = [item.build_item(note, reply, line=n, command=asked) for n, (reply, note) in enumerate(found, 1)]
    stream.write(json.pretty(item.build_explained(items)))
