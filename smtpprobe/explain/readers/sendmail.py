"""Reads Sendmail's log: deliveries, refusals by ruleset and milter, and what it complains of. Never explains it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, structs

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import TEXT_LIMIT
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, Attempts, Said, Table, given, said, shown
from smtpprobe.explain.readers.prefix import parted
from smtpprobe.outcome import Reason, State

SENDERS_LIMIT = 1_000
RECIPIENTS_LIMIT = 50

_PROGRAM = re.compile(r"sendmail|sm-")
_QUEUE_ID = re.compile(r"(?P<id>NOQUEUE|(?=[A-Za-z]{0,19}[0-9])[0-9A-Za-z]{8,20}): ")

# logsender() in headers.c
_ARRIVAL = re.compile(r"from=<?(?P<sender>[^<>,]{0,320})>?, (?:size|class)=")
# logdelivery() in deliver.c
_AFTER_RECIPIENTS = re.compile(r", (?:ctladdr|delay|mailer|pri|relay|dsn|stat)=")
_MORE = " [more]"
_DSN = re.compile(r", dsn=(?P<dsn>[245]\.[0-9]{1,3}\.[0-9]{1,3})")
_RELAY = re.compile(r", relay=(?P<name>[^,\s\[]{0,255})(?: ?\[(?P<address>[^\]\s]{1,100})\])?")
_STAGE = re.compile(r", stage=(?P<stage>[A-Z0-9]{2,10})")
_QUARANTINE = re.compile(r", quarantine=(?P<why>[^,]{1,200})")
_SENT = re.compile(r"\ASent(?: \((?P<text>.*)\))?\Z", re.DOTALL)
_WAITING = ("Deferred", "quarantined")
_NO_DELIVERY = frozenset({"queued", "aborted by sender"})
_ANGLE = re.compile(r"<([^<>]{1,320})>")
_NAMED = re.compile(
    r"(?:refused by|timed out with|reset by|lookup failure:|from) "
    r"(?:(?P<name>[\w-]{1,63}\.[\w.-]{1,190}?)\.?|\[(?P<address>[0-9A-Fa-f:.]{2,45})\])\Z"
)

# rscheck() in parseaddr.c, milter.c, srvrsmtp.c
_REFUSED = re.compile(
    r", (?:reject(?:=(?P<reply>.*))?|(?P<silent>discard|tempfail)|quarantine=(?P<why>.*))\Z", re.DOTALL
)
_RULESET = re.compile(r"ruleset=(?P<stage>[\w-]{1,40})(?:, arg1=<?(?P<argument>[^<>,]{0,320})>?)?")
_MILTER = re.compile(
    r"(?:Milter: |milter=[^,\s]{1,60}(?:, action=|(?=, )))(?P<stage>[a-z]{2,10})?(?:=<?(?P<argument>[^<>,\s]{0,320}))?"
)
_COMMANDS = {
    "greeting": ("startup", "check_relay", "connect", "greet"),
    "EHLO": ("helo", "ehlo"),
    "STARTTLS": ("tls_server", "tls_client", "try_tls", "starttls"),
    "AUTH": ("trust_auth", "auth"),
    "MAIL": ("check_mail", "from", "mail"),
    "RCPT": ("check_rcpt", "check_compat", "tls_rcpt", "to", "rcpt"),
    "DATA": ("check_data", "check_eoh", "check_eom", "cmd", "data", "data2", "header", "eoh", "body", "eom"),
    "VRFY": ("check_vrfy", "vrfy"),
    "EXPN": ("check_expn", "expn"),
    "ETRN": ("check_etrn", "etrn"),
}
_STAGES = {stage: command for command, stages in _COMMANDS.items() for stage in stages}
# Rulesets that judge the server that this one connects to.
_OUTGOING = frozenset({"tls_server", "try_tls", "tls_rcpt"})

# returntosender() in savemail.c, where its text is no repetition of what the delivery said
_RETURNED = re.compile(
    r"[0-9A-Za-z]{8,20}: (?P<how>DSN|return to sender|sender notify|postmaster notify): "
    r"(?P<text>(?:Cannot send message|Warning: could not send) .*)"
)
_PROTOCOL_ERROR = re.compile(r"(?P<host>\S{1,255}): SMTP (?P<verb>MAIL|RCPT|DATA)(?:-[0-9])? protocol error: ")
_REFUSED_ADDRESS = re.compile(r"<(?P<address>[^<>]{1,320})>\.\.\. (?P<text>.*)", re.DOTALL)


class _Notice(Struct, frozen=True):
    """A line without a reply in it. ``verb`` in its pattern is the command that came before."""

    pattern: re.Pattern[str]
    reason: Reason | None
    command: str | None = None


def _notice(pattern: str, reason: Reason | None, command: str | None = None) -> _Notice:
    return _Notice(re.compile(rf"\A(?:{pattern})"), reason, command)


# What stands in the words of these is nobody else's.
_SESSIONS = (
    _notice(r"lost input channel from .{1,300} to \S{1,60} after (?P<verb>[a-z]{3,10})", Reason.NETWORKERROR),
    _notice(r"timeout waiting for input from .{1,300} during server cmd read", Reason.NETWORKERROR),
    _notice(r"rejecting commands from .{1,300} due to pre-greeting traffic", Reason.BLOCKED, "greeting"),
    _notice(r"rejecting server (?P<verb>EHLO|HELO) from .{1,300} due to traffic before response", Reason.SYNTAXERROR),
    _notice(r".{1,300}: possible SMTP attack: command=(?P<verb>[A-Z]{4,10})", Reason.BLOCKED),
    _notice(r".{1,300}: Possible SMTP RCPT flood, ", Reason.SPEEDING, "RCPT"),
    _notice(r".{1,300}: probable open proxy: command=", Reason.SYNTAXERROR),
    _notice(r"invalid domain name \(.{0,300}\) from ", Reason.SYNTAXERROR, "EHLO"),
)
_TROUBLES = (
    _notice(r"collect: (?:premature EOM|unexpected close|read timeout|I/O error)", Reason.NETWORKERROR, "DATA"),
    _notice(r"message size \([0-9]{1,20}\) exceeds maximum ", Reason.MESGTOOBIG, "DATA"),
    _notice(r"headers too large |header overflow from ", Reason.MESGTOOBIG, "DATA"),
    _notice(r"\S{1,100} parameter unrecognized\Z", Reason.SYNTAXERROR),
    _notice(r"AUTH failure \(|AUTH=client, relay=.{1,200}, authinfo ", Reason.SECURITYERROR, "AUTH"),
    _notice(r"AUTH=client, available mechanisms=", Reason.SECURITYERROR, "AUTH"),
    _notice(r"STARTTLS=(?:client|server), error: (?:connect|accept) failed", Reason.FAILEDSTARTTLS, "STARTTLS"),
    _notice(r"STARTTLS=client, relay=.{1,200}, warning=DANE", Reason.FAILEDSTARTTLS, "STARTTLS"),
    _notice(r"STARTTLS=[a-z]{1,10}(?:, error: |: file \S{1,200} unsafe: )", Reason.SYSTEMERROR, "STARTTLS"),
    # A certificate that does not hold; what comes of it is for tls_server to say.
    _notice(r"STARTTLS=client, relay=.{1,200}, verify=(?:DANE_)?FAIL\b", Reason.SECURITYERROR, "STARTTLS"),
    _notice(r"Milter: connect: host=|tcpwrappers \(", Reason.BLOCKED, "greeting"),
    _notice(r"Milter \([^)]{1,60}\): (?:error|open \S{1,200} failed|timeout|to error|init failed)", Reason.SYSTEMERROR),
    _notice(r"(?:rejecting|deferring|delaying) connections on daemon ", Reason.TOOMANYCONN, "greeting"),
    _notice(r"rejecting new messages: min free|low on space ", Reason.SYSTEMFULL),
    _notice(r"SYSERR\([^)]{1,60}\): .{1,400} loops back to me", Reason.NETWORKERROR),
    _notice(r"SYSERR\([^)]{1,60}\): |Losing ", Reason.SYSTEMERROR),
    _notice(r"discarded\Z", Reason.FILTERED),
)


class SendmailReader:
    """One event for each recipient of a delivery, refusal and complaint. Senders are learnt from the arrivals."""

    def __init__(self) -> None:
        self._senders: Table[str] = Table(SENDERS_LIMIT)
        self._attempts = Attempts()

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        prefix = parted(line)
        named = bool(prefix.program)
        if (named and not _PROGRAM.match(prefix.program)) or (not named and prefix.time):
            return None
        queued = _QUEUE_ID.match(prefix.rest)
        words = prefix.rest[queued.end() :] if queued else prefix.rest
        message = queued["id"] if queued else ""
        if arrival := _ARRIVAL.match(words) if queued else None:
            self._senders.put(message, arrival["sender"])
            return ()
        events = _events(words, named, self._senders.get(message) or "")
        if not events:
            return () if named else None
        shown_line = given(line)
        return self._attempts.joined(
            [structs.replace(event, time=prefix.time, line=number, given=shown_line) for event in events]
        )

    def end(self) -> Sequence[Event]:
        return self._attempts.end()


def _events(words: str, named: bool, sender: str) -> Sequence[Event]:
    """``named``: the line says that Sendmail wrote it. Otherwise only what nobody else writes is taken."""
    if words.startswith("to="):
        return _deliveries(words, sender)
    event = _refusal(words) or _return(words, sender) or _notified(words, _SESSIONS)
    if event is None and named:
        event = _complaint(words) or _notified(words, _TROUBLES)
    return (event,) if event else ()


def _deliveries(words: str, sender: str) -> Sequence[Event]:
    """logdelivery(): to=, the other fields, reply= where the server gave one, stat= to the end of the line."""
    after = _AFTER_RECIPIENTS.search(words)
    if after is None or ", delay=" not in words:
        return ()
    rest = words[after.start() :]
    fields, _, status = rest.partition(", stat=")
    fields, _, reply = fields.partition(", reply=")
    if status in _NO_DELIVERY or not (status or reply):
        return ()
    dsn, stage = _DSN.search(fields), _STAGE.search(fields)
    answer = said(reply) if reply else _own_words(status, fields)
    event = Event(
        "sendmail",
        answer.text,
        answer.code,
        answer.enhanced or (dsn["dsn"] if dsn else None),
        _STAGES.get(stage["stage"].lower()) if stage else None,
        _relay(fields) or _host_in(answer.text),
        sender=sender,
        state=_state(status, dsn["dsn"] if dsn else ""),
    )
    return [structs.replace(event, recipient=address) for address in _addresses(words[3 : after.start()])]


def _own_words(status: str, fields: str) -> Said:
    """The text of stat=, which is Sendmail's own phrase, or holds the reply behind it."""
    sent = _SENT.match(status)
    if sent is not None:
        return said(sent["text"] or "Sent")
    if status == "quarantined" and (quarantine := _QUARANTINE.search(fields)):
        return said(f"quarantined: {quarantine['why']}")
    return said(status.removeprefix("Deferred: "))


