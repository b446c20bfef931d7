"""Options that several commands share, and how their values are checked before anything is sent."""

from __future__ import annotations

import errno
import math
import os
import stat
from collections.abc import Callable, Iterable
from typing import Any

import click

from smtpprobe.cli.errors import Refused, unknown

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def output_options(*formats: str, quiet: str, verbose: str) -> Decorator:
    """What every command has; ``quiet`` and ``verbose`` say what ``-q`` and ``-v`` do to it."""

    choices: list[Decorator] = [
        click.option("-v", "--verbose", is_flag=True, help=verbose),
        click.option("-q", "--quiet", is_flag=True, help=quiet),
        click.option("--no-color", is_flag=True, help="No colours (also NO_COLOR)."),
        click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, not to stdout."),
        click.option(
            "--format", type=click.Choice(formats), default=formats[0], show_default=True, help="Output form."
        ),
    ]

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in choices:
            command = option(command)
        return command

    return decorate


def colour(no_color: bool) -> bool | None:
    """What the renderers take for it: False for none, None to decide by the stream."""
    return False if no_color else None


class Line(click.ParamType):  # type: ignore[type-arg]
    """A command line to send. In the environment several are parted by line ends, as each may have spaces."""

    name = "line"
    envvar_list_splitter = "\n"


class Seconds(click.FloatRange):
    """A time to wait: more than nothing, and a number."""

    name = "seconds"

    def __init__(self) -> None:
        super().__init__(0.01, 86_400)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            if math.isfinite(float(value)):
                return super().convert(value, param, ctx)
        except ValueError:
            pass
        return self.fail(f"{value!r} is no time in seconds.", param, ctx)


def names(ctx: click.Context, param: click.Parameter, values: Iterable[str]) -> tuple[str, ...]:
    """Names given several times or with commas between them."""
    return tuple([name.strip() for value in values for name in value.split(",") if name.strip()])


def known(names: Iterable[str], valid: Iterable[str], what: str) -> None:
    """Raise a usage error for a name that is none."""
    allowed = list(valid)
    if not set(names) <= set(allowed):
        raise unknown(names, allowed, what)


def checked(check: Callable[[str], Any]) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """A callback that turns a TargetError into a usage error; works for one value and for several."""

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        from smtpprobe.target import TargetError

        try:
            if isinstance(value, tuple):
                for one in value:
                    check(one)
            elif value is not None:
                return check(value)
        except TargetError as error:
            raise Refused(str(error)) from error
        return value

    return callback


def address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A literal IP address that this machine has."""
    if value is None:
        return None
    import ipaddress
    import socket

    try:
        literal = ipaddress.ip_address(value)
        if not value.isprintable():
            raise ValueError
        with socket.socket(socket.AF_INET if literal.version == 4 else socket.AF_INET6, socket.SOCK_STREAM) as own:
            own.bind((value, 0))
    except (ValueError, OSError):
        raise Refused(f"{param.opts[0]} {value!r} is no IP address of this machine: give one of its own.") from None
    return str(literal)


def literal(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A literal IP address, whoever's it is."""
    if value is None:
        return None
    import ipaddress

    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise Refused(f"{param.opts[0]} {value!r} is no IP address: write 192.0.2.1 or 2001:db8::1.") from None


def address_and_port(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, int] | None:
    """``ADDRESS:PORT`` or ``[ADDRESS]:PORT``."""
    if value is None:
        return None
    import ipaddress

    host, _, port = value.rpartition(":")
    try:
        literal = str(ipaddress.ip_address(host.strip("[]")))
        if not literal.isprintable() or not 0 < int(port) < 65536:
            raise ValueError
    except ValueError:
        raise Refused(f"{param.opts[0]} {value!r} is no address and port: write 192.0.2.1:40000.") from None
    return literal, int(port)


#: The largest lists of authorities are a twentieth of it.
_LARGEST = 10 << 20


def readable(path: str | None, what: str) -> None:
    """Raise a usage error for what is no file, cannot be read, or is larger than any file of certificates."""
    if path is None:
        return
    try:
        found = os.stat(path)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # A pipe may never open and a device never end.
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "it is no regular file")
        if found.st_size > _LARGEST:
            raise OSError(0, "it is larger than 10 MiB")
        with open(path, "rb") as stream:
            stream.read(1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"The {what} {path!r} cannot be read ({reason}): check its path and its mode.") from None
