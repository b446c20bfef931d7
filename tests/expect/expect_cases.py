"""For every kind of expectation: a server that meets it, one that fails it, one at which it cannot be decided.

Data only. expect_scenes.py brings a scene up, and writes the file of expectations for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from smtpprobe.fake import Personality, load
from smtpprobe.fake.personality import Auth, Ehlo, Mailboxes, Manners, Rule

#: In place of records: the nameserver fails.
SERVFAIL = "SERVFAIL"
HOST, DOMAIN, FIRST, SECOND = "mx.example.org", "example.org", "127.0.0.1", "127.0.0.2"
PTR = "1.0.0.127.in-addr.arpa"
PASSWORD, VARIABLE = "correct horse", "SMTPPROBE_TEST_PASSWORD"
POLICY = "version: STSv1\nmode: enforce\nmx: {mx}\nmax_age: 604800\n"

Records = Mapping[str, list[str]]
Zone = Mapping[str, Records | str]


class Scene(Struct, frozen=True):
    """One server and the DNS around it.

    ``zone`` is added to one in which mx.example.org has the first address and is the MX of example.org; ``{port}`` and
    ``{tlsa}`` in it stand for the server's port and its TLSA data. ``addresses``: it listens on each of them.
    ``policy`` is the MTA-STS policy that the web serves; ``toml`` takes the place of the case's.
    """

    personality: Personality
    zone: Zone = {}
    addresses: tuple[str, ...] = (FIRST,)
    old_tls: bool = False
    policy: str = ""
    toml: str = ""
    password: str = PASSWORD


class Case(Struct, frozen=True):
    """One expectation. ``id`` is what its result is called; ``server`` are further keys of its [[server]]."""

    id: str
    toml: str
    met: Scene
    failed: Scene
    undecided: Scene
    server: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        """What a test calls it."""
        return self.name or self.id

    def scenes(self) -> dict[str, Scene]:
        """By the result that each must lead to."""
        return {"met": self.met, "failed": self.failed, "inconclusive": self.undecided}


_PLAIN = Personality(
    summary="nothing is wrong here",
    ehlo=Ehlo(clear=("PIPELINING", "SIZE 60000000", "8BITMIME", "STARTTLS", "ENHANCEDSTATUSCODES", "HELP")),
    mail_parameters={"SIZE": "limit 60000000", "BODY": "check 7BIT|8BITMIME"},
)


def but(one: Personality = _PLAIN, **changes: Any) -> Personality:
    return msgspec.structs.replace(one, **changes)


def offers(*clear: str, tls: tuple[str, ...] | None = None, **changes: Any) -> Personality:
    return but(ehlo=Ehlo(clear=clear, tls=tls), **changes)


def says(command: str, reply: str, one: Personality = _PLAIN) -> Personality:
    """With one answer of its own; a 421 is followed by the end of the connection."""
    rule = Rule(command=command, reply=reply, then="close" if reply.startswith("421") else None)
    return but(one, rules=(rule, *one.rules))


GOOD = Scene(_PLAIN)
#: check_smtp lost the text of this greeting.
BUSY = Scene(but(greeting="421 4.7.0 too many connections"))
#: check_smtp took this for "does not support STARTTLS".
NO_TLS_NOW = Scene(but(starttls="refuse 454 4.7.0 TLS not available due to temporary reason"))
CLOSED_AT_MAIL = says("MAIL .*", "421 4.7.0 try again later")
NO_STARTTLS = offers("PIPELINING", "SIZE 1000", "8BITMIME")
LOGIN = offers(
    *("PIPELINING", "STARTTLS"),
    tls=("PIPELINING", "AUTH PLAIN LOGIN"),
    auth=Auth(users={"ann": PASSWORD}, required=True),
)
MX = "mx = true\nall = true"

_TLS, _CERTIFICATE, _GREETING = "[server.expect.tls]", "[server.expect.certificate]", "[server.expect.greeting]"
_EXTENSIONS, _AUTH, _TIME = "[server.expect.extensions]", "[server.expect.auth]", "[server.expect.time]"
_FINDINGS, _SOFTWARE, _MX = "[server.expect.findings]", "[server.expect.software]", "[server.expect.mx]"
_POLICY, _COMMAND = "[server.expect.policy]", "[[server.expect.command]]"
#: No stage is as quick as this.
_NEVER = '"0.001ms"'


def _tlsa(data: str) -> Zone:
    return {"_{port}._tcp.mx.example.org": {"TLSA": [f"3 1 1 {data}"]}}


def _sts(mx: str) -> Scene:
    return Scene(_PLAIN, {"_mta-sts.example.org": {"TXT": ['"v=STSv1; id=1"']}}, policy=POLICY.format(mx=mx))


def _ptr(*names: str) -> Scene:
    return Scene(_PLAIN, {PTR: {"PTR": [f"{name}." for name in names]}})


def _mx(number: int) -> Zone:
    """So many MX hosts, each with an address of its own."""
    hosts = {f"mx{n}.example.org": {"A": [f"127.0.0.{n}"]} for n in range(1, number + 1)}
    return {DOMAIN: {"MX": [f"10 {host}." for host in hosts]}, **hosts}


def _time(stage: str, most: str, undecided: Scene, failed: Scene | None = None) -> Case:
    slow = failed or Scene(_PLAIN, toml=f"{_TIME}\n{stage} = {_NEVER}")
    return Case(f"time-{stage}", f"{_TIME}\n{stage} = {most}", GOOD, slow, undecided)


CONVERSATION = Case("conversation", "", GOOD, Scene(but(greeting="554 5.7.1 go away")), BUSY)

CASES: tuple[Case, ...] = (
    CONVERSATION,
    # -- extensions ----------------------------------------------------------------------------------------
    Case("present-8BITMIME", f'{_EXTENSIONS}\npresent = ["8BITMIME"]', GOOD, Scene(offers("SIZE")), NO_TLS_NOW),
    Case(
        "present-SIZE",
        f'{_EXTENSIONS}\npresent = ["SIZE >= 50MB"]',
        GOOD,
        Scene(offers("SIZE 40000000", "STARTTLS")),
        NO_TLS_NOW,
        name="present-SIZE-bound",
    ),
    Case(
        "present-LIMITS-RCPTMAX",
        f'{_EXTENSIONS}\npresent = ["LIMITS RCPTMAX >= 100"]',
        Scene(offers("LIMITS MAILMAX=5 RCPTMAX=100")),
        Scene(offers("LIMITS MAILMAX=500 RCPTMAX=99")),
        Scene(offers("LIMITS RCPTMAX=100", "STARTTLS", starttls=NO_TLS_NOW.personality.starttls)),
        name="present-LIMITS-bound",
    ),
    Case("absent-VRFY", f'{_EXTENSIONS}\nabsent = ["VRFY"]', GOOD, Scene(offers("VRFY", "STARTTLS")), NO_TLS_NOW),
    Case(
        "kept-SIZE",
        f'{_EXTENSIONS}\nkept = ["SIZE"]',
        GOOD,
        Scene(but(mail_parameters={"SIZE": "accept", "BODY": "check 7BIT|8BITMIME"})),
        Scene(says("MAIL .*", "451 4.3.0 not now")),
    ),
    Case(
        "present-in-clear-STARTTLS",
        f'{_EXTENSIONS}\npresent_in_clear = ["STARTTLS"]',
        GOOD,
        Scene(NO_STARTTLS),
        BUSY,
    ),
    Case(
        "absent-in-clear-VRFY",
        f'{_EXTENSIONS}\nabsent_in_clear = ["VRFY"]',
        GOOD,
        Scene(offers("VRFY", "STARTTLS", tls=("SIZE",))),
        BUSY,
    ),
    Case(
        "present-in-tls-SMTPUTF8",
        f'{_EXTENSIONS}\npresent_in_tls = ["SMTPUTF8"]',
        Scene(offers("STARTTLS", tls=("SMTPUTF8",))),
        Scene(offers("SMTPUTF8", "STARTTLS", tls=("SIZE",))),
        NO_TLS_NOW,
    ),
    Case(
        "absent-in-tls-STARTTLS",
        f'{_EXTENSIONS}\nabsent_in_tls = ["STARTTLS"]',
        GOOD,
        Scene(offers("STARTTLS", tls=("STARTTLS",))),
        NO_TLS_NOW,
    ),
    # -- AUTH ----------------------------------------------------------------------------------------------
    Case(
        "auth-required-PLAIN",
        f'{_AUTH}\nrequired = ["PLAIN"]',
        Scene(LOGIN),
        Scene(offers("STARTTLS", tls=("AUTH CRAM-MD5",))),
        NO_TLS_NOW,
    ),
    Case(
        "auth-forbidden-LOGIN",
        f'{_AUTH}\nforbidden = ["LOGIN"]',
        Scene(offers("STARTTLS", tls=("AUTH PLAIN",))),
        Scene(LOGIN),
        NO_TLS_NOW,
    ),
    Case(
        "auth-in-clear",
        f"{_AUTH}\nin_clear = false",
        Scene(LOGIN),
        Scene(offers("AUTH PLAIN", "STARTTLS")),
        BUSY,
    ),
    # -- commands ------------------------------------------------------------------------------------------
    Case(
        # check_smtp called a 530 "SMTP OK", and a 250 too.
        "command-without-login",
        f'{_COMMAND}\nname = "without-login"\nsend = "MAIL FROM:<a@example.org>"\ncode = 530',
        Scene(LOGIN),
        GOOD,
        Scene(says("MAIL .*", "451 4.3.0 not now")),
    ),
    Case(
        "command-anybody",
        f'{_COMMAND}\nname = "anybody"\nsend = "MAIL FROM:<a@example.org>"\ncode = "2xx"',
        GOOD,
        Scene(LOGIN),
        Scene(CLOSED_AT_MAIL),
    ),
    Case(
        "command-vrfy",
        f'{_COMMAND}\nname = "vrfy"\nsend = "VRFY postmaster"\nnever = 250',
        GOOD,
        Scene(says("VRFY .*", "250 2.1.5 <postmaster@example.org>")),
        Scene(says("VRFY .*", "450 4.3.0 not now")),
    ),
    Case(
        "command-relay",
        f'{_COMMAND}\nname = "relay"\nsend = ["MAIL FROM:<>", "RCPT TO:<a@example.com>"]\ncode = "5xx"',
        Scene(but(mailboxes=Mailboxes(domains=(DOMAIN,)))),
        GOOD,
        Scene(load("greylisting")),
    ),
    # -- TLS -----------------------------------------------------------------------------------------------
    Case("tls-offered", f"{_TLS}\noffered = true", GOOD, Scene(NO_STARTTLS), NO_TLS_NOW),
    Case(
        "tls-offered",
        f"{_TLS}\noffered = true",
        GOOD,
        Scene(but(starttls="broken")),
        Scene(load("rate-limited"), toml=f"{_TLS}\noffered = true\nrequired = true"),
        name="tls-works",
    ),
    Case("tls-offered", f"{_TLS}\noffered = false", Scene(NO_STARTTLS), GOOD, BUSY, name="tls-not-offered"),
    Case(
        "tls-required",
        f"{_TLS}\nrequired = true",
        Scene(but(tls_required=True)),
        GOOD,
        Scene(says("MAIL .*", "451 4.3.0 not now")),
    ),
    Case(
        "tls-required",
        f"{_TLS}\nrequired = false",
        GOOD,
        Scene(but(tls_required=True)),
        Scene(says("MAIL .*", "451 4.3.0 not now")),
        name="tls-not-required",
    ),
    Case("tls-version", f'{_TLS}\nversion = "1.3"', GOOD, Scene(_PLAIN, old_tls=True), NO_TLS_NOW),
    # -- certificates --------------------------------------------------------------------------------------
    Case("certificate-days", f"{_CERTIFICATE}\ndays_left = 14", GOOD, Scene(but(certificate="expired")), NO_TLS_NOW),
    Case(
        "certificate-trusted",
        f"{_CERTIFICATE}\ntrusted = true",
        GOOD,
        Scene(but(certificate="self-signed")),
        NO_TLS_NOW,
    ),
    Case(
        f"certificate-name-{HOST}",
        f'{_CERTIFICATE}\nnames = ["{HOST}"]',
        GOOD,
        Scene(but(certificate="other-name")),
        NO_TLS_NOW,
        name="certificate-name",
    ),
    # -- policies ------------------------------------------------------------------------------------------
    Case(
        "dane",
        f"{_POLICY}\ndane = true",
        Scene(_PLAIN, _tlsa("{tlsa}")),
        Scene(_PLAIN, _tlsa("00" * 32)),
        Scene(_PLAIN, {"_{port}._tcp.mx.example.org": SERVFAIL}),
    ),
    Case(
        "dane",
        f"{_POLICY}\ndane = true",
        Scene(_PLAIN, _tlsa("{tlsa}")),
        GOOD,
        Scene(NO_TLS_NOW.personality, _tlsa("{tlsa}")),
        name="dane-published",
    ),
    Case(
        "mta-sts",
        f"{_POLICY}\nmta_sts = true",
        _sts(HOST),
        _sts("other.example.org"),
        Scene(_PLAIN, {"_mta-sts.example.org": SERVFAIL}),
        server=f'domain = "{DOMAIN}"',
    ),
    # -- the greeting and the software ---------------------------------------------------------------------
    Case(
        "greeting-ptr",
        f"{_GREETING}\nname_is_ptr = true",
        _ptr("other.example.org", HOST.upper()),
        _ptr("pool-1.example.net"),
        Scene(_PLAIN, {PTR: SERVFAIL}),
    ),
    Case("greeting-ptr", f"{_GREETING}\nname_is_ptr = true", _ptr(HOST), GOOD, BUSY, name="greeting-ptr-missing"),
    Case("greeting-text", f"{_GREETING}\ntext = '^mx.*ESMTP'", GOOD, Scene(but(greeting="220 hello")), BUSY),
    Case("greeting-never-text", f"{_GREETING}\nnever_text = 'Exim'", GOOD, Scene(load("exim")), BUSY),
    Case(
        "software-hidden",
        f"{_SOFTWARE}\nhidden = true",
        Scene(load("postfix")),
        Scene(load("exim")),
        Scene(says("HELP", "421 4.7.0 not now")),
    ),
    Case(
        "software-name",
        f'{_SOFTWARE}\nname = "Postfix"',
        Scene(load("postfix")),
        Scene(load("exim")),
        Scene(says("HELP", "421 4.7.0 not now")),
    ),
    # -- time ----------------------------------------------------------------------------------------------
    _time("connect", "20", BUSY),
    _time("greeting", "5", BUSY, Scene(but(manners=Manners(greeting_delay=0.3)), toml=f"{_TIME}\ngreeting = '200ms'")),
    _time("ehlo", "20", BUSY),
    _time("starttls", "20", Scene(load("rate-limited"), toml=f"{_TIME}\nstarttls = 20\n{_TLS}\nrequired = true")),
    _time("handshake", "20", NO_TLS_NOW),
    _time("total", "60", BUSY),
    # -- MX ------------------------------------------------------------------------------------------------
    Case(
        "mx-servers",
        f"{_MX}\nservers = 2",
        Scene(_PLAIN, _mx(2), (FIRST, SECOND)),
        Scene(_PLAIN, _mx(1)),
        Scene(_PLAIN, {DOMAIN: SERVFAIL}),
        MX,
    ),
    Case(
        "mx-addresses",
        f"{_MX}\naddresses = 2",
        Scene(_PLAIN, _mx(2), (FIRST, SECOND)),
        Scene(_PLAIN, _mx(1)),
        Scene(_PLAIN, {DOMAIN: SERVFAIL}),
        MX,
    ),
    Case(
        "mx-reachable",
        f'{_MX}\nreachable = "all"',
        Scene(_PLAIN, _mx(2), (FIRST, SECOND)),
        Scene(_PLAIN, _mx(2)),
        Scene(BUSY.personality, _mx(2), (FIRST, SECOND)),
        MX,
    ),
    # -- findings ------------------------------------------------------------------------------------------
    Case("findings", f'{_FINDINGS}\nat_most = "info"', GOOD, Scene(offers("AUTH PLAIN", "STARTTLS")), NO_TLS_NOW),
    Case(
        "finding-auth-in-clear",
        f'{_FINDINGS}\nforbidden = ["auth-in-clear"]',
        GOOD,
        Scene(offers("AUTH PLAIN", "STARTTLS")),
        BUSY,
    ),
    Case(
        "finding-users-revealed",
        f'{_FINDINGS}\nforbidden = ["users-revealed"]',
        GOOD,
        # What else is found there is no matter.
        Scene(load("demo"), toml=f'{_FINDINGS}\nforbidden = ["users-revealed"]\nat_most = "error"'),
        Scene(says("VRFY .*", "421 4.7.0 rate limit exceeded")),
    ),
    # -- a login -------------------------------------------------------------------------------------------
    Case(
        "login",
        f'[server.expect]\nlogin = true\n[server.login]\nuser = "ann"\npassword = {{ env = "{VARIABLE}" }}',
        Scene(LOGIN),
        Scene(LOGIN, password="wrong"),
        Scene(but(LOGIN, auth=Auth(users={}, failed="454 4.7.0 Temporary authentication failure"))),
    ),
)

#: Made by `--baseline`, not by a file: against what the server was like when all was right with it.
BASELINE = Case("baseline", "", GOOD, Scene(offers("PIPELINING", "STARTTLS")), NO_TLS_NOW)
