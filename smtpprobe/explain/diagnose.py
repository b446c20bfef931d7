"""From an Event to its Meaning: the notes on its reply, the fault where there is none, the reason, and what to do.

Texts of one shape are explained once. Pure, no I/O.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from smtpprobe.catalogue import codes, enhanced, providers
from smtpprobe.catalogue.entries import CodeEntry, EnhancedEntry, FaultEntry, ReasonEntry
from smtpprobe.diagnosis import Diagnosis, Event, Meaning, Named
from smtpprobe.explain.known import known_of
from smtpprobe.explain.notes import annotate, enhanced_note
from smtpprobe.explain.readers.dialogue import exchange_of
from smtpprobe.explain.shape import shape_of
from smtpprobe.model import DialectNote, EnhancedNote, Note
from smtpprobe.outcome import Reason, Retry, State, Who

_MOST_SHAPES = 4_096
_NO_OPINION = frozenset({Reason.NONE, Reason.ACCEPTED, Reason.UNDEFINED})
# Reasons of many causes: a code of one meaning says more than they do.
_BROAD = frozenset(
    {
        Reason.SECURITYERROR,
        Reason.POLICYVIOLATION,
        Reason.SYSTEMERROR,
        Reason.SYNTAXERROR,
        Reason.ONHOLD,
        Reason.BLOCKED,
    }
)
# What is refused here is no mail.
_QUESTIONS = frozenset({"VRFY", "EXPN", "HELP", "ETRN", "NOOP", "XCLIENT", "XFORWARD"})
# Reasons whose own sentence says at once what happened.
_PLAIN = frozenset(
    {
        Reason.USERUNKNOWN,
        Reason.MAILBOXFULL,
        Reason.NORELAYING,
        Reason.HOSTUNKNOWN,
        Reason.MESGTOOBIG,
        Reason.SUSPEND,
        Reason.HASMOVED,
        Reason.REQUIREPTR,
        Reason.TOOMANYCONN,
        Reason.VIRUSDETECTED,
    }
)
_VAGUE_CODES = frozenset({421, 450, 451, 452, 500, 501, 550, 551, 552, 553, 554})
_VAGUE_ENHANCED = frozenset({"X.7.0", "X.7.1", "X.3.0", "X.5.0", "X.5.4", "X.1.0", "X.2.0", "X.4.0"})


class Explainer:
    """Explains events. What was explained once is remembered by its shape, for as many shapes as there is room for.

    ``translated`` gives every meaning in the language of the reader.
    """

    def __init__(self, translated: Callable[[Meaning], Meaning] | None = None) -> None:
        self._translated = translated or _unchanged
        self._meanings: dict[tuple[object, ...], Meaning] = {}

    def explain(self, event: Event) -> Diagnosis:
        """What this event means."""
        if event.context:
            return Diagnosis(event, self._translated(_meaning(event, shape_of(event.text))))
        shape, key = self._key(event)
        meaning = self._meanings.get(key)
        if meaning is None:
            if len(self._meanings) >= _MOST_SHAPES:
                self._meanings.clear()
            meaning = self._meanings[key] = self._translated(_meaning(event, shape))
        return Diagnosis(event, meaning)

    def _key(self, event: Event) -> tuple[str, tuple[object, ...]]:
        """The shape of an event's text, and what else its meaning depends on. A yes in a log means the same always."""
        if event.state is State.ACCEPTED and event.code is not None and event.reason is None:
            return "", (event.code, event.enhanced)
        shape = shape_of(event.text)
        verb = (event.command or "").partition(" ")[0].upper()
        vendor = providers.by_host(event.host) if event.host else None
        return shape, (event.code, event.enhanced, shape, verb, event.state, event.reason, vendor)


def _meaning(event: Event, shape: str) -> Meaning:
    note = _note(event)
    fault = _fault(event) if event.code is None else None
    reason = event.reason or _reason(event, note, fault)
    entry = _reason_entry(reason)
    retry, who = _retry_and_who(event, note, fault, entry)
    return Meaning(
        reason=reason,
        summary=_summary(event, note, fault, entry),
        meaning=_meaning_in_general(note, fault, entry),
        steps=_steps(event, note, fault, entry),
        retry=retry,
        who=who,
        actor=entry.actor if entry and entry.who is who else who.meaning,
        named=_named(event, note),
        note=note,
        references=_references(note, fault, entry),
        shape=shape,
    )


