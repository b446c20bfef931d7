"""What the benchmarks of ``scan`` share: how they are started, where their figures go, and in which shape."""

import argparse
import datetime
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from page import REPOSITORY

FOLDER = REPOSITORY / ".bench"


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, against what, how much it came to, what was asked for, and whether that is met."""

    figure: str
    against: str
    measured: str
    goal: str
    met: bool


@dataclass(frozen=True)
class Options:
    """How a benchmark was started. ``tried``: to see that it works, with a little of everything; nothing is kept."""

    rounds: int
    tried: bool

    def of(self, count: int) -> int:
        """How many to measure with, of this many."""
        return max(count // 16, 50) if self.tried else count


def options(what: str | None, rounds: int) -> Options:
    """Read from the command line. ``rounds`` is how many there are unless told otherwise."""
    parser = argparse.ArgumentParser(description=(what or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=rounds, help=f"how often everything is measured ({rounds})")
    parser.add_argument("--try", dest="tried", action="store_true", help="see that it works: few of all, nothing kept")
    given = parser.parse_args()
    return Options(given.rounds, given.tried)


def write(part: str, given: Options, rows: Sequence[Row], section: str, numbers: Mapping[str, float]) -> None:
    """Show the figures of a part, and keep them for scan_page.py. ``numbers`` are for other pages to reckon with."""
    print(f"\n{section}\n")
    for row in rows:
        print(f"{part}: {row.figure}: {row.measured} (goal: {row.goal}) {'met' if row.met else 'NOT MET'}")
    if not given.tried:
        FOLDER.mkdir(exist_ok=True)
        kept = {
            "part": part,
            "date": str(datetime.datetime.now(datetime.UTC).date()),
            "rounds": given.rounds,
            "rows": [asdict(row) for row in rows],
            "section": section,
            "numbers": dict(numbers),
        }
        (FOLDER / f"{part}.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    if not all(row.met for row in rows):
        sys.exit(1)


def read() -> dict[str, dict[str, Any]]:
    """What was measured, by part."""
    found = (json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json")))
    return {part["part"]: part for part in found}


def debian(*packages: str) -> str:
    """Packages with their versions, as Debian names them."""
    asked = ["dpkg-query", "--show", "--showformat=${Package} ${Version}, ", *packages]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.rstrip(", ")


def python(*packages: str) -> str:
    """Packages of Python with their versions."""
    found = []
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"no {package}")
    return ", ".join(found)
