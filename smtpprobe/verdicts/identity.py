"""Does the sender's name fit: its EHLO name, and the name of its address (RFC 5321 4.1.4, RFC 1912 2.1). Pure."""

from __future__ import annotations

import re

from msgspec import Struct

from smtpprobe.journey import Answer, Asking, Question, Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.asked import IpAddress, address_of, addresses, broken, family, listed, queryable

#: Names of one address that are followed.
NAME_LIMIT = 10
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_PRIVATE = (".local", ".localdomain", ".lan", ".home", ".internal", ".intranet", ".corp", ".invalid")
_DIAL_UP = re.compile(
    r"(?<![a-z])(?:adsl|broadband|cable|client|cust|customer|dhcp|dial|dialup|dip|dsl|dyn|dynamic|dynamicip|ftth|pool"
    r"|pppo?e?|res|residential|user|vdsl)(?![a-z])"
)


class _Named(Struct, frozen=True):
    """One name out of the PTR record: the addresses that it leads to, or why they are not known."""

    name: str
    leads_to: tuple[IpAddress, ...] = ()
    problem: str = ""


class _Facts(Struct, frozen=True):
    """All that was asked. ``own`` is the EHLO name with the addresses that it leads to."""

    address: IpAddress
    ehlo: str
    own: _Named
    names: tuple[_Named, ...]
    problem: str = ""

    @property
    def confirmed(self) -> tuple[str, ...]:
        """The names that lead back to the address."""
        return tuple([named.name for named in self.names if self.address in named.leads_to])


def check_identity(address: str, ehlo_name: str) -> Asking[tuple[Ruling, ...]]:
    """The rulings on the EHLO name and on the PTR record of the sending address. ValueError where it is none."""
    ours = address_of(address)
    ehlo = ehlo_name.rstrip(".").lower()
    resolvable = not ehlo.startswith("[") and queryable(ehlo)
    reverse, *own = yield (
        Question(ours.reverse_pointer, "PTR"),
        *([Question(ehlo, "A"), Question(ehlo, "AAAA")] if resolvable else []),
    )
    named = [name.rstrip(".").lower() for name in reverse.records[:NAME_LIMIT]]
    named = [name for name in dict.fromkeys(named) if queryable(name)]
    forward: tuple[Answer, ...] = ()
    if named:
        forward = yield tuple([Question(name, kind) for name in named for kind in ("A", "AAAA")])
    pairs = [_named(name, forward[2 * at : 2 * at + 2], ours) for at, name in enumerate(named)]
    facts = _Facts(ours, ehlo, _named(ehlo, tuple(own), ours), tuple(pairs), broken(reverse))
    return _ehlo_ruling(facts), _ptr_ruling(facts)


def generic(name: str, address: str) -> bool:
    """Does a name look as if it were one of thousands, given by rote to customers' addresses?"""
    host = ".".join(name.lower().split(".")[:-2])
    if _DIAL_UP.search(host):
        return True
    ours = address_of(address)
    if ours.version == 6:
        return f"{int(ours):032x}"[-16:] in re.sub(r"[-.]", "", host)
    octets = [str(octet) for octet in ours.packed]
    numbers = [run.lstrip("0") or "0" for run in re.findall(r"[0-9]+", host)]
    runs = [numbers[at : at + 4] for at in range(len(numbers) - 3)]
    spelled = (f"{int(ours):08x}", "".join([octet.zfill(3) for octet in octets]))
    return octets in runs or octets[::-1] in runs or any(text in host for text in spelled)


def _named(name: str, answers: tuple[Answer, ...], ours: IpAddress) -> _Named:
    found = tuple([address for answer in answers for address in addresses(answer)])
    trouble = [broken(answer) for answer in answers if answer.type == family(ours)]
    return _Named(name, found, "".join(trouble[:1]))


def _ehlo_ruling(facts: _Facts) -> Ruling:
    ehlo, address = facts.ehlo, facts.address
    if ehlo.startswith("["):
        summary = f"The sender greets with the address literal {ehlo}, which many receivers refuse."
        return _ehlo(facts, Standing.WARN, "literal", summary, _rename(facts))
    if not _HOST.fullmatch(ehlo) or ehlo.endswith(_PRIVATE):
        summary = (
            f'The sender greets as "{ehlo}", which is no full name in the public DNS, so many receivers refuse it.'
        )
        return _ehlo(facts, Standing.FAIL, "no-full-name", summary, _rename(facts))
    if address in facts.own.leads_to:
        return _ehlo(facts, Standing.PASS, "pass", f"The sender greets as {ehlo}, which leads to {address}.")
    if facts.own.problem:
        summary = f"Whether the sender's EHLO name {ehlo} leads to {address} cannot be told: {facts.own.problem}."
        return _ehlo(facts, Standing.UNKNOWN, "temperror", summary, ("Try again.",))
    if not facts.own.leads_to:
        summary = f"The sender greets as {ehlo}, which has no address in the DNS, so many receivers refuse it."
        return _ehlo(facts, Standing.FAIL, "no-address", summary, _rename(facts))
    others = listed([str(found) for found in facts.own.leads_to[:4]])
    summary = f"The sender greets as {ehlo}, which leads to {others} and not to {address}."
    return _ehlo(facts, Standing.WARN, "other-address", summary, _rename(facts))


