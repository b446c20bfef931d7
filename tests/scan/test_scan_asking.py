"""How servers are to be asked, as it goes to workers."""

from __future__ import annotations

import pickle

import pytest
from stub_asking import asking


def test_it_reaches_a_worker_as_it_was() -> None:
    how = asking(at_once=7, rate=3.0)
    assert pickle.loads(pickle.dumps(how)) == how


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_workers_together_do_what_one_might_have_done(workers: int) -> None:
    part = asking(at_once=100, rate=50.0).part(workers)
    assert 100 <= part.at_once * workers < 100 + workers
    assert part.pace.rate is not None
    assert part.pace.rate * workers == pytest.approx(50.0)


def test_every_worker_may_ask() -> None:
    assert asking(at_once=2).part(8).at_once == 1


def test_without_a_rate_there_is_none_for_a_part() -> None:
    assert asking().part(2).pace.rate is None
    assert asking().at_a_part_of_the_rate(2) == asking()


def test_only_the_rate_is_shared_by_those_who_have_a_machine_each() -> None:
    part = asking(at_once=100, rate=50.0).at_a_part_of_the_rate(4)
    assert part.at_once == 100
    assert part.pace.rate == pytest.approx(12.5)
