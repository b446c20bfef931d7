"""Replies as smtplib and aiosmtplib print them: tuples of code and text, dictionaries of recipients. One line each."""

from __future__ import annotations

import re

from smtpprobe.explain.readers.app_thrown import Thrown, address_in, command_of, quoted
from smtpprobe.explain.readers.logged import said

_MOST = 1_000

_TUPLE = re.compile(r"\((?P<code>[2-5][0-9]{2}),\s?(?P<bytes>b?)(?=[\"'])")
_KEY = re.compile(r"[\"'](?P<address>[^\"'\s]{1,320})[\"']:\s?\Z")
_THIRD = re.compile(r",\s?[\"'](?P<address>[^\"'\s]{0,320})[\"']\)")
_NAMED = re.compile(r"\w{0,60}(?:Error|Refused|Exception|Disconnected|Response)\w{0,20}:?\s?\[?\Z|\[\w{1,60}\Z")


def refusals(line: str) -> tuple[Thrown, ...]:
    """The replies in a line, one for each recipient where recipients are told."""
    thrown: list[Thrown] = []
    for found in _TUPLE.finditer(line):
        before = line[max(0, found.start() - 330) : found.start()]
        if "HTTP" in before:
            continue
        key = _KEY.search(before)
        if not (key or thrown or found["bytes"] or _NAMED.search(before) or not before.strip()):
            continue
        text = quoted(line, found.end())
        if text is None:
            continue
        thrown.append(_refusal(line, found, key, *text))
        if len(thrown) == _MOST:
            break
    return tuple(thrown)


def _refusal(line: str, found: re.Match[str], key: re.Match[str] | None, text: str, end: int) -> Thrown:
    if found["bytes"]:
        text = text.encode("latin-1", "replace").decode("utf-8", "replace")
    lines = text.split("\n")
    last = len(lines) - 1
    code = found["code"]
    reply = said("\n".join(f"{code}{'-' if i < last else ' '}{part}" for i, part in enumerate(lines)))
    command = "RCPT" if key else command_of(line[: found.start()])
    third = _THIRD.match(line, end)
    address = third["address"] if third else ""
    if command == "MAIL":
        return Thrown(reply, command, sender=address)
    recipient = key["address"] if key else address or (address_in(text) if command == "RCPT" else "")
    return Thrown(reply, command or ("RCPT" if address else None), recipient)
