"""The closed lists: every word that a script may compare against, with a line of meaning each.

Nothing here depends on anything of ours. A new word is a change to the published schema.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Self


class Word(StrEnum):
    """A member of a closed list: its value is what scripts read, ``meaning`` is what people read."""

    meaning: str

    # That of an Enum is worked out in Python each time, and words are looked up for every reply.
    __hash__ = str.__hash__

    def __new__(cls, value: str, meaning: str) -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.meaning = meaning
        return word


class Stage(Word):
    """Where in a conversation something happened."""

    RESOLVE = "resolve", "looking the name up in the DNS"
    CONNECT = "connect", "opening the connection"
    GREETING = "greeting", "waiting for the server's first reply"
    EHLO = "ehlo", "introducing ourselves (EHLO, LHLO or HELO)"
    CLEAR = "clear", "talking before TLS"
    STARTTLS = "starttls", "asking for TLS and waiting for the go-ahead"
    HANDSHAKE = "handshake", "shaking hands for TLS"
    TLS = "tls", "talking inside TLS"
    QUIT = "quit", "saying goodbye"


class FailureKind(Word):
    """Why a step brought no answer."""

    NO_SUCH_NAME = "no-such-name", "the name does not exist in the DNS"
    NO_ADDRESS = "no-address", "the name exists but has no address to connect to"
    NULL_MX = "null-mx", "the domain publishes a null MX: it takes no mail (RFC 7505)"
    DNS = "dns", "the DNS server failed or did not answer; the name may well exist"
    DNSSEC = "dnssec", "the answer failed DNSSEC validation, so nothing in it may be believed"
    NOT_ROUTABLE = "not-routable", "somebody else's record points at an address that is not globally routable"
    REFUSED = "refused", "the connection was refused: nothing listens there"
    UNREACHABLE = "unreachable", "there is no route to that address"
    TIMEOUT = "timeout", "no answer within the time allowed for the step"
    DEADLINE = "deadline", "the time allowed for the whole run was over"
    CLOSED = "closed", "the server closed the connection without a reply"
    RESET = "reset", "the connection was reset"
    TRUNCATED = "truncated", "the connection ended in the middle of a reply"
    MALFORMED = "malformed", "what arrived is no SMTP reply, so nothing after it can be paired with a command"
    REPLY_TOO_LONG = "reply-too-long", "the server sent more than the limit allows"
    UNSOLICITED = "unsolicited", "a reply arrived that nobody had asked for, so the dialogue is out of step"
    NOT_SMTP_HTTP = "not-smtp-http", "the port speaks HTTP"
    NOT_SMTP_SSH = "not-smtp-ssh", "the port speaks SSH"
    NOT_SMTP_TLS = "not-smtp-tls", "the port speaks TLS from the first byte"
    NOT_SMTP = "not-smtp", "the port speaks a protocol that is not SMTP"
    SERVER_CLOSING = "server-closing", "the server said 421 (or goodbye) and closed"
    STARTTLS_INJECTION = "starttls-injection", "plaintext followed the go-ahead to STARTTLS"
    TLS_HANDSHAKE = "tls-handshake", "the TLS handshake failed"
    TLS_TIMEOUT = "tls-timeout", "the TLS handshake did not finish in time"
    CERTIFICATE = "certificate", "our own certificate or key was not usable"
    INTERRUPTED = "interrupted", "the run was interrupted by the user"
    SOCKET = "socket", "the operating system refused the connection for another reason"


class ClosedBy(Word):
    """Who ended a connection."""

    US = "us", "we said QUIT or hung up"
    SERVER = "server", "the server hung up"
    NOBODY = "nobody", "it was never opened"


class Verdict(Word):
    """What a probe learnt about a promise or a question."""

    KEPT = "kept", "the valid form is accepted and the invalid one refused"
    ACCEPTED_UNREAD = "accepted-unread", "the valid and the invalid form are both accepted: the value is not looked at"
    BROKEN = "broken", "promised, but the valid form is refused"
    UNTESTED = "untested", "not tested; the detail says why"
    WORKS_UNANNOUNCED = "works-unannounced", "not promised, yet the valid form is accepted and the invalid one refused"
    ABSENT = "absent", "not promised and not working"
    ANSWERED = "answered", "the question was answered; the detail says how"


class Outcome(Word):
    """How a run ended, in one word."""

    ANSWERED = "answered", "an SMTP conversation was held"
    REFUSED = "refused", "the server refused to talk to us (a 5yz greeting)"
    UNREACHABLE = "unreachable", "no connection, or no reply at all"
    NOT_SMTP = "not-smtp", "something answered, but not in SMTP"
    INCONCLUSIVE = "inconclusive", "a temporary refusal or a timeout: try again"


class Result(Word):
    """What came of an expectation."""

    MET = "met", "the server does as expected"
    FAILED = "failed", "it does not"
    INCONCLUSIVE = "inconclusive", "it could not be told this time: try again"
    NOT_APPLICABLE = "not-applicable", "there was nothing to hold it against"


class Severity(Word):
    """How much a finding matters."""

    INFO = "info", "worth knowing, nothing to do"
    WARNING = "warning", "something to look at"
    ERROR = "error", "something to fix"


class ExitCode(IntEnum):
    """The exit status of every command (click itself uses 2)."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NO_CONVERSATION = 3
    INCONCLUSIVE = 4


