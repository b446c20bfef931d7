"""The state of a scan: what is put in comes out, whoever kills the process in between."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.model import Failure
from smtpprobe.outcome import FailureKind, Stage, TlsMode
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.store import Answered, Lead, Listed, Store
from smtpprobe.scanning import Named, Unit, Unresolved

GONE = Failure(Stage.RESOLVE, FailureKind.NO_SUCH_NAME, "gone.test does not exist in the DNS")


def lead(address: str, text: str = "", host: str = "", preference: int = -1, port: int = 25) -> Lead:
    return Lead(address, port, "starttls", 0, host, text or address, preference)


def listed(text: str, mx: int = 1) -> Listed:
    return Listed(text, text.lower(), 25, "starttls", 0, mx)


@contextmanager
def fresh(path: Path | None = None, command: str = "scan") -> Iterator[Store]:
    with Store(path) as store:
        store.claim(command)
        yield store


def filled(store: Store, leads: list[Lead], names: list[Listed] | None = None) -> None:
    store.begin_list()
    store.add(leads, names or [])
    store.end_list()


def planned(store: Store, *leads: Lead) -> list[Unit]:
    filled(store, list(leads))
    store.plan()
    return sorted(store.units(0), key=lambda unit: unit.id)


def test_a_server_is_one_unit_with_all_that_leads_to_it() -> None:
    with fresh() as store:
        units = planned(
            store,
            lead("8.8.8.8", "b.example", "mx.b.example", 20),
            lead("8.8.8.8", "a.example", "mx.b.example", 10),
            lead("8.8.8.8", "a.example", "mx.b.example", 10),
            lead("8.8.8.8", "host.a.example", "a.mx.a.co.uk"),
            lead("8.8.8.8"),
            lead("8.8.8.8", port=26),
            lead("2001:db8::1"),
        )
        assert [(unit.id, unit.address, unit.port) for unit in units] == [
            (1, "2001:db8::1", 25),
            (2, "8.8.8.8", 25),
            (3, "8.8.8.8", 26),
        ]
        assert units[1].names == (
            Named("8.8.8.8"),
            Named("host.a.example", "a.mx.a.co.uk"),
            Named("a.example", "mx.b.example", 10),
            Named("b.example", "mx.b.example", 20),
        )
        assert (units[1].host, units[1].operator) == ("a.mx.a.co.uk", "b.example")
        assert (units[0].host, units[0].operator, units[0].names) == ("", "", (Named("2001:db8::1"),))


def test_tls_and_lmtp_make_another_server_of_an_address() -> None:
    places = [("starttls", 0), ("implicit", 0), ("none", 0), ("starttls", 1)]
    with fresh() as store:
        units = planned(store, *[Lead("127.0.0.1", 25, tls, lmtp, "", "x") for tls, lmtp in places])
        found = {(unit.tls, unit.lmtp) for unit in units}
        assert found == {(TlsMode(tls), bool(lmtp)) for tls, lmtp in places}  # type: ignore[call-arg]
        for unit in units:
            assert store.find(unit.address, unit.port, unit.tls, unit.lmtp) == unit.id
        assert store.find("127.0.0.1", 26, "starttls") is None
        assert store.find("127.0.0.2", 25, "starttls") is None


def test_names_are_looked_up_and_failures_come_out(tmp_path: Path) -> None:
    with fresh(tmp_path / "state") as store:
        wrong = Listed("::1", "::1", 25, "starttls", 0, 0, "no-address", "::1 is no IPv4 address")
        filled(store, [], [listed("B.test"), listed("a.test"), listed("a.test"), listed("gone.test", 0), wrong])
        assert (store.names(), store.names_left()) == (4, 3)
        found = dict(store.open_names(0))
        assert found == {2: listed("a.test"), 3: listed("B.test"), 4: listed("gone.test", 0)}
        leads = (lead("8.8.8.8", "a.test", "mx.test", 5), lead("8.8.4.4", "a.test", "mx.test", 5))
        store.answer([Answered(2, leads), Answered(3, (), GONE, True), Answered(4, (), GONE)], blocked=2)
        assert dict(store.open_names(0)) == {}
        assert dict(store.open_names(1)) == {3: listed("B.test")}
        store.answer([Answered(3)])
        assert (store.names_left(), store.blocked()) == (0, 2)
        assert not store.planned()
        store.plan()
        assert store.planned()
        assert [unit.address for unit in store.units(0)] in (["8.8.8.8", "8.8.4.4"], ["8.8.4.4", "8.8.8.8"])
        here = Failure(Stage.RESOLVE, FailureKind.NO_ADDRESS, "::1 is no IPv4 address")
        unresolved = [
            Unresolved(1, "::1", "::1", 25, False, here),
            Unresolved(2, "gone.test", "gone.test", 25, False, GONE),
        ]
        assert list(store.unresolved()) == unresolved
        assert store.count() == (2, 2, 0)
        store.finished([1], [1], 100, b"tally")
        assert [one.id for one in store.unresolved()] == [2]
        assert [one.id for one in store.units(5)] == [2]
        assert (store.count(), store.written(), store.tally()) == ((2, 2, 2), 100, b"tally")
    with fresh(tmp_path / "state") as store:
        assert [one.id for one in store.unresolved()] == [2]
        assert [one.id for one in store.units(5)] == [2]
        assert (store.count(), store.written(), store.tally()) == ((2, 2, 2), 100, b"tally")


def test_names_answered_while_they_are_read_come_once() -> None:
    with fresh() as store:
        filled(store, [], [listed(f"n{number:04}.test") for number in range(1000)])
        seen = []
        for number, name in store.open_names(0):
            seen.append(name.text)
            store.answer([Answered(number, again=number % 2 == 0)])
        assert len(seen) == len(set(seen)) == 1000
        assert [number for number, _ in store.open_names(1)] == list(range(2, 1001, 2))


def test_the_seed_decides_the_order_and_done_ones_are_left_out() -> None:
    with fresh() as store:
        planned(store, *[lead(f"127.0.{number // 250}.{number % 250}") for number in range(1000)])
        first = [unit.address for unit in store.units(1)]
        assert first == [unit.address for unit in store.units(1)]
        assert first != [unit.address for unit in store.units(2)]
        assert len(set(first)) == 1000
        gone = {store.find(address, 25, "starttls") or 0 for address in first[100:900]}
        store.finished(gone, [], 0, b"")
        assert [unit.address for unit in store.units(1)] == first[:100] + first[900:]
        store.finished(gone, [], 0, b"")
        assert store.count() == (1000, 0, 800)


def test_nothing_is_planned_of_an_empty_list() -> None:
    with fresh() as store:
        assert planned(store) == []
        assert list(store.unresolved()) == []
        assert store.count() == (0, 0, 0)
        assert (store.written(), store.tally(), store.find("127.0.0.1", 25, "starttls")) == (0, b"", None)


def test_a_list_that_was_not_read_to_its_end_is_forgotten(tmp_path: Path) -> None:
    with fresh(tmp_path / "state") as store:
        store.begin_list()
        store.add([lead("127.0.0.1")], [listed("a.test")], blocked=3)
    with fresh(tmp_path / "state") as store:
        assert not store.listed()
        filled(store, [lead("127.0.0.2")], [listed("b.test")])
        assert store.listed()
        assert [name.text for _, name in store.open_names(0)] == ["b.test"]
        assert store.blocked() == 0
        store.answer([Answered(1)])
        store.plan()
        assert [unit.address for unit in store.units(0)] == ["127.0.0.2"]


def test_a_state_belongs_to_its_command(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl.state"
    with fresh(path, "scan a\udcff") as store:
        store.end_list()
    with Store(path) as store, pytest.raises(ScanError, match="another scan: give that one's command again"):
        store.claim("scan b")
    with fresh(path, "scan a\udcff") as store:
        assert store.listed()


def test_a_state_without_its_list_is_anybodys(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl.state"
    with fresh(path, "scan a"):
        pass
    with fresh(path, "scan b") as store:
        store.end_list()
    with Store(path) as store, pytest.raises(ScanError, match="another scan"):
        store.claim("scan a")


def test_one_process_has_a_state_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "state"
    claim = "from pathlib import Path\nfrom smtpprobe.scan.store import Store\n" + (
        f"with Store(Path({str(path)!r})) as store:\n    store.claim('scan')"
    )
    with fresh(path):
        other = subprocess.run([sys.executable, "-c", claim], capture_output=True, text=True, timeout=60, check=False)
        assert "ScanError" in other.stderr
        assert "another scan is at work on it" in other.stderr
        with pytest.raises(ScanError, match="another scan is at work on it"), fresh(path):
            pass
    subprocess.run([sys.executable, "-c", claim], timeout=60, check=True)


def test_what_is_no_state_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("These are my results.\n" * 100)
    with pytest.raises(ScanError, match="text is no state of a scan: remove it"), fresh(text):
        pass
    assert text.read_text() == "These are my results.\n" * 100
    other = tmp_path / "other"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE mine(x)")
    database.close()
    with pytest.raises(ScanError, match="no state of a scan of this version"), fresh(other):
        pass
    with pytest.raises(ScanError, match="cannot be opened: check that its folder"), fresh(tmp_path / "no" / "state"):
        pass
    with pytest.raises(ScanError, match="cannot be opened"), fresh(tmp_path):
        pass


def test_a_full_disk_is_told_and_what_was_kept_is_kept(tmp_path: Path) -> None:
    with fresh(tmp_path / "state") as store:
        filled(store, [lead("127.0.0.1")])
        store.plan()
        store.finished([], [], 5, b"small")
        (pages,) = store._db.execute("PRAGMA page_count").fetchone()
        store._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ScanError, match=r"state cannot grow, since the disk is full: make room"):
            store.finished([1], [], 10, bytes(100_000))
        assert (store.written(), store.tally(), store.count().done) == (5, b"small", 0)
    with fresh(tmp_path / "state") as store:
        assert (store.written(), store.tally(), store.count().done) == (5, b"small", 0)


def test_a_temporary_state_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    with fresh() as store:
        planned(store, *[lead(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}") for n in range(20_000)])
        assert store.count().servers == 20_000
    assert list(tmp_path.iterdir()) == []


@contextmanager
def killed(path: Path) -> Iterator[Path]:
    """What is on disk now, as a process that is killed would leave it."""
    with TemporaryDirectory() as folder:
        for suffix in ("", "-wal", "-journal"):
            if (part := Path(f"{path}{suffix}")).exists():
                shutil.copy(part, Path(folder, f"state{suffix}"))
        yield Path(folder, "state")


@settings(deadline=None, max_examples=40)
@given(
    answers=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=30, unique_by=lambda pair: pair[0]),
    batches=st.lists(st.sets(st.integers(1, 30), max_size=6), max_size=6),
    seed=st.integers(0, 100),
)
def test_whenever_it_is_killed_what_was_committed_is_there(
    answers: list[tuple[int, int]], batches: list[set[int]], seed: int
) -> None:
    with TemporaryDirectory() as folder, fresh(path := Path(folder, "state")) as store:
        names = [listed(f"n{number:02}.test") for number in range(31)]
        filled(store, [], names)
        numbers = {name.text: number for number, name in store.open_names(0)}
        left = dict(store.open_names(0))
        for name, server in answers:
            number = numbers[f"n{name:02}.test"]
            store.answer([Answered(number, (lead(f"127.0.0.{server}", f"n{name:02}.test", "h.test", 1),))])
            del left[number]
            with killed(path) as there, fresh(there) as again:
                assert (again.listed(), again.planned(), dict(again.open_names(0))) == (True, False, left)
        store.answer([Answered(number, (), GONE) for number in left])
        store.plan()
        servers = {f"127.0.0.{server}" for _, server in answers}
        done: set[int] = set()
        for octets, batch in enumerate(batches, 1):
            ids = {number for number in batch if number <= len(servers)}
            store.finished(ids, [], octets, bytes(octets))
            done |= ids
            with killed(path) as there, fresh(there) as again:
                assert again.count() == (len(servers), len(left), len(done))
                assert (again.written(), again.tally()) == (octets, bytes(octets))
                assert [unit.id for unit in again.units(seed)] == [unit.id for unit in store.units(seed)]
                assert {unit.id for unit in again.units(seed)} == set(range(1, len(servers) + 1)) - done
                assert len(list(again.unresolved())) == len(left)


@settings(deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=30))
def test_the_order_of_the_answers_decides_nothing(chance: random.Random, pairs: list[tuple[int, int]]) -> None:
    """The same list and the same answers are the same scan, with the same ids, in the same order."""

    def scan(order: list[tuple[int, int]]) -> list[Unit]:
        with fresh() as store:
            names = [listed(f"n{name}.test") for name, _ in order]
            filled(store, [lead(f"10.0.0.{server}") for _, server in order], names)
            numbers = {name.text: number for number, name in store.open_names(0)}
            for name, server in order:
                made = lead(f"10.0.0.{server}", f"n{name}.test", f"mx{server}.test", server)
                store.answer([Answered(numbers[f"n{name}.test"], (made,))])
            store.plan()
            return list(store.units(7))

    shuffled = list(pairs)
    chance.shuffle(shuffled)
    assert scan(pairs) == scan(shuffled)


SCANNER = """
import sys
from pathlib import Path
from smtpprobe.scan.store import Lead, Store

