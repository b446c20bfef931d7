"""Promises about MAIL and RCPT parameters, with replies given by hand."""

from __future__ import annotations

import pytest
from conversed import converse, known, reply

from smtpprobe.model import Exchange
from smtpprobe.outcome import Stage, Verdict
from smtpprobe.probes import BY_NAME
from smtpprobe.probes.base import Answer
from smtpprobe.probes.parameters import MAIL_BY_KEYWORD, RCPT_BY_KEYWORD

OK, RSET = "250 2.1.0 OK", "250 2.0.0 OK"


@pytest.mark.parametrize(
    ("groups", "verdict", "detail", "evidence"),
    [
        ([[OK, RSET], ["501 5.5.4 no", RSET]], Verdict.KEPT, "501 to BODY=FOO", (0, 2)),
        ([[OK, RSET], [OK, RSET]], Verdict.ACCEPTED_UNREAD, "250 to BODY=FOO too", (0, 2)),
        ([["555 5.5.4 no", RSET]], Verdict.BROKEN, "555 5.5.4 to BODY=8BITMIME", (0,)),
        ([["451 4.3.0 later", RSET]], Verdict.UNTESTED, "refused for now: 451 4.3.0 to BODY=8BITMIME", (0,)),
        ([[OK, RSET], ["451 4.3.0 later", RSET]], Verdict.UNTESTED, "refused for now: 451 4.3.0 to BODY=FOO", (0, 2)),
        ([[OK, RSET], ["354 go", RSET]], Verdict.UNTESTED, "refused for now: 354 to BODY=FOO", (0, 2)),
        ([["354 go", RSET]], Verdict.BROKEN, "354 to BODY=8BITMIME", (0,)),
    ],
)
def test_a_promise(groups: list[list[str]], verdict: Verdict, detail: str, evidence: tuple[int, ...]) -> None:
    asked, (one,) = converse("mail-parameter", "8BITMIME", known("8BITMIME"), *groups)
    assert asked[0] == ["MAIL FROM:<> BODY=8BITMIME", "RSET"]
    assert (one.verdict, one.detail, one.evidence) == (verdict, detail, evidence)
    assert (one.probe, one.subject, one.stage) == ("mail-parameter", "8BITMIME", Stage.CLEAR)


@pytest.mark.parametrize(
    ("groups", "verdict"),
    [
        ([[OK, RSET], ["501 no", RSET]], Verdict.WORKS_UNANNOUNCED),
        ([[OK, RSET], [OK, RSET]], Verdict.ACCEPTED_UNREAD),
        ([["555 no", RSET]], Verdict.ABSENT),
        ([["452 later", RSET]], Verdict.UNTESTED),
    ],
)
def test_what_was_not_promised(groups: list[list[str]], verdict: Verdict) -> None:
    _, (one,) = converse("mail-unannounced", "8BITMIME", known("SIZE"), *groups)
    assert one.verdict is verdict


@pytest.mark.parametrize(
    ("keyword", "valid", "invalid"),
    [
        ("SIZE 10240000", "SIZE=1000", "SIZE=10240001"),
        ("SIZE 999", "SIZE=999", "SIZE=1000"),
        ("SIZE 1", "SIZE=1", "SIZE=2"),
        ("SIZE", "SIZE=1000", "SIZE=FOO"),
        ("SIZE 0", "SIZE=1000", "SIZE=FOO"),
        ("SIZE lots", "SIZE=1000", "SIZE=FOO"),
        ("SIZE 123456789012345678901", "SIZE=1000", "SIZE=FOO"),
        ("SIZE -5", "SIZE=1000", "SIZE=FOO"),
        ("SIZE 99999999999999999999", "SIZE=1000", "SIZE=100000000000000000000"),
    ],
)
def test_size_follows_what_is_announced(keyword: str, valid: str, invalid: str) -> None:
    asked, _ = converse("mail-parameter", "SIZE", known(keyword), [OK, RSET], ["552 no", RSET])
    assert asked == [[f"MAIL FROM:<> {valid}", "RSET"], [f"MAIL FROM:<> {invalid}", "RSET"]]


def test_a_keyword_with_two_parameters_gives_two_observations() -> None:
    asked, learnt = converse(
        "mail-parameter", "DSN", known("DSN"), ["501 no RET", RSET, OK, RSET], ["501 5.5.4 bad ENVID", RSET]
    )
    assert asked == [
        ["MAIL FROM:<> RET=HDRS", "RSET", "MAIL FROM:<> ENVID=smtpprobe", "RSET"],
        ["MAIL FROM:<> ENVID=+ZZ", "RSET"],
    ]
    assert [(o.verdict, o.evidence) for o in learnt] == [(Verdict.BROKEN, (0,)), (Verdict.KEPT, (2, 4))]