class TlsMode(Word):
    """How a conversation gets its TLS."""

    STARTTLS = "starttls", "begin in clear and upgrade where STARTTLS is offered"
    IMPLICIT = "implicit", "TLS from the first byte (RFC 8314)"
    NONE = "none", "stay in clear"


class Profile(Word):
    """How much to ask."""

    EHLO = "ehlo", "greeting, EHLO, STARTTLS, EHLO, QUIT"
    CAPABILITIES = "capabilities", "that, and whether the server keeps what EHLO promises"
    FULL = "full", "every polite question"
    SECURITY = "security", "that, and what an attacker would ask; asked for by name, and confirmed"

    @property
    def rank(self) -> int:
        """Each profile asks all that the ones before it ask."""
        return list(type(self)).index(self)


class Safety(Word):
    """How a probe may look to the server's owner."""

    PASSIVE = "passive", "what every client sends"
    POLITE = "polite", "valid commands, or an invalid one that changes nothing"
    INTRUSIVE = "intrusive", "may look like an attack; asked for by name only"


class Retry(Word):
    """Is it any use to send the same thing again?"""

    NO = "no", "the same command will get the same answer"
    LATER = "later", "try again after a pause, on a new connection where this one closed"
    AFTER_FIX = "after-fix", "try again once something was changed"


class Who(Word):
    """Who has to act."""

    SENDER = "sender", "the sending side"
    RECIPIENT = "recipient", "the recipient or the recipient's admin"
    SERVER = "server", "the admin of the answering server"
    NETWORK = "network", "whoever runs the network between"
    NOBODY = "nobody", "nobody: nothing is wrong"


