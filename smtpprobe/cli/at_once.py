"""``smtpprobe explain CODE`` and ``explain 'REPLY'`` without an option: answered before the command line is loaded.

Loading click takes longer than the answer. It is the same answer; whatever else is asked for is the command's business.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from smtpprobe.cli.locale import words_of_locale

if TYPE_CHECKING:
    from smtpprobe.catalogue.languages import Words
    from smtpprobe.render.paper import Console

_REPLY = re.compile(r"(?P<code>[2-5][0-9]{2})(?P<more>[ -][^\n]{0,500})?")


def answered(arguments: Sequence[str]) -> bool:
    """Answer, if that is all that is asked for."""
    if arguments[:1] != ["explain"] or any(word.startswith("-") for word in arguments):
        return False
    text = " ".join(arguments[1:])
    found = _REPLY.fullmatch(text)
    # Options may come from the environment, and a dead stdout is told by the command line.
    if found is None or sys.stdout is None or any(name.startswith("SMTPPROBE_") for name in os.environ):
        return False
    # It ends before there is anything to collect.
    gc.disable()
    from smtpprobe.render.paper import Console

    words = words_of_locale()
    screen = Console(sys.stdout, word=words.text)
    if found["more"] is None:
        from smtpprobe.catalogue import codes
        from smtpprobe.render import entry

        entry.code_text(words.translated(codes.lookup(int(found["code"]))), screen)
    else:
        _explain(text, words, screen)
    return True


def _explain(text: str, words: Words, screen: Console) -> None:
    from smtpprobe.explain.diagnose import Explainer
    from smtpprobe.explain.stream import events_of
    from smtpprobe.render import explained

    explainer = Explainer(words.translated)
    for event in events_of([text]):
        explained.diagnosis_text(explainer.explain(event), screen)
