"""A reply as a log writes it on one line, and the bounded tables that join one line to another. Knows no format."""

from __future__ import annotations

import re
from collections import OrderedDict, deque
from collections.abc import Sequence
from typing import Generic, TypeVar

from msgspec import Struct, structs

from smtpprobe import redaction
from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.outcome import State

ADDRESS_LIMIT = 320
NAME_LIMIT = 255
ATTEMPTS_LIMIT = 50

_CODE = re.compile(r"(?:smtp;\s{0,3})?([2-5][0-9]{2})(?:([ -])|\Z)", re.IGNORECASE)
_AGAIN = re.compile(r"(?:\\r)?(?:\\n|[\s/])\s{0,3}([2-5][0-9]{2})([ -])")
# At the front as RFC 2034 has it; elsewhere only with the number sign of qmail and IronPort.
_ENHANCED = re.compile(r"[(#]{0,2}([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])")
_MARKED = re.compile(r"#([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
# A log quotes the command that it complains of, with whatever followed the mechanism.
_QUOTED_SECRET = re.compile(r"([\"'](?i:AUTH)\s{1,9}[\w-]{1,40}\s{1,9})[^\s\"']{1,8192}")
_QUOTED_COMMAND = re.compile(
    r'(?P<before>(?: command=|error in |rejected |last (?:command )?was )")(?P<line>[^\s"]{4,8192})'
)

Value = TypeVar("Value")


class Said(Struct, frozen=True):
    """A reply, or words that are none. ``text`` has one line for each line of the reply, without the code."""

    code: int | None
    enhanced: str | None
    text: str

    @property
    def state(self) -> State:
        """What a refusal or a yes makes of the mail that it was given for."""
        if self.code is None:
            return State.UNKNOWN
        return {4: State.DEFERRED, 5: State.FAILED}.get(self.code // 100, State.ACCEPTED)


def said(text: str) -> Said:
    """A reply whose lines a log joined by spaces, by the letters ``\\n`` or by slashes; or the words of a failure."""
    text = text[:TEXT_LIMIT].strip()
    found = _CODE.match(text)
    if found is None:
        return Said(None, enhanced(text), shown(text)[:TEXT_LIMIT])
    words = text[found.end() :]
    if found[2] == "-":
        words = "\n".join(_lines(words, found[1]))
    return Said(int(found[1]), enhanced(words), shown(words.strip())[:TEXT_LIMIT])


def enhanced(text: str) -> str | None:
    """The enhanced status code of a text."""
    found = _ENHANCED.match(text) or (_MARKED.search(text) if "#" in text else None)
    return found[1] if found else None


def shown(text: str) -> str:
    """A text of a log without the secrets that it may echo."""
    if '"' in text:
        text = _QUOTED_COMMAND.sub(_quoted_command, text)
    if "auth" not in text.lower():
        return text
    return redaction.spoken(_QUOTED_SECRET.sub(rf"\g<1>{redaction.REDACTED}", text))


def _quoted_command(found: re.Match[str]) -> str:
    return found["before"] + redaction.command(found["line"])


def given(line: str) -> str:
    """A line as its reader will recognise it."""
    return shown(line[:GIVEN_LIMIT])[:GIVEN_LIMIT]


def _lines(words: str, code: str) -> list[str]:
    """The lines of a reply. The last one is announced by a space behind the code (RFC 5321 4.2.1)."""
    lines, start = [], 0
    for found in _AGAIN.finditer(words):
        if found[1] != code:
            continue
        lines.append(words[start : found.start()].strip())
        start = found.end()
        if found[2] == " ":
            break
    return [*lines, words[start:].strip()]


class Attempts:
    """Joins what was said of one attempt to the line on its mail, which says the same again a few lines later.

    An attempt is an event with a host, and without a recipient and a state: one host of perhaps many that were tried.
    The events keep their order: from the oldest attempt on they are ``waiting``, at most ``ATTEMPTS_LIMIT`` of them.
    """

    __slots__ = ("waiting",)

    def __init__(self) -> None:
        self.waiting: deque[Event] = deque()

    def joined(self, events: Sequence[Event]) -> Sequence[Event]:
        """The events that wait no more, among them these; each knows the host of the attempt that it repeats."""
        if not self.waiting and not any(map(_is_attempt, events)):
            return events
        same = next((one for one in self.waiting if _repeats(events[0], one)), None)
        if same is not None:
            self.waiting.remove(same)
            events = [structs.replace(event, host=same.host) for event in events]
        self.waiting.extend(events)
        due = []
        while self.waiting and (len(self.waiting) > ATTEMPTS_LIMIT or not _is_attempt(self.waiting[0])):
            due.append(self.waiting.popleft())
        return due

    def end(self) -> Sequence[Event]:
        """The events that waited to the end."""
        waiting, self.waiting = self.waiting, deque()
        return tuple(waiting)


def _is_attempt(event: Event) -> bool:
    return not event.recipient and event.state is State.UNKNOWN and event.host != ""


def _repeats(event: Event, attempt: Event) -> bool:
    """Is it on a mail, and of the same host, with the same words?"""
    return (
        event.text == attempt.text
        and event.code == attempt.code
        and event.recipient != ""
        and event.host in {"", attempt.host}
        and _is_attempt(attempt)
    )


class Table(Generic[Value]):
    """What was learnt of the last ``limit`` things that were named; the oldest is forgotten first."""

    __slots__ = ("_limit", "_rows")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rows: OrderedDict[str, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, key: str, value: Value) -> None:
        self._rows[key] = value
        if len(self._rows) > self._limit:
            self._rows.popitem(last=False)

    def get(self, key: str) -> Value | None:
        return self._rows.get(key)

    def pop(self, key: str) -> Value | None:
        return self._rows.pop(key, None)
