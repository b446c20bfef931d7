"""Reads the dialogues in Exchange's protocol logs: SMTP send and SMTP receive, each reply with its command."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from msgspec import Struct, field

from smtpprobe import redaction
from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import TEXT_LIMIT
from smtpprobe.explain.readers.dialogue import exchange_of
from smtpprobe.explain.readers.exchange_csv import columns, values
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, NAME_LIMIT, Said, Table, given, said, shown
from smtpprobe.model import Exchange
from smtpprobe.outcome import State

SESSIONS_LIMIT = 200
EXCHANGES_LIMIT = 60
REPLY_LIMIT = 2 * 1024
COMMAND_LIMIT = 1024
LINES_LIMIT = 60

_COLUMNS = columns(
    "date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context"
)
_SHAPE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,16}Z?,(?:\"[^\"]{0,300}\"|[^,\"]{0,300}),[0-9A-Fa-f]{16},[0-9]{1,9},"
    r"[^,]{0,60},[^,]{0,60},[-+<>*],"
)
_REPLY = re.compile(r"(?P<code>[2-5][0-9]{2})(?:(?P<mark>[ -])(?P<text>.*)|\Z)", re.DOTALL)
_ANGLE = re.compile(r"<([^<>\s]{0,320})>")
# What the * lines say of sessions that did not go well; all others tell of steps and settings.
_FAILURE = re.compile(
    r"\b(?:fail(?:ed|ure)|error|refused|rejected|denied|timed out|exceeded|too many|unable|cannot|could not|"
    r"not trusted|disconnected|dropped|blocked|status Retry)\b",
    re.IGNORECASE,
)
_QUOTED_REPLY = re.compile(
    r"\b(?:response|reply|with|returned|due to):? [\"']?(?P<reply>[45][0-9]{2}[ -].{1,2000})", re.DOTALL
)


class _Session(Struct):
    """One connection: what was asked and not yet answered, the reply that comes in, and what was said before.

    ``server`` is the mark of the side that answers: < in a send log, > in a receive log.
    """

    server: str = ""
    asked: deque[str] = field(default_factory=deque)
    code: int | None = None
    texts: list[str] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    encrypted: bool = False
    host: str = ""
    sender: str = ""
    secrets: redaction.Secrets = field(default_factory=redaction.Secrets)


class ExchangeProtocolReader:
    """An event for each reply and each failure. In a receive log the client's lines are ``<``; a reply shows whose."""

    def __init__(self) -> None:
        self._columns = _COLUMNS
        self._server = ""
        self._sessions: Table[_Session] = Table(SESSIONS_LIMIT)

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        if line.startswith("#"):
            return self._head(line)
        if not _SHAPE.match(line):
            return None
        fields = values(line)
        named = self._columns
        if len(fields) < len(named) - 1:
            return None
        name, event = fields[named["sessionid"]], fields[named["event"]]
        data = fields[named["data"]]
        time = fields[named["datetime"]][:NAME_LIMIT]
        if event == "+":
            self._sessions.put(name, _Session(self._server))
            return ()
        session = self._sessions.get(name)
        if session is None:
            session = _Session(self._server)
            self._sessions.put(name, session)
        if event in "<>":
            reply = _REPLY.match(data)
            session.server = session.server or (event if reply else "")
            if event != session.server:
                _ask(session, data)
                return ()
            session.host = session.host or _address(fields[named["remoteendpoint"]], session.server)
            return _answer(session, reply, time, number) if reply else ()
        context = fields[named["context"]] if len(fields) > named["context"] else ""
        session.host = session.host or _address(fields[named["remoteendpoint"]], session.server)
        if event == "-":
            self._sessions.pop(name)
        return _remark(session, event, data, context, time, line, number)

    def end(self) -> Sequence[Event]:
        return ()

    def _head(self, line: str) -> Sequence[Event] | None:
        if line.lower().startswith("#log-type:"):
            self._server = "<" if "SMTP Send" in line else ">" if "SMTP Receive" in line else ""
            return () if "Protocol" in line else None
        if not line.startswith("#Fields:"):
            return None
        named = columns(line.removeprefix("#Fields:"))
        if not named.keys() >= set(_COLUMNS):
            return None
        self._columns = named
        return ()


