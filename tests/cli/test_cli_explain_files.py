"""Files that are none, that never end, or that hold more than they seem to: `explain` reads within bounds."""

from __future__ import annotations

import gzip
import os
import socket
import zipfile
from pathlib import Path

import pytest
from cli_calls import invoke, refused

from smtpprobe.explain.text import NOTHING

MESSAGE = b"From: a@example.org\nSubject: Undelivered Mail\n\n<b@example.org>: 550 5.1.1 User unknown\n"


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev/random"])
def test_a_device_is_not_read(name: str) -> None:
    assert "it is a device" in refused("explain", "--file", name)


def test_a_socket_and_a_loop_are_no_files(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        assert "cannot be read" in refused("explain", "--file", str(tmp_path / "socket"))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "cannot be read" in refused("explain", "--file", str(tmp_path / "loop"))


def test_in_a_folder_only_files_are_messages(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a-pipe")
    (tmp_path / "b-loop").symlink_to(tmp_path / "b-loop")
    (tmp_path / "c-zero").symlink_to("/dev/zero")
    (tmp_path / "d-nowhere").symlink_to(tmp_path / "nowhere")
    (tmp_path / "e-folder").symlink_to(tmp_path)
    (tmp_path / "f.eml").write_bytes(MESSAGE)
    ended = invoke("explain", "--quiet", "--file", str(tmp_path))
    assert (ended.status, ended.stderr) == (0, "")
    assert ended.stdout.count("5.1.1") == 1


def test_a_packed_file_that_unfolds_to_very_much_costs_no_memory(tmp_path: Path) -> None:
    import resource

    place = tmp_path / "bomb.gz"
    with gzip.open(place, "wb", 9) as bomb:
        bomb.write(b"550 5.7.1 Relay access denied\n")
        for _ in range(100):
            bomb.write(bytes(1 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ended = invoke("explain", "--quiet", "--file", str(place))
    assert ended.status == 0
    assert "5.7.1" in ended.stdout
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_an_archive_is_told_to_hold_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "mails.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.eml", MESSAGE * 100)
    assert refused("explain", "--file", str(tmp_path / "mails.zip")) == NOTHING


def test_a_mailbox_of_many_messages(tmp_path: Path) -> None:
    place = tmp_path / "mbox"
    place.write_bytes((b"From a@example.org Mon Mar  2 10:00:00 2026\n" + MESSAGE + b"\n") * 3_000)
    ended = invoke("explain", "--file", str(place), env={"COLUMNS": "80"})
    assert ended.status == 0
    assert "3,000" in ended.stdout
