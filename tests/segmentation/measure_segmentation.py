"""Replays every transcript of fixtures/ cut at every byte, at every level, and writes the scorecard's row.

A cut is an answer that arrives in two segments. Levels: the replies of a stream, a session, a whole run with its
explanation. What differs is printed, and the exit status is then 1.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import seg_levels
from msgspec import Struct
from seg_replay import CutAt, single, whole
from seg_transcript import Transcript, load, names

sys.path.append(str(Path(__file__).parents[1] / "hostile"))
import scoring

#: Whether the client gets its turn between two segments.
_WAYS = (("together", False), ("apart", True))


class Measured(Struct, frozen=True):
    """One transcript: its cuts at each level, and where what came of one differs."""

    name: str
    replies: int
    sessions: int
    runs: int
    differ: tuple[str, ...]


def measured(name: str) -> Measured:
    """All levels of one transcript."""
    transcript = load(name)
    levels = [_replies(transcript), _sessions(transcript), _runs(transcript)]
    differ = [f"{name}: {place}" for _, places in levels for place in places]
    return Measured(name, levels[0][0], levels[1][0], levels[2][0], tuple(differ))


def _replies(transcript: Transcript) -> tuple[int, list[str]]:
    cuts, differ = 0, []
    for number, stream in enumerate(seg_levels.streams(transcript)):
        expected = seg_levels.replies([stream])
        segmented = [single(stream), *([stream[:cut], stream[cut:]] for cut in range(1, len(stream)))]
        cuts += len(stream) - 1
        differ += [f"replies of stream {number}" for pieces in segmented if seg_levels.replies(pieces) != expected]
    return cuts, differ


def _sessions(transcript: Transcript) -> tuple[int, list[str]]:
    cuts, differ = 0, []
    for number, turns in enumerate(transcript.connections):
        expected = seg_levels.held(turns, whole)
        for way, apart in _WAYS:
            if seg_levels.held(turns, single, apart=apart) != expected:
                differ.append(f"connection {number} in single octets {way}")
            for cut, result in _every_cut(partial(seg_levels.held, turns, apart=apart)):
                cuts += cut.cuts
                if result != expected:
                    differ.append(f"connection {number} cut at {cut.position} {way}")
    return cuts, differ


def _runs(transcript: Transcript) -> tuple[int, list[str]]:
    cuts, differ = 0, []
    expected = seg_levels.explained(transcript, whole)
    for way, apart in _WAYS:
        found = seg_levels.difference(seg_levels.explained(transcript, single, apart=apart), expected)
        if found:
            differ.append(f"run in single octets {way}: {found}")
    for cut, result in _every_cut(partial(seg_levels.explained, transcript)):
        cuts += cut.cuts
        found = seg_levels.difference(result, expected)
        if found:
            differ.append(f"run cut at {cut.position}: {found}")
    return cuts, differ


def _every_cut(replay: Callable[[CutAt], object]) -> Iterator[tuple[CutAt, object]]:
    """Replays with every answer cut at its first octet, at its second and so on, while one is long enough."""
    position = 1
    while True:
        cut = CutAt(position)
        result = replay(cut)
        if not cut.cuts:
            return
        yield cut, result
        position += 1


def main() -> int:
    begun = time.monotonic()
    every: list[Measured] = []
    with ProcessPoolExecutor(max_workers=2) as pool:
        for one in pool.map(measured, names()):
            every.append(one)
            print(
                f"{one.name}: {one.replies:,} cuts of streams, {one.sessions:,} of sessions, {one.runs:,} of runs, "
                f"{len(one.differ)} differ",
                flush=True,
            )
            for place in one.differ:
                print(f"  {place}", flush=True)
    cuts = sum(one.replies + one.sessions + one.runs for one in every)
    differ = sum(len(one.differ) for one in every)
    told = f"{len(every)} transcripts, {cuts:,} cuts, {differ} differ"
    met = bool(every) and not differ
    row = scoring.row("transcripts replayed cut at every byte, same result", told, "all the same", met)
    scoring.write("segmentation", [row])
    print(f"in {time.monotonic() - begun:,.0f} s")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
