"""The one message that a user asked for: MAIL, RCPT and content, what became of it, and XCLIENT before it.

What a message or an address cannot do without is not left out: then nothing is sent, and the ruling says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from smtpprobe.diagnosis import Event, Meaning
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.explain.event import TEXT_LIMIT
from smtpprobe.journey import Delivery, Journey, Mailbox, Ruling
from smtpprobe.model import Capabilities, Command, Exchange, Reply
from smtpprobe.outcome import Check, Stage, Standing, Who
from smtpprobe.trace import envelope
from smtpprobe.wire import content
from smtpprobe.wire.dial import Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

# How servers tell under which name they keep a message: Postfix, Exim, Exchange, qmail, Haraka, Sendmail and
# OpenSMTPD, Gmail and Amazon.
_QUEUED = re.compile(
    r"\bqueued as ([\w./-]{1,80})|\bid=([\w-]{1,80})|\bInternalId=(\d{1,30})|\bqp (\d{1,20})|\bQueued \(([\w-]{1,80})\)"
    r"|(?:\A|[ \n])([\w.-]{6,80}) Message accepted"
    r"|\A(?:2\.\d\.\d )?OK {1,3}(?:\d{10} )?(?=[\w.-]{0,99}\d)([\w.-]{10,100})(?: - gsmtp)?\Z",
    re.IGNORECASE | re.ASCII,
)


class DeliveryResult(Struct, frozen=True):
    """What became of the message.

    ``indexes`` are the places of its exchanges in the record, ``final`` the one that decided, None where nothing was
    sent. ``queue_id`` is what the server calls the message, as far as it tells. ``withheld`` are the parameters that
    were asked for and left out, as the server does not offer them.
    """

    ruling: Ruling
    indexes: tuple[int, ...] = ()
    final: Exchange | None = None
    queue_id: str = ""
    withheld: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Has the server taken responsibility for it (RFC 5321 4.2.5, 6.1)?"""
        return self.ruling.standing is Standing.PASS


class Impersonation(Struct, frozen=True):
    """What became of XCLIENT: ``index`` is its place in the record, None where nothing could be said.

    Where it is ``accepted`` the session has started over, its greeting heard, and EHLO is owed. ``withheld`` are the
    attributes that the server does not announce.
    """

    index: int | None
    accepted: bool
    withheld: tuple[str, ...] = ()


async def deliver(
    session: Session, stage: Stage, capabilities: Capabilities, journey: Journey, *, record: Record
) -> DeliveryResult:
    """Send the journey's message to its recipient, in a transaction of its own, and tell what became of it.

    ``record`` is the session's, ``stage`` where it stands (CLEAR or TLS), ``capabilities`` what EHLO said there.
    Raises ValueError for a journey without a recipient or a message.
    """
    if journey.delivery is None or journey.recipient is None:
        raise ValueError("a delivery needs a message and a recipient")
    return await _Transaction(session, stage, capabilities, journey, record).hold(journey.delivery, journey.recipient)


