"""Advice on AUTH (RFC 4954) and on the replies that ask for a login or for TLS first."""

from __future__ import annotations

import base64
import binascii

from smtpprobe.explain.scene import Says, Scene, as_it_should_be, listed, mechanisms, servers_fault, shown

# Mechanisms that hand the password itself to whoever reads the line.
_READABLE = frozenset({"PLAIN", "LOGIN"})
# A SASL challenge that is prose for a person, and no more than that.
_CHALLENGE_LIMIT = 160


def _mechanism(scene: Scene) -> str:
    return scene.argument.partition(" ")[0].upper()


def _mechanism_asked(scene: Scene) -> str:
    """The mechanism of the SASL exchange that this line belongs to."""
    if not scene.continues:
        return _mechanism(scene)
    lines = (exchange.command.line for exchange in scene.before if exchange.command is not None)
    started = next((line for line in lines if line[:5].upper() == b"AUTH "), b"")
    return started[5:].split(b" ")[0].decode("ascii", "replace").upper()


def _starts(scene: Scene) -> bool:
    return scene.verb == "AUTH" and not scene.continues


def wants_tls(scene: Scene) -> bool:
    """Does this refusal ask for TLS first? (RFC 3207 4, RFC 4954 6, RFC 5248)"""
    if scene.encrypted or not scene.reply.refusal:
        return False
    if scene.code in {523, 524, 538}:
        return True
    return scene.code in {400, 503, 504, 530, 550, 554} and scene.says(
        r"starttls|encrypt|\btls\b.{0,200}(first|require)|secure conn"
    )


def wants_login(scene: Scene) -> bool:
    """Does this refusal ask for a login first?"""
    return scene.code == 530 or (
        scene.code in {503, 550, 553, 554}
        and scene.says(r"auth\w{0,20} (is )?(required|needed)|not authenticated|log ?in first")
    )


def tls_first(scene: Scene) -> Says:
    """530, 538, 523: TLS before anything else."""
    if not wants_tls(scene):
        return None
    what = scene.verb or "This command"
    if scene.here is None:
        return (
            f"{what} is taken only inside TLS: give STARTTLS first, or connect to a port with TLS from the first "
            "byte (465)."
        )
    if not scene.offers("STARTTLS"):
        return servers_fault(
            f"{what} is taken only inside TLS, yet EHLO offers no STARTTLS here: a firewall may strip it, or the "
            "server has no "
            "certificate. Try port 465, where TLS begins with the first byte.",
            "Configure a certificate so that STARTTLS is offered, and stop any middlebox that removes it.",
        )
    inside = mechanisms(scene.there)
    if inside:
        return f"Give STARTTLS first: it is offered here. Inside TLS this server then offers AUTH {listed(inside)}."
    return f"Give STARTTLS first: it is offered here, and {what} will be looked at only inside TLS."


def login_first(scene: Scene) -> Says:
    """530 where it is a login that is missing."""
    if wants_tls(scene) or scene.verb == "AUTH" or not wants_login(scene):
        return None
    here, there = mechanisms(scene.here), mechanisms(scene.there)
    if here:
        return f"Log in first: this server offers AUTH {listed(here)} here."
    if there and not scene.encrypted:
        return f"Log in first, inside TLS: after STARTTLS this server offers AUTH {listed(there)}."
    if scene.offers("STARTTLS"):
        return "Log in first. AUTH is not offered in clear; give STARTTLS and look at what EHLO offers then."
    if scene.here is None:
        return "Log in with AUTH before this command."
    return "It asks for a login, yet EHLO offers no AUTH here. Users log in on the submission ports, 587 or 465."


def unknown_mechanism(scene: Scene) -> Says:
    """A mechanism that is not offered here, in whatever words it is refused."""
    if not _starts(scene) or not scene.reply.refusal or not _mechanism(scene) or scene.code == 421:
        return None
    if scene.here is None or wants_tls(scene) or scene.standing.authenticated or scene.standing.mail:
        return None
    here, there, asked = mechanisms(scene.here), mechanisms(scene.there), _mechanism(scene)
    if asked in here:
        return None
    ours = scene.probe == "auth-unknown"
    if here:
        offer = f"It offers {listed(here)}. Set the sender to {here[0] if len(here) == 1 else 'one of these'}"
        text = f"{offer}; other mechanisms will get {scene.code}."
    elif there and not scene.encrypted:
        text = f"AUTH is offered only after STARTTLS, and then with {listed(there)}: give STARTTLS first."
    elif there:
        text = f"AUTH is offered in clear ({listed(there)}) and not inside TLS, which is the wrong way round."
    elif scene.offers("STARTTLS"):
        text = "AUTH is not offered in clear. Give STARTTLS, send EHLO again and look for AUTH there."
    else:
        text = (
            "This server offers no AUTH here, as is usual for an MX. Users log in on the submission ports, 587 or 465."
        )
    return as_it_should_be(text) if ours else text


def promised_mechanism(scene: Scene) -> Says:
    """A mechanism that EHLO promises, refused before a challenge."""
    if not _starts(scene) or scene.code not in {500, 501, 502, 503, 504, 534} or scene.here is None:
        return None
    asked = _mechanism(scene)
    if asked not in mechanisms(scene.here) or wants_tls(scene) or scene.standing.authenticated or scene.standing.mail:
        return None
    others = [name for name in mechanisms(scene.here) if name != asked]
    instead = f" Until then use {listed(others, 'or')}." if others else ""
    return servers_fault(
        f"EHLO announces {asked}, yet AUTH {asked} is refused: clients that choose it cannot log in.{instead}",
        f"Make {asked} work in the SASL configuration, or stop announcing it.",
    )


