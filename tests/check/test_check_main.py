"""Checks against fake servers: one conversation a server, retries, and what is asked at all."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from typing import Any

import msgspec
import pytest

from smtpprobe.check.main import check, hold
from smtpprobe.expect.presets import PRESETS
from smtpprobe.expect.servers import made, parse
from smtpprobe.expectation import Checked
from smtpprobe.fake import FakeServer, Personality, load
from smtpprobe.names import Resolver
from smtpprobe.outcome import Outcome, Result

BUSY = Personality(summary="busy", greeting="421 4.7.0 too many connections")
GREY = msgspec.structs.replace(load("postfix"), replies={"RCPT": "451 4.7.1 Greylisted, come again"})


class Changing(FakeServer):
    """Its connections meet one personality each, the last one all that follow."""

    def __init__(self, *personalities: Personality) -> None:
        super().__init__(personalities[0])
        self._others = list(personalities[1:])

    def count(self) -> int:
        number = super().count()
        if self._others:
            self.personality = self._others.pop(0)
        return number


@contextlib.asynccontextmanager
async def fakes(count: int, personality: str) -> AsyncIterator[list[FakeServer]]:
    async with contextlib.AsyncExitStack() as stack:
        yield [await stack.enter_async_context(FakeServer(load(personality))) for _ in range(count)]


def at(server: FakeServer) -> str:
    return f"{server.host}:{server.port}"


def text(server: FakeServer, expect: str, how: str = "") -> bytes:
    return f'[[server]]\ntarget = "{at(server)}"\n{how}\n{expect}\n'.encode()


async def held(server: FakeServer, expect: str, how: str = "", fail_on: str = "never") -> Checked:
    (one,) = parse(text(server, expect, how), "f.toml", fail_on=fail_on).servers
    async with Resolver() as resolver:
        return await hold(one, resolver)


def results(checked: Checked) -> dict[str, Result]:
    return {one.id: one.result for one in checked.held}


def run(work: Any) -> Any:
    return asyncio.run(asyncio.wait_for(work, 60))


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_ten_servers_held_to_a_preset_see_at_most_three_connections_each(preset: str) -> None:
    async def whole() -> tuple[list[int], Iterable[Checked]]:
        async with fakes(10, "postfix") as servers, Resolver() as resolver:
            book = made([at(one) for one in servers], preset)
            checking = await check(book.servers, resolver)
            return [one.connections for one in servers], checking.servers

    connections, checked = run(whole())
    assert len(connections) == 10
    assert max(connections) <= 3
    assert [one.connections for one in checked] == connections
    assert all(one.outcome is Outcome.ANSWERED for one in checked)
    assert not any(one.result is Result.INCONCLUSIVE for server in checked for one in server.held)


def test_many_commands_share_a_conversation_on_a_server_that_bears_them() -> None:
    commands = "".join(
        f'[[server.expect.command]]\nname = "c{number}"\nsend = ["MAIL FROM:<a{number}@example.org>"]\ncode = 250\n'
        for number in range(20)
    )

    async def whole() -> tuple[Checked, int]:
        async with FakeServer(load("postfix")) as server:
            return await held(server, commands), server.connections

    checked, connections = run(whole())
    assert set(results(checked).values()) == {Result.MET}
    assert connections == 1


def test_no_command_is_answered_by_the_reply_to_another_ones() -> None:
    commands = """
[[server.expect.command]]
name = "first"
send = ["MAIL FROM:<>", "RCPT TO:<postmaster>"]
code = 250
[[server.expect.command]]
name = "second"
send = ["MAIL FROM:<>", "RCPT TO:<ann@example.net>"]
code = 554
[[server.expect.command]]
name = "third"
send = "VRFY postmaster"
state = "clear"
code = 252
[[server.expect.command]]
name = "fourth"
send = "XYZZY"
state = "tls"
code = "50x"
"""

    async def whole() -> Checked:
        async with FakeServer(load("postfix")) as server:
            return await held(server, commands)

    assert set(results(run(whole())).values()) == {Result.MET}


def test_what_is_busy_is_asked_again() -> None:
    async def whole() -> Checked:
        async with Changing(BUSY, load("postfix")) as server:
            return await held(
                server, '[server.expect.extensions]\npresent = ["SIZE"]', 'retries = 2\nretry_after = "10ms"'
            )

    checked = run(whole())
    assert checked.attempts == 2
    assert results(checked) == {"conversation": Result.MET, "present-SIZE": Result.MET}


def test_what_stays_undecided_is_inconclusive_and_its_words_are_kept() -> None:
    async def whole() -> Checked:
        async with FakeServer(BUSY) as server:
            return await held(
                server, '[server.expect.extensions]\npresent = ["SIZE"]', 'retries = 1\nretry_after = "10ms"'
            )

    checked = run(whole())
    conversation, size = checked.held
    assert (checked.attempts, checked.outcome) == (2, Outcome.INCONCLUSIVE)
    assert conversation.result is size.result is Result.INCONCLUSIVE
    assert "421 4.7.0 too many connections" in conversation.got
    assert size.because == "conversation"


def test_what_was_decided_stays_so_when_a_later_attempt_decides_nothing() -> None:
    expect = """[server.expect.extensions]
