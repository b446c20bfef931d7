"""``smtpprobe fake``: a mail server that answers as its personality says."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

import click

from smtpprobe.cli import options
from smtpprobe.fake import FakeServer, Personality, PersonalityError, load, summaries
from smtpprobe.fake.certificates import authority_pem


@click.command("fake")
@click.argument("personality", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, callback=options.address, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0 takes a free one.  [default: 0]")
@click.option("--unix", "path", type=click.Path(), help="Listen on this UNIX socket instead.")
@click.option("--ca-out", type=click.Path(dir_okay=False), help="Write the authority of its certificate here (PEM).")
@click.option("-q", "--quiet", is_flag=True, help="Do not show what clients say.")
def command(personality: str | None, **given: Any) -> None:
    """Run a fake mail server until Ctrl-C. PERSONALITY is a name, or a TOML file of your own.

    Without PERSONALITY, list those that there are.
    """
    if personality is None:
        width = max(len(name) for name, _ in summaries())
        for name, summary in summaries():
            click.echo(f"{name:<{width}}  {summary}")
        return
    try:
        chosen = load(personality)
    except PersonalityError as error:
        raise click.UsageError(str(error)) from error
    if given["ca_out"]:
        with options.output_stream(given["ca_out"]) as stream:
            stream.write(authority_pem())
    try:
        asyncio.run(_serve(chosen, given))
    except OSError as error:
        where = given["path"] or f"{given['host']}:{given['port']}"
        raise click.UsageError(f"{where} cannot be listened on ({error.strerror}): choose another.") from error


async def _serve(personality: Personality, given: dict[str, Any]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with FakeServer(personality, given["host"], given["port"], path=given["path"]) as server:
        where = server.path or f"{server.host}:{server.port}"
        click.echo(f"{personality.summary}\nlistening on {where} (Ctrl-C ends it)")
        await stop.wait()
    if not given["quiet"]:
        click.echo(f"{server.connections} connections, {len(server.log)} lines heard")
