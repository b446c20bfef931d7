"""Reads replies and the commands between them, as telnet, swaks, curl, libraries and this program print them.

The last reader to be asked: it takes any line that has a reply in it. Secrets are redacted as they are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from smtpprobe import redaction
from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.model import Command, Exchange, Reply
from smtpprobe.outcome import Stage

CONTEXT_LIMIT = 250
LINES_LIMIT = 1_000

# swaks: <-  <** <~  <~*  -> ~>; curl and msmtp: < > <-- -->; sendmail -v: <<< >>>; Postfix's transcripts: Out: In:;
# PHPMailer, nodemailer and JavaMail: SERVER -> CLIENT:, S: C:; Exim -d: SMTP<< SMTP>>; smtplib: reply: send:.
_STAMP = r"(?:\[?[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,Z+]{8,20}\]?\s{0,4})?(?:DEBUG\s{1,4})?"
_MARK = re.compile(
    rf"{_STAMP}(?:(?P<server>SERVER -> CLIENT:|S:|Out:|SMTP<<|<<<|reply: b?'|←|"
    r"<[-~]?\*{1,2}|<[-=~]{1,2}|<(?=\s{0,9}\d))|"
    r"(?P<client>CLIENT -> SERVER:|C:|In:|SMTP>>|>>>|send: b?'|→|\*{1,2}[-~]?>|[-=~]{1,2}>|>))"
)
_SURELY = re.compile(r"[2-5][0-9]{2}(?:[ -]|$)|[1-9][0-9]{2}$|[245X]\.[0-9]{1,3}\.[0-9]{1,3}$", re.IGNORECASE)
_REPLY = re.compile(r"(?:smtp;\s{0,9})?(?P<code>[1-9][0-9]{2})(?:(?P<mark>[ -])(?P<text>.*))?", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?P<code>[245][0-9]{2})(?P<mark>[ -])(?P<text>#?[245]\.[0-9]{1,3}\.[0-9]{1,3}\b.*)")
_QUOTED = re.compile(
    r"\b(?:smtp;\s{0,9}|(?:said|says|respon[sd]e|responded|reply|replied|returned|answered|error|rejected)"
    r"(?: was| with)?\W{1,6})"
    r"(?P<code>[245][0-9]{2})(?P<mark>[ -])(?P<text>.{2,})",
    re.IGNORECASE,
)
_IN_REPLY_TO = re.compile(r"\(in reply to (?:end of )?([A-Z]{4,8})\b", re.IGNORECASE)
_ENHANCED_ALONE = re.compile(r"(?P<code>[245X]\.[0-9]{1,3}\.[0-9]{1,3})(?:\s(?P<text>.*))?", re.IGNORECASE)
# At the front as RFC 2034 has it; elsewhere only with the number sign of qmail and IronPort.
_ENHANCED = re.compile(r"\A([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])|#([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
_VERB = re.compile(
    r"(?:EHLO|HELO|LHLO|MAIL|RCPT|DATA|BDAT|RSET|NOOP|QUIT|VRFY|EXPN|HELP|AUTH|STARTTLS|ETRN|XCLIENT|XFORWARD|BURL|TURN|"
    r"ATRN)\b",
    re.IGNORECASE,
)
_TOOK = re.compile(r"\s{2,20}[0-9.,]{1,9} m?s$")


def is_dialogue(line: str) -> bool:
    """Is a line marked as one side's, or does it begin with a reply code, or hold nothing but a code?"""
    bare = line[:200].strip()
    return _MARK.match(bare) is not None or _SURELY.match(bare) is not None


class _Heard(Struct):
    """A reply as it comes in. ``open``: its last line promised another one; ``ours``: this program printed it."""

    code: int
    texts: list[str]
    command: str | None
    line: int
    open: bool
    ours: bool

    @property
    def pasted(self) -> str:
        last = len(self.texts) - 1
        lines = (f"{self.code}{' ' if i == last else '-'}{text}".rstrip(" ") for i, text in enumerate(self.texts))
        return "\n".join(lines)


