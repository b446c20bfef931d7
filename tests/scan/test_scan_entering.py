"""A list into the store: what becomes a server, what a name, what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from smtpprobe.outcome import FailureKind, TlsMode
from smtpprobe.scan.blocked import Blocklist
from smtpprobe.scan.entering import enter
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.reading import Mistake, read
from smtpprobe.scan.store import Listed, Store
from smtpprobe.scanning import Named, Unit


def no_mistake(mistake: Mistake) -> None:
    raise AssertionError(mistake.words)


@contextmanager
def entered(text: str, *, mx: bool = False, port: int | None = None, **options: Any) -> Iterator[Store]:
    with Store(None) as store:
        store.claim("scan")
        items = read(text.encode().splitlines(keepends=True), "list", mx=mx, port=port)
        enter(store, items, **({"mistaken": no_mistake} | options))
        yield store


def units(store: Store) -> list[Unit]:
    store.plan()
    return sorted(store.units(0), key=lambda unit: unit.id)


def test_addresses_and_ranges_become_servers_each_once() -> None:
    text = "192.0.2.1\n192.0.2.0/30\n192.0.2.1\n192.0.2.0/31\n2001:DB8::/127\n2001:db8:0::1\n192.0.2.2:465\n"
    with entered(text) as store:
        assert store.names() == 0
        found = {(unit.address, unit.port, unit.tls): [name.text for name in unit.names] for unit in units(store)}
    assert found == {
        ("192.0.2.0", 25, TlsMode.STARTTLS): ["192.0.2.0/30", "192.0.2.0/31"],
        ("192.0.2.1", 25, TlsMode.STARTTLS): ["192.0.2.0/30", "192.0.2.0/31", "192.0.2.1"],
        ("192.0.2.2", 25, TlsMode.STARTTLS): ["192.0.2.0/30"],
        ("192.0.2.2", 465, TlsMode.IMPLICIT): ["192.0.2.2:465"],
        ("192.0.2.3", 25, TlsMode.STARTTLS): ["192.0.2.0/30"],
        ("2001:db8::", 25, TlsMode.STARTTLS): ["2001:DB8::/127"],
        ("2001:db8::1", 25, TlsMode.STARTTLS): ["2001:DB8::/127", "2001:db8:0::1"],
    }


def test_the_port_of_a_range_decides_its_tls() -> None:
    with entered("192.0.2.0/31", port=465) as store:
        found = [(unit.port, unit.tls, unit.lmtp) for unit in units(store)]
    assert found == [(465, TlsMode.IMPLICIT, False)] * 2


def test_names_are_kept_to_be_looked_up() -> None:
    with entered("Example.com\nsmtp://mail.example.com\nlmtp://mail.example.com\nExample.com\n", mx=True) as store:
        assert [name for _, name in store.open_names(0)] == [
            Listed("Example.com", "example.com", 25, "starttls", 0, 1),
            Listed("lmtp://mail.example.com", "mail.example.com", 24, "starttls", 1, 0),
            Listed("smtp://mail.example.com", "mail.example.com", 25, "starttls", 0, 0),
        ]


def test_an_address_is_its_own_name() -> None:
    with entered("smtp://192.0.2.1") as store:
        assert units(store) == [Unit(1, "192.0.2.1", names=(Named("smtp://192.0.2.1"),))]


def test_what_is_of_another_family_leads_nowhere() -> None:
    with entered("192.0.2.1\n2001:db8::1\n192.0.2.0/24\nmail.example.com\n", family="6") as store:
        assert [unit.address for unit in units(store)] == ["2001:db8::1"]
        unresolved = list(store.unresolved())
    assert [(one.text, one.failure.kind) for one in unresolved] == [
        ("192.0.2.0/24", FailureKind.NO_ADDRESS),
        ("192.0.2.1", FailureKind.NO_ADDRESS),
    ]
    assert unresolved[0].failure.detail == "192.0.2.0/24 is no IPv6 address, the family asked for"


def test_who_is_blocked_is_left_out_and_counted() -> None:
    blocklist = Blocklist(["192.0.2.0/31", "example.com"])
    text = "192.0.2.0/30\n192.0.2.1\nmail.example.com\nexample.org\n"
    with entered(text, blocklist=blocklist) as store:
        assert [name.host for _, name in store.open_names(0)] == ["example.org"]
        assert store.blocked() == 4
        assert [unit.address for unit in units(store)] == ["192.0.2.2", "192.0.2.3"]


def test_the_ranges_of_a_list_are_bounded_in_all() -> None:
    with entered("192.0.2.0/25\n192.0.2.0/25\n192.0.2.1\n", most=256) as store:
        assert len(units(store)) == 128
    sentence = r"more than 256 addresses with 192\.0\.2\.0/31 in line 3: .*--most-addresses"
    with pytest.raises(ScanError, match=sentence), entered("192.0.2.0/25\n192.0.2.0/25\n192.0.2.0/31", most=256):
        pass
    for text in ("0.0.0.0/0", "::/0", "2001:db8::/64"):
        with pytest.raises(ScanError, match="more than 1,048,576 addresses"), entered(text):
            pass


def test_every_mistake_is_handed_over_and_the_rest_counts() -> None:
    mistakes: list[Mistake] = []
    with entered("a b\n192.0.2.1\n-\n", mistaken=mistakes.append) as store:
        assert len(units(store)) == 1
    assert [mistake.line for mistake in mistakes] == [1, 3]


def test_what_a_mistake_raises_ends_it_and_nothing_counts() -> None:
    def refuse(mistake: Mistake) -> None:
        raise RuntimeError(mistake.words)

    with Store(None) as store:
        store.claim("scan")
        with pytest.raises(RuntimeError, match=r"^list, line 2: "):
            enter(store, read([b"192.0.2.1", b"a b"], "list", mx=False, port=None), mistaken=refuse)
        assert not store.listed()
        enter(store, read([b"192.0.2.2"], "list", mx=False, port=None), mistaken=refuse)
        assert [unit.address for unit in units(store)] == ["192.0.2.2"]


def test_a_list_that_the_store_has_is_not_read_again(tmp_path: Path) -> None:
    for lines in ([b"192.0.2.1", b"example.com"], chain([b"192.0.2.2"], (1 / 0 for _ in "x"))):
        with Store(tmp_path / "state") as store:
            store.claim("scan")
            enter(store, read(lines, "list", mx=True, port=None), mistaken=no_mistake)  # type: ignore[arg-type]
            assert store.names() == 1


def test_a_list_of_many_batches_comes_whole() -> None:
    with entered("10.0.0.0/19\n10.0.32.0/19\n" + "10.1.0.0\n" * 8000) as store:
        assert len(units(store)) == 16_385
