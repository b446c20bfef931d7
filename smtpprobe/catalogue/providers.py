"""Whose servers answer: the mail providers, gateways and sending services, told by a host name or by a text. No I/O.

What a text says about a client, a sender, a recipient or a blocklist never names the server that wrote it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from smtpprobe.catalogue.entries import ProviderEntry
from smtpprobe.catalogue.needles import Index, parts_of

_SES_REGIONS = (
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "sa-east-1",
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
)

PROVIDERS: Final[tuple[ProviderEntry, ...]] = (
    ProviderEntry(
        name="Gmail",
        hosts=("google.com", "gmail.com", "googlemail.com"),
        marks=r"\bgsmtp\b|\bsupport\.google\.com/(?:mail|a)/\?p=|\bmail\.google\.com/support/",
    ),
    ProviderEntry(
        name="Microsoft 365",
        hosts=(
            "outlook.com",
            "hotmail.com",
            "live.com",
            "msn.com",
            "office365.com",
            "office.com",
            "mx.microsoft",
            "outlook.cn",
        ),
        # The tail names the server that answers; a client's name is told by its "outbound".
        marks=r"\[(?!(?:[\w#-]{1,63}\.){0,6}outbound\.)(?:[\w#-]{1,63}\.){0,8}outlook\.(?:com|cn)[\] ]"
        r"|\(S\d{3,5}\)|\(AS\d{3,12}\)|\bAS\(\d{3,12}\)|\bATTR\d{1,3}\b|\. PRX\d{1,3}\b|\(TSTE\)"
        r"|\bpostmaster\.(?:live|outlook)\.com\b|\bmail\.live\.com/mail/|\bgo\.microsoft\.com/fwlink|\baka\.ms/"
        r"|\bsender\.office\.com\b|\bsendersupport\.olc\.protection\.outlook\.com\b"
        r"|\bdelist@(?:messaging\.)?microsoft\.com\b",
    ),
    ProviderEntry(
        name="Yahoo",
        hosts=("yahoodns.net", "yahoo.com", "yahoo.net", "ymail.com", "rocketmail.com", "yahooinc.com", "aol.com"),
        marks=r"\[TSS?\d{1,2}\]|\[PH\d{1,2}\]|\[BL2[13]\]|\bIPTS\d{1,2}\b|\bpostmaster\.(?:yahoo|yahooinc|aol|info\.aol)\.com\b"
        r"|\bsenders\.yahooinc\.com\b|\bhelp\.yahoo\.com/|\bdelivery error: dd\b|\[#4\.16\.\d{1,3}\]|\bRTR:[A-Z]{2}\b"
        r"| - [\w.-]{1,200}\.(?:yahoo|aol)\.com(?:\s|\Z)",
    ),
    ProviderEntry(
        name="Apple iCloud",
        hosts=("icloud.com", "me.com", "mac.com", "apple.com"),
        marks=r"\[CS0\d\]|\[HM0\d\]|\[HME\d\]|\bsupport\.apple\.com/|\bsmtpin[\w.-]{0,100}\.(?:me|mac|icloud)\.com\b",
    ),
    ProviderEntry(
        name="Comcast",
        hosts=("comcast.net", "xfinity.com"),
        marks=r"\bpostmaster\.(?:comcast\.net|xfinity\.com)\b|\bspa\.xfinity\.com\b",
    ),
    ProviderEntry(
        name="AT&T",
        hosts=("att.net", "prodigy.net", "sbcglobal.net", "bellsouth.net"),
        marks=r"\bDNSBL:(?:ATT)?RBL 521|\babuse_rbl@abuse-att\.net\b|\bblank mailhost - invalid address, relay=\["
        r"|\bAddressee unknown, relay=\[",
    ),
    ProviderEntry(
        name="Cox",
        hosts=("cox.net",),
        marks=r"\bAUP#CX[A-Z]{2,6}\b|\bAUP#CDRBL\b|\bpostmaster\.(?:cox\.net)\b",
    ),
    ProviderEntry(
        name="Spectrum",
        hosts=("charter.net", "rr.com", "twc.com", "brighthouse.com", "spectrum.net"),
        marks=r"\bAUP#(?:In?|O|Out)-?\d{4}\b|\bpostmaster\.(?:charter\.net|spectrum\.net|rr\.com)\b",
    ),
    ProviderEntry(
        name="GMX",
        hosts=("gmx.net", "gmx.de", "gmx.com", "gmx.at", "gmx.ch", "web.de", "mail.com", "1und1.de", "kundenserver.de"),
        marks=r"\bReject due to (?:policy (?:restrictions|violations)|SPF policy)\b|\bBad DNS PTR resource record\b"
        r"|\bInvalid DNS MX or A/AAAA resource record\b|\bNemesis ESMTP\b"
        r"|\bpostmaster\.(?:gmx\.net|gmx\.com|gmx\.de|web\.de|mail\.com|1und1\.de|ionos\.com)\b",
    ),
    ProviderEntry(
        name="T-Online",
        hosts=("t-online.de", "magenta.de"),
        marks=r"\btosa@rx\.t-online\.de\b|\bpostmaster\.(?:t-online\.de)\b"
        r"|\bIP[=:][0-9a-f.:]{3,45} - (?:None/bad reputation|A problem occurred)",
    ),
    ProviderEntry(
        name="Orange",
        hosts=("orange.fr", "wanadoo.fr", "laposte.net"),
        marks=r"\bOFR\w{0,6}_\d{3}\b|\bLPN\w{0,6}_\d{3}\b|\bpostmaster\.(?:orange\.fr|laposte\.net)\b",
    ),
    ProviderEntry(
        name="QQ",
        hosts=("qq.com", "foxmail.com", "qcloudmail.com"),
        marks=r"\bservice\.(?:exmail|mail)\.qq\.com\b|\bhelp\.mail\.qq\.com\b|\bopen\.work\.weixin\.qq\.com\b",
    ),
    ProviderEntry(
        name="NetEase",
        hosts=("163.com", "126.com", "yeah.net", "188.com", "netease.com"),
        marks=r"\bHL:(?:REP|ICC|IFC|MEP|ITC|IPB)\b|\bMI:(?:CEL|DMC|CCL|SFQ|NHD|SPB|SPF|STC|FTP|IMF|DVN)\b"
        r"|\bRP:(?:CEL|DRC|TRC|QRC)\b|\bDT:(?:RBL|SPM|SUM)\b"
        r"|//(?:[\w-]{1,20}\.){0,3}163\.com/|//(?:[\w-]{1,20}\.){0,3}126\.com/",
    ),
    ProviderEntry(
        name="Mail.ru",
        hosts=("mail.ru", "bk.ru", "inbox.ru", "list.ru"),
        marks=r"\bhelp\.mail\.ru/|\bpostmaster\.(?:mail\.ru)\b|\babuse@corp\.mail\.ru\b|\brules\.mail\.ru\b",
    ),
    ProviderEntry(
        name="Yandex",
        hosts=("yandex.ru", "yandex.net", "yandex.com", "ya.ru"),
        marks=r"//ya\.cc/|//(?:help\.|feedback\d?\.)?yandex\.(?:ru|com)/",
    ),
    ProviderEntry(
        name="Facebook",
        hosts=("facebook.com", "facebookmail.com", "meta.com"),
        marks=r"\bpostmaster\.(?:facebook\.com)\b|\bfacebook\.com/postmaster",
    ),
    ProviderEntry(
        name="GoDaddy",
        hosts=("secureserver.net", "godaddy.com"),
        marks=r"\bx\.co/rlbounce\b|\bunblock\.secureserver\.net\b|\bca\.godaddy\.com\b|\bgodaddy\.com/help/",
    ),
    ProviderEntry(
        name="Proofpoint",
        hosts=("pphosted.com", "ppe-hosted.com", "gpphosted.com", "proofpoint.com"),
        marks=r"\b(?:ipcheck|support|dnsbl)\.proofpoint\.com\b",
    ),
    ProviderEntry(
        name="Mimecast",
        hosts=("mimecast.com", "mimecast.co.za", "mimecast-offshore.com"),
        marks=r"\b(?:csi|ip|community|support|mimecastsupport)\.mimecast\.(?:com|org)\b|\bmimecastsupport\.zendesk\.com\b"
        r"|\bmimecast\.com/(?:mimecasters|docs|s/article)",
    ),
    ProviderEntry(
        name="Barracuda",
        hosts=("barracudanetworks.com", "barracuda.com"),
        marks=r"\bbarracudanetworks\.com/reputation|\bblocked using Barracuda Reputation",
    ),
    ProviderEntry(
        name="Cisco IronPort",
        hosts=("iphmx.com",),
        # Nobody else puts the number sign of an enhanced code in front of the text.
        marks=r"\bsenderbase\.org\b|\btalosintelligence\.com/|\A#4\.[0-9x]{1,3}\.[0-9x]{1,3} |\A#5\.[0-9x]{1,3}\.[0-9x]{1,3} ",
    ),
    ProviderEntry(
        name="Symantec",
        hosts=("messagelabs.com", "messagelabs.net", "symanteccloud.com"),
        marks=r"\bmessagelabs\.com/|\bsymanteccloud\.com\b|\btrying to use me \[[^\]\n]{1,80}\] as a relay",
    ),
    ProviderEntry(
        name="Amazon SES",
        hosts=(
            "amazonses.com",
            *(f"inbound-smtp.{region}.amazonaws.com" for region in _SES_REGIONS),
            *(f"email-smtp.{region}.amazonaws.com" for region in _SES_REGIONS),
        ),
        marks=r"\bdocs\.aws\.amazon\.com/ses|\bAmazonSimpleEmailService\b"
        r"|\bfollowing identities failed the check in region\b",
    ),
    ProviderEntry(
        name="SendGrid",
        hosts=("sendgrid.net", "sendgrid.com"),
        marks=r"\bsendgrid\.com/",
    ),
    ProviderEntry(
        name="Mailgun",
        hosts=("mailgun.org", "mailgun.com", "mailgun.net"),
        marks=r"\bmailgun\.com/",
    ),
    ProviderEntry(
        name="Cloudflare",
        hosts=("mx.cloudflare.net", "cloudflare-email.net", "cloudflare-email.com"),
        marks=r"\bdevelopers\.cloudflare\.com/email",
    ),
    ProviderEntry(
        name="Zoho",
        hosts=("zoho.com", "zoho.eu", "zoho.in", "zohomail.com", "zohomail.eu", "zohomail.in"),
        marks=r"\bby Zoho Mail\b|,mx\d?\.zoho(?:mail)?\.(?:com|eu|in)\b|\bzoho\.com/(?:mail|contact)",
    ),
    ProviderEntry(
        name="ImprovMX",
        hosts=("improvmx.com",),
        marks=r"\(#id-\d{1,2}\.\d{1,3}\.\d{1,3}\)|\bimprovmx\.com/|\bforwarded from/to improvmx\.com\b",
    ),
    ProviderEntry(name="Infomaniak", hosts=("infomaniak.ch", "infomaniak.com", "ikmail.com"), marks=""),
    ProviderEntry(name="Rambler", hosts=("rambler.ru", "lenta.ru"), marks=r"\bhelp\.rambler\.ru\b"),
    ProviderEntry(name="Free", hosts=("free.fr",), marks=r"\bpostmaster\.(?:free\.fr)\b"),
    ProviderEntry(name="Hostpoint", hosts=("hostpoint.ch",), marks=""),
    ProviderEntry(
        name="Rackspace",
        hosts=("emailsrvr.com", "rackspace.com"),
        marks=r"\bor was misspelled \(G\d{1,2}\)",
    ),
    ProviderEntry(
        name="Proton Mail",
        hosts=("protonmail.ch", "protonmail.com", "proton.me", "proton.ch"),
        marks=r"\bproton(?:mail)?\.(?:me|com|ch)/(?:support|blog)",
    ),
    ProviderEntry(name="HEY", hosts=("hey.com",), marks=r"\bhelp\.hey\.com\b"),
    ProviderEntry(
        name="Fastmail",
        hosts=("messagingengine.com", "fastmail.com", "fastmail.fm"),
        marks=r"\bfastmail\.(?:com|help)/",
    ),
    # Lists that other servers ask: their names in a text do not tell who wrote it.
    ProviderEntry(name="Spamhaus", hosts=("spamhaus.org",), marks=""),
    ProviderEntry(name="URIBL", hosts=("uribl.com",), marks=""),
    ProviderEntry(name="Invaluement", hosts=("invaluement.com",), marks=""),
    ProviderEntry(name="Cloudmark", hosts=("cloudmark.com", "cloudfilter.net"), marks=""),
)

_BY_HOST: Final = {host: provider.name for provider in PROVIDERS for host in provider.hosts}
_MARKED: Final = tuple(provider for provider in PROVIDERS if provider.marks)
_TEXT_LIMIT: Final = 8 * 1024
_NAME_LIMIT: Final = 255
_NAME: Final = r"[a-z0-9][a-z0-9.-]{2,250}"
# A server's own name at the front of its text (RFC 5321 4.2.3), and where a log or a bounce introduces its words.
_OWN_NAME: Final = re.compile(
    rf"(?:[45]\.[0-9]{{1,3}}\.[0-9]{{1,3}} )?({_NAME}) (?:E?SMTP|Error:|Service|Resources)", re.IGNORECASE
)
_INTRODUCED: Final = re.compile(
    rf"\bhost ({_NAME}) ?\[[^\]\n]{{2,60}}\](?::[0-9]{{1,5}})?(?: said:|:| SMTP error| refused)", re.IGNORECASE
)


def by_host(host: str) -> str | None:
    """The provider whose mail server has this name, or whose domain it is."""
    name = host[: _NAME_LIMIT + 1].lower().rstrip(".")
    while name:
        if (found := _BY_HOST.get(name)) is not None:
            return found
        name = name.partition(".")[2]
    return None


def by_text(text: str) -> str | None:
    """The provider whose server must have written this reply: nobody else writes so."""
    return _by_text(text[:_TEXT_LIMIT])


@lru_cache(maxsize=256)
def _by_text(text: str) -> str | None:
    """Servers of one kind say the same."""
    lowered = text.lower()
    for at in _index().possible(lowered, parts_of(lowered)):
        if _compiled(_MARKED[at].marks).search(text):
            return _MARKED[at].name
    named = _OWN_NAME.match(text) or ("host " in lowered and _INTRODUCED.search(text))
    return by_host(named[1]) if named else None


@cache
def _index() -> Index:
    return Index([provider.marks for provider in _MARKED])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
