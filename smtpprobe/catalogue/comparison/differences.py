"""Where two codes differ, one function an aspect, and how a basic and an enhanced code stand to each other.

An aspect in which they agree gives no sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from smtpprobe.catalogue.comparison.sides import pair
from smtpprobe.catalogue.comparison.values import Difference, Sentence, Side, Value, spoken
from smtpprobe.catalogue.comparison.words import ASPECTS, Phrase, Template
from smtpprobe.outcome import Retry, Who

_SAYS = {2: Phrase.SAYS_2, 3: Phrase.SAYS_3, 4: Phrase.SAYS_4, 5: Phrase.SAYS_5}
_LEAST = 2
# RFC 5321 3.8: after these the server closes.
_CLOSING = ("221", "421")


def differences(a: Side, b: Side) -> tuple[Difference, ...]:
    """All of them, in the order of words.ASPECTS."""
    found = {aspect: tuple(tell(a, b)) for aspect, tell in _TELLERS.items()}
    if sum(map(bool, found.values())) < _LEAST:
        found |= {aspect: tuple(tell(a, b)) for aspect, tell in _FALLBACKS.items()}
    return tuple(Difference(aspect, found[aspect]) for aspect in ASPECTS if found.get(aspect))


def sorted_kinds(a: Side, b: Side) -> tuple[Side, Side] | None:
    """The reply code and the enhanced code, if they are one of each."""
    if a.is_enhanced == b.is_enhanced:
        return None
    return (b, a) if a.is_enhanced else (a, b)


def fit_together(basic: Side, enhanced: Side) -> bool:
    """May one reply carry both (RFC 2034 4)?"""
    return basic.digit in (2, 4, 5) and enhanced.digit in (0, basic.digit)


def _registered(a: Side, b: Side) -> bool:
    """Are both enhanced codes of the registry?"""
    return a.is_enhanced and b.is_enhanced and a.origin == b.origin == "rfc"


def _kind(a: Side, b: Side) -> Iterator[Sentence]:
    kinds = sorted_kinds(a, b)
    if kinds is not None:
        basic, enhanced = kinds
        if not basic.outside:
            yield Sentence(Template.KIND_BASIC, {"basic": basic.code})
        yield Sentence(Template.KIND_ENHANCED, {"enhanced": enhanced.code})


def _in_one_reply(a: Side, b: Side) -> Iterator[Sentence]:
    kinds = sorted_kinds(a, b)
    if kinds is None:
        return
    basic, enhanced = kinds
    both: dict[str, Value] = {"basic": basic.code, "enhanced": enhanced.code}
    if basic.outside:
        yield Sentence(Template.PAIR_OUTSIDE, both)
    elif basic.digit == 3:
        yield Sentence(Template.PAIR_GO_AHEAD)
    elif not fit_together(basic, enhanced):
        yield Sentence(Template.PAIR_CLASH, both)
    else:
        yield _pairing(basic, enhanced, {**both, "pair": pair(basic.code, enhanced.code)})
    # 422 and 523 are registered numbers and lost dots as well; their entries say so.
    dotted = ".".join(basic.code)
    if enhanced.code in (dotted, f"X{dotted[1:]}") and basic.digit in (4, 5):
        lost = basic.origin != "rfc" or dotted in basic.description.template
        yield Sentence(Template.DOTLESS if lost else Template.DOTLESS_BY_CHANCE, both)


def _pairing(basic: Side, enhanced: Side, values: dict[str, Value]) -> Sentence:
    named = tuple(map(str, enhanced.basic))
    if not named:
        return Sentence(Template.PAIR_UNNAMED, values)
    how = Template.PAIR_NAMED if basic.code in named else Template.PAIR_OTHERS
    return Sentence(how, {**values, "codes": named})


def _class(a: Side, b: Side) -> Iterator[Sentence]:
    outside = next((side for side in (a, b) if side.outside), None)
    still_open = next((side for side in (a, b) if side.is_enhanced and not side.digit), None)
    if a.digit and b.digit:
        if a.digit != b.digit:
            says: dict[str, Value] = {"says_a": _SAYS[a.digit], "says_b": _SAYS[b.digit]}
            yield Sentence(Template.CLASS, {"a": a.code, "b": b.code, **says})
    elif outside and still_open:
        yield Sentence(Template.CLASS_OPEN_OUTSIDE, {"outside": outside.code, "open": still_open.code})
    elif a.digit or b.digit:
        other = a if a.digit else b
        rest: dict[str, Value] = {"other": other.code, "says": _SAYS[other.digit]}
        if outside:
            yield Sentence(Template.CLASS_OUTSIDE, {"outside": outside.code, **rest})
        elif still_open:
            yield Sentence(Template.CLASS_OPEN, {"open": still_open.code, **rest})


def _topic(a: Side, b: Side) -> Iterator[Sentence]:
    if a.is_enhanced is b.is_enhanced and a.topic and b.topic and a.topic != b.topic:
        topics: dict[str, Value] = {"topic_a": a.topic, "topic_b": b.topic}
        how = Template.TOPIC_ENHANCED if a.is_enhanced else Template.TOPIC_BASIC
        yield Sentence(how, {"a": a.code, "b": b.code, **topics})


def _precision(a: Side, b: Side) -> Iterator[Sentence]:
    kinds = sorted_kinds(a, b)
    if kinds is not None and len(kinds[0].enhanced) > 1:
        count = str(len(kinds[0].enhanced))
        yield Sentence(Template.PRECISION_OF, {"basic": kinds[0].code, "count": count})
    if _registered(a, b) and a.topic is b.topic:
        general = [side for side in (a, b) if side.code.endswith(".0")]
        if len(general) == 1:
            precise = b if general[0] is a else a
            yield Sentence(Template.PRECISION, {"general": general[0].code, "precise": precise.code})


def _who(a: Side, b: Side) -> Iterator[Sentence]:
    if a.who is b.who:
        return
    idle = next((side for side in (a, b) if side.who is Who.NOBODY), None)
    if idle is None:
        yield Sentence(Template.WHO, {"a": a.code, "who_a": a.who.meaning, "b": b.code, "who_b": b.who.meaning})
    else:
        other = b if idle is a else a
        yield Sentence(Template.WHO_NOBODY, {"nobody": idle.code, "other": other.code, "who": other.who.meaning})


def _retry(a: Side, b: Side) -> Iterator[Sentence]:
    told = [_retry_template(side) for side in (a, b)]
    if told[0] != told[1]:
        yield from (Sentence(template, {"code": side.code}) for template, side in zip(told, (a, b), strict=True))


def _retry_template(side: Side) -> Template:
    """What a new attempt after this code is worth."""
    if side.is_enhanced and not side.digit:
        return Template.RETRY_OPEN
    if side.positive:
        return Template.RETRY_DONE
    return _RETRIES[side.retry]


_RETRIES = {
    Retry.NO: Template.RETRY_NO,
    Retry.LATER: Template.RETRY_LATER,
    Retry.AFTER_FIX: Template.RETRY_AFTER_FIX,
}


def _connection(a: Side, b: Side) -> Iterator[Sentence]:
    closing = [side for side in (a, b) if side.code in _CLOSING]
    if len(closing) == 1:
        other = b if closing[0] is a else a
        if not other.is_enhanced and other.origin == "rfc":
            yield Sentence(Template.CLOSES, {"closing": closing[0].code, "other": other.code})


def _commands(a: Side, b: Side) -> Iterator[Sentence]:
    if a.is_enhanced or b.is_enhanced or set(a.commands) == set(b.commands) or "unlisted" in (a.origin, b.origin):
        return
    if not (a.commands and b.commands):
        yield from map(_commands_of, (a, b))
        return
    every = [side for side in (a, b) if "any" in side.commands]
    if len(every) == 1:
        other = b if every[0] is a else a
        yield Sentence(
            Template.COMMANDS_ANY, {"any": every[0].code, "other": other.code, "commands": spoken(other.commands)}
        )
    elif not set(a.commands) & set(b.commands):
        yield from map(_commands_of, (a, b))
    else:
        for one, other in ((a, b), (b, a)):
            only = tuple(command for command in one.commands if command not in other.commands)
            if only and not (every and set(only) - {"greeting"}):
                yield Sentence(Template.COMMANDS_ONLY, {"code": one.code, "commands": spoken(only)})


def _commands_of(side: Side) -> Sentence:
    if not side.commands:
        return Sentence(Template.COMMANDS_NONE, {"code": side.code})
    return Sentence(Template.COMMANDS_OF, {"code": side.code, "commands": spoken(side.commands)})


def _possible(a: Side, b: Side) -> Iterator[Sentence]:
    if _registered(a, b) and a.classes != b.classes:
        digits: dict[str, Value] = {"digits_a": tuple(map(str, a.classes)), "digits_b": tuple(map(str, b.classes))}
        yield Sentence(Template.POSSIBLE, {"a": a.open_code, "b": b.open_code, **digits})


def _reply_codes(a: Side, b: Side) -> Iterator[Sentence]:
    if not _registered(a, b) or set(a.basic) == set(b.basic):
        return
    if a.basic and b.basic:
        named: dict[str, Value] = {"codes_a": tuple(map(str, a.basic)), "codes_b": tuple(map(str, b.basic))}
        yield Sentence(Template.REPLY_CODES, {"a": a.code, "b": b.code, **named})
    else:
        one, other = (a, b) if a.basic else (b, a)
        yield Sentence(
            Template.REPLY_CODES_ONE, {"codes": tuple(map(str, one.basic)), "named": one.code, "other": other.code}
        )


def _standing(a: Side, b: Side) -> Iterator[Sentence]:
    if a.origin != b.origin:
        yield from map(_origin, (a, b))
    elif a.origin == "rfc" and a.is_enhanced is b.is_enhanced and _document(a) != _document(b):
        yield Sentence(
            Template.READ,
            {"a": a.code, "reference_a": _main_reference(a), "b": b.code, "reference_b": _main_reference(b)},
        )
    for side in (a, b):
        if side.vendors and (side.origin == "rfc" or a.origin == b.origin):
            how = Template.VENDOR_SENSE if side.origin == "rfc" else Template.VENDOR_ONLY
            yield Sentence(how, {"code": side.code, "vendors": side.vendors})
    if not a.is_enhanced and not b.is_enhanced:
        yield from _mistaken(a, b)


_NOT_DEFINED = {
    "outside": Template.NO_REPLY,
    "de-facto": Template.DE_FACTO,
    "unlisted": Template.UNLISTED,
    "unregistered": Template.UNREGISTERED,
}


def _origin(side: Side) -> Sentence:
    if side.origin == "rfc":
        return Sentence(Template.DEFINED, {"code": side.code, "reference": _main_reference(side)})
    if side.origin == "vendor":
        return Sentence(Template.VENDOR_ONLY, {"code": side.code, "vendors": side.vendors})
    return Sentence(_NOT_DEFINED[side.origin], {"code": side.code})


def _main_reference(side: Side) -> str:
    """The reference to read first: RFC 5321's list of codes where it has this one, else what the entry begins with."""
    return min(side.references, key=lambda name: (not name.startswith("RFC 5321 4.2."), not name.startswith("RFC ")))


