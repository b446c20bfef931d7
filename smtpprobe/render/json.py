"""The document as JSON: one indented text, or one line of JSON Lines. What the fields are is document.py's business."""

from __future__ import annotations

from typing import Any

import msgspec

from smtpprobe.model import Report
from smtpprobe.render import escape
from smtpprobe.render.document import build

_ENCODER = msgspec.json.Encoder()


def render(report: Report, lang: str = "en") -> str:
    """One document, indented, with a line end. ``lang`` is the language of the notes."""
    return pretty(build(report, lang))


def line(report: Report, lang: str = "en") -> str:
    """One document on one line, with a line end."""
    return compact(build(report, lang))


def pretty(value: object) -> str:
    """Any of our structs as indented JSON that a terminal may show."""
    return escape.json(msgspec.json.format(_encoded(value), indent=2).decode()) + "\n"


def compact(value: object) -> str:
    """Any of our structs as one line of JSON that a terminal may show."""
    return escape.json(_encoded(value).decode()) + "\n"


def _encoded(value: object) -> bytes:
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return _ENCODER.encode(_without_surrogates(msgspec.to_builtins(value)))


def _without_surrogates(value: Any) -> Any:
    """A command line or a file name may hold lone surrogates, which are no Unicode text; they become ``\\udcNN``."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
