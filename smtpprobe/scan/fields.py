"""A line of a scan made flat: the fields that were asked for, each under its path as the key.

A path is the names that lead to a field, with dots between them; lists on the way are walked. Which paths there are,
and of which type each is, follows from the structs of the line.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct, inspect

from smtpprobe.outcome import Stage
from smtpprobe.render import json
from smtpprobe.render.scan_document import ScanDocument
from smtpprobe.scan.errors import ScanError

#: What stands in every line: whom it is about, and what the summary counts of a scan that was killed and goes on.
IDENTITY = ("unit.address", "unit.port", "target.text", "outcome")
DEFAULT = (
    *IDENTITY,
    "unit.tls",
    "unit.lmtp",
    "names.text",
    "names.host",
    "started",
    "attempts",
    "failure.stage",
    "failure.kind",
    "software.name",
    "software.version",
    "capabilities.clear.keyword",
    "capabilities.tls.keyword",
    "tls.version",
    "tls.cipher",
    "tls.certificate.subject",
    "tls.certificate.issuer",
    "tls.certificate.not_after",
    "tls.certificate.days_left",
    "tls.certificate.error",
    "findings.rule",
    "timing.total_ms",
)
_LONGEST_SHOWN = 100


class Leaf(Struct, frozen=True):
    """A field: ``type`` is str, int, float or bool. ``listed``: a line may have any number of them.

    ``counted``: a list stands there, and the field is how many objects it has.
    """

    path: str
    type: type
    listed: bool = False
    counted: bool = False


class Identity(Struct, frozen=True):
    """Whom a line is about: a server, or, where ``address`` is "", the name ``text`` that leads to none."""

    address: str
    port: int
    tls: str
    lmtp: bool
    text: str


class _Unit(Struct, frozen=True):
    address: str
    port: int
    tls: str
    lmtp: bool


class _Target(Struct, frozen=True):
    text: str


class _Whole(Struct, frozen=True):
    unit: _Unit | None
    target: _Target


def identity(line: bytes) -> Identity:
    """Whom a whole line is about. Raises ScanError for what is none."""
    try:
        whole = _IDENTITIES.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ScanError(f"A line of the output is none that a scan writes ({error}): name another file.") from None
    unit = whole.unit or _Unit("", 0, "", False)
    return Identity(unit.address, unit.port, unit.tls, unit.lmtp, whole.target.text)


class Projection:
    """Some fields of a line: those of IDENTITY, then ``paths``, without repetition.

    Raises ScanError for a path that no line has, naming the nearest that one has.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        every = leaves()
        self.leaves = tuple([_leaf(path, every) for path in dict.fromkeys((*IDENTITY, *paths))])
        root = _Node()
        for leaf in self.leaves:
            root.add(leaf, leaf.path.split("."))
        self._decoder = msgspec.json.Decoder(root.type())
        self._getters = [(leaf.path, leaf.listed, root.getter(leaf.path.split("."))) for leaf in self.leaves]

    def values(self, line: bytes) -> list[Any]:
        """What a whole line has of each leaf, in their order; None where it has nothing, a list where it is listed."""
        decoded = self._decoder.decode(line)
        return [_flat(get(decoded)) if listed else get(decoded) for _, listed, get in self._getters]

    def line(self, line: bytes) -> bytes:
        """The flat JSON object of a whole line, with its line end, fit for a terminal.

        A list stands as one string with commas between its items.
        """
        decoded = self._decoder.decode(line)
        flat = {path: _joined(get(decoded)) if listed else get(decoded) for path, listed, get in self._getters}
        return json.compact(flat).encode()


def projection(fields: str) -> Projection:
    """What ``--fields`` names: paths with commas between them, ``default`` for the usual ones.

    Raises ScanError where it names none, or one that no line has.
    """
    named = [name for part in fields.split(",") if (name := part.strip())]
    if not named:
        raise ScanError("--fields names no field: give paths with commas between them, such as outcome,tls.version.")
    return Projection([path for name in named for path in (DEFAULT if name == "default" else (name,))])


