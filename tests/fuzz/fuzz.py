"""`make fuzz`: every target under atheris, two at a time; says what was found and writes the scorecard's rows.

The seed is printed; given again, the same inputs come in the same order.
"""

from __future__ import annotations

import argparse
import secrets
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
from fuzz_table import ROOT, SLOW_PLACE, TARGETS, Figures, Target

sys.path.append(str(Path(__file__).parents[1] / "hostile"))
import scoring

WORK = ROOT / "build/fuzz"
CHILD = Path(__file__).with_name("fuzz_child.py")


def main(words: Sequence[str] | None = None) -> int:
    given = _arguments(words)
    seed = given.seed or secrets.randbelow(2**31 - 1) + 1
    chosen = [target for target in TARGETS if not given.only or target.name in given.only]
    print(f"make fuzz SEED={seed}: {', '.join(one.name for one in chosen)}, two at a time", flush=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        figures = list(pool.map(lambda one: _run(one, _runs(one, given.runs), seed, given.seconds), chosen))
    rows = [row(target, _runs(target, given.runs), one) for target, one in zip(chosen, figures, strict=True)]
    rows += in_all(figures, seed)
    scoring.write("fuzz", rows)
    return 0 if all(one["met"] for one in rows) else 1


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, help="of the random numbers; one is chosen and printed otherwise")
    parser.add_argument("--runs", type=int, default=1_000_000, help="inputs for each target")
    parser.add_argument("--seconds", type=int, default=45 * 60, help="after which a target ends, whatever it has done")
    parser.add_argument("--only", action="append", choices=[one.name for one in TARGETS], help="this target alone")
    return parser.parse_args(words)


def _runs(target: Target, runs: int) -> int:
    return max(int(runs * target.share), 1)


def _run(target: Target, runs: int, seed: int, seconds: int) -> Figures:
    """One target in a process of its own, as far as it comes."""
    folder = WORK / target.name
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "figures.json"
    file.unlink(missing_ok=True)
    log = WORK / f"{target.name}.log"
    words = [sys.executable, str(CHILD), target.name, str(runs), str(seed), str(seconds), str(folder)]
    with log.open("wb") as stream:
        status = subprocess.run(words, stdout=stream, stderr=stream, check=False, cwd=CHILD.parent).returncode
    told = file.read_bytes() if file.is_file() else msgspec.json.encode(Figures(target.name, seed, 0, 0.0, 0.0, ()))
    figures = msgspec.structs.replace(msgspec.json.decode(told, type=Figures), status=status)
    print(
        f"{target.name}: {figures.inputs:,} inputs in {figures.seconds:,.0f} s, {len(figures.found)} found, "
        f"exit status {status}; see {log.relative_to(ROOT)}",
        flush=True,
    )
    for found in figures.found:
        print(f"  {found.place}: {found.data!r}", flush=True)
    return figures


def row(target: Target, runs: int, figures: Figures) -> dict[str, object]:
    """The scorecard's row of one target."""
    told = f"{figures.inputs:,} (slowest {figures.slowest:.2f} s)"
    return scoring.row(f"inputs fuzzed: {target.title}", told, f"{runs:,}", figures.inputs >= runs)


def in_all(figures: Sequence[Figures], seed: int) -> list[dict[str, object]]:
    """The rows of all targets together."""
    inputs = sum(one.inputs for one in figures)
    places = [found.place for one in figures for found in one.found]
    slow = sum(place.startswith(SLOW_PLACE) for place in places)
    # A process that broke has found something that is no exception of Python's.
    crashes = len(places) - slow + sum(one.status != 0 for one in figures)
    return [
        scoring.row("inputs fuzzed in all", f"{inputs:,} (seed {seed})", "all", inputs > 0),
        scoring.row("crashes", f"{crashes}", "0", crashes == 0),
        scoring.row("inputs of up to 4 KiB that took over a second", f"{slow}", "0", slow == 0),
    ]


if __name__ == "__main__":
    sys.exit(main())
