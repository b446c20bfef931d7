"""Advice on the answers to profile ``security``: whether the server held, and what its yes would be worth elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.explain.scene import Says, Scene, as_it_should_be, servers_fault
from smtpprobe.model import Exchange

_UPDATE = "Update the server, or what does TLS in front of it."


def attack(scene: Scene) -> Says:
    """One sentence for each question of the profile; None for every other question."""
    says = _BY_PROBE.get(scene.probe or "")
    return says(scene) if says is not None else None


def broken_off(exchange: Exchange) -> str | None:
    """What is to be said of a greeting without a code that can be believed, where we talked before it."""
    if exchange.probe != "talk-first" or exchange.command is not None:
        return None
    return "It broke its greeting off because we talked before it, as postscreen does: it minds such clients."


def _relay(scene: Scene) -> Says:
    if scene.verb != "RCPT":
        return None
    if scene.reply.refusal:
        return as_it_should_be("It does not relay for us in this form, as it should not.")
    return "Accepted at RCPT, which is not delivered yet: some servers refuse after DATA. We stop here."


def _random(scene: Scene) -> Says:
    if scene.verb != "RCPT":
        return None
    if scene.code in (550, 551, 553):
        return as_it_should_be("Nobody has this name, and a sender has to learn it here rather than by a bounce.")
    if scene.reply.positive:
        return "Nobody has this name: the server takes every name of this domain, or refuses after DATA only."
    return None


def _half_line(scene: Scene) -> Says:
    command = scene.exchange.command
    if command is None or scene.verb not in ("RSET", ""):
        return None
    if not command.line:
        return as_it_should_be("The command has ended only now, at CRLF, as it should (RFC 5321 2.3.8).")
    if scene.reply.refusal:
        return as_it_should_be("It does not take half a line end for a whole one (RFC 5321 2.3.8).")
    return "Answered though only half of the line end was sent, so the server takes that half for the whole."


def _first_word(scene: Scene) -> Says:
    if scene.reply.refusal and scene.verb in ("greeting", "NOOP"):
        return as_it_should_be("It minds clients that talk before its greeting; many senders of spam do.")
    if scene.verb == "NOOP":
        return "Served, though we talked before the greeting."
    return None


def _smuggled(scene: Scene) -> Says:
    if scene.verb == "STARTTLS" and scene.reply.refusal:
        return as_it_should_be("It refuses STARTTLS with a command in the same segment, which is safe.")
    if scene.verb == "NOOP" and scene.standing.encrypted:
        return servers_fault(
            "Answered inside TLS, though it was sent before it in clear: anybody on the path could have sent it.",
            _UPDATE,
        )
    return None


def _auth(scene: Scene) -> Says:
    if scene.verb != "AUTH":
        return None
    if scene.reply.refusal:
        return as_it_should_be("No login before TLS, as EHLO says.")
    return servers_fault(
        "A login begins here in clear, though EHLO offers it inside TLS only: a password would be readable on the way.",
        "Refuse AUTH before TLS, with 538 or 503.",
    )


def _requiretls(scene: Scene) -> Says:
    if scene.verb != "MAIL":
        return None
    if scene.reply.refusal:
        return as_it_should_be("REQUIRETLS is for inside TLS, and refused outside it.")
    return servers_fault(
        "REQUIRETLS is taken in clear, where it is broken already.", "Announce and accept REQUIRETLS inside TLS only."
    )


def _ntlm(scene: Scene) -> Says:
    command = scene.exchange.command
    if scene.code == 334 and command is not None and command.verb != "AUTH":
        return "The challenge names the server's Windows network, to anybody who asks. We cancel here."
    return None


_BY_PROBE: dict[str, Callable[[Scene], Says]] = {
    "relay": _relay,
    "rcpt-random": _random,
    "line-end-cr": _half_line,
    "line-end-lf": _half_line,
    "talk-first": _first_word,
    "starttls-smuggled-command": _smuggled,
    "auth-unannounced": _auth,
    "requiretls-in-clear": _requiretls,
    "ntlm": _ntlm,
}
