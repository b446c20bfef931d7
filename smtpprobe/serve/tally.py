"""What the exporter tells of itself: counts, and the metrics made of them. Nothing here is about a single target."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from prometheus_client import PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from smtpprobe import __version__
from smtpprobe.outcome import Outcome
from smtpprobe.render.metrics import Series, exposition, label
from smtpprobe.serve.keeping import Source


class Refusal(Enum):
    """Why a request was not answered as it wished."""

    HOST = "host"
    METHOD = "method"
    BODY = "body"
    LENGTH = "length"
    PATH = "path"
    SITE = "site"
    TARGET = "target"
    MODULE = "module"
    TIMEOUT = "timeout"
    STOPPING = "stopping"
    FAULT = "fault"


BUILD = Series("smtpprobe_exporter_build_info", "The version of smtpprobe.", ("version",))
IN_FLIGHT = Series("smtpprobe_exporter_probes_in_flight", "Probes that run at this moment.")
WAITING = Series("smtpprobe_exporter_probes_waiting", "Probes that wait for their turn.")
PROBES = Series("smtpprobe_exporter_probes_total", "Probes that were run, by how they ended.", ("module", "outcome"))
SCRAPES = Series("smtpprobe_exporter_scrapes_total", "Answers to /probe, by where they came from.", ("source",))
REFUSED = Series("smtpprobe_exporter_requests_refused_total", "Requests that were refused, by reason.", ("reason",))
RELOADED = Series("smtpprobe_exporter_config_last_reload_successful", "Whether the configuration was read last time.")
RELOADED_AT = Series(
    "smtpprobe_exporter_config_last_reload_success_timestamp_seconds", "When the configuration in use was read."
)
SERIES = (BUILD, IN_FLIGHT, WAITING, PROBES, SCRAPES, REFUSED, RELOADED, RELOADED_AT)


class Tally:
    """Counts since the exporter was started."""

    def __init__(self) -> None:
        self._probes: Counter[tuple[str, Outcome]] = Counter()
        self._scrapes: Counter[Source] = Counter()
        self._refused: Counter[Refusal] = Counter()
        self._reloaded = True
        self._reloaded_at = time.time()

    def probed(self, module: str, outcome: Outcome) -> None:
        self._probes[module, outcome] += 1

    def answered(self, source: Source) -> None:
        self._scrapes[source] += 1

    def refused(self, why: Refusal) -> None:
        self._refused[why] += 1

    def reloaded(self, *, well: bool) -> None:
        """The configuration was read again, or has a mistake."""
        self._reloaded = well
        if well:
            self._reloaded_at = time.time()

    def families(self, in_flight: int, waiting: int) -> Iterator[Metric]:
        """All counts, those of zero among them where the labels are a closed list."""
        yield _gauge(BUILD, [((__version__,), 1)])
        yield _gauge(IN_FLIGHT, [((), in_flight)])
        yield _gauge(WAITING, [((), waiting)])
        yield _counter(PROBES, [((label(module), word), n) for (module, word), n in sorted(self._probes.items())])
        yield _counter(SCRAPES, [((source.name.lower(),), self._scrapes[source]) for source in Source])
        yield _counter(REFUSED, [((why.value,), self._refused[why]) for why in Refusal])
        yield _gauge(RELOADED, [((), self._reloaded)])
        yield _gauge(RELOADED_AT, [((), self._reloaded_at)])


def of_process(more: Callable[[], Iterable[Metric]]) -> Callable[[], str]:
    """Gives the exposition of this process, with ``more`` before it."""
    process, platform = ProcessCollector(registry=None), PlatformCollector(registry=None)
    return lambda: exposition([*more(), *process.collect(), *platform.collect()])


_Samples = Iterable[tuple[tuple[str, ...], float]]


def _gauge(series: Series, samples: _Samples) -> GaugeMetricFamily:
    family = GaugeMetricFamily(series.name, series.help, labels=series.labels)
    for values, value in samples:
        family.add_metric(values, value)
    return family


def _counter(series: Series, samples: _Samples) -> CounterMetricFamily:
    family = CounterMetricFamily(series.name, series.help, labels=series.labels)
    for values, value in samples:
        family.add_metric(values, value)
    return family
