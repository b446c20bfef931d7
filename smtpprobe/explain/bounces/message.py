"""A mail message that may be a bounce: what it tells of each recipient, as events. No I/O."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec
from msgspec import Struct

from smtpprobe.diagnosis import Event
from smtpprobe.explain.bounces import (
    address,
    autoreply,
    boilerplate,
    charsets,
    delivery_status,
    feedback,
    free_text,
    markup,
    mime,
    notification,
    original,
    receipt,
    replies,
    transcript,
)
from smtpprobe.explain.bounces.delivery_status import Report
from smtpprobe.explain.bounces.evidence import SOURCE, Evidence, event, is_delay
from smtpprobe.explain.event import MESSAGE_LIMIT, discreet
from smtpprobe.outcome import Reason, State

_MOST_NESTED = 3
_TEXT_LIMIT = 128 * 1024
# With many recipients what is said to all of them is looked at no more than this far for each.
_FEW = 20
_SHARED_LIMIT = 4 * 1024
_ORIGINAL_LIMIT = 32 * 1024

# RFC 6522 3: the second part of a report. Its type tells the kind, for report-type is often lost or wrong.
_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RECEIPTS = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
_ORIGINALS = frozenset(
    {
        "message/rfc822",
        "message/global",
        "message/global-headers",
        "message/partial",
        "text/rfc822-headers",
        "text/rfc822-header",
    }
)
_FAILURE = re.compile(
    r"undeliver|(?:could ?n.t|could not|unable to|trouble|error|failed to) (?:deliver|send)|not be delivered"
    r"|n't be delivered|not delivered|n't delivered|(?:attempting to|has failed to) deliver"
    r"|delivery to the following|has been delayed|delivery (?:status |has )?(?:failure"
    r"|failed|notif|problem|error)|"
    r"returned mail|failure notice|mail system error|mail(?: delivery)? failed|message rejected|error message below"
    r"|transcript of session|"
    r"unzustellbar|nicht zugestellt|konnte nicht|non remis|n'a pas pu|échec|no se (?:ha )?pudo entregar|配信(?:でき"
    r"|不能|エラー)|送信できません|не доставлен|"
    r"loop alert|not member|is not a member",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What a message is."""

    REPORT = "report"
    FEEDBACK = "feedback"
    RECEIPT = "receipt"
    AUTOREPLY = "autoreply"
    OTHER = "other"


class Message(Struct, frozen=True):
    """A message: what it is, and an event for each recipient that it tells of (most receipts tell of none)."""

    kind: Kind
    events: tuple[Event, ...]


class _Content(Struct):
    """A message taken apart.

    ``fields`` are the parts that a delivery report has for programs, ``complaint`` the part of a feedback report,
    ``receipt`` that of a receipt, ``text`` is what people read, ``returned`` the head of the returned message,
    ``nested`` a message within.
    """

    whole: mime.Part
    fields: list[str]
    complaint: str
    receipt: str
    text: str
    returned: str
    nested: bytes

    @property
    def subject(self) -> str:
        return charsets.words(self.whole.field("subject"))

    @property
    def sender(self) -> str:
        """Who sent what was returned: by its own head, else whoever the bounce was sent to."""
        return original.sender(self.returned) or address.first(self.whole.field("to"))


def read_message(raw: bytes) -> Message:
    """What a message tells; any octets will do, and at most the first MiB is read."""
    message = _outermost(raw)
    return msgspec.structs.replace(message, events=tuple([discreet(event) for event in message.events]))


def _outermost(raw: bytes) -> Message:
    """The message that tells most, of those that are forwarded within each other."""
    content = _content(raw[:MESSAGE_LIMIT])
    message = outermost = _read(content)
    for _ in range(_MOST_NESTED):
        if message.kind is Kind.RECEIPT or _tells(message):
            return message
        if not content.nested:
            break
        content = _content(content.nested)
        message = _read(content)
    return outermost


def _tells(message: Message) -> bool:
    """Is there more in it than that something failed? Else a forwarded bounce may stand within it."""
    return any(event.code or event.enhanced or event.reason for event in message.events)


def _content(raw: bytes) -> _Content:
    whole, parts = mime.cut(raw)
    content = _Content(whole, [], "", "", "", "", b"")
    plain: list[str] = []
    marked: list[str] = []
    for part in parts:
        if part.type in _REPORTS:
            content.fields.append(part.text[:_TEXT_LIMIT])
        elif part.type == "message/feedback-report":
            content.complaint = part.text[:_TEXT_LIMIT]
        elif part.type in _RECEIPTS:
            content.receipt = part.text[:_TEXT_LIMIT]
        elif part.type in _ORIGINALS or (part.type.startswith("message/") and not content.returned):
            content.nested = content.nested or part.octets
            content.returned = content.returned or mime.Part((), "", part.octets[:_ORIGINAL_LIMIT]).text
        elif part.type == "text/html":
            marked.append(part.text[:_TEXT_LIMIT])
        elif part.type.startswith("text/"):
            plain.append(part.text[:_TEXT_LIMIT])
    told = "\n\n".join(plain)
    if not told.strip():
        told = "\n\n".join([markup.shown(text) for text in marked])
    content.text, below = original.split(free_text.unquoted(told[:_TEXT_LIMIT]))
    if below and not content.returned:
        content.returned = below[:_ORIGINAL_LIMIT]
        content.nested = below[max(below.find("Return-Path:"), 0) :].encode("utf-8", "replace")
    return content


