"""Usage 2 of TLSA records: from the certificate of a mail server to the trust anchor that the DNS names. Pure."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Sequence

from cryptography import x509
from cryptography.x509 import verification
from cryptography.x509.oid import NameOID

from smtpprobe import certificates
from smtpprobe.verdicts.tlsa import DANE_TA, EXACT, FULL, Tlsa, covers

_TEXT = 200


class AnchorError(Exception):
    """Why an anchored certificate is not taken; ``result`` is the word of RFC 8460 4.3 for it."""

    def __init__(self, result: str, why: str) -> None:
        super().__init__(why)
        self.result = result


def anchor(record: Tlsa, chain: Sequence[bytes]) -> bytes | None:
    """The certificate (DER) that a record of usage 2 names: out of the chain above the server's own, or its own data.

    A bare key in the DNS (2 1 0) needs its certificate in the chain, which has to be there anyway (RFC 7672 3.1.2).
    """
    if record.usage != DANE_TA:
        return None
    found = next((one for one in chain[1:] if covers(record, one)), None)
    if found is None and (record.selector, record.matching) == (FULL, EXACT) and record.data != chain[0]:
        return record.data
    return found


def hold(chain: Sequence[bytes], top: bytes, references: Sequence[str], now: datetime.datetime) -> None:
    """Check the way from the server's certificate to the anchor, its dates and its names (RFC 7672 3.1.2, 3.2.2).

    ``references`` are the names of which the certificate must carry one. Raises AnchorError.
    """
    with warnings.catch_warnings():
        # cryptography warns of what later versions will refuse; nobody here can change the certificate.
        warnings.simplefilter("ignore")
        try:
            loaded = [x509.load_der_x509_certificate(der) for der in chain]
            _dates(loaded[0], now)
            _path(loaded, x509.load_der_x509_certificate(top), now)
            named = names(loaded[0])
        except AnchorError:
            raise
        except Exception as error:  # The parser's exceptions have no base of their own, and the bytes may be anything.
            raise AnchorError("certificate-not-trusted", f"it cannot be read: {str(error)[:_TEXT]}") from error
    if not any(certificates.matches(pattern, name) for pattern in named for name in references):
        shown = ", ".join([one[:_TEXT] for one in named[:3]]) or "no name at all"
        raise AnchorError("certificate-host-mismatch", f"it is for {shown}, not for {' or '.join(references)}")


def names(leaf: x509.Certificate) -> tuple[str, ...]:
    """What it may be called: the names of subjectAltName, and where there is none the Common Name (RFC 7672 3.2.3)."""
    found = certificates.names(leaf)
    return found or tuple([str(one.value) for one in leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[:1]])


def _dates(leaf: x509.Certificate, now: datetime.datetime) -> None:
    if leaf.not_valid_after_utc < now:
        raise AnchorError("certificate-expired", f"it expired on {leaf.not_valid_after_utc:%d %b %Y}")
    if leaf.not_valid_before_utc > now:
        raise AnchorError("certificate-not-trusted", f"it is not valid before {leaf.not_valid_before_utc:%d %b %Y}")


def _path(chain: Sequence[x509.Certificate], top: x509.Certificate, now: datetime.datetime) -> None:
    if any(certificates.costly(one) for one in (*chain, top)):
        raise AnchorError("certificate-not-trusted", "a key in its chain is built so that checking it takes for ever")
    permissive = verification.ExtensionPolicy.permit_all()
    # Who signs others must be an authority (RFC 5280 4.2.1.9); otherwise any certificate of it could sign for all.
    issuers = permissive.require_present(x509.BasicConstraints, verification.Criticality.AGNOSTIC, None)
    builder = verification.PolicyBuilder().store(verification.Store([top])).time(now)
    builder = builder.extension_policies(ca_policy=issuers, ee_policy=permissive)
    try:
        # The names are compared afterwards, since the Common Name may count: so it is asked for a client's certificate.
        builder.build_client_verifier().verify(chain[0], list(chain[1:]))
    except (verification.VerificationError, ValueError) as error:
        said = str(error).partition(" (encountered")[0].removeprefix("validation failed: ")
        objection = said.removeprefix("candidates exhausted: ")
        fault = "" if objection.startswith("all candidates exhausted") else f": {objection[:_TEXT]}"
        raise AnchorError("certificate-not-trusted", f"no chain leads from it to that anchor{fault}") from error
