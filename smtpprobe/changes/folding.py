"""A server's texts without what differs from run to run: dates, ids, our own names and ports. Compares nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

import msgspec

from smtpprobe.changes.facts import Fact, Literal, Snapshot
from smtpprobe.changes.words import Also, What

NAME, VERSION, LIMIT, OURS, RANDOM = "<server>", "<version>", "<limit>", "<us>", "<random>"

#: Of a longer text only the beginning is looked at.
LONGEST = 2_000

_MARK = re.compile(r"<(?:server|version|limit|us|random|date|address|id|challenge)>")

_DAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? {1,2})?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_CLOCK = r"[0-2]?\d:[0-5]\d(?::[0-6]\d(?:[.,]\d{1,9})?)?(?: ?[AaPp][Mm]\b)?"
_ZONE = r"(?: ?[+-]\d\d:?\d\d\b| (?:UTC|GMT|UT|MSK|[A-Z]{1,3}T)\b)"
_AFTER = rf"(?:Z\b|{_ZONE})?(?: \([A-Z][A-Za-z ]{{1,30}}\))?"
#: RFC 5322 3.3, the C library's, RFC 3339, numbers with slashes or dots, a time of day alone, UNIX time.
_DATE = re.compile(
    rf"(?<![\w.])(?:{_DAY}\d{{1,2}}[ -]{_MONTH}[ -]\d{{2,4}}(?:[ ,]{{1,2}}{_CLOCK}{_AFTER})?"
    rf"|{_DAY}{_MONTH} {{1,2}}\d{{1,2}},? (?:{_CLOCK}{_AFTER}(?: \d{{4}}\b)?|\d{{4}}\b(?:[ ,]{{1,2}}{_CLOCK}{_AFTER})?)"
    rf"|\d{{4}}[-/]\d\d[-/]\d\d(?:[T ]{_CLOCK}{_AFTER})?"
    rf"|\d{{8}}T\d{{6}}Z?"
    rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}(?:[ ,]{{1,2}}{_CLOCK}{_AFTER})?"
    rf"|[0-2]?\d:[0-5]\d:[0-6]\d(?:[.,]\d{{1,9}})?(?: ?[AaPp][Mm]\b)?{_AFTER}"
    rf"|[0-2]?\d:[0-5]\d(?: ?[AaPp][Mm]\b|{_ZONE})"
    rf"|1[5-9]\d{{8}}(?:\d{{3}}|\.\d{{1,9}})?)(?![\w:])"
)

_V4 = r"(?:\d{1,3}\.){3}\d{1,3}"
_V6 = r"(?:IPv6:)?(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?:%[\w.-]{1,32})?"
_ADDRESS = re.compile(
    # The name that the server found for the address may stand before it, and the port behind it.
    rf"(?:\b(?:[\w-]{{1,63}}\.[\w.-]{{1,255}}|localhost|unknown) ?)?[\[(](?:{_V4}|{_V6})[\])](?::\d{{1,5}}\b)?"
    rf"|(?<![\w.:])(?:{_V4}(?::\d{{1,5}})?|{_V6})(?![\w:]|\.\d)"
    r"|\bport[ =:]\d{1,5}\b",
)

_ID = re.compile(
    # UUIDs, queue ids of Exim, then what is called an id by the word before it.
    r"\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b"
    r"|\b\d[0-9A-Za-z]{5}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}\b"
    r"|(?:(?<=\bpid )|(?<=\bpid=)|(?<=\bqp ))\d{1,10}\b"
    r"|(?:(?<=\bqueued as )|(?<=\bid )|(?<=\bid=)|(?<=\b[Ss]ession ))(?=[\w-]{0,63}\d)[\w-]{4,64}"
    # Hexadecimal with a digit and a letter in it; letters and digits that change places; many digits.
    r"|\b(?:(?=[0-9a-f]{0,63}\d)(?=\d{0,63}[a-f])[0-9a-f]{8,64}|(?=[0-9A-F]{0,63}\d)(?=\d{0,63}[A-F])[0-9A-F]{8,64}"
    r"|(?=[0-9A-Za-z]{10})[A-Za-z]{0,64}\d{1,64}[A-Za-z]{1,64}\d[0-9A-Za-z]{0,64})"
    r"(?:[-._][A-Za-z]{0,16}\d[0-9A-Za-z]{0,64}){0,8}\b"
    r"|(?<![\w.])\d{5,64}(?![\w])"
)

_ENHANCED = re.compile(r"\A[245]\.\d{1,3}\.\d{1,3}(?: |$)")
#: Dates, addresses and ids have one of these in them.
_MAY_DIFFER = re.compile(r"\d|::")
_PROMPT = 16


def folded(snapshot: Snapshot, also: Collection[str] = ()) -> Snapshot:
    """The same facts, their texts folded but for what is asked for. Folding twice changes nothing more."""
    facts = [_fact(fact, snapshot.literals, frozenset(also)) for fact in snapshot.facts]
    whole = snapshot.folded or not also
    reason = _fold(snapshot.reason, snapshot.literals, frozenset(also))
    return msgspec.structs.replace(snapshot, facts=_joined(facts), reason=reason, folded=whole)


def _joined(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """One fact of each name. What goes by one name and says two things says both, in whichever order they stood."""
    found: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.key, []).append(fact)
    return tuple([_both(same) if len(same) > 1 else same[0] for same in found.values()])


def _both(facts: Collection[Fact]) -> Fact:
    one, *_ = facts
    value = ", ".join(sorted({fact.value for fact in facts}))
    text = " / ".join(sorted({fact.text for fact in facts if fact.text}))
    rests_on = tuple(sorted({name for fact in facts for name in fact.rests_on}))
    return msgspec.structs.replace(one, value=value, text=text, rests_on=rests_on)


def _fact(fact: Fact, literals: tuple[Literal, ...], also: frozenset[str]) -> Fact:
    # The greeting is where a server tells its name.
    kept = tuple([one for one in literals if one.mark != NAME]) if fact.what is What.GREETING else literals
    command = _fold(fact.command, literals, frozenset())
    return msgspec.structs.replace(fact, command=command, text=_fold(fact.text, kept, also))


def _fold(text: str, literals: tuple[Literal, ...], also: frozenset[str]) -> str:
    """Every pass turns more of the text into marks, so this ends."""
    if not _MAY_DIFFER.search(text) and not any(one.text in text for one in literals):
        return text
    expression, marks = _pattern(literals, also)

    def mark(match: re.Match[str]) -> str:
        return match[0] if match.lastindex is None else marks[match.lastindex - 1] or match[0]

    while (shorter := expression.sub(mark, text)) != text:
        text = shorter
    return text


@lru_cache(maxsize=256)
def _pattern(literals: tuple[Literal, ...], also: frozenset[str]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One expression, and the mark for each of its groups, "" for what stays as it is. Marks are met first."""
    ids = Also.IDS not in also
    groups = [(_literal(one), one.mark) for one in literals if ids or not one.ids]
    groups.append((_DATE.pattern, "" if Also.DATES in also else "<date>"))
    if ids:
        groups += [(_ADDRESS.pattern, "<address>"), (_ID.pattern, "<id>")]
    expression = "|".join([_MARK.pattern, *[f"({pattern})" for pattern, _ in groups]])
    return re.compile(expression), tuple([mark for _, mark in groups])


def _literal(one: Literal) -> str:
    """Whole words; a port may follow an address of ours."""
    port = r"(?::\d{1,5}\b)?" if one.ids else ""
    return rf"(?<!\w){re.escape(one.text)}{port}(?!\w)"


def wording(code: int | None, lines: Collection[str]) -> str:
    """The text of a reply on one line, without its enhanced codes, and without the challenge of a login."""
    texts = [" ".join(_ENHANCED.sub("", line, count=1).split()) for line in lines]
    text = " / ".join([one for one in texts if one])[:LONGEST]
    return "<challenge>" if code == 334 and len(text) > _PROMPT else text
