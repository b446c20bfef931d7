"""One address, three senders."""

from __future__ import annotations

import pytest
from dane_material import DOMAIN, HOST, NOW, answer, material, met, tlsa

from smtpprobe.journey import Answer, Policy, Ruling
from smtpprobe.model import Certificate, Failure, TlsFacts
from smtpprobe.outcome import CertificateFault, FailureKind, Passage, Stage, Standing, Who
from smtpprobe.verdicts.dane import judge_dane
from smtpprobe.verdicts.encounter import Encounter
from smtpprobe.verdicts.mta_sts import judge_mta_sts
from smtpprobe.verdicts.transport import judge_transport, outlook

CHAIN = material().chain
FITS, STALE = tlsa(3, 1, 1, CHAIN[0]), tlsa(3, 1, 1, material().leaf)
RECORD = Answer(f"_mta-sts.{DOMAIN}", "TXT", ("v=STSv1; id=1",))


def handshake(fault: CertificateFault | None = None) -> Encounter:
    certificate = Certificate("", "", (HOST,), "", "", 30, fault)
    return Encounter(HOST, "192.0.2.1", True, TlsFacts("TLSv1.3", "AES", certificate, b"", CHAIN))


PLAIN = Encounter(HOST, "192.0.2.1", False)
BROKEN = Encounter(HOST, "192.0.2.1", True, None, Failure(Stage.HANDSHAKE, FailureKind.TLS_HANDSHAKE, "alert"))
UNMET = Encounter(HOST, "192.0.2.1", None)


def rulings(encounter: Encounter, *records: str, mode: str = "") -> tuple[Ruling, Ruling | None]:
    dane = judge_dane(DOMAIN, encounter, answer(*records), addresses_authentic=True, mx_authentic=True, now=NOW)
    policy = Policy(DOMAIN, f"version: STSv1\nmode: {mode}\nmx: {HOST}\nmax_age: 86400")
    return dane, judge_mta_sts(DOMAIN, RECORD, policy, encounter) if mode else None


@pytest.mark.parametrize(
    ("encounter", "records", "mode", "result", "standing"),
    [
        (handshake(), (), "", "unverified unverified unverified", Standing.PASS),
        (handshake(), (FITS,), "enforce", "verified verified unverified", Standing.PASS),
        (handshake(CertificateFault.EXPIRED), (FITS,), "enforce", "verified defer unverified", Standing.FAIL),
        (handshake(CertificateFault.EXPIRED), (FITS,), "testing", "verified unverified unverified", Standing.PASS),
        (handshake(), (STALE,), "enforce", "defer verified unverified", Standing.FAIL),
        (handshake(), (tlsa(1, 1, 1, CHAIN[0]),), "none", "unverified unverified unverified", Standing.PASS),
        (PLAIN, (), "", "clear clear clear", Standing.WARN),
        (PLAIN, (FITS,), "enforce", "defer defer clear", Standing.FAIL),
        (BROKEN, (tlsa(1, 1, 1, CHAIN[0]),), "testing", "defer clear clear", Standing.FAIL),
        (UNMET, (FITS,), "enforce", "unknown unknown unknown", Standing.UNKNOWN),
    ],
)
def test_what_each_would_do(
    encounter: Encounter, records: tuple[str, ...], mode: str, result: str, standing: Standing
) -> None:
    dane, sts = rulings(encounter, *records, mode=mode)
    ruling = judge_transport(encounter, dane, sts, last=True)
    assert (ruling.result, ruling.standing, ruling.subject) == (result, standing, f"{HOST} [192.0.2.1]")
    assert ruling.summary.count(";") == 2
    assert bool(ruling.steps) is (ruling.who is Who.SERVER) is (standing in (Standing.WARN, Standing.FAIL))
    seen = outlook(encounter, dane, sts, last=False)
    words = ["next-mx" if word == "defer" else word for word in result.split()]
    assert [str(word) for word in (seen.dane, seen.mta_sts, seen.neither)] == words
    # With another address to try the mail is not held up yet.
    before = judge_transport(encounter, dane, sts, last=False)
    assert before.standing is (Standing.WARN if standing is Standing.FAIL else standing)


def test_the_words_are_those_of_the_closed_list() -> None:
    dane, _ = rulings(met(*CHAIN), FITS)
    ruling = judge_transport(met(*CHAIN), dane, None, last=True)
    assert set(ruling.result.split()) <= {word.value for word in Passage}
    assert ruling.summary == (
        "A sender that checks DANE delivers over TLS, with the server verified; one that checks MTA-STS delivers over "
        "TLS, and does not know to whom; any other delivers over TLS, and does not know to whom."
    )
