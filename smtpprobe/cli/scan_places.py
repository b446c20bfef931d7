"""The files of a scan: what must be so of them before anything is sent, since a scan may take days to its end."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Any

from smtpprobe.cli.errors import Refused
from smtpprobe.cli.scan_job import Job
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.framing import framing_of
from smtpprobe.scan.store import Store

#: Modules that some files need, and the extra that has them.
_PARQUET = "pyarrow"


def check(job: Job, given: dict[str, Any]) -> None:
    """Raise Refused for files that cannot be written, or that would be one another."""
    if given["parquet"] and (job.state is None or job.fields is not None):
        raise Refused("--parquet is made of whole lines in a file: name one with -o, and leave --fields out.")
    if given["parquet"] and find_spec(_PARQUET) is None:
        raise Refused(f"{given['parquet']} cannot be written without pyarrow: install smtpprobe[scan].")
    named = [("FILE", job.source), ("-o", job.output)]
    named += [(f"--{option}", given[option]) for option in ("names", "html", "parquet")]
    places: dict[str, str] = {}
    for option, path in named:
        if path is None or (path == job.source and path == "-"):
            continue
        place = os.path.realpath(path)
        if place in places and not _is_special(place):
            raise Refused(f"{places[place]} and {option} name the same file, {path}: name different ones.")
        places[place] = option
        if option != "FILE":
            _check_folder(path, option)
    if job.output is not None:
        try:
            framing_of(job.output)
        except ScanError as error:
            raise Refused(str(error)) from None


def begin_output(job: Job, store: Store, *, again: bool) -> None:
    """Make room for the output of a scan that begins anew. Raises Refused for a file that is none of its own."""
    output = job.output
    if job.state is None or output is None or not os.path.exists(output) or not os.path.getsize(output):
        return
    if again:
        try:
            os.truncate(output, 0)
        except OSError as error:
            raise Refused(f"{output} cannot be written ({error.strerror}): name another file with -o.") from None
    elif not store.written() and not store.intended():
        raise Refused(
            f"{output} exists, and there is no scan that could go on in it: name another file with -o, or replace "
            "it with --again."
        )


def _check_folder(path: str, option: str) -> None:
    folder = os.path.dirname(os.path.realpath(path))
    if os.path.isdir(path):
        raise Refused(f"{path} is a folder: name a file with {option}.")
    if not os.path.isdir(folder):
        raise Refused(f"{path} cannot be written (there is no folder {folder}): name another file with {option}.")
    if not os.access(path if os.path.exists(path) else folder, os.W_OK):
        raise Refused(f"{path} cannot be written (Permission denied): name another file with {option}.")


def _is_special(place: str) -> bool:
    return os.path.exists(place) and not os.path.isfile(place)
