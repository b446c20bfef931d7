"""A check as Prometheus reads it: the series, their labels, and nothing that a server said."""

from __future__ import annotations

import re
import shutil
import subprocess

import check_golden
import checkings_more
import exim_report
import hostile_report
import msgspec
import pytest
from checkings_more import CHECKINGS, checking, met, server
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from smtpprobe.catalogue.codes import CODES
from smtpprobe.catalogue.extensions import EXTENSIONS
from smtpprobe.expectation import Checked, Checking, Held
from smtpprobe.model import Capabilities, Certificate, Keyword, Report, TlsFacts
from smtpprobe.outcome import CertificateFault, FailureKind, Outcome, Result, Severity, Stage
from smtpprobe.render import CHECK_RENDERERS
from smtpprobe.render.metrics import SERIES, label

CLOSED = {
    "outcome": {*Outcome},
    "stage": {*Stage},
    "kind": {*FailureKind},
    "result": {*Result},
    "severity": {*Severity},
    "state": {"clear", "tls"},
    "version": {"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3", "unknown"},
    "code": {*map(str, CODES), "other"},
    "keyword": {entry.keyword for entry in EXTENSIONS.values()},
}


def told(made: Checking) -> dict[str, Metric]:
    text = CHECK_RENDERERS["prometheus"](made)
    return {family.name: family for family in text_string_to_metric_families(text)}


def values(made: Checking, name: str, **labels: str) -> list[float]:
    """The values of the samples that carry these labels."""
    found = told(made)[name].samples if name in told(made) else []
    return [one.value for one in found if labels.items() <= one.labels.items()]


def value(made: Checking, name: str, **labels: str) -> float:
    (one,) = values(made, name, **labels)
    return one


def with_exim(**changes: object) -> Checked:
    """A server with all that a report can have."""
    report = msgspec.structs.replace(exim_report.report())
    return msgspec.structs.replace(server("mx1.example.org", met(4), reports=(report,)), **changes)


def test_golden_prometheus() -> None:
    check_golden.compare("untold.prom", CHECK_RENDERERS["prometheus"](CHECKINGS["untold"]()))


@pytest.mark.parametrize("name", [name for name in CHECKINGS if name != "nothing"])
def test_every_series_has_target_and_group_first_and_is_there_once(name: str) -> None:
    seen = set()
    for family in told(CHECKINGS[name]()).values():
        assert family.type == "gauge"
        for sample in family.samples:
            assert {"target", "group"} <= sample.labels.keys()
            key = (sample.name, *sorted(sample.labels.items()))
            assert key not in seen
            seen.add(key)


def test_a_check_of_nobody_is_an_empty_file() -> None:
    assert CHECK_RENDERERS["prometheus"](CHECKINGS["nothing"]()) == ""


def test_every_series_is_listed_with_its_labels_and_no_other_is_told() -> None:
    listed = {series.name: {"target", "group", *series.labels} for series in SERIES}
    made = (*(make() for make in CHECKINGS.values()), checking(with_exim()))
    seen = {name: family for one in made for name, family in told(one).items()}
    assert set(seen) == set(listed)
    for name, family in seen.items():
        assert {key for sample in family.samples for key in sample.labels} == listed[name]


@pytest.mark.parametrize(
    ("name", "success", "conversation"),
    [
        ("all-met", 1, "met"),
        ("one-fails", 0, "met"),
        ("untold", 0, "met"),
        ("busy", 0, "inconclusive"),
        ("unreachable", 0, "failed"),
        ("not-smtp", 0, "failed"),
    ],
)
def test_success_and_the_conversation(name: str, success: int, conversation: str) -> None:
    made = CHECKINGS[name]()
    assert value(made, "probe_success") == success
    for result in Result:
        expected = float(result == conversation)
        assert value(made, "smtpprobe_expectation", expectation="conversation", result=result) == expected


