"""What the forms of a trace share: the matrix of servers, counts."""

from __future__ import annotations

import msgspec
import pytest
from traces import arrives, facts, passed, refused, report

from smtpprobe.journey import Answer, Ruling, Trace
from smtpprobe.model import Capabilities, Exchange, Failure, Report
from smtpprobe.outcome import CertificateFault, Check, FailureKind, Stage, Standing
from smtpprobe.render import trace_matrix, trace_parts
from smtpprobe.render.trace_matrix import Cell


@pytest.mark.parametrize("check", Check)
def test_every_check_has_a_name(check: Check) -> None:
    assert trace_parts.check_name(check)


def _cells(only: Report, *rulings: Ruling) -> dict[str, Cell]:
    (row,) = trace_matrix.rows(msgspec.structs.replace(refused(), routes=(only,), rulings=rulings))
    return dict(row.cells)


def _run(**changes: object) -> Report:
    whole = report()
    return msgspec.structs.replace(whole, transcript=msgspec.structs.replace(whole.transcript, **changes))


def _until(stage: Stage, answer: bytes, code: int) -> tuple[Exchange, ...]:
    """The dialogue up to the first exchange of a stage, which is answered so."""
    exchanges = report().transcript.exchanges
    n = next(n for n, exchange in enumerate(exchanges) if exchange.stage is stage)
    reply = exchanges[n].reply
    assert reply is not None
    refusal = msgspec.structs.replace(exchanges[n], reply=msgspec.structs.replace(reply, code=code, texts=(answer,)))
    return (*exchanges[:n], refusal)


def test_a_server_that_does_not_offer_starttls() -> None:
    cells = _cells(_run(tls=None, clear=Capabilities("mx1.example.net", ())))
    assert cells["STARTTLS"] == Cell(Standing.NONE, "not offered")
    assert "certificate" not in cells


def test_a_refused_starttls_and_a_failed_handshake() -> None:
    refusal = _cells(_run(tls=None, exchanges=_until(Stage.STARTTLS, b"4.7.0 TLS not available", 454)))
    assert refusal["STARTTLS"] == Cell(Standing.FAIL, "454")
    failure = Failure(Stage.HANDSHAKE, FailureKind.TLS_HANDSHAKE, "no shared cipher")
    broken = _cells(_run(tls=None, failure=failure))
    assert broken["STARTTLS"] == Cell(Standing.FAIL, "handshake tls-handshake")


def test_a_greeting_that_turns_away() -> None:
    cells = _cells(_run(tls=None, exchanges=_until(Stage.GREETING, b"no mail for you", 554)))
    assert cells["clear"] == Cell(Standing.FAIL, "554, 18 ms")


@pytest.mark.parametrize("fault", CertificateFault)
def test_a_certificate_with_a_fault_is_a_warning_until_a_ruling_says_how_much_it_matters(
    fault: CertificateFault,
) -> None:
    shown = report(tls=facts(fault, -3))
    ruling = Ruling(Check.CERTIFICATE, "mx1.example.net", Standing.FAIL, "expired", "It has expired.")
    assert _cells(shown)["certificate"].standing is Standing.WARN
    assert _cells(shown, ruling)["certificate"].standing is Standing.FAIL
    assert "day" not in _cells(shown, ruling)["certificate"].text


def test_the_ruling_on_the_address_comes_before_that_on_the_host() -> None:
    on_host = passed(Check.DANE, "mx1.example.net", "of the host")
    on_address = passed(Check.DANE, "mx1.example.net [192.0.2.25]", "of the address")
    elsewhere = passed(Check.DANE, "mx2.example.net", "elsewhere")
    assert _cells(report(), elsewhere, on_host, on_address)["DANE"].text == "of the address"
    assert _cells(report(), elsewhere, on_host)["DANE"].text == "of the host"
    assert "DANE" not in _cells(report(), elsewhere)


def test_a_name_that_led_nowhere_has_its_row() -> None:
    (row,) = trace_matrix.rows(
        msgspec.structs.replace(refused(), routes=(_run(route=None, exchanges=(), tls=None, connections=()),))
    )
    assert (row.host, row.address, row.preference) == ("mx1.example.net", "", None)


def _counted(**changes: int) -> str:
    trace: Trace = msgspec.structs.replace(arrives(), **changes)
    return " · ".join(trace_parts.totals(trace))


def test_counts_have_their_plurals() -> None:
    assert _counted() == "3 MX, 6 addresses · 24 round trips · 17 DNS queries · 0.8 s, slowest path 0.7 s"
    assert "1 round trip · 1 DNS query ·" in _counted(round_trips=1, dns_queries=1)
    assert "0.0 s, slowest path 0.0 s" in _counted(total_ns=-5, slowest_ns=0)


def test_an_answer_says_what_it_is() -> None:
    assert trace_parts.answer(Answer("a.test", "MX")) == "MX a.test: no such record"
    assert trace_parts.answer(Answer("a.test", "MX", ("0 .",), authentic=True)) == "MX a.test: 0 . (signed)"


def test_a_long_reply_is_cut_and_said_to_be_so() -> None:
    whole = report()
    reply = whole.transcript.exchanges[0].reply
    assert reply is not None
    greeting = msgspec.structs.replace(
        whole.transcript.exchanges[0], reply=msgspec.structs.replace(reply, texts=(b"x",) * 900)
    )
    run = msgspec.structs.replace(whole.transcript, exchanges=(greeting,))
    said = list(trace_parts.dialogue(msgspec.structs.replace(whole, transcript=run)))
    assert said[-1] == "  … 860 more lines"
    assert said[0] == "← 220-x"
