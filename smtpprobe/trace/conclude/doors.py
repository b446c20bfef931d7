"""From the connection to EHLO and TLS: where no server is reached, none talks, or one side wants TLS and has none."""

from __future__ import annotations

from smtpprobe.journey import Conclusion
from smtpprobe.model import Exchange
from smtpprobe.outcome import Cause, Check, FailureKind, Outcome, Retry, Stage, Standing, Who
from smtpprobe.trace.case import Case, accepted, refusal
from smtpprobe.trace.conclude.words import conclusion, evidence_of, joined, late, lost, told
from smtpprobe.trace.leg import Walked

_REQUIRED = {
    "encrypt": "TLS",
    "verify": "TLS with a certificate that it can check",
    "dane-only": "DANE",
    "fingerprint": "a certificate that it knows",
}


def port_blocked(case: Case) -> Conclusion | None:
    """Every address of two operators is silent on port 25: it is this network."""
    if case.blocked is None:
        return None
    addresses = ", ".join(f"{one.host} [{one.address}]" for one in case.walked[:4])
    return conclusion(
        Cause.PORT_BLOCKED,
        joined(
            lost(case),
            f"your network lets nothing out to port {case.journey.port}: every mail server of {case.domain} and of"
            f" {case.blocked} is silent there, and none refuses",
        ),
        Who.NETWORK,
        where="connect",
        steps=(
            "Ask your hosting provider or your network's admin to open outgoing port 25 for this machine; most"
            " clouds and home lines keep it shut.",
            "Or send through a smarthost on port 465 or 587, which is open nearly everywhere: in Postfix"
            " `relayhost = [smtp.example.com]:587`.",
        ),
        evidence=(f"timed out: {addresses}",),
        outcome=Outcome.UNREACHABLE,
    )


def unreachable(case: Case) -> Conclusion | None:
    """No address of any server answers as a mail server."""
    if not case.walked or any(_talked(one) for one in case.walked):
        return None
    strangers = [one for one in case.walked if one.transcript.outcome is Outcome.NOT_SMTP]
    first = strangers[0] if strangers else case.walked[0]
    failure = first.transcript.failure
    if failure is None or failure.kind is FailureKind.INTERRUPTED:
        return None
    what = told(failure)
    several = len(case.walked) > 1
    who = f"none of its {len(case.walked)} addresses" if several else f"{first.host} [{first.address}]"
    says = f"{who} can be talked to; {first.host}: {what}" if several else f"{who} cannot be talked to: {what}"
    silent = failure.kind in (FailureKind.TIMEOUT, FailureKind.DEADLINE)
    return conclusion(
        Cause.NOT_SMTP if strangers else Cause.UNREACHABLE,
        joined(late(case) if silent else lost(case), says),
        Who.SERVER,
        where=f"MX {first.host}",
        steps=_reach_steps(first) if not strangers else _stranger_steps(case, first),
        evidence=tuple(_attempt(one) for one in case.walked[:6]),
        retry=Retry.LATER if silent else Retry.AFTER_FIX,
        outcome=first.transcript.outcome if strangers else Outcome.UNREACHABLE,
    )


def _stranger_steps(case: Case, first: Walked) -> tuple[str, ...]:
    return (
        f"Have a mail server listen on port {first.transcript.target.port} of {first.address}, or the records of"
        f" {case.domain or first.host} name the host where one does.",
        f"`smtpprobe probe {first.transcript.target.text} -v` shows what it says instead.",
    )


def _reach_steps(first: Walked) -> tuple[str, ...]:
    port = first.transcript.target.port
    return (
        f"From this machine, `nc -vz {first.address} {port}` shows the same; from another network it tells whose"
        " side it is on.",
        f"Its admin has to let {port} in and the mail server listen there; senders keep trying for days meanwhile.",
    )


def _attempt(walked: Walked) -> str:
    failure = walked.transcript.failure
    return f"{walked.host} [{walked.address}]:{walked.transcript.target.port}: {told(failure) if failure else 'closed'}"


def _talked(walked: Walked) -> bool:
    return any(one.code is not None for one in walked.transcript.exchanges)


