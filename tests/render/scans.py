"""Summaries of scans to render."""

from __future__ import annotations

from smtpprobe.scanning import Counted, Summary


def rows(*counts: tuple[str, int]) -> tuple[Counted, ...]:
    return tuple([Counted(name, number) for name, number in counts])


FLEET = Summary(
    file="hosting-customers.txt",
    started="2026-11-29T07:00:00Z",
    seconds=4012.4,
    stopped=False,
    servers=41_877,
    again=310,
    names=1_204_881,
    unresolved=5_120,
    outcomes=rows(
        ("answered", 39_840), ("unreachable", 1_502), ("inconclusive", 411), ("refused", 120), ("not-smtp", 4)
    ),
    failures=rows(
        ("timeout", 1_201),
        ("refused", 240),
        ("server-closing", 398),
        ("closed", 61),
        ("tls-handshake", 37),
        ("reset", 22),
        ("not-smtp-http", 4),
    ),
    astray=rows(("no-such-name", 4_002), ("null-mx", 911), ("no-address", 180), ("dns", 27)),
    software=rows(
        ("Postfix", 17_230),
        ("Exim", 9_911),
        ("Microsoft Exchange", 4_870),
        ("Sendmail", 610),
        ("OpenSMTPD", 122),
        ("Haraka", 14),
    ),
    releases=rows(
        ("Postfix", 17_230),
        ("Exim 4.96", 4_411),
        ("Exim 4.97.1", 2_870),
        ("Microsoft Exchange", 4_870),
        ("Exim 4.94.2", 1_390),
        ("Sendmail 8.15.2", 402),
        *[(f"Exim 4.{n}", 40 - n) for n in range(12, 40)],
    ),
    extensions=rows(
        ("PIPELINING", 38_900),
        ("8BITMIME", 38_202),
        ("SIZE", 37_640),
        ("STARTTLS", 37_022),
        ("ENHANCEDSTATUSCODES", 30_018),
        ("SMTPUTF8", 24_910),
        ("DSN", 21_407),
        ("CHUNKING", 20_002),
        ("AUTH", 11_950),
        ("VRFY", 8_120),
        ("ETRN", 7_790),
        ("HELP", 6_630),
        ("X-\u202eEVIL\x1b[31m", 1),
        ("", 77),
    ),
    tls=rows(("TLSv1.3", 33_120), ("TLSv1.2", 3_820), ("none", 2_818), ("TLSv1", 82)),
    certificates=rows(
        ("valid", 29_880), ("name", 3_340), ("self-signed", 2_102), ("expired", 1_204), ("untrusted", 496)
    ),
    covered=rows(("valid", 1_100_204), ("name", 90_111), ("self-signed", 11_006), ("expired", 3_560)),
    findings=rows(
        ("error certificate-name", 3_340),
        ("warning version-leaked", 9_680),
        ("warning auth-in-clear", 2_021),
        ("info no-enhanced-codes", 9_822),
    ),
    results=rows(("met", 70_102), ("failed", 2_120), ("not-applicable", 310), ("inconclusive", 92)),
    unmet=rows(("failed tls-version", 1_940), ("failed present-STARTTLS", 180), ("inconclusive conversation", 92)),
)
