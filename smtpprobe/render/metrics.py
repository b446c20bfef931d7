"""A check as Prometheus sees it: the series, the samples of what came of a server, and the text format. No HTTP.

Every label is out of a closed list of ours, or what the user wrote (escaped): what a server says never becomes one.
Series that mean the same as blackbox_exporter's have its names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address

from msgspec import Struct
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from smtpprobe.catalogue import extensions
from smtpprobe.catalogue.codes import CODES
from smtpprobe.expectation import Checked
from smtpprobe.model import Capabilities, Report, TlsFacts, Transcript
from smtpprobe.outcome import Outcome, Result, Severity, Stage
from smtpprobe.render import escape, metrics_tls
from smtpprobe.render.timings import stage_ticks

#: For a code that the catalogue does not know, and where there was none.
OTHER = "other"
_SECOND = 1e9
_LONGEST_LABEL = 300
_BASELINE = "baseline"
_BETTER_TO_WORSE = (Result.NOT_APPLICABLE, Result.MET, Result.INCONCLUSIVE, Result.FAILED)

Sample = tuple[tuple[str, ...], float]


class Series(Struct, frozen=True):
    """What a name stands for. All are gauges: each probe is told as it was, and nothing is added up."""

    name: str
    help: str
    labels: tuple[str, ...] = ()


class Row(Struct, frozen=True):
    """What is told under the same first labels, fit as they are: a server, or several that share them.

    ``inconclusive_passes``: what could not be decided is no failure.
    """

    labels: tuple[str, ...]
    servers: tuple[Checked, ...]
    inconclusive_passes: bool = False

    @property
    def reports(self) -> tuple[Report, ...]:
        return tuple([report for server in self.servers for report in server.reports])

    @property
    def runs(self) -> tuple[Transcript, ...]:
        return tuple([report.transcript for report in self.reports])

    @property
    def handshakes(self) -> tuple[TlsFacts, ...]:
        return tuple([run.tls for run in self.runs if run.tls is not None])


def families(rows: Iterable[Row], first: tuple[str, ...] = ()) -> Iterator[GaugeMetricFamily]:
    """The metric families of these rows, in the order of SERIES. ``first`` are the labels that each row has values of.

    Where a row has several addresses the worst is told.
    """
    told = tuple(rows)
    for series, measure in _MEASURES:
        family = GaugeMetricFamily(series.name, series.help, labels=(*first, *series.labels))
        for row in told:
            for values, value in measure(row):
                family.add_metric((*row.labels, *values), value)
        if family.samples:
            yield family


class _Told:
    """What a registry asks for its metrics."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = tuple(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def exposition(metrics: Iterable[Metric]) -> str:
    """These families in Prometheus' text format, version 0.0.4."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Told(metrics))
    return generate_latest(registry).decode()


def label(text: str) -> str:
    """What the user wrote, fit for a label's value."""
    return escape.terminal(text[:_LONGEST_LABEL])


def _success(row: Row) -> Iterator[Sample]:
    bad = {Result.FAILED} if row.inconclusive_passes else {Result.FAILED, Result.INCONCLUSIVE}
    yield (), not any(one.result in bad for server in row.servers for one in server.held)


def _duration(row: Row) -> Iterator[Sample]:
    yield (), max(server.elapsed_ns for server in row.servers) / _SECOND


def _ip_protocol(row: Row) -> Iterator[Sample]:
    yield (), next((_version(run) for run in row.runs if run.route is not None), 0)


def _version(run: Transcript) -> int:
    if run.route is None or run.target.path is not None:
        return 0
    return ip_address(run.route.address).version


def _chain_expiry(row: Row) -> Iterator[Sample]:
    end = metrics_tls.earliest_expiry(row.handshakes)
    if end is not None:
        yield (), end


def _version_info(row: Row) -> Iterator[Sample]:
    for version in sorted({metrics_tls.version(facts) for facts in row.handshakes}):
        yield (version,), 1


def _outcome(row: Row) -> Iterator[Sample]:
    for outcome in Outcome:
        yield (outcome,), any(server.outcome is outcome for server in row.servers)


def _addresses(row: Row) -> Iterator[Sample]:
    for outcome in Outcome:
        yield (outcome,), sum(run.outcome is outcome for run in row.runs if run.route is not None)


def _failure(row: Row) -> Iterator[Sample]:
    for stage, kind in sorted({(run.failure.stage, run.failure.kind) for run in row.runs if run.failure is not None}):
        yield (stage, kind), 1


def _stages(row: Row) -> Iterator[Sample]:
    spent = [stage_ticks(run) for run in row.runs]
    for stage in Stage:
        ticks = [one[stage] for one in spent if stage in one]
        if ticks:
            yield (stage,), max(ticks) / _SECOND


def _dns_seconds(row: Row) -> Iterator[Sample]:
    yield (), max(server.dns_ns for server in row.servers) / _SECOND


def _replies(row: Row) -> Iterator[Sample]:
    heard = Counter(
        (one.stage, str(one.code) if one.code in CODES else OTHER)
        for run in row.runs
        for one in run.exchanges
        if one.reply is not None
    )
    yield from sorted(heard.items())


def _extensions(row: Row) -> Iterator[Sample]:
    for state, said in _capabilities(row):
        known = [_known(one) for one in said]
        for keyword in sorted(set().union(*known)):
            yield (keyword, state), all(keyword in one for one in known)


def _unknown_extensions(row: Row) -> Iterator[Sample]:
    for state, said in _capabilities(row):
        unlisted = [{k.keyword for k in one.keywords if extensions.lookup(k.keyword) is None} for one in said]
        yield (state,), max(len(one) for one in unlisted)


