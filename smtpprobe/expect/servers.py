"""A file of expectations, read into servers with all that holds for each. The file is opened elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from smtpprobe import target as targets
from smtpprobe import userfile
from smtpprobe.expect.base import Expectation, Want
from smtpprobe.expect.build import Layer, built
from smtpprobe.expect.file import Exporter, File, Group, Login, Manner, Module, Mx
from smtpprobe.expect.file import Server as ServerTable
from smtpprobe.expect.given import seconds
from smtpprobe.expect.mistakes import Mistake, misfit, nearest, quoted
from smtpprobe.expect.places import Places
from smtpprobe.expect.presets import PRESETS
from smtpprobe.expectation import Place
from smtpprobe.model import Target
from smtpprobe.outcome import Profile, TlsMode

KIND = "a file of expectations"
MOST_SERVERS = 1000
MOST_RETRIES = 20
#: Connections of one attempt in profile ehlo: what is expected shares them.
CONNECTIONS = 3


class Way(Struct, frozen=True):
    """How a server is asked. Times in seconds; ``timeout`` None is the usual."""

    profile: Profile = Profile.EHLO
    retries: int = 0
    retry_after: float = 10.0
    timeout: float | None = None
    deadline: float = 120.0
    connections: int | None = None
    domain: str | None = None
    ehlo_name: str | None = None
    source: str | None = None
    sni: str | None = None
    ca_file: str | None = None
    family: str = "any"
    allow_private: bool = False
    every: bool = False
    login: Login | None = None


class Server(Struct, frozen=True):
    """One server, and what it is held to. ``name`` is the target as it was written."""

    name: str
    target: Target
    way: Way
    expectations: tuple[Expectation, ...]
    groups: tuple[str, ...] = ()
    place: Place | None = None


class Book(Struct, frozen=True):
    """A whole file. ``modules`` are the exporter's ways to ask."""

    file: str
    tables: File
    places: Places
    servers: tuple[Server, ...]
    fail_on: str = "error"

    @property
    def exporter(self) -> Exporter:
        return self.tables.exporter

    @property
    def modules(self) -> dict[str, Module]:
        return self.tables.module

    def by_module(self, name: str, text: str) -> Server:
        """A target, asked and held to what a module says. Raises KeyError for no module and Mistake for no target."""
        module = self.modules[name]
        return _Reader(self.tables, self.places, Manner(), self.fail_on).server(module, text, ("module", name), name)


def read(path: Path, above: Manner | None = None, fail_on: str = "error") -> Book:
    """What a file says. ``above`` wins over the file. Raises userfile.UserFileError, and Mistake.

    ``fail_on`` is the severity that no finding may have where the file does not speak of it, or "never".
    """
    return parse(userfile.read(path, KIND), str(path), above, fail_on)


def parse(data: bytes, file: str, above: Manner | None = None, fail_on: str = "error") -> Book:
    """The same of a file's contents."""
    raw: dict[str, Any] = userfile.decode(data, dict, file)
    return converted(raw, Places(data, file), above, fail_on)


def converted(raw: dict[str, Any], places: Places, above: Manner | None = None, fail_on: str = "error") -> Book:
    """The same of what was read already; ``places`` tells where it stands, where that is a file."""
    file = places.file
    if found := misfit(raw, File):
        path, words = found
        raise Mistake(words, places.at(path) or (Place(file, 1) if file else None))
    return _book(file, msgspec.convert(raw, File), places, above, fail_on)


def made(names: Sequence[str], preset: str = "", above: Manner | None = None, fail_on: str = "error") -> Book:
    """Servers named without a file, all held to one preset. Raises Mistake."""
    tables = File(server=tuple([ServerTable(target=name, preset=preset) for name in names]))
    return _book("", tables, Places(b"", ""), above, fail_on)


def of_everybody(
    data: bytes, file: str, preset: str = "", above: Manner | None = None, fail_on: str = "error"
) -> Server:
    """What a file says of every server, or a preset does: a Server without a target of its own. Raises as parse does.

    What is about one mail domain or needs a login is refused, since it cannot be said of many.
    """
    book = parse(data, file, above, fail_on)
    everybody = _Reader(book.tables, book.places, above or Manner(), fail_on).expected(preset)
    for one in everybody.expectations:
        if one.wants & {Want.MTA_STS, Want.LOGIN}:
            raise Mistake(
                "this is about one server and not about many: leave it out here, and use `smtpprobe check` for it.",
                one.place,
            )
    return everybody


def _book(file: str, tables: File, places: Places, above: Manner | None, fail_on: str) -> Book:
    if len(tables.server) > MOST_SERVERS:
        raise Mistake(f"there are more than {MOST_SERVERS:,} servers in it: split the file.", places.at(("server", 0)))
    reader = _Reader(tables, places, above or Manner(), fail_on)
    servers = [
        reader.server(one, one.target, ("server", number), *one.groups) for number, one in enumerate(tables.server)
    ]
    for name, group in tables.group.items():
        # A mistake in a group that no server belongs to is one too.
        reader.group(group, ("group", name))
    for name, module in tables.module.items():
        reader.group(module, ("module", name))
    return Book(file, tables, places, tuple(servers), fail_on)