def tls_demanded(case: Case) -> Conclusion | None:
    """The sender's own policy asks for more TLS than the server has, so that its mail stays in the queue."""
    like = case.journey.like
    if like is None or like.tls not in _REQUIRED:
        return None
    for walked in case.walked:
        facts = walked.transcript.tls
        if not _talked(walked):
            continue
        certificate = facts.certificate if facts is not None else None
        if facts is None:
            missing = "does not offer STARTTLS" if not walked.offered else _handshake(walked)
        elif like.tls == "dane-only" and not _named_by_the_dns(case, walked):
            missing = "has no certificate that the DNS names and signs (DANE)"
        elif like.tls == "verify" and certificate is not None and not certificate.trusted:
            missing = f"has a certificate that does not pass: {certificate.detail}"
        else:
            return None
        wanted = f"this machine's {like.software} requires {_REQUIRED[like.tls]}"
        return conclusion(
            Cause.TLS_REQUIRED if facts is None else Cause.CERTIFICATE,
            joined(lost(case), f"{wanted}, and {walked.host} {missing}"),
            Who.SERVER,
            where="TLS",
            steps=(
                f"Have {walked.host} offer STARTTLS with a certificate for its name.",
                f"Or lower the policy for this destination: in {like.software}, {_policy(like.software)}.",
            ),
            evidence=like.evidence[:4],
        )
    return None


def _named_by_the_dns(case: Case, walked: Walked) -> bool:
    found = [one for one in case.rulings if one.check is Check.DANE and walked.host in one.subject]
    return any(one.standing is Standing.PASS for one in found)


def _policy(software: str) -> str:
    if software == "Postfix":
        return "an entry `DOMAIN may` in smtp_tls_policy_maps"
    return "leave the domain out of hosts_require_tls"


def _handshake(walked: Walked) -> str:
    if walked.handshake is None:
        return "has no TLS"
    return f"fails in the TLS handshake ({walked.handshake.detail or walked.handshake.kind.meaning})"


def handshake(case: Case) -> Conclusion | None:
    """TLS is offered and fails, and no address takes the mail without it."""
    decisive = case.decisive
    if decisive is None or accepted(decisive) or decisive.handshake is None:
        return None
    refused = refusal(decisive)
    if decisive.mail is not None and not (refused is not None and _wants_tls(refused)):
        return None
    exchange = next((one for one in decisive.transcript.exchanges if one.stage is Stage.STARTTLS), None)
    why = decisive.handshake.detail or told(decisive.handshake)
    return conclusion(
        Cause.TLS_FAILED,
        joined(lost(case), f"the TLS handshake with {decisive.host} fails ({why})"),
        Who.SERVER,
        where="TLS",
        steps=(
            f"Its admin sees the reason in the log of {decisive.host}: an expired or missing key file, or no version or"
            " cipher in common.",
            f"`smtpprobe probe {decisive.transcript.target.text} --profile ehlo` shows the handshake alone.",
        ),
        evidence=evidence_of(exchange),
        outcome=Outcome.UNREACHABLE if decisive.capabilities is None else Outcome.ANSWERED,
    )


def _wants_tls(exchange: Exchange) -> bool:
    """Is the reply that to a client which ought to have begun with TLS (RFC 3207 4)?"""
    return exchange.code == 530 or (exchange.reply is not None and "starttls" in exchange.reply.text.lower())


def middlebox(case: Case) -> Conclusion | None:
    """Something between rewrites the dialogue, which takes TLS away from it."""
    for walked in case.walked:
        for condition in case.of(walked):
            if condition.cause is Cause.MIDDLEBOX:
                exchange = walked.exchange(condition.evidence[0]) if condition.evidence else None
                return conclusion(
                    Cause.MIDDLEBOX,
                    joined(late(case) if accepted(walked) else lost(case), condition.summary),
                    Who.NETWORK,
                    where=f"MX {walked.host}",
                    steps=condition.steps,
                    evidence=evidence_of(exchange),
                )
    return None


def smtputf8(case: Case) -> Conclusion | None:
    """An address beyond ASCII, and a server that does not take it (RFC 6531)."""
    decisive = case.decisive
    if decisive is None or not decisive.refused_utf8:
        return None
    said = decisive.capabilities
    mine = case.journey.recipient is None or not case.journey.recipient.utf8
    whose = case.sender if mine else "the recipient's address"
    return conclusion(
        Cause.SMTPUTF8,
        joined(lost(case), f"{whose} is not plain ASCII, and {decisive.host} does not offer SMTPUTF8"),
        Who.SENDER if mine else Who.RECIPIENT,
        where="EHLO",
        steps=(
            f"Use an ASCII address instead of {case.sender if mine else case.recipient}; most such mailboxes have one.",
            f"Or have {decisive.host} offer SMTPUTF8: in Postfix `smtputf8_enable = yes`, in Exim"
            " `smtputf8_advertise_hosts = *`.",
        ),
        evidence=(f"{decisive.host} offers {' '.join([one.keyword for one in said.keywords])}",) if said else (),
        references=("RFC 6531 3.2",),
    )


SUSPICIONS = (port_blocked, unreachable, tls_demanded, middlebox, handshake, smtputf8)