def test_rcpt_parameters_begin_a_transaction_each() -> None:
    asked, learnt = converse(
        "rcpt-parameter",
        "DSN",
        known("DSN", domain="example.org"),
        [OK, OK, RSET, OK, "501 no", RSET],
        [OK, "501 5.5.4 bad", RSET],
    )
    to = "RCPT TO:<postmaster@example.org>"
    assert asked == [
        [
            *("MAIL FROM:<>", f"{to} NOTIFY=NEVER", "RSET"),
            *("MAIL FROM:<>", f"{to} ORCPT=rfc822;postmaster@example.org", "RSET"),
        ],
        ["MAIL FROM:<>", f"{to} NOTIFY=FOO", "RSET"],
    ]
    assert [(o.verdict, o.evidence) for o in learnt] == [(Verdict.KEPT, (1, 7)), (Verdict.BROKEN, (4,))]


def test_rcpt_parameters_where_mail_is_refused() -> None:
    _, (one,) = converse("rcpt-parameter", "RRVS", known("RRVS"), ["530 5.7.0 TLS first", "503 no", RSET])
    assert (one.verdict, one.detail) == (Verdict.UNTESTED, "a plain MAIL got 530 5.7.0")


@pytest.mark.parametrize(
    ("answer", "verdict", "detail"),
    [
        ("555 5.5.4 no", Verdict.KEPT, "refused: 555 5.5.4"),
        ("501 no", Verdict.KEPT, "refused with 501 where RFC 5321 has 555"),
        ("250 OK", Verdict.ACCEPTED_UNREAD, "swallowed: 250"),
        ("451 4.3.0 later", Verdict.UNTESTED, "refused for now: 451 4.3.0"),
    ],
)
def test_a_parameter_that_does_not_exist(answer: str, verdict: Verdict, detail: str) -> None:
    _, (one,) = converse("mail-unknown-parameter", "", known(), [answer, RSET])
    assert (one.verdict, one.detail) == (verdict, detail)
    _, (other,) = converse("rcpt-unknown-parameter", "", known(), [OK, answer, RSET])
    assert (other.verdict, other.detail, other.evidence) == (verdict, detail, (1,))


def test_all_parameters_at_once_names_none_twice() -> None:
    """MTRK brings an ENVID of its own (RFC 3885 3.2), and so does DSN."""
    about = known("SIZE 5", "DSN", "MTRK", "8BITMIME", "BINARYMIME", "FUTURERELEASE 1 2", "AUTH PLAIN")
    asked, (one,) = converse("mail-together", "", about, [OK, RSET])
    names = [word.partition("=")[0] for word in asked[0][0].split()[2:]]
    assert sorted(names) == sorted(set(names)) == ["BODY", "ENVID", "MTRK", "RET", "SIZE"]
    assert one.verdict is Verdict.KEPT
    assert BY_NAME["mail-together"].subjects(known("SIZE 5")) == ()


def test_unannounced_leaves_to_tls_what_is_offered_there() -> None:
    subjects = BY_NAME["mail-unannounced"].subjects
    assert "REQUIRETLS" not in subjects(known("SIZE"))
    assert "REQUIRETLS" in subjects(known("SIZE", encrypted=known("SIZE").clear, encrypted_now=True))
    later = known("SIZE", encrypted=known("DSN").clear)
    assert "DSN" not in subjects(later)
    assert "SIZE" not in subjects(later)


@pytest.mark.parametrize("name", ["mail-parameter", "rcpt-parameter", "mail-unannounced"])
@pytest.mark.parametrize("accepts", ["all", "valid", "none"])
def test_the_declared_cost_is_never_exceeded(name: str, accepts: str) -> None:
    """Whatever the server does, its refusals and commands stay within what the planner reserves."""
    table = RCPT_BY_KEYWORD if name == "rcpt-parameter" else MAIL_BY_KEYWORD
    for keyword in table:
        about = known() if name == "mail-unannounced" else known(keyword)
        conversation, refusals, others = BY_NAME[name].ask(about, keyword), 0, 0
        ask = next(conversation)
        first = True
        while True:
            answers = []
            for command in ask.commands:
                bare = command.line in (b"RSET", b"MAIL FROM:<>")
                taken = bare or accepts == "all" or (accepts == "valid" and first)
                refusals += not taken
                others += command.verb == "RSET"
                text = OK if taken else "501 5.5.4 no"
                answers.append(Answer(0, Exchange(1, 1, Stage.CLEAR, command, 0, reply(text))))
            first = False
            try:
                ask = conversation.send(tuple(answers))
            except StopIteration:
                break
        cost = BY_NAME[name].cost(about, keyword)
        assert refusals <= cost.refusals
        assert refusals <= cost.syntax
        assert others <= cost.nonmail
