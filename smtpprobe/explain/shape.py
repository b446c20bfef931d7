"""What a text has in common with others of its kind: addresses, names, numbers and ids replaced. Pure."""

from __future__ import annotations

import re

_LONGEST = 600
# In one pass: addresses, URLs, bracketed literals, host names of three labels, ids of letters and digits, numbers.
_VARIABLE = re.compile(
    r"<[^<>\s]{0,320}>|[\w.+=~-]{1,128}@[\w.-]{1,255}|https?://\S{1,500}|\[[0-9A-Fa-f:.]{2,45}\]|"
    r"\b(?=[\w-]{0,60}\d)[\w-]{6,64}\b|\b(?:[\w-]{1,63}\.){2,8}[A-Za-z]{2,24}\b|\d{1,20}"
)


def shape_of(text: str) -> str:
    """The first 600 characters with everything that differs from mail to mail replaced by a mark."""
    return _VARIABLE.sub("…", text[:_LONGEST])
