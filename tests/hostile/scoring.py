"""What every part of ``make hostile`` shares: where it writes its figures, and in which shape."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FIGURES = REPOSITORY / ".reliability"


def row(what: str, measured: str, goal: str, met: bool, beside: str = "") -> dict[str, object]:
    """One line of the scorecard; ``beside`` is what other clients came to in the same run."""
    return {"what": what, "measured": measured, "goal": goal, "met": met, "beside": beside}


def write(part: str, rows: Sequence[dict[str, object]], sections: Sequence[str] = ()) -> None:
    """Keep the figures of a part until scorecard.py makes the page, and show them."""
    FIGURES.mkdir(exist_ok=True)
    text = json.dumps({"part": part, "rows": list(rows), "sections": list(sections)}, indent=1, ensure_ascii=False)
    (FIGURES / f"{part}.json").write_text(text + "\n", "utf-8")
    for one in rows:
        print(f"{part}: {one['what']}: {one['measured']} (goal: {one['goal']}) {'met' if one['met'] else 'NOT MET'}")
