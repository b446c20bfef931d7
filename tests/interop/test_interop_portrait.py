"""Each real server, saved as a personality: the fake answers the probe as the server did, redacted or not."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from servers.base import DOMAIN, HOSTNAME, MailServer

from smtpprobe.fake import saved
from smtpprobe.fake.library import parse
from smtpprobe.model import Report, Route, Target
from smtpprobe.outcome import Profile
from smtpprobe.run import Settings, probe

sys.path.append(str(Path(__file__).parents[1] / "fake"))
from likeness import CLIENT, PATIENCE, likeness, probed, settings_for

PROFILES = (Profile.CAPABILITIES, Profile.FULL, Profile.SECURITY)


def asked(server: MailServer, profile: Profile, **other: Any) -> tuple[Report, Settings]:
    usual: dict[str, Any] = {"domain": DOMAIN, "ehlo_name": CLIENT, "lanes": 1, "timeout": PATIENCE}
    settings = Settings(profile=profile, sni=HOSTNAME, ca_file=str(server.ca_file), **usual | other)
    target = Target(f"{server.host}:{server.port}", server.host, server.port)
    route = Route(server.host, server.host, server.port)
    return asyncio.run(probe(target, route, settings)), settings


@pytest.mark.parametrize("redact", [False, True], ids=["as-it-is", "redacted"])
@pytest.mark.parametrize("profile", PROFILES, ids=str)
def test_the_fake_answers_as_the_real_server(
    mail_server: MailServer, profile: Profile, redact: bool, tmp_path: Path
) -> None:
    real, settings = asked(mail_server, profile)
    text = saved(real, redact=redact)
    personality = parse(text.encode(), "saved.toml")
    fake = asyncio.run(probed(personality, settings_for(personality, settings, tmp_path)))
    found = likeness(real, fake, names=not redact)
    print(f"{mail_server.name} {profile} redact={redact}: {found.compared} compared, {len(found.differences)} differ")
    assert "\n".join(found.differences) == ""
    assert not redact or HOSTNAME not in text
    assert not redact or DOMAIN not in text


def test_what_profile_full_saved_answers_other_values_too(mail_server: MailServer, tmp_path: Path) -> None:
    """Another name in EHLO, one command at a time: the real server and the fake are asked anew."""
    saved_from, _ = asked(mail_server, Profile.FULL)
    personality = parse(saved(saved_from, redact=False).encode(), "saved.toml")
    other = {"ehlo_name": "[192.0.2.99]", "pipelining": False}
    real, settings = asked(mail_server, Profile.FULL, **other)
    fake = asyncio.run(probed(personality, settings_for(personality, settings, tmp_path)))
    found = likeness(real, fake)
    print(f"{mail_server.name} other values: {found.compared} compared, {len(found.differences)} differ")
    assert "\n".join(found.differences) == ""