def _unchanged(meaning: Meaning) -> Meaning:
    return meaning


def _note(event: Event) -> Note | None:
    if event.code is None:
        return _without_code(event)
    exchanges = event.context or (
        exchange_of(event.code, event.text.split("\n"), event.command, greeting=event.command == "greeting"),
    )
    return annotate(exchanges, len(exchanges) - 1, known_of(exchanges, event.host))


def _without_code(event: Event) -> Note | None:
    """A vendor's wording whose reply code was left out; that an enhanced one is told shows that it is a reply's."""
    if event.enhanced is None or _bare(event):
        return None
    from smtpprobe.catalogue import dialects

    vendors = [name for name in (providers.by_host(event.host), providers.by_text(event.text)) if name]
    verb = (event.command or "").partition(" ")[0].upper()
    found = dialects.match(vendors, None, event.enhanced, event.text, verb)
    if found is None or not found.vendor:
        return None
    return Note(
        code="",
        name=found.name,
        class_="",
        meaning=found.meaning,
        when="",
        fix=found.fix,
        advice=(),
        retry=found.retry,
        who=found.who,
        enhanced=enhanced_note(event.enhanced, (found.vendor,)),
        dialect=DialectNote(found.vendor, found.meaning, found.fix, found.category),
        references=found.references,
    )


def _fault(event: Event) -> FaultEntry | None:
    from smtpprobe.catalogue import faults

    return faults.match(event.text) if event.text else None


def _reason(event: Event, note: Note | None, fault: FaultEntry | None) -> Reason:
    if event.code is not None and event.code < 400 and event.state is not State.FAILED:
        return Reason.ACCEPTED
    from smtpprobe.explain.reasons import reason_of

    vendors = note.dialect.category if note is not None and note.dialect is not None and note.dialect.vendor else None
    reason = reason_of(event.code, event.enhanced, event.text, event.command, event.state, vendors)
    if fault is None or fault.category in _NO_OPINION:
        return reason
    # One attempt that timed out has not expired; in a bounce it is why the sender gave up.
    attempt = reason is Reason.EXPIRED and event.source != "bounce"
    return fault.category if attempt or reason in _NO_OPINION else reason


def _reason_entry(reason: Reason) -> ReasonEntry | None:
    if reason in _NO_OPINION:
        return None
    from smtpprobe.catalogue.reasons import REASONS

    return REASONS[reason]


def _summary(event: Event, note: Note | None, fault: FaultEntry | None, entry: ReasonEntry | None) -> str:
    if note is not None and note.dialect is not None and (_speaks_for_itself(note) or entry is None):
        return note.dialect.meaning
    if fault is not None:
        return fault.meaning
    if entry is not None and _of_mail(event) and (entry.reason not in _BROAD or not _specific(event)):
        return entry.sentence
    known = _specific(event) or enhanced_note(event.enhanced)
    if known is not None:
        return known.meaning
    return note.meaning if note is not None else entry.sentence if entry else "Nothing in it tells why."


def _of_mail(event: Event) -> bool:
    """Are there words, and do they answer a command that a mail needs? A reason speaks of a mail that was not taken."""
    return not _bare(event) and (event.command or "").partition(" ")[0].upper() not in _QUESTIONS


def _meaning_in_general(note: Note | None, fault: FaultEntry | None, entry: ReasonEntry | None) -> str:
    if note is not None and note.dialect is not None:
        return note.dialect.meaning
    return fault.meaning if fault else note.meaning if note else entry.sentence if entry else ""


def _speaks_for_itself(note: Note) -> bool:
    """Does the vendor's entry say what happened? That of a server's software may only say what the words come from."""
    if note.dialect is None or note.dialect.category not in _PLAIN:
        return note.dialect is not None
    from smtpprobe.catalogue.providers import PROVIDERS

    return any(one.name == note.dialect.vendor for one in PROVIDERS)


