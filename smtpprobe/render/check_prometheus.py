"""A check for node_exporter's textfile collector: each series carries the labels target and group. Prints only."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric

from smtpprobe.expectation import Checking
from smtpprobe.render.metrics import Row, families, label

LABELS = ("target", "group")


class _Told:
    """What a registry asks for its metrics."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = tuple(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def exposition(metrics: Iterable[Metric]) -> str:
    """These families in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Told(metrics))
    return generate_latest(registry).decode()


def render(checking: Checking) -> str:
    """The whole file. Servers that have both labels in common are one, so that no series is there twice."""
    together: dict[tuple[str, str], Row] = {}
    for server in checking.servers:
        key = label(server.name), label(",".join(server.groups))
        before = together[key].servers if key in together else ()
        together[key] = Row(key, (*before, server), checking.inconclusive == "pass")
    return exposition(families(together.values(), LABELS))
