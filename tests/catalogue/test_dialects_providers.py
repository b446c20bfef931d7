"""What providers, gateways, blocklists and stock servers say: each wording finds its entry, and only where it may."""

from __future__ import annotations

import re

import pytest

from smtpprobe.catalogue.dialects import DIALECTS, UNMISTAKABLE, match
from smtpprobe.catalogue.entries import DialectEntry
from smtpprobe.catalogue.providers import PROVIDERS, by_text
from smtpprobe.outcome import Reason, Retry, Who


def explain(vendor: str, reply: str) -> DialectEntry | None:
    """Look a whole reply up; "" where nothing but its text may tell who wrote it."""
    lines = reply.split("\n")
    text = "\n".join(line[4:] for line in lines)
    enhanced = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", text)
    who = vendor or by_text(text)
    return match((who,) if who else (), int(lines[0][:3]), enhanced and enhanced.group(), text, "")


# Where the host says whose server it is.
BY_HOST = [
    ("Apple iCloud", "554 5.7.1 Message rejected due to local policy.", Reason.POLICYVIOLATION),
    ("Apple iCloud", "552 5.2.2 <bob@icloud.example>: user is overquota", Reason.MAILBOXFULL),
    ("Apple iCloud", "550 5.1.6 recipient no longer on server: bob@icloud.example", Reason.USERUNKNOWN),
    ("Apple iCloud", "550 5.1.1 unknown or illegal alias: bob@icloud.example", Reason.USERUNKNOWN),
    ("Apple iCloud", "550 5.1.1 <bob@icloud.example>: user does not exist", Reason.USERUNKNOWN),
    ("Comcast", "421 mx9.comcast.example 192.0.2.9 Too many sessions opened", Reason.TOOMANYCONN),
    ("Comcast", "421 mx9.comcast.example 192.0.2.9 Reverse DNS failure : Try again later", Reason.REQUIREPTR),
    ("Comcast", "550 5.1.1 <bob@comcast.example> Account Closed, Please Remove", Reason.USERUNKNOWN),
    ("Comcast", "552 5.1.1 <bob@comcast.example> recipient rejected - extended quota violation", Reason.MAILBOXFULL),
    ("Cox", "421 cxr.cox.example cox too many invalid recipients 192.0.2.9", Reason.BLOCKED),
    ("Cox", "554 cxr.cox.example ESMTP rejected - no rDNS", Reason.REQUIREPTR),
    ("GMX", "550 <bob@example.org>: Requested action not taken: mailbox unavailable", Reason.USERUNKNOWN),
    ("GMX", "550 <bob@example.org>: Reject due to policy violations (IP based)", Reason.BLOCKED),
    ("GMX", "554 Bad DNS PTR resource record.", Reason.REQUIREPTR),
    ("T-Online", "550 5.7.0 This message has been rejected due to spam or virus classification", Reason.SPAMDETECTED),
    ("QQ", "550 SPF check failed.", Reason.AUTHFAILURE),
    ("QQ", "550 The mailbox is a deactivated mailbox", Reason.SUSPEND),
    ("Mail.ru", "450 Ratelimit exceeded for mailbox bob@mail.example.", Reason.SPEEDING),
    ("Yandex", "552 5.2.2 Mailbox size limit exceeded", Reason.MAILBOXFULL),
    ("Facebook", "550 5.1.1 INT-P1 Refused due to recipient", Reason.USERUNKNOWN),
    ("Facebook", "421 4.7.1 POL-T1 Try again later", Reason.BLOCKED),
    ("Facebook", "550 5.1.8 DNS-T1 Sender domain does not resolve now", Reason.REJECTED),
    ("GoDaddy", "554 mx9.example bizsmtp IB104. Connection refused. 192.0.2.9 is listed", Reason.BLOCKED),
    (
        "GoDaddy",
        "550 bob@example.org Invalid SPF record. Inspect your SPF settings, and try again. IB508",
        Reason.AUTHFAILURE,
    ),
    ("GoDaddy", "552 Message rejected for spam or virus content.", Reason.SPAMDETECTED),
    ("Spectrum", "550 5.1.0 <bob@example.org> refused. AUP#I-1777", Reason.POLICYVIOLATION),
    ("Proofpoint", "550 5.7.0 Local Policy Violation - see the administrator", Reason.POLICYVIOLATION),
    (
        "Proofpoint",
        "421 4.1.1 <bob@example.net>: Recipient address rejected: unverified address: Address verification in progress",
        Reason.ONHOLD,
    ),
    ("Mimecast", "550 Invalid Recipient", Reason.USERUNKNOWN),
    ("Barracuda", "422 Recipient license expired", Reason.NOTACCEPT),
    ("Barracuda", "451 4.7.1 Greylisted for 10 minutes", Reason.BLOCKED),
    ("Symantec", "550 Please turn on SMTP Authentication in your mail client.", Reason.NORELAYING),
    ("Amazon SES", "554 Message rejected: Sending paused for this account.", Reason.BLOCKED),
    ("Mailgun", "602 Too old", Reason.EXPIRED),
    ("Zoho", "451 4.7.1 Greylisted, try again after some time", Reason.BLOCKED),
    ("Rambler", "540 5.7.1 <bob@rambler.example>: Recipient address rejected: Blocked", Reason.SUSPEND),
    ("Free", "554 5.2.2 <bob@free.example>: Recipient address rejected: Quota exceeded", Reason.MAILBOXFULL),
    (
        "Hostpoint",
        "550-SPF-check failed:\n550 example.org doesn't allow sending mails from 192.0.2.9",
        Reason.AUTHFAILURE,
    ),
    (
        "Proton Mail",
        "550 5.1.1 <bob@proton.example>: Recipient address rejected: Address does not exist",
        Reason.USERUNKNOWN,
    ),
]


