"""What a probe of Sendmail 8.17 must find: the reply to each question, the verdict on each keyword, the advice."""

from pathlib import Path

import pytest
import servers.sendmail
from probing import Report, probe
from servers.base import Certificates, MailServer

CAPABILITIES = {
    "auth-unknown clear": (504,),
    "auth-unknown tls": (504,),
    "help": (214,),
    "help-topic MAIL": (214,),
    "mail clear": (250,),
    "mail tls": (250,),
    "mail-parameter 8BITMIME": (250, 501),
    "mail-parameter AUTH": (250, 501),
    "mail-parameter DELIVERBY": (250, 501),
    "mail-parameter DSN": (250, 501, 250, 501),
    "mail-parameter SIZE": (250, 552),
    "mail-unknown-parameter": (555,),
    "noop": (250,),
    "rcpt-parameter DSN": (250, 501, 250, 501),
    "rcpt-postmaster": (250,),
    "rcpt-unknown-parameter": (555,),
    "unknown-verb": (500,),
    "vrfy-postmaster": (250,),
}

FULL = CAPABILITIES | {
    "auth-mechanism CRAM-MD5 clear": (334, 501),
    "auth-mechanism CRAM-MD5 tls": (334, 501),
    "auth-mechanism DIGEST-MD5 clear": (334, 501),
    "auth-mechanism DIGEST-MD5 tls": (334, 501),
    "auth-none clear": (501,),
    "auth-none tls": (501,),
    "ehlo-repeated": (250,),
    "etrn": (500,),
    "expn-postmaster": (250,),
    "expn-random": (550,),
    "helo": (250,),
    "help-topic DATA": (214,),
    "help-topic EHLO": (214,),
    "help-topic HELO": (214,),
    "help-topic NOOP": (214,),
    "help-topic QUIT": (214,),
    "help-topic RCPT": (214,),
    "help-topic RSET": (214,),
    "help-unknown": (504,),
    "mail-no-brackets": (250,),
    "mail-together": (250,),
    "mail-twice": (503,),
    "mail-unannounced BINARYMIME": (501,),
    "mail-unannounced MT-PRIORITY": (555,),
    "mail-unannounced REQUIRETLS": (555,),
    "mail-unannounced SMTPUTF8": (555,),
    "noop-argument": (250,),
    "rcpt-before-mail": (503,),
    "rset": (250,),
    # 8.17.1 does not say 503 here.
    "starttls-again": (454,),
    "starttls-parameter": (501,),
    "vrfy-empty": (501,),
    "vrfy-random": (550,),
    "xclient": (500,),
    "xforward": (500,),
}

KEYWORDS = {
    "ENHANCEDSTATUSCODES": "kept",
    "PIPELINING": "kept",
    "EXPN": "kept",
    "VERB": "untested",
    "8BITMIME": "kept",
    "SIZE": "kept",
    "DSN": "kept",
    "ETRN": "untested",
    "AUTH": "kept",
    "DELIVERBY": "kept",
    "HELP": "kept",
}

ADVICE = {
    "auth-unknown clear": "It offers DIGEST-MD5 and CRAM-MD5. Set the sender to one of these",
    "auth-mechanism CRAM-MD5 tls": "Cancelled, as we asked",
    "auth-none clear": "DIGEST-MD5 or CRAM-MD5",
    "help": "The normal answer to HELP. It names HELO, EHLO, MAIL, RCPT, DATA",
    "help-unknown": "There is no topic SMTPPROBE, and it says so.",
    "mail-parameter SIZE": "RFC 1870 would have 5.3.4",
    "mail-parameter DELIVERBY": "more than 0 seconds with R",
    "mail-unknown-parameter": "The code is the standard's.",
    "mail-unannounced SMTPUTF8": "EHLO does not offer SMTPUTF8",
    "mail-twice": "A transaction is open already",
    "rcpt-before-mail": "MAIL is missing before RCPT",
    "vrfy-postmaster": "novrfy and noexpn in confPRIVACY_FLAGS",
    "vrfy-random": "VRFY is answered truthfully",
    "expn-postmaster": "addresses and list members leak",
    "expn-random": "EXPN is answered truthfully",
    "etrn": "EHLO announces ETRN",
    "starttls-again": "TLS is active already",
    "xclient": "XCLIENT is not known here, which is right",
    "unknown-verb": "had to be refused",
}


@pytest.fixture(scope="module")
def report(sendmail: MailServer) -> Report:
    return probe(sendmail, "--profile", "full")


def test_it_is_recognised_with_its_version(report: Report) -> None:
    software = report.document["software"]
    assert (software["name"], software["version"]) == ("Sendmail", "8.17.1.9")


def test_each_question_gets_the_reply_of_sendmail(report: Report) -> None:
    assert report.answers == FULL


def test_the_default_profile_asks_less_and_hears_the_same(sendmail: MailServer) -> None:
    report = probe(sendmail)
    assert report.answers == CAPABILITIES
    assert report.findings == {"auth-in-clear", "users-revealed", "version-leaked"}


def test_every_keyword_has_its_verdict(report: Report) -> None:
    assert report.keywords("clear") == KEYWORDS | {"STARTTLS": "kept"}
    assert report.keywords("tls") == KEYWORDS


@pytest.mark.parametrize(("question", "words"), ADVICE.items(), ids=ADVICE.keys())
def test_the_advice_is_sendmails_own(report: Report, question: str, words: str) -> None:
    assert words in report.advice(question)


def test_what_is_wrong_with_it_is_found_and_nothing_else(report: Report) -> None:
    found = {finding["rule"]: finding["severity"] for finding in report.document["findings"]}
    assert found == {"auth-in-clear": "warning", "users-revealed": "warning", "version-leaked": "info"}


def test_the_remedies_are_sendmails_own_settings(report: Report) -> None:
    advice = {finding["rule"]: finding["advice"] for finding in report.document["findings"]}
    assert "confAUTH_OPTIONS" in advice["auth-in-clear"]
    assert "confPRIVACY_FLAGS" in advice["users-revealed"]


def test_without_tls(server_folder: Path, certificates: Certificates) -> None:
    with servers.sendmail.running(server_folder, certificates, tls=False) as server:
        report = probe(server, "--profile", "full")
    inside = {"starttls-again", "starttls-parameter", "mail-unannounced REQUIRETLS"}
    expected = {name: codes for name, codes in FULL.items() if not name.endswith(" tls") and name not in inside}
    assert report.answers == expected | {"starttls-unannounced": (454,)}
    assert "confSERVER_CERT" in report.advice("starttls-unannounced")
    assert report.keywords("clear") == KEYWORDS
    assert report.unasked() == []
    assert report.findings == {"starttls-missing", "auth-in-clear", "users-revealed", "version-leaked"}
