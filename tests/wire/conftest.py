"""Lends the tests of the wire what loops.py makes."""

from loops import authority, run

__all__ = ["authority", "run"]
