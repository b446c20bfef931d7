"""A file of expectations as the exporter uses it: its servers are targets, its modules ways to ask."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from smtpprobe import target as targets
from smtpprobe.check.main import hold
from smtpprobe.check.needs import settings_of, wants_of
from smtpprobe.expect import servers
from smtpprobe.expect.base import Want
from smtpprobe.expect.file import Expect, Module
from smtpprobe.expect.given import count, seconds
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.servers import Book, Server
from smtpprobe.expectation import CONVERSATION, Checked, Held
from smtpprobe.journey import Login
from smtpprobe.names import Resolver
from smtpprobe.outcome import Outcome, Profile, Result
from smtpprobe.serve.keeping import Pace
from smtpprobe.serve.public import PublicResolver
from smtpprobe.target import TargetError

#: The module that is there without configuration, and where none is asked for.
DEFAULT = "ehlo"
#: The module that holds each server of the file to its own expectations, as ``smtpprobe check`` does.
CHECK = "check"
MOST_AT_ONCE = 1000
#: How much longer than its time a probe may take to come to an end; the rest of it is lost then.
GRACE = 0.25
_NANO = 1_000_000_000
_SOMEBODY = "mail.example.org"
_SHOWN = 100
_REMEMBERED = 2048


class Permission(Struct, frozen=True):
    """What the command line allows. ``hosts`` are names that the exporter goes by besides the file's."""

    any_target: bool = False
    allow_private: bool = False
    hosts: tuple[str, ...] = ()


class _Asked(Struct, frozen=True):
    """A target with all that a module says of it."""

    server: Server
    pace: Pace
    key: Hashable


class FileScope:
    """What may be probed by this file, and how. Raises Mistake for what is wrong with it, and
    TargetError for a DNS server that is none.
    """

    def __init__(self, book: Book, permission: Permission, logins: Mapping[Server, Login]) -> None:
        self._book, self._permission, self._logins = book, permission, logins
        self._plain = _plain(book)
        self._servers = {server.name: server for server in reversed(book.servers)}
        exporter = book.exporter
        self.targets = tuple(dict.fromkeys([*(server.name for server in book.servers), *exporter.targets]))
        self.modules = tuple(dict.fromkeys([DEFAULT, *([CHECK] if book.servers else []), *book.modules]))
        self.hosts = frozenset(_hosts(book, permission.hosts))
        self.most_at_once = count(exporter.most_at_once, "most_at_once", 1, MOST_AT_ONCE, self._at("most_at_once"))
        self._interval = seconds(exporter.min_interval, self._at("min_interval"))
        self._own_intervals = {
            name: seconds(module.min_interval, book.places.at(("module", name, "min_interval")))
            for name, module in book.modules.items()
            if module.min_interval is not None
        }
        # What is wrong with all this is told now, and not at the first scrape.
        for number, text in enumerate(exporter.targets):
            self._check(text, number)
        for name in book.modules:
            book.by_module(name, _SOMEBODY)
        Resolver(book.tables.defaults.resolver)
        self._asked = lru_cache(_REMEMBERED)(self._made)

    def pace(self, target: str, module: str) -> Pace:
        """How often it may be asked. Raises TargetError."""
        return self._asked(target, module).pace

    def key(self, target: str, module: str) -> Hashable:
        """Equal for what is the same probe. Raises TargetError."""
        return self._asked(target, module).key

    async def probe(self, target: str, module: str, seconds: float) -> Checked:
        """Probe it, taking no longer than that. Never raises for anything that a server or the DNS does."""
        server = self._asked(target, module).server
        resolver = Resolver if self._may_be_private(target) else PublicResolver
        async with resolver(self._book.tables.defaults.resolver, ca_file=server.way.ca_file) as dns:
            checked = await _within(seconds, server, dns, self._logins.get(server) if module == CHECK else None)
        return checked or unanswered(target, seconds)

    def _made(self, target: str, module: str) -> _Asked:
        server = self._server(target, module)
        pace = Pace(server.way.deadline, self._interval_of(server, module))
        return _Asked(server, pace, (module, msgspec.json.encode(server, enc_hook=repr)))

    def _server(self, target: str, module: str) -> Server:
        """The target with all that the module says of it."""
        self._admit(target)
        own = self._servers.get(target)
        if module == CHECK and CHECK not in self._book.modules:
            if own is None:
                raise TargetError(f"{_shown(target)} is no server of the file: module check holds those to the file.")
            return own
        try:
            book = self._book if module in self._book.modules else self._plain
            server = book.by_module(module, target)
        except Mistake as mistake:
            raise TargetError(mistake.words) from None
        way = server.way
        if self._interval_of(server, module) == 0.0 and book.modules[module].retries is None:
            # Prometheus asks again by itself.
            way = msgspec.structs.replace(way, retries=0)
        if not self._may_be_private(target):
            way = msgspec.structs.replace(way, allow_private=False)
        named = own.target if own is not None and not book.modules[module].mx else server.target
        return msgspec.structs.replace(server, target=named, way=way, groups=())

    def _admit(self, target: str) -> None:
        if target in self.targets:
            return
        if not self._permission.any_target:
            raise TargetError(
                f"{_shown(target)} is no target of this exporter: add it to exporter.targets in its configuration."
            )
        if targets.parse(target).path is not None:
            raise TargetError(f"{_shown(target)} is a UNIX socket: only the configuration may name one.")

    def _may_be_private(self, target: str) -> bool:
        return target in self.targets or self._permission.allow_private

    def _interval_of(self, server: Server, module: str) -> float:
        if module in self._own_intervals:
            return self._own_intervals[module]
        return self._interval if _asks_more(server) else 0.0

    def _check(self, text: str, number: int) -> None:
        try:
            targets.parse(text)
        except TargetError as error:
            raise Mistake(str(error), self._at("targets", number)) from None

    def _at(self, *path: str | int) -> Any:
        return self._book.places.at(("exporter", *path))


