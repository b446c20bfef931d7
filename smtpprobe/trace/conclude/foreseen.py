"""The envelope passed: what will stop the mail all the same, what only delays it, or that nothing is in the way."""

from __future__ import annotations

from textwrap import indent

from smtpprobe.catalogue.clients import settings
from smtpprobe.explain import explain_text
from smtpprobe.journey import Conclusion, Ruling
from smtpprobe.outcome import Cause, Check, Outcome, Retry, Severity, Standing, TlsMode, Who
from smtpprobe.trace.case import Case, accepted
from smtpprobe.trace.conclude.causes import cause_of
from smtpprobe.trace.conclude.words import conclusion, evidence_of, joined, records_of, told
from smtpprobe.trace.leg import Walked

#: What fails in the order in which it matters; a record that cannot be read comes before what follows from it.
_CAUSES = (
    (Check.DANE, Cause.DANE),
    (Check.MTA_STS, Cause.MTA_STS),
    (Check.SENDER_DOMAIN, Cause.SENDER_DOMAIN),
    (Check.BLOCKLIST, Cause.BLOCKLIST),
    (Check.SPF, Cause.SPF),
    (Check.DMARC, Cause.DMARC),
    (Check.DKIM, Cause.DKIM),
    (Check.PTR, Cause.PTR),
    (Check.EHLO_NAME, Cause.EHLO_NAME),
    (Check.TLS_VERSIONS, Cause.TLS_FAILED),
)
_TRANSPORT = frozenset({Cause.DANE, Cause.MTA_STS})
#: What is wrong with an MX record that some senders cannot follow.
_ODD = frozenset({"alias", "dangling", "address", "private"})
_BROKEN = frozenset({"permerror", "temperror"})


def delivered(case: Case) -> Conclusion | None:
    """The message itself was taken: nothing is foreseen any more, whatever some check would have said."""
    decisive = case.decisive
    return well(case) if decisive is not None and decisive.delivery is not None and accepted(decisive) else None


def failing(case: Case) -> Conclusion | None:
    """A check fails though the envelope was taken: the refusal comes later, or from a sender that looks closer."""
    if case.decisive is None or not accepted(case.decisive):
        return None
    for check, cause in _CAUSES:
        ruling = case.ruling(check, Standing.FAIL)
        if ruling is not None:
            return _foreseen(case, ruling, Cause.SPF_BROKEN if _is_broken(ruling) else cause)
    return None


def _is_broken(ruling: Ruling) -> bool:
    return ruling.check is Check.SPF and ruling.result in _BROKEN


def _foreseen(case: Case, ruling: Ruling, cause: Cause) -> Conclusion:
    if cause in _TRANSPORT:
        beginning = f"{case.recipient} does not get this mail from every sender"
    elif case.recipient:
        beginning = f"{case.recipient} passes in the envelope, but the mail will be refused or filed as spam"
    else:
        beginning = "The login works, but the mail will be refused or filed as spam"
    return conclusion(
        cause,
        joined(beginning, ruling.summary),
        ruling.who if ruling.who is not Who.NOBODY else Who.SENDER,
        where=str(ruling.check),
        steps=ruling.steps,
        evidence=(*records_of(ruling), *([ruling.detail] if ruling.detail else [])),
        references=ruling.references,
    )


def came_back(case: Case) -> Conclusion | None:
    """The envelope passes, and yet the mail came back: what refused it then is seen after DATA only, or is over."""
    hint, decisive = case.journey.hint, case.decisive
    if hint is None or not hint.reply or decisive is None or not accepted(decisive):
        return None
    try:
        found = explain_text(hint.reply)
    except ValueError:
        return None
    meaning = found[0].meaning
    where = f" at {hint.host}" if hint.host else ""
    return conclusion(
        cause_of(hint.reply, "DATA", found[0].event.code, meaning),
        joined(f"{case.recipient} passes in the envelope today, but the mail came back{where}", meaning.summary),
        meaning.who if meaning.who is not Who.NOBODY else Who.SENDER,
        where="message",
        steps=(*meaning.steps, "Where that is mended already, send it again: nothing else stands in the way."),
        evidence=(f"the bounce: {hint.reply}", *evidence_of(decisive.exchange(decisive.rcpt))),
        references=meaning.references,
    )


