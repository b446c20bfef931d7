"""Does a second connection resume the TLS session of the first? (RFC 8446 2.2, RFC 5077)"""

from __future__ import annotations

import ssl
from typing import cast

from smtpprobe.journey import Resumption
from smtpprobe.model import Route
from smtpprobe.outcome import Stage
from smtpprobe.wire import tls
from smtpprobe.wire.arrival import into_tls, introduce
from smtpprobe.wire.causes import reason
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session


class _Resuming(Session):
    """A session whose handshake offers to go on with an earlier one."""

    shared: tls.ResumingContext

    def context(self) -> ssl.SSLContext:
        return self.shared

    @property
    def agreed(self) -> ssl.SSLObject:
        """What the handshake left."""
        transport = self.protocol.transport
        return cast("ssl.SSLObject", transport.get_extra_info("ssl_object") if transport is not None else None)


async def resumption(route: Route, dial: Dial, deadline: float, *, implicit_tls: bool) -> Resumption:
    """Open two connections, one after the other, the second with the session of the first; never raises.

    ``deadline`` is a time of the event loop's clock.
    """
    try:
        shared = tls.build(tls.ResumingContext, dial.client_certificate, dial.client_key, dial.tls_version)
    except OSError as error:
        return Resumption(None, detail=reason(error))
    answer = Resumption(None)
    for number in (1, 2):
        record = Record(lambda _: None)
        session = _Resuming(number, route, dial, record, deadline)
        session.shared = shared
        try:
            answer = await _visit(session, record, implicit_tls)
        finally:
            session.close()
        if answer.resumed is None:
            break
    return answer


async def _visit(session: _Resuming, record: Record, implicit_tls: bool) -> Resumption:
    """One connection; leaves its TLS session for the next one."""
    why = await into_tls(session, record, implicit_tls=implicit_tls)
    if why:
        return Resumption(None, detail=why)
    agreed = session.agreed
    seen = Resumption(bool(agreed.session_reused), agreed.version() or "")
    if implicit_tls:
        await session.greeting()
    # In TLS 1.3 tickets come after the handshake, with what the server sends next (RFC 8446 4.6.1).
    await introduce(session, record, Stage.TLS)
    session.shared.offered = agreed.session
    await session.quit()
    return seen
