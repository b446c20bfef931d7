"""A report in the form that was asked for: one file a format, listed here. Each loads only when it is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smtpprobe.model import Report


def _text(report: Report) -> str:
    from smtpprobe.render import text

    return text.render(report)


def _json(report: Report) -> str:
    from smtpprobe.render import json

    return json.render(report)


RENDERERS: dict[str, Callable[[Report], str]] = {
    "text": _text,
    "json": _json,
}
