"""Advice on STARTTLS (RFC 3207)."""

from __future__ import annotations

from smtpprobe.explain.advice_auth import wants_tls
from smtpprobe.explain.scene import Advice, Says, Scene, as_it_should_be, servers_fault
from smtpprobe.outcome import Defect, Retry, Who

# Where each server software keeps its certificate.
_WHERE = {
    "Postfix": "the mail log names the file it cannot load: see smtpd_tls_chain_files or smtpd_tls_cert_file",
    "Sendmail": "look at confSERVER_CERT and confSERVER_KEY, and at the rights of the key file",
    "Exim": "look at tls_certificate and tls_privatekey, and at the rights of both files",
    "aiosmtpd": "the program that runs aiosmtpd gave it no tls_context",
}


def ready(scene: Scene) -> Says:
    """220 to a plain STARTTLS."""
    if scene.verb != "STARTTLS" or scene.code != 220 or scene.argument:
        return None
    if scene.encrypted:
        return servers_fault(
            "STARTTLS was granted inside TLS, where RFC 3207 4.2 forbids it.", "Refuse STARTTLS once TLS is active."
        )
    if scene.here is not None and not scene.offers("STARTTLS"):
        return servers_fault(
            "STARTTLS works here although EHLO does not offer it: senders never learn of it and stay in clear.",
            "Announce STARTTLS in the EHLO reply, or find what removes it on the way.",
        )
    return (
        "The handshake comes next, with no other byte before it. After it EHLO again: what was said in clear is "
        "void (RFC 3207 4.2)."
    )


def parameter(scene: Scene) -> Says:
    """STARTTLS with something behind it: 501 is right (RFC 3207 4)."""
    if scene.verb != "STARTTLS" or not scene.argument:
        return None
    if scene.code == 501:
        return as_it_should_be("STARTTLS takes no parameter, and 501 is the code that RFC 3207 4 has for one.")
    if scene.reply.positive:
        return servers_fault(
            "STARTTLS takes no parameter, yet the server overlooked the one we sent; RFC 3207 4 asks for 501. "
            "Harmless in practice.",
            "Answer 501 to STARTTLS with a parameter.",
        )
    if scene.encrypted:
        return as_it_should_be("TLS is active already, so STARTTLS is refused with or without a parameter.")
    if scene.here is not None and not scene.offers("STARTTLS"):
        return as_it_should_be("STARTTLS is not offered here, so it is refused before its parameter is looked at.")
    return f"RFC 3207 4 has 501 for a parameter to STARTTLS; {scene.code} refuses it all the same."


def again(scene: Scene) -> Says:
    """STARTTLS inside TLS."""
    if scene.verb != "STARTTLS" or scene.argument or not scene.encrypted or not scene.reply.refusal:
        return None
    return as_it_should_be("TLS is active already, and a second STARTTLS has to be refused (RFC 3207 4.2).")


def unavailable(scene: Scene) -> Says:
    """454, and its relatives 440 and 540: TLS cannot be had now."""
    if scene.verb != "STARTTLS" or scene.encrypted or scene.argument or scene.code not in {440, 451, 454, 540}:
        return None
    where = _WHERE.get(
        scene.vendor, "look for a missing, unreadable or mismatched certificate and key, then at the server's log"
    )
    if scene.here is not None and not scene.offers("STARTTLS"):
        return Advice(
            "The server has no TLS to start, and EHLO does not offer STARTTLS either: it was never configured. "
            f"To have it, {where}.",
            Retry.AFTER_FIX,
            Who.SERVER,
        )
    if scene.here is None:
        return f"TLS cannot be started now. On the server, {where}."
    return servers_fault(
        "TLS cannot be started although it is offered; a sender that insists on TLS will not deliver here. "
        f"On the server, {where}.",
        "Give the server a certificate and a key that it can read.",
    )


def not_offered(scene: Scene) -> Says:
    """500, 502 or 503 to a STARTTLS in clear."""
    if (
        scene.verb != "STARTTLS"
        or scene.encrypted
        or scene.argument
        or scene.code not in {500, 501, 502, 503, 504, 554}
    ):
        return None
    if scene.here is None or wants_tls(scene):
        return None
    if any(Defect.KEYWORD_MANGLED in keyword.defects for keyword in scene.here.keywords):
        return Advice(
            "A firewall on the way overwrote keywords of the EHLO reply with X and blocks STARTTLS; Cisco's "
            "ESMTP inspection does so. "
            "Allow TLS there, or switch the inspection off.",
            Retry.AFTER_FIX,
            Who.NETWORK,
        )
    if scene.offers("STARTTLS"):
        return servers_fault(
            "EHLO offers STARTTLS, yet the command is refused: senders that insist on TLS will not deliver here.",
            "Make STARTTLS work, or find the middlebox that blocks it.",
        )
    return as_it_should_be(
        "EHLO does not offer STARTTLS and the command is refused: consistent, but mail to this port travels in clear."
    )


ADVISERS = (ready, parameter, again, unavailable, not_offered)
