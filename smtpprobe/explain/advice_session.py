"""Advice on a connection's beginning and end: greeting, EHLO, HELO, 421, 221, and the farewell of error counters."""

from __future__ import annotations

from smtpprobe.explain.scene import (
    GREETING,
    HELLOS,
    Advice,
    Says,
    Scene,
    as_it_should_be,
    listed,
    mechanisms,
    servers_fault,
    shown,
)
from smtpprobe.outcome import Defect, Retry, Who
from smtpprobe.wire import ehlo

_RATE = r"too many|rate|limit|concurren|connections|throttl|frequen"
_COUNTED = (
    r"too many (errors|bad|syntax|unrecogni[sz]ed|unknown|non-?mail|failures|invalid|protocol|unauthenticated)|"
    r"error limit"
)


def greeting(scene: Scene) -> Says:
    """The first reply (RFC 5321 3.1, RFC 7504)."""
    if scene.verb != GREETING:
        return None
    if scene.code == 220:
        if len(scene.reply.texts) > 1:
            return (
                f"A greeting of {len(scene.reply.texts)} lines: say nothing before the last one; some servers "
                "ban clients that talk into it."
            )
        found = scene.known.software
        if found is not None and found.version and found.version in scene.text:
            return f"It names its software and version ({found.name} {shown(found.version, 30)})."
        if "esmtp" in scene.words or "lmtp" in scene.words:
            return None
        return "It does not call itself ESMTP, which means little: EHLO tells."
    if scene.code == 521:
        return Advice(
            "521 as a greeting means that this host takes no mail from you, and mostly from nobody, ever (RFC "
            "7504). If it is an MX, "
            "take it out of the DNS; do not retry.",
            Retry.NO,
        )
    if scene.code == 421:
        return _busy(scene)
    if scene.code // 100 == 5:
        return (
            "You are refused as a client, before a word was said: by your address, its reverse name or a block "
            "list. Only QUIT will be "
            "answered otherwise than 503 (RFC 5321 3.1)."
        )
    if scene.code // 100 == 4:
        return "The server is not ready for clients now; try again in some minutes."
    return (
        f"A greeting must be 220, 421, 521 or 554; {scene.code} says that something other than a mail server may "
        "answer."
    )


def _busy(scene: Scene) -> Says:
    if scene.says(_RATE):
        return "You have too many connections, or open them too fast: wait some minutes and use fewer at a time."
    return (
        "The server takes no connections now: overloaded, shutting down, or limiting yours. Wait some minutes "
        "and use fewer at a time."
    )


def hello(scene: Scene) -> Says:
    """EHLO and LHLO, taken."""
    if scene.verb not in {"EHLO", "LHLO"} or scene.code != 250:
        return None
    promised = ehlo.read(scene.reply)
    count = len(promised.keywords)
    if not count:
        return "No extensions at all: plain SMTP, without TLS or login."
    counted = f"{count} keyword{'s' if count > 1 else ''}."
    if any(Defect.KEYWORD_MANGLED in keyword.defects for keyword in promised.keywords):
        return Advice(
            f"{counted} A firewall overwrote one with X, probably STARTTLS: allow TLS there, or switch its ESMTP "
            "inspection off.",
            Retry.NO,
            Who.NETWORK,
        )
    if scene.encrypted:
        if "STARTTLS" in promised:
            return servers_fault(
                f"{counted} STARTTLS is still offered inside TLS, against RFC 3207 4.2.",
                "Leave STARTTLS out inside TLS.",
            )
        names = mechanisms(promised)
        return (
            f"{counted} Inside TLS it offers AUTH {listed(names)}."
            if names
            else f"{counted} No AUTH inside TLS: a server for mail exchange."
        )
    if "STARTTLS" in promised:
        return f"{counted} STARTTLS is offered: use it before anything else."
    if scene.known.target.path or scene.known.target.lmtp or not scene.whole:
        return counted
    return f"{counted} STARTTLS is not offered: whatever is said here travels in clear."


