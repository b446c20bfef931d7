"""Advice on the parameters of MAIL and RCPT: promised, unknown, refused, or swallowed (RFC 5321 4.1.1.11)."""

from __future__ import annotations

from smtpprobe.explain.advice_auth import wants_login, wants_tls
from smtpprobe.explain.parameters import Asked
from smtpprobe.explain.scene import Advice, Says, Scene, as_it_should_be, servers_fault, shown
from smtpprobe.outcome import Retry, Who

# Codes that can blame a parameter. 503 and 504 do so on servers that stray from RFC 5321 4.1.1.11.
_ABOUT_PARAMETERS = frozenset({455, 500, 501, 502, 504, 555})
_WORDING = r"option|parameter|argument|unrecogni[sz]ed|unsupported|malformed|syntax|\bbody\b|\bsize\b"


def blamed(scene: Scene) -> Asked | None:
    """The parameter that this refusal is about; None where it is about something else."""
    if not scene.asked or not scene.reply.refusal or wants_tls(scene) or wants_login(scene):
        return None
    if scene.code not in _ABOUT_PARAMETERS and not (scene.code in {503, 550, 553, 554} and scene.says(_WORDING)):
        return None
    if scene.code in {504, 550, 553, 554} and scene.says(r"rejected|relay|user unknown|fully.qualified"):
        return None
    named = [asked for asked in scene.asked if asked.name.lower() in scene.words]
    if len(named) == 1:
        return named[0]
    wrong = [asked for asked in scene.asked if asked.invalid() or not scene.offers(asked.keyword)]
    return (named or wrong or list(scene.asked))[-1]


def refused(scene: Scene) -> Says:
    """A parameter was refused: is it offered, and which value does it take?"""
    asked = blamed(scene)
    if asked is None or asked.over_limit(scene.here):
        return None
    if asked.known is None:
        return _unknown(scene, asked)
    if scene.here is None:
        return (
            f"Send {asked.name} only where EHLO offers {asked.keyword}; it takes {asked.known.takes} "
            f"({asked.known.reference})."
        )
    ours = scene.probe in {"mail-parameter", "rcpt-parameter", "mail-unannounced"}
    if not scene.offers(asked.keyword):
        if scene.offers_there(asked.keyword):
            when = "in clear" if scene.encrypted else "after STARTTLS"
            text = f"EHLO offers {asked.keyword} only {when}: send {asked.name} there, and leave it out here."
        else:
            text = (
                f"EHLO does not offer {asked.keyword}, so {_parameter(asked)} must be left out; refusing it is right."
            )
        return as_it_should_be(f"{text}{_instead_of_555(scene)}") if ours else f"{text}{_instead_of_555(scene)}"
    if asked.invalid():
        text = f"{shown(asked.text)} is not valid: {asked.name} takes {asked.known.takes} ({asked.known.reference})."
        return (
            as_it_should_be(f"{text} Refusing it shows that the value is looked at.{_no_disorder(scene)}")
            if ours
            else text
        )
    return servers_fault(
        f"EHLO promises {asked.keyword}, yet {shown(asked.text)}, a valid value, is refused: senders that use it "
        "will fail. "
        f"Until that is mended send no {asked.name}.",
        f"Make {asked.keyword} work, or stop announcing it.",
    )


def _unknown(scene: Scene, asked: Asked) -> Says:
    if scene.probe in {"mail-unknown-parameter", "rcpt-unknown-parameter"}:
        return as_it_should_be(
            f"{shown(asked.name, 30)} is a parameter that no extension has, so it had to be "
            f"refused.{_instead_of_555(scene)}"
        )
    return (
        f"No extension that is known here has a {asked.verb} parameter {shown(asked.name, 30)}: leave it "
        f"out.{_instead_of_555(scene)}"
    )


def _parameter(asked: Asked) -> str:
    """How to name it: a value of BODY is not the whole of BODY."""
    if asked.name == "BODY":
        return shown(asked.text)
    return "it" if asked.name == asked.keyword else asked.name


def _no_disorder(scene: Scene) -> str:
    return " This 503 is about the parameter, and no wrong order." if scene.code == 503 else ""


def _instead_of_555(scene: Scene) -> str:
    if scene.code in {455, 555}:
        return ""
    if scene.code == 503:
        return (
            " RFC 5321 4.1.1.11 has 555 for that; this 503 means an unknown parameter too, and no wrong order of "
            "commands."
        )
    if scene.dialect is not None:
        return ""
    return f" RFC 5321 4.1.1.11 has 555 for that; this {scene.code} means the same."