def _ask(session: _Session, data: str) -> None:
    """A command. What follows a challenge is a secret, whatever it looks like (RFC 4954 4)."""
    line = data[:COMMAND_LIMIT].strip()
    challenged = bool(session.exchanges) and session.exchanges[-1].code == 334
    if len(session.asked) < EXCHANGES_LIMIT:
        session.asked.append(session.secrets.command(line, challenged=challenged))


def _answer(session: _Session, reply: re.Match[str], time: str, number: int) -> Sequence[Event]:
    """A line of a reply; the event of a reply that is complete now."""
    code = int(reply["code"])
    if session.code != code:
        session.code, session.texts = code, []
    if len(session.texts) < LINES_LIMIT:
        room = REPLY_LIMIT - sum(map(len, session.texts))
        session.texts.append(session.secrets.spoken((reply["text"] or "")[: max(0, room)], code))
    if reply["mark"] == "-":
        return ()
    texts, session.code, session.texts = session.texts, None, []
    command = _command(session, code)
    exchange = exchange_of(code, texts, command, greeting=command == "greeting", encrypted=session.encrypted)
    session.exchanges = [*session.exchanges[1 - EXCHANGES_LIMIT :], exchange]
    return (_event(session, exchange, code, texts, command, time, number),)


def _command(session: _Session, code: int) -> str | None:
    """What this reply answers."""
    if session.asked:
        return session.asked.popleft()
    if not session.exchanges:
        return "greeting" if code in {220, 421, 554} else None
    # The message itself is not logged.
    return "DATA" if session.exchanges[-1].code == 354 else None


def _event(
    session: _Session, exchange: Exchange, code: int, texts: list[str], command: str | None, time: str, number: int
) -> Event:
    verb, _, argument = (command or "").partition(" ")
    verb = verb.upper()
    name = texts[0].partition(" ")[0]
    if command == "greeting" and code == 220 and "." in name:
        session.host = name[:NAME_LIMIT]
    addressed = _ANGLE.search(argument)
    if verb == "MAIL" and addressed:
        session.sender = addressed[1]
    session.encrypted = session.encrypted or (code == 220 and verb == "STARTTLS")
    text = "\n".join(texts)[:TEXT_LIMIT]
    return Event(
        source="exchange-protocol",
        text=text,
        code=code,
        enhanced=exchange.reply.enhanced if exchange.reply else None,
        command=command,
        host=session.host,
        recipient=addressed[1][:ADDRESS_LIMIT] if addressed and verb == "RCPT" else "",
        sender=session.sender,
        time=time,
        state={4: State.DEFERRED, 5: State.FAILED}.get(code // 100, State.UNKNOWN),
        line=number,
        given=given("\n".join(f"{code}{' ' if line is texts[-1] else '-'}{line}" for line in texts)),
        context=tuple(session.exchanges),
    )


def _remark(
    session: _Session, event: str, data: str, context: str, time: str, line: str, number: int
) -> Sequence[Event]:
    """What Exchange says itself, where that tells of a failure."""
    words = " ".join(filter(None, (data, context)))[:TEXT_LIMIT]
    if event == "-":
        # Remote(ConnectionReset), Local(Timeout); plain Remote and Local are the ordinary ends.
        if not ("(" in words and _ends_badly(words)):
            return ()
        reply = Said(None, None, f"connection ended: {shown(words)}")
    elif _FAILURE.search(words):
        quoted = _QUOTED_REPLY.search(words)
        reply = said(quoted["reply"].rstrip('"')) if quoted else said(words)
    else:
        return ()
    return (
        Event(
            source="exchange-protocol",
            text=reply.text,
            code=reply.code,
            enhanced=reply.enhanced,
            command=session.asked[0] if session.asked else None,
            host=session.host,
            sender=session.sender,
            time=time,
            state=reply.state,
            line=number,
            given=given(line),
        ),
    )


def _address(endpoint: str, server: str) -> str:
    """The other end's address, where that is the server."""
    return endpoint.rpartition(":")[0][:NAME_LIMIT] if server == "<" else ""


def _ends_badly(words: str) -> bool:
    return any(mark in words for mark in ("Error", "Reset", "Timeout", "TimedOut", "Aborted", "Shutdown"))