@pytest.mark.parametrize(("vendor", "reply", "category"), BY_HOST)
def test_a_providers_wording_is_explained_where_the_host_is_known(vendor: str, reply: str, category: Reason) -> None:
    found = explain(vendor, reply)
    assert found is not None
    assert (found.vendor, found.category) == (vendor, category)


# Where nothing but the text says who wrote it.
BY_TEXT = [
    ("Apple iCloud", "550 5.7.1 [HM08] Message rejected due to local policy.", Reason.POLICYVIOLATION),
    ("Apple iCloud", "421 4.7.1 Messages to bob@icloud.example deferred due to excessive volume.", Reason.SPEEDING),
    ("Apple iCloud", "554 mr85p00im-smtpin002.me.com ESMTP not accepting connections", Reason.BLOCKED),
    ("Comcast", "554 mx9.example Comcast block for spam. See http://postmaster.comcast.net/x#BL000000", Reason.BLOCKED),
    (
        "Comcast",
        "554 192.0.2.9 found on one or more DNSBLs, see http://postmaster.comcast.net/x#BL000110",
        Reason.BLOCKED,
    ),
    ("Comcast", "554 192.0.2.9 see http://postmaster.comcast.net/smtp-error-codes.php#ES000001", Reason.BLOCKED),
    ("AT&T", "553 5.3.0 alph9 DNSBL:ATTRBL 521< 192.0.2.9 >_is_blocked.", Reason.BLOCKED),
    ("AT&T", "550 5.7.1 Connections not accepted from servers without a valid sender domain.", Reason.REQUIREPTR),
    ("Cox", "550 5.1.0 192.0.2.9 blocked. AUP#CXBL", Reason.BLOCKED),
    ("Cox", "421 cxr.cox.example 192.0.2.9 DNS check failure - try again later. AUP#CXDNS", Reason.REQUIREPTR),
    ("Cox", "452 4.1.0 too many recipients. AUP#CXMXRT", Reason.SPEEDING),
    ("Spectrum", "550 5.1.0 192.0.2.9 AUP#I-1000", Reason.BLOCKED),
    ("Spectrum", "554 5.7.1 192.0.2.9 AUP#In-1150", Reason.REQUIREPTR),
    ("Spectrum", "421 4.7.1 192.0.2.9 AUP#In-1340", Reason.TOOMANYCONN),
    ("Spectrum", "452 4.1.0 192.0.2.9 AUP#I-1490", Reason.SPEEDING),
    (
        "GMX",
        "554-web.example Nemesis ESMTP Service not available\n554-No SMTP service\n554 IP address is black listed",
        Reason.BLOCKED,
    ),
    (
        "GMX",
        "554-gmx.example (mx9) Nemesis ESMTP Service not available 554-No SMTP service 554-Bad DNS PTR record.",
        Reason.REQUIREPTR,
    ),
    ("T-Online", "554 IP:192.0.2.9 - A problem occurred. (BL)", Reason.BLOCKED),
    ("T-Online", "554 IP=2001:db8::9 - None/bad reputation. (NOWL)", Reason.BADREPUTATION),
    ("Orange", "421 mwinf5c01 ME Too many connections, slow down. OFR004_104 [104]", Reason.TOOMANYCONN),
    ("Orange", "550 5.7.1 client [192.0.2.9] blocked using Spamhaus LPNAAA_101", Reason.BLOCKED),
    ("Orange", "550 5.1.1 Invalid recipient. LPN416", Reason.USERUNKNOWN),
    ("Orange", "550 5.5.0 Archived recipient. LPN007_420", Reason.SUSPEND),
    ("Orange", "571 5.7.1 Message refused, DMARC verification Failed. LPN007_517", Reason.AUTHFAILURE),
    ("QQ", "550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?id=9", Reason.TOOMANYCONN),
    ("QQ", "550 Mailbox unavailable or access denined", Reason.REJECTED),
    ("NetEase", "421 HL:ICC 126 smtp9,192.0.2.9", Reason.BLOCKED),
    ("NetEase", "450 RP:DRC 163 smtp9,192.0.2.9", Reason.EXCEEDLIMIT),
    ("NetEase", "451 DT:SPM 163 smtp9, please try again", Reason.SPAMDETECTED),
    ("NetEase", "451 MI:SFQ 163 smtp9", Reason.SPEEDING),
    (
        "Mail.ru",
        "550 spam message rejected. Please visit http://help.mail.ru/notspam-support/id?c=x",
        Reason.SPAMDETECTED,
    ),
    (
        "Mail.ru",
        "550 Message was not accepted -- invalid mailbox. Local mailbox is unavailable: account is disabled",
        Reason.SUSPEND,
    ),
    ("Yandex", "451 4.7.1 Sorry, the service is currently unavailable. Please come back later. 17-abc", Reason.BLOCKED),
    ("Yandex", "554 5.7.1 [2] Message rejected under suspicion of SPAM; https://ya.cc/x", Reason.SPAMDETECTED),
    ("Facebook", "550 5.1.1 RCP-P3 http://postmaster.facebook.com/response_codes?ip=192.0.2.9#rcp", Reason.FILTERED),
    (
        "Proofpoint",
        "550 5.7.0 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.9",
        Reason.BLOCKED,
    ),
    ("Mimecast", "451 Internal resource temporarily unavailable - https://community.mimecast.com/x", Reason.BLOCKED),
    ("Mimecast", "550 Local CT IP Reputation - (reject)", Reason.BADREPUTATION),
    ("Mimecast", "550 Anti-Spoofing policy - Inbound not allowed", Reason.POLICYVIOLATION),
    ("Mimecast", "550 SPF Sender Invalid - envelope rejected", Reason.AUTHFAILURE),
    ("Mimecast", "554 Email rejected due to security policies", Reason.SPAMDETECTED),
    ("Mimecast", "451 Open relay is not allowed", Reason.NORELAYING),
    ("Mimecast", "554 Host network not allowed", Reason.POLICYVIOLATION),
    ("Mimecast", "553 This route requires TLS version 1.2 or greater", Reason.FAILEDSTARTTLS),
    ("Barracuda", "550 permanent failure for one or more recipients (bob@example.net:blocked)", Reason.FILTERED),
    (
        "Barracuda",
        "550 permanent failure for one or more recipients (bob@example.net:551 no such user)",
        Reason.USERUNKNOWN,
    ),
    ("Barracuda", "554 5.7.1 Client host [192.0.2.9] blocked using b.barracudacentral.org", Reason.BLOCKED),
    ("Cisco IronPort", "421 #4.4.5 Too many TLS sessions at this time", Reason.TOOMANYCONN),
    ("Cisco IronPort", "421 #4.x.2 Too many messages for this session", Reason.EXCEEDLIMIT),
    ("Cisco IronPort", "550 #5.1.0 Address rejected bob@example.net", Reason.USERUNKNOWN),
    ("Symantec", "553 you are trying to use me [server-9.tower-9.example] as a relay, but", Reason.NORELAYING),
    ("Symantec", "553 Message filtered. Refer to the Troubleshooting page at", Reason.SPAMDETECTED),
    ("Cloudmark", "550 5.7.1 See http://csi.cloudmark.com/reset-request/?ip=192.0.2.9", Reason.BLOCKED),
    ("Spamhaus", "550 5.7.1 192.0.2.9 has been blocked by zen.spamhaus.org", Reason.BLOCKED),
    ("Spamhaus", "553 see https://www.spamhaus.org/query/ip/192.0.2.9", Reason.BLOCKED),
    (
        "Spamhaus",
        "554 5.7.1 blocked using abcdefgh.zen.dq.spamhaus.net; https://www.spamhaus.org/query/ip/192.0.2.9",
        Reason.BLOCKED,
    ),
    (
        "URIBL",
        "554 5.7.1 blocked using multi.uribl.com; see http://lookup.uribl.com/?domain=example.org",
        Reason.BLOCKED,
    ),
    ("Invaluement", "550 192.0.2.9 listed by Invaluement", Reason.BLOCKED),
    ("Amazon SES", "454 Throttling failure: Daily message quota exceeded.", Reason.EXCEEDLIMIT),
    ("SendGrid", "550 Unauthenticated senders not allowed", Reason.SECURITYERROR),
    ("SendGrid", "403 You are not authorized to send from that email address", Reason.REJECTED),
    ("Mailgun", "498 4.1.2 No MX for example.org", Reason.HOSTUNKNOWN),
    ("Mailgun", "605 Not delivering to previously bounced address bob@example.org", Reason.SUPPRESSED),
    (
        "Cloudflare",
        "521 5.3.0 Upstream error, please check https://developers.cloudflare.com/email-routing/postmaster",
        Reason.ONHOLD,
    ),
    ("Zoho", "552 5.1.1 <bob@zoho.example> Mailbox delivery failure policy error", Reason.POLICYVIOLATION),
    ("ImprovMX", "551 5.7.1 Our database returned invalid pieces of information (#id-5.9.3)", Reason.HOSTUNKNOWN),
    ("Rackspace", "550 5.1.1 Email address could not be found, or was misspelled (G8)", Reason.USERUNKNOWN),
    (
        "Postfix",
        "450 4.2.0 <bob@example.net>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/x",
        Reason.BLOCKED,
    ),
    (
        "Postfix",
        "550 5.7.27 <bob@example.org>: Sender address rejected: Domain example.org does not accept mail (nullMX)",
        Reason.NOTACCEPT,
    ),
    ("Exim", "550-Previous (cached) callout verification failure\n550 Sender verify failed", Reason.REJECTED),
    ("Exim", "451 Could not complete recipient verify callout", Reason.ONHOLD),
    (
        "Exim",
        "550 Domain example.org has exceeded the max defers and failures per hour (5/5 (100%)) allowed.",
        Reason.EXCEEDLIMIT,
    ),
    ("Sendmail", "550 5.7.1 <bob@example.org>... Relaying denied. Proper authentication required.", Reason.NORELAYING),
    ("Sendmail", "553 5.3.5 mx.example.net. config error: mail loops back to me (MX problem?)", Reason.NETWORKERROR),
    ("qmail", "511 sorry, no mailbox here by that name (#5.1.1 - chkuser)", Reason.USERUNKNOWN),
    ("qmail", "550 sorry, no mailbox here by that name. vpopmail (#5.1.1)", Reason.USERUNKNOWN),
    ("Haraka", "450 I cannot deliver mail for <bob@example.net>", Reason.USERUNKNOWN),
    (
        "Exchange",
        "451 4.4.0 SMTPSEND.SuspiciousRemoteServerError; remote server disconnected abruptly",
        Reason.NETWORKERROR,
    ),
]


