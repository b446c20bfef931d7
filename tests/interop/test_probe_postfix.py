"""What a probe of Postfix 3.7 must find: the reply to each question, the verdict on each keyword, the advice on it."""

from collections.abc import Callable

import pytest
from probing import Report, probe
from servers.base import MailServer

CAPABILITIES = {
    "auth-unknown tls": (535,),
    "help": (500,),
    "mail clear": (250,),
    "mail tls": (250,),
    "mail-parameter 8BITMIME": (250, 555),
    "mail-parameter AUTH": (250, 250),
    "mail-parameter DSN": (250, 501, 250, 501),
    "mail-parameter SIZE": (250, 552),
    "mail-parameter SMTPUTF8": (250, 555),
    "mail-unknown-parameter": (555,),
    "noop": (250,),
    "rcpt-parameter DSN": (250, 501, 250, 501),
    "rcpt-postmaster": (250,),
    "rcpt-unknown-parameter": (555,),
    "unknown-verb": (500,),
    "vrfy-postmaster": (252,),
}

FULL = CAPABILITIES | {
    "auth-mechanism CRAM-MD5 tls": (334, 501),
    "auth-mechanism LOGIN tls": (334, 501),
    "auth-mechanism PLAIN tls": (334, 501),
    "auth-none tls": (501,),
    "auth-unknown clear": (503,),
    "ehlo-repeated": (250,),
    "etrn": (500,),
    "expn-postmaster": (500,),
    "expn-random": (500,),
    "helo": (250,),
    "help-unknown": (500,),
    "mail-no-brackets": (250,),
    "mail-together": (250,),
    "mail-twice": (503,),
    "mail-unannounced BINARYMIME": (555,),
    "mail-unannounced MT-PRIORITY": (555,),
    "mail-unannounced REQUIRETLS": (555,),
    "noop-argument": (250,),
    "rcpt-before-mail": (503,),
    "rset": (250,),
    "starttls-again": (554,),
    "starttls-parameter": (501,),
    "vrfy-empty": (501,),
    "vrfy-random": (550,),
    "xclient": (501,),
    "xforward": (501,),
}

KEYWORDS = {
    "PIPELINING": "kept",
    "SIZE": "kept",
    "VRFY": "kept",
    "ETRN": "untested",
    "ENHANCEDSTATUSCODES": "kept",
    "8BITMIME": "kept",
    "DSN": "kept",
    "SMTPUTF8": "kept",
    "CHUNKING": "untested",
}

ADVICE = {
    "auth-unknown tls": "It offers PLAIN, LOGIN and CRAM-MD5. Set the sender to one of these",
    "auth-unknown clear": "AUTH is offered only after STARTTLS, and then with PLAIN, LOGIN and CRAM-MD5",
    "auth-mechanism PLAIN tls": "Cancelled, as we asked",
    "auth-none tls": "PLAIN, LOGIN or CRAM-MD5",
    "help": "Normal for a Postfix older than 3.9",
    "help-unknown": "HELP is optional",
    "mail-parameter SIZE": "over the 10240000 octets that EHLO announces",
    "mail-parameter AUTH": "logging in has nothing to do with it",
    "mail-unknown-parameter": "had to be refused",
    "mail-unannounced BINARYMIME": "EHLO does not offer BINARYMIME",
    "mail-twice": "A transaction is open already",
    "rcpt-before-mail": "MAIL is missing before RCPT",
    "vrfy-postmaster": "Says nothing about the mailbox",
    "vrfy-random": "answered truthfully",
    "expn-postmaster": "nothing to fix",
    "etrn": "EHLO announces ETRN",
    "starttls-again": "TLS is active already",
    "starttls-parameter": "501 is the code that RFC 3207 4 has",
    "xclient": "501 proves nothing",
    "xforward": "501 proves nothing",
    "unknown-verb": "had to be refused",
}


@pytest.fixture(scope="module")
def report(postfix: MailServer) -> Report:
    return probe(postfix, "--profile", "full")


