"""Real Prometheus scrapes the exporter about 200 servers: a hundred addresses of Postfix, a hundred of hostile ones."""

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import servers.postfix
import servers.prometheus
from servers.base import Certificates, MailServer, free_port
from servers.postfix import Door
from servers.prometheus import Prometheus, fetch

from smtpprobe.render import metrics
from smtpprobe.serve import service, tally

EXAMPLES = Path(__file__).parents[2] / "examples"
CONSOLE = [sys.executable, "-c", "from smtpprobe.cli.start import main; main()"]
#: Of each kind of server.
SOME = 25
POSTFIX = [f"127.0.40.{number}" for number in range(1, 101)]
KINDS = ("silent", "tarpit", "flood", "garbage")
HOSTILE = {f"127.0.41.{number}": KINDS[(number - 1) // SOME] for number in range(1, 101)}
#: Those that cannot be done with before time is over.
WAITING = [address for address, kind in HOSTILE.items() if kind in ("silent", "tarpit")]
INTERVAL = 10
GUARD = 120.0
DOCUMENTED = {one.name for one in (*metrics.SERIES, *service.SERIES, *tally.SERIES)}
#: What Prometheus adds to every scrape, and what every program in Python tells.
OWN = re.compile(r"up|scrape_[a-z_]+|process_[a-z_]+|python_info")

pytestmark = pytest.mark.skipif(shutil.which("prometheus") is None, reason="needs Debian's package prometheus")


class Hostile:
    """A hundred servers on one port; the address that a client came to says what it has to bear."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.started, self.over = threading.Event(), asyncio.Event()

    async def serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        talks: set[asyncio.Task[None]] = set()

        def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = self.loop.create_task(self._talk(reader, writer))
            talks.add(task)
            task.add_done_callback(talks.discard)

        async with await asyncio.start_server(met, "0.0.0.0", self.port, backlog=1024):
            self.started.set()
            await self.over.wait()
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        # An aborted transport closes its socket in the next turn of the loop.
        await asyncio.sleep(0)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._say(HOSTILE[writer.get_extra_info("sockname")[0]], writer)
            await reader.read()
        except OSError:
            return
        finally:
            writer.transport.abort()

    async def _say(self, kind: str, writer: asyncio.StreamWriter) -> None:
        if kind == "garbage":
            writer.write(os.urandom(300) + b"\r\n\x1b[2J\r\n")
        while kind == "flood":
            writer.write(b"220-more and more\r\n" * 500)
            await writer.drain()
        for octet in b"220-and so on\r\n" * 100 if kind == "tarpit" else b"":
            writer.write(bytes([octet]))
            await writer.drain()
            await asyncio.sleep(1)


@contextmanager
def hostile() -> Iterator[int]:
    it = Hostile(free_port())
    thread = threading.Thread(target=lambda: asyncio.run(it.serve()))
    thread.start()
    assert it.started.wait(GUARD)
    try:
        yield it.port
    finally:
        it.loop.call_soon_threadsafe(it.over.set)
        thread.join(GUARD)


@dataclass(frozen=True, slots=True)
class Exporter:
    base: str
    process: subprocess.Popen[str]

    def probe(self, target: str, module: str = "ehlo") -> str:
        return fetch(f"{self.base}/probe?target={target}&module={module}", X_Prometheus_Scrape_Timeout_Seconds="30")


@contextmanager
def exporter(folder: Path, configuration: str) -> Iterator[Exporter]:
    config = folder / "exporter.toml"
    config.write_text(configuration)
    command = [*CONSOLE, "exporter", "--config", str(config), "--listen", "127.0.0.1:0", "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Exporter(process.stdout.readline().split()[2].removesuffix("/"), process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(GUARD) == 0
    finally:
        process.kill()
        process.communicate()


@dataclass(frozen=True, slots=True)
class Scene:
    """All that runs. ``fast`` and ``slow`` are targets."""

    postfix: MailServer
    exporter: Exporter
    fast: list[str]
    hostile: dict[str, str]
    waiting: list[str]


CONFIGURATION = """
[defaults]
ca_file = "{ca_file}"
[exporter]
targets = {targets}
[[server]]
target = "{checked}"
sni = "mail.test.example"
[server.expect.extensions]
present = ["SIZE >= 10MB", "STARTTLS"]
absent = ["SMTPUTF9"]
[server.expect.certificate]
trusted = true
[[server.expect.command]]
name = "relay"
send = ["MAIL FROM:<>", "RCPT TO:<somebody@example.org>"]
code = "5xx"
[[server.expect.command]]
name = "vrfy"
send = "VRFY root"
code = "550"
"""

SCRAPES = """
global: {{scrape_interval: {interval}s, scrape_timeout: {interval}s}}
rule_files: ["{alerts}"]
scrape_configs:
  - job_name: smtp
    metrics_path: /probe
    static_configs: [{groups}]
    relabel_configs: &ask
      - {{source_labels: [__address__], target_label: __param_target}}
      - {{source_labels: [__param_target], target_label: instance}}
      - {{target_label: __address__, replacement: "{exporter}"}}
  - job_name: smtp-check
    metrics_path: /probe
    scrape_interval: 2s
    scrape_timeout: 2s
    params: {{module: [check]}}
    static_configs: [{{targets: ["{checked}"]}}]
    relabel_configs: *ask
  - job_name: smtpprobe-exporter
    scrape_interval: 1s
    scrape_timeout: 1s
    static_configs: [{{targets: ["{exporter}"]}}]
"""


@pytest.fixture(scope="module")
def scene(server_folder: Path, certificates: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    # Postfix lets in 50 connections of one client, unless told otherwise.
    door = Door("0.0.0.0", free_port(), {"smtpd_client_connection_count_limit": "0"})
    with (
        servers.postfix.running(server_folder, certificates, doors=[door]) as postfix,
        hostile() as port,
    ):
        fast = [f"{address}:{door.port}" for address in POSTFIX]
        slow = {f"{address}:{port}": kind for address, kind in HOSTILE.items()}
        configuration = CONFIGURATION.format(
            ca_file=postfix.ca_file, targets=json.dumps([*fast, *slow]), checked=f"127.0.0.1:{postfix.port}"
        )
        with exporter(tmp_path_factory.mktemp("exporter"), configuration) as it:
            yield Scene(postfix, it, fast, slow, [f"{address}:{port}" for address in WAITING])


@pytest.fixture(scope="module")
def prometheus(scene: Scene, server_folder: Path) -> Iterator[Prometheus]:
    groups = [{"targets": scene.fast, "labels": {"kind": "postfix"}}]
    groups += [
        {"targets": [one for one, its in scene.hostile.items() if its == kind], "labels": {"kind": kind}}
        for kind in KINDS
    ]
    scrapes = SCRAPES.format(
        interval=INTERVAL,
        alerts=EXAMPLES / "prometheus" / "alerts.yml",
        groups=", ".join(json.dumps(group) for group in groups),
        exporter=scene.exporter.base.removeprefix("http://"),
        checked=f"127.0.0.1:{scene.postfix.port}",
    )
    with servers.prometheus.running(server_folder, scrapes) as it:
        # Each has been asked twice, and most of them while others were.
        it.wait(
            lambda: it.value('count(count_over_time(up{job="smtp"}[5m]) >= 2)') == len(POSTFIX) + len(HOSTILE), GUARD
        )
        yield it


def test_two_hundred_at_the_same_moment(scene: Scene) -> None:
    # Before Prometheus asks: who asks for the same at the same time shares the answer.
    patience = 20

    async def asked(client: httpx.AsyncClient, target: str) -> tuple[str, float, str]:
        begun = time.monotonic()
        answer = await client.get("/probe", params={"target": target}, timeout=GUARD)
        assert answer.status_code == 200
        return target, time.monotonic() - begun, answer.text

    async def all_asked() -> list[tuple[str, float, str]]:
        limits = httpx.Limits(max_connections=None)
        headers = {"X-Prometheus-Scrape-Timeout-Seconds": str(patience)}
        async with httpx.AsyncClient(
            base_url=scene.exporter.base, headers=headers, limits=limits, trust_env=False
        ) as client:
            return await asyncio.gather(*[asked(client, target) for target in (*scene.hostile, *scene.fast)])

    told = asyncio.run(all_asked())
    took = {target: seconds for target, seconds, _ in told}
    fast, slow = max(took[target] for target in scene.fast), min(took[target] for target in scene.waiting)
    print(f"200 at once: Postfix at most {fast:.3f} s, those that wait at least {slow:.3f} s")
    assert all("probe_success 1.0" in text for target, _, text in told if target in scene.fast)
    assert slow > patience - 1
    assert fast < slow / 2


def test_every_scrape_is_answered_and_tells_a_well_server_from_an_ill_one(scene: Scene, prometheus: Prometheus) -> None:
    up = prometheus.values('min_over_time(up{job="smtp"}[5m])')
    assert set(up) == {*scene.fast, *scene.hostile}
    assert [target for target, value in up.items() if value != 1] == []
    success = prometheus.values('probe_success{job="smtp"}')
    assert success == {**dict.fromkeys(scene.fast, 1.0), **dict.fromkeys(scene.hostile, 0.0)}
    outcomes = prometheus.values('smtpprobe_outcome{job="smtp", kind="postfix", outcome="answered"}')
    assert outcomes == dict.fromkeys(scene.fast, 1.0)
    versions = prometheus.values('probe_tls_version_info{job="smtp", version="TLS 1.3"}')
    assert versions == dict.fromkeys(scene.fast, 1.0)


def test_no_target_waits_for_another(scene: Scene, prometheus: Prometheus) -> None:
    assert prometheus.value("max_over_time(smtpprobe_exporter_probes_in_flight[5m])") > SOME
    assert prometheus.value("max_over_time(smtpprobe_exporter_probes_waiting[5m])") == 0
    fast = prometheus.value('max(max_over_time(scrape_duration_seconds{job="smtp", kind="postfix"}[5m]))')
    slow = prometheus.value('min(min_over_time(scrape_duration_seconds{job="smtp", kind=~"silent|tarpit"}[5m]))')
    typical = prometheus.value('quantile(0.5, scrape_duration_seconds{job="smtp", kind="postfix"})')
    memory = prometheus.value('max_over_time(process_resident_memory_bytes{job="smtpprobe-exporter"}[5m])') / 1e6
    print(f"Postfix: {typical:.3f} s, at most {fast:.3f} s; who waits: at least {slow:.3f} s; {memory:.0f} MB")
    assert slow > INTERVAL - 1
    assert fast < slow / 2


def test_every_series_is_as_documented_and_none_holds_what_a_server_said(prometheus: Prometheus) -> None:
    series = prometheus.ask("series", match='{job=~"smtp|smtp-check|smtpprobe-exporter"}')
    names = {one["__name__"] for one in series}
    assert {name for name in names if not OWN.fullmatch(name)} <= DOCUMENTED
    missing = DOCUMENTED - names
    assert missing <= {"smtpprobe_finding"}
    odd = [value for one in series for value in one.values() if not re.fullmatch(r"[\w .:=-]*", value)]
    assert odd == []


def test_promtool_has_nothing_to_say(scene: Scene) -> None:
    asked = [(scene.fast[0], "ehlo"), (f"127.0.0.1:{scene.postfix.port}", "check")]
    asked += [(next(one for one, its in scene.hostile.items() if its == kind), "ehlo") for kind in ("flood", "garbage")]
    for text in (fetch(f"{scene.exporter.base}/metrics"), *[scene.exporter.probe(*one) for one in asked]):
        done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_expectations_are_held_and_the_server_is_asked_once_in_the_interval(
    scene: Scene, prometheus: Prometheus
) -> None:
    prometheus.wait(lambda: prometheus.value('count_over_time(up{job="smtp-check"}[5m])') >= 3, GUARD)
    found = prometheus.ask("query", query='smtpprobe_expectation{job="smtp-check"} == 1')["result"]
    results = {one["metric"]["expectation"]: one["metric"]["result"] for one in found}
    assert results["conversation"] == results["command-relay"] == results["certificate-trusted"] == "met"
    assert results["command-vrfy"] == "failed"
    assert prometheus.value('smtpprobe_probe_age_seconds{job="smtp-check"}') > 0
    assert prometheus.value('probe_success{job="smtp-check"}', 9) == 0
    assert prometheus.value('smtpprobe_exporter_probes_total{module="check"}') == 1


def test_the_alerts_and_the_dashboard_of_the_examples_work(prometheus: Prometheus) -> None:
    groups = prometheus.ask("rules")["groups"]
    assert [rule["lastError"] for group in groups for rule in group["rules"] if rule.get("lastError")] == []
    board = json.loads((EXAMPLES / "grafana" / "smtpprobe.json").read_text())
    queries = [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]
    assert len(queries) > 20
    for query in queries:
        asked = query.replace("$instance", ".*").replace("$__rate_interval", "1m")
        answer = prometheus.ask("query", query=asked)
        assert answer["resultType"] == "vector"
        if asked.startswith("count(count by (instance) (probe_success"):
            assert answer["result"][0]["value"][1] == str(len(POSTFIX) + len(HOSTILE) + 1)
