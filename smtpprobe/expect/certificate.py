"""Expectations about the server's certificate: its days, its names, and whether a client would trust it."""

from __future__ import annotations

from ipaddress import ip_address

from smtpprobe import certificates
from smtpprobe import target as targets
from smtpprobe.expect.base import Expectation, Facts, Judgement, failed, inconclusive, met
from smtpprobe.expect.file import Certificate as Table
from smtpprobe.expect.given import At, count, only_true
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.spine import advice, quoted, upgrades
from smtpprobe.expect.tls import without_tls
from smtpprobe.expectation import Measure, Place
from smtpprobe.model import Certificate
from smtpprobe.outcome import CertificateFault

_MOST_DAYS = 3_650
_NAMES_SHOWN = 4
# What wire/tls.py says where it had nothing to hold a chain against: no fault of the server's.
_OURS = "this machine has no list of trusted authorities"
_FOLLOWS = "Renew the certificate, reload the server so that it reads it, and see why that did not happen by itself."


class _OfCertificate(Expectation, frozen=True, kw_only=True):
    """What looks at the certificate; without one there is nothing to see, and TLS says why."""

    def judge(self, facts: Facts) -> Judgement:
        tls = facts.run.tls
        if tls is None:
            return without_tls(facts)
        places = [i for i, e in upgrades(facts.run) if e.code == 220][:1]
        if tls.certificate is None:
            return failed("the server shows no certificate", *places)
        return self._of(tls.certificate, facts, places)

    def _of(self, certificate: Certificate, facts: Facts, places: list[int]) -> Judgement:
        raise NotImplementedError


class CertificateDays(_OfCertificate, frozen=True, kw_only=True):
    """It is good for some days yet."""

    days: int

    @property
    def id(self) -> str:
        return "certificate-days"

    @property
    def title(self) -> str:
        return f"the certificate has at least {_days(self.days)} left"

    @property
    def expected(self) -> str:
        return f"at least {_days(self.days)}"

    def _of(self, certificate: Certificate, facts: Facts, places: list[int]) -> Judgement:
        if certificate.fault is CertificateFault.UNREADABLE:
            return failed(f"it cannot be parsed: {quoted(certificate.detail)}", *places)
        left = certificate.days_left
        measure = Measure("certificate_days", left, "d", least=self.days)
        until = certificate.not_after[:10]
        if certificate.fault is CertificateFault.EXPIRED or left < 0:
            return failed(f"expired on {until}", *places, advice=_FOLLOWS, measure=measure)
        got = f"{_days(left)}, until {until}"
        if left >= self.days:
            return met(got, *places, measure=measure)
        return failed(got, *places, advice=_FOLLOWS, measure=measure)


class CertificateTrusted(_OfCertificate, frozen=True, kw_only=True):
    """A client that checks it, its name included, accepts it."""

    @property
    def id(self) -> str:
        return "certificate-trusted"

    @property
    def title(self) -> str:
        return "a client that checks the certificate accepts it"

    @property
    def expected(self) -> str:
        return "a chain to a trusted authority, today's date, the server's name"

    def _of(self, certificate: Certificate, facts: Facts, places: list[int]) -> Judgement:
        issuer = quoted(certificate.issuer, 100)
        if certificate.fault is None:
            return met(f"issued by {issuer}", *places)
        got = f"{certificate.fault}: {quoted(certificate.detail or certificate.fault.meaning)}"
        if certificate.detail.startswith(_OURS):
            return inconclusive(got, *places)
        rules = ("certificate-expired", "certificate-untrusted", "certificate-name")
        return failed(got, *places, advice=advice(facts.report, *rules))


class CertificateName(_OfCertificate, frozen=True, kw_only=True):
    """It is for this name, or one of its names covers it."""

    name: str

    @property
    def id(self) -> str:
        return f"certificate-name-{self.name}"

    @property
    def title(self) -> str:
        return f"the certificate is for {self.name}"

    @property
    def expected(self) -> str:
        return self.name

    def _of(self, certificate: Certificate, facts: Facts, places: list[int]) -> Judgement:
        if certificate.fault is CertificateFault.UNREADABLE:
            return failed(f"it cannot be parsed: {quoted(certificate.detail)}", *places)
        covering = [one for one in certificate.names if _covers(one, self.name)]
        if covering:
            return met(quoted(covering[0]), *places)
        names = ", ".join(certificate.names[:_NAMES_SHOWN]) or "no name at all"
        more = f" and {len(certificate.names) - _NAMES_SHOWN} more" if len(certificate.names) > _NAMES_SHOWN else ""
        remedy = f"Have the certificate issued anew with {self.name} in its subjectAltName."
        return failed(f"it is for {quoted(names)}{more}", *places, advice=remedy)


def _covers(pattern: str, name: str) -> bool:
    """RFC 9525 6.3 for names; an address is there literally or not (RFC 9525 6.4), and so is a wildcard asked for."""
    if pattern.lower().rstrip(".") == name:
        return True
    try:
        return ip_address(pattern) == ip_address(name)
    except ValueError:
        return not name.startswith("*.") and certificates.matches(pattern, name)


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def expectations(table: Table, at: At) -> tuple[Expectation, ...]:
    """What the table ``certificate`` expects. Raises Mistake."""
    found: list[Expectation] = []
    if table.days_left is not None:
        days = count(table.days_left, "days_left", 0, _MOST_DAYS, at("days_left"))
        found.append(CertificateDays(days=days, place=at("days_left")))
    if only_true(table.trusted, "trusted", "certificate-trusted", at("trusted")):
        found.append(CertificateTrusted(place=at("trusted")))
    names: dict[str, Place | None] = {}
    for number, name in enumerate(table.names):
        names.setdefault(_name(name, at("names", number)), at("names", number))
    found += [CertificateName(name=name, place=place) for name, place in names.items()]
    return tuple(found)


def _name(text: str, place: Place | None) -> str:
    """A name as certificates write it: in A-labels and lower case, without its final dot."""
    try:
        return str(ip_address(text))
    except ValueError:
        pass
    wildcard, rest = ("*.", text[2:]) if text.startswith("*.") else ("", text)
    try:
        return f"{wildcard}{targets.host_name(rest).lower().rstrip('.')}"
    except targets.TargetError as error:
        raise Mistake(str(error), place) from None
