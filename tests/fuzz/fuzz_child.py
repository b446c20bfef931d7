"""One target under atheris, in a process of its own: a run of so many inputs, its figures and what it found in a file.

What an input does wrong is kept and the run goes on, so that one run finds all there is to find.
"""

from __future__ import annotations

import importlib
import random
import shutil
import sys
import time
import traceback
from pathlib import Path

import atheris
import msgspec
from fuzz_table import ROOT, SLOW_PLACE, TARGETS, Figures, Found, Target

#: Processor seconds: far more than any input takes.
SLOW = 1.0
#: Every so many inputs one is repeated up to this length, which shows what grows faster than its input.
STRETCHED_EVERY = 500
STRETCHED = 4 * 1024
_LOADED = (
    "smtpprobe.catalogue",
    "smtpprobe.explain",
    "smtpprobe.render",
    "smtpprobe.wire.replies",
    "smtpprobe.wire.ehlo",
)
_MOST_FOUND = 20
_FIGURES_EVERY = 5_000


class Run:
    """Feeds one target and keeps count."""

    def __init__(self, name: str, runs: int, seed: int, folder: Path) -> None:
        self._target = importlib.import_module(f"fuzz_{name}")
        self._runs, self._folder, self._name, self._seed = runs, folder, name, seed
        self._random = random.Random(seed)
        self._begun = time.monotonic()
        self._places: set[str] = set()
        self.inputs = 0
        self.slowest = 0.0
        self.found: list[Found] = []

    def feed(self, data: bytes) -> None:
        """One input of atheris."""
        self.inputs += 1
        self._check(data)
        if data and self.inputs % STRETCHED_EVERY == 0:
            begin = self._random.randrange(len(data))
            end = self._random.randrange(begin, len(data)) + 1
            piece = data[begin:end]
            self._check((data[:begin] + piece * (STRETCHED // len(piece)) + data[end:])[:STRETCHED])
        if self.inputs % _FIGURES_EVERY == 0 or self.inputs == self._runs:
            self.write()

    def _check(self, data: bytes) -> None:
        begun = time.process_time()
        try:
            self._target.check(data)
        except Exception as error:
            self._keep(data, _place(error), "".join(traceback.format_exception(error)))
        spent = time.process_time() - begun
        self.slowest = max(self.slowest, spent)
        if spent > SLOW:
            self._keep(data, f"{SLOW_PLACE}: {spent:.1f} s", "")

    def _keep(self, data: bytes, place: str, told: str) -> None:
        kind = SLOW_PLACE if place.startswith(SLOW_PLACE) else place
        if kind in self._places or len(self.found) >= _MOST_FOUND:
            return
        self._places.add(kind)
        file = self._folder / f"found-{len(self.found)}"
        file.write_bytes(data)
        print(f"{self._name}: {place}\n{told}input: {data!r} ({file})", file=sys.stderr, flush=True)
        self.found.append(Found(place, data))

    def write(self) -> None:
        """The figures up to here, for the driver."""
        seconds = time.monotonic() - self._begun
        figures = Figures(self._name, self._seed, self.inputs, seconds, self.slowest, tuple(self.found))
        (self._folder / "figures.json").write_bytes(msgspec.json.encode(figures))


def _place(error: Exception) -> str:
    """The kind of an exception and the line that raised it: what comes from the same place is found once."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"


def main(name: str, runs: int, seed: int, seconds: int, folder: Path) -> None:
    (target,) = (one for one in TARGETS if one.name == name)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "seeds").mkdir(parents=True)
    (folder / "corpus").mkdir()
    _load(target)
    run = Run(name, runs, seed, folder)
    for number, data in enumerate(importlib.import_module(f"fuzz_{name}").seeds()):
        (folder / "seeds" / f"{number:05}").write_bytes(data[: target.longest])
    options = {"runs": runs, "seed": seed, "max_len": target.longest, "max_total_time": seconds, "timeout": 60}
    words = [f"-{option}={value}" for option, value in options.items()]
    words += ["-print_final_stats=1", "-reload=0", f"-artifact_prefix={folder}/"]
    atheris.Setup([sys.argv[0], *words, str(folder / "corpus"), str(folder / "seeds")], run.feed)
    atheris.Fuzz()


def _load(target: Target) -> None:
    """All that an input may need, so that nothing is loaded while they run; the target's rooms watched."""
    files = [file.relative_to(ROOT).with_suffix("") for file in sorted((ROOT / "smtpprobe").rglob("*.py"))]
    modules = [".".join(file.parts).removesuffix(".__init__") for file in files]
    unwatched = [module for module in modules if not module.startswith(target.rooms)]
    with atheris.instrument_imports(include=["smtpprobe"], exclude=unwatched):
        for module in modules:
            if module.startswith(_LOADED):
                importlib.import_module(module)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