class Defect(Word):
    """An irregularity in the bytes that a server sent. None of them is an exception."""

    BARE_LF = "bare-lf", "a line ended in LF without CR (RFC 5321 2.3.8)"
    BARE_CR = "bare-cr", "a CR stood in the middle of a line (RFC 5321 2.3.8)"
    NUL = "nul", "a NUL byte stood in the text"
    CONTROL = "control", "control characters stood in the text"
    NOT_ASCII = "not-ascii", "octets above 127 stood in the text (RFC 5321 2.4; UTF-8 only under SMTPUTF8)"
    NOT_UTF8 = "not-utf8", "octets above 127 that are not UTF-8 stood in the text"
    NO_TEXT = "no-text", "a reply line had a code and no text (RFC 5321 4.2 asks for text)"
    LINE_OVER_512 = "line-over-512", "a line was longer than 512 octets (RFC 5321 4.5.3.1.5)"
    LINE_TOO_LONG = "line-too-long", "a line was longer than 8 KiB; the rest of it was counted, not kept"
    REPLY_TOO_LONG = "reply-too-long", "the reply went over 64 KiB or 1,000 lines; what came before is kept"
    SESSION_TOO_LONG = "session-too-long", "the session went over 256 KiB; what came before is kept"
    TRUNCATED = "truncated", "the connection ended before the reply did"
    MALFORMED = "malformed", "a line does not begin with a reply code (RFC 5321 4.2)"
    CODES_DIFFER = "codes-differ", "the lines of one reply carry different codes (RFC 5321 4.2.1)"
    OUTSIDE_GRAMMAR = "outside-grammar", "the second digit of the code is above 5, outside the grammar (RFC 5321 4.2)"
    ENHANCED_CLASS_DIFFERS = (
        "enhanced-class-differs",
        "the enhanced code's class is not the reply code's first digit (RFC 2034 4)",
    )
    UNSOLICITED = "unsolicited", "nobody had asked for this reply"
    KEYWORD_ILLEGAL = "keyword-illegal", "an EHLO keyword has characters that RFC 5321 4.1.1.1 does not allow"
    KEYWORD_REPEATED = "keyword-repeated", "an EHLO keyword is announced more than once"
    KEYWORD_MANGLED = "keyword-mangled", "a middlebox overwrote an EHLO keyword (XXXXXXXA)"
    ARGUMENT_UNREADABLE = (
        "argument-unreadable",
        "an EHLO argument that must be a number is none, or has too many digits",
    )


class CertificateFault(Word):
    """Why a certificate would not be accepted by a client that checks it."""

    EXPIRED = "expired", "its last day of validity is over"
    NOT_YET_VALID = "not-yet-valid", "its first day of validity is still to come"
    NAME = "name", "it does not carry the name that was asked for"
    SELF_SIGNED = "self-signed", "it is signed by its own key"
    UNTRUSTED = "untrusted", "no chain leads from it to a trusted authority"
    UNREADABLE = "unreadable", "it cannot be parsed"


class State(Word):
    """What became of a mail, as a log or a bounce tells it."""

    ACCEPTED = "accepted", "taken by the next server, or delivered"
    DEFERRED = "deferred", "not taken yet; the sender tries again"
    FAILED = "failed", "not taken, and given up"
    UNKNOWN = "unknown", "not told"


class Reason(Word):
    """Why a mail was not taken: Sisimai's names, and two for what needs no reason."""

    AUTHFAILURE = "authfailure", "SPF, DKIM or DMARC failed"
    BADREPUTATION = "badreputation", "the sender's address or domain has a bad reputation"
    BLOCKED = "blocked", "the connecting address, or the name it gives itself, is turned away"
    CONTENTERROR = "contenterror", "the message is not well formed"
    DELIVERED = "delivered", "it was delivered"
    EXCEEDLIMIT = "exceedlimit", "the message is longer than this mailbox may take"
    EXPIRED = "expired", "the sender's server gave up after trying for too long"
    FAILEDSTARTTLS = "failedstarttls", "TLS was required and did not come about"
    FEEDBACK = "feedback", "a complaint report, no bounce"
    FILTERED = "filtered", "a filter or the recipient's settings refused it after the address was taken"
    HASMOVED = "hasmoved", "the recipient has another address now"
    HOSTUNKNOWN = "hostunknown", "the recipient's domain does not exist or has no mail server"
    MAILBOXFULL = "mailboxfull", "the recipient's mailbox is full"
    MAILERERROR = "mailererror", "a program that delivers mail failed"
    MESGTOOBIG = "mesgtoobig", "the message is too big"
    NETWORKERROR = "networkerror", "the DNS, the connection or the route failed, or mail goes in a circle"
    NORELAYING = "norelaying", "the server does not relay for this sender"
    NOTACCEPT = "notaccept", "the host takes no mail at all"
    NOTCOMPLIANTRFC = "notcompliantrfc", "the message breaks a rule of RFC 5322"
    ONHOLD = "onhold", "the server does not tell enough to know"
    POLICYVIOLATION = "policyviolation", "a rule of the recipient's site forbids it"
    REJECTED = "rejected", "the envelope sender is refused"
    REQUIREPTR = "requireptr", "the connecting address has no fitting reverse record"
    SECURITYERROR = "securityerror", "authentication, encryption or another security rule was not met"
    SPAMDETECTED = "spamdetected", "the content was taken for spam"
    SPEEDING = "speeding", "too much mail in too short a time"
    SUPPRESSED = "suppressed", "the sender's provider does not send to this address any more"
    SUSPEND = "suspend", "the recipient's mailbox is disabled"
    SYNTAXERROR = "syntaxerror", "a command or its argument was not understood"
    SYSTEMERROR = "systemerror", "the server failed or is misconfigured"
    SYSTEMFULL = "systemfull", "the server has no room left"
    TOOMANYCONN = "toomanyconn", "too many connections or recipients at once"
    UNDEFINED = "undefined", "no reason was given"
    USERUNKNOWN = "userunknown", "there is no such mailbox"
    VACATION = "vacation", "an automatic answer, no bounce"
    VIRUSDETECTED = "virusdetected", "the content was taken for malware"
    ACCEPTED = "accepted", "the reply is a yes: nothing is wrong"
    NONE = "none", "no reason can be told from it"


