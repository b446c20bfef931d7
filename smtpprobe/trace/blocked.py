"""Is it this network that lets nothing out to port 25? Two operators whose servers are all silent there tell."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec

from smtpprobe.journey import Journey
from smtpprobe.model import Route, Target
from smtpprobe.names import Resolver
from smtpprobe.names.recipients import mail_servers
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.run.settings import Settings, dial_for
from smtpprobe.trace.conditions import port_blocked
from smtpprobe.trace.leg import Walked
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

_MOST = 4
#: Domains of large operators, by whose servers it is told; the first that is not the recipient's.
CONTROLS = ("gmail.com", "outlook.com")


async def port_25(
    journey: Journey, walked: Sequence[Walked], settings: Settings, resolver: Resolver, *, allow_private: bool
) -> str | None:
    """The other operator's domain whose servers are silent too; None where one answers or it cannot be told.

    Asks nobody unless every address of the recipient's is silent. Connects, and says nothing.
    """
    mine = [_silence(one) for one in walked]
    if not mine or any(kind is not FailureKind.TIMEOUT for kind in mine):
        return None
    own = {_operator(one.host) for one in walked}
    for control in (journey.control,) if journey.control else CONTROLS:
        servers = await mail_servers(resolver, control, allow_private=allow_private, family="any")
        if any(_operator(host.name) in own for host in servers.hosts):
            continue
        addresses = [(host.name, address) for host in servers.hosts for address in host.addresses][:_MOST]
        others = await asyncio.gather(*(_knock(host, address, journey.port, settings) for host, address in addresses))
        return control if port_blocked(mine, others) else None
    return None


def _operator(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def _silence(walked: Walked) -> FailureKind | None:
    failure = walked.transcript.failure
    return failure.kind if failure is not None and failure.stage is Stage.CONNECT else None


async def _knock(host: str, address: str, port: int, settings: Settings) -> FailureKind | None:
    """Connect and hang up; gives why that failed."""
    route = Route(host, address, port, origin="mx")
    dial = dial_for(Target(host, host, port), route, msgspec.structs.replace(settings, proxy=None), "localhost")
    session = Session(1, route, dial, Record(lambda index: None), asyncio.get_running_loop().time() + settings.timeout)
    try:
        failure = await session.connect(implicit_tls=False)
    finally:
        session.close()
    if failure is None:
        return None
    # The deadline of this one step is its timeout.
    return FailureKind.TIMEOUT if failure.kind is FailureKind.DEADLINE else failure.kind
