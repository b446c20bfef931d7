"""How a run is to be done: what to ask, how fast, how long, in whose name."""

from __future__ import annotations

import math
from ipaddress import ip_address

from msgspec import Struct
from msgspec.structs import force_setattr

from smtpprobe import target as targets
from smtpprobe.model import Dialogue, Route, Target
from smtpprobe.outcome import Profile, Stage
from smtpprobe.wire.dial import Dial

#: Connections that a run may open, by profile.
CONNECTIONS = {Profile.EHLO: 2, Profile.CAPABILITIES: 8, Profile.FULL: 20, Profile.SECURITY: 40}
#: Forms of relaying that a run tries unless more are asked for.
RELAY_FORMS = 4


class Settings(Struct, frozen=True):
    """The defaults are those of the command line. Times in seconds.

    ``ehlo_name`` None: the machine's own name where it resolves to the source address, else the address literal.
    ``lanes`` is how many connections may be open at a time, ``connections`` how many a run may open in all (None: by
    profile). ``stop_after`` ends the first connection after that stage, with QUIT or, if ``drop``, without.
    ``each_alone`` gives every probe a connection of its own and one command a round trip. ``gap`` is how long to wait
    from the end of one connection to the next.

    Raises TargetError for what must not be sent, whoever made the settings: of a control character in them no byte
    ever reaches a wire. Names beyond ASCII become A-labels.
    """

    profile: Profile = Profile.CAPABILITIES
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    dialogues: tuple[Dialogue, ...] = ()
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
    gap: float = 0.0
    relay_forms: int = RELAY_FORMS

    def __post_init__(self) -> None:
        for line in (*self.lines, *[line for one in self.dialogues for line in one.lines]):
            targets.check_line(line)
        for name, check in (
            ("domain", targets.host_name),
            ("sni", targets.host_name),
            ("ehlo_name", targets.check_ehlo_name),
        ):
            if (given := getattr(self, name)) is not None:
                force_setattr(self, name, check(given))
        for what, path in (
            ("CA file", self.ca_file),
            ("client certificate", self.client_certificate),
            ("client key", self.client_key),
        ):
            targets.check_path(path or "", what)
        _check_address(self.source)
        if self.proxy_source is not None:
            _check_address(self.proxy_source[0])
            if not 0 < self.proxy_source[1] < 65536:
                raise targets.TargetError("The port of the PROXY header is out of range: give one between 1 and 65535.")
        for seconds in (self.timeout, self.greeting_timeout, self.deadline):
            if math.isnan(seconds) or seconds < 0:
                raise targets.TargetError("A time to wait is no number of seconds: give one above 0.")

    @property
    def most_connections(self) -> int:
        if self.stop_after is not None:
            return int(self.stop_after is not Stage.RESOLVE)
        return self.connections if self.connections is not None else CONNECTIONS[self.profile]


def dial_for(target: Target, route: Route, settings: Settings, name: str) -> Dial:
    """How to connect to one address of a target. ``name`` is what to call ourselves in EHLO."""
    named = route.host if route.host and route.host != route.address else None
    return Dial(
        ehlo_name=name,
        timeout=settings.timeout,
        greeting_timeout=settings.greeting_timeout,
        source=settings.source,
        path=target.path,
        sni=settings.sni or named,
        ca_file=settings.ca_file,
        client_certificate=settings.client_certificate,
        client_key=settings.client_key,
        proxy=settings.proxy,
        proxy_source=settings.proxy_source,
    )


def _check_address(text: str | None) -> None:
    if text is None:
        return
    try:
        ip_address(text)
    except ValueError:
        text = text.encode("ascii", "backslashreplace").decode()
        raise targets.TargetError(f"{text[:60]!r} is no IP address: write 192.0.2.1 or 2001:db8::1.") from None
    targets.check_text(text, "address")
