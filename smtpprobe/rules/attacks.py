"""Findings of profile ``security``: what an attacker would get out of this server. Each names what else it could be."""

from __future__ import annotations

from smtpprobe.catalogue import mechanisms
from smtpprobe.model import Capabilities, Exchange, Finding, Observation
from smtpprobe.outcome import Profile, Severity, Verdict
from smtpprobe.rules.evidence import Evidence, Rule, listed, quoted, said
from smtpprobe.rules.wording import denies_the_mailbox

_SHOWN = 4
# The domain that probes/relay.py takes its mailboxes elsewhere from.
_FAR = ".example.org"


def _fallen(evidence: Evidence, probe: str) -> list[Observation]:
    """What this probe learnt where the server did not hold."""
    return [one for one in evidence.of(probe) if one.verdict is Verdict.BROKEN]


def _places(evidence: Evidence, observations: list[Observation]) -> tuple[int, ...]:
    return tuple([index for one in observations for index, _ in evidence.places(one)])


def _relays(evidence: Evidence) -> tuple[Finding, ...]:
    anybody = any(reply.positive for _, reply in evidence.answers("rcpt-random", "RCPT"))
    accepted = [
        (one.subject, index, exchange)
        for one in evidence.of("relay")
        for index, exchange in evidence.places(one)
        if exchange.reply is not None and exchange.reply.positive and not (anybody and _may_live_here(exchange))
    ]
    if not accepted:
        return ()
    forms = listed([form for form, _, _ in accepted][:_SHOWN])
    more = f" and {len(accepted) - _SHOWN} more" if len(accepted) > _SHOWN else ""
    _, _, first = accepted[0]
    to = quoted(_recipient(first), 60)
    summary = f"a mailbox elsewhere is accepted at RCPT ({forms}{more}): {said(first.reply)} {to}"
    if evidence.near:
        why = "The question came from the server's own machine, which most servers let relay: ask from outside. "
        severity = Severity.INFO
    else:
        why = ""
        severity = Severity.ERROR
    advice = (
        f"{why}Whether such mail would be delivered was not tried: some servers take every recipient and refuse after "
        "DATA, or bounce. It is right where this address may relay, or has logged in, and where all mail goes through "
        "a filter that knows no recipients. Otherwise spammers will use it: relay for your own networks and for "
        "logged-in users only."
    )
    return (Finding("relay-accepted", severity, summary, advice, tuple([index for _, index, _ in accepted])),)


def _recipient(exchange: Exchange) -> str:
    return exchange.command.argument if exchange.command else ""


def _may_live_here(exchange: Exchange) -> bool:
    """Is the domain elsewhere only in the local part? Where every local part is taken, that is no sign of relaying."""
    return not _recipient(exchange).endswith(f"{_FAR}>")


def _smuggled(evidence: Evidence) -> tuple[Finding, ...]:
    fallen = _fallen(evidence, "starttls-smuggled-command")
    if not fallen:
        return ()
    return (
        Finding(
            "starttls-command-injection",
            Severity.ERROR,
            f"a command sent in clear behind STARTTLS is carried out: {quoted(fallen[0].detail)}",
            "Somebody on the path can put commands in front of a client's encrypted session, and so have its mail or "
            "its login sent elsewhere. Have the server throw away what it has read before it shakes hands; an update "
            "does it (CVE-2011-0411 and its kin). A TLS proxy in front of the server may be at fault in its stead.",
            _places(evidence, fallen),
        ),
    )


def _bare_cr(evidence: Evidence) -> tuple[Finding, ...]:
    fallen = _fallen(evidence, "line-end-cr")
    if not fallen:
        return ()
    return (
        Finding(
            "bare-cr-accepted",
            Severity.WARNING,
            f"a CR alone ends a command: {quoted(fallen[0].detail)} before its LF",
            "Servers that see line ends in different places can be made to see different messages (SMTP smuggling). "
            "Whether CR ends a line of a message too was not tried, since no message is sent. A proxy that mends line "
            "ends on the way looks the same. Refuse bare CR, or update.",
            _places(evidence, fallen),
        ),
    )


def _bare_lf(evidence: Evidence) -> tuple[Finding, ...]:
    fallen = _fallen(evidence, "line-end-lf")
    if not fallen:
        return ()
    return (
        Finding(
            "bare-lf-accepted",
            Severity.INFO,
            f"an LF alone ends a command: {quoted(fallen[0].detail)} before a CRLF",
            "Most servers are that lenient with commands, and it does no harm there. It matters at a message's end "
            "(SMTP smuggling, CVE-2023-51764 to 51766), which was not tried, since no message is sent: make sure that "
            "the server is from after January 2024, or told to refuse bare LF.",
            _places(evidence, fallen),
        ),
    )


def _talks(evidence: Evidence) -> tuple[Finding, ...]:
    fallen = _fallen(evidence, "talk-first")
    if not fallen or any("PIPECONNECT" in one for one in evidence.offers):
        return ()
    return (
        Finding(
            "early-talker-served",
            Severity.INFO,
            f"a client that talks before the greeting is served: {quoted(fallen[0].detail)}",
            "Nothing is wrong; only a cheap test against spam goes unused, for many of its senders do not wait. A "
            "server that greets before our words arrive, or that knows this address, looks the same.",
            _places(evidence, fallen),
        ),
    )


