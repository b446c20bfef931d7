"""Where a password or a token comes from: the environment, a file, standard input or a prompt. Never from argv."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from typing import Any

import click

from smtpprobe.cli.errors import Refused
from smtpprobe.render import escape

PASSWORD, TOKEN = "SMTPPROBE_PASSWORD", "SMTPPROBE_TOKEN"

# More than any line of an exchange can carry (RFC 4954 4).
_LONGEST = 16 * 1024
_TOKENS = frozenset({"OAUTHBEARER", "XOAUTH2"})


def obtain(given: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The password and the token to log in with; both None where a client certificate has to do.

    Looks at these options: ``user``, ``auth`` (the mechanism asked for), ``password_file`` ("-" is standard input) and
    ``client_cert``. What is named on the command line goes before the environment; what is asked for, or read from a
    file, is a token where ``auth`` takes tokens. Raises Refused, with one sentence.
    """
    mechanism = (given.get("auth") or "").upper()
    wants_token = mechanism in _TOKENS
    what = "token" if wants_token else "password"
    source = given.get("password_file")
    if source is not None:
        return _sorted(_of_stdin(what) if source == "-" else _of_file(source), wants_token)
    password, token = _of_environment(PASSWORD), _of_environment(TOKEN)
    if password is not None or token is not None:
        return password, token
    if not given.get("user") or given.get("client_cert") or mechanism == "EXTERNAL":
        return None, None
    return _sorted(_of_prompt(given["user"], what), wants_token)


def of_variable(name: str) -> str:
    """The secret in a variable of the environment. Raises Refused."""
    secret = _of_environment(name)
    if secret is None:
        raise Refused(f"The variable {name[:60]!r} is not set: put the password into it.")
    return secret


def of_file(path: str) -> str:
    """The secret in a file of its own. Raises Refused."""
    return _of_file(path)


def _sorted(secret: str, is_token: bool) -> tuple[str | None, str | None]:
    return (None, secret) if is_token else (secret, None)


def _of_environment(name: str) -> str | None:
    secret = os.environ.get(name)
    return _usable(secret, f"the variable {name}") if secret is not None else None


def _of_file(path: str) -> str:
    """The one line of a file that is no device; a warning where others may read it."""
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(number, "rb") as stream:
            found = os.fstat(number)
            if not stat.S_ISREG(found.st_mode) and not stat.S_ISFIFO(found.st_mode):
                raise OSError(0, "it is no file")
            os.set_blocking(number, True)
            octets = stream.read(_LONGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"The password file {path!r} cannot be read ({reason}): check its path and its mode.") from None
    if os.name == "posix" and found.st_mode & (stat.S_IRGRP | stat.S_IROTH) and stat.S_ISREG(found.st_mode):
        shown = escape.terminal(repr(path))
        click.echo(f"Warning: others may read the password file {shown}: chmod 600 keeps it to you.", err=True)
    return _line(octets, f"the password file {path!r}")


def _of_stdin(what: str) -> str:
    if sys.stdin is None:
        raise Refused("There is no standard input to read the password from: give a file with --password-file.")
    if sys.stdin.isatty():
        return _of_prompt("", what)
    try:
        octets = sys.stdin.buffer.readline(_LONGEST + 1)
    except (OSError, ValueError):
        raise Refused("Standard input cannot be read: give the password in a file with --password-file.") from None
    return _line(octets, "standard input")


def _of_prompt(user: str, what: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise Refused(
            f"There is no {what}, and nobody is here to be asked: set {TOKEN if what == 'token' else PASSWORD}, "
            "or use --password-file FILE (- for standard input)."
        )
    words = f"{what.capitalize()} of {escape.terminal(user)}" if user else what.capitalize()
    secret: str = click.prompt(words, hide_input=True, err=True, default="", show_default=False)
    return _usable(secret, "what was typed")


def _line(octets: bytes, where: str) -> str:
    """The text less one line end."""
    line = octets.removesuffix(b"\n").removesuffix(b"\r")
    try:
        return _usable(line.decode(), where)
    except UnicodeDecodeError:
        raise Refused(f"There is no UTF-8 text in {where}: write the password into it, and nothing else.") from None


def _usable(secret: str, where: str) -> str:
    """The secret, where it can be one. No sentence tells a part of it."""
    if not secret:
        raise Refused(f"There is no password in {where}: put it there, on one line.")
    if len(secret) > _LONGEST:
        raise Refused(f"There are more than {_LONGEST // 1024} KiB in {where}, which is no password: look what it is.")
    if any(character in secret for character in "\0\r\n"):
        raise Refused(f"There is more than one line in {where}: keep the password alone, on one line.")
    return secret
