"""A check for node_exporter's textfile collector: each series carries the labels target and group. Prints only."""

from __future__ import annotations

from smtpprobe.expectation import Checking
from smtpprobe.render.metrics import Row, exposition, families, label

LABELS = ("target", "group")


def render(checking: Checking) -> str:
    """The whole file. Servers that have both labels in common are one, so that no series is there twice."""
    together: dict[tuple[str, str], Row] = {}
    for server in checking.servers:
        key = label(server.name), label(",".join(server.groups))
        before = together[key].servers if key in together else ()
        together[key] = Row(key, (*before, server), checking.inconclusive == "pass")
    return exposition(families(together.values(), LABELS))