def test_three_results_are_told_apart() -> None:
    for name, expectation, result in (
        ("all-met", "present-SIZE", "met"),
        ("one-fails", "command-VRFY", "failed"),
        ("untold", "tls-offered", "inconclusive"),
        ("unreachable", "present-SIZE", "not-applicable"),
    ):
        found = told(CHECKINGS[name]())["smtpprobe_expectation"].samples
        on = {one.labels["result"] for one in found if one.labels["expectation"] == expectation and one.value}
        assert on == {result}


def test_the_user_has_the_word_on_what_is_undecided() -> None:
    for word, success in (("pass", 1), ("fail", 0), (None, 0)):
        made = msgspec.structs.replace(CHECKINGS["untold"](), inconclusive=word)
        assert value(made, "probe_success") == success
    lenient = msgspec.structs.replace(CHECKINGS["one-fails"](), inconclusive="pass")
    assert value(lenient, "probe_success") == 0


def test_what_a_run_has_shown_becomes_numbers() -> None:
    made = checking(with_exim(attempts=3, connections=7, dns_queries=4, dns_ns=50_000_000, elapsed_ns=1_500_000_000))
    assert value(made, "probe_duration_seconds") == 1.5
    assert value(made, "probe_dns_lookup_time_seconds") == value(made, "smtpprobe_dns_seconds") == 0.05
    assert value(made, "probe_ip_protocol") == 4
    assert value(made, "probe_ssl_earliest_cert_expiry") == 1796256000
    assert value(made, "probe_tls_version_info", version="TLS 1.3") == 1
    assert value(made, "smtpprobe_tls_version", version="TLS 1.3") == 1
    assert value(made, "smtpprobe_tls_version", version="TLS 1.2") == 0
    assert value(made, "smtpprobe_outcome", outcome="answered") == 1
    assert value(made, "smtpprobe_outcome", outcome="refused") == 0
    assert value(made, "smtpprobe_addresses", outcome="answered") == 1
    assert value(made, "smtpprobe_stage_duration_seconds", stage="connect") == pytest.approx(0.023)
    assert value(made, "smtpprobe_replies", stage="greeting", code="220") == 2
    assert value(made, "smtpprobe_replies", stage="clear", code="504") == 1
    assert value(made, "smtpprobe_extension", keyword="STARTTLS", state="clear") == 1
    assert values(made, "smtpprobe_extension", keyword="STARTTLS", state="tls") == []
    assert value(made, "smtpprobe_unknown_extensions", state="clear") == 1
    assert value(made, "smtpprobe_certificate_trusted") == 1
    assert value(made, "smtpprobe_findings", severity="error") == 1
    assert value(made, "smtpprobe_finding", rule="auth-in-clear", severity="error") == 1
    assert value(made, "smtpprobe_retries") == 2
    assert value(made, "smtpprobe_connections") == 7
    assert value(made, "smtpprobe_dns_queries") == 4


def test_a_failure_says_where_and_why() -> None:
    made = CHECKINGS["unreachable"]()
    assert value(made, "smtpprobe_failure", stage="connect", kind="refused") == 1
    assert value(made, "smtpprobe_outcome", outcome="unreachable") == 1


def test_of_several_addresses_the_worst_is_told() -> None:
    made = CHECKINGS["mx-domain"]()
    assert value(made, "probe_success") == 0
    assert value(made, "smtpprobe_addresses", outcome="answered") == 5
    assert value(made, "smtpprobe_expectation", expectation="conversation", result="failed") == 1
    assert value(made, "smtpprobe_expectation", expectation="certificate-days", result="failed") == 1
    assert value(made, "smtpprobe_expectation", expectation="mx-servers", result="failed") == 1


def test_servers_with_the_same_labels_are_one() -> None:
    good, bad = server("mx1.example.org", met(3)), server("mx1.example.org", (*met(2), checkings_more.VRFY))
    made = checking(good, bad)
    assert value(made, "probe_success") == 0
    assert value(made, "smtpprobe_connections") == 4
    assert value(made, "smtpprobe_expectation", expectation="command-VRFY", result="failed") == 1


