"""The reply that ended the way: explained, and joined with what of the sender's side bears it out."""

from __future__ import annotations

from smtpprobe.diagnosis import Event, Meaning
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.journey import Conclusion, Ruling
from smtpprobe.model import Exchange
from smtpprobe.outcome import Cause, Check, FailureKind, Outcome, Reason, Retry, Standing, Who
from smtpprobe.trace.case import Case, accepted, refusal, refused_at
from smtpprobe.trace.conclude.causes import WHO, cause_of
from smtpprobe.trace.conclude.words import conclusion, evidence_of, joined, late, lost, lowered, records_of
from smtpprobe.trace.leg import Walked

#: What a refusal of each kind says; the reply's own explanation speaks where there is nothing here.
_SENTENCES = {
    Cause.NO_SUCH_USER: "{host} has no mailbox {recipient}",
    Cause.MAILBOX_FULL: "the mailbox is full, says {host}",
    Cause.MAILBOX_OFF: "the mailbox is disabled or has moved, says {host}",
    Cause.RELAY_DENIED: "{host} does not take mail for {domain} from this sender: relaying denied",
    Cause.AUTH_REQUIRED: "{host} takes mail only after a login",
    Cause.TLS_REQUIRED: "{host} takes mail only inside TLS, and there was none",
    Cause.SIZE: "the message is too big for {host}{limit}",
    Cause.SENDER_REFUSED: "{host} refuses the sender address {sender}",
    Cause.SENDER_DOMAIN: "{host} refuses {sender}, since its domain cannot be found in the DNS",
    Cause.RATE_LIMIT: "{host} limits how much it takes in a time, and the limit is reached",
    Cause.BLOCKLIST: "{host} turns this sender away because a blocklist names {address}",
    Cause.PTR: "{host} refuses {address} because it has no fitting name in the reverse DNS",
    Cause.EHLO_NAME: "{host} refuses {name}, the name that this sender gives itself in EHLO",
    Cause.SPF: "{address} is not allowed to send for {sender_domain} (SPF), and {host} refuses such mail",
    Cause.DMARC: "{host} wants mail of {sender_domain} vouched for by SPF or DKIM (DMARC), and it is not",
    Cause.DKIM: "{host} wants a valid DKIM signature of {sender_domain}",
    Cause.SERVER: "{host} has trouble of its own",
    Cause.CONTENT: "{host} refused the message itself",
}
#: What of the sender's side proves or mends a cause.
_PROOF: dict[Cause, tuple[Check, ...]] = {
    Cause.SPF: (Check.SPF,),
    Cause.DMARC: (Check.DMARC, Check.SPF, Check.DKIM),
    Cause.DKIM: (Check.DKIM,),
    Cause.PTR: (Check.PTR,),
    Cause.EHLO_NAME: (Check.EHLO_NAME,),
    Cause.BLOCKLIST: (Check.BLOCKLIST,),
    Cause.SENDER_DOMAIN: (Check.SENDER_DOMAIN,),
    Cause.SENDER_REFUSED: (Check.SENDER_DOMAIN,),
}
#: A refusal that names no reason has probably one of these, where such a check fails.
_PROBABLE = (Check.BLOCKLIST, Check.PTR, Check.SPF, Check.SENDER_DOMAIN, Check.EHLO_NAME)
#: Ends of a dialogue that are no doing of the server's.
_OURS = frozenset({FailureKind.INTERRUPTED, FailureKind.DEADLINE})
_VAGUE = frozenset({Cause.TURNED_AWAY, Cause.POLICY, Cause.UNEXPLAINED})


