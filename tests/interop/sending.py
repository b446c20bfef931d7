"""Mails that a real server must deliver to failing next hops, and all that it then writes: log, queue, bounces.

Holds what the next hops say, and never what `explain` should make of it.
"""

import re
import smtplib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import servers.exim
import servers.opensmtpd
import servers.postfix
import servers.sendmail
from explaining import as_syslog
from nexthops import Mail, NextHops, Script, next_hops
from servers.base import Certificates, MailServer, ServerError

SENDER = "bob@home.example"
TEXT = "From: <{sender}>\r\nTo: <{recipient}>\r\nSubject: A test\r\n\r\nHello. It is long enough.\r\n"
BOUNCE_SECONDS = 20.0
GIVE_UP_SECONDS = 2.0

STARTTLS = b"250-mx.next.example\r\n250 STARTTLS\r\n"
SPAM = (
    b"554-5.7.1 This message looks like spam to us.\r\n"
    b"554-5.7.1 See https://spam.example/4711 for help.\r\n"
    b"554 5.7.1 Ticket 4711\r\n"
)
SCRIPTS: Mapping[str, Script | None] = {
    "home.example": {},
    "fine.example": {},
    "unknown.example": {"RCPT": b"550 5.1.1 <ann@unknown.example>: Recipient address rejected: User unknown\r\n"},
    "full.example": {"RCPT": b"552 5.2.2 Mailbox full\r\n"},
    "spam.example": {".": SPAM},
    "spf.example": {"MAIL": b"550 5.7.23 The message was rejected because of SPF policy\r\n"},
    "closed.example": {"greeting": b"554 5.3.2 No mail service here\r\n"},
    "big.example": {
        "EHLO": b"250-mx.next.example\r\n250 SIZE 20\r\n",
        "MAIL": b"552 5.3.4 Message size exceeds fixed limit\r\n",
    },
    "grey.example": {"RCPT": b"450 4.7.1 Greylisted, come back in 5 minutes\r\n"},
    "busy.example": {"greeting": b"421 4.3.2 Too many connections, try again later\r\n"},
    "broken.example": {".": b"451 4.3.0 Error: queue file write error\r\n"},
    "gone.example": {"DATA": b""},
    "silent.example": None,
    "plain.example": {},
    "no-tls.example": {"EHLO": STARTTLS, "STARTTLS": b"454 4.7.0 TLS not available due to local problem\r\n"},
    "bad-tls.example": {"EHLO": STARTTLS, "STARTTLS": b"220 2.0.0 Ready to start TLS\r\n"},
}
ENCRYPTED = frozenset({"plain.example", "no-tls.example", "bad-tls.example"})
RECIPIENTS = tuple([f"ann@{domain}" for domain in SCRIPTS if domain != "home.example"])

MODULES: Mapping[str, ModuleType] = {
    "postfix": servers.postfix,
    "exim": servers.exim,
    "opensmtpd": servers.opensmtpd,
    "sendmail": servers.sendmail,
}
# What stands in the log when a mail's first attempt is over.
ENDS = {
    "postfix": "to=<{recipient}>, relay=",
    "exim": " {recipient} R=routed T=smtp ",
    "opensmtpd": "{host} ({host})",
    "sendmail": "to=<{recipient}>, delay=",
}
FAILED = re.compile(rb"^Final-Recipient: rfc822; ?ann@(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a server wrote about the mails.

    ``bounces`` and ``given_up`` are folders with a bounce for each domain: those that came at once, and those of mails
    that the server was told to give up.
    """

    name: str
    hosts: Mapping[str, str]
    log: Path
    queues: tuple[Path, ...]
    bounces: Path
    given_up: Path


@contextmanager
def sending(name: str, parent: Path, certificates: Certificates, folder: Path, returned: int) -> Iterator[Sent]:
    """All mails sent by the server of this name, which returns so many at once; ``folder`` keeps what it wrote."""
    module = MODULES[name]
    with (
        next_hops(SCRIPTS, ENCRYPTED) as hops,
        module.running(parent, certificates, routes=hops.routes) as server,
    ):
        submit(server)
        hosts = hops.routes.hosts
        server.await_log(
            *[ENDS[name].format(recipient=each, host=hosts[each.partition("@")[2]]) for each in RECIPIENTS]
        )
        bounces = hops.await_mails(SENDER, returned, BOUNCE_SECONDS)
        queues = [kept(folder / f"queue-{n}", text.encode()) for n, text in enumerate(module.queue_listings(server))]
        log = kept(folder / "log", as_syslog(server).encode())
        if hasattr(module, "give_up"):
            give_up(server, module, hops)
        late = hops.await_mails(SENDER, 0, 0)[len(bounces) :]
        yield Sent(name, hosts, log, tuple(queues), filed(bounces, folder / "new"), filed(late, folder / "late"))


def submit(server: MailServer) -> None:
    """One mail for each recipient."""
    with smtplib.SMTP(server.host, server.port, local_hostname="client.example", timeout=30) as client:
        for recipient in RECIPIENTS:
            client.sendmail(SENDER, [recipient], TEXT.format(sender=SENDER, recipient=recipient))


def give_up(server: MailServer, module: ModuleType, hops: NextHops) -> None:
    """Tell the server so until every mail but the one that was taken has come back: it must be a second old."""
    deadline = time.monotonic() + BOUNCE_SECONDS
    while len(hops.await_mails(SENDER, len(RECIPIENTS) - 1, GIVE_UP_SECONDS)) < len(RECIPIENTS) - 1:
        if time.monotonic() > deadline:
            raise ServerError(f"{server.name} does not give up: {server.log()}")
        module.give_up(server)


def filed(mails: list[Mail], folder: Path) -> Path:
    """A folder with a file for each bounce, by the domain that it tells of."""
    folder.mkdir()
    for mail in mails:
        told = FAILED.search(mail.octets)
        assert told is not None, mail.octets
        kept(folder / told[1].decode(), mail.octets)
    return folder


def kept(path: Path, octets: bytes) -> Path:
    path.write_bytes(octets)
    return path