class _Transaction:
    """MAIL, RCPT and the message; every step ends it or leads to the next."""

    def __init__(
        self, session: Session, stage: Stage, capabilities: Capabilities, journey: Journey, record: Record
    ) -> None:
        self._session, self._stage, self._capabilities = session, stage, capabilities
        self._journey, self._record = journey, record
        self._indexes: list[int] = []
        self._withheld: list[str] = []

    async def hold(self, delivery: Delivery, recipient: Mailbox) -> DeliveryResult:
        if (missing := self._missing(delivery, recipient)) is not None:
            return DeliveryResult(missing)
        mail, rcpt = self._lines(delivery, recipient)
        for line in (mail, rcpt):
            last = await self._say(line)
            if last.reply is None or not last.reply.positive or not self._session.usable:
                return self._ended(delivery, last, whole=False)
        chunked = delivery.chunking and "CHUNKING" in self._capabilities
        if delivery.chunking and not chunked:
            self._withheld.append("BDAT")
        send = content.send_chunks if chunked else content.send_data
        sent = await send(self._session, delivery.message, self._stage, self._record)
        self._indexes += sent.places
        return self._ended(delivery, self._record.exchanges[sent.places[-1]], whole=sent.whole)

    def _missing(self, delivery: Delivery, recipient: Mailbox) -> Ruling | None:
        """Why it cannot be sent over this connection at all."""
        if envelope.needs_utf8(self._journey.sender, recipient) and "SMTPUTF8" not in self._capabilities:
            return self._ruling(
                Standing.FAIL,
                "not-sent",
                "The message was not sent: an address is not ASCII, and this server does not offer SMTPUTF8.",
                steps=("Use an address in ASCII, or ask the recipient for one.",),
                who=Who.RECIPIENT,
                references=("RFC 6531 3.2",),
            )
        asked = "REQUIRETLS" in map(str.upper, delivery.parameters)
        if asked and (self._stage is not Stage.TLS or "REQUIRETLS" not in self._capabilities):
            why = "this connection has no TLS" if self._stage is not Stage.TLS else "this server does not offer it"
            return self._ruling(
                Standing.FAIL,
                "not-sent",
                f"The message was not sent: it asks for REQUIRETLS, and {why}.",
                steps=("Send it without --requiretls, if it may travel in clear on a later hop.",),
                who=Who.RECIPIENT,
                references=("RFC 8689 4.2.1",),
            )
        return None

    def _lines(self, delivery: Delivery, recipient: Mailbox) -> tuple[Command, Command]:
        """MAIL and RCPT with what was asked for, as far as it is offered."""
        header = delivery.message.partition(b"\r\n\r\n")[0]
        asked = [one for one in delivery.parameters if one.upper() != "SMTPUTF8"]
        utf8 = envelope.needs_utf8(self._journey.sender, recipient) or len(asked) < len(delivery.parameters)
        mail = envelope.mail_line(
            self._journey.sender,
            self._capabilities,
            size=len(delivery.message),
            utf8=self._wanted("SMTPUTF8", wanted=utf8 or not header.isascii()),
            eight_bit=self._wanted("BODY=8BITMIME", wanted=not delivery.message.isascii()),
            extra=(*self._offered("MAIL", asked), *self._journey.parameters),
        )
        extra = self._offered("RCPT", delivery.rcpt_parameters)
        return mail, envelope.rcpt_line(recipient, self._capabilities, extra)

    def _wanted(self, parameter: str, *, wanted: bool) -> bool:
        return wanted and bool(self._offered("MAIL", [parameter]))

    def _offered(self, verb: str, parameters: Sequence[str]) -> tuple[str, ...]:
        kept = [one for one in parameters if envelope.offers(self._capabilities, verb, one)]
        self._withheld += [one for one in parameters if one not in kept]
        return tuple(kept)

    async def _say(self, command: Command) -> Exchange:
        (index,) = await self._session.flight([Line(command)], self._stage)
        self._indexes.append(index)
        return self._record.exchanges[index]

    # -- what became of it ---------------------------------------------------------------------------------

    def _ended(self, delivery: Delivery, last: Exchange, *, whole: bool) -> DeliveryResult:
        reply = last.reply if last.failure is None else None
        identity = queue_id(reply) if reply is not None and reply.positive and whole else ""
        if reply is None or reply.code is None:
            ruling = self._unanswered(delivery, last, whole=whole)
        elif reply.refusal:
            ruling = self._refused(last, reply)
        elif not reply.positive or not whole:
            ruling = self._ruling(
                Standing.FAIL,
                "out-of-order",
                f"The message was not delivered: {reply.code} is no answer that a client could go on with here.",
                steps=("Look at the dialogue: something other than a mail server may be answering.",),
                who=Who.SERVER,
                references=("RFC 5321 4.3.2",),
            )
        else:
            ruling = self._accepted(delivery, identity)
        return DeliveryResult(ruling, tuple(self._indexes), last, identity, tuple(self._withheld))

    def _accepted(self, delivery: Delivery, identity: str) -> Ruling:
        known = f" under the id {identity}" if identity else ""
        return self._ruling(
            Standing.PASS,
            "accepted",
            f"The server took the message{known}: it has to deliver it now, or to send a bounce.",
            steps=(
                "Look in the mailbox, its spam folder too: a yes to the message does not say where it is put.",
                f"Where it does not turn up, ask the server's admin for {identity or delivery.message_id} in the log.",
            ),
            references=("RFC 5321 4.2.5", "RFC 5321 6.1"),
        )

    def _unanswered(self, delivery: Delivery, last: Exchange, *, whole: bool) -> Ruling:
        why = last.failure.kind.meaning if last.failure is not None else "what came is no reply"
        if not whole:
            return self._ruling(
                Standing.UNKNOWN,
                "broken-off",
                f"The delivery broke off before the end of the message, so nothing was delivered: {why}.",
                steps=("Try again; where it breaks off at the same place, look for a firewall or filter between.",),
                who=Who.SERVER,
            )
        return self._ruling(
            Standing.UNKNOWN,
            "unanswered",
            f"The whole message went out and no answer came, so the server may have taken it: {why}.",
            steps=(
                f"Look for {delivery.message_id or 'the message'} in the mailbox or in the server's log.",
                "Send it again only if it is not there, else it arrives twice.",
            ),
            who=Who.SERVER,
            references=("RFC 1047", "RFC 5321 4.5.3.2.6"),
        )

    def _refused(self, last: Exchange, reply: Reply) -> Ruling:
        meaning = self._explained(last, reply)
        asked = last.command.verb if last.command is not None else ""
        at = {"MAIL": "at MAIL", "RCPT": "at RCPT", "DATA": "at DATA"}.get(asked, "after it was seen")
        temporary = reply.code is not None and reply.code < 500
        return self._ruling(
            Standing.UNKNOWN if temporary else Standing.FAIL,
            "deferred" if temporary else "refused",
            meaning.summary,
            detail=f"The message was {'deferred' if temporary else 'refused'} {at}.",
            steps=meaning.steps,
            who=meaning.who,
            references=meaning.references,
        )

    def _explained(self, last: Exchange, reply: Reply) -> Meaning:
        """What the refusal means, in the light of all that this connection had heard."""
        number, position = last.connection, self._indexes[-1]
        context = [one for one in self._record.exchanges[:position] if one.connection == number]
        if last.command is not None and last.command.verb not in {"MAIL", "RCPT"}:
            # The answer to the message is DATA's own (RFC 5321 4.1.1.4).
            last = msgspec.structs.replace(last, command=Command(b"DATA"))
        verb = last.command.verb if last.command is not None else None
        text, host = reply.text[:TEXT_LIMIT], self._session.route.host
        event = Event("trace", text, reply.code, reply.enhanced, verb, host, context=(*context, last))
        return Explainer().explain(event).meaning

    def _ruling(
        self,
        standing: Standing,
        result: str,
        summary: str,
        *,
        steps: tuple[str, ...],
        detail: str = "",
        who: Who = Who.NOBODY,
        references: tuple[str, ...] = (),
    ) -> Ruling:
        recipient = self._journey.recipient
        subject = recipient.text if recipient is not None else ""
        if self._withheld:
            detail = f"{detail} Left out, as the server does not offer it: {', '.join(self._withheld)}.".strip()
        return Ruling(Check.DELIVERY, subject, standing, result, summary, detail, steps, who, "", references)


