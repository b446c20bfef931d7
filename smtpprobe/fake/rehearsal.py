"""A conversation held once more with a personality, on paper: what it answers otherwise is mended by rules. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from smtpprobe.fake.answer import Then
from smtpprobe.fake.answers import Cut
from smtpprobe.fake.dialogue import Dialogue
from smtpprobe.fake.heard import Heard, trusted
from smtpprobe.fake.personality import Personality, Rule, State
from smtpprobe.fake.templates import DATE, PATHS, Client, hello, template, words
from smtpprobe.fake.words import encode
from smtpprobe.probes import relay

_ROUNDS = 400
_MOST_TRIED = 60
_WORD = re.compile(r"[\w.-]+")
_DIGIT = re.compile("[0-9]")
_NONCE = re.compile(r"(?<![0-9a-f])[0-9a-f]{10}(?![0-9a-f])")
_NONCE_PATTERN = "[0-9a-f]{10}"
#: What stands for each name in the probe's forms of relaying.
_FORM_NAMES = {
    "{far}": rf"relay-{_NONCE_PATTERN}\.{relay.FAR.replace('.', '[.]')}",
    "{host}": r"[^\[\]@<>]+",
    "{literal}": r"\[[^\[\]@<>]+\]",
}
_SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")
#: How wide a rule is, the widest last: one command, its like, any argument that is not known, anything.
_ONE, _ALIKE, _UNKNOWN_ARGUMENT, _GENERAL = range(4)


class Scope(Struct, frozen=True):
    """Which commands a rule is for. ``rank`` orders rules: the narrow ones first."""

    command: str
    states: tuple[State, ...]
    rank: int

    def covers(self, one: Heard) -> bool:
        return re.fullmatch(self.command, one.line, re.IGNORECASE | re.DOTALL) is not None and all(
            _holds(state, one) for state in self.states
        )


def rehearsed(
    personality: Personality, heard: Sequence[Heard], them: Client, cut: Cut
) -> tuple[Personality, tuple[Heard, ...]]:
    """The personality with the rules that it needs, and what it still answers otherwise."""
    usable = trusted(heard)
    rules: dict[Scope, Rule] = {}
    missed: dict[int, Heard] = {}
    for _ in range(_ROUNDS):
        personality = msgspec.structs.replace(personality, rules=_ordered(rules))
        found = list(_differences(personality, usable, missed, them, cut))
        if not found:
            break
        before = dict(rules)
        for one in found:
            scope, best = _scope(one, usable, cut)
            rule = _rule(scope, best, them, cut)
            if before.get(scope) == rule:
                missed[one.index] = one
            rules[scope] = rule
    return _without_needless(personality, usable, missed, them, cut), tuple(missed.values())


def _without_needless(
    personality: Personality, heard: Sequence[Heard], missed: dict[int, Heard], them: Client, cut: Cut
) -> Personality:
    """Less the rules that later and wider ones made superfluous."""
    for rule in personality.rules[:_MOST_TRIED]:
        fewer = msgspec.structs.replace(personality, rules=tuple([one for one in personality.rules if one != rule]))
        if not any(_differences(fewer, heard, missed, them, cut)):
            personality = fewer
    return personality


def _ordered(rules: dict[Scope, Rule]) -> tuple[Rule, ...]:
    return tuple([rules[scope] for scope in sorted(rules, key=lambda scope: (scope.rank, -len(scope.states)))])


def _differences(
    personality: Personality, heard: Sequence[Heard], missed: dict[int, Heard], them: Client, cut: Cut
) -> Iterator[Heard]:
    """The first command of each connection that would be answered otherwise."""
    # How it takes what is sent together is seen by who sends, not here.
    calm = msgspec.structs.replace(personality.manners, synchronization="off", extra_reply_after=None)
    personality = msgspec.structs.replace(personality, manners=calm)
    for connection in dict.fromkeys(one.connection for one in heard):
        dialogue = Dialogue(personality, them.peer or "local", personality.implicit_tls)
        dialogue.greet(crowded=False, pipelined=False)
        for one in heard:
            if one.connection != connection:
                continue
            answer = dialogue.answer(one.line.encode("utf-8", "surrogateescape"), pipelined=False)
            expected = encode(cut(one.raw, one.octets), personality.manners.line_end)
            if one.index in missed:
                if _code(answer.octets) // 100 != (one.code or 0) // 100:
                    break
            elif folded(answer.octets) != folded(expected) or _ends_in(one) != _ends(answer.then):
                yield one
                break
            if answer.then is Then.HANDSHAKE:
                dialogue.secure()


def _ends(then: Then) -> bool:
    return then in (Then.CLOSE, Then.RESET)


def folded(octets: bytes) -> bytes:
    """A reply without what changes from one time to the next: dates, ids and numbers, the codes apart."""
    text = DATE.sub("date", octets.decode("latin-1"))
    return "\n".join([line[:10] + _WORD.sub(_numbered, line[10:]) for line in text.split("\n")]).encode("latin-1")


def _numbered(match: re.Match[str]) -> str:
    word: str = match[0]
    return "0" if _DIGIT.search(word) else word


def _code(octets: bytes) -> int:
    last = octets.rstrip().rpartition(b"\n")[2][:3]
    return int(last) if last.isdigit() else 0


def _literal(text: str) -> str:
    """The regular expression for this text, written with no more backslashes than it takes."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _scope(one: Heard, heard: Sequence[Heard], cut: Cut) -> tuple[Scope, Heard]:
    """The widest scope in which all was answered alike, and what tells how."""
    scopes = [Scope(command, _states(one, names), rank) for command, rank in _patterns(one) for names in _features(one)]
    for scope in scopes:
        inside = _fair([other for other in heard if scope.covers(other) and _belongs(other, scope)])
        if len({(_ends_in(other), folded(encode(cut(other.raw, other.octets)))) for other in inside}) == 1:
            return scope, inside[0]
    inside = _fair([other for other in heard if scopes[-1].covers(other)])
    return scopes[-1], ([other for other in inside if other.cited] or inside)[-1]


