"""The names of a list against a DNS server on loopback, and against a resolver that does what is told."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import dns.message
import dns.rcode
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[1] / "names"))
from scripted_dns import Answer as Scripted
from scripted_dns import Script, Zone, failing, question, serve, zone

from smtpprobe.journey import Answer, Question
from smtpprobe.names import Resolver
from smtpprobe.outcome import FailureKind
from smtpprobe.scan import resolving
from smtpprobe.scan.blocked import Blocklist
from smtpprobe.scan.entering import enter
from smtpprobe.scan.reading import Mistake, read
from smtpprobe.scan.resolving import resolve
from smtpprobe.scan.store import Store
from smtpprobe.scanning import Named, Standing, Unit

ZONE: Zone = {
    "a.test": {"MX": ["10 mx1.provider.test.", "20 mx2.provider.test."]},
    "b.test": {"MX": ["5 mx2.provider.test.", "9 mx1.provider.test."]},
    "mx1.provider.test": {"A": ["8.8.8.8", "8.8.4.4"], "AAAA": ["2606:4700::1"]},
    "mx2.provider.test": {"A": ["8.8.8.8"]},
    "own.test": {"A": ["9.9.9.9"]},
    "null.test": {"MX": ["0 ."]},
    "inside.test": {"MX": ["10 private.test.", "20 mx2.provider.test."]},
    "wholly-inside.test": {"MX": ["10 private.test."]},
    "private.test": {"A": ["10.0.0.1", "127.0.0.1"]},
    "half.test": {"MX": ["10 nowhere.test.", "20 mx2.provider.test."]},
    "www.test": {"A": ["127.0.0.1"]},
    "empty.test": {},
}


def no_mistake(mistake: Mistake) -> None:
    raise AssertionError(mistake.words)


def listed(store: Store, lines: str, *, mx: bool = True, blocklist: Blocklist | None = None) -> None:
    given = read(lines.encode().split(), "list", mx=mx, port=None)
    enter(store, given, mistaken=no_mistake, blocklist=blocklist)


class Scanned:
    """What came of resolving a list: units and failures by what they say, the standing, what was asked."""

    def __init__(self, store: Store, standing: Standing, asked: list[str]) -> None:
        self.units = {(unit.address, unit.port): unit for unit in store.units(0)}
        self.failures = {one.text: one.failure for one in store.unresolved()}
        self.blocked = store.blocked()
        self.standing = standing
        self.asked = asked


def scan(lines: str, script: Script | None = None, *, mx: bool = True, **options: object) -> Scanned:
    asked: list[str] = []

    async def held() -> Scanned:
        standing = Standing()
        async with serve(script or zone(ZONE, asked)) as nameserver, Resolver([nameserver], lifetime=1) as resolver:
            with Store(None) as store:
                store.claim("scan")
                blocklist = options.get("blocklist")
                listed(store, lines, mx=mx, blocklist=blocklist if isinstance(blocklist, Blocklist) else None)
                ended = await resolve(store, resolver, standing=standing, stop=asyncio.Event(), **options)  # type: ignore[arg-type]
                assert ended
                assert store.planned()
                assert await resolve(store, resolver, standing=Standing(), stop=asyncio.Event())
                return Scanned(store, standing, asked)

    return asyncio.run(held())


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "PAUSE", 0.0)


def test_all_mail_servers_of_all_domains_with_all_their_addresses_each_once() -> None:
    found = scan("a.test b.test A.test own.test")
    assert set(found.units) == {(address, 25) for address in ("8.8.8.8", "8.8.4.4", "2606:4700::1", "9.9.9.9")}
    shared = found.units["8.8.8.8", 25]
    assert shared.names == (
        Named("A.test", "mx1.provider.test", 10),
        Named("a.test", "mx1.provider.test", 10),
        Named("b.test", "mx1.provider.test", 9),
        Named("A.test", "mx2.provider.test", 20),
        Named("a.test", "mx2.provider.test", 20),
        Named("b.test", "mx2.provider.test", 5),
    )
    assert (shared.host, shared.operator) == ("mx1.provider.test", "provider.test")
    own = found.units["9.9.9.9", 25]
    assert (own.names, own.operator) == ((Named("own.test", "own.test", 0),), "own.test")
    assert max(Counter(found.asked).values()) == 1
    assert found.failures == {}
    assert (found.standing.total, found.standing.done, found.standing.in_flight) == (4, 4, 0)
    assert found.standing.outcomes == {"found": 4}


def test_names_that_lead_nowhere_say_why() -> None:
    found = scan("null.test gone.test wholly-inside.test empty.test half.test")
    assert {text: failure.kind for text, failure in found.failures.items()} == {
        "null.test": FailureKind.NULL_MX,
        "gone.test": FailureKind.NO_SUCH_NAME,
        "wholly-inside.test": FailureKind.NOT_ROUTABLE,
        "empty.test": FailureKind.NO_ADDRESS,
    }
    assert [unit.names for unit in found.units.values()] == [(Named("half.test", "mx2.provider.test", 20),)]
    assert found.standing.outcomes == {
        "found": 1,
        "null-mx": 1,
        "no-such-name": 1,
        "not-routable": 1,
        "no-address": 1,
    }
    assert found.standing.done == 5


def test_private_addresses_out_of_an_mx_record_never_count_unless_allowed() -> None:
    assert set(scan("inside.test").units) == {("8.8.8.8", 25)}
    allowed = scan("inside.test", allow_private=True)
    assert set(allowed.units) == {("8.8.8.8", 25), ("10.0.0.1", 25), ("127.0.0.1", 25)}


def test_a_host_that_the_list_names_is_the_users_choice() -> None:
    found = scan("www.test own.test:587", mx=False)
    assert set(found.units) == {("127.0.0.1", 25), ("9.9.9.9", 587)}
    unit = found.units["127.0.0.1", 25]
    assert (unit.host, unit.operator, unit.names) == ("www.test", "", (Named("www.test", "www.test"),))
    assert scan("gone.test", mx=False).failures["gone.test"].kind is FailureKind.NO_SUCH_NAME


def test_only_the_family_asked_for_is_looked_up() -> None:
    assert set(scan("a.test", family="6").units) == {("2606:4700::1", 25)}
    assert scan("own.test", family="6").failures["own.test"].kind is FailureKind.NO_ADDRESS


def test_blocked_domains_are_not_looked_up_and_blocked_servers_left_out() -> None:
    found = scan("a.test b.test own.test", blocklist=Blocklist(["b.test", "mx1.provider.test", "9.9.9.9"]))
    assert set(found.units) == {("8.8.8.8", 25)}
    assert found.units["8.8.8.8", 25].names == (Named("a.test", "mx2.provider.test", 20),)
    assert "b.test MX" not in found.asked
    assert (found.blocked, found.failures) == (2, {})
    assert found.standing.outcomes == {"found": 1, "blocked": 1}


def failing_at_first(times: int, asked: Counter[str]) -> Script:
    """Each question fails so often, then it is answered as in ZONE."""
    well = zone(ZONE)

    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        if dns.flags.CD & query.flags:
            return failing(query, dns.rcode.SERVFAIL)
        asked[" ".join(question(query))] += 1
        broken = asked[" ".join(question(query))] <= times
        return failing(query, dns.rcode.SERVFAIL) if broken else well(query, tcp)

    return script


def test_a_dns_server_that_fails_is_asked_again_after_all_others() -> None:
    asked: Counter[str] = Counter()
    found = scan("own.test null.test", failing_at_first(1, asked), retries=3)
    assert set(found.units) == {("9.9.9.9", 25)}
    assert found.failures["null.test"].kind is FailureKind.NULL_MX
    assert asked["own.test MX"] == 2
    assert (found.standing.done, found.standing.waiting) == (2, 0)


def test_what_fails_every_time_is_a_failure_of_the_dns() -> None:
    asked: Counter[str] = Counter()
    found = scan("own.test", failing_at_first(99, asked), retries=2)
    assert found.units == {}
    assert found.failures["own.test"].kind is FailureKind.DNS
    assert asked["own.test MX"] == 3


def test_one_mail_server_whose_look_up_fails_is_tried_again_too() -> None:
    asked: Counter[str] = Counter()
    well = zone(ZONE)

    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        name = question(query)[0]
        asked[name] += 1
        if name == "mx1.provider.test" and asked[name] <= 4:
            return failing(query, dns.rcode.REFUSED)
        return well(query, tcp)

    found = scan("a.test", script, retries=2)
    assert set(found.units) == {("8.8.8.8", 25), ("8.8.4.4", 25), ("2606:4700::1", 25)}
    assert len(found.units["8.8.8.8", 25].names) == 2
    assert found.standing.outcomes == {"found": 1}


def test_the_rate_bounds_the_queries() -> None:
    rate, names = 100.0, [f"n{number}.test" for number in range(30)]
    started = time.monotonic()
    scan(" ".join(names), rate=rate)
    # A tenth of a second may be caught up on.
    assert time.monotonic() - started >= len(names) / rate - 0.1 - 2 / rate


class Told(Resolver):
    """Answers MX out of a table while its gate is ``open``, and addresses at once; counts what is under way.

    The gate closes when ``close_after`` names were asked for; ``full`` is set when so many wait before it.
    """

    def __init__(
        self, table: dict[str, str], chance: random.Random | None = None, *, waiting: int = 0, close_after: int = 1000
    ) -> None:
        super().__init__(["127.0.0.1"])
        self.table, self.chance = table, chance
        self.waiting, self.close_after = waiting, close_after
        self.open, self.full = asyncio.Event(), asyncio.Event()
        self.open.set()
        self.seen: list[str] = []
        self.under_way = self.most = 0

    async def ask(self, question: Question) -> Answer:
        if question.type == "MX":
            self.seen.append(question.name)
            if len(self.seen) > self.close_after:
                self.open.clear()
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            if not self.open.is_set() and self.under_way == self.waiting:
                self.full.set()
            try:
                await self.open.wait()
                for _ in range(self.chance.randrange(6) if self.chance else 0):
                    await asyncio.sleep(0)
            finally:
                self.under_way -= 1
            return Answer(question.name, "MX", (f"10 mx.{question.name}",))
        records = (self.table[question.name],) if question.type == "A" else ()
        return Answer(question.name, question.type, records)


def table_of(count: int) -> dict[str, str]:
    return {f"mx.n{number:03}.test": f"8.8.{number % 7}.{number % 3}" for number in range(count)}


def names_of(count: int) -> str:
    return " ".join(f"n{number:03}.test" for number in range(count))


def test_so_many_names_are_under_way_and_no_more() -> None:
    async def held() -> None:
        with Store(None) as store:
            store.claim("scan")
            listed(store, names_of(100))
            resolver, standing = Told(table_of(100), waiting=7, close_after=0), Standing()
            work = asyncio.ensure_future(resolve(store, resolver, at_once=7, standing=standing, stop=asyncio.Event()))
            await asyncio.wait_for(resolver.full.wait(), 30)
            assert (standing.in_flight, standing.done, standing.total) == (7, 0, 100)
            resolver.close_after = 1000
            resolver.open.set()
            assert await work
            assert (resolver.most, standing.done) == (7, 100)

    asyncio.run(held())


def test_it_is_stopped_at_once_and_goes_on_where_it_was(tmp_path: Path) -> None:
    async def held() -> None:
        first, second = Told(table_of(60), waiting=4, close_after=40), Told(table_of(60))
        with Store(tmp_path / "state") as store:
            store.claim("scan")
            listed(store, names_of(60))
            stop, standing = asyncio.Event(), Standing()
            work = asyncio.ensure_future(resolve(store, first, at_once=4, standing=standing, stop=stop))
            await asyncio.wait_for(first.full.wait(), 30)
            stop.set()
            assert not await work
            assert (first.under_way, standing.in_flight) == (0, 0)
            assert not store.planned()
            assert store.names_left() == 60 - standing.done < 25
        with Store(tmp_path / "state") as store:
            store.claim("scan")
            again = Standing()
            assert await resolve(store, second, standing=again, stop=asyncio.Event())
            assert len(second.seen) == 60 - standing.done
            assert (again.total, again.done) == (60, 60)
            assert sum(len(unit.names) for unit in store.units(0)) == 60

    asyncio.run(held())


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 40), st.integers(1, 12), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_decides_nothing(count: int, at_once: int, chance: random.Random) -> None:
    def units(resolver: Callable[[], Told], at_once: int) -> list[Unit]:
        async def held() -> list[Unit]:
            with Store(None) as store:
                store.claim("scan")
                listed(store, names_of(count))
                assert await resolve(store, resolver(), at_once=at_once, standing=Standing(), stop=asyncio.Event())
                return list(store.units(3))

        return asyncio.run(held())

    table = table_of(count)
    assert units(lambda: Told(table), 1) == units(lambda: Told(table, chance), at_once)