def _read(content: _Content) -> Message:
    whole = content.whole
    notified = notification.read(content.text)
    if notified is not None and notified.complaint is not None:
        complained = [each.email_address for each in notified.complaint.complained_recipients]
        return _feedback(content, complained, notified.mail.source, notified.complaint.timestamp)
    if content.complaint or feedback.is_one(content.text):
        recipients, sender, time = feedback.fields(content.complaint or content.text)
        return _feedback(content, recipients, sender, time)
    if not content.fields and (content.receipt or receipt.is_one(content.text)):
        return _receipt(content)
    reports = notification.reports(notified) if notified is not None else _reports(content)
    # A body without a header was pasted, or cut out of a bounce.
    system = not whole.fields or autoreply.is_from_a_mail_system(whole) or whole.field("x-failed-recipients") != ""
    if not reports and not system and autoreply.is_one(whole):
        return Message(Kind.AUTOREPLY, (_vacation(content),))
    events = _bounced(content, reports, system)
    return Message(Kind.REPORT if events else Kind.OTHER, events)


def _feedback(content: _Content, recipients: list[str], sender: str, time: str) -> Message:
    text = boilerplate.without(content.text)[:2000] or content.subject
    return Message(
        Kind.FEEDBACK,
        tuple(
            [
                Event(
                    source=SOURCE,
                    text=text,
                    recipient=recipient,
                    sender=sender or content.sender,
                    time=time or content.whole.field("date"),
                    reason=Reason.FEEDBACK,
                    given=content.subject,
                )
                for recipient in recipients or [""]
            ]
        ),
    )


def _receipt(content: _Content) -> Message:
    """A receipt answers a mail that arrived: nothing in it counts as a bounce but what it calls failed itself."""
    failed = receipt.failures(content.receipt or content.text)
    return Message(Kind.RECEIPT, _bounced(content, failed, system=False) if failed else ())


def _vacation(content: _Content) -> Event:
    return Event(
        source=SOURCE,
        text=f"{content.subject}\n{content.text.strip()}"[:2000].strip(),
        recipient=address.first(content.whole.field("from")),
        sender=address.first(content.whole.field("to")),
        time=content.whole.field("date"),
        state=State.ACCEPTED,
        reason=Reason.VACATION,
        given=content.subject,
    )


def _reports(content: _Content) -> list[Report]:
    """The delivery fields, from their part or from where they stand in the text."""
    reports = [report for text in content.fields for report in delivery_status.of_part(text)]
    return reports or delivery_status.of_running_text(content.text)


def _bounced(content: _Content, reports: list[Report], system: bool) -> tuple[Event, ...]:
    """An event for each recipient that was reported, or else that the text tells of."""
    strangers = [content.sender, address.first(content.whole.field("from")), address.first(content.whole.field("to"))]
    known = [name for report in reports for name in report.recipients]
    strangers = [each for each in strangers if each and not any(address.same(each, name) for name in known)]
    paragraphs = free_text.blocks(content.text, strangers) or free_text.blocks(content.text)
    blocks = {block.recipient.casefold(): block for block in paragraphs}
    turns = transcript.turns(content.text)
    if not reports:
        reports = [Report([name]) for name in _told(content, blocks, turns, strangers, system)]
    alone = len(reports) == 1
    if alone and not reports[0].recipients:
        reports[0].recipients = [block.recipient for block in paragraphs[:1]] or address.every(
            content.whole.field("x-failed-recipients")
        )
    events = []
    delayed = is_delay(content.text)
    shared = content.text if len(reports) <= _FEW else content.text[:_SHARED_LIMIT]
    for report in reports:
        block = next((blocks[name.casefold()] for name in report.recipients if name.casefold() in blocks), None)
        turn = transcript.about(turns, report.recipients, alone)
        evidence = Evidence(
            report,
            heard=turn.quoted if turn else "",
            own="\n".join(block.own) if block else "",
            after="\n".join(block.after) if block else "",
            whole=shared if alone or block is None or not boilerplate.without("\n".join(block.own)) else "",
            delayed=delayed,
            host=turn.host if turn else "",
            command=turn.verb if turn else None,
        )
        events.append(event(evidence, report.recipient, content.sender, content.whole.field("date")))
    return tuple(events)


def _told(
    content: _Content,
    blocks: dict[str, free_text.Block],
    turns: list[transcript.Turn],
    strangers: list[str],
    system: bool,
) -> list[str]:
    """The recipients that the text, or a field of Exim's and Gmail's, tells of; one unknown ("") where a mail system
    says that it failed, but not for whom. None where nothing says that a mail was not delivered."""
    failed = address.every(content.whole.field("x-failed-recipients"))
    refused = system and replies.quoted(content.text) is not None
    if not failed and not refused and _FAILURE.search(f"{content.subject}\n{content.text[:4000]}") is None:
        return []
    names = [block.recipient for block in blocks.values()] + failed + transcript.recipients(turns)
    mentioned = "" if names else free_text.mentioned(content.text, strangers)
    if mentioned:
        names = [mentioned]
    elif not names and system:
        names = [original.recipient(content.returned)]
    return list({name.casefold(): name for name in reversed(names)}.values())[::-1]
