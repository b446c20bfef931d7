"""Catalogue entries and single notes for people: the answer first, then who must act, and the evidence.

Nothing is looked up here: the command that wants to show an entry brings it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from smtpprobe.catalogue.entries import CodeEntry, EnhancedEntry, ExtensionEntry, VendorCodeEntry
from smtpprobe.outcome import Retry, Who
from smtpprobe.render.cells import cell_len
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen

if TYPE_CHECKING:
    # Explaining one code must not load the whole catalogue.
    from smtpprobe.catalogue.browsing import CodeNeighbours, EnhancedNeighbours
    from smtpprobe.catalogue.comparison import Side

_LABELS = 15
_WHOLE = 60
_MOST_NAMED = 8
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


def code_text(entry: CodeEntry, console: Console) -> None:
    """One reply code."""
    screen = Screen(console)
    _code(screen, entry)
    _items(screen, "mistaken for", map(str, entry.mistaken_for))
    _references(screen, entry.references)


def code_page(entry: CodeEntry, near: CodeNeighbours, console: Console) -> None:
    """One reply code with the codes around it."""
    screen = Screen(console)
    _code(screen, entry)
    _named(screen, "mistaken for", [(str(one.code), one.name) for one in near.mistaken_for])
    _named(screen, "goes with", [(one.code, one.name) for one in near.enhanced])
    beside = [one for one in (near.before, near.after) if one is not None]
    _named(screen, "next to it", [(str(one.code), one.name) for one in beside])
    _references(screen, entry.references)
    if near.mistaken_for:
        _field(screen, "side by side", f"smtpprobe compare {entry.code} {near.mistaken_for[0].code}")


def enhanced_page(side: Side, near: EnhancedNeighbours, console: Console) -> None:
    """One enhanced status code, as it was asked for, with the codes around it."""
    screen = Screen(console)
    screen.paragraph(f"{side.code}  ", screen.word(side.name), style="bold", label_style="bold")
    screen.paragraph("", side.description.read(screen.word))
    _who_and_retry(screen, side.who, side.retry)
    _field(screen, "what to do", side.fix.read(screen.word))
    _field(screen, "when", side.when.read(screen.word))
    _items(screen, "classes", map(str, side.classes))
    # A code that nobody registered is told in the words of the first of them already.
    senses = near.vendors[side.origin == "vendor" :]
    for n, sense in enumerate(senses):
        _field(screen, "at vendors" if n == 0 else "", f"{sense.vendor}: {sense.meaning}")
    _named(screen, "goes with", [(str(one.code), one.name) for one in near.basic if one.code in side.basic])
    _named(screen, "same subject", [(one.code, one.name) for one in near.siblings])
    _references(screen, side.references)
    if near.siblings:
        detail = _detail(side.code)
        nearest = min(near.siblings, key=lambda one: abs(_detail(one.code) - detail))
        _field(screen, "side by side", f"smtpprobe compare {side.code} {side.code[0]}{nearest.code[1:]}")


def _detail(code: str) -> int:
    return int(code.rpartition(".")[2])


def vendor_text(entry: VendorCodeEntry, console: Console) -> None:
    """What one vendor means by an enhanced status code."""
    screen = Screen(console)
    screen.paragraph(f"{entry.code}  ", f"{entry.name} ({entry.vendor})", style="bold", label_style="bold")
    screen.paragraph("", entry.meaning)
    _who_and_retry(screen, entry.who, entry.retry)
    _field(screen, "what to do", entry.fix)
    _references(screen, entry.references)


def extension_text(entry: ExtensionEntry, console: Console, kin: Sequence[ExtensionEntry] = ()) -> None:
    """One EHLO keyword, with the keywords that are akin to it."""
    screen = Screen(console)
    screen.paragraph(f"{entry.keyword}  ", entry.name, style="bold", label_style="bold")
    screen.paragraph("", entry.meaning)
    alone = f"{entry.keyword} {screen.word('alone')}"
    _field(screen, "in EHLO", f"{entry.keyword}: {entry.arguments}" if entry.arguments else alone)
    _items(screen, "adds commands", entry.verbs)
    _items(screen, "to MAIL FROM", entry.mail_parameters)
    _items(screen, "to RCPT TO", entry.rcpt_parameters)
    _field(screen, "what to do", entry.advice)
    _field(screen, "status", screen.word(_STATUS.get(entry.status, entry.status)))
    _named(screen, "related", [(one.keyword, one.name) for one in kin])
    _references(screen, entry.references)


def code_list(entries: Sequence[CodeEntry], console: Console) -> None:
    """One row a reply code."""
    screen = Screen(console)
    for entry in entries:
        standing = "" if entry.origin == "rfc" else screen.clean(screen.word(entry.origin))
        _listed(screen, str(entry.code), 3, entry.name, standing)


def enhanced_list(entries: Sequence[EnhancedEntry], console: Console) -> None:
    """One row an enhanced status code."""
    screen = Screen(console)
    width = max((len(entry.code) for entry in entries), default=0)
    for entry in entries:
        _listed(screen, entry.code, width, entry.name, "")


def vendor_list(entries: Sequence[VendorCodeEntry], console: Console) -> None:
    """One row for what one vendor means by an enhanced status code."""
    screen = Screen(console)
    width = max((len(entry.code) for entry in entries), default=0)
    for entry in entries:
        _listed(screen, entry.code, width, entry.name, screen.clean(entry.vendor))


def extension_list(entries: Sequence[ExtensionEntry], console: Console) -> None:
    """One row an EHLO keyword, with what it is for."""
    screen = Screen(console)
    width = min(max((len(entry.keyword) for entry in entries), default=0), screen.width // 3)
    for entry in entries:
        status = "" if entry.status == "registered" else screen.clean(screen.word(entry.status))
        _listed(screen, entry.keyword, width, entry.purpose, status)


def _listed(screen: Screen, key: str, width: int, words: str, right: str) -> None:
    key = screen.crop(screen.clean(key), width)
    room = screen.width - width - 6 - cell_len(right)
    screen.row((f"  {key:<{width}}  ", "bold"), (screen.crop(screen.clean(words), room), ""), right=right)


def _code(screen: Screen, entry: CodeEntry) -> None:
    screen.paragraph(f"{entry.code}  ", entry.name, style="bold", label_style="bold")
    screen.paragraph("", entry.meaning)
    _who_and_retry(screen, entry.who, entry.retry)
    _field(screen, "what to do", entry.fix)
    _field(screen, "when", entry.when)
    any_command = screen.word("any command")
    _items(screen, "in answer to", (any_command if command == "any" else command for command in entry.commands))
    _field(screen, "origin", screen.word(_ORIGIN.get(entry.origin, "")))


def _who_and_retry(screen: Screen, who: Who, retry: Retry) -> None:
    _field(screen, "who must act", screen.word(who.meaning))
    short = screen.word("after a fix" if retry is Retry.AFTER_FIX else retry)
    _field(screen, "try again?", f"{short}: {screen.word(retry.meaning)}")


def _steps(screen: Screen, steps: list[str]) -> None:
    for n, step in enumerate(steps):
        number = f"{n + 1}. " if len(steps) > 1 else ""
        screen.paragraph(f"{_label(screen, 'what to do' if n == 0 else '')}{number}", step, rows=_WHOLE)


def _named(screen: Screen, label: str, entries: Sequence[tuple[str, str]]) -> None:
    """Entries by code and name, a row each; of many the codes alone."""
    if len(entries) > _MOST_NAMED:
        _items(screen, label, [code for code, _ in entries])
        return
    width = max((len(code) for code, _ in entries), default=0)
    for n, (code, name) in enumerate(entries):
        screen.paragraph(f"{_label(screen, label if n == 0 else '')}{code:<{width}}  ", name)


def _field(screen: Screen, label: str, words: str) -> None:
    if words:
        screen.paragraph(_label(screen, label), words, rows=_WHOLE)


def _items(screen: Screen, label: str, items: Iterable[str]) -> None:
    shown = list(items)
    if shown:
        screen.items(_label(screen, label), shown)


def _references(screen: Screen, references: Sequence[str]) -> None:
    if references:
        screen.items(_label(screen, "references"), references, style="dim", label_style="dim")


def _label(screen: Screen, label: str) -> str:
    return f"  {screen.word(label):<{_LABELS - 1}} "
