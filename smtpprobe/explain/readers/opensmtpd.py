"""Reads OpenSMTPD's log: sessions and deliveries as versions 6 and 7 write them, and the sentences of version 5."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpprobe import redaction
from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import TEXT_LIMIT
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, NAME_LIMIT, Attempts, Said, Table, given, said
from smtpprobe.explain.readers.prefix import parted
from smtpprobe.outcome import Reason, State

SESSIONS_LIMIT = 500

_SESSION = re.compile(
    r"(?P<id>[0-9a-f]{16}) (?P<part>smtp(?:-in|-out)?|mta|mda|lmtp) (?:event=)?(?P<event>[a-z_-]{1,40})(?:[:= ]|\Z)"
)
# queue_log() and, until version 6.0, every delivery.
_ENVELOPE = re.compile(r"(?:relay|delivery): (?P<result>[A-Za-z]{2,20}) for [0-9a-f]{16}: (?P<rest>.*)", re.DOTALL)
_NAMED_SESSION = re.compile(r"\bsession (?P<id>[0-9a-f]{16})")
_ROUTE = re.compile(r"<-> (?P<address>[^\s()]{1,80}?)(?=:?(?: |\Z))(?: \((?P<name>[^\s()]{1,255})\))?")
_RELAY = re.compile(r"\[relay:(?P<domain>[^,\]\s]{1,255})")
_ANGLE = re.compile(r"<([^<>\s]{1,320})>")
_REJECTED = re.compile(r"(?P<step>BANNER|[A-Z]{4,8}) rejected: ")
_NEXT_PLAIN = re.compile(r",? [a-z]{2,10}=")
_NEXT_QUOTED = re.compile(r'(?<!\\)"(?: [a-z]{2,10}=|\s{0,3}\Z)')
_STATES = {
    "ok": State.ACCEPTED,
    "tempfail": State.DEFERRED,
    "permfail": State.FAILED,
    "loop": State.FAILED,
    "expire": State.FAILED,
    "expired": State.FAILED,
    "remove": State.FAILED,
}
_NO_ROUTE = ("No valid route", "Address family mismatch")
# An end of a session that says nothing of a mail.
_ENDS = frozenset({"", "quit", "disconnect", "done"})


class OpenSmtpdReader:
    """Hosts are learnt from the lines that open a connection, for those that only name the session."""

    def __init__(self) -> None:
        self._hosts: Table[str] = Table(SESSIONS_LIMIT)
        self._attempts = Attempts()

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        found = self._read(line, number)
        return self._attempts.joined(found) if found else found

    def _read(self, line: str, number: int) -> Sequence[Event] | None:
        session = _SESSION.match(line)
        if session is not None:
            return self._session(session, line[session.end() :], "", line, number)
        prefix = parted(line)
        rest = prefix.rest
        if prefix.program and prefix.program not in {"smtpd", "opensmtpd"}:
            return None
        session = _SESSION.match(rest)
        if session is not None:
            return self._session(session, rest[session.end() :], prefix.time, line, number)
        if rest.startswith(("relay: ", "delivery: ")) and (envelope := _ENVELOPE.match(rest)):
            return self._delivery(envelope["rest"], envelope["result"], "", prefix.time, line, number)
        if rest.startswith(("smtp-in: ", "smtp-out: ")):
            return self._sentence(rest, prefix.time, line, number)
        if not prefix.program:
            return None
        return self._warning(rest, prefix.time, line, number) if rest.startswith("warn: ") else ()

    def end(self) -> Sequence[Event]:
        return self._attempts.end()

    def _session(self, session: re.Match[str], rest: str, time: str, line: str, number: int) -> Sequence[Event]:
        part, event, name = session["part"], session["event"], session["id"]
        if event == "delivery":
            return self._delivery(rest, _value(rest, "result"), name, time, line, number)
        if event in {"failed-command", "bad-input"}:
            return (_refusal(_value(rest, "command"), _value(rest, "result"), time, line, number),)
        if event == "authentication":
            return _authentication(rest, time, line, number)
        if part in {"mta", "smtp-out"}:
            return self._outgoing(event, rest, name, time, line, number)
        reason = _value(rest, "reason")
        if event in {"disconnected", "closed"} and reason not in _ENDS:
            return (_ended(reason, time, line, number),)
        return ()

    def _outgoing(self, event: str, rest: str, name: str, time: str, line: str, number: int) -> Sequence[Event]:
        if event == "connecting":
            self._hosts.put(name, _value(rest, "host")[:NAME_LIMIT] or _value(rest, "address")[:NAME_LIMIT])
            return ()
        host = self._hosts.get(name) or ""
        reason = _value(rest, "reason")
        if event in {"disconnected", "closed", "closing"}:
            self._hosts.pop(name)
        command: str | None
        known = None
        if event == "error" or (event in {"disconnected", "closed", "closing"} and reason not in _ENDS):
            command, reply = _error(reason)
        elif event == "host-rejects-all-mails":
            command, reply = "greeting", said("host rejects all mails")
        elif event == "ssl_check_name":
            command, reply = "STARTTLS", said(f"certificate name check: {rest.strip()}")
            known = Reason.FAILEDSTARTTLS
        else:
            return ()
        return (_outgoing_event(reply, command, host, known, time, line, number),)

    def _delivery(self, rest: str, result: str, name: str, time: str, line: str, number: int) -> Sequence[Event]:
        """One attempt for one recipient (mta_log, mda_log, queue_log)."""
        state = _STATES.get(result.lower())
        if state is None:
            return ()
        reply = said(_value(rest, "stat"))
        relay = _value(rest, "relay").partition(" (")
        return (
            Event(
                source="opensmtpd",
                text=reply.text or result,
                code=reply.code,
                enhanced=reply.enhanced,
                host=(relay[2].rstrip(")") or relay[0] or self._hosts.get(name) or "")[:NAME_LIMIT].strip("-"),
                recipient=_value(rest, "to").strip("<>")[:ADDRESS_LIMIT],
                sender=_value(rest, "from").strip("<>")[:ADDRESS_LIMIT],
                time=time,
                state=state,
                reason=_reason(result, reply),
                line=number,
                given=given(line),
            ),
        )

    def _sentence(self, rest: str, time: str, line: str, number: int) -> Sequence[Event]:
        """What is told without a session in front: routes and MX records, and all that version 5 told of sessions."""
        part, _, text = rest.partition(": ")
        named = _NAMED_SESSION.search(text)
        if text.startswith("Connecting to ") and named is not None:
            self._hosts.put(named["id"], _ends_in(text[: named.start()]))
            return ()
        if text.startswith("Failed command on session ") and named is not None:
            asked, _, result = text[named.end() :].removeprefix(": ").rpartition(" => ")
            return (_refusal(asked.strip('"'), result, time, line, number),)
        if part != "smtp-out" or not text.startswith(("Error on ", "Failed to resolve MX", "No MX found", *_NO_ROUTE)):
            return ()
        route = _ROUTE.search(text) or _RELAY.search(text)
        host = (self._hosts.get(named["id"]) or "") if named else route[route.lastindex or 1] if route else ""
        command, reply = _error(text[named.end() :].partition(": ")[2] if named else text)
        known = Reason.NETWORKERROR if text.startswith(_NO_ROUTE) else None
        return (_outgoing_event(reply, command, host, known, time, line, number),)

    def _warning(self, rest: str, time: str, line: str, number: int) -> Sequence[Event]:
        reply = said(rest.removeprefix("warn: "))
        return (Event("opensmtpd", reply.text, reply.code, reply.enhanced, time=time, line=number, given=given(line)),)


def _refusal(asked: str, result: str, time: str, line: str, number: int) -> Event:
    """A reply of this server that was no yes (smtp_reply in smtp_session.c)."""
    reply = said(result)
    command = redaction.command(asked[:TEXT_LIMIT])
    addressed = _ANGLE.search(command)
    verb = command[:4].upper()
    return Event(
        source="opensmtpd",
        text=reply.text,
        code=reply.code,
        enhanced=reply.enhanced,
        command=command or None,
        recipient=addressed[1] if addressed and verb == "RCPT" else "",
        sender=addressed[1] if addressed and verb == "MAIL" else "",
        time=time,
        state=reply.state,
        line=number,
        given=given(line),
    )


def _authentication(rest: str, time: str, line: str, number: int) -> Sequence[Event]:
    result = _value(rest, "result")
    if result == "ok":
        return ()
    state = _STATES.get(result.lower(), State.UNKNOWN)
    text = f"authentication failed: {result}"
    return (Event("opensmtpd", text, command="AUTH", time=time, state=state, line=number, given=given(line)),)


def _ended(reason: str, time: str, line: str, number: int) -> Event:
    """A client's session that broke off."""
    known = Reason.FAILEDSTARTTLS if "SSL routines" in reason else None
    return Event(
        source="opensmtpd",
        text=said(f"disconnected: {reason}").text,
        time=time,
        reason=Reason.NETWORKERROR if reason == "timeout" else known,
        line=number,
        given=given(line),
    )


