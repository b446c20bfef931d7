"""The cipher suites that a server takes: the broken ones are to be switched off (RFC 9325 4.1, RFC 7465). Pure."""

from __future__ import annotations

from smtpprobe.journey import CipherScan, CipherSeen, Ruling
from smtpprobe.outcome import Check, Standing, Who

#: Parts of IANA's names by which a suite is known to be broken, and how to call it.
_BROKEN = {
    "_NULL_": "no encryption",
    "EXPORT": "export grade",
    "_RC4_": "RC4",
    "_RC2_": "RC2",
    "_DES_": "DES",
    "_DES40_": "DES",
    "_3DES_": "3DES",
    "_IDEA_": "IDEA",
}
_SHOWN = 5


def broken(cipher: CipherSeen) -> str:
    """Why nobody should take it, in a word; "" where that is not so."""
    if 0 <= cipher.bits < 112:
        return next((word for part, word in _BROKEN.items() if part in cipher.name), f"{cipher.bits} bits")
    return next((word for part, word in _BROKEN.items() if part in cipher.name), "")


def judge_ciphers(subject: str, scan: CipherScan) -> Ruling:
    """``result`` is "good", "weak" (broken suites beside sound ones), "broken" (nothing else) or "unknown".

    Suites without a certificate are no fault at an MX: whoever checks nothing loses nothing by them (RFC 7672 8.2).
    """
    detail = "; ".join([*_counts(scan), *scan.notes])

    def ruling(standing: Standing, result: str, summary: str, *steps: str) -> Ruling:
        who = Who.SERVER if standing in (Standing.WARN, Standing.FAIL) else Who.NOBODY
        references = ("RFC 9325 4.1",)
        return Ruling(Check.CIPHERS, subject, standing, result, summary, detail, steps, who, "", references)

    if not scan.ciphers:
        return ruling(Standing.UNKNOWN, "unknown", scan.failure or f"No cipher suite of {subject} could be seen.")
    bad = [one for one in scan.ciphers if broken(one)]
    if not bad:
        return ruling(Standing.PASS, "good", f"{subject} takes {_many(len(scan.ciphers))}, none of them broken.")
    kinds = ", ".join(dict.fromkeys([broken(one) for one in bad]))
    named = ", ".join(dict.fromkeys([one.name for one in bad]))
    step = f"Switch these off: {', '.join(named.split(', ')[:_SHOWN])}{' and others' if len(bad) > _SHOWN else ''}."
    if len(bad) == len(scan.ciphers):
        summary = f"{subject} takes none but broken cipher suites ({kinds}), which up-to-date senders do not speak."
        return ruling(Standing.FAIL, "broken", summary, "Switch suites with AES-GCM or ChaCha20 on.", step)
    return ruling(Standing.WARN, "weak", f"{subject} takes {_many(len(bad))} that are broken ({kinds}).", step)


def _counts(scan: CipherScan) -> list[str]:
    versions = dict.fromkeys([one.version for one in scan.ciphers])
    return [f"{name}: {_many(sum(one.version == name for one in scan.ciphers))}" for name in versions]


def _many(count: int) -> str:
    return f"{count} cipher suite{'' if count == 1 else 's'}"
