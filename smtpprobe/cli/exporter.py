"""``smtpprobe exporter``: probes on demand for Prometheus, until it is told to end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import IO, Any

import click

from smtpprobe.cli import interrupts, options
from smtpprobe.cli.errors import Refused, say
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.loop import raise_limit, run, stop_event, tell_faults
from smtpprobe.cli.output import output_stream
from smtpprobe.render import escape, json

_MISSING = "The exporter needs starlette and uvicorn, which are not installed: pip install 'smtpprobe[serve]'."


def _place(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, int]:
    """``ADDRESS:PORT`` to listen on; port 0 takes a free one."""
    import ipaddress

    host, _, port = value.rpartition(":")
    try:
        literal = ipaddress.ip_address(host.strip("[]"))
        if not literal.exploded.isprintable() or not (port.isascii() and port.isdigit()) or int(port) > 65535:
            raise ValueError
    except ValueError:
        raise Refused(f"--listen {value[:60]!r} is no address and port: write 127.0.0.1:9725.") from None
    return str(literal), int(port)


@click.command("exporter")
@click.option("--config", type=click.Path(), metavar="FILE", help="Servers, modules and settings: a file of check.")
@click.option(
    "--listen",
    default="127.0.0.1:9725",
    show_default=True,
    callback=_place,
    metavar="ADDRESS:PORT",
    help="Where to listen; port 0 takes a free one.",
)
@click.option(
    "--host", multiple=True, metavar="NAME", help="A name that the exporter is asked by, besides its address."
)
@click.option("--any-target", is_flag=True, help="Probe whatever is asked for, at public addresses.")
@click.option("--allow-private", is_flag=True, help="With --any-target, at private addresses too.")
@options.output_options("text", "json", quiet="Show only where it listens.", verbose="Show every request on stderr.")
def command(**given: Any) -> None:
    """Probe mail servers whenever Prometheus asks: /probe?target=TARGET&module=MODULE.

    Targets are those that FILE names. The module ehlo is there without configuration and says what every client says;
    the module check holds the servers of FILE to what it expects of them. SIGHUP reads FILE again.
    """
    load = _loader(given)
    first = load()
    with contextlib.closing(_listener(*given["listen"])) as listener:
        raise_limit()
        with interrupts.heeded() as stop, output_stream(given["output"]) as stream:
            run(_serve(first, load, listener, given, stream, stop))


def _loader(given: dict[str, Any]) -> Callable[[], Any]:
    """Reads the configuration, as often as it is called. Raises Refused."""
    try:
        from smtpprobe.serve import main as main
        from smtpprobe.serve.scope import NOTHING, FileScope, Permission
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "h11"):
            raise
        raise Refused(_MISSING) from None
    from smtpprobe.cli.books import logins_of
    from smtpprobe.expect import servers
    from smtpprobe.expect.mistakes import Mistake
    from smtpprobe.serve.guard import bare
    from smtpprobe.target import TargetError
    from smtpprobe.userfile import UserFileError

    if given["config"] is None and not given["any_target"]:
        raise Refused(
            "No target may be probed: name a file that has some with --config, or allow all with --any-target."
        )
    if given["allow_private"] and not given["any_target"]:
        raise Refused("--allow-private needs --any-target: what the configuration names is probed wherever it is.")
    permission = Permission(given["any_target"], given["allow_private"], tuple(map(bare, given["host"])))

    def load() -> FileScope:
        try:
            book = NOTHING if given["config"] is None else servers.read(Path(given["config"]), fail_on="never")
            return FileScope(book, permission, logins_of(book))
        except (Mistake, TargetError, UserFileError) as error:
            raise Refused(str(error)) from None

    return load


def _listener(host: str, port: int) -> socket.socket:
    from smtpprobe.serve.main import listen

    try:
        return listen(host, port)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else error
        raise Refused(
            f"Port {port} of {host} cannot be listened on ({reason}): choose another with --listen."
        ) from error


async def _serve(
    first: Any, load: Callable[[], Any], listener: socket.socket, given: dict[str, Any], stream: IO[str], stop: Stop
) -> None:
    from smtpprobe.serve.main import serve
    from smtpprobe.serve.service import Service

    tell_faults()
    ended = stop_event(stop, stream)
    service = Service(first)

    def reload() -> None:
        try:
            service.replace(load())
        except Refused as error:
            service.tally.reloaded(well=False)
            say(f"{error.format_message().removesuffix('.')}. What was read before stays in use.")
        else:
            if not given["quiet"] and given["format"] == "text":
                _write(stream, "the configuration was read again")

    with _on_hangup(reload):
        _tell_where(listener, service, given, stream)
        await serve(service, listener, ended, _log if given["verbose"] else None, say)


@contextlib.contextmanager
def _on_hangup(reload: Callable[[], None]) -> Iterator[None]:
    """Within, SIGHUP calls ``reload`` on the running loop, unless it says that our terminal is gone."""
    import asyncio

    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGHUP) if hasattr(signal, "SIGHUP") else signal.SIG_IGN
    if not callable(before):
        yield
        return
    end, attended = before, _has_terminal()

    def asked(number: int, frame: FrameType | None) -> None:
        if attended and not _has_terminal():
            end(number, frame)
        else:
            loop.call_soon_threadsafe(reload)

    signal.signal(signal.SIGHUP, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _tell_where(listener: socket.socket, service: Any, given: dict[str, Any], stream: IO[str]) -> None:
    host, port = listener.getsockname()[:2]
    if given["format"] == "json":
        stream.write(json.compact({"host": host, "port": port}))
        stream.flush()
        return
    targets, modules = len(service.scope.targets), ", ".join(service.scope.modules)
    if not given["quiet"]:
        what = "any target" if given["any_target"] else f"{targets} target{'' if targets == 1 else 's'}"
        _write(stream, f"{what}, modules {modules}")
    most = service.scope.most_at_once
    if targets > most:
        _log(f"Warning: {targets} targets are more than most_at_once = {most}: some may have to wait for others.")
    shown = f"[{host}]" if ":" in host else host
    _write(stream, f"listening on http://{shown}:{port}/ (Ctrl-C ends it)")


def _write(stream: IO[str], words: str) -> None:
    stream.write(f"{escape.terminal(words)}\n")
    stream.flush()


def _log(line: str) -> None:
    """``line`` is escaped already."""
    with contextlib.suppress(OSError, ValueError):
        click.echo(line, err=True)
