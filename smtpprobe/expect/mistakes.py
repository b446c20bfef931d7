"""A mistake in a file of expectations: one sentence, and the place of what is wrong."""

from __future__ import annotations

from smtpprobe.expectation import Place


class Mistake(ValueError):
    """What cannot be expected. ``words`` is one sentence that says what to write instead; ``place`` where it stands."""

    def __init__(self, words: str, place: Place | None) -> None:
        super().__init__(words)
        self.words = words
        self.place = place