@pytest.mark.parametrize(("vendor", "reply", "category"), BY_TEXT)
def test_a_wording_that_nobody_else_has_names_its_vendor(vendor: str, reply: str, category: Reason) -> None:
    found = explain("", reply)
    assert found is not None
    assert (found.vendor, found.category) == (vendor, category)


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.1.1 <bob@example.net>: user does not exist",
        "552 5.2.2 <bob@example.net>: user is over quota",
        "421 Too many connections from your host",
        "550 Requested action not taken: mailbox unavailable",
        "501 Syntax error in parameters or arguments",
        "550 SPF check failed.",
        "550 5.7.1 rejected by DMARC policy for example.org",
        "550 Mailbox not found.",
        "550 virus detected",
        "451 4.7.1 Greylisted, try again after some time",
        "452 4.5.3 Too many recipients",
        "554 5.7.1 Client host [192.0.2.9] blocked using bl.example.org",
        "550 #5.7.1 refused",
        "553 sorry, your envelope sender domain is refused",
        "550 Recipient not found by us",
        "535 Authentication failed",
        "451 Temporary failure, please try again later.",
        "550 5.1.1 User unknown",
        "550 room IB105 is closed",
    ],
)
def test_what_anybody_may_say_names_no_provider(reply: str) -> None:
    providers = {provider.name for provider in PROVIDERS}
    code, text = int(reply[:3]), reply[4:]
    found = match((), code, None, text, "")
    assert found is None or found.vendor not in providers - {"Cisco IronPort"}


