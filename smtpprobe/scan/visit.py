"""One server of a scan: its target, the settings that are its own, and the conversation held with it."""

from __future__ import annotations

import asyncio

import msgspec

from smtpprobe import run
from smtpprobe import target as targets
from smtpprobe.model import Report, Route, Target
from smtpprobe.outcome import Profile
from smtpprobe.scanning import Unit

#: What a scan asks unless told otherwise: EHLO, and HELP, which names the software of many that do not say it at once.
#: One connection, since the next one would have to wait.
USUAL = run.Settings(profile=Profile.EHLO, only=("help",), skip=("mail",), lanes=1, connections=1)


async def visit(unit: Unit, settings: run.Settings, name: str, *, stop: asyncio.Event | None = None) -> Report:
    """Hold the conversation with one server and report it. Never raises for anything that a server does.

    ``name`` is what to call ourselves in EHLO. ``stop`` ends it early with what was learnt.
    """
    own = msgspec.structs.replace(settings, ehlo_name=name, domain=settings.domain or _domain(unit))
    return await run.probe(target_of(unit), route_of(unit), own, stop=stop)


def target_of(unit: Unit) -> Target:
    """The server as if the user had named it: by its host where one leads to it, else by its address."""
    host = unit.host or unit.address
    shown = f"[{host}]" if ":" in host else host
    mx = any(one.preference is not None for one in unit.names)
    return Target(shown if unit.port == 25 else f"{shown}:{unit.port}", host, unit.port, unit.tls, unit.lmtp, mx=mx)


def route_of(unit: Unit) -> Route:
    """The way to it."""
    preferences = [one.preference for one in unit.names if one.preference is not None]
    origin = "mx" if preferences else "user"
    return Route(unit.host or unit.address, unit.address, unit.port, min(preferences, default=None), origin)


def _domain(unit: Unit) -> str | None:
    """A domain whose mail goes there, for the profiles that ask about recipients."""
    for one in unit.names:
        if one.preference is not None:
            try:
                return targets.host_name(one.text)
            except targets.TargetError:
                continue
    return None
