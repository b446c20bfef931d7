"""A check held against how the servers were before: one expectation more for each server, that nothing has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from smtpprobe.changes import Snapshot, compare, read_baseline, snapshot, undecided
from smtpprobe.changes.facts import DocumentError
from smtpprobe.changes.words import What
from smtpprobe.check.facts import host_of
from smtpprobe.expect.states import no_tls
from smtpprobe.expectation import CONVERSATION, Change, Checked, Checking, Held
from smtpprobe.model import Report
from smtpprobe.outcome import Result
from smtpprobe.render.json import line

BASELINE = "baseline"
_BEFORE_TLS = frozenset({What.GREETING, What.SOFTWARE, What.EXTENSION, What.MECHANISM})
#: As much of one file is read.
_LARGEST = 64 << 20


def read(path: Path) -> dict[str, Snapshot]:
    """A baseline file. Raises DocumentError, in a sentence that names the file."""
    try:
        if not path.is_file():
            raise OSError(0, "it is no regular file" if path.exists() else "there is no such file")
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error.strerror}): --save-baseline writes one.") from None
    if len(data) > _LARGEST:
        raise DocumentError(f"{path} is larger than 64 MiB, too large for a baseline.")
    return read_baseline(data, str(path))


def snapshots(checking: Checking) -> tuple[dict[str, Snapshot], tuple[str, ...]]:
    """What to save, by server (and address, where several of one are asked), and which of them had no conversation."""
    found: dict[str, Snapshot] = {}
    silent = []
    for server in checking.servers:
        for key, address, report in _reports(server):
            if _talked(server, address):
                found[key] = snapshot(line(report).encode())
            else:
                silent.append(key)
    return found, tuple(silent)


def against(checking: Checking, baseline: Mapping[str, Snapshot]) -> Checking:
    """The check with what changed since the baseline was saved, as expectations that failed."""
    servers = [
        msgspec.structs.replace(
            server,
            held=(
                *server.held,
                *[
                    msgspec.structs.replace(held, host=host_of(report, server.target) if address else "")
                    for key, address, report in _reports(server)
                    for held in _compared(server, address, report, baseline.get(key))
                ],
            ),
        )
        for server in checking.servers
    ]
    return msgspec.structs.replace(checking, servers=tuple(servers))


def _reports(server: Checked) -> Iterable[tuple[str, str, Report]]:
    """Each report with its key in a baseline and the address that expectations name."""
    several = len(server.reports) > 1
    for report in server.reports:
        route = report.transcript.route
        if several and route is not None:
            yield f"{server.name} [{route.address}]", route.address, report
        else:
            yield server.name, "", report


def _talked(server: Checked, address: str) -> bool:
    return any(one.id == CONVERSATION and one.address == address and one.result is Result.MET for one in server.held)


def _compared(server: Checked, address: str, report: Report, before: Snapshot | None) -> Iterable[Held]:
    if before is None:
        yield _held(server, address, Result.NOT_APPLICABLE, "the baseline knows nothing of it: --save-baseline does")
        return
    if not _talked(server, address):
        because = next((o for o in server.held if o.id == CONVERSATION and o.address == address), None)
        unsure = because is not None and because.result is Result.INCONCLUSIVE
        result = Result.INCONCLUSIVE if unsure else Result.NOT_APPLICABLE
        yield _held(server, address, result, "there was no conversation", because=CONVERSATION)
        return
    after = snapshot(line(report).encode())
    if why := undecided(before, after):
        yield _held(server, address, Result.INCONCLUSIVE, why)
        return
    doubt = _no_tls_for_now(before, report)
    changes = [one for one in compare(before, after) if not doubt or one.what in _BEFORE_TLS]
    for change in changes:
        yield _changed(server, address, change)
    if doubt:
        yield _held(server, address, Result.INCONCLUSIVE, doubt)
    elif not changes:
        yield _held(server, address, Result.MET, "nothing has changed")


def _no_tls_for_now(before: Snapshot, report: Report) -> str:
    """Why TLS cannot be compared this time, where it was there before and may be there again, as after a 454."""
    run = report.transcript
    if run.encrypted is not None or "tls" not in before.states:
        return ""
    why = no_tls(run)
    return f"TLS cannot be compared: {why.got}" if why.result is Result.INCONCLUSIVE else ""


def _held(server: Checked, address: str, result: Result, got: str, because: str = "") -> Held:
    return Held(BASELINE, "it is as it was", result, "as in the baseline", got, server.place, address, because=because)


def _changed(server: Checked, address: str, change: Change) -> Held:
    return Held(
        id=BASELINE,
        title="it is as it was",
        result=Result.FAILED,
        expected="nothing of it" if change.before is None else change.before or "offered",
        got=change.words,
        place=server.place,
        address=address,
        advice="Where this is meant to be so, save the baseline anew with --save-baseline.",
    )
