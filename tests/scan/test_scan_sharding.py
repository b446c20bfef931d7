"""Servers in shards: all of them, once, and what must keep a pace together stays together."""

from __future__ import annotations

import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.scan.pacing import Pace, limits
from smtpprobe.scan.sharding import Shard, shards, size_for
from smtpprobe.scanning import Named, Unit


def shard_all(units: list[Unit], size: int, pace: Pace | None = None) -> list[Shard]:
    return [shard for shard in shards(iter(units), pace or Pace(), size) if shard is not None]


def test_servers_that_share_nothing_fill_one_shard_after_the_other() -> None:
    units = [Unit(number, f"198.51.{number}.1") for number in range(1, 26)]
    assert [shard.ids for shard in shard_all(units, 10)] == [
        tuple(range(1, 11)),
        tuple(range(11, 21)),
        tuple(range(21, 26)),
    ]


def test_a_server_comes_out_as_it_went_in() -> None:
    unit = Unit(7, "2001:db8::1", 465, host="mx.example.com", operator="example.com", names=(Named("example.com"),))
    (shard,) = shard_all([unit], 10)
    assert (shard.number, shard.ids, shard.units()) == (0, (7,), (unit,))


def test_a_network_with_more_servers_than_may_be_asked_at_once_is_not_split() -> None:
    crowd = [Unit(number, f"192.0.2.{number}") for number in range(1, 101)]
    others = [Unit(number, f"198.51.{number}.1") for number in range(101, 151)]
    mixed = [unit for pair in zip(crowd[:50], others, strict=True) for unit in pair] + crowd[50:]
    holding = [shard for shard in shard_all(mixed, 20) if set(shard.ids) & set(range(1, 101))]
    assert [set(shard.ids) for shard in holding] == [set(range(1, 101))]


def test_a_network_with_no_more_servers_than_that_may_be() -> None:
    crowd = [Unit(number, f"192.0.2.{number}") for number in range(1, 9)]
    assert [shard.ids for shard in shard_all(crowd, 3)] == [(1, 2, 3), (4, 5, 6), (7, 8)]


def test_two_networks_with_one_large_operator_stay_together() -> None:
    one = [Unit(number, f"192.0.2.{number}", operator="example.com" if number < 6 else "") for number in range(1, 11)]
    two = [Unit(number, f"198.51.100.{number}", operator="example.com") for number in range(11, 21)]
    assert len(shard_all(one + two, 5)) == 1


def test_servers_of_this_machine_need_no_pace_together() -> None:
    units = [Unit(number, "127.0.0.1", operator="example.com") for number in range(1, 41)]
    assert [len(shard.ids) for shard in shard_all(units, 10)] == [10, 10, 10, 10]


def test_no_servers_make_no_shards() -> None:
    assert shard_all([], 10) == []


def test_shards_are_large_for_many_servers_and_several_for_few() -> None:
    assert size_for(40_000_000, 2) == 4096
    assert size_for(8192, 2) == 256
    assert size_for(10, 2) == 64


ADDRESSES = st.builds("192.0.{}.{}".format, st.integers(1, 6), st.integers(1, 6)) | st.just("127.0.0.1")


@settings(deadline=None)
@given(
    servers=st.lists(st.tuples(ADDRESSES, st.sampled_from(["", "a.example", "b.example", "c.example"])), max_size=80),
    size=st.integers(1, 30),
    pace=st.builds(Pace, per_network=st.integers(1, 9), per_operator=st.integers(1, 9)),
)
def test_no_limit_can_be_passed_by_several_who_ask_one_shard_each(
    servers: list[tuple[str, str]], size: int, pace: Pace
) -> None:
    units = [Unit(number, address, operator=operator) for number, (address, operator) in enumerate(servers)]
    made = shard_all(units, size, pace)
    assert sorted(unit.id for shard in made for unit in shard.units()) == list(range(len(units)))
    assert [shard.number for shard in made] == list(range(len(made)))
    assert made == shard_all(units, size, pace), "the same servers give the same shards"
    where: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for shard in made:
        assert tuple(unit.id for unit in shard.units()) == shard.ids
        for unit in shard.units():
            for limit in limits(unit, pace):
                where[limit][shard.number] += 1
    for (_, most), shards_of_it in where.items():
        assert sum(min(number, most) for number in shards_of_it.values()) <= most or len(shards_of_it) == 1
    for shard in made:
        if len(shard.ids) > size:
            assert len(shard_all(list(shard.units()), 1, pace)) == 1, "only what cannot be split is larger"


def test_servers_wait_on_the_disk(tmp_path: Path) -> None:
    count = 20_000

    def listed() -> Iterator[Unit]:
        for number in range(count):
            address = f"20.{number >> 8}.{number & 255}.1"
            yield Unit(number, address, host=f"mx{number}.example.com", names=(Named("x" * 40),) * 3)

    tracemalloc.start()
    try:
        for _ in shards(listed(), Pace(), 1024, tmp_path):
            pass
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # A batch of servers is in memory at a time.
    assert most < 10_000 * 1500 + count * 60
    assert not list(tmp_path.iterdir())
