"""From what was met at every address, and what the DNS asks of it, to the rulings on MX, TLS and who delivers how."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Sequence

from smtpprobe.journey import Journey, Ruling
from smtpprobe.names.recipients import MailServers
from smtpprobe.outcome import TlsMode
from smtpprobe.run.settings import Settings, dial_for
from smtpprobe.trace.leg import Walked
from smtpprobe.trace.notebook import Notebook
from smtpprobe.trace.recipient import Recipient
from smtpprobe.verdicts.caa import ask_caa
from smtpprobe.verdicts.certificate import judge_certificate
from smtpprobe.verdicts.ciphers import judge_ciphers
from smtpprobe.verdicts.dane import judge_dane
from smtpprobe.verdicts.dnssec import judge_dnssec
from smtpprobe.verdicts.encounter import Encounter
from smtpprobe.verdicts.mta_sts import judge_mta_sts, judge_policy
from smtpprobe.verdicts.mx import MxTarget, judge_mx
from smtpprobe.verdicts.tls_rpt import judge_tls_rpt
from smtpprobe.verdicts.tls_versions import judge_resumption, judge_versions
from smtpprobe.verdicts.transport import judge_transport
from smtpprobe.wire.ciphers import scan_ciphers
from smtpprobe.wire.resumption import resumption
from smtpprobe.wire.versions import versions


def rulings(journey: Journey, recipient: Recipient, walked: Sequence[Walked]) -> tuple[Ruling, ...]:
    """All that follows for the recipient's side, in reading order: the domain, then each address."""
    met = [_met(one) for one in walked]
    if journey.via is not None or journey.recipient is None:
        return (*_own(walked), *map(judge_certificate, met))
    domain = journey.recipient.domain
    found = [*_of_the_domain(domain, recipient), *_own(walked)]
    for place, (one, encounter) in enumerate(zip(walked, met, strict=True)):
        found += _of_an_address(domain, recipient, one, encounter, last=place == len(walked) - 1)
    return tuple(found)


def _own(walked: Sequence[Walked]) -> list[Ruling]:
    """What the conversations themselves were ruled to be: logins, further questions, the message."""
    return [ruling for one in walked for ruling in one.rulings]


def _met(walked: Walked) -> Encounter:
    transcript = walked.transcript
    implicit = transcript.target.tls is TlsMode.IMPLICIT
    heard = transcript.clear is not None or transcript.encrypted is not None
    offered = True if implicit else walked.offered if heard else None
    return Encounter(walked.host, walked.address, offered, transcript.tls, walked.handshake)


def _of_the_domain(domain: str, recipient: Recipient) -> list[Ruling]:
    servers = recipient.servers
    found: list[Ruling] = []
    if servers is not None and not servers.literal:
        targets = [
            MxTarget(host.name, host.preference, host.addresses, host.refused, host.alias or "", host.failure)
            for host in servers.hosts
        ]
        found += judge_mx(
            domain,
            targets,
            null=servers.null,
            implicit=servers.implicit,
            left_out=servers.left_out,
            failure=servers.failure,
        )
        found.append(judge_dnssec(domain, servers.answers))
    if recipient.sts_record is not None:
        hosts = [host.name for host in servers.hosts] if servers is not None else []
        found.append(judge_policy(domain, recipient.sts_record, recipient.policy, hosts))
    if recipient.tls_rpt is not None:
        found.append(judge_tls_rpt(domain, recipient.tls_rpt))
    return found


def _of_an_address(domain: str, recipient: Recipient, walked: Walked, met: Encounter, *, last: bool) -> list[Ruling]:
    found = [judge_certificate(met)]
    answer, servers = recipient.tlsa.get(walked.host), recipient.servers
    dane = None
    if answer is not None and servers is not None:
        host = next((one for one in servers.hosts if one.name == walked.host), None)
        dane = judge_dane(
            domain,
            met,
            answer,
            addresses_authentic=_signed(servers, walked.host),
            mx_authentic=host.mx_authentic if host is not None else None,
            now=datetime.datetime.now(datetime.UTC),
        )
        found.append(dane)
    sts = None
    if recipient.sts_record is not None:
        sts = judge_mta_sts(domain, recipient.sts_record, recipient.policy, met)
        found.append(sts)
    if dane is not None:
        found.append(judge_transport(met, dane, sts, last=last))
    return found


def _signed(servers: MailServers, host: str) -> bool | None:
    """Does the DNS sign the addresses of this host? None where nothing was said of it."""
    told = [one.authentic for one in servers.answers if one.name == host and one.type in ("A", "AAAA")]
    return None if not told or None in told else all(told)


async def look_closer(
    journey: Journey, walked: Sequence[Walked], settings: Settings, book: Notebook
) -> tuple[Ruling, ...]:
    """What takes further connections or questions: versions and ciphers where they are asked for, resumption, CAA."""
    secured = [one for one in walked if one.transcript.tls is not None]
    named = [one for one in secured if one.host != one.address and not one.host.startswith("[")]
    hosts = {one.host: one.transcript.tls for one in named}
    asked = [book.answered(ask_caa(host, facts.certificate if facts else None)) for host, facts in hosts.items()]
    looks = await asyncio.gather(*(_connect_again(journey, one, settings) for one in secured))
    return (*await asyncio.gather(*asked), *(ruling for found in looks for ruling in found))


async def _connect_again(journey: Journey, walked: Walked, settings: Settings) -> list[Ruling]:
    """Further connections to one address, one at a time."""
    transcript = walked.transcript
    route, target = transcript.route, transcript.target
    if route is None:
        return []
    dial = dial_for(target, route, settings, transcript.ehlo_name)
    implicit = target.tls is TlsMode.IMPLICIT
    subject = _met(walked).subject
    found = []
    if journey.via is not None:
        found.append(judge_resumption(subject, await resumption(route, dial, _until(settings), implicit_tls=implicit)))
    if journey.tls_versions:
        found.append(judge_versions(subject, await versions(route, dial, _until(settings), implicit_tls=implicit)))
    if journey.ciphers:
        found.append(judge_ciphers(subject, await scan_ciphers(route, dial, _until(settings), implicit_tls=implicit)))
    return found


def _until(settings: Settings) -> float:
    """Each closer look has the time of a whole run."""
    return asyncio.get_running_loop().time() + settings.deadline
