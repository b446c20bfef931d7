"""What the one certificate that a server showed is worth to each of the hosts that lead to it. No second handshake."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509

from smtpprobe import certificates
from smtpprobe.model import Certificate, Report, TlsFacts
from smtpprobe.outcome import CertificateFault
from smtpprobe.scanning import Covered, Unit
from smtpprobe.wire.tls import NAMES_KEPT


def covered(unit: Unit, report: Report) -> tuple[Covered, ...]:
    """Judge the certificate for each host once, in the order of the hosts; nothing where none was seen.

    A fault that has nothing to do with names, as of one that is expired, is every host's.
    """
    facts = report.transcript.tls
    if facts is None or facts.certificate is None:
        return ()
    hosts = sorted({one.host for one in unit.names if one.host})
    if not hosts:
        return ()
    shown = facts.certificate
    if shown.fault not in (None, CertificateFault.NAME):
        return tuple([Covered(host, shown.fault, shown.detail) for host in hosts])
    if hosts == [report.transcript.sni]:
        # The handshake judged it for this very name.
        return (Covered(hosts[0], shown.fault, shown.detail),)
    names = _names(shown, facts)
    return tuple([_judged(host, names) for host in hosts])


def _judged(host: str, names: Sequence[str]) -> Covered:
    wrong = certificates.mismatch(names, host)
    return Covered(host, CertificateFault.NAME if wrong else None, wrong)


def _names(shown: Certificate, facts: TlsFacts) -> Sequence[str]:
    """All names of the certificate: what is kept of it for a report may be fewer, and cut."""
    if len(shown.names) < NAMES_KEPT and all(len(name) < certificates.NAME_KEPT for name in shown.names):
        return shown.names
    # It was read without a fault before.
    return certificates.names(x509.load_der_x509_certificate(facts.chain[0]))
