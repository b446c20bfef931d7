"""A change in words: one sentence each, without its full stop. What changed was found elsewhere.

The words may quote a server or a document. They are one line and short, and still to be escaped by who shows them.
"""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.changes.facts import Fact, Snapshot
from smtpprobe.changes.words import What
from smtpprobe.expectation import Change
from smtpprobe.outcome import CertificateFault, Outcome

_WHERE = {"clear": " in clear", "tls": " inside TLS"}
_LONGEST = 120


def conversation(before: Snapshot, after: Snapshot) -> Change:
    """How the whole conversation ends has changed."""
    was = "it answered before" if before.outcome is Outcome.ANSWERED else f"it was {before.outcome} before"
    if after.outcome is Outcome.ANSWERED:
        words = f"{was}, and a conversation is answered now"
    else:
        words = f"{was}, and now it is {after.outcome}: {_brief(after.reason)}"
    return Change(What.CONVERSATION, "", str(before.outcome), str(after.outcome), words)


def server(name: str, *, gone: bool) -> Change:
    """Only one side tells of it."""
    if gone:
        return Change(What.SERVER, name, "told of", None, "only the first side tells of it")
    return Change(What.SERVER, name, None, "told of", "only the second side tells of it")


def change(what: What, subject: str, old: Fact | None, new: Fact | None) -> Change:
    """A fact of which there is one for each subject."""
    was, now = (None if one is None else _shown(one.value, one.text) for one in (old, new))
    return Change(what, subject, was, now, _words(what, subject, old, new))


def offer(what: What, subject: str, was: str | None, now: str | None, where: str) -> Change:
    """A keyword or a mechanism."""
    name = f"AUTH {_brief(subject)}" if what is What.MECHANISM else _brief(subject)
    place = _WHERE.get(where, "")
    if now is None:
        words = f"{_with(name, was)} is no longer offered{place}"
    elif was is None:
        words = f"{_with(name, now)} is offered{place} now, and was not"
    else:
        words = f"{name}{place} went from {_brief(was) or 'no argument'} to {_brief(now) or 'no argument'}"
    return Change(what, subject, was, now, words, where)


def order(old: Fact, new: Fact) -> Change:
    """The same things in another order."""
    words = f"the {old.subject} stand in another order{_WHERE.get(old.where, '')}"
    return Change(What.ORDER, old.subject, old.value, new.value, words, old.where)


def verdict(subject: str, was: str, now: str, where: str) -> Change:
    """A promise or a question."""
    words = f"{_brief(subject)} was {_brief(was)} and is {_brief(now)}{_WHERE.get(where, '')}"
    return Change(What.VERDICT, subject, was, now, words, where)


def answer(what: What, commands: Sequence[str], old: Fact, new: Fact, where: str) -> Change:
    """What one command gets, or several alike."""
    name = _brief(commands[0])
    if len(commands) > 1:
        name += f" and {len(commands) - 1} more command{'s' if len(commands) > 2 else ''}"
    place = _WHERE.get(where, "")
    if what is What.WORDING:
        words = f"{name} {'gets' if len(commands) == 1 else 'get'} {_brief(new.value)} with another text{place}"
    else:
        be = ("was", "is") if len(commands) == 1 else ("were", "are")
        words = f"{name} {be[0]} {_brief(old.value)} and {be[1]} {_brief(new.value)}{place}"
    was, now = (_shown(one.value, one.text) for one in (old, new))
    return Change(what, ", ".join(commands), was, now, words, where)


def timing(stage: str, was: float, now: float) -> Change:
    """A stage, in milliseconds."""
    old, new = f"{was:.0f} ms", f"{now:.0f} ms"
    return Change(What.TIMING, stage, old, new, f"{_brief(stage)} took {old} and takes {new}")


def _words(what: What, subject: str, old: Fact | None, new: Fact | None) -> str:
    was, now = (None if one is None else _brief(one.value) for one in (old, new))
    match what:
        case What.SOFTWARE:
            return _came_or_went(was, now, "the software", "is no longer recognised", "is recognised now")
        case What.GREETING:
            if was == now:
                return "the greeting has another text"
            return _came_or_went(was, now, "the greeting", "is missing", "comes now")
        case What.TLS:
            return _came_or_went(was, now, "TLS", "does not come about any more", "comes about now")
        case What.CIPHER:
            return f"the cipher was {was} and is {now}"
        case What.FINDING:
            if was is not None and now is not None:
                return f"finding {_brief(subject)} was {was} and is {now}"
            return f"finding {'gone' if now is None else 'new'}: {_brief(subject)} ({was or now})"
        case _:
            return _certificate(subject, str(was), str(now))


def _certificate(subject: str, was: str, now: str) -> str:
    if subject != "trust":
        verb = ("are", "were") if subject == "names" else ("is", "was")
        return f"the certificate's {subject} {verb[1]} {was} and {verb[0]} {now}"
    if was == "trusted":
        return f"the certificate is no longer trusted: {_fault(now)}"
    if now == "trusted":
        return f"the certificate is trusted now; before, {_fault(was)}"
    return f"the certificate is distrusted for another reason: {_fault(now)}; before, {_fault(was)}"


def _fault(word: str) -> str:
    return CertificateFault(word).meaning if word in list(CertificateFault) else word  # type: ignore[call-arg]


def _came_or_went(was: str | None, now: str | None, name: str, gone: str, new: str) -> str:
    if now is None:
        return f"{name} {gone}: it was {was}"
    return f"{name} {new}: {now}" if was is None else f"{name} was {was} and is {now}"


def _with(name: str, arguments: str | None) -> str:
    return f"{name} {_brief(arguments)}" if arguments else name


def _shown(value: str, text: str) -> str:
    return f"{value} {text}".strip()


def _brief(text: str) -> str:
    """One line of a length that a sentence bears."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
