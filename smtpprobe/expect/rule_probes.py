"""What each rule of a finding rests on: the probes that must be asked, and how far the conversation must have come.

Data only. The rules themselves are another room's; a test holds this table against them.
"""

from __future__ import annotations

#: Steps of the spine, which no probe asks for.
GREETING, EHLO, TLS = "greeting", "ehlo", "starttls"
SPINE = frozenset({GREETING, EHLO, TLS})

_PARAMETERS = ("mail", "rcpt-postmaster", "mail-parameter", "rcpt-parameter")

RESTS_ON: dict[str, tuple[str, ...]] = {
    "ehlo-refused": (EHLO,),
    "starttls-stripped": (EHLO,),
    "starttls-broken": (TLS,),
    "starttls-missing": (EHLO,),
    "starttls-injection": (TLS,),
    "tls-old": (TLS,),
    "starttls-offered-inside-tls": (TLS, "starttls-again"),
    "starttls-command-injection": (EHLO, "starttls-smuggled-command"),
    "relay-accepted": ("relay", "rcpt-random"),
    "auth-in-clear": (EHLO,),
    "auth-in-clear-unannounced": (EHLO, "auth-unannounced"),
    "certificate-expired": (TLS,),
    "certificate-untrusted": (TLS,),
    "certificate-name": (TLS,),
    "certificate-expiring": (TLS,),
    "auth-mechanism-refused": (EHLO, "auth-mechanism"),
    "null-sender-refused": ("mail",),
    "postmaster-refused": ("mail", "rcpt-postmaster"),
    "tls-required": ("mail",),
    "auth-required": ("mail", "rcpt-postmaster"),
    "xclient-exposed": ("xclient", "unknown-verb"),
    "xforward-exposed": ("xforward", "unknown-verb"),
    "users-revealed": ("vrfy-postmaster", "vrfy-random", "expn-postmaster", "expn-random"),
    "ntlm-names-revealed": (EHLO, "ntlm"),
    "requiretls-in-clear": (EHLO, "requiretls-in-clear"),
    "bare-cr-accepted": ("line-end-cr",),
    "pipelining-broken": ("mail",),
    "reply-too-many": (EHLO,),
    "extension-broken": (*_PARAMETERS, "help", "vrfy-postmaster", "expn-postmaster"),
    "accepted-unread": _PARAMETERS,
    "unknown-parameter-swallowed": ("mail", "mail-unknown-parameter", "rcpt-unknown-parameter"),
    "wire-defect": (EHLO,),
    "enhanced-class-differs": (EHLO,),
    "ehlo-differs": (EHLO,),
    "helo-refused": ("helo",),
    "slow-greeting": (GREETING,),
    "hang-up-after-errors": (EHLO,),
    "rate-limited": (GREETING,),
    "greylisted": ("mail", "rcpt-postmaster"),
    "enhanced-missing": ("mail",),
    "unknown-parameter-misread": ("mail", "mail-unknown-parameter", "rcpt-unknown-parameter", "rcpt-postmaster"),
    "mail-twice-accepted": ("mail", "mail-twice"),
    "starttls-parameter-accepted": (EHLO, "starttls-parameter"),
    "works-unannounced": ("mail", "mail-unannounced"),
    "auth-mechanism-weak": (EHLO,),
    "rcpt-tells-users": ("mail", "rcpt-postmaster", "rcpt-random"),
    "bare-lf-accepted": ("line-end-lf",),
    "early-talker-served": ("talk-first",),
    "version-leaked": (GREETING, "help"),
}

#: Found in profile security alone, whose questions a check never puts: they want somebody's consent.
SECURITY = frozenset(
    {
        *("starttls-command-injection", "relay-accepted", "auth-in-clear-unannounced", "ntlm-names-revealed"),
        *("requiretls-in-clear", "bare-cr-accepted", "bare-lf-accepted", "early-talker-served"),
        *("auth-mechanism-weak", "rcpt-tells-users"),
    }
)
