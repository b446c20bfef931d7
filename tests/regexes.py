"""Every regex of the package, the ways in which the package uses it, and lines that are made to be hard on it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

import msgspec

import smtpprobe
from smtpprobe.catalogue import dialects, entries, faults, needles, providers, software, wordings

# The parser of the standard library's own patterns, which typeshed does not know.
parser: Any = importlib.import_module("re._parser")
sre: Any = importlib.import_module("re._constants")

Pattern = re.Pattern[Any]

FINDS_ALL = frozenset({"finditer", "findall", "sub", "subn", "split"})
WAYS = FINDS_ALL | {"match", "fullmatch", "search"}
#: Their patterns read patterns of ours and never anything that is given.
READ_NO_INPUT = frozenset({needles})

FILLERS = (
    *'a0 \t\n<[(".-@:,=',
    *("a.", "a@", "a-", "a ", "a\n", "a: ", "1.1.", "550 ", "550-", "5.1.1 ", "<a@", "host x.y ", ">>> "),
)
_MANY = 16


def by_module() -> dict[str, dict[Pattern, set[str]]]:
    """The patterns of each module with the ways in which they are used anywhere; each pattern once."""
    found: dict[str, dict[Pattern, set[str]]] = {}
    ways: dict[Pattern, set[str]] = defaultdict(set)
    for module in _modules():
        found[module.__name__] = {}
        for pattern, used in _of_module(module):
            if pattern not in ways:
                found[module.__name__][pattern] = ways[pattern]
            ways[pattern] |= used
    return {name: patterns for name, patterns in found.items() if patterns}


def hostile(pattern: Pattern) -> list[tuple[str, str]]:
    """Beginnings and what to repeat after them: what nearly matches, or what a repetition takes without an end."""
    found = {("", filler) for filler in FILLERS}
    for before, taken in _repetitions(parser.parse(pattern.pattern, pattern.flags), ""):
        around = before + taken or "a"
        found |= {(before, taken or "a"), (before, " "), (before, "a"), ("", around), ("", f"{around} ")}
    return sorted(found)


def use(pattern: Pattern, ways: set[str], text: str | bytes) -> None:
    """Do with a pattern what the package does with it."""
    if ways & FINDS_ALL:
        for _ in pattern.finditer(text):
            pass
    elif "search" in ways:
        pattern.search(text)
    if "fullmatch" in ways:
        pattern.fullmatch(text)
    if "match" in ways:
        for position in (0, 1, len(text) // 3):
            pattern.match(text, position)


def line(beginning: str, filler: str, size: int) -> str:
    """A line of this size that ends in what nothing expects."""
    return (beginning + filler * (size // len(filler) + 1))[:size] + "\0"


def _modules() -> list[ModuleType]:
    """All modules, those that hold data before those that gather it."""
    names = [each.name for each in pkgutil.walk_packages(smtpprobe.__path__, "smtpprobe.")]
    names.sort(key=lambda name: -name.count("."))
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    return [module for module in modules if module not in READ_NO_INPUT]


def _of_module(module: ModuleType) -> Iterator[tuple[Pattern, set[str]]]:
    """What its variables hold, and what it gives to a function of ``re`` as text."""
    source = inspect.getsource(module)
    # Most modules are data and call nothing.
    tree = ast.parse(source if any(f".{way}(" in source for way in (*WAYS, "says")) else "")
    used = _used(tree)
    for name, value in vars(module).items():
        for holder, pattern in _within(value, name):
            # One that is given to a function is used in the way in which functions use theirs.
            yield pattern, used.get(holder) or used["pattern"] or {"search", "fullmatch"}
        for text, pattern in _carried(value):
            if text:
                yield pattern, {"search"}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args:
            way = "search" if call.func.attr == "says" else call.func.attr
            if way in WAYS and (call.func.attr == "says" or _last_name(call.func.value) == "re"):
                text, *rest = (_value(each, module) for each in (*call.args, *(word.value for word in call.keywords)))
                if isinstance(text, str | bytes):
                    yield re.compile(text, sum(each for each in rest if isinstance(each, re.RegexFlag))), {way}


def _used(tree: ast.Module) -> dict[str, set[str]]:
    """In which ways the source uses what has this name, or what a loop takes out of it."""
    used: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in WAYS:
            used[_last_name(node.value)].add(node.attr)
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension):
            for target in ast.walk(node.target):
                if isinstance(target, ast.Name):
                    used[_last_name(node.iter)] |= used[target.id]
    return used


def _last_name(node: ast.expr) -> str:
    """``b`` of ``a.b``, of ``b[0]`` and of ``b.values()``."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Call(func=ast.Attribute(value=value)) | ast.Subscript(value=value):
            return _last_name(value)
        case ast.Attribute(attr=name):
            return name
    return ""


