"""--fields: every path that a line has can be asked for, and gives what stands there."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scanned_lines import PERSONALITIES, lines, scanned

from smtpprobe.render.scan_document import ScanDocument
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.fields import DEFAULT, IDENTITY, Identity, Projection, identity, leaves, projection
from smtpprobe.scan.lines import Encoder

PATHS = sorted(leaves())
EVERY = (*PERSONALITIES, "refused", "unresolved")


@pytest.fixture(params=EVERY)
def line(request: pytest.FixtureRequest) -> bytes:
    return lines()[EVERY.index(request.param)]


def found(value: Any, names: list[str]) -> list[Any]:
    """What stands at the end of a path, by hand."""
    if isinstance(value, list):
        return [one for item in value for one in found(item, names)]
    if value is None or not names:
        return [] if value is None else [value]
    return found(value.get(names[0]), names[1:])


def test_every_path_gives_what_stands_there(line: bytes) -> None:
    document = json.loads(line)
    values = Projection(PATHS).values(line)
    flat = json.loads(Projection(PATHS).line(line))
    for leaf, value in zip(Projection(PATHS).leaves, values, strict=True):
        there = found(document, leaf.path.split("."))
        if leaf.counted:
            assert (value or 0) == len(there)
        elif leaf.listed:
            assert (value or []) == there
            assert all(isinstance(one, leaf.type) for one in there)
            words = [one if isinstance(one, str) else json.dumps(one) for one in there]
            assert (flat[leaf.path] or "") == ",".join(words)
            continue
        else:
            assert [value] == (there or [None])
            assert value is None or isinstance(value, leaf.type) or (leaf.type is float and isinstance(value, int))
        assert flat[leaf.path] == value


@given(paths=st.lists(st.sampled_from(PATHS), max_size=6))
@settings(max_examples=50, deadline=None)
def test_the_keys_are_the_paths_in_their_order(paths: list[str]) -> None:
    for line in lines():
        flat = json.loads(Projection(paths).line(line))
        assert tuple(flat) == tuple(dict.fromkeys((*IDENTITY, *paths)))


def test_the_usual_fields_have_values() -> None:
    usual = projection("default")
    assert tuple(leaf.path for leaf in usual.leaves) == DEFAULT
    seen = {path for line in lines() for path, value in json.loads(usual.line(line)).items() if value}
    assert seen >= {*DEFAULT} - {"unit.lmtp"}


def test_prose_can_be_asked_for_where_it_is() -> None:
    line = Encoder(prose=True).line(scanned()[0])
    flat = json.loads(projection("exchanges.note.class,findings.advice").line(line))
    assert flat["exchanges.note.class"].startswith("2yz Positive Completion,")
    assert json.loads(projection("findings.advice").line(lines()[0]))["findings.advice"] == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("tls.verson", "No line of a scan has a field 'tls.verson': did you mean tls.version?"),
        ("outcom", "did you mean outcome?"),
        ("certificate", "did you mean tls.certificate.subject?"),
        ("tls", "tls has several fields: name one of them in --fields, such as tls.version."),
        (" , ", "--fields names no field: give paths with commas between them, such as outcome,tls.version."),
        ("default,qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "docs/json.md lists those that there are."),
        ("x" * 100_000, "docs/json.md lists those that there are."),
    ],
)
def test_a_field_that_there_is_not_is_one_sentence(given: str, words: str) -> None:
    with pytest.raises(ScanError) as caught:
        projection(given)
    assert str(caught.value).endswith(words)
    assert len(str(caught.value)) < 250


def test_the_line_of_a_hostile_server_is_fit_for_a_terminal() -> None:
    document = msgspec.json.decode(lines()[0], type=ScanDocument)
    hostile = msgspec.structs.replace(document, ehlo_name="\u202e\x9b31m\x1b]0;x\x07 ##[error]\n")
    shown = projection("ehlo_name").line(msgspec.json.encode(hostile))
    assert shown.isascii()
    assert b"##" not in shown
    assert shown.count(b"\n") == 1
    assert shown.decode()[:-1].isprintable()
    assert json.loads(shown)["ehlo_name"] == hostile.ehlo_name


def test_a_line_tells_whom_it_is_about(line: bytes) -> None:
    whom = identity(line)
    document = json.loads(line)
    unit = document["unit"]
    if unit is None:
        assert whom == Identity("", 0, "", False, "gone.example.org")
    else:
        assert whom == Identity(unit["address"], unit["port"], unit["tls"], unit["lmtp"], document["target"]["text"])


@pytest.mark.parametrize("line", [b"", b"[]", b"{", b'{"unit":3}', b'{"unit":{"address":"\xff"}}'])
def test_a_line_that_is_none_is_one_sentence(line: bytes) -> None:
    with pytest.raises(ScanError, match=r"A line of the output is none that a scan writes .*: name another file\."):
        identity(line)