class DialogueReader:
    """Replies, each with the command before it and the dialogue so far. ``command`` is what a lone reply answers."""

    def __init__(self, command: str | None = None) -> None:
        self._secrets = redaction.Secrets()
        self._asked = self._secrets.command(command) if command else None
        self._heard: _Heard | None = None
        self._pending: str | None = None
        self._exchanges: list[Exchange] = []
        self._commands = False
        self._encrypted = False
        self._message = False

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        mark, bare = _unmarked(line)
        # What is quoted in a mail is marked as a client's line too.
        client = mark is not None and mark["client"] is not None and not _SURELY.match(bare)
        if not client:
            found = self._found(bare, marked=mark is not None)
            if found is not None:
                return self._reply(found, bare, number, ours=mark is not None and mark["server"] == "←")
        if client or (_VERB.match(bare) and not self._message):
            return self._command(bare)
        if self._message:
            return ()
        return self._other(line, bare, number)

    def end(self) -> Sequence[Event]:
        return self._close()

    def is_over(self, line: str) -> bool:
        """Is this what telnet says when the server hangs up as it should, after its goodbye?"""
        return self._heard is not None and self._heard.code == 221 and line.startswith("Connection closed by foreign")

    def _found(self, bare: str, *, marked: bool) -> re.Match[str] | None:
        found = _REPLY.fullmatch(bare)
        if found is not None and (found["mark"] or not self._message):
            return found
        if marked or self._message or _VERB.match(bare):
            return None
        return _WITHIN.search(bare) or _QUOTED.search(bare)

    def _reply(self, found: re.Match[str], bare: str, number: int, *, ours: bool) -> Sequence[Event]:
        code = int(found["code"])
        said = self._secrets.spoken((found["text"] or "")[:TEXT_LIMIT], code)
        said = _TOOK.sub("", said) if ours else said
        heard = self._heard
        if heard is not None and heard.open and heard.code == code and len(heard.texts) < LINES_LIMIT:
            heard.texts.append(said)
            heard.open = found["mark"] == "-"
            return ()
        completed = self._close()
        named = _IN_REPLY_TO.search(bare)
        asked = named[1].upper() if named else self._pending or self._asked
        self._heard = _Heard(code, [said], asked, number, found["mark"] == "-", ours)
        self._pending, self._message = None, False
        return completed

    def _command(self, bare: str) -> Sequence[Event]:
        challenged = self._heard is not None and self._heard.code == 334
        self._commands = True
        completed = self._close()
        self._pending = self._secrets.command(bare, challenged=challenged)
        return completed

    def _other(self, line: str, bare: str, number: int) -> Sequence[Event] | None:
        heard = self._heard
        if heard is not None and heard.code == 334 and bare:
            return self._command(bare)
        if heard is not None and line[:1] in {" ", "\t"} and bare:
            if not heard.ours and len(heard.texts[-1]) < TEXT_LIMIT:
                heard.texts[-1] += " " + self._secrets.spoken(bare[:TEXT_LIMIT], heard.code)
            return ()
        alone = _ENHANCED_ALONE.fullmatch(bare)
        if alone is None:
            return None if bare else ()
        completed = self._close()
        text = self._secrets.spoken(bare[:TEXT_LIMIT])
        code = alone["code"].upper()
        return (
            *completed,
            Event("reply", text, enhanced=code, command=self._asked, line=number, given=text[:GIVEN_LIMIT]),
        )

    def _close(self) -> Sequence[Event]:
        """The event of the reply that is complete now."""
        heard = self._heard
        if heard is None:
            return ()
        self._heard = None
        if heard.code == 220 and heard.command is None:
            self._exchanges, self._encrypted = [], False
        greeting = heard.command is None and (heard.code == 220 or (self._commands and not self._exchanges))
        exchange = exchange_of(heard.code, heard.texts, heard.command, greeting=greeting, encrypted=self._encrypted)
        self._exchanges = [*self._exchanges[1 - CONTEXT_LIMIT :], exchange] if self._commands else []
        verb = exchange.command.verb if exchange.command else ""
        self._encrypted = self._encrypted or (heard.code == 220 and verb == "STARTTLS")
        self._message = heard.code == 354
        reply = exchange.reply
        return (
            Event(
                source="dialogue" if self._commands else "reply",
                text="\n".join(heard.texts)[:TEXT_LIMIT],
                code=heard.code,
                enhanced=reply.enhanced if reply else None,
                command="greeting" if greeting else heard.command,
                line=heard.line,
                given=heard.pasted[:GIVEN_LIMIT],
                context=tuple(self._exchanges),
            ),
        )


def exchange_of(
    code: int, texts: Sequence[str], command: str | None, *, greeting: bool = False, encrypted: bool = False
) -> Exchange:
    """One reply of a text as an Exchange. ``command`` is the line or verb that it answers, None where not known."""
    found = _ENHANCED.search(texts[0]) if texts else None
    lines = tuple([text.encode("utf-8", "backslashreplace") for text in texts])
    raw = b"".join(b"%d%s%s\r\n" % (code, b"-" if i + 1 < len(lines) else b" ", t) for i, t in enumerate(lines))
    # A command that is not known is an empty one: no command at all would say that nobody had asked.
    asked = None if greeting else Command((command or "").encode("utf-8", "backslashreplace"))
    stage = Stage.GREETING if greeting else Stage.TLS if encrypted else Stage.CLEAR
    enhanced = (found[1] or found[2]) if found else None
    return Exchange(1, 0, stage, asked, 0, Reply(code, enhanced, lines, raw, len(raw)))


def _unmarked(line: str) -> tuple[re.Match[str] | None, str]:
    """The mark that says whose line it is, if there is one, and the line without it."""
    bare = line.strip()
    mark = _MARK.match(bare)
    if mark is None:
        return None, bare
    bare = bare[mark.end() :].strip()
    if mark["server"] is not None and mark["server"].startswith("reply:"):
        bare = bare.removesuffix("'").removesuffix("\\n").removesuffix("\\r")
    if mark["client"] is not None and mark["client"].startswith("send:"):
        bare = bare.removesuffix("'").removesuffix("\\n").removesuffix("\\r")
    return mark, bare
