"""Writes a Postfix log like that of a busy relay: mail that is taken, some that is refused, much that is neither."""

import random
from pathlib import Path

_TEXTS = (
    (76, "sent", "2.0.0", "250 2.0.0 Ok: queued as {id}"),
    (6, "sent", "2.0.0", "250 2.0.0 OK  {number} {id} - gsmtp"),
    (
        4,
        "bounced",
        "5.1.1",
        "host {host}[192.0.2.{low}] said: 550 5.1.1 <{user}@{domain}>: Recipient address rejected: User unknown in "
        "virtual mailbox table (in reply to RCPT TO command)",
    ),
    (
        3,
        "bounced",
        "5.2.2",
        "host {host}[192.0.2.{low}] said: 552 5.2.2 <{user}@{domain}>: user is over quota (in reply to RCPT TO "
        "command)",
    ),
    (3, "deferred", "4.4.1", "connect to {host}[192.0.2.{low}]:25: Connection timed out"),
    (
        3,
        "deferred",
        "4.7.1",
        "host {host}[192.0.2.{low}] said: 450 4.7.1 <{user}@{domain}>: Recipient address rejected: Greylisted, see "
        "http://postgrey.example/help/{domain}.html (in reply to RCPT TO command)",
    ),
    (
        2,
        "deferred",
        "4.3.5",
        "Host or domain name not found. Name service error for name={domain} type=MX: Host not found, try again",
    ),
    (
        2,
        "bounced",
        "5.7.1",
        "host {host}[192.0.2.{low}] said: 554 5.7.1 Service unavailable; Client host [198.51.100.{low}] blocked using "
        "zen.spamhaus.org; https://www.spamhaus.org/query/ip/198.51.100.{low} (in reply to RCPT TO command)",
    ),
    (
        1,
        "bounced",
        "5.7.26",
        "host {host}[192.0.2.{low}] said: 550-5.7.26 This mail has been blocked because the sender is unauthenticated. "
        "550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM. 550 5.7.26 {id} - gsmtp "
        "(in reply to end of DATA command)",
    ),
)


def write(path: Path, lines: int, seed: int = 20261122) -> None:
    """A log of so many lines, the same for the same seed."""
    source = random.Random(seed)
    written = 0
    with path.open("w", encoding="utf-8") as log:
        while written < lines:
            for line in _mail(source, written)[: lines - written]:
                log.write(line + "\n")
                written += 1


def _mail(source: random.Random, position: int) -> list[str]:
    """The lines of one mail's way through the server, and now and then of a client that is turned away."""
    seconds = position // 40
    stamp = (
        f"Nov {1 + seconds // 86400 % 28:>2} {seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02} mx1"
    )
    low = source.randrange(1, 255)
    client = f"client{low}.example.org[198.51.100.{low}]"
    if source.random() < 0.04:
        reject = (
            f"NOQUEUE: reject: RCPT from {client}: 554 5.7.1 <ann@example.net>: Relay access denied; "
            f"from=<bob@example.org> to=<ann@example.net> proto=ESMTP helo=<client{low}>"
        )
        return [
            f"{stamp} postfix/smtpd[{source.randrange(9999)}]: {line}"
            for line in (f"connect from {client}", reject, f"disconnect from {client} ehlo=1 mail=1 rcpt=0/1 quit=1")
        ]
    queue = "".join(source.choices("BCDFGHJKLMNPQRSTVWXYZbcdfghjkmnpqrstvwxyz0123456789", k=15))
    domain = f"example{source.randrange(400)}.net"
    values = {
        "id": queue[::-1],
        "number": source.randrange(10**9),
        "host": f"mx{source.randrange(1, 4)}.{domain}",
        "low": low,
        "user": f"user{source.randrange(50_000)}",
        "domain": domain,
    }
    _, status, dsn, text = source.choices(_TEXTS, weights=[one[0] for one in _TEXTS])[0]
    told = (
        f"to=<{values['user']}@{domain}>, relay={values['host']}[192.0.2.{low}]:25, delay={source.random() * 9:.2g}, "
        f"delays=0.1/0.02/0.9/0.88, dsn={dsn}, status={status} ({text.format(**values)})"
    )
    pid = source.randrange(9999)
    return [
        f"{stamp} postfix/smtpd[{pid}]: connect from {client}",
        f"{stamp} postfix/smtpd[{pid}]: {queue}: client={client}",
        f"{stamp} postfix/cleanup[{pid}]: {queue}: message-id=<{queue}@example.org>",
        f"{stamp} postfix/qmgr[{pid}]: {queue}: from=<bob{low}@example.org>, size={source.randrange(900, 90_000)}, "
        "nrcpt=1 (queue active)",
        f"{stamp} postfix/smtpd[{pid}]: disconnect from {client} ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5",
        f"{stamp} postfix/smtp[{pid}]: {queue}: {told}",
        f"{stamp} postfix/qmgr[{pid}]: {queue}: removed",
    ]