def _state(status: str, dsn: str) -> State:
    if status.startswith(_WAITING) or dsn.startswith("4"):
        return State.DEFERRED
    return State.ACCEPTED if _SENT.match(status) or dsn.startswith("2") else State.FAILED


def _addresses(text: str) -> list[str]:
    text = text.removesuffix(_MORE)
    addresses = _ANGLE.findall(text) or [address.strip() for address in text.split(",", RECIPIENTS_LIMIT)]
    return [address[:ADDRESS_LIMIT] for address in addresses[:RECIPIENTS_LIMIT] if address]


def _relay(fields: str) -> str:
    """The server's name without its final dot; "" for what is none (relay=local)."""
    found = _RELAY.search(fields)
    if found is None:
        return ""
    name = found["name"].rstrip(".")
    return name if "." in name or (name and found["address"]) else found["address"] or ""


def _host_in(text: str) -> str:
    found = _NAMED.search(text)
    return (found["name"] or found["address"]) if found else ""


def _refusal(words: str) -> Event | None:
    """A client refused by a ruleset or a milter; or a server, for its TLS."""
    found = _RULESET.match(words) or _MILTER.match(words)
    refused = _REFUSED.search(words, found.end()) if found else None
    if found is None or refused is None:
        return None
    reply = said(refused["reply"] or refused["why"] or refused.group().lstrip(", "))
    stage, argument = found["stage"], found["argument"] or ""
    command = _STAGES.get(stage or "eom")
    waits = State.DEFERRED if refused["why"] or refused["silent"] == "tempfail" else State.FAILED
    outgoing = stage in _OUTGOING
    return Event(
        "sendmail",
        reply.text,
        reply.code,
        reply.enhanced,
        command,
        _relay(words) if outgoing else "",
        argument if command == "RCPT" else "",
        argument if command == "MAIL" else "",
        # What became of the mail for a server stands in a line of its own.
        state=State.UNKNOWN if outgoing else reply.state if refused["reply"] else waits,
        reason=Reason.FILTERED if refused["silent"] == "discard" else Reason.FAILEDSTARTTLS if outgoing else None,
    )


