"""--parquet: the columns are what the lines say, of a type each, and the document is there as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from scanned_lines import lines

from smtpprobe.scan import parquet
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.fields import DEFAULT


def table(path: Path) -> pyarrow.Table:
    return pyarrow.parquet.read_table(path)


def test_the_columns_say_what_the_lines_say(tmp_path: Path) -> None:
    path = tmp_path / "scan.parquet"
    assert parquet.write(lines(), str(path)) == len(lines())
    read = table(path)
    assert read.column_names == [*[one.replace(".", "_") for one in DEFAULT], "document"]
    rows: list[dict[str, Any]] = read.to_pylist()
    for row, line in zip(rows, lines(), strict=True):
        document = json.loads(line)
        assert row["document"] == line.decode().rstrip("\n")
        assert row["outcome"] == document["outcome"]
        assert row["unit_port"] == (document["unit"] or {}).get("port")
        assert row["names_text"] == [one["text"] for one in document["names"]]
        assert row["capabilities_clear_keyword"] == [one["keyword"] for one in document["capabilities"]["clear"]]
        assert row["findings_rule"] == [one["rule"] for one in document["findings"]]
        assert row["started"] == datetime.fromisoformat(document["started"])
        days = (document["tls"] or {}).get("certificate", {}).get("days_left")
        assert row["tls_certificate_days_left"] == days
    assert [path.name for path in tmp_path.iterdir()] == ["scan.parquet"]


def test_every_column_has_its_type(tmp_path: Path) -> None:
    path = tmp_path / "scan.parquet"
    parquet.write(lines()[-1:], str(path))
    types = {one.name: str(one.type) for one in table(path).schema}
    assert types["unit_port"] == types["attempts"] == "int64"
    assert types["unit_lmtp"] == "bool"
    assert types["timing_total_ms"] == "double"
    assert types["started"] == types["tls_certificate_not_after"] == "timestamp[ms, tz=UTC]"
    assert types["findings_rule"].startswith("list<")
    assert types["outcome"] == types["document"] == "string"


def test_rows_are_written_in_groups_of_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "scan.parquet"
    monkeypatch.setattr(parquet, "_MOST_ROWS", 10)
    assert parquet.write(lines() * 4, str(path)) == 32
    file = pyarrow.parquet.ParquetFile(path)
    with file:
        assert [file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)] == [10, 10, 10, 2]
    monkeypatch.setattr(parquet, "_MOST_OCTETS", 1)
    parquet.write(lines(), str(path))
    with pyarrow.parquet.ParquetFile(path) as file:
        assert file.metadata.num_row_groups == len(lines())


def test_no_lines_are_a_file_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "scan.parquet"
    assert parquet.write((), str(path)) == 0
    assert table(path).num_rows == 0


def test_a_time_that_is_none_is_null(tmp_path: Path) -> None:
    path = tmp_path / "scan.parquet"
    document = json.loads(lines()[0])
    for claimed in ("soon", "9999-12-31T23:59:59Z"):
        document["tls"]["certificate"]["not_after"] = claimed
        parquet.write([json.dumps(document).encode()], str(path))
        last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
        assert table(path).column("tls_certificate_not_after").to_pylist() == [None if claimed == "soon" else last]


def test_a_file_that_cannot_be_written_is_one_sentence_and_the_old_one_stays(tmp_path: Path) -> None:
    with pytest.raises(ScanError, match=r"cannot be written \(.*\): name another file with --parquet\."):
        parquet.write(lines(), str(tmp_path / "no" / "scan.parquet"))
    with pytest.raises(ScanError, match=r"cannot be written \(Is a directory\)"):
        parquet.write(lines(), str(tmp_path))
    path = tmp_path / "scan.parquet"
    parquet.write(lines(), str(path))
    whole = path.read_bytes()

    def broken() -> Any:
        yield lines()[0]
        raise ScanError("the input ended.")

    with pytest.raises(ScanError, match="the input ended"):
        parquet.write(broken(), str(path))
    assert path.read_bytes() == whole
    assert os.listdir(tmp_path) == ["scan.parquet"]


def test_pyarrow_that_is_not_installed_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ScanError, match=r"cannot be written without pyarrow: install smtpprobe\[scan\]\."):
        parquet.write(lines(), str(tmp_path / "scan.parquet"))


def test_pyarrow_is_loaded_only_to_write() -> None:
    code = "import sys, smtpprobe.scan.parquet; print('pyarrow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"