def queue_id(reply: Reply) -> str:
    """Under which name the server keeps the message, "" where its reply tells none."""
    found = _QUEUED.search(reply.text[:TEXT_LIMIT].rstrip())
    return next(filter(None, found.groups()), "") if found is not None else ""


def xclient_line(attributes: Sequence[str]) -> Command:
    """XCLIENT with these attributes ("ADDR=192.0.2.1"), names in upper case and values in xtext."""
    pairs = [(name.upper(), value) for name, _, value in (one.partition("=") for one in attributes)]
    return Command(" ".join(["XCLIENT", *[f"{name}={envelope.xtext(value)}" for name, value in pairs]]).encode())


async def impersonate(
    session: Session, stage: Stage, capabilities: Capabilities, attributes: Sequence[str], *, record: Record
) -> Impersonation:
    """Have the server take us for another client (Postfix's XCLIENT), where it announces these attributes.

    The 220 that grants it is a greeting: the session starts over, and the caller owes EHLO.
    """
    announced = {name.upper() for name in capabilities.arguments("XCLIENT")}
    known = [one for one in attributes if one.partition("=")[0].upper() in announced]
    withheld = tuple([one for one in attributes if one not in known])
    if not known:
        return Impersonation(None, accepted=False, withheld=withheld)
    (index,) = await session.flight([Line(xclient_line(known))], stage)
    return Impersonation(index, record.exchanges[index].code == 220 and session.usable, withheld)
