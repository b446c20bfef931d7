"""Which reason a wording means, whoever says it: families of texts in a deliberate order, and the look-up. No I/O."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.catalogue.needles import Index, parts_of
from smtpprobe.catalogue.wordings import (
    client,
    content,
    eastern,
    european,
    mailbox,
    sender,
    server,
    vague,
)

__all__ = ["VAGUE", "WORDINGS", "folded", "match", "match_vague"]

# The first that fits counts: what is said about a cause stands before what is said about its effect, and the sender's
# side before the recipient's, because a refusal of the sender often names the recipient too.
WORDINGS: Final[tuple[WordingEntry, ...]] = (
    *content.VIRUS,
    *sender.UNVOUCHED,
    *client.REVERSE,
    *mailbox.SUPPRESSED,
    *client.REPUTATION,
    *client.GREYLIST,
    *client.CONNECTIONS,
    *client.RELAY,
    *mailbox.FILTERED,
    *sender.REFUSED,
    *client.ENCRYPTION,
    *client.LOGIN,
    *client.PACE,
    *content.OVER_LIMIT,
    *content.TOO_BIG,
    *mailbox.SUSPENDED,
    *server.LOOPS,
    *mailbox.FULL,
    *content.LINKS,
    *client.LISTED,
    *client.HELLO,
    *server.CLOSED,
    *server.PROGRAMS,
    *server.RESOLVER,
    *server.NAMES,
    *mailbox.UNKNOWN,
    *mailbox.MOVED,
    *content.SPAM,
    *content.FORM,
    *content.POLICY,
    *server.DISK,
    *client.TURNED_AWAY,
    *client.COMMANDS,
    *server.TROUBLE,
    *server.GIVEN_UP,
    *server.WAY,
    *european.ENTRIES,
    *eastern.ENTRIES,
    *server.NO_BOUNCE,
)
VAGUE: Final[tuple[WordingEntry, ...]] = vague.ENTRIES

_LONGEST: Final = 4_000
# An address or a repeated code in front of a line is no wording; nor may "<spam@example.org>" count as one.
_CODES: Final = re.compile(
    r"[245](?:[0-9]{2}(?:[ -][245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])|-)|\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.]))"
)
# A full stop within a name or number ends no sentence.
_WITHIN: Final = re.compile(r"\.(?=[^ ])")
_ADDRESS: Final = re.compile(r"[\w.+=%&/!#$*?^{|}~-]{1,64}@[\w.-]{0,255}", re.ASCII)
_PLAIN: Final = str.maketrans(
    "àâäáãåèêëéìîïíòôöóõøùûüúçñ’‘`´\u00a0", "aaaaaaeeeeiiiioooooouuuucn'''' ", "\u00ad\u200b\u200e\u200f"
)


def match(text: str) -> WordingEntry | None:
    """The first entry whose wording stands in the text."""
    return _first(WORDINGS, folded(text))


def match_vague(text: str) -> WordingEntry | None:
    """The first entry that a text fits which says little."""
    return _first(VAGUE, folded(text))


def folded(text: str) -> str:
    """The text as patterns see it.

    In small letters, white space single, without addresses ("@" stays) and repeated codes, letters without accents,
    negations in their long form ("is not", "cannot"), and a raised point for each full stop within a word, so that
    "[^.;]" stays within a sentence.
    """
    text = text[:_LONGEST].lower()
    if not text.isascii():
        from unicodedata import normalize

        text = normalize("NFKC", text).translate(_PLAIN)
    if "@" in text:
        text = _ADDRESS.sub("@", text)
    text = _WITHIN.sub("·", " ".join(_CODES.sub(" ", text).split()))
    if "n't" in text:
        text = text.replace("can't", "cannot").replace("won't", "will not").replace("n't", " not")
    return text.replace("can not", "cannot")


def _first(entries: tuple[WordingEntry, ...], text: str) -> WordingEntry | None:
    """The first entry that fits, in the order of the entries."""
    rules, index = _rules(entries)
    return next(
        (rules[at][0] for at in index.possible(text, parts_of(text)) if _compiled(rules[at][1]).search(text)), None
    )


@cache
def _rules(entries: tuple[WordingEntry, ...]) -> tuple[list[tuple[WordingEntry, str]], Index]:
    """Every pattern beside its entry, and the index over them."""
    rules = [(entry, pattern) for entry in entries for pattern in entry.patterns]
    return rules, Index([pattern for _, pattern in rules])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
