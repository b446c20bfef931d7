"""Diagnoses and a digest, made by hand, for the tests of what shows them."""

from __future__ import annotations

import msgspec

from smtpprobe.diagnosis import Diagnosis, Digest, Event, Group, Meaning, Named
from smtpprobe.outcome import Reason, Retry, State, Who

MEANING = Meaning(
    reason=Reason.USERUNKNOWN,
    summary="The server knows no mailbox of this name.",
    meaning="The address was refused.",
    steps=("Check the spelling of the address.", "Take it off the list if it is right."),
    retry=Retry.AFTER_FIX,
    who=Who.SENDER,
    actor="the sender",
    named=(
        Named("550", "Mailbox unavailable", "The mailbox is not there.", "RFC 5321 4.2.3"),
        Named("5.1.1", "Bad destination mailbox address", "There is no such mailbox.", "RFC 3463 3.2"),
    ),
    note=None,
    references=("RFC 5321 4.2.3", "RFC 3463 3.2"),
    shape="5.1.1 … user unknown",
)
REFUSED = Diagnosis(
    Event(
        source="postfix",
        text="5.1.1 <ann@example.net>: user unknown",
        code=550,
        enhanced="5.1.1",
        command="RCPT",
        host="mx.example.net",
        recipient="ann@example.net",
        sender="bob@example.org",
        time="Mar  3 10:11:12",
        state=State.FAILED,
        line=7,
        given="Mar  3 10:11:12 mx1 postfix/smtp[1]: … said: 550 5.1.1 <ann@example.net>: user unknown",
    ),
    MEANING,
)
TAKEN = Diagnosis(
    Event(
        source="postfix",
        text="2.0.0 Ok",
        code=250,
        enhanced="2.0.0",
        state=State.ACCEPTED,
        line=1,
        given="250 2.0.0 Ok",
    ),
    msgspec.structs.replace(MEANING, reason=Reason.ACCEPTED, summary="Done as asked.", steps=(), named=(), shape=""),
)
DIGEST = Digest(
    events=1234,
    lines=9000,
    unread=12,
    reasons=((Reason.ACCEPTED, 1000), (Reason.USERUNKNOWN, 200), (Reason.MAILBOXFULL, 34)),
    codes=(("250", 1000), ("550", 200), ("552", 34)),
    hosts=(("mx.example.net", 180), ("mx.example.com", 54)),
    groups=(
        Group(1000, (("mx.example.net", 1000),), TAKEN),
        Group(200, (("mx.example.net", 180), ("mx.example.com", 20)), REFUSED),
        Group(34, (("mx.example.com", 34),), REFUSED),
    ),
    ungrouped=3,
    first="Mar  3 10:11:12",
    last="Mar  4 09:00:00",
)
