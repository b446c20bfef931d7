"""What is said of the answers to profile security: that a refusal is right, and what a yes is worth."""

from __future__ import annotations

import asyncio

import pytest

from smtpprobe.explain.advice_attacks import _BY_PROBE
from smtpprobe.fake import FakeServer, Personality, load
from smtpprobe.model import Note, Report, Route, Target
from smtpprobe.outcome import Profile, Who
from smtpprobe.probes import PROBES
from smtpprobe.run import Settings, probe


def report(personality: Personality) -> Report:
    async def work() -> Report:
        async with FakeServer(personality) as server:
            route = Route("mail.example.net", server.host, server.port)
            how = Settings(profile=Profile.SECURITY, domain="mail.example.net", ehlo_name="a.example", timeout=1.0)
            return await probe(Target("fake", server.host, server.port), route, how)

    return asyncio.run(work())


def notes(of: Report, name: str) -> list[Note]:
    pairs = zip(of.transcript.exchanges, of.notes, strict=True)
    return [note for exchange, note in pairs if exchange.probe == name and note is not None]


def advice(of: Report, name: str) -> str:
    return " ".join([text for note in notes(of, name) for text in note.advice])


@pytest.fixture(scope="module")
def insecure() -> Report:
    return report(load("insecure"))


@pytest.fixture(scope="module")
def postfix() -> Report:
    return report(load("postfix"))


def test_every_probe_of_the_profile_has_its_words() -> None:
    assert set(_BY_PROBE) == {one.name for one in PROBES if one.profile is Profile.SECURITY}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("relay", "Accepted at RCPT, which is not delivered yet"),
        ("rcpt-random", "Nobody has this name"),
        ("line-end-cr", "Answered though only half of the line end was sent"),
        ("line-end-lf", "Answered though only half of the line end was sent"),
        ("talk-first", "Served, though we talked before the greeting"),
        ("starttls-smuggled-command", "anybody on the path could have sent it"),
        ("auth-unannounced", "A login begins here in clear"),
        ("requiretls-in-clear", "where it is broken already"),
        ("ntlm", "names the server's Windows network"),
    ],
)
def test_what_a_yes_is_worth(insecure: Report, name: str, words: str) -> None:
    assert words in advice(insecure, name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("relay", "It does not relay for us in this form"),
        ("line-end-cr", "The command has ended only now"),
        ("auth-unannounced", "No login before TLS"),
    ],
)
def test_a_refusal_is_right_and_nobody_has_to_act(postfix: Report, name: str, words: str) -> None:
    assert words in advice(postfix, name)
    assert "log in on a submission port" not in advice(postfix, name)
    final = [note for note in notes(postfix, name) if note.advice]
    assert {note.who for note in final} == {Who.NOBODY}
