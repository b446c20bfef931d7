"""Expectations that many share, ready to use under a name. Data only: what a file may say, said here."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.expect.file import Auth, Certificate, Command, Expect, Extensions, Findings, Greeting, Mx, Times, Tls

#: Domains that nobody's server is home to (RFC 2606 3).
_ELSEWHERE = "smtpprobe@example.com"

_POSTMASTER = Command(send=("MAIL FROM:<>", "RCPT TO:<postmaster>"), name="postmaster", code="2xx")
_NO_RELAY = Command(send=("MAIL FROM:<>", f"RCPT TO:<{_ELSEWHERE}>"), name="relay", code="5xx")
_NO_USERS = Command(send="VRFY postmaster", name="vrfy", never=250)


class Preset(Struct, frozen=True):
    """Expectations under a name. ``port`` is that of a target that names none."""

    summary: str
    port: int
    expect: Expect


PRESETS = {
    "mx": Preset(
        "a server that takes a domain's mail from anybody",
        25,
        Expect(
            extensions=Extensions(present=("8BITMIME",), absent_in_tls=("STARTTLS",)),
            auth=Auth(in_clear=False),
            command=(_POSTMASTER, _NO_RELAY, _NO_USERS),
            tls=Tls(offered=True, version="1.2"),
            certificate=Certificate(days_left=7),
            mx=Mx(reachable="all"),
        ),
    ),
    "submission": Preset(
        "a server that takes mail from its own users, after a login",
        587,
        Expect(
            extensions=Extensions(present_in_tls=("AUTH",), absent_in_tls=("STARTTLS",)),
            auth=Auth(in_clear=False),
            command=(
                Command(
                    send=("MAIL FROM:<smtpprobe@example.org>", f"RCPT TO:<{_ELSEWHERE}>"),
                    name="without-login",
                    code="5xx",
                ),
                _NO_USERS,
            ),
            tls=Tls(offered=True, version="1.2"),
            certificate=Certificate(days_left=14, trusted=True),
        ),
    ),
    "relay": Preset(
        "a server that carries mail from here to anywhere",
        25,
        Expect(
            extensions=Extensions(present=("8BITMIME",)),
            auth=Auth(in_clear=False),
            command=(Command(send=("MAIL FROM:<>", f"RCPT TO:<{_ELSEWHERE}>"), name="relay", code="2xx"), _NO_USERS),
            tls=Tls(offered=True, version="1.2"),
            certificate=Certificate(days_left=14),
            greeting=Greeting(name_is_ptr=True),
        ),
    ),
    "internal": Preset(
        "a server of one's own network, with certificates that nobody else vouches for",
        25,
        Expect(
            extensions=Extensions(present=("8BITMIME", "SIZE")),
            command=(_POSTMASTER,),
            time=Times(connect="1s", greeting="5s", ehlo="5s"),
            findings=Findings(tolerated=("certificate-untrusted", "certificate-name", "starttls-missing")),
        ),
    ),
}
