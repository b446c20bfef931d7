"""What to ask. One file a family; each probe is a pure generator, handed replies and nothing else."""

from __future__ import annotations

from smtpprobe.probes import attacks, auth, envelope, ntlm, own, parameters, privileged, relay, session
from smtpprobe.probes.base import Probe

_FAMILIES = (
    *(own.PROBES, envelope.PROBES, session.PROBES, auth.PROBES, parameters.PROBES, privileged.PROBES),
    *(relay.PROBES, ntlm.PROBES, attacks.PROBES),
)

#: In reading order; the planner asks the most telling ones first, as ``ORDER`` lists them.
PROBES: tuple[Probe, ...] = tuple([probe for family in _FAMILIES for probe in family])

BY_NAME: dict[str, Probe] = {probe.name: probe for probe in PROBES}

#: The spine of every connection is asked by no probe; these are the names that exchanges and observations carry for it.
SPINE = (
    *("greeting", "ehlo", "ehlo-second-connection", "ehlo-tls", "starttls"),
    *("hang-up", "pipelining", "unsolicited", "quit"),
)

#: Which answers tell most, for the runs whose budget does not last.
ORDER: tuple[str, ...] = (
    "command",
    "dialogue",
    "dialogue-in-clear",
    "dialogue-in-tls",
    "mail",
    "mail-parameter",
    "help",
    "auth-unknown",
    "rcpt-postmaster",
    "mail-unknown-parameter",
    "rcpt-parameter",
    "vrfy-postmaster",
    "help-topic",
    "noop",
    "unknown-verb",
    "rcpt-unknown-parameter",
    "auth-mechanism",
    "relay",
    "rcpt-random",
    "auth-unannounced",
    "ntlm",
    "requiretls-in-clear",
    "vrfy-random",
    "mail-together",
    "mail-unannounced",
    "auth-none",
    "expn-postmaster",
    "expn-random",
    "vrfy-empty",
    "rcpt-before-mail",
    "mail-no-brackets",
    "mail-twice",
    "help-unknown",
    "noop-argument",
    "rset",
    "ehlo-repeated",
    "starttls-again",
    "etrn",
    "xclient",
    "xforward",
    "helo",
    "starttls-parameter",
    "starttls-unannounced",
    "starttls-smuggled-command",
    "line-end-cr",
    "line-end-lf",
    "talk-first",
)
