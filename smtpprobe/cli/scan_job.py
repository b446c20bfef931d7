"""From the options of ``scan`` to what a scan is: how servers are asked, and what makes it the same scan again."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from smtpprobe import userfile
from smtpprobe.cli.connecting import dialling, resolver_of
from smtpprobe.cli.errors import Refused
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.outcome import Profile
from smtpprobe.run import Settings
from smtpprobe.scan.asking import Asking
from smtpprobe.scan.blocked import Blocklist
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.fields import Projection, projection
from smtpprobe.scan.pacing import Pace
from smtpprobe.scan.visit import USUAL
from smtpprobe.userfile import UserFileError

#: Options that change nothing of what stands in the output, or that only say how fast it gets there.
_ELSEWHERE = frozenset({"at_once", "rate", "dns_rate", "workers", "dask", "again", "html", "names", "parquet"})
_SHOWN = frozenset({"verbose", "quiet", "no_color", "fail_on", "resolver"})


class Job(Struct, frozen=True):
    """A whole scan. ``source`` is the file with the list, "-" for standard input; ``output`` None is stdout."""

    source: str
    output: str | None
    asking: Asking
    blocklist: Blocklist | None
    fields: Projection | None
    fingerprint: str

    @property
    def state(self) -> Path | None:
        """Where what a killed scan needs is kept: beside its output, where that is a file."""
        if self.output is None or (os.path.exists(self.output) and not os.path.isfile(self.output)):
            return None
        return Path(f"{self.output}.state")


def job_of(given: dict[str, Any]) -> Job:
    """What these options ask for. Raises Refused."""
    source = given["file"] or "-"
    fields = dialling(given)
    resolver_of(given)
    try:
        settings = _settings(Profile(given["profile"]), fields)  # type: ignore[call-arg]
        expect = _expectations(given)
        if expect is not None:
            settings = _asking_for(expect, settings)
        blocklist = Blocklist.read(Path(given["blocklist"])) if given["blocklist"] else None
        shown = projection(given["fields"]) if given["fields"] is not None else None
    except (Mistake, UserFileError, ScanError) as error:
        raise Refused(str(error)) from None
    asking = Asking(
        settings=settings,
        pace=Pace(rate=given["rate"]),
        at_once=given["at_once"],
        prose=given["prose"],
        expect=expect,
        nameservers=tuple(given["resolver"]),
        seed=given["seed"],
    )
    return Job(source, given["output"], asking, blocklist, shown, _fingerprint(given, source, expect))


def _settings(profile: Profile, fields: dict[str, Any]) -> Settings:
    """One connection at a time, whatever the profile."""
    if profile is Profile.EHLO:
        return msgspec.structs.replace(USUAL, **fields)
    return Settings(profile=profile, lanes=1, **fields)


def _expectations(given: dict[str, Any]) -> tuple[bytes, str, str] | None:
    if given["expect"] is None and given["preset"] is None:
        return None
    data = userfile.read(Path(given["expect"]), "a file of expectations") if given["expect"] else b""
    return data, given["expect"] or "", given["preset"] or ""


def _asking_for(expect: tuple[bytes, str, str], settings: Settings) -> Settings:
    """Loads much that a scan without expectations does not need."""
    from smtpprobe.check.needs import asking_for
    from smtpprobe.expect.servers import of_everybody

    return asking_for(of_everybody(*expect).expectations, settings)


def _fingerprint(given: dict[str, Any], source: str, expect: tuple[bytes, str, str] | None) -> str:
    """All that decides what stands in the output in the end; of files what they hold."""
    told = {name: value for name, value in given.items() if name not in _ELSEWHERE | _SHOWN}
    told["expect"] = _digest(expect[0]) if expect is not None else None
    for name, path in (("file", source), ("blocklist", given["blocklist"])):
        if path and path != "-" and os.path.isfile(path):
            told[name] = _of_file(path)
    return json.dumps(told, sort_keys=True, default=str)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _of_file(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"The file {path!r} cannot be read ({reason}): check its path and its mode.") from None
