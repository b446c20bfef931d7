"""The recorder: what it writes down of a run is the same run when it is replayed."""

from __future__ import annotations

import asyncio

import pytest
import record
import seg_levels
from seg_replay import whole
from seg_transcript import read, written

from smtpprobe.fake import FakeServer, load
from smtpprobe.model import Report, Route


async def report(name: str) -> Report:
    async with FakeServer(load(name)) as server:
        return await seg_levels.run(Route("mx.example.org", server.host, server.port))


@pytest.mark.parametrize("name", ["exim", "answers-twice"])
def test_a_recorded_run_is_the_same_run_when_replayed(name: str) -> None:
    held = asyncio.run(report(name))
    transcript = record.transcript_of(held, ("A test.",))
    assert read(written(transcript)) == transcript
    # The certificate and what is found about it stay behind.
    replayed = seg_levels.explained(transcript, whole)
    before = seg_levels.timeless(held)
    assert [one["command"] for one in replayed["exchanges"]] == [one["command"] for one in before["exchanges"]]
    codes = [[one["reply"] and one["reply"]["code"] for one in run["exchanges"]] for run in (replayed, before)]
    assert codes[0] == codes[1]
    assert replayed["observations"] == before["observations"]
    assert replayed["outcome"] == before["outcome"]
