"""The returned message: where it begins in the text of a bounce, and what its fields tell. No I/O."""

from __future__ import annotations

import re

from smtpprobe.explain.bounces import address

_RULE = r"[ \t>]{0,8}[-=_*]{2,80}[ \t]{0,8}"
_MARK = re.compile(
    rf"^(?:{_RULE}(?:this is a copy|below this line|enclosed is a copy|a copy of|copy of|the (?:message )?headers? of|"
    r"original (?:message|mail)|message (?:headers?|text|follows|body)|unsent message|returned message"
    r"|undelivered message|"
    r"the original message|the attached|header of|start of|begin|urspr|message d.origine|forwarded|included)"
    r"|[ \t]{0,8}(?:(?:your |the )?(?:original|undelivered|returned) (?:message|mail)(?: headers?)?(?: (?:follows"
    r"|is (?:below|following|attached)|text)|[ \t]{0,3}:)"
    r"|message headers follow|original message headers|(?:below|included|following|here) is (?:a copy|the (?:start"
    r"|header|beginning|original))"
    r"|a copy of (?:the|your) (?:original )?(?:message|mail|headers?)|the (?:attachment contains"
    r"|header of the original)"
    r"|the first \d{1,6} (?:lines|bytes) of|-----original|urspr[üu]ngliche nachricht|kopfzeilen der|en-t[êe]tes de"
    r"|original (?:mail|message) as follows|元のメッセージ|-----BEGIN)"
    r"|(?:Received|Return-Path|DKIM-Signature|X-Received|ARC-Seal|X-Google-Smtp-Source):[ \t]?)",
    re.IGNORECASE | re.MULTILINE,
)
_FROM = re.compile(
    r"^[ \t]{0,4}(Return-Path|X-Envelope-From|Sender|From)[ \t]{0,3}:[ \t]{0,9}(.{0,400})", re.IGNORECASE | re.MULTILINE
)
_TO = re.compile(
    r"^[ \t]{0,4}(?:To|X-Original-To|Delivered-To)[ \t]{0,3}:[ \t]{0,9}(.{0,400})", re.IGNORECASE | re.MULTILINE
)


def split(text: str) -> tuple[str, str]:
    """What the bounce says, and the returned message below it ("" where none stands in the same text)."""
    for match in _MARK.finditer(text):
        # The mark at the very top would leave nothing to read.
        if text[: match.start()].strip():
            return text[: match.start()], text[match.start() :]
    return text, ""


def sender(text: str) -> str:
    """Who sent the returned message: by its envelope where it is told, else by its header."""
    found = {match[1].lower(): address.first(match[2]) for match in reversed(list(_FROM.finditer(text)))}
    return next((found[name] for name in ("return-path", "x-envelope-from", "sender", "from") if found.get(name)), "")


def recipient(text: str) -> str:
    """To whom the returned message was addressed, by its header."""
    return next((found for match in _TO.finditer(text) if (found := address.first(match[1]))), "")
