"""Every fake server, probed, saved, loaded and probed again: the copy answers as the original did, redacted or not.

All of them are held at the same time, once, since much of it is waiting; then each one is looked at.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from likeness import CLIENT, PATIENCE, Likeness, likeness, probed, settings_for

from smtpprobe.fake import Personality, load, names, portray, saved
from smtpprobe.fake.library import parse
from smtpprobe.model import Report
from smtpprobe.outcome import Profile
from smtpprobe.run import Settings

#: The one left out takes a second for every reply.
NAMES = tuple(name for name in names() if name != "slow")
PROFILES = (Profile.CAPABILITIES, Profile.FULL, Profile.SECURITY)
HOSTNAME = "mail7.corp-secret.com"
SECRETS = ("mail7", "corp-secret", "127.0.0.1", CLIENT)
AT_A_TIME = 12


class Copied(NamedTuple):
    """What came of one server: how alike its copies are, what of it was missed, and the file without names."""

    plain: Likeness
    redacted: Likeness
    missed: tuple[str, ...]
    text: str


async def copied(personality: Personality, profile: Profile, folder: Path) -> Copied:
    # Whether a server that listens hears who talks too early is a matter of who is quicker.
    skip = ("talk-first",) if personality.manners.synchronization != "off" else ()
    usual = Settings(profile=profile, skip=skip, ehlo_name=CLIENT, lanes=1, timeout=PATIENCE, greeting_timeout=PATIENCE)

    async def asked(one: Personality) -> Report:
        return await probed(one, settings_for(one, usual, folder))

    report = await asked(personality)
    text = saved(report, redact=True)
    plain = await asked(parse(saved(report, redact=False).encode(), "saved.toml"))
    redacted = await asked(parse(text.encode(), "saved.toml"))
    return Copied(likeness(report, plain), likeness(report, redacted, names=False), portray(report).missed, text)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Profile], Copied | BaseException]:
    folder = tmp_path_factory.mktemp("authority")
    gate = asyncio.Semaphore(AT_A_TIME)
    wanted = [(name, profile) for name in NAMES for profile in PROFILES]

    async def one(name: str, profile: Profile) -> Copied:
        async with gate:
            return await copied(msgspec.structs.replace(load(name), hostname=HOSTNAME), profile, folder)

    async def all_of_them() -> list[Copied | BaseException]:
        return await asyncio.gather(*[one(*each) for each in wanted], return_exceptions=True)

    return dict(zip(wanted, asyncio.run(all_of_them()), strict=True))


@pytest.mark.parametrize("profile", PROFILES, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_the_copies_answer_alike(
    name: str, profile: Profile, everything: dict[tuple[str, Profile], Copied | BaseException]
) -> None:
    found = everything[name, profile]
    if isinstance(found, BaseException):
        raise found
    assert "\n".join(found.plain.differences) == ""
    assert "\n".join(found.redacted.differences) == ""
    assert found.missed == ()
    assert [word for word in SECRETS if word in found.text.lower()] == []


def test_enough_was_compared(everything: dict[tuple[str, Profile], Copied | BaseException]) -> None:
    compared = sum(found.plain.compared for found in everything.values() if isinstance(found, Copied))
    print(f"{compared} exchanges of {len(NAMES)} servers in {len(PROFILES)} profiles compared, twice each")
    assert compared > 5_000
