"""What to do with two codes: the summary, which to send when, and what to do on which."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.catalogue import codes
from smtpprobe.catalogue.comparison.differences import fit_together, sorted_kinds
from smtpprobe.catalogue.comparison.sides import pair
from smtpprobe.catalogue.comparison.values import Sentence, Side, Value, spoken
from smtpprobe.catalogue.comparison.words import Phrase, Template
from smtpprobe.catalogue.enhanced import ENHANCED
from smtpprobe.outcome import Retry, Who

_CLASS = {2: Phrase.CLASS_2, 3: Phrase.CLASS_3, 4: Phrase.CLASS_4, 5: Phrase.CLASS_5, 0: Phrase.CLASS_OUTSIDE}
_CLASSES = {2: Phrase.CLASSES_2, 3: Phrase.CLASSES_3, 4: Phrase.CLASSES_4, 5: Phrase.CLASSES_5}
_ENHANCED = {2: Phrase.ENHANCED_2, 4: Phrase.ENHANCED_4, 5: Phrase.ENHANCED_5, 0: Phrase.ENHANCED_OPEN}
_ENHANCEDS = {2: Phrase.ENHANCEDS_2, 4: Phrase.ENHANCEDS_4, 5: Phrase.ENHANCEDS_5, 0: Phrase.ENHANCEDS_OPEN}
_DOES = {Retry.NO: Phrase.DOES_NO, Retry.LATER: Phrase.DOES_LATER, Retry.AFTER_FIX: Phrase.DOES_AFTER_FIX}
_ON = {Retry.NO: Template.ON_NO, Retry.LATER: Template.ON_LATER, Retry.AFTER_FIX: Template.ON_FIX}
_ON_FIX = {Who.RECIPIENT: Template.ON_FIX_RECIPIENT, Who.SERVER: Template.ON_FIX_SERVER}
_MOST_COMMANDS = 3

# What to send where a code that no RFC defines is not akin to any that one does.
_PLAINEST = {2: ("250",), 3: ("334", "354"), 4: ("451",), 5: ("554",)}


# -- summary ----------------------------------------------------------------------------------------------


def summary(a: Side, b: Side) -> Iterator[Sentence]:
    """Two to four sentences: what they are, what whoever gets them does, and what they share."""
    kinds = sorted_kinds(a, b)
    if kinds is not None:
        yield from _kinds(*kinds)
    elif a.digit == b.digit:
        yield from _shared_class(a, b)
    else:
        table = _ENHANCED if a.is_enhanced else _CLASS
        classes: dict[str, Value] = {"class_a": table[a.digit], "class_b": table[b.digit]}
        yield Sentence(Template.CLASSES, {"a": a.code, "b": b.code, **classes})
    does = _does(a), _does(b)
    if does[0] == does[1]:
        yield Sentence(Template.DOES_SHARED, {"does": does[0]})
    else:
        yield Sentence(Template.DOES, {"a": a.code, "does_a": does[0], "b": b.code, "does_b": does[1]})
    if a.who is b.who and a.who is not Who.NOBODY:
        yield Sentence(Template.WHO_SHARED, {"who": a.who.meaning})
    if kinds is None and not (a.is_enhanced or a.outside or b.outside):
        yield from _commands(a, b)


def _kinds(basic: Side, enhanced: Side) -> Iterator[Sentence]:
    both: dict[str, Value] = {"basic": basic.code, "enhanced": enhanced.code}
    yield Sentence(Template.KINDS_OUTSIDE if basic.outside else Template.KINDS, both)
    if not basic.outside:
        yield Sentence(Template.TOGETHER if fit_together(basic, enhanced) else Template.APART)


def _shared_class(a: Side, b: Side) -> Iterator[Sentence]:
    if a.outside:
        yield Sentence(Template.OUTSIDE_SHARED, {"a": a.code, "b": b.code})
        return
    table = _ENHANCEDS if a.is_enhanced else _CLASSES
    yield Sentence(Template.CLASS_SHARED, {"a": a.code, "b": b.code, "classes": table[a.digit]})
    if a.is_enhanced and a.topic is b.topic and a.topic is not None:
        yield Sentence(Template.TOPIC_SHARED, {"topic": a.topic})


def _does(side: Side) -> Phrase:
    if side.is_enhanced and not side.digit:
        return Phrase.DOES_OPEN
    if side.positive:
        return Phrase.DOES_GO_AHEAD if side.digit == 3 else Phrase.DOES_SUCCESS
    return _DOES[side.retry]


def _commands(a: Side, b: Side) -> Iterator[Sentence]:
    if "unlisted" in (a.origin, b.origin):
        return
    if not a.commands and not b.commands:
        yield Sentence(Template.SESSION_NEITHER)
    elif not a.commands or not b.commands:
        one, other = (a, b) if a.commands else (b, a)
        yield Sentence(Template.SESSION_ONE, {"session": one.code, "report": other.code})
    elif common := _common(a, b):
        if len(common) > _MOST_COMMANDS:
            common = (*common[:_MOST_COMMANDS], Phrase.OTHER_COMMANDS)
        yield Sentence(Template.COMMANDS_SHARED, {"commands": common})
    else:
        yield Sentence(Template.COMMANDS_APART)


def _common(a: Side, b: Side) -> tuple[str, ...]:
    """The commands that may bring either, as a sentence names them."""
    if "any" in a.commands and "any" in b.commands:
        return (Phrase.ANY_COMMAND,)
    for one, other in ((a, b), (b, a)):
        if "any" in one.commands:
            return spoken(tuple(verb for verb in other.commands if verb != "greeting" or "greeting" in one.commands))
    return spoken(tuple(verb for verb in a.commands if verb in b.commands))


# -- when to use which ------------------------------------------------------------------------------------


def servers(a: Side, b: Side) -> Iterator[Sentence]:
    """For whoever writes or configures a server."""
    kinds = sorted_kinds(a, b)
    if kinds is not None:
        yield from _send_both(*kinds)
        return
    if a.is_enhanced and a.open_code == b.open_code:
        yield Sentence(Template.SEND_SAME, {"a": a.code, "b": b.code})
        return
    if a.origin == b.origin == "rfc":
        yield Sentence(Template.SEND, {"a": a.code, "name_a": a.name, "b": b.code, "name_b": b.name})
    elif a.outside and b.outside:
        yield Sentence(Template.SEND_NEITHER)
    else:
        yield from map(_send, (a, b))
    if a.is_enhanced:
        yield Sentence(Template.SWAPPED_ENHANCED)
    elif not (a.outside or b.outside):
        yield from _swapped(a, b)


def _send(side: Side) -> Sentence:
    if side.outside:
        return Sentence(Template.SEND_NEVER, {"code": side.code})
    if side.origin == "rfc":
        return Sentence(Template.SEND_ONE, {"code": side.code, "name": side.name})
    if side.is_enhanced:
        return Sentence(Template.SEND_REGISTERED, {"code": side.code, "codes": _registered(side.code)})
    return Sentence(Template.SEND_STANDARD, {"code": side.code, "codes": _standard(side)})


def _registered(code: str) -> str:
    """The catch-all of the same subject (RFC 3463 3)."""
    kind, subject, _ = code.split(".")
    return f"{kind}.{subject}.0" if f"X.{subject}.0" in ENHANCED else f"{kind}.0.0"


def _standard(side: Side) -> tuple[str, ...]:
    akin = tuple(
        code for code in side.mistaken_for if code[0] == side.code[0] and codes.lookup(int(code)).origin == "rfc"
    )
    return akin or _PLAINEST[side.digit]


def _send_both(basic: Side, enhanced: Side) -> Iterator[Sentence]:
    if not basic.origin == enhanced.origin == "rfc":
        yield from map(_send, (basic, enhanced))
    elif fit_together(basic, enhanced):
        yield Sentence(Template.SEND_TOGETHER, {"pair": pair(basic.code, enhanced.code)})
    elif basic.digit == 3:
        yield Sentence(Template.SEND_WITHOUT, {"basic": basic.code})
    else:
        values: dict[str, Value] = {"basic": basic.code, "digit": str(basic.digit), "enhanced": enhanced.code}
        yield Sentence(Template.SEND_APART, values)


def _swapped(a: Side, b: Side) -> Iterator[Sentence]:
    """What a wrong choice does. Clients go by the first digit (RFC 5321 4.2.1)."""
    low, high = sorted((a, b), key=lambda side: side.digit)
    if low.digit == high.digit:
        if low.digit > 3 and low.retry is high.retry and _common(a, b) and "421" not in (a.code, b.code):
            yield Sentence(Template.SWAPPED_ALIKE)
    elif high.digit == 3:
        yield Sentence(Template.SWAPPED_GO_AHEAD, {"go_ahead": high.code})
    elif low.digit == 4:
        yield Sentence(Template.SWAPPED_FINAL, {"later": low.code, "final": high.code})
    else:
        yield Sentence(Template.SWAPPED_POSITIVE, {"positive": low.code, "negative": high.code})


def senders(a: Side, b: Side) -> Iterator[Sentence]:
    """For whoever gets one of them."""
    told = _on(a), _on(b)
    if told[0] == told[1]:
        yield Sentence(told[0], {"codes": (a.code, b.code)})
    else:
        yield from (Sentence(on, {"codes": side.code}) for on, side in zip(told, (a, b), strict=True))


def _on(side: Side) -> Template:
    if side.is_enhanced and not side.digit:
        return Template.ON_OPEN
    if side.positive:
        return Template.ON_GO_AHEAD if side.digit == 3 else Template.ON_SUCCESS
    if side.retry is Retry.AFTER_FIX:
        return _ON_FIX.get(side.who, Template.ON_FIX)
    return _ON[side.retry]
