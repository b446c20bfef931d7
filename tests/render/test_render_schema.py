"""The schema that is shipped is the one that the program keeps."""

from __future__ import annotations

import json
import os
from pathlib import Path

from smtpprobe.render.schema import schema

SHIPPED = Path(__file__).parents[2] / "docs" / "report.schema.json"


def test_the_shipped_schema_is_the_generated_one() -> None:
    """With UPDATE_SCHEMA=1 the file is written anew. Within a schema version fields are only added."""
    text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_SCHEMA"):
        SHIPPED.write_text(text, encoding="utf-8")
    assert SHIPPED.read_text(encoding="utf-8") == text
