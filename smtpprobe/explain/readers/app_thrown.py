"""What a library's error tells, and the small things that all their forms share: quoted strings, verbs. No format."""

from __future__ import annotations

import re

from msgspec import Struct

from smtpprobe import redaction
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, Said, shown
from smtpprobe.outcome import Reason, State


class Thrown(Struct, frozen=True):
    """A reply that an error quotes, or the words of an error that quotes none; of one recipient where one is named."""

    said: Said
    command: str | None = None
    recipient: str = ""
    sender: str = ""
    host: str = ""
    time: str = ""
    state: State | None = None
    reason: Reason | None = None


_UNTIL = {quote: re.compile(rf"(?:[^{quote}\\]|\\.)*{quote}", re.DOTALL) for quote in "'\"`"}
_ESCAPE = re.compile(r"\\(?:(?P<code>x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})|(?P<letter>.))", re.DOTALL)
_LETTERS = {"n": "\n", "r": "", "t": " "}
_ADDRESS = re.compile(rf"<([^<>\s@]{{1,{ADDRESS_LIMIT}}}@[^<>\s@]{{1,255}})>")
_RECIPIENT = re.compile(r"recipients? (?:address )?[\"']?([^<>\s@\"']{1,320}@[^<>\s@\"']{1,255}[^<>\s@\"',.:;])", re.I)

# What was asked, by the words that libraries put before a reply; the first that fits.
_COMMANDS = (
    (re.compile(r"\bE?AUTH\b|(?i:authenticat|login|password|user ?name|SASL)"), "AUTH"),
    (re.compile(r"(?i:recipient)|\bRCPT\b|AddressFailed"), "RCPT"),
    (
        re.compile(r"Sender(?:Refused|Failed)|\bMAIL\b|(?i:mail command|(?:sender|from) address)"),
        "MAIL",
    ),
    (re.compile(r"DataError|\bDATA\b|Message failed|(?i:data (?:command|not accepted))"), "DATA"),
    (re.compile(r"STARTTLS"), "STARTTLS"),
    (re.compile(r"HeloError|\b(?:EHLO|HELO|LHLO)\b"), "EHLO"),
    (
        re.compile(r"Connect\w{0,9}Error|(?i:greeting|banner|could not connect|smtp-server response|remote access)"),
        "greeting",
    ),
)


def command_of(words: str) -> str | None:
    """The verb that a reply answers, by the error that quotes it: a class name or a sentence."""
    return next((verb for pattern, verb in _COMMANDS if pattern.search(words)), None)


def address_in(text: str) -> str:
    """The first address that stands between angle brackets, or behind the word recipient."""
    found = _ADDRESS.search(text) or _RECIPIENT.search(text)
    return found[1] if found else ""


def quoted(text: str, start: int) -> tuple[str, int] | None:
    """The string that opens with the quote at ``start``, unescaped, and where it ends; None if it never does."""
    found = _UNTIL[text[start]].match(text, start + 1)
    return (unescaped(found.group()[:-1]), found.end()) if found else None


def unescaped(text: str) -> str:
    """A string literal's text, as Python, JavaScript and Go write it."""
    return _ESCAPE.sub(_letter, text) if "\\" in text else text


def safe(text: str) -> str:
    """A line of an application's log without the secrets that it may hold."""
    return redaction.spoken(shown(text))


def _letter(found: re.Match[str]) -> str:
    if found["code"]:
        return chr(int(found["code"][1:], 16))
    return _LETTERS.get(found["letter"], found["letter"])
