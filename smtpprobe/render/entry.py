"""Catalogue entries and single notes for people: the answer first, then who must act, and the evidence.

Nothing is looked up here: the command that wants to show an entry brings it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smtpprobe.catalogue.entries import CodeEntry, ExtensionEntry
from smtpprobe.model import Note
from smtpprobe.outcome import Retry, Who
from smtpprobe.render.dialect import dialect_words
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen

_LABELS = 15
_WHOLE = 60
_STATUS = {
    "registered": "registered with IANA",
    "historic": "registered once, and historic now",
    "unregistered": "not registered; several servers offer it",
    "local": "one vendor's own, not registered",
    "artefact": "nothing a server offers by itself: something between you and it changed the line",
}
_ORIGIN = {
    "de-facto": "no RFC defines it; servers send it all the same",
    "outside": "no SMTP server can send it (RFC 5321 4.2): the number belongs to something else",
}


def note_text(note: Note, console: Console) -> None:
    """What one reply means: the answer, who must act, whether to try again, what to do, then the codes."""
    screen = Screen(console)
    if note.dialect is not None:
        screen.paragraph("", dialect_words(note.dialect), style="bold")
    else:
        screen.paragraph("", f"{_sentence(note.name)} {note.meaning}", style="bold")
    _who_and_retry(screen, note.who, note.retry)
    fix = note.dialect.fix if note.dialect and note.dialect.fix else note.fix
    _steps(screen, [line for line in dict.fromkeys((*note.advice, fix)) if line])
    if note.code and (note.enhanced is None or note.enhanced.code != note.code):
        _field(screen, note.code, _with(note.name, note.references[:1]))
    if note.enhanced is not None:
        references = (note.enhanced.reference,) if note.enhanced.reference else ()
        _field(screen, note.enhanced.code, _with(note.enhanced.name, references))
    _references(screen, note.references[1:])


def note_row(note: Note, console: Console) -> None:
    """What one reply means, in one row."""
    screen = Screen(console)
    label = f"  {note.enhanced.code if note.enhanced is not None else note.code}  "
    words = dialect_words(note.dialect) if note.dialect is not None else note.name
    screen.paragraph(label, words, label_style="bold", rows=1)


def reply_heading(reply: str, console: Console) -> None:
    """The reply that the next paragraphs explain, cut to a row."""
    Screen(console).paragraph("", reply, style="bold cyan", rows=1)


def code_text(entry: CodeEntry, console: Console, note: Note | None = None) -> None:
    """One reply code. A note, where there is one, says what the reply at hand means before the general words."""
    screen = Screen(console)
    if note is not None:
        note_text(note, console)
        screen.blank()
    screen.paragraph(f"{entry.code}  ", entry.name, style="bold", label_style="bold")
    screen.paragraph("", entry.meaning)
    _who_and_retry(screen, entry.who, entry.retry)
    _field(screen, "what to do", entry.fix)
    _field(screen, "when", entry.when)
    _items(screen, "in answer to", ("any command" if command == "any" else command for command in entry.commands))
    _items(screen, "mistaken for", map(str, entry.mistaken_for))
    _field(screen, "origin", _ORIGIN.get(entry.origin, ""))
    _references(screen, entry.references)


def extension_text(entry: ExtensionEntry, console: Console) -> None:
    """One EHLO keyword."""
    screen = Screen(console)
    screen.paragraph(f"{entry.keyword}  ", entry.name, style="bold", label_style="bold")
    screen.paragraph("", entry.meaning)
    _field(screen, "in EHLO", f"{entry.keyword}: {entry.arguments}" if entry.arguments else f"{entry.keyword} alone")
    _items(screen, "adds commands", entry.verbs)
    _items(screen, "to MAIL FROM", entry.mail_parameters)
    _items(screen, "to RCPT TO", entry.rcpt_parameters)
    _field(screen, "what to do", entry.advice)
    _field(screen, "status", _STATUS.get(entry.status, entry.status))
    _references(screen, entry.references)


def code_list(entries: Sequence[CodeEntry], console: Console) -> None:
    """One row a reply code."""
    screen = Screen(console)
    for entry in entries:
        screen.row((f"  {entry.code}  ", "bold"), (screen.crop(screen.clean(entry.name), screen.width - 7), ""))


def extension_list(entries: Sequence[ExtensionEntry], console: Console) -> None:
    """One row an EHLO keyword, with what it is for."""
    screen = Screen(console)
    width = min(max((len(entry.keyword) for entry in entries), default=0), screen.width // 3)
    for entry in entries:
        keyword = screen.crop(screen.clean(entry.keyword), width)
        status = "" if entry.status == "registered" else entry.status
        purpose = screen.crop(screen.clean(entry.purpose), screen.width - width - 6 - len(status))
        screen.row((f"  {keyword:<{width}}  ", "bold"), (purpose, ""), right=status)


def _who_and_retry(screen: Screen, who: Who, retry: Retry) -> None:
    _field(screen, "who must act", who.meaning)
    _field(screen, "try again?", f"{'after a fix' if retry is Retry.AFTER_FIX else retry}: {retry.meaning}")


def _steps(screen: Screen, steps: list[str]) -> None:
    for n, step in enumerate(steps):
        number = f"{n + 1}. " if len(steps) > 1 else ""
        screen.paragraph(f"  {'what to do' if n == 0 else '':<{_LABELS}}{number}", step, rows=_WHOLE)


def _field(screen: Screen, label: str, words: str) -> None:
    if words:
        screen.paragraph(f"  {label:<{_LABELS}}", words, rows=_WHOLE)


def _items(screen: Screen, label: str, items: Iterable[str]) -> None:
    shown = list(items)
    if shown:
        screen.items(f"  {label:<{_LABELS}}", shown)


def _references(screen: Screen, references: Sequence[str]) -> None:
    if references:
        screen.items(f"  {'references':<{_LABELS}}", references, style="dim", label_style="dim")


def _sentence(words: str) -> str:
    return words.rstrip(".") + "."


def _with(name: str, references: Sequence[str]) -> str:
    return f"{name} ({', '.join(references)})" if references else name
