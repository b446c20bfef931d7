"""What other programs call: one function to probe, one to explain."""

from __future__ import annotations

import asyncio

import pytest

from smtpprobe.api import Report, Scanned, Settings, compare, explain, probe, scan
from smtpprobe.fake import FakeServer, load
from smtpprobe.outcome import FailureKind, Outcome, Profile
from smtpprobe.target import TargetError


def test_probe_gives_a_report() -> None:
    async def probed() -> tuple[Report, int]:
        async with FakeServer(load("demo")) as server:
            report = await probe(f"{server.host}:{server.port}", Settings(profile=Profile.EHLO, ehlo_name="a.example"))
            return report, server.connections

    report, connections = asyncio.run(probed())
    assert report.transcript.outcome is Outcome.ANSWERED
    assert report.transcript.ehlo_name == "a.example"
    assert len(report.transcript.connections) == connections
    assert len(report.notes) == len(report.transcript.exchanges)
    assert report.verdict


def test_probe_gives_a_report_for_a_failure_too() -> None:
    report = asyncio.run(probe("unix:/nonexistent/socket"))
    assert report.transcript.outcome is Outcome.UNREACHABLE
    assert report.transcript.failure is not None
    assert report.transcript.failure.kind is FailureKind.REFUSED


def test_probe_raises_for_what_is_no_target() -> None:
    with pytest.raises(TargetError, match="name a host"):
        asyncio.run(probe(""))


def test_explain_gives_a_diagnosis_for_each_reply() -> None:
    (found,) = explain("504 5.5.4 Unrecognized authentication type", "AUTH FOO")
    assert found.event.given == "504 5.5.4 Unrecognized authentication type"
    assert (found.event.code, found.event.enhanced) == (504, "5.5.4")
    assert found.meaning.steps
    assert [found.event.code for found in explain("220 mx.example\n250 ok\n")] == [220, 250]


def test_explain_raises_where_there_is_nothing_to_explain() -> None:
    with pytest.raises(ValueError, match="give a code"):
        explain("hello")


def test_compare_gives_what_differs() -> None:
    found = compare("211", "504")
    assert found.differences
    with pytest.raises(ValueError, match="reply code"):
        compare("hello", "504")


def test_scan_takes_every_server_once_and_every_name_that_leads_nowhere() -> None:
    taken: list[Scanned] = []

    async def scanned() -> int:
        async with FakeServer(load("demo")) as server:
            await scan(
                [f"{server.host}:{server.port}", f"smtp://127.0.0.1:{server.port}", "nowhere.invalid"], taken.append
            )
            return server.connections

    assert asyncio.run(scanned()) == 1
    lost, asked = taken
    assert lost.unit is None
    assert lost.unresolved is not None
    assert asked.report.transcript.outcome is Outcome.ANSWERED
    assert asked.unit is not None
    assert len(asked.unit.names) == 2


def test_scan_raises_for_what_is_no_target() -> None:
    with pytest.raises(TargetError, match="targets, line 2"):
        asyncio.run(scan(["mx.example.org", "two words"], print))
