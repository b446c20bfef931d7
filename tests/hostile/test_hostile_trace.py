"""A trace at every hostile server: it ends in time, in a conclusion, and takes no refusal for a yes."""

from __future__ import annotations

import asyncio

import pytest
from behaviour import BRISK, Behaviour
from holding import HOST, NAME
from rows import BEHAVIOURS

from smtpprobe.journey import Conclusion, Journey, Mailbox
from smtpprobe.model import Route, Target
from smtpprobe.outcome import Cause, Outcome
from smtpprobe.run import Settings
from smtpprobe.trace.case import Case, accepted
from smtpprobe.trace.conclude import conclude
from smtpprobe.trace.conditions import conditions
from smtpprobe.trace.leg import Errand, Leg

AT_A_TIME = 40
#: No run may take longer, on however busy a machine; the deadline is BRISK's.
GUARD = 30.0
ANN, BOB = Mailbox("ann", "example.net", "ann@example.net"), Mailbox("bob", "example.org", "bob@example.org")


async def concluded(behaviour: Behaviour) -> tuple[Conclusion, bool]:
    """The conclusion, and whether the server took the recipient."""
    async with behaviour.serve(behaviour.script) as server:
        journey = Journey(ANN, BOB)
        target = Target(HOST, HOST, server.port, behaviour.tls)
        settings = Settings(timeout=BRISK.step, greeting_timeout=BRISK.step, deadline=BRISK.run)
        errand = Errand(journey, target, Route(HOST, server.address, server.port), settings, NAME, "now", "nonce")
        leg = Leg(errand, asyncio.get_running_loop().time() + BRISK.run)
        await asyncio.wait_for(leg.walk(), GUARD)
    walked = leg.walked()
    found = (conditions(walked.report),)
    case = Case(journey, None, (walked,), found, walked.rulings)
    return conclude(case), accepted(walked)


async def everything() -> dict[str, tuple[Conclusion, bool] | BaseException]:
    gate = asyncio.Semaphore(AT_A_TIME)

    async def one(behaviour: Behaviour) -> tuple[Conclusion, bool]:
        async with gate:
            return await concluded(behaviour)

    ordered = sorted(BEHAVIOURS, key=lambda one: not one.waits)
    ended = await asyncio.gather(*map(one, ordered), return_exceptions=True)
    return dict(zip([one.name for one in ordered], ended, strict=True))


@pytest.fixture(scope="module")
def ended() -> dict[str, tuple[Conclusion, bool] | BaseException]:
    return asyncio.run(everything())


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_a_trace_at_a_hostile_server(
    ended: dict[str, tuple[Conclusion, bool] | BaseException], behaviour: Behaviour
) -> None:
    result = ended[behaviour.name]
    if isinstance(result, BaseException):
        raise result
    conclusion, taken = result
    assert conclusion.summary.endswith((".", "?", "!", ".)"))
    assert (conclusion.cause is Cause.NONE) <= (taken or conclusion.outcome is Outcome.INCONCLUSIVE)
    assert len(conclusion.summary) < 2_000
    assert conclusion.steps or taken
