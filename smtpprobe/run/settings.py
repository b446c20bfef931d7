"""How a run is to be done: what to ask, how fast, how long, in whose name."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.outcome import Profile, Stage

#: Connections that a run may open, by profile.
CONNECTIONS = {Profile.EHLO: 2, Profile.CAPABILITIES: 8, Profile.FULL: 20, Profile.SECURITY: 40}
#: Forms of relaying that a run tries unless more are asked for.
RELAY_FORMS = 4


class Settings(Struct, frozen=True):
    """The defaults are those of the command line. Times in seconds.

    ``ehlo_name`` None: the machine's own name where it resolves to the source address, else the address literal.
    ``lanes`` is how many connections may be open at a time, ``connections`` how many a run may open in all (None: by
    profile). ``stop_after`` ends the first connection after that stage, with QUIT or, if ``drop``, without.
    ``each_alone`` gives every probe a connection of its own and one command a round trip.
    """

    profile: Profile = Profile.CAPABILITIES
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    domain: str | None = None
    ehlo_name: str | None = None
    sni: str | None = None
    source: str | None = None
    timeout: float = 10.0
    greeting_timeout: float = 30.0
    deadline: float = 120.0
    pipelining: bool = True
    lanes: int = 2
    connections: int | None = None
    ca_file: str | None = None
    client_certificate: str | None = None
    client_key: str | None = None
    proxy: int | None = None
    proxy_source: tuple[str, int] | None = None
    stop_after: Stage | None = None
    drop: bool = False
    each_alone: bool = False
    relay_forms: int = RELAY_FORMS

    @property
    def most_connections(self) -> int:
        if self.stop_after is not None:
            return int(self.stop_after is not Stage.RESOLVE)
        return self.connections if self.connections is not None else CONNECTIONS[self.profile]
