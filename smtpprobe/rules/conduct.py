"""Findings about how a server behaves: hanging up, being slow, limiting, contradicting itself in EHLO."""

from __future__ import annotations

from smtpprobe.model import Capabilities, Exchange, Finding, Observation
from smtpprobe.outcome import FailureKind, Severity, Stage, Verdict
from smtpprobe.rules.evidence import Evidence, Rule, listed, quoted, said
from smtpprobe.rules.wording import limits_the_rate

FEW_REFUSALS = 3
SLOW_NS = 5_000_000_000
VERY_SLOW_NS = 30_000_000_000
_FAREWELLS = (221, 421)
#: What senders rely on, and what has no reason to be missing inside TLS only.
_MUST_STAY = ("PIPELINING", "SIZE", "8BITMIME", "SMTPUTF8", "DSN", "CHUNKING", "ENHANCEDSTATUSCODES", "AUTH")
_EHLO_MEANS_NOTHING = (500, 501, 502, 503, 504)


def _ehlo_refused(evidence: Evidence) -> tuple[Finding, ...]:
    for index, exchange in enumerate(evidence.exchanges):
        if exchange.stage is not Stage.EHLO or exchange.command is None or exchange.reply is None:
            continue
        verb = exchange.command.verb
        if verb not in ("EHLO", "LHLO") or exchange.reply.code is None or exchange.reply.code < 500:
            continue
        after = [
            (i, e)
            for i, e in enumerate(evidence.exchanges)
            if i > index and e.connection == exchange.connection and e.command and e.command.verb == "HELO"
        ]
        helped = [i for i, e in after if e.reply is not None and e.reply.positive]
        if verb == "LHLO":
            advice = "The port may speak SMTP rather than LMTP: name it with smtp:// instead."
        elif helped:
            advice = (
                "HELO works, so mail arrives, but without TLS, sizes, 8-bit text or enhanced codes. Switch ESMTP on, "
                "or remove the old proxy or firewall that knows HELO only."
            )
        elif exchange.code in _EHLO_MEANS_NOTHING:
            advice = "HELO is refused as well. What answers here may be no mail server, or not ready to be one."
        else:
            advice = "It may be our name that is refused: try another one with --ehlo-name, one that resolves."
        severity = Severity.ERROR if helped or exchange.code in _EHLO_MEANS_NOTHING else Severity.WARNING
        summary = f"{verb} is refused: {said(exchange.reply)}"
        return (Finding("ehlo-refused", severity, summary, advice, (index, *helped)),)
    return ()


def _helo_refused(evidence: Evidence) -> tuple[Finding, ...]:
    refused = [(i, reply) for i, reply in evidence.answers("helo", "HELO") if (reply.code or 0) >= 500]
    if not refused:
        return ()
    return (
        Finding(
            "helo-refused",
            Severity.WARNING,
            f"HELO is refused: {said(refused[0][1])}",
            "EHLO works, and nearly every sender uses it. What is left with HELO (old devices, scripts, printers) "
            "cannot deliver; servers have to take both.",
            (refused[0][0],),
        ),
    )


def _ehlo_differs(evidence: Evidence) -> tuple[Finding, ...]:
    found: list[tuple[str, tuple[int, ...]]] = []
    for encrypted in (False, True):
        hellos = list(evidence.hellos(encrypted=encrypted))
        for index, later in hellos[1:]:
            gone, new = _difference(hellos[0][1], later)
            if gone or new:
                parts = [f"{listed(gone)} only the first time"] if gone else []
                parts += [f"{listed(new)} only later"] if new else []
                where = " inside TLS" if encrypted else ""
                summary = f"EHLO{where} is answered differently from one time to the next: {'; '.join(parts)}"
                found.append((quoted(summary, 240), (hellos[0][0], index)))
                break
    if not found:
        found = _lost_inside_tls(evidence)
    advice = (
        "Senders get what the dice say, and so did this report. Several servers behind one name, or a filter that "
        "treats newcomers otherwise, do this: give them the same settings."
    )
    return tuple([Finding("ehlo-differs", Severity.WARNING, summary, advice, places) for summary, places in found[:1]])


def _lost_inside_tls(evidence: Evidence) -> list[tuple[str, tuple[int, ...]]]:
    """What is offered in clear and missing after STARTTLS. That more is offered inside TLS is good practice."""
    clear, encrypted = evidence.transcript.clear, evidence.transcript.encrypted
    if clear is None or encrypted is None:
        return []
    lost = [keyword for keyword in _MUST_STAY if keyword in clear and keyword not in encrypted]
    places = (*evidence.hello(encrypted=False), *evidence.hello(encrypted=True))
    return (
        [(f"{listed(lost)} {'is' if len(lost) == 1 else 'are'} offered in clear but not inside TLS", places)]
        if lost
        else []
    )


def _difference(first: Capabilities, second: Capabilities) -> tuple[list[str], list[str]]:
    """What only one of two EHLO replies has. The order of arguments does not matter, nor a local keyword's."""
    one, two = _promises(first), _promises(second)
    return sorted(one.keys() - two.keys()), sorted(two.keys() - one.keys())


def _promises(offer: Capabilities) -> dict[str, None]:
    return {
        quoted(k.keyword if k.keyword.startswith("X") else " ".join((k.keyword, *sorted(k.arguments))), 80): None
        for k in offer.keywords
    }


