"""When garbage is looked for in a scan: seldom all of it, since thousands of open conversations make that take long."""

from __future__ import annotations

import gc

#: New objects before the young ones are looked at, and how often that is before those that survived are.
_YOUNG, _MIDDLE = 10_000, 5
#: Never by their number: a look at all objects takes 0.2 s while 10,000 conversations are open.
_OLD = 1_000_000
#: So many conversations may leave something behind until all of it is looked at.
_CONVERSATIONS = 20_000


class Sweeping:
    """While this is entered, all objects are looked at once in 20,000 conversations, and those of before never."""

    def __enter__(self) -> Sweeping:
        self._ended = 0
        self._before = gc.get_threshold()
        gc.collect()
        gc.freeze()
        gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
        return self

    def __exit__(self, *_: object) -> None:
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def ended(self) -> None:
        """A conversation has ended."""
        self._ended += 1
        if self._ended % _CONVERSATIONS == 0:
            gc.collect()