def _return(words: str, sender: str) -> Event | None:
    """The making of a bounce, or of a warning that a mail still waits."""
    found = _RETURNED.match(words)
    if found is None:
        return None
    reply = said(found["text"])
    state = State.DEFERRED if found["how"] == "sender notify" else State.FAILED
    return Event("sendmail", reply.text, reply.code, reply.enhanced, sender=sender, state=state)


def _complaint(words: str) -> Event | None:
    """What Sendmail says of a server that breaks the protocol, and of an address that it refuses itself."""
    if found := _PROTOCOL_ERROR.match(words):
        reply = said(words[found.end() :])
        return Event("sendmail", reply.text, reply.code, reply.enhanced, found["verb"], found["host"].rstrip("."))
    if found := _REFUSED_ADDRESS.match(words):
        reply = said(found["text"])
        return Event(
            "sendmail",
            reply.text,
            reply.code,
            reply.enhanced,
            "RCPT",
            recipient=found["address"],
            state=State.FAILED,
        )
    return None


def _notified(words: str, notices: Sequence[_Notice]) -> Event | None:
    for notice in notices:
        if found := notice.pattern.match(words):
            verb = found.groupdict("").get("verb", "")
            command = _STAGES.get(verb.lower(), verb.upper()) if verb else notice.command
            host = _relay(words) if "=client, " in words[:20] else ""
            return Event("sendmail", shown(words[:TEXT_LIMIT]), command=command, host=host, reason=notice.reason)
    return None
