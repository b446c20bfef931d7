"""What `explain` must make of what real mail servers log when they refuse a client."""

import smtplib
from base64 import b64encode
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import NAMES
from explaining import Item, as_syslog, items_of, unexplained, unread, verb
from probing import probe
from servers.base import SETTLED, MailServer

EHLO = "EHLO client.example"
MAIL = "MAIL FROM:<bob@home.example>"
PASSWORD = b64encode(b"secret").decode()
LOGIN = b64encode(b"\0prober\0secret").decode()
DIALOGUES: Mapping[str, tuple[str, ...]] = {
    "relaying": (EHLO, MAIL, "RCPT TO:<ann@elsewhere.example>"),
    "no such user": (EHLO, MAIL, "RCPT TO:<nobody9@test.example>"),
    "VRFY": (EHLO, "VRFY nobody9@test.example"),
    "short name": ("EHLO x", MAIL, "RCPT TO:<root@test.example>"),
    "illegal name": ("EHLO @@!",),
    "too big": (EHLO, f"{MAIL} SIZE=999999999"),
    "parameter of MAIL": (EHLO, f"{MAIL} FOO=bar"),
    "parameter of RCPT": (EHLO, MAIL, "RCPT TO:<root@test.example> FOO=bar"),
    "wrong password": (EHLO, f"AUTH PLAIN {LOGIN}"),
    "no such mechanism": (EHLO, "AUTH FOO"),
    "password after a refusal": (EHLO, "AUTH FOO", PASSWORD),
    "wrong order": (EHLO, "RCPT TO:<root@test.example>"),
    "no such verb": (EHLO, "BOGUS"),
    "HTTP": ("GET / HTTP/1.0",),
    "illegal address": (EHLO, "MAIL FROM:bob@home.example>>"),
    "ETRN": (EHLO, "ETRN elsewhere.example"),
}
#: Code, enhanced code, verb, reason.
Told = tuple[int | None, str | None, str, str]
# A dialogue that is not here leaves no line that tells of a refusal.
TOLD: Mapping[str, Mapping[str, list[Told]]] = {
    "postfix": {
        "relaying": [(554, "5.7.1", "RCPT", "norelaying")],
        "no such user": [(550, "5.1.1", "RCPT", "userunknown")],
        "VRFY": [(550, "5.1.1", "VRFY", "userunknown")],
        "short name": [(504, "5.5.2", "RCPT", "blocked")],
        "too big": [(552, "5.3.4", "MAIL", "mesgtoobig")],
        "wrong password": [(None, None, "AUTH", "securityerror")],
        "no such mechanism": [(None, None, "AUTH", "securityerror")],
        "password after a refusal": [(None, None, "AUTH", "securityerror")],
        "HTTP": [(None, None, "", "syntaxerror")],
        "illegal address": [(None, None, "MAIL", "syntaxerror")],
        "ETRN": [(None, None, "ETRN", "policyviolation")],
    },
    # Exim's log has its reason and not the reply.
    "exim": {
        "relaying": [(None, None, "RCPT", "norelaying")],
        "no such user": [(None, None, "RCPT", "hostunknown")],
        "VRFY": [(None, None, "VRFY", "policyviolation")],
        "illegal name": [(None, None, "EHLO", "syntaxerror")],
        "too big": [(None, None, "MAIL", "mesgtoobig")],
        "parameter of MAIL": [(None, None, "MAIL", "syntaxerror")],
        "parameter of RCPT": [(None, None, "RCPT", "syntaxerror")],
        "wrong password": [(535, None, "AUTH", "securityerror")],
        "no such mechanism": [(None, None, "AUTH", "securityerror")],
        "password after a refusal": [
            (None, None, "AUTH", "securityerror"),
            (None, None, "[redacted]", "syntaxerror"),
        ],
        "wrong order": [(None, None, "RCPT", "syntaxerror")],
        "no such verb": [(None, None, "BOGUS", "syntaxerror")],
        "HTTP": [(None, None, "GET", "syntaxerror")],
        "illegal address": [(None, None, "MAIL", "syntaxerror")],
        "ETRN": [(None, None, "ETRN", "policyviolation")],
    },
    "opensmtpd": {
        # The reply is the same for a stranger's domain and for a user of its own that is not there.
        "relaying": [(550, None, "RCPT", "userunknown")],
        "no such user": [(550, None, "RCPT", "userunknown")],
        "VRFY": [(500, "5.5.1", "VRFY", "syntaxerror")],
        "illegal name": [(501, "5.5.4", "EHLO", "hostunknown")],
        "parameter of MAIL": [(503, "5.5.4", "MAIL", "syntaxerror")],
        "parameter of RCPT": [(503, None, "RCPT", "syntaxerror")],
        "wrong password": [(503, "5.5.1", "AUTH", "syntaxerror")],
        "no such mechanism": [(503, "5.5.1", "AUTH", "syntaxerror")],
        "password after a refusal": [
            (503, "5.5.1", "AUTH", "syntaxerror"),
            (500, "5.5.1", "[redacted]", "syntaxerror"),
        ],
        "wrong order": [(503, "5.5.1", "RCPT", "syntaxerror")],
        "no such verb": [(500, "5.5.1", "BOGUS", "syntaxerror")],
        "HTTP": [(500, "5.5.1", "GET", "syntaxerror")],
        "illegal address": [(553, "5.1.0", "MAIL", "syntaxerror")],
        "ETRN": [(500, "5.5.1", "ETRN", "syntaxerror")],
    },
    # Sendmail logs few of them at its usual level.
    "sendmail": {
        "relaying": [(550, "5.7.1", "RCPT", "norelaying")],
        "no such user": [(None, None, "RCPT", "userunknown")],
        "illegal name": [(None, None, "EHLO", "syntaxerror")],
        "parameter of RCPT": [(None, None, "", "syntaxerror")],
        "HTTP": [(None, None, "", "syntaxerror")],
    },
}


