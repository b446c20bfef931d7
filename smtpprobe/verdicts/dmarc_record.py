"""A DMARC record, read from its text (RFC 9989 4.7 and 4.8). Pure; decides nothing."""

from __future__ import annotations

import re

from msgspec import Struct

_VERSION = re.compile(r"v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)")
_TAG = re.compile(r"([A-Za-z]+)[ \t]*=([\t -:<-~]*)")
_POLICIES = ("none", "quarantine", "reject")
_ALLOWED = {
    "p": _POLICIES,
    "sp": _POLICIES,
    "np": _POLICIES,
    "adkim": ("r", "s"),
    "aspf": ("r", "s"),
    "psd": ("y", "n", "u"),
    "t": ("y", "n"),
}
#: Longer than any that is published; what is beyond it is not read.
RECORD_LIMIT = 4_096


class DmarcRecord(Struct, frozen=True):
    """The record of one domain. ``p``, ``sp`` and ``np`` are "" where not given; ``pct`` None likewise.

    ``problems`` are sentences on what is wrong with it, ``mended`` is the record without that; ``usable`` is false
    where it counts for nothing.
    """

    domain: str
    text: str
    p: str = ""
    sp: str = ""
    np: str = ""
    adkim: str = "r"
    aspf: str = "r"
    psd: str = "u"
    testing: bool = False
    pct: int | None = None
    rua: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    usable: bool = True
    mended: str = ""


def dmarc_records(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Those TXT records that are DMARC records: they begin with this very version tag (RFC 9989 4.7)."""
    return tuple([text for text in texts if _VERSION.match(text)])


def read_dmarc(domain: str, text: str) -> DmarcRecord:
    """The record in its parts; what is wrong in it falls back to the default (RFC 9989 4.8)."""
    problems: list[str] = []
    tags = _tags(text[:RECORD_LIMIT], problems)
    wrong = [tag for tag in ("p", "sp", "np") if tag in tags and tags[tag].lower() not in _POLICIES]
    values = {tag: _allowed(tags, tag, problems) for tag in _ALLOWED}
    reports = tuple([uri.strip() for uri in tags.get("rua", "").split(",") if ":" in uri])
    if "p" not in tags:
        problems.append("it has no p=, which counts as p=none, and makes older receivers pass it over")
    percent = _percent(tags, problems)
    # RFC 9989 4.10.1: without a valid policy it still serves to collect reports, or else for nothing.
    usable = not wrong or bool(reports)
    return DmarcRecord(
        domain,
        text,
        p="none" if wrong else values["p"],
        sp="" if wrong else values["sp"],
        np="" if wrong else values["np"],
        adkim=values["adkim"] or "r",
        aspf=values["aspf"] or "r",
        psd=values["psd"] or "u",
        testing=values["t"] == "y",
        pct=percent,
        rua=reports,
        problems=tuple(problems),
        usable=usable,
        mended=_mended(tags, {**values, "pct": tags.get("pct", "") if percent is not None else ""}),
    )


def _tags(text: str, problems: list[str]) -> dict[str, str]:
    tags: dict[str, str] = {}
    for part in filter(None, [part.strip() for part in text.split(";")]):
        tag = _TAG.fullmatch(part)
        if tag is None:
            problems.append(f'"{part[:40]}" in it is no tag')
        elif tag[1].lower() in tags:
            problems.append(f"{tag[1].lower()}= stands in it twice")
        else:
            tags[tag[1].lower()] = tag[2].strip()
    return tags


def _allowed(tags: dict[str, str], tag: str, problems: list[str]) -> str:
    """The value in lower case, "" where there is none that counts."""
    value = tags.get(tag, "").lower()
    if tag in tags and value not in _ALLOWED[tag]:
        problems.append(f"{tag}={value[:40]} in it is none of {', '.join(_ALLOWED[tag])}")
        return ""
    return value


def _mended(tags: dict[str, str], values: dict[str, str]) -> str:
    """The record with what counts in it, and a policy."""
    kept = {tag: value for tag, value in tags.items() if tag not in ("v", "p") and (tag not in values or values[tag])}
    return "; ".join(["v=DMARC1", f"p={values['p'] or 'none'}", *[f"{tag}={value}" for tag, value in kept.items()]])


def _percent(tags: dict[str, str], problems: list[str]) -> int | None:
    """``pct``, which RFC 9989 dropped and older receivers still read."""
    value = tags.get("pct", "")
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", value) or int(value) > 100:
        problems.append(f"pct={value[:40]} in it is no number from 0 to 100")
        return None
    return int(value)
