"""X.2: the recipient mailbox exists, and something about it decides. Entries only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import EnhancedEntry
from smtpprobe.outcome import Retry, Who

ENTRIES: tuple[EnhancedEntry, ...] = (
    EnhancedEntry(
        code="X.2.0",
        name="Other or undefined mailbox status",
        meaning="The mailbox exists; something unnamed about it caused this answer.",
        fix="Ask the recipient or the admin on that side, with the text of the reply in hand.",
        classes=(2, 4, 5),
        basic=(),
        retry=Retry.AFTER_FIX,
        who=Who.RECIPIENT,
        references=("RFC 3463 3.3",),
    ),
    EnhancedEntry(
        code="X.2.1",
        name="Mailbox disabled, not accepting messages",
        meaning="The mailbox exists and takes nothing: for now with 4, for good with 5.",
        fix="Only its owner or admin can enable it. Gmail also says 4.2.1 when somebody gets mail too fast; slow down then.",
        classes=(4, 5),
        basic=(),
        retry=Retry.AFTER_FIX,
        who=Who.RECIPIENT,
        references=("RFC 3463 3.3",),
    ),
    EnhancedEntry(
        code="X.2.2",
        name="Mailbox full",
        meaning="The mailbox has reached its quota.",
        fix="The recipient must delete mail or get more room; keep the message queued meanwhile. The RFC wants it temporary, yet many servers send it as final. Exchange Online means the sender quota by 5.2.2.",
        classes=(4, 5),
        basic=(552,),
        retry=Retry.LATER,
        who=Who.RECIPIENT,
        references=("RFC 3463 3.3",),
    ),
    EnhancedEntry(
        code="X.2.3",
        name="Message length exceeds administrative limit",
        meaning="The message is larger than this one mailbox allows, while the server as such takes more.",
        fix="Send less or share a link. Sendmail uses 5.2.3 for the limit of the whole server too.",
        classes=(5,),
        basic=(552,),
        retry=Retry.NO,
        who=Who.SENDER,
        references=("RFC 3463 3.3",),
    ),
    EnhancedEntry(
        code="X.2.4",
        name="Mailing list expansion problem",
        meaning="The address is a mailing list and its members could not be worked out.",
        fix="The owner of the list has to look: an empty list, a broken include file or an unreachable directory.",
        classes=(4, 5),
        basic=(450, 452),
        retry=Retry.AFTER_FIX,
        who=Who.RECIPIENT,
        references=("RFC 3463 3.3",),
    ),
)
