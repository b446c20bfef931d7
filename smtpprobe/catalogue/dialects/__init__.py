"""What vendors mean by their wordings: the tables of all vendors and the look-up in them. No I/O, no conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from smtpprobe.catalogue.dialects import (
    aiosmtpd,
    amazon_ses,
    apple,
    att,
    barracuda,
    blocklists,
    chasquid,
    cloudflare,
    comcast,
    common,
    courier,
    cox,
    exchange,
    exchange_agents,
    exchange_directory,
    exchange_transport,
    exim,
    exim_cpanel,
    exim_delivery,
    exim_policy,
    facebook,
    gmail,
    gmail_authentication,
    gmail_login,
    gmail_reputation,
    gmail_session,
    gmx,
    godaddy,
    haraka,
    hosters,
    ironport,
    james,
    mailgun,
    mailru,
    messagelabs,
    microsoft,
    microsoft_delivery,
    microsoft_login,
    microsoft_recipient,
    microsoft_tenant,
    mimecast,
    mox,
    netease,
    nodemailer,
    opensmtpd,
    orange,
    postfix,
    postfix_delivery,
    postfix_helpers,
    postfix_policy,
    proofpoint,
    qmail,
    sendgrid,
    sendmail,
    sendmail_policy,
    spectrum,
    stalwart,
    tencent,
    tonline,
    yahoo,
    yahoo_reputation,
    yandex,
    zoho,
)
from smtpprobe.catalogue.entries import DialectEntry
from smtpprobe.catalogue.needles import Index, parts_of

_VENDORS = (
    postfix,
    postfix_helpers,
    postfix_delivery,
    postfix_policy,
    exim,
    exim_delivery,
    exim_cpanel,
    exim_policy,
    sendmail_policy,
    sendmail,
    opensmtpd,
    microsoft,
    microsoft_tenant,
    microsoft_recipient,
    microsoft_delivery,
    microsoft_login,
    exchange,
    exchange_agents,
    exchange_directory,
    exchange_transport,
    gmail,
    gmail_authentication,
    gmail_login,
    gmail_reputation,
    gmail_session,
    aiosmtpd,
    chasquid,
    qmail,
    haraka,
    stalwart,
    courier,
    nodemailer,
    james,
    mox,
    yahoo_reputation,
    yahoo,
    apple,
    comcast,
    att,
    cox,
    spectrum,
    gmx,
    tonline,
    orange,
    tencent,
    netease,
    mailru,
    yandex,
    facebook,
    godaddy,
    proofpoint,
    mimecast,
    barracuda,
    ironport,
    messagelabs,
    amazon_ses,
    sendgrid,
    mailgun,
    cloudflare,
    zoho,
    hosters,
    blocklists,
)

DIALECTS: tuple[DialectEntry, ...] = (*(e for vendor in _VENDORS for e in vendor.ENTRIES), *common.ENTRIES)

UNMISTAKABLE: tuple[DialectEntry, ...] = tuple(e for vendor in _VENDORS for e in vendor.UNMISTAKABLE)
"""The entries that may speak where the vendor is not known: wordings that nobody else has."""

_TEXT_LIMIT = 8 * 1024
_EVERYBODY, _COMMON = "*", ""


def match(vendors: Sequence[str], code: int | None, enhanced: str | None, text: str, verb: str) -> DialectEntry | None:
    """The first entry that explains this reply.

    ``vendors`` are those who may have written it, the most specific first: each one's entries are asked in turn, then
    everybody's unmistakable ones, then the common ones. ``code`` is None where it is not known. ``verb`` is the verb
    that was sent, in upper case, or "greeting"; "" where it is not known. ``text`` is the reply's text, lines joined by
    newlines, the enhanced code still in front. Of the first 8 KiB, that is.
    """
    return _match(tuple(vendors), code, enhanced, text[:_TEXT_LIMIT], verb)


@lru_cache(maxsize=256)
def _match(
    vendors: tuple[str, ...], code: int | None, enhanced: str | None, text: str, verb: str
) -> DialectEntry | None:
    """Servers of one kind say the same."""
    flat = _flat(text, code, enhanced)
    lowered = f"{text}\n{flat}".lower() if flat else text.lower()
    parts = parts_of(lowered)
    # What everybody says so is about refusals only.
    shared = (_EVERYBODY, _COMMON) if code is None or code >= 400 else (_EVERYBODY,)
    for entries, index in map(_table, (*vendors, *shared)):
        for entry in _fitting([entries[at] for at in index.possible(lowered, parts)], code, enhanced, verb):
            pattern = _compiled(entry.pattern)
            if pattern.search(text) or (flat and pattern.search(flat)):
                return entry
    return None


def _fitting(
    entries: Sequence[DialectEntry], code: int | None, enhanced: str | None, verb: str
) -> Sequence[DialectEntry]:
    """Those about such a reply; where the verb is not known, those that hold for every verb come first."""
    fitting = [
        entry
        for entry in entries
        if (code is None or entry.code in (None, code))
        and entry.enhanced in (None, enhanced)
        and (not verb or not entry.commands or verb in entry.commands)
    ]
    return fitting if verb else sorted(fitting, key=lambda entry: bool(entry.commands))


@cache
def _table(vendor: str) -> tuple[Sequence[DialectEntry], Index]:
    """The entries of a vendor, of _EVERYBODY or of _COMMON, and which of them a text can match."""
    entries = UNMISTAKABLE if vendor == _EVERYBODY else [entry for entry in DIALECTS if entry.vendor == vendor]
    return entries, Index([entry.pattern for entry in entries])


def _flat(text: str, code: int | None, enhanced: str | None) -> str:
    """A text of several lines on one, without the codes that the further lines repeat; "" where it is on one."""
    again = enhanced or "\n"
    if "\n" not in text and text.find(again, len(again)) < 0:
        return ""
    head, *lines = text.split("\n")
    flat = " ".join(" ".join((head, *(line.removeprefix(again) for line in lines))).split())
    return flat.replace(f" {code}-{again} ", " ").replace(f" {code} {again} ", " ")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
