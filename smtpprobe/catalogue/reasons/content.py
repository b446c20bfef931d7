"""Reasons that lie with the message itself. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import ReasonEntry
from smtpprobe.outcome import Reason, Retry, Who

ENTRIES: tuple[ReasonEntry, ...] = (
    ReasonEntry(
        reason=Reason.AUTHFAILURE,
        title="SPF, DKIM or DMARC failed",
        sentence="The receiving server could not confirm by SPF, DKIM or DMARC that the sender may use this domain.",
        fix=(
            "List the sending host in the SPF record, sign with DKIM, and let one of the two carry the domain of From. "
            "The Authentication-Results field of a message that arrived shows which check fails."
        ),
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 7208 8.4", "RFC 6376 6.3", "RFC 9989 7.2", "RFC 7372 3"),
    ),
    ReasonEntry(
        reason=Reason.CONTENTERROR,
        title="Message malformed",
        sentence="The server refuses the message because of how its header or its MIME parts are built.",
        fix="Mend what makes the message: character sets, encodings, MIME boundaries. Send plain text for comparison.",
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.AFTER_FIX,
        references=("RFC 3463 3.7", "RFC 2045 6"),
    ),
    ReasonEntry(
        reason=Reason.EXCEEDLIMIT,
        title="Over a fixed limit",
        sentence="The message is bigger than an administrator allows for this mailbox or sender.",
        fix="Send it smaller, or a link in place of the attachment. The limit itself can only be raised on the other side.",
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.AFTER_FIX,
        references=("RFC 3463 3.3",),
    ),
    ReasonEntry(
        reason=Reason.MESGTOOBIG,
        title="Message too big",
        sentence="The message is bigger than the server takes.",
        fix="Send a link in place of the attachment. EHLO shows the limit behind SIZE; encoding makes a file a third bigger.",
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.AFTER_FIX,
        references=("RFC 1870 6", "RFC 3463 3.4"),
    ),
    ReasonEntry(
        reason=Reason.NOTCOMPLIANTRFC,
        title="Breaks the message format",
        sentence="The message breaks a rule of RFC 5322, such as a From or Date that is missing or stands there twice.",
        fix="Let the program that makes the message write each required field once, in its proper form.",
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 5322 3.6",),
    ),
    ReasonEntry(
        reason=Reason.POLICYVIOLATION,
        title="Against a policy",
        sentence="A rule of the receiving site forbids this message, its attachment or its way of being sent.",
        fix="Read the text and the page it links to for the rule. Where it names none, ask the recipient's admin.",
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.AFTER_FIX,
        references=("RFC 3463 3.8",),
    ),
    ReasonEntry(
        reason=Reason.SPAMDETECTED,
        title="Taken for spam",
        sentence="The receiving side took the message for spam.",
        fix=(
            "Look at its links, wording and list hygiene, and at SPF, DKIM and DMARC. If it is no spam, ask the "
            "recipient's admin which rule it met."
        ),
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.AFTER_FIX,
        references=("RFC 3463 3.8",),
    ),
    ReasonEntry(
        reason=Reason.VIRUSDETECTED,
        title="Taken for malware",
        sentence="A scanner on the receiving side took the message or its attachment for malware.",
        fix="Scan the sending computer first. If it is clean, send the file in another form, or a link to it.",
        who=Who.SENDER,
        actor="the sender",
        retry=Retry.NO,
        references=("RFC 3463 3.8",),
    ),
)
