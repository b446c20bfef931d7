"""Finding personalities, reading them, and saying in one sentence what is wrong with one. Never talks to a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import msgspec
from msgspec import inspect

from smtpprobe import userfile
from smtpprobe.fake.personality import REPLIES, Personality
from smtpprobe.fake.words import PLACEHOLDER, PLACEHOLDERS, choice

_ROOM = Path(__file__).parent
FOLDERS = (_ROOM / "personalities", _ROOM.parent.parent / "fixtures" / "servers")
"""Where names are looked up: the package's own data, then the checkout's fixtures."""

_LONGEST_WORD = 80
_LONGEST_WAIT = 86_400
_UNCOMPILED = (re.error, RecursionError, OverflowError)
_STARTTLS = re.compile(r"works|broken|off|refuse [2-5][0-9]{2}.*", re.DOTALL)


class PersonalityError(ValueError):
    """A personality that cannot be used. Its text is one sentence for the person who wrote it."""


def names() -> tuple[str, ...]:
    """The names that ``load`` knows, in alphabetical order."""
    return tuple(sorted({path.stem for folder in FOLDERS for path in folder.glob("*.toml")}))


def summaries() -> tuple[tuple[str, str], ...]:
    """Each name with its one-line summary."""
    return tuple((name, load(name).summary) for name in names())


def load(name_or_path: str) -> Personality:
    """The personality of this name, or of this file if the text ends in .toml. Raises PersonalityError."""
    if name_or_path.endswith(".toml"):
        return _read(Path(name_or_path))
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", name_or_path):
        for folder in FOLDERS:
            path = folder / f"{name_or_path}.toml"
            if path.is_file():
                return _read(path)
    shown = ascii(name_or_path[:80])
    near = get_close_matches(name_or_path, names(), n=3, cutoff=0.4) or names()
    raise PersonalityError(f"There is no personality {shown}; did you mean {_either(near)}, or a path to a .toml file?")


def _read(path: Path) -> Personality:
    try:
        data = userfile.read(path, "a personality")
    except userfile.UserFileError as error:
        raise PersonalityError(str(error)) from None
    return parse(data, str(path))


def parse(data: bytes, place: str) -> Personality:
    """The personality in this TOML text. ``place`` names the file in a PersonalityError."""
    try:
        personality = userfile.decode(data, Personality, place)
    except userfile.UserFileError as error:
        raise PersonalityError(str(error)) from None
    except msgspec.ValidationError as error:
        raise PersonalityError(f"{place}: {_explain(str(error))}") from None
    for fault in _faults(personality):
        raise PersonalityError(f"{place}: {fault}")
    return personality


def _explain(message: str) -> str:
    """msgspec's message as a sentence that names the place and the nearest right word."""
    what, _, where = message.partition(" - at `")
    steps = where.rstrip("`").removeprefix("$").replace("[", ".[").split(".")[1:]
    table = "".join(f" {s}" if s.startswith("[") else f".{s}" for s in steps).strip(".") or "the top level"
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        known = tuple(f.encode_name for f in _struct_at(steps).fields)
        return f"unknown key {_quoted(unknown[1])} at {table}; {_nearest(unknown[1], known)}"
    if wrong := re.fullmatch(r"Invalid enum value '(.*)'", what, re.DOTALL):
        return f"{table} cannot be {_quoted(wrong[1])}; {_nearest(wrong[1], tuple(_words_at(steps)))}"
    if missing := re.fullmatch(r"Object missing required field `(.*)`", what):
        return f"{table} lacks the key {missing[1]!r}."
    return f"at {table}: {what[:1].lower()}{what[1:].replace('`', '')}."


def _quoted(word: str | None) -> str:
    return ascii((word or "")[:_LONGEST_WORD])


def _nearest(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}."