def test_what_a_server_has_changed_is_one_expectation() -> None:
    made = CHECKINGS["changed"]()
    names = {one.labels["expectation"] for one in told(made)["smtpprobe_expectation"].samples}
    assert "baseline" in names
    assert not [name for name in names if name.startswith("baseline-")]


def test_the_earliest_of_a_chain_that_cannot_be_read_is_what_was_stated() -> None:
    report = exim_report.report()
    certificate = Certificate("", "", (), "", "2026-12-03T00:00:00Z", 3, None)
    facts = TlsFacts("TLSv1.1", "", certificate, chain=(b"", b"\xff" * 40))
    run = msgspec.structs.replace(report.transcript, tls=facts)
    made = checking(with_exim(reports=(msgspec.structs.replace(report, transcript=run),)))
    assert value(made, "probe_ssl_earliest_cert_expiry") == 1796256000
    unreadable = Certificate("", "", (), "", "", 0, CertificateFault.UNREADABLE)
    run = msgspec.structs.replace(run, tls=TlsFacts("odd", "", unreadable))
    made = checking(with_exim(reports=(msgspec.structs.replace(report, transcript=run),)))
    assert values(made, "probe_ssl_earliest_cert_expiry") == []
    assert values(made, "smtpprobe_certificate_expiry_timestamp_seconds") == []
    assert value(made, "smtpprobe_certificate_trusted") == 0
    assert value(made, "smtpprobe_tls_version", version="unknown") == 1


def hostile(report: Report, payload: str) -> Report:
    """All that a server says is the payload, and so are the keywords of its EHLO."""
    worse = hostile_report.poisoned(report, payload)
    said = Capabilities(payload, tuple([Keyword(payload + str(n), (payload,)) for n in range(50)]))
    run = msgspec.structs.replace(worse.transcript, clear=said, encrypted=said, route=report.transcript.route)
    return msgspec.structs.replace(worse, transcript=run, findings=report.findings)


@pytest.mark.parametrize("payload", hostile_report.PAYLOADS.values(), ids=hostile_report.PAYLOADS)
def test_no_text_of_a_server_becomes_a_label(payload: str) -> None:
    report = hostile(exim_report.report(), payload)
    held = tuple([msgspec.structs.replace(one, got=payload, evidence=(payload,), advice=payload) for one in met(6)])
    more = Held(f"baseline-extension-{payload}", payload, Result.FAILED, payload, payload)
    families = told(checking(msgspec.structs.replace(with_exim(reports=(report,)), held=(*held, more)))).values()
    for sample in (sample for family in families for sample in family.samples):
        for name, text in sample.labels.items():
            if name in CLOSED:
                assert text in CLOSED[name]
            elif name == "expectation":
                assert text in {one.id for one in held} | {"baseline"}
            elif name == "rule":
                assert text in {finding.rule for finding in report.findings}
            else:
                assert (name, text) in {("target", "mx1.example.org:25"), ("group", "mx")}


@pytest.mark.parametrize("payload", hostile_report.PAYLOADS.values(), ids=hostile_report.PAYLOADS)
def test_what_the_user_wrote_is_escaped(payload: str) -> None:
    held = Held(payload, "", Result.MET, "")
    odd = msgspec.structs.replace(server("x", (*met(2), held)), name=payload, groups=(payload, "mx"))
    text = CHECK_RENDERERS["prometheus"](checking(odd))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    assert {one.labels["target"] for one in samples} == {label(payload)}


@pytest.mark.skipif(shutil.which("promtool") is None, reason="needs promtool, of Debian's package prometheus")
@pytest.mark.parametrize("name", ["mixed", "mx-domain", "unicode", "stopped", "changed"])
def test_promtool_has_nothing_to_say(name: str) -> None:
    text = CHECK_RENDERERS["prometheus"](CHECKINGS[name]())
    done = subprocess.run(["promtool", "check", "metrics"], input=text.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