def dead_server(case: Case) -> Conclusion | None:
    """A server before the one that takes the mail is dead: the mail comes, later."""
    decisive = case.decisive
    if decisive is None or not accepted(decisive):
        return None
    for walked in case.walked:
        if walked is decisive:
            return None
        failure = walked.transcript.failure
        if failure is None:
            continue
        return conclusion(
            Cause.UNREACHABLE,
            joined(
                f"{case.recipient} gets this mail late, through {decisive.host}",
                f"{walked.host} [{walked.address}], which senders try first, cannot be talked to: {told(failure)}",
            ),
            Who.SERVER,
            where=f"MX {walked.host}",
            steps=(
                f"Have the mail server on {walked.address} started, or its firewall opened for port"
                f" {walked.transcript.target.port}.",
                f"If the machine is gone, have {walked.host} taken out of the MX records of {case.domain}.",
            ),
            evidence=evidence_of(decisive.exchange(decisive.rcpt)),
            severity=Severity.WARNING,
        )
    return None


def well(case: Case) -> Conclusion:
    """Nothing stood in the way, as far as the trace went."""
    decisive = case.decisive
    if case.stopped or decisive is None or not accepted(decisive):
        return conclusion(
            Cause.NONE,
            f"The trace ended before there was an answer for {case.recipient or 'this server'}",
            Who.NOBODY,
            where="",
            steps=("Run it again, with a longer --deadline if that was over.",),
            retry=Retry.LATER,
            outcome=Outcome.INCONCLUSIVE,
            severity=Severity.INFO,
        )
    if decisive.delivery is not None:
        summary = f"{decisive.host} has taken the message for {case.recipient}"
    elif case.recipient:
        after = f", {case.waited:.0f} s after it had put the first try off" if case.waited else ""
        summary = (
            f"Nothing stands in the way: {decisive.host} takes mail from {case.sender} for {case.recipient}{after}"
        )
    else:
        summary = f"The login works: {decisive.host} lets this user send"
    return conclusion(
        Cause.NONE,
        summary,
        Who.NOBODY,
        where="",
        steps=_to_paste(case, decisive) if decisive.delivery is None else decisive.delivery.ruling.steps,
        evidence=evidence_of(decisive.delivery.final if decisive.delivery else decisive.exchange(decisive.rcpt)),
        retry=Retry.NO,
        severity=Severity.INFO,
    )


def odd_servers(case: Case) -> Conclusion | None:
    """An MX record that not every sender can follow, while the mail passes here."""
    warned = [one for one in case.rulings if one.check is Check.MX and one.standing is Standing.WARN]
    ruling = next((one for one in warned if one.result in _ODD), None)
    decisive = case.decisive
    if ruling is None or decisive is None or not accepted(decisive):
        return None
    return conclusion(
        Cause.MX_ALIAS if ruling.result == "alias" else Cause.NO_SERVER,
        joined(f"{case.recipient} gets this mail from here, but not from every sender", ruling.summary),
        Who.RECIPIENT,
        where="DNS",
        steps=ruling.steps,
        evidence=records_of(ruling),
        references=ruling.references,
        severity=Severity.WARNING,
    )


def _to_paste(case: Case, walked: Walked) -> tuple[str, ...]:
    """The settings that let other programs log in as the trace did."""
    login, target = case.journey.login, walked.transcript.target
    if login is None or walked.login is None or walked.login.mechanism is None:
        return ()
    found = settings(target.host, target.port, target.tls is TlsMode.IMPLICIT, login.user, walked.login.mechanism)
    return tuple([f"For {name}:\n{indent(text, '  ')}" for name, text in found])


def slow(case: Case) -> Conclusion | None:
    """The mail passes, after waits that are made on purpose."""
    decisive = case.decisive
    found = next((one for one in case.of(decisive) if one.cause is Cause.TARPIT), None) if decisive else None
    if decisive is None or found is None or not accepted(decisive):
        return None
    return conclusion(
        Cause.TARPIT,
        joined(f"{case.recipient} gets this mail", found.summary),
        Who.SENDER,
        where="EHLO",
        steps=found.steps,
        evidence=evidence_of(decisive.exchange(found.evidence[-1] if found.evidence else None)),
        severity=Severity.WARNING,
    )


SUSPICIONS = (delivered, failing, came_back, dead_server, odd_servers, slow)
