"""The same report with every string and every octet string replaced by something that wants to do harm."""

from __future__ import annotations

from enum import Enum
from typing import Any

import msgspec

from smtpprobe.model import Report

PAYLOADS = {
    "escapes": "\x1b[2J\x1b]0;owned\x07\x9b31m\x7f\x00\r\n\x08\x0b\x0c",
    "bidi": "\u202eevil\u2066\u200b\u2028\u2029\ufeff\u00ad\u0301\u0301\u0301",
    "markup": "[bold red]x[/] <script>alert(1)</script> [link=file:///etc/passwd]y[/link] :boom:",
    "surrogates": "\ud800\udfff\udc80 \ue000 \U000e0041 \u0378",
    "wide": "日本語" * 300 + "ｗｉｄｅ" * 40,
    "long": "X" * 65536,
    "spaces": " \t\n" * 400,
    "empty": "",
}


def poisoned(report: Report, payload: str) -> Report:
    """Every field of text type becomes the payload; numbers, words of closed lists and dates stay."""
    result = _poison(report, payload)
    assert isinstance(result, Report)
    return result


_KEPT = frozenset({"started", "not_before", "not_after"})


def _poison(value: Any, payload: str) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return payload
    if isinstance(value, bytes):
        return payload.encode("utf-8", "surrogatepass") + b"\xff\xfe\x80"
    if isinstance(value, tuple):
        return tuple(_poison(item, payload) for item in value)
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        return type(value)(**{n: v if n in _KEPT else _poison(v, payload) for n, v in fields.items()})
    return value
