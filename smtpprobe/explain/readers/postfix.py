"""Reads Postfix's log: what its clients say of deliveries, and its servers of what they refuse. Never explains it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, structs

from smtpprobe import redaction
from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.logged import Attempts, Said, given, said, shown
from smtpprobe.explain.readers.prefix import parted, time_of
from smtpprobe.outcome import Reason, State

# Four lines of five in a busy log: a client or a mail comes and goes.
_DULL = re.compile(
    r"/[a-z]{1,16}\[[0-9]{1,10}\]: (?:(?:dis)?connect from |(?:DIS)?CONNECT |PASS (?:OLD|NEW) |"
    r"(?:Anonymous|Untrusted|Trusted|Verified) TLS connection |"
    r"[0-9A-Za-z]{5,20}: (?:client=|message-id=|from=<[^>]{0,320}>, size=|removed\Z))"
)
# log_adhoc() in log_adhoc.c; newer versions may tell of TLS between delays= and dsn=.
_DELIVERY = re.compile(
    r"to=<(?P<recipient>[^>]{0,320})>, (?:orig_to=<[^>]{0,320}>, )?relay=(?P<relay>[^,\s]{1,320}), "
    r"(?:[a-z_]{1,20}=[^,\s]{0,200}, ){0,9}dsn=(?P<dsn>[0-9.]{5,11}), status=(?P<status>[A-Za-z_-]{2,40}) \("
)
_STATES = {
    "sent": State.ACCEPTED,
    "deliverable": State.ACCEPTED,
    "deferred": State.DEFERRED,
    "SOFTBOUNCE": State.DEFERRED,
}
# qmgr_active.c
_RETURNED = re.compile(r"from=<(?P<sender>[^>]{0,320})>, status=(?P<text>(?:force-)?expired, returned to sender)")

# The words of the smtp client around a server's reply: smtp_proto.c, smtp_sasl_glue.c.
_REPLIED = re.compile(
    r"(?P<who>host|TLS is required, but host|SASL (?:\[CACHED\] )?authentication failed; server) "
    r"(?P<name>[^\s\[]{0,255})\[(?P<address>[^\]\s]{1,255})\](?::[0-9]{1,5})? "
    r"(?P<how>said|refused to talk to me|refused to start TLS): "
)
_IN_REPLY_TO = re.compile(r" \(in reply to (?:end of )?(?P<verb>[A-Z]{4,8})\b")
# Its own words where there is no reply: smtp_connect.c, smtp_trouble.c, smtp_addr.c, tls_verify.c.
_UNANSWERED = re.compile(
    r"connect to \S{1,320}: |lost connection with \S{1,320} while |conversation with \S{1,320} timed out while |"
    r"Host or domain name not found\. |mail for \S{1,255} loops back to |host \S{1,320} greeted me with my own |"
    r"Cannot start TLS: |TLS is required, but |Server certificate not |SASL (?:\[CACHED\] )?authentication failed|"
    r"SMTPUTF8 is required, but |(?:server |client )?certificate verification failed for "
)
_TALKED_TO = re.compile(
    r"(?:connect to|connection with|conversation with|host|server|failed for) "
    r"(?P<name>[^\s\[]{0,255})\[(?P<address>[^\]\s]{1,255})\]|Name service error for name=(?P<domain>\S{1,255})"
)
_WHILE = {
    "receiving the initial server greeting": "greeting",
    "receiving the STARTTLS response": "STARTTLS",
    "performing the EHLO handshake": "EHLO",
    "performing the HELO handshake": "HELO",
    "performing the LHLO handshake": "LHLO",
    "sending MAIL FROM": "MAIL",
    "sending RCPT TO": "RCPT",
    "sending DATA command": "DATA",
    "sending message body": "DATA",
    "sending end of data -- message may be sent more than once": "DATA",
}
_SUSPENDED = "delivery temporarily suspended: "

# What the SASL library says before the server or the client tells of the failure.
_SASL_LIBRARY = "SASL authentication failure: "

# The services of master.cf; syslog_name puts any name and a slash in front of them.
_PROGRAM = re.compile(
    r"postfix|[\w./+-]{1,64}/(?:anvil|bounce|cleanup|discard|dnsblog|error|flush|lmtp|local|master|oqmgr|pickup|pipe|"
    r"postdrop|postqueue|postscreen|proxymap|qmgr|qmqpd|scache|sendmail|showq|smtpd?|spawn|tlsmgr|tlsproxy|"
    r"trivial-rewrite|verify|virtual)\Z"
)
_QUEUE_ID = re.compile(r"(?:NOQUEUE|(?=[A-Za-z]{0,19}[0-9])[0-9A-Za-z]{5,20}): ")
_SEVERITY = re.compile(r"(?P<severity>warning|error|fatal|panic): ")

# log_whatsup() in smtpd.c, psc_smtpd_reply in postscreen_smtpd.c, cleanup_milter.c
_REFUSED = re.compile(
    r"(?:milter-|proxy-)?(?P<action>reject_warning|reject|discard|hold): (?P<stage>[A-Z-]{4,20})(?: from \S{1,400})?: "
)
# cleanup_message.c
_CHECKED = re.compile(r"(?P<action>reject|discard|hold): (?P<part>(?:mime-|nested-)?(?:header|body)|mime-error) ")
_ENVELOPE = re.compile(
    r"; (?=from=<|to=<|proto=[A-Z]|helo=<)(?:from=<(?P<sender>[^>]{0,320})>,? ?)?(?:to=<(?P<recipient>[^>]{0,320})>)?"
)
_STAGES = {"CONNECT": "greeting", "END-OF-MESSAGE": "DATA", "UNKNOWN": None}
_OUTCOMES = {"discard": State.FAILED, "hold": State.DEFERRED}
_CLASSES = {"2": State.ACCEPTED, "4": State.DEFERRED, "5": State.FAILED}


class Told(Struct, frozen=True):
    """What Postfix gives as the reason of a delivery's end: a reply of ``host`` to ``command``, or words of its own."""

    said: Said
    command: str | None = None
    host: str = ""


