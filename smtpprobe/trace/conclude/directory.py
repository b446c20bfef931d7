"""What the DNS says of the recipient's domain, where that alone keeps mail away (RFC 5321 5.1)."""

from __future__ import annotations

from smtpprobe.journey import Conclusion
from smtpprobe.outcome import Cause, Check, FailureKind, Outcome, Retry, Standing, Who
from smtpprobe.trace.case import Case
from smtpprobe.trace.conclude.words import conclusion, joined, late, lost, records_of, told

_WHERE = "DNS"


def no_answer(case: Case) -> Conclusion | None:
    """The question of where the mail goes got no answer that may be believed."""
    failure = case.servers.failure if case.servers is not None else None
    if failure is None or failure.kind not in (FailureKind.DNS, FailureKind.DNSSEC):
        return None
    bogus = failure.kind is FailureKind.DNSSEC
    steps: tuple[str, ...]
    if bogus:
        steps = (
            f"Have the owner of {case.domain} compare its DS record with its keys, and renew expired signatures:"
            f" `delv {case.domain} MX` shows which link breaks.",
        )
    else:
        steps = (
            "Try again in some minutes; senders keep the mail and do the same.",
            f"If it persists, ask the name servers of {case.domain} directly: `dig +trace {case.domain} MX`.",
        )
    return conclusion(
        Cause.BOGUS if bogus else Cause.NAME_SERVER,
        joined(late(case), f"the DNS answer for {case.domain} cannot be used: {told(failure)}"),
        Who.RECIPIENT if bogus else Who.NETWORK,
        where=_WHERE,
        steps=steps,
        retry=Retry.AFTER_FIX if bogus else Retry.LATER,
        outcome=Outcome.INCONCLUSIVE,
    )


def null_mx(case: Case) -> Conclusion | None:
    """The domain says that it takes no mail (RFC 7505)."""
    if case.servers is None or not case.servers.null:
        return None
    return conclusion(
        Cause.NULL_MX,
        joined(lost(case), f"{case.domain} publishes a null MX, which says that it takes no mail at all"),
        Who.RECIPIENT,
        where=_WHERE,
        steps=(
            f"Check that {case.domain} is the domain that you mean; no server and no setting of yours changes this.",
            f"If its owner wants mail there, the record `{case.domain}. MX 0 .` has to give way to one with a host.",
        ),
        evidence=(f"{case.domain}. MX 0 .",),
        references=("RFC 7505 3",),
        retry=Retry.NO,
    )


def no_domain(case: Case) -> Conclusion | None:
    """The name does not exist."""
    failure = case.servers.failure if case.servers is not None else None
    if failure is None or failure.kind is not FailureKind.NO_SUCH_NAME:
        return None
    return conclusion(
        Cause.NO_DOMAIN,
        joined(lost(case), f"the domain {case.domain} does not exist in the DNS"),
        Who.SENDER,
        where=_WHERE,
        steps=(
            f"Check the spelling of {case.recipient}.",
            "If it is right, its owner has let the registration or the delegation lapse: `whois` shows whose it is.",
        ),
        evidence=(f"{case.domain}. MX: NXDOMAIN",),
        outcome=Outcome.UNREACHABLE,
        retry=Retry.AFTER_FIX,
    )


def not_routable(case: Case) -> Conclusion | None:
    """There are servers, and none of their addresses can be reached from the Internet."""
    servers = case.servers
    if servers is None or case.walked or not any(host.refused for host in servers.hosts):
        return None
    hosts = [host for host in servers.hosts if host.refused]
    addresses = ", ".join(address for host in hosts for address in host.refused[:3])
    return conclusion(
        Cause.NOT_ROUTABLE,
        joined(lost(case), f"{hosts[0].name} has no public address ({addresses})"),
        Who.RECIPIENT,
        where=_WHERE,
        steps=(
            f"Have the A and AAAA records of {hosts[0].name} name its public address.",
            "If this network is meant, `--allow-private` follows the record.",
        ),
        evidence=tuple(f"{host.name}. {address}" for host in hosts for address in host.refused[:3]),
        outcome=Outcome.UNREACHABLE,
    )


def no_server(case: Case) -> Conclusion | None:
    """The domain exists and leads to no address."""
    servers = case.servers
    if servers is None or case.walked or case.stopped:
        return None
    ruling = case.ruling(Check.MX, Standing.FAIL)
    named = ", ".join(host.name for host in servers.hosts[:3])
    why = f"its MX {named} has no address" if named and not servers.implicit else "it has neither MX nor address"
    undecided = any(host.failure is not None and host.failure.kind is FailureKind.DNS for host in servers.hosts)
    return conclusion(
        Cause.NO_SERVER,
        joined(late(case) if undecided else lost(case), f"{case.domain} leads to no mail server: {why}"),
        Who.RECIPIENT,
        where=_WHERE,
        steps=ruling.steps if ruling is not None else (f"Have an MX record published for {case.domain}.",),
        evidence=tuple(f"{case.domain}. MX {host.preference} {host.name}." for host in servers.hosts[:3]),
        references=("RFC 5321 5.1",),
        outcome=Outcome.INCONCLUSIVE if undecided else Outcome.UNREACHABLE,
    )


def alias_to_nothing(case: Case) -> Conclusion | None:
    """An MX that is an alias, where the way through it fails too."""
    aliases = {host.name for host in case.servers.hosts if host.alias} if case.servers is not None else set()
    found = [one for one in case.rulings if one.check is Check.MX and one.subject in aliases]
    ruling = next((one for one in found if one.standing is Standing.FAIL), None)
    if ruling is None or case.walked:
        return None
    return conclusion(
        Cause.MX_ALIAS,
        joined(lost(case), ruling.summary),
        Who.RECIPIENT,
        where=_WHERE,
        steps=ruling.steps,
        evidence=records_of(ruling),
        references=ruling.references,
        outcome=Outcome.UNREACHABLE,
    )


def smarthost(case: Case) -> Conclusion | None:
    """The name of the smarthost leads nowhere."""
    failure, via = case.unresolved, case.journey.via
    if failure is None or via is None:
        return None
    undecided = failure.kind in (FailureKind.DNS, FailureKind.DNSSEC)
    return conclusion(
        Cause.NAME_SERVER if undecided else Cause.NO_SERVER,
        joined(lost(case), f"the name {via.host} leads to no address ({failure.detail or failure.kind.meaning})"),
        Who.NETWORK if undecided else Who.SENDER,
        where=_WHERE,
        steps=(f"Check the spelling of {via.host}, and with `dig {via.host}` whether this machine's DNS knows it.",),
        retry=Retry.LATER if undecided else Retry.AFTER_FIX,
        outcome=Outcome.INCONCLUSIVE if undecided else Outcome.UNREACHABLE,
    )


SUSPICIONS = (smarthost, null_mx, no_answer, no_domain, alias_to_nothing, not_routable, no_server)
