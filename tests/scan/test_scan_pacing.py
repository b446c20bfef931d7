"""Whose turn it is: never too often, never too many, and every server in the end."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from skipping_loop import run

from smtpprobe.scan import pacing
from smtpprobe.scan.addresses import loopback, network_of
from smtpprobe.scan.pacing import Pace, Pacer
from smtpprobe.scanning import Unit


class Visit(SimpleNamespace):
    unit: Unit
    began: float
    ended: float
    again: bool
    attempt: int


def unit(number: int, address: str, operator: str = "") -> Unit:
    return Unit(number, address, operator=operator)


def ask(
    units: Iterator[Unit | None] | list[Unit],
    pace: Pace,
    *,
    slots: int = 50,
    tick: float = 0.0,
    takes: Callable[[Unit], float] = lambda unit: 1.0,
    busy: Callable[[Unit, int], bool] = lambda unit, attempt: False,
) -> list[Visit]:
    """Ask them all in so many conversations at a time. When the loop has no more to do, all of them have ended."""
    visits: list[Visit] = []

    async def slot(pacer: Pacer) -> None:
        loop = asyncio.get_running_loop()
        while (one := await pacer.next()) is not None:
            began, attempt = loop.time(), pacer.attempt(one)
            await asyncio.sleep(takes(one))
            again = pacer.done(one, busy(one, attempt))
            visits.append(Visit(unit=one, began=began, ended=loop.time(), again=again, attempt=attempt))

    async def whole() -> None:
        pacer = Pacer(iter(units), pace)
        async with asyncio.TaskGroup() as group:
            for _ in range(slots):
                group.create_task(slot(pacer))
        assert pacer.held == pacer.in_flight == 0
        assert not pacer._gates or pacer._later, "a gate without a purpose is kept"

    run(whole(), tick)
    return visits


def most_at_once(visits: list[Visit]) -> int:
    changes = sorted([(one.began, 1) for one in visits] + [(one.ended, -1) for one in visits])
    most = now = 0
    for _, change in changes:
        now += change
        most = max(most, now)
    return most


def test_servers_of_one_address_are_asked_one_after_the_other_with_a_pause() -> None:
    visits = ask([unit(number, "192.0.2.1") for number in range(4)], Pace())
    assert [one.began for one in visits] == pytest.approx([0.0, 3.0, 6.0, 9.0])


def test_a_network_is_asked_eight_at_a_time() -> None:
    visits = ask([unit(number, f"192.0.2.{number}") for number in range(24)], Pace())
    assert most_at_once(visits) == 8
    assert max(one.ended for one in visits) == pytest.approx(3.0)


def test_an_operator_is_asked_eight_at_a_time_in_whatever_networks() -> None:
    visits = ask([unit(number, f"198.51.{number}.1", "example.com") for number in range(24)], Pace())
    assert most_at_once(visits) == 8
    assert max(one.ended for one in visits) == pytest.approx(3.0)


def test_servers_of_different_networks_and_operators_do_not_wait_for_each_other() -> None:
    visits = ask([unit(number, f"198.51.{number}.1") for number in range(40)], Pace())
    assert {one.began for one in visits} == {0.0}


def test_a_network_that_is_full_does_not_hold_up_the_rest_of_the_list() -> None:
    crowd = [unit(number, f"192.0.2.{number}") for number in range(200)]
    visits = ask([*crowd, unit(999, "198.51.100.1")], Pace(), slots=20)
    (other,) = [one for one in visits if one.unit.id == 999]
    assert other.began == 0.0


def test_servers_of_this_machine_know_no_pause() -> None:
    visits = ask([unit(number, "127.0.0.1", "example.com") for number in range(50)], Pace())
    assert {one.began for one in visits} == {0.0}


def test_the_rate_holds_for_every_server() -> None:
    visits = ask([unit(number, f"127.0.0.{number}") for number in range(101)], Pace(rate=10.0), slots=200)
    begins = sorted(one.began for one in visits)
    assert begins[-1] == pytest.approx(10.0, abs=0.2)
    assert all(after - before >= 0.04 for before, after in itertools.pairwise(begins))


def test_a_rate_that_was_not_used_up_is_not_made_up_for() -> None:
    def listed() -> Iterator[Unit | None]:
        yield unit(0, "127.0.0.1")
        # For five seconds there is nothing to ask.
        yield from [None] * 1000
        yield from [unit(number, "127.0.0.1") for number in range(1, 21)]

    begins = [one.began for one in ask(listed(), Pace(rate=10.0))]
    assert begins[1] >= 4.9
    assert begins[-1] - begins[1] == pytest.approx(1.9, abs=0.1)


def test_a_long_pause_of_one_does_not_cover_a_short_one_of_another() -> None:
    units = [unit(1, "192.0.2.1"), unit(2, "198.51.100.1"), unit(3, "198.51.100.1")]
    visits = ask(
        units,
        Pace(),
        slots=2,
        takes=lambda one: 1.0 if one.id == 1 else 5.0,
        busy=lambda one, attempt: one.id == 1 and attempt == 1,
    )
    assert [(one.unit.id, one.began) for one in visits] == [
        (1, 0.0),
        (2, 0.0),
        (3, pytest.approx(7.0)),
        (1, pytest.approx(31.0)),
    ]


def test_a_busy_server_is_asked_again_later_and_its_network_waits_with_it() -> None:
    units = [unit(1, "192.0.2.1"), unit(2, "198.51.100.1")]
    later = [unit(3, "192.0.2.3"), unit(4, "198.51.100.2")]

    def listed() -> Iterator[Unit | None]:
        yield from units
        # They are read when the first answer is there: a second, and a look every 5 ms.
        yield from [None] * 400
        yield from later

    visits = ask(listed(), Pace(), busy=lambda one, attempt: one.id == 1 and attempt == 1)
    began = {(one.unit.id, one.attempt): one.began for one in visits}
    assert began[1, 2] >= 31.0
    assert began[3, 1] >= 31.0
    assert began[4, 1] < 10.0


def test_a_server_that_stays_busy_is_given_up_after_three_times() -> None:
    visits = ask([unit(1, "192.0.2.1", "example.com")], Pace(), busy=lambda one, attempt: True)
    assert [(one.attempt, one.again) for one in visits] == [(1, True), (2, True), (3, False)]
    assert [one.began for one in visits] == pytest.approx([0.0, 31.0, 92.0])


def test_a_busy_server_of_this_machine_is_asked_again_later_too() -> None:
    visits = ask([unit(1, "127.0.0.1"), unit(2, "127.0.0.2")], Pace(), busy=lambda one, attempt: one.id == 1)
    assert [one.began for one in visits if one.unit.id == 1] == pytest.approx([0.0, 31.0, 92.0])


def test_how_long_a_network_is_left_alone_has_a_limit() -> None:
    pace = Pace(tries=12)
    visits = ask([unit(1, "192.0.2.1")], pace, busy=lambda one, attempt: True)
    pauses = [after.began - before.ended for before, after in itertools.pairwise(visits)]
    assert pauses == pytest.approx([30.0, 60.0, 120.0, 240.0, 480.0, *[600.0] * 6])


def test_after_a_pause_a_network_is_tried_with_one_connection() -> None:
    units = [unit(number, f"192.0.2.{number}") for number in range(30)]
    visits = ask(units, Pace(), busy=lambda one, attempt: one.id < 8 and attempt == 1)
    after = sorted(one.began for one in visits if one.began > 5)
    assert after[0] == pytest.approx(31.0)
    # Eight at a time again as soon as one has been answered.
    assert after[1:9] == pytest.approx([32.0] * 8)


def test_eight_busy_answers_of_one_moment_count_as_one() -> None:
    units = [unit(number, f"192.0.2.{number}") for number in range(8)]
    visits = ask(units, Pace(), busy=lambda one, attempt: attempt == 1)
    assert min(one.began for one in visits if one.attempt == 2) == pytest.approx(31.0)


def test_the_list_is_not_read_far_ahead_of_what_may_be_asked() -> None:
    read = 0

    def listed() -> Iterator[Unit]:
        nonlocal read
        for number in range(pacing.MOST_HELD * 2):
            read += 1
            yield unit(number, "192.0.2.1")

    async def whole() -> None:
        pacer = Pacer(listed(), Pace())
        assert await pacer.next()
        waiting = asyncio.ensure_future(pacer.next())
        for _ in range(1000):
            await asyncio.sleep(0)
        assert read <= pacing.MOST_HELD + 1
        assert pacer.held == pacing.MOST_HELD
        pacer.stop()
        assert await waiting is None

    run(whole())


def test_a_long_list_is_opened_in_bursts_between_which_the_loop_goes_on() -> None:
    async def whole() -> int:
        pacer = Pacer(iter([unit(number, "127.0.0.1") for number in range(1000)]), Pace())
        turns: Counter[int] = Counter()
        turn = 0

        async def slot() -> None:
            while (one := await pacer.next()) is not None:
                turns[turn] += 1
                pacer.done(one)

        slots = [asyncio.ensure_future(slot()) for _ in range(500)]
        while not all(one.done() for one in slots):
            await asyncio.sleep(0)
            turn += 1
        return max(turns.values())

    assert run(whole()) <= 2 * pacing.BURST


def test_a_server_given_to_who_no_longer_wants_it_goes_to_the_next() -> None:
    async def whole() -> None:
        pacer = Pacer(iter([unit(1, "192.0.2.1"), unit(2, "192.0.2.1")]), Pace(per_address_gap=0.0))
        first = await pacer.next()
        assert first is not None
        lost = asyncio.ensure_future(pacer.next())
        await asyncio.sleep(0)
        pacer.done(first)
        lost.cancel()
        second = await pacer.next()
        assert second is not None
        assert second.id == 2
        assert pacer.in_flight == 1
        pacer.done(second)
        assert await pacer.next() is None

    run(whole())


def test_what_goes_wrong_with_the_list_is_told_to_who_waits() -> None:
    def listed() -> Iterator[Unit | None]:
        yield unit(1, "192.0.2.1")
        yield None
        raise OSError("disk")

    async def whole() -> None:
        pacer = Pacer(listed(), Pace())
        assert await pacer.next()
        with pytest.raises(OSError, match="disk"):
            await pacer.next()

    run(whole())


def test_stopped_it_gives_out_nothing_more_and_takes_nothing_back() -> None:
    async def whole() -> None:
        pacer = Pacer(iter([unit(1, "192.0.2.1"), unit(2, "192.0.2.1")]), Pace())
        first = await pacer.next()
        waiting = asyncio.ensure_future(pacer.next())
        await asyncio.sleep(0)
        pacer.stop()
        assert await waiting is None
        assert first is not None
        assert not pacer.done(first, busy=True)
        assert await pacer.next() is None

    run(whole())


ADDRESSES = st.sampled_from(
    ["192.0.2.1", "192.0.2.2", "192.0.2.3", "198.51.100.1", "2001:db8::1", "2001:db8::2", "127.0.0.1"]
)
PAUSES = st.sampled_from([0.0, 0.1, 1.0, 7.0])


@settings(deadline=None, max_examples=150)
@given(
    listed=st.lists(
        st.one_of(
            st.none(), st.tuples(ADDRESSES, st.sampled_from(["", "a.example", "b.example"]), PAUSES, st.integers(0, 3))
        ),
        max_size=60,
    ),
    pace=st.builds(
        Pace,
        per_address_gap=PAUSES,
        per_network=st.integers(1, 3),
        per_operator=st.integers(1, 3),
        rate=st.sampled_from([None, 1.0, 50.0]),
    ),
    slots=st.integers(1, 30),
    tick=st.sampled_from([0.0, 0.0001, 0.003]),
)
def test_no_limit_is_ever_passed_and_no_server_forgotten(
    listed: list[tuple[str, str, float, int] | None], pace: Pace, slots: int, tick: float
) -> None:
    units = [None if one is None else unit(number, one[0], one[1]) for number, one in enumerate(listed)]
    takes = {number: one[2] for number, one in enumerate(listed) if one is not None}
    busy = {number: one[3] for number, one in enumerate(listed) if one is not None}
    visits = ask(
        iter(units),
        pace,
        slots=slots,
        tick=tick,
        takes=lambda one: takes[one.id],
        busy=lambda one, attempt: attempt <= busy[one.id],
    )
    asked = Counter(one.unit.id for one in visits)
    assert asked == {one.id: min(busy[one.id] + 1, pace.tries) for one in units if one is not None}
    assert most_at_once(visits) <= slots
    far = [one for one in visits if not loopback(one.unit.address)]
    for address in {one.unit.address for one in far}:
        theirs = sorted([one for one in far if one.unit.address == address], key=lambda one: (one.began, one.ended))
        for before, after in itertools.pairwise(theirs):
            assert after.began >= before.ended + pace.per_address_gap - 1e-6
    for network in {network_of(one.unit.address) for one in far}:
        assert most_at_once([one for one in far if network_of(one.unit.address) == network]) <= pace.per_network
    for operator in {one.unit.operator for one in far} - {""}:
        assert most_at_once([one for one in far if one.unit.operator == operator]) <= pace.per_operator


def test_a_pace_is_plain_data() -> None:
    assert replace(Pace(), rate=5.0).rate == 5.0
