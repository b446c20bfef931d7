"""Which versions of TLS a server shakes hands for: one connection for each, one after the other."""

from __future__ import annotations

import ssl

import msgspec

from smtpprobe.journey import VersionSeen
from smtpprobe.model import Route
from smtpprobe.wire.arrival import declined, into_tls
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

NOT_OFFERED = "not offered by this OpenSSL"

#: The versions that exist and are spoken by somebody, the newest first, and whether this OpenSSL was built with them.
_VERSIONS = (
    ("TLSv1.3", ssl.TLSVersion.TLSv1_3, ssl.HAS_TLSv1_3),
    ("TLSv1.2", ssl.TLSVersion.TLSv1_2, ssl.HAS_TLSv1_2),
    ("TLSv1.1", ssl.TLSVersion.TLSv1_1, ssl.HAS_TLSv1_1),
    ("TLSv1", ssl.TLSVersion.TLSv1, ssl.HAS_TLSv1),
)
#: How OpenSSL words that its configuration leaves nothing of the version that is asked for.
_NOTHING_LEFT = "no protocols available"


async def versions(route: Route, dial: Dial, deadline: float, *, implicit_tls: bool) -> tuple[VersionSeen, ...]:
    """Try each version of TLS on a connection of its own; never raises.

    ``deadline`` is a time of the event loop's clock. Where a connection fails before its handshake, the server may have
    had enough of us: no further one is opened.
    """
    seen: list[VersionSeen] = []
    stopped = ""
    for number, (name, version, built) in enumerate(_VERSIONS, 1):
        if not built:
            seen.append(VersionSeen(name, None, NOT_OFFERED))
        elif stopped:
            seen.append(VersionSeen(name, None, f"not tried, since before it {stopped}"))
        else:
            one, stopped = await _try(name, number, route, _only(dial, version), deadline, implicit_tls)
            seen.append(one)
    return tuple(seen)


def _only(dial: Dial, version: ssl.TLSVersion) -> Dial:
    return msgspec.structs.replace(dial, tls_version=version)


async def _try(
    name: str, number: int, route: Route, dial: Dial, deadline: float, implicit_tls: bool
) -> tuple[VersionSeen, str]:
    """What was seen of this version, and why no further one should be tried."""
    record = Record(lambda _: None)
    session = Session(number, route, dial, record, deadline)
    try:
        why = await into_tls(session, record, implicit_tls=implicit_tls)
        if not why:
            await session.quit()
            return VersionSeen(name, True), ""
        if why == _NOTHING_LEFT:
            return VersionSeen(name, None, NOT_OFFERED), ""
        if declined(session):
            return VersionSeen(name, False, why), ""
        return VersionSeen(name, None, why), why
    finally:
        session.close()
