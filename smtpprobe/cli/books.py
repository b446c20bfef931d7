"""Files of expectations as commands take them: read, or made of what stands on the command line, and their secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from smtpprobe.cli import secrets
from smtpprobe.cli.errors import Refused, unknown
from smtpprobe.expect import servers
from smtpprobe.expect.base import Want
from smtpprobe.expect.file import Manner
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.servers import Book, Server
from smtpprobe.journey import Login
from smtpprobe.userfile import UserFileError

USUAL = "smtpprobe.toml"


def book_of(given: dict[str, Any]) -> Book:
    """The servers that these options name: ``file``, ``target``, ``preset``, ``group``. Raises Refused."""
    above = Manner(
        profile=given["profile"],
        retries=given["retries"],
        family=given["family"],
        allow_private=given["allow_private"] or None,
    )
    if given["preset"] and not given["target"]:
        raise Refused("--preset needs --target: say which server to hold to it.")
    if given["target"] and given["file"]:
        raise Refused("--target and FILE exclude each other: write the target into the file, or leave the file out.")
    if given["target"] and given["group"]:
        raise Refused("--group chooses among the servers of a FILE: leave it out with --target.")
    try:
        if given["target"]:
            return servers.made(given["target"], given["preset"] or "", above, given["fail_on"])
        book = servers.read(Path(given["file"] or USUAL), above, given["fail_on"])
    except (Mistake, UserFileError) as error:
        raise Refused(_hinted(str(error), given)) from None
    if not book.servers:
        raise Refused(f"{book.file} names no server: add a [[server]] with its target.")
    return _of_groups(book, given["group"])


def _hinted(words: str, given: dict[str, Any]) -> str:
    if given["file"] is None and not given["target"] and "No such file" in words:
        return f"There is no {USUAL} here: `smtpprobe check --init TARGET` writes one from what a server does today."
    return words


def _of_groups(book: Book, names: tuple[str, ...]) -> Book:
    known = {name for server in book.servers for name in server.groups}
    if not set(names) <= known:
        raise unknown(names, sorted(known), "group with servers")
    kept = [server for server in book.servers if not names or set(names) & set(server.groups)]
    return msgspec.structs.replace(book, servers=tuple(kept))


def logins_of(book: Book) -> dict[Server, Login]:
    """Who logs in where, with the secret out of the environment or a file. Raises Refused."""
    found = {}
    for server in book.servers:
        table = server.way.login
        if table is None or not any(Want.LOGIN in one.wants for one in server.expectations):
            continue
        secret = table.password or table.token
        assert secret is not None
        value = secrets.of_variable(secret.env) if secret.env else secrets.of_file(secret.file)
        found[server] = Login(
            table.user,
            password=value if table.password else None,
            token=value if table.token else None,
            mechanism=table.mechanism.upper() or None,
        )
    return found