class Standing(Word):
    """How something that was checked stands."""

    PASS = "pass", "as it should be"
    WARN = "warn", "works, and may cost mail at some receivers"
    FAIL = "fail", "mail is lost over it, or will be"
    NONE = "none", "nothing is published, or it does not apply"
    UNKNOWN = "unknown", "could not be told"


class Check(Word):
    """What a trace checks apart from the replies."""

    EHLO_NAME = "ehlo-name", "the sender's EHLO name resolves to its address"
    PTR = "ptr", "the sender's address has a name that leads back to it"
    BLOCKLIST = "blocklist", "a public blocklist names the sender's address or domain"
    SENDER_DOMAIN = "sender-domain", "the sender's domain can take the bounces"
    SPF = "spf", "the sender's domain lets this address send (RFC 7208)"
    DKIM = "dkim", "a key is published under the selector that was named (RFC 6376)"
    DMARC = "dmarc", "the author's domain is vouched for, and what it asks for where it is not (RFC 7489)"
    BIMI = "bimi", "the sender's logo record"
    MX = "mx", "the recipient's mail servers as the DNS names them (RFC 5321 5.1)"
    SRV = "srv", "the domain's submission servers as the DNS names them (RFC 6186, RFC 8314)"
    DNSSEC = "dnssec", "the answers are signed, and the signatures hold"
    CAA = "caa", "who may issue certificates for the mail server (RFC 8659)"
    CERTIFICATE = "certificate", "the mail server's certificate, as a client that checks it sees it"
    DANE = "dane", "the certificate is the one that the DNS names (RFC 7672)"
    MTA_STS = "mta-sts", "the domain's policy asks for verified TLS, and gets it (RFC 8461)"
    TLS_RPT = "tls-rpt", "where reports of failed TLS go (RFC 8460)"
    TLS_VERSIONS = "tls-versions", "which versions of TLS the server shakes hands for"
    CIPHERS = "ciphers", "which ciphers the server takes"
    TRANSPORT = "transport", "what senders with DANE, with MTA-STS and with neither do at this server"
    RESUMPTION = "resumption", "a second connection may resume the TLS session of the first"
    LOGIN = "login", "the login that was asked for"
    EXTRA = "extra", "a further question about the envelope"
    DELIVERY = "delivery", "the message that was sent"