QUERY_ERRORS = [
    "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org; Error: open resolver; "
    "https://check.spamhaus.org/returnc/pub/192.0.2.53/",
    "554 5.7.1 Service unavailable; client [192.0.2.9] blocked using zen.spamhaus.org; 127.255.255.254",
    "550 5.7.1 Rejected: https://check.spamhaus.org/returnc/vol/192.0.2.53/",
    "554 5.7.1 blocked using sbl.spamhaus.org; Error: excessive queries",
    "550 listed at zen.spamhaus.example (127.255.255.252)",
    "550-rejected because 192.0.2.9 is in a black list at zen.spamhaus.org\n"
    "550 Error: open resolver; https://check.spamhaus.org/returnc/pub/192.0.2.53/",
]


@pytest.mark.parametrize("reply", QUERY_ERRORS)
@pytest.mark.parametrize("vendor", ["", "Postfix", "Exim", "Exchange"])
def test_a_query_error_of_spamhaus_is_the_receivers_fault_and_no_listing(vendor: str, reply: str) -> None:
    found = explain(vendor, reply)
    assert found is not None
    assert (found.vendor, found.category, found.who) == ("Spamhaus", Reason.SYSTEMERROR, Who.RECIPIENT)
    assert "no listing" in found.meaning


def test_a_refused_query_of_uribl_is_no_listing() -> None:
    reply = "554 5.7.1 Client host [mail.example.org] blocked using multi.uribl.com; 127.0.0.1 -> Query Refused."
    for vendor in ("", "Postfix"):
        found = explain(vendor, reply)
        assert found is not None
        assert (found.vendor, found.category) == ("URIBL", Reason.SYSTEMERROR)


