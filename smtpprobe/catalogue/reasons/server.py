"""Reasons that lie with a server, or on the way to it. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import ReasonEntry
from smtpprobe.outcome import Reason, Retry, Who

ENTRIES: tuple[ReasonEntry, ...] = (
    ReasonEntry(
        reason=Reason.EXPIRED,
        title="Gave up after retries",
        sentence="The sending server could not hand the mail over for so long that it stopped trying, or soon will.",
        fix="Look for the last error before it gave up: it names the cause, mostly a server that did not answer.",
        who=Who.SERVER,
        actor="the recipient's mail admin",
        retry=Retry.LATER,
        references=("RFC 5321 4.5.4.1", "RFC 3463 3.5"),
    ),
    ReasonEntry(
        reason=Reason.NETWORKERROR,
        title="Network or routing trouble",
        sentence="The way to the server failed: the DNS, the connection, the route, or mail that goes in a circle.",
        fix="Check MX and addresses of the domain and try port 25 by hand. For a loop, follow the Received lines to the two hosts that repeat.",
        who=Who.NETWORK,
        actor="the recipient's mail admin",
        retry=Retry.LATER,
        references=("RFC 3463 3.5", "RFC 5321 6.3"),
    ),
    ReasonEntry(
        reason=Reason.NOTACCEPT,
        title="Host takes no mail",
        sentence="This host takes no mail, either for now or ever.",
        fix="Check that the domain's MX points where it should. If the host only said so for now, a queue gets through later.",
        who=Who.SERVER,
        actor="the recipient's mail admin",
        retry=Retry.LATER,
        references=("RFC 7504 3", "RFC 7505 3", "RFC 3463 3.4"),
    ),
    ReasonEntry(
        reason=Reason.SYSTEMERROR,
        title="Server trouble",
        sentence="The server failed inside, or it is set up wrongly.",
        fix="The admin of the server that says so finds the cause in its log. Send again once it is mended.",
        who=Who.SERVER,
        actor="the recipient's mail admin",
        retry=Retry.LATER,
        references=("RFC 3463 3.4", "RFC 5321 4.2.5"),
    ),
    ReasonEntry(
        reason=Reason.SYSTEMFULL,
        title="Server has no room",
        sentence="The server's own disk, queue or memory is exhausted; the mailbox is not the matter.",
        fix="Its admin has to make room. A queue gets through afterwards by itself.",
        who=Who.SERVER,
        actor="the recipient's mail admin",
        retry=Retry.LATER,
        references=("RFC 3463 3.4", "RFC 5321 4.2.3"),
    ),
    ReasonEntry(
        reason=Reason.MAILERERROR,
        title="Delivery program failed",
        sentence="A program that should put the mail into the mailbox, such as procmail or a script, failed.",
        fix="The admin of the final server runs that program by hand and reads its error; often a path, a right or a quota is wrong.",
        who=Who.SERVER,
        actor="the recipient's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 3463 3.4",),
    ),
)
