"""What other programs call: the whole road from a target to a Report, and from a pasted text to its meaning.

It stands beside the package's rooms, not in ``__init__``, because ``explain`` is the name of a room too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from smtpprobe.catalogue import comparison
from smtpprobe.catalogue.comparison import Comparison
from smtpprobe.diagnosis import Diagnosis
from smtpprobe.explain import explain_text
from smtpprobe.journey import Journey, Trace
from smtpprobe.mailbox import mailbox
from smtpprobe.model import Report
from smtpprobe.names import Resolver
from smtpprobe.run import Settings, survey
from smtpprobe.scanning import Scanned, Standing
from smtpprobe.target import TargetError, parse
from smtpprobe.trace import trace as walk

__all__ = [
    "Comparison",
    "Diagnosis",
    "Journey",
    "Report",
    "Scanned",
    "Settings",
    "Trace",
    "compare",
    "explain",
    "probe",
    "scan",
    "trace",
]


async def probe(target: str, settings: Settings | None = None) -> Report:
    """Probe one mail server, named as on the command line ("mail.example.org:587", "smtps://…", "unix:PATH").

    Gives a Report for whatever the server does. Raises smtpprobe.target.TargetError for a target that is none.
    """
    async for report in survey(parse(target), settings or Settings(), Resolver()):
        return report
    raise AssertionError("a survey gives at least one report")


async def trace(
    recipient: str, sender: str | None, from_ip: str | None = None, settings: Settings | None = None
) -> Trace:
    """Walk the way of a mail from ``sender`` (None: the null sender) to ``recipient``, sending none.

    ``from_ip`` is the public address that it leaves from. Gives a Trace for whatever the DNS and the servers do; raises
    smtpprobe.target.TargetError for an address that is none.
    """
    journey = Journey(mailbox(recipient), mailbox(sender) if sender is not None else None, from_ip)
    async with Resolver() as resolver:
        return await walk(journey, settings or Settings(), resolver)


async def scan(
    targets: Iterable[str],
    take: Callable[[Scanned], object],
    settings: Settings | None = None,
    *,
    mx: bool = False,
    at_once: int = 100,
) -> None:
    """Ask every server that the targets lead to once, politely, and call ``take`` with what came of each.

    A target is what a line of a list may be: a host, an address, a range, a URL, with ``mx`` a domain. One that leads
    nowhere is taken first, as a Scanned without a unit. Raises smtpprobe.target.TargetError for what is no target.
    """
    from smtpprobe.scan.asking import Asking
    from smtpprobe.scan.delivery import astray
    from smtpprobe.scan.entering import enter
    from smtpprobe.scan.main import ask
    from smtpprobe.scan.pacing import Pace
    from smtpprobe.scan.reading import Mistake, read
    from smtpprobe.scan.resolving import resolve
    from smtpprobe.scan.store import Store
    from smtpprobe.scan.visit import USUAL

    def mistaken(mistake: Mistake) -> None:
        raise TargetError(mistake.words)

    asking = Asking(settings or USUAL, Pace(), at_once)
    stop = asyncio.Event()
    with Store(None) as store:
        store.claim("")
        lines = (target.encode(errors="surrogateescape") for target in targets)
        enter(store, read(lines, "targets", mx=mx, port=None), mistaken=mistaken)
        async with Resolver() as resolver:
            await resolve(store, resolver, standing=Standing(), stop=stop)
        for one in store.unresolved():
            take(astray(one, asking.settings))
        await ask(asking, store.units(asking.seed), lambda scanned, line: take(scanned), Standing(), stop)


def compare(a: str, b: str) -> Comparison:
    """Two codes side by side, basic (504) or enhanced (5.7.1). Raises ValueError for what is no code."""
    return comparison.compare(a, b)


def explain(text: str, command: str | None = None) -> tuple[Diagnosis, ...]:
    """What a text means: a code, a reply, a dialogue, log lines, an application's error, a bounce.

    One Diagnosis for each reply, log event or recipient of a bounce. ``command`` is what got the reply, where the text
    does not tell. Raises ValueError where nothing is recognised.
    """
    return explain_text(text, command)
