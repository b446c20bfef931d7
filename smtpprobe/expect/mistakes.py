"""What is wrong with a file of expectations, in one sentence that names the place. Nothing is mended here."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from smtpprobe.expect.file import Table
from smtpprobe.expectation import Place

Path = tuple[str | int, ...]

_LONGEST_WORD = 60
_WORDS = {str: "a text", int: "a number", float: "a number", bool: "true or false"}


class Mistake(ValueError):  # noqa: N818  # it is the user's, not the program's
    """What is wrong and what to do next, in one sentence; ``place`` is where it stands, as far as that is known."""

    def __init__(self, words: str, place: Place | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.place = place

    def __str__(self) -> str:
        return self.words if self.place is None else f"{self.place.file}:{self.place.line}: {self.words}"


def quoted(word: object) -> str:
    """A user's word, fit for a terminal and cut to a bearable length."""
    return ascii(str(word)[:_LONGEST_WORD])


def nearest(word: str, known: Iterable[str]) -> str:
    """How a sentence about an unknown word ends."""
    names = list(known)
    near = get_close_matches(word[:_LONGEST_WORD], names, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}."


def misfit(value: object, kind: Any, path: Path = ()) -> tuple[Path, str] | None:
    """The first key or value that does not fit its type, with what is wrong about it; None where all fit."""
    table = next((one for one in _alternatives(kind) if _is_table(one)), None)
    if table is not None and isinstance(value, dict):
        return _in_table(value, table, path)
    items = next((one for one in _alternatives(kind) if get_origin(one) is tuple), None)
    if items is not None and isinstance(value, list):
        return _first(misfit(one, get_args(items)[0], (*path, place)) for place, one in enumerate(value))
    if get_origin(kind) is dict and isinstance(value, dict):
        return _first(misfit(one, get_args(kind)[1], (*path, name)) for name, one in value.items())
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return path, _wrong(value, kind, path)
    return None


def _in_table(value: dict[str, Any], table: type[Table], path: Path) -> tuple[Path, str] | None:
    kinds = get_type_hints(table)
    for name, one in value.items():
        if name not in table.__struct_fields__:
            around = [step for step in path if isinstance(step, str)]
            where = f" of {quoted(around[-1])[1:-1]}" if around else ""
            return (*path, name), f"{quoted(name)} is no key{where}: {nearest(name, table.__struct_fields__)}"
        if found := misfit(one, kinds[name], (*path, name)):
            return found
    for field in msgspec.structs.fields(table):
        if field.required and field.name not in value:
            return path, f"the key {field.name} is missing here: add it."
    return None


def _first(found: Iterable[tuple[Path, str] | None]) -> tuple[Path, str] | None:
    return next(filter(None, found), None)


def _wrong(value: object, kind: Any, path: Path) -> str:
    name = quoted(next((step for step in reversed(path) if isinstance(step, str)), "this"))[1:-1]
    words = [str(word) for one in _alternatives(kind) if get_origin(one) is Literal for word in get_args(one)]
    if words and isinstance(value, str):
        return f"{name} cannot be {quoted(value)}: {nearest(value, words)}"
    # Where a table should be there may be a secret.
    given = "a text" if isinstance(value, str) and any(map(_is_table, _alternatives(kind))) else quoted(value)
    return f"{name} cannot be {given}: it takes {' or '.join(dict.fromkeys(_described(kind)))}."


def _described(kind: Any) -> Iterator[str]:
    for one in _alternatives(kind):
        origin = get_origin(one)
        if origin is Literal:
            yield ", ".join(map(str, get_args(one)))
        elif origin is tuple:
            yield f"a list, of {' or '.join(dict.fromkeys(_described(get_args(one)[0])))}"
        elif _is_table(one) or origin is dict:
            yield "a table"
        elif one in _WORDS:
            yield _WORDS[one]


def _alternatives(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (types.UnionType, typing.Union) else (kind,)


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Table)