def too_large(scene: Scene) -> Says:
    """SIZE over the limit, refused: 552, or what this server has for it (RFC 1870 6.1)."""
    if scene.verb != "MAIL" or scene.code not in {534, 550, 552, 554}:
        return None
    limit = scene.here.size_limit if scene.here else None
    sizes = [asked for asked in scene.asked if asked.name == "SIZE"]
    if not sizes:
        return _size_kept(scene) if scene.code == 552 else None
    size = sizes[0]
    if size.over_limit(scene.here):
        text = f"{shown(size.text)} is over the {limit} octets that EHLO announces."
        if scene.probe == "mail-parameter":
            return as_it_should_be(f"{text} Refusing it here spares senders the transfer.")
        return Advice(f"{text} Send less, or share the file by a link.", Retry.AFTER_FIX, Who.SENDER)
    if scene.code != 552:
        return None
    if limit is None:
        return "EHLO announces no limit, so find the largest size by trying, or ask the server's admin."
    return servers_fault(
        f"{shown(size.text)} is within the {limit} octets that EHLO announces and is refused all the same; the "
        "mailbox or the "
        "user may have a lower limit.",
        "Announce the limit that is really applied.",
    )


def _size_kept(scene: Scene) -> Says:
    earlier = any(
        exchange.code == 552 and exchange.command is not None and b"SIZE=" in exchange.command.line.upper()
        for exchange in scene.before[:4]
    )
    if not earlier:
        return None
    return Advice(
        f"This MAIL declares no size. {scene.server} still holds the refused SIZE of the MAIL before: send RSET first.",
        Retry.AFTER_FIX,
        Who.SENDER,
    )


def no_room(scene: Scene) -> Says:
    """452 at MAIL."""
    if scene.verb != "MAIL" or scene.code != 452:
        return None
    sizes = [asked for asked in scene.asked if asked.name == "SIZE"]
    plain = scene.known.mail_tls if scene.encrypted else scene.known.mail_clear
    if sizes and plain is not None and 200 <= plain < 300:
        return Advice(
            f"A MAIL without SIZE was taken ({plain}), so the disk is not full: this reply is about "
            f"{shown(sizes[0].text)} alone.",
            Retry.NO,
            Who.NOBODY,
        )
    if sizes:
        return (
            f"Too little room just now for {shown(sizes[0].text)}; a smaller message may pass. The server's "
            "admin should look at its queue disk."
        )
    return (
        "The server's queue disk is nearly full. Nothing to change on the sending side: mail waits until there is room."
    )


def swallowed(scene: Scene) -> Says:
    """A MAIL or RCPT taken with a value that no server should take."""
    if not scene.asked or not scene.reply.positive:
        return None
    for asked in scene.asked:
        if asked.known is None:
            return servers_fault(
                f"{shown(asked.name, 30)} belongs to no extension, yet it was taken: this server ignores "
                "parameters that it does not know. "
                "Its silence on others proves nothing.",
                "Refuse unknown parameters with 555 (RFC 5321 4.1.1.11).",
            )
        if asked.invalid():
            return _unread(scene, asked) or servers_fault(
                f"{shown(asked.text)} was taken although {asked.name} takes {asked.known.takes} "
                f"({asked.known.reference}): "
                f"the value is not looked at, so nothing shows that {asked.keyword} works.",
                f"Check the value of {asked.name}, and refuse a wrong one with 501.",
            )
        if asked.over_limit(scene.here):
            limit = scene.here.size_limit if scene.here else None
            return servers_fault(
                f"{shown(asked.text)} was taken although EHLO announces {limit} octets: the limit is applied "
                "only to the message "
                "itself, so a sender transmits all of it to be refused.",
                "Refuse a SIZE over the limit at MAIL with 552 (RFC 1870 6.1).",
            )
    return _unannounced(scene)


def _unread(scene: Scene, asked: Asked) -> Says:
    """A wrong value taken where that breaks no promise."""
    if scene.here is not None and not scene.offers(asked.keyword):
        return servers_fault(
            f"{shown(asked.text)} is taken too. EHLO does not offer {asked.keyword}, and the server ignores the "
            "parameter where it should refuse it.",
            f"Offer {asked.keyword}, or refuse its parameters with 555 (RFC 5321 4.1.1.11).",
        )
    if asked.name == "AUTH":
        return as_it_should_be(
            f"{shown(asked.text)} is not well formed and was taken all the same. It counts only between servers that "
            "trust each other (RFC 4954 5); logging in has nothing to do with it."
        )
    return None


def _unannounced(scene: Scene) -> Says:
    if scene.here is None:
        return None
    for asked in scene.asked:
        if not scene.offers(asked.keyword):
            return (
                f"{shown(asked.text)} was taken although EHLO does not offer {asked.keyword}: either it works "
                "unannounced or it is "
                "ignored. Do not rely on it."
            )
    return None


ADVISERS = (refused, too_large, no_room, swallowed)
