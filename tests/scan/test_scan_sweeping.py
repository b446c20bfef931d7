"""Garbage of a scan: looked for seldom, and found."""

from __future__ import annotations

import gc
import weakref

from smtpprobe.scan import sweeping
from smtpprobe.scan.sweeping import Sweeping


class Knot:
    """What only the collector can take away."""

    def __init__(self) -> None:
        self.own = self


def test_what_conversations_leave_is_found_in_the_end() -> None:
    with Sweeping() as sweep:
        gone = weakref.ref(Knot())
        # As old as what a slow server leaves.
        gc.collect(0)
        gc.collect(1)
        for _ in range(sweeping._CONVERSATIONS - 1):
            sweep.ended()
        old = weakref.ref(kept := Knot())
        gc.collect(0)
        gc.collect(1)
        del kept
        assert old() is not None
        sweep.ended()
        assert gone() is None
        assert old() is None


def test_all_is_as_it_was_afterwards() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with Sweeping():
        assert gc.get_threshold() != before[0]
        assert gc.get_freeze_count()
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
