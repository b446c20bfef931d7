"""What is kept of a connection that is over."""

from __future__ import annotations

import asyncio

from smtpprobe.model import Connection
from smtpprobe.wire.session import Session


def account(session: Session) -> Connection:
    """The facts of a connection, complete once it is closed."""
    return Connection(
        number=session.number,
        address=session.route.address or session.dial.path or "",
        port=session.route.port,
        opened_ns=session.opened_ns,
        connect_ns=session.connect_ns,
        closed_by=session.closed_by,
        refusals=session.refusals,
        handshake_ns=session.handshake_ns,
        failure=session.failure,
        tls=session.facts,
        round_trips=session.round_trips,
    )


#: An aborted transport closes its socket a turn of the loop later, TLS tells it in the one before, and so does uvloop.
_TURNS_TO_CLOSE = 4


async def closed() -> None:
    """Let what was closed be gone."""
    for _ in range(_TURNS_TO_CLOSE):
        await asyncio.sleep(0)