def _capabilities(row: Row) -> Iterator[tuple[str, list[Capabilities]]]:
    for state, said in (("clear", [run.clear for run in row.runs]), ("tls", [run.encrypted for run in row.runs])):
        heard = [one for one in said if one is not None]
        if heard:
            yield state, heard


def _known(said: Capabilities) -> set[str]:
    """The catalogue's own spelling of what it knows."""
    return {entry.keyword for k in said.keywords if (entry := extensions.lookup(k.keyword)) is not None}


def _certificate_expiry(row: Row) -> Iterator[Sample]:
    end = metrics_tls.own_expiry(row.handshakes)
    if end is not None:
        yield (), end


def _certificate_trusted(row: Row) -> Iterator[Sample]:
    seen = [facts.certificate for facts in row.handshakes if facts.certificate is not None]
    if seen:
        yield (), all(one.trusted for one in seen)


def _tls_version(row: Row) -> Iterator[Sample]:
    agreed = {metrics_tls.version(facts) for facts in row.handshakes}
    for version in (*metrics_tls.VERSIONS.values(), metrics_tls.UNKNOWN):
        yield (version,), version in agreed


def _expectations(row: Row) -> Iterator[Sample]:
    worst: dict[str, Result] = {}
    for one in (one for server in row.servers for one in server.held):
        name = _expectation(one.id)
        worst[name] = max(worst.get(name, one.result), one.result, key=_BETTER_TO_WORSE.index)
    for name, result in worst.items():
        for word in Result:
            yield (name, word), word is result


def _expectation(name: str) -> str:
    """What the user expects is named by what the user wrote; what has changed, by what the server says now."""
    return _BASELINE if name.startswith(_BASELINE) else label(name)


def _findings(row: Row) -> Iterator[Sample]:
    for severity in Severity:
        found = [sum(one.severity is severity for one in report.findings) for report in row.reports]
        yield (severity,), max(found, default=0)


def _rules(row: Row) -> Iterator[Sample]:
    raised = [Counter((label(one.rule), one.severity) for one in report.findings) for report in row.reports]
    for rule, severity in sorted({key for one in raised for key in one}):
        yield (rule, severity), max(one[rule, severity] for one in raised)


def _retries(row: Row) -> Iterator[Sample]:
    yield (), max(server.attempts for server in row.servers) - 1


def _connections(row: Row) -> Iterator[Sample]:
    yield (), sum(server.connections for server in row.servers)


def _dns_queries(row: Row) -> Iterator[Sample]:
    yield (), sum(server.dns_queries for server in row.servers)


_MEASURES: tuple[tuple[Series, Callable[[Row], Iterator[Sample]]], ...] = (
    (Series("probe_success", "Whether a conversation was held and every expectation was met."), _success),
    (Series("probe_duration_seconds", "How long it took in all."), _duration),
    (Series("probe_dns_lookup_time_seconds", "How long it took to look the target up."), _dns_seconds),
    (Series("probe_ip_protocol", "The IP version of the address that was asked: 4, 6, or 0 for none."), _ip_protocol),
    (
        Series("probe_ssl_earliest_cert_expiry", "When the first certificate of those sent expires, in Unix time."),
        _chain_expiry,
    ),
    (Series("probe_tls_version_info", "The TLS version that was agreed on.", ("version",)), _version_info),
    (Series("smtpprobe_outcome", "How the conversation ended: 1 for the word that applies.", ("outcome",)), _outcome),
    (Series("smtpprobe_failure", "Where and why a conversation broke off.", ("stage", "kind")), _failure),
    (Series("smtpprobe_addresses", "How many addresses were asked, by outcome.", ("outcome",)), _addresses),
    (Series("smtpprobe_stage_duration_seconds", "How long each stage took.", ("stage",)), _stages),
    (
        Series("smtpprobe_dns_seconds", "The same as probe_dns_lookup_time_seconds."),
        _dns_seconds,
    ),
    (Series("smtpprobe_dns_queries", "How many questions about the target went to the DNS."), _dns_queries),
    (Series("smtpprobe_replies", "How many replies had this code, by stage.", ("stage", "code")), _replies),
    (
        Series("smtpprobe_extension", "EHLO keywords that are offered, in clear or inside TLS.", ("keyword", "state")),
        _extensions,
    ),
    (
        Series("smtpprobe_unknown_extensions", "How many EHLO keywords the catalogue does not know.", ("state",)),
        _unknown_extensions,
    ),
    (
        Series("smtpprobe_certificate_expiry_timestamp_seconds", "When the server's own certificate expires."),
        _certificate_expiry,
    ),
    (
        Series("smtpprobe_certificate_trusted", "Whether a client that checks would accept the certificate."),
        _certificate_trusted,
    ),
    (
        Series("smtpprobe_tls_version", "The TLS version: 1 for the one that was agreed on.", ("version",)),
        _tls_version,
    ),
    (
        Series("smtpprobe_expectation", "What came of each expectation: 1 for its result.", ("expectation", "result")),
        _expectations,
    ),
    (Series("smtpprobe_findings", "How many findings there are, by severity.", ("severity",)), _findings),
    (Series("smtpprobe_finding", "How often a rule found something.", ("rule", "severity")), _rules),
    (Series("smtpprobe_retries", "How often it was asked again."), _retries),
    (Series("smtpprobe_connections", "How many connections it took."), _connections),
)
SERIES = tuple([series for series, _ in _MEASURES])
