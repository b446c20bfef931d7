"""The mail servers of a domain, as the DNS names them: what of that works, and what does not (RFC 5321 5.1). Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from msgspec import Struct

from smtpprobe.journey import Ruling
from smtpprobe.model import Failure
from smtpprobe.outcome import Check, FailureKind, Standing, Who

_SHOWN = 5
_ABSENT = (FailureKind.NO_SUCH_NAME, FailureKind.NO_ADDRESS)


class MxTarget(Struct, frozen=True):
    """What one MX record leads to: ``addresses`` to connect to, and ``private`` ones that nobody outside can reach.

    ``alias`` is the name that a CNAME record leads to, "" where there is none; ``failure`` why no address is known.
    """

    name: str
    preference: int
    addresses: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    alias: str = ""
    failure: Failure | None = None


def judge_mx(
    domain: str,
    targets: Sequence[MxTarget],
    *,
    null: bool = False,
    implicit: bool = False,
    left_out: int = 0,
    failure: Failure | None = None,
) -> tuple[Ruling, ...]:
    """One ruling on the domain, and one on each of its targets that something is wrong with.

    ``null``: it publishes that it takes no mail. ``implicit``: it has no MX record, and the only target is the domain
    itself. ``left_out`` counts the records beyond the limit. ``failure`` is why its MX records are not known.
    """
    if null:
        summary = f"{domain} says in the DNS that it takes no mail (a null MX)."
        step = f"If {domain} is to take mail, replace the record '0 .' by one that names its mail server."
        record = f"{domain}. IN MX 0 ."
        return (_ruling(domain, Standing.FAIL, "null-mx", summary, step, record=record, who=Who.RECIPIENT),)
    if failure is not None:
        return (_unknown(domain, failure),)
    record = "" if implicit else "\n".join([f"{domain}. IN MX {one.preference} {one.name}." for one in targets])
    usable = [one for one in targets if one.addresses]
    rulings = [ruling for one in targets if (ruling := _target(domain, one, bool(usable))) is not None]
    return (_domain(domain, targets, usable, implicit, left_out, record), *rulings)


def _ruling(
    subject: str, standing: Standing, result: str, summary: str, *steps: str, record: str = "", who: Who = Who.RECIPIENT
) -> Ruling:
    who = Who.NOBODY if standing in (Standing.PASS, Standing.NONE) else who
    references = ("RFC 7505",) if result == "null-mx" else ("RFC 5321 5.1",)
    return Ruling(Check.MX, subject, standing, result, summary, "", steps, who, record, references)


def _unknown(domain: str, failure: Failure) -> Ruling:
    if failure.kind is FailureKind.NO_SUCH_NAME:
        step = f"Look for a typing error in the address; else {domain} has to be registered, and its zone to be loaded."
        return _ruling(domain, Standing.FAIL, "no-such-domain", f"{domain} does not exist.", step, who=Who.SENDER)
    said = failure.detail or failure.kind.meaning
    summary = f"The DNS does not say which servers take mail for {domain}: {said}."
    step = f"Ask again later; if it stays so, the nameservers of {domain} have to be repaired."
    if failure.kind is FailureKind.DNSSEC:
        return _ruling(domain, Standing.FAIL, "bogus", summary, f"See what fails, and where: delv MX {domain}")
    return _ruling(domain, Standing.UNKNOWN, "dns-failure", summary, step)


def _domain(
    domain: str, targets: Sequence[MxTarget], usable: Sequence[MxTarget], implicit: bool, left_out: int, record: str
) -> Ruling:
    if not usable:
        if any(not one.private and one.failure is not None and one.failure.kind not in _ABSENT for one in targets):
            summary = f"The DNS does not say at which addresses mail for {domain} is taken."
            step = f"Ask again later; if it stays so, the nameservers of {domain} have to be repaired."
            return _ruling(domain, Standing.UNKNOWN, "dns-failure", summary, step, record=record)
        where = "neither MX records nor an address" if implicit else "no mail server that has a public address"
        step = f"Publish a record that names a host with an address: {domain}. IN MX 10 mail.{domain}."
        return _ruling(domain, Standing.FAIL, "no-server", f"{domain} has {where}.", step, record=record)
    if implicit:
        summary = f"{domain} has no MX record, so mail goes to the addresses of {domain} itself."
        step = f"If another host takes its mail, name it: {domain}. IN MX 10 HOST."
        return _ruling(domain, Standing.PASS, "implicit", summary, step, record=record)
    named = ", ".join([one.name for one in targets[:_SHOWN]])
    again = sorted({one.name for one in targets if [two.name for two in targets].count(one.name) > 1})
    if again:
        summary = f"{domain} names {', '.join(again[:_SHOWN])} more than once among its MX."
        step = "Keep the record with the lowest preference, and take the others out: they only lengthen the retries."
        return _ruling(domain, Standing.WARN, "duplicate", summary, step, record=record)
    if left_out:
        summary = f"{domain} has {len(targets) + left_out} MX records, of which senders look at the first few only."
        return _ruling(domain, Standing.WARN, "too-many", summary, "Keep those that take mail.", record=record)
    return _ruling(domain, Standing.PASS, "found", f"Mail for {domain} goes to {named}.", record=record)


def _target(domain: str, target: MxTarget, others: bool) -> Ruling | None:
    """What is wrong with one of them; ``others``: some MX of the domain has an address, so that mail can arrive."""
    bad = Standing.WARN if others else Standing.FAIL
    record = f"{domain}. IN MX {target.preference} {target.name}."
    if _is_address(target.name):
        summary = f"An MX of {domain} is the address {target.name}, where the name of a host has to stand."
        step = f"Give that address a name and put the name there: {domain}. IN MX {target.preference} mail.{domain}."
        return _ruling(target.name, bad, "address", summary, step, record=record)
    if target.addresses and target.alias:
        summary = f"{target.name}, an MX of {domain}, is an alias of {target.alias}, which some senders refuse."
        step = f"Name the host itself: {domain}. IN MX {target.preference} {target.alias}."
        return _ruling(target.name, Standing.WARN, "alias", summary, step, record=record)
    if target.addresses:
        return None
    if target.private:
        shown = ", ".join(target.private[:_SHOWN])
        summary = f"{target.name}, an MX of {domain}, has no public address, only {shown}."
        step = f"Publish the public address of {target.name}, or take it out of the MX records."
        return _ruling(target.name, bad, "private", summary, step, record=record)
    if target.failure is not None and target.failure.kind not in _ABSENT:
        said = target.failure.detail or target.failure.kind.meaning
        summary = f"The DNS does not say which address {target.name} has: {said}."
        return _ruling(target.name, Standing.UNKNOWN, "dns-failure", summary, record=record)
    leads = f"an alias of {target.alias}, which" if target.alias else "a name that"
    summary = f"{target.name}, an MX of {domain}, is {leads} has no address."
    step = f"Publish its address, or take {target.name} out of the MX records of {domain}."
    return _ruling(target.name, bad, "dangling", summary, step, record=record)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
