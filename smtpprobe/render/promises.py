"""Joins each EHLO keyword with what the probes learnt about it and with its catalogue entry. No text for people."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.catalogue.entries import ExtensionEntry
from smtpprobe.model import Keyword, Observation, TlsFacts, Transcript
from smtpprobe.outcome import Verdict

# The observation that joins all that was learnt about a keyword: probes/promises.py makes one for each.
_JOINED = "keyword"

# The probes whose answers stand in the table of keywords.
KEYWORD_PROBES = frozenset({_JOINED, "mail-parameter", "rcpt-parameter"})


class Promise(Struct, frozen=True):
    """One EHLO keyword, the verdict on it, and its entry (None: nobody knows it)."""

    keyword: Keyword
    verdict: Verdict
    detail: str
    entry: ExtensionEntry | None


def promises(run: Transcript, *, inside_tls: bool) -> tuple[Promise, ...]:
    """The keywords of the EHLO reply in this TLS state, in its order."""
    capabilities = run.encrypted if inside_tls else run.clear
    return () if capabilities is None else tuple(_promise(run, k) for k in capabilities.keywords)


def unannounced(run: Transcript) -> tuple[Observation, ...]:
    """What works although no EHLO reply promised it."""
    return tuple(o for o in run.observations if o.verdict is Verdict.WORKS_UNANNOUNCED and o.subject)


def _promise(run: Transcript, keyword: Keyword) -> Promise:
    from smtpprobe.catalogue import extensions

    entry = extensions.lookup(keyword.keyword)
    learnt = next((o for o in run.observations if o.probe == _JOINED and o.subject == keyword.keyword), None)
    verdict, detail = (learnt.verdict, learnt.detail) if learnt is not None else (Verdict.UNTESTED, "not asked")
    if keyword.keyword == "STARTTLS" and run.tls is not None and verdict is not Verdict.BROKEN:
        verdict, detail = Verdict.KEPT, _handshake(run.tls)
    return Promise(keyword, verdict, detail, entry)


def _handshake(tls: TlsFacts) -> str:
    version = tls.version.replace("TLSv", "TLS ")
    if tls.certificate is None:
        return version
    state = tls.certificate.fault or f"{tls.certificate.days_left} days"
    return f"{version}, certificate {state}"