@pytest.fixture
def strict_server(request: pytest.FixtureRequest, name: str) -> MailServer:
    """The server of this name; Postfix as one that lets nobody log in or in by half a name."""
    if name == "postfix":
        postfix_with: Callable[..., MailServer] = request.getfixturevalue("postfix_with")
        return postfix_with(tls=False, strict_helo=True)
    server: MailServer = request.getfixturevalue(name)
    return server


@pytest.mark.parametrize("name", NAMES)
def test_every_refusal_has_its_reason(name: str, strict_server: MailServer, tmp_path: Path) -> None:
    lines = [len(strict_server.log().splitlines())]
    for dialogue in DIALOGUES.values():
        with smtplib.SMTP(strict_server.host, strict_server.port, timeout=30) as client:
            for command in dialogue:
                client.docmd(command)
        strict_server.settle()
        lines.append(len(strict_server.log().splitlines()))
    log = tmp_path / "log"
    log.write_text(as_syslog(strict_server))
    items = [item for item in items_of(log) if SETTLED not in item["input"]]
    told = {
        asked: [item for item in items if begin < item["line"] <= end]
        for asked, (begin, end) in zip(DIALOGUES, pairwise(lines), strict=True)
    }
    assert {asked: [of(item) for item in found] for asked, found in told.items() if found} == TOLD[name]
    (unknown,) = told["no such user"]
    assert unknown["recipient"] == "nobody9@test.example"
    for asked, found in told.items():
        for item in found:
            assert (item["recipient"] or "") in " ".join(DIALOGUES[asked])
            assert item["sender"] in {"bob@home.example", None}
            assert item["host"] is None
            assert PASSWORD not in str(item)
            assert LOGIN not in str(item)
    assert unread(log) == 0


def of(item: Item) -> Told:
    return item["code"], item["enhanced"], verb(item), item["reason"]


def test_no_line_that_a_probe_leaves_is_unread(mail_server: MailServer, tmp_path: Path) -> None:
    probe(mail_server)
    mail_server.settle()
    log = tmp_path / "log"
    log.write_text(as_syslog(mail_server))
    assert unread(log) == 0
    assert unexplained(log) == []
