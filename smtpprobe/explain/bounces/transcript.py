"""The dialogue that Sendmail and its kin quote in a bounce: who was asked what, and what was answered. No I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from smtpprobe.explain.bounces import address, replies

MOST_TURNS = 200

_SENT = re.compile(r"[ \t]{0,20}>>>[ \t]{0,4}(.{0,1000})")
_HEARD = re.compile(r"[ \t]{0,20}<<<[ \t]{0,4}([245][0-9]{2})([ -]?)(.{0,4000})")
_LOCAL = re.compile(
    r"[ \t]{0,8}(?:([245][0-9]{2})[ -])?[ \t]{0,3}(?P<said>(?:[245]\.[0-9]{1,3}\.[0-9]{1,3}[ ])?"
    rf"<?(?P<address>{address.ADDRESS})>?[ \t]{{0,3}}\.\.\.[ \t]{{0,3}}.{{0,4000}})"
)
_HOST = re.compile(r"[ \t.]{0,20}while talking to ([\w.-]{1,255})", re.IGNORECASE)


class Turn(Struct):
    """A refusal that was heard (``code`` and ``lines``), or a line of the program's own about a recipient."""

    command: str
    host: str
    heard: bool
    code: int | None
    lines: list[str]
    recipient: str = ""

    @property
    def quoted(self) -> str:
        """The reply, or the program's own line, as a server would have sent it."""
        if self.code is None or (not self.heard and replies.quoted(self.lines[0]) is not None):
            return self.lines[0]
        last = len(self.lines) - 1
        return "\n".join(f"{self.code}{' ' if i == last else '-'}{line}" for i, line in enumerate(self.lines))

    def mentions(self, folded: set[str]) -> bool:
        """Was it asked about, or does it speak of, one of these addresses?"""
        said = "\n".join(self.lines).casefold()
        return self.recipient.casefold() in folded or any(name in said for name in folded)

    @property
    def verb(self) -> str | None:
        """The verb that was answered; the greeting is answered before any."""
        return (self.command.split() or ["greeting"])[0].upper().replace("GREETING", "greeting") if self.heard else None


def turns(text: str) -> list[Turn]:
    """The refusals of a quoted dialogue and the program's own lines, in their order."""
    found: list[Turn] = []
    command = host = ""
    more = False
    for line in text.split("\n"):
        if len(found) >= MOST_TURNS:
            break
        heard = _HEARD.match(line)
        if heard is not None:
            if more and found and found[-1].code == int(heard[1]):
                found[-1].lines.append(heard[3].strip())
            elif heard[1][0] != "2":
                found.append(Turn(command, host, True, int(heard[1]), [heard[3].strip()], address.first(command)))
            more = heard[2] == "-"
            continue
        more = False
        sent, talking = _SENT.match(line), _HOST.match(line)
        if sent is not None:
            command = sent[1].strip()
        elif talking is not None:
            host, command = talking[1].rstrip("."), ""
        elif (own := _LOCAL.match(line)) is not None:
            found.append(Turn(command, host, False, int(own[1]) if own[1] else None, [own["said"]], own["address"]))
    return found


def recipients(found: Sequence[Turn]) -> list[str]:
    """The addresses that the program's own lines name."""
    return list(dict.fromkeys([turn.recipient for turn in found if turn.recipient and not turn.heard]))


def about(found: Sequence[Turn], names: Sequence[str], alone: bool) -> Turn | None:
    """The turn that tells of this recipient; with one recipient ``alone`` in the bounce each refusal is about it."""
    folded = {name.casefold() for name in names}
    heard: Turn | None = None
    own: Turn | None = None
    for turn in found:
        if turn.heard and turn.mentions(folded):
            return turn
        if turn.heard:
            heard = heard or turn
        elif turn.recipient.casefold() in folded:
            own = own or turn
            if heard is not None:
                return heard
        else:
            heard = None
    if alone:
        return next((turn for turn in found if turn.heard), own)
    return own
