"""Four mail servers configured as they should be, and what profile security may say of them. No test lives here.

A finding that is not listed for its server is a false alarm. Those that are listed are true: each comes from how the
software is made, or from the configuration in servers/.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import servers.exim
import servers.opensmtpd
import servers.postfix
import servers.sendmail
from servers.base import Certificates, MailServer

#: All four take LF for a line end in commands, and tell at RCPT who exists, as an MX has to.
_ALL = {("info", "bare-lf-accepted"), ("info", "rcpt-tells-users")}
#: Only Exim announces that one may talk first (PIPECONNECT); the others just let one.
_EARLY = ("info", "early-talker-served")

TRUE = {
    "postfix": {*_ALL, _EARLY, ("info", "users-revealed"), ("info", "auth-mechanism-weak")},
    "exim": {*_ALL, ("info", "unknown-parameter-misread"), ("info", "version-leaked")},
    # Debian's build cannot shake hands with OpenSSL 3, and it does not look at the values of SIZE and DSN.
    "opensmtpd": {
        *_ALL,
        _EARLY,
        ("error", "starttls-broken"),
        ("warning", "accepted-unread"),
        ("info", "enhanced-missing"),
        ("info", "unknown-parameter-misread"),
    },
    "sendmail": {*_ALL, _EARLY, ("info", "version-leaked")},
}


@contextmanager
def running(name: str, parent: Path, certificates: Certificates) -> Iterator[MailServer]:
    """This server, with logins inside TLS only and no look-ups that tell more than they must."""
    match name:
        case "postfix":
            started = servers.postfix.running(parent, certificates)
        case "exim":
            started = servers.exim.running(parent, certificates, auth_in_clear=False)
        case "opensmtpd":
            started = servers.opensmtpd.running(parent, certificates)
        case _:
            started = servers.sendmail.running(parent, certificates, private=True)
    with started as server:
        yield server
