"""What became of each keyword, joined from what was heard."""

from __future__ import annotations

import msgspec
import pytest
from conversed import offers, reply

from smtpprobe.model import Command, Exchange, Failure, Observation
from smtpprobe.outcome import FailureKind, Stage, Verdict
from smtpprobe.probes.promises import joined


def exchange(line: str, text: str | None, probe: str | None = None, **more: object) -> Exchange:
    facts = {"connection": 1, "flight": 1, "stage": Stage.CLEAR, **more}
    answer = reply(text) if text is not None else None
    return Exchange(command=Command(line.encode()), sent_ns=0, reply=answer, probe=probe, **facts)  # type: ignore[arg-type]


def verdict_of(
    keyword: str, exchanges: list[Exchange], observations: list[Observation] | None = None
) -> tuple[Verdict, str]:
    (one,) = joined(exchanges, observations or [], offers(keyword))
    assert one.probe == "keyword"
    return one.verdict, one.detail


def test_one_for_every_keyword_once() -> None:
    found = joined([], [], offers("SIZE 5", "DSN", "SIZE 6"), None, offers("AUTH PLAIN", "DSN"))
    assert [one.subject for one in found] == ["SIZE", "DSN", "AUTH"]
    assert {one.verdict for one in found} == {Verdict.UNTESTED}
    assert all(one.detail for one in found)


@pytest.mark.parametrize("keyword", ["CHUNKING", "BINARYMIME", "PRDR", "ETRN", "XCLIENT", "X-EXPS", "FOO", "É\x07"])
def test_what_cannot_be_tried_says_so(keyword: str) -> None:
    assert verdict_of(keyword, [])[0] is Verdict.UNTESTED


def test_of_several_parameters_the_worst_tells() -> None:
    def one(verdict: Verdict, index: int) -> Observation:
        return Observation("mail-parameter", "DSN", verdict, str(verdict), (index,))

    kept, broken, unread = one(Verdict.KEPT, 0), one(Verdict.BROKEN, 1), one(Verdict.ACCEPTED_UNREAD, 2)
    (found,) = joined([], [kept, broken, unread], offers("DSN"))
    assert (found.verdict, found.evidence) == (Verdict.BROKEN, (0, 1, 2))
    assert verdict_of("DSN", [], [kept, unread])[0] is Verdict.ACCEPTED_UNREAD
    assert verdict_of("DSN", [], [kept])[0] is Verdict.KEPT


@pytest.mark.parametrize(
    ("keyword", "probe", "line", "text", "verdict"),
    [
        ("HELP", "help", "HELP", "214 see", Verdict.KEPT),
        ("HELP", "help", "HELP", "211 see", Verdict.KEPT),
        ("HELP", "help", "HELP", "502 no", Verdict.BROKEN),
        ("VRFY", "vrfy-postmaster", "VRFY postmaster", "252 maybe", Verdict.KEPT),
        ("VRFY", "vrfy-postmaster", "VRFY postmaster", "502 no", Verdict.BROKEN),
        ("EXPN", "expn-random", "EXPN x", "550 none", Verdict.KEPT),
        ("EXPN", "expn-random", "EXPN x", "500 what", Verdict.BROKEN),
    ],
)
def test_a_verb_that_was_promised(keyword: str, probe: str, line: str, text: str, verdict: Verdict) -> None:
    said = Observation(probe, "", Verdict.ANSWERED, text, (0,))
    assert verdict_of(keyword, [exchange(line, text, probe)], [said])[0] is verdict
    void = Observation(probe, "", Verdict.UNTESTED, "the server closed the connection", (0,))
    assert verdict_of(keyword, [exchange(line, "421 bye", probe)], [void])[0] is Verdict.UNTESTED


def test_pipelining() -> None:
    flight = [exchange("MAIL FROM:<>", "250 ok", "mail"), exchange("RSET", "250 ok", "mail")]
    assert verdict_of("PIPELINING", flight) == (Verdict.KEPT, "2 commands in one flight")
    assert verdict_of("PIPELINING", flight[:1])[0] is Verdict.UNTESTED
    unasked = msgspec.structs.replace(flight[0], command=None, failure=Failure(Stage.CLEAR, FailureKind.UNSOLICITED))
    assert verdict_of("PIPELINING", [*flight, unasked])[0] is Verdict.UNTESTED
    broken = Observation("pipelining", "PIPELINING", Verdict.BROKEN, "cut", (0,))
    assert verdict_of("PIPELINING", flight, [broken]) == (Verdict.BROKEN, "cut")


def test_starttls() -> None:
    def asked(text: str | None, kind: FailureKind | None = None) -> Exchange:
        failure = Failure(Stage.STARTTLS, kind, "") if kind else None
        return exchange("STARTTLS", text, stage=Stage.STARTTLS, failure=failure)

    assert verdict_of("STARTTLS", [])[0] is Verdict.UNTESTED
    assert verdict_of("STARTTLS", [asked("220 go")])[0] is Verdict.KEPT
    assert verdict_of("STARTTLS", [asked("454 no")]) == (Verdict.BROKEN, "454 to STARTTLS")
    assert verdict_of("STARTTLS", [asked("220 go", FailureKind.TLS_HANDSHAKE)])[0] is Verdict.BROKEN
    assert verdict_of("STARTTLS", [asked(None, FailureKind.TIMEOUT)])[0] is Verdict.BROKEN
    assert verdict_of("STARTTLS", [asked("454 no"), asked("220 go")])[0] is Verdict.KEPT


def test_enhanced_codes() -> None:
    good, bad = exchange("NOOP", "250 2.0.0 ok"), exchange("RSET", "250 ok")
    free = [exchange("EHLO x", "250 mx", stage=Stage.EHLO), exchange("AUTH PLAIN", "334 "), exchange("*", "501 no")]
    assert verdict_of("ENHANCEDSTATUSCODES", free)[0] is Verdict.UNTESTED
    assert verdict_of("ENHANCEDSTATUSCODES", [*free, good])[0] is Verdict.KEPT
    assert verdict_of("ENHANCEDSTATUSCODES", [good, bad])[0] is Verdict.BROKEN
    assert verdict_of("ENHANCEDSTATUSCODES", [bad]) == (Verdict.BROKEN, "no reply carries one")


def test_auth() -> None:
    started = Observation("auth-mechanism", "PLAIN", Verdict.KEPT, "334 to AUTH PLAIN", (0,))
    refused = Observation("auth-mechanism", "LOGIN", Verdict.BROKEN, "504 to AUTH LOGIN", (1,))
    unknown = exchange("AUTH SMTPPROBE", "504 no", "auth-unknown")
    told = Observation("auth-unknown", "", Verdict.ANSWERED, "504", (0,))
    later = Observation("auth-mechanism", "PLAIN", Verdict.UNTESTED, "budget: 8 connections were not enough")
    assert verdict_of("AUTH PLAIN", [unknown], [started, told]) == (Verdict.KEPT, "334 to PLAIN, 504 to others")
    assert verdict_of("AUTH PLAIN", [unknown], [started, refused])[0] is Verdict.BROKEN
    assert verdict_of("AUTH PLAIN", [unknown], [told])[0] is Verdict.UNTESTED
    assert verdict_of("AUTH PLAIN", [unknown], [told, later])[0] is Verdict.UNTESTED
    assert verdict_of("AUTH PLAIN", [])[0] is Verdict.UNTESTED
