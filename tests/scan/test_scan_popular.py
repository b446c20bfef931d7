"""A server that very many names lead to: its line is bounded, and no host of it is lost."""

from __future__ import annotations

from smtpprobe.scan.store import MOST_NAMES, Lead, Store
from smtpprobe.scanning import Unit

HOSTS = [f"mx{number}.provider.example" for number in range(5)]


def leads(names: int, hosts: list[str]) -> list[Lead]:
    return [
        Lead("192.0.2.1", 25, "starttls", 0, host, f"{number:06}.example", 10)
        for host in hosts
        for number in range(names)
    ]


def unit_of(*rows: Lead) -> tuple[Unit, int]:
    with Store(None) as store:
        store.claim("")
        store.add(rows, [])
        store.end_list()
        store.plan()
        (unit,) = store.units(0)
        return unit, sum(1 for _ in store.leads())


def test_the_first_names_and_one_of_each_host_are_kept_and_the_others_counted() -> None:
    unit, told = unit_of(*leads(MOST_NAMES + 100, HOSTS))

    assert len(unit.names) == MOST_NAMES + len(HOSTS) - 1
    assert unit.left_out == len(HOSTS) * (MOST_NAMES + 100) - len(unit.names)
    assert {one.host for one in unit.names} == set(HOSTS)
    assert list(unit.names) == sorted(unit.names, key=lambda one: (one.host, one.text))
    assert unit.operator == "provider.example"
    assert told == len(HOSTS) * (MOST_NAMES + 100)


def test_of_few_names_none_is_left_out() -> None:
    unit, _ = unit_of(*leads(MOST_NAMES, HOSTS[:1]))

    assert (len(unit.names), unit.left_out) == (MOST_NAMES, 0)


def test_of_very_many_hosts_some_are_left_out() -> None:
    unit, told = unit_of(*leads(1, [f"h{number:05}.example" for number in range(3 * MOST_NAMES)]))

    assert len(unit.names) == 2 * MOST_NAMES
    assert len(unit.names) + unit.left_out == told
