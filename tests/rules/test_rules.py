"""Every rule finds what it is for and passes over what only looks like it; the registry and the settings are whole."""

from __future__ import annotations

import importlib
import pkgutil
import ssl

import pytest
import trustme
from rules_cases import FOUND, NEAR_MISSES, certificate
from rules_run import MAIL, RCPT, Turn, asked, failed, run

from smtpprobe import rules
from smtpprobe.catalogue.defects import DEFECTS
from smtpprobe.catalogue.software import SOFTWARE, setting
from smtpprobe.model import Finding, Transcript
from smtpprobe.outcome import CertificateFault, Defect, FailureKind, Outcome, Severity, TlsMode, Verdict
from smtpprobe.rules import RULES, Rule, judge
from smtpprobe.rules.evidence import Evidence
from smtpprobe.wire.tls import judge as judge_certificate

NAMES = [rule.name for rule in RULES]
EVERY_RUN = [one for runs in (*FOUND.values(), *NEAR_MISSES.values()) for one in runs]


def findings(transcript: Transcript, rule: str) -> list[Finding]:
    return [finding for finding in judge(transcript) if finding.rule == rule]


def the_one(transcript: Transcript, rule: str) -> Finding:
    (finding,) = findings(transcript, rule)
    return finding


@pytest.mark.parametrize(("rule", "number"), [(rule, n) for rule in NAMES for n in range(len(FOUND[rule]))])
def test_a_rule_finds_what_it_is_for(rule: str, number: int) -> None:
    finding = the_one(FOUND[rule][number], rule)
    assert finding.summary
    assert finding.advice
    assert finding.references


@pytest.mark.parametrize(("rule", "number"), [(rule, n) for rule in NAMES for n in range(len(NEAR_MISSES[rule]))])
def test_a_rule_passes_over_a_near_miss(rule: str, number: int) -> None:
    assert findings(NEAR_MISSES[rule][number], rule) == []


def test_a_server_with_which_nothing_is_wrong_gets_no_finding() -> None:
    assert judge(run(MAIL, RCPT)) == ()
    assert judge(run(MAIL, RCPT, hello="PIPELINING\nAUTH PLAIN", tls=TlsMode.IMPLICIT, port=465)) == ()


def test_every_finding_points_at_what_was_heard_and_fits_one_line() -> None:
    for transcript in EVERY_RUN:
        for finding in judge(transcript):
            assert all(0 <= place < len(transcript.exchanges) for place in finding.evidence)
            assert list(finding.evidence) == sorted(set(finding.evidence))
            assert len(finding.summary.splitlines()) == 1


def test_only_what_is_true_of_the_whole_run_comes_without_evidence() -> None:
    bare = {finding.rule for one in EVERY_RUN for finding in judge(one) if not finding.evidence}
    assert bare == set()


# -- the registry ------------------------------------------------------------------------------------------


def test_every_rule_of_the_folder_is_in_the_registry() -> None:
    modules = [importlib.import_module(m.name) for m in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}.")]
    written = {id(value) for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    assert written == {id(rule) for rule in RULES}
    assert len(set(NAMES)) == len(NAMES)


def test_a_rule_makes_findings_of_its_own_name_only() -> None:
    for transcript in EVERY_RUN:
        for rule in RULES:
            assert {finding.rule for finding in rule.judge(Evidence(transcript))} <= {rule.name}


def test_every_setting_is_for_a_rule_that_can_show_it() -> None:
    assert {one.rule for entry in SOFTWARE for one in entry.settings} <= set(NAMES)


def test_meanings_are_a_line_and_no_two_are_alike() -> None:
    meanings = [rule.meaning for rule in RULES]
    assert len(set(meanings)) == len(meanings)
    assert all(10 < len(meaning) < 80 for meaning in meanings)


# -- order, settings ---------------------------------------------------------------------------------------


def test_the_gravest_comes_first_and_reading_order_breaks_the_tie() -> None:
    found = judge(run(greeting="220 x ESMTP Exim 4.96", hello="AUTH PLAIN"))
    assert [(f.severity, f.rule) for f in found] == [
        (Severity.ERROR, "auth-in-clear"),
        (Severity.WARNING, "starttls-missing"),
        (Severity.INFO, "version-leaked"),
    ]


def test_the_advice_ends_with_the_setting_of_the_software_and_names_its_manual() -> None:
    finding = the_one(run(greeting="220 x ESMTP Exim 4.96", hello="STARTTLS\nAUTH PLAIN"), "auth-in-clear")
    own = setting("Exim", "auth-in-clear")
    assert own is not None
    assert finding.advice.endswith(f" Exim: {own.text}")
    assert finding.references == ("RFC 4954 4", "RFC 8314 4.1", own.reference)


def test_a_certificate_that_runs_out_is_mended_like_one_that_did() -> None:
    finding = the_one(run(greeting="220 x ESMTP Postfix", facts=certificate(days=3)), "certificate-expiring")
    own = setting("Postfix", "certificate-expired")
    assert own is not None
    assert own.text in finding.advice


def test_without_software_there_is_no_setting() -> None:
    finding = the_one(run(hello="STARTTLS\nAUTH PLAIN"), "auth-in-clear")
    assert finding.advice.endswith("as soon as they may.")


# -- how grave ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("transcript", "rule", "severity"),
    [
        (run(hello="STARTTLS\nAUTH PLAIN"), "auth-in-clear", Severity.ERROR),
        (run(hello="STARTTLS\nAUTH XOAUTH2"), "auth-in-clear", Severity.ERROR),
        (run(hello="STARTTLS\nAUTH CRAM-MD5"), "auth-in-clear", Severity.WARNING),
        (run(hello="SIZE 1"), "starttls-missing", Severity.WARNING),
        (run(hello="SIZE 1", port=587), "starttls-missing", Severity.ERROR),
        (run(hello="SIZE 1", lmtp=True, port=24), "starttls-missing", Severity.INFO),
        (FOUND["tls-required"][0], "tls-required", Severity.WARNING),
        (FOUND["auth-required"][0], "auth-required", Severity.INFO),
        (FOUND["auth-required"][1], "auth-required", Severity.WARNING),
        (FOUND["slow-greeting"][0], "slow-greeting", Severity.WARNING),
        (FOUND["slow-greeting"][1], "slow-greeting", Severity.ERROR),
        (FOUND["hang-up-after-errors"][0], "hang-up-after-errors", Severity.WARNING),
        (FOUND["hang-up-after-errors"][1], "hang-up-after-errors", Severity.INFO),
        (FOUND["hang-up-after-errors"][3], "hang-up-after-errors", Severity.WARNING),
        (FOUND["users-revealed"][0], "users-revealed", Severity.WARNING),
        (FOUND["users-revealed"][1], "users-revealed", Severity.INFO),
        (FOUND["users-revealed"][3], "users-revealed", Severity.WARNING),
        (FOUND["extension-broken"][0], "extension-broken", Severity.ERROR),
        (FOUND["extension-broken"][2], "extension-broken", Severity.WARNING),
        (FOUND["enhanced-missing"][0], "enhanced-missing", Severity.WARNING),
        (FOUND["xclient-exposed"][0], "xclient-exposed", Severity.ERROR),
        (run(hello="STARTTLS\nXCLIENT NAME", address="127.0.0.1"), "xclient-exposed", Severity.INFO),
        (FOUND["ehlo-refused"][0], "ehlo-refused", Severity.ERROR),
        (FOUND["ehlo-refused"][1], "ehlo-refused", Severity.WARNING),
    ],
)
def test_severity(transcript: Transcript, rule: str, severity: Severity) -> None:
    assert the_one(transcript, rule).severity is severity


