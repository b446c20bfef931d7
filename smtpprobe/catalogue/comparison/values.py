"""What a comparison is made of: sentences that can still be translated, the two codes, and where they differ.

Nothing is composed here; that a sentence is a template with its values is all that this file knows of language.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from smtpprobe.catalogue.comparison.words import Phrase, Template
from smtpprobe.outcome import Retry, Who

Words = Callable[[str], str]
Value = str | tuple[str, ...]


class Sentence(Struct, frozen=True):
    """A template of words.py, or a whole text of the catalogue, with what fills it; a tuple is read as a list."""

    template: str
    values: dict[str, Value] = {}

    def read(self, words: Words = str) -> str:
        """The text. ``words`` translates templates, phrases and texts of the catalogue, and leaves codes alone."""
        if not self.values:
            return words(self.template)
        return words(self.template).format(**{name: listed(value, words) for name, value in self.values.items()})


def listed(value: Value, words: Words = str) -> str:
    """``MAIL, RCPT and DATA``."""
    if isinstance(value, str):
        return words(value)
    items = [words(item) for item in value]
    text = items[0]
    for item in items[1:-1]:
        text = words(Template.LIST_MORE).format(items=text, next=item)
    return text if len(items) == 1 else words(Template.LIST_LAST).format(items=text, last=items[-1])


def spoken(commands: tuple[str, ...]) -> tuple[str, ...]:
    """Verbs as a sentence names them; where any command may be meant, the single ones are left out."""
    greeting = (Phrase.GREETING,) if "greeting" in commands else ()
    if "any" in commands:
        return (*greeting, Phrase.ANY_COMMAND)
    return (*greeting, *(command for command in commands if command != "greeting"))


class Side(Struct, frozen=True):
    """One of the two codes.

    ``code`` is written as it was asked for (``504``, ``5.7.1``, ``X.7.1``). ``digit`` is its class, 0 where the class
    is open or the number is no reply code. ``basic`` are the reply codes that an enhanced code goes with, and
    ``enhanced`` the registered codes (``X.7.1``) that a reply code goes with. ``origin`` is that of a CodeEntry,
    "unlisted" for a reply code that the catalogue lacks, "vendor" for an enhanced code that only vendors use, and
    "unregistered" for one that nobody is known to use. ``vendors`` give an enhanced code a sense of their own.
    """

    code: str
    is_enhanced: bool
    digit: int
    classes: tuple[int, ...]
    topic: Phrase | None
    name: str
    description: Sentence
    when: Sentence
    fix: Sentence
    who: Who
    retry: Retry
    origin: str
    commands: tuple[str, ...]
    basic: tuple[int, ...]
    enhanced: tuple[str, ...]
    mistaken_for: tuple[str, ...]
    vendors: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def positive(self) -> bool:
        """Does it say that nothing was refused?"""
        return self.digit in (2, 3) and self.retry is Retry.NO

    @property
    def outside(self) -> bool:
        """Is it a number that no SMTP server can send?"""
        return self.origin == "outside"

    @property
    def open_code(self) -> str:
        """An enhanced code with its class left open: ``X.7.1``."""
        return f"X{self.code[1:]}"


class Difference(Struct, frozen=True):
    """One thing in which they differ. ``aspect`` is one of words.ASPECTS."""

    aspect: str
    sentences: tuple[Sentence, ...]


class Comparison(Struct, frozen=True):
    """Two codes side by side. ``servers`` says which to send when, ``senders`` what to do on which."""

    title: Sentence
    summary: tuple[Sentence, ...]
    a: Side
    b: Side
    differences: tuple[Difference, ...]
    servers: tuple[Sentence, ...]
    senders: tuple[Sentence, ...]
    references: tuple[str, ...]
