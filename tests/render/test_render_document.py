"""The document: the names that scripts rely on, the schema, and what the keywords' verdicts say."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import diagnoses
import exim_report
import failed_reports
import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest
from hostile_report import PAYLOADS, poisoned

from smtpprobe.model import Observation, Report
from smtpprobe.outcome import FailureKind, Reason, Stage, Verdict
from smtpprobe.render import RENDERERS, browsed, check_document, document, timings, trace_document
from smtpprobe.render import diagnoses as explained_json
from smtpprobe.render import json as json_format
from smtpprobe.render.compare import document as compared
from smtpprobe.render.schema import schema

DOCS = Path(__file__).parents[2] / "docs" / "json.md"
REPORTS = {
    "answered": exim_report.report,
    "unreachable": failed_reports.unreachable,
    "broken-off": failed_reports.broken_off,
}


@pytest.fixture(autouse=True)
def fixed_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smtpprobe.catalogue.extensions.lookup", exim_report.lookup)


def _load(text: str) -> Any:
    loaded = json.loads(text)
    jsonschema.Draft202012Validator(schema()).validate(loaded)
    return loaded


@pytest.mark.parametrize("name", REPORTS)
def test_a_document_keeps_the_schema(name: str) -> None:
    report = REPORTS[name]()
    assert _load(RENDERERS["json"](report)) == _load(json_format.line(report))


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_hostile_document_keeps_the_schema(name: str) -> None:
    text = json_format.line(poisoned(exim_report.report(), PAYLOADS[name]))
    _load(text)
    assert text.count("\n") == 1
    assert not set(text) & set("\x1b\x07\x7f\x9b\u202e\u2066\u200b\u2028\ufeff\ue000")


def test_the_schema_is_itself_valid_and_refuses_an_unknown_word() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    loaded = _load(json_format.render(exim_report.report()))
    loaded["outcome"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError, match="perhaps"):
        jsonschema.Draft202012Validator(schema()).validate(loaded)


def test_closed_lists_are_closed_in_the_schema() -> None:
    assert set(schema()["$defs"]["FailureKind"]["enum"]) == {str(kind) for kind in FailureKind}


def test_top_level_names() -> None:
    loaded = _load(json_format.render(exim_report.report()))
    assert list(loaded)[:10] == [
        "schema_version",
        "tool",
        "started",
        "profile",
        "lang",
        "ehlo_name",
        "source",
        "target",
        "outcome",
        "verdict",
    ]
    assert loaded["schema_version"] == 1
    assert loaded["target"] == {
        "text": "mail.example.org",
        "host": "mail.example.org",
        "port": 25,
        "tls": "starttls",
        "sni": "mail.example.org",
    }


def test_an_exchange() -> None:
    exchange = _load(json_format.render(exim_report.report()))["exchanges"][3]
    assert exchange["command"] == "AUTH SMTPPROBE"
    assert exchange["elapsed_ms"] == 12.0
    assert exchange["subject"] == "AUTH"
    assert exchange["reply"]["lines"] == ["5.5.4 SMTPPROBE authentication mechanism not supported"]
    assert base64.b64decode(exchange["reply"]["raw"]).startswith(b"504 5.5.4 SMTPPROBE")
    assert exchange["note"]["class"] == "permanent negative"
    assert exchange["note"]["dialect"]["vendor"] == "Exim"


def test_elapsed_has_three_decimals_and_none_without_a_question() -> None:
    greeting, silence, stray = document.build(failed_reports.broken_off()).exchanges
    assert (greeting.elapsed_ms, silence.elapsed_ms, stray.elapsed_ms) == (41.0, None, None)
    assert timings.milliseconds(1_234_567) == 1.235


def test_a_flight_counts_once_in_the_stages() -> None:
    run = exim_report.report().transcript
    first, second = (e for e in run.exchanges if e.connection == 2 and e.stage is Stage.CLEAR and e.code == 250)
    assert first.reply is not None
    assert second.reply is not None
    merged = msgspec.structs.replace(second, flight=first.flight, sent_ns=first.sent_ns)
    shorter = msgspec.structs.replace(run, exchanges=(first, merged))
    assert timings.stage_ticks(shorter)[Stage.CLEAR] == second.reply.last_ns - first.sent_ns


def _capability(report: Report, keyword: str, *, tls: bool = False) -> document.Capability:
    capabilities = document.build(report).capabilities
    listed = capabilities.tls if tls else capabilities.clear
    assert listed is not None
    return next(c for c in listed if c.keyword == keyword)


def _with(*observations: Observation) -> Report:
    report = exim_report.report()
    transcript = msgspec.structs.replace(report.transcript, observations=observations)
    return msgspec.structs.replace(report, transcript=transcript)


def test_the_joined_verdict_on_a_keyword_speaks_alone() -> None:
    report = _with(
        Observation("mail-parameter", "SIZE", Verdict.ACCEPTED_UNREAD, "250 to SIZE=x too"),
        Observation("keyword", "SIZE", Verdict.KEPT, "552 over it"),
    )
    size = _capability(report, "SIZE")
    assert (size.verdict, size.detail) == (Verdict.KEPT, "552 over it")


def test_an_untested_keyword_says_so() -> None:
    help_, unknown = _capability(_with(), "HELP"), _capability(_with(), "XQUUX")
    assert (help_.known, help_.verdict, help_.reference) == (True, Verdict.UNTESTED, "RFC 5321 4.1.1.8")
    assert help_.detail == "not asked"
    assert (unknown.known, unknown.reference, unknown.summary) == (False, None, None)


def test_a_handshake_is_the_test_of_starttls() -> None:
    for report in (_with(), _with(Observation("keyword", "STARTTLS", Verdict.KEPT, "the handshake succeeded"))):
        starttls = _capability(report, "STARTTLS")
        assert (starttls.verdict, starttls.detail) == (Verdict.KEPT, "TLS 1.3, certificate 12 days")
    broken = _with(Observation("keyword", "STARTTLS", Verdict.BROKEN, "the handshake failed once"))
    assert _capability(broken, "STARTTLS").verdict is Verdict.BROKEN


def test_no_answer_inside_tls_is_null() -> None:
    assert document.build(failed_reports.unreachable()).capabilities.tls is None


def test_an_explained_item_has_the_published_names() -> None:
    event = msgspec.structs.replace(diagnoses.REFUSED.event, given="550 5.1.1 no\udc80")
    built = explained_json.build_item(msgspec.structs.replace(diagnoses.REFUSED, event=event))
    loaded = json.loads(json_format.compact(built))
    published = "input line code enhanced command reason who retry summary meaning fix dialect entries references"
    assert list(loaded)[:14] == published.split()
    assert (loaded["code"], loaded["enhanced"], loaded["reason"], loaded["line"]) == (550, "5.1.1", "userunknown", 7)
    assert [entry["code"] for entry in loaded["entries"]] == ["550", "5.1.1"]
    assert (loaded["host"], loaded["recipient"], loaded["state"]) == ("mx.example.net", "ann@example.net", "failed")


def test_what_was_explained_is_counted_first() -> None:
    built = explained_json.build_explained(diagnoses.DIGEST, [diagnoses.REFUSED])
    assert built.summary.reason == {"accepted": 1000, "userunknown": 200, "mailboxfull": 34}
    assert (built.summary.host["mx.example.net"], built.summary.events, built.summary.lines) == (180, 1234, 9000)
    assert [group.count for group in built.groups] == [1000, 200, 34]
    assert len(built.items) == 1


def _fields(kind: Any, seen: set[Any]) -> Iterator[tuple[str, str]]:
    if isinstance(kind, msgspec.inspect.StructType):
        if kind.cls in seen:
            return
        seen.add(kind.cls)
        for field in kind.fields:
            yield kind.cls.__name__, field.encode_name
            yield from _fields(field.type, seen)
    elif isinstance(kind, msgspec.inspect.UnionType):
        for part in kind.types:
            yield from _fields(part, seen)
    elif isinstance(kind, msgspec.inspect.VarTupleType):
        yield from _fields(kind.item_type, seen)


@pytest.mark.parametrize(
    "root",
    [
        document.Document,
        trace_document.TraceDocument,
        check_document.CheckDocument,
        explained_json.Explained,
        browsed.Codes,
        browsed.Extensions,
        compared.Compared,
    ],
)
def test_every_field_is_documented(root: type) -> None:
    text = DOCS.read_text(encoding="utf-8")
    missing = [f"{s}.{f}" for s, f in _fields(msgspec.inspect.type_info(root), set()) if f"`{f}`" not in text]
    assert missing == []


def test_every_reason_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [reason for reason in Reason if f"| `{reason}` | {reason.meaning} |" not in text] == []