def _document(side: Side) -> str:
    return " ".join(_main_reference(side).split()[:2])


def _mistaken(a: Side, b: Side) -> Iterator[Sentence]:
    forth, back = b.code in a.mistaken_for, a.code in b.mistaken_for
    if forth and back:
        yield Sentence(Template.MISTAKEN_MUTUAL)
    elif forth or back:
        one, other = (a, b) if forth else (b, a)
        yield Sentence(Template.MISTAKEN, {"a": one.code, "b": other.code})
    also = forth or back
    rest = [tuple(code for code in side.mistaken_for if code not in (a.code, b.code)) for side in (a, b)]
    if set(rest[0]) != set(rest[1]):
        for side, others in zip((a, b), rest, strict=True):
            if others:
                how = Template.MISTAKEN_ALSO if also else Template.MISTAKEN_FOR
                yield Sentence(how, {"code": side.code, "codes": others})


def _meaning(a: Side, b: Side) -> Iterator[Sentence]:
    if a.name == b.name:
        yield Sentence(Template.NOTHING_KNOWN)
    else:
        yield Sentence(Template.MEANING, {"a": a.code, "name_a": a.name, "b": b.code, "name_b": b.name})


def _last_number(a: Side, b: Side) -> Iterator[Sentence]:
    if a.is_enhanced and b.is_enhanced and a.topic is b.topic:
        yield Sentence(Template.LAST_NUMBER)
    elif a.code[:2] == b.code[:2] and not b.is_enhanced:
        yield Sentence(Template.LAST_DIGIT)


_TELLERS: dict[str, Callable[[Side, Side], Iterator[Sentence]]] = {
    "Kind": _kind,
    "In one reply": _in_one_reply,
    "Class": _class,
    "Topic": _topic,
    "Precision": _precision,
    "Who must act": _who,
    "Trying again": _retry,
    "Connection": _connection,
    "Commands": _commands,
    "Classes": _possible,
    "Reply codes": _reply_codes,
    "In practice": _standing,
}
_FALLBACKS: dict[str, Callable[[Side, Side], Iterator[Sentence]]] = {"Meaning": _meaning, "Number": _last_number}
