"""The output of a scan: whatever is torn off its end, what is left is whole lines, and nothing whole is lost."""

from __future__ import annotations

import errno
import gzip
import io
import os
import re
import resource
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.scan import framing, writing
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.writing import Output, lines_of, recover

KINDS = ("out.jsonl", "out.jsonl.gz", "out.jsonl.zst")
every_kind = pytest.mark.parametrize("name", KINDS)
LINE = st.binary(min_size=0, max_size=60).map(lambda octets: octets.replace(b"\n", b"") + b"\n")
FLUSHES = st.lists(st.lists(LINE, min_size=1, max_size=5), max_size=6)


def written(path: Path, flushes: list[list[bytes]]) -> list[int]:
    """How long the file is after each flush."""
    output = Output(str(path), 0)
    ends = []
    for lines in flushes:
        for line in lines:
            output.write(line)
        ends.append(output.flush())
    output.close()
    return ends


def unpacked(path: Path) -> bytes:
    """What another reader finds in the file."""
    octets = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(octets)
    if path.suffix == ".zst":
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(octets), read_across_frames=True) as reader:
            return reader.read()
    return octets


@every_kind
@given(flushes=FLUSHES)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, name: str, flushes: list[list[bytes]]
) -> None:
    path = tmp_path_factory.mktemp("scan") / name
    ends = written(path, flushes)
    lines = [line for flush in flushes for line in flush]
    assert unpacked(path) == b"".join(lines)
    assert list(lines_of(str(path))) == lines
    assert ends == sorted(set(ends))
    assert path.stat().st_size == (ends[-1] if ends else 0)