class _Notice(Struct, frozen=True):
    """A line without a reply in it.

    In its pattern ``verb`` is the command that came before; ``sent`` is what a client sent out of turn, to the end;
    ``server`` is the host that this one talked to.
    """

    pattern: re.Pattern[str]
    reason: Reason | None
    command: str | None = None


def _notice(pattern: str, reason: Reason | None, command: str | None = None) -> _Notice:
    return _Notice(re.compile(rf"\A(?:{pattern})", re.DOTALL), reason, command)


_VERB = r"(?P<verb>[A-Z-]{3,20})"
_NOTICES = (
    # smtpd.c
    _notice(rf"(?:lost connection|timeout) after {_VERB}(?: \([0-9]{{1,20}} bytes\))? from ", Reason.NETWORKERROR),
    _notice(r"Illegal address syntax from \S{1,400} in (?P<verb>[A-Z]{4,8}) command: ", Reason.SYNTAXERROR),
    _notice(r"unknown DSN [A-Z]{3,8} command value ", Reason.SYNTAXERROR, "RCPT"),
    _notice(r"reject: ETRN \S{1,120} from ", Reason.POLICYVIOLATION, "ETRN"),
    _notice(rf"too many errors after {_VERB}(?: \([0-9]{{1,20}} bytes\))? from ", None),
    _notice(rf"improper command pipelining after {_VERB} from \S{{1,400}}: (?P<sent>.*)", Reason.SYNTAXERROR),
    _notice(r"non-SMTP command from \S{1,400}: (?P<sent>.*)", Reason.SYNTAXERROR),
    _notice(r"hostname \S{1,255} does not resolve to address ", Reason.REQUIREPTR),
    _notice(r"\S{1,400}: SASL \S{1,100} authentication (?:failed|aborted)", Reason.SECURITYERROR, "AUTH"),
    # postscreen.c, postscreen_smtpd.c, dnsblog.c
    _notice(r"PREGREET [0-9]{1,9} after \S{1,20} from \S{1,100}: (?P<sent>.*)", Reason.BLOCKED, "greeting"),
    _notice(r"(?:DENY|BLACK)LISTED \[", Reason.BLOCKED),
    _notice(r"DNSBL rank -?[0-9]{1,9} for ", Reason.BADREPUTATION),
    _notice(r"HANGUP after \S{1,20} from ", Reason.NETWORKERROR),
    _notice(rf"COMMAND TIME LIMIT from \S{{1,100}} after {_VERB}", Reason.NETWORKERROR),
    _notice(rf"COMMAND (?:COUNT|LENGTH) LIMIT from \S{{1,100}} after {_VERB}", Reason.SYNTAXERROR),
    _notice(rf"COMMAND PIPELINING from \S{{1,100}} after {_VERB}: (?P<sent>.*)", Reason.SYNTAXERROR),
    _notice(rf"NON-SMTP COMMAND from \S{{1,100}} after {_VERB}: (?P<sent>.*)", Reason.SYNTAXERROR),
    _notice(r"BARE NEWLINE from |(?:DATA|BDAT) without valid RCPT from ", Reason.SYNTAXERROR),
    _notice(r"reject: connect from \S{1,100}: all screening ports busy", Reason.TOOMANYCONN),
    # What a list answers to a query that it does not serve is no listing.
    _notice(r"addr \S{1,45} listed by domain \S{1,255} as 127\.255\.255\.", Reason.SYSTEMERROR),
    # tls_server.c, tls_client.c, tlsproxy.c
    _notice(
        r"SSL_connect error to (?P<server>[^\s\[]{1,255})\[|SSL_accept error from |TLS handshake failed for ",
        Reason.FAILEDSTARTTLS,
    ),
)
# What makes more of a warning than its own words.
_TROUBLES = (
    _notice(r"Connection concurrency limit exceeded: ", Reason.TOOMANYCONN),
    _notice(r"[A-Za-z ]{1,60} rate limit exceeded: ", Reason.SPEEDING),
    _notice(r"[0-9A-Za-z]{5,20}: queue file size limit exceeded", Reason.MESGTOOBIG),
    _notice(r"(?:[a-z]{2,10} map )?/\S{1,300}, line [0-9]{1,9}: ", Reason.SYSTEMERROR),
    _notice(r"not enough free space in mail queue: |[^:]{1,300}: No space left on device", Reason.SYSTEMFULL),
    # The parts of Postfix, and its helpers, among themselves
    _notice(r"connect to (?:Milter service|transport|private/|public/)|milter \S{1,300}: ", Reason.SYSTEMERROR),
    _notice(r"\S{1,300} is unavailable\. |\S{1,300}(?: table)? lookup (?:error|problem)", Reason.SYSTEMERROR),
    _notice(
        r"problem talking to |process \S{1,300} pid [0-9]{1,10} |\S{1,300}: bad command startup", Reason.SYSTEMERROR
    ),
)


