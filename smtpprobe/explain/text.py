"""A text that somebody pasted, explained: for programs, and wherever the whole of it is at hand."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.diagnosis import Diagnosis
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.explain.event import LINE_LIMIT, MESSAGE_LIMIT
from smtpprobe.explain.reading import Reading

NOTHING = (
    "Nothing in it looks like a reply, a log line, an error or a bounce: give a code (504), an enhanced code (5.7.1), "
    "a whole reply (550 5.7.1 Relay access denied), or the lines around it."
)


def explain_text(text: str, command: str | None = None) -> tuple[Diagnosis, ...]:
    """What each reply, log line, error or bounced recipient in the text means, in its order.

    ``command`` is what the replies answer, where the text does not tell. Raises ValueError, with a sentence that says
    what is accepted, where nothing is recognised.
    """
    explainer = Explainer()
    found = tuple([explainer.explain(event) for event in Reading(command).events(_Pasted(text))])
    if not found:
        raise ValueError(NOTHING)
    return found


class _Pasted:
    """A text as an input."""

    def __init__(self, text: str) -> None:
        self._text = text

    def head(self) -> bytes:
        return self._text[: 64 * 1024].encode("utf-8", "backslashreplace")

    def message(self) -> bytes:
        return self._octets()[:MESSAGE_LIMIT]

    def raw_lines(self) -> Iterator[bytes]:
        yield from self._octets().splitlines(keepends=True)

    def lines(self) -> Iterator[str]:
        for line in self._text.split("\n"):
            yield line.rstrip("\r")[:LINE_LIMIT]

    def _octets(self) -> bytes:
        return self._text.encode("utf-8", "backslashreplace")
