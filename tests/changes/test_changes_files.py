"""Files that tell of servers: what is read of them, what is refused, and how servers of two files find each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import Document, document, exchange, keyword, octets, taken

from smtpprobe.changes import (
    Also,
    DocumentError,
    Snapshot,
    What,
    compare,
    differences,
    folded,
    read,
    read_baseline,
    snapshot,
    write_baseline,
)
from smtpprobe.changes import shape as shapes
from smtpprobe.outcome import Outcome
from smtpprobe.render import document as rendered

NEXT_STEP = ("probe", "use ", "give ", "$")


def at(host: str, address: str = "192.0.2.25", port: int = 25, **fields: Any) -> Document:
    target = {"text": host, "host": host, "port": port, "tls": "starttls"}
    return document(target=target, connections=[{"address": address}], **fields)


def test_a_snapshot_says_whose_it_is() -> None:
    one = taken()
    assert (one.name, one.address, one.outcome) == ("mail.example.org:25", "192.0.2.25", Outcome.ANSWERED)
    assert one.key == "mail.example.org:25 [192.0.2.25]"
    assert taken(at("2001:db8::25", "2001:db8::25", 587)).name == "[2001:db8::25]:587"
    socket = {"text": "unix:/run/lmtp", "host": "", "port": 0, "tls": "none"}
    assert taken(target=socket).name == "unix:/run/lmtp"


def test_fields_of_a_later_version_of_the_program_are_passed_over() -> None:
    later = document(new={"a": [1]}, expectations=[{"id": "x"}])
    later["exchanges"][0]["flavour"] = "vanilla"
    assert taken(later) == taken()


def test_every_field_that_is_read_is_one_of_the_published_document() -> None:
    """The two shapes are written down apart: a name that changes in one of them alone shows here."""
    pairs = [
        (getattr(shapes, name), getattr(rendered, "Document" if name == "Report" else name))
        for name, value in vars(shapes).items()
        if isinstance(value, type) and issubclass(value, msgspec.Struct) and value.__module__ == shapes.__name__
    ]
    assert len(pairs) == 14
    for read_from, written in pairs:
        assert set(read_from.__struct_fields__) <= set(written.__struct_fields__), read_from


def test_one_document_many_lines_and_routes() -> None:
    first, second = at("a.example"), at("b.example")
    assert [one.name for one in read(json.dumps(first, indent=2).encode(), "x")] == ["a.example:25"]
    lines = octets(first) + b"\n\n" + octets(second) + b"\n"
    assert [one.name for one in read(lines, "x")] == ["a.example:25", "b.example:25"]
    trace = {"schema_version": 1, "recipient": "ann@example.net", "routes": [first, second]}
    assert [one.name for one in read(json.dumps(trace).encode(), "x")] == ["a.example:25", "b.example:25"]
    baseline = write_baseline({"mx": snapshot(octets(first))})
    assert [one.name for one in read(baseline, "x")] == ["a.example:25"]


def test_a_baseline_holds_what_a_report_does_but_for_what_is_folded() -> None:
    before = taken()
    baseline = write_baseline({"mx": before})
    kept = read_baseline(baseline, "x")["mx"]
    assert compare(kept, before) == compare(before, kept) == ()
    changed = taken(capabilities={"clear": [], "tls": []}, software=None)
    assert compare(kept, changed) == compare(before, changed)
    assert kept.folded
    assert kept.literals == ()


def test_a_baseline_is_the_same_each_time_and_has_nothing_of_the_moment() -> None:
    first = taken()
    second = taken(
        exchanges=[
            exchange(
                None, "mail.example.org ESMTP Exim 4.96 Mon, 30 Nov 2026 09:00:01 +0000", code=220, stage="greeting"
            ),
            *document()["exchanges"][1:],
        ],
        tls=document()["tls"],
        source="198.51.100.7",
        timing={"stages": {"greeting": 900.0}},
    )
    text = write_baseline({"b": first, "a": first})
    assert text == write_baseline({"a": second, "b": second})
    assert text == write_baseline(read_baseline(text, "x"))
    assert text.index(b'"a"') < text.index(b'"b"')
    for passing in (b"2026", b"2027", b"192.0.2.10", b"timing", b"order"):
        assert passing not in text
    assert max(map(len, text.splitlines())) < 200
    assert json.loads(text)["schema_version"] == 1


def test_a_keyword_with_two_verdicts_is_the_same_out_of_a_baseline() -> None:
    """Facts stand in a baseline in another order than in a report, so no two may go by one name."""
    twice = [keyword("SIZE", "1000", verdict="kept"), keyword("SIZE", verdict="broken")]
    one = taken(capabilities={"clear": twice, "tls": None})
    kept = read_baseline(write_baseline({"mx": one}), "x")["mx"]
    assert compare(kept, one) == compare(one, kept) == ()
    changed = taken(capabilities={"clear": [keyword("SIZE", "1000", verdict="broken")], "tls": None})
    assert [change.words for change in compare(kept, changed)] == ["SIZE was broken, kept and is broken"]


def test_an_empty_baseline() -> None:
    assert read_baseline(write_baseline({}), "x") == {}


def test_no_control_character_of_a_server_stands_in_a_baseline() -> None:
    hostile = "\x1b[31m\x7f\u202e\u2028\x00 é"
    one = taken(software={"name": hostile, "version": hostile}, ehlo_name=hostile)
    text = write_baseline({hostile: one})
    assert text.decode("ascii").replace("\n", "").isprintable()
    assert list(read_baseline(text, "x")) == [hostile]


HOSTILE = {
    "empty": b"",
    "blank": b" \n\n",
    "no json": b"hello",
    "cut": b'{"schema_version": 1, "target"',
    "binary": bytes(range(256)),
    "not utf-8": b'{"schema_version": 1, "target": "\xff"}',
    "number": b"7",
    "list": b"[1, 2]",
    "null": b"null",
    "other json": b'{"name": "package", "version": "1.0"}',
    "old": b'{"schema_version": 0}',
    "new": b'{"schema_version": 2, "target": {}}',
    "version of words": b'{"schema_version": "one\\u001b[31m"}',
    "no target": b'{"schema_version": 1}',
    "outcome": b'{"schema_version": 1, "target": {}, "outcome": "great"}',
    "wrong type": b'{"schema_version": 1, "target": {}, "outcome": "answered", "exchanges": 5}',
    "deep": b'{"schema_version": 1, "x": ' + b"[" * 100_000,
    "deep target": b'{"schema_version": 1, "target": ' + b'{"a":' * 100_000,
    "surrogate": b'{"schema_version": 1, "target": {"text": "\\ud800"}, "outcome": "x"}',
    "routes": b'{"schema_version": 1, "routes": 5}',
    "null routes": b'{"schema_version": 1, "routes": [null]}',
    "second line": octets(document()) + b"\n{broken\n",
    "baseline without servers": b'{"schema_version": 1, "kind": "baseline"}',
    "baseline of numbers": b'{"schema_version": 1, "kind": "baseline", "servers": {"a": 1}}',
    "unknown fact": b'{"schema_version": 1, "kind": "baseline", "servers": {"a": {"name": "a", "address": "", '
    b'"outcome": "answered", "profile": "", "facts": [{"what": "weather"}]}}}',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_report_is_refused_in_one_sentence(data: bytes) -> None:
    for reading in (read, read_baseline):
        with pytest.raises(DocumentError) as refused:
            reading(data, "some.json")
        words = str(refused.value)
        assert words.startswith("some.json: ")
        assert words.endswith(".")
        assert len(words) < 400


def test_a_version_that_is_not_read_is_named() -> None:
    with pytest.raises(DocumentError, match=r"its schema_version is 2, and this smtpprobe reads 1: "):
        snapshot(b'{"schema_version": 2}')


def test_more_than_any_report_holds_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "LARGEST", 100)
    with pytest.raises(DocumentError, match="larger than 64 MiB"):
        read(octets(document()), "x")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.text(max_size=3)
    | st.sampled_from(["clear", "answered", "kept"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(document())), inner, max_size=4),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(document())), JSON, max_size=4))
def test_a_document_with_odd_fields_is_read_or_refused(odd: dict[str, Any]) -> None:
    try:
        one = snapshot(octets(document(**odd)))
    except DocumentError:
        return
    assert compare(one, one) == ()
    assert folded(folded(one)) == folded(one)
    assert read_baseline(write_baseline({"a": one}), "x")["a"].outcome == one.outcome


def test_evidence_that_points_nowhere_is_passed_over() -> None:
    one = document()
    one["observations"][0]["evidence"] = [99, -1, 10**9]
    one["findings"][0]["evidence"] = [99]
    assert taken(one).facts


def test_texts_without_an_end_are_kept_as_far_as_they_matter() -> None:
    one = document(exchanges=[exchange(None, "x " * 100_000, code=220, stage="greeting")], observations=[])
    assert len(write_baseline({"a": taken(one)})) < 10_000


def test_every_word_is_explained_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "diff.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert [str(word) for word in What] == rows[1 : 1 + len(What)]
    assert all(f"`--also {word}`" in page for word in Also)


# -- whose server is whose ------------------------------------------------------------------------------------


def matched(before: list[Document], after: list[Document]) -> dict[str, list[str]]:
    first, second = ([snapshot(octets(one)) for one in side] for side in (before, after))
    found = differences(first, second, ("old", "new"))
    assert {(one.before, one.after) for one in found} == {("old", "new")}
    return {one.name: [change.words for change in one.changes] for one in found}


def test_one_server_and_another_are_compared_whatever_they_are_called() -> None:
    assert matched([at("a.example")], [at("b.example")]) == {"a.example:25 → b.example:25": []}
    assert matched([at("a.example")], [at("a.example")]) == {"a.example:25": []}


def test_several_are_matched_by_host_and_port() -> None:
    before = [at("a.example"), at("b.example"), at("b.example", port=587)]
    after = [at("b.example", port=587), at("b.example"), at("c.example")]
    assert matched(before, after) == {
        "a.example:25": ["only the first side tells of it"],
        "b.example:25": [],
        "b.example:587": [],
        "c.example:25": ["only the second side tells of it"],
    }


def test_and_by_address_where_a_side_has_several() -> None:
    one, other = at("a.example", "192.0.2.1"), at("a.example", "192.0.2.2")
    assert matched([one, other], [other]) == {
        "a.example:25 [192.0.2.1]": ["only the first side tells of it"],
        "a.example:25 [192.0.2.2]": [],
    }


def test_the_last_report_of_a_server_counts() -> None:
    before = [at("a.example"), at("b.example"), at("b.example", software=None)]
    assert matched(before, [at("a.example"), at("b.example", software=None)]) == {
        "a.example:25": [],
        "b.example:25": [],
    }


def test_a_server_of_which_nothing_can_be_said() -> None:
    failure = {"stage": "greeting", "kind": "timeout", "detail": ""}
    unsure = snapshot(octets(document(outcome="inconclusive", failure=failure)))
    (one,) = differences([taken()], [unsure], ("old", "new"))
    assert one.changes == ()
    assert one.undecided.startswith("the conversation after was inconclusive")


def test_names_are_kept_as_they_are() -> None:
    names = {"mx1.example.org:25": taken(), "mx1.example.org:25 [192.0.2.1]": taken()}
    baseline: dict[str, Snapshot] = read_baseline(write_baseline(names), "x")
    assert set(baseline) == set(names)