def credentials(scene: Scene) -> Says:
    """535, 534, 432 and 454 to a login."""
    if scene.verb != "AUTH" or scene.argument == "*":
        return None
    if not scene.continues and scene.here is not None and _mechanism(scene) not in mechanisms(scene.here):
        return None
    if scene.code == 535:
        return (
            "Check the user name (often the whole address) and the password; a provider with two-step login wants an "
            "app password or OAuth. Repeated attempts can get your address banned."
        )
    if scene.code == 454:
        return (
            "The password was not judged: the server could not reach its user database just now. Try again in a "
            "few minutes."
        )
    if scene.code == 432:
        return "This account must set its password anew before the mechanism can be used (RFC 4954 6)."
    if scene.code == 534:
        return "The account's policy asks for a stronger mechanism, an app password or a login in the browser first."
    return None


def without_mechanism(scene: Scene) -> Says:
    """AUTH with nothing after it (RFC 4954 4: the mechanism is required)."""
    text = _mechanism_missing(scene)
    return as_it_should_be(text) if text and scene.probe == "auth-none" else text


def _mechanism_missing(scene: Scene) -> str | None:
    if not _starts(scene) or _mechanism(scene) or not scene.reply.refusal or wants_tls(scene):
        return None
    here, there = mechanisms(scene.here), mechanisms(scene.there)
    if here:
        return f"AUTH wants a mechanism after it; here that is {listed(here, 'or')}."
    if there and not scene.encrypted:
        return f"AUTH wants a mechanism after it, and is offered only after STARTTLS (with {listed(there)})."
    if scene.here is not None:
        return "AUTH is not offered here, so there is no mechanism to name."
    # A log names the verb alone; then the code tells whether the argument was at fault (RFC 4954 4).
    return "AUTH wants a mechanism after it; EHLO lists the ones there are." if scene.code in (501, 504) else None


def twice(scene: Scene) -> Says:
    """AUTH after a login or inside a transaction (RFC 4954 4)."""
    if not _starts(scene) or scene.code != 503:
        return None
    if scene.standing.authenticated:
        return as_it_should_be(
            "This connection is logged in already; RFC 4954 4 allows one login a connection. Go on with MAIL."
        )
    if scene.standing.mail:
        return "A mail transaction is open, and AUTH is not allowed in one (RFC 4954 4): send RSET, then AUTH."
    return None


def challenge(scene: Scene) -> Says:
    """334: what it asks, and whether it is safe to answer."""
    if scene.code != 334 or scene.verb not in {"AUTH", ""}:
        return None
    question = _decoded(scene.text)
    asks = f"The challenge reads “{question}”" if question else "It waits for your response in base64"
    if scene.whole and not scene.encrypted and _mechanism_asked(scene) in _READABLE:
        return (
            f"{asks}. Send no password here: the connection is not encrypted. Answer * to cancel, and use "
            "STARTTLS first."
        )
    return f"{asks}. Answer in base64, or * to cancel."


def _decoded(text: str) -> str:
    """A challenge in clear, where it is printable ASCII of reasonable length; otherwise nothing."""
    try:
        octets = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        return ""
    fits = 0 < len(octets) <= _CHALLENGE_LIMIT and all(32 <= octet < 127 for octet in octets)
    return octets.decode("ascii") if fits else ""


def cancelled(scene: Scene) -> Says:
    """The reply to ``*`` (RFC 4954 4 asks for 501)."""
    command = scene.exchange.command
    if not scene.continues or command is None or command.line.strip() != b"*":
        return None
    if scene.code == 501:
        return as_it_should_be("Cancelled, as we asked with *; 501 is the code that RFC 4954 4 has for it.")
    if scene.reply.refusal:
        return as_it_should_be(
            f"Cancelled, as we asked with *. RFC 4954 4 has 501 for it; {scene.code} comes to the same."
        )
    return servers_fault(
        f"We cancelled with *, and the server answers {scene.code} as if that were a response (RFC 4954 4 asks "
        "for 501).",
        "Treat a line with a single * as the end of the exchange.",
    )


def logged_in(scene: Scene) -> Says:
    """235."""
    if scene.code != 235:
        return None
    if scene.encrypted or not scene.whole or scene.known.target.path:
        return "Logged in: go on with MAIL. A second AUTH on this connection gets 503 (RFC 4954 4)."
    return "Logged in, but over a connection without TLS: treat the password as known to others and change it."


def mechanism_started(scene: Scene) -> Says:
    """A mechanism nobody knows, welcomed."""
    if not _starts(scene) or scene.probe != "auth-unknown" or scene.reply.refusal:
        return None
    return servers_fault(
        f"{shown(_mechanism(scene), 30)} is no mechanism, yet the server goes along with {scene.code}: clients "
        "that try it will hang or fail.",
        "Refuse unknown mechanisms with 504 5.5.4 (RFC 4954 4).",
    )


#: For whatever command is refused.
BEFORE_ANYTHING = (tls_first, login_first)

ADVISERS = (
    cancelled,
    twice,
    mechanism_started,
    unknown_mechanism,
    promised_mechanism,
    without_mechanism,
    credentials,
    challenge,
    logged_in,
)
