"""What a user pastes, explained: a code, an enhanced code, a reply, a dialogue. Secrets are redacted."""

from __future__ import annotations

import re

import msgspec
from msgspec import Struct

from smtpprobe.catalogue import dialects, enhanced, software
from smtpprobe.explain.notes import annotate, enhanced_note
from smtpprobe.explain.scene import HELLOS
from smtpprobe.model import Command, Exchange, Known, Note, Reply, Software, Target
from smtpprobe.outcome import Retry, Stage
from smtpprobe.wire import ehlo

INPUT_LIMIT = 64 * 1024
DIALOGUE_LIMIT = 250
REDACTED = "[redacted]"

_NOTHING = (
    "Nothing in it looks like a reply: give a code (504), an enhanced code (5.7.1), "
    "or a whole reply (550 5.7.1 Relay access denied)."
)
_MARK = re.compile(r"(?:(?P<server>S:|<[-=~*]+|←|<(?=\s{0,9}\d))|(?P<client>C:|[-=~]+>|→|>))")
_REPLY = re.compile(r"(?:smtp;\s*)?(?P<code>[1-9][0-9]{2})(?:(?P<mark>[ -])(?P<text>.*))?", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?P<code>[245][0-9]{2})(?P<mark>[ -])(?P<text>#?[245]\.[0-9]{1,3}\.[0-9]{1,3}\b.*)")
_IN_REPLY_TO = re.compile(r"\(in reply to (?:end of )?([A-Z]{4,8})\b", re.IGNORECASE)
_ENHANCED_ALONE = re.compile(r"(?P<code>[245]\.[0-9]{1,3}\.[0-9]{1,3})(?:\s.*)?")
# At the front as RFC 2034 has it; elsewhere only with the number sign of qmail and IronPort.
_ENHANCED = re.compile(r"\A([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])|#([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
_VERB = re.compile(
    r"(?:EHLO|HELO|LHLO|MAIL|RCPT|DATA|BDAT|RSET|NOOP|QUIT|VRFY|EXPN|HELP|AUTH|STARTTLS|ETRN|XCLIENT|XFORWARD|BURL|TURN|ATRN)\b",
    re.IGNORECASE,
)
_SECRET = re.compile(r"\b(AUTH\s+[A-Z0-9_-]+\s+)\S.*", re.IGNORECASE)
# In a server's words a secret is an echo of the command; names of mechanisms are no secrets.
_ECHO = re.compile(r"\b((?i:AUTH)\s+[\w-]+\s+)(?=\S*[a-z])(?=\S*[A-Z0-9=])[A-Za-z0-9+/]{8,}={0,2}")
_CLASS = {"2": "2.y.z Success", "4": "4.y.z Persistent Transient Failure", "5": "5.y.z Permanent Failure"}


class _Heard(Struct):
    """One reply as pasted, with the command that it answers where that is known."""

    code: int
    texts: list[str]
    command: str | None
    open: bool

    @property
    def pasted(self) -> str:
        last = len(self.texts) - 1
        lines = (f"{self.code}{' ' if i == last else '-'}{text}".rstrip(" ") for i, text in enumerate(self.texts))
        return "\n".join(lines)


def explain_text(text: str, command: str | None = None) -> tuple[tuple[str, Note], ...]:
    """What each reply in the text means, in its order, each with the reply as it was read.

    ``command`` is what the replies answer, where the text does not tell. Raises ValueError, with a sentence that says
    what is accepted, for more than 64 KiB and where nothing is recognised.
    """
    if len(text.encode("utf-8", "replace")) > INPUT_LIMIT:
        raise ValueError("That is more than 64 KiB: give only the reply, or the part of the dialogue around it.")
    alone = [found for line in text.splitlines() if (found := _ENHANCED_ALONE.fullmatch(_unmarked(line)[1]))]
    heard, dialogue = _heard(text, redacted(command) if command else None)
    if not heard:
        if not alone:
            raise ValueError(_NOTHING)
        return tuple([(found["code"], _enhanced_alone(found["code"])) for found in alone])
    exchanges = [_exchange(one, dialogue and position == 0) for position, one in enumerate(heard)]
    if not dialogue:
        return tuple([(one.pasted, _noted([exchange], 0)) for one, exchange in zip(heard, exchanges, strict=True)])
    if len(heard) > DIALOGUE_LIMIT:
        raise ValueError(
            f"That is a dialogue of more than {DIALOGUE_LIMIT:,} replies: give the part around the one in question."
        )
    exchanges = _staged(exchanges)
    return tuple([(one.pasted, _noted(exchanges, position)) for position, one in enumerate(heard)])


def redacted(line: str) -> str:
    """A command without what follows an AUTH mechanism."""
    return _SECRET.sub(rf"\g<1>{REDACTED}", line)


def _spoken(text: str) -> str:
    """A server's words without the initial response that they may echo."""
    return _ECHO.sub(rf"\g<1>{REDACTED}", text)


def _unmarked(line: str) -> tuple[bool, str]:
    """Is the line marked as the client's, and what it says without such a mark?"""
    bare = line.strip()
    mark = _MARK.match(bare)
    return bool(mark and mark["client"]), bare[mark.end() :].strip() if mark else bare


def _heard(text: str, command: str | None) -> tuple[list[_Heard], bool]:
    """The replies of a text, and whether commands stand between them."""
    heard: list[_Heard] = []
    pending: str | None = None
    dialogue = False
    for line in text.splitlines():
        client, bare = _unmarked(line)
        found = None if client else _REPLY.fullmatch(bare)
        last = heard[-1] if heard else None
        if not client and found is None and not _VERB.match(bare):
            found = _WITHIN.search(bare)
        if found is not None:
            code, said = int(found["code"]), _spoken(found["text"] or "")
            if last is not None and last.open and last.code == code:
                last.texts.append(said)
                last.open = found["mark"] == "-"
                continue
            named = _IN_REPLY_TO.search(bare)
            asked = named[1].upper() if named else pending or command
            heard.append(_Heard(code, [said], asked, found["mark"] == "-"))
            pending = None
        elif client or _VERB.match(bare):
            dialogue = True
            secret = last is not None and last.code == 334 and bare != "*"
            pending = REDACTED if secret else redacted(bare)
        elif last is not None and line[:1] in {" ", "\t"} and bare and pending is None:
            last.texts[-1] += " " + _spoken(bare)
    return heard, dialogue


def _exchange(heard: _Heard, first: bool) -> Exchange:
    texts = tuple([text.encode("utf-8", "surrogateescape") for text in heard.texts])
    found = _ENHANCED.search(heard.texts[0])
    raw = heard.pasted.encode("utf-8", "surrogateescape")
    code = found[1] or found[2] if found else None
    greeting = heard.command is None and (heard.code == 220 or first)
    # A command that is not known is an empty one: no command at all would say that nobody had asked.
    command = None if greeting else Command((heard.command or "").encode("utf-8", "surrogateescape"))
    return Exchange(
        connection=1,
        flight=0,
        stage=Stage.GREETING if greeting else Stage.CLEAR,
        command=command,
        sent_ns=0,
        reply=Reply(heard.code, code, texts, raw, len(raw)),
    )


def _staged(exchanges: list[Exchange]) -> list[Exchange]:
    """The exchanges with their TLS state: what follows a granted STARTTLS is inside TLS."""
    staged, encrypted = [], False
    for exchange in exchanges:
        staged.append(msgspec.structs.replace(exchange, stage=Stage.TLS) if encrypted else exchange)
        encrypted = encrypted or (exchange.code == 220 and _verb(exchange) == "STARTTLS")
    return staged


def _verb(exchange: Exchange) -> str:
    return exchange.command.verb if exchange.command else ""


def _noted(exchanges: list[Exchange], index: int) -> Note:
    note = annotate(exchanges, index, _known(exchanges, index))
    if note is None:
        raise AssertionError("every exchange of a pasted text has a reply")
    return note


def _known(exchanges: list[Exchange], index: int) -> Known:
    """What the dialogue had told up to and including this reply."""
    clear = encrypted = greeting = help_ = None
    name = hello = ""
    refusals: list[str] = []
    for exchange in exchanges[: index + 1]:
        reply, verb = exchange.reply, _verb(exchange)
        if reply is None:
            continue
        if exchange.stage is Stage.GREETING and greeting is None:
            greeting = reply
        elif verb in HELLOS and exchange.command is not None:
            name = exchange.command.argument
            if reply.code == 250 and exchange.stage is Stage.TLS:
                encrypted = ehlo.read(reply)
            elif reply.code == 250:
                clear = ehlo.read(reply)
            hello = reply.text if reply.code == 250 else hello
        elif verb == "HELP" and reply.positive:
            help_ = reply
        elif reply.refusal:
            refusals.append(reply.text)
    return Known(
        target=Target("", "", 25),
        profile="",
        ehlo_name=name,
        nonce="",
        greeting=greeting,
        clear=clear,
        encrypted=encrypted,
        help=help_,
        software=software.recognise(
            greeting.text if greeting else "", hello, help_.text if help_ else "", refusals[-64:]
        )
        or _by_wording(exchanges[index]),
    )


def _by_wording(exchange: Exchange) -> Software | None:
    """The vendor whose wording this is, where no other words it so."""
    reply = exchange.reply
    if reply is None or reply.code is None:
        return None
    entry = dialects.match(None, reply.code, reply.enhanced, reply.text, _verb(exchange))
    return Software(entry.vendor, None, "the wording of the reply") if entry and entry.vendor else None


def _enhanced_alone(code: str) -> Note:
    entry = enhanced.lookup(code)
    return Note(
        code=code,
        name=entry.name,
        class_=_CLASS[code[0]],
        meaning=entry.meaning,
        when=f"Beside {_beside(entry.basic)}." if entry.basic else "",
        fix=entry.fix,
        advice=(),
        retry={"2": Retry.NO, "4": Retry.LATER}.get(code[0], entry.retry),
        who=entry.who,
        enhanced=enhanced_note(code),
        dialect=None,
        references=entry.references,
    )


def _beside(basic: tuple[int, ...]) -> str:
    return ", ".join(map(str, basic))
