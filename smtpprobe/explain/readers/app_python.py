"""Replies as smtplib and aiosmtplib print them: tuples of code and text, dictionaries of recipients. One line each."""

from __future__ import annotations

import re
from itertools import islice

from smtpprobe.explain.readers.app_thrown import Thrown, address_in, command_of, quoted
from smtpprobe.explain.readers.logged import said

_MOST = 1_000
_NEAR = 330

_TUPLE = re.compile(r"\((?P<code>[2-5][0-9]{2}),\s?(?P<bytes>b?)(?=[\"'])")
_KEY = re.compile(r"[\"'](?P<address>[^\"'\s]{1,320})[\"']:\s?\Z")
_THIRD = re.compile(r",\s?[\"'](?P<address>[^\"'\s]{0,320})[\"']\)")
_NAMED = re.compile(r"(?:Error|Refused|Exception|Disconnected|Response)\w{0,20}:?\s?\[?\Z|\[\w{1,60}\Z")


def refusals(line: str) -> tuple[Thrown, ...]:
    """The replies in a line, one for each recipient where recipients are told."""
    thrown: list[Thrown] = []
    exception = ""
    for found in islice(_TUPLE.finditer(line), _MOST):
        before = line[max(0, found.start() - _NEAR) : found.start()]
        exception = exception or before
        key = _KEY.search(before)
        if "HTTP" in before or not (thrown or key or found["bytes"] or _NAMED.search(before) or not before.strip()):
            continue
        text = quoted(line, found.end())
        if text is not None:
            thrown.append(_refusal(line, found, key["address"] if key else "", exception, *text))
    return tuple(thrown)


def _refusal(line: str, found: re.Match[str], key: str, exception: str, text: str, end: int) -> Thrown:
    if found["bytes"]:
        text = text.encode("latin-1", "replace").decode("utf-8", "replace")
    code, lines = found["code"], text.split("\n")
    last = len(lines) - 1
    reply = said("\n".join(f"{code}{'-' if i < last else ' '}{part}" for i, part in enumerate(lines)))
    third = _THIRD.match(line, end)
    address = third["address"] if third else ""
    command = "RCPT" if key else command_of(exception) or ("RCPT" if address else None)
    if command == "MAIL":
        return Thrown(reply, command, sender=address)
    return Thrown(reply, command, key or address or (address_in(text) if command == "RCPT" else ""))
