"""Advice on the form of a reply: defects of its bytes, codes that disagree, replies that nobody asked for."""

from __future__ import annotations

from smtpprobe.explain.scene import Says, Scene
from smtpprobe.model import Reply
from smtpprobe.outcome import Defect

# Named in sentences of their own.
_ELSEWHERE = frozenset({Defect.ENHANCED_CLASS_DIFFERS, Defect.UNSOLICITED})
_CLASSES = {2: "success", 4: "temporary", 5: "permanent"}


def irregular(reply: Reply) -> str | None:
    """What is irregular about a reply's bytes, in one sentence. A challenge may be empty (RFC 4954 4)."""
    passed = _ELSEWHERE | {Defect.NO_TEXT} if reply.code == 334 else _ELSEWHERE
    found = [defect.meaning for defect in reply.defects if defect not in passed]
    return f"Irregular form: {'; '.join(found)}." if found else None


def form(scene: Scene) -> Says:
    return irregular(scene.reply)


def classes_differ(scene: Scene) -> Says:
    """The reply code and the enhanced code disagree: the reply code rules (RFC 5321 4.3.2)."""
    enhanced = scene.reply.enhanced
    if not enhanced or not enhanced[0].isdigit():
        return None
    said, meant = scene.code // 100, int(enhanced[0])
    if said == meant or said not in _CLASSES or meant not in _CLASSES:
        return None
    then = {2: "it was done", 4: "try again later", 5: "do not try again unchanged"}[said]
    return (
        f"{scene.code} says {_CLASSES[said]}, {enhanced} says {_CLASSES[meant]}. The reply code rules: {then}; "
        f"take the reason from {enhanced}."
    )


def unasked(scene: Scene) -> Says:
    """A reply without a command."""
    if scene.exchange.command is not None or scene.verb == "greeting" or scene.code == 421:
        return None
    return (
        "Nobody had asked for this reply, so the replies after it cannot be paired with commands. Open a new "
        "connection."
    )


ADVISERS = (classes_differ, unasked, form)
