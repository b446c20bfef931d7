"""From the words and the meaning of a refusal to its cause, and whose side that is. Data, and one look-up."""

from __future__ import annotations

import re

from smtpprobe.diagnosis import Meaning
from smtpprobe.outcome import Cause, Reason, Who

#: How much of a text is searched for words.
_READ = 8192
_CAUSES = {
    Reason.AUTHFAILURE: Cause.DMARC,
    Reason.BADREPUTATION: Cause.TURNED_AWAY,
    Reason.BLOCKED: Cause.TURNED_AWAY,
    Reason.CONTENTERROR: Cause.CONTENT,
    Reason.EXCEEDLIMIT: Cause.SIZE,
    Reason.FAILEDSTARTTLS: Cause.TLS_REQUIRED,
    Reason.FILTERED: Cause.RECIPIENT_REFUSED,
    Reason.HASMOVED: Cause.MAILBOX_OFF,
    Reason.MAILBOXFULL: Cause.MAILBOX_FULL,
    Reason.MESGTOOBIG: Cause.SIZE,
    Reason.NORELAYING: Cause.RELAY_DENIED,
    Reason.NOTACCEPT: Cause.TURNED_AWAY,
    Reason.NOTCOMPLIANTRFC: Cause.CONTENT,
    Reason.POLICYVIOLATION: Cause.POLICY,
    Reason.REJECTED: Cause.SENDER_REFUSED,
    Reason.REQUIREPTR: Cause.PTR,
    Reason.SPAMDETECTED: Cause.CONTENT,
    Reason.SPEEDING: Cause.RATE_LIMIT,
    Reason.SUSPEND: Cause.MAILBOX_OFF,
    Reason.SYSTEMERROR: Cause.SERVER,
    Reason.SYSTEMFULL: Cause.SERVER,
    Reason.TOOMANYCONN: Cause.RATE_LIMIT,
    Reason.USERUNKNOWN: Cause.NO_SUCH_USER,
    Reason.VIRUSDETECTED: Cause.CONTENT,
}
#: Words of a refusal that tell more than its reason does, the first that fits.
_WORDS: tuple[tuple[Cause, re.Pattern[str]], ...] = (
    (Cause.SPF, re.compile(r"\bSPF\b|\b5\.7\.2[34]\b|sender policy framework", re.IGNORECASE)),
    (Cause.DMARC, re.compile(r"\bDMARC\b|\b5\.7\.26\b", re.IGNORECASE)),
    (Cause.DKIM, re.compile(r"\bDKIM\b|\b5\.7\.2[0-2]\b", re.IGNORECASE)),
    (
        Cause.BLOCKLIST,
        re.compile(
            r"\b(?:DNSBL|RBL|RHSBL|spamhaus|spamcop|barracudacentral|sorbs|surbl|uribl)\b|block(?:ed)?[ -]?list"
            r"|black ?list|blocked using",
            re.IGNORECASE,
        ),
    ),
    (
        Cause.PTR,
        re.compile(
            r"\bPTR\b|reverse (?:DNS|hostname|name|lookup)|\b5\.7\.25\b|cannot find your (?:reverse )?hostname"
            r"|client host rejected: cannot find",
            re.IGNORECASE,
        ),
    ),
    (
        Cause.EHLO_NAME,
        re.compile(r"\b(?:HELO|EHLO)\b.*(?:reject|invalid|not found|fully|mismatch|resolve)", re.IGNORECASE),
    ),
    (
        Cause.SENDER_DOMAIN,
        re.compile(
            r"sender (?:address )?(?:rejected: )?(?:domain|verify fail)|domain of sender|domain not found"
            r"|\b5\.1\.8\b|sender domain",
            re.IGNORECASE,
        ),
    ),
    (
        Cause.TLS_REQUIRED,
        re.compile(
            r"must issue a starttls|starttls (?:is )?(?:required|first)|\btls (?:is )?required"
            r"|encryption (?:is )?(?:required|needed)|\b5\.7\.1[01]\b",
            re.IGNORECASE,
        ),
    ),
    (
        Cause.AUTH_REQUIRED,
        re.compile(
            r"authentication (?:is )?required|must (?:be )?authenticat|not authenticated"
            r"|auth(?:entication)? (?:first|needed)|log ?in first",
            re.IGNORECASE,
        ),
    ),
    (
        Cause.RELAY_DENIED,
        re.compile(
            r"relay(?:ing)? (?:access )?(?:denied|not permitted|not allowed|prohibited)|unable to relay"
            r"|not permitted to relay",
            re.IGNORECASE,
        ),
    ),
)
WHO = {
    Cause.SPF: Who.SENDER,
    Cause.DMARC: Who.SENDER,
    Cause.DKIM: Who.SENDER,
    Cause.PTR: Who.SENDER,
    Cause.EHLO_NAME: Who.SENDER,
    Cause.BLOCKLIST: Who.SENDER,
    Cause.SENDER_DOMAIN: Who.SENDER,
    Cause.AUTH_REQUIRED: Who.SENDER,
    Cause.TLS_REQUIRED: Who.SENDER,
    Cause.SIZE: Who.SENDER,
    Cause.MAILBOX_FULL: Who.RECIPIENT,
    Cause.MAILBOX_OFF: Who.RECIPIENT,
    Cause.NO_SUCH_USER: Who.SENDER,
    Cause.SERVER: Who.SERVER,
}


def cause_of(text: str, verb: str, code: int | None, meaning: Meaning) -> Cause:
    """The cause of a refusal of ``verb``. ``text`` has the enhanced code too; ``meaning`` is what `explain` says."""
    told = next((one for one, pattern in _WORDS if pattern.search(text[:_READ])), None)
    if told is not None:
        return told
    if meaning.reason is Reason.HOSTUNKNOWN:
        return Cause.SENDER_DOMAIN if verb == "MAIL" else Cause.NO_DOMAIN
    if meaning.reason is Reason.SECURITYERROR:
        return Cause.AUTH_REQUIRED if code == 530 else Cause.POLICY
    return _CAUSES.get(meaning.reason, Cause.UNEXPLAINED)
