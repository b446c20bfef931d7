"""What counts as a change, and in which words; what cannot be told from both sides is left out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_documents import answering, document, exchange, greeting, keyword, observation, taken, tls

from smtpprobe.changes import Also, Snapshot, compare, undecided
from smtpprobe.outcome import Outcome


def words(before: Snapshot, after: Snapshot, *also: str) -> list[str]:
    return [change.words for change in compare(before, after, frozenset(also))]


def offering(clear: list[Any], inside: list[Any] | None = None, **fields: Any) -> Snapshot:
    return taken(capabilities={"clear": clear, "tls": inside}, **{"tls": None if inside is None else tls(), **fields})


SIZE, DSN, STARTTLS = keyword("SIZE", "1000"), keyword("DSN"), keyword("STARTTLS")


def test_a_report_against_itself_has_no_change() -> None:
    assert words(taken(), taken(), *Also) == []


def test_keywords_in_words() -> None:
    both = [SIZE, DSN], [SIZE, DSN]
    assert words(offering(*both), offering([DSN], [DSN])) == ["SIZE 1000 is no longer offered"]
    assert words(offering(*both), offering([SIZE, DSN], [DSN])) == ["SIZE 1000 is no longer offered inside TLS"]
    assert words(offering([DSN], [DSN]), offering([DSN], [SIZE, DSN])) == [
        "SIZE 1000 is offered inside TLS now, and was not"
    ]
    larger = keyword("SIZE", "2000")
    assert words(offering(*both), offering([larger, DSN], [larger, DSN])) == ["SIZE went from 1000 to 2000"]
    assert words(offering(*both), offering([SIZE, DSN], [larger, DSN])) == ["SIZE inside TLS went from 1000 to 2000"]
    bare = keyword("SIZE")
    assert words(offering([SIZE]), offering([bare])) == ["SIZE went from 1000 to no argument"]


def test_starttls_that_is_gone_says_all_there_is_to_say_of_tls() -> None:
    before, after = offering([SIZE, STARTTLS], [SIZE, DSN]), offering([SIZE])
    assert words(before, after) == ["STARTTLS is no longer offered in clear"]
    assert words(after, before) == ["STARTTLS is offered in clear now, and was not"]


def test_a_handshake_that_fails_now() -> None:
    before, after = offering([STARTTLS], [SIZE]), offering([STARTTLS])
    assert words(before, after) == ["TLS does not come about any more: it was TLSv1.3"]
    assert words(after, before) == ["TLS comes about now: TLSv1.3"]


def test_tls_that_was_not_wanted_is_not_missed() -> None:
    without = taken(
        target={"text": "mail.example.org", "host": "mail.example.org", "port": 25, "tls": "none"},
        capabilities={"clear": [STARTTLS], "tls": None},
        tls=None,
    )
    assert words(offering([STARTTLS], [SIZE]), without) == []


def test_mechanisms_one_by_one_and_auth_as_a_whole() -> None:
    plain, more = keyword("AUTH", "PLAIN", "LOGIN"), keyword("AUTH", "LOGIN", "plain", "XOAUTH2")
    assert words(offering([plain]), offering([more])) == ["AUTH XOAUTH2 is offered now, and was not"]
    assert words(offering([more], [plain]), offering([plain], [plain])) == [
        "AUTH XOAUTH2 is no longer offered in clear"
    ]
    assert words(offering([plain]), offering([])) == ["AUTH LOGIN PLAIN is no longer offered"]
    old = keyword("AUTH=", "PLAIN", "LOGIN")
    assert words(offering([plain, old]), offering([keyword("AUTH", "PLAIN"), keyword("AUTH=", "PLAIN")])) == [
        "AUTH LOGIN is no longer offered"
    ]


def test_order_counts_only_where_it_is_asked_for() -> None:
    before = offering([SIZE, DSN, keyword("AUTH", "PLAIN", "LOGIN")])
    after = offering([DSN, SIZE, keyword("AUTH", "LOGIN", "PLAIN")])
    assert words(before, after) == []
    assert words(before, after, Also.ORDER) == [
        "the extensions stand in another order in clear",
        "the mechanisms stand in another order in clear",
    ]


@pytest.mark.parametrize(
    ("certificate", "sentence"),
    [
        ({"issuer": "CN=R12"}, "the certificate's issuer was CN=R11 and is CN=R12"),
        ({"subject": "CN=x"}, "the certificate's subject was CN=mail.example.org and is CN=x"),
        (
            {"names": ["mail.example.org"]},
            "the certificate's names were mail.example.org, smtp.example.org and are mail.example.org",
        ),
        ({"error": "expired"}, "the certificate is no longer trusted: its last day of validity is over"),
    ],
    ids=["issuer", "subject", "names", "trust"],
)
def test_the_certificate(certificate: dict[str, Any], sentence: str) -> None:
    assert words(taken(), taken(tls=tls(**certificate))) == [sentence]


def test_a_renewed_certificate_is_no_change_unless_dates_are_asked_for() -> None:
    after = taken(tls=tls(not_before="2026-11-20T00:00:00Z", not_after="2027-02-20T00:00:00Z"))
    assert words(taken(), after) == []
    assert words(taken(), after, Also.DATES) == [
        "the certificate's valid from was 2026-11-01T00:00:00Z and is 2026-11-20T00:00:00Z",
        "the certificate's valid until was 2027-01-30T00:00:00Z and is 2027-02-20T00:00:00Z",
    ]


def test_trust_that_comes_back_or_fails_for_another_reason() -> None:
    expired, named = taken(tls=tls(error="expired")), taken(tls=tls(error="name"))
    assert words(expired, taken()) == ["the certificate is trusted now; before, its last day of validity is over"]
    assert words(expired, named) == [
        "the certificate is distrusted for another reason: it does not carry the name that was asked for; before, its "
        "last day of validity is over"
    ]


def test_the_tls_version_brings_its_cipher() -> None:
    older = tls() | {"version": "TLSv1.2", "cipher": "ECDHE-RSA-AES256-GCM-SHA384"}
    assert words(taken(), taken(tls=older)) == ["TLS was TLSv1.3 and is TLSv1.2"]
    other = tls() | {"cipher": "TLS_CHACHA20_POLY1305_SHA256"}
    assert words(taken(), taken(tls=other)) == [
        "the cipher was TLS_AES_256_GCM_SHA384 and is TLS_CHACHA20_POLY1305_SHA256"
    ]


def test_software_and_greeting() -> None:
    newer = taken(
        software={"name": "Exim", "version": "4.98"},
        exchanges=greeting("mail.example.org ESMTP Exim 4.98 Mon, 30 Nov 2026 02:05:56 +0000"),
        observations=[],
    )
    assert words(taken(), newer) == ["the software was Exim 4.96 and is Exim 4.98"]
    busy = taken(exchanges=greeting("mail.example.org go away", code=554), observations=[])
    assert words(taken(), busy) == ["the greeting was 220 and is 554"]


def test_less_is_recognised_where_less_was_asked() -> None:
    quiet: dict[str, Any] = {"exchanges": greeting("mail.example.org ESMTP"), "observations": []}
    assert words(taken(**quiet), taken(**quiet, software=None, profile="ehlo")) == []
    assert words(taken(**quiet), taken(**quiet, software=None)) == [
        "the software is no longer recognised: it was Exim 4.96"
    ]


def test_an_answer_with_another_code() -> None:
    before = taken(answering("VRFY postmaster", "2.0.0 postmaster", code=252, enhanced="2.0.0"))
    after = taken(answering("VRFY postmaster", "5.1.1 no", code=550, enhanced="5.1.1"))
    (change,) = compare(before, after)
    assert change.words == "VRFY postmaster was 252 2.0.0 and is 550 5.1.1"
    assert (change.what, change.subject, change.where) == ("answer", "VRFY postmaster", "")
    assert (change.before, change.after) == ("252 2.0.0 postmaster", "550 5.1.1 no")


def test_an_answer_in_other_words() -> None:
    assert words(taken(answering("NOOP", "Ok")), taken(answering("NOOP", "Fine"))) == [
        "NOOP gets 250 with another text"
    ]


def test_answers_that_change_alike_are_told_together() -> None:
    def helping(text: str, code: int) -> Snapshot:
        asked = [exchange(f"HELP {topic}", text, code=code, probe="help-topic") for topic in ("MAIL", "RCPT", "DATA")]
        seen = [observation("help-topic", n) | {"subject": str(n)} for n in range(3)]
        return taken(exchanges=asked, observations=seen, findings=[])

    assert words(helping("a", 214), helping("a", 502)) == ["HELP MAIL and 2 more commands were 214 and are 502"]
    assert words(helping("a", 214), helping("b", 214)) == ["HELP MAIL and 2 more commands get 214 with another text"]


def test_a_command_of_several_questions_is_told_with_its_question() -> None:
    def nested(code: int) -> Snapshot:
        asked = [
            exchange("MAIL FROM:<>", "ok", probe="mail"),
            exchange("MAIL FROM:<>", "no", code=code, probe="mail-twice"),
        ]
        return taken(exchanges=asked, observations=[observation("mail", 0), observation("mail-twice", 1)], findings=[])

    assert words(nested(503), nested(250)) == ["MAIL FROM:<> (mail-twice) was 503 and is 250"]


def test_a_state_is_named_where_both_were_asked() -> None:
    def mailing(clear: int, inside: int) -> Snapshot:
        asked = [
            exchange("MAIL FROM:<>", "x", code=clear, probe="mail"),
            exchange("MAIL FROM:<>", "x", code=inside, stage="tls", probe="mail"),
        ]
        return taken(exchanges=asked, observations=[observation("mail", 0, 1)], findings=[])

    assert words(mailing(250, 250), mailing(530, 250)) == ["MAIL FROM:<> was 250 and is 530 in clear"]
    assert words(mailing(250, 250), mailing(250, 530)) == ["MAIL FROM:<> was 250 and is 530 inside TLS"]
    assert words(mailing(250, 250), mailing(530, 530)) == ["MAIL FROM:<> was 250 and is 530"]


@pytest.mark.parametrize(("clear", "told"), [(250, ["ETRN was 500 and is 458"]), (530, [])], ids=["alike", "different"])
def test_a_question_put_in_another_state_is_compared_where_the_state_makes_no_difference(
    clear: int, told: list[str]
) -> None:
    def asked(stage: str, code: int) -> Snapshot:
        exchanges = [
            exchange("MAIL FROM:<>", "x", code=clear, probe="mail"),
            exchange("MAIL FROM:<>", "x", stage="tls", probe="mail"),
            exchange("ETRN", f"in {stage}", code=code, stage=stage, probe="etrn"),
        ]
        return taken(exchanges=exchanges, observations=[observation("mail", 0, 1), observation("etrn", 2)], findings=[])

    assert words(asked("clear", 500), asked("tls", 458)) == told
    assert words(asked("clear", 500), asked("tls", 500)) == []


@pytest.mark.parametrize(
    "after",
    [
        answering("VRFY x", "try later", code=421),
        answering("VRFY x", "4.7.1 Greylisted, come again", code=450),
        answering("VRFY x"),
        answering("EXPN x", "no", code=550),
    ],
    ids=["421", "greylisted", "silence", "not asked"],
)
def test_an_answer_that_says_nothing_of_the_server_is_left_out(after: dict[str, Any]) -> None:
    assert words(taken(answering("VRFY x", "ok")), taken(after)) == []


def test_a_server_that_hangs_up_where_it_answered() -> None:
    after = answering("VRFY x")
    after["exchanges"][1]["failure"] = {"stage": "clear", "kind": "reset", "detail": ""}
    assert words(taken(answering("VRFY x", "ok")), taken(after)) == [
        "VRFY x was 250 and is no answer: the server hangs up"
    ]


def test_enhanced_codes_that_are_no_longer_announced_are_one_change() -> None:
    def coded(*offered: Any, enhanced: str | None) -> Snapshot:
        one = answering("NOOP", f"{enhanced or ''} Ok".strip(), enhanced=enhanced)
        return taken(one | {"capabilities": {"clear": list(offered), "tls": None}, "tls": None})

    announced = keyword("ENHANCEDSTATUSCODES")
    assert words(coded(announced, enhanced="2.0.0"), coded(enhanced=None)) == [
        "ENHANCEDSTATUSCODES is no longer offered"
    ]
    assert words(coded(announced, enhanced="2.0.0"), coded(announced, enhanced=None)) == [
        "NOOP was 250 2.0.0 and is 250"
    ]


def test_a_promise_that_is_no_longer_kept() -> None:
    before, after = keyword("DSN"), keyword("DSN", verdict="accepted-unread")
    assert words(offering([before]), offering([after])) == ["DSN was kept and is accepted-unread"]
    assert words(offering([before]), offering([keyword("DSN", verdict="untested")])) == []


def test_the_verdict_on_a_question_is_told_unless_its_answer_is() -> None:
    def judged(verdict: str, code: int) -> Snapshot:
        one = answering("MAIL FROM:<> X=1", "x", code=code, probe="mail-unknown-parameter")
        one["observations"][0]["verdict"] = verdict
        return taken(one)

    assert words(judged("kept", 555), judged("accepted-unread", 250)) == ["MAIL FROM:<> X=1 was 555 and is 250"]
    assert words(judged("kept", 555), judged("broken", 555)) == ["mail-unknown-parameter was kept and is broken"]
    assert words(judged("kept", 555), judged("untested", 555)) == []


def test_findings() -> None:
    def finding(rule: str, severity: str, *evidence: int) -> dict[str, Any]:
        return {"rule": rule, "severity": severity, "evidence": evidence}

    def found(*findings: dict[str, Any]) -> Snapshot:
        return taken(findings=findings)

    assert words(found(), found(finding("auth-in-clear", "error"))) == ["finding new: auth-in-clear (error)"]
    assert words(found(finding("auth-in-clear", "error")), found()) == ["finding gone: auth-in-clear (error)"]
    assert words(found(finding("x", "info")), found(finding("x", "info"), finding("x", "error"))) == [
        "finding x was info and is error"
    ]
    for passing in ("greylisted", "rate-limited", "hang-up-after-errors", "certificate-expiring", "slow-greeting"):
        assert words(found(), found(finding(passing, "warning"))) == []
    assert words(found(), found(finding("certificate-expiring", "warning")), Also.DATES) != []
    assert words(found(), found(finding("slow-greeting", "warning")), Also.TIMINGS) != []


def test_a_finding_rests_on_questions_that_the_other_side_must_have_asked() -> None:
    revealed = {"rule": "users-revealed", "severity": "info", "evidence": [3]}
    after = taken(findings=[revealed])
    assert words(taken(findings=[]), after) == ["finding new: users-revealed (info)"]
    less = document(findings=[])
    less["observations"] = less["observations"][:2]
    assert words(taken(less), after) == []
    assert words(after, taken(less)) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [(20, 1500, True), (1500, 20, True), (20, 100, False), (300, 500, False), (60, 170, True)],
)
def test_timings_count_where_they_are_asked_for_and_far_apart(before: float, after: float, told: bool) -> None:
    first, second = (taken(timing={"stages": {"greeting": ms}}) for ms in (before, after))
    assert words(first, second) == []
    sentence = f"greeting took {before} ms and takes {after} ms"
    assert words(first, second, Also.TIMINGS) == ([sentence] if told else [])


def ended(outcome: str, kind: str = "refused") -> Snapshot:
    failure = {"stage": "connect", "kind": kind, "detail": ""}
    return taken(outcome=outcome, failure=failure, exchanges=[], observations=[], findings=[])


def test_a_server_that_is_gone_is_one_change_and_nothing_else() -> None:
    (change,) = compare(taken(), ended("unreachable"))
    assert (
        change.words
        == "it answered before, and now it is unreachable: the connection was refused: nothing listens there"
    )
    assert (change.what, change.before, change.after) == ("conversation", "answered", "unreachable")
    assert words(ended("unreachable"), taken()) == ["it was unreachable before, and a conversation is answered now"]
    assert words(ended("unreachable"), ended("not-smtp", "not-smtp-http")) == [
        "it was unreachable before, and now it is not-smtp: the port speaks HTTP"
    ]


def test_what_cannot_be_told_says_why() -> None:
    unsure, gone = ended("inconclusive", "timeout"), ended("unreachable")
    for pair in ((unsure, taken()), (taken(), unsure), (gone, unsure), (gone, gone)):
        assert compare(*pair) == ()
        assert undecided(*pair)
    assert undecided(taken(), unsure) == (
        "the conversation after was inconclusive: no answer within the time allowed for the step"
    )
    assert undecided(taken(), gone) == undecided(taken(), taken()) == ""


def test_why_a_server_turned_us_away_is_told_in_its_own_words() -> None:
    away = taken(outcome="refused", exchanges=greeting("5.7.1 no service", code=554), observations=[], findings=[])
    assert away.outcome is Outcome.REFUSED
    assert words(taken(), away) == ["it answered before, and now it is refused: 554 no service"]


def test_changes_come_in_the_order_of_the_list() -> None:
    after = taken(
        software={"name": "Exim", "version": "4.98"},
        capabilities={"clear": [], "tls": []},
        tls=tls(issuer="CN=R12") | {"cipher": "other"},
        findings=[],
    )
    whats = [str(change.what) for change in compare(taken(), after)]
    assert whats == ["software", "greeting", *["extension"] * 4, "cipher", "certificate", "finding"]


KEYWORDS = st.lists(
    st.tuples(
        st.sampled_from(["SIZE", "DSN", "8BITMIME", "CHUNKING", "LIMITS", "XLOCAL"]),
        st.lists(st.sampled_from(["1", "2", "A=1"]), max_size=2, unique=True),
    ),
    unique_by=lambda one: one[0],
    min_size=1,
)


@given(KEYWORDS, st.randoms(use_true_random=False))
def test_a_changed_keyword_is_exactly_one_change(offered: list[tuple[str, list[str]]], random: Any) -> None:
    before = offering([keyword(name, *arguments) for name, arguments in offered])
    other = list(offered)
    random.shuffle(other)
    assert words(before, offering([keyword(name, *arguments) for name, arguments in other])) == []
    name, arguments = other.pop()
    gone = [keyword(one, *those) for one, those in other]
    assert len(words(before, offering(gone))) == 1
    assert len(words(before, offering([*gone, keyword(name, *arguments, "NEW")]))) == 1
    assert len(words(before, offering([*gone, keyword(name, *arguments), keyword("NEW")]))) == 1
