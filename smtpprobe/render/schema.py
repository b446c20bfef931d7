"""The JSON Schemas of the documents, generated from their structs. Nothing in them is written by hand but the names."""

from __future__ import annotations

from typing import Any

import msgspec

from smtpprobe.render.check_document import CheckDocument
from smtpprobe.render.diff_json import DiffDocument
from smtpprobe.render.document import Document
from smtpprobe.render.scan_document import ScanDocument
from smtpprobe.render.trace_document import TraceDocument


def schema() -> dict[str, Any]:
    """The schema (2020-12) that every document of this version keeps. Unknown fields are allowed: fields are added."""
    return _schema("report", Document)


def trace_schema() -> dict[str, Any]:
    """The same for the document of a trace."""
    return _schema("trace", TraceDocument)


def diff_schema() -> dict[str, Any]:
    """The same for the document of a difference."""
    return _schema("diff", DiffDocument)


def check_schema() -> dict[str, Any]:
    """The same for the document of one server of a check."""
    return _schema("check", CheckDocument)


def scan_schema() -> dict[str, Any]:
    """The same for a line of a scan."""
    return _schema("scan", ScanDocument)


def _schema(name: str, kind: type) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:smtpprobe:{name}:1",
        "title": f"smtpprobe {name}, schema version 1",
        **msgspec.json.schema(kind),
    }
