"""What an SPF result means for the sender, and the exact record that would change it. Pure.

An address is only ever suggested for a record where the user named or confirmed it.
"""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.journey import Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.asked import address_of, clipped, is_domain, listed, published
from smtpprobe.verdicts.spf_repair import SHOWN_LIMIT, allowing, corrected, merged, slimmed, term_for
from smtpprobe.verdicts.spf_values import SpfResult
from smtpprobe.verdicts.spf_walk import LOOKUP_LIMIT

COSTS_SHOWN = 20
_REFERENCES = {
    "none": "RFC 7208 2.6.1",
    "neutral": "RFC 7208 2.6.2",
    "pass": "RFC 7208 2.6.3",
    "fail": "RFC 7208 8.4",
    "softfail": "RFC 7208 8.5",
    "temperror": "RFC 7208 8.6",
    "permerror": "RFC 7208 8.7",
}


class _Told(Struct, frozen=True):
    standing: Standing
    summary: str
    steps: tuple[str, ...] = ()


def spf_ruling(result: SpfResult, address: str, sender_domain: str, confirmed: bool) -> Ruling:
    """The ruling on mail of ``sender_domain`` from ``address``.

    ``confirmed``: the user named this address or confirmed it, so a record may be suggested that allows it.
    """
    told = _told(result, address, sender_domain, confirmed)
    return Ruling(
        check=Check.SPF,
        subject=sender_domain,
        standing=told.standing,
        result=result.result,
        summary=told.summary,
        detail=_detail(result),
        steps=told.steps,
        who=Who.NOBODY if told.standing == Standing.PASS else Who.SENDER,
        record=" / ".join(result.records) or result.record,
        references=(_REFERENCES[result.result],),
    )


def _told(result: SpfResult, address: str, domain: str, confirmed: bool) -> _Told:
    named = f'"{clipped(result.mechanism)}"' + (f" in the record of {result.domain}" if result.domain != domain else "")
    match result.result:
        case "pass":
            return _Told(Standing.PASS, f"{domain}'s SPF record lets {address} send for it, by {named}.", _open(result))
        case "fail" | "softfail" | "neutral":
            return _not_named(result, address, domain, confirmed, named)
        case "none":
            steps = _publish("", address, domain, confirmed) if is_domain(domain) else ()
            if steps and confirmed:
                steps += ('Name your other senders in it too; when all are in, change "~all" to "-all".',)
            summary = f"The sender's domain {result.problem}, so nothing vouches for {address}."
            return _Told(Standing.WARN, summary, steps)
        case "temperror":
            checked = f"have the name servers of {result.domain} checked: receivers defer mail over it"
            steps = (f"Try again; if it stays, {checked}.",)
            return _Told(Standing.UNKNOWN, f"The sender's SPF record could not be evaluated: {result.problem}.", steps)
    return _unusable(result, address, domain, confirmed)


def _not_named(result: SpfResult, address: str, domain: str, confirmed: bool, named: str) -> _Told:
    by_default = not result.mechanism or result.mechanism.lstrip("+-~?").lower() == "all"
    cause = (
        f"{address} is not in {domain}'s SPF record" if by_default else f"{domain}'s SPF record singles out {address}"
    )
    wish = {
        "fail": f"which tells receivers to refuse it by {named}",
        "softfail": f"which calls it suspicious by {named}",
        "neutral": f"which says nothing of it by {named}" if result.mechanism else "which ends without a verdict",
    }
    steps = _publish(result.record, address, domain, confirmed)
    steps += ("Or send this mail through a server that the record names already.",)
    standing = Standing.FAIL if result.result == "fail" else Standing.WARN
    summary = f"{cause}, {wish[result.result]}: this is for the sender's side to fix."
    return _Told(standing, summary, steps)


