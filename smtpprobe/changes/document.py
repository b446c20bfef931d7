"""A report as a script reads it, taken apart into facts. Tolerant: it decodes what matters and passes over the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from smtpprobe.changes.facts import Fact, Literal, Snapshot
from smtpprobe.changes.folding import LIMIT, NAME, OURS, RANDOM, VERSION, wording
from smtpprobe.changes.shape import (
    Capability,
    Exchange,
    Reply,
    Report,
    Software,
    Target,
    Tls,
    check_size,
    check_version,
    decode,
)
from smtpprobe.changes.words import What
from smtpprobe.outcome import FailureKind, Outcome, Severity, Stage, TlsMode, Verdict

#: Told beside the questions; what they say stands in other facts, or differs with how the questions were shared out.
_BESIDE = frozenset({"keyword", "ehlo-tls", "hang-up", "pipelining", "unsolicited"})
_PARAMETERS = frozenset({"mail-parameter", "rcpt-parameter"})
_HELLO = ("EHLO", "LHLO")
#: What depends on the moment, and on how many questions a connection was asked.
_PASSING = frozenset({"greylisted", "rate-limited", "hang-up-after-errors"})
_HUNG_UP = frozenset({FailureKind.CLOSED, FailureKind.RESET})
_GREYLISTED = re.compile("gr[ae]y[ -]?list", re.IGNORECASE)
_RANDOM = re.compile(r"(?<![0-9a-z])[0-9a-f]{10}(?![0-9a-z])")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}")
_SHORTEST = 3


def snapshot(document: bytes) -> Snapshot:
    """The facts in one report of ``probe --format json``. Raises DocumentError for what is none."""
    check_size(document)
    check_version(document)
    return of_report(decode(document, Report))


def of_report(report: Report) -> Snapshot:
    """The facts in a report."""
    states = _states(report)
    offered = {"clear": report.capabilities.clear, "tls": report.capabilities.tls or ()}
    facts = [
        *_software(report.software),
        *_greeting(report.exchanges),
        *[fact for state in states for fact in _extensions(offered[state], state)],
        *_tls(report.tls),
        *_promises([*offered["clear"], *offered["tls"]]),
        *_questions(report, {one.keyword for one in (*offered["clear"], *offered["tls"])}),
        *_findings(report),
        *[Fact(What.TIMING, stage, value=f"{ms:.0f}") for stage, ms in report.timing.stages.items()],
    ]
    return Snapshot(
        name=_name(report.target),
        address=report.connections[0].address if report.connections else "",
        outcome=report.outcome,
        profile=report.profile,
        reason="" if report.outcome is Outcome.ANSWERED else _reason(report),
        states=states,
        tls_wanted=report.target.tls != TlsMode.NONE,
        facts=tuple(dict.fromkeys(facts)),
        literals=_literals(report),
    )


def _name(target: Target) -> str:
    if not target.host:
        return target.text
    return f"[{target.host}]:{target.port}" if ":" in target.host else f"{target.host}:{target.port}"


def _reason(report: Report) -> str:
    """Why there was no conversation: the last refusal in the server's words, or else the failure in ours."""
    failure = report.failure
    refusals = [e.reply for e in report.exchanges if e.reply is not None and (e.reply.code or 0) >= 400]
    if refusals and (failure is None or failure.kind == FailureKind.SERVER_CLOSING):
        return said(refusals[-1])
    if failure is not None and failure.kind in list(FailureKind):
        return FailureKind(failure.kind).meaning  # type: ignore[call-arg]
    return report.outcome.meaning


def _states(report: Report) -> tuple[str, ...]:
    clear = ("clear",) if report.capabilities.clear or report.target.tls != TlsMode.IMPLICIT else ()
    return (*clear, "tls") if report.capabilities.tls is not None else clear


def _software(software: Software | None) -> Iterator[Fact]:
    if software is not None and software.name:
        yield Fact(What.SOFTWARE, value=f"{software.name} {software.version or ''}".strip())


def _greeting(exchanges: Sequence[Exchange]) -> Iterator[Fact]:
    for exchange in exchanges:
        if exchange.stage == Stage.GREETING and exchange.command is None and exchange.reply is not None:
            reply = exchange.reply
            yield Fact(What.GREETING, value=codes(reply), text=wording(reply.code, reply.lines))
            return


def _extensions(offered: Sequence[Capability], state: str) -> Iterator[Fact]:
    arguments: dict[str, dict[str, None]] = {}
    mechanisms: dict[str, None] = {}
    for one in offered:
        keyword = one.keyword.upper()
        own = arguments.setdefault(keyword, {})
        if keyword in ("AUTH", "AUTH="):
            mechanisms |= dict.fromkeys([name.upper() for name in one.arguments])
        else:
            own |= dict.fromkeys(one.arguments)
    for keyword, own in arguments.items():
        yield Fact(What.EXTENSION, keyword, state, value=" ".join(sorted(own)))
    for name in mechanisms:
        yield Fact(What.MECHANISM, name, state)
    yield Fact(What.ORDER, "extensions", state, value=" ".join(arguments))
    yield Fact(What.ORDER, "mechanisms", state, value=" ".join(mechanisms))


def _tls(tls: Tls | None) -> Iterator[Fact]:
    if tls is None:
        return
    yield Fact(What.TLS, value=tls.version)
    yield Fact(What.CIPHER, value=tls.cipher)
    certificate = tls.certificate
    if certificate is None:
        return
    yield Fact(What.CERTIFICATE, "subject", value=certificate.subject)
    yield Fact(What.CERTIFICATE, "issuer", value=certificate.issuer)
    yield Fact(What.CERTIFICATE, "names", value=", ".join(sorted(set(certificate.names))))
    yield Fact(What.CERTIFICATE, "trust", value=certificate.error or "trusted")
    yield Fact(What.CERTIFICATE, "valid from", value=certificate.not_before)
    yield Fact(What.CERTIFICATE, "valid until", value=certificate.not_after)


