"""``smtpprobe fake``: a mail server that answers as its personality says."""

from __future__ import annotations

import asyncio
import contextlib
import os
import textwrap
from typing import IO, Any

import click

from smtpprobe import redaction
from smtpprobe.cli import interrupts, options
from smtpprobe.cli.errors import Refused
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.loop import run, stop_event, tell_faults
from smtpprobe.cli.output import output_stream
from smtpprobe.fake import FakeServer, Personality, PersonalityError, load, replying, summaries
from smtpprobe.fake.certificates import authority_pem
from smtpprobe.fake.replying import read
from smtpprobe.render import escape, json

_COLUMNS = 80
_WELCOMING = "accepting"


@click.command("fake")
@click.argument("personality", required=False)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    callback=options.address,
    metavar="ADDRESS",
    help="Address to listen on.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="Port; 0 takes a free one.")
@click.option("--unix", type=click.Path(), metavar="PATH", help="Listen on this UNIX socket instead.")
@click.option(
    "--reply",
    multiple=True,
    type=options.Line(),
    metavar="COMMAND=REPLY",
    help="Answer this command so, as in 'RCPT=504 5.5.4 no' or 'RCPT TO:<ann@example.org>=550 5.1.1 no', however often "
    "you like. GREETING and END (of a message) count as commands; \\n begins a new line.",
)
@click.option(
    "--ca-out", type=click.Path(dir_okay=False), help="Write the authority of its certificate to this file (PEM)."
)
@options.output_options("text", "json", quiet="Show only where it listens.", verbose="Show what clients say.")
def command(personality: str | None, **given: Any) -> None:
    """Run a fake mail server until Ctrl-C. PERSONALITY is a name, or a TOML file of your own.

    Without PERSONALITY, list those that there are; with --reply, it is the one that accepts all mail.
    """
    if personality is None and not given["reply"]:
        with output_stream(given["output"]) as stream:
            _list(given["format"], stream)
        return
    try:
        chosen = replying(load(personality or _WELCOMING), dict(read(text) for text in given["reply"]))
    except PersonalityError as error:
        raise Refused(str(error)) from error
    if given["ca_out"]:
        with output_stream(given["ca_out"], option="--ca-out") as stream:
            stream.write(authority_pem())
    with interrupts.heeded() as stop, output_stream(given["output"]) as stream:
        run(_serve(chosen, given, stream, stop), asyncio.new_event_loop)


def _list(form: str, stream: IO[str]) -> None:
    known = summaries()
    if form == "json":
        stream.write(json.pretty(dict(known)))
        return
    width = max(len(name) for name, _ in known)
    for name, summary in known:
        rows = textwrap.wrap(summary, _COLUMNS - width - 2)
        stream.write(f"\n{'':<{width}}  ".join([f"{name:<{width}}  {rows[0]}", *rows[1:]]) + "\n")


class _Telling(FakeServer):
    """Shows every line that a client says, as it comes, without the secrets of a login."""

    stream: IO[str]

    def heard(self, connection: int, line: bytes) -> None:
        super().heard(connection, line)
        said = redaction.command(line.decode("utf-8", "backslashreplace"))
        self.stream.write(f"{connection} → {escape.terminal(said)}\n")
        self.stream.flush()


async def _serve(personality: Personality, given: dict[str, Any], stream: IO[str], stop: Stop) -> None:
    tell_faults()
    ended = stop_event(stop, stream)
    kind = _Telling if given["verbose"] and given["format"] == "text" else FakeServer
    server = kind(personality, given["host"], given["port"], path=given["unix"])
    if isinstance(server, _Telling):
        server.stream = stream
    async with contextlib.AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(server)
        except OSError as error:
            raise _cannot_listen(given, error) from error
        _tell_where(server, given, stream)
        await ended.wait()
    if given["format"] == "text" and not given["quiet"]:
        stream.write(f"connections: {server.connections}, lines heard: {len(server.log)}\n")


def _tell_where(server: FakeServer, given: dict[str, Any], stream: IO[str]) -> None:
    if given["format"] == "json":
        at = {"path": server.path} if server.path else {"host": server.host, "port": server.port}
        stream.write(json.compact(at))
    else:
        if not given["quiet"]:
            stream.write(f"{escape.terminal(server.personality.summary)}\n")
        host = f"[{server.host}]" if ":" in server.host else server.host
        where = f"unix:{server.path}" if server.path else f"{host}:{server.port}"
        stream.write(f"listening on {escape.terminal(where)} (Ctrl-C ends it)\n")
    stream.flush()


def _cannot_listen(given: dict[str, Any], error: OSError) -> Refused:
    where = given["unix"] or f"port {given['port']} of {given['host']}"
    # asyncio puts the address and the reason into one text of its own; the number stays the system's.
    reason = os.strerror(error.errno) if error.errno else error
    return Refused(f"{where} cannot be listened on ({reason}): choose another.")
