"""Advice on the commands that only ask: VRFY, EXPN, HELP, NOOP, RSET, ETRN, XCLIENT, XFORWARD, and verbs unknown."""

from __future__ import annotations

import re

from smtpprobe.explain.advice_auth import wants_login, wants_tls
from smtpprobe.explain.scene import Advice, Says, Scene, as_it_should_be, listed, servers_fault, shown
from smtpprobe.outcome import Retry, Who

# Every verb that a HELP text may name; the text is searched for these in capitals and for nothing else.
_VERBS = re.compile(
    r"\b(ATRN|AUTH|BDAT|BURL|DATA|EHLO|ETRN|EXPN|HELO|HELP|LHLO|MAIL|NOOP|QUIT|RCPT|RSET|SAML|SEND|SOML|STARTTLS|TURN|VERB|VRFY|XCLIENT|"
    r"XFORWARD)\b"
)
_HARDENED = r"prohibit|disabled|not (allowed|permitted|available)|denied|policy|administrative"
_UNKNOWN_NAME = r"user unknown|unknown (user|list)|no such|not found|does ?n[o']t exist"
_UNKNOWN_VERB = r"unrecogni[sz]ed|not recogni[sz]ed|unknown command|not implemented|unimplemented"
_KNOWN_SUBJECTS = frozenset({"EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT"})


def _opaque(scene: Scene) -> bool:
    """Is this about TLS, a login, or the end of the connection, and not about the question?"""
    return scene.code == 421 or wants_tls(scene) or wants_login(scene)


def vrfy(scene: Scene) -> Says:
    """VRFY (RFC 5321 3.5.3, 7.3)."""
    if scene.verb != "VRFY" or _opaque(scene):
        return None
    if scene.code == 252:
        return as_it_should_be(
            "Says nothing about the mailbox: 252 is the polite way not to tell (RFC 5321 3.5.3, 7.3)."
        )
    if scene.reply.positive:
        if scene.probe == "vrfy-random":
            return servers_fault(
                "It confirms a name that we made up, so its yes means nothing; RFC 5321 3.5.3 forbids 250 for "
                "what was not verified.",
                "Answer 252 to VRFY.",
            )
        return servers_fault(
            "It says who has a mailbox here, to anybody: address harvesters ask just so.",
            "Switch VRFY off, or let it answer 252.",
        )
    if scene.code in {501, 504} and not scene.argument:
        return as_it_should_be("VRFY wants a name after it, so a refusal is right.")
    return _vrfy_refused(scene)


def _vrfy_refused(scene: Scene) -> Says:
    if scene.code in {500, 502} or scene.says(_HARDENED):
        if scene.offers("VRFY") and scene.code in {500, 502}:
            return servers_fault(
                "EHLO announces VRFY, yet the command is not known: one of the two is wrong.", "Stop announcing VRFY."
            )
        return as_it_should_be("VRFY is not answered here: normal hardening, nothing to fix.")
    return _truthful_no(scene)


def _truthful_no(scene: Scene) -> Says:
    """A name that VRFY or EXPN calls unknown."""
    if scene.code not in {550, 551, 553}:
        return None
    return Advice(
        f"A plain no to a name shows that {scene.verb} is answered truthfully: whoever tries names learns which "
        "exist. 252 tells nothing.",
        Retry.NO,
        Who.SERVER,
        f"Switch {scene.verb} off, or let it answer 252.",
    )


def expn(scene: Scene) -> Says:
    """EXPN (RFC 5321 3.5.2, 7.3)."""
    if scene.verb != "EXPN" or _opaque(scene):
        return None
    if scene.code == 252:
        return as_it_should_be("Says nothing about the list, which is what a careful server does.")
    if scene.reply.positive:
        return servers_fault(
            "It shows to anybody where mail for this name goes: addresses and list members leak.", "Switch EXPN off."
        )
    if scene.code in {500, 502} and scene.offers("EXPN"):
        return servers_fault(
            "EHLO announces EXPN, yet the command is not known: one of the two is wrong.", "Stop announcing EXPN."
        )
    if scene.code in {550, 551, 553} and (
        scene.says(_UNKNOWN_NAME) or (scene.reply.enhanced or "")[1:] in {".1.1", ".1.2", ".1.3"}
    ):
        return _truthful_no(scene)
    if scene.code in {500, 502, 504, 550} or scene.says(_HARDENED):
        return as_it_should_be("EXPN is not answered here: normal hardening, nothing to fix.")
    return None


def help_(scene: Scene) -> Says:
    """HELP (RFC 5321 4.1.1.8, 4.3.2)."""
    if scene.verb != "HELP" or _opaque(scene):
        return None
    names = tuple(dict.fromkeys(_VERBS.findall(scene.text[:8000])))
    named = f" It names {listed(names, most=24)}." if len(names) > 1 and not scene.argument else ""
    if scene.code == 211:
        return (
            f"RFC 5321 4.3.2 allows 211 for HELP beside 214, though hardly a server sends it. Read it as help.{named}"
        )
    if scene.code == 214:
        if scene.probe == "help-unknown":
            return "The general text, whatever topic is asked for: this server does not look at the topic."
        return f"The normal answer to HELP.{named} EHLO, not HELP, tells what a client may use."
    if scene.reply.positive:
        return f"RFC 5321 4.3.2 lists 211 and 214 for HELP; {scene.code} does no harm.{named}"
    return _help_refused(scene)


