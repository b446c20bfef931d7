"""A message to be delivered: composed, small and correct, or a user's own, made fit for the wire. Pure: no file.

Everything that comes out ends its lines in CRLF; the dots of DATA are the wire's business.
"""

from __future__ import annotations

import binascii
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.header import Header
from email.parser import BytesHeaderParser
from email.utils import format_datetime, getaddresses

from msgspec import Struct

from smtpprobe.journey import Mailbox

#: The largest message that is sent: most servers take no more than half of it.
LARGEST = 50 << 20
#: Octets of a line without its CRLF (RFC 5322 2.1.1).
LINE_LIMIT = 998
_USUAL_LINE = 78

_BARE_LF = re.compile(rb"(?<!\r)\n")
_BARE_CR = re.compile(rb"\r(?!\n)")
# field-name of RFC 5322 2.2; the blank before the colon is obsolete syntax (4.5), and common.
_FIELD = re.compile(rb"([!-9;-~]{1,900})[ \t]{0,9}:")
_NAME = re.compile(r"[!-9;-~]{1,76}")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")
_PLAIN = re.compile(r"[\t\r\n -~]*")
# The tag d of a signature (RFC 6376 3.5), which may be folded around its sign.
_SIGNER = re.compile(r"(?:\A|;)[ \t\r\n]{0,9}d[ \t\r\n]{0,9}=[ \t\r\n]{0,9}([\w.-]{1,253})", re.ASCII)
_HEADER_READ, _FIELD_READ, _SIGNATURES_READ = 256 << 10, 2000, 10
_ID = re.compile(rb"<[!-;=?-~]{1,900}>")

