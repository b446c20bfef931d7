"""A line is the document of its server, whatever it shares with the lines before."""

from __future__ import annotations

import json as plain
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scanned_lines import scanned

from smtpprobe.outcome import CertificateFault
from smtpprobe.render import json
from smtpprobe.render.scan_document import build
from smtpprobe.scan import lines
from smtpprobe.scan.lines import Encoder
from smtpprobe.scanning import Covered, Named, Scanned, Unit

SCHEMA = Path(__file__).parents[2] / "docs" / "scan.schema.json"
ANSWERED = scanned()[0]


def slowly(one: Scanned, *, prose: bool = False) -> bytes:
    """The line as it is without anything known of others."""
    return json.compact(build(one, prose=prose)).encode("utf-8")


def later(one: Scanned) -> Scanned:
    """The same conversation with another server, at another time, that took longer."""
    run = one.report.transcript
    exchanges = [
        e
        if e.reply is None
        else msgspec.structs.replace(e, reply=msgspec.structs.replace(e.reply, last_ns=e.sent_ns + 7_000_123))
        for e in run.exchanges
    ]
    connections = [msgspec.structs.replace(c, address="127.9.9.9", connect_ns=5_500) for c in run.connections]
    run = msgspec.structs.replace(
        run, exchanges=tuple(exchanges), connections=tuple(connections), started="2031-01-01T00:00:00Z", source=None
    )
    report = msgspec.structs.replace(one.report, transcript=run)
    return msgspec.structs.replace(
        one, unit=Unit(99, "127.9.9.9", 2525), report=report, covered=(), attempts=3, held=()
    )


@pytest.mark.parametrize("prose", [False, True])
def test_a_line_is_the_document_whether_or_not_one_like_it_was_there(prose: bool) -> None:
    encoder = Encoder(prose)
    for one in [*scanned(), *map(later, scanned()), *scanned()]:
        assert encoder.line(one) == slowly(one, prose=prose)


@pytest.mark.parametrize("prose", [False, True])
def test_every_line_keeps_the_schema(prose: bool) -> None:
    schema = plain.loads(SCHEMA.read_text("utf-8"))
    encoder = Encoder(prose)
    for one in scanned():
        jsonschema.validate(plain.loads(encoder.line(one)), schema)


def test_prose_is_there_on_demand_only() -> None:
    brief, full = (plain.loads(Encoder(prose).line(ANSWERED)) for prose in (False, True))
    note: dict[str, Any] = next(one["note"] for one in brief["exchanges"] if one["note"]["enhanced"])
    assert set(note) == {"code", "retry", "who", "enhanced", "dialect"}
    assert set(note["enhanced"]) == {"code"}
    assert "advice" not in brief["findings"][0]
    assert "summary" not in brief["capabilities"]["clear"][0]
    assert full["exchanges"][0]["note"]["meaning"]
    assert full["findings"][0]["advice"]
    assert full["capabilities"]["clear"][0]["summary"]


def test_the_names_come_with_what_the_certificate_is_worth_to_them() -> None:
    unit = Unit(1, "127.0.0.1", 25, names=(Named("a.example", "mx.a.example", 10), Named("127.0.0.1")))
    wrong = Covered("mx.a.example", CertificateFault.NAME, "it is for b, not for mx.a.example")
    line = plain.loads(Encoder().line(msgspec.structs.replace(ANSWERED, unit=unit, covered=(wrong,))))
    assert line["names"] == [
        {
            "text": "a.example",
            "host": "mx.a.example",
            "preference": 10,
            "covered": {"fault": "name", "detail": "it is for b, not for mx.a.example"},
        },
        {"text": "127.0.0.1", "host": None, "preference": None, "covered": None},
    ]
    assert line["unit"] == {"address": "127.0.0.1", "port": 25, "tls": "starttls", "lmtp": False}


def test_a_name_that_leads_nowhere_has_a_line() -> None:
    line = plain.loads(Encoder().line(scanned()[-1]))
    assert line["unit"] is None
    assert [one["text"] for one in line["names"]] == [scanned()[-1].unresolved.text]  # type: ignore[union-attr]
    assert line["failure"]["stage"] == "resolve"


@given(st.lists(st.text(), max_size=3), st.text())
def test_no_name_breaks_a_line(texts: list[str], host: str) -> None:
    unit = Unit(1, "127.0.0.1", 25, names=tuple([Named(text, host, None) for text in texts]))
    one = msgspec.structs.replace(ANSWERED, unit=unit, covered=(Covered(host),))
    line = ENCODER.line(one)
    assert line == slowly(one)
    assert line.count(b"\n") == 1
    assert [name["text"] for name in plain.loads(line)["names"]] == texts


ENCODER = Encoder()


def test_a_lone_surrogate_in_a_name_is_escaped() -> None:
    unit = Unit(1, "127.0.0.1", 25, names=(Named("\udcff.example"),))
    line = plain.loads(ENCODER.line(msgspec.structs.replace(ANSWERED, unit=unit)))
    assert line["names"][0]["text"] == "\\udcff.example"


def test_what_a_server_says_makes_a_line_of_its_own() -> None:
    """The values that follow from it may be the same, as where two greetings differ in a time."""
    run = ANSWERED.report.transcript
    first = run.exchanges[0]
    assert first.reply is not None
    said = msgspec.structs.replace(first.reply, raw=b"220 other\r\n", texts=(b"other",), octets=11)
    run = msgspec.structs.replace(run, exchanges=(msgspec.structs.replace(first, reply=said), *run.exchanges[1:]))
    other = msgspec.structs.replace(ANSWERED, report=msgspec.structs.replace(ANSWERED.report, transcript=run))
    encoder = Encoder()
    for one in (ANSWERED, other, ANSWERED):
        assert encoder.line(one) == slowly(one)


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "KEPT", 3)
    encoder = Encoder()
    for number in range(10):
        report = msgspec.structs.replace(
            ANSWERED.report, findings=ANSWERED.report.findings[:1] + ANSWERED.report.findings
        )
        one = msgspec.structs.replace(ANSWERED, report=report, attempts=number + 1)
        assert encoder.line(one) == slowly(one)
    assert len(encoder._kinds) == 3