def _unusable(result: SpfResult, address: str, domain: str, confirmed: bool) -> _Told:
    """permerror: the record itself is at fault."""
    if result.records:
        return _several(result, address, domain, confirmed)
    if result.costs:
        return _over_limit(result, domain)
    where = f"{domain}'s SPF record"
    steps: tuple[str, ...]
    if result.domain != domain:
        where += f" leads to that of {result.domain}, which"
        steps = (
            f"Tell the owner of {result.domain}, or take the term that leads there out of {domain}'s record.",
            f"Then ask again: smtpprobe trace RECIPIENT --from SOMEONE@{domain}",
        )
    elif mended := corrected(result.record, result.broken):
        steps = (_zone_line(domain, mended),)
    else:
        steps = (f'Correct "{clipped(result.broken)}" or take it out of the TXT record of {domain}, then ask again.',)
    term = f'at "{clipped(result.broken)}"' if result.broken else "as a whole"
    summary = f"{where} is broken {term}, so receivers take it for an error on the sender's side: {result.problem}."
    return _Told(Standing.FAIL, summary, steps)


def _several(result: SpfResult, address: str, domain: str, confirmed: bool) -> _Told:
    names = " and ".join([f'"{clipped(text, SHOWN_LIMIT)}"' for text in result.records[:4]])
    owner = result.domain
    steps = [f"Merge them into one TXT record: {names}."]
    if owner != domain:
        steps.append(f"That is for the owner of {owner} to do; until then take the term that leads there out.")
    elif one := merged(result.records):
        steps.append(_zone_line(domain, allowing(one, address_of(address)) if confirmed else one))
        steps.append("Delete the others.")
    summary = (
        f"{owner} publishes {len(result.records)} SPF records where one is allowed, so none counts: "
        "this is for the sender's side to fix."
    )
    return _Told(Standing.FAIL, summary, tuple(steps))


def _over_limit(result: SpfResult, domain: str) -> _Told:
    costs = listed([f"{clipped(cost.term)} costs {cost.lookups}" for cost in result.costs[:COSTS_SHOWN]])
    steps = [f"Bring it to {LOOKUP_LIMIT} or less; of its terms {costs}."]
    if slim := slimmed(result.record, result.costs):
        steps.append(_zone_line(domain, slim))
    else:
        dearest = max(result.costs, key=lambda cost: cost.lookups)
        steps += [
            f"Take out what no longer sends for {domain}; {clipped(dearest.term)} is the dearest.",
            "Replace a and mx by ip4: and ip6: with the addresses of those hosts, which cost nothing.",
            "Give a service that sends much a subdomain of its own, with its own record.",
        ]
    summary = (
        f"{domain}'s SPF record takes {result.lookups} DNS look-ups where {LOOKUP_LIMIT} are allowed, "
        "so receivers take it for an error on the sender's side."
    )
    return _Told(Standing.FAIL, summary, tuple(steps))


def _open(result: SpfResult) -> tuple[str, ...]:
    if result.mechanism.lstrip("+").lower() != "all":
        return ()
    return ('It lets everybody send by "+all": name the senders, and end in "~all" or "-all".',)


def _publish(record: str, address: str, domain: str, confirmed: bool) -> tuple[str, ...]:
    if not confirmed:
        return (
            "Say which address the mail leaves from, with --from-ip ADDRESS: "
            f"{address} is not confirmed, and only a confirmed address belongs into an SPF record.",
        )
    if len(record) > SHOWN_LIMIT:
        return (f'Put {term_for(address_of(address))} right after "v=spf1" into the TXT record of {domain}.',)
    return (_zone_line(domain, allowing(record, address_of(address))),)


def _zone_line(domain: str, record: str) -> str:
    return f"Publish as the one SPF record of {domain}:  {domain}.  TXT  {published(record)}"


def _detail(result: SpfResult) -> str:
    counted = f"{result.lookups} of {LOOKUP_LIMIT} DNS look-ups"
    if result.void_lookups:
        counted += f", {result.void_lookups} of them for nothing"
    parts = [f"{clipped(visit.via)} → {visit.domain}" for visit in result.trail if visit.via]
    if result.explanation:
        parts.append(f'the domain explains: "{result.explanation}"')
    return "; ".join([counted, *parts])
