"""Blocklist queries that failed: error codes that are taken for listings. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import FaultEntry
from smtpprobe.outcome import Reason, Retry, Who

ENTRIES: tuple[FaultEntry, ...] = (
    FaultEntry(
        name="blocklist query: zone name mistyped",
        pattern=r"127\.255\.255\.252|typing error in (?:the )?(?:DNSBL|zone) name|returnc/typo",
        meaning="This is no listing. Spamhaus answered 127.255.255.252: the mail server asks a zone whose name is misspelt, and takes the error for a listing.",
        when="After a change of the server's blocklist settings.",
        fix="The admin of the server that refuses corrects the zone name (`zen.spamhaus.org`), and lets only 127.0.0.2 to 127.0.0.11 count as a listing (Postfix: `zen.spamhaus.org=127.0.0.[2..11]`). The sender can only tell them.",
        retry=Retry.AFTER_FIX,
        who=Who.SERVER,
        category=Reason.SYSTEMERROR,
        sample="Client host [198.51.100.7] blocked using zen.spamhaus.example: 127.255.255.252",
        near_miss="Client host [198.51.100.7] blocked using zen.spamhaus.org: 127.0.0.2",
        references=(
            "Spamhaus return codes",
            "RFC 5782 2.1",
        ),
    ),
    FaultEntry(
        name="blocklist query: public resolver",
        pattern=r"127\.255\.255\.254|Error:? open resolver|returnc/pub|public(?:/| or )open resolver|via public/open resolver|Query Refused\. See http[^\n]{0,60}refused",
        meaning="This is no listing. The blocklist answered 127.255.255.254: the mail server asks it through a public resolver (8.8.8.8, 1.1.1.1, a hoster's), which the list does not serve.",
        when="On servers whose `/etc/resolv.conf` names a public or a hoster's resolver.",
        fix="The admin of the server that refuses runs a resolver of its own (Unbound on localhost) or uses a free DQS key of Spamhaus, and lets only 127.0.0.2 to 127.0.0.11 count as a listing. The sender can only tell them.",
        retry=Retry.AFTER_FIX,
        who=Who.SERVER,
        category=Reason.SYSTEMERROR,
        sample="Service unavailable; Client host [198.51.100.7] blocked using zen.spamhaus.org; Error: open resolver; https://check.spamhaus.org/returnc/pub/192.0.2.53/",
        near_miss="Client host [198.51.100.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/198.51.100.7",
        references=(
            "Spamhaus return codes",
            "RFC 5782 2.1",
        ),
    ),
    FaultEntry(
        name="blocklist query: too many",
        pattern=r"127\.255\.255\.255|excessive (?:number of )?queries|returnc/vol",
        meaning="This is no listing. The blocklist answered 127.255.255.255: the mail server asks too often for free use, and takes the error for a listing.",
        when="On busy servers, and where many customers share one resolver.",
        fix="The admin of the server that refuses gets a data feed or a DQS key, caches answers in a resolver of its own, and lets only 127.0.0.2 to 127.0.0.11 count as a listing. The sender can only tell them.",
        retry=Retry.AFTER_FIX,
        who=Who.SERVER,
        category=Reason.SYSTEMERROR,
        sample="blocked using zen.spamhaus.org; Error: excessive number of queries; https://check.spamhaus.org/returnc/vol/",
        near_miss="The number of listings is excessive",
        references=(
            "Spamhaus return codes",
            "RFC 5782 2.1",
        ),
    ),
    FaultEntry(
        name="blocklist does not answer",
        pattern=r"(?:DNSBL|DNS list|RBL|blocklist|blacklist) lookup[^\n]{0,40}(?:defer|error|fail|time)|warning: [^\n]{1,200}: RBL lookup error",
        meaning="The mail server could not ask its blocklist, so it went on without it.",
        when="When the list is gone, its zone is misspelt, or the resolver does not reach it.",
        fix="Check that the list still exists, and remove it from the settings if not. No mail is refused by this.",
        retry=Retry.LATER,
        who=Who.SERVER,
        category=Reason.NETWORKERROR,
        sample="warning: 7.100.51.198.bl.example.org: RBL lookup error: Host or domain name not found",
        near_miss="The list of the blocked roads is read out",
        references=(
            "RFC 5782",
            "Postfix postscreen(8)",
        ),
    ),
)
