"""For the rules of profile security: runs that each has to find something in, and near misses. No test lives here."""

from __future__ import annotations

from msgspec.structs import replace
from rules_run import INSIDE, KEYWORDS, MAIL, RCPT, Turn, asked, failed, run

from smtpprobe.model import Transcript
from smtpprobe.outcome import FailureKind, Stage, Verdict

BROKEN, KEPT = Verdict.BROKEN, Verdict.KEPT
POSTMASTER = "RCPT TO:<postmaster@mail.example.net>"
SENDER = "MAIL FROM:<>"


def relay(path: str, answer: str, form: str = "plain") -> Turn:
    return asked(f"RCPT TO:<{path}>", answer, "relay", subject=form)


def stranger(answer: str) -> Turn:
    return asked("RCPT TO:<a1b2c3@mail.example.net>", answer, "rcpt-random")


def smuggled(answer: str | None, verdict: Verdict = BROKEN) -> Transcript:
    turn = Turn("NOOP", answer, "starttls-smuggled-command", verdict, detail="250 inside TLS")
    if answer is None:
        turn = replace(turn, failure=failed(FailureKind.TIMEOUT))
    return run(MAIL, replace(turn, stage=Stage.TLS, connection=2))


def half_line(name: str, verdict: Verdict) -> Transcript:
    return run(MAIL, asked("RSET", "250 ok", name, verdict, detail="250"))


def secure(transcript: Transcript) -> Transcript:
    return replace(transcript, profile="security")


FOUND: dict[str, list[Transcript]] = {
    "relay-accepted": [
        run(MAIL, relay("probe@relay-1.example.org", "250 ok")),
        run(MAIL, relay("probe@relay-1.example.org", "251 will forward")),
        run(MAIL, relay("probe%relay-1.example.org@mail.example.net", "250 ok", "percent")),
        run(MAIL, relay("probe%relay-1.example.org@mail.example.net", "250 ok", "percent"), stranger("550 5.1.1 no")),
        run(MAIL, relay("@mail.example.net:probe@relay-1.example.org", "250 ok", "source-route"), stranger("250 ok")),
        run(MAIL, relay("probe@relay-1.example.org", "250 ok"), address="127.0.0.1"),
    ],
    "starttls-command-injection": [smuggled("250 ok"), smuggled("502 what?")],
    "auth-in-clear-unannounced": [run(asked("AUTH PLAIN", "334 ", "auth-unannounced", BROKEN, subject="PLAIN"))],
    "bare-cr-accepted": [half_line("line-end-cr", BROKEN)],
    "bare-lf-accepted": [half_line("line-end-lf", BROKEN)],
    "early-talker-served": [run(asked("NOOP", "250 ok", "talk-first", BROKEN))],
    "ntlm-names-revealed": [run(asked("TlRM", "334 TlRM", "ntlm", BROKEN, detail="target CORP"))],
    "auth-mechanism-weak": [
        secure(run(inside=f"{KEYWORDS}\nAUTH PLAIN CRAM-MD5")),
        secure(run(inside=f"{KEYWORDS}\nAUTH NTLM")),
        secure(run(hello=f"{KEYWORDS}\nAUTH=DIGEST-MD5")),
    ],
    "requiretls-in-clear": [
        run(MAIL, hello=f"{KEYWORDS}\nREQUIRETLS"),
        run(MAIL, asked("MAIL FROM:<> REQUIRETLS", "250 ok", "requiretls-in-clear", BROKEN)),
    ],
    "rcpt-tells-users": [
        run(MAIL, RCPT, stranger("550 5.1.1 User unknown")),
        run(MAIL, asked(POSTMASTER, "250 ok", "rcpt-postmaster"), stranger("550 Unrouteable address")),
    ],
}

NEAR_MISSES: dict[str, list[Transcript]] = {
    "relay-accepted": [
        run(MAIL, relay("probe@relay-1.example.org", "554 5.7.1 Relay access denied")),
        run(MAIL, relay("probe@relay-1.example.org", "450 4.7.1 greylisted")),
        # A server that takes every name at its own domain takes these names too.
        run(MAIL, relay("probe%relay-1.example.org@mail.example.net", "250 ok", "percent"), stranger("250 ok")),
        run(MAIL, relay('"probe@relay-1.example.org"', "250 ok", "quoted"), stranger("250 ok")),
        run(MAIL, relay("relay-1.example.org!probe", "250 ok", "bang"), stranger("250 ok")),
        run(asked("MAIL FROM:<probe@mail.example.net>", "553 5.1.8 no such domain", "relay", subject="own-sender")),
        run(MAIL, stranger("250 ok")),
    ],
    "starttls-command-injection": [
        smuggled(None, KEPT),
        run(asked("STARTTLS", "554 synchronization error", "starttls-smuggled-command", KEPT)),
    ],
    "auth-in-clear-unannounced": [
        run(asked("AUTH PLAIN", "538 5.7.11 Encryption required", "auth-unannounced", KEPT, subject="PLAIN"))
    ],
    "bare-cr-accepted": [half_line("line-end-cr", KEPT), half_line("line-end-lf", BROKEN)],
    "bare-lf-accepted": [half_line("line-end-lf", KEPT), half_line("line-end-cr", BROKEN)],
    "early-talker-served": [
        run(asked("NOOP", "554 SMTP synchronization error", "talk-first", KEPT)),
        run(asked("NOOP", "521 5.5.1 Protocol error", "talk-first", KEPT)),
        run(asked("NOOP", "250 ok", "talk-first", BROKEN), hello=f"{KEYWORDS}\nPIPECONNECT"),
    ],
    "ntlm-names-revealed": [run(asked("AUTH NTLM", "504 no", "ntlm")), run(asked("TlRM", "334 AAAA", "ntlm"))],
    "auth-mechanism-weak": [
        run(inside=f"{KEYWORDS}\nAUTH CRAM-MD5"),
        secure(run(inside=INSIDE)),
        secure(run(inside=f"{KEYWORDS}\nAUTH SCRAM-SHA-256")),
    ],
    "requiretls-in-clear": [
        run(MAIL, inside=f"{INSIDE}\nREQUIRETLS"),
        run(MAIL, asked("MAIL FROM:<> REQUIRETLS", "530 TLS first", "requiretls-in-clear", KEPT)),
    ],
    "rcpt-tells-users": [
        run(MAIL, RCPT, stranger("250 ok")),
        run(MAIL, RCPT, stranger("550 5.7.1 Relay access denied")),
        run(MAIL, RCPT, stranger("450 4.2.0 Greylisted")),
        run(MAIL, asked(POSTMASTER, "550 5.1.1 no such user", "rcpt-postmaster"), stranger("550 5.1.1 User unknown")),
    ],
}
