"""Transcripts of SMTP connections, as a person reads and writes them: docs/transcripts.md tells the format."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).resolve().parents[2] / "fixtures/transcripts"
CLOSE, RESET, TLS = "close", "reset", "tls"
_CONNECTION = "connection"
_ESCAPE = re.compile(r"\\(x[0-9a-f]{2}|[rn0\\])")
_PLAIN = {"r": b"\r", "n": b"\n", "0": b"\0", "\\": b"\\"}
_ODD = re.compile(rb"[^ -\[\]-~]| \Z")


class Turn(Struct, frozen=True):
    """The commands that went out together, all octets that came back, and what the server did then.

    No commands: the server speaks first. ``then`` is CLOSE, RESET, TLS (the handshake follows) or "".
    """

    sent: tuple[bytes, ...]
    said: bytes
    then: str = ""


class Transcript(Struct, frozen=True):
    """The connections of one run, each its turns in order."""

    about: tuple[str, ...]
    connections: tuple[tuple[Turn, ...], ...]


class TranscriptError(ValueError):
    """A line that is none of the format."""


def read(text: str) -> Transcript:
    """The transcript that a text tells. Raises TranscriptError, with the number of the line."""
    about: list[str] = []
    connections: list[list[Turn]] = []
    sent: list[bytes] = []
    said = b""

    def end_turn(then: str = "") -> None:
        nonlocal said
        if sent or said or then:
            connections[-1].append(Turn(tuple(sent), said, then))
        sent.clear()
        said = b""

    for number, line in enumerate(text.split("\n"), 1):
        mark, _, rest = line.partition(" ")
        kind, _, words = rest.partition(" ")
        if line.startswith("#"):
            about.append(line[1:].strip())
        elif mark == "==" and rest == _CONNECTION:
            if connections:
                end_turn()
            connections.append([])
        elif mark == "==" and rest in (CLOSE, RESET, TLS) and connections:
            end_turn(rest)
        elif mark == "c" and kind == "->" and connections:
            if said:
                end_turn()
            sent.append(decoded(words))
        elif mark == "s" and kind in ("<-", "<=") and connections:
            said += decoded(words) + (b"\r\n" if kind == "<-" else b"")
        elif line.strip():
            raise TranscriptError(f"line {number} is no line of a transcript: {line!r}")
    if connections:
        end_turn()
    return Transcript(tuple(about), tuple(map(tuple, connections)))


def written(transcript: Transcript) -> str:
    """The text that ``read`` reads as this transcript."""
    rows = [f"# {line}".rstrip() for line in transcript.about]
    for turns in transcript.connections:
        rows += ["", f"== {_CONNECTION}"]
        for turn in turns:
            rows += [f"c -> {encoded(line)}".rstrip() for line in turn.sent]
            rows += [_row(line) for line in _lines(turn.said)]
            rows += [f"== {turn.then}"] if turn.then else []
    return "\n".join(rows) + "\n"


def load(name: str) -> Transcript:
    """One of ``fixtures/transcripts``."""
    return read((FOLDER / f"{name}.txt").read_text("ascii"))


def names() -> list[str]:
    """Those that there are."""
    return sorted(file.stem for file in FOLDER.glob("*.txt"))


def encoded(octets: bytes) -> str:
    """Octets as printable ASCII: ``\\r``, ``\\n``, ``\\0``, ``\\\\``, ``\\xNN``; a space at the end is odd too."""
    plain = {value: f"\\{key}" for key, value in _PLAIN.items()}
    return _ODD.sub(lambda m: plain.get(m[0], f"\\x{m[0][0]:02x}").encode(), octets).decode("ascii")


def decoded(text: str) -> bytes:
    """The octets that are meant."""
    if "\\" in _ESCAPE.sub("", text):
        raise TranscriptError(f"an escape that is none in {text!r}: \\r, \\n, \\0, \\\\ and \\xNN are")
    parts = _ESCAPE.split(text)
    octets = [part.encode("ascii") if n % 2 == 0 else _unescaped(part) for n, part in enumerate(parts)]
    return b"".join(octets)


def _unescaped(word: str) -> bytes:
    return bytes([int(word[1:], 16)]) if word[0] == "x" else _PLAIN[word]


def _lines(said: bytes) -> list[bytes]:
    *lines, rest = said.split(b"\n")
    return [line + b"\n" for line in lines] + ([rest] if rest else [])


def _row(line: bytes) -> str:
    whole = line.endswith(b"\r\n")
    return f"s {'<-' if whole else '<='} {encoded(line[:-2] if whole else line)}".rstrip()