def _promises(offered: Iterable[Capability]) -> Iterator[Fact]:
    for one in offered:
        if one.verdict != Verdict.UNTESTED:
            yield Fact(What.VERDICT, one.keyword.upper(), value=one.verdict)


def _questions(report: Report, promised: set[str]) -> Iterator[Fact]:
    """The verdict on each question, and the answer to each of its commands."""
    verdicts: dict[tuple[str, str], list[str]] = {}
    answers: dict[tuple[str, ...], Fact] = {}
    for one in report.observations:
        if one.probe in _BESIDE:
            continue
        name = f"{one.probe} {one.subject}".strip()
        asked = [report.exchanges[i] for i in one.evidence if 0 <= i < len(report.exchanges)]
        where = next((e.stage for e in asked if e.stage in (Stage.CLEAR, Stage.TLS)), one.stage or "")
        joined = one.probe in _PARAMETERS and one.subject in promised
        if one.verdict not in (Verdict.UNTESTED, Verdict.ANSWERED) and not joined:
            verdicts.setdefault((name, where), []).append(one.verdict)
        for exchange in asked:
            fact = _answer(name, exchange)
            if fact is not None:
                answers[fact.key] = fact
    for (name, where), heard in verdicts.items():
        yield Fact(What.VERDICT, name, where, value=", ".join(sorted(set(heard))))
    yield from answers.values()


def _answer(name: str, exchange: Exchange) -> Fact | None:
    """What a command got, where that says something of the server and not of the moment."""
    if exchange.command is None:
        return None
    where = exchange.stage if exchange.stage in (Stage.CLEAR, Stage.TLS) else ""
    reply = exchange.reply
    if reply is None or reply.code is None:
        if exchange.failure is None or exchange.failure.kind not in list(_HUNG_UP):
            return None
        return Fact(What.ANSWER, name, where, exchange.command, value="no answer: the server hangs up")
    if reply.code == 421 or (400 <= reply.code < 500 and _GREYLISTED.search(" ".join(reply.lines))):
        return None
    # The keywords are facts of their own.
    keywords = reply.code < 300 and exchange.command[:4].upper() in _HELLO
    text = "" if keywords else wording(reply.code, reply.lines)
    return Fact(What.ANSWER, name, where, exchange.command, value=codes(reply), text=text)


def _findings(report: Report) -> Iterator[Fact]:
    """Each rule once, with its gravest severity and all that it was drawn from."""
    severities = [str(one) for one in Severity]
    found: dict[str, tuple[str, set[str]]] = {}
    for one in report.findings:
        if one.rule in _PASSING or one.severity not in severities:
            continue
        severity, rests = found.get(one.rule, (one.severity, set()))
        asked = [report.exchanges[i] for i in one.evidence if 0 <= i < len(report.exchanges)]
        rests |= {f"{e.probe} {e.subject}".strip() for e in asked if e.probe}
        found[one.rule] = max(severity, one.severity, key=severities.index), rests
    for rule, (severity, rests) in found.items():
        yield Fact(What.FINDING, rule, value=severity, rests_on=tuple(sorted(rests)))


def _literals(report: Report) -> tuple[Literal, ...]:
    """What servers echo: the server's own name, version and limit; our names and addresses."""
    found: list[Literal] = []
    found += [Literal(text, RANDOM, ids=True) for text in _made_up(report.exchanges)]
    ours = {report.ehlo_name, report.source or ""}
    found += [Literal(text, OURS, ids=True) for text in sorted(ours, key=len, reverse=True)]
    limits = {
        str(limit)
        for one in (*report.capabilities.clear, *(report.capabilities.tls or ()))
        if one.keyword.upper() == "SIZE"
        for text in one.arguments[:1]
        if text.isascii() and text.isdigit() and len(text) <= 20
        for limit in (int(text), int(text) + 1)
        if int(text)
    }
    found += [Literal(text, LIMIT) for text in sorted(limits)]
    if report.software is not None and report.software.version:
        found.append(Literal(report.software.version, VERSION))
    found += [Literal(name, NAME) for name in _own_names(report.exchanges)]
    usable = [one for one in found if len(one.text) >= _SHORTEST and not set("<>") & set(one.text)]
    return tuple(dict.fromkeys(usable))


def _own_names(exchanges: Iterable[Exchange]) -> list[str]:
    """The server's own name: the first word of its greeting and of its answers to EHLO (RFC 5321 4.2, 4.1.1.1)."""
    names: dict[str, None] = {}
    for exchange in exchanges:
        introduces = exchange.stage == Stage.GREETING or (exchange.command or "")[:4].upper() in _HELLO
        if introduces and exchange.reply is not None and exchange.reply.code in (220, 250):
            first = " ".join(exchange.reply.lines[:1]).split()[:1]
            names |= dict.fromkeys([word for word in first if _HOST.fullmatch(word)])
    return list(names)[:8]


def _made_up(exchanges: Iterable[Exchange]) -> list[str]:
    """The one random name of a run, as it stands in our commands."""
    asked = " ".join([e.command for e in exchanges if e.command is not None and e.probe is not None])
    return sorted(set(_RANDOM.findall(asked)))[:8]


def codes(reply: Reply) -> str:
    """``504 5.5.4``."""
    return " ".join([str(reply.code), reply.enhanced] if reply.enhanced else [str(reply.code)])


def said(reply: Reply) -> str:
    """``504 5.5.4 not implemented``."""
    return f"{codes(reply)} {wording(reply.code, reply.lines)}".strip()
