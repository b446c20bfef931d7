"""What an EHLO reply promises: reply in, capabilities out (RFC 5321 4.1.1.1). No I/O, no exception."""

from __future__ import annotations

import re
from functools import lru_cache

from smtpprobe.model import Capabilities, Keyword, Reply
from smtpprobe.outcome import Defect

# ehlo-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-"), RFC 5321 4.1.1.1.
_KEYWORD = re.compile(r"[A-Z0-9][A-Z0-9-]*")
# What Cisco's ESMTP inspection leaves of a keyword that it does not let through.
_MANGLED = re.compile(r"X{4,}[A-Z]?")
# RFC 1870 3 allows a client 20 digits; more are not read as a number.
_SIZE = re.compile(r"[0-9]{1,20}")


#: Replies of so many octets at most are remembered: a run reads its own several times, and servers say what others say.
_REMEMBERED = 4 * 1024


def read(reply: Reply) -> Capabilities:
    """The domain of the first line and one keyword a further line, in order, duplicates kept."""
    return _known(reply.texts) if reply.octets <= _REMEMBERED else _read(reply.texts)


def _read(texts: tuple[bytes, ...]) -> Capabilities:
    domain = texts[0].decode("utf-8", "backslashreplace").partition(" ")[0] if texts else ""
    seen: set[str] = set()
    return Capabilities(domain, tuple([_keyword(line, seen) for line in texts[1:] if line.strip()]))


_known = lru_cache(maxsize=256)(_read)


def _keyword(line: bytes, seen: set[str]) -> Keyword:
    words = [word.decode("utf-8", "backslashreplace") for word in line.split()]
    name, arguments = words[0].upper(), words[1:]
    if name.startswith("AUTH=") and len(name) > 5:
        # The spelling of the drafts before RFC 2554: the first mechanism follows the equals sign.
        name, arguments = "AUTH=", [words[0][5:], *arguments]
    defects = []
    if not _KEYWORD.fullmatch(name):
        defects.append(Defect.KEYWORD_ILLEGAL)
    if _MANGLED.fullmatch(name):
        defects.append(Defect.KEYWORD_MANGLED)
    if name in seen:
        defects.append(Defect.KEYWORD_REPEATED)
    if name == "SIZE" and arguments and not _SIZE.fullmatch(arguments[0]):
        defects.append(Defect.ARGUMENT_UNREADABLE)
    seen.add(name)
    return Keyword(name, tuple(arguments), line, tuple(defects))