def _either(words: tuple[str, ...] | list[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _types_at(steps: list[str]) -> Iterator[inspect.Type]:
    """Every type that the value at this place may have."""
    found: list[inspect.Type] = [inspect.type_info(Personality)]
    for step in steps:
        below: list[inspect.Type] = []
        for kind in _alternatives(found):
            if isinstance(kind, inspect.StructType):
                below += [f.type for f in kind.fields if f.encode_name == step]
            elif isinstance(kind, inspect.VarTupleType):
                below.append(kind.item_type)
            elif isinstance(kind, inspect.DictType):
                below.append(kind.value_type)
        found = below
    yield from _alternatives(found)


def _alternatives(kinds: list[inspect.Type]) -> Iterator[inspect.Type]:
    for kind in kinds:
        yield from kind.types if isinstance(kind, inspect.UnionType) else (kind,)


def _struct_at(steps: list[str]) -> inspect.StructType:
    return next(kind for kind in _types_at(steps) if isinstance(kind, inspect.StructType))


def _words_at(steps: list[str]) -> Iterator[str]:
    for kind in _types_at(steps):
        if isinstance(kind, inspect.LiteralType):
            yield from (str(value) for value in kind.values)


def _faults(personality: Personality) -> Iterator[str]:
    """What the types cannot say: patterns that do not compile, placeholders and choices that do not exist."""
    for table in ("mail_parameters", "rcpt_parameters"):
        for keyword, text in getattr(personality, table).items():
            try:
                choice(text)
            except (ValueError, *_UNCOMPILED):
                yield (
                    f"{table}.{keyword} cannot be {_quoted(text)}; write 'accept', 'flag', 'limit NUMBER', "
                    "'check REGEX' (each may end in 'else REPLY') or 'refuse REPLY'."
                )
    for number, rule in enumerate(personality.rules):
        for key, pattern in (("command", rule.command), ("ehlo", rule.ehlo)):
            try:
                re.compile(pattern or "")
            except _UNCOMPILED as error:
                yield f"rules [{number}].{key} is no regular expression: {str(error)[:_LONGEST_WORD]}."
    if not _STARTTLS.fullmatch(personality.starttls):
        yield f"starttls cannot be {_quoted(personality.starttls)}; write 'works', 'broken', 'off' or 'refuse REPLY'."
    if not re.fullmatch(r"[A-Za-z0-9.-]{1,253}", personality.hostname):
        yield f"hostname cannot be {_quoted(personality.hostname)}; it takes letters, digits, dots and hyphens."
    if not personality.summary.isprintable():
        yield f"summary cannot be {_quoted(personality.summary)}; it is one line of printable characters."
    yield from _numbers(personality)
    for word in personality.replies:
        if word != word.upper():
            yield f"[replies] has {_quoted(word)}, which must be written in upper case."
    verb = personality.manners.intermediate
    if verb not in (None, *REPLIES, *personality.replies):
        yield f"manners.intermediate names {_quoted(verb)}, a verb that [replies] does not answer."
    for place, text in _strings(msgspec.to_builtins(personality), ""):
        for match in PLACEHOLDER.finditer(text):
            if match[2] and match[2] not in PLACEHOLDERS:
                name = f"{{{match[2][:_LONGEST_WORD]}}}"
                yield f"{place} has an unknown placeholder {name}; {_nearest(match[2], PLACEHOLDERS)}"


def _numbers(personality: Personality) -> Iterator[str]:
    """Numbers that no server has."""
    manners = personality.manners
    bounds: list[tuple[str, float | None, int, int]] = [
        ("line_limit", personality.line_limit, 64, 1 << 20),
        ("manners.delay", manners.delay, 0, _LONGEST_WAIT),
        ("manners.greeting_delay", manners.greeting_delay, 0, _LONGEST_WAIT),
        ("manners.max_connections", manners.max_connections, 0, 1 << 20),
        *((f"limits [{number}].at", limit.at, 1, 1 << 20) for number, limit in enumerate(personality.limits)),
    ]
    for place, value, least, most in bounds:
        # What is no number (nan) is within no bounds.
        if value is not None and not least <= value <= most:
            yield f"{place} is out of range; it takes a number from {least:,} to {most:,}."


def _strings(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Every string that may hold placeholders, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, below in value.items():
            if key not in ("command", "users", "summary"):
                yield from _strings(below, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for number, below in enumerate(value):
            yield from _strings(below, f"{place} [{number}]")
