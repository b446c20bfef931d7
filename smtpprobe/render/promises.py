"""Joins each EHLO keyword with what the probes learnt about it and with its catalogue entry. No text for people."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.catalogue.entries import ExtensionEntry
from smtpprobe.model import Keyword, Observation, TlsFacts, Transcript
from smtpprobe.outcome import Stage, Verdict

# The observation that joins all that was learnt about a keyword; where there is one, it alone speaks.
_JOINED = "keyword"

# The probes whose subject is an EHLO keyword.
KEYWORD_PROBES = frozenset({_JOINED, "mail-parameter", "rcpt-parameter"})

# Where several of them tested one keyword, the worst answer speaks for it.
_WORST_FIRST = (
    Verdict.BROKEN,
    Verdict.ACCEPTED_UNREAD,
    Verdict.KEPT,
    Verdict.WORKS_UNANNOUNCED,
    Verdict.ANSWERED,
    Verdict.ABSENT,
    Verdict.UNTESTED,
)


class Promise(Struct, frozen=True):
    """One EHLO keyword, the verdict on it, and its entry (None: nobody knows it). ``asked``: a probe spoke of it."""

    keyword: Keyword
    verdict: Verdict
    detail: str
    entry: ExtensionEntry | None
    asked: bool


def promises(run: Transcript, *, inside_tls: bool) -> tuple[Promise, ...]:
    """The keywords of the EHLO reply in this TLS state, in its order."""
    capabilities = run.encrypted if inside_tls else run.clear
    return () if capabilities is None else tuple(_promise(run, k, inside_tls) for k in capabilities.keywords)


def unannounced(run: Transcript) -> tuple[Observation, ...]:
    """What works although no EHLO reply promised it."""
    return tuple(o for o in run.observations if o.verdict is Verdict.WORKS_UNANNOUNCED and o.subject)


def _promise(run: Transcript, keyword: Keyword, inside_tls: bool) -> Promise:
    from smtpprobe.catalogue import extensions

    entry = extensions.lookup(keyword.keyword)
    about = [o for o in run.observations if o.probe in KEYWORD_PROBES and o.subject.upper() == keyword.keyword]
    here = [o for o in about if o.stage is None or (o.stage is Stage.TLS) is inside_tls]
    here = [o for o in here if o.probe == _JOINED] or here
    verdict = min((o.verdict for o in here), key=_WORST_FIRST.index, default=None)
    if keyword.keyword == "STARTTLS" and run.tls is not None and verdict in (None, Verdict.KEPT):
        return Promise(keyword, Verdict.KEPT, _handshake(run.tls), entry, asked=True)
    if verdict is not None:
        details = dict.fromkeys(o.detail for o in here if o.verdict is verdict and o.detail)
        return Promise(keyword, verdict, "; ".join(details), entry, asked=True)
    return Promise(keyword, Verdict.UNTESTED, _reason(run, entry, bool(about), inside_tls), entry, asked=False)


def _handshake(tls: TlsFacts) -> str:
    version = tls.version.replace("TLSv", "TLS ")
    if tls.certificate is None:
        return version
    state = tls.certificate.fault or f"{tls.certificate.days_left} days"
    return f"{version}, certificate {state}"


def _reason(run: Transcript, entry: ExtensionEntry | None, elsewhere: bool, inside_tls: bool) -> str:
    if elsewhere:
        return "tested in clear" if inside_tls else "tested inside TLS"
    if entry is None:
        return "not in the catalogue, so there is nothing to hold it against"
    return f"no question about it in profile {run.profile}"
