"""Scrapes, alerts and the dashboard: each is read by its own tool, and names only series that there are."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from example_files import EXAMPLES

from smtpprobe.expect import servers
from smtpprobe.render import metrics
from smtpprobe.serve import service, tally
from smtpprobe.serve.scope import CHECK, DEFAULT, FileScope, Permission

PROMETHEUS = EXAMPLES / "prometheus"
DASHBOARD: dict[str, Any] = json.loads((EXAMPLES / "grafana" / "smtpprobe.json").read_text(encoding="utf-8"))
LABELS = {series.name: series.labels for series in (*metrics.SERIES, *service.SERIES, *tally.SERIES)}
#: What Prometheus itself adds, and what every program in Python tells.
OTHERS = {"up": (), "process_resident_memory_bytes": ()}
#: What Grafana puts in the place of its variables.
VARIABLES = {"$instance": ".*", "$__rate_interval": "5m"}

needs_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="needs promtool, of Debian's package prometheus"
)


def panels() -> list[dict[str, Any]]:
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def queries() -> list[str]:
    found = []
    for panel in panels():
        for target in panel["targets"]:
            query = target["expr"]
            for variable, value in VARIABLES.items():
                query = query.replace(variable, value)
            found.append(query)
    return found


def rules() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in loaded["groups"] for rule in group["rules"]]


def promtool(*words: str, folder: Path = PROMETHEUS) -> None:
    done = subprocess.run(["promtool", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("query", [*queries(), *(rule["expr"] for rule in rules())])
def test_a_query_names_series_and_labels_that_there_are(query: str) -> None:
    plain = re.sub(r'"[^"]*"', '""', query)
    names = set(re.findall(r"\b(?:probe|smtpprobe|process)_[a-z_]+|\bup\b", plain))
    assert names
    assert names <= LABELS.keys() | OTHERS.keys()
    for name, matchers in re.findall(r"\b([a-z_]+)\{([^}]*)\}", plain):
        labels = set(re.findall(r"([a-z_]+)\s*(?:=|!)", matchers))
        assert labels <= {"job", "instance", *LABELS.get(name, ())}


@needs_promtool
def test_prometheus_reads_every_query_of_the_dashboard(tmp_path: Path) -> None:
    recorded = [{"record": f"panel:{number}", "expr": query} for number, query in enumerate(queries())]
    (tmp_path / "rules.yml").write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": recorded}]}))
    promtool("check", "rules", "rules.yml", folder=tmp_path)


@needs_promtool
def test_prometheus_reads_its_configuration_and_the_alerts() -> None:
    promtool("check", "config", "prometheus.yml")
    promtool("check", "rules", "alerts.yml")


@needs_promtool
def test_every_alert_does_what_its_test_says() -> None:
    promtool("test", "rules", "alerts_test.yml")


def test_every_alert_has_a_test_in_which_it_fires_and_says_what_to_do() -> None:
    tests = yaml.safe_load((PROMETHEUS / "alerts_test.yml").read_text(encoding="utf-8"))["tests"]
    fired = {case["alertname"] for test in tests for case in test["alert_rule_test"] if case["exp_alerts"]}
    assert fired == {rule["alert"] for rule in rules()}
    for rule in rules():
        assert rule["labels"]["severity"] in ("warning", "critical")
        assert set(rule["annotations"]) == {"summary", "description"}
        assert rule["annotations"]["description"].rstrip().endswith((".", "{{ $labels.instance }}"))


def test_the_scrapes_ask_for_what_the_configuration_has() -> None:
    scope = FileScope(servers.read(PROMETHEUS / "smtpprobe.toml", fail_on="never"), Permission(), {})
    jobs = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text(encoding="utf-8"))["scrape_configs"]
    probing = [job for job in jobs if job.get("metrics_path") == "/probe"]
    assert [job["params"]["module"] for job in probing] == [[DEFAULT], [CHECK]]
    for job in probing:
        assert tuple(job["static_configs"][0]["targets"]) == scope.targets
        for target in scope.targets:
            pace = scope.pace(target, job["params"]["module"][0])
            assert bool(pace.interval) == (job["params"]["module"] == [CHECK])


def test_the_dashboard_is_one_that_grafana_imports() -> None:
    assert DASHBOARD["title"]
    assert DASHBOARD["uid"] == "smtpprobe"
    assert DASHBOARD["schemaVersion"] >= 36
    assert "id" not in DASHBOARD
    assert {one["name"] for one in DASHBOARD["templating"]["list"]} == {"datasource", "instance"}
    numbers = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(numbers) == len(set(numbers))
    for panel in panels():
        assert panel["title"]
        assert panel["description"].endswith(".")
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}


def test_no_two_panels_lie_over_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert max(x for x, _ in cells) < 24
        assert not cells & taken
        taken |= cells


def test_no_series_of_a_probe_is_left_out_of_dashboard_and_alerts_but_these() -> None:
    shown = " ".join([*queries(), *(rule["expr"] for rule in rules())])
    unshown = {name for name in LABELS if not re.search(rf"\b{name}\b", shown)}
    assert unshown == {
        *("probe_ip_protocol", "smtpprobe_addresses", "smtpprobe_dns_seconds", "smtpprobe_dns_queries"),
        *("smtpprobe_tls_version", "smtpprobe_retries", "smtpprobe_connections", "smtpprobe_probe_queued_seconds"),
        *("smtpprobe_exporter_build_info", "smtpprobe_exporter_config_last_reload_success_timestamp_seconds"),
    }
