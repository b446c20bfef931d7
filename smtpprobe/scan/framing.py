"""What an output is made of: lines as they are, members of gzip (RFC 1952 2.2), or frames of Zstandard (RFC 8878 3.1).

Each flush of a scan makes one frame that can be read without those behind it, so that a file cut between two frames is
whole. In a plain file every line is a frame. Nothing of a frame is held in memory as a whole, whoever wrote the file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, Protocol, cast

from smtpprobe.scan.errors import ScanError

PIECE = 1 << 18
_ZSTANDARD_MAGIC = 0xFD2FB528
# Sixteen numbers mark a frame that holds no data and is skipped (RFC 8878 3.1.2).
_SKIPPED_MAGIC = 0x184D2A5
_DICTIONARY_ID_OCTETS = (0, 1, 2, 4)
_CONTENT_SIZE_OCTETS = (0, 2, 4, 8)
_RLE_BLOCK, _RESERVED_BLOCK = 1, 3


class DamageError(Exception):
    """A frame is not what it should be. ``at`` is the octet where it begins: what stands before it is whole."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class Framing(Protocol):
    """One way to write lines into a file and to read them again."""

    def frame(self, octets: bytes) -> bytes:
        """These octets as one frame."""

    def whole(self, file: BinaryIO, start: int) -> int:
        """Where the last whole frame ends, ``start`` being the end of one. What a kill left behind it is torn.

        Raises DamageError for what no kill leaves behind.
        """

    def pieces(self, file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
        """What the whole frames from ``start`` to ``end`` hold, in pieces of at most ``PIECE`` octets.

        Raises DamageError for a frame that is not what it should be.
        """


def framing_of(path: str) -> Framing:
    """How a file of this name is written: ``.gz`` and ``.zst`` are compressed, all others are not.

    Raises ScanError where what compresses is not installed.
    """
    if path.endswith(".gz"):
        return _Gzip()
    return _Zstandard(path) if path.endswith(".zst") else _Plain()


class _Plain:
    """Lines as they are."""

    def frame(self, octets: bytes) -> bytes:
        return octets

    def whole(self, file: BinaryIO, start: int) -> int:
        end = file.seek(0, 2)
        while end > start:
            at = max(end - PIECE, start)
            file.seek(at)
            found = file.read(end - at).rfind(b"\n")
            if found >= 0:
                return at + found + 1
            end = at
        return start

    def pieces(self, file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
        file.seek(start)
        while start < end and (piece := file.read(min(PIECE, end - start))):
            start += len(piece)
            yield piece


class _Gzip:
    """A member a flush, with its CRC-32 and length (RFC 1952 2.3.1)."""

    def frame(self, octets: bytes) -> bytes:
        return zlib.compress(octets, wbits=31)

    def whole(self, file: BinaryIO, start: int) -> int:
        end = start
        for place, _ in self._read(file, start, file.seek(0, 2)):
            end = max(end, place)
        return end

    def pieces(self, file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
        return (piece for _, piece in self._read(file, start, end) if piece)

    def _read(self, file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Pieces, each with the place behind its member where it is the last one of it, else 0."""
        file.seek(start)
        at, given, inflater = start, b"", zlib.decompressobj(wbits=31)
        left = end - start
        while given or left:
            if not given:
                given = file.read(min(PIECE, left))
                if not given:
                    return
                left -= len(given)
            try:
                piece = inflater.decompress(given, PIECE)
            except zlib.error:
                raise DamageError(at) from None
            given = inflater.unconsumed_tail
            if not inflater.eof:
                yield 0, piece
                continue
            given = inflater.unused_data
            at = file.tell() - len(given)
            inflater = zlib.decompressobj(wbits=31)
            yield at, piece


class _Zstandard:
    """A frame a flush, with a checksum of what it holds (RFC 8878 3.1.1)."""

    def __init__(self, path: str) -> None:
        try:
            import zstandard
        except ImportError:
            raise ScanError(
                f"{path} cannot be written or read without zstandard: install smtpprobe[scan], or name a file that ends"
                " in .gz."
            ) from None
        self._library = zstandard
        self._compressor = zstandard.ZstdCompressor(write_checksum=True)

    def frame(self, octets: bytes) -> bytes:
        return self._compressor.compress(octets)

    def whole(self, file: BinaryIO, start: int) -> int:
        size = file.seek(0, 2)
        while (end := _frame_end(file, start)) <= size and end > start:
            # A machine that lost its power may leave a frame of the right length with other octets in it.
            for _ in self.pieces(file, start, end):
                pass
            start = end
        return start

    def pieces(self, file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
        part = cast("IO[bytes]", _Part(file, start, end))
        reader = self._library.ZstdDecompressor().stream_reader(part, read_across_frames=True, closefd=False)
        try:
            while piece := reader.read(PIECE):
                yield piece
        except self._library.ZstdError:
            raise DamageError(start) from None


class _Part:
    """The octets of a file from one place to another, as a source that can be read from."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file, self._at, self._end = file, start, end

    def read(self, size: int) -> bytes:
        self._file.seek(self._at)
        octets = self._file.read(min(size, self._end - self._at))
        self._at += len(octets)
        return octets


def _frame_end(file: BinaryIO, start: int) -> int:
    """Where the frame ends that begins at ``start``, going by the sizes that are written in it.

    It may lie behind the end of the file, where the frame is torn; ``start`` itself where nothing begins there. Raises
    DamageError where no frame begins.
    """
    file.seek(start)
    head = file.read(18)
    if len(head) < 5:
        return start if not head else start + 18
    magic = int.from_bytes(head[:4], "little")
    if magic >> 4 == _SKIPPED_MAGIC:
        return start + 8 + int.from_bytes(head[4:8].ljust(4, b"\0"), "little")
    if magic != _ZSTANDARD_MAGIC:
        raise DamageError(start)
    # RFC 8878 3.1.1.1.1: what the descriptor says of the fields behind it.
    descriptor = head[4]
    single_segment = bool(descriptor & 0x20)
    content_size = _CONTENT_SIZE_OCTETS[descriptor >> 6] or int(single_segment)
    at = start + 5 + (not single_segment) + _DICTIONARY_ID_OCTETS[descriptor & 3] + content_size
    last = False
    while not last:
        file.seek(at)
        header = file.read(3)
        if len(header) < 3:
            return at + 3
        number = int.from_bytes(header, "little")
        last, kind, size = bool(number & 1), number >> 1 & 3, number >> 3
        if kind == _RESERVED_BLOCK:
            raise DamageError(start)
        at += 3 + (1 if kind == _RLE_BLOCK else size)
    return at + (4 if descriptor & 4 else 0)
