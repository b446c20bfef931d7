"""Is an input a mailbox file, one mail message, or lines of text; and the messages of a mailbox file. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from smtpprobe.explain.event import MESSAGE_LIMIT

_HEAD_LIMIT = 64 * 1024
_MOST_LINES = 400

# The line before each message (RFC 4155 Appendix A), with the time that keeps it apart from a sentence.
_FROM = re.compile(rb"From [^\s]{0,320}[ \t]{1,9}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[, \t].{1,60}[0-9]{2}:[0-9]{2}")
_QUOTED_FROM = re.compile(rb">{1,20}From ")
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,76})[ \t]{0,3}:")
_OF_MAIL = frozenset(
    b"from to subject date message-id received return-path mime-version content-type delivered-to reply-to "
    b"auto-submitted x-failed-recipients x-original-to envelope-to dkim-signature".split()
)
# What a bounce begins with where it was pasted without its header.
_OPENING = re.compile(
    rb"[ \t>]{0,20}(?:This is the (?:mail system|postfix program) at host|Hi\. This is the qmail|"
    rb"This message was created automatically by (?:mail delivery|the mail)"
    rb"|This is an automatically generated Delivery Status|"
    rb"-{3,} ?The following addresses had|-{3,} ?Transcript of session follows|The original message was received at|"
    rb"This is the MAILER-DAEMON, please|This report relates to a message you sent|"
    rb"Your message (?:to .{1,320} couldn't be delivered|wasn't delivered to)"
    rb"|Delivery (?:to the following recipients?|has) failed|"
    rb"Diagnostic information for administrators|Sorry, we were unable to deliver your message)",
    re.IGNORECASE,
)


def kind_of(head: bytes) -> Literal["mbox", "message", "lines"]:
    """What the first 64 KiB show an input to be. What is not surely mail is lines, as a log is."""
    lines = head[:_HEAD_LIMIT].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").split(b"\n", _MOST_LINES)[:_MOST_LINES]
    if _FROM.match(lines[0]) and len(lines) > 1 and _FIELD.match(lines[1].lstrip(b">")):
        return "mbox"
    if _is_header(lines) or any(_OPENING.match(line) for line in lines[:12]):
        return "message"
    return "lines"


def _is_header(lines: list[bytes]) -> bool:
    """Do fields stand at the top, and at least two that mail has? Their lines are all fields, or folded ones."""
    found: set[bytes] = set()
    strange = 0
    for number, line in enumerate(lines):
        if not line.strip():
            break
        field = _FIELD.match(line)
        if field is not None:
            found.add(field[1].lower())
        elif line[:1] not in {b" ", b"\t"} or not number:
            strange += 1
            if strange > 1 or not number:
                return False
    return len(found & _OF_MAIL) >= 2


def split_mbox(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The messages of a mailbox file, each cut to a MiB, ``>From`` unquoted (mboxrd). One is in memory at a time."""
    message = bytearray()
    blank = True
    for raw in lines:
        line = raw.rstrip(b"\r\n")
        if blank and _FROM.match(line):
            if message.strip():
                yield bytes(message)
            message.clear()
        elif len(message) < MESSAGE_LIMIT:
            if _QUOTED_FROM.match(line):
                line = line[1:]
            message += line[: MESSAGE_LIMIT - len(message)] + b"\n"
        blank = not line.strip()
    if message.strip():
        yield bytes(message)
