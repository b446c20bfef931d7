"""Explained replies, log events and bounces for people: one in full, one in a row, or many counted.

What happened comes first, then who must act and what to do, and the evidence beneath.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from smtpprobe.diagnosis import Diagnosis, Digest, Event, Group
from smtpprobe.outcome import Reason, Retry
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen, count

_LABELS = 15
_WHOLE = 60
_BAR = 30
_REFERENCES = 4
_HOSTS_OF_A_GROUP = 3


def diagnosis_text(diagnosis: Diagnosis, console: Console, trace: str = "") -> None:
    """One event in full. ``trace`` is the command that would show what is missing, where there is one."""
    screen = Screen(console)
    event, meaning = diagnosis.event, diagnosis.meaning
    screen.paragraph("", meaning.summary, style="bold")
    if meaning.meaning != meaning.summary and meaning.note is not None and meaning.note.dialect is not None:
        screen.paragraph("", meaning.meaning, rows=_WHOLE)
    _field(screen, "who must act", screen.word(meaning.actor))
    _field(screen, "try again?", retry_words(screen, meaning.retry))
    for n, step in enumerate(meaning.steps):
        number = f"{n + 1}. " if len(meaning.steps) > 1 else ""
        label = screen.word("what to do") if n == 0 else ""
        screen.paragraph(f"  {label:<{_LABELS - 1}} {number}", step, rows=_WHOLE)
    if trace:
        _field(screen, "to see more", trace)
    if meaning.reason is not Reason.NONE:
        _field(screen, "reason", f"{meaning.reason}: {screen.word(meaning.reason.meaning)}")
    _field(screen, "said by", event.host)
    _field(screen, "about", event.recipient)
    for named in meaning.named:
        reference = f" ({named.reference})" if named.reference else ""
        _field(screen, named.code, f"{named.name}{reference}", translated=True)
    if meaning.references:
        screen.items(
            f"  {screen.word('references'):<{_LABELS - 1}} ",
            meaning.references[:_REFERENCES],
            style="dim",
            label_style="dim",
        )


def diagnosis_row(diagnosis: Diagnosis, console: Console) -> None:
    """One event in one row: its codes and what happened."""
    screen = Screen(console)
    event = diagnosis.event
    label = f"  {event.enhanced or event.code or diagnosis.meaning.reason}  "
    screen.paragraph(label, diagnosis.meaning.summary, label_style="bold", rows=1)


def heading(given: str, console: Console) -> None:
    """The line that the next rows explain, cut to one row."""
    Screen(console).paragraph("", given, style="bold cyan", rows=1)


def digest_text(digest: Digest, console: Console, top: int) -> None:
    """Many events: counted by reason and by host, then the ``top`` most frequent groups with one example each."""
    screen = Screen(console)
    _counted(screen, digest)
    screen.blank()
    _bars(screen, digest.reasons)
    refusals = [(host, number) for host, number in digest.hosts if host]
    if refusals:
        screen.blank()
        screen.paragraph("", screen.word("Refusals and delays by remote host"), style="bold")
        _host_rows(screen, refusals[:top])
        _more(screen, len(refusals) - top, "host")
    groups = [group for group in digest.groups if group.example.meaning.reason is not Reason.ACCEPTED]
    for n, group in enumerate(groups[:top], 1):
        screen.blank()
        _group(screen, n, group)
    _more(screen, len(groups) - top, "group")
    if digest.ungrouped:
        screen.paragraph("", f"{count(digest.ungrouped, 'event')} of rarer kinds are counted above, but not grouped.")


def trace_command(event: Event) -> str:
    """The command that would show what a bounce does not tell, ready to paste; "" where it tells no address."""
    if event.source != "bounce" or not event.recipient:
        return ""
    words = ["smtpprobe", "trace", event.recipient, *(["--from", event.sender] if event.sender else [])]
    return " ".join(shlex.quote(word) for word in words)


def retry_words(screen: Screen, retry: Retry) -> str:
    """Whether to try again, in words."""
    short = {Retry.NO: "no", Retry.LATER: "later", Retry.AFTER_FIX: "after a fix"}[retry]
    return f"{screen.word(short)}: {screen.word(retry.meaning)}"


def _counted(screen: Screen, digest: Digest) -> None:
    told = [count(digest.events, "event")]
    if digest.lines:
        told.insert(0, count(digest.lines, "line"))
    if digest.unread and digest.lines:
        told.append(f"{digest.unread:,} not recognised")
    if digest.first:
        told.append(digest.first if digest.first == digest.last else f"{digest.first} to {digest.last}")
    screen.items("", told, style="bold")


def _bars(screen: Screen, reasons: Sequence[tuple[Reason, int]]) -> None:
    most = max((number for _, number in reasons), default=1)
    width = min(_BAR, screen.width // 3)
    for reason, number in reasons:
        bar = screen.clean("█") * max(round(width * number / most), 1)
        style = "green" if reason in {Reason.ACCEPTED, Reason.DELIVERED} else "yellow"
        screen.row((f"  {reason:<16}{number:>9,}  ", ""), (bar, style))


def _host_rows(screen: Screen, hosts: Sequence[tuple[str, int]]) -> None:
    for host, number in hosts:
        screen.row((f"  {number:>9,}  ", ""), (screen.crop(screen.clean(host), screen.width - 13), ""))


def _group(screen: Screen, number: int, group: Group) -> None:
    event, meaning = group.example.event, group.example.meaning
    codes = " ".join(str(code) for code in (event.code, event.enhanced) if code)
    named = [screen.clean(host) for host, _ in group.hosts[:_HOSTS_OF_A_GROUP]]
    if len(group.hosts) > _HOSTS_OF_A_GROUP:
        named.append(f"{len(group.hosts) - _HOSTS_OF_A_GROUP} more")
    label = f"{number:>2}. {group.count:,} × "
    screen.items(
        screen.clean(label),
        [str(meaning.reason), *([codes] if codes else []), *named],
        style="bold",
        label_style="bold",
    )
    screen.paragraph("    ", meaning.summary, rows=_WHOLE)
    place = f"  ({screen.word('line')} {event.line:,})" if event.line else ""
    screen.paragraph("    ", f"{event.code or ''} {event.text or event.given}".strip() + place, style="dim", rows=3)
    screen.paragraph("    ", f"{screen.word('who must act')}: {screen.word(meaning.actor)}")
    for step in meaning.steps[:1]:
        screen.paragraph(screen.clean("    ▸ "), step, rows=_WHOLE)


def _more(screen: Screen, number: int, thing: str) -> None:
    if number > 0:
        screen.paragraph(
            "  ", f"and {number:,} more {thing}{'s' if number > 1 else ''}: --top shows them.", style="dim"
        )


def _field(screen: Screen, label: str, words: str, *, translated: bool = False) -> None:
    if words:
        screen.paragraph(f"  {label if translated else screen.word(label):<{_LABELS - 1}} ", words, rows=_WHOLE)
