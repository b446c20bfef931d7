"""What every form of a trace shows, before it gets its form: what is a problem, what passed, what was counted.

Words of ours and choices among what a trace tells. Nothing is escaped here, and nothing is judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from smtpprobe.journey import Answer, Conclusion, Ruling, Step, Trace
from smtpprobe.model import Exchange, Report
from smtpprobe.outcome import Cause, Check, Retry, Standing, Who
from smtpprobe.render.failures import remark
from smtpprobe.render.prose import MOST_LINES, short
from smtpprobe.render.screen import duration

GLYPHS = {
    Standing.PASS: "✔",
    Standing.WARN: "!",
    Standing.FAIL: "✖",
    Standing.NONE: "–",
    Standing.UNKNOWN: "?",
}

_NAMES = {
    Check.EHLO_NAME: "EHLO name",
    Check.BLOCKLIST: "blocklists",
    Check.SENDER_DOMAIN: "sender's domain",
    Check.CERTIFICATE: "certificate",
    Check.TLS_VERSIONS: "TLS versions",
    Check.CIPHERS: "ciphers",
    Check.TRANSPORT: "transport",
    Check.RESUMPTION: "TLS resumption",
    Check.LOGIN: "login",
    Check.EXTRA: "further questions",
    Check.DELIVERY: "delivery",
}
# The check whose failure is the cause: what the diagnosis says already is no further problem.
_CHECKS = {
    Cause.BOGUS: Check.DNSSEC,
    Cause.NO_DOMAIN: Check.MX,
    Cause.NO_SERVER: Check.MX,
    Cause.NULL_MX: Check.MX,
    Cause.MX_ALIAS: Check.MX,
    Cause.NOT_ROUTABLE: Check.MX,
    Cause.CERTIFICATE: Check.CERTIFICATE,
    Cause.DANE: Check.DANE,
    Cause.MTA_STS: Check.MTA_STS,
    Cause.AUTH_REFUSED: Check.LOGIN,
    Cause.AUTH_MECHANISM: Check.LOGIN,
    Cause.AUTH_INSECURE: Check.LOGIN,
    Cause.SENDER_DOMAIN: Check.SENDER_DOMAIN,
    Cause.SPF: Check.SPF,
    Cause.SPF_BROKEN: Check.SPF,
    Cause.DMARC: Check.DMARC,
    Cause.DKIM: Check.DKIM,
    Cause.PTR: Check.PTR,
    Cause.EHLO_NAME: Check.EHLO_NAME,
    Cause.BLOCKLIST: Check.BLOCKLIST,
    Cause.CONTENT: Check.DELIVERY,
}
_TITLES = {
    Who.SENDER: "To fix on YOUR side",
    Who.RECIPIENT: "To fix on the recipient's side",
    Who.SERVER: "To fix by the admin of the server that answered",
    Who.NETWORK: "To fix by whoever runs the network between",
    Who.NOBODY: "What to do",
}
_RETRY = {
    Retry.NO: "Sending it again will get the same answer.",
    Retry.LATER: "Sending it again later may be enough.",
    Retry.AFTER_FIX: "Send it again once that is done.",
}
_ORIGINS = {
    "option": "as given",
    "configuration": "as its configuration says",
    "server": "as a server saw it; nobody has confirmed it",
}
_FOLDED = {
    Standing.PASS: ("check passed", "checks passed"),
    Standing.UNKNOWN: ("could not be told", "could not be told"),
    Standing.NONE: ("is not published or does not apply", "are not published or do not apply"),
}


def check_name(check: Check) -> str:
    """What people call it."""
    return _NAMES.get(check) or str(check).upper()


def title(conclusion: Conclusion) -> str:
    """What stands above the steps: on whose side they are."""
    return _TITLES[conclusion.who]


def actor(conclusion: Conclusion) -> str:
    """Who must act, in words; "" where it is nobody."""
    return "" if conclusion.who is Who.NOBODY else conclusion.who.meaning


def again(conclusion: Conclusion) -> str:
    """Whether to try again, in a sentence; "" where nothing stood in the way."""
    return "" if conclusion.cause is Cause.NONE else _RETRY[conclusion.retry]


def stop(step: Step) -> str:
    """One stop of the map: its name, how it stands, what was said there and how long it took."""
    glyph = "" if step.standing is Standing.NONE else GLYPHS[step.standing]
    time = duration(step.elapsed_ns) if step.elapsed_ns > 0 else ""
    return " ".join(part for part in (step.name, glyph, short(step.text), time) if part)


def traveller(trace: Trace) -> tuple[str, ...]:
    """Whose mail was walked for, and how that is known."""
    journey = trace.journey
    facts = []
    if journey.recipient is not None:
        sender = journey.sender.text if journey.sender is not None else "<>"
        facts += [f"from {sender}", f"to {journey.recipient.text}"]
    if journey.from_ip is not None:
        origin = _ORIGINS.get(trace.origin)
        facts.append(f"address {journey.from_ip}" + (f" ({origin})" if origin else ""))
    facts.append(f"EHLO {trace.ehlo_name}")
    if journey.like is not None:
        facts.append(f"as {journey.like.software} is configured here")
    if journey.via is not None:
        facts.append(f"via {journey.via.text}")
    if journey.login is not None:
        facts.append(f"as user {journey.login.user}")
    return tuple(facts)


def notes(trace: Trace) -> tuple[str, ...]:
    """What of the local mail server's configuration could not be followed."""
    like = trace.journey.like
    return () if like is None else tuple([f"{like.software}'s configuration: {note}" for note in like.notes])


