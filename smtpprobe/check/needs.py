"""From what a server is held to, to what has to be asked: one conversation for all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from smtpprobe.expect.base import Expectation, Want
from smtpprobe.expect.servers import CONNECTIONS, Server
from smtpprobe.outcome import Profile
from smtpprobe.plan import selection
from smtpprobe.run.settings import Settings


def settings_of(server: Server, dialled: Mapping[str, Any]) -> Settings:
    """How the server is to be asked. One connection at a time, so that it is asked the same way every time.

    ``dialled`` are fields of Settings that win over what the file says. Raises smtpprobe.target.TargetError for what
    cannot be sent.
    """
    way = server.way
    fields: dict[str, Any] = {
        "profile": way.profile,
        "domain": way.domain,
        "ehlo_name": way.ehlo_name,
        "sni": way.sni,
        "source": way.source,
        "timeout": way.timeout or 10.0,
        "greeting_timeout": way.timeout or 30.0,
        "deadline": way.deadline,
        "lanes": 1,
        "connections": way.connections or (CONNECTIONS if way.profile is Profile.EHLO else None),
        "ca_file": way.ca_file,
    }
    return asking_for(server.expectations, Settings(**{**fields, **dialled}))


def asking_for(expectations: Sequence[Expectation], settings: Settings) -> Settings:
    """The same way to ask, and in the same conversation what these expectations want to know."""
    wanted = {name for one in expectations for name in one.probes}
    usual = {probe.name for probe in selection(settings.profile, settings.only, settings.skip)}
    return msgspec.structs.replace(
        settings,
        only=tuple(sorted(usual | wanted)) if wanted - usual else settings.only,
        dialogues=tuple([one.dialogue for one in expectations if one.dialogue is not None]),
    )


def wants_of(server: Server) -> frozenset[Want]:
    """What has to be found out besides."""
    return frozenset().union(*[one.wants for one in server.expectations])