def _ntlm(evidence: Evidence) -> tuple[Finding, ...]:
    told = _fallen(evidence, "ntlm")
    if not told:
        return ()
    return (
        Finding(
            "ntlm-names-revealed",
            Severity.WARNING,
            f"NTLM's challenge names the network: {quoted(told[0].detail, 200)}",
            "Whoever asks learns names and version without a login. Take NTLM off the list for the outside: its hashes "
            "can be relayed, too. The names may be made up, or a gateway's rather than the mail server's.",
            _places(evidence, told),
        ),
    )


def _weak(evidence: Evidence) -> tuple[Finding, ...]:
    """For whoever asks after security only: elsewhere it would hide what is urgent."""
    if evidence.transcript.profile != Profile.SECURITY:
        return ()
    offers = [(encrypted, offer) for encrypted, offer in _offers(evidence) if offer is not None]
    weak = [name for _, offer in offers for name in offer.mechanisms if _strength(name) == "weak"]
    if not weak:
        return ()
    names = list(dict.fromkeys(weak))
    entries = [entry for name in names if (entry := mechanisms.lookup(name))]
    return (
        Finding(
            "auth-mechanism-weak",
            Severity.WARNING if "NTLM" in names else Severity.INFO,
            f"AUTH offers {listed(names)}, which {'is' if len(names) == 1 else 'are'} weak",
            f"{entries[0].advice} Inside TLS nobody on the path sees it, and old clients may have nothing better: look "
            "into the log for who uses it before you take it off.",
            tuple([i for encrypted, _ in offers for i in evidence.hello(encrypted=encrypted)]),
        ),
    )


def _offers(evidence: Evidence) -> tuple[tuple[bool, Capabilities | None], ...]:
    return (False, evidence.transcript.clear), (True, evidence.transcript.encrypted)


def _strength(name: str) -> str:
    entry = mechanisms.lookup(name)
    return entry.strength if entry else ""


def _requiretls(evidence: Evidence) -> tuple[Finding, ...]:
    clear = evidence.transcript.clear
    offered = clear is not None and "REQUIRETLS" in clear
    taken = _fallen(evidence, "requiretls-in-clear")
    if not offered and not taken:
        return ()
    how = [*(["announced"] if offered else []), *(["accepted at MAIL"] if taken else [])]
    return (
        Finding(
            "requiretls-in-clear",
            Severity.WARNING,
            f"REQUIRETLS is {listed(how)} before TLS",
            "A sender asks for it to keep a message off every connection without TLS; taken in clear, it is broken at "
            "its first step. Announce and accept it inside TLS only. If something in front of the server does its TLS, "
            "the server may not know which state it is in.",
            (*(evidence.hello(encrypted=False) if offered else ()), *_places(evidence, taken)),
        ),
    )


def _rcpt(evidence: Evidence) -> tuple[Finding, ...]:
    known = [(i, reply) for i, reply in evidence.answers("rcpt-postmaster", "RCPT") if reply.positive]
    random = [(i, reply) for i, reply in evidence.answers("rcpt-random", "RCPT") if denies_the_mailbox(reply)]
    if not known or not random:
        return ()
    return (
        Finding(
            "rcpt-tells-users",
            Severity.INFO,
            f"RCPT tells which mailboxes exist: {known[-1][1].code} for postmaster, {said(random[-1][1])}",
            "That is as it should be on an MX: who takes every name has to bounce later, to senders who may be forged. "
            "Against harvesters limit how many unknown names a client may try. Two names are all that was asked: "
            "others may be answered otherwise.",
            (known[-1][0], random[-1][0]),
        ),
    )


RELAY = Rule("relay-accepted", "a mailbox elsewhere is accepted at RCPT", _relays, ("RFC 5321 3.6.2",))
SMUGGLED = Rule(
    "starttls-command-injection",
    "a command from before TLS is carried out inside it",
    _smuggled,
    ("RFC 3207 4.2", "RFC 3207 6"),
)
BARE_CR = Rule("bare-cr-accepted", "CR alone ends a command", _bare_cr, ("RFC 5321 2.3.8",))
BARE_LF = Rule("bare-lf-accepted", "LF alone ends a command", _bare_lf, ("RFC 5321 2.3.8",))
TALKS = Rule(
    "early-talker-served", "clients need not wait for the greeting", _talks, ("RFC 5321 3.1", "RFC 5321 4.3.1")
)
NTLM = Rule("ntlm-names-revealed", "NTLM tells the names of a Windows network", _ntlm, ("Microsoft MS-NLMP 2.2.1.2",))
WEAK = Rule("auth-mechanism-weak", "a weak mechanism is offered", _weak, ("RFC 4954 4", "RFC 6331"))
REQUIRETLS = Rule("requiretls-in-clear", "REQUIRETLS works without TLS", _requiretls, ("RFC 8689 2",))
RCPT = Rule(
    "rcpt-tells-users", "RCPT tells a real mailbox from an invented one", _rcpt, ("RFC 5321 3.3", "RFC 5321 7.3")
)
