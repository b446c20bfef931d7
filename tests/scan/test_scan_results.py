"""The file of a shard: written once, whole under its last name, and its lines are found again after a crash."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.results import ResultFile, discard, prepare, remove, salvaged


def test_a_file_has_its_last_name_when_it_is_whole(tmp_path: Path) -> None:
    file = ResultFile(tmp_path, 3, 1)
    file.add(b"one\n")
    assert not list(tmp_path.glob("*.jsonl"))
    file.add(b"two\n")
    path = file.finish()
    assert path.read_bytes() == b"one\ntwo\n"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_kept_in_memory_is_bounded(tmp_path: Path) -> None:
    file = ResultFile(tmp_path, 0, 1)
    for _ in range(100):
        file.add(b"x" * 999 + b"\n")
    (part,) = tmp_path.iterdir()
    assert part.stat().st_size >= 65_536
    assert len(file.finish().read_bytes()) == 100_000


def test_two_workers_that_had_the_same_shard_do_not_mix_their_lines(tmp_path: Path) -> None:
    lost, other = ResultFile(tmp_path, 0, 1), ResultFile(tmp_path, 0, 2)
    lost.add(b"lost\n")
    lost.flush()
    other.add(b"other\n")
    assert other.finish().read_bytes() == b"other\n"
    discard(tmp_path, 0, 1)
    assert len(list(tmp_path.iterdir())) == 1


def test_after_a_crash_whole_lines_are_found_again(tmp_path: Path) -> None:
    whole, part = ResultFile(tmp_path, 0, 1), ResultFile(tmp_path, 1, 1)
    whole.add(b"one\n")
    whole.finish()
    part.add(b"two\n")
    part.add(b"cut o")
    part.flush()
    assert list(salvaged(tmp_path)) == [b"one\n", b"two\n"]


def test_nothing_is_salvaged_where_nothing_was(tmp_path: Path) -> None:
    assert list(salvaged(tmp_path / "missing")) == []


def test_a_folder_is_made_and_emptied_of_results_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    prepare(folder)
    (folder / "shard-00000000.1.part").write_bytes(b"old\n")
    (folder / "notes").write_text("mine")
    prepare(folder)
    assert [path.name for path in folder.iterdir()] == ["notes"]
    remove(folder)
    assert folder.exists(), "there is something in it"
    (folder / "notes").unlink()
    remove(folder)
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ScanError, match=r"cannot be written .*: make room there, then give the same command again"):
        prepare(tmp_path / "file" / "folder")
    gone = ResultFile(tmp_path / "missing", 0, 1)
    gone.add(b"line\n")
    with pytest.raises(ScanError, match=r"missing cannot be written \(No such file or directory\)"):
        gone.flush()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full disk to try")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    file = ResultFile(tmp_path, 0, 1)
    os.symlink("/dev/full", tmp_path / "shard-00000000.1.part")
    with pytest.raises(ScanError, match="No space left on device"):
        file.add(b"x" * 70_000)
