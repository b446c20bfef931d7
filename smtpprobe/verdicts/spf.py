"""May this address send for this domain: check_host() of RFC 7208, the whole of it, over an injected resolver. Pure.

Not pyspf: it does its own DNS, synchronously and through module globals, so an async resolver cannot be handed to it.
The limits of RFC 7208 4.6.4 bound every evaluation, whatever the records say: 10 terms that ask the DNS, 2 void ones,
10 MX records or names each.
"""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.journey import Answer, Asking, Mailbox, Question
from smtpprobe.verdicts.asked import absent, address_of, broken, is_domain, plain
from smtpprobe.verdicts.spf_cost import count_costs
from smtpprobe.verdicts.spf_macros import MacroError, expand, uses_validated
from smtpprobe.verdicts.spf_record import Mechanism, SpfRecord, SpfSyntaxError, read_record, spf_records
from smtpprobe.verdicts.spf_values import SpfResult, SpfVisit
from smtpprobe.verdicts.spf_walk import Mail, OverLimitError, StoppedError, Walk

#: What is kept of an explanation, which is another's text.
EXPLANATION_LIMIT = 1_000


class _Match(Struct, frozen=True):
    """What one record came to. ``exp`` is its explanation's domain-spec, ``home`` the domain that it stands in."""

    result: str
    mechanism: str = ""
    domain: str = ""
    exp: str = ""
    home: str = ""
    problem: str = ""


def spf_identity(sender: Mailbox | None, helo: str) -> tuple[str, str]:
    """The domain to check and the sender: the envelope's, postmaster@HELO for the null sender (RFC 7208 2.4)."""
    if sender is None:
        return helo.rstrip(".").lower(), f"postmaster@{helo.rstrip('.')}"
    return sender.domain, sender.path


def check_host(
    address: str, domain: str, sender: str, helo: str, *, receiver: str = "unknown", now: int = 0
) -> Asking[SpfResult]:
    """Evaluates the SPF record of ``domain`` for mail of ``sender`` from ``address`` (RFC 7208 4).

    ``sender`` is an envelope address; without a local part it counts as postmaster's. ``receiver`` and ``now``, in
    seconds, only serve macros of explanations. ValueError where ``address`` is no address.
    """
    local, _, origin = sender.rpartition("@")
    local = local or "postmaster"
    walk = Walk(Mail(address_of(address), f"{local}@{origin}", local, origin, helo, receiver, now))
    domain = domain.removesuffix(".").lower()
    if not is_domain(domain):
        return SpfResult("none", domain=domain, problem=f'"{domain}" is no domain name that could have an SPF record')
    (answer,) = yield from walk.ask(Question(domain, "TXT"))
    records = () if broken(answer) else spf_records(answer.records)
    record = records[0] if records else ""
    try:
        match = yield from _evaluate(walk, domain, answer, "", 0)
        explanation = yield from _explanation(walk, match)
    except StoppedError as stop:
        costs = (yield from count_costs(walk, domain, record)) if isinstance(stop, OverLimitError) else ()
        return SpfResult(
            stop.result,
            domain=stop.domain or domain,
            lookups=max(sum([cost.lookups for cost in costs]), walk.lookups),
            void_lookups=len(walk.void_terms),
            record=record,
            problem=stop.problem,
            trail=tuple(walk.trail),
            broken=stop.term,
            records=stop.records,
            costs=costs,
        )
    return SpfResult(
        match.result,
        match.mechanism,
        match.domain or domain,
        walk.lookups,
        len(walk.void_terms),
        record,
        explanation,
        match.problem,
        tuple(walk.trail),
    )


def _evaluate(walk: Walk, domain: str, answer: Answer, via: str, depth: int) -> Asking[_Match]:
    """One record, from its TXT answer to its result; raises StoppedError for permerror and temperror."""
    text = _selected(domain, answer)
    if text is None:
        nothing = "does not exist" if absent(answer) else "publishes no SPF record"
        return _Match("none", problem=f"{domain} {nothing}")
    walk.trail.append(SpfVisit(domain, text, via, depth))
    try:
        record = read_record(text)
    except SpfSyntaxError as error:
        raise StoppedError("permerror", str(error), term=error.term, domain=domain) from None
    yield from walk.ask_ahead(domain, record)
    for mechanism in record.mechanisms:
        if mechanism.name == "include":
            match = yield from _included(walk, domain, mechanism, depth)
        else:
            matched = yield from walk.matches(domain, mechanism)
            match = _Match(mechanism.result, mechanism.text, domain) if matched else None
        if match:
            return _Match(match.result, match.mechanism, match.domain, record.exp, domain)
    if record.redirect:
        return (yield from _redirected(walk, domain, record, depth))
    return _Match("neutral", domain=domain, problem="no mechanism of the record matches, and it does not end in all")


def _selected(domain: str, answer: Answer) -> str | None:
    """The one SPF record among the TXT records (RFC 7208 4.4 and 4.5)."""
    if why := broken(answer):
        raise StoppedError("temperror", f"{why} when asked for the SPF record of {domain}", domain=domain)
    records = spf_records(answer.records)
    if len(records) > 1:
        stop = StoppedError(
            "permerror", f"{domain} publishes {len(records)} SPF records, and one is allowed", domain=domain
        )
        stop.records = records
        raise stop
    return records[0] if records else None


def _included(walk: Walk, domain: str, mechanism: Mechanism, depth: int) -> Asking[_Match | None]:
    """Matches where the other record passes (RFC 7208 5.2); a pass is told by the mechanism that it came from."""
    found = yield from _other(walk, domain, mechanism.text, mechanism.target, depth)
    if found.result != "pass":
        return None
    if mechanism.result == "pass":
        return found
    return _Match(mechanism.result, mechanism.text, domain)


def _redirected(walk: Walk, domain: str, record: SpfRecord, depth: int) -> Asking[_Match]:
    """The other record takes the place of this one, explanation and all (RFC 7208 6.1)."""
    return (yield from _other(walk, domain, f"redirect={record.redirect}", record.redirect, depth))


def _other(walk: Walk, domain: str, term: str, spec: str, depth: int) -> Asking[_Match]:
    """The record of another domain, which has to have one."""
    walk.count(term, domain)
    target = yield from walk.target(domain, spec)
    if not is_domain(target):
        raise StoppedError("permerror", "the name it leads to is no domain name", term=term, domain=domain)
    (answer,) = yield from walk.ask(Question(target, "TXT"))
    if not broken(answer):
        walk.note_void(answer, term, domain)
    found = yield from _evaluate(walk, target, answer, term, depth + 1)
    if found.result == "none":
        raise StoppedError("permerror", found.problem, term=term, domain=domain)
    return found


def _explanation(walk: Walk, match: _Match) -> Asking[str]:
    """What the domain says to those it turns away; nothing where it cannot be had (RFC 7208 6.2)."""
    if match.result != "fail" or not match.exp:
        return ""
    target = yield from walk.target(match.home, match.exp)
    if not target:
        return ""
    (answer,) = yield from walk.ask(Question(target, "TXT"))
    if len(answer.records) != 1 or not plain(answer.records[0]) or len(answer.records[0]) > EXPLANATION_LIMIT:
        return ""
    try:
        validated = (yield from walk.validated(match.home)) if uses_validated(answer.records[0]) else ""
        return expand(answer.records[0], walk.values(match.home, validated))[:EXPLANATION_LIMIT]
    except MacroError:
        return ""
