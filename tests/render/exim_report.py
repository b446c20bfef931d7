"""A report of a run against an Exim-like server, built by hand: two connections, TLS, notes, findings."""

from __future__ import annotations

from smtpprobe.catalogue.entries import ExtensionEntry
from smtpprobe.model import (
    Capabilities,
    Certificate,
    Command,
    Connection,
    DialectNote,
    EnhancedNote,
    Exchange,
    Finding,
    Keyword,
    Note,
    Observation,
    Reply,
    Report,
    Route,
    Software,
    Target,
    TlsFacts,
    Transcript,
)
from smtpprobe.outcome import (
    ClosedBy,
    Defect,
    Outcome,
    Reason,
    Retry,
    Severity,
    Stage,
    Verdict,
    Who,
)

MS = 1_000_000

_CLASSES = {
    2: "positive completion",
    3: "positive intermediate",
    4: "transient negative",
    5: "permanent negative",
}


def note(
    code: int,
    name: str,
    meaning: str,
    *advice: str,
    enhanced: EnhancedNote | None = None,
    dialect: DialectNote | None = None,
    who: Who = Who.NOBODY,
) -> Note:
    """A note with plausible filling."""
    return Note(
        code=str(code),
        name=name,
        class_=_CLASSES[code // 100],
        meaning=meaning,
        when="In answer to a command.",
        fix="" if code < 400 else "Change the command.",
        advice=advice,
        retry=Retry.NO if code >= 500 else Retry.LATER,
        who=who,
        enhanced=enhanced,
        dialect=dialect,
        references=("RFC 5321 4.2.3",),
    )


OK = note(250, "Requested action done", "The command was carried out.")
READY = note(220, "Service ready", "The server is ready. The greeting names its software and version (Exim 4.96).")
EXTENSIONS = note(250, "Requested action done", "The server lists the extensions that it offers in this state.")
HELP = note(214, "Help message", "The normal answer to HELP. Nothing to fix.")
CANNOT_VERIFY = note(252, "Cannot verify, will try", "It neither confirms nor denies that the user exists.")
NO_MECHANISM = note(
    504,
    "Parameter not implemented",
    "It knows AUTH, but not this mechanism. The same mechanism will be refused every time.",
    "It offers PLAIN and LOGIN. Set the sender to PLAIN; every other mechanism will get 504 here.",
    dialect=DialectNote("Exim", "No authenticator with this name is configured.", "", Reason.SECURITYERROR),
    enhanced=EnhancedNote("5.5.4", "Invalid command arguments", "An argument is wrong.", "RFC 3463 3.6"),
    who=Who.SENDER,
)
BAD_ARGUMENT = note(
    501,
    "Syntax error in parameters or arguments",
    "The verb is known; something after it is not. Nothing was changed.",
    who=Who.SENDER,
)
UNKNOWN_PARAMETER = note(
    555,
    "MAIL or RCPT parameters not recognised",
    "A parameter was used that this server did not promise in its EHLO reply.",
    "Send only parameters whose keyword stands in the EHLO reply.",
    who=Who.SENDER,
)
TOO_BIG = note(552, "Message too big", "The size that was declared is above the server's limit.", who=Who.SENDER)
UNKNOWN_VERB = note(500, "Command unrecognised", "It does not know this verb.", who=Who.SENDER)
GO_AHEAD = note(220, "Ready to start TLS", "The next octets must be a TLS handshake.")
CLOSING = note(221, "Service closing", "The normal answer to QUIT.")
LATER = note(
    421,
    "Service not available, closing the connection",
    "It cannot serve this connection now. The state is temporary.",
    "It takes one connection at a time from this address.",
    who=Who.SERVER,
)

_ENTRIES = {
    keyword: ExtensionEntry(
        keyword=keyword,
        name=keyword.title(),
        purpose=purpose,
        meaning=f"{purpose}.",
        advice="",
        arguments="",
        verbs=(),
        mail_parameters=(),
        rcpt_parameters=(),
        status="registered",
        references=(reference,),
    )
    for keyword, purpose, reference in (
        ("SIZE", "declare and limit message size", "RFC 1870"),
        ("8BITMIME", "bodies with octets above 127", "RFC 6152"),
        ("VRFY", "ask whether a user exists", "RFC 5321 4.1.1.6"),
        ("PIPELINING", "several commands a round trip", "RFC 2920"),
        ("AUTH", "log in", "RFC 4954"),
        ("CHUNKING", "send a message in pieces", "RFC 3030"),
        ("STARTTLS", "switch the connection to TLS", "RFC 3207"),
        ("HELP", "help texts", "RFC 5321 4.1.1.8"),
    )
}


def lookup(keyword: str) -> ExtensionEntry | None:
    """Stands in for the catalogue, so that its prose may change without changing the golden files."""
    return _ENTRIES.get(keyword)


class _Recorder:
    """Writes exchanges one after the other, 12 ms each."""

    def __init__(self) -> None:
        self.now = 12 * MS
        self.exchanges: list[Exchange] = []
        self.notes: list[Note | None] = []
        self._flights: dict[int, int] = {}

    def say(
        self,
        connection: int,
        stage: Stage,
        command: str | None,
        reply: str,
        meaning: Note | None,
        *,
        took: int = 12,
        probe: str | None = None,
        subject: str = "",
        defects: tuple[Defect, ...] = (),
    ) -> None:
        sent, self.now = self.now, self.now + took * MS
        lines = reply.split("\n")
        code = int(lines[0][:3])
        texts = tuple(line[4:].encode() for line in lines)
        enhanced = texts[0].split(b" ")[0].decode() if texts[0][1:2] == b"." else None
        raw = "".join(f"{line}\r\n" for line in lines).encode()
        self._flights[connection] = self._flights.get(connection, -1) + 1
        self.exchanges.append(
            Exchange(
                connection=connection,
                flight=self._flights[connection],
                stage=stage,
                command=None if command is None else Command(command.encode()),
                sent_ns=sent,
                reply=Reply(code, enhanced, texts, raw, len(raw), defects, self.now, self.now),
                probe=probe,
                subject=subject,
            )
        )
        self.notes.append(meaning)


_EHLO = (
    "250-mail.example.org Hello probe.example [192.0.2.7]\n250-SIZE 52428800\n250-8BITMIME\n250-VRFY\n250-PIPELINING\n"
    "250-AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256\n250-CHUNKING\n250-XQUUX\n250-STARTTLS\n250 HELP"
)
_KEYWORDS = tuple(
    Keyword(words[0], tuple(words[1:]), line[4:].encode())
    for line in _EHLO.split("\n")[1:]
    if (words := line[4:].split(" "))
)


def _dialogue() -> _Recorder:
    run = _Recorder()
    greeting = "220 mail.example.org ESMTP Exim 4.96 Sat, 21 Nov 2026 20:22:18 +0000"
    clear, tls = Stage.CLEAR, Stage.TLS
    run.say(1, Stage.GREETING, None, greeting, READY, took=41)
    run.say(1, Stage.EHLO, "EHLO probe.example", _EHLO, EXTENSIONS, took=13)
    run.say(
        1,
        clear,
        "HELP",
        "214-Commands supported:\n214 AUTH STARTTLS HELO EHLO MAIL RCPT DATA BDAT NOOP QUIT RSET HELP",
        HELP,
        probe="help",
    )
    run.say(
        1,
        clear,
        "AUTH SMTPPROBE",
        "504 5.5.4 SMTPPROBE authentication mechanism not supported",
        NO_MECHANISM,
        probe="keyword",
        subject="AUTH",
    )
    run.say(2, Stage.GREETING, None, greeting, READY)
    run.say(1, clear, "VRFY postmaster", "252 Administrative prohibition", CANNOT_VERIFY, probe="vrfy")
    run.say(2, Stage.EHLO, "EHLO probe.example", _EHLO, EXTENSIONS, took=13)
    run.say(2, clear, "NOOP", "250 OK", OK, probe="noop")
    run.say(2, clear, "RSET", "250 Reset OK", OK)
    run.say(2, clear, "QUIT", "221 mail.example.org closing connection", CLOSING)
    run.say(1, Stage.STARTTLS, "STARTTLS", "220 TLS go ahead", GO_AHEAD)
    run.say(1, Stage.EHLO, "EHLO probe.example", _EHLO.replace("250-STARTTLS\n", ""), EXTENSIONS)
    size = "mail-parameter"
    run.say(
        1,
        tls,
        "MAIL FROM:<> SIZE=52428801",
        "552 Message size exceeds maximum permitted",
        TOO_BIG,
        probe=size,
        subject="SIZE",
    )
    run.say(1, tls, "MAIL FROM:<> SIZE=1000", "250 OK", OK, probe=size, subject="SIZE")
    run.say(1, tls, "RSET", "250 Reset OK", OK)
    run.say(
        1,
        tls,
        "MAIL FROM:<> SMTPPROBE=1",
        "555 MAIL FROM:<> SMTPPROBE=1: unrecognised parameter; see\n".replace("\n", " ")
        + "https://mail.example.org/help/parameters?code=555&again=no for the ones we take",
        UNKNOWN_PARAMETER,
        probe="unknown-parameter",
    )
    run.say(1, tls, "MAIL FROM:<> BODY=9BIT", "501 invalid data for BODY", BAD_ARGUMENT, probe="mail-parameter")
    run.say(
        1,
        tls,
        "HELP STARTTLS",
        "214-This is Exim.\n214-It has no help on single topics.\n214-See the manual.\n214-Chapter 1\n214-Chapter 2\n"
        "214 Chapter 3",
        HELP,
        probe="help-topic",
        defects=(Defect.BARE_LF,),
    )
    run.say(1, tls, "SMTPPROBE", "500 unrecognized command", UNKNOWN_VERB, probe="unknown-verb")
    run.say(1, Stage.QUIT, "QUIT", "221 mail.example.org closing connection", CLOSING)
    return run


def report() -> Report:
    """The whole run."""
    run = _dialogue()
    facts = TlsFacts(
        "TLSv1.3",
        "TLS_AES_256_GCM_SHA384",
        Certificate(
            subject="CN=mail.example.org",
            issuer="CN=Example CA",
            names=("mail.example.org",),
            not_before="2026-09-04T00:00:00Z",
            not_after="2026-12-03T00:00:00Z",
            days_left=12,
            fault=None,
        ),
    )
    transcript = Transcript(
        target=Target("mail.example.org", "mail.example.org", 25),
        route=Route("mail.example.org", "192.0.2.25", 25),
        exchanges=tuple(run.exchanges),
        observations=_observations(),
        connections=(
            Connection(
                1,
                "192.0.2.25",
                25,
                0,
                12 * MS,
                ClosedBy.US,
                refusals=5,
                handshake_ns=22 * MS,
                tls=facts,
                round_trips=14,
            ),
            Connection(2, "192.0.2.25", 25, 90 * MS, 11 * MS, ClosedBy.US, round_trips=5),
        ),
        clear=Capabilities("mail.example.org", _KEYWORDS),
        encrypted=Capabilities("mail.example.org", tuple(k for k in _KEYWORDS if k.keyword != "STARTTLS")),
        tls=facts,
        software=Software("Exim", "4.96", 'the greeting says "ESMTP Exim 4.96"'),
        failure=None,
        outcome=Outcome.ANSWERED,
        started="2026-11-21T20:22:18Z",
        started_ns=0,
        ended_ns=run.now + 30 * MS,
        profile="capabilities",
        ehlo_name="probe.example",
        source="192.0.2.7",
        sni="mail.example.org",
        round_trips=19,
    )
    return Report(
        transcript,
        tuple(run.notes),
        (
            Finding("version-leaked", Severity.INFO, "Exim 4.96 in the greeting", "", (0,)),
            Finding(
                "certificate-expiring",
                Severity.WARNING,
                "12 days left (3 Dec 2026)",
                "Renew it, then reload the server: most read the file only when they start.",
            ),
            Finding(
                "auth-in-clear",
                Severity.ERROR,
                "AUTH PLAIN is offered before STARTTLS",
                "Anyone on the path can read the password. In Exim:\n"
                "  auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}",
                (1, 3),
                ("RFC 4954 4", "RFC 8314 3.3"),
            ),
        ),
        "Works as an MX and speaks TLS; one thing to fix before anyone logs in here.",
    )


def _observations() -> tuple[Observation, ...]:
    return (
        Observation("help", "", Verdict.ANSWERED, "names 12 verbs", (2,), Stage.CLEAR),
        Observation("keyword", "AUTH", Verdict.KEPT, "504 to an unknown mechanism", (3,), Stage.CLEAR),
        Observation("vrfy", "postmaster", Verdict.ANSWERED, "252: neither yes nor no", (5,), Stage.CLEAR),
        Observation("mail-parameter", "SIZE", Verdict.KEPT, "552 to SIZE=52428801", (12, 13), Stage.TLS),
        Observation("keyword", "SIZE", Verdict.KEPT, "552 over it, 250 under it", (12, 13)),
        Observation("keyword", "8BITMIME", Verdict.ACCEPTED_UNREAD, "250 to BODY=7BIT and to BODY=9BIT", (16,)),
        Observation("keyword", "CHUNKING", Verdict.UNTESTED, "needs a message to test"),
        Observation("keyword", "PIPELINING", Verdict.BROKEN, "3 of 4 replies came, then the server hung up", (4,)),
        Observation("mail-unannounced", "DSN", Verdict.WORKS_UNANNOUNCED, "250 to RET=HDRS, 501 to RET=X", (14,)),
        Observation("syntax", "long line", Verdict.UNTESTED, "budget"),
        Observation("mail-unannounced", "BODY", Verdict.ABSENT, "555 to BODY=7BIT", (15,)),
        Observation("help", "", Verdict.ANSWERED, "names 12 verbs", (17,), Stage.TLS),
        Observation("expn", "", Verdict.UNTESTED, "budget"),
    )
