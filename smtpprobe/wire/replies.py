"""Bytes in, replies out (RFC 5321 4.2). No I/O, no exception: every irregularity is a named defect of its reply.

Two laws hold and are property tests: how the bytes are cut into segments never matters, and no byte below the limits
is lost.
"""

from __future__ import annotations

import re

from smtpprobe.model import Reply
from smtpprobe.outcome import Defect

LINE_KEPT = 8 * 1024
REPLY_LIMIT = 64 * 1024
REPLY_LINES = 1_000
SESSION_LIMIT = 256 * 1024

#: Replies with one of these leave the dialogue out of step: no later reply can be paired with a command.
FATAL = frozenset(
    {
        Defect.MALFORMED,
        Defect.CODES_DIFFER,
        Defect.REPLY_TOO_LONG,
        Defect.SESSION_TOO_LONG,
        Defect.TRUNCATED,
    }
)

# A whole reply with nothing irregular about it, but that its last line may lack a text, as Postfix's smtp-sink does
# it: Reply-line of RFC 5321 4.2, tabs allowed for Sendmail's HELP.
_REGULAR = re.compile(rb"([2-5][0-5][0-9])(?:-[\t -~]{0,506}\r\n\1)*[ ][\t -~]{0,506}\r\n")
_CODE = re.compile(rb"([2-5][0-9][0-9])([ -]|\Z)")
# RFC 2034 4 and RFC 3463 2; the class of the reply code is compared with it, not required.
_ENHANCED = re.compile(rb"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?= |\Z)")
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


#: Replies that came alone and whole, by their octets: most servers say what others say. Up to so many, so long.
_HEARD: dict[bytes, Reply] = {}
_HEARD_OCTETS = 1_024
_HEARD_MOST = 1_024


def _remember(reply: Reply) -> None:
    if len(_HEARD) >= _HEARD_MOST:
        _HEARD.clear()
    _HEARD[reply.raw] = reply


def _at(known: Reply, now_ns: int) -> Reply:
    """The same reply at another time."""
    return Reply(known.code, known.enhanced, known.texts, known.raw, known.octets, known.defects, now_ns, now_ns)