def condition(case: Case) -> Conclusion | None:
    """The server is in a mood that has a name: greylisting, a rate limit, a watch at the door, a tarpit."""
    decisive = case.decisive
    if decisive is None or accepted(decisive):
        return None
    exchange = refusal(decisive)
    permanent = exchange is not None and exchange.code is not None and exchange.code >= 500
    for found in case.of(decisive):
        if found.cause in (Cause.MIDDLEBOX,) or (permanent and found.cause not in (Cause.POSTSCREEN, Cause.RATE_LIMIT)):
            continue
        waited = f" (tried again after {case.waited:.0f} s)" if case.waited else ""
        place = found.evidence[-1] if found.evidence else None
        return conclusion(
            found.cause,
            joined(late(case), f"{found.summary.removesuffix('.')}{waited}"),
            Who.NOBODY if found.cause is Cause.GREYLISTED else Who.SENDER,
            where=_where(decisive),
            steps=found.steps,
            evidence=evidence_of(decisive.exchange(place)),
            retry=Retry.LATER,
            outcome=Outcome.INCONCLUSIVE,
        )
    return None


def refused(case: Case) -> Conclusion | None:
    """The reply that said no."""
    decisive = case.decisive
    if decisive is None or accepted(decisive):
        return None
    index = refused_at(decisive)
    exchange = decisive.exchange(index)
    if index is None or exchange is None or exchange.reply is None or exchange.code is None:
        return None
    meaning = _meaning(case, decisive, index, exchange)
    cause, proof = _cause(case, exchange, meaning)
    temporary = exchange.code < 500
    beginning = late(case) if temporary else lost(case)
    steps = (
        _own_steps(case, decisive, cause, meaning)
        or tuple([step for one in proof for step in one.steps])
        or meaning.steps
    )
    at_the_door = decisive.mail is None and decisive.login is None
    return conclusion(
        cause,
        joined(beginning, f"{_sentence(case, decisive, cause, meaning, proof)} ({_brief(exchange)})"),
        _who(case, cause, meaning),
        where=_where(decisive),
        steps=steps,
        evidence=(*evidence_of(exchange), *records_of(*proof)),
        references=(*meaning.references, *(one for ruling in proof for one in ruling.references)),
        retry=Retry.LATER if temporary else meaning.retry if meaning.retry is not Retry.LATER else Retry.AFTER_FIX,
        outcome=Outcome.INCONCLUSIVE if temporary else Outcome.REFUSED if at_the_door else Outcome.ANSWERED,
    )


def fell_silent(case: Case) -> Conclusion | None:
    """The dialogue broke off in the middle."""
    decisive = case.decisive
    if decisive is None or accepted(decisive):
        return None
    failure = decisive.transcript.failure
    broken = next((one for one in decisive.transcript.exchanges if one.failure is not None), None)
    failure = failure or (broken.failure if broken is not None else None)
    if failure is None or failure.kind in _OURS:
        return None
    return conclusion(
        Cause.SERVER,
        joined(late(case), f"{decisive.host} broke the dialogue off: {failure.kind.meaning}"),
        Who.SERVER,
        where=_where(decisive),
        steps=(
            "Try again; a sender does the same for days.",
            f"If it persists, the log of {decisive.host} tells why it hung up.",
        ),
        evidence=evidence_of(broken),
        retry=Retry.LATER,
        outcome=Outcome.INCONCLUSIVE,
    )


def _who(case: Case, cause: Cause, meaning: Meaning) -> Who:
    if cause is Cause.RELAY_DENIED and _by_mx(case):
        return Who.RECIPIENT
    if _takes_none(cause, meaning):
        return Who.SERVER
    return WHO.get(cause, meaning.who if meaning.who is not Who.NOBODY else Who.SENDER)


def _by_mx(case: Case) -> bool:
    """Did records of the recipient's domain lead here? To a smarthost or an address literal they did not."""
    return case.journey.via is None and not case.domain.startswith("[")


def _takes_none(cause: Cause, meaning: Meaning) -> bool:
    return cause is Cause.TURNED_AWAY and meaning.reason is Reason.NOTACCEPT