# What may stand in a message once only (the table of RFC 5322 3.6).
_ONCE = ("From", "Date", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References", "Subject")


class MessageError(ValueError):
    """What is wrong with a message or a header field, and what to do next, in one sentence."""


class Field(Struct, frozen=True):
    """One header field: ``octets`` are all its lines, with their CRLF."""

    name: str
    octets: bytes


class Message(Struct, frozen=True):
    """A message fit for the wire. ``message_id`` is "" where it has none; ``notes`` are sentences about it.

    ``eight_bit`` asks for 8BITMIME (RFC 6152), ``utf8_header`` for SMTPUTF8 (RFC 6531).
    """

    octets: bytes
    message_id: str
    notes: tuple[str, ...] = ()
    eight_bit: bool = False
    utf8_header: bool = False


def field(text: str, *, utf8: bool = False) -> Field:
    """A header field that the user wrote ("Name: value"), folded. Raises MessageError for what is none.

    Beyond ASCII it may only go where ``utf8`` says that the header is UTF-8 (RFC 6532).
    """
    name, colon, value = text.partition(":")
    name, value = name.strip(), value.strip()
    if not colon or not _NAME.fullmatch(name):
        raise MessageError(f"The header field {text[:60]!r} has no name: write 'Name: value'.")
    if _CONTROL.search(value):
        raise MessageError(f"The header field {name} has a line end or a control character in it: remove it.")
    if not utf8 and not value.isascii():
        raise MessageError(
            f"The header field {name} is not ASCII: write an encoded word (RFC 2047), or give --smtputf8 as well."
        )
    return _folded(name, value)


def compose(
    sender: Mailbox | None,
    recipient: Mailbox,
    *,
    date: datetime,
    message_id: str,
    subject: str = "",
    headers: Sequence[str] = (),
    body: str = "",
    utf8: bool = False,
) -> Message:
    """A small message that says what it is. ``headers`` are fields that are added, or take the place of ours.

    ``message_id`` has its angle brackets and a domain that stands in for a null sender's; ``date`` its zone. ``utf8``
    writes the header in UTF-8, which an address beyond ASCII always does. Raises MessageError for a bad field or body.
    """
    utf8 = utf8 or recipient.utf8 or (sender is not None and sender.utf8)
    author = sender.path if sender is not None else f"postmaster@{message_id.strip('<>').rpartition('@')[2]}"
    text = body or _about(author, recipient, message_id)
    if _NO_TEXT.search(text):
        raise MessageError("The body has a NUL in it or is not valid UTF-8: check its encoding.")
    content, encoding = _encoded(text)
    ours = [
        _folded("Date", format_datetime(date)),
        _folded("From", f"<{author}>"),
        _folded("To", f"<{recipient.path}>"),
        _folded("Message-ID", message_id),
        _subject(subject or "A test of smtpprobe", utf8=utf8),
        _folded("MIME-Version", "1.0"),
        _folded("Content-Type", f"text/plain; charset={'us-ascii' if text.isascii() else 'utf-8'}"),
        _folded("Content-Transfer-Encoding", encoding),
    ]
    fields = _merged(ours, [field(given, utf8=utf8) for given in headers])
    return _told(fields, b"\r\n" + content, ())


def prepare(raw: bytes, *, headers: Sequence[str] = (), utf8: bool = False) -> Message:
    """A user's own message (an .eml file): LF becomes CRLF, ``headers`` are added or replaced, the rest stays.

    What a server may dislike about it is noted and sent all the same. Raises MessageError for what cannot be sent.
    """
    if len(raw) > LARGEST:
        raise MessageError(f"The message is larger than {LARGEST >> 20} MiB: send a smaller one.")
    if not raw.strip():
        raise MessageError("The message is empty: give a file with header fields, a blank line and a text.")
    if bare := _BARE_CR.search(raw):
        line = raw.count(b"\n", 0, bare.start()) + 1
        raise MessageError(f"A CR stands alone in line {line} of the message: let its lines end in LF or CRLF.")
    raw = _BARE_LF.sub(b"\r\n", raw)
    notes = []
    if raw.startswith(b"From "):
        raw = raw[raw.index(b"\r\n") + 2 :] if b"\r\n" in raw else b""
        notes.append("Its first line is a mailbox file's and was left out.")
    fields, rest = _split(raw if raw.endswith(b"\r\n") else raw + b"\r\n")
    given = [field(one, utf8=utf8) for one in headers]
    return _told(_merged(fields, given), rest, notes)


def _told(fields: Sequence[Field], rest: bytes, notes: Sequence[str]) -> Message:
    header = b"".join([one.octets for one in fields])
    octets = header + rest
    ids = [found[0].decode() for one in fields if one.name.lower() == "message-id" if (found := _ID.search(one.octets))]
    return Message(
        octets,
        ids[0] if ids else "",
        (*notes, *_notes(fields, octets)),
        eight_bit=not octets.isascii(),
        utf8_header=not header.isascii(),
    )


def _notes(fields: Sequence[Field], octets: bytes) -> Iterator[str]:
    """What a server or a reader may dislike about it."""
    names = Counter([one.name.lower() for one in fields])
    if missing := [name for name in ("Date", "From", "Message-ID") if name.lower() not in names]:
        yield f"It lacks {', '.join(missing)}: some servers add that, others refuse the message (RFC 5322 3.6)."
    if doubled := [name for name in _ONCE if names[name.lower()] > 1]:
        yield f"It has more than one {doubled[0]}, which some servers refuse (RFC 5322 3.6)."
    if "bcc" in names:
        yield "It has a Bcc, which every recipient will see."
    if b"\0" in octets:
        yield "It has NUL octets, which no message may have (RFC 5322 2.2 and 2.3)."
    longest = max((len(line) - 2 for line in io.BytesIO(octets)), default=0)
    if longest > LINE_LIMIT:
        yield f"It has a line of {longest:,} octets: servers may refuse or cut what is over {LINE_LIMIT}."


def _split(raw: bytes) -> tuple[list[Field], bytes]:
    """The header fields, and all that follows them, the blank line first where a text follows."""
    starts: list[tuple[str, int]] = []
    position = 0
    for line in io.BytesIO(raw):
        found = _FIELD.match(line)
        if found:
            starts.append((found[1].decode(), position))
        elif line[:1] not in (b" ", b"\t") or not starts:
            break
        position += len(line)
    ends = [start for _, start in starts[1:]] + [position]
    fields = [Field(name, raw[start:end]) for (name, start), end in zip(starts, ends, strict=False)]
    rest = raw[position:]
    return fields, rest if rest.startswith(b"\r\n") or not rest else b"\r\n" + rest


def _merged(fields: Sequence[Field], given: Sequence[Field]) -> list[Field]:
    """The fields with those that were given: where one of that name stands, in its place, and else at the end."""
    waiting: dict[str, list[Field]] = {}
    for one in given:
        waiting.setdefault(one.name.lower(), []).append(one)
    replaced = set(waiting)
    merged: list[Field] = []
    for one in fields:
        name = one.name.lower()
        merged += waiting.pop(name, []) if name in replaced else [one]
    return merged + [one for left in waiting.values() for one in left]


def _subject(text: str, *, utf8: bool) -> Field:
    if _CONTROL.search(text):
        raise MessageError("The subject has a line end or a control character in it: remove it.")
    if utf8 or text.isascii():
        return _folded("Subject", text)
    words = Header(text, "utf-8", _USUAL_LINE, "Subject").encode(linesep="\r\n")
    return Field("Subject", f"Subject: {words}\r\n".encode("ascii"))


def _folded(name: str, value: str) -> Field:
    """A field, its lines parted at blanks (RFC 5322 2.2.3). Raises MessageError where a word is longer than a line."""
    lines = [f"{name}:"]
    for word in value.split(" "):
        fits = len(f"{lines[-1]} {word}".encode()) <= _USUAL_LINE
        # A line of nothing but blanks would be taken for the end of the header.
        if fits or not word or lines == [f"{name}:"]:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}")
    if max(len(line.encode()) for line in lines) > LINE_LIMIT:
        raise MessageError(f"The header field {name} has a word longer than a line may be: shorten it.")
    return Field(name, "\r\n".join(lines).rstrip(" ").encode() + b"\r\n")