class ReplyReader:
    """Cuts a stream into replies. ``octets`` counts what came, whatever was kept; ``broken`` ends all reading.

    With ``discreet`` nothing is remembered beyond the stream: a secret was said, and replies may repeat it.
    """

    __slots__ = (
        "_code",
        "_defects",
        "_first_ns",
        "_line",
        "_line_octets",
        "_octets",
        "_raw",
        "_texts",
        "broken",
        "discreet",
        "octets",
    )

    def __init__(self, octets: int = 0, *, discreet: bool = False) -> None:
        self.octets = octets
        self.discreet = discreet
        self.broken = False
        self._line = bytearray()
        self._line_octets = 0
        self._begin()

    def _begin(self) -> None:
        self._code: int | None = None
        self._texts: list[bytes] = []
        self._raw = bytearray()
        self._octets = 0
        self._defects: dict[Defect, None] = {}
        self._first_ns = 0

    @property
    def begun(self) -> bool:
        """Was a part of a reply received?"""
        return self._octets > 0 or self._line_octets > 0

    @property
    def pending(self) -> bytes:
        """What was received of a reply that is not complete yet."""
        return bytes(self._raw + self._line)

    def feed(self, data: bytes, now_ns: int) -> list[Reply]:
        """Take what arrived at this tick; give every reply that it completes. After ``broken``, nothing more."""
        known = _HEARD.get(data) if len(data) <= _HEARD_OCTETS else None
        if known is not None and not (self.begun or self.broken) and self._fits(len(data)):
            self.octets += known.octets
            return [_at(known, now_ns)]
        replies: list[Reply] = []
        position = 0
        while position < len(data) and not self.broken:
            regular = None if self._octets or self._line_octets else _REGULAR.match(data, position)
            if regular is not None and self._fits(regular.end() - position):
                reply = self._regular(data[position : regular.end()], now_ns)
                replies.append(reply)
                alone = position == 0 and regular.end() == len(data) <= _HEARD_OCTETS
                if alone and not (self.broken or self.discreet):
                    _remember(reply)
                position = regular.end()
                continue
            end = data.find(b"\n", position) + 1 or len(data)
            taken = self._take(data[position:end], now_ns)
            position = end
            if taken is not None:
                replies.append(taken)
        return replies

    def end(self, now_ns: int) -> Reply | None:
        """The stream ended: what there is of a reply, marked as truncated."""
        if self.broken or not (self._octets or self._line_octets):
            return None
        if self._line_octets:
            self._texts.append(bytes(self._line))
        return self._fatal(Defect.TRUNCATED, now_ns)

    def _fits(self, octets: int) -> bool:
        return octets <= REPLY_LIMIT and self.octets + octets <= SESSION_LIMIT

    def _regular(self, raw: bytes, now_ns: int) -> Reply:
        lines = raw[:-2].split(b"\r\n")
        if len(lines) > REPLY_LINES:
            return self._take_all(raw, now_ns)
        self.octets += len(raw)
        code = int(raw[:3])
        texts = tuple([line[4:] for line in lines])
        # An empty challenge is a challenge (RFC 4954 4); all other replies owe a text.
        defects: tuple[Defect, ...] = () if texts[-1] or code == 334 else (Defect.NO_TEXT,)
        enhanced = _ENHANCED.match(texts[0])
        if enhanced is None:
            return Reply(code, None, texts, raw, len(raw), defects, now_ns, now_ns)
        if texts[0][0] != raw[0]:
            defects = (*defects, Defect.ENHANCED_CLASS_DIFFERS)
        return Reply(code, enhanced[1].decode(), texts, raw, len(raw), defects, now_ns, now_ns)

    def _take_all(self, raw: bytes, now_ns: int) -> Reply:
        for line in raw.splitlines(keepends=True):
            reply = self._take(line, now_ns)
            if reply is not None:
                return reply
        raise AssertionError("a regular reply ends in a final line")

    def _take(self, piece: bytes, now_ns: int) -> Reply | None:
        """One line, or the part of one that came. Gives the reply that it ends."""
        if not self._octets and not self._line_octets:
            self._first_ns = now_ns
        room = min(REPLY_LIMIT - self._octets - self._line_octets, SESSION_LIMIT - self.octets)
        over = len(piece) > room
        piece = piece[:room]
        self.octets += len(piece)
        self._line_octets += len(piece)
        self._line += piece[: max(0, LINE_KEPT - len(self._line))]
        if over:
            self._texts.append(bytes(self._line))
            session = self.octets >= SESSION_LIMIT
            return self._fatal(Defect.SESSION_TOO_LONG if session else Defect.REPLY_TOO_LONG, now_ns)
        return self._line_ended(now_ns) if piece.endswith(b"\n") else None

    def _line_ended(self, now_ns: int) -> Reply | None:
        line, octets = bytes(self._line), self._line_octets
        self._raw += line
        self._octets += octets
        self._line.clear()
        self._line_octets = 0
        text = self._strip(line, octets)
        code = _CODE.match(text)
        if code is None:
            self._texts.append(text)
            return self._fatal(Defect.MALFORMED, now_ns)
        number = int(code[1])
        if self._code is None:
            self._code = number
        elif number != self._code:
            self._defects[Defect.CODES_DIFFER] = None
        said = text[4:]
        # A flood repeats itself: the same line again is the same object.
        self._texts.append(self._texts[-1] if self._texts and self._texts[-1] == said else said)
        if code[2] == b"-":
            if len(self._texts) >= REPLY_LINES:
                return self._fatal(Defect.REPLY_TOO_LONG, now_ns)
            return None
        if not text[4:] and number != 334:
            self._defects[Defect.NO_TEXT] = None
        return self._finish(now_ns)

    def _strip(self, line: bytes, octets: int) -> bytes:
        """The line without its end; notes what is irregular about it."""
        defects = self._defects
        if octets > len(line):
            defects[Defect.LINE_TOO_LONG] = None
            text = line
        elif line.endswith(b"\r\n"):
            text = line[:-2]
        else:
            defects[Defect.BARE_LF] = None
            text = line[:-1]
        if octets > 512:
            defects[Defect.LINE_OVER_512] = None
        if b"\r" in text:
            defects[Defect.BARE_CR] = None
        if b"\0" in text:
            defects[Defect.NUL] = None
        if _CONTROL.search(text):
            defects[Defect.CONTROL] = None
        if not text.isascii():
            try:
                text.decode()
                defects[Defect.NOT_ASCII] = None
            except UnicodeDecodeError:
                defects[Defect.NOT_UTF8] = None
        return text

    def _finish(self, now_ns: int) -> Reply:
        code, first = self._code, self._texts[0]
        enhanced = _ENHANCED.match(first)
        if code is not None and code // 10 % 10 > 5:
            self._defects[Defect.OUTSIDE_GRAMMAR] = None
        if enhanced and code is not None and first[0] - 0x30 != code // 100:
            self._defects[Defect.ENHANCED_CLASS_DIFFERS] = None
        if Defect.CODES_DIFFER in self._defects:
            code = None
            self.broken = True
        return self._reply(code, enhanced[1].decode() if enhanced else None, now_ns)

    def _fatal(self, defect: Defect, now_ns: int) -> Reply:
        self._defects[defect] = None
        self.broken = True
        self._raw += self._line
        self._octets += self._line_octets
        return self._reply(None, None, now_ns)

    def _reply(self, code: int | None, enhanced: str | None, now_ns: int) -> Reply:
        raw, octets, first_ns = bytes(self._raw), self._octets, self._first_ns
        reply = Reply(code, enhanced, tuple(self._texts), raw, octets, tuple(self._defects), first_ns, now_ns)
        self._begin()
        self._line.clear()
        self._line_octets = 0
        return reply
