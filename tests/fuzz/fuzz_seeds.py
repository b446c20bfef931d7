"""Where fuzzing begins: fixtures, examples, the catalogue's samples, and the lines that the readers' tests read.

Only what lies in this repository; nothing is made up here.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "segmentation"))
from seg_transcript import Turn as Turn
from seg_transcript import load, names, written

ROOT = Path(__file__).resolve().parents[2]
#: Longer seeds are cut: what is short is fuzzed fast.
LONGEST = 1_500
_SAMPLES = frozenset({"sample", "samples", "near_miss", "near_misses"})
_LINES_OF_A_LOG = 12


@cache
def connections() -> tuple[tuple[Turn, ...], ...]:
    """What was said on each connection of the transcripts."""
    return tuple(turns for name in names() for turns in load(name).connections)


@cache
def replies() -> tuple[bytes, ...]:
    """Replies as servers send them, out of transcripts and personalities, and wordings that the catalogue knows."""
    heard = [turn.said for turns in connections() for turn in turns]
    told = [_as_reply(text) for file in sorted((ROOT / "fixtures/servers").glob("*.toml")) for text in _texts(file)]
    samples = [_as_reply(text) for text in _samples("smtpprobe/catalogue/dialects")]
    return tuple(dict.fromkeys(one[:LONGEST] for one in (*heard, *told, *samples) if one))


@cache
def ehlo_replies() -> tuple[bytes, ...]:
    """What the transcripts' servers and the personalities promise."""
    heard = [
        turn.said for turns in connections() for turn in turns if turn.sent[:1] and turn.sent[0].startswith(b"EHLO")
    ]
    files = sorted((ROOT / "fixtures/servers").glob("*.toml"))
    told = [tomllib.loads(file.read_text()).get("ehlo", {}).values() for file in files]
    lists = [["mx.example.org", *words] for values in told for words in values if isinstance(words, list)]
    made = ["".join(f"250-{word}\r\n" for word in words).encode() + b"250 HELP\r\n" for words in lists]
    return tuple(dict.fromkeys((*heard, *made)))


@cache
def texts() -> tuple[bytes, ...]:
    """What people give to `explain`: logs, dialogues, errors, bounces."""
    lines = (ROOT / "examples/mail.log").read_text().splitlines(keepends=True)
    logs = ["".join(lines[n : n + _LINES_OF_A_LOG]) for n in range(0, len(lines), 10 * _LINES_OF_A_LOG)]
    whole = [(ROOT / "examples/refused_dialogue.txt").read_text()]
    whole += [written(load(name)) for name in names()]
    whole += [file.read_text() for file in sorted((ROOT / "fixtures").rglob("golden/explain*.txt"))]
    quoted = [text for file in sorted((ROOT / "tests/explain").rglob("*.py")) for text in _literals(file)]
    samples = [
        text
        for room in ("dialects", "faults", "wordings", "reasons")
        for text in _samples(f"smtpprobe/catalogue/{room}")
    ]
    return tuple(
        dict.fromkeys(one.encode("utf-8", "backslashreplace")[:LONGEST] for one in (*logs, *whole, *quoted, *samples))
    )


def _as_reply(text: str) -> bytes:
    """``250 a`` or ``250-a\\n250 b`` with the line ends of the wire; nothing where no code begins it."""
    if not (text[:3].isascii() and text[:3].isdigit() and text[3:4] in ("", " ", "-")):
        return b""
    return b"".join(line.encode() + b"\r\n" for line in text.splitlines())


def _texts(file: Path) -> Iterator[str]:
    """Every string of a TOML file."""
    waiting: list[Any] = [tomllib.loads(file.read_text())]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            yield "\n".join([one for one in value if isinstance(one, str)])
            waiting += value


def _samples(folder: str) -> Iterator[str]:
    """The samples and near misses that entries of the catalogue carry."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.keyword) and node.arg in _SAMPLES:
                yield from (
                    one.value
                    for one in ast.walk(node.value)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )


def _literals(file: Path) -> Iterator[str]:
    """The longer strings of a module: in the tests of a reader they are lines that it reads."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 30:
            yield node.value