def _encoded(text: str) -> tuple[bytes, str]:
    """A body and its transfer encoding: as it is, or quoted-printable, which every server takes (RFC 2045 6.7)."""
    lines = re.split("\r\n|\r|\n", text)
    joined = "\n".join(lines if lines[-1] else lines[:-1]) + "\n"
    if _PLAIN.fullmatch(joined) and max(map(len, lines)) <= LINE_LIMIT:
        return joined.replace("\n", "\r\n").encode(), "7bit"
    octets = binascii.b2a_qp(joined.encode(), istext=True)
    return octets.replace(b"\n", b"\r\n"), "quoted-printable"


def _about(author: str, recipient: Mailbox, message_id: str) -> str:
    return (
        "This is a test message, sent by hand with smtpprobe to see whether mail from\n"
        f"{author} reaches\n{recipient.path}.\n\n"
        f"Nobody needs to answer it. To find it in a log, look for\n{message_id}\n"
    )


def authorship(octets: bytes) -> tuple[str | None, tuple[str, ...]]:
    """The domain of the author (From), and those that sign (d= of DKIM-Signature), as told there; nothing is verified.

    The first is None where the header names no author, or several: DMARC looks at one.
    """
    header = BytesHeaderParser().parsebytes(octets.partition(b"\r\n\r\n")[0][:_HEADER_READ])
    named = getaddresses([str(one)[:_FIELD_READ] for one in header.get_all("From", [])[:2]])
    authors = {address.rpartition("@")[2].lower() for _, address in named if "@" in address}
    signed = [_SIGNER.search(str(one)[:_FIELD_READ]) for one in header.get_all("DKIM-Signature", [])[:_SIGNATURES_READ]]
    signers = dict.fromkeys([found[1].lower().rstrip(".") for found in signed if found is not None])
    return authors.pop() if len(authors) == 1 else None, tuple(signers)
