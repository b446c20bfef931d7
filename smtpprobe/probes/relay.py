"""Would this server take mail for strangers? RCPT in the sixteen forms that open relays are known by, and no DATA."""

from __future__ import annotations

import ipaddress
import re

from msgspec import Struct

from smtpprobe.model import Known
from smtpprobe.outcome import Profile, Safety
from smtpprobe.probes.base import RSET, Ask, Conversation, Cost, Probe, answered, command

#: Reserved for examples: nobody has mail there.
FAR = "example.org"
_HOST = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,40}")


class Form(Struct, frozen=True):
    """One way to ask for relaying: both paths without their brackets.

    ``{far}`` stands for a domain that nobody has, ``{host}`` for the server's own name and ``{literal}`` for its
    address.
    """

    name: str
    sender: str
    recipient: str


#: The most telling ones first; a run tries as many as were asked for.
FORMS = (
    Form("plain", "", "probe@{far}"),
    Form("own-sender", "probe@{host}", "probe@{far}"),
    Form("percent", "", "probe%{far}@{host}"),
    Form("quoted", "", '"probe@{far}"'),
    Form("source-route", "", "@{host}:probe@{far}"),
    Form("bang", "", "{far}!probe"),
    Form("double-at", "", "probe@{far}@{host}"),
    Form("foreign-sender", "probe@{far}", "probe@{far}"),
    Form("literal-sender", "probe@{literal}", "probe@{far}"),
    Form("percent-literal", "", "probe%{far}@{literal}"),
    Form("quoted-percent", "", '"probe%{far}"'),
    Form("double-at-literal", "", "probe@{far}@{literal}"),
    Form("quoted-at-literal", "", '"probe@{far}"@{literal}'),
    Form("source-route-literal", "", "@{literal}:probe@{far}"),
    Form("bang-host", "", "{far}!probe@{host}"),
    Form("bang-literal", "", "{far}!probe@{literal}"),
)
BY_NAME = {form.name: form for form in FORMS}


def own_name(known: Known) -> str:
    """The server's own domain: the one that was named, else EHLO's, else the target; "" where none is a name."""
    said = known.clear or known.encrypted
    names = (known.domain or "", said.domain if said else "", known.target.host)
    return next((name for name in names if _HOST.fullmatch(name) and not name.replace(".", "").isdigit()), "")


def literal(known: Known) -> str:
    """The server's address as a literal (RFC 5321 4.1.3); "" where it has none."""
    try:
        address = ipaddress.ip_address(known.address.partition("%")[0])
    except ValueError:
        return ""
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"


def forms(known: Known) -> tuple[str, ...]:
    """The forms to try: those whose names are known, as many as were asked for."""
    have = {"{host}": own_name(known), "{literal}": literal(known)}
    missing = [name for name, value in have.items() if not value]
    possible = [form.name for form in FORMS if not any(name in form.sender + form.recipient for name in missing)]
    return () if known.target.lmtp else tuple(possible[: known.relay_forms])


def _relay(known: Known, subject: str) -> Conversation:
    form = BY_NAME[subject]
    names = {"far": f"relay-{known.nonce}.{FAR}", "host": own_name(known), "literal": literal(known)}
    sender, recipient = form.sender.format(**names), form.recipient.format(**names)
    begun, answer, _ = yield Ask((command(f"MAIL FROM:<{sender}>"), command(f"RCPT TO:<{recipient}>"), RSET))
    answer = answer if begun.ok else begun
    return answered("relay", answer, answer.said, subject)


def _random(known: Known, subject: str) -> Conversation:
    begun, answer, _ = yield Ask((command("MAIL FROM:<>"), command(f"RCPT TO:<{known.at(known.nonce)}>"), RSET))
    answer = answer if begun.ok else begun
    return answered("rcpt-random", answer, answer.said)


def _cost(known: Known, subject: str) -> Cost:
    """Where MAIL is refused, RCPT is refused for want of it."""
    sender = bool(subject and BY_NAME[subject].sender)
    return Cost(refusals=2 if sender else 1, syntax=2 if sender else 1, nonmail=1)


PROBES = (
    Probe(
        "relay",
        "RCPT of a mailbox elsewhere, in the forms that open relays are known by",
        "one refused relay attempt for each form; counted by ban tools",
        _relay,
        _cost,
        profile=Profile.SECURITY,
        safety=Safety.INTRUSIVE,
        needs_mail=True,
        subjects=forms,
    ),
    Probe(
        "rcpt-random",
        "RCPT of a user that does not exist",
        "one RCPT of an unknown user; counted by some ban tools",
        _random,
        _cost,
        profile=Profile.SECURITY,
        needs_mail=True,
    ),
)
