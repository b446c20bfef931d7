"""The lines of a scan as a Parquet file: typed columns for the usual fields, and the whole document beside them."""

from __future__ import annotations

from collections.abc import Iterable


def write(lines: Iterable[bytes], path: str) -> int:
    """Write whole lines as a Parquet file, which stands in its place once it is whole; returns how many rows it has.

    Raises ScanError where pyarrow is not installed or the file cannot be written.
    """
    raise NotImplementedError
