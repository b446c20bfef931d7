"""A host's addresses, out of the DNS and nowhere else. Everything is asked at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from msgspec import Struct

from smtpprobe.journey import Answer, Question
from smtpprobe.model import Failure
from smtpprobe.names.families import RECORDS, Family, no_address, ordered
from smtpprobe.outcome import FailureKind

Ask = Callable[[Question], Awaitable[Answer]]
#: What leaves the question open counts for more than any clear no.
OPEN = (FailureKind.DNSSEC, FailureKind.DNS)


class HostAddresses(Struct, frozen=True):
    """The addresses of a host by family, within a family by number; ``failure`` says why there are none.

    ``alias`` is the name at the end of a chain of CNAME records. ``authentic``: all that was answered is (DNSSEC).
    """

    name: str
    addresses: tuple[str, ...]
    failure: Failure | None
    alias: str | None
    authentic: bool | None
    answers: tuple[Answer, ...]


async def host_addresses(ask: Ask, name: str, family: Family = "any") -> HostAddresses:
    """Both families at once, or the one asked for. One family's failure does not matter while the other has any."""
    answers = tuple(await asyncio.gather(*(ask(Question(name, record)) for record in RECORDS[family])))
    addresses = ordered(record for answer in answers for record in answer.records)
    aliases = next((answer.aliases for answer in answers if answer.aliases), ())
    known = [answer.authentic for answer in answers if answer.authentic is not None]
    return HostAddresses(
        name,
        addresses,
        None if addresses else _failure(name, answers, family),
        aliases[-1] if aliases else None,
        all(known) if known else None,
        answers,
    )


def _failure(name: str, answers: tuple[Answer, ...], family: Family) -> Failure:
    failures = [answer.failure for answer in answers if answer.failure is not None]
    grave = [failure for kind in OPEN for failure in failures if failure.kind is kind]
    return next(iter(grave or failures), no_address(name, family).failure)
