"""What blocklists say of the sender: listings told from queries that a list did not answer (RFC 5782). Pure."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from smtpprobe.journey import Listing, Ruling
from smtpprobe.outcome import Check, FailureKind, Standing, Who
from smtpprobe.verdicts.asked import listed, under

_CODES = ip_network("127.0.0.0/8")
_ERRORS = ip_network("127.255.255.0/24")
#: Where to look a listing up, and to ask for its end.
_PAGES = {
    "spamhaus.org": "https://check.spamhaus.org/",
    "spamhaus.net": "https://check.spamhaus.org/",
    "spamcop.net": "https://www.spamcop.net/bl.shtml",
    "barracudacentral.org": "https://www.barracudacentral.org/rbl/removal-request",
    "surriel.com": "https://psbl.org/remove",
    "uceprotect.net": "https://www.uceprotect.net/en/rblcheck.php",
    "mailspike.net": "https://mailspike.org/iplookup.html",
    "dronebl.org": "https://dronebl.org/lookup",
    "surbl.org": "https://surbl.org/surbl-analysis",
    "uribl.com": "https://admin.uribl.com/",
}
_REFUSALS = {
    "127.255.255.252": "the name of the list is misspelt",
    "127.255.255.254": "it refuses public resolvers",
    "127.255.255.255": "it refuses this resolver for asking too much",
}
#: Lists of domains that answer so where they refuse to answer.
_REFUSE_BY_1 = ("surbl.org", "uribl.com")
_SPAMHAUS = {
    "127.0.0.2": "SBL: spam was seen from it",
    "127.0.0.3": "CSS: spam was seen from it",
    "127.0.0.4": "XBL: a machine there is infected or open",
    "127.0.0.9": "DROP: the whole network is held to be hostile",
    "127.0.0.10": "PBL: its owner says that it should not send mail directly",
    "127.0.0.11": "PBL: it should not send mail directly",
}
_POLICY_CODES = ("127.0.0.10", "127.0.0.11")


def blocklist_ruling(subject: str, listings: tuple[Listing, ...]) -> Ruling:
    """One ruling on a subject, an address or a domain, from what all lists said of it."""
    asked = [listing for listing in listings if listing.subject == subject]
    silent = [(listing.zone, why) for listing in asked if (why := _refused(listing))]
    naming = [listing for listing in asked if listing.codes and not _refused(listing)]
    unheard = listed([f"{zone} ({why})" for zone, why in silent])
    detail = f"without an answer: {unheard}" if unheard else ""
    if naming:
        steps = tuple([step for listing in naming for step in _steps(listing)])
        zones = listed([listing.zone for listing in naming])
        summary = f"The sender's {_kind(subject)} {subject} is on the blocklist{'s' * (len(naming) > 1)} {zones}."
        told = "; ".join([*[_said(listing) for listing in naming], *([detail] if detail else [])])
        return _ruling(subject, Standing.FAIL, "listed", summary, told, steps)
    if silent:
        summary = f"Whether a blocklist names the sender's {_kind(subject)} {subject} cannot be told: {unheard}."
        steps = ("Ask through a resolver of your own: --resolver ADDRESS.",)
        return _ruling(subject, Standing.UNKNOWN, "unknown", summary, _clean(asked), steps)
    if not asked:
        return _ruling(subject, Standing.NONE, "not-asked", f"No blocklist was asked about {subject}.")
    return _ruling(subject, Standing.PASS, "clear", f"None of {len(asked)} blocklists names {subject}.", _clean(asked))


def _refused(listing: Listing) -> str:
    """Why this answer says nothing of the subject; empty where it does."""
    if listing.failure is not None:
        if listing.failure.kind == FailureKind.TIMEOUT:
            return "it did not answer in time"
        return listing.failure.detail or "its name server failed"
    for code in listing.codes:
        if code in _REFUSALS:
            return _REFUSALS[code]
        if not _inside(code, _CODES):
            return f"it answers {code}, which no blocklist does"
        if _inside(code, _ERRORS) or (code == "127.0.0.1" and _belongs(listing.zone, _REFUSE_BY_1)):
            return f"it refuses to answer ({code})"
    return ""


def _inside(code: str, network: IPv4Network | IPv6Network) -> bool:
    try:
        return ip_address(code) in network
    except ValueError:
        return False


def _belongs(zone: str, owners: tuple[str, ...]) -> bool:
    return any(under(zone.lower(), owner) for owner in owners)


def _steps(listing: Listing) -> tuple[str, ...]:
    page = next((page for owner, page in _PAGES.items() if _belongs(listing.zone, (owner,))), "")
    where = page or f"the site of {listing.zone}"
    if _spamhaus(listing) and set(listing.codes) <= set(_POLICY_CODES):
        return (
            "Send through your provider's mail server (a relay host) instead of directly.",
            f"Or, if this is a mail server's own address, take it off the PBL at {where}.",
        )
    return (f"End what got it listed, then ask {listing.zone} for its removal: {where}.",)


def _said(listing: Listing) -> str:
    meanings = [_SPAMHAUS[code] for code in listing.codes if _spamhaus(listing) and code in _SPAMHAUS]
    reason = "; ".join([*meanings, *([listing.reason] if listing.reason else [])])
    return f"{listing.zone} answers {listed(listing.codes)}" + (f" ({reason})" if reason else "")


def _spamhaus(listing: Listing) -> bool:
    zone = listing.zone.lower()
    return _belongs(zone, ("spamhaus.org", "spamhaus.net")) and not zone.startswith(("dbl.", "zrd."))


def _clean(asked: list[Listing]) -> str:
    zones = [listing.zone for listing in asked if not listing.codes and not _refused(listing)]
    return f"not on {listed(zones)}" if zones else ""


def _kind(subject: str) -> str:
    try:
        ip_address(subject)
    except ValueError:
        return "domain"
    return "address"


def _ruling(
    subject: str, standing: Standing, result: str, summary: str, detail: str = "", steps: tuple[str, ...] = ()
) -> Ruling:
    who = Who.SENDER if standing == Standing.FAIL else Who.NOBODY
    return Ruling(Check.BLOCKLIST, subject, standing, result, summary, detail, steps, who, references=("RFC 5782 2.1",))
