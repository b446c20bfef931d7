"""What a server took and refused of each parameter, made into a choice that treats other values the same way. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from smtpprobe.fake.heard import Heard
from smtpprobe.fake.templates import PATHS, Client, lines, parameter_words, template, words
from smtpprobe.fake.words import choice

#: What each parameter looks like in its RFC; the first form that divides what was taken from what was not is used.
_XTEXT = r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})*"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,12}(?:Z|[+-][0-9:]{4,6})(?:;[CR])?"
FORMS: dict[str, tuple[str, ...]] = {
    "SIZE": ("[0-9]{1,20}",),
    "BODY": ("7BIT|8BITMIME|BINARYMIME", "7BIT|8BITMIME", "7BIT|BINARYMIME"),
    "RET": ("FULL|HDRS",),
    "ENVID": (_XTEXT, "[!-~]+"),
    "AUTH": (f"<>|{_XTEXT}", "<>"),
    "BY": ("-?[0-9]{1,9};NT?|[1-9][0-9]{0,8};RT?", "-?[0-9]{1,9};[NR]T?"),
    "MT-PRIORITY": ("[+-]?[0-9]",),
    "HOLDFOR": ("[1-9][0-9]{0,8}", "[0-9]{1,9}"),
    "HOLDUNTIL": (_DATE,),
    "MTRK": ("[A-Za-z0-9+/]+={0,2}(?::[0-9]{1,9})?",),
    "SOLICIT": ("[A-Za-z0-9.:_-]+(?:,[A-Za-z0-9.:_-]+)*",),
    "SUBMITTER": (r"[^\s@]+@[^\s@]+",),
    "TRANSID": (r"<[^\s@>]+@[^\s@>]+>",),
    "NOTIFY": ("NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY))*",),
    "ORCPT": (r"[A-Za-z0-9-]+;\S+",),
    "RRVS": (_DATE,),
}
UNKNOWN = "SMTPPROBE"


class Tried(Struct, frozen=True):
    """One parameter that was sent by itself, and the answer. ``value`` is None where it had none."""

    value: str | None
    said: Heard

    @property
    def parameter(self) -> str:
        return self.said.argument.rpartition(" ")[2]


def choices(heard: Iterable[Heard], verb: str, size: int | None, them: Client) -> dict[str, str]:
    """The table of parameters for MAIL or RCPT. ``size`` is the limit that EHLO announced."""
    tried: dict[str, list[Tried]] = {}
    for one in heard:
        match = PATHS.fullmatch(one.argument) if one.verb == verb and one.answered and one.code is not None else None
        # More than one at once tell nothing about each: but for those that never come alone.
        if match is not None and match[2] and " " not in match[2].removesuffix(" ENVID=smtpprobe"):
            keyword, equals, value = match[2].removesuffix(" ENVID=smtpprobe").partition("=")
            tried.setdefault(keyword.upper(), []).append(Tried(value if equals else None, one))
    found = {keyword: _choice(keyword, values, size, them) for keyword, values in tried.items()}
    others = found.pop(UNKNOWN, None)
    bare = {keyword for keyword, values in tried.items() if all(one.value is None for one in values)}
    table = {
        keyword: text
        for keyword, text in found.items()
        if text and (others == "accept" or not _alike(text, others, bare=keyword in bare))
    }
    return table if others is None else table | {"*": others}


def _alike(text: str, others: str | None, *, bare: bool) -> bool:
    """Does the choice for all others say the same? A parameter without a value is its keyword."""
    if others is not None and bare:
        text, others = (one.replace("{keyword}", "{parameter}") for one in (text, others))
    return text == others


def _choice(keyword: str, tried: Sequence[Tried], size: int | None, them: Client) -> str | None:
    """None where no choice can tell what this server did: then rules have to."""
    # What was tried in both TLS states is told as it is inside TLS; rules tell the rest.
    inside = {one.value for one in tried if one.said.encrypted}
    tried = [one for one in tried if one.said.encrypted or one.value not in inside]
    taken = [one for one in tried if one.said.positive]
    refused = [one for one in tried if not one.said.positive]
    if not refused:
        return "accept"
    if not taken:
        return _valid(f"refuse {_reply(refused[0], '', them, named=True)}")
    numbers = [int(one.value) for one in taken if one.value and re.fullmatch("[0-9]{1,20}", one.value)]
    over = [one for one in refused if one.value and re.fullmatch("[0-9]{1,20}", one.value)]
    if keyword == "SIZE" and numbers and over:
        least = min(int(one.value or 0) for one in over)
        limit = size if size is not None and max(numbers) <= size < least else least - 1
        return _valid(f"limit {limit} else {_reply(over[0], str(limit), them)}") if limit > 0 else None
    otherwise = _reply(refused[0], "", them)
    if all(one.value is None for one in taken) and all(one.value is not None for one in refused):
        return _valid(f"flag else {otherwise}")
    if any(one.value is None for one in taken):
        return None
    exact = "|".join(dict.fromkeys([re.escape(one.value or "") for one in taken]))
    for form in (*FORMS.get(keyword, ()), exact):
        fits = re.compile(form, re.IGNORECASE)
        if all(fits.fullmatch(one.value or "") for one in taken) and not any(
            one.value is not None and fits.fullmatch(one.value) for one in refused
        ):
            return _valid(f"check {form} else {otherwise}")
    return None


def _reply(one: Tried, limit: str, them: Client, *, named: bool = False) -> str:
    """The refusal, all its lines in one string."""
    known = [*parameter_words(one.parameter, limit, named=named), *words(one.said)]
    return "\r\n".join(template(lines(one.said.raw, one.said.octets), known, them))


def _valid(text: str) -> str | None:
    """What the grammar can say: a refusal that begins with a digit."""
    kind, _, rest = text.partition(" ")
    answer = rest if kind == "refuse" else text.partition(" else ")[2]
    if not answer[:1].isdigit():
        return None
    try:
        return text if choice(text).reply == answer else None
    except (ValueError, re.error):
        return None
