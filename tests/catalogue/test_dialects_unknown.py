"""Whose words a reply is made of, told by the words: what only one vendor writes, and what anyone may write."""

from __future__ import annotations

import pytest
from dialect_lookup import explain

from smtpprobe.catalogue.dialects import match

# Wordings of the providers' own error pages, with invented names: (vendor, name, reply) without a vendor known.
WORDINGS = [
    (
        "Gmail",
        "sender not authenticated",
        "550 5.7.26 This mail has been blocked because the sender is unauthenticated",
    ),
    ("Gmail", "sender not authenticated", "550 5.7.26 This mail is unauthenticated, which poses a security risk"),
    ("Gmail", "sender not authenticated", "550 Gmail requires all senders to authenticate with either SPF or DKIM."),
    (
        "Gmail",
        "sender not authenticated, slowed down",
        "421 4.7.26 This email has been rate limited because it is unauthenticated. "
        "Gmail requires all senders to authenticate with either SPF or DKIM.",
    ),
    (
        "Gmail",
        "sender not authenticated",
        "550-5.7.26 This mail has been blocked because the\n550-5.7.26 sender is unauthenticated. Gmail requires\n"
        "550-5.7.26 all senders to authenticate with either SPF or DKIM.\n550 5.7.26  abc - gsmtp",
    ),
    (
        "Gmail",
        "recipient gets too much mail",
        "450-4.2.1 The user you are trying to contact is receiving mail\n"
        "450-4.2.1 at a rate that prevents\n450 4.2.1 more",
    ),
    (
        "Gmail",
        "no such user",
        "550 5.1.1 The email account that you tried to reach 550-5.1.1 does not exist. 550 5.1.1 abc - gsmtp",
    ),
    (
        "Gmail",
        "bulk mail without SPF",
        "550 5.7.27 This message was blocked because it didn't pass SPF authentication. "
        "Gmail requires bulk email senders to authenticate their email with SPF.",
    ),
    (
        "Gmail",
        "bulk mail without DKIM",
        "550 5.7.30 Gmail requires all email bulk senders to authenticate their email with DKIM.",
    ),
    (
        "Gmail",
        "From not aligned",
        "421 5.7.32 Your email was blocked because the From: header (RFC5322) in this message "
        "isn't aligned with either the authenticated SPF or DKIM organizational domain.",
    ),
    ("Gmail", "no PTR record", "451 4.7.23 The sending IP address for this message doesn't have a PTR record"),
    (
        "Gmail",
        "rule of a Workspace admin",
        "550 5.7.1 This message violates example.com email policy. - gcdp abc - gsmtp",
    ),
    ("Microsoft 365", "network on Microsoft's own blocklist", "550 5.7.1 your network is on our block list (S3140)."),
    (
        "Microsoft 365",
        "trouble inside Microsoft 365",
        "451 4.3.2 Temporary server error. Please try again later ATTR17",
    ),
    ("Microsoft 365", "banned address", "550 5.7.620 Access denied, banned sending IP [192.0.2.1]"),
    ("Microsoft 365", "sending account banned", "550 5.7.502 Access denied, banned sender"),
    (
        "Microsoft 365",
        "none of the recipients exists",
        "550 5.7.504 [ann@example.net]: Recipient address rejected: Access denied",
    ),
    (
        "Exchange",
        "sender address is not the login's",
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
    ),
    (
        "Exchange",
        "recipient takes logged-in senders only",
        "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required",
    ),
    ("Exchange", "bare line feeds in the message", "550 5.6.11 Invalid characters"),
    (
        "Exchange",
        "no such user in the directory",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    ),
    ("Yahoo", "deferred for volume or complaints", "421 4.7.0 [TS02] Messages from 192.0.2.1 temporarily deferred"),
    ("Yahoo", "deferred for good", "421 4.7.1 [TS03] All messages from 192.0.2.1 will be permanently deferred"),
    (
        "Yahoo",
        "sender not authenticated",
        "550 5.7.9 This mail has been blocked because the sender is unauthenticated. "
        "Yahoo requires all senders to authenticate with either SPF or DKIM.",
    ),
    (
        "Yahoo",
        "address on a Spamhaus list",
        "553 Mail from 192.0.2.1 not allowed - 5.7.1 [BL23] Connections not accepted",
    ),
    ("Yahoo", "AOL: computer infected", "554 5.7.1 : (RTR:CH) http://postmaster.info.aol.com/errors/554rtrch.html"),
]


@pytest.mark.parametrize(("vendor", "name", "reply"), WORDINGS)
def test_what_only_one_vendor_writes_names_it(vendor: str, name: str, reply: str) -> None:
    found = explain("", reply)
    assert found is not None
    assert (found.vendor, found.name) == (vendor, name)


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.1.1 <ann@example.net>: no such user here",
        "550 5.7.1 This message was rejected because the sender is unauthenticated",
        "550 5.7.1 mail from example.org is not accepted due to its policy",
        "550 5.7.1 Recipient address rejected: Access denied",
        "550 5.7.1 You are on our block list",
        "550 5.7.1 Due to the very low reputation of the sending domain, this message has been blocked",
        "421 4.7.0 Try again later, closing connection",
        "421 4.3.2 Service not available, closing transmission channel",
        "421 4.7.0 too many messages, temporarily deferred",
        "450 4.2.1 User is receiving mail too quickly",
        "451 4.3.2 Temporary server error. Please try again later",
        "452 4.3.1 Insufficient system resources",
        "535 5.7.8 Username and Password not accepted",
        "550 5.5.0 Requested action not taken: mailbox unavailable",
        "552 5.2.2 Mailbox full",
        "554 5.7.1 Email rejected for policy reasons",
        "554 5.7.1 Message not accepted for policy reasons",
    ],
)
def test_what_anyone_may_write_names_nobody(reply: str) -> None:
    found = explain("", reply)
    assert found is None or found.vendor == ""


def test_the_vendors_speak_in_their_order() -> None:
    text = "5.7.4 Unrecognized authentication type"

    def vendor_of(*vendors: str) -> str | None:
        found = match(vendors, 504, "5.7.4", text, "AUTH")
        return found.vendor if found else None

    assert vendor_of("Gmail", "Exchange") == "Gmail"
    assert vendor_of("Microsoft 365", "Exchange") == "Microsoft 365"
    assert vendor_of("no such server", "Exchange") == "Exchange"
    assert vendor_of() is None


def test_an_unmistakable_wording_is_heard_whoever_is_known() -> None:
    found = match(
        ("Postfix",), 550, "5.7.26", "5.7.26 The MAIL FROM domain has an SPF record with a hard fail policy", ""
    )
    assert found is not None
    assert found.vendor == "Gmail"


def test_an_unknown_code_is_not_compared() -> None:
    text = "4.7.0 Try again later, closing connection. abc - gsmtp"
    known, unknown = match(("Gmail",), 421, "4.7.0", text, ""), match(("Gmail",), None, "4.7.0", text, "")
    assert known is unknown is not None
    assert match(("Gmail",), 550, "4.7.0", text, "") is not known