def _value(node: ast.expr, module: ModuleType) -> Any:
    """What a constant or a name in the source stands for; None for anything else."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return vars(module).get(name)
        case ast.Attribute(value=value, attr=name):
            return getattr(_value(value, module), name, None)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            both = _value(left, module), _value(right, module)
            return both[0] | both[1] if all(isinstance(each, re.RegexFlag) for each in both) else None
    return None


def _within(value: Any, name: str) -> Iterator[tuple[str, Pattern]]:
    """The patterns in a variable, and the name of the variable or field that holds each."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _within(one, name)
    elif isinstance(value, dict):
        yield from _within((*value, *value.values()), name)
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _within(getattr(value, field), field)


def _carried(value: Any) -> Iterator[tuple[str, Pattern]]:
    """The patterns that entries of the catalogue carry as text, compiled as the look-up of their room does it."""
    match value:
        case entries.DialectEntry():
            yield value.pattern, dialects._compiled(value.pattern)
        case entries.FaultEntry():
            yield value.pattern, faults._compiled(value.pattern)
        case entries.ProviderEntry():
            yield value.marks, providers._compiled(value.marks)
        case entries.WordingEntry():
            yield from ((text, wordings._compiled(text)) for text in value.patterns)
        case entries.SoftwareEntry():
            texts = (value.greeting, value.ehlo, value.help, *value.errors)
            yield from ((text, software._compiled(text)) for text in texts)
        case tuple() | list() | frozenset():
            for one in value:
                yield from _carried(one)
        case dict():
            yield from _carried((*value.values(),))


def _repetitions(parsed: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    """For each unbounded or long repetition: a text that leads up to it, and one that it takes."""
    for operation, argument in parsed:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, inner = argument
            if most > _MANY:
                yield before, _matching(inner)
            yield from _repetitions(inner, before)
        elif operation is sre.SUBPATTERN:
            yield from _repetitions(argument[3], before)
        elif operation in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repetitions(argument[1], before)
        elif operation is sre.ATOMIC_GROUP:
            yield from _repetitions(argument, before)
        elif operation is sre.BRANCH:
            for branch in argument[1]:
                yield from _repetitions(branch, before)
        before += _matching([(operation, argument)])


def _matching(parsed: Iterable[Any]) -> str:
    """A short text that this matches, or nearly."""
    return "".join(_one(operation, argument) for operation, argument in parsed)


def _one(operation: Any, argument: Any) -> str:
    if operation is sre.LITERAL:
        return chr(argument)
    if operation is sre.NOT_LITERAL or operation is sre.ANY:
        return "b" if argument == ord("a") else "a"
    if operation is sre.IN:
        return _member(argument)
    if operation is sre.SUBPATTERN:
        return _matching(argument[3])
    if operation is sre.ATOMIC_GROUP:
        return _matching(argument)
    if operation is sre.BRANCH:
        return _matching(argument[1][0])
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _, inner = argument
        return _matching(inner) * min(max(int(least), 1), 4)
    return ""


def _member(members: list[Any]) -> str:
    if members[0][0] is sre.NEGATE:
        refused = "".join(_one(*member) if member[0] is not sre.RANGE else "" for member in members[1:])
        return next((one for one in "a0 <.\n" if one not in refused), "a")
    operation, argument = members[0]
    if operation is sre.RANGE:
        return chr(argument[0])
    if operation is sre.CATEGORY:
        kinds: dict[Any, str] = {sre.CATEGORY_DIGIT: "0", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a"}
        return kinds.get(argument, "-")
    return chr(argument)
