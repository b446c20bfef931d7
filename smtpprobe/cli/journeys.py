"""From the options of `trace` to the Journey that is to be walked."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import msgspec

from smtpprobe import target
from smtpprobe.cli import delivery_options, options, secrets
from smtpprobe.cli.connecting import dialling
from smtpprobe.cli.errors import Refused
from smtpprobe.journey import Hint, Journey, LocalSender, Login, Mailbox
from smtpprobe.mailbox import mailbox
from smtpprobe.model import Target
from smtpprobe.names.blocklists import DEFAULT_BLOCKLISTS, RHSBLS
from smtpprobe.run.settings import Settings
from smtpprobe.sasl import MECHANISMS
from smtpprobe.trace.conditions import LONGEST_WAIT

#: Where a user's own program hands its mail over, in the order in which it is tried (RFC 8314 3.3).
_PORTS = (465, 587)
#: What a short mail takes, in octets: senders say the size of each.
_SIZE = 10_240


def journey_of(given: dict[str, Any]) -> Journey:
    """What is to be traced. Raises a usage error for what cannot be."""
    hint = _hint(given["bounce"])
    recipient = _mailbox(given["recipient"] or (hint.recipient if hint is not None else None))
    sender = _sender(given, hint)
    via, fallback = _via(given["via"])
    if recipient is None and via is None:
        raise Refused("Nobody to trace a mail to: name a RECIPIENT, a --bounce, or a server with --via.")
    if recipient is not None and given["from"] is None and (hint is None or hint.sender is None):
        raise Refused("The sender is missing: give their address with --from, or <> for the null sender.")
    like = _like(given, recipient, sender)
    if like is not None and like.relay is not None and via is None:
        via = msgspec.structs.replace(like.relay, mx=like.lookup_mx)
    wanted = delivery_options.taken(given)
    delivery = delivery_options.build(wanted, sender, recipient, host=given["ehlo_name"] or socket.gethostname())
    return Journey(
        recipient=recipient,
        sender=sender,
        from_ip=given["from_ip"],
        via=via,
        like=like,
        hint=hint,
        port=given["port"],
        size=given["size"] if given["size"] is not None else len(delivery.message) if delivery else _SIZE,
        xclient=given["xclient"],
        extras=given["extra"],
        selectors=given["selector"],
        blocklists=_zones(given["blocklist"]),
        wait=given["wait_for"] or (LONGEST_WAIT if given["wait"] else None),
        login=_login(given),
        delivery=delivery,
        tls_versions=given["tls_versions"],
        ciphers=given["ciphers"],
        fallback=fallback,
        control=given["control"] or "",
    )


def settings_of(given: dict[str, Any], journey: Journey) -> Settings:
    """How to connect; what the local mail server's configuration says counts where no option does."""
    fields = dialling(given)
    like = journey.like
    if like is not None and fields["source"] is None:
        fields["source"] = like.bind6 if given["family"] == "6" else like.bind4
    return Settings(**fields)


def family_of(given: dict[str, Any], journey: Journey) -> str:
    """ "4", "6" or "any": what an option says, else what the local mail server uses."""
    like = journey.like.families if journey.like is not None else "any"
    return given["family"] or {"ipv4": "4", "ipv6": "6"}.get(like, "any")


def _sender(given: dict[str, Any], hint: Hint | None) -> Mailbox | None:
    text = given["from"] if given["from"] is not None else hint.sender if hint is not None else None
    return None if text in (None, "", "<>") else _mailbox(text)


def _mailbox(text: str | None) -> Mailbox | None:
    if text is None:
        return None
    try:
        return mailbox(text)
    except target.TargetError as error:
        raise Refused(str(error)) from error


def _via(text: str | None) -> tuple[Target | None, Target | None]:
    """The submission server, and itself on the other port where the user named none."""
    if text is None:
        return None, None
    try:
        named = target.parse(text)
        if named.path is not None or named.lmtp:
            raise Refused("--via takes a server to submit to: HOST, HOST:587, smtps://HOST or submission://HOST.")
        first, second = (target.parse(text, port=port) for port in _PORTS)
    except target.TargetError as error:
        raise Refused(str(error)) from error
    return (first, None) if first.port == second.port else (first, second)


def _like(given: dict[str, Any], recipient: Mailbox | None, sender: Mailbox | None) -> LocalSender | None:
    if given["like"] is None:
        if given["like_config"]:
            raise Refused("--like-config needs --like: say whose configuration it is, postfix or exim.")
        return None
    from smtpprobe.like import LikeError, read_exim, read_postfix

    read = read_postfix if given["like"] == "postfix" else read_exim
    try:
        return read(given["like_config"], recipient=recipient, sender=sender)
    except LikeError as error:
        raise Refused(str(error)) from error


def _hint(path: str | None) -> Hint | None:
    if path is None:
        return None
    from smtpprobe.trace.bounced import read_bounce

    options.readable(path, "bounce")
    try:
        return read_bounce(Path(path).read_bytes())
    except ValueError as error:
        raise Refused(str(error)) from error


def _zones(names: tuple[str, ...]) -> tuple[str, ...]:
    usual = (*DEFAULT_BLOCKLISTS, *RHSBLS)
    try:
        return tuple(
            dict.fromkeys(zone for name in names for zone in (usual if name == "usual" else (target.host_name(name),)))
        )
    except target.TargetError as error:
        raise Refused(str(error)) from error


def _login(given: dict[str, Any]) -> Login | None:
    if given["user"] is None and given["auth"] is None:
        return None
    if given["via"] is None:
        raise Refused("--user and --auth need --via: name the server that is to be logged in to.")
    mechanism = given["auth"].upper() if given["auth"] else None
    if mechanism is not None:
        options.known([mechanism], MECHANISMS, "mechanism")
    password, token = secrets.obtain(given)
    return Login(given["user"] or "", password, token, mechanism, insecure=given["insecure_auth"])