def _outgoing_event(
    reply: Said, command: str | None, host: str, reason: Reason | None, time: str, line: str, number: int
) -> Event:
    """One session of perhaps many: what became of the mail stands in a line of its own."""
    return Event(
        source="opensmtpd",
        text=reply.text,
        code=reply.code,
        enhanced=reply.enhanced,
        command=command,
        host=host,
        time=time,
        reason=reason,
        line=number,
        given=given(line),
    )


def _error(reason: str) -> tuple[str | None, Said]:
    """What mta_error() tells: a step and the reply that refused it, or the words of a failure."""
    reason = reason.removeprefix("IO Error: ")
    rejected = _REJECTED.match(reason)
    if rejected is None:
        return None, said(reason)
    step = rejected["step"]
    return "greeting" if step == "BANNER" else step, said(reason[rejected.end() :])


def _reason(result: str, reply: Said) -> Reason | None:
    """What the result tells, whatever the last reply was."""
    if result.lower() in {"expire", "expired"}:
        return Reason.EXPIRED
    return Reason.DELIVERED if result.lower() == "ok" and reply.code is None else None


def _value(rest: str, key: str) -> str:
    """The value behind a key. One in quotation marks may have such marks in it: it ends where the next key begins."""
    start = 0 if rest.startswith(f"{key}=") else rest.find(f" {key}=") + 1
    if start == 0 and not rest.startswith(f"{key}="):
        return ""
    start += len(key) + 1
    if rest[start : start + 1] == '"':
        end = _closing(rest, start + 1)
        return rest[start + 1 : end].replace('\\"', '"')
    if key in {"stat", "reason"}:
        return rest[start:].rpartition(" messages=")[0] or rest[start:]
    found = _NEXT_PLAIN.search(rest, start)
    return rest[start : found.start() if found else len(rest)]


def _closing(rest: str, start: int) -> int:
    found = _NEXT_QUOTED.search(rest, start)
    return found.start() if found else len(rest)


def _ends_in(text: str) -> str:
    """The name, or else the address, of "smtp://address:port (name) on "."""
    name = text.rpartition("(")[2].partition(")")[0] if "(" in text else ""
    return (name or text.split(" ")[2])[:NAME_LIMIT]