def hello_refused(scene: Scene) -> Says:
    """EHLO or HELO, refused."""
    if scene.verb not in HELLOS or not scene.reply.refusal or scene.code == 421:
        return None
    if scene.code in {500, 502} and scene.verb == "EHLO":
        return (
            "It does not know EHLO: say HELO, and do without extensions (RFC 5321 3.2). A firewall on the way "
            "may be to blame."
        )
    if scene.code in {500, 502} and scene.verb == "LHLO":
        return "It does not know LHLO: this port speaks SMTP, so say EHLO."
    if scene.code == 500 and scene.says("lhlo|lmtp"):
        return "This port speaks LMTP: say LHLO."
    if not scene.argument:
        return (
            as_it_should_be(f"{scene.verb} wants a name after it, and the refusal says so.")
            if scene.code // 100 == 5
            else None
        )
    if scene.code in {501, 504, 550, 553, 554}:
        return Advice(
            f"It refuses the name {shown(scene.argument)}: give a full host name that the DNS resolves, or your "
            "address in brackets.",
            Retry.AFTER_FIX,
            Who.SENDER,
        )
    return None


def helo(scene: Scene) -> Says:
    """HELO, taken."""
    if scene.verb != "HELO" or scene.code != 250:
        return None
    if len(scene.reply.texts) > 1:
        return servers_fault(
            "HELO has a reply of one line; extensions belong to EHLO (RFC 5321 4.1.1.1).", "Answer HELO with one line."
        )
    return "HELO works too: a client so old as to need it gets no extensions."


def closing(scene: Scene) -> Says:
    """421 in a dialogue: after which command, and after how many refusals."""
    if scene.code != 421 or scene.verb == GREETING:
        return None
    place = f" at {shown(scene.verb, 20)}" if scene.verb else ""
    if scene.says(r"timeout|timed out|idle|inactiv"):
        return f"It hung up{place}: too long a silence. Open a new connection and send without pauses."
    if scene.refusals:
        times = "1 refusal" if scene.refusals == 1 else f"{scene.refusals} refusals"
        return (
            f"It hung up{place}, after {times} on this connection: it counts errors. Open a new connection and "
            "ask less on it; "
            "this reply need not be about its command."
        )
    if not scene.whole:
        return "The connection ends with this reply. Wait some minutes, then connect anew."
    if scene.says(_RATE):
        return (
            f"It hung up{place}, with no refusal before it: a limit on connections or rate. Wait some minutes "
            "and use fewer."
        )
    return (
        f"It hung up{place}, with no refusal before it: shutting down, overloaded, or limiting you. Wait some minutes."
    )


def farewell(scene: Scene) -> Says:
    """Error counters that end a connection with another code than 421."""
    if scene.code == 421 or not scene.reply.refusal or not scene.says(_COUNTED):
        return None
    if not scene.whole:
        return "It counts errors and hangs up here. Go on over a new connection, and ask less on each."
    number = scene.refusals + 1
    which = {1: "1st", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")
    return (
        f"It counts errors and hangs up here, at the {which} refusal on this connection. Go on over a new one, "
        "and ask less on each."
    )


def goodbye(scene: Scene) -> Says:
    """221, and what else answers QUIT."""
    if scene.verb == "QUIT":
        if scene.code != 221 and not scene.argument:
            return f"RFC 5321 4.3.2 has 221 for QUIT; {scene.code} ends the connection all the same."
        return None
    if scene.code != 221:
        return None
    if scene.dialect is not None:
        return "The connection is over. Open a new one."
    if scene.says("break rules"):
        return (
            "Postfix took this line for a browser's or a spam program's and ends the connection; it is not the "
            "reply to a QUIT."
        )
    return "It says goodbye although nobody said QUIT: the connection is over. Open a new one."


ADVISERS = (greeting, hello, hello_refused, helo, closing, farewell, goodbye)
