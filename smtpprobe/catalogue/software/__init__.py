"""The server software the catalogue knows: how to recognise each, what it bears, which setting mends what. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from smtpprobe.catalogue.entries import Allowance, Setting, SoftwareEntry
from smtpprobe.catalogue.software import (
    aiosmtpd,
    chasquid,
    courier,
    exchange,
    exim,
    gmail,
    haraka,
    james,
    kumomta,
    mox,
    nodemailer,
    opensmtpd,
    postfix,
    qmail,
    sendmail,
    stalwart,
)
from smtpprobe.model import Software

SOFTWARE: tuple[SoftwareEntry, ...] = (
    postfix.ENTRY,
    exim.ENTRY,
    sendmail.ENTRY,
    opensmtpd.ENTRY,
    exchange.ENTRY,
    gmail.ENTRY,
    aiosmtpd.ENTRY,
    chasquid.ENTRY,
    qmail.ENTRY,
    haraka.ENTRY,
    stalwart.ENTRY,
    courier.ENTRY,
    james.ENTRY,
    mox.ENTRY,
    kumomta.ENTRY,
    nodemailer.ENTRY,
)

CAREFUL = Allowance()

_TEXT_LIMIT = 8 * 1024
_REFUSALS_LIMIT = 64
_QUOTE_LIMIT = 80


def entry(name: str) -> SoftwareEntry | None:
    """The entry of the software with exactly this name."""
    return next((e for e in SOFTWARE if e.name == name), None)


def allowance(name: str | None) -> Allowance:
    """How much one connection to this software bears; the careful default where it is not known."""
    known = entry(name) if name is not None else None
    return known.allowance if known else CAREFUL


def setting(name: str, rule: str) -> Setting | None:
    """This software's own remedy for this rule's finding, where it has one."""
    known = entry(name)
    return next((s for s in known.settings if s.rule == rule), None) if known else None


def recognise(greeting: str, ehlo: str, help_text: str, refusals: Sequence[str]) -> Software | None:
    """Which software answers. A greeting that names the product is enough; else two other signs have to agree."""
    greeting, ehlo, help_text = (text[:_TEXT_LIMIT] for text in (greeting, ehlo, help_text))
    heard = [refusal[:_TEXT_LIMIT] for refusal in refusals[:_REFUSALS_LIMIT]]
    for candidate in SOFTWARE:
        if named := _found("greeting", greeting).get(candidate.name):
            return _software(candidate, [("the greeting", named), *_signs(candidate, ehlo, help_text, heard)], shown=1)
    for candidate in SOFTWARE:
        if len(signs := list(_signs(candidate, ehlo, help_text, heard))) >= 2:
            return _software(candidate, signs, shown=2)
    return None


def _signs(
    candidate: SoftwareEntry, ehlo: str, help_text: str, refusals: Sequence[str]
) -> Iterator[tuple[str, re.Match[str]]]:
    """What speaks for this software besides the greeting: EHLO, HELP, and each wording of a refusal once."""
    if found := _found("ehlo", ehlo).get(candidate.name):
        yield "EHLO", found
    if found := _found("help", help_text).get(candidate.name):
        yield "HELP", found
    if not any(map(_refusals_in, refusals)):
        return
    for pattern in candidate.errors:
        if found := next((m for refusal in refusals if (m := _refusals_in(refusal).get(pattern))), None):
            yield "a refusal", found


def _software(candidate: SoftwareEntry, signs: Sequence[tuple[str, re.Match[str]]], shown: int) -> Software:
    versions = (match.groupdict().get("version") for _, match in signs)
    evidence = " and ".join(f'{where} says "{_quote(match)}"' for where, match in signs[:shown])
    return Software(candidate.name, next((v for v in versions if v), None), evidence)


@lru_cache(maxsize=256)
def _found(place: str, text: str) -> dict[str, re.Match[str]]:
    """By name, the software whose pattern for a greeting, EHLO or HELP the text matches: it is asked for often."""
    return {one.name: match for one in SOFTWARE if (match := _search(getattr(one, place), text))}


@lru_cache(maxsize=256)
def _refusals_in(text: str) -> dict[str, re.Match[str]]:
    """By pattern, what the text matches of the refusals of all software."""
    return {pattern: match for one in SOFTWARE for pattern in one.errors if (match := _search(pattern, text))}


def _search(pattern: str, text: str) -> re.Match[str] | None:
    return _compiled(pattern).search(text) if pattern and text else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


def _quote(match: re.Match[str]) -> str:
    """The words that matched, on one line and short."""
    return " ".join(match.group().split())[:_QUOTE_LIMIT]
