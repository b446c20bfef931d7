"""For every rule: runs that it has to find something in, and near misses in which it must not. No test lives here."""

from __future__ import annotations

import rules_cases_security as security
from msgspec.structs import replace
from rules_run import GOOD, INSIDE, KEYWORDS, MAIL, RCPT, Turn, asked, failed, run

from smtpprobe.model import Observation, TlsFacts, Transcript
from smtpprobe.outcome import CertificateFault, FailureKind, Stage, TlsMode, Verdict

BROKEN, KEPT, UNREAD = Verdict.BROKEN, Verdict.KEPT, Verdict.ACCEPTED_UNREAD
POSTFIX, EXIM = "220 mail.example.org ESMTP Postfix", "220 mail.example.org ESMTP Exim 4.96"
ENHANCED = f"{KEYWORDS}\nENHANCEDSTATUSCODES"
POSTMASTER = "RCPT TO:<postmaster>"


def certificate(
    fault: CertificateFault | None = None, detail: str = "", *, days: int = 60, begin: str = "2026-10-01"
) -> TlsFacts:
    assert GOOD.certificate is not None
    return TlsFacts(
        "TLSv1.3",
        "",
        replace(GOOD.certificate, fault=fault, detail=detail, days_left=days, not_before=f"{begin}T00:00:00Z"),
    )


def vrfy(known: str, random: str | None, verb: str = "VRFY") -> tuple[Turn, ...]:
    probe = verb.lower()
    turns = [asked(f"{verb} postmaster", known, f"{probe}-postmaster")]
    if random is not None:
        turns.append(asked(f"{verb} a1b2c3", random, f"{probe}-random"))
    return tuple(turns)


def parameter(keyword: str, verdict: Verdict, answer: str, value: str, verb: str = "MAIL") -> Turn:
    line = f"MAIL FROM:<> {value}" if verb == "MAIL" else f"{POSTMASTER} {value}"
    detail = f"{answer[:3]} to {value}"
    return asked(line, answer, f"{verb.lower()}-parameter", verdict, subject=keyword, detail=detail)


def hang_up(refusals: int, last: Turn) -> Transcript:
    turns = [Turn("SMTPPROBE", "500 5.5.2 what?")] * refusals
    place = 2 + refusals
    return run(
        *turns,
        last,
        observations=[Observation("hang-up", str(refusals), Verdict.ANSWERED, "", (place,))],
        starttls=None,
    )


def again(keywords: str, **fields: str) -> Turn:
    lines = "|".join(["mail.example.org", *keywords.split("\n")])
    return Turn("EHLO probe.example", f"250 {lines}", connection=2, stage=Stage.EHLO)


def late(seconds: float) -> Transcript:
    return run(greeting_ns=int(seconds * 1e9))


FAREWELL = Turn("SMTPPROBE", "421 4.7.0 too many errors")
GONE = Turn("SMTPPROBE", None, failure=failed(FailureKind.CLOSED))
EXTRA = Turn(None, "250 me too", failure=failed(FailureKind.UNSOLICITED))
GOODBYE = Turn(None, "421 4.7.0 too many errors", failure=failed(FailureKind.UNSOLICITED))