def problems(trace: Trace) -> tuple[Ruling, ...]:
    """What is wrong besides the cause, the worst first; what is said of several subjects in the same words, once."""
    told = _told(trace)
    found = [one for one in trace.rulings if one.standing in (Standing.FAIL, Standing.WARN) and one not in told]
    found.sort(key=lambda one: one.standing is not Standing.FAIL)
    each: dict[tuple[Check, str], Ruling] = {}
    for one in found:
        each.setdefault((one.check, one.summary), one)
    return tuple(each.values())


def _told(trace: Trace) -> list[Ruling]:
    """The rulings that the diagnosis is made of: those with its words, else the first failure of its kind."""
    conclusion = trace.conclusion
    if conclusion.cause is Cause.NONE:
        return []
    steps = set(conclusion.steps)
    same = [
        one
        for one in trace.rulings
        if (one.summary and one.summary in conclusion.summary) or (one.steps and steps.issuperset(one.steps))
    ]
    kind = _CHECKS.get(conclusion.cause)
    if any(one.check is kind for one in same):
        return same
    return same + [one for one in trace.rulings if one.check is kind and one.standing is Standing.FAIL][:1]


def folded(trace: Trace) -> Iterator[tuple[str, str, tuple[Ruling, ...]]]:
    """What is no problem: ``14 checks passed``, the names in one line, and the rulings themselves."""
    for standing, (one, more) in _FOLDED.items():
        rulings = tuple([ruling for ruling in trace.rulings if ruling.standing is standing])
        if rulings:
            names = Counter(check_name(ruling.check) for ruling in rulings)
            listed = ", ".join(f"{name} ({times})" if times > 1 else name for name, times in names.items())
            yield _many(len(rulings), one, more), listed, rulings


def totals(trace: Trace) -> tuple[str, ...]:
    """What it took: servers and addresses, round trips, DNS queries, seconds."""
    routes = [report.transcript.route for report in trace.routes]
    hosts = len({route.host for route in routes if route is not None})
    addresses = len({route.address for route in routes if route is not None})
    servers = f"{hosts} MX" if trace.journey.via is None else _many(hosts, "server", "servers")
    return (
        f"{servers}, {_many(addresses, 'address', 'addresses')}",
        _many(trace.round_trips, "round trip", "round trips"),
        _many(trace.dns_queries, "DNS query", "DNS queries"),
        f"{max(trace.total_ns, 0) / 1e9:.1f} s, slowest path {max(trace.slowest_ns, 0) / 1e9:.1f} s",
    )


def answer(one: Answer) -> str:
    """A question to the DNS and its answer in one line."""
    said = " | ".join(one.records) or "no such record"
    if one.failure is not None:
        said = one.failure.kind.meaning + (f" ({one.failure.detail})" if one.failure.detail else "")
    aliases = "".join(f" -> {name}" for name in one.aliases)
    facts = [duration(one.elapsed_ns)] if one.elapsed_ns > 0 else []
    if one.authentic is not None:
        facts.append("signed" if one.authentic else "not signed")
    return short(f"{one.type} {one.name}{aliases}: {said}") + (f" ({', '.join(facts)})" if facts else "")


def dialogue(report: Report) -> Iterator[str]:
    """What was said on one route, line by line, commands behind an arrow to the right."""
    for exchange in report.transcript.exchanges:
        if exchange.command is not None:
            yield short(f"→ {exchange.command.text}")
        yield from _reply(exchange)
        if exchange.failure is not None:
            yield short(f"✖ {remark(exchange.failure)}")


def _reply(exchange: Exchange) -> Iterator[str]:
    if exchange.reply is None:
        return
    texts = exchange.reply.texts
    for n, text in enumerate(texts[:MOST_LINES]):
        code = exchange.reply.code or "???"
        yield short(f"← {code}{'-' if n < len(texts) - 1 else ' '}{text.decode('utf-8', 'backslashreplace')}")
    if len(texts) > MOST_LINES:
        yield f"  … {_many(len(texts) - MOST_LINES, 'more line', 'more lines')}"


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