def _belongs(one: Heard, scope: Scope) -> bool:
    """Is it for this scope to answer, or for a narrower one: as HELP with a known topic is?"""
    return scope.rank != _UNKNOWN_ARGUMENT or next(_patterns(one))[0] == scope.command


def _ends_in(one: Heard) -> bool:
    """Did this end the connection? After QUIT and a 421 the server closes in any case (RFC 5321 3.8)."""
    return one.then in ("close", "reset") or one.code == 421 or (one.verb == "QUIT" and one.positive)


def _fair(inside: Sequence[Heard]) -> list[Heard]:
    """Without those that got no answer where others did."""
    return [one for one in inside if one.answered] or list(inside)


def _rule(scope: Scope, one: Heard, them: Client, cut: Cut) -> Rule:
    text = cut(one.raw, one.octets)
    greeting = one.verb in ("EHLO", "HELO", "LHLO")
    reply = hello(text, them) if greeting and one.positive else template(text, words(one), them)
    # A 421 closes by itself.
    then = None if one.code == 421 else one.then
    return Rule(
        command=scope.command,
        reply=reply[0] if len(reply) == 1 else reply,
        state=scope.states[0] if len(scope.states) == 1 else scope.states,
        then="close" if then == "close" else "reset" if then == "reset" else None,
    )


def _features(one: Heard) -> tuple[tuple[str, ...], ...]:
    """What to tell states apart by, the least first."""
    if one.verb in ("MAIL", "RCPT"):
        return ("mail",), ("mail", "tls"), ("mail", "tls", "rcpt")
    return (), ("tls",), ("mail",), ("tls", "mail"), ("tls", "mail", "ehlo")


def _states(one: Heard, names: Sequence[str]) -> tuple[State, ...]:
    found: dict[str, State] = {
        "tls": "tls" if one.encrypted else "clear",
        "mail": "after-mail" if one.in_mail else "before-mail",
        "rcpt": "after-rcpt" if one.recipients else "before-rcpt",
        "ehlo": "after-ehlo" if one.greeted else "before-ehlo",
    }
    return tuple([found[name] for name in names])


def _holds(state: State, one: Heard) -> bool:
    return state in _states(one, ("tls", "mail", "rcpt", "ehlo"))


def _patterns(one: Heard) -> Iterator[tuple[str, int]]:
    """Regular expressions for this command and its like, the widest first, each with its rank."""
    verb, argument = _literal(one.verb), one.argument
    own = one.probe != "command"
    match = PATHS.fullmatch(argument) if one.verb in ("MAIL", "RCPT") else None
    if one.verb in ("EHLO", "HELO", "LHLO"):
        yield f"{verb} .*", _UNKNOWN_ARGUMENT
    elif own and argument.upper() == "SMTPPROBE":
        yield f"{verb} .+", _UNKNOWN_ARGUMENT
    elif one.probe == "relay" and "<>" not in one.line:
        yield _relaying(one), _ALIKE
    elif own and match is not None:
        path, rest = match.groups()
        if not rest and not _NONCE.search(path):
            yield f"{verb} .*", _GENERAL
        if rest:
            yield rf"{verb} \w+:<[^>]*> {_literal(rest)}", _ALIKE
        yield from _named(one.line)
    elif own and one.verb in ("VRFY", "EXPN"):
        yield from _named(one.line)
    elif own and one.verb == "AUTH" and argument:
        yield f"AUTH {_literal(argument)}(?: .*)?", _ALIKE
    yield _NONCE.sub(lambda _: _NONCE_PATTERN, _literal(one.line)), _ONE


def _relaying(one: Heard) -> str:
    """This form of relaying, whatever the server's name and address and our random domain are."""
    form = relay.BY_NAME[one.subject]
    begin, path = ("MAIL FROM", form.sender) if one.verb == "MAIL" else ("RCPT TO", form.recipient)
    pattern = _literal(f"{begin}:<{path}>")
    for name, meant in _FORM_NAMES.items():
        pattern = pattern.replace(_literal(name), meant)
    return pattern


def _named(line: str) -> Iterator[tuple[str, int]]:
    """The probe's names at any domain: the one it knows, and the random one."""
    if re.search(r"[ <](?:postmaster|[0-9a-f]{10})(?:@[^>\s]*)?>?$", line):
        name = _NONCE.sub(lambda _: _NONCE_PATTERN, _literal(line.partition("@")[0].rstrip(">")))
        yield f"{name}(?:@[^>\\s]*)?{'>' if line.endswith('>') else ''}", _ONE