def test_it_is_recognised_and_keeps_its_version_to_itself(report: Report) -> None:
    software = report.document["software"]
    assert (software["name"], software["version"]) == ("Postfix", None)


def test_each_question_gets_the_reply_of_postfix(report: Report) -> None:
    assert report.answers == FULL


def test_the_default_profile_asks_less_and_hears_the_same(postfix: MailServer) -> None:
    report = probe(postfix)
    assert report.answers == CAPABILITIES
    assert report.findings == set()


def test_every_keyword_has_its_verdict(report: Report) -> None:
    assert report.keywords("clear") == KEYWORDS | {"STARTTLS": "kept"}
    assert report.keywords("tls") == KEYWORDS | {"AUTH": "kept"}


@pytest.mark.parametrize(("question", "words"), ADVICE.items(), ids=ADVICE.keys())
def test_the_advice_is_postfixs_own(report: Report, question: str, words: str) -> None:
    assert words in report.advice(question)


def test_a_refused_helo_rset_or_parameter_is_nobodys_fault(report: Report) -> None:
    """All that we provoked ourselves and that Postfix refused as it should."""
    blamed = {e["probe"] for e in report.exchanges if e["reply"]["code"] >= 500 and e["note"]["who"] != "nobody"}
    assert blamed == {"vrfy-random"}


def test_no_alarm_is_raised(report: Report) -> None:
    """VRFY tells users from others, as RCPT does; that is all there is to say."""
    assert report.findings == {"users-revealed"}
    assert {finding["severity"] for finding in report.document["findings"]} == {"info"}


def test_the_certificate_is_trusted(report: Report) -> None:
    tls = report.document["tls"]
    assert tls["version"] == "TLSv1.3"
    assert tls["certificate"]["trusted"]
    assert tls["certificate"]["names"] == ["mail.test.example"]


def test_without_tls_auth_is_asked_for_in_clear(postfix_with: Callable[..., MailServer]) -> None:
    report = probe(postfix_with(tls=False), "--profile", "full")
    assert report.document["tls"] is None
    assert report.keywords("clear") == KEYWORDS | {"AUTH": "kept"}
    inside = {"starttls-again", "starttls-parameter", "mail-unannounced REQUIRETLS"}
    expected = {name.replace(" tls", " clear"): codes for name, codes in FULL.items() if name not in inside}
    assert report.answers == expected | {"auth-unknown clear": (535,), "starttls-unannounced": (502,)}
    assert report.unasked() == []
    assert report.findings == {"starttls-missing", "auth-in-clear", "users-revealed"}


def test_where_tls_is_required_the_questions_are_put_inside(postfix_with: Callable[..., MailServer]) -> None:
    server = postfix_with(require_tls=True)
    report = probe(server)
    assert report.answers == CAPABILITIES | {"mail clear": (530,)}
    assert "Give STARTTLS first" in report.advice("mail clear")
    assert "broken" not in report.keywords("tls").values()
    assert report.findings == {"tls-required"}
    assert server.errors() == []


def test_our_name_is_not_refused_where_a_full_name_is_required(postfix_with: Callable[..., MailServer]) -> None:
    server = postfix_with(strict_helo=True)
    assert probe(server).answers == CAPABILITIES
    strange = probe(server, "--ehlo-name", "x")
    assert strange.answers["rcpt-postmaster"] == (504,)
    assert "Not about the recipient: it refuses the EHLO name x." in strange.advice("rcpt-postmaster")


def test_a_server_that_hangs_up_after_three_errors_still_answers_all(postfix_with: Callable[..., MailServer]) -> None:
    report = probe(postfix_with(error_limit=3))
    assert report.answers == CAPABILITIES
    assert report.unasked() == []
    farewells = [e for e in report.exchanges if e["reply"] and e["reply"]["code"] == 421]
    assert farewells
    assert all("counts errors" in " ".join(e["note"]["advice"]) for e in farewells)
    assert len(farewells) <= 2