def _help_refused(scene: Scene) -> Says:
    if scene.argument and scene.code in {500, 501} and scene.says("argument|parameter"):
        return as_it_should_be(
            "HELP takes no topic here; RFC 5321 4.1.1.8 leaves that open. HELP alone may bring more."
        )
    if scene.argument and scene.code in {500, 501, 504} and not scene.says(_UNKNOWN_VERB):
        topic = shown(scene.argument, 30)
        if scene.probe == "help-unknown":
            return as_it_should_be(f"There is no topic {topic}, and it says so.")
        return as_it_should_be(f"No help on {topic}; HELP alone may bring more. Optional, so nothing to fix.")
    if scene.code not in {500, 502, 504}:
        return None
    if scene.offers("HELP"):
        return servers_fault("EHLO announces HELP, yet the command is refused.", "Stop announcing HELP.")
    old = " Postfix knows HELP only from 3.9 on: normal." if scene.vendor == "Postfix" and not scene.dialect else ""
    return as_it_should_be(f"HELP is optional and many servers leave it out.{old} Nothing to fix.")


def noop(scene: Scene) -> Says:
    """NOOP, with or without a string (RFC 5321 4.1.1.9)."""
    if scene.verb != "NOOP" or _opaque(scene):
        return None
    if scene.reply.positive:
        return "The string after NOOP is ignored, as RFC 5321 4.1.1.9 wants it." if scene.argument else None
    if scene.argument and scene.code in {500, 501, 504}:
        return servers_fault(
            "RFC 5321 4.1.1.9 lets NOOP carry a string, to be ignored; this server minds it. Hardly a client "
            "sends one.",
            "Ignore what follows NOOP.",
        )
    return None


def etrn(scene: Scene) -> Says:
    """ETRN (RFC 1985)."""
    if scene.verb != "ETRN" or _opaque(scene):
        return None
    if scene.reply.positive:
        return "A queue run was started: mail waiting for that host goes out now, over a new connection to its MX."
    if scene.code in {458, 459} or (scene.code in {550, 554} and scene.says(_HARDENED)):
        return as_it_should_be("You may not start this server's queue, which is right for strangers.")
    if scene.code in {500, 501} and not scene.says(_UNKNOWN_VERB):
        known = "EHLO announces ETRN, and the command" if scene.offers("ETRN") else "ETRN"
        return as_it_should_be(f"{known} wants the name of a host or queue after it (RFC 1985 5).")
    if scene.code in {500, 502}:
        return as_it_should_be("ETRN is not to be had here; only sites with dial-up hosts need it.")
    return None


def impersonation(scene: Scene) -> Says:
    """XCLIENT and XFORWARD: for trusted proxies only."""
    verb = scene.verb
    if verb not in {"XCLIENT", "XFORWARD"} or scene.code == 421:
        return None
    power = "pretend to come from any address" if verb == "XCLIENT" else "write any origin into the server's log"
    fix = f"Allow {verb} only to your own proxies and filters (in Postfix: smtpd_authorized_{verb.lower()}_hosts)."
    if scene.reply.positive or scene.offers(verb):
        return servers_fault(f"{verb} is open to you: whoever connects from here can {power}.", fix)
    if scene.code == 501:
        if scene.vendor == "Postfix":
            return as_it_should_be(
                f"Postfix checks the syntax of {verb} before the permission, so 501 proves nothing. EHLO would "
                f"announce {verb} to you if you "
                "were allowed to use it, and it does not."
            )
        return servers_fault(
            f"{verb} is known and only its arguments were refused: whoever connects from here can perhaps {power}.", fix
        )
    if scene.code in {500, 502}:
        return as_it_should_be(f"{verb} is not known here, which is right: it is meant for trusted proxies.")
    return as_it_should_be(f"{verb} is not for you, which is right: it is meant for trusted proxies.")


def unknown_verb(scene: Scene) -> Says:
    """A verb that we made up, and a user's verb that is not known."""
    if scene.probe == "unknown-verb":
        if scene.code in {500, 502}:
            text = "We made this verb up, so it had to be refused."
            return as_it_should_be(
                text if scene.code == 500 else f"{text} RFC 5321 4.2.4 has 500 for it; 502 comes to the same."
            )
        if scene.reply.positive:
            return servers_fault(
                "We made this verb up, and the server says it did it: its other replies deserve little trust.",
                "Answer 500 to verbs that are not known (RFC 5321 4.2.4).",
            )
        return None
    if scene.code not in {500, 502} or not scene.says(_UNKNOWN_VERB):
        return None
    if scene.verb in {"VRFY", "EXPN", "HELP", "AUTH", "STARTTLS", "ETRN", "XCLIENT", "XFORWARD", ""} or scene.continues:
        return None
    if scene.verb in _KNOWN_SUBJECTS:
        return (
            f"{scene.verb} belongs to every server (RFC 5321 4.5.1): a filter on the way may have garbled it."
            if (scene.verb not in {"EHLO", "LHLO"})
            else None
        )
    return f"The server has no command {shown(scene.verb, 20)}; EHLO lists the extensions it does have."


ADVISERS = (vrfy, expn, help_, noop, etrn, impersonation, unknown_verb)