def _own_steps(case: Case, walked: Walked, cause: Cause, meaning: Meaning) -> tuple[str, ...]:
    """What a trace knows better than the reply alone: that the recipient's own MX refuses to take their mail."""
    if not _by_mx(case):
        return ()
    if _takes_none(cause, meaning):
        return (
            f"The MX records of {case.domain} lead to {walked.host}, which takes no mail from anybody: its owner has to"
            " name the server that does, or to switch mail on there.",
            "If it greets others in another way, it is your address: look at its reverse name and at blocklists.",
        )
    if cause is not Cause.RELAY_DENIED:
        return ()
    return (
        f"The MX records of {case.domain} lead to {walked.host}, and that does not know the domain. Its admin has to"
        f" add {case.domain}: in Postfix to virtual_mailbox_domains, relay_domains or mydestination, in Exim to"
        " local_domains or relay_to_domains.",
        f"Or the MX records are out of date: they have to name the server that holds {case.domain}'s mailboxes now.",
    )


def _meaning(case: Case, walked: Walked, index: int, exchange: Exchange) -> Meaning:
    """What `explain` says of the reply in its dialogue."""
    assert exchange.reply is not None
    event = Event(
        source="trace",
        text=exchange.reply.text[:8192],
        code=exchange.code,
        enhanced=exchange.reply.enhanced,
        command=exchange.command.text if exchange.command is not None else "greeting",
        host=walked.host,
        recipient=case.recipient,
        sender=case.sender,
        context=walked.transcript.exchanges[: index + 1],
    )
    return Explainer().explain(event).meaning


def _cause(case: Case, exchange: Exchange, meaning: Meaning) -> tuple[Cause, tuple[Ruling, ...]]:
    """Why, and the rulings that bear it out."""
    assert exchange.reply is not None
    verb = exchange.command.verb if exchange.command is not None else ""
    text = f"{exchange.reply.enhanced or ''} {exchange.reply.text}"
    cause = cause_of(text, verb, exchange.code, meaning)
    if cause in _VAGUE:
        suspects = [one for check in _PROBABLE for one in [case.ruling(check, Standing.FAIL)] if one is not None]
        return cause, tuple(suspects[:2])
    found = [case.ruling(check, Standing.FAIL, Standing.WARN) for check in _PROOF.get(cause, ())]
    return cause, tuple([one for one in found if one is not None][:2])


def _sentence(case: Case, walked: Walked, cause: Cause, meaning: Meaning, proof: tuple[Ruling, ...]) -> str:
    if cause in _VAGUE:
        why = f"{walked.host} turns it away" if cause is Cause.TURNED_AWAY else f"{walked.host} refuses it"
        if proof:
            return f"{why}, probably because {_end(proof[0].summary)}"
        return f"{why}: {_end(meaning.summary)}"
    if cause is Cause.RELAY_DENIED and _by_mx(case):
        return f"{walked.host}, its MX, does not take mail for {case.domain}: relaying denied"
    if cause is Cause.SENDER_DOMAIN and proof:
        return f"{walked.host} refuses {case.sender}: {_end(proof[0].summary)}"
    template = _SENTENCES.get(cause)
    if template is None:
        return f"{walked.host} refuses it: {_end(meaning.summary)}"
    sender = case.journey.sender
    address = case.journey.from_ip or "this machine's address"
    limit = walked.capabilities.size_limit if walked.capabilities is not None else None
    return template.format(
        host=walked.host,
        recipient=case.recipient,
        domain=case.domain,
        sender=case.sender,
        name=walked.transcript.ehlo_name,
        sender_domain=sender.domain if sender is not None else "the sender",
        address=address,
        limit=f", which takes {limit:,} octets" if limit else "",
    )


def _end(sentence: str) -> str:
    return lowered(sentence.removesuffix("."))


def _brief(exchange: Exchange) -> str:
    assert exchange.reply is not None
    return " ".join(filter(None, (str(exchange.code), exchange.reply.enhanced)))


def _where(walked: Walked) -> str:
    exchange = refusal(walked)
    if exchange is None or exchange.command is None:
        return f"MX {walked.host}"
    return exchange.command.verb or "greeting"


SUSPICIONS = (condition, refused, fell_silent)
