"""Two codes side by side: what each means, how they differ, when to use which. Values only, nothing is shown here."""

from __future__ import annotations

import re

from msgspec.structs import replace

from smtpprobe.catalogue.comparison.advice import senders, servers, summary
from smtpprobe.catalogue.comparison.differences import differences
from smtpprobe.catalogue.comparison.sides import side
from smtpprobe.catalogue.comparison.values import Comparison, Difference, Sentence, Side, Value, Words
from smtpprobe.catalogue.comparison.words import TEMPLATES, Template

_SENTENCES = re.compile(r"(?<=\.) (?=[A-Z])")

__all__ = ["TEMPLATES", "Comparison", "Difference", "Sentence", "Side", "Words", "compare", "side"]


def compare(a: str, b: str) -> Comparison:
    """The comparison of two codes, each a reply code (``504``) or an enhanced one (``5.7.1``, ``X.7.1``).

    Raises ValueError with a sentence for the user where one is no code, or both are the same.
    """
    left, right = side(a), side(b)
    _different(left, right)
    outside = left.outside or right.outside
    title = Template.TITLE_OUTSIDE if outside else Template.TITLE
    return Comparison(
        title=Sentence(title, {"a": left.code, "name_a": left.name, "b": right.code, "name_b": right.name}),
        summary=tuple(summary(left, right)),
        a=left,
        b=_without_repeating(right, left),
        differences=differences(left, right),
        servers=tuple(servers(left, right)),
        senders=tuple(senders(left, right)),
        references=tuple(dict.fromkeys((*left.references, *right.references))),
    )


def _different(a: Side, b: Side) -> None:
    if a.code == b.code:
        raise ValueError(
            f"Both codes are {a.code}, and a code does not differ from itself: give another one beside it."
        )
    if a.is_enhanced and b.is_enhanced and a.open_code == b.open_code and "X" in (a.code[0], b.code[0]):
        raise ValueError(f"{a.open_code} is the same code with its class left open: give two classes or two codes.")


def _without_repeating(side: Side, first: Side) -> Side:
    """What was said of the first code is not said again: two classes of one enhanced code have the same texts.

    So have, in part, two codes that are told from their digits; the entries of the catalogue share no sentence.
    """
    cause = Template.SAME_CAUSE if side.is_enhanced and side.open_code == first.open_code else Template.SAME_DIGITS
    values: dict[str, Value] = {"a": first.code, "b": side.code}
    return replace(
        side,
        description=_new_in(side.description, first.description) or Sentence(cause, values),
        when=_new_in(side.when, first.when) or Sentence(Template.SAME_WHEN, values),
        fix=_new_in(side.fix, first.fix) or Sentence(Template.SAME_FIX, values),
    )


def _new_in(text: Sentence, said: Sentence) -> Sentence | None:
    """The sentences that the other text does not have; None for none."""
    if text.values or said.values:
        return text
    old = set(_SENTENCES.split(said.template))
    kept = [sentence for sentence in _SENTENCES.split(text.template) if sentence not in old]
    return Sentence(" ".join(kept)) if kept else None
