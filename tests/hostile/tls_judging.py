"""Rows about certificates: how a chain is shown, and what the report must make of it."""

from __future__ import annotations

from collections.abc import Callable

from behaviour import BOTH, Behaviour, Peer
from certificate_der import (
    integer,
    sequence,
)
from courtesy import silence
from holding import Held
from tls_material import (
    server,
)
from tls_records import (
    ECDHE_ECDSA,
    ECDHE_RSA,
    certificate_message,
    in_records,
    key_exchange,
    message,
    server_hello,
)
from tls_servers import (
    Check,
    after_hello,
    agreed,
    asked_inside,
    every,
    explained,
    found,
    nothing_in_clear,
    offering,
    row,
    upgrading,
)

from smtpprobe.outcome import CertificateFault, FailureKind


def judged(fault: CertificateFault | None, *words: str, names: int | None = None) -> Check:
    """The certificate has this fault, told in these words; and so many of its names are kept."""

    def check(held: Held) -> list[str]:
        tls = held.report.transcript.tls
        certificate = tls.certificate if tls else None
        if certificate is None:
            return ["no certificate was seen"]
        wrong = [] if certificate.fault == fault else [f"the fault is {certificate.fault}, should be {fault}"]
        wrong += [f"{word!r} is not in {certificate.detail[:80]!r}" for word in words if word not in certificate.detail]
        if names is not None and len(certificate.names) != names:
            wrong.append(f"{len(certificate.names)} names were kept, should be {names}")
        texts = [certificate.subject, certificate.issuer, certificate.detail, *certificate.names]
        return wrong + [f"a text of {len(text)} characters was kept" for text in texts if len(text) > 1_200]

    return check


_RULES = {
    None: (),
    CertificateFault.EXPIRED: ("certificate-expired",),
    CertificateFault.NAME: ("certificate-name",),
    CertificateFault.UNREADABLE: ("certificate-untrusted",),
    CertificateFault.UNTRUSTED: ("certificate-untrusted",),
    CertificateFault.SELF_SIGNED: ("certificate-untrusted",),
    CertificateFault.NOT_YET_VALID: ("certificate-untrusted",),
}


def shows(
    name: str,
    sends: str,
    fault: CertificateFault | None,
    chain: Callable[[], tuple[bytes, ...]],
    *words: str,
    kept: int | None = None,
    also: Check | None = None,
    reference: str | None = None,
) -> Behaviour:
    """A row that shows this chain, and with which everything else goes well."""
    checks = [agreed("TLSv1.3"), asked_inside, judged(fault, *words, names=kept), found(*_RULES[fault])]
    return row(
        name,
        sends,
        upgrading(lambda: server(*chain())),
        check=every(*checks, *([also] if also else [])),
        reference=reference,
        # The others refuse a certificate or do not look at it; once for each reason is enough.
        peers=BOTH if reference else (),
    )


def cut_short(
    name: str,
    sends: str,
    chain: Callable[[], tuple[bytes, ...]],
    words: str = "",
    cipher: bytes = ECDHE_ECDSA,
    scheme: bytes = b"",
) -> Behaviour:
    """A row of TLS 1.2 by hand, up to the Certificate message or to the ServerKeyExchange that its key should sign."""

    async def starttls(peer: Peer) -> None:
        messages = server_hello(cipher=cipher) + certificate_message(*chain())
        if scheme:
            signature = bytes(2_048) if cipher == ECDHE_RSA else sequence(integer(1), integer(1))
            messages += key_exchange(scheme, signature)
        await after_hello(in_records(messages + message(14, b"")), silence)(peer)

    return row(
        name,
        sends,
        offering(starttls),
        kinds=(FailureKind.TLS_HANDSHAKE,),
        check=every(nothing_in_clear, agreed(None), found("starttls-broken"), explained(words)),
    )
