"""All that is told of one recipient of a bounce, weighed, and made an event. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from smtpprobe import redaction
from smtpprobe.diagnosis import Event
from smtpprobe.explain.bounces import boilerplate, circumstances, replies
from smtpprobe.explain.bounces.delivery_status import Report
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.reasons import reason_of
from smtpprobe.outcome import Reason, State

SOURCE = "bounce"

_STATES = {
    "failed": State.FAILED,
    "expired": State.FAILED,
    "delayed": State.DEFERRED,
    "delivered": State.ACCEPTED,
    "relayed": State.ACCEPTED,
    "expanded": State.ACCEPTED,
    "deliverable": State.ACCEPTED,
    "undeliverable": State.FAILED,
}
_DELAYED = re.compile(
    r"warning (?:message )?only|has been delayed|is delayed|still (?:being retried|undelivered)|will be retried"
    r"|will keep trying|not yet been delivered|"
    r"delivery (?:delayed|is delayed)|temporar(?:y|ily) (?:delayed|deferred) and",
    re.IGNORECASE,
)
_TIME_IS_UP = re.compile(
    r"timed out|socket error|being unable to connect|did not accept our requests to connect"
    r"|retry time(?:out)? (?:exceeded|not reached)"
    r"|in the queue too long|"
    r"aborted after|could not (?:be delivered|deliver)(?: the message)? (?:for|within|after) "
    r"|unable to deliver this message after|"
    r"delivery (?:time|attempts?) (?:expired|exceeded)|envelope expired|failed [0-9]{1,4} attempts|message expired"
    r"|given up|giving up",
    re.IGNORECASE,
)
# What the words of a program that delivers mail come to where they tell no more than that it failed.
_VAGUE = frozenset({Reason.NONE, Reason.UNDEFINED, Reason.ONHOLD, Reason.SYSTEMERROR, Reason.EXPIRED})
_EXPIRED = frozenset({"4.4.7", "5.4.7"})
_WORDS = re.compile(r"[^\W\d_]{2}")


class Evidence(Struct):
    """What there is on one recipient, the best witness first.

    ``report`` are its delivery fields; ``heard`` is the server's reply in a quoted dialogue; ``own`` is the paragraph
    below its address, ``after`` what follows that; ``whole`` is the human text, for all recipients; ``delayed`` that
    it says that the sender goes on trying.
    """

    report: Report
    heard: str = ""
    own: str = ""
    after: str = ""
    whole: str = ""
    delayed: bool = False
    host: str = ""
    command: str | None = None

    def witnesses(self) -> Iterator[str]:
        """The texts, the most precise first."""
        for text in (self.report.diagnostic, self.heard, self.own, self.after, self.whole):
            if text.strip():
                yield text


def event(evidence: Evidence, recipient: str, sender: str, time: str, subject: str = "") -> Event:
    """What the evidence comes to."""
    report = evidence.report
    state = _state(evidence)
    quoted = _quoted(evidence, state)
    text = _text(evidence, quoted)
    enhanced = _enhanced(evidence, quoted)
    told = "\n".join(evidence.witnesses())
    about = "\n".join((report.diagnostic, evidence.own, evidence.heard))
    return Event(
        source=SOURCE,
        text=redaction.spoken(text[:TEXT_LIMIT]),
        code=quoted.code if quoted else None,
        enhanced=enhanced,
        command=circumstances.command(about) or evidence.command or circumstances.command(told[:TEXT_LIMIT]),
        host=report.host or circumstances.host(about) or evidence.host or circumstances.host(told[:TEXT_LIMIT]),
        recipient=recipient,
        sender=sender,
        time=report.time or time,
        state=state,
        reason=_reason(report, state, enhanced, text, quoted is not None and "Deferred" not in told[:TEXT_LIMIT]),
        given=redaction.spoken(f"<{recipient}>: {report.diagnostic or text or subject}"[:GIVEN_LIMIT]),
    )


def is_delay(text: str) -> bool:
    """Do these words say that the sender goes on trying?"""
    return _DELAYED.search(text) is not None


def _state(evidence: Evidence) -> State:
    known = _STATES.get(evidence.report.action)
    if known is not None:
        return known
    return State.DEFERRED if evidence.delayed else State.FAILED


def _reason(report: Report, state: State, enhanced: str | None, text: str, answered: bool) -> Reason | None:
    """What is known from more than the words: a bounce about a server that never answered is about giving up."""
    if state is State.ACCEPTED:
        return Reason.DELIVERED
    if report.action == "expired":
        return Reason.EXPIRED
    if answered:
        return None
    if _TIME_IS_UP.search(text):
        return Reason.EXPIRED
    vague = reason_of(None, None, text, None, state) in _VAGUE
    if vague and enhanced in _EXPIRED:
        return Reason.EXPIRED
    return Reason.MAILERERROR if vague and report.type == "x-unix" else None


def _quoted(evidence: Evidence, state: State) -> replies.Quoted | None:
    """The best witness's reply; where it has its first line only, another's that goes on."""
    best: replies.Quoted | None = None
    for text in evidence.witnesses():
        quoted = replies.quoted(text)
        if quoted is None or (quoted.code < 400 and state is not State.ACCEPTED):
            continue
        if best is None or (best.open and quoted.code == best.code and quoted.text.startswith(best.text[:40])):
            best = quoted
    return best


def _enhanced(evidence: Evidence, quoted: replies.Quoted | None) -> str | None:
    """The diagnosis, then the Status field, then the human part; the first that is not x.0.0, if there is one."""
    diagnostic = evidence.report.diagnostic
    from_diagnostic = replies.quoted(diagnostic)
    told = [from_diagnostic.enhanced if from_diagnostic else None, replies.enhanced(diagnostic), evidence.report.status]
    told.append(quoted.enhanced if quoted else None)
    # Beside the dialogue that it quotes, Sendmail's own lines are its own opinion.
    human = (evidence.own, evidence.heard) if evidence.heard else (evidence.own, evidence.after, evidence.whole)
    told += [replies.enhanced(text) for text in human]
    codes = [code for code in told if code]
    return next((code for code in codes if not code.endswith(".0.0")), codes[0] if codes else None)


def _text(evidence: Evidence, quoted: replies.Quoted | None) -> str:
    """The reply, or, where there is none that tells why, the first witness that does."""
    if quoted is not None and _WORDS.search(quoted.text):
        return quoted.text
    report = evidence.report
    for text in (report.diagnostic, report.comment, evidence.heard, evidence.own, evidence.after, evidence.whole):
        kept = boilerplate.without(text)
        if _WORDS.search(kept):
            return kept
    return quoted.text if quoted else report.diagnostic
