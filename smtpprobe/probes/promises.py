"""What became of each keyword that EHLO announced: the observations of all probes, joined by keyword. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from smtpprobe.catalogue import extensions
from smtpprobe.model import Capabilities, Exchange, Observation
from smtpprobe.outcome import FailureKind, Stage, Verdict
from smtpprobe.probes.parameters import MAIL_BY_KEYWORD, RCPT_BY_KEYWORD

#: Replies that RFC 2034 4 wants an enhanced code on: all but 3yz and those to the greeting, EHLO and HELO.
_BARE_BY_RIGHT = frozenset({"EHLO", "HELO", "LHLO", "*"})
_UNTESTABLE = {
    "CHUNKING": "needs a message to test",
    "BINARYMIME": "needs a message to test",
    "PRDR": "needs a message to test",
    "BURL": "needs a message to test",
    "PIPECONNECT": "would mean talking before the greeting",
    "XVERP": "needs a sender that is not null",
    "VERP": "needs a sender that is not null",
    "LIMITS": "needs many transactions to test",
    "ATRN": "needs a login to test",
    "ETRN": "starts a queue run, so it is not tried with a name",
    "XCLIENT": "acts on whoever may use it, so it is not tried",
    "XFORWARD": "acts on whoever may use it, so it is not tried",
}
Learnt = tuple[Verdict, str, tuple[int, ...]]


class Heard:
    """What a run heard, sorted for look-up by keyword."""

    def __init__(self, exchanges: Sequence[Exchange], observations: Sequence[Observation]) -> None:
        self.exchanges = exchanges
        self.observations = observations

    def of(self, *probes: str, subject: str | None = None) -> list[Observation]:
        return [o for o in self.observations if o.probe in probes and (subject is None or o.subject == subject)]

    def replies(self, *probes: str) -> list[tuple[int, Exchange]]:
        """The answers that count; what a broken connection said is none."""
        answered = [o for o in self.of(*probes) if o.verdict is Verdict.ANSWERED and o.evidence]
        return [(o.evidence[0], self.exchanges[o.evidence[0]]) for o in answered]


def joined(
    exchanges: Sequence[Exchange], observations: Sequence[Observation], *offers: Capabilities | None
) -> tuple[Observation, ...]:
    """One observation named "keyword" for every keyword of these EHLO replies."""
    heard = Heard(exchanges, observations)
    names = dict.fromkeys(k.keyword for offer in offers if offer is not None for k in offer.keywords)
    found = []
    for name in names:
        verdict, detail, evidence = _judge(name, heard)
        found.append(Observation("keyword", name, verdict, detail, evidence))
    return tuple(found)


def _judge(keyword: str, heard: Heard) -> Learnt:
    if keyword in _JUDGES:
        return _JUDGES[keyword](heard)
    tried = [_fair(one, heard) for one in heard.of("mail-parameter", "rcpt-parameter", subject=keyword)]
    if tried:
        return _worst(tried)
    if keyword in MAIL_BY_KEYWORD or keyword in RCPT_BY_KEYWORD:
        return Verdict.UNTESTED, "not asked", ()
    if extensions.lookup(keyword) is None:
        return Verdict.UNTESTED, "not in the catalogue, so there is nothing to hold it against", ()
    return Verdict.UNTESTED, _UNTESTABLE.get(keyword, "nothing of it can be tried without consequences"), ()


def _fair(one: Observation, heard: Heard) -> Observation:
    """A parameter cannot be blamed for a recipient that is refused without it too."""
    plain = heard.replies("rcpt-postmaster")
    if (
        one.probe == "rcpt-parameter"
        and one.verdict is Verdict.BROKEN
        and plain
        and not 200 <= (plain[0][1].code or 0) < 300
    ):
        return Observation(
            one.probe, one.subject, Verdict.UNTESTED, f"a plain RCPT got {plain[0][1].code}", one.evidence
        )
    return one


def _worst(tried: Sequence[Observation]) -> Learnt:
    """Where a keyword has several parameters, the one that is not kept tells."""
    order = (Verdict.BROKEN, Verdict.ACCEPTED_UNREAD, Verdict.KEPT, Verdict.UNTESTED)
    worst = min(tried, key=lambda one: order.index(one.verdict))
    return worst.verdict, worst.detail, tuple([index for one in tried for index in one.evidence])


def _help(heard: Heard) -> Learnt:
    return _by_reply(heard, ("help",), lambda code: code in (211, 214, 250))


def _vrfy(heard: Heard) -> Learnt:
    return _by_reply(heard, ("vrfy-postmaster",), lambda code: code in (250, 251, 252, 550, 551, 553))


def _expn(heard: Heard) -> Learnt:
    return _by_reply(heard, ("expn-postmaster", "expn-random"), lambda code: code in (250, 252, 550))


def _by_reply(heard: Heard, probes: tuple[str, ...], kept: Callable[[int], bool]) -> Learnt:
    answers = heard.replies(*probes)
    if not answers:
        return Verdict.UNTESTED, "not asked", ()
    index, exchange = answers[0]
    code, verb = exchange.code or 0, exchange.command.verb if exchange.command else ""
    if code == 530:
        return Verdict.UNTESTED, f"530 to {verb}: TLS or a login comes first", (index,)
    return (Verdict.KEPT if kept(code) else Verdict.BROKEN), f"{code} to {verb}", (index,)


def _pipelining(heard: Heard) -> Learnt:
    broken = heard.of("pipelining")
    if broken:
        return Verdict.BROKEN, broken[0].detail, broken[0].evidence
    flights: dict[tuple[int, int], list[int]] = {}
    # A reply too many may be any of those that came together, so none of them tells anything.
    void = {e.connection for e in heard.exchanges if e.failure and e.failure.kind is FailureKind.UNSOLICITED}
    for index, exchange in enumerate(heard.exchanges):
        if exchange.command is not None and exchange.reply is not None and exchange.connection not in void:
            flights.setdefault((exchange.connection, exchange.flight), []).append(index)
    longest = max(flights.values(), key=len, default=[])
    if len(longest) < 2:
        return Verdict.UNTESTED, "no commands were sent together", ()
    return Verdict.KEPT, f"{len(longest)} commands in one flight", (longest[0], longest[-1])


def _starttls(heard: Heard) -> Learnt:
    tries = [(i, e) for i, e in enumerate(heard.exchanges) if e.stage is Stage.STARTTLS and e.command is not None]
    if not tries:
        return Verdict.UNTESTED, "TLS was not asked for", ()
    good = next((i for i, e in tries if e.code == 220 and e.failure is None), None)
    if good is not None:
        return Verdict.KEPT, "the handshake succeeded", (good,)
    index, exchange = tries[0]
    if exchange.failure is not None:
        kind = exchange.failure.kind
        handshake = exchange.failure.stage is Stage.HANDSHAKE
        what = f"the handshake failed: {exchange.failure.detail or kind.meaning}" if handshake else kind.meaning
        return Verdict.BROKEN, what, (index,)
    return Verdict.BROKEN, f"{exchange.code} to STARTTLS", (index,)


def _auth(heard: Heard) -> Learnt:
    tried = heard.of("auth-mechanism")
    started = [o for o in tried if o.verdict is Verdict.KEPT]
    refused = [o for o in tried if o.verdict is Verdict.BROKEN]
    unknown = heard.replies("auth-unknown")
    evidence = tuple([i for o in tried for i in o.evidence] + [i for i, _ in unknown])
    if refused:
        return Verdict.BROKEN, refused[0].detail, evidence
    parts = [f"334 to {', '.join(dict.fromkeys(o.subject for o in started))}"] if started else []
    parts += [f"{unknown[-1][1].code} to others"] if unknown else []
    if started:
        return Verdict.KEPT, ", ".join(parts), evidence
    parameter = heard.of("mail-parameter", subject="AUTH")
    told = ", ".join(parts) or "not asked"
    if parameter and parameter[0].verdict is Verdict.BROKEN:
        return Verdict.BROKEN, parameter[0].detail, parameter[0].evidence
    return Verdict.UNTESTED, f"{told}; profile full starts each mechanism" if unknown else told, evidence


def _enhanced(heard: Heard) -> Learnt:
    owed = [
        (i, e)
        for i, e in enumerate(heard.exchanges)
        if e.reply is not None
        and e.command is not None
        and not e.reply.intermediate
        and e.command.verb not in _BARE_BY_RIGHT
        and e.stage in (Stage.CLEAR, Stage.TLS)
        and e.reply.code is not None
    ]
    bare = [(i, e) for i, e in owed if e.reply is not None and e.reply.enhanced is None]
    if not owed:
        return Verdict.UNTESTED, "no reply owed one", ()
    if not bare:
        return Verdict.KEPT, "on every reply that owes one", ()
    if len(bare) == len(owed):
        return Verdict.BROKEN, "no reply carries one", tuple([i for i, _ in bare[:8]])
    codes = ", ".join(dict.fromkeys(f"{e.code} to {e.command.verb}" for _, e in bare[:3] if e.command))
    detail = f"missing on {len(bare)} of {len(owed)} replies ({codes})"
    # Postfix's 500 to ETRN and OpenSMTPD's 503 to RCPT are slips of servers that keep the promise else.
    return (Verdict.KEPT if len(bare) < len(owed) / 10 else Verdict.BROKEN), detail, tuple([i for i, _ in bare[:8]])


_JUDGES: dict[str, Callable[[Heard], Learnt]] = {
    "HELP": _help,
    "VRFY": _vrfy,
    "EXPN": _expn,
    "PIPELINING": _pipelining,
    "STARTTLS": _starttls,
    "AUTH": _auth,
    "AUTH=": _auth,
    "ENHANCEDSTATUSCODES": _enhanced,
}
