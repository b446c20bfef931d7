"""The shortest way into TLS: connect, greeting, EHLO, STARTTLS, for questions that end with the handshake."""

from __future__ import annotations

from smtpprobe.model import Command, Reply
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.wire import ehlo
from smtpprobe.wire.dial import Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

#: What a server does in the handshake that does not take what it is offered: some send an alert, some hang up.
_DECLINED = (FailureKind.TLS_HANDSHAKE, FailureKind.CLOSED, FailureKind.RESET)


async def into_tls(session: Session, record: Record, *, implicit_tls: bool) -> str:
    """Go up to the end of the handshake; why that was not reached, "" where it was. The caller closes the session."""
    failure = await session.connect(implicit_tls=implicit_tls)
    if failure is not None:
        return failure.detail or failure.kind.meaning
    if implicit_tls:
        return ""
    if refused := _refused((await session.greeting()).reply, session, "greeting"):
        return refused
    reply = await introduce(session, record, Stage.EHLO)
    if refused := _refused(reply, session, "EHLO"):
        return refused
    if reply is None or "STARTTLS" not in ehlo.read(reply):
        return "STARTTLS is not offered"
    return _refused((await session.starttls()).reply, session, "STARTTLS")


async def introduce(session: Session, record: Record, stage: Stage) -> Reply | None:
    """EHLO, and the reply to it."""
    (index,) = await session.flight([Line(Command(b"EHLO " + session.dial.ehlo_name.encode()))], stage)
    return record.exchanges[index].reply


def declined(session: Session) -> bool:
    """Did the server decline in the handshake itself?"""
    failure = session.failure
    return failure is not None and failure.stage is Stage.HANDSHAKE and failure.kind in _DECLINED


def _refused(reply: Reply | None, session: Session, step: str) -> str:
    if session.failure is not None:
        return session.failure.detail or session.failure.kind.meaning
    if reply is None or not reply.positive:
        return f"the server says {reply.code if reply is not None else 'nothing'} to {step}"
    return ""