present = ["SIZE"]
absent = ["ETRN"]
[[server.expect.command]]
name = "rcpt"
send = ["MAIL FROM:<>", "RCPT TO:<postmaster>"]
code = 250
"""

    async def whole() -> Checked:
        async with Changing(GREY, BUSY) as server:
            return await held(server, expect, 'retries = 1\nretry_after = "10ms"')

    found = results(run(whole()))
    assert found["present-SIZE"] is Result.MET
    assert found["absent-ETRN"] is Result.FAILED
    assert found["command-rcpt"] is Result.INCONCLUSIVE


def test_what_failed_is_not_asked_again() -> None:
    async def whole() -> Checked:
        async with FakeServer(load("postfix")) as server:
            return await held(server, '[server.expect.extensions]\npresent = ["XYZZY"]', "retries = 5")

    assert run(whole()).attempts == 1


def test_where_there_is_no_conversation_everything_else_is_left_open() -> None:
    async def whole() -> Checked:
        async with FakeServer(load("postfix")) as server:
            target = at(server)
        (one,) = made([target], "mx").servers
        async with Resolver() as resolver:
            return await hold(one, resolver)

    checked = run(whole())
    conversation, *others = checked.held
    assert conversation.result is Result.FAILED
    assert {one.result for one in others} == {Result.NOT_APPLICABLE}
    assert {one.because for one in others} <= {"conversation", ""}


def test_servers_on_one_host_are_asked_one_after_the_other() -> None:
    together = []

    class Counting(FakeServer):
        def opened(self, connection: Any, task: Any) -> None:
            super().opened(connection, task)
            together.append(sum(bool(one._open) for one in servers))

    servers: list[FakeServer] = []

    async def whole() -> None:
        async with contextlib.AsyncExitStack() as stack:
            servers.extend([await stack.enter_async_context(Counting(load("postfix"))) for _ in range(4)])
            async with Resolver() as resolver:
                await check(made([at(one) for one in servers], "mx").servers, resolver)

    run(whole())
    assert len(together) >= 4
    assert max(together) == 1


def test_a_stop_ends_it_with_what_was_learnt() -> None:
    async def whole() -> Any:
        stop = asyncio.Event()
        silent = Personality(summary="silent", greeting=())
        async with FakeServer(silent) as server, Resolver() as resolver:
            servers = made([at(server), at(server)], "mx").servers
            asyncio.get_running_loop().call_later(0.1, stop.set)
            return await check(servers, resolver, stop=stop)

    checking = run(whole())
    assert checking.stopped
    assert len(checking.servers) <= 1
    assert all(one.result is Result.INCONCLUSIVE for server in checking.servers for one in server.held[:1])


def test_what_a_profile_asks_is_asked_besides_what_is_expected() -> None:
    async def whole() -> list[str]:
        async with FakeServer(load("postfix")) as server:
            await held(server, '[server.expect.extensions]\nkept = ["HELP"]', 'profile = "capabilities"')
            return [line.decode().partition(" ")[0] for _, line in server.log]

    assert {"HELP", "NOOP", "VRFY"} <= set(run(whole()))


def test_what_nobody_expects_is_not_asked() -> None:
    async def whole() -> list[str]:
        async with FakeServer(load("postfix")) as server:
            await held(server, '[server.expect.extensions]\npresent = ["SIZE"]')
            return [line.decode().partition(" ")[0] for _, line in server.log]

    assert run(whole()) == ["EHLO", "STARTTLS", "EHLO", "QUIT"]


def test_a_name_is_looked_up_once_an_attempt_and_the_time_of_that_is_told() -> None:
    class Counting(Resolver):
        asked = 0

        async def routes(self, *given: Any, **how: Any) -> Any:
            type(self).asked += 1
            return await super().routes(*given, **how)

    async def whole() -> Checked:
        async with FakeServer(BUSY) as server:
            text = f'[[server]]\ntarget = "localhost:{server.port}"\nretries = 1\nretry_after = "10ms"\nfamily = "4"\n'
            (one,) = parse(text.encode(), "f.toml").servers
            async with Counting() as resolver:
                return await hold(one, resolver)

    checked = run(whole())
    assert (checked.attempts, Counting.asked) == (2, 2)
    assert checked.dns_ns > 0
