"""The JSON Schema of the document, generated from its structs. Nothing in it is written by hand but its name."""

from __future__ import annotations

from typing import Any

import msgspec

from smtpprobe.render.document import Document


def schema() -> dict[str, Any]:
    """The schema (2020-12) that every document of this version keeps. Unknown fields are allowed: fields are added."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:smtpprobe:report:1",
        "title": "smtpprobe report, schema version 1",
        **msgspec.json.schema(Document),
    }
