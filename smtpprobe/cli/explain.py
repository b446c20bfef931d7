"""``smtpprobe explain``: a code, a reply or a pasted dialogue, and what it means."""

from __future__ import annotations

import sys
from typing import IO, Any

import click

from smtpprobe.cli import options
from smtpprobe.explain import explain_text
from smtpprobe.model import Note

_READ = 64 * 1024 + 1


@click.command("explain")
@click.argument("text", nargs=-1)
@click.option("--file", "source", type=click.File("rb"), help="Read from this file (- for stdin).")
@click.option("--command", "asked", help="The command that got this reply: MAIL FROM:<a@b.example> RET=FOO")
@options.output_options("text", "json")
def command(text: tuple[str, ...], source: IO[bytes] | None, asked: str | None, **given: Any) -> None:
    """Explain a reply code, an enhanced code, a reply with its text, or a pasted dialogue.

    TEXT is read from stdin where it is left out: smtpprobe explain '550 5.7.1 no', smtpprobe explain 504.
    """
    pasted = _pasted(text, source)
    try:
        found = explain_text(pasted, asked)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with options.output_stream(given["output"]) as stream:
        if given["form"] == "json":
            _as_json(found, asked, stream)
        else:
            _as_text(found, given, stream)


def _pasted(text: tuple[str, ...], source: IO[bytes] | None) -> str:
    if text and source is not None:
        raise click.UsageError("TEXT and --file exclude each other: give one of them.")
    if text:
        return " ".join(text) if len(text) > 1 else text[0]
    stream = source or sys.stdin.buffer
    if source is None and stream.isatty():
        raise click.UsageError("There is nothing to explain: give a code or a reply, as in smtpprobe explain 504.")
    return stream.read(_READ).decode("utf-8", "backslashreplace")


def _as_text(found: tuple[tuple[str, Note], ...], given: dict[str, Any], stream: IO[str]) -> None:
    from smtpprobe.catalogue import codes
    from smtpprobe.render.entry import code_text, note_text, reply_heading
    from smtpprobe.render.screen import console

    screen = console(stream, color=options.colour(given["no_color"]))
    for number, (reply, note) in enumerate(found):
        if number:
            screen.print()
        if len(found) > 1:
            reply_heading(reply, screen)
        if reply == note.code and note.code.isdecimal() and not given["quiet"] and not note.advice:
            code_text(codes.lookup(int(note.code)), screen)
        else:
            note_text(note, screen)


def _as_json(found: tuple[tuple[str, Note], ...], asked: str | None, stream: IO[str]) -> None:
    from smtpprobe.render import item, json

    items = [item.build_item(note, reply, line=n, command=asked) for n, (reply, note) in enumerate(found, 1)]
    stream.write(json.pretty(item.build_explained(items)))