def test_a_listing_is_still_a_listing() -> None:
    reply = (
        "554 5.7.1 Client host [192.0.2.9] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.9"
    )
    for vendor in ("", "Postfix"):
        found = explain(vendor, reply)
        assert found is not None
        assert (found.category, found.who) == (Reason.BLOCKED, Who.SENDER)


@pytest.mark.parametrize(
    ("vendor", "reply", "category"),
    [
        ("Postfix", "550 5.7.1 Message content rejected", Reason.FILTERED),
        ("Postfix", "451 4.7.1 Service unavailable - try again later", Reason.SYSTEMERROR),
        ("Postfix", "554 5.4.0 Error: too many hops", Reason.NETWORKERROR),
        ("Postfix", "550 5.5.2 mx.example.net Error: bare <LF> received", Reason.NOTCOMPLIANTRFC),
        ("Postfix", "554 5.7.0 Reject, id=01234-15 - INFECTED: Eicar", Reason.VIRUSDETECTED),
        (
            "Exim",
            "550-Verification failed for <bob@example.org>\n550-Unrouteable address\n550 Sender verify failed",
            None,
        ),
        ("Exim", "550 No Such User Here", Reason.USERUNKNOWN),
        ("Exim", "452 too many recipients", Reason.EXCEEDLIMIT),
        ("Exim", "421 Too much load; please try again later.", Reason.SYSTEMERROR),
        ("Sendmail", "550 5.7.1 Access denied", Reason.REJECTED),
        ("Sendmail", "554 5.4.6 Too many hops 26 (25 max)", Reason.NETWORKERROR),
        ("Sendmail", "421 4.3.2 Too many open connections.", Reason.TOOMANYCONN),
        ("Sendmail", "451 4.3.2 Please try again later", Reason.SYSTEMERROR),
        ("OpenSMTPD", "550 5.7.1 Delivery not authorized: Message is not RFC 2822 compliant", Reason.NOTCOMPLIANTRFC),
        ("OpenSMTPD", "421 4.3.0 Temporary Error", Reason.SYSTEMERROR),
        ("qmail", "451 qq write error or disk full (#4.3.0)", Reason.SYSTEMERROR),
        ("qmail", "522 sorry, recipient mailbox is full (#5.2.2 - chkuser)", Reason.MAILBOXFULL),
        ("Courier", "513 Relaying denied.", Reason.NORELAYING),
        ("Courier", "517 Domain does not exist: nowhere.example.", Reason.REJECTED),
        ("Courier", "546 Routing loop detected -- too many Received: headers.", Reason.NETWORKERROR),
        ("Courier", "432 Service temporarily unavailable.", Reason.SYSTEMERROR),
        ("Haraka", "550 MX without A records", Reason.REJECTED),
        ("Stalwart", "550 5.1.2 Relay not allowed.", Reason.NORELAYING),
        ("Stalwart", "550 5.7.25 Reverse DNS validation failed.", Reason.REQUIREPTR),
        ("chasquid", "550 5.7.9 Mail to submission port must be authenticated", Reason.SECURITYERROR),
        ("chasquid", "501 5.1.3 Malformed destination address", Reason.SYNTAXERROR),
        ("Exchange", "550 5.7.1 Message rejected as spam by Content Filtering.", Reason.SPAMDETECTED),
        ("Exchange", "421 4.3.2 Service not available", Reason.SYSTEMERROR),
    ],
)
def test_the_stock_texts_of_servers(vendor: str, reply: str, category: Reason | None) -> None:
    found = explain(vendor, reply)
    assert found is not None
    assert found.vendor == vendor
    assert category is None or found.category is category


