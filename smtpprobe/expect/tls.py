"""Expectations about TLS: that it is offered and works, that nothing goes without it, and how new it is."""

from __future__ import annotations

import re

import msgspec

from smtpprobe.expect.base import Expectation, Facts, Judgement, failed, inconclusive, met, said
from smtpprobe.expect.file import Tls
from smtpprobe.expect.given import At, unknown
from smtpprobe.expect.spine import advice, hello, quoted, upgrades
from smtpprobe.expect.states import no_tls
from smtpprobe.model import Reply
from smtpprobe.outcome import Result, Stage, TlsMode

VERSIONS = {"1.0": "TLSv1", "1.1": "TLSv1.1", "1.2": "TLSv1.2", "1.3": "TLSv1.3"}
_AGE = ("SSLv2", "SSLv3", *VERSIONS.values())
_NO_KEYWORD = "EHLO does not offer STARTTLS"
# A refusal that a client gets rid of by starting TLS (RFC 3207 4, RFC 4954 6), or by logging in.
_TLS_FIRST = (523, 530, 538)
_TLS = re.compile(r"\b(?:start)?tls\b|\bssl\b|encrypt", re.IGNORECASE)
_LOGIN = re.compile(r"authenti|\bauth\b|log ?in\b|logged in|\bcredentials?\b", re.IGNORECASE)
_ADVICE_REQUIRED = (
    "Have the server refuse MAIL with 530 until TLS is active (RFC 3207 4); in Postfix: smtpd_tls_security_level = "
    "encrypt. Right for submission; a public MX must not."
)


class TlsOffered(Expectation, frozen=True, kw_only=True):
    """STARTTLS is offered and leads to TLS, or the port speaks it from the first byte; or it is not offered at all."""

    offered: bool

    @property
    def id(self) -> str:
        return "tls-offered"

    @property
    def title(self) -> str:
        return "TLS is offered and works" if self.offered else "TLS is not offered"

    @property
    def expected(self) -> str:
        return "STARTTLS and a handshake, or TLS from the first byte" if self.offered else "no STARTTLS"

    def judge(self, facts: Facts) -> Judgement:
        return _offered(facts) if self.offered else _not_offered(facts)


def _offered(facts: Facts) -> Judgement:
    run = facts.run
    if run.tls is not None:
        how = "from the first byte" if run.target.tls is TlsMode.IMPLICIT else "after STARTTLS"
        return met(f"{run.tls.version} {how}", *[i for i, e in upgrades(run) if e.code == 220][:1])
    if run.target.tls is TlsMode.NONE and run.clear is not None and "STARTTLS" in run.clear:
        return met('STARTTLS is offered; it was not tried, as tls = "none" says', *hello(run, encrypted=False))
    return _trouble(facts)


def _not_offered(facts: Facts) -> Judgement:
    run = facts.run
    if run.target.tls is TlsMode.IMPLICIT:
        return failed("the port speaks TLS from the first byte") if run.tls is not None else _trouble(facts)
    places = hello(run, encrypted=False)
    if run.clear is None:
        return inconclusive("EHLO was not answered")
    return failed("EHLO offers STARTTLS", *places) if "STARTTLS" in run.clear else met(_NO_KEYWORD, *places)


def without_tls(facts: Facts) -> Judgement:
    """What becomes of whatever looks at TLS, where there is none to look at."""
    trouble = _trouble(facts)
    return msgspec.structs.replace(trouble, got=f"no TLS: {trouble.got}")


def _trouble(facts: Facts) -> Judgement:
    """Why there is no TLS. What may be another way the next time is inconclusive: a 454, a timeout."""
    trouble = no_tls(facts.run)
    rules = ("starttls-stripped", "starttls-missing", "starttls-broken")
    return msgspec.structs.replace(
        trouble,
        got=quoted(trouble.got),
        evidence=trouble.evidence or tuple([index for index, _ in upgrades(facts.run)[-1:]]),
        advice=advice(facts.report, *rules) if trouble.result is Result.FAILED else "",
    )


class TlsRequired(Expectation, frozen=True, kw_only=True):
    """MAIL in clear is refused until TLS is active, or it is not."""

    required: bool

    @property
    def id(self) -> str:
        return "tls-required"

    @property
    def title(self) -> str:
        return "no mail is taken without TLS" if self.required else "mail is taken without TLS"

    @property
    def expected(self) -> str:
        return "530 to MAIL in clear" if self.required else "250 to MAIL in clear"

    @property
    def probes(self) -> tuple[str, ...]:
        return ("mail",)

    def judge(self, facts: Facts) -> Judgement:
        run = facts.run
        if run.target.tls is TlsMode.IMPLICIT:
            got = "TLS from the first byte: nothing goes in clear"
            return without_tls(facts) if run.tls is None else self._found(True, got)
        asked = [
            (i, e)
            for i, e in enumerate(run.exchanges)
            if e.probe == "mail" and e.stage is Stage.CLEAR and e.command is not None and e.command.verb == "MAIL"
        ]
        answered = [(i, e) for i, e in asked if e.reply is not None and e.code != 421] or asked
        if not answered:
            return inconclusive("MAIL was not asked in clear")
        index, last = answered[-1]
        got = quoted(f"{said(last)} to MAIL in clear")
        wanted = None if last.reply is None else _wants_tls(last.reply)
        return inconclusive(got, index) if wanted is None else self._found(wanted, got, index)

    def _found(self, wanted: bool, got: str, *places: int) -> Judgement:
        if wanted is self.required:
            return met(got, *places)
        return failed(got, *places, advice=_ADVICE_REQUIRED if self.required else "")


def _wants_tls(reply: Reply) -> bool | None:
    """Is TLS what is missing? None for a refusal that is about something else, or for now only."""
    if reply.positive:
        return False
    if reply.code is None or reply.code < 500:
        return None
    if _TLS.search(reply.text):
        return True
    if _LOGIN.search(reply.text):
        return False
    return True if reply.code in _TLS_FIRST else None


class TlsVersion(Expectation, frozen=True, kw_only=True):
    """The handshake agrees on this version or a newer one."""

    version: str

    @property
    def id(self) -> str:
        return "tls-version"

    @property
    def title(self) -> str:
        return f"the handshake agrees on TLS {self.version}" + ("" if self.version == "1.3" else " or newer")

    @property
    def expected(self) -> str:
        return f"TLS {self.version}" + ("" if self.version == "1.3" else " or newer")

    def judge(self, facts: Facts) -> Judgement:
        tls = facts.run.tls
        if tls is None:
            return without_tls(facts)
        places = [i for i, e in upgrades(facts.run) if e.code == 220][:1]
        if tls.version not in _AGE:
            return inconclusive(f"a version that is not known: {quoted(tls.version, 20)}", *places)
        if _AGE.index(tls.version) >= _AGE.index(VERSIONS[self.version]):
            return met(tls.version, *places)
        remedy = advice(facts.report, "tls-old") or f"Enable TLS {self.version} in the server."
        return failed(f"{tls.version} is the best that the two sides share", *places, advice=remedy)


def expectations(table: Tls, at: At) -> tuple[Expectation, ...]:
    """What the table ``tls`` expects. Raises Mistake."""
    found: list[Expectation] = []
    if table.offered is not None:
        found.append(TlsOffered(offered=table.offered, place=at("offered")))
    if table.required is not None:
        found.append(TlsRequired(required=table.required, place=at("required")))
    if table.version:
        if table.version not in VERSIONS:
            raise unknown("version of TLS", table.version, VERSIONS, at("version"))
        found.append(TlsVersion(version=table.version, place=at("version")))
    return tuple(found)
