"""Findings about what a server tells strangers: its users, its version, and the verbs of a trusted peer."""

from __future__ import annotations

from smtpprobe.model import Finding, Reply
from smtpprobe.outcome import Severity
from smtpprobe.rules.evidence import Evidence, Rule, listed, quoted, said
from smtpprobe.rules.wording import denies_the_mailbox

_VERBS = ("VRFY", "EXPN")


def _users(evidence: Evidence) -> tuple[Finding, ...]:
    told: list[str] = []
    named: list[str] = []
    places: list[int] = []
    summaries: list[str] = []
    for verb in _VERBS:
        probe = verb.lower()
        known = evidence.answers(f"{probe}-postmaster", verb)
        random = evidence.answers(f"{probe}-random", verb)
        if known and random and _confirms(known[-1][1], also_252=True) and denies_the_mailbox(random[-1][1]):
            told.append(verb)
            places += [known[-1][0], random[-1][0]]
            summaries.append(f"{known[-1][1].code} for postmaster, {random[-1][1].code} for a name we made up")
        elif known and not random and _confirms(known[-1][1]) and _spells_out(known[-1][1]):
            named.append(verb)
            places.append(known[-1][0])
    if told:
        open_about_it = any(_confirms(evidence.exchanges[i].reply) for i in places)
        return (_revealed(told, summaries[0], tuple(places), open_about_it),)
    if named:
        return (
            Finding(
                "users-revealed",
                Severity.WARNING,
                f"{listed(named)} spells out the mailbox behind postmaster",
                "Only this one name was asked for. Whether other names get a truthful answer too, profile full asks "
                "with a name that does not exist; harvesters ask with thousands. Answer 252, or switch it off.",
                tuple(places),
            ),
        )
    return ()


def _revealed(verbs: list[str], answers: str, places: tuple[int, ...], open_about_it: bool) -> Finding:
    tell = "tells" if len(verbs) == 1 else "tell"
    summary = f"{listed(verbs)} {tell} which mailboxes exist: {answers}"
    if open_about_it:
        return Finding(
            "users-revealed",
            Severity.WARNING,
            summary,
            "Whoever tries names learns addresses for spam and for guessing passwords. Answer 252 whatever the name, "
            "or switch it off. Two names were asked for: a server may answer others in another way.",
            places,
        )
    return Finding(
        "users-revealed",
        Severity.INFO,
        summary,
        "The yes is only a 252, but the no gives it away. RCPT has to tell senders the same, so switching VRFY off "
        "closes the smaller of two doors.",
        places,
    )


def _confirms(reply: Reply | None, also_252: bool = False) -> bool:
    return reply is not None and (reply.code in (250, 251) or (also_252 and reply.code == 252))


def _spells_out(reply: Reply) -> bool:
    return "@" in reply.text or "<" in reply.text


def _version(evidence: Evidence) -> tuple[Finding, ...]:
    software = evidence.transcript.software
    if software is None or not software.version:
        return ()
    greeting = [i for i, e in enumerate(evidence.exchanges) if e.command is None and e.reply and not e.failure][:1]
    told = [i for i in greeting if _names(evidence.exchanges[i].reply, software.version)]
    helped = [i for i, reply in evidence.answers("help", "HELP") if _names(reply, software.version)]
    if not told and not helped:
        return ()
    where = listed([*(["the greeting"] if told else []), *(["HELP"] if helped else [])])
    return (
        Finding(
            "version-leaked",
            Severity.INFO,
            f"{software.name} {quoted(software.version, 40)} in {where}",
            "It saves an attacker one question. Hiding it mends nothing: updates do.",
            (*told, *helped[:1]),
        ),
    )


def _names(reply: Reply | None, version: str) -> bool:
    return reply is not None and version in reply.text


def _xclient(evidence: Evidence) -> tuple[Finding, ...]:
    return _peer_verb(
        evidence,
        "XCLIENT",
        Severity.ERROR,
        "Whoever connects from this address can pass for any other client, and so past every check of address, name "
        "and login. Allow it to your own proxies only.",
    )


def _xforward(evidence: Evidence) -> tuple[Finding, ...]:
    return _peer_verb(
        evidence,
        "XFORWARD",
        Severity.WARNING,
        "Whoever connects from this address can write any origin into the server's log. Allow it to your own "
        "filters only.",
    )


def _peer_verb(evidence: Evidence, verb: str, severity: Severity, advice: str) -> tuple[Finding, ...]:
    rule = f"{verb.lower()}-exposed"
    announced = [(*evidence.hello(encrypted=k),) for k in (False, True) if _offered(evidence, verb, encrypted=k)]
    granted = [(i, reply) for i, reply in evidence.answers(verb.lower(), verb) if reply.positive]
    if announced or granted:
        how = "announced to us" if announced else f"open to us: {said(granted[0][1])}"
        places = (*[i for found in announced for i in found], *[i for i, _ in granted])
        if evidence.near:
            why = "From the server's own machine that may be on purpose, for a proxy. "
            return (Finding(rule, Severity.INFO, f"{verb} is {how}", f"{why}{advice}", places),)
        return (Finding(rule, severity, f"{verb} is {how}", advice, places),)
    known = [(i, reply) for i, reply in evidence.answers(verb.lower(), verb) if reply.code == 501]
    if not known or not _501_tells(evidence):
        return ()
    summary = f"{verb} is known here, only its arguments were refused: {said(known[0][1])}"
    return (Finding(rule, Severity.WARNING, summary, f"Not tried any further. {advice}", (known[0][0],)),)


def _501_tells(evidence: Evidence) -> bool:
    """Postfix looks at the syntax before the permission, and some servers say 501 to every verb they do not know."""
    if evidence.software in ("", "Postfix"):
        return False
    unknown = evidence.answers("unknown-verb", "SMTPPROBE")
    return bool(unknown) and all(reply.code != 501 for _, reply in unknown)


def _offered(evidence: Evidence, verb: str, *, encrypted: bool) -> bool:
    said_there = evidence.transcript.encrypted if encrypted else evidence.transcript.clear
    return said_there is not None and verb in said_there


USERS = Rule("users-revealed", "VRFY or EXPN tells which mailboxes exist", _users, ("RFC 5321 3.5.3", "RFC 5321 7.3"))
VERSION = Rule("version-leaked", "the server tells its version", _version, ("RFC 5321 7.5",))
XCLIENT = Rule("xclient-exposed", "XCLIENT is open to strangers", _xclient, ("Postfix XCLIENT_README",))
XFORWARD = Rule("xforward-exposed", "XFORWARD is open to strangers", _xforward, ("Postfix XFORWARD_README",))
