"""The providers: who answers, by host name and by text, and that nobody is named for what anyone may write."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue import providers
from smtpprobe.catalogue.entries import ProviderEntry
from smtpprobe.catalogue.providers import PROVIDERS, by_host, by_text
from smtpprobe.catalogue.software import SOFTWARE


@pytest.mark.parametrize("entry", PROVIDERS, ids=lambda e: e.name)
def test_a_provider_is_found_by_its_hosts(entry: ProviderEntry) -> None:
    assert entry.hosts
    for host in entry.hosts:
        assert host == host.lower().strip(".")
        assert by_host(host) == by_host(f"MX1.in.{host.upper()}.") == entry.name


def test_no_name_and_no_host_stands_twice() -> None:
    assert max(Counter(entry.name for entry in PROVIDERS).values()) == 1
    assert max(Counter(host for entry in PROVIDERS for host in entry.hosts).values()) == 1


def test_software_keeps_its_own_names() -> None:
    assert {entry.name for entry in PROVIDERS} & {entry.name for entry in SOFTWARE} == {"Gmail"}


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("gmail-smtp-in.l.google.com", "Gmail"),
        ("aspmx.l.google.com", "Gmail"),
        ("smtp.gmail.com", "Gmail"),
        ("example-net.mail.protection.outlook.com", "Microsoft 365"),
        ("outlook-com.olc.protection.outlook.com", "Microsoft 365"),
        ("example-net.a-v1.mx.microsoft", "Microsoft 365"),
        ("smtp.office365.com", "Microsoft 365"),
        ("mta7.am0.yahoodns.net", "Yahoo"),
        ("mx01.mail.icloud.com", "Apple iCloud"),
        ("mx00.t-online.de", "T-Online"),
        ("mx00.emig.gmx.net", "GMX"),
        ("mx-ha02.web.de", "GMX"),
        ("mxa-00000000.gslb.pphosted.com", "Proofpoint"),
        ("eu-smtp-inbound-1.mimecast.com", "Mimecast"),
        ("route1.mx.cloudflare.net", "Cloudflare"),
        ("inbound-smtp.eu-west-1.amazonaws.com", "Amazon SES"),
        ("ec2-192-0-2-7.eu-west-1.compute.amazonaws.com", None),
        ("mail.example.org", None),
        ("notgoogle.com", None),
        ("google.com.example.org", None),
        ("com", None),
        ("", None),
        (".", None),
        ("..google.com..", "Gmail"),
    ],
)
def test_a_host_is_known_by_whole_labels(host: str, name: str | None) -> None:
    assert by_host(host) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("4.7.0 Try again later, closing connection. abc-1234.5 - gsmtp", "Gmail"),
        ("5.1.1  https://support.google.com/mail/?p=NoSuchUser abc", "Gmail"),
        ("5.7.1 rejected [FR0P281CA0123.DEUP281.PROD.OUTLOOK.COM 2026-03-01T10:00:00.000Z 08DD0000]", "Microsoft 365"),
        ("5.4.1 denied. [DB1PEPF00001.eurprd03.prod.outlook.com]", "Microsoft 365"),
        ("4.7.500 Server busy. (S77714)", "Microsoft 365"),
        ("4.7.0 Access denied, please try again later AS(201806281)", "Microsoft 365"),
        ("4.3.2 Temporary server error. Please try again later ATTR17", "Microsoft 365"),
        ("4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred", "Yahoo"),
        ("5.7.1 [BL21] Connections will not be accepted", "Yahoo"),
        ("delivery error: dd Requested mail action aborted", "Yahoo"),
        ("5.7.1 [CS01] Message rejected due to local policy.", "Apple iCloud"),
        ("5.2.0 rejected. http://postmaster.comcast.net/smtp-error-codes.php#DM000001", "Comcast"),
        ("5.3.0 flpd576 DNSBL:ATTRBL 521< 192.0.2.1 >_is_blocked.", "AT&T"),
        ("5.1.0 192.0.2.1 blocked. AUP#CXBL", "Cox"),
        ("5.1.0 192.0.2.1 blocked AUP#In-1310", "Spectrum"),
        ("Reject due to policy restrictions. https://postmaster.gmx.net/en/error-messages?ip=192.0.2.1&c=hi", "GMX"),
        ("IP=192.0.2.1 - None/bad reputation. Ask your postmaster for help (NOWL)", "T-Online"),
        ("5.1.1 Adresse invalide. Invalid recipient. OFR_416 [416]", "Orange"),
        ("5.7.1 Service refuse. LPN007_510", "Orange"),
        ("Mailbox not found. http://service.exmail.qq.com/cgi-bin/help?id=20022", "QQ"),
        ("HL:REP 163 mx1,PsCowAA 1700000000, please see http://mail.163.com/help/help_spam_16.htm", "NetEase"),
        ("spam message rejected. Please visit http://help.mail.ru/notspam-support/id?c=x", "Mail.ru"),
        ("5.7.1 [1] Message rejected under suspicion of SPAM; https://ya.cc/1IrBc", "Yandex"),
        ("5.7.0 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1", "Proofpoint"),
        ("csi.mimecast.org Poor Reputation Sender. - https://community.mimecast.com/docs/DOC-1369#550", "Mimecast"),
        ("#5.1.0 Address rejected.", "Cisco IronPort"),
        ("4.2.1 Try again later. (#id-5.9.4)", "ImprovMX"),
        ("host mx-eu.mail.am0.yahoodns.net[192.0.2.9] said: 550 no", "Yahoo"),
        ("host mx1.comcast.net [192.0.2.9] SMTP error from remote mail server after RCPT: 550 no", "Comcast"),
        ("4.4.2 mx.yandex.net Error: timeout exceeded", "Yandex"),
        ("mx01.t-online.de ESMTP receiver", "T-Online"),
    ],
)
def test_a_text_tells_who_wrote_it(text: str, name: str) -> None:
    assert by_text(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "5.1.1 <ann@gmail.com>: Recipient address rejected: User unknown",
        "5.7.1 <ann@icloud.com>: Relay access denied",
        "5.1.8 <bob@yahoo.com>: Sender address rejected: Domain not found",
        "5.7.1 rejected by DMARC policy for outlook.com",
        "yahoo.com does not designate 192.0.2.1 as permitted sender",
        "4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]",
        "4.7.1 Client host rejected: mail-am0eur01.outbound.protection.outlook.com[192.0.2.1]",
        "5.7.1 rejected [mail-am0eur01.outbound.protection.outlook.com]",
        "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1",
        "5.7.1 blocked, see http://csi.cloudmark.com/reset-request/?ip=192.0.2.1",
        "5.7.1 blocked using b.barracudacentral.org",
        "5.7.26 failed; see https://support.google.com/mail/answer/81126",
        "5.7.1 Reject, id=1-1 - spam (AS)",
        "sorry, no mailbox here by that name (#5.1.1)",
        "Syntax error in parameters or arguments (s)",
        "Requested action not taken: mailbox unavailable",
        "4.3.2 Service not available, closing transmission channel",
        "",
    ],
)
def test_what_anyone_may_write_names_nobody(text: str) -> None:
    assert by_text(text) is None


def test_nothing_is_read_behind_the_limit() -> None:
    assert by_text("x" * 8192 + " - gsmtp") is None


@pytest.mark.parametrize("entry", [e for e in PROVIDERS if e.marks], ids=lambda e: e.name)
def test_marks_are_compiled_and_bounded(entry: ProviderEntry) -> None:
    re.compile(entry.marks)
    assert not re.search(r"(?<!\\)[*+](?![^\[]*\])|,\}", entry.marks)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert by_host(text) is None or text
    by_text(text)


@pytest.mark.parametrize("unit", ["a", ".", "[", "- ", "[a.", "host a[", "outlook.com", "postmaster.", "\0", "é"])
def test_hostile_texts_are_answered(unit: str) -> None:
    by_text(unit * 65536)
    by_host(unit * 65536)


def test_the_module_loads_nothing_heavy() -> None:
    code = f"import sys, {providers.__name__}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"aiosmtplib", "dns", "rich", "click"} & set(done.stdout.split())
