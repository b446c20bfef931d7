"""The words of an HTML part. Nothing of it is kept, run or shown as markup."""

from __future__ import annotations

import html
import re

_BREAK = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table|/?pre|/?ul|hr)\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<[/!]?[A-Za-z!][^<>]{0,4000}>")
_BLANKS = re.compile(r"[ \t\xa0]{2,}")


def shown(text: str) -> str:
    """What a reader would see, a block a line."""
    lines = [" ".join(line.split()) for line in _without_heads(text).split("\n")]
    broken = _BREAK.sub("\n\n", " ".join(lines))
    return html.unescape(_BLANKS.sub(" ", _TAG.sub("", broken))).replace("\xa0", " ")


def _without_heads(text: str) -> str:
    """Without what is not shown; each element is looked for once, so that open ones cost no more than closed ones."""
    kept: list[str] = []
    position = 0
    lowered = text.lower()
    for _ in range(64):
        starts = [
            (at, name) for name in ("style", "script", "title") if (at := lowered.find("<" + name, position)) >= 0
        ]
        if not starts:
            break
        start, name = min(starts)
        end = lowered.find("</" + name, start)
        kept.append(text[position:start])
        if end < 0:
            return "".join(kept)
        position = end
    return "".join(kept) + text[position:]