FOUND: dict[str, list[Transcript]] = security.FOUND | {
    "ehlo-refused": [
        run(Turn("HELO probe.example", "250 hello", stage=Stage.EHLO), hello_code="502"),
        run(hello_code="550"),
    ],
    "starttls-stripped": [run(hello="SIZE 1000\nXXXXXXXA")],
    "starttls-broken": [
        run(starttls="454 4.7.0 TLS not available"),
        run(handshake=failed(FailureKind.TLS_HANDSHAKE, "tlsv1 alert internal error", Stage.HANDSHAKE)),
        run(handshake=failed(FailureKind.TLS_TIMEOUT, stage=Stage.HANDSHAKE)),
    ],
    "starttls-missing": [
        run(hello="SIZE 1000"),
        run(asked("STARTTLS", "220 go", "starttls-unannounced"), hello="SIZE 1000"),
        run(hello="SIZE 1000", tls=TlsMode.NONE),
    ],
    "starttls-injection": [run(handshake=failed(FailureKind.STARTTLS_INJECTION))],
    "tls-old": [run(facts=replace(GOOD, version="TLSv1.1")), run(facts=replace(GOOD, version="TLSv1"))],
    "starttls-offered-inside-tls": [
        run(inside=f"{INSIDE}\nSTARTTLS"),
        run(inside_turns=[asked("STARTTLS", "220 again", "starttls-again")]),
        run(tls=TlsMode.IMPLICIT, hello=KEYWORDS, port=465),
    ],
    "certificate-expired": [run(facts=certificate(CertificateFault.EXPIRED, "expired on 1 Nov 2026", days=-20))],
    "certificate-untrusted": [
        run(facts=certificate(CertificateFault.SELF_SIGNED, "it is signed by its own key")),
        run(facts=certificate(CertificateFault.UNTRUSTED, "no chain from it to a trusted authority")),
        run(facts=certificate(CertificateFault.NOT_YET_VALID, "valid from 1 Jan 2027")),
    ],
    "certificate-name": [run(facts=certificate(CertificateFault.NAME, "it is for www.example.org"))],
    "certificate-expiring": [
        run(facts=certificate(days=21)),
        run(facts=certificate(CertificateFault.UNTRUSTED, "no chain", days=0)),
        run(facts=certificate(days=10, begin="2026-11-15")),
    ],
    "auth-in-clear": [
        run(hello=f"{KEYWORDS}\nAUTH PLAIN LOGIN"),
        run(hello=f"{KEYWORDS}\nAUTH=CRAM-MD5"),
        run(hello="SIZE 1000\nAUTH PLAIN", lmtp=True, path="/run/lmtp"),
    ],
    "auth-mechanism-refused": [
        run(inside_turns=[asked("AUTH LOGIN", "504 no such", "auth-mechanism", BROKEN, subject="LOGIN")])
    ],
    "null-sender-refused": [
        run(asked("MAIL FROM:<>", "550 5.1.7 null sender not accepted", "mail")),
        run(asked("MAIL FROM:<>", "553 5.5.4 empty sender refused", "mail")),
    ],
    "postmaster-refused": [
        run(MAIL, asked(POSTMASTER, "550 5.1.1 no such user", "rcpt-postmaster")),
        run(MAIL, asked(POSTMASTER, "501 recipient address must contain a domain", "rcpt-postmaster")),
        run(MAIL, asked(POSTMASTER, "554 5.7.1 <postmaster>: Relay access denied", "rcpt-postmaster")),
    ],
    "tls-required": [
        run(asked("MAIL FROM:<>", "530 5.7.0 Must issue a STARTTLS command first", "mail"), inside_turns=[MAIL])
    ],
    "auth-required": [
        run(asked("MAIL FROM:<>", "530 5.7.0 Authentication required", "mail"), port=587),
        run(MAIL, asked(POSTMASTER, "554 5.7.1 Please log in first", "rcpt-postmaster")),
    ],
    "xclient-exposed": [
        run(hello=f"{KEYWORDS}\nXCLIENT NAME ADDR"),
        run(asked("XCLIENT", "220 mail.example.org ESMTP", "xclient")),
        run(
            asked("SMTPPROBE", "500 unknown", "unknown-verb"),
            asked("XCLIENT", "501 bad argument", "xclient"),
            greeting=EXIM,
        ),
    ],
    "xforward-exposed": [run(hello=f"{KEYWORDS}\nXFORWARD NAME ADDR", greeting=POSTFIX)],
    "users-revealed": [
        run(*vrfy("250 2.1.5 <postmaster@example.org>", "550 5.1.1 a1b2c3... User unknown")),
        run(*vrfy("252 2.0.0 postmaster", "550 5.1.1 <a1b2c3>: Recipient address rejected: User unknown in table")),
        run(*vrfy("250 root <root@example.org>", "550 no such list", "EXPN")),
        run(*vrfy("250 2.1.5 <postmaster@example.org>", None)),
        run(*vrfy("250 2.1.5 <postmaster@example.org>", "421 4.7.0 enough")),
    ],
    "pipelining-broken": [
        run(MAIL, observations=[Observation("pipelining", "PIPELINING", BROKEN, "not all answered", (2,))])
    ],
    "reply-too-many": [run(MAIL, EXTRA)],
    "extension-broken": [
        run(MAIL, parameter("8BITMIME", BROKEN, "555 5.5.4 BODY?", "BODY=8BITMIME")),
        run(
            MAIL,
            RCPT,
            parameter("DSN", BROKEN, "501 5.5.4 NOTIFY?", "NOTIFY=NEVER", "RCPT"),
            hello=f"{KEYWORDS}\nDSN",
        ),
        run(*vrfy("502 5.5.1 disabled", None), hello=f"{KEYWORDS}\nVRFY"),
    ],
    "accepted-unread": [
        run(MAIL, parameter("DSN", UNREAD, "250 ok", "RET=FOO"), hello=f"{KEYWORDS}\nDSN"),
        run(MAIL, parameter("SIZE", UNREAD, "250 ok", "SIZE=1001")),
    ],
    "unknown-parameter-swallowed": [run(asked("MAIL FROM:<> SMTPPROBE=1", "250 ok", "mail-unknown-parameter", UNREAD))],
    "wire-defect": [
        run(Turn("NOOP", "250 caf\u00e9")),
        run(hello=f"{KEYWORDS}\nSIZE 2000"),
        run(hello=f"{KEYWORDS}\nXXXX"),
        run(hello=f"{KEYWORDS}\nSIZE=2000"),
        run(Turn("NOOP", "250 ")),
    ],
    "enhanced-class-differs": [run(Turn("NOOP", "250 5.0.0 fine"))],
    "ehlo-differs": [
        run(again("PIPELINING\nSIZE 1000\nSTARTTLS")),
        run(hello=f"{KEYWORDS}\nAUTH CRAM-MD5", inside="PIPELINING\nSIZE 1000\n8BITMIME"),
    ],
    "helo-refused": [run(asked("HELO probe.example", "502 use EHLO", "helo"))],
    "slow-greeting": [late(5.1), late(31)],
    "hang-up-after-errors": [hang_up(3, FAREWELL), hang_up(10, GONE), hang_up(2, GOODBYE), hang_up(0, GONE)],
    "rate-limited": [
        run(greeting="421 4.7.0 Too many connections from 192.0.2.7"),
        run(MAIL, asked(POSTMASTER, "450 4.7.1 rate limit exceeded", "rcpt-postmaster")),
    ],
    "greylisted": [
        run(MAIL, asked(POSTMASTER, "450 4.2.0 Greylisted, see http://postgrey.example", "rcpt-postmaster")),
        run(MAIL, asked(POSTMASTER, "451 4.7.1 try again later", "rcpt-postmaster")),
    ],
    "enhanced-missing": [run(Turn("NOOP", "250 ok"), hello=ENHANCED)],
    "unknown-parameter-misread": [
        run(asked("MAIL FROM:<> SMTPPROBE=1", "501 what?", "mail-unknown-parameter", KEPT)),
        run(RCPT, asked(f"{POSTMASTER} SMTPPROBE=1", "503 what?", "rcpt-unknown-parameter", KEPT)),
    ],
    "mail-twice-accepted": [run(Turn("MAIL FROM:<>", "250 ok"), asked("MAIL FROM:<>", "250 ok", "mail-twice", UNREAD))],
    "starttls-parameter-accepted": [run(asked("STARTTLS SMTPPROBE", "220 go", "starttls-parameter", UNREAD))],
    "works-unannounced": [
        run(asked("MAIL FROM:<> RET=HDRS", "250 ok", "mail-unannounced", Verdict.WORKS_UNANNOUNCED, subject="DSN"))
    ],
    "version-leaked": [
        run(greeting=EXIM),
        run(
            asked("HELP", "214 2.0.0 This is sendmail version 8.17.1.9", "help"),
            greeting="220 mail.example.org ESMTP Sendmail 8.17.1.9/8.17.1.9; today",
        ),
    ],
}