PROVIDER_ENTRIES = [e for e in DIALECTS if e.vendor in {provider.name for provider in PROVIDERS}]


@pytest.mark.parametrize("entry", PROVIDER_ENTRIES, ids=lambda e: f"{e.vendor}-{e.name}")
def test_examples_are_invented(entry: DialectEntry) -> None:
    for text in (entry.sample, entry.near_miss):
        for address in re.findall(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", text):
            assert address.startswith(("192.0.2.", "198.51.100.", "203.0.113.", "127.", "4.16.")), address


@pytest.mark.parametrize("entry", PROVIDER_ENTRIES, ids=lambda e: f"{e.vendor}-{e.name}")
def test_advice_fits_the_reason(entry: DialectEntry) -> None:
    if entry.category is Reason.USERUNKNOWN:
        assert (entry.retry, entry.who) == (Retry.NO, Who.RECIPIENT)
    if entry.category in {Reason.SPEEDING, Reason.TOOMANYCONN}:
        assert entry.retry is Retry.LATER
    if entry.category in {Reason.AUTHFAILURE, Reason.REQUIREPTR}:
        assert entry.who is Who.SENDER


def test_every_provider_has_entries() -> None:
    assert {provider.name for provider in PROVIDERS} <= {entry.vendor for entry in DIALECTS}


def test_unmistakable_entries_speak_for_what_they_say_alone() -> None:
    for entry in UNMISTAKABLE:
        assert not re.search(entry.pattern, "", re.IGNORECASE | re.MULTILINE)
        assert not re.search(
            entry.pattern, "User unknown. Access denied. Try again later.", re.IGNORECASE | re.MULTILINE
        )
