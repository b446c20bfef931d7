"""Whatever is shown, in the form that was asked for: one file a format, listed here, loaded only when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smtpprobe.expectation import Checking, Difference
    from smtpprobe.journey import Trace
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


def _trace_text(trace: Trace) -> str:
    from smtpprobe.render import trace_text

    return trace_text.render(trace)


def _trace_json(trace: Trace) -> str:
    from smtpprobe.render import trace_json

    return trace_json.render(trace)


def _trace_html(trace: Trace) -> str:
    from smtpprobe.render import trace_html

    return trace_html.render(trace)


def _trace_markdown(trace: Trace) -> str:
    from smtpprobe.render import trace_markdown

    return trace_markdown.render(trace)


TRACE_RENDERERS: dict[str, Callable[[Trace], str]] = {
    "text": _trace_text,
    "json": _trace_json,
    "html": _trace_html,
    "markdown": _trace_markdown,
}


def _diff_text(differences: Sequence[Difference]) -> str:
    from smtpprobe.render import diff_text

    return diff_text.render(differences)


def _diff_json(differences: Sequence[Difference]) -> str:
    from smtpprobe.render import diff_json

    return diff_json.render(differences)


DIFF_RENDERERS: dict[str, Callable[[Sequence[Difference]], str]] = {
    "text": _diff_text,
    "json": _diff_json,
}


def _of_a_check(form: str) -> Callable[[Checking], str]:
    def render(checking: Checking) -> str:
        module = importlib.import_module(f"smtpprobe.render.check_{form}")
        rendered: str = module.render(checking)
        return rendered

    return render


#: What a check can be shown as, each in its own ecosystem's convention.
CHECK_FORMS: tuple[str, ...] = (
    *("text", "json", "junit", "nagios", "prometheus"),
    *("github", "tap", "csv", "markdown", "html"),
)
CHECK_RENDERERS: dict[str, Callable[[Checking], str]] = {form: _of_a_check(form) for form in CHECK_FORMS}

#: What the summary of a scan can be shown as.
SCAN_FORMS: tuple[str, ...] = ("text", "html")