NEAR_MISSES: dict[str, list[Transcript]] = security.NEAR_MISSES | {
    "ehlo-refused": [run(hello_code="450"), run(Turn("EHLO", "501 no name", stage=Stage.CLEAR))],
    "starttls-stripped": [run(hello=f"{KEYWORDS}\nXXXXXXXA"), run(hello="SIZE 1000\nXCLIENT")],
    "starttls-broken": [
        run(starttls="421 4.7.0 too many connections"),
        run(handshake=failed(FailureKind.DEADLINE, stage=Stage.HANDSHAKE)),
        run(handshake=failed(FailureKind.CERTIFICATE, stage=Stage.HANDSHAKE)),
        run(handshake=failed(FailureKind.STARTTLS_INJECTION)),
        run(starttls=None),
    ],
    "starttls-missing": [
        run(hello="SIZE 1000\nXXXXXXXA"),
        run(hello="SIZE 1000", path="/run/lmtp", lmtp=True),
        run(hello="SIZE 1000", tls=TlsMode.IMPLICIT, port=465),
        run(Turn("HELO probe.example", "250 hello", stage=Stage.EHLO), hello_code="502"),
    ],
    "starttls-injection": [run()],
    "tls-old": [run(facts=replace(GOOD, version="TLSv1.2"))],
    "starttls-offered-inside-tls": [run(inside_turns=[asked("STARTTLS", "503 active", "starttls-again")])],
    "certificate-expired": [run(facts=certificate(days=0))],
    "certificate-untrusted": [
        run(),
        run(facts=certificate(CertificateFault.NAME, "it is for www.example.org")),
        run(facts=certificate(CertificateFault.EXPIRED, "expired on 1 Nov 2026", days=-20)),
    ],
    "certificate-name": [run(facts=certificate(CertificateFault.UNTRUSTED, "no chain"))],
    "certificate-expiring": [
        run(facts=certificate(days=22)),
        run(facts=certificate(days=11, begin="2026-11-15")),
        run(facts=certificate(days=2, begin="2026-12-24")),
        run(facts=certificate(CertificateFault.EXPIRED, "expired on 1 Nov 2026", days=-20)),
    ],
    "auth-in-clear": [
        run(inside=f"{INSIDE}\nAUTH PLAIN"),
        run(hello="SIZE 1000\nAUTH PLAIN", tls=TlsMode.IMPLICIT, port=465),
        run(hello=f"{KEYWORDS}\nAUTH"),
    ],
    "auth-mechanism-refused": [
        run(inside_turns=[asked("AUTH PLAIN", "454 4.7.0 later", "auth-mechanism", Verdict.UNTESTED, subject="PLAIN")]),
        run(inside_turns=[asked("AUTH EXTERNAL", "535 5.7.8 who?", "auth-mechanism", BROKEN, subject="EXTERNAL")]),
    ],
    "null-sender-refused": [
        run(asked("MAIL FROM:<>", "530 5.7.0 Authentication required", "mail")),
        run(asked("MAIL FROM:<>", "530 5.7.0 Must issue a STARTTLS command first", "mail"), inside_turns=[MAIL]),
        run(asked("MAIL FROM:<>", "554 5.7.1 Client host [192.0.2.7] blocked", "mail")),
        run(asked("MAIL FROM:<>", "550 5.7.1 authentication required", "mail")),
        run(asked("MAIL FROM:<>", "451 4.3.0 later", "mail")),
        run(asked("MAIL FROM:<>", "503 5.5.1 EHLO first", "mail")),
        run(asked("MAIL FROM:<>", "521 5.3.2 no mail is taken here", "mail")),
        run(asked("MAIL FROM:<>", "550 5.1.7 null sender not accepted", "mail"), port=587),
    ],
    "postmaster-refused": [
        run(MAIL, asked(POSTMASTER, "450 4.2.0 Greylisted", "rcpt-postmaster")),
        run(MAIL, asked(POSTMASTER, "530 5.7.57 Client not authenticated", "rcpt-postmaster")),
        run(MAIL, asked(POSTMASTER, "554 5.7.1 Client host blocked using zen.spamhaus.org", "rcpt-postmaster")),
        run(MAIL, asked("RCPT TO:<postmaster@example.com>", "554 5.7.1 Relay access denied", "rcpt-postmaster")),
        run(asked("MAIL FROM:<>", "550 5.1.7 no", "rcpt-postmaster")),
        run(MAIL, asked(POSTMASTER, "550 5.1.1 no such user", "rcpt-postmaster"), port=587),
    ],
    "tls-required": [run(asked("MAIL FROM:<>", "530 5.7.0 Authentication required", "mail"))],
    "auth-required": [
        run(asked("MAIL FROM:<>", "530 5.7.0 Must issue a STARTTLS command first", "mail")),
        run(MAIL, asked(POSTMASTER, "550 5.1.1 no such user", "rcpt-postmaster")),
    ],
    "xclient-exposed": [
        run(
            asked("SMTPPROBE", "500 unknown", "unknown-verb"),
            asked("XCLIENT", "501 5.5.4 Syntax: XCLIENT attribute=value...", "xclient"),
            greeting=POSTFIX,
        ),
        run(asked("SMTPPROBE", "501 what?", "unknown-verb"), asked("XCLIENT", "501 what?", "xclient"), greeting=EXIM),
        run(asked("SMTPPROBE", "500 what?", "unknown-verb"), asked("XCLIENT", "501 what?", "xclient")),
        run(asked("SMTPPROBE", "500 what?", "unknown-verb"), asked("XCLIENT", "500 what?", "xclient"), greeting=EXIM),
    ],
    "xforward-exposed": [run(hello=f"{KEYWORDS}\nXCLIENT NAME ADDR")],
    "users-revealed": [
        run(*vrfy("252 2.0.0 postmaster@example.org", "554 5.7.1 <a1b2c3>: Relay access denied")),
        run(*vrfy("252 Administrative prohibition", "501 a1b2c3: recipient address must contain a domain")),
        run(*vrfy("550 Administrative prohibition", "550 Administrative prohibition", "EXPN")),
        run(*vrfy("250 2.1.5 <postmaster@example.org>", "250 2.1.5 <a1b2c3@example.org>")),
        run(*vrfy("252 2.0.0 postmaster", None)),
        run(*vrfy("250 2.0.0 fine", None)),
        run(*vrfy("250 2.1.5 <postmaster@example.org>", "550 5.7.1 mailbox checks are prohibited")),
    ],
    "pipelining-broken": [
        run(MAIL, observations=[Observation("pipelining", "PIPELINING", KEPT, "", (2,))]),
        run(FAREWELL, observations=[Observation("pipelining", "PIPELINING", BROKEN, "cut", (2,))]),
        run(
            MAIL, observations=[Observation("pipelining", "", BROKEN, "", (2,))], hello="STARTTLS", inside="AUTH PLAIN"
        ),
    ],
    "reply-too-many": [run(MAIL, GOODBYE)],
    "extension-broken": [
        run(MAIL, parameter("8BITMIME", KEPT, "250 ok", "BODY=8BITMIME")),
        run(
            asked("VRFY postmaster", "530 5.7.0 Must issue a STARTTLS command first", "vrfy-postmaster"),
            hello=f"{KEYWORDS}\nVRFY",
        ),
        run(
            MAIL,
            asked(POSTMASTER, "550 5.1.1 no such user", "rcpt-postmaster"),
            parameter("DSN", BROKEN, "550 5.1.1 no such user", "NOTIFY=NEVER", "RCPT"),
            hello=f"{KEYWORDS}\nDSN",
        ),
        run(MAIL, hello=f"{KEYWORDS}\nXVERP"),
        run(*vrfy("538 5.7.11 encryption required", None), hello=f"{KEYWORDS}\nVRFY"),
        run(*vrfy("450 4.7.1 later", None), hello=f"{KEYWORDS}\nVRFY"),
        run(starttls="454 4.7.0 TLS not available"),
        run(Turn("NOOP", "250 ok"), hello=ENHANCED),
        run(inside_turns=[asked("AUTH LOGIN", "504 no such", "auth-mechanism", BROKEN, subject="LOGIN")]),
    ],
    "accepted-unread": [
        run(MAIL, parameter("SIZE", KEPT, "552 too big", "SIZE=1001")),
        run(inside_turns=[parameter("AUTH", UNREAD, "250 ok", "AUTH=+ZZ")]),
    ],
    "unknown-parameter-swallowed": [
        run(asked("MAIL FROM:<> SMTPPROBE=1", "555 5.5.4 no", "mail-unknown-parameter", KEPT)),
        run(asked("MAIL FROM:<>", "250 ok", "rcpt-unknown-parameter")),
    ],
    "wire-defect": [
        run(),
        run(MAIL, EXTRA),
        run(Turn("NOOP", "250 5.0.0 fine")),
        run(hello="SIZE 1000\nXXXXXXXA"),
        run(hello=f"{KEYWORDS}\nAUTH PLAIN\nAUTH=PLAIN\nX-EXPS=LOGIN"),
        run(Turn("AUTH PLAIN", "334 ")),
    ],
    "enhanced-class-differs": [run(Turn("AUTH PLAIN", "334 4.0.0 go"), Turn("NOOP", "250 2.0.0 fine"))],
    "ehlo-differs": [
        run(again(KEYWORDS)),
        run(asked("EHLO other.example", "250 mail.example.org|SIZE 5", "command")),
        run(again("8BITMIME\nSIZE 1000\nPIPELINING\nSTARTTLS")),
        run(again(f"{KEYWORDS}\nAUTH PLAIN LOGIN"), hello=f"{KEYWORDS}\nAUTH LOGIN PLAIN"),
        run(again(f"{KEYWORDS}\nX-TOKEN b"), hello=f"{KEYWORDS}\nX-TOKEN a"),
        run(hello=KEYWORDS, inside=f"{INSIDE}\nREQUIRETLS"),
        run(hello=f"{KEYWORDS}\nX-ANONYMOUSTLS\nAUTH NTLM", inside=INSIDE),
    ],
    "helo-refused": [run(asked("HELO probe.example", "450 later", "helo")), run(asked("HELO x", "250 hi", "helo"))],
    "slow-greeting": [late(4.9)],
    "hang-up-after-errors": [
        hang_up(0, Turn("NOOP", "421 4.3.2 shutting down")),
        run(
            GONE,
            observations=[
                Observation("hang-up", "0", Verdict.ANSWERED, "", (2,)),
                Observation("pipelining", "PIPELINING", BROKEN, "cut", (2,)),
            ],
        ),
        hang_up(2, Turn("NOOP", "421 4.7.0 too many connections")),
        run(FAREWELL),
    ],
    "rate-limited": [hang_up(3, FAREWELL), run(Turn("RCPT TO:<a>", "550 5.1.1 the rate is fine"))],
    "greylisted": [
        run(MAIL, asked(POSTMASTER, "451 4.3.0 Temporary lookup failure", "rcpt-postmaster")),
        run(MAIL, asked(POSTMASTER, "450 4.7.1 rate limit exceeded", "rcpt-postmaster")),
        run(asked("MAIL FROM:<>", "450 4.7.1 later", "rcpt-postmaster")),
    ],
    "enhanced-missing": [run(Turn("NOOP", "250 2.0.0 ok"), hello=ENHANCED), run(Turn("NOOP", "250 ok"))],
    "unknown-parameter-misread": [
        run(asked("MAIL FROM:<> SMTPPROBE=1", "555 5.5.4 no", "mail-unknown-parameter", KEPT)),
        run(
            MAIL,
            asked(POSTMASTER, "503 5.5.1 not now", "rcpt-postmaster"),
            asked(f"{POSTMASTER} SMTPPROBE=1", "503 5.5.1 not now", "rcpt-unknown-parameter", KEPT),
        ),
    ],
    "mail-twice-accepted": [
        run(Turn("MAIL FROM:<>", "250 ok"), asked("MAIL FROM:<>", "503 nested", "mail-twice", KEPT)),
        run(Turn("MAIL FROM:<>", "450 later"), asked("MAIL FROM:<>", "250 ok", "mail-twice", UNREAD)),
    ],
    "starttls-parameter-accepted": [run(asked("STARTTLS SMTPPROBE", "501 no", "starttls-parameter", KEPT))],
    "works-unannounced": [
        run(asked("MAIL FROM:<> RET=HDRS", "555 no", "mail-unannounced", Verdict.ABSENT, subject="DSN")),
        run(asked("MAIL FROM:<> RET=HDRS", "250 ok", "mail-unannounced", UNREAD, subject="DSN")),
    ],
    "version-leaked": [run(greeting=POSTFIX), run(greeting="220 mail.example.org ESMTP 4.96")],
}
