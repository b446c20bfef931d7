"""The golden files of a check's forms that tools of other people read."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "fixtures" / "golden" / "check-tools"


def compare(name: str, text: str) -> None:
    """With UPDATE_GOLDEN=1 the file is written anew: read the difference before you keep it."""
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()
