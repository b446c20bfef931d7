"""Reasons that lie with an address or a mailbox. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import ReasonEntry
from smtpprobe.outcome import Reason, Retry, Who

ENTRIES: tuple[ReasonEntry, ...] = (
    ReasonEntry(
        reason=Reason.USERUNKNOWN,
        title="No such mailbox",
        sentence="The receiving server knows no mailbox of this name.",
        fix="Check the spelling of the address with the recipient. Take it off every list if it is gone.",
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.NO,
        references=("RFC 5321 4.2.3", "RFC 3463 3.2"),
    ),
    ReasonEntry(
        reason=Reason.HOSTUNKNOWN,
        title="No such mail domain",
        sentence="The part after the @ is no domain that the DNS knows, or it has no server for mail.",
        fix="Check the spelling behind the @. If it is right, look up MX, A and AAAA of the domain: its owner has to repair them.",
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.AFTER_FIX,
        references=("RFC 5321 5.1", "RFC 3463 3.2"),
    ),
    ReasonEntry(
        reason=Reason.HASMOVED,
        title="Recipient has moved",
        sentence="The recipient has another address now, and mail to the old one is not forwarded.",
        fix="Use the new address if the text gives one, and correct the address book.",
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.AFTER_FIX,
        references=("RFC 5321 3.4", "RFC 3463 3.2"),
    ),
    ReasonEntry(
        reason=Reason.MAILBOXFULL,
        title="Mailbox full",
        sentence="The recipient's mailbox has no room left.",
        fix="Tell the recipient by another way to delete mail or to ask for more room, then send again.",
        who=Who.RECIPIENT,
        actor="the recipient",
        retry=Retry.LATER,
        references=("RFC 3463 3.3", "RFC 5321 4.2.3"),
    ),
    ReasonEntry(
        reason=Reason.SUSPEND,
        title="Mailbox disabled",
        sentence="The mailbox exists, but it was disabled, suspended or left unused for too long.",
        fix="Reach the recipient by another way: only they or their provider can open the mailbox again.",
        who=Who.RECIPIENT,
        actor="the recipient",
        retry=Retry.NO,
        references=("RFC 3463 3.3",),
    ),
    ReasonEntry(
        reason=Reason.FILTERED,
        title="Refused by a filter",
        sentence="The recipient's own settings, or a filter that acts for this mailbox, refused the message.",
        fix="Ask the recipient by another way to allow this sender. If the address itself may be wrong, check that first.",
        who=Who.RECIPIENT,
        actor="the recipient",
        retry=Retry.AFTER_FIX,
        references=("RFC 3463 3.3", "RFC 5321 4.2.5"),
    ),
    ReasonEntry(
        reason=Reason.REJECTED,
        title="Sender address refused",
        sentence="The server does not take mail from this envelope sender, the address in MAIL FROM.",
        fix=(
            "Use a sender address that exists, whose domain has an MX or address record, and which this server lets you "
            "use. If it is on a deny list, ask the recipient's admin to take it off."
        ),
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 5321 3.3", "RFC 3463 3.2"),
    ),
    ReasonEntry(
        reason=Reason.SUPPRESSED,
        title="On a suppression list",
        sentence="The sender's own mail provider did not try: the address is on its list of those that bounced or complained.",
        fix="Make sure that the address is good and that the recipient wants the mail, then take it off the provider's list.",
        who=Who.SENDER,
        actor="you",
        retry=Retry.AFTER_FIX,
        references=("RFC 3463 3.8",),
    ),
)
