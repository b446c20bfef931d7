"""Merged flights on shared connections tell the same as every question on a connection of its own."""

from __future__ import annotations

import asyncio

import pytest
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP
from held_runs import NAME, answers, asked, but, held, proper, reasons, settings, told, verdicts

from smtpprobe.fake import Personality, load, names
from smtpprobe.model import Route, Target, Transcript
from smtpprobe.outcome import Outcome, Verdict
from smtpprobe.probes import BY_NAME
from smtpprobe.run import Settings, probe

ALONE = {"each_alone": True, "pipelining": False, "lanes": 1}
#: Servers with which a comparison is impossible by nature; test_run_rules.py says what holds instead.
APART = {"rate-limited", "hangs-up-at-once"}


def personality(name: str) -> Personality:
    return but(name, manners={"delay": 0.01}) if name == "slow" else load(name)


def compared(merged: Transcript, alone: Transcript) -> None:
    proper(merged)
    proper(alone)
    assert verdicts(merged) == verdicts(alone)
    ours, theirs = answers(merged), answers(alone)
    # EHLO again is asked in whichever TLS state there is room, and its answer is that state's.
    assert {k: v for k, v in ours.items() if k[0] != "ehlo-repeated"} == {
        k: v for k, v in theirs.items() if k[0] != "ehlo-repeated"
    }
    shapes = [sorted((o.probe, o.subject, o.verdict, o.detail) for o in told(t, "ehlo-tls")) for t in (merged, alone)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", sorted(set(names()) - APART))
def test_merged_flights_tell_what_single_questions_tell(name: str) -> None:
    timeout = 0.5 if name == "flushes-input" else 5.0
    merged, server = held(personality(name), settings(timeout=timeout))
    alone, other = held(personality(name), settings(**ALONE))
    compared(merged, alone)
    assert {one.probe for one in asked(merged)} >= {"mail", "help", "noop", "rset", "helo"}
    assert not any(reason.startswith("budget") for reason in reasons(merged))
    assert server.connections < other.connections / 2


async def _against_aiosmtpd(how: Settings) -> Transcript:
    loop = asyncio.get_running_loop()
    # aiosmtpd asks for getfqdn unless it is given a name.
    listener = await loop.create_server(lambda: SMTP(Sink(), hostname="mx.example.org", loop=loop), "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        report = await probe(Target("aiosmtpd", "127.0.0.1", port), Route("127.0.0.1", "127.0.0.1", port), how)
        return report.transcript


def test_aiosmtpd_itself() -> None:
    merged = asyncio.run(_against_aiosmtpd(settings()))
    alone = asyncio.run(_against_aiosmtpd(settings(**ALONE)))
    compared(merged, alone)
    assert merged.software is not None
    assert merged.software.name == alone.software.name if alone.software else False
    assert merged.outcome is Outcome.ANSWERED
    (size,) = told(merged, "mail-parameter")[:1]
    assert size.verdict is not Verdict.UNTESTED


@pytest.mark.parametrize("name", sorted(set(names()) - {"slow", "flushes-input"}))
@pytest.mark.parametrize(
    "how",
    [
        Settings(ehlo_name=NAME, timeout=2.0),
        Settings(ehlo_name=NAME, timeout=2.0, connections=1),
        Settings(ehlo_name=NAME, timeout=2.0, connections=3),
        settings(connections=None),
    ],
    ids=["capabilities", "one connection", "three connections", "full"],
)
def test_within_the_budget_nothing_is_lost(name: str, how: Settings) -> None:
    """What was not put says why: the budget, or a refused MAIL."""
    run, server = held(name, how)
    proper(run)
    assert server.connections <= how.most_connections
    assert all(BY_NAME[one.probe].profile.rank <= how.profile.rank for one in asked(run))
    assert all(one.evidence or one.detail for one in asked(run))
    unput = {o.detail for o in asked(run) if o.verdict is Verdict.UNTESTED and not o.evidence}
    if name not in APART:
        assert all(why.startswith(("budget: ", "a plain MAIL got")) for why in unput)


@pytest.mark.parametrize("name", sorted(set(names()) - {"slow", "flushes-input"} - APART))
@pytest.mark.parametrize("most", [2, 4])
def test_a_narrow_run_has_the_same_questions_as_a_wide_one(name: str, most: int) -> None:
    wide, _ = held(name)
    narrow, _ = held(name, settings(connections=most))
    # What an unannounced HELP or a TLS that was not reached would have given rise to is not known to the narrow run.
    dependent = {"help-topic"}
    missing = {k[:2] for k in verdicts(wide)} - {k[:2] for k in verdicts(narrow)}
    assert {probe for probe, _ in missing} <= dependent
    same = {k: v for k, v in verdicts(narrow).items() if not any(verdict == "untested" for verdict, _ in v)}
    assert same.items() <= verdicts(wide).items()
