"""What a refusal is about, by its codes and words: the mailbox, the client, a login, TLS, a limit. Nothing else."""

from __future__ import annotations

import re

from smtpprobe.model import Reply

_MAILBOX = re.compile(
    r"\b(?:user|mailbox|recipient|alias|account|list)\b|no such|unknown|un(?:route|deliver)able|does(?:n't| not) exist|"
    r"not (?:found|local|listed)",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"relay|denied|prohibit|disabled|polic|not (?:allowed|permitted|available|authori[sz]ed)|authenticat|"
    r"block|reject(?:ed)? by|spam|reputation|(?:black|block|deny|allow|white) ?list",
    re.IGNORECASE,
)
_USER_UNKNOWN = re.compile(r"user unknown|unknown user|no such (?:user|recipient|mailbox)", re.IGNORECASE)
_CLIENT = re.compile(
    r"\b(?:client|host|ip|address \[|dns|ptr|rdns|reverse|helo|ehlo|spamhaus|rbl|dnsbl)\b|block|spam|reputation|"
    r"(?:black|deny) ?list|(?<!relay )access denied",
    re.IGNORECASE,
)
_TLS = re.compile(r"\b(?:start)?tls\b|\bssl\b|encrypt", re.IGNORECASE)
_LOGIN = re.compile(r"authenti|\bauth\b|log ?in\b|logged in|\bcredentials?\b", re.IGNORECASE)
_RATE = re.compile(
    r"\brate\b|rate[- ]?limit|too many (?:concurrent|connections|sessions|messages|mails|recipients|requests)|"
    r"too much mail|slow down|throttl|connection (?:limit|count)|limit exceeded",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"look ?up|local problem|unverified|verif|insufficient|disk|space|database|config|resolv|dns|quota|full|internal|"
    r"timed? ?out|overload|load",
    re.IGNORECASE,
)
_RELAY = re.compile(r"relay", re.IGNORECASE)


def denies_the_mailbox(reply: Reply) -> bool:
    """A no that is about this mailbox: it does not exist. Not one that any mailbox would have got."""
    if reply.code not in (550, 551, 553):
        return False
    if (reply.enhanced or "").endswith((".1.1", ".1.3", ".1.6")) or _USER_UNKNOWN.search(reply.text):
        return True
    return bool(_MAILBOX.search(reply.text)) and not _POLICY.search(reply.text)


def denies_relaying(reply: Reply) -> bool:
    return reply.refusal and bool(_RELAY.search(reply.text))


def wants_tls(reply: Reply) -> bool:
    """A refusal that would not have come inside TLS."""
    return reply.code == 538 or (reply.code in (530, 523) and bool(_TLS.search(reply.text)))


def wants_login(reply: Reply) -> bool:
    """A refusal that would not have come after a login."""
    if not reply.refusal or wants_tls(reply):
        return False
    return reply.code in (530, 535) or (reply.code in (550, 553, 554) and bool(_LOGIN.search(reply.text)))


def turns_us_away(reply: Reply) -> bool:
    """A refusal that is about who asks or how, so that another client may get another answer."""
    return (
        not reply.refusal
        or (reply.code or 0) < 500
        or wants_tls(reply)
        or wants_login(reply)
        or reply.code == 521
        or bool(_CLIENT.search(reply.text))
    )


def limits_the_rate(reply: Reply) -> bool:
    return reply.code is not None and 400 <= reply.code < 500 and bool(_RATE.search(reply.text))


def puts_off(reply: Reply) -> bool:
    """Greylisting, as far as can be told: come again later, and no trouble of the server's own named."""
    if reply.code not in (450, 451) or limits_the_rate(reply):
        return False
    return "list" in reply.text.lower() or not _TROUBLE.search(reply.text)
