"""The way as a small map: its stops in their order, how each stands, and how long it took."""

from __future__ import annotations

from smtpprobe.journey import Conclusion, Step
from smtpprobe.model import Exchange
from smtpprobe.outcome import Cause, Check, Standing
from smtpprobe.trace.case import Case
from smtpprobe.trace.leg import Walked

_BEFORE = frozenset(
    {Cause.NAME_SERVER, Cause.BOGUS, Cause.NO_DOMAIN, Cause.NO_SERVER, Cause.NULL_MX, Cause.NOT_ROUTABLE}
)
_SECURED = ((Check.DANE, "DANE"), (Check.MTA_STS, "MTA-STS"))


def steps(case: Case, ended: Conclusion, address: str | None, dns_ns: int) -> tuple[Step, ...]:
    """From the sender to the last step that was taken, along the address whose answer counts."""
    you = Step("you", Standing.NONE, address or "")
    before: tuple[Step, ...] = (you,)
    if case.journey.via is None:
        dns = Step("DNS", Standing.FAIL if ended.cause in _BEFORE else Standing.PASS, "", dns_ns)
        before = (you, dns)
    walked = case.decisive
    return before if walked is None else (*before, *_along(case, walked))


def _along(case: Case, walked: Walked) -> tuple[Step, ...]:
    transcript = walked.transcript
    connections = transcript.connections
    talked = any(one.code is not None for one in transcript.exchanges)
    name = walked.host if case.journey.via is not None else f"MX {walked.host}"
    opened = connections[0].connect_ns if connections else 0
    failure = "" if talked or transcript.failure is None else str(transcript.failure.kind)
    unasked = [one for one in transcript.exchanges if one.command is None]
    turned = next((one for one in unasked if one.reply is not None and one.reply.refusal), None)
    standing = Standing.PASS if talked and turned is None else Standing.FAIL
    stops = [Step(name, standing, _said(turned) or failure, opened)]
    if not talked or turned is not None:
        return tuple(stops)
    stops += _tls(case, walked)
    if walked.login is not None:
        standing = Standing.PASS if walked.login.logged_in else Standing.FAIL
        stops.append(Step("AUTH", standing, walked.login.mechanism or ""))
    for place in (walked.mail, walked.rcpt):
        exchange = walked.exchange(place)
        if exchange is not None and exchange.command is not None:
            stops.append(_answer(exchange.command.verb, exchange))
            if exchange.reply is None or exchange.reply.refusal:
                return tuple(stops)
    if walked.delivery is not None:
        final = walked.delivery.final
        stops.append(_answer("message", final) if final is not None else Step("message", Standing.UNKNOWN))
    return tuple(stops)


def _tls(case: Case, walked: Walked) -> list[Step]:
    facts = walked.transcript.tls
    took = max((one.handshake_ns for one in walked.transcript.connections), default=0)
    if facts is not None:
        stops = [Step(facts.version.replace("TLSv", "TLS "), Standing.PASS, "", took)]
    elif walked.handshake is not None:
        stops = [Step("TLS", Standing.FAIL, str(walked.handshake.kind))]
    else:
        stops = [Step("no TLS", Standing.WARN)]
    for check, name in _SECURED:
        found = [one for one in case.rulings if one.check is check and walked.host in one.subject]
        standing = _worst_of([one.standing for one in found])
        if standing in (Standing.PASS, Standing.FAIL):
            stops.append(Step(name, standing))
    return stops


def _answer(name: str, exchange: Exchange) -> Step:
    reply = exchange.reply
    took = max(0, reply.last_ns - exchange.sent_ns) if reply is not None else 0
    if reply is None or reply.code is None:
        return Step(name, Standing.UNKNOWN, str(exchange.failure.kind) if exchange.failure is not None else "", took)
    standing = Standing.PASS if reply.positive else Standing.WARN if reply.code < 500 else Standing.FAIL
    return Step(name, standing, "" if reply.positive else _said(exchange), took)


def _said(exchange: Exchange | None) -> str:
    if exchange is None or exchange.reply is None:
        return ""
    return " ".join(filter(None, (str(exchange.code), exchange.reply.enhanced)))


def _worst_of(standings: list[Standing]) -> Standing:
    order = (Standing.FAIL, Standing.WARN, Standing.UNKNOWN, Standing.PASS)
    return next((one for one in order if one in standings), Standing.NONE)
