"""Why a mail was not taken: one reason from what a reply or a report says, its codes, and the command. Pure, no I/O."""

from __future__ import annotations

from typing import Final

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.catalogue.reasons import BY_CODE, BY_COMMAND, implied_by_enhanced, tells_little
from smtpprobe.outcome import Reason, State

# What a wording about "the user" or "the domain" is about, where the command shows that the sender was meant.
_OF_THE_SENDER: Final = frozenset({Reason.USERUNKNOWN, Reason.HOSTUNKNOWN, Reason.SECURITYERROR, Reason.FILTERED})
_NO_OPINION: Final = frozenset({Reason.NONE, Reason.ONHOLD, Reason.UNDEFINED})
# Too big for whom: RFC 3463 3.3 has codes for the mailbox.
_BY_MAILBOX: Final = {"2.2": Reason.MAILBOXFULL, "2.3": Reason.EXCEEDLIMIT}
_WITH_CONTENT: Final = frozenset({"DATA", "BDAT"})
_OPENING: Final = frozenset({"GREETING", "EHLO", "HELO", "LHLO"})


def reason_of(
    code: int | None,
    enhanced: str | None,
    text: str,
    command: str | None = None,
    state: State = State.UNKNOWN,
    vendor_reason: Reason | None = None,
) -> Reason:
    """The reason that the evidence speaks for.

    The order is that of precision: the vendor's own meaning, the words, the enhanced code, words that say little, the
    code, the command. A vendor's NONE, ONHOLD or UNDEFINED is no opinion.
    """
    if _positive(code, enhanced, state):
        reported = code is None and state is State.ACCEPTED and "deliver" in text.lower()
        return Reason.DELIVERED if reported else Reason.ACCEPTED
    if vendor_reason is not None and vendor_reason not in _NO_OPINION:
        return vendor_reason
    verb = (command or "").strip().partition(" ")[0].upper()
    said = _wording(text)
    if said is not None:
        return _in_context(said.reason, code, enhanced, verb, state)
    implied = implied_by_enhanced(enhanced) if enhanced else None
    if enhanced is None or tells_little(enhanced):
        hinted = _vague_wording(text)
        if hinted is not None:
            turned_away = hinted.reason is Reason.SYSTEMERROR and verb in _OPENING
            return Reason.BLOCKED if turned_away else _in_context(hinted.reason, code, enhanced, verb, state)
    if implied is not None and implied is not Reason.ACCEPTED:
        return _in_context(implied, code, enhanced, verb, state)
    if code is not None and code in BY_CODE:
        return BY_CODE[code]
    return _unsaid(code, text, verb, state)


def _wording(text: str) -> WordingEntry | None:
    """The tables are big, and a code alone does not need them."""
    if not text:
        return None
    from smtpprobe.catalogue import wordings

    return wordings.match(text)


def _vague_wording(text: str) -> WordingEntry | None:
    if not text:
        return None
    from smtpprobe.catalogue import wordings

    return wordings.match_vague(text)


def _positive(code: int | None, enhanced: str | None, state: State) -> bool:
    """A 2yz or 3yz counts, unless the report that quotes it says that the mail was lost all the same."""
    if state in (State.FAILED, State.DEFERRED):
        return False
    if code is not None:
        return code < 400
    return state is State.ACCEPTED or (enhanced or "").startswith("2.")


def _in_context(reason: Reason, code: int | None, enhanced: str | None, verb: str, state: State) -> Reason:
    """The same words mean something else in answer to another command, or for now only."""
    if verb == "MAIL" and reason in _OF_THE_SENDER:
        return Reason.REJECTED
    subject = (enhanced or "").partition(".")[2]
    if reason is Reason.USERUNKNOWN and subject == "1.6":
        return Reason.HASMOVED
    if reason is Reason.USERUNKNOWN and not subject.startswith("1.") and _late(code, subject, verb, state):
        return Reason.FILTERED
    if reason is Reason.MESGTOOBIG and subject in _BY_MAILBOX:
        return _BY_MAILBOX[subject]
    if reason is Reason.HOSTUNKNOWN and ((enhanced or "").startswith("4.") or (code is not None and 400 <= code < 500)):
        return Reason.NETWORKERROR
    return reason


def _late(code: int | None, subject: str, verb: str, state: State) -> bool:
    """Was the recipient refused after RCPT had been answered, so that a filter knows of no such user?

    A report tells by the command, or else by a code of another subject than addressing (RFC 3463 3), or by none.
    """
    if verb in _WITH_CONTENT or verb == "RCPT" or state is State.UNKNOWN:
        return verb in _WITH_CONTENT
    return not subject.startswith("0.") if subject else code is not None


def _unsaid(code: int | None, text: str, verb: str, state: State) -> Reason:
    """Neither words nor codes tell: what the command was, and what became of the mail."""
    if not text.strip():
        return {State.DEFERRED: Reason.EXPIRED, State.FAILED: Reason.UNDEFINED}.get(state, Reason.NONE)
    if code is not None and verb in BY_COMMAND:
        return BY_COMMAND[verb]
    return Reason.NONE if code is None and state is State.UNKNOWN else Reason.ONHOLD
