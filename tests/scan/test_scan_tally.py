"""The counts behind the summary: those of the lines, whoever counts them, and bounded whatever servers make up."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scanned_lines import NAMES, lines

from smtpprobe.scan import tally
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.fields import projection
from smtpprobe.scan.tally import Tally
from smtpprobe.scanning import Counted, Summary

FACTS: Any = {"file": "list.txt", "started": "2026-11-29T07:00:00Z", "seconds": 2.5}
PARTS = st.lists(st.sampled_from(range(8)), max_size=30)


def counted(numbers: list[int]) -> Tally:
    found = Tally()
    for number in numbers:
        found.add(lines()[number])
    return found


def table(*counts: tuple[str, int]) -> tuple[Counted, ...]:
    return tuple([Counted(name, count) for name, count in counts])


def named(keyword: str) -> bytes:
    """A line of a server that offers this keyword and nothing else."""
    document = json.loads(lines()[0])
    document["capabilities"] = {"clear": [{"keyword": keyword}], "tls": None}
    return json.dumps(document).encode()


def test_what_is_counted() -> None:
    summary = counted(list(range(8))).summary(**FACTS)
    assert summary == Summary(
        "list.txt",
        "2026-11-29T07:00:00Z",
        2.5,
        False,
        servers=7,
        again=1,
        names=7 * len(NAMES),
        unresolved=1,
        outcomes=table(("answered", 6), ("unreachable", 1)),
        failures=table(("refused", 1)),
        astray=table(("no-such-name", 1)),
        software=table(("Exim", 1), ("Postfix", 1)),
        releases=table(("Exim 4.96", 1), ("Postfix", 1)),
        extensions=summary.extensions,
        tls=table(("TLSv1.3", 5), ("none", 1)),
        certificates=table(("untrusted", 5)),
        covered=table(("name", 5), ("valid", 5)),
        findings=summary.findings,
        results=table(("met", 6), ("failed", 1)),
        unmet=table(("failed present-in-clear-STARTTLS", 1)),
    )
    assert summary.extensions[:4] == table(("8BITMIME", 5), ("PIPELINING", 5), ("SIZE", 5), ("STARTTLS", 5))
    assert Counted("warning certificate-untrusted", 5) in summary.findings


def test_a_keyword_counts_once_a_server() -> None:
    offered: Counter[str] = Counter()
    for line in lines():
        document = json.loads(line)["capabilities"]
        offered.update({one["keyword"] for place in ("clear", "tls") for one in document[place] or ()})
    found = {one.name: one.count for one in counted(list(range(8))).summary(**FACTS).extensions}
    assert found == dict(offered)


@given(ones=PARTS, others=PARTS)
def test_it_matters_not_who_counts(ones: list[int], others: list[int]) -> None:
    together, part = counted(ones), Tally.decode(counted(others).encode())
    together.merge(part)
    assert together.summary(**FACTS) == counted(others + ones).summary(**FACTS)
    assert part.summary(**FACTS) == counted(others).summary(**FACTS)


def test_nothing_counted_is_nothing() -> None:
    assert Tally.decode(b"") == Tally() == Tally.decode(Tally().encode())
    assert Tally().outcomes is not Tally().outcomes


def test_of_a_flat_line_the_outcome_is_counted() -> None:
    flat = Tally()
    for line in lines():
        flat.add(projection("started").line(line))
    assert (flat.servers, flat.unresolved) == (7, 1)
    assert flat.outcomes == {"answered": 6, "unreachable": 1}


def test_names_that_servers_make_up_are_bounded_and_drive_out_no_frequent_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "MOST_NAMES", 10)
    found = Tally()
    for n in range(500):
        found.add(named(f"X-{n}" + "x" * 10_000))
        if n % 5 == 0:
            found.add(named("PIPELINING"))
    assert len(found.extensions) <= 21
    assert all(len(name) <= 80 for name in found.extensions)
    assert found.extensions["PIPELINING"] == 100
    assert sum(found.extensions.values()) == 600
    rows = found.summary(**FACTS).extensions
    assert rows[0] == Counted("PIPELINING", 100)
    assert rows[-1].name == ""
    more = Tally()
    for n in range(15):
        more.add(named(f"Y-{n}"))
    more.merge(found)
    assert len(more.extensions) <= 21
    assert sum(more.extensions.values()) == 615


@pytest.mark.parametrize("line", [b"", b"{}", b"[1]", b'{"outcome":3}', b'{"outcome":"\xff"}', b"\x00" * 100])
def test_a_line_that_is_none_is_one_sentence(line: bytes) -> None:
    with pytest.raises(ScanError, match=r"is none that a scan writes .*: name another file\."):
        Tally().add(line)
