"""Findings about EHLO keywords: announced and broken, accepted without a look, working without being announced."""

from __future__ import annotations

from smtpprobe.model import Exchange, Finding, Observation, Reply
from smtpprobe.outcome import Severity, Verdict
from smtpprobe.rules.evidence import Evidence, Rule, listed, quoted
from smtpprobe.rules.wording import wants_login, wants_tls

#: These keywords have rules of their own.
_ELSEWHERE = frozenset({"STARTTLS", "PIPELINING", "ENHANCEDSTATUSCODES"})
#: Senders ask first and get by without these.
_MINOR = frozenset({"HELP", "VRFY", "EXPN", "AUTH"})

_UNREAD = {
    "SIZE": ("A message that is too large is refused only after it was sent as a whole.", "RFC 1870 6.1"),
    "DSN": ("A sender that asks for reports cannot rely on getting what it asked for.", "RFC 3461 4"),
    "8BITMIME": ("Whether 8-bit mail survives from here on is not known.", "RFC 6152 2"),
}
_UNREAD_ELSE = (
    "A sender with a wrong value is not told, and one with a right value cannot rely on it.",
    "RFC 5321 4.1.1.11",
)


def _broken(evidence: Evidence) -> tuple[Finding, ...]:
    found = []
    for one in evidence.of("keyword"):
        if one.verdict is not Verdict.BROKEN or one.subject in _ELSEWHERE:
            continue
        if one.subject == "AUTH=" or (one.subject == "AUTH" and _a_mechanism_was_refused(evidence)):
            continue
        refused = _refused(evidence, one)
        if refused is not None:
            found.append(_extension(one, *refused))
    return tuple(found)


def _a_mechanism_was_refused(evidence: Evidence) -> bool:
    return any(o.verdict is Verdict.BROKEN for o in evidence.of("auth-mechanism"))


def _refused(evidence: Evidence, one: Observation) -> tuple[tuple[int, ...], str] | None:
    """Where the valid form was refused for its own sake, and with what; None where anything would have been."""
    places = _places(evidence, one)
    if not places:
        return (), quoted(one.detail)
    honest = [(i, e) for i, e in places if e.reply is not None and _about_it(evidence, e, e.reply)]
    return (tuple([i for i, _ in places]), quoted(one.detail)) if honest else None


def _places(evidence: Evidence, one: Observation) -> list[tuple[int, Exchange]]:
    """The exchanges of the parameter that tells, where the keyword has several."""
    telling = [
        place
        for tried in evidence.of("mail-parameter", "rcpt-parameter")
        if (tried.subject, tried.verdict, tried.detail) == (one.subject, one.verdict, one.detail)
        for place in evidence.places(tried)
    ]
    return telling or evidence.places(one)


def _about_it(evidence: Evidence, exchange: Exchange, reply: Reply) -> bool:
    """Is this a no to the extension? Not one for now, nor until TLS or a login, nor one that the plain form gets."""
    if not reply.refusal or (reply.code or 0) < 500 or wants_tls(reply) or wants_login(reply):
        return False
    verb = exchange.command.verb if exchange.command else ""
    plain = {"MAIL": "mail", "RCPT": "rcpt-postmaster"}.get(verb, "")
    return not any(reply.refusal for _, reply in evidence.answers(plain, verb))


def _extension(one: Observation, places: tuple[int, ...], detail: str) -> Finding:
    keyword = quoted(one.subject, 30)
    if one.subject in _MINOR:
        severity, harm = Severity.WARNING, "Little mail depends on it, but it costs whoever believes EHLO a refusal."
    else:
        severity, harm = Severity.ERROR, "Senders use what EHLO announces, and some of their mail is refused for it."
    advice = f"{harm} Make it work, or stop announcing it; a filter or proxy in front may be what refuses."
    return Finding("extension-broken", severity, f"{keyword} is announced but does not work: {detail}", advice, places)


def _unread(evidence: Evidence) -> tuple[Finding, ...]:
    return tuple(
        [
            Finding(
                "accepted-unread",
                Severity.WARNING,
                f"{quoted(one.subject, 30)} is announced but its value is not looked at: {quoted(one.detail)}",
                _UNREAD.get(one.subject, _UNREAD_ELSE)[0],
                tuple([i for i, _ in _places(evidence, one)]),
                _UNREAD.get(one.subject, _UNREAD_ELSE)[1:],
            )
            for one in evidence.of("keyword")
            if one.verdict is Verdict.ACCEPTED_UNREAD and one.subject not in _ELSEWHERE
        ]
    )


def _unannounced(evidence: Evidence) -> tuple[Finding, ...]:
    works = [o for o in evidence.of("mail-unannounced") if o.verdict is Verdict.WORKS_UNANNOUNCED and o.subject]
    if not works:
        return ()
    names = list(dict.fromkeys([quoted(o.subject, 30) for o in works]))
    verb = "works" if len(names) == 1 else "work"
    return (
        Finding(
            "works-unannounced",
            Severity.INFO,
            f"{listed(names)} {verb} although EHLO does not announce it",
            "Senders go by EHLO and will not use it. Harmless; announce it if it is meant to be used.",
            tuple([i for o in works for i, _ in evidence.places(o)]),
        ),
    )


def _enhanced_missing(evidence: Evidence) -> tuple[Finding, ...]:
    broken = [o for o in evidence.of("keyword") if o.subject == "ENHANCEDSTATUSCODES" and o.verdict is Verdict.BROKEN]
    if not broken:
        return ()
    some = any(e.reply is not None and e.reply.enhanced for e in evidence.exchanges)
    return (
        Finding(
            "enhanced-missing",
            Severity.INFO if some else Severity.WARNING,
            f"ENHANCEDSTATUSCODES is announced, but {_enhanced_detail(broken[0].detail)}",
            "Senders then go by the reply code alone, so no mail is lost; the reason in a bounce gets less exact. "
            "Texts of your own that begin without a code are the first suspects."
            if some
            else "Senders expect the reason of every refusal there. Give the codes, or stop announcing them.",
            tuple([i for i, _ in evidence.places(broken[0])]),
        ),
    )


def _enhanced_detail(detail: str) -> str:
    detail = quoted(detail, 120)
    return f"the code is {detail}" if detail.startswith("missing") else detail


BROKEN = Rule("extension-broken", "announced in EHLO and refused", _broken, ("RFC 5321 2.2.1",))
UNREAD = Rule("accepted-unread", "a parameter's value is not looked at", _unread)
UNANNOUNCED = Rule("works-unannounced", "works without being announced", _unannounced, ("RFC 5321 2.2.1",))
ENHANCED_MISSING = Rule(
    "enhanced-missing", "replies lack the enhanced code they owe", _enhanced_missing, ("RFC 2034 4",)
)
