"""A server's portrait: a Report in, a Personality out that answers the same. Pure: nothing is asked or written here.

Tables say what they can; what a rehearsal of the whole conversation shows to be answered otherwise becomes a rule.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from smtpprobe.fake import habits
from smtpprobe.fake.answers import UNKNOWN_VERB, Answers, Asked
from smtpprobe.fake.choices import choices
from smtpprobe.fake.heard import Heard, greetings, heard, trusted
from smtpprobe.fake.personality import Ehlo, Lines, Personality
from smtpprobe.fake.rehearsal import rehearsed
from smtpprobe.fake.templates import client, hello, lines, template
from smtpprobe.model import Report, Transcript
from smtpprobe.outcome import CertificateFault, FailureKind, Stage, TlsMode

_CERTIFICATES = {
    CertificateFault.EXPIRED: "expired",
    CertificateFault.NAME: "other-name",
    CertificateFault.SELF_SIGNED: "self-signed",
}
_NO_MAIL_SERVER = (
    FailureKind.NOT_SMTP,
    FailureKind.NOT_SMTP_HTTP,
    FailureKind.NOT_SMTP_SSH,
    FailureKind.NOT_SMTP_TLS,
)
_EHLO_LINE = re.compile(r"250[ -](.*)", re.DOTALL)
_T = TypeVar("_T", bound=Struct)


class PortraitError(ValueError):
    """Why a report gives no personality, in one sentence."""


class Portrait(Struct, frozen=True):
    """A personality, and what of the conversation it does not answer as the server did: the lines that were sent."""

    personality: Personality
    missed: tuple[str, ...]


def portray(report: Report) -> Portrait:
    """The personality that answers as this report's server did. Raises PortraitError without a conversation."""
    run = report.transcript
    greeted = any(e.reply is not None and e.reply.code is not None for e in greetings(run))
    if not greeted or (run.failure is not None and run.failure.kind in _NO_MAIL_SERVER):
        raise PortraitError(
            "there was no conversation, so there is no personality to save: try again when the server answers."
        )
    return _Painter(run).portrait()


class _Painter:
    """One run on its way to a personality."""

    def __init__(self, run: Transcript) -> None:
        self.run = run
        self.them = client(run)
        self.heard = heard(run)
        raws = [e.reply.raw for e in run.exchanges if e.reply is not None]
        bare = any(b"\n" in raw for raw in raws) and not any(b"\r\n" in raw for raw in raws)
        self.line_end = "\n" if bare else "\r\n"
        offers = {False: run.clear, True: run.encrypted}
        mechanisms = {
            encrypted: tuple([name.upper() for name in offer.arguments("AUTH")])
            for encrypted, offer in offers.items()
            if offer is not None
        }
        self.trusted = trusted(self.heard)
        self.answers = Answers(self.trusted, self.them, self.cut, mechanisms)

    def cut(self, raw: bytes, octets: int) -> tuple[str, ...]:
        """A reply's lines, as this server ends them."""
        return lines(raw, octets, self.line_end.encode())

    def portrait(self) -> Portrait:
        run, them, answers = self.run, self.them, self.answers
        offer = run.encrypted or run.clear
        size = offer.size_limit if offer is not None else None
        named: dict[str, Any] = {"hostname": them.hostname} if them.hostname else {}
        if helo := answers.all(Asked("HELO .*", positive=True)):
            named["helo"] = hello(self.cut(helo[0].raw, helo[0].octets), them)
        personality = Personality(
            summary=_summary(run),
            greeting=self._greeting(),
            ehlo=self._ehlo(),
            **named,
            **self._tls(),
            tls_required=answers.wants_tls,
            lmtp=run.target.lmtp,
            brackets_required=answers.wants_brackets,
            replies=answers.replies(),
            refusals=answers.refusals(),
            auth=answers.auth(),
            mail_parameters=choices(self.trusted, "MAIL", size, them),
            rcpt_parameters=choices(self.trusted, "RCPT", size, them),
            manners=habits.manners(run, self.heard, them, self.line_end),
        )
        personality, missed = rehearsed(personality, self.heard, them, self.cut)
        unknown = [one.raw for one in answers.all(UNKNOWN_VERB)]
        limits = habits.limits(run, self.heard, unknown, them)
        whole = short(msgspec.structs.replace(personality, limits=limits))
        return Portrait(whole, tuple([one.line for one in missed]))

    def _greeting(self) -> Lines:
        """The first that let us in, else the first that did not."""
        replies = [e.reply for e in greetings(self.run) if e.reply is not None and e.reply.code is not None]
        one = next((reply for reply in replies if reply.positive), replies[0])
        return template(self.cut(one.raw, one.octets), (), self.them)

    def _ehlo(self) -> Ehlo:
        """What is promised in each TLS state. A reply of another form is left to a rule."""
        verb = "LHLO" if self.run.target.lmtp else "EHLO"
        clear, encrypted = (
            [one for one in self.heard if one.verb == verb and one.code == 250 and one.encrypted == state]
            for state in (False, True)
        )
        without, inside = self._promises(clear), self._promises(encrypted)
        first = (*without[:1], *inside[:1], Ehlo().first)[0]
        told = Ehlo(first=first, clear=without[1:])
        if not inside or inside[1:] == told.promises(True):
            return told
        return Ehlo(first=first, clear=without[1:], tls=inside[1:])

    def _promises(self, said: list[Heard]) -> tuple[str, ...]:
        """The texts of the first of these replies, none where a line of it has another form."""
        text = hello(self.cut(said[0].raw, said[0].octets), self.them) if said else ()
        found = [match[1] for line in text if (match := _EHLO_LINE.fullmatch(line))]
        return tuple(found) if len(found) == len(text) else ()

    def _tls(self) -> dict[str, Any]:
        run, answers = self.run, self.answers
        certificate = run.tls.certificate if run.tls is not None else None
        fault = certificate.fault if certificate is not None else None
        found: dict[str, Any] = {
            "implicit_tls": run.target.tls is TlsMode.IMPLICIT,
            "certificate": _CERTIFICATES.get(fault, "good") if fault is not None else "good",
        }
        in_clear = Asked("STARTTLS", encrypted=False)
        agreed = [e for e in run.exchanges if e.stage is Stage.STARTTLS and e.code == 220]
        refusal = answers.said(in_clear)
        if agreed and run.tls is None:
            found["starttls"] = "broken"
        elif refusal is not None and not agreed:
            if refusal == answers.said(UNKNOWN_VERB):
                found["starttls"] = "off"
            elif re.match("[2-5][0-9]{2}", refusal[0]):
                found["starttls"] = "refuse " + "\r\n".join(refusal)
        return found


def short(table: _T) -> _T:
    """The same, with every reply of one line written as one string."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(type(table)):
        value = getattr(table, field.encode_name)
        if isinstance(value, Struct):
            value = short(value)
        elif field.type in (Lines, Lines | None):
            value = _one(value)
        elif field.type == dict[str, Lines]:
            value = {key: _one(below) for key, below in value.items()}
        elif isinstance(value, tuple) and value and isinstance(value[0], Struct):
            value = tuple([short(below) for below in value])
        found[field.encode_name] = value
    return type(table)(**found)


def _one(reply: Lines) -> Lines:
    return reply[0] if isinstance(reply, tuple) and len(reply) == 1 else reply


def _summary(run: Transcript) -> str:
    what = run.software.name if run.software is not None else "a mail server"
    return f"answers as {what} did when profile {run.profile} asked"
