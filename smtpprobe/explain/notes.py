"""From a reply to its Note: the catalogue's entries first, then what the advisers see in the dialogue. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from smtpprobe.catalogue import codes, enhanced
from smtpprobe.catalogue.entries import DialectEntry, VendorCodeEntry
from smtpprobe.explain import (
    advice_attacks,
    advice_auth,
    advice_envelope,
    advice_order,
    advice_parameters,
    advice_questions,
    advice_session,
    advice_tls,
    advice_wire,
)
from smtpprobe.explain.scene import Advice, Says, Scene
from smtpprobe.model import DialectNote, EnhancedNote, Exchange, Known, Note, Reply
from smtpprobe.outcome import Retry, Who

Adviser = Callable[[Scene], Says]

# The advisers, in the order in which their sentences are read, with the verbs that they speak about (None: all).
_ROOMS: tuple[tuple[frozenset[str] | None, tuple[Adviser, ...]], ...] = (
    (None, advice_session.ADVISERS),
    (None, advice_order.ADVISERS),
    (None, advice_auth.BEFORE_ANYTHING),
    (frozenset({"AUTH", ""}), advice_auth.ADVISERS),
    (frozenset({"STARTTLS"}), advice_tls.ADVISERS),
    (frozenset({"MAIL", "RCPT"}), advice_parameters.ADVISERS),
    (frozenset({"MAIL", "RCPT", "DATA"}), advice_envelope.ADVISERS),
    (None, advice_questions.ADVISERS),
    (None, advice_wire.ADVISERS),
)

ADVISERS: tuple[Adviser, ...] = tuple(adviser for _, advisers in _ROOMS for adviser in advisers)


@lru_cache(maxsize=64)
def _advisers(verb: str) -> tuple[Adviser, ...]:
    return tuple(adviser for verbs, advisers in _ROOMS if verbs is None or verb in verbs for adviser in advisers)


def annotate(exchanges: Sequence[Exchange], index: int, known: Known) -> Note | None:
    """What the reply of ``exchanges[index]`` means here; None where there is no reply and the failure says all.

    ``exchanges`` are those so far (while the run goes on) or all of them, in the order in which they were sent.
    """
    exchange = exchanges[index]
    reply = exchange.reply
    if reply is None:
        return None
    if reply.code is None:
        return _no_code(reply, advice_attacks.broken_off(exchange))
    scene = Scene(exchanges, index, exchange, reply, reply.code, known)
    dialect = _dialect(scene)
    if dialect is not None:
        scene = Scene(exchanges, index, exchange, reply, reply.code, known, dialect)
    # What an attack brought is no sender's trouble, so the advice for senders is left out.
    attack = advice_attacks.attack(scene)
    advisers = _advisers(scene.verb) if attack is None else advice_wire.ADVISERS
    said = [one for adviser in advisers if (one := adviser(scene)) is not None]
    return _note(scene, said if attack is None else [attack, *said])


def _dialect(scene: Scene) -> DialectEntry | None:
    """What the vendor means. The tables are big, and a code alone does not need them."""
    if not scene.text:
        return None
    from smtpprobe.catalogue import dialects

    return dialects.match(scene.vendors, scene.code, scene.reply.enhanced, scene.text, scene.verb)


def _note(scene: Scene, said: list[str | Advice]) -> Note:
    dialect = scene.dialect
    entry = codes.lookup(scene.code)
    fix, retry, who = entry.fix, entry.retry, entry.who
    if dialect is not None:
        retry, who = dialect.retry, dialect.who
    correction = next((one for one in said if isinstance(one, Advice)), None)
    if correction is not None:
        fix = correction.fix or fix
        retry = retry if correction.retry is None else correction.retry
        who = who if correction.who is None else correction.who
    return Note(
        code=str(scene.code),
        name=entry.name,
        class_=codes.reply_class(scene.code),
        meaning=entry.meaning,
        when=entry.when,
        fix=fix,
        advice=tuple(dict.fromkeys(one if isinstance(one, str) else one.text for one in said)),
        retry=retry,
        who=who,
        enhanced=enhanced_note(scene.reply.enhanced, scene.vendors),
        dialect=_dialect_note(dialect),
        references=tuple(dict.fromkeys((*entry.references, *(dialect.references if dialect else ())))),
    )


def enhanced_note(code: str | None, vendors: Sequence[str] = ()) -> EnhancedNote | None:
    """The catalogue's words on an enhanced status code; None where there is none, or it is no code.

    ``vendors`` are those who may have sent it: the first that has a sense of its own for it is heard beside the
    registry.
    """
    if code is None:
        return None
    try:
        entry = enhanced.lookup(code)
    except ValueError:
        return None
    own = _of_vendor(code, vendors) if vendors else None
    vendor, meaning = (own.vendor, own.meaning) if own is not None else ("", "")
    return EnhancedNote(code, entry.name, entry.meaning, ", ".join(entry.references), vendor, meaning)


def _of_vendor(code: str, vendors: Sequence[str]) -> VendorCodeEntry | None:
    """The tables are big, and where no vendor is known nobody needs them."""
    from smtpprobe.catalogue.enhanced.vendors import lookup_vendor

    return lookup_vendor(code, vendors)


def _dialect_note(entry: DialectEntry | None) -> DialectNote | None:
    return None if entry is None else DialectNote(entry.vendor, entry.meaning, entry.fix, entry.category)


def _no_code(reply: Reply, attack: str | None) -> Note:
    said = [one for one in (attack, advice_wire.irregular(reply)) if one is not None]
    return Note(
        code="",
        name="No SMTP reply",
        class_="",
        meaning=(
            "What arrived is no SMTP reply: no code that can be believed stands at the beginning of its lines "
            "(RFC 5321 4.2)."
        ),
        when="Another protocol speaks on this port, a proxy got in between, or the server broke off in mid-reply.",
        fix="Look at the bytes as they came, and check the port and whatever stands between you and the server.",
        advice=tuple(said),
        retry=Retry.AFTER_FIX,
        who=Who.SERVER,
        enhanced=None,
        dialect=None,
        references=("RFC 5321 4.2",),
    )
