"""What is saved of a server that behaves badly: a file that loads, or one sentence. All are held once, together."""

from __future__ import annotations

import asyncio

import pytest
from behaviour import AMPLE, BRISK, Behaviour
from holding import hold
from rows import BEHAVIOURS, BY_NAME

from smtpprobe import userfile
from smtpprobe.fake import PortraitError, saved
from smtpprobe.fake.library import parse
from smtpprobe.model import Report

AT_A_TIME = 40


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    gate = asyncio.Semaphore(AT_A_TIME)

    async def one(behaviour: Behaviour) -> Report:
        async with gate:
            return (await hold(behaviour, BRISK if behaviour.waits else AMPLE)).report

    async def everything() -> list[Report]:
        # The catalogue loads on first use, which takes a while and is nobody's fault.
        await hold(BY_NAME["everything_refused"], AMPLE)
        return await asyncio.gather(*map(one, BEHAVIOURS))

    return dict(zip([one.name for one in BEHAVIOURS], asyncio.run(everything()), strict=True))


@pytest.mark.parametrize("redact", [False, True], ids=["as-it-is", "redacted"])
@pytest.mark.parametrize("name", BY_NAME)
def test_it_gives_a_file_that_loads_or_one_sentence(reports: dict[str, Report], name: str, redact: bool) -> None:
    text, told = "", ""
    try:
        text = saved(reports[name], redact=redact)
    except PortraitError as error:
        told = str(error)
    if not text:
        assert told.endswith(".")
        assert told.isprintable()
        return
    parse(text.encode(), "saved.toml")
    assert len(text.encode()) <= userfile.LARGEST
    assert [character for character in text if not (character.isprintable() or character in "\n\t")] == []
    assert all(line.startswith("#") for line in text.partition("\n\n")[0].splitlines())
