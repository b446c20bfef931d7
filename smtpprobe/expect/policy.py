"""Expectations about what the DNS and the web publish of the server's TLS: DANE and MTA-STS, as the rulings have it."""

from __future__ import annotations

from smtpprobe.expect.base import Expectation, Facts, Judgement, Want, failed, inconclusive, met
from smtpprobe.expect.file import Policy
from smtpprobe.expect.given import At, only_true
from smtpprobe.expect.spine import quoted
from smtpprobe.expect.tls import without_tls
from smtpprobe.journey import Ruling
from smtpprobe.outcome import Result, Standing

# Results of the rulings (verdicts/dane.py, verdicts/mta_sts.py) that another try may change.
_LOOKUP = "lookup-failed"
_ABOUT_TLS = ("validation-failure", "starttls-not-supported")
_STEPS_SHOWN = 2
_LONGEST = 400


class _Published(Expectation, frozen=True, kw_only=True):
    """What looks at a ruling."""

    def _ruled(self, ruling: Ruling | None, facts: Facts) -> Judgement:
        if ruling is None:
            return inconclusive("it was not looked up")
        got = quoted(ruling.summary, _LONGEST).removesuffix(".")
        if ruling.standing is Standing.PASS:
            return met(got)
        if ruling.standing is Standing.UNKNOWN or ruling.result == _LOOKUP:
            return inconclusive(got)
        if ruling.result in _ABOUT_TLS and facts.run.tls is None:
            tls = without_tls(facts)
            if tls.result is Result.INCONCLUSIVE:
                return inconclusive(f"{got} ({tls.got})", *tls.evidence)
        return failed(got, advice=" ".join(ruling.steps[:_STEPS_SHOWN]))


class Dane(_Published, frozen=True, kw_only=True):
    """Signed TLSA records are published, and the certificate is the one that they name (RFC 7672)."""

    @property
    def id(self) -> str:
        return "dane"

    @property
    def title(self) -> str:
        return "DANE is published and holds"

    @property
    def expected(self) -> str:
        return "signed TLSA records, and the certificate that they name"

    @property
    def wants(self) -> frozenset[Want]:
        return frozenset({Want.DANE})

    def judge(self, facts: Facts) -> Judgement:
        return self._ruled(facts.dane, facts)


class MtaSts(_Published, frozen=True, kw_only=True):
    """The domain has an MTA-STS policy, and the server keeps to it (RFC 8461)."""

    @property
    def id(self) -> str:
        return "mta-sts"

    @property
    def title(self) -> str:
        return "MTA-STS is published and holds"

    @property
    def expected(self) -> str:
        return "a policy that names the server, and a certificate that it asks for"

    @property
    def wants(self) -> frozenset[Want]:
        return frozenset({Want.MTA_STS})

    def judge(self, facts: Facts) -> Judgement:
        return self._ruled(facts.mta_sts, facts)


def expectations(table: Policy, at: At) -> tuple[Expectation, ...]:
    """What the table ``policy`` expects. Raises Mistake."""
    found: list[Expectation] = []
    if only_true(table.dane, "dane", "dane", at("dane")):
        found.append(Dane(place=at("dane")))
    if only_true(table.mta_sts, "mta_sts", "mta-sts", at("mta_sts")):
        found.append(MtaSts(place=at("mta_sts")))
    return tuple(found)
