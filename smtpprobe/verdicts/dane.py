"""DANE for SMTP: what a sender that checks it makes of a mail server's TLSA records and certificate (RFC 7672). Pure.

The results are the words of RFC 8460 4.3 where it has one.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from msgspec import Struct, structs

from smtpprobe.journey import Answer, Ruling
from smtpprobe.outcome import Check, FailureKind, Standing, Who
from smtpprobe.verdicts import anchors, tlsa
from smtpprobe.verdicts.encounter import Encounter
from smtpprobe.verdicts.tlsa import DANE_EE, RECORDS_READ, Tlsa, parse_tlsa, record_for

NONE, INSECURE, UNUSABLE, VERIFIED = "none", "insecure", "unusable", "verified"
BOGUS, LOOKUP_FAILED, NOT_ASKED, NOT_MET = "dnssec-invalid", "lookup-failed", "not-asked", "not-met"
NO_STARTTLS, NO_HANDSHAKE, MISMATCH = "starttls-not-supported", "validation-failure", "tlsa-invalid"

_ABSENT = (FailureKind.NO_SUCH_NAME, FailureKind.NO_ADDRESS)
_DELAYED = "senders that check DANE do not deliver here, and keep the mail in their queues"
_SHOWN = 3
#: A record with a digest is shorter than this.
_TEXT = 160


class _Match(Struct, frozen=True):
    """What came of the comparison: the record that vouches, or the best reason why none does."""

    record: Tlsa | None
    anchor_sent: bool = True
    result: str = MISMATCH
    why: str = ""


def judge_dane(
    domain: str,
    met: Encounter,
    answer: Answer,
    *,
    addresses_authentic: bool | None,
    mx_authentic: bool | None,
    now: datetime.datetime,
) -> Ruling:
    """What becomes of mail for ``domain`` at one address of its MX, from a sender that checks DANE.

    ``answer`` is that for the TLSA records of ``_25._tcp.`` and the host; ``addresses_authentic`` whether the DNS signs
    the host's addresses and ``mx_authentic`` whether it signs the domain's MX records (None: not asked).
    """
    usable = _usable(answer)
    ruling = (
        _by_dns(met, answer, addresses_authentic)
        or _by_tls(met, answer, usable)
        or _by_match(domain, met, answer, usable, now)
    )
    if mx_authentic is False and ruling.standing in (Standing.PASS, Standing.FAIL):
        unsigned = (
            f"The MX records of {domain} are not signed: some senders check DANE all the same, others do not, and "
            f"nothing vouches for {domain} having chosen this host (RFC 7672 2.2.1)."
        )
        ruling = structs.replace(ruling, detail=f"{ruling.detail} {unsigned}".strip())
    return ruling


def _ruling(met: Encounter, answer: Answer, standing: Standing, result: str, summary: str) -> Ruling:
    return Ruling(
        Check.DANE,
        met.subject,
        standing,
        result,
        summary,
        who=Who.SERVER if standing in (Standing.FAIL, Standing.WARN) else Who.NOBODY,
        record=_published(answer, answer.records),
        references=("RFC 7672",),
    )


def _published(answer: Answer, records: Sequence[str]) -> str:
    return "\n".join([f"{answer.name}. IN TLSA {_shown(record)}" for record in records[:RECORDS_READ]])


def _shown(record: str) -> str:
    """A record that holds a whole certificate is known by its beginning."""
    return record if len(record) <= _TEXT else f"{record[:_TEXT]}…"


def _usable(answer: Answer) -> tuple[Tlsa, ...]:
    read = [parse_tlsa(record) for record in answer.records[:RECORDS_READ]]
    return tuple([one for one in read if not one.unusable])


# -- what the DNS alone decides (RFC 7672 2.1, 2.2) --------------------------------------------------------------------


def _by_dns(met: Encounter, answer: Answer, addresses_authentic: bool | None) -> Ruling | None:
    """Everything up to the question whether there are records that count."""
    if addresses_authentic is False:
        return _insecure(met, answer, f"the addresses of {met.host} are not signed")
    if answer.failure is not None and answer.failure.kind not in _ABSENT:
        return _no_answer(met, answer)
    if not answer.records:
        return _ruling(met, answer, Standing.NONE, NONE, f"{met.host} has no TLSA records: DANE asks nothing of it.")
    if answer.authentic is None:
        summary = f"{met.host} has TLSA records, and whether they are signed was not asked: no sender may go by that."
        ruling = _ruling(met, answer, Standing.UNKNOWN, NOT_ASKED, summary)
        return structs.replace(ruling, steps=("Ask a resolver that validates DNSSEC: give one with --resolver.",))
    if answer.authentic is False:
        return _insecure(met, answer, "they are not signed")
    return None


def _insecure(met: Encounter, answer: Answer, why: str) -> Ruling:
    if not answer.records:
        return _ruling(met, answer, Standing.NONE, NONE, f"{met.host} has no TLSA records: DANE asks nothing of it.")
    summary = f"The TLSA records of {met.host} count for nothing: {why}."
    step = f"Sign the zone of {met.host} with DNSSEC and have its DS record published; or withdraw the records."
    return structs.replace(
        _ruling(met, answer, Standing.WARN, INSECURE, summary),
        steps=(step,),
        detail="Senders that check DANE treat this server like one without such records (RFC 7672 2.2).",
    )


def _no_answer(met: Encounter, answer: Answer) -> Ruling:
    failure = answer.failure
    bogus = failure is not None and failure.kind is FailureKind.DNSSEC
    said = failure.detail or failure.kind.meaning if failure is not None else ""
    if bogus:
        summary = f"The signature on {answer.name} does not hold, so {_DELAYED}."
        steps = (
            f"Repair the signatures of the zone of {met.host}, or have its DS record taken out at the registrar.",
            f"See what fails, and where: delv TLSA {answer.name}",
        )
    else:
        summary = f"The DNS does not answer for {answer.name}, and without an answer {_DELAYED}."
        steps = (
            f"Have the nameservers of {met.host} answer questions for TLSA records, with 'no such record' where there "
            "is none; old ones, and firewalls before them, drop the question.",
            f"Ask each of them: dig +dnssec TLSA {answer.name} @NAMESERVER",
        )
    return structs.replace(
        _ruling(met, answer, Standing.FAIL, BOGUS if bogus else LOOKUP_FAILED, summary),
        steps=steps,
        detail=f"{said} (RFC 7672 2.1.2)".strip(),
    )


# -- what TLS decides (RFC 7672 2.2) -----------------------------------------------------------------------------------


def _by_tls(met: Encounter, answer: Answer, usable: Sequence[Tlsa]) -> Ruling | None:
    """Whether there is a handshake to look at. Where signed TLSA records are published, TLS is mandatory."""
    if not met.reached:
        return _ruling(met, answer, Standing.UNKNOWN, NOT_MET, f"{met.subject} was not reached: nothing to compare.")
    if not met.offered:
        summary = f"{met.host} publishes TLSA records and offers no STARTTLS, so {_DELAYED}."
        step = f"Switch STARTTLS on at {met.subject}; until then withdraw the TLSA records at {answer.name}."
        return structs.replace(
            _ruling(met, answer, Standing.FAIL, NO_STARTTLS, summary),
            steps=(step,),
            detail="Signed TLSA records say that a sender must use TLS (RFC 7672 2.2).",
        )
    if met.facts is None:
        summary = f"The TLS handshake with {met.host} fails, which its TLSA records make mandatory: {_DELAYED}."
        step = f"Repair TLS at {met.subject} ({met.why}); until then withdraw the TLSA records at {answer.name}."
        return structs.replace(
            _ruling(met, answer, Standing.FAIL, NO_HANDSHAKE, summary), steps=(step,), detail=met.why
        )
    return None if usable else _unusable(met, answer)


def _unusable(met: Encounter, answer: Answer) -> Ruling:
    read = [parse_tlsa(record) for record in answer.records[:_SHOWN]]
    chain = met.facts.chain if met.facts else ()
    steps = [f"Publish a record that senders can use: {record_for(answer.name, chain[0])}"] if _readable(chain) else []
    steps.append(f"Withdraw those that they cannot: {_published(answer, answer.records[:_SHOWN])}")
    summary = f"No TLSA record of {met.host} can be used, so senders insist on TLS and check no certificate."
    return structs.replace(
        _ruling(met, answer, Standing.WARN, UNUSABLE, summary),
        steps=tuple(steps),
        detail="; ".join([f"{_shown(one.text)}: {one.unusable}" for one in read]),
    )


def _readable(chain: Sequence[bytes]) -> bool:
    """Can a record be made for this certificate?"""
    try:
        record_for("", chain[0])
    except (ValueError, IndexError):
        return False
    return True


# -- what the certificate decides (RFC 7672 3) -------------------------------------------------------------------------


def _by_match(domain: str, met: Encounter, answer: Answer, usable: Sequence[Tlsa], now: datetime.datetime) -> Ruling:
    chain = met.facts.chain if met.facts else ()
    counted = tlsa.strongest(usable)
    match = _match(counted, chain, (met.host, domain), now)
    if match.record is None:
        return _refused(met, answer, match, usable, chain)
    idle = [one for one in usable if one != match.record and not _names_any(one, chain)]
    ruling = _verified(met, answer, match.record, idle)
    if match.anchor_sent:
        return ruling
    step = f"Add the certificate of the authority to the chain file of {met.host}, behind its own (RFC 7672 3.1.2)."
    return structs.replace(
        ruling,
        standing=Standing.WARN,
        who=Who.SERVER,
        steps=(step, *ruling.steps),
        detail=f"The server does not send the anchor; not every sender takes it from the DNS. {ruling.detail}".strip(),
    )


def _match(
    counted: Sequence[Tlsa], chain: Sequence[bytes], references: Sequence[str], now: datetime.datetime
) -> _Match:
    """The first record that vouches for the server. Usage 3 asks for no name and no date (RFC 7672 3.1.1)."""
    if not chain:
        return _Match(None, why="the server sent no certificate")
    for record in counted:
        if record.usage == DANE_EE and tlsa.covers(record, chain[0]):
            return _Match(record)
    best = _Match(None)
    for record in counted:
        top = anchors.anchor(record, chain)
        if top is None:
            continue
        try:
            anchors.hold(chain, top, references, now)
        except anchors.AnchorError as fault:
            # Of an authority that the server does not use, more need not be said than that nothing matches.
            if top in chain or fault.result != "certificate-not-trusted":
                best = _Match(None, True, fault.result, f"The authority of {record.parameters} fits, but: {fault}.")
        else:
            return _Match(record, anchor_sent=top in chain)
    return best


def _names_any(record: Tlsa, chain: Sequence[bytes]) -> bool:
    """Does it name something that the server sent?"""
    where = chain[:1] if record.usage == DANE_EE else chain[1:]
    return any(tlsa.covers(record, one) for one in where)


def _verified(met: Encounter, answer: Answer, record: Tlsa, idle: Sequence[Tlsa]) -> Ruling:
    what = "the key" if record.selector == tlsa.SPKI else "the certificate"
    whose = "" if record.usage == DANE_EE else " of its authority"
    summary = f"{met.host} uses {what}{whose} that its TLSA record {record.parameters} names."
    ruling = _ruling(met, answer, Standing.PASS, VERIFIED, summary)
    if not idle:
        return ruling
    named = " and ".join([_shown(one.text) for one in idle[:_SHOWN]])
    return structs.replace(
        ruling,
        detail=f"Another record matches nothing that the server sends at present: {named}. That is right while keys "
        "are being changed (RFC 7671 8.1); otherwise take it out.",
    )


def _refused(met: Encounter, answer: Answer, match: _Match, usable: Sequence[Tlsa], chain: Sequence[bytes]) -> Ruling:
    weaker = next((one for one in usable if _names_any(one, chain)), None)
    if match.result == MISMATCH:
        many = "its TLSA record" if len(answer.records) == 1 else f"any of its {len(answer.records)} TLSA records"
        summary = f"The certificate of {met.host} does not match {many}, so {_DELAYED}."
    else:
        summary = f"The certificate of {met.host} is not what its TLSA records ask for, so {_DELAYED}."
    detail = match.why
    if match.result == MISMATCH and weaker is not None and weaker not in tlsa.strongest(usable):
        detail = (
            f"{weaker.parameters} would match, but beside a stronger digest of the same kind it does not count "
            "(RFC 7671 9)."
        )
    return structs.replace(
        _ruling(met, answer, Standing.FAIL, match.result, summary),
        steps=_repair(met, answer, match.result, chain),
        detail=detail,
    )


def _repair(met: Encounter, answer: Answer, result: str, chain: Sequence[bytes]) -> tuple[str, ...]:
    if not _readable(chain):
        return (f"Install a certificate at {met.subject}; until then withdraw the TLSA records at {answer.name}.",)
    publish = f"publish the record of the certificate that is in use now: {record_for(answer.name, chain[0])}"
    steps = [
        f"{_FAULTS[result].format(host=met.host)} Or {publish}" if result in _FAULTS else f"P{publish[1:]}",
        "Before that, see on the server that it is its own, and nobody's in between; this must print the same digest: "
        "openssl x509 -in CERTIFICATE.pem -noout -pubkey | openssl pkey -pubin -outform DER | openssl sha256",
    ]
    stale = [
        one for one in map(parse_tlsa, answer.records[:RECORDS_READ]) if one.unusable or not _names_any(one, chain)
    ]
    if stale and result == MISMATCH:
        after = f" (after {answer.ttl} seconds, when no cache has the old set any more)" if answer.ttl else ""
        named = _published(answer, [one.text for one in stale[:_SHOWN]])
        steps.append(f"Then withdraw what matches nothing{after}: {named}")
        steps.append(
            "For the next change: publish the new key's record beside the old one, wait for twice its TTL, and only "
            "then install the new certificate; or keep the key when you renew (RFC 7671 8.1)."
        )
    return tuple(steps)


_FAULTS = {
    "certificate-expired": "Renew the certificate of {host} and reload the server.",
    "certificate-host-mismatch": "Have the certificate issued anew with {host} in its subjectAltName.",
    "certificate-not-trusted": "Send the whole chain, from the certificate of {host} up to the authority's own, each "
    "with a signature by the next.",
}