def _ehlo(facts: _Facts, standing: Standing, result: str, summary: str, steps: tuple[str, ...] = ()) -> Ruling:
    who = Who.NOBODY if standing == Standing.PASS else Who.SENDER
    return Ruling(
        Check.EHLO_NAME, facts.ehlo, standing, result, summary, steps=steps, who=who, references=("RFC 5321 4.1.4",)
    )


def _rename(facts: _Facts) -> tuple[str, ...]:
    """Greet with the name that the address has, or give the name in use this address."""
    good = [name for name in facts.confirmed if not generic(name, str(facts.address))]
    if good:
        return (_settings(good[0]),)
    if _HOST.fullmatch(facts.ehlo) and not facts.ehlo.endswith(_PRIVATE):
        return (f"Publish {_forward(facts.ehlo, facts.address)}, or greet with a name that has this address.",)
    return (_settings("mail.YOUR-DOMAIN"), f"Publish {_forward('mail.YOUR-DOMAIN', facts.address)}.")


def _settings(name: str) -> str:
    return (
        f"Greet as {name}: in Postfix smtp_helo_name = {name} (or myhostname, for all that it says of itself), "
        f"in Exim helo_data = {name} in the smtp transport (or primary_hostname)."
    )


def _forward(name: str, address: IpAddress) -> str:
    return f"{name}.  {family(address)}  {address}"


def _ptr_ruling(facts: _Facts) -> Ruling:
    address = facts.address
    if facts.problem:
        summary = f"Whether the sender's address {address} has a name cannot be told: {facts.problem}."
        return _ptr(facts, Standing.UNKNOWN, "temperror", summary, ("Try again.",))
    if not facts.names:
        summary = f"The sender's address {address} has no name (no PTR record), so many receivers refuse its mail."
        return _ptr(facts, Standing.FAIL, "none", summary, _reverse_steps(facts))
    names = listed([named.name for named in facts.names[:4]])
    if not facts.confirmed:
        return _unconfirmed(facts, names)
    if all(generic(name, str(address)) for name in facts.confirmed):
        summary = f"The sender's address {address} is named {names}, as addresses of customers are, not mail servers."
        return _ptr(facts, Standing.WARN, "generic", summary, _reverse_steps(facts))
    name = facts.confirmed[0]
    return _ptr(
        facts, Standing.PASS, "pass", f"The sender's address {address} is named {name}, which leads back to it."
    )


def _unconfirmed(facts: _Facts, names: str) -> Ruling:
    """There is a name, and it does not lead back."""
    troubled = [named for named in facts.names if named.problem]
    if troubled:
        summary = f"Whether {names} leads back to the sender's address cannot be told: {troubled[0].problem}."
        return _ptr(facts, Standing.UNKNOWN, "temperror", summary, ("Try again.",))
    elsewhere = [str(found) for named in facts.names for found in named.leads_to][:4]
    leads = f"leads to {listed(elsewhere)} instead" if elsewhere else "has no address"
    summary = (
        f"The sender's address {facts.address} is named {names}, which {leads}, so many receivers refuse its mail."
    )
    first = facts.names[0].name
    forward = f"Publish {_forward(first, facts.address)}, if {first} is your name."
    return _ptr(facts, Standing.FAIL, "unconfirmed", summary, (forward, *_reverse_steps(facts)))


def _reverse_steps(facts: _Facts) -> tuple[str, ...]:
    """What to ask for at the owner of the address, and what has to be in the DNS first."""
    fits = _HOST.fullmatch(facts.ehlo) and not facts.ehlo.endswith(_PRIVATE)
    name = facts.ehlo if fits else "mail.YOUR-DOMAIN"
    owner = "the owner of the address, usually the hosting provider"
    ask = f"Have {owner}, set  {facts.address.reverse_pointer}.  PTR  {name}."
    if facts.address in facts.own.leads_to:
        return (ask,)
    return (f"Publish  {_forward(name, facts.address)}", ask)


def _ptr(facts: _Facts, standing: Standing, result: str, summary: str, steps: tuple[str, ...] = ()) -> Ruling:
    return Ruling(
        Check.PTR,
        str(facts.address),
        standing,
        result,
        summary,
        steps=steps,
        who=Who.NOBODY if standing == Standing.PASS else Who.SENDER,
        record=" / ".join([named.name for named in facts.names]),
        references=("RFC 1912 2.1", "RFC 8601 2.7.3"),
    )