@every_kind
@given(flushes=FLUSHES, data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_file_cut_anywhere_goes_on_with_what_is_whole(
    tmp_path_factory: pytest.TempPathFactory, name: str, flushes: list[list[bytes]], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("scan") / name
    ends = [0, *written(path, flushes)]
    size = data.draw(st.integers(0, ends[-1]), label="size")
    noted = data.draw(st.sampled_from([end for end in ends if end <= size]), label="noted")
    os.truncate(path, size)

    kept, beyond = recover(str(path), noted)
    lines = [line for flush in flushes[ends.index(noted) :] for line in flush]
    frames = list(accumulate(map(len, lines), initial=noted)) if name.endswith(".jsonl") else ends
    assert kept == max(end for end in frames if end <= size)
    again = list(beyond)
    assert again == lines[: len(again)]
    assert list(lines_of(str(path))) == [line for flush in flushes[: ends.index(noted)] for line in flush] + again

    output = Output(str(path), kept)
    output.write(b"the next one\n")
    end = output.flush()
    output.close()
    assert path.stat().st_size == end
    assert list(lines_of(str(path)))[-1] == b"the next one\n"
    assert unpacked(path).count(b"\n") == len(list(lines_of(str(path))))


@every_kind
def test_nothing_to_flush_writes_nothing(tmp_path: Path, name: str) -> None:
    output = Output(str(tmp_path / name), 0)
    assert output.flush() == 0
    output.write(b"{}\n")
    assert output.pending == 3
    end = output.flush()
    assert output.pending == 0
    assert output.flush() == end > 0
    output.close()
    assert (tmp_path / name).stat().st_size == end


@every_kind
def test_a_file_that_is_shorter_than_noted_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    end = written(path, [[b"a\n"], [b"b\n"]])[-1]
    with pytest.raises(ScanError, match=f"had written {end + 1}: put the file back, or begin anew with --again"):
        recover(str(path), end + 1)
    path.unlink()
    with pytest.raises(ScanError, match="has 0 octets"):
        recover(str(path), end)
    kept, beyond = recover(str(path), 0)
    assert (kept, list(beyond)) == (0, [])


@every_kind
def test_what_a_machine_without_power_leaves_is_cut_off(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    end = written(path, [[b'{"a":1}\n'], [b'{"b":2}\n']])[-1]
    with path.open("ab") as file:
        file.write(bytes(5000))
    kept, beyond = recover(str(path), end)
    assert (kept, list(beyond)) == (end, [])


@pytest.mark.parametrize("name", KINDS[1:])
def test_a_damaged_frame_is_told_where_it_begins(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    lines = [b'{"number": %d}\n' % n for n in range(500)]
    first, end = written(path, [lines[:250], lines[250:]])
    octets = bytearray(path.read_bytes())
    octets[(first + end) // 2] ^= 0xFF
    path.write_bytes(octets)
    with pytest.raises(ScanError, match="is damaged"):
        list(lines_of(str(path)))
    kept, beyond = recover(str(path), 0)
    assert kept == first
    assert list(beyond) == lines[:250]


@pytest.mark.parametrize("name", KINDS[1:])
@given(lines=st.lists(LINE, max_size=20), data=st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_a_file_is_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, name: str, lines: list[bytes], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("scan") / name
    frame = framing.framing_of(name).frame
    octets = bytearray(frame(b"".join(lines)) + frame(b"last\n"))
    place = data.draw(st.integers(0, len(octets) - 1))
    octets[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    path.write_bytes(octets)
    kept, beyond = recover(str(path), 0)
    assert 0 <= kept <= len(octets)
    whole = list(beyond)
    refused = ""
    try:
        assert list(lines_of(str(path))) == whole
    except ScanError as error:
        refused = str(error)
    assert refused == "" or re.search(r"is damaged at octet [0-9,]+: .*`truncate -s [0-9]+`", refused)


def test_other_programs_frames_are_read(tmp_path: Path) -> None:
    skipped = (0x184D2A5B).to_bytes(4, "little") + (3).to_bytes(4, "little") + b"abc"
    many = b"".join(b"line %d\n" % n for n in range(60_000))
    with_window = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    unsized = with_window.compress(many) + with_window.flush()
    same = zstandard.ZstdCompressor().compress(b"x" * 300_000 + b"\n")
    path = tmp_path / "other.zst"
    path.write_bytes(unsized + skipped + zstandard.compress(b"") + same + skipped)
    assert b"".join(lines_of(str(path))) == many + b"x" * 300_000 + b"\n"
    packed = tmp_path / "other.gz"
    packed.write_bytes(gzip.compress(many) + gzip.compress(b"") + gzip.compress(b"last\n"))
    assert b"".join(lines_of(str(packed))) == many + b"last\n"


@pytest.mark.parametrize("pack", [zlib.compress, zstandard.compress], ids=["gz", "zst"])
def test_a_line_without_end_fills_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / ("bomb.zst" if pack is zstandard.compress else "bomb.gz")
    bomb = bytes(8 << 20)
    path.write_bytes(pack(bomb) if pack is zstandard.compress else gzip.compress(bomb))
    monkeypatch.setattr(writing, "LONGEST_LINE", 1 << 20)
    with pytest.raises(ScanError, match="a line of more than 1 MiB"):
        list(lines_of(str(path)))
    with path.open("rb") as file:
        kind = framing.framing_of(str(path))
        assert max(map(len, kind.pieces(file, 0, path.stat().st_size))) <= framing.PIECE


@every_kind
def test_what_cannot_be_opened_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        ScanError, match=r"cannot be written \(No such file or directory\): name another file with -o\."
    ):
        Output(str(tmp_path / "no" / name), 0)
    with pytest.raises(ScanError, match=r"cannot be read \(No such file or directory\)"):
        list(lines_of(str(tmp_path / name)))
    with pytest.raises(ScanError, match="cannot be read"):
        recover(str(tmp_path), 0)
    with pytest.raises(ScanError, match="cannot be written"):
        Output(f"{tmp_path}/\0{name}", 0)


@every_kind
def test_a_full_disk_leaves_whole_frames_and_the_rest_can_be_written_later(tmp_path: Path, name: str) -> None:
    """The limit on the size of a file stands for the disk: the system writes what has room, then no more."""
    path = tmp_path / name
    code = f"""
import os, resource, signal
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.writing import Output
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
output = Output({str(path)!r}, 0)
output.write(b"first\\n")
good = output.flush()
resource.setrlimit(resource.RLIMIT_FSIZE, (good + 3, resource.RLIM_INFINITY))
output.write(b"second, which has no room\\n")
try:
    output.flush()
except ScanError as error:
    print(error)
print(os.stat({str(path)!r}).st_size == good)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(output.flush() > good)
output.close()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    words, *rest = done.stdout.splitlines()
    assert words == (
        f"{path} cannot be completed ({os.strerror(errno.EFBIG)}): make room, then give the same command again, which "
        "goes on where this one ended."
    )
    assert rest == ["True", "True"]
    assert list(lines_of(str(path))) == [b"first\n", b"second, which has no room\n"]


def test_a_device_is_written_as_it_comes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        output = Output(str(pipe), 0)
        output.write(b"{}\n")
        assert output.flush() == 3
        output.close()
        assert os.read(reader, 100) == b"{}\n"
        assert recover("/dev/null", 0)[0] == 0
    finally:
        os.close(reader)


def test_standard_output_is_safe_for_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(None, 0)
    output.write('{"said":"\u202eabc\x9b"}\n'.encode())
    assert output.flush() > 0
    output.close()
    assert capsys.readouterr().out == '{"said":"\\u202eabc\\u009b"}\n'


def test_zstandard_that_is_not_installed_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(ScanError, match=r"out\.zst .* install smtpprobe\[scan\], or name a file that ends in \.gz"):
        Output(str(tmp_path / "out.zst"), 0)
    assert not (tmp_path / "out.zst").exists()


@every_kind
def test_killed_at_any_moment_the_file_goes_on(tmp_path: Path, name: str) -> None:
    """A process that writes without pause is killed; the next one goes on, and no number is missing or repeated."""
    path = tmp_path / name
    code = f"""
import json, sys
from smtpprobe.scan.writing import Output, recover
kept, beyond = recover({str(path)!r}, int(sys.argv[1]))
number = int(sys.argv[2]) + sum(1 for _ in beyond)
output = Output({str(path)!r}, kept)
while True:
    for _ in range(50):
        output.write(b'{{"number": %d}}\\n' % number)
        number += 1
    print(output.flush(), number, flush=True)
"""
    noted, number = "0", "0"
    for rounds in (1, 3, 7):
        arguments = [sys.executable, "-c", code, noted, number]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(rounds):
                noted, number = process.stdout.readline().split()
            process.send_signal(signal.SIGKILL)
    kept, beyond = recover(str(path), int(noted))
    total = int(number) + len(list(beyond))
    os.truncate(path, kept)
    assert unpacked(path) == b"".join(b'{"number": %d}\n' % n for n in range(total))


def test_a_large_frame_is_recovered_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.zst"
    written(path, [[b"x" * 99 + b"\n" for _ in range(10_000)] * 40])
    code = f"""
import resource
from smtpprobe.scan.writing import recover
from smtpprobe.scan import framing
framing.framing_of("a.zst").frame(b"warm")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
kept, beyond = recover({str(path)!r}, 0)
print(sum(1 for _ in beyond), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    lines, kilobytes = map(int, done.stdout.split())
    assert lines == 400_000
    assert kilobytes < 16_000 or resource.getpagesize() > 4096
