"""Options that several commands share, and how their values are checked before anything is sent."""

from __future__ import annotations

import contextlib
import difflib
import ipaddress
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import click

from smtpprobe.target import TargetError

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def output_options(*formats: str) -> Decorator:
    """``--format``, ``-o``, ``--no-color``, ``-q`` and ``-v``: what every command has."""

    choices: list[Decorator] = [
        click.option("-v", "--verbose", is_flag=True, help="Show more of what happens, on stderr."),
        click.option("-q", "--quiet", is_flag=True, help="Print as little as possible."),
        click.option("--no-color", is_flag=True, help="No colours (also NO_COLOR)."),
        click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, not stdout."),
        click.option(
            "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="Form."
        ),
    ]

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in choices:
            command = option(command)
        return command

    return decorate


@contextlib.contextmanager
def output_stream(path: str | None) -> Iterator[IO[str]]:
    """Where results go: the file that was named, complete or not at all, else stdout."""
    if path is None:
        yield sys.stdout
        return
    draft = Path(f"{path}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8") as stream:
            yield stream
        draft.replace(path)
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written ({error.strerror}): name another file with -o.") from error
    finally:
        draft.unlink(missing_ok=True)


def colour(no_color: bool) -> bool | None:
    """What the renderers take for it: False for none, None to decide by the stream."""
    return False if no_color else None


def names(ctx: click.Context, param: click.Parameter, values: Iterable[str]) -> tuple[str, ...]:
    """Names given several times or with commas between them."""
    return tuple([name.strip() for value in values for name in value.split(",") if name.strip()])


def known(names: Iterable[str], valid: Iterable[str], what: str) -> None:
    """Raise a usage error that names the nearest right word."""
    allowed = list(valid)
    for name in names:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(allowed)}."
            raise click.UsageError(f"No {what} is called {ascii(name)[1:-1]}: {hint}")


def checked(check: Callable[[str], Any]) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """A callback that turns a TargetError into a usage error; works for one value and for several."""

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        try:
            if isinstance(value, tuple):
                for one in value:
                    check(one)
            elif value is not None:
                return check(value)
        except TargetError as error:
            raise click.UsageError(str(error)) from error
        return value

    return callback


def address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A literal IP address."""
    if value is None:
        return None
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise click.UsageError(f"{value!a} is no IP address: give one of this machine's own.") from None


def address_and_port(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, int] | None:
    """``ADDRESS:PORT`` or ``[ADDRESS]:PORT``."""
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    try:
        literal = str(ipaddress.ip_address(host.strip("[]")))
        if not 0 < int(port) < 65536:
            raise ValueError
    except ValueError:
        raise click.UsageError(f"{value!a} is no address and port: write 192.0.2.1:40000.") from None
    return literal, int(port)


def readable(path: str | None, what: str) -> None:
    """Raise a usage error for a file that cannot be read."""
    if path is None:
        return
    try:
        with open(path, "rb") as stream:
            stream.read(1)
    except OSError as error:
        words = f"The {what} {ascii(path)[1:-1]} cannot be read ({error.strerror}): check its path and its mode."
        raise click.UsageError(words) from None