class Cause(Word):
    """Why a mail does not arrive, as far as a trace can tell."""

    NONE = "none", "nothing stood in its way as far as it went"
    NAME_SERVER = "dns-failure", "the DNS did not answer"
    BOGUS = "dnssec-bogus", "a signature in the DNS does not hold"
    NO_DOMAIN = "no-domain", "the recipient's domain does not exist"
    NO_SERVER = "no-mail-server", "the recipient's domain leads to no mail server"
    NULL_MX = "null-mx", "the recipient's domain takes no mail (RFC 7505)"
    MX_ALIAS = "mx-alias", "an MX record names an alias (RFC 2181 10.3)"
    NOT_ROUTABLE = "not-routable", "the mail servers have no public address"
    PORT_BLOCKED = "port-25-blocked", "the sender's network lets nothing out to port 25"
    UNREACHABLE = "unreachable", "no mail server can be reached"
    NOT_SMTP = "not-smtp", "what answers is no mail server"
    MIDDLEBOX = "middlebox", "something between rewrites the dialogue"
    TURNED_AWAY = "turned-away", "the server turns the sender away at the door"
    POSTSCREEN = "postscreen", "a watch at the door lets only those in who come again"
    RATE_LIMIT = "rate-limit", "too much in too short a time"
    GREYLISTED = "greylisted", "the server asks strangers to come again"
    TARPIT = "tarpit", "the server answers slowly on purpose, or fell silent"
    TLS_REQUIRED = "tls-required", "one side requires TLS, and there is none"
    TLS_FAILED = "tls-failed", "the TLS handshake fails"
    CERTIFICATE = "certificate", "the certificate does not pass a check that somebody requires"
    DANE = "dane", "the certificate is not the one that the DNS names"
    MTA_STS = "mta-sts", "the server does not keep the policy of its own domain"
    SMTPUTF8 = "smtputf8", "an address is not ASCII, and the server does not take that"
    SIZE = "size", "the message is too big"
    AUTH_REQUIRED = "auth-required", "the server wants a login first"
    AUTH_REFUSED = "auth-refused", "the login was refused"
    AUTH_MECHANISM = "auth-mechanism", "the two sides have no way to log in in common"
    AUTH_INSECURE = "auth-insecure", "the password would go over a connection that nobody vouches for"
    RELAY_DENIED = "relay-denied", "the server does not carry mail for this sender to that domain"
    NO_SUCH_USER = "no-such-user", "there is no such mailbox"
    MAILBOX_FULL = "mailbox-full", "the mailbox is full"
    MAILBOX_OFF = "mailbox-disabled", "the mailbox is disabled"
    RECIPIENT_REFUSED = "recipient-refused", "the recipient's side refuses, for a reason of its own"
    SENDER_REFUSED = "sender-refused", "the sender's address is refused"
    SENDER_DOMAIN = "sender-domain", "the sender's domain does not exist or cannot take bounces"
    SPF = "spf", "the sender's SPF record does not name this address"
    SPF_BROKEN = "spf-broken", "the sender's SPF record cannot be evaluated"
    DMARC = "dmarc", "the sender's domain asks receivers to refuse what it does not vouch for"
    DKIM = "dkim", "the DKIM key is missing or broken"
    PTR = "ptr", "the sender's address has no fitting name"
    EHLO_NAME = "ehlo-name", "the sender's EHLO name does not fit"
    BLOCKLIST = "blocklist", "a blocklist names the sender"
    POLICY = "policy", "a rule of the recipient's site forbids it"
    CONTENT = "content", "the message itself was refused"
    SERVER = "server-trouble", "the server has trouble of its own"
    UNEXPLAINED = "unexplained", "refused, and no reason was given"


class Passage(Word):
    """What a sender does with a mail at one address of a mail server, as far as TLS decides it."""

    VERIFIED = "verified", "delivers over TLS, with the server verified"
    UNVERIFIED = "unverified", "delivers over TLS, and does not know to whom"
    CLEAR = "clear", "delivers without TLS"
    NEXT = "next-mx", "does not deliver here, and tries the next address"
    DEFER = "defer", "does not deliver here, has no other address to try, and keeps the mail for later"
    UNKNOWN = "unknown", "could not be told"