# -- what is said ------------------------------------------------------------------------------------------


def test_users_revealed_says_that_one_name_only_was_asked() -> None:
    assert "Only this one name" in the_one(FOUND["users-revealed"][3], "users-revealed").advice


def test_starttls_broken_says_the_alert() -> None:
    assert "tlsv1 alert internal error" in the_one(FOUND["starttls-broken"][1], "starttls-broken").summary


@pytest.mark.parametrize(("port", "words"), [(25, "Most senders to an MX do not check"), (587, "Mail clients check")])
def test_who_minds_an_untrusted_certificate_depends_on_the_port(port: int, words: str) -> None:
    facts = certificate(CertificateFault.SELF_SIGNED, "signed by its own key")
    assert words in the_one(run(facts=facts, port=port), "certificate-untrusted").advice


def test_a_machine_without_authorities_is_not_the_servers_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smtpprobe.wire.tls.roots", lambda ca_file=None: None)
    der = ssl.PEM_cert_to_DER_cert(trustme.CA().issue_cert("mail.example.org").cert_chain_pems[0].bytes().decode())
    judged = judge_certificate((der,), "mail.example.org", None)
    assert judged.fault is CertificateFault.UNTRUSTED
    facts = certificate(judged.fault, judged.detail)
    assert findings(run(facts=facts), "certificate-untrusted") == []


def test_each_keyword_is_broken_once_however_often_it_was_refused() -> None:
    refused = asked("MAIL FROM:<> RET=HDRS", "501 no", "mail-parameter", Verdict.BROKEN, subject="DSN", detail="501")
    assert len(findings(run(MAIL, refused, refused, hello="STARTTLS\nDSN"), "extension-broken")) == 1


def test_the_parameter_that_tells_is_the_evidence() -> None:
    kept = asked("MAIL FROM:<> RET=FOO", "501 no", "mail-parameter", Verdict.KEPT, "DSN", "501 to RET=FOO")
    unread = asked("MAIL FROM:<> ENVID=+", "250 ok", "mail-parameter", Verdict.ACCEPTED_UNREAD, "DSN", "250 to ENVID=+")
    finding = the_one(run(MAIL, kept, unread, hello="STARTTLS\nDSN"), "accepted-unread")
    assert finding.evidence == (4,)


def test_each_irregularity_comes_once_with_all_its_places() -> None:
    transcript = run(Turn("NOOP", "250 caf\u00e9"), Turn("RSET", "250 th\u00e9"), hello="STARTTLS\nSIZE big")
    found = {finding.summary.partition(":")[0]: finding for finding in findings(transcript, "wire-defect")}
    assert list(found) == [Defect.ARGUMENT_UNREADABLE, Defect.NOT_ASCII]
    assert found[Defect.NOT_ASCII].evidence == (2, 3)
    assert found[Defect.ARGUMENT_UNREADABLE].evidence == (1,)
    assert found[Defect.ARGUMENT_UNREADABLE].severity is DEFECTS[Defect.ARGUMENT_UNREADABLE].severity


def test_what_is_no_mail_server_gets_no_findings() -> None:
    garbage = run(greeting="220 x", hello="SIZE 1", outcome=Outcome.NOT_SMTP, failure=failed(FailureKind.NOT_SMTP_HTTP))
    assert judge(garbage) == ()