def leaves() -> dict[str, Leaf]:
    """Every path that a line has. The path of a list of objects is a field as well: how many there are."""
    return {leaf.path: leaf for leaf in _walk(inspect.type_info(ScanDocument), "", False)}


def _walk(type: inspect.Type, path: str, listed: bool) -> Iterable[Leaf]:
    if isinstance(type, inspect.UnionType):
        known = [one for one in type.types if not isinstance(one, inspect.NoneType)]
        yield from _walk(known[0], path, listed)
    elif isinstance(type, inspect.StructType):
        for one in type.fields:
            yield from _walk(one.type, f"{path}.{one.encode_name}".lstrip("."), listed)
    elif isinstance(type, inspect.VarTupleType):
        if isinstance(type.item_type, inspect.StructType):
            yield Leaf(path, int, counted=True)
        yield from _walk(type.item_type, path, True)
    elif isinstance(type, inspect.DictType):
        for stage in Stage:
            yield from _walk(type.value_type, f"{path}.{stage}", listed)
    elif isinstance(type, inspect.LiteralType):
        yield Leaf(path, type.values[0].__class__, listed)
    else:
        yield Leaf(path, _TYPES.get(type.__class__, str), listed)


def _leaf(path: str, every: dict[str, Leaf]) -> Leaf:
    if path in every:
        return every[path]
    within = [one for one in every if one.startswith(f"{path}.")]
    if within:
        raise ScanError(f"{path} has several fields: name one of them in --fields, such as {within[0]}.")
    import difflib

    # Who gives a part of a path means the first that has it.
    near = [one for one in every if f".{path}." in f".{one}."]
    near += difflib.get_close_matches(path[:_LONGEST_SHOWN], every, 1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else "docs/json.md lists those that there are."
    raise ScanError(f"No line of a scan has a field {path[:_LONGEST_SHOWN]!r}: {hint}")


class _Node:
    """What is to be read of an object: its fields that are wanted, and nothing of the others."""

    def __init__(self) -> None:
        self._below: dict[str, _Node] = {}
        self._counted = False

    def add(self, leaf: Leaf, names: list[str]) -> None:
        """``names`` is what is left of the path of the leaf."""
        if names:
            self._below.setdefault(names[0], _Node()).add(leaf, names[1:])
        else:
            self._counted = leaf.counted

    def type(self) -> Any:
        """What reads this from JSON: one object, or a list of them; a value of any kind where nothing is below it."""
        if not self._below and not self._counted:
            return Any
        members = [(f"f{n}", below.type(), None) for n, below in enumerate(self._below.values())]
        names = {f"f{n}": name for n, name in enumerate(self._below)}
        wanted = msgspec.defstruct("Wanted", members, rename=names)
        return wanted | list[wanted] | None  # type: ignore[valid-type]

    def getter(self, names: list[str]) -> Callable[[Any], Any]:
        """What finds the field of this path in what was read; lists on the way become lists of what is in them."""
        below = self._below[names[0]]
        member = operator.attrgetter(f"f{list(self._below).index(names[0])}")
        if not names[1:]:
            return (lambda read: _length(member(read))) if below._counted else member
        rest = below.getter(names[1:])

        def get(read: Any) -> Any:
            found = member(read)
            if found is None:
                return None
            return [rest(one) for one in found] if isinstance(found, list) else rest(found)

        return get


def _length(found: list[Any] | None) -> int | None:
    return None if found is None else len(found)


def _flat(found: Any) -> list[Any] | None:
    """Lists in lists as one, without what is null."""
    if found is None:
        return None
    flat: list[Any] = []
    for one in found:
        if isinstance(one, list):
            flat += _flat(one) or ()
        elif one is not None:
            flat.append(one)
    return flat


def _joined(found: Any) -> str | None:
    flat = _flat(found)
    return None if flat is None else ",".join([one if isinstance(one, str) else str(one).lower() for one in flat])


_IDENTITIES = msgspec.json.Decoder(_Whole)
_TYPES: dict[Any, type] = {
    inspect.IntType: int,
    inspect.FloatType: float,
    inspect.BoolType: bool,
}
