"""What a probe of OpenSMTPD 6.8 must find: the reply to each question, the verdict on each keyword, the advice on it.

As Debian 12 ships it, it offers STARTTLS and fails every handshake with alert 80: broken, which is not absent.
"""

from pathlib import Path

import pytest
import servers.opensmtpd
from probing import Report, probe
from servers.base import Certificates, MailServer, may_isolate

CAPABILITIES = {
    "help": (214,),
    "help-topic DSN": (500,),
    "mail clear": (250,),
    "mail-parameter 8BITMIME": (250, 503),
    "mail-parameter DSN": (250, 250, 250, 250),
    "mail-parameter SIZE": (250, 250),
    "mail-unknown-parameter": (503,),
    "noop": (250,),
    "rcpt-parameter DSN": (250, 250, 250, 250),
    "rcpt-postmaster": (250,),
    "rcpt-unknown-parameter": (503,),
    "unknown-verb": (500,),
    "vrfy-postmaster": (500,),
}

FULL = CAPABILITIES | {
    "auth-unknown clear": (503,),
    "ehlo-repeated": (503,),
    "etrn": (500,),
    "expn-postmaster": (500,),
    "expn-random": (500,),
    "helo": (250,),
    "help-topic STARTTLS": (500,),
    "help-unknown": (500,),
    "mail-no-brackets": (553,),
    "mail-together": (250,),
    "mail-twice": (503,),
    "mail-unannounced BINARYMIME": (503,),
    "mail-unannounced MT-PRIORITY": (503,),
    "mail-unannounced SMTPUTF8": (503,),
    "noop-argument": (500,),
    "rcpt-before-mail": (503,),
    "rset": (250,),
    "starttls-parameter": (501,),
    "vrfy-empty": (500,),
    "vrfy-random": (500,),
    "xclient": (500,),
    "xforward": (500,),
}

KEYWORDS = {
    "8BITMIME": "kept",
    "ENHANCEDSTATUSCODES": "kept",
    "SIZE": "accepted-unread",
    "DSN": "accepted-unread",
    "HELP": "kept",
}

ADVICE = {
    "auth-unknown clear": "AUTH is not offered in clear. Give STARTTLS",
    "ehlo-repeated": "RFC 5321 4.1.4 lets a client repeat it",
    "help": "The normal answer to HELP. EHLO, not HELP, tells what a client may use.",
    "help-topic DSN": "HELP takes no topic here",
    "help-unknown": "HELP takes no topic here",
    "mail-parameter 8BITMIME": "Its 503 does not mean a wrong order here",
    "mail-parameter SIZE": "the limit is applied only to the message itself",
    "mail-parameter DSN": "nothing shows that DSN works",
    "mail-unknown-parameter": "Its 503 does not mean a wrong order here",
    "rcpt-unknown-parameter": "The order is right in spite of the 503.",
    "mail-unannounced SMTPUTF8": "EHLO does not offer SMTPUTF8",
    "mail-no-brackets": "Strict, and right",
    "mail-twice": "A transaction is open already",
    "rcpt-before-mail": "MAIL is missing before RCPT",
    "noop-argument": "RFC 5321 4.1.1.9 lets NOOP carry a string",
    "vrfy-postmaster": "normal hardening, nothing to fix",
    "vrfy-empty": "normal hardening, nothing to fix",
    "expn-random": "normal hardening, nothing to fix",
    "etrn": "not to be had here",
    "starttls-parameter": "501 is the code that RFC 3207 4 has",
    "xforward": "XFORWARD is not known here, which is right",
    "unknown-verb": "had to be refused",
}


@pytest.fixture(scope="module")
def report(opensmtpd: MailServer) -> Report:
    return probe(opensmtpd, "--profile", "full")


def test_it_is_recognised_and_keeps_its_version_to_itself(report: Report) -> None:
    software = report.document["software"]
    assert (software["name"], software["version"]) == ("OpenSMTPD", None)


def test_each_question_gets_the_reply_of_opensmtpd(report: Report) -> None:
    assert report.answers == FULL


def test_the_default_profile_asks_less_and_hears_the_same(opensmtpd: MailServer) -> None:
    report = probe(opensmtpd)
    assert report.answers == CAPABILITIES
    assert report.findings == {"starttls-broken", "accepted-unread", "unknown-parameter-misread"}


def test_every_keyword_has_its_verdict(report: Report) -> None:
    assert report.keywords("clear") == KEYWORDS | {"STARTTLS": "broken"}


def test_tls_is_broken_and_not_absent(report: Report) -> None:
    assert report.document["tls"] is None
    assert report.document["capabilities"]["tls"] is None
    tried = [e for e in report.exchanges if e["command"] == "STARTTLS"]
    assert [(e["reply"]["code"], e["failure"]["kind"]) for e in tried] == [(220, "tls-handshake")] * len(tried)
    assert all("internal error" in e["failure"]["detail"] for e in tried)
    assert len(tried) == 2
    (finding,) = [f for f in report.document["findings"] if f["rule"] == "starttls-broken"]
    assert finding["severity"] == "error"
    assert "OpenSMTPD" in finding["advice"]


@pytest.mark.parametrize(("question", "words"), ADVICE.items(), ids=ADVICE.keys())
def test_the_advice_is_opensmtpds_own(report: Report, question: str, words: str) -> None:
    assert words in report.advice(question)


def test_an_unknown_parameter_is_never_called_a_wrong_order(report: Report) -> None:
    for exchange in report.exchanges:
        if exchange["reply"]["code"] == 503 and "parameter" in (exchange["probe"] or ""):
            told = " ".join(exchange["note"]["advice"])
            assert "no wrong order" in told
            assert "missing before" not in told
            assert "already" not in told


def test_what_is_wrong_with_it_is_found_and_nothing_else(report: Report) -> None:
    found = {finding["rule"]: finding["severity"] for finding in report.document["findings"]}
    assert found == {"starttls-broken": "error", "accepted-unread": "warning", "unknown-parameter-misread": "info"}


def test_without_tls(server_folder: Path, certificates: Certificates) -> None:
    if not may_isolate("mount"):
        pytest.skip("two OpenSMTPDs on one machine need a mount namespace each")
    with servers.opensmtpd.running(server_folder, certificates, tls=False) as server:
        report = probe(server, "--profile", "full")
    offered = {"help-topic STARTTLS", "starttls-parameter"}
    expected = {name: codes for name, codes in FULL.items() if name not in offered}
    assert report.answers == expected | {"starttls-unannounced": (503,)}
    assert "consistent, but mail to this port travels in clear" in report.advice("starttls-unannounced")
    assert report.keywords("clear") == KEYWORDS
    assert report.unasked() == []
    assert report.findings == {"starttls-missing", "accepted-unread", "unknown-parameter-misread"}
