"""What an enhanced status code means: the registered ones, and an explanation by subject for every other one.

What a vendor means by a code of its own is a matter for the dialects. The entries live in the files beside this one.
"""

from __future__ import annotations

import re
from typing import Final

from smtpprobe.catalogue.enhanced import addressing, content, mailbox, network, policy, protocol, security, system
from smtpprobe.catalogue.entries import EnhancedEntry
from smtpprobe.outcome import Retry, Who

ENHANCED: Final[dict[str, EnhancedEntry]] = {
    entry.code: entry
    for room in (addressing, mailbox, system, network, protocol, content, security, policy)
    for entry in room.ENTRIES
}

# RFC 3463 2: the class is 2, 4 or 5, subject and detail have one to three digits each.
_CODE: Final = re.compile(r"([245Xx])\.([0-9]{1,3})\.([0-9]{1,3})")
_LONGEST_QUERY: Final = 200

_CLASSES: Final[dict[int, str]] = {
    2: "Success: what was asked for is done.",
    4: "Temporary failure: the message is fine as it is, and a later attempt may succeed.",
    5: "Permanent failure: sending the same again brings the same answer.",
}
_RETRIES: Final[dict[str, Retry]] = {"2": Retry.NO, "4": Retry.LATER, "5": Retry.AFTER_FIX, "X": Retry.AFTER_FIX}

# RFC 3463 3: the subjects. Name, what it says, where to look, who can act.
_SUBJECTS: Final[dict[int, tuple[str, str, str, Who]]] = {
    0: ("other", "Its subject says nothing beyond the class.", "Go by the words behind the code.", Who.SERVER),
    1: (
        "addressing",
        "By its subject it concerns the sender or recipient address.",
        "Check both addresses.",
        Who.SENDER,
    ),
    2: (
        "mailbox",
        "By its subject it concerns the mailbox.",
        "Let the recipient or that side's admin look.",
        Who.RECIPIENT,
    ),
    3: (
        "mail system",
        "By its subject it concerns the receiving mail system.",
        "Its postmaster knows more.",
        Who.SERVER,
    ),
    4: (
        "network and routing",
        "By its subject it concerns DNS, routing or the connection.",
        "Check these.",
        Who.NETWORK,
    ),
    5: (
        "protocol",
        "By its subject it concerns the SMTP dialogue.",
        "Look at the command that it answers.",
        Who.SENDER,
    ),
    6: ("content", "By its subject it concerns the content.", "Send a plain message for comparison.", Who.SENDER),
    7: (
        "security or policy",
        "By its subject a security check or a policy decided.",
        "Check login, TLS, SPF, DKIM and DMARC.",
        Who.SENDER,
    ),
}
_NO_SUBJECT: Final = (
    "unknown",
    "Its subject is not defined by any RFC, so that only the class can be relied upon.",
    "Ask the admin of that server what the code stands for.",
    Who.SERVER,
)


def lookup(code: str) -> EnhancedEntry:
    """The entry for ``5.7.1`` or ``X.7.1``; one that is not registered is explained by its subject (RFC 3463 3).

    ``retry`` of a registered code is for the class it is mostly used with: under class 4 a later attempt is always
    worth it. Raises ValueError for anything but three numbers of at most three digits with a class of 2, 4, 5 or X.
    """
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError("not an enhanced status code (RFC 3463 2)")
    subject, detail = int(match[2]), int(match[3])
    return ENHANCED.get(f"X.{subject}.{detail}") or _unregistered(match[1].upper(), subject, detail)


def class_meaning(digit: int) -> str:
    """What the first number of a code says. Raises ValueError for a class that does not exist."""
    if digit not in _CLASSES:
        raise ValueError("the class of an enhanced status code is 2, 4 or 5 (RFC 3463 2)")
    return _CLASSES[digit]


def search(query: str) -> tuple[EnhancedEntry, ...]:
    """The entries that fit a query, best first; all of them for an empty one.

    A query is a code (``5.7.1``, ``X.7``, ``7.1``) or words that all stand in the entry's texts. Only its first 200
    characters count.
    """
    wanted = query[:_LONGEST_QUERY].casefold().strip()
    words = wanted.split()
    ranked = [(rank, entry) for entry in ENHANCED.values() if (rank := _rank(entry, wanted, words)) is not None]
    return tuple(entry for _, entry in sorted(ranked, key=lambda pair: pair[0]))


def _rank(entry: EnhancedEntry, wanted: str, words: list[str]) -> int | None:
    """How well an entry fits, 0 best; None when it does not."""
    own = entry.code.removeprefix("X.")
    spellings = (own, *(f"{kind}.{own}" for kind in "245x")) if "." in wanted else (own,)
    if wanted in spellings:
        return 0
    if any(spelling.startswith(f"{wanted}.") for spelling in spellings):
        return 1
    prose = f"{entry.name} {entry.meaning} {entry.fix}".casefold()
    return 2 if all(word in prose for word in words) else None


def _unregistered(kind: str, subject: int, detail: int) -> EnhancedEntry:
    name, about, where, who = _SUBJECTS.get(subject, _NO_SUBJECT)
    return EnhancedEntry(
        code=f"X.{subject}.{detail}",
        name=f"Unregistered code, subject {name}",
        meaning=f"Not among the registered codes that we know; most likely the server or its vendor made it up. {about}",
        fix=where,
        classes=(int(kind),) if kind != "X" else (),
        basic=(),
        retry=_RETRIES[kind],
        who=who,
        references=("RFC 3463 3",),
    )
