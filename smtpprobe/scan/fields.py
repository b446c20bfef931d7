"""A line of a scan made flat: the fields that were asked for, each under its path as the key."""

from __future__ import annotations

#: What stands in every line, so that a scan that was killed knows which servers it is about.
IDENTITY = ("unit.address", "unit.port", "unit.tls", "target.text", "outcome")


class Projection:
    """Some fields of a line. ``paths`` are those of IDENTITY, then what was asked for, without repetition."""

    paths: tuple[str, ...]

    def line(self, line: bytes) -> bytes:
        """The flat JSON object of a whole line, with its line end. Strings of a list stand with commas between them,
        and of a list of objects its length; what is not there is null."""
        raise NotImplementedError


def projection(fields: str) -> Projection:
    """What ``--fields`` names: paths with commas between them, ``default`` for the usual ones.

    Raises ScanError for a path that no line has, naming the nearest that one has.
    """
    raise NotImplementedError