def told(reason: str) -> Told:
    """The words in parentheses behind status= and in postqueue's listing."""
    reason = reason.removeprefix(_SUSPENDED)
    found = _REPLIED.match(reason)
    if found is None:
        return _own_words(reason)
    reply, command = reason[found.end() :], None
    cut = reply.rfind(" (in reply to ")
    if cut >= 0:
        asked = _IN_REPLY_TO.match(reply, cut)
        reply, command = reply[:cut], asked["verb"] if asked else None
    elif found["who"].startswith("SASL"):
        command = "AUTH"
    elif found["how"] != "said":
        command = "STARTTLS" if found["how"] == "refused to start TLS" else "greeting"
    return Told(said(reply), command, _name(found))


def _own_words(reason: str) -> Told:
    found = _TALKED_TO.search(reason)
    host = (found["domain"] or _name(found)) if found else ""
    return Told(said(reason), _WHILE.get(reason.rpartition(" while ")[2]), host)


def _name(found: re.Match[str]) -> str:
    name = found["name"]
    return found["address"] if name in {"", "unknown"} else str(name)


class PostfixReader:
    """One event for each recipient of a delivery and each refusal; one for a warning or a failure of Postfix itself."""

    def __init__(self) -> None:
        self._attempts = Attempts()

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        if _DULL.search(line):
            return ()
        at = line.find("to=<")
        delivery = _DELIVERY.match(line, at) if at >= 0 else None
        if delivery is None:
            found = _other(line, number)
            return self._attempts.joined(found) if found else found
        # The journal's JSON has the same line inside; it is unwrapped before it is read.
        if line.startswith("{"):
            return None
        events = (_delivery(delivery, line, number),)
        return self._attempts.joined(events) if self._attempts.waiting else events

    def end(self) -> Sequence[Event]:
        return self._attempts.end()


def _delivery(found: re.Match[str], line: str, number: int) -> Event:
    recipient, relay, dsn, status = found.groups()
    reason = line[found.end() :].removesuffix(")")
    answer = Told(said(reason)) if status == "sent" else told(reason)
    reply = answer.said
    return Event(
        "postfix",
        reply.text,
        reply.code,
        reply.enhanced or dsn,
        answer.command,
        answer.host or _relay(relay),
        recipient,
        "",
        time_of(line),
        _STATES.get(status, State.FAILED),
        None,
        number,
        given(line),
    )


def _relay(relay: str) -> str:
    """The name in relay=name[address]:port; "" for none and for what is no host (local, virtual, a pipe's service)."""
    name, bracket, rest = relay.partition("[")
    return (name or rest.partition("]")[0]) if bracket else ""