def _hang_up(evidence: Evidence) -> tuple[Finding, ...]:
    hits = [hit for one in evidence.of("hang-up", "unsolicited") for hit in _refusals_before(evidence, one)]
    if not hits:
        return ()
    number, index, exchange = min(hits, key=lambda hit: hit[:2])
    if not number:
        verb = f"at {quoted(exchange.command.verb, 20)}" if exchange.command else "unasked"
        severity, summary, advice = (
            Severity.WARNING,
            f"the server hangs up {verb} although it has refused nothing",
            "A crash does that, or a filter, or a limit on commands that bring no mail. Look into the server's log at "
            "this minute.",
        )
    else:
        farewell = f": {said(exchange.reply)}" if exchange.code == 421 else ""
        summary = f"the server hangs up after {number} {'refusal' if number == 1 else 'refusals'}{farewell}"
        severity, advice = (
            (
                Severity.WARNING,
                "It keeps guessers away, and is meant to. Yet a list with a few stale addresses gets as many refusals, "
                "and the rest of its recipients then have to wait.",
            )
            if number <= FEW_REFUSALS
            else (
                Severity.INFO,
                "A limit as it should be; only a sender with that many bad recipients in one session meets it.",
            )
        )
    return (Finding("hang-up-after-errors", severity, summary, advice, (index,)),)


def _refusals_before(evidence: Evidence, one: Observation) -> list[tuple[int, int, Exchange]]:
    """How much was refused on a connection before the server ended it; nothing where that was for another reason."""
    for index, exchange in evidence.places(one)[:1]:
        if one.probe == "unsolicited" and exchange.code != 421:
            return []
        heard = [e.reply for _, e in [*evidence.before(index), (index, exchange)] if e.reply is not None]
        if any(limits_the_rate(reply) for reply in heard):
            return []
        number = len([reply for reply in heard if reply.refusal and reply.code != 421])
        explained = exchange.code == 421 or bool(evidence.of("pipelining"))
        return [(number, index, exchange)] if number or not explained else []
    return []


def _rate_limited(evidence: Evidence) -> tuple[Finding, ...]:
    hits = [(i, e.reply) for i, e in enumerate(evidence.exchanges) if e.reply is not None and limits_the_rate(e.reply)]
    if not hits:
        return ()
    return (
        Finding(
            "rate-limited",
            Severity.INFO,
            f"the server limited us: {said(hits[0][1])}",
            "What is missing in this report is missing for that reason. Ask again later; on your own server let the "
            "probing address pass.",
            tuple([i for i, _ in hits]),
        ),
    )


def _pipelining(evidence: Evidence) -> tuple[Finding, ...]:
    for one in evidence.of("pipelining"):
        places = evidence.places(one)
        farewell = any(e.code == 421 for _, e in places)
        if one.verdict is Verdict.BROKEN and evidence.promised("PIPELINING") and not farewell:
            return (
                Finding(
                    "pipelining-broken",
                    Severity.ERROR,
                    f"PIPELINING is announced but does not work: {quoted(one.detail)}",
                    "Senders put MAIL and RCPT into one packet, and here they lose mail or hang. Stop announcing it, "
                    "or repair what throws input away; proxies and content filters are the usual suspects.",
                    tuple([i for i, _ in places]),
                ),
            )
    return ()


def _too_many(evidence: Evidence) -> tuple[Finding, ...]:
    extra = [(i, e) for i, e in evidence.failed(FailureKind.UNSOLICITED) if e.code not in _FAREWELLS]
    if not extra:
        return ()
    return (
        Finding(
            "reply-too-many",
            Severity.ERROR,
            f"a reply came that nobody had asked for: {said(extra[0][1].reply)}",
            "From there on a sender takes each reply for the answer to the wrong command, and may believe that mail "
            "was taken which was not. Look for a plugin or proxy that answers twice.",
            tuple([i for i, _ in extra]),
        ),
    )


def _slow(evidence: Evidence) -> tuple[Finding, ...]:
    waits = [
        (e.reply.last_ns - e.sent_ns, i)
        for i, e in enumerate(evidence.exchanges)
        if e.stage is Stage.GREETING and e.command is None and e.reply is not None
    ]
    took, index = max(waits, default=(0, 0))
    if took <= SLOW_NS:
        return ()
    return (
        Finding(
            "slow-greeting",
            Severity.ERROR if took > VERY_SLOW_NS else Severity.WARNING,
            f"the greeting took {took / 1e9:.1f} s",
            "Possibly on purpose: some servers let newcomers wait to see who talks first. If not, the server waits for "
            "a DNS or ident answer about its client before it greets, or has no worker free.",
            (index,),
        ),
    )


EHLO_REFUSED = Rule("ehlo-refused", "EHLO is refused", _ehlo_refused, ("RFC 5321 3.2", "RFC 5321 4.1.1.1"))
HELO_REFUSED = Rule("helo-refused", "HELO is refused though EHLO works", _helo_refused, ("RFC 5321 4.1.1.1",))
EHLO_DIFFERS = Rule(
    "ehlo-differs", "EHLO is not answered the same each time", _ehlo_differs, ("RFC 5321 4.1.1.1", "RFC 3207 4.2")
)
HANG_UP = Rule("hang-up-after-errors", "the server hangs up after refusals", _hang_up, ("RFC 5321 3.8",))
RATE_LIMITED = Rule("rate-limited", "the server limits how often one may come", _rate_limited, ("RFC 5321 3.8",))
PIPELINING = Rule("pipelining-broken", "commands sent together are not all answered", _pipelining, ("RFC 2920 3.2",))
TOO_MANY = Rule("reply-too-many", "a reply without a command", _too_many, ("RFC 5321 4.2",))
SLOW = Rule("slow-greeting", "the greeting is late", _slow, ("RFC 5321 4.5.3.2.1",))
