"""How a run ended: its outcome in one word, and why some questions were not put."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.model import Exchange, Failure, Observation
from smtpprobe.outcome import FailureKind, Outcome, Stage, Verdict
from smtpprobe.plan import Task
from smtpprobe.run.host import Host

_NOT_SMTP = frozenset(
    {
        FailureKind.NOT_SMTP,
        FailureKind.NOT_SMTP_HTTP,
        FailureKind.NOT_SMTP_SSH,
        FailureKind.NOT_SMTP_TLS,
        FailureKind.REPLY_TOO_LONG,
    }
)
_INCONCLUSIVE = frozenset(
    {FailureKind.DEADLINE, FailureKind.INTERRUPTED, FailureKind.DNS, FailureKind.SERVER_CLOSING, FailureKind.TIMEOUT}
)


def no_conversation(greeting: Exchange | None) -> FailureKind | None:
    """What the first bytes of something that is no mail server tell about it."""
    if greeting is None or greeting.reply is None or greeting.reply.code is not None:
        return None
    if greeting.failure is None or greeting.failure.kind is not FailureKind.MALFORMED:
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
        interrupted = failure is not None and failure.kind in (FailureKind.INTERRUPTED, FailureKind.DEADLINE)
        return Outcome.INCONCLUSIVE if interrupted else Outcome.UNREACHABLE
    hello = [e.code for e in exchanges if e.connection == greeting.connection and e.stage is Stage.EHLO]
    last = hello[-1] if hello else greeting.code
    if last is not None and last >= 500:
        return Outcome.REFUSED
    if last is not None and last >= 400:
        return Outcome.INCONCLUSIVE
    if failure is not None and failure.kind in _INCONCLUSIVE:
        return Outcome.INCONCLUSIVE
    return Outcome.ANSWERED


def unasked(host: Host) -> tuple[Observation, ...]:
    """Every question of the profile that was not put, with the reason."""
    return tuple(
        [Observation(task.probe.name, task.subject, Verdict.UNTESTED, _why(host, task)) for task in host.pool.tasks]
    )


def _why(host: Host, task: Task) -> str:
    if host.ended:
        return host.ended
    if host.over:
        return "the time for the whole run was over (--deadline)"
    if task.probe.needs_mail:
        codes = [code for code in (host.known.mail_clear, host.known.mail_tls) if code is not None]
        if codes and not any(code < 300 for code in codes):
            return f"a plain MAIL got {codes[-1]}"
    if host.opened >= host.settings.most_connections:
        return f"budget: {host.opened} connections were not enough for all questions"
    return "the state that it needs was not reached"