def _bare(event: Event) -> bool:
    """Is there no more than the codes?"""
    return event.text.strip() in {event.enhanced, ""}


def _specific(event: Event) -> EnhancedEntry | CodeEntry | None:
    """The code that says more than a broad reason does: an enhanced one that is registered, or one of one meaning."""
    if event.enhanced is not None and not event.enhanced.endswith(".0.0"):
        try:
            entry = enhanced.lookup(event.enhanced)
        except ValueError:
            entry = None
        if entry is not None and entry.code in enhanced.ENHANCED and entry.code not in _VAGUE_ENHANCED:
            return entry
    if event.code is not None and event.code not in _VAGUE_CODES:
        return codes.lookup(event.code)
    return None


def _steps(event: Event, note: Note | None, fault: FaultEntry | None, entry: ReasonEntry | None) -> tuple[str, ...]:
    """Advice on the dialogue first, then the most specific remedy."""
    advice: Sequence[str] = note.advice if note is not None else ()
    if note is not None and note.dialect is not None and note.dialect.fix:
        remedy = note.dialect.fix
    elif fault is not None:
        remedy = fault.fix
    elif entry is not None and not advice:
        specific = _specific(event) if entry.reason in _BROAD or _bare(event) else None
        remedy = specific.fix if specific is not None else entry.fix
    else:
        remedy = note.fix if note is not None else entry.fix if entry else ""
    return tuple(dict.fromkeys(step for step in (*advice, remedy) if step))


def _retry_and_who(
    event: Event, note: Note | None, fault: FaultEntry | None, entry: ReasonEntry | None
) -> tuple[Retry, Who]:
    if note is not None and (entry is None or _speaks_for_itself(note) or event.context):
        given_up = event.state is State.FAILED and note.who is Who.NOBODY
        return (Retry.AFTER_FIX, Who.SENDER) if given_up else (note.retry, note.who)
    if fault is not None:
        return fault.retry, fault.who
    if entry is not None:
        return Retry.LATER if _class(event) == "4" else entry.retry, entry.who
    known = _enhanced_entry(event.enhanced)
    if known is not None:
        return {"2": Retry.NO, "4": Retry.LATER}.get(_class(event), known[0]), known[1]
    return Retry.AFTER_FIX, Who.SENDER


def _class(event: Event) -> str:
    """The first digit of the reply code, or of the enhanced code where that is all there is."""
    return str(event.code if event.code is not None else event.enhanced or "")[:1]


def _enhanced_entry(code: str | None) -> tuple[Retry, Who] | None:
    try:
        entry = enhanced.lookup(code or "")
    except ValueError:
        return None
    return entry.retry, entry.who


def _named(event: Event, note: Note | None) -> tuple[Named, ...]:
    named = []
    if event.code is not None:
        entry = codes.lookup(event.code)
        named.append(Named(str(entry.code), entry.name, entry.meaning, ", ".join(entry.references[:1])))
    known = note.enhanced if note is not None and note.enhanced is not None else enhanced_note(event.enhanced)
    if known is not None:
        named.append(Named(known.code, known.name, known.meaning, known.reference))
        named += [Named(f"at {vendor}", meaning, meaning, "") for vendor, meaning in _own_senses(event, known)]
    return tuple(named)


def _own_senses(event: Event, known: EnhancedNote) -> Iterator[tuple[str, str]]:
    """What the vendor means by the code; for a code alone what each vendor means that has a sense of its own."""
    if known.vendor:
        yield known.vendor, known.vendor_meaning
    elif _bare(event):
        from smtpprobe.catalogue.enhanced.vendors import vendors_of

        yield from ((entry.vendor, entry.meaning) for entry in vendors_of(known.code))


def _references(note: Note | None, fault: FaultEntry | None, entry: ReasonEntry | None) -> tuple[str, ...]:
    told = (fault.references if fault else ()), (entry.references if entry else ()), (note.references if note else ())
    return tuple(dict.fromkeys(reference for references in told for reference in references))
