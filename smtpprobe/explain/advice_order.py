"""Advice on 503: which command is missing before this one (RFC 5321 4.1.4), and the 503s that mean something else."""

from __future__ import annotations

from smtpprobe.explain.advice_auth import wants_login, wants_tls
from smtpprobe.explain.advice_parameters import blamed
from smtpprobe.explain.scene import HELLOS, Says, Scene, as_it_should_be, servers_fault

_NEEDS_HELLO = frozenset({"MAIL", "RCPT", "DATA", "BDAT", "AUTH", "ETRN", "STARTTLS", "VRFY", "EXPN"})
# What each verb needs before it, where the connection was not seen from its beginning.
_NEEDS = {
    "MAIL": "MAIL needs EHLO before it, and no other MAIL that is still open; RSET ends one.",
    "RCPT": "RCPT needs a MAIL before it that was taken.",
    "DATA": "DATA needs a MAIL and at least one RCPT before it that were taken.",
    "BDAT": "BDAT needs a MAIL and at least one RCPT before it that were taken.",
    "AUTH": "AUTH is refused so before EHLO, inside a transaction, after a login, and where EHLO does not offer it.",
    "STARTTLS": "STARTTLS is refused so before EHLO, inside TLS, and where EHLO does not offer it.",
    "ETRN": "ETRN needs EHLO before it, and no open transaction.",
}


def after_refused_greeting(scene: Scene) -> Says:
    """Everything after a 5yz greeting is refused (RFC 5321 3.1)."""
    if scene.code not in {503, 521, 550, 554} or scene.verb in {"", "QUIT", "greeting"}:
        return None
    if scene.standing.greeting is None or scene.standing.greeting < 500:
        return None
    return (
        f"Follows from the greeting: after {scene.standing.greeting} a server answers every command but QUIT so. "
        "Mend what the greeting says."
    )


def out_of_order(scene: Scene) -> Says:
    """503: name the missing command."""
    if scene.code != 503 or blamed(scene) is not None or wants_tls(scene) or wants_login(scene):
        return None
    standing = scene.standing
    if standing.greeting is not None and standing.greeting >= 500:
        return None
    if scene.says(r"relay|option|parameter|argument|block|denied|banned"):
        return None
    if not scene.whole:
        return _NEEDS.get(scene.verb)
    ours = scene.probe in {"rcpt-before-mail", "mail-twice"}
    missing = _missing(scene)
    return as_it_should_be(missing) if ours and missing else missing


def _missing(scene: Scene) -> str | None:
    standing, verb = scene.standing, scene.verb
    if verb in HELLOS:
        return (
            f"{scene.server} takes no further {verb} now; RFC 5321 4.1.4 lets a client repeat it. Open a new "
            "connection."
        )
    if verb in _NEEDS_HELLO and not standing.introduced:
        again = " After the TLS handshake it has to be sent again." if standing.encrypted else ""
        return f"EHLO is missing before {verb}.{again}"
    if verb == "MAIL" and standing.mail:
        return "A transaction is open already: finish it, or send RSET, before the next MAIL (RFC 5321 4.1.4)."
    if verb in {"RCPT", "DATA", "BDAT"} and not standing.mail:
        if standing.refused_mail:
            return (
                f"The MAIL before it was refused with {standing.refused_mail}, so no transaction is open: mend "
                "that first."
            )
        return f"MAIL is missing before {verb}."
    if verb in {"DATA", "BDAT"} and not standing.recipients:
        return f"No recipient was taken before {verb}: an RCPT has to succeed first."
    return None


def no_recipients(scene: Scene) -> Says:
    """554 to DATA where no RCPT was taken (RFC 5321 3.3)."""
    if scene.verb not in {"DATA", "BDAT"} or scene.code != 554 or scene.standing.recipients:
        return None
    if not scene.whole and not scene.says("recipients"):
        return None
    return "No recipient was taken before it, so there is nobody to send to: look at the refused RCPT."


def stray_parameter(scene: Scene) -> Says:
    """DATA, RSET and QUIT take none (RFC 5321 4.1.1)."""
    if scene.verb not in {"DATA", "RSET", "QUIT"} or not scene.argument or scene.code not in {500, 501, 504}:
        return None
    return f"{scene.verb} takes no parameter: send it alone (RFC 5321 4.1.1 has 501 for one that comes along)."


def two_transactions(scene: Scene) -> Says:
    """A second MAIL, taken."""
    if scene.probe != "mail-twice" or scene.verb != "MAIL" or not scene.reply.positive or not scene.standing.mail:
        return None
    return servers_fault(
        "A second MAIL was taken inside an open transaction; RFC 5321 4.1.4 forbids it, and which sender counts "
        "is anyone's guess.",
        "Answer 503 to MAIL while a transaction is open.",
    )


ADVISERS = (after_refused_greeting, out_of_order, no_recipients, stray_parameter, two_transactions)
