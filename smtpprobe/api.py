"""What other programs call: the whole road from a target to a Report, and from a pasted text to its meaning.

It stands beside the package's rooms, not in ``__init__``, because ``explain`` is the name of a room too.
"""

from __future__ import annotations

from smtpprobe.catalogue import comparison
from smtpprobe.catalogue.comparison import Comparison
from smtpprobe.diagnosis import Diagnosis
from smtpprobe.explain import explain_text
from smtpprobe.journey import Journey, Trace
from smtpprobe.mailbox import mailbox
from smtpprobe.model import Report
from smtpprobe.names import Resolver
from smtpprobe.run import Settings, survey
from smtpprobe.target import parse
from smtpprobe.trace import trace as walk

__all__ = [
    "Comparison",
    "Diagnosis",
    "Journey",
    "Report",
    "Settings",
    "Trace",
    "compare",
    "explain",
    "probe",
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


def compare(a: str, b: str) -> Comparison:
    """Two codes side by side, basic (504) or enhanced (5.7.1). Raises ValueError for what is no code."""
    return comparison.compare(a, b)


def explain(text: str, command: str | None = None) -> tuple[Diagnosis, ...]:
    """What a text means: a code, a reply, a dialogue, log lines, an application's error, a bounce.

    One Diagnosis for each reply, log event or recipient of a bounce. ``command`` is what got the reply, where the text
    does not tell. Raises ValueError where nothing is recognised.
    """
    return explain_text(text, command)