with Store(Path(sys.argv[1])) as store:
    store.claim("scan")
    if not store.listed():
        store.begin_list()
        for start in range(0, 2000, 100):
            addresses = [f"10.0.{n // 250}.{n % 250}" for n in range(start, start + 100)]
            store.add([Lead(address, 25, "starttls", 0, "", "range") for address in addresses], [])
            print("listed", start, flush=True)
        store.end_list()
    if not store.planned():
        store.plan()
    done = store.written()
    for unit in store.units(3):
        done += 1
        store.finished([unit.id], [], done, b"")
        print("done", unit.id, flush=True)
    print("end", flush=True)
"""


def test_a_process_killed_at_random_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    chance = random.Random(5)
    told: list[int] = []
    kills = [4, 11, 19, *[chance.randrange(20, 300) for _ in range(8)], -1]
    for last in kills:
        command = [sys.executable, "-c", SCANNER, str(tmp_path / "state")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as scanner:
            assert scanner.stdout is not None
            for number, line in enumerate(scanner.stdout):
                word, _, rest = line.partition(" ")
                if word == "done" and rest.endswith("\n"):  # the last line may be cut
                    told.append(int(rest))
                if number == last:
                    scanner.send_signal(signal.SIGKILL)
            assert scanner.wait(60) == (0 if last < 0 else -signal.SIGKILL)
    with fresh(tmp_path / "state") as store:
        count = store.count()
        assert (count.servers, count.done, store.written()) == (2000, 2000, 2000)
    assert len(told) == len(set(told))
