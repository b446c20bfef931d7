"""What a probe of Exim 4.96 must find: the reply to each question, the verdict on each keyword, the advice on it."""

from pathlib import Path

import pytest
import servers.exim
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
    "mail-parameter SIZE": (250, 552),
    "mail-parameter SMTPUTF8": (250, 501),
    "mail-unknown-parameter": (501,),
    "noop": (250,),
    "rcpt-postmaster": (250,),
    "rcpt-unknown-parameter": (501,),
    "unknown-verb": (500,),
    "vrfy-postmaster": (252,),
}

FULL = CAPABILITIES | {
    "auth-mechanism PLAIN clear": (334, 501),
    "auth-mechanism PLAIN tls": (334, 501),
    "auth-none clear": (504,),
    "auth-none tls": (504,),
    "ehlo-repeated": (250,),
    "etrn": (458,),
    "expn-postmaster": (550,),
    "expn-random": (550,),
    "helo": (250,),
    "help-topic AUTH": (214,),
    "help-topic BDAT": (214,),
    "help-topic DATA": (214,),
    "help-topic EHLO": (214,),
    "help-topic HELO": (214,),
    "help-topic RCPT": (214,),
    "help-topic STARTTLS": (214,),
    "help-unknown": (214,),
    "mail-no-brackets": (250,),
    "mail-together": (250,),
    "mail-twice": (503,),
    "mail-unannounced BINARYMIME": (501,),
    "mail-unannounced DSN": (250, 250),
    "mail-unannounced MT-PRIORITY": (501,),
    "mail-unannounced REQUIRETLS": (501,),
    "noop-argument": (250,),
    "rcpt-before-mail": (503,),
    "rset": (250,),
    "starttls-again": (503,),
    "starttls-parameter": (501,),
    "vrfy-empty": (501,),
    "vrfy-random": (252,),
    "xclient": (500,),
    "xforward": (500,),
}

KEYWORDS = {
    "SIZE": "kept",
    "8BITMIME": "kept",
    "PIPELINING": "kept",
    "PIPECONNECT": "untested",
    "AUTH": "kept",
    "CHUNKING": "untested",
    "SMTPUTF8": "kept",
    "HELP": "kept",
}

ADVICE = {
    "auth-unknown clear": "It offers PLAIN. Set the sender to PLAIN; other mechanisms will get 504.",
    "auth-unknown tls": "It offers PLAIN. Set the sender to PLAIN; other mechanisms will get 504.",
    "auth-mechanism PLAIN clear": "Cancelled, as we asked",
    "auth-none tls": "here that is PLAIN",
    "help": "The normal answer to HELP. It names AUTH, STARTTLS, HELO, EHLO, MAIL, RCPT, DATA, BDAT",
    "help-unknown": "does not look at the topic",
    "mail-parameter SIZE": "over the 52428800 octets that EHLO announces",
    "mail-parameter 8BITMIME": "BODY takes 7BIT or 8BITMIME",
    "mail-unknown-parameter": "Exim does not know the parameter after the address and reads it as a broken address.",
    "rcpt-unknown-parameter": "The standard's code for this would be 555.",
    "mail-unannounced DSN": "EHLO does not offer DSN",
    "mail-twice": "A transaction is open already",
    "rcpt-before-mail": "MAIL is missing before RCPT",
    "vrfy-postmaster": "Says nothing about the mailbox",
    "expn-postmaster": "normal hardening, nothing to fix",
    "vrfy-empty": "VRFY wants a name after it",
    "etrn": "right for strangers",
    "starttls-again": "TLS is active already",
    "xclient": "XCLIENT is not known here, which is right",
    "unknown-verb": "counts as an unknown verb and as a protocol error",
}


@pytest.fixture(scope="module")
def report(exim: MailServer) -> Report:
    return probe(exim, "--profile", "full")


def test_it_is_recognised_with_its_version(report: Report) -> None:
    software = report.document["software"]
    assert (software["name"], software["version"]) == ("Exim", "4.96")


def test_each_question_gets_the_reply_of_exim(report: Report) -> None:
    assert report.answers == FULL


def test_the_default_profile_asks_less_and_hears_the_same(exim: MailServer) -> None:
    report = probe(exim)
    assert report.answers == CAPABILITIES
    assert report.findings == {"auth-in-clear", "unknown-parameter-misread", "version-leaked"}


def test_every_keyword_has_its_verdict(report: Report) -> None:
    assert report.keywords("clear") == KEYWORDS | {"STARTTLS": "kept"}
    assert report.keywords("tls") == KEYWORDS


@pytest.mark.parametrize(("question", "words"), ADVICE.items(), ids=ADVICE.keys())
def test_the_advice_is_exims_own(report: Report, question: str, words: str) -> None:
    assert words in report.advice(question)


def test_a_challenge_in_clear_is_not_to_be_answered(report: Report) -> None:
    (asked,) = [e for e in report.exchanges if e["command"] == "AUTH PLAIN" and e["stage"] == "clear"]
    assert "Send no password here" in " ".join(asked["note"]["advice"])


def test_what_is_wrong_with_it_is_found_and_nothing_else(report: Report) -> None:
    """It offers PLAIN in clear, on purpose; the rest is only worth knowing."""
    found = {finding["rule"]: finding["severity"] for finding in report.document["findings"]}
    assert found == {"auth-in-clear": "error", "unknown-parameter-misread": "info", "version-leaked": "info"}


def test_the_remedy_is_exims_own_setting(report: Report) -> None:
    (finding,) = [f for f in report.document["findings"] if f["rule"] == "auth-in-clear"]
    assert "auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}" in finding["advice"]


def test_exim_never_counts_to_its_limits(report: Report, exim: MailServer) -> None:
    """Its twelfth idle command, fourth syntax error or fourth unknown verb would have ended a connection."""
    assert "Too many" not in exim.log()
    assert all(one["closed_by"] == "us" for one in report.connections)


def test_without_tls(server_folder: Path, certificates: Certificates) -> None:
    with servers.exim.running(server_folder, certificates, tls=False) as server:
        report = probe(server, "--profile", "full")
    inside = {"starttls-again", "starttls-parameter", "mail-unannounced REQUIRETLS"}
    expected = {name: codes for name, codes in FULL.items() if not name.endswith(" tls") and name not in inside}
    assert report.answers.keys() - expected.keys() <= {"help-topic RSET", "help-topic NOOP", "starttls-unannounced"}
    assert report.answers["starttls-unannounced"] == (503,)
    assert report.keywords("clear") == KEYWORDS
    assert report.unasked() == []
    assert report.findings >= {"starttls-missing", "auth-in-clear"}