def unanswered(target: str, seconds: float) -> Checked:
    """What is told where nothing could be asked in so many seconds, or the answer is not there yet."""
    words = "An SMTP conversation can be held"
    held = Held(CONVERSATION, words, Result.INCONCLUSIVE, "a conversation", "no answer in time")
    elapsed = int(seconds * _NANO)
    return Checked(target, targets.parse(target), Outcome.INCONCLUSIVE, (held,), (), elapsed_ns=elapsed)


async def _within(seconds: float, server: Server, resolver: Resolver, login: Login | None) -> Checked | None:
    """What is known of the server when the time is over; None where that is nothing."""
    stop = asyncio.Event()
    way = msgspec.structs.replace(server.way, deadline=min(server.way.deadline, seconds))
    server = msgspec.structs.replace(server, way=way)
    held = asyncio.ensure_future(hold(server, resolver, login=login, stop=stop))
    try:
        await asyncio.wait({held}, timeout=seconds + GRACE / 2)
        stop.set()
        await asyncio.wait({held}, timeout=GRACE / 2)
        return held.result() if held.done() else None
    finally:
        held.cancel()


def _plain(book: Book) -> Book:
    """The same file without what it expects, and with the one module that is always there."""
    module = {DEFAULT: Module(profile="ehlo")}
    return Book(
        book.file, msgspec.structs.replace(book.tables, expect=Expect(), module=module), book.places, (), "never"
    )


def _asks_more(server: Server) -> bool:
    """Does the probe put questions that no client would, which a server may refuse, and count?"""
    settings = settings_of(server, {})
    more = server.way.profile is not Profile.EHLO or settings.only or settings.dialogues
    return bool(more) or Want.LOGIN in wants_of(server)


def _hosts(book: Book, given: Iterable[str]) -> Iterable[str]:
    yield from given
    for number, name in enumerate(book.exporter.hosts):
        try:
            yield targets.host_name(name)
        except TargetError as error:
            raise Mistake(str(error), book.places.at(("exporter", "hosts", number))) from None


def _shown(text: str) -> str:
    return ascii(text[:_SHOWN])


#: What an exporter without configuration goes by.
NOTHING = servers.made((), fail_on="never")
