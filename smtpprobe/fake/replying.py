"""Single replies of a personality set from outside: how one is written, and the personality that gives it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from smtpprobe.fake.library import PersonalityError
from smtpprobe.fake.personality import Ehlo, Personality, Rule, State
from smtpprobe.fake.words import PLACEHOLDER, PLACEHOLDERS, joined

Reply = str | Sequence[str]
"""All lines of a reply, in one string with line feeds between them or one by one."""

_GREETING, _END = "GREETING", "END"
_MEANT = {"CONNECT": _GREETING, "BANNER": _GREETING}
_HELLO = frozenset({"EHLO", "LHLO"})
_KEY = re.compile(r"[A-Z][A-Z0-9-]*(?: .*)?", re.IGNORECASE)
_LINE = re.compile(r"([2-5][0-9]{2})(?:[ -](.*))?", re.DOTALL)
_CODE = re.compile(r"[0-9]{3}(?![0-9A-Za-z])")
_KEYWORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*=?(?: .*)?")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_BEHIND = re.compile(r"=(?=[2-5][0-9]{2}(?:[ \n-]|\Z))")
_ESCAPED = re.compile(r"\\([n\\])")
_LONGEST = 80

#: RFC 5321 3.1: a server that greeted with a refusal waits for QUIT, and says 503 to all else.
_TURNED_AWAY = Rule(command=r"(?!QUIT(?:\s|\Z)).*", reply="503 5.5.1 Bad sequence of commands")


def read(text: str) -> tuple[str, Reply]:
    r"""What is set by ``RCPT=504 5.5.4 no`` or ``RCPT TO:<ann@example.org>=550 5.1.1 no``: its key and its reply.

    Behind a single word the reply begins at the first ``=``. Behind a command line, which may hold some of its own, it
    begins at the last ``=`` that a code follows. ``\n`` begins a new line, ``\\`` is a backslash. Raises
    PersonalityError.
    """
    text = _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else "\\", text)
    key, equals, reply = text.partition("=")
    if " " in key.strip():
        places = [match.start() for match in _BEHIND.finditer(text)]
        key, equals, reply = (text[: places[-1]], "=", text[places[-1] + 1 :]) if places else (text, "", "")
    if not equals:
        raise PersonalityError(
            f"{_quoted(text)} sets no reply: write a command, '=' and what answers it, as in 'RCPT=504 5.5.4 no'."
        )
    return _name(key), reply.lstrip(" ")


def replying(personality: Personality, replies: Mapping[str, Reply]) -> Personality:
    """This personality, but for these replies, whatever the state of the dialogue.

    A key is ``GREETING``, ``END`` (the end of a message; ``.`` too), a verb, or the beginning of a command line: it
    answers each line that begins with its words, upper and lower case alike, and the longest key that fits wins. The
    hyphens of a reply of several lines are set for it. EHLO takes keyword lines without a code too. After a GREETING
    that is no 2yz all but QUIT gets 503. Raises PersonalityError for what no server could say.
    """
    rules: list[Rule] = []
    for key, reply in sorted(replies.items(), key=lambda item: -len(item[0])):
        name = _name(key)
        lines = (reply,) if isinstance(reply, str) else reply
        if not isinstance(lines, Sequence) or not all(isinstance(line, str) for line in lines):
            raise PersonalityError(f"{name}: a reply is text, as in '504 5.5.4 no'.")
        lines = tuple("\n".join(lines).split("\n"))
        _check(name, lines)
        if name in _HELLO and not _CODE.match(lines[0]):
            personality = replace(personality, ehlo=_promising(personality.ehlo.first, lines))
            continue
        said = _reply(name, lines)
        if name == _GREETING:
            personality = _greeting(personality, said)
        elif name == _END:
            personality = replace(personality, replies={**personality.replies, ".": said})
        elif name in _HELLO and said[-1].startswith("250"):
            first, *promises = (line[4:] for line in said)
            personality = replace(personality, ehlo=_promising(first, promises))
        else:
            rules.append(_rule(name, said))
    return replace(personality, rules=(*rules, *personality.rules))


def _name(key: str) -> str:
    """The key as it is told apart: one word in upper case, a line as it is."""
    name = key.strip() if " " in key.strip() else key.strip().upper()
    if name in _MEANT:
        raise PersonalityError(f"{name} is no command: write {_MEANT[name]}.")
    if name == ".":
        return _END
    if not _KEY.fullmatch(name):
        raise PersonalityError(
            f"{_quoted(key)} is no command: write a verb, the beginning of a line such as 'RCPT TO:<ann@example.org>', "
            f"{_GREETING} or {_END}."
        )
    return name


def _check(name: str, lines: tuple[str, ...]) -> None:
    for text in (name, *lines):
        if _CONTROL.search(text):
            raise PersonalityError(
                f"{_quoted(text)} has a control character; write {{octet 07}} where a client shall get one."
            )
        for match in PLACEHOLDER.finditer(text):
            if text != name and match[2] and match[2] not in PLACEHOLDERS:
                raise PersonalityError(
                    f"{_shown(name)}: there is no placeholder {{{match[2][:_LONGEST]}}}; known are "
                    f"{', '.join(PLACEHOLDERS)}."
                )


def _reply(name: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines as they go out."""
    codes: set[str] = set()
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise PersonalityError(
                f"{_shown(name)}: {_quoted(line)} is no reply; each line begins with a code from 200 to 599, as in "
                "'504 5.5.4 no'."
            )
        codes.add(match[1])
    if len(codes) > 1:
        raise PersonalityError(
            f"{_shown(name)}: one reply has one code, not {' and '.join(sorted(codes))}; what breaks this rule is "
            "written as a personality of your own."
        )
    last = lines[-1]
    return joined(lines[:-1], (f"{last[:3]} {last[4:]}" if last[3:] else last,))


def _promising(first: str, promises: Sequence[str]) -> Ehlo:
    for line in promises:
        if not _KEYWORD.fullmatch(line):
            raise PersonalityError(
                f"EHLO: {_quoted(line)} is neither a reply nor a keyword; write '550 5.7.1 no' or 'SIZE 10485760'."
            )
    return Ehlo(first=first, clear=tuple(promises))


def _greeting(personality: Personality, said: tuple[str, ...]) -> Personality:
    rules = (rule for rule in personality.rules if rule != _TURNED_AWAY)
    turned_away = () if said[-1].startswith("2") else (_TURNED_AWAY,)
    return replace(personality, greeting=said, rules=(*turned_away, *rules))


def _rule(name: str, said: tuple[str, ...]) -> Rule:
    # Clients differ in what they write behind the colon, and add parameters (RFC 5321 4.1.2).
    line = re.sub(r"(?:\\ )+", r"\\s+", re.escape(name)).replace(":<", r":\s*<")
    # There is no second handshake inside the first (RFC 3207 4).
    state: State | tuple[State, ...] = "clear" if name == "STARTTLS" and said[-1].startswith("220") else ()
    return Rule(command=rf"{line}(?:\s.*)?", reply=said, state=state)


def _shown(name: str) -> str:
    return name[:_LONGEST] if name.isprintable() else _quoted(name)


def _quoted(text: str) -> str:
    return ascii(text[:_LONGEST])
