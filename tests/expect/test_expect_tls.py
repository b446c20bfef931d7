"""TLS: offered and working, required, new enough. A no for now is not taken for a no."""

from __future__ import annotations

import pytest
from expect_reports import at, judged, judgement, run
from msgspec.structs import replace
from rules_run import GOOD, asked, failed

from smtpprobe.expect.file import Tls
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.tls import TlsOffered, TlsRequired, TlsVersion, expectations
from smtpprobe.model import Connection, Transcript
from smtpprobe.outcome import ClosedBy, FailureKind, Outcome, Result, Stage, TlsMode

MET, FAILED, UNDECIDED = Result.MET, Result.FAILED, Result.INCONCLUSIVE
HELLO = "SIZE 1000"


def handshake(kind: FailureKind, detail: str = "", **changes: object) -> Transcript:
    """A run whose handshake ended so."""
    failure = failed(kind, detail, Stage.HANDSHAKE)
    whole = run(handshake=failure, **changes)  # type: ignore[arg-type]
    return replace(whole, connections=(Connection(1, "192.0.2.25", 25, 0, 1, ClosedBy.SERVER, failure=failure),))


def cut_short() -> Transcript:
    return run(starttls=None, outcome=Outcome.INCONCLUSIVE, failure=failed(FailureKind.SERVER_CLOSING))


@pytest.mark.parametrize(
    ("transcript", "result", "got"),
    [
        (run(), MET, "TLSv1.3 after STARTTLS"),
        (run(tls=TlsMode.IMPLICIT, port=465, hello=HELLO), MET, "TLSv1.3 from the first byte"),
        (run(tls=TlsMode.NONE), MET, 'STARTTLS is offered; it was not tried, as tls = "none" says'),
        (run(hello=HELLO), FAILED, "STARTTLS is not offered"),
        (run(starttls="554 5.7.3 no"), FAILED, "STARTTLS got 554 5.7.3 no"),
        (run(starttls="454 4.7.0 TLS not available"), UNDECIDED, "STARTTLS got 454 4.7.0 TLS not available"),
        (run(starttls="421 4.7.0 bye"), UNDECIDED, "STARTTLS got 421 4.7.0 bye"),
        (
            handshake(FailureKind.TLS_HANDSHAKE, "wrong key"),
            FAILED,
            "the TLS handshake did not come about: wrong key",
        ),
        (
            handshake(FailureKind.TLS_TIMEOUT),
            UNDECIDED,
            "the TLS handshake did not come about: the TLS handshake did not finish in time",
        ),
        (cut_short(), UNDECIDED, "the run ended before TLS"),
        (run(hello_code="451"), UNDECIDED, "EHLO got no answer"),
    ],
)
def test_offered(transcript: Transcript, result: Result, got: str) -> None:
    assert judged(TlsOffered(offered=True), transcript) == (result, got)


@pytest.mark.parametrize(
    ("transcript", "result"),
    [
        (run(hello=HELLO), MET),
        (run(), FAILED),
        (run(starttls="454 4.7.0 later"), FAILED),
        (run(tls=TlsMode.IMPLICIT, port=465, hello=HELLO), FAILED),
        (run(hello_code="451"), UNDECIDED),
    ],
)
def test_not_offered(transcript: Transcript, result: Result) -> None:
    assert judged(TlsOffered(offered=False), transcript)[0] is result


def test_what_to_do_comes_from_the_finding() -> None:
    found = judgement(TlsOffered(offered=True), run(hello="SIZE 1000\nXXXXXXXA"))
    assert "Switch SMTP inspection off" in found.advice
    assert not judgement(TlsOffered(offered=True), run(starttls="454 4.7.0 later")).advice


def mail(answer: str) -> Transcript:
    return run(asked("MAIL FROM:<>", answer, "mail"))


@pytest.mark.parametrize(
    ("answer", "required", "not_required"),
    [
        ("250 ok", FAILED, MET),
        ("530 5.7.0 Must issue a STARTTLS command first", MET, FAILED),
        ("530 5.7.0 no", MET, FAILED),
        ("523 5.7.10 no", MET, FAILED),
        ("550 5.7.1 Session encryption is required", MET, FAILED),
        ("530 5.7.0 Authentication required", FAILED, MET),
        ("550 5.7.1 your address is listed", UNDECIDED, UNDECIDED),
        ("451 4.3.0 not now", UNDECIDED, UNDECIDED),
        ("421 4.7.0 bye", UNDECIDED, UNDECIDED),
    ],
)
def test_required(answer: str, required: Result, not_required: Result) -> None:
    assert judged(TlsRequired(required=True), mail(answer)) == (required, f"{answer} to MAIL in clear")
    assert judged(TlsRequired(required=False), mail(answer))[0] is not_required


def test_required_where_nothing_is_said_in_clear() -> None:
    implicit = run(tls=TlsMode.IMPLICIT, port=465, hello=HELLO)
    assert judged(TlsRequired(required=True), implicit)[0] is MET
    assert judged(TlsRequired(required=False), implicit)[0] is FAILED
    assert judged(TlsRequired(required=True), run()) == (UNDECIDED, "MAIL was not asked in clear")
    assert TlsRequired(required=True).probes == ("mail",)


@pytest.mark.parametrize(
    ("version", "agreed", "result"),
    [
        ("1.2", "TLSv1.3", MET),
        ("1.2", "TLSv1.2", MET),
        ("1.3", "TLSv1.2", FAILED),
        ("1.0", "SSLv3", FAILED),
        ("1.2", "TLSv1.1", FAILED),
        ("1.2", "TLSv9", UNDECIDED),
    ],
)
def test_version(version: str, agreed: str, result: Result) -> None:
    found = judgement(TlsVersion(version=version), run(facts=replace(GOOD, version=agreed)))
    assert found.result is result
    assert bool(found.advice) is (result is FAILED)


def test_without_tls_there_is_no_version() -> None:
    assert judged(TlsVersion(version="1.2"), run(hello=HELLO)) == (FAILED, "no TLS: STARTTLS is not offered")
    assert judged(TlsVersion(version="1.2"), run(starttls="454 4.7.0 later"))[0] is UNDECIDED
    assert judged(TlsVersion(version="1.2"), run(tls=TlsMode.NONE))[0] is Result.NOT_APPLICABLE


def test_the_table() -> None:
    found = expectations(Tls(offered=False, required=True, version="1.3"), at)
    assert [one.id for one in found] == ["tls-offered", "tls-required", "tls-version"]
    assert [one.place for one in found] == [at("offered"), at("required"), at("version")]
    assert expectations(Tls(), at) == ()
    with pytest.raises(Mistake, match=r"there is no version of TLS '1.9': did you mean 1\.[0-3]\?") as told:
        expectations(Tls(version="1.9"), at)
    assert told.value.place == at("version")
