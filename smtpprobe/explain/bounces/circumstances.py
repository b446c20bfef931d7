"""Which server said something, and to which command, in the words of the program that quotes it. No I/O."""

from __future__ import annotations

import re

_NAME = r"(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,12}|\[[0-9A-Fa-f.:]{3,45}\])"
_PEER = r"(?: ?[\[(][0-9A-Fa-f.:]{3,45}[\])])"
# Where no word introduces the name, it has to be whole.
_BEFORE = r"(?<![\w.-])"
_HOSTS = (
    re.compile(
        rf"\b(?:host|server):? {_NAME}(?:{_PEER}|(?= said)|(?=: [245][0-9][0-9])|(?= [245]\.[0-9]))", re.IGNORECASE
    ),
    re.compile(
        rf"\bby (?:the server )?(?:for the recipient domain [\w.-]{{1,255}} by )?{_NAME}\.?{_PEER}", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:connected to|connect to|connection with|conversation with|talking to|giving up on"
        r"|remote system: ?(?:dns ?;)?|smtp server)"
        rf" ?<?{_NAME}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_BEFORE}{_NAME}\.?{_PEER}?:? (?:did not like|does not like|responded with|failed after|rejected your"
        rf"|gave this error)",
        re.IGNORECASE,
    ),
    re.compile(rf"{_BEFORE}{_NAME}{_PEER}: (?:>>>|<<<)", re.IGNORECASE),
)
_VERB = r"(?P<verb>end of data|ehlo|helo|mail|rcpt|data|text|auth|starttls|bdat|connect|banner)"
_COMMANDS = (
    re.compile(rf"\bin reply to (?:the )?{_VERB}", re.IGNORECASE),
    re.compile(
        rf"\b(?:after|for|in response to|did not like our|SMTP:) ?{_VERB}(?:[ _:](?:to|from|command)|\b)", re.IGNORECASE
    ),
    re.compile(rf"[\[(]{_VERB}(?:_(?:TO|FROM))?[\])]"),
    re.compile(rf"\bwhile (?:sending|performing the|receiving the) {_VERB}\b", re.IGNORECASE),
)
_PHRASES = (
    ("while receiving the initial server greeting", "greeting"),
    ("while sending message body", "DATA"),
    ("refused to start tls", "STARTTLS"),
    ("after initial connection", "greeting"),
    ("refused to talk to me", "greeting"),
    ("does not like recipient", "RCPT"),
    ("sender was rejected", "MAIL"),
    ("rejected mail from", "MAIL"),
    ("after i sent the message", "DATA"),
    ("failed on data command", "DATA"),
)
_SPELT = {"END OF DATA": "DATA", "TEXT": "DATA", "CONNECT": "greeting", "BANNER": "greeting"}


def host(text: str) -> str:
    """The server that said it; "" where that is not told."""
    words = " ".join(text.split())
    for pattern in _HOSTS:
        match = pattern.search(words)
        if match is not None:
            return match["host"].strip("[]").rstrip(".")
    return ""


def command(text: str) -> str | None:
    """The verb that was answered, "greeting" for the first reply; None where that is not told."""
    words = " ".join(text.split())
    for pattern in _COMMANDS:
        match = pattern.search(words)
        if match is not None:
            verb = match["verb"].upper()
            return _SPELT.get(verb, verb)
    lowered = words.casefold()
    return next((verb for phrase, verb in _PHRASES if phrase in lowered), None)
