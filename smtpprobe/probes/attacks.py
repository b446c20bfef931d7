"""Attacks on the dialogue itself, carried as far as they harm nobody: none has content, a credential or a victim."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.model import Command, Exchange, Known, Observation
from smtpprobe.outcome import Defect, FailureKind, Profile, Safety, TlsMode, Verdict
from smtpprobe.probes.base import (
    CANCEL,
    RSET,
    Answer,
    Ask,
    Conversation,
    Cost,
    Place,
    Probe,
    Where,
    command,
    flat,
    mail,
)

_EASY = ("PLAIN", "LOGIN")


def _learnt(probe: str, held: bool, answer: Answer, detail: str, subject: str = "") -> tuple[Observation, ...]:
    verdict = Verdict.KEPT if held else Verdict.BROKEN
    return (Observation(probe, subject, verdict, detail, (answer.index,), answer.exchange.stage),)


def _outcome(exchange: Exchange) -> str:
    """What became of a command, in a few words."""
    reply, failure = exchange.reply, exchange.failure
    if reply is not None and reply.code is not None:
        return f"{reply.code} {reply.enhanced or ''}".rstrip()
    return failure.kind if failure is not None else "no answer"


def _smuggled(known: Known, subject: str) -> Conversation:
    """RFC 3207 4.2: what the server knew before TLS it has to forget, and unread input is part of that."""
    name = "starttls-smuggled-command"
    started, smuggled = yield Ask((command("STARTTLS"), command("NOOP")))
    reply, failure = smuggled.exchange.reply, smuggled.exchange.failure
    if started.exchange.code != 220:
        return _learnt(name, True, started, f"{_outcome(started.exchange)} to STARTTLS with a command behind it")
    if reply is not None and reply.code is not None:
        return _learnt(name, False, smuggled, f"{reply.code} inside TLS to a command that was sent before it")
    if started.exchange.failure is not None and started.exchange.failure.kind is FailureKind.STARTTLS_INJECTION:
        return _learnt(name, False, started, "answered in clear, behind the go-ahead to STARTTLS")
    why = "not answered inside TLS" if failure and failure.kind is FailureKind.TIMEOUT else _outcome(smuggled.exchange)
    return _learnt(name, True, smuggled, why)


def _line_end(name: str, end: bytes, rest: bytes) -> Callable[[Known, str], Conversation]:
    """A command with half a line end: who answers it has taken that for a whole one (RFC 5321 2.3.8)."""

    def conversation(known: Known, subject: str) -> Conversation:
        (answer,) = yield Ask((Command(RSET.line, end=end),), unsure=True)
        exchange = answer.exchange
        if exchange.reply is not None:
            return _learnt(name, not answer.ok, answer, _outcome(exchange))
        if exchange.failure is not None and exchange.failure.kind is not FailureKind.TIMEOUT:
            return _learnt(name, True, answer, _outcome(exchange))
        # The line is open still; what is left of CRLF ends it.
        yield Ask((Command(b"", end=rest),))
        return _learnt(name, True, answer, "waits for CRLF")

    return conversation


def _first_word(known: Known, subject: str) -> Conversation:
    greeting, answer = yield Ask((command("NOOP"),))
    reply = greeting.exchange.reply
    if reply is not None and Defect.CODES_DIFFER in reply.defects:
        # Postfix's postscreen begins its greeting and watches; whoever talks meanwhile never hears the end of it.
        last = reply.raw.splitlines()[-1][:3].decode("ascii", "backslashreplace")
        return _learnt("talk-first", True, greeting, f"the greeting breaks off, {last} follows")
    if greeting.exchange.reply is not None and greeting.exchange.reply.refusal:
        return _learnt("talk-first", True, greeting, f"{_outcome(greeting.exchange)} in place of the greeting")
    served = answer.exchange.reply is not None and answer.exchange.reply.positive
    return _learnt("talk-first", not served, answer, _outcome(answer.exchange))


def _requiretls(known: Known, subject: str) -> Conversation:
    answer, _ = yield Ask((mail("REQUIRETLS"), RSET))
    return _learnt("requiretls-in-clear", not answer.ok, answer, answer.said)


def _offers_requiretls(known: Known) -> tuple[str, ...]:
    """Where no EHLO reply knows it there is nothing to learn."""
    offered = any(one is not None and "REQUIRETLS" in one for one in (known.clear, known.encrypted))
    return ("",) if offered and known.target.tls is not TlsMode.IMPLICIT else ()


def _kept_for_tls(known: Known) -> tuple[str, ...]:
    """One mechanism that EHLO offers inside TLS and not in clear: the one that every server would know."""
    if known.clear is None or known.encrypted is None or "AUTH" in known.clear or "AUTH=" in known.clear:
        return ()
    return tuple([name for name in _EASY if name in known.encrypted.mechanisms][:1])


def _auth(known: Known, subject: str) -> Conversation:
    (answer,) = yield Ask((command(f"AUTH {subject}"),))
    if answer.reply.intermediate:
        yield Ask((CANCEL,))
    return _learnt("auth-unannounced", not answer.reply.intermediate, answer, answer.said, subject)


def _can_begin_tls(known: Known) -> tuple[str, ...]:
    return ("",) if not known.encrypted_now and known.offers("STARTTLS") else ()


PROBES = (
    Probe(
        "starttls-smuggled-command",
        "a command in STARTTLS's own segment, as somebody on the path may add one: is it answered inside TLS?",
        "one STARTTLS with unexpected input behind it",
        _smuggled,
        flat(Cost(refusals=1, syntax=1, nonmail=1, noops=1)),
        profile=Profile.SECURITY,
        safety=Safety.INTRUSIVE,
        where=Where.CLEAR,
        place=Place.BEHIND_STARTTLS,
        subjects=_can_begin_tls,
    ),
    Probe(
        "auth-unannounced",
        "AUTH in clear, where EHLO offers it inside TLS only",
        "one login refused, or begun and cancelled; counted by ban tools",
        _auth,
        flat(Cost(refusals=1, unknown=1, syntax=1, nonmail=1, auths=1)),
        profile=Profile.SECURITY,
        safety=Safety.INTRUSIVE,
        where=Where.CLEAR,
        subjects=_kept_for_tls,
    ),
    Probe(
        "requiretls-in-clear",
        "MAIL with REQUIRETLS before TLS, where REQUIRETLS is offered",
        "one refused MAIL",
        _requiretls,
        flat(Cost(refusals=1, syntax=1, nonmail=1)),
        profile=Profile.SECURITY,
        where=Where.CLEAR,
        needs_mail=True,
        subjects=_offers_requiretls,
    ),
    Probe(
        "line-end-cr",
        "a command that ends in CR alone: is it answered before its LF?",
        "nothing",
        _line_end("line-end-cr", b"\r", b"\n"),
        flat(Cost(refusals=1, unknown=1, syntax=1, nonmail=1)),
        profile=Profile.SECURITY,
        safety=Safety.INTRUSIVE,
        place=Place.ALONE,
    ),
    Probe(
        "line-end-lf",
        "a command that ends in LF alone: is it answered before a CRLF?",
        "nothing, or one bare LF",
        _line_end("line-end-lf", b"\n", b"\r\n"),
        flat(Cost(refusals=1, unknown=1, syntax=1, nonmail=1)),
        profile=Profile.SECURITY,
        safety=Safety.INTRUSIVE,
        place=Place.ALONE,
    ),
    Probe(
        "talk-first",
        "a command before the greeting",
        "one client that talks too early: PREGREET in postscreen's log, a synchronization error in Exim's; "
        "either may ban this address for a while",
        _first_word,
        flat(Cost(refusals=1, syntax=1, nonmail=1, noops=1)),
        profile=Profile.SECURITY,
        safety=Safety.INTRUSIVE,
        where=Where.CLEAR,
        place=Place.BEFORE_GREETING,
        subjects=lambda known: () if known.target.lmtp or known.target.tls is TlsMode.IMPLICIT else ("",),
    ),
)
