"""Reads what applications throw: exceptions, tracebacks, object dumps, events of sending services. Knows no wording.

An error is told over several lines by most languages: wrappers and causes in any order, frames between them. All lines
of one error make one event (one for each recipient), whose text holds the words of wrapper and cause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from smtpprobe.catalogue import faults
from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.app_events import service_events
from smtpprobe.explain.readers.app_phrases import quoted_replies
from smtpprobe.explain.readers.app_thrown import Thrown, address_in, command_of, quoted, safe
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, NAME_LIMIT, Said, said
from smtpprobe.explain.readers.prefix import parted
from smtpprobe.outcome import State

_MOST_LINES = 2_000
_MOST_THROWN = 1_000
_FRONT = 250

_TRACEBACK = "Traceback (most recent call last)"
_STAMP = re.compile(
    r"\[?(?P<time>[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)\]?\s{1,3}"
)
# A dialogue's lines and a reply at the front belong to another reader, and so does what a mail server logs.
_OTHERS = re.compile(
    r"\s{0,20}(?:(?:smtp;\s?)?[2-5][0-9]{2}(?:[ -]|\Z)|(?:SERVER|CLIENT) -> |<[-~*=<\s]|[-~*=]{1,2}[->]|>[>\s]|"
    r"[CS]: |In: |Out: |SMTP(?:<<|>>)|send: |reply: |Net::SMTP\S{0,40}(?:>>>|<<<))"
)
_SERVERS = re.compile(r"postfix|exim|sendmail|sm-mta|smtpd|qmail|opensmtpd|dovecot|kumod|spamd|rspamd|amavis", re.I)
_REPLY_WITHIN = re.compile(r"\b[245][0-9]{2}[ -]#?[245]\.[0-9]{1,3}\.[0-9]{1,3}\b")
# Between the lines that tell something: frames of Python, Node, Java, .NET, PHP, Ruby, Go; brackets; ends of causes.
_FRAME = re.compile(
    r"\s{0,80}(?:at\s.{0,900}|File \".{0,900}|#[0-9]{1,4}\s.{0,900}|from .{0,900}:in .{0,300}|"
    r"\.\.\. [0-9]{1,5} (?:more|common).{0,80}|[~^]{1,400}|\[stacktrace\]|Stack trace:|thrown in .{0,900}|"
    r"The server's SSL certificate could not .{0,80}|--- End of .{0,80}|"
    r"[\]}){(\[;,\"'.]{1,9}|[\"'`].{0,900}[\"'`],?|goroutine [0-9]{1,9} .{0,80})",
    re.DOTALL,
)
_CAUSE = re.compile(
    r"\s{0,80}(?:During handling of the above exception.{0,80}|The above exception was the direct cause.{0,80}|"
    r"nested exception is:?|Caused by:?|Suppressed:|--->|•|\[cause\]:|\[previous exception\]|"
    r"Next (?=[\w\\]{1,200}(?:Exception|Error)\b))\s{0,9}"
    r"(?P<rest>.{0,8000})",
    re.DOTALL,
)
_FIELD = re.compile(
    r"\s{0,40}[{\[]?\s{0,3}[\"']?(?P<name>[A-Za-z_]\w{0,40})[\"']?:\s{0,3}(?P<value>.{0,8000})", re.DOTALL
)
_MSMTP_REPLY = re.compile(r"\Amsmtp: (?:LMTP )?server (?:message|sent): ")
# Programs that tell of one failure in several lines, each with the same beginning: msmtp, swaks, curl.
_TELLER = re.compile(r"(?P<msmtp>msmtp: )|(?P<swaks>\*{3} )|(?P<curl>\* |curl: )")
# Symfony and Swift Mailer put the whole reply between quotes.
_END_OF_MESSAGE = re.compile(r"\"(?:\.(?:\s.*)?)?\Z", re.DOTALL)
_NODE_CODE = re.compile(r"E[A-Z0-9_]{3,30}")
_EXCEPTION = re.compile(r"(?:[A-Za-z_]\w{0,80}\.){0,12}[A-Za-z_]\w{0,80}(?::\s.{0,8000})?", re.DOTALL)
_PERSON = re.compile(r"\b(?:I|I'm|we|my|our|us|you|they|he|she|hello|hi|dear|thanks|regards|yesterday|today)\b", re.I)
_TECHNICAL = re.compile(r"[:=\[\](){}<>_/]|[0-9]|[a-z][A-Z]")
_HOST = re.compile(
    r"(?:\bconnect(?:ing|ion)? to(?: SMTP)?(?: host| server)?:?|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|"
    r"EHOSTUNREACH|ENETUNREACH|resolve (?:host|proxy):?|locate host|lookup|dial tcp:?|SMTP host:|with host|"
    r"to host, port:)\s{1,3}"
    r"[\"'<\[(]{0,2}(?:(?:tcp|ssl|tls)://)?"
    r"(?P<host>[A-Za-z0-9][\w-]{0,62}\.[\w.-]{0,180}\w|[0-9a-f]{0,4}:[0-9a-f:]{1,40}|localhost)"
)


class _Error(Struct):
    """An error whose lines are being read.

    ``body``: a traceback has begun whose last line is still to come. ``cause``: the next line tells one. ``code``: a
    reply of this code goes on. ``literal``: the property's text that goes on. ``last``: the line before.
    """

    line: int
    time: str
    given: str
    thrown: list[Thrown]
    lines: int = 1
    body: bool = False
    cause: bool = False
    code: str = ""
    literal: str = ""
    last: str = ""


class ApplicationReader:
    """Reads one error at a time. It is complete when a line comes that cannot be part of it."""

    def __init__(self) -> None:
        self._error: _Error | None = None
        self._complete: tuple[Event, ...] = ()

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        if self._error is not None:
            if _goes_on(self._error, line):
                return ()
            self._close()
        self._error = _begun(line, number)
        return None if self._error is None else self._taken()

    def end(self) -> Sequence[Event]:
        self._close()
        return self._taken()

    def _close(self) -> None:
        if self._error is not None:
            self._complete += _events(self._error)
            self._error = None

    def _taken(self) -> Sequence[Event]:
        taken, self._complete = self._complete, ()
        return taken


def _begun(line: str, number: int) -> _Error | None:
    """An error that begins with this line."""
    if not line or line.isspace():
        return None
    prefix = parted(line)
    stamp = _STAMP.match(prefix.rest)
    text = prefix.rest[stamp.end() :] if stamp else prefix.rest
    if _OTHERS.match(text):
        return None
    error = _Error(number, prefix.time or (stamp["time"] if stamp else ""), "", [], last=text[:200])
    error.body = _TRACEBACK in text[:_FRONT]
    told = None if error.body else service_events(text)
    error.thrown += told or ()
    if not error.body and told is None:
        logged = _SERVERS.match(prefix.program) is not None
        if not _add(error, text, logged=logged) and not _property(error, text):
            return None
    error.given = safe(line[:GIVEN_LIMIT])
    return error


def _goes_on(error: _Error, line: str) -> bool:
    """Take a line that is part of the error; False for one that is not."""
    error.lines += 1
    if error.lines > _MOST_LINES:
        return False
    text = parted(line).rest
    bare = text.strip()
    previous, error.last = error.last, text[:200]
    if error.body:
        return _in_traceback(error, text, bare)
    if not bare:
        return True
    if _TRACEBACK in text[:_FRONT]:
        error.body, error.cause = True, False
        return True
    if error.cause:
        error.cause = False
        return _add(error, text) or _EXCEPTION.fullmatch(bare) is not None
    reply = _MSMTP_REPLY.sub("", bare)
    if error.code and reply[:3] == error.code and reply[3:4] in {"", " ", "-"}:
        _prolong(error, reply)
        return True
    if error.literal and bare[:1] in "\"'`":
        _respond(error, bare)
        return True
    if cause := _CAUSE.match(text):
        error.cause = not _add(error, cause["rest"]) and not cause["rest"]
        return True
    if _FRAME.fullmatch(bare) or (text[:1] in " \t{" and _property(error, text)):
        return True
    teller, before = _TELLER.match(bare), _TELLER.match(previous.lstrip())
    if teller is None or before is None or teller.lastgroup != before.lastgroup or "could not send" in previous:
        return False
    _add(error, text)
    return True


def _in_traceback(error: _Error, text: str, bare: str) -> bool:
    """Frames, source lines and carets are indented; the first line that is not names the exception."""
    if not bare or text[:1] in " \t|+":
        return True
    error.body = False
    if _add(error, text):
        error.given = safe(bare[:GIVEN_LIMIT])
        return True
    return _EXCEPTION.fullmatch(bare) is not None


def _add(error: _Error, text: str, *, logged: bool = False) -> bool:
    """Add what a line tells: the replies that it quotes, or the words of a failure. False if it tells nothing.

    Of what a mail server ``logged`` only a quoted reply counts.
    """
    found = quoted_replies(text)
    if not found and not logged:
        found = _failure(text)
    for thrown in found:
        _merge(error, thrown)
    code = str(found[-1].said.code) if found and found[-1].said.code is not None else ""
    error.code = code if code and text.rfind(f"{code}-") > text.rfind(f"{code} ") else ""
    return bool(found)


def _failure(text: str) -> tuple[Thrown, ...]:
    """The words of a failure that the catalogue knows; nothing where a person tells of it."""
    text = text[:TEXT_LIMIT]
    if _REPLY_WITHIN.search(text) or (_PERSON.search(text) and not _TECHNICAL.search(text)):
        return ()
    if faults.match(text) is None:
        return ()
    host = _HOST.search(text)
    return (Thrown(said(safe(text)), recipient=address_in(text), host=host["host"] if host else ""),)


def _merge(error: _Error, thrown: Thrown) -> None:
    """Join a cause to what wraps it: a reply tells more than words, and words of both are kept."""
    last = error.thrown[-1] if error.thrown else None
    if last is None or (last.said.code is not None and thrown.said.code is not None and not _same(last, thrown)):
        if len(error.thrown) < _MOST_THROWN:
            error.thrown.append(thrown)
    elif last.said.code is not None:
        return
    elif thrown.said.code is not None:
        error.thrown[-1] = msgspec.structs.replace(
            thrown,
            command=thrown.command or command_of(last.said.text),
            host=thrown.host or last.host,
            recipient=thrown.recipient or last.recipient,
        )
    elif thrown.said.text not in last.said.text:
        both = f"{last.said.text}\n{thrown.said.text}"[:TEXT_LIMIT]
        said_by_both = Said(None, last.said.enhanced or thrown.said.enhanced, both)
        error.thrown[-1] = msgspec.structs.replace(last, said=said_by_both, host=last.host or thrown.host)


def _same(one: Thrown, other: Thrown) -> bool:
    """Do both tell of one reply? A wrapper often repeats the reply of its cause."""
    return one.said.code == other.said.code and (
        one.recipient == other.recipient or not one.recipient or not other.recipient
    )


def _prolong(error: _Error, bare: str) -> None:
    """Add a line of the reply that the error quotes."""
    last = error.thrown[-1]
    error.code = error.code if bare[3:4] == "-" else ""
    words = _END_OF_MESSAGE.sub("", safe(bare[4:]))
    text = f"{last.said.text}\n{words}"[:TEXT_LIMIT]
    error.thrown[-1] = msgspec.structs.replace(last, said=Said(last.said.code, last.said.enhanced, text))


def _property(error: _Error, text: str) -> bool:
    """Read a property of an error object, as Node prints it. False if it is none, or tells nothing at the beginning."""
    found = _FIELD.match(text)
    if found is None:
        return False
    name, value = found["name"], found["value"].strip()
    literal = quoted(value, 0) if value[:1] in {"'", '"', "`"} else None
    word = literal[0] if literal else value.rstrip(",} ")
    if name == "response" and literal:
        error.literal = ""
        _respond(error, value)
    elif name == "responseCode" and word.isdigit() and len(word) == 3:
        _merge(error, Thrown(Said(int(word), None, "")))
    elif name == "code" and _NODE_CODE.fullmatch(word) and (error.thrown or faults.match(word)):
        _merge(error, Thrown(Said(None, None, word)))
    elif error.thrown:
        _describe(error, name, word)
    return bool(error.thrown)


def _describe(error: _Error, name: str, word: str) -> None:
    last = error.thrown[-1]
    if name == "command" and (command := command_of(word)):
        error.thrown[-1] = msgspec.structs.replace(last, command=command)
    elif name in {"host", "hostname", "address"} and not last.host:
        error.thrown[-1] = msgspec.structs.replace(last, host=word[:NAME_LIMIT])
    elif name == "recipient" and not last.recipient:
        error.thrown[-1] = msgspec.structs.replace(last, recipient=word[:ADDRESS_LIMIT])


def _respond(error: _Error, literal: str) -> None:
    """Take a string literal, or its next part, as the server's whole response."""
    found = quoted(literal, 0)
    if found is None:
        return
    whole = f"{error.literal}{found[0]}"[:TEXT_LIMIT]
    error.literal = whole if literal.rstrip().endswith("+") else ""
    reply = said(whole)
    if reply.code is None:
        return
    if error.thrown:
        error.thrown[-1] = msgspec.structs.replace(error.thrown[-1], said=reply)
    else:
        error.thrown.append(Thrown(reply))


def _events(error: _Error) -> tuple[Event, ...]:
    return tuple(
        Event(
            source="application",
            text=one.said.text[:TEXT_LIMIT],
            code=one.said.code,
            enhanced=one.said.enhanced,
            command=one.command,
            host=one.host[:NAME_LIMIT],
            recipient=one.recipient[:ADDRESS_LIMIT],
            sender=one.sender[:ADDRESS_LIMIT],
            time=one.time or error.time,
            state=one.state or (State.UNKNOWN if one.said.code is None else one.said.state),
            reason=one.reason,
            line=error.line,
            given=error.given,
        )
        for one in error.thrown
    )
