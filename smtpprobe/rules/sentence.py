"""The verdict: one sentence that answers first. It says what the server is good for and how much there is to do."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.model import Exchange, Finding, Reply, Transcript
from smtpprobe.outcome import Outcome, Severity, Stage, TlsMode
from smtpprobe.rules.evidence import Evidence, said
from smtpprobe.rules.wording import puts_off, wants_login, wants_tls

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def verdict(transcript: Transcript, findings: Sequence[Finding]) -> str:
    """ "" where nothing was reached: why, the failure tells."""
    evidence = Evidence(transcript)
    turned_away = _turned_away(transcript)
    if turned_away:
        return turned_away
    if transcript.outcome in (Outcome.UNREACHABLE, Outcome.NOT_SMTP) or not evidence.offers:
        return ""
    if transcript.outcome is Outcome.INCONCLUSIVE:
        return f"Broken off before all was asked; so far {_to_do(findings)}."
    deed, good = _what_it_does(evidence)
    return f"{deed}{_tls(evidence, findings, 'but' if good else 'and')}; {_to_do(findings)}."


def _turned_away(run: Transcript) -> str:
    """Refused, or put off, before there was a conversation."""
    if run.outcome not in (Outcome.REFUSED, Outcome.INCONCLUSIVE):
        return ""
    for stage, place in ((Stage.EHLO, "EHLO"), (Stage.GREETING, "the greeting")):
        reply = _last(run.exchanges, stage)
        if reply is not None and reply.refusal and reply.code is not None:
            if reply.code >= 500:
                return f"Refused us at {place}: {said(reply)}; have this address let in, or try from another."
            return f"Says {said(reply)} at {place}; try again later."
    return ""


def _last(exchanges: Sequence[Exchange], stage: Stage) -> Reply | None:
    """The last reply of the first connection at this stage."""
    heard = [e.reply for e in exchanges if e.stage is stage and e.connection == exchanges[0].connection]
    return heard[-1] if heard else None


def _what_it_does(evidence: Evidence) -> tuple[str, bool]:
    """What became of the mail that we began, and whether that is as it should be."""
    mail = [reply for _, reply in evidence.answers("mail", "MAIL")]
    rcpt = [reply for _, reply in evidence.answers("rcpt-postmaster", "RCPT")]
    lmtp = evidence.transcript.target.lmtp
    if not mail:
        return "Speaks LMTP" if lmtp else "Answers EHLO", True
    if not any(reply.positive for reply in mail):
        return _no_mail(mail[-1])
    where = " inside TLS only" if any(wants_tls(reply) for reply in mail) else ""
    if any(wants_login(reply) for reply in rcpt):
        return f"Wants a login before recipients{where}", True
    if any(puts_off(reply) for reply in rcpt):
        return f"Puts recipients off until later{where}", True
    if rcpt and not any(reply.positive for reply in rcpt):
        return f"Refuses mail to postmaster{where}", False
    if lmtp:
        return f"Takes mail over LMTP{where}", True
    if evidence.submission:
        return f"Takes mail without a login{where}", True
    return f"{'Works as an MX' if rcpt else 'Takes MAIL'}{where}", True


def _no_mail(reply: Reply) -> tuple[str, bool]:
    if wants_login(reply):
        return "Wants a login before mail", True
    if wants_tls(reply):
        return "Wants TLS before mail", True
    if not reply.refusal or (reply.code or 0) < 500:
        return "Takes no mail for now", False
    return "Refuses mail from the null sender", False


def _tls(evidence: Evidence, findings: Sequence[Finding], but: str) -> str:
    run = evidence.transcript
    rules = {finding.rule for finding in findings}
    if run.target.path is not None or run.target.tls is TlsMode.NONE:
        return ""
    if "starttls-broken" in rules:
        return f", {but} its TLS is broken"
    if "starttls-stripped" in rules:
        return f", {but} something on the path hides its TLS"
    if run.tls is not None:
        return "" if any(finding.rule == "tls-required" for finding in findings) else " and speaks TLS"
    return f", {but} without TLS" if run.clear is not None and "STARTTLS" not in run.clear else ""


def _to_do(findings: Sequence[Finding]) -> str:
    """``one thing to fix, two to look at``; login is what it matters for where nothing else is to be fixed."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    parts = []
    if errors:
        login = " before anyone logs in here" if all(e.rule == "auth-in-clear" for e in errors) else ""
        parts.append(f"{_number(len(errors))} to fix{login}")
    if warnings:
        count = len(warnings)
        parts.append(f"{_word(count)} to look at" if errors else f"{_number(count)} to look at")
    return ", ".join(parts) or "nothing to fix"


def _number(count: int) -> str:
    return f"{_word(count)} {'thing' if count == 1 else 'things'}"


def _word(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)
