"""The baseline file: what servers did, folded, in JSON that a person can read and git can compare. No I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal as OneOf

import msgspec
from msgspec import Struct

from smtpprobe.changes.facts import DocumentError, Fact, Snapshot
from smtpprobe.changes.folding import folded
from smtpprobe.changes.shape import check_size, check_version, decode
from smtpprobe.changes.words import What
from smtpprobe.outcome import Outcome

_NOT_KEPT = frozenset({What.ORDER, What.TIMING})
_DATES = frozenset({"valid from", "valid until"})


class Server(Struct):
    """One server as the file has it."""

    name: str
    address: str
    outcome: Outcome
    profile: str
    reason: str = ""
    states: tuple[OneOf["clear", "tls"], ...] = ()
    tls_wanted: bool = True
    facts: tuple[Fact, ...] = ()


class Baseline(Struct):
    """The whole file."""

    schema_version: int
    kind: OneOf["baseline"]
    servers: dict[str, Server]


def write_baseline(snapshots: Mapping[str, Snapshot]) -> bytes:
    """The file for these servers by their names: sorted, one fact a line, in ASCII, and the same each time."""
    servers = ",\n".join([_server(name, snapshots[name]) for name in sorted(snapshots)])
    body = f"\n{servers}\n " if servers else ""
    return f'{{\n "schema_version": 1,\n "kind": "baseline",\n "servers": {{{body}}}\n}}\n'.encode("ascii")


def read_baseline(data: bytes, place: str) -> dict[str, Snapshot]:
    """The servers of a baseline file by their names. Raises DocumentError, in a sentence that begins with ``place``."""
    try:
        check_size(data)
        check_version(data)
        baseline = decode(data, Baseline)
    except DocumentError as error:
        raise DocumentError(f"{place}: {error}") from None
    return {name: _snapshot(server) for name, server in baseline.servers.items()}


def _snapshot(server: Server) -> Snapshot:
    return Snapshot(**{name: getattr(server, name) for name in Server.__struct_fields__}, folded=True)


def _server(name: str, snapshot: Snapshot) -> str:
    snapshot = folded(snapshot)
    kept = [f for f in snapshot.facts if f.what not in _NOT_KEPT and f.subject not in _DATES]
    order = list(What)
    kept.sort(key=lambda fact: (order.index(fact.what), fact.subject, fact.command, fact.where, fact.value))
    head = [
        f'   "{field}": {_encoded(getattr(snapshot, field))}' for field in Server.__struct_fields__ if field != "facts"
    ]
    facts = ",\n".join([f"    {_encoded(msgspec.to_builtins(fact))}" for fact in kept])
    head.append(f'   "facts": [\n{facts}\n   ]' if facts else '   "facts": []')
    return f"  {_encoded(name)}: {{\n" + ",\n".join(head) + "\n  }"


def _encoded(value: object) -> str:
    """JSON in ASCII: whatever a server sent, it moves no cursor."""
    return json.dumps(value).replace("\x7f", "\\u007f")
