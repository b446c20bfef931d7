"""Lends the tests of the wire what loops.py makes."""

from loops import authority, run, swept

__all__ = ["authority", "run", "swept"]