class _Reader:
    """Puts the layers that hold for a server one over the other."""

    def __init__(self, tables: File, places: Places, above: Manner, fail_on: str) -> None:
        self._tables, self._places, self._above, self._fail_on = tables, places, above, fail_on

    def server(self, table: Group, text: str, path: tuple[str | int, ...], *groups: str) -> Server:
        """One server of the file, or one that a module is to ask."""
        own = table if isinstance(table, ServerTable) else None
        named = [self._group(name, path) for name in (own.groups if own else ())]
        preset = next((one.preset for one in (table, *reversed(named)) if one.preset), "")
        layers = [self._tables.defaults, *named, table, self._above]
        tls = next((one.tls for one in reversed(layers) if one.tls), None)
        every = isinstance(table, ServerTable | Module) and (table.mx or table.all)
        way = self._way(layers, path, every=every)
        if own is not None and own.login is not None:
            self._check_login(own.login, path)
            way = msgspec.structs.replace(way, login=own.login)
        expectations = self._expectations(
            [(named[n], ("group", g)) for n, g in enumerate(own.groups)] if own else [], table, path, every=every
        )
        server = Server(
            name=text,
            target=self._target(table, text, preset, tls, path),
            way=way,
            expectations=expectations,
            groups=tuple(groups),
            place=self._places.at(path),
        )
        _check_whole(server)
        return server

    def expected(self, preset: str) -> Server:
        """What holds for a server that no table names."""
        table = ServerTable(target="localhost", preset=preset)
        way = self._way([self._tables.defaults, self._above], ("defaults",), every=False)
        return Server("", Target("", "", 0), way, self._expectations([], table, (), every=False))

    def group(self, table: Group, path: tuple[str | int, ...]) -> None:
        """Look for mistakes."""
        self._way([table], path, every=False)
        self._expectations([], table, path, every=True)

    def _group(self, name: str, path: tuple[str | int, ...]) -> Group:
        known = self._tables.group
        if name not in known:
            place = self._places.at((*path, "groups"))
            hint = nearest(name, known) if known else "add a table [group.NAME]."
            raise Mistake(f"there is no group {quoted(name)}: {hint}", place)
        return known[name]

    def _expectations(
        self,
        groups: Iterable[tuple[Group, tuple[str | int, ...]]],
        table: Group,
        path: tuple[str | int, ...],
        *,
        every: bool,
    ) -> tuple[Expectation, ...]:
        layers = [Layer(self._tables.expect, self._at(("expect",)))]
        left: list[tuple[str, Place | None]] = []
        for one, where in (*groups, (table, path)):
            if one.preset:
                place = self._places.at((*where, "preset"))
                if one.preset not in PRESETS:
                    raise Mistake(f"there is no preset {quoted(one.preset)}: {nearest(one.preset, PRESETS)}", place)
                # What a preset says of all addresses means nothing where one was named.
                usual = PRESETS[one.preset].expect
                usual = usual if every else msgspec.structs.replace(usual, mx=Mx())
                layers.append(Layer(usual, lambda *_, place=place: place))
            layers.append(Layer(one.expect, self._at((*where, "expect"))))
            left += [(name, self._places.at((*where, "leave_out", n))) for n, name in enumerate(one.leave_out)]
        return built(layers, left, self._fail_on)

    def _at(self, path: tuple[str | int, ...]) -> Any:
        return lambda *below: self._places.at((*path, *below))

    def _target(self, table: Group, text: str, preset: str, tls: str | None, path: tuple[str | int, ...]) -> Target:
        mx = isinstance(table, ServerTable | Module) and table.mx
        port = PRESETS[preset].port if preset in PRESETS else None
        mode = TlsMode(tls) if tls else None  # type: ignore[call-arg]
        try:
            bare = text.partition(":")[0].lower() in ("unix", "lmtp+unix")
            return targets.parse(text, port=None if bare else port, mx=mx, tls=mode)
        except targets.TargetError as error:
            raise Mistake(str(error), self._places.at((*path, "target"))) from None

    def _way(self, layers: Sequence[Manner], path: tuple[str | int, ...], *, every: bool) -> Way:
        given: dict[str, Any] = {}
        for layer in layers:
            for name in Manner.__struct_fields__:
                if name != "tls" and (value := getattr(layer, name)) is not None:
                    given[name] = value
        at = self._at(path)
        for name in ("retry_after", "timeout", "deadline"):
            if name in given:
                given[name] = seconds(given[name], at(name))
        for name, least, most in (("retries", 0, MOST_RETRIES), ("connections", 1, 40)):
            if not least <= given.get(name, least) <= most:
                raise Mistake(f"{name} is out of range: it takes a number from {least} to {most}.", at(name))
        for name, check in (
            ("domain", targets.host_name),
            ("sni", targets.host_name),
            ("ehlo_name", targets.check_ehlo_name),
        ):
            try:
                if name in given:
                    given[name] = check(given[name])
            except targets.TargetError as error:
                raise Mistake(str(error), at(name)) from None
        if "profile" in given:
            given["profile"] = Profile(given["profile"])  # type: ignore[call-arg]
        return Way(every=every, **given)

    def _check_login(self, login: Login, path: tuple[str | int, ...]) -> None:
        place = self._places.at((*path, "login"))
        secrets = [one for one in (login.password, login.token) if one is not None]
        if len(secrets) != 1 or bool(secrets[0].env) == bool(secrets[0].file):
            raise Mistake(
                'a login needs one secret, out of the environment or a file: password = { env = "SMTP_PASSWORD" }.',
                place,
            )


def _check_whole(server: Server) -> None:
    """What is expected needs more than the server's name in two cases."""
    for one in server.expectations:
        if Want.MTA_STS in one.wants and server.way.domain is None and not server.target.mx:
            raise Mistake(
                'a policy of MTA-STS belongs to a mail domain: add domain = "example.org" to the server.', one.place
            )
        if Want.LOGIN in one.wants and server.way.login is None:
            raise Mistake("nobody is named who could log in: add a table login with user and password.", one.place)
