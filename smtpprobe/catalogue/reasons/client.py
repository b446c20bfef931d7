"""Reasons that lie with the sending host, and with how it talks. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import ReasonEntry
from smtpprobe.outcome import Reason, Retry, Who

ENTRIES: tuple[ReasonEntry, ...] = (
    ReasonEntry(
        reason=Reason.BADREPUTATION,
        title="Bad reputation",
        sentence="The receiving side measured a bad reputation of the sending address or domain.",
        fix="Stop what earned it: bounces, complaints, stolen accounts. Send little and only wanted mail until it recovers.",
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 3463 3.8",),
    ),
    ReasonEntry(
        reason=Reason.BLOCKED,
        title="Sending host turned away",
        sentence="The server turns the sending host away for its IP address, or for the name it gives in EHLO.",
        fix=(
            "See whether the text names a blocklist, and get the entry removed there once its cause is gone. Check that "
            "EHLO gives the host's full name. Greylisting only wants a later attempt from the same address."
        ),
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 5782", "RFC 6647", "RFC 5321 4.1.4"),
    ),
    ReasonEntry(
        reason=Reason.REQUIREPTR,
        title="No proper reverse DNS",
        sentence="The sending IP address has no PTR record, or the name in it does not lead back to the address.",
        fix="Have the owner of the address range set a PTR to the host's name, and give that name an A or AAAA record with the address.",
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 8601 2.7.3", "RFC 7372 3.3"),
    ),
    ReasonEntry(
        reason=Reason.NORELAYING,
        title="Relaying refused",
        sentence="The server is not responsible for the recipient's domain and does not pass mail on for this sender.",
        fix=(
            "Log in (AUTH, port 465 or 587) if it is your provider's server. Otherwise send to the MX of the recipient's "
            "domain; if that is this server, its admin has to add the domain."
        ),
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 5321 3.6.2",),
    ),
    ReasonEntry(
        reason=Reason.SECURITYERROR,
        title="Security rule not met",
        sentence="A security rule was not met: the server wants a login, encryption or a right that this sender did not show.",
        fix="Check user name and password, the port (465 or 587), TLS, and whether this sender may write to this recipient.",
        who=Who.SENDER,
        actor="you",
        retry=Retry.AFTER_FIX,
        references=("RFC 4954 6", "RFC 3463 3.8"),
    ),
    ReasonEntry(
        reason=Reason.FAILEDSTARTTLS,
        title="TLS required and not reached",
        sentence="The mail must travel inside TLS, and no TLS came about between the two servers.",
        fix=(
            "See which side demands it (DANE, MTA-STS, a setting). Then mend the certificate or STARTTLS of the "
            "receiving server, or let the sending one use STARTTLS."
        ),
        who=Who.SERVER,
        actor="the recipient's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 3207 4", "RFC 7672 2.2", "RFC 8461 5"),
    ),
    ReasonEntry(
        reason=Reason.SPEEDING,
        title="Too much mail too fast",
        sentence="More mail came from this sender, or for this recipient, than the server allows in the time.",
        fix="Send slower. A queue that retries on its own gets through; if the volume is a surprise, look for a stolen account.",
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.LATER,
        references=("RFC 3463 3.8", "RFC 5321 4.5.4.1"),
    ),
    ReasonEntry(
        reason=Reason.TOOMANYCONN,
        title="Too many at once",
        sentence="The sending host uses more connections, or more recipients in one message, than the server allows at once.",
        fix="Open fewer connections at a time to this server, send several messages over each, and name fewer recipients in each.",
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.LATER,
        references=("RFC 5321 4.5.3.1.8", "RFC 5321 4.5.3.1.10"),
    ),
    ReasonEntry(
        reason=Reason.SYNTAXERROR,
        title="Command not understood",
        sentence="The server did not understand or know a command or its argument, or it came in the wrong order.",
        fix="Look at the command before the reply: its spelling, its argument, its place, and whether EHLO offers it.",
        who=Who.SENDER,
        actor="the sender's mail admin",
        retry=Retry.AFTER_FIX,
        references=("RFC 5321 4.2.2", "RFC 3463 3.6"),
    ),
)
