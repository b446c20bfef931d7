"""docs/exporter.md names every series that there is, with its labels, and what an exporter gives is in it."""

from __future__ import annotations

import re
import sys

import pytest
from docs_console import ROOT

from smtpprobe.outcome import Outcome, Result, Severity
from smtpprobe.render import metrics, metrics_tls
from smtpprobe.serve import guard, service, tally
from smtpprobe.serve.keeping import Source
from smtpprobe.serve.scope import CHECK, DEFAULT, FileScope, Permission

sys.path.append(str(ROOT / "tests" / "serve"))
from exporters import exporter, run

from smtpprobe.expect import servers
from smtpprobe.fake import FakeServer, load

PAGE = (ROOT / "docs" / "exporter.md").read_text(encoding="utf-8")
LISTED = (*metrics.SERIES, *service.SERIES, *tally.SERIES)
#: What every program in Python tells.
USUAL = re.compile(r"process_[a-z_]+|python_info")


def documented() -> dict[str, tuple[str, ...]]:
    rows = re.findall(r"^\| `([a-z_]+)` \|([^|]*)\|", PAGE, flags=re.MULTILINE)
    return {name: tuple(re.findall(r"`([a-z]+)`", labels)) for name, labels in rows if "_" in name}


def row(name: str) -> str:
    found = re.search(rf"^\| `{name}` \|.*$", PAGE, flags=re.MULTILINE)
    assert found is not None
    return found[0]


def test_every_series_is_documented_in_order_with_its_labels() -> None:
    assert list(documented().items()) == [(series.name, series.labels) for series in LISTED]


@pytest.mark.parametrize(
    ("series", "words"),
    [
        ("smtpprobe_outcome", list(Outcome)),
        ("smtpprobe_expectation", list(Result)),
        ("smtpprobe_findings", list(Severity)),
        ("probe_tls_version_info", ["TLS 1.0", "TLS 1.3", metrics_tls.UNKNOWN]),
        ("smtpprobe_replies", [metrics.OTHER]),
        ("smtpprobe_exporter_scrapes_total", [source.name.lower() for source in Source]),
        ("smtpprobe_exporter_requests_refused_total", [why.value for why in tally.Refusal]),
    ],
)
def test_the_words_of_a_label_are_documented(series: str, words: list[str]) -> None:
    assert [word for word in words if f"`{word}`" not in row(series)] == []


def test_the_limits_and_the_modules_are_as_documented() -> None:
    assert f"{guard.LONGEST_QUERY:,} characters" in PAGE
    assert f"| `{DEFAULT}`, where none is named |" in PAGE
    assert f"| `{CHECK}` |" in PAGE
    made = re.search(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert made is not None
    scope = FileScope(servers.parse(made[1].encode(), "docs", fail_on="never"), Permission(), {})
    assert scope.modules == (DEFAULT, "submission", "thorough")
    assert scope.most_at_once == FileScope(servers.made(()), Permission(), {}).most_at_once


def test_what_an_exporter_gives_is_documented() -> None:
    async def test() -> None:
        async with FakeServer(load("insecure")) as server:
            target = f"127.0.0.1:{server.port}"
            text = f'[[server]]\ntarget = "{target}"\npreset = "mx"\n[exporter]\ntargets = ["127.0.0.1:1"]'
            scope = FileScope(servers.parse(text.encode(), "test.toml", fail_on="never"), Permission(), {})
            async with exporter(scope) as it:
                told = {**await it.probe(target), **await it.probe(target, CHECK), **await it.probe("127.0.0.1:1")}
                names = {name.partition("{")[0] for name in (*told, *await it.metrics())}
        assert {name for name in names if not USUAL.fullmatch(name)} == set(documented())

    run(test)


def test_the_page_says_where_it_listens() -> None:
    from smtpprobe.serve import main

    place = f"{main.HOST}:{main.PORT}"
    assert f"`{place}`" in PAGE
    assert (ROOT / "examples" / "prometheus" / "prometheus.yml").read_text(encoding="utf-8").count(place) == 2
