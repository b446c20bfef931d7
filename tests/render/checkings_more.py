"""Checks built by hand, as the renderers get them: what is met, what fails, what could not be told, and why."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from traces import report

from smtpprobe.expectation import CONVERSATION, Checked, Checking, Held, Measure, Place
from smtpprobe.model import Failure, Report, Target
from smtpprobe.outcome import FailureKind, Outcome, Result, Stage

MS = 1_000_000
FILE = "smtpprobe.toml"
STARTED = "2026-11-21T20:22:18Z"
REFUSED = Failure(Stage.CONNECT, FailureKind.REFUSED, "192.0.2.27")
NEXT_PORT = "Mail servers listen on 25 (MX), 587 (submission) or 465 (submission over TLS)."
VRFY = Held(
    "command-VRFY",
    "VRFY of a user is not answered with 250",
    Result.FAILED,
    "any code but 250",
    "250 2.1.5 <postmaster@example.org>",
    Place(FILE, 14),
    "192.0.2.26",
    ("C: VRFY postmaster", "S: 250 2.1.5 <postmaster@example.org>"),
    "Anyone can find out who has a mailbox. In Postfix:\n  disable_vrfy_command = yes",
)


def talks(address: str = "192.0.2.25") -> Held:
    """A conversation was held there."""
    title = "an SMTP conversation can be held"
    return Held(CONVERSATION, title, Result.MET, "a greeting, and an answer to EHLO", "220, EHLO 250", None, address)


def met(number: int, address: str = "192.0.2.25") -> tuple[Held, ...]:
    """So many expectations that are met, the conversation among them."""
    kinds = (
        ("present-PIPELINING", "EHLO offers PIPELINING", "PIPELINING", "PIPELINING", 6, None),
        ("present-SIZE", "EHLO offers SIZE of 50MB or more", "SIZE >= 50MB", "SIZE 52428800", 6, None),
        ("absent-in-tls-STARTTLS", "EHLO inside TLS does not offer STARTTLS", "no STARTTLS", "no STARTTLS", 7, None),
        ("tls-version", "TLS is 1.2 or newer", "TLS 1.2 or newer", "TLS 1.3", 8, None),
        (
            *("certificate-days", "The certificate is valid for 14 days more", "14 days or more", "61 days left", 10),
            Measure("certificate_days", 61, "d", least=14),
        ),
        (
            *("time-connect", "Connecting takes 2 s at most", "2 s or less", "18 ms", 11),
            Measure("connect", 0.018, "s", most=2),
        ),
    )
    held = [talks(address)]
    for n in range(number - 1):
        name, title, expected, got, line, measure = kinds[n % len(kinds)]
        again = f"-{n}" if n >= len(kinds) else ""
        place = Place(FILE, line)
        held.append(
            Held(f"{name}{again}", title, Result.MET, expected, got, place, address, ("S: 250 OK",), measure=measure)
        )
    return tuple(held)


def held_back(by: Held, number: int, address: str = "") -> tuple[Held, ...]:
    """What cannot be decided because of another one."""
    result = Result.NOT_APPLICABLE if by.result is Result.FAILED else Result.INCONCLUSIVE
    return tuple(
        [
            msgspec.structs.replace(one, result=result, got="", evidence=(), because=by.id, measure=None)
            for one in met(number + 1, address or by.address)[1:]
        ]
    )


def server(
    host: str,
    held: tuple[Held, ...],
    *,
    outcome: Outcome = Outcome.ANSWERED,
    reports: tuple[Report, ...] | None = None,
    attempts: int = 1,
    port: int = 25,
) -> Checked:
    """A server of the file."""
    name = f"{host}:{port}"
    talked = (report(host, "192.0.2.25", preference=None, port=port),) if reports is None else reports
    return Checked(
        name=name,
        target=Target(name, host, port),
        outcome=outcome,
        held=held,
        reports=talked,
        groups=("mx",),
        place=Place(FILE, 20),
        attempts=attempts,
        connections=2 * attempts,
        dns_queries=3,
        dns_ns=9 * MS,
        elapsed_ns=700 * MS,
    )


def checking(*servers: Checked, elapsed_ms: int = 2_100) -> Checking:
    """A check of these servers."""
    return Checking(FILE, servers, STARTED, elapsed_ms * MS)


def all_met() -> Checking:
    """One server, and nothing to complain of."""
    return checking(server("mx1.example.org", met(18)), elapsed_ms=700)


def _vrfy() -> Checked:
    return server("mx2.example.org", (*met(17, "192.0.2.26"), VRFY))


def one_fails() -> Checking:
    """One expectation fails."""
    return checking(_vrfy())


def untold() -> Checking:
    """One expectation could not be told, and another one follows from it."""
    offered = Held(
        "tls-offered",
        "STARTTLS is offered and works",
        Result.INCONCLUSIVE,
        "220 to STARTTLS and a handshake",
        "454 4.7.0 TLS not available due to local problem",
        Place(FILE, 7),
        "192.0.2.25",
        ("C: STARTTLS", "S: 454 4.7.0 TLS not available due to local problem"),
        "Try again; if it stays, read the server's log: it cannot load its key or its certificate.",
    )
    follows = msgspec.structs.replace(
        met(6)[5], result=Result.INCONCLUSIVE, got="", evidence=(), because="tls-offered", measure=None
    )
    return checking(server("mx1.example.org", (*met(4), offered, follows), attempts=3))


def _busy() -> Checked:
    turned = msgspec.structs.replace(
        talks("192.0.2.28"),
        result=Result.INCONCLUSIVE,
        got="421 4.7.0 too many connections",
        evidence=("S: 421 4.7.0 too many connections",),
        advice="Wait some minutes, or have this address let in more often.",
    )
    closing = Failure(Stage.GREETING, FailureKind.SERVER_CLOSING, "421")
    shown = report("smtp.example.org", "192.0.2.28", preference=None, port=587, failure=closing)
    return server(
        "smtp.example.org",
        (turned, *held_back(turned, 6)),
        outcome=Outcome.INCONCLUSIVE,
        reports=(shown,),
        attempts=3,
        port=587,
    )


def busy() -> Checking:
    """The greeting is a 421."""
    return checking(_busy())


def _unreachable() -> Checked:
    nothing = msgspec.structs.replace(
        talks("192.0.2.27"),
        result=Result.FAILED,
        got="mx3.example.org:25: nothing listens there (connection refused by 192.0.2.27)",
        advice=NEXT_PORT,
    )
    shown = report("mx3.example.org", "192.0.2.27", preference=None, failure=REFUSED)
    return server("mx3.example.org", (nothing, *held_back(nothing, 17)), outcome=Outcome.UNREACHABLE, reports=(shown,))


def unreachable() -> Checking:
    """Nothing listens there."""
    return checking(_unreachable())


def not_smtp() -> Checking:
    """The port speaks HTTP."""
    web = msgspec.structs.replace(
        talks(),
        result=Result.FAILED,
        got="the port speaks HTTP",
        evidence=("S: HTTP/1.1 400 Bad Request",),
        advice="Check the port.",
    )
    failure = Failure(Stage.GREETING, FailureKind.NOT_SMTP_HTTP, "HTTP/1.1 400 Bad Request")
    shown = report("www.example.org", "192.0.2.25", preference=None, port=8025, failure=failure)
    return checking(
        server("www.example.org", (web, *held_back(web, 3)), outcome=Outcome.NOT_SMTP, reports=(shown,), port=8025)
    )


def mx_domain() -> Checking:
    """A domain with MX servers of six addresses: one is dead, three fail in one thing, and there are too few MX."""
    addresses = [f"192.0.2.{n}" for n in (25, 26, 27)] + [f"2001:db8::{n}" for n in (25, 26, 27)]
    held: list[Held] = [
        Held(
            "mx-servers",
            "The domain has 4 MX servers or more",
            Result.FAILED,
            "4 or more",
            "3 MX servers",
            Place(FILE, 31),
            measure=Measure("mx_servers", 3, least=4),
        )
    ]
    for n, address in enumerate(addresses):
        if n == 5:
            dead = msgspec.structs.replace(
                talks(address), result=Result.FAILED, got="no answer within 10 s", advice="Try again later."
            )
            held += [dead, *held_back(dead, 5)]
            continue
        held += met(5, address)
        days = met(6, address)[5]
        expiring = msgspec.structs.replace(
            days, result=Result.FAILED, got="3 days left", measure=Measure("certificate_days", 3, "d", least=14)
        )
        held.append(expiring if n < 3 else days)
    timeout = Failure(Stage.CONNECT, FailureKind.TIMEOUT, "10 s")
    hosts = [f"mx{n % 3 + 1}.example.org" for n in range(6)]
    reports = tuple(
        [
            report(host, address, failure=timeout if n == 5 else None)
            for n, (host, address) in enumerate(zip(hosts, addresses, strict=True))
        ]
    )
    named = dict(zip(addresses, hosts, strict=True))
    told = tuple([msgspec.structs.replace(one, host=named.get(one.address, "")) for one in held])
    whole = server("mx1.example.org", told, outcome=Outcome.UNREACHABLE, reports=reports)
    domain = Target("example.org", "example.org", 25, mx=True)
    return checking(msgspec.structs.replace(whole, name="example.org", target=domain))


def changed() -> Checking:
    """Compared with a baseline, two things changed; nothing of it stands in a file."""
    changes = (
        ("baseline", "it is as it was", "STARTTLS", "STARTTLS is no longer offered in clear"),
        ("baseline", "it is as it was", "SIZE 52428800", "SIZE was 52428800 and is 10240000"),
    )
    advice = "Where this is meant to be so, save the baseline anew."
    held = [Held(name, title, Result.FAILED, expected, got, advice=advice) for name, title, expected, got in changes]
    return checking(server("mx1.example.org", (*met(3), *held)))


def unicode() -> Checking:
    """Names and replies beyond ASCII."""
    held = Held(
        "command-gruß",
        "Der Gruß nennt „postfächer.example“",
        Result.FAILED,
        "пример ≥ 1",
        "250 日本語の応答 ✓ مرحبا",
        Place("prüfung/сервер.toml", 3),
        "2001:db8::25",
        ("S: 250 日本語の応答",),
        "Ändere den Namen: 日本語.",
    )
    unsaid = msgspec.structs.replace(held, id="greeting-text", result=Result.NOT_APPLICABLE, got="kein Gruß", advice="")
    return checking(server("postfächer.example", (*met(2), held, unsaid)))


def mixed() -> Checking:
    """Four servers: one does all, one fails in one thing, one is busy, one is not there."""
    return checking(server("mx1.example.org", met(18)), _vrfy(), _busy(), _unreachable())


def stopped() -> Checking:
    """Ended early; what could not be told is counted as failed."""
    return msgspec.structs.replace(busy(), stopped=True, inconclusive="fail")


def nothing() -> Checking:
    """Ended before the first server was asked."""
    return msgspec.structs.replace(checking(), stopped=True)


CHECKINGS: dict[str, Callable[[], Checking]] = {
    "all-met": all_met,
    "one-fails": one_fails,
    "untold": untold,
    "busy": busy,
    "unreachable": unreachable,
    "not-smtp": not_smtp,
    "mx-domain": mx_domain,
    "changed": changed,
    "unicode": unicode,
    "mixed": mixed,
    "stopped": stopped,
    "nothing": nothing,
}
