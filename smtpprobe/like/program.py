"""Runs the programs that show a mail server's settings, within limits of time and output. Knows no mail server."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence

from msgspec import Struct

SECONDS = 5.0
OUTPUT_LIMIT = 256 * 1024
_ERROR_LIMIT = 16 * 1024
# Where mail servers live; a user's PATH often leaves these folders out.
_MORE_FOLDERS = "/usr/local/sbin:/usr/sbin:/sbin:/opt/local/sbin"


class LikeError(Exception):
    """Why the mail server's settings cannot be read, and what to do next, in one sentence."""


class Ran(Struct, frozen=True):
    """What a program that ended printed, undecodable octets escaped, and its exit status."""

    output: str
    error: str
    status: int


def found(*names: str) -> str | None:
    """The path of the first of these programs that is there."""
    return next((path for name in names if (path := shutil.which(name, path=_folders()))), None)


def run(command: Sequence[str], entered: str = "", seconds: float = SECONDS) -> Ran:
    """Run a program to its end; raises LikeError where it does not start, ends late or prints too much.

    It gets the C locale, so that its words can be relied on, and nothing else of our environment but the path and
    Postfix's MAIL_CONFIG: secrets of ours stand there.
    """
    name = os.path.basename(command[0])
    with tempfile.TemporaryFile() as given:
        given.write(entered.encode("utf-8", "surrogateescape"))
        given.seek(0)
        try:
            process = subprocess.Popen(
                command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment()
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "its arguments hold a NUL"
            raise LikeError(f"{name} does not start ({why}): leave --like out and give what it would tell.") from None
        with process:
            try:
                output, said = _read(process, name, time.monotonic() + seconds)
            finally:
                process.kill()
    return Ran(output.decode("utf-8", "backslashreplace"), said.decode("utf-8", "backslashreplace"), process.returncode)


def _read(process: subprocess.Popen[bytes], name: str, deadline: float) -> tuple[bytes, bytes]:
    """Both streams to their ends, and the program to its own."""
    assert process.stdout is not None
    assert process.stderr is not None
    output, said = bytearray(), bytearray()
    late = LikeError(f"{name} did not end in time: run it by hand to see why, or leave --like out.")
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, (output, OUTPUT_LIMIT))
        selector.register(process.stderr, selectors.EVENT_READ, (said, _ERROR_LIMIT))
        while selector.get_map():
            ready = selector.select(max(deadline - time.monotonic(), 0))
            if not ready:
                raise late
            for key, _ in ready:
                kept, limit = key.data
                octets = os.read(key.fd, 64 * 1024)
                if not octets:
                    selector.unregister(key.fileobj)
                kept += octets
                if len(kept) > limit:
                    raise LikeError(f"{name} printed too much to be settings: leave --like out.")
    try:
        process.wait(max(deadline - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired:
        raise late from None
    return bytes(output), bytes(said)


def _folders() -> str:
    return f"{os.environ.get('PATH', os.defpath)}:{_MORE_FOLDERS}"


def _environment() -> dict[str, str]:
    kept = {"MAIL_CONFIG": os.environ["MAIL_CONFIG"]} if "MAIL_CONFIG" in os.environ else {}
    return {"PATH": _folders(), "LC_ALL": "C", **kept}
