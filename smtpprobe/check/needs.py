"""From what a server is held to, to what has to be asked: one conversation for all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smtpprobe.expect.base import Want
from smtpprobe.expect.servers import CONNECTIONS, Server
from smtpprobe.outcome import Profile
from smtpprobe.probes import PROBES
from smtpprobe.run.settings import Settings


def settings_of(server: Server, dialled: Mapping[str, Any]) -> Settings:
    """How the server is to be asked. One connection at a time, so that it is asked the same way every time.

    ``dialled`` are fields of Settings that win over what the file says. Raises smtpprobe.target.TargetError for what
    cannot be sent.
    """
    way = server.way
    wanted = {name for one in server.expectations for name in one.probes}
    usual = {probe.name for probe in PROBES if probe.profile.rank <= way.profile.rank}
    fields: dict[str, Any] = {
        "profile": way.profile,
        "only": tuple(sorted(usual | wanted)) if wanted - usual else (),
        "dialogues": tuple([one.dialogue for one in server.expectations if one.dialogue is not None]),
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
    return Settings(**{**fields, **dialled})


def wants_of(server: Server) -> frozenset[Want]:
    """What has to be found out besides."""
    return frozenset().union(*[one.wants for one in server.expectations])
