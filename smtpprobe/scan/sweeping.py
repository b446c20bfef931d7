"""When garbage is looked for in a scan: seldom, since thousands of open conversations make a look at all take long."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects before the young ones are looked at; how often that is before those that survived are, and then all.
#: By Python's own measure all would be looked at while 10,000 connections are opened, for 0.2 s.
_THRESHOLDS = 10_000, 5, 100


@contextmanager
def swept_seldom() -> Iterator[None]:
    """To be entered when all is loaded that a scan needs: that is not looked at meanwhile.

    Processes that are forked meanwhile share it, as they do not write to it. A conversation leaves nothing that only
    the collector would find, so there is no haste.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
