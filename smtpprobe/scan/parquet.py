"""The lines of a scan as a Parquet file: typed columns for the usual fields, and the whole document beside them.

A column is named as the path of its field is, with underscores for the dots; what a line has any number of is a list.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.fields import DEFAULT, Projection

if TYPE_CHECKING:
    import pyarrow

DOCUMENT = "document"
# A row group is held in memory until it is written.
_MOST_ROWS = 20_000
_MOST_OCTETS = 16 << 20
_TIMES = ("started", "tls.certificate.not_after")


def write(lines: Iterable[bytes], path: str) -> int:
    """Write whole lines as a Parquet file, which stands in its place once it is whole; returns how many rows it has.

    Raises ScanError where pyarrow is not installed or the file cannot be written.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ScanError(f"{path} cannot be written without pyarrow: install smtpprobe[scan].") from None
    projection = Projection(DEFAULT)
    schema = _schema(projection)
    folder, name = os.path.split(os.path.realpath(path))
    draft = os.path.join(folder, f".{name}.{os.getpid()}.part")
    rows = 0
    try:
        with pyarrow.parquet.ParquetWriter(draft, schema, compression="zstd") as writer:
            for group in _groups(lines):
                values = [[*projection.values(line), line.rstrip(b"\n")] for line in group]
                columns = [_array(column, schema.field(n)) for n, column in enumerate(zip(*values, strict=True))]
                writer.write_batch(pyarrow.record_batch(columns, schema=schema))
                rows += len(group)
        os.replace(draft, path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ScanError(f"{path} cannot be written ({reason}): name another file with --parquet.") from error
    finally:
        with suppress(OSError, ValueError):
            os.unlink(draft)
    return rows


def _schema(projection: Projection) -> pyarrow.Schema:
    import pyarrow

    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    fields = []
    for leaf in projection.leaves:
        type = pyarrow.timestamp("ms", tz="UTC") if leaf.path in _TIMES else types[leaf.type]
        fields.append((leaf.path.replace(".", "_"), pyarrow.list_(type) if leaf.listed else type))
    return pyarrow.schema([*fields, (DOCUMENT, pyarrow.string())])


def _array(column: tuple[Any, ...], field: pyarrow.Field) -> pyarrow.Array:
    import pyarrow

    if pyarrow.types.is_timestamp(field.type):
        return pyarrow.array([_time(text) for text in column], field.type)
    return pyarrow.array(column, field.type)


def _time(text: str | None) -> datetime | None:
    """None for a time that no calendar has, which a certificate may claim."""
    with suppress(ValueError):
        return None if text is None else datetime.fromisoformat(text)
    return None


def _groups(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    group: list[bytes] = []
    octets = 0
    for line in lines:
        group.append(line)
        octets += len(line)
        if len(group) == _MOST_ROWS or octets > _MOST_OCTETS:
            yield group
            group, octets = [], 0
    if group:
        yield group
