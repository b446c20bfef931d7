"""What is no refusal, and what cannot be told. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import ReasonEntry
from smtpprobe.outcome import Reason, Retry, Who

ENTRIES: tuple[ReasonEntry, ...] = (
    ReasonEntry(
        reason=Reason.ACCEPTED,
        title="Accepted",
        sentence="The server said yes.",
        fix="Nothing has to be done.",
        who=Who.NOBODY,
        actor="nobody",
        retry=Retry.NO,
        references=("RFC 5321 4.2.1",),
    ),
    ReasonEntry(
        reason=Reason.DELIVERED,
        title="Delivered",
        sentence="The mail reached the mailbox or left for a system that sends no further reports.",
        fix="Nothing has to be done.",
        who=Who.NOBODY,
        actor="nobody",
        retry=Retry.NO,
        references=("RFC 3464 2.3.3",),
    ),
    ReasonEntry(
        reason=Reason.FEEDBACK,
        title="Complaint",
        sentence="This is no bounce: the recipient marked the mail as spam, and the provider passes the complaint on.",
        fix="Take the address off the list at once, and ask why the mail was not wanted.",
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.NO,
        references=("RFC 5965", "RFC 6650"),
    ),
    ReasonEntry(
        reason=Reason.VACATION,
        title="Automatic answer",
        sentence="This is no bounce: the mail arrived, and a program answered that the recipient is away.",
        fix="Nothing has to be done.",
        who=Who.NOBODY,
        actor="nobody",
        retry=Retry.NO,
        references=("RFC 3834", "RFC 5230"),
    ),
    ReasonEntry(
        reason=Reason.ONHOLD,
        title="Not told clearly",
        sentence="The mail was not delivered, and what the server says does not settle the reason.",
        fix="Look into the log of the sending server for the whole dialogue, or ask the recipient's admin with the time and the queue ID.",
        who=Who.SERVER,
        actor="the recipient's mail admin",
        retry=Retry.LATER,
        references=("RFC 3463 3.1",),
    ),
    ReasonEntry(
        reason=Reason.UNDEFINED,
        title="No reason given",
        sentence="The report says that delivery failed, and not why.",
        fix="Ask the admin of the server that wrote the report, with the time and the Message-ID.",
        who=Who.SERVER,
        actor="the recipient's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 3463 3.1",),
    ),
    ReasonEntry(
        reason=Reason.NONE,
        title="No reason to be told",
        sentence="There is a code and nothing else, or no code at all, so that no reason can be told.",
        fix="Give the text that came with it and the command that it answered.",
        who=Who.NOBODY,
        actor="you",
        retry=Retry.AFTER_FIX,
        references=("RFC 5321 4.2",),
    ),
)
