"""All replies of a run explained, once for all runs in which the same was said. What is kept is bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from smtpprobe.catalogue import providers
from smtpprobe.explain.notes import annotate
from smtpprobe.model import Exchange, Known, Note
from smtpprobe.outcome import Stage

#: The notes of so many dialogues are kept, of those in which a server said so much at most.
KEPT = 256
OCTETS = 4 * 1024

_Notes = tuple[Note | None, ...]
_explained: OrderedDict[object, _Notes] = OrderedDict()


def annotate_all(exchanges: Sequence[Exchange], clear: Known, inside: Known) -> _Notes:
    """A note for each exchange, None as in ``annotate``. ``clear`` and ``inside``: what is known in each TLS state."""
    if sum([one.reply.octets for one in exchanges if one.reply is not None]) > OCTETS:
        return _annotate_all(exchanges, clear, inside)
    key = (_seen(clear), tuple([_said(one) for one in exchanges]))
    notes = _explained.get(key)
    if notes is not None:
        _explained.move_to_end(key)
        return notes
    notes = _explained[key] = _annotate_all(exchanges, clear, inside)
    if len(_explained) > KEPT:
        _explained.popitem(last=False)
    return notes


def _annotate_all(exchanges: Sequence[Exchange], clear: Known, inside: Known) -> _Notes:
    known = {True: inside, False: clear}
    return tuple([annotate(exchanges, i, known[one.stage is Stage.TLS]) for i, one in enumerate(exchanges)])


def _seen(known: Known) -> tuple[object, ...]:
    """All that a scene shows of what is known, but for the TLS state; of the server's name whose it is."""
    target, greeting = known.target, known.greeting
    return (
        *(providers.by_host(target.host), target.path is None, target.lmtp, target.tls),
        *(known.ehlo_name, known.software, known.mail_clear, known.mail_tls),
        *(greeting and greeting.texts, known.clear, known.encrypted),
    )


def _said(exchange: Exchange) -> tuple[object, ...]:
    """All of an exchange but its times."""
    reply = exchange.reply
    return (
        *(exchange.connection, exchange.stage, exchange.command, exchange.failure, exchange.probe, exchange.subject),
        reply and (reply.raw, reply.octets, reply.defects),
    )
