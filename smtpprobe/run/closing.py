"""How a run ended: its outcome in one word, and why some questions were not put."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

import msgspec

from smtpprobe.model import Exchange, Failure, Observation, Report
from smtpprobe.names import Resolver
from smtpprobe.outcome import FailureKind, Outcome, Stage, Verdict
from smtpprobe.plan import Task
from smtpprobe.run.host import Host
from smtpprobe.run.stopping import unless

_NOT_SMTP = frozenset(
    {
        FailureKind.NOT_SMTP,
        FailureKind.NOT_SMTP_HTTP,
        FailureKind.NOT_SMTP_SSH,
        FailureKind.NOT_SMTP_TLS,
        FailureKind.REPLY_TOO_LONG,
    }
)
#: What may end a greeting that has no code: a line that is no reply, or one that never became a line.
_NO_REPLY = frozenset({FailureKind.MALFORMED, FailureKind.TIMEOUT, FailureKind.TRUNCATED})
_TRY_NEXT = frozenset({FailureKind.REFUSED, FailureKind.UNREACHABLE, FailureKind.TIMEOUT, FailureKind.SOCKET})
_INCONCLUSIVE = frozenset(
    {FailureKind.DEADLINE, FailureKind.INTERRUPTED, FailureKind.DNS, FailureKind.SERVER_CLOSING, FailureKind.TIMEOUT}
)
# What a line that is cut short may be and still become a reply (RFC 5321 4.2).
_BEGINS_A_REPLY = re.compile(rb"[2-5]([0-9]([0-9]([ -].*)?)?)?", re.DOTALL)
#: Where and how it ends with a domain whose mail servers have other names.
_BEFORE_MAIL = frozenset({Stage.RESOLVE, Stage.CONNECT, Stage.GREETING})
_PERHAPS_A_DOMAIN = frozenset(
    {
        FailureKind.NO_SUCH_NAME,
        FailureKind.NO_ADDRESS,
        FailureKind.REFUSED,
        FailureKind.UNREACHABLE,
        FailureKind.TIMEOUT,
        FailureKind.CLOSED,
        FailureKind.RESET,
    }
)


def try_next(failure: Failure | None) -> bool:
    """Is the next address of the same name to be tried, as this one cannot be connected to?"""
    return failure is not None and failure.stage is Stage.CONNECT and failure.kind in _TRY_NEXT


def no_conversation(greeting: Exchange | None) -> FailureKind | None:
    """What the first bytes of something that is no mail server tell about it."""
    if greeting is None or greeting.reply is None:
        return None
    if greeting.reply.intermediate:
        return FailureKind.NOT_SMTP
    if greeting.reply.code is not None:
        return None
    if greeting.failure is None or greeting.failure.kind not in _NO_REPLY:
        return None
    if greeting.failure.kind is not FailureKind.MALFORMED and _BEGINS_A_REPLY.fullmatch(greeting.reply.raw):
        return None
    raw = greeting.reply.raw.lstrip().lower()
    if raw.startswith((b"http/", b"<html", b"<!doctype")):
        return FailureKind.NOT_SMTP_HTTP
    if raw.startswith(b"ssh-"):
        return FailureKind.NOT_SMTP_SSH
    if raw[:2] in (b"\x15\x03", b"\x16\x03"):
        return FailureKind.NOT_SMTP_TLS
    return FailureKind.NOT_SMTP


def outcome_of(greeting: Exchange | None, failure: Failure | None, exchanges: Sequence[Exchange]) -> Outcome:
    """One word for the whole run (the greeting decides, then EHLO, then why it broke off)."""
    if failure is not None and failure.kind in _NOT_SMTP:
        return Outcome.NOT_SMTP
    if greeting is None or greeting.code is None:
        if failure is None:
            # Nothing went wrong: the user wanted to go no further than the connection.
            return Outcome.ANSWERED
        interrupted = failure.kind in (FailureKind.INTERRUPTED, FailureKind.DEADLINE)
        return Outcome.INCONCLUSIVE if interrupted else Outcome.UNREACHABLE
    hello = [e.code for e in exchanges if e.connection == greeting.connection and e.stage is Stage.EHLO]
    if not any(code is not None and code < 300 for code in hello):
        return _without_hello(hello[-1] if hello else greeting.code, failure)
    if failure is not None and failure.kind in _INCONCLUSIVE:
        return Outcome.INCONCLUSIVE
    return Outcome.ANSWERED


def _without_hello(last: int | None, failure: Failure | None) -> Outcome:
    """A greeting came, and no EHLO was accepted. ``last`` is the last code, None where EHLO got no answer."""
    if last is None:
        garbage = failure is not None and failure.kind is FailureKind.MALFORMED
        return Outcome.NOT_SMTP if garbage else Outcome.INCONCLUSIVE
    if last >= 400:
        return Outcome.REFUSED if last >= 500 else Outcome.INCONCLUSIVE
    # Where nothing went wrong the user wanted to go no further than the greeting.
    return Outcome.ANSWERED if failure is None else Outcome.INCONCLUSIVE


async def advised(report: Report, resolver: Resolver, stop: asyncio.Event) -> Report:
    """The report, its verdict with a hint where the user named a mail domain in place of a mail server."""
    run = report.transcript
    failure, target = run.failure, run.target
    if failure is None or target.mx or target.path is not None or target.lmtp:
        return report
    if failure.stage not in _BEFORE_MAIL or failure.kind not in _PERHAPS_A_DOMAIN:
        return report
    if not await unless(stop, resolver.has_mx(target.host)):
        return report
    hint = f"{target.host} has MX records: `smtpprobe probe --mx {target.host}` asks its mail servers."
    return msgspec.structs.replace(report, verdict=f"{report.verdict} {hint}".lstrip())


def unasked(host: Host) -> tuple[Observation, ...]:
    """Every question of the profile that was not put and still arises, with the reason."""
    states = [host.knowing(encrypted) for encrypted in (False, True)]
    return tuple(
        [
            Observation(task.probe.name, task.subject, Verdict.UNTESTED, _why(host, task))
            for task in host.pool.tasks
            if any(task.subject in task.probe.subjects(known) for known in states)
        ]
    )


def _why(host: Host, task: Task) -> str:
    if host.settings.stop_after is not None:
        return f"stopped after {host.settings.stop_after}, as asked"
    if host.ended:
        return host.ended
    if host.over:
        return "the time for the whole run was over (--deadline)"
    if task.probe.needs_mail:
        codes = [code for code in (host.known.mail_clear, host.known.mail_tls) if code is not None]
        if not any(code < 300 for code in codes):
            return f"a plain MAIL got {codes[-1]}" if codes else "a plain MAIL got no answer"
    if host.opened >= host.settings.most_connections:
        return f"budget: {host.opened} connections were not enough for all questions"
    return "the state that it needs was not reached"