def _other(line: str, number: int) -> Sequence[Event] | None:
    """A line that does not tell of a delivery. Without a prefix it is taken where its words could be nobody else's."""
    prefix = parted(line)
    program, words = prefix.program, prefix.rest
    if program:
        if not _PROGRAM.match(program):
            return None
    elif prefix.time:
        return None
    event = _event(words, line, bool(program))
    if event is None:
        return () if program else None
    return (structs.replace(event, time=prefix.time, line=number, given=event.given or given(line)),)


def _event(words: str, line: str, named: bool) -> Event | None:
    """``named``: the line says that Postfix wrote it."""
    queued = _QUEUE_ID.match(words)
    if queued is not None:
        return _of_a_mail(words[queued.end() :])
    severity = _SEVERITY.match(words)
    if severity is None:
        return _of_a_mail(words) or _noticed(words, line, _NOTICES)
    words = words[severity.end() :]
    if words.startswith(_SASL_LIBRARY):
        return None
    event = _of_a_mail(words) or _noticed(words, line, _NOTICES)
    if event is not None or not named:
        return event
    # Of itself, or of what it depends on.
    reason = None if severity["severity"] == "warning" else Reason.SYSTEMERROR
    return _noticed(words, line, _TROUBLES) or Event("postfix", shown(words[:TEXT_LIMIT]), reason=reason)


def _of_a_mail(words: str) -> Event | None:
    if words.startswith("("):
        words = words[1:].removesuffix(")")
    if found := _REFUSED.match(words):
        return _refusal(found, words[found.end() :])
    if found := _CHECKED.match(words):
        return _content_check(found, words)
    if found := _RETURNED.match(words):
        return Event("postfix", found["text"], sender=found["sender"], state=State.FAILED, reason=Reason.EXPIRED)
    if _REPLIED.match(words) or _UNANSWERED.match(words):
        # One try of perhaps many: what became of the mail stands in a line of its own.
        answer = told(words)
        return Event("postfix", answer.said.text, answer.said.code, answer.said.enhanced, answer.command, answer.host)
    return None


def _refusal(found: re.Match[str], rest: str) -> Event:
    """What a server said to its client."""
    text, sender, recipient = _enveloped(rest)
    reply = said(text)
    action, stage = found["action"], found["stage"]
    kind = str(reply.code or reply.enhanced or "")[:1] if action == "reject" else ""
    return Event(
        "postfix",
        reply.text,
        reply.code,
        reply.enhanced,
        _STAGES.get(stage, stage),
        recipient=recipient,
        sender=sender,
        state=_OUTCOMES.get(action) or _CLASSES.get(kind, State.UNKNOWN),
        reason=Reason.FILTERED if action == "discard" else None,
    )


def _content_check(found: re.Match[str], words: str) -> Event:
    """header_checks and body_checks: the rule's own text comes last, if it has one."""
    matched, sender, recipient = _enveloped(words)
    text = words[len(matched) :].partition(">: ")[2]
    reply = said(text or matched)
    reason = Reason.CONTENTERROR if found["part"] == "mime-error" else Reason.POLICYVIOLATION
    return Event(
        "postfix",
        reply.text,
        reply.code,
        reply.enhanced,
        "DATA",
        recipient=recipient,
        sender=sender,
        state=_OUTCOMES.get(found["action"], State.FAILED),
        reason=None if text else reason,
    )


def _enveloped(words: str) -> tuple[str, str, str]:
    """The words, and behind them the sender and the recipient ("" where there is none)."""
    found = _ENVELOPE.search(words)
    if found is None:
        return words, "", ""
    return words[: found.start()], found["sender"] or "", found["recipient"] or ""


def _noticed(words: str, line: str, notices: Sequence[_Notice]) -> Event | None:
    for notice in notices:
        found = notice.pattern.match(words)
        if found is None:
            continue
        told_beside = found.groupdict("")
        verb, sent = told_beside.get("verb", ""), told_beside.get("sent", "")
        if sent and "AUTH" in f"{verb} {sent}".upper():
            words, line = (f"{whole.removesuffix(sent)}{redaction.REDACTED}" for whole in (words, line))
        return Event(
            "postfix",
            words[:TEXT_LIMIT],
            command=_STAGES.get(verb, verb) if verb else notice.command,
            host=told_beside.get("server", ""),
            reason=notice.reason,
            given=line[:GIVEN_LIMIT],
        )
    return None
