"""Holding a server to expectations inside somebody's own test, in the words of a file of expectations.

What an expectation means and how it is judged is known elsewhere; that is loaded when the first one is held.
"""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from smtpprobe.render import escape
from smtpprobe.testing.servers import Fake

if TYPE_CHECKING:
    from smtpprobe.expect.servers import Server
    from smtpprobe.expectation import Checked, Held

Codes = int | str | Sequence[int | str]
"""Reply codes: 530, "5xx", "25x", or several of them."""

_PLACE = "these expectations"
_WIDTH = 96
_MOST_LINES = 20


def expect(
    target: str | Fake,
    expectations: str | Mapping[str, Any] | None = None,
    *,
    code: Mapping[str | tuple[str, ...], Codes] | None = None,
    login: tuple[str, str] | None = None,
    resolver: Sequence[str] = (),
    **given: Any,
) -> Checked:
    """Hold a server to what is expected of it. Raises AssertionError, which says what was expected and what came.

    ``expectations`` is what a file says beneath ``[server.expect]``, as TOML or as the same in dicts and lists.
    ``code`` maps a command line, or lines to send in their order, to the codes that the last may get; a RCPT alone
    follows ``MAIL FROM:<>``. ``given`` are keys of ``[expect.extensions]`` (``present=["SIZE >= 50MB"]``) and of
    ``[[server]]`` (``preset="mx"``, ``retries=2``). ``login`` is a user with a password who must get in. Findings do
    not count unless they are expected. What could not be decided is not met either.

    The server is asked from a thread of its own: one in this thread's event loop needs ``expect_async``. Raises
    ValueError for what is no expectation.
    """
    __tracebackhide__ = True
    server = _server(target, expectations, code, login, given)
    with ThreadPoolExecutor(1, "smtpprobe-expect") as pool:
        checked = pool.submit(asyncio.run, _held(server, login, resolver)).result()
    _insist(checked)
    return checked


async def expect_async(
    target: str | Fake,
    expectations: str | Mapping[str, Any] | None = None,
    *,
    code: Mapping[str | tuple[str, ...], Codes] | None = None,
    login: tuple[str, str] | None = None,
    resolver: Sequence[str] = (),
    **given: Any,
) -> Checked:
    """The same in this event loop."""
    __tracebackhide__ = True
    checked = await _held(_server(target, expectations, code, login, given), login, resolver)
    _insist(checked)
    return checked


def _server(
    target: str | Fake,
    expectations: str | Mapping[str, Any] | None,
    code: Mapping[str | tuple[str, ...], Codes] | None,
    login: tuple[str, str] | None,
    given: dict[str, Any],
) -> Server:
    """The server of a file that says the same."""
    from smtpprobe import userfile
    from smtpprobe.expect import servers
    from smtpprobe.expect.file import Extensions
    from smtpprobe.expect.file import Server as Table
    from smtpprobe.expect.mistakes import Mistake, nearest
    from smtpprobe.expect.places import Places

    known = (*Extensions.__struct_fields__, *Table.__struct_fields__)
    for name in given:
        if name not in known:
            raise Mistake(f"{name} is nothing that can be expected: {nearest(name, known)}")
    if isinstance(expectations, str):
        expected = userfile.decode(expectations.encode(), dict[str, Any], _PLACE)
    else:
        expected = dict(expectations or {})
    extensions = {name: list(given.pop(name)) for name in Extensions.__struct_fields__ if name in given}
    if extensions:
        expected["extensions"] = {**expected.get("extensions", {}), **extensions}
    if code:
        commands = [{"send": _lines(sent), "code": _plain(codes)} for sent, codes in code.items()]
        expected["command"] = [*expected.get("command", ()), *commands]
    table = {**_of_fake(target), **given, "expect": expected}
    if login is not None:
        expected["login"] = True
        # The secret is handed on beside it: what is said here only names who logs in.
        table["login"] = {"user": login[0], "password": {"env": "-"}}
    book = servers.converted({"server": [table]}, Places(b"", ""), fail_on="never")
    return book.servers[0]


def _lines(sent: str | tuple[str, ...]) -> list[str]:
    if isinstance(sent, str):
        return ["MAIL FROM:<>", sent] if sent[:4].upper() == "RCPT" else [sent]
    return list(sent)


def _plain(codes: Codes) -> int | str | list[int | str]:
    return codes if isinstance(codes, int | str) else list(codes)


def _of_fake(target: str | Fake) -> dict[str, Any]:
    """How a fake server is asked: with trust in its certificate, and no question to the DNS about our own name."""
    if isinstance(target, str):
        return {"target": target}
    literal = f"[IPv6:{target.host}]" if ":" in target.host else f"[{target.host}]"
    return {"target": target.target, "ca_file": target.ca_file, "ehlo_name": literal}


async def _held(server: Server, login: tuple[str, str] | None, resolver: Sequence[str]) -> Checked:
    from smtpprobe.check.main import hold
    from smtpprobe.journey import Login
    from smtpprobe.names import Resolver

    async with Resolver(resolver) as asked:
        return await hold(server, asked, login=Login(login[0], password=login[1]) if login is not None else None)


def _insist(checked: Checked) -> None:
    from smtpprobe.outcome import Result

    __tracebackhide__ = True
    wrong = [one for one in checked.held if one.result in (Result.FAILED, Result.INCONCLUSIVE) and not one.because]
    if wrong:
        count = f"{len(wrong)} of {len(checked.held)} expectations"
        raise AssertionError("\n".join([f"{escape.terminal(checked.name)} does not meet {count}", *map(_told, wrong)]))


def _told(one: Held) -> str:
    """What was expected, what came, the lines that decided, and what they mean."""
    from smtpprobe.outcome import Result

    undecided = " (undecided: it may come out otherwise another time)" if one.result is Result.INCONCLUSIVE else ""
    where = f" at {one.address}" if one.address else ""
    rows = [f"{one.title}{where}", f"  expected: {one.expected}", f"  got: {one.got}{undecided}"]
    rows += [f"  {line}" for line in one.evidence[:_MOST_LINES]]
    rows += [f"  {line}" for line in textwrap.wrap(one.advice, _WIDTH)]
    return "\n".join(f"  {escape.terminal(row)}" for row in rows)
