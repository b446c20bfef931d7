"""What `make fuzz` does a million times, done a few times; and that each check notices what it is there for."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import fuzz
import fuzz_annotate
import fuzz_ehlo
import fuzz_escape
import fuzz_explain
import fuzz_replies
import msgspec
import pytest
from fuzz_table import ROOT, SLOW_PLACE, TARGETS, Figures, Found, Target
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe import explain
from smtpprobe.model import Capabilities, Reply
from smtpprobe.render import escape, json
from smtpprobe.wire import ehlo
from smtpprobe.wire.replies import ReplyReader

NAMES = [target.name for target in TARGETS]
SEEDS_OF_A_TARGET = 150


def target(name: str) -> ModuleType:
    return importlib.import_module(f"fuzz_{name}")


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    every: Iterable[bytes] = target(name).seeds()
    return tuple(every)


def spoilt(name: str) -> st.SearchStrategy[bytes]:
    """Seeds cut and put together again with random octets between."""
    longest = next(one.longest for one in TARGETS if one.name == name)
    piece = st.builds(lambda seed, begin: seed[begin:], st.sampled_from(seeds(name)), st.integers(0, 40))
    pieces = st.lists(st.one_of(piece, st.binary(max_size=12)), max_size=4)
    return st.one_of(st.binary(max_size=200), pieces.map(b"".join).map(lambda data: data[:longest]))


@pytest.mark.parametrize("name", NAMES)
def test_seeds_are_no_findings(name: str) -> None:
    every = seeds(name)
    for data in random.Random(1).sample(every, min(SEEDS_OF_A_TARGET, len(every))):
        target(name).check(data)


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
def test_spoilt_seeds_are_no_findings(name: str, data: st.DataObject) -> None:
    target(name).check(data.draw(spoilt(name)))


@pytest.mark.parametrize("target_", TARGETS, ids=NAMES)
def test_what_is_watched_exists(target_: Any) -> None:
    files = [file.relative_to(ROOT).with_suffix("") for file in (ROOT / "smtpprobe").rglob("*.py")]
    modules = [".".join(file.parts) for file in files]
    assert [room for room in target_.rooms if not any(module.startswith(room) for module in modules)] == []


def met(found: tuple[Found, ...] = (), inputs: int = 10, status: int = 0) -> list[object]:
    """Which of the scorecard's rows are met after such a run."""
    figures = Figures(TARGETS[0].name, 7, inputs, 1.0, 0.1, found, status)
    return [one["met"] for one in (fuzz.row(TARGETS[0], 10, figures), *fuzz.in_all([figures], 7))]


def test_the_rows_tell_what_was_found() -> None:
    assert met() == [True, True, True, True]
    assert met(inputs=9) == [False, True, True, True]
    assert met((Found("KeyError in x.py:1", b""),)) == [True, True, False, True]
    assert met((Found(f"{SLOW_PLACE}: 2.0 s", b""),)) == [True, True, True, False]
    assert met(status=-11) == [True, True, False, True]


@pytest.mark.parametrize(("inputs", "status"), [(20, 0), (19, 1)])
def test_the_driver_prints_its_seed_and_writes_the_rows(
    inputs: int, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def run(target: Target, runs: int, seed: int, seconds: int) -> Figures:
        return Figures(target.name, seed, inputs * runs // 20, float(seconds), 0.1, ())

    monkeypatch.setattr("scoring.FIGURES", tmp_path / "made")
    monkeypatch.setattr(fuzz, "_run", run)
    assert fuzz.main(["--runs", "20", "--seed", "77"]) == status
    told = capsys.readouterr().out
    assert told.startswith("make fuzz SEED=77")
    written = msgspec.json.decode((tmp_path / "made/fuzz.json").read_bytes())
    assert written["part"] == "fuzz"
    assert [row["what"] for row in written["rows"]][-2] == "crashes"
    assert all(f"{row['what']}: {row['measured']}" in told for row in written["rows"])


def forgetful(self: ReplyReader, piece: bytes, now_ns: int) -> Reply | None:
    """Loses the last octet of what is cut in mid-line."""
    return _TAKE(self, piece if piece.endswith(b"\n") else piece[:-1], now_ns)


def without_last(reply: Reply) -> Capabilities:
    said = _READ(reply)
    return msgspec.structs.replace(said, keywords=said.keywords[:-1])


_TAKE, _READ = ReplyReader._take, ehlo.read
FAULTS: list[tuple[Callable[[bytes], None], bytes, Any, str, Any]] = [
    (fuzz_replies.check, b"\0\3\3\3250-a\r\n250 b\r\n", ReplyReader, "_take", forgetful),
    (fuzz_ehlo.check, b"250-mx\r\n250 HELP\r\n", ehlo, "read", without_last),
    (fuzz_annotate.check, b"\0\0\0\0\0\0220 mx\n", explain, "annotate", lambda *_: None),
    (fuzz_explain.check, "550 5.1.1 \u202e".encode(), escape, "terminal", str),
    (fuzz_explain.check, "550 5.1.1 \u202e".encode(), escape, "json", str),
    (fuzz_explain.check, b"550 5.1.1 no\n", json, "pretty", lambda _: '{"items": []}'),
    (fuzz_escape.check, "\u202e".encode(), escape, "terminal", lambda text: text if isinstance(text, str) else "x"),
    (fuzz_escape.check, b"<script>", escape, "html", escape.terminal),
    (fuzz_escape.check, "\u202e".encode(), escape, "json", str),
]


@pytest.mark.parametrize(("check", "data", "owner", "name", "fault"), FAULTS, ids=[one[3] for one in FAULTS])
def test_a_fault_is_found(
    check: Callable[[bytes], None], data: bytes, owner: Any, name: str, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data)
    monkeypatch.setattr(owner, name, fault)
    with pytest.raises(AssertionError):
        check(data)
