"""Names, addresses, users, ids and dates become examples, the same one for each; the software's words stay."""

from __future__ import annotations

import base64
import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.masking import Masks, masked, masks
from smtpprobe.masking.challenges import challenge
from smtpprobe.masking.table import is_id
from smtpprobe.model import (
    Capabilities,
    Command,
    Connection,
    Exchange,
    Keyword,
    Reply,
    Route,
    Software,
    Target,
    Transcript,
)
from smtpprobe.outcome import ClosedBy, Outcome, Stage
from smtpprobe.probes.ntlm import decoded
from smtpprobe.wire.ehlo import read

NOTHING = Masks({}, {}, {}, {}, frozenset())


@dataclasses.dataclass
class Said:
    """One command and its answer."""

    line: str
    answer: str
    stage: Stage = Stage.CLEAR
    probe: str | None = "help"


def reply(text: str) -> Reply:
    raw = "".join(f"{line}\r\n" for line in text.split("\n")).encode("utf-8", "surrogateescape")
    texts = tuple(line[4:] for line in raw.removesuffix(b"\r\n").split(b"\r\n"))
    return Reply(int(text[:3]), None, texts, raw, len(raw))


def run(greeting: str, *said: Said, address: str = "203.0.113.77", **other: Any) -> Transcript:
    exchanges = [Exchange(1, 1, Stage.GREETING, None, 0, reply(greeting))]
    exchanges += [
        Exchange(1, 1, one.stage, Command(one.line.encode()), 0, reply(one.answer), probe=one.probe) for one in said
    ]
    hello = next((e.reply for e in exchanges if e.stage is Stage.EHLO), None)
    given: dict[str, Any] = {
        "target": Target("mail7.corp-secret.com:25", "mail7.corp-secret.com", 25),
        "route": Route("mail7.corp-secret.com", address, 25),
        "observations": (),
        "connections": (Connection(1, address, 25, 0, 0, ClosedBy.US),),
        "clear": read(hello) if hello is not None else None,
        "software": None,
        "source": "198.51.100.9",
        "sni": None,
        "ehlo_name": "desk.corp-secret.com",
    }
    return Transcript(
        exchanges=tuple(exchanges),
        encrypted=None,
        tls=None,
        failure=None,
        outcome=Outcome.ANSWERED,
        started="2026-11-29T02:05:03Z",
        started_ns=0,
        ended_ns=0,
        profile="full",
        round_trips=0,
        **given | other,
    )


def told(transcript: Transcript) -> list[str]:
    return [
        e.reply.raw.decode("utf-8", "surrogateescape").removesuffix("\r\n") for e in transcript.exchanges if e.reply
    ]


def test_every_place_gets_the_same_example() -> None:
    hidden = masked(
        run(
            "220 mail7.corp-secret.com ESMTP at Sun, 29 Nov 2026 02:05:03 +0000",
            Said(
                "EHLO desk.corp-secret.com",
                "250-mail7.corp-secret.com Hello [198.51.100.9]\n250 SIZE 10240000",
                Stage.EHLO,
            ),
            Said("HELP", "214-See https://www.corp-secret.com:8443/help?for=mail7\n214 or MAIL7.Corp-Secret.COM."),
            Said(
                "VRFY postmaster", "252 postmaster@corp-secret.com and bob.smith@corp-secret.com, again bob.smith@x.net"
            ),
        )
    )
    assert told(hidden) == [
        "220 mx.example.org ESMTP at Thu, 01 Jan 2026 00:00:00 +0000",
        "250-mx.example.org Hello [192.0.2.2]\r\n250 SIZE 10240000",
        "214-See https://host2.example.org:8443/help?for=mx\r\n214 or mx.example.org.",
        "252 postmaster@example.org and user@example.org, again user@host3.example.net",
    ]
    assert hidden.clear is not None
    assert (hidden.clear.domain, hidden.target.text) == ("mx.example.org", "mx.example.org:25")
    assert hidden.route is not None
    assert (hidden.route.host, hidden.route.address, hidden.source) == ("mx.example.org", "192.0.2.1", "192.0.2.2")
    assert hidden.started.startswith("2026-01-01")


@pytest.mark.parametrize(
    "text",
    [
        "ESMTP Sendmail 8.17.1.9/8.17.1.9; ready",
        "5.5.2 Error: command not recognized",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        "SIZE 157286400 8BITMIME SMTPUTF8 SCRAM-SHA-256-PLUS CRAM-MD5 X-ANONYMOUSTLS",
        "TLS_AES_256_GCM_SHA384 and RFC5321, see RFC 3207 4.2",
        'For more info use "HELP <topic>".',
        "e.g. at 12:34 or 12:34:56 o'clock",
        "mx.example.org mail.example.net localhost",
    ],
)
def test_the_words_of_the_software_stay(text: str) -> None:
    table = masks(run("220 mail7.corp-secret.com", software=Software("Sendmail", "8.17.1.9", "")))
    assert table.text(text) == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("220 OK 5b1f17b1804b1-12ab34cd56ef - gsmtp", "220 OK id - gsmtp"),
        ("queued as 4XyZ01bc23", "queued as id"),
        ("OK id=1tEfgh-0000ab-1C", "OK id=id"),
        ("from [2A00:1450:4864::1b] and ::1", "from [2001:db8::ffff] and 2001:db8::ffff"),
        ("from 10.0.0.1.", "from 192.0.2.255."),
        ("see http://wiki.other.de/x", "see http://host.example.net/x"),
        ("Müller bei postamt.münchen.de", "Müller bei host.example.net"),
        ("250-mail.other.de 250-x", "250-host.example.net 250-x"),
        ("2026-11-29T02:05:03Z", "2026-01-01T00:00:00Z"),
        ("Sun Nov 29 02:05:03 2026", "Thu, 01 Jan 2026 00:00:00 +0000"),
        ("jo@[192.168.1.1]", "user@[192.0.2.255]"),
        ("1796000000123", "id"),
        ("MAIL.OTHER.DE or mail.other.Name", "host.example.net or mail.other.Name"),
    ],
)
def test_a_text_that_no_table_knows_tells_nothing_either(text: str, hidden: str) -> None:
    assert NOTHING.text(text) == hidden


def test_what_differs_from_connection_to_connection_is_an_id() -> None:
    one = run(
        "220 mail7.corp-secret.com",
        Said("NOOP", "250 ok qq7x"),
        Said("NOOP", "250 ok qq8y"),
        Said("NOOP", "250 ok qq9z"),
    )
    assert told(masked(one))[1:] == ["250 ok id1", "250 ok id2", "250 ok id3"]


def test_what_we_say_ourselves_is_no_id() -> None:
    one = run("220 mail7.corp-secret.com", Said("VRFY 0123456789", "550 5.1.1 0123456789 unknown", probe="vrfy-random"))
    assert told(masked(one))[1] == "550 5.1.1 0123456789 unknown"


def test_what_the_user_sent_is_masked_too() -> None:
    one = run("220 mail7.corp-secret.com", Said("VRFY bob@corp-secret.com", "250 bob@corp-secret.com", probe="command"))
    hidden = masked(one)
    assert hidden.exchanges[1].command == Command(b"VRFY user@example.org")
    assert told(hidden)[1] == "250 user@example.org"


def test_people_have_names() -> None:
    one = run(
        "220 mail7.corp-secret.com", Said("VRFY root", "250-2.1.5 Charlie Root <root>\n250 <ann@corp-secret.com>")
    )
    assert told(masked(one))[1] == "250-2.1.5 Example User <root>\r\n250 <user@example.org>"


def test_a_name_without_a_dot_is_known_by_its_place() -> None:
    one = run(
        "220 kraken ESMTP",
        Said("EHLO x", "250-kraken\n250 HELP", Stage.EHLO),
        Said("HELP", "214 Ask kraken, not octopus"),
    )
    assert told(masked(one)) == [
        "220 mx.example.org ESMTP",
        "250-mx.example.org\r\n250 HELP",
        "214 Ask mx.example.org, not octopus",
    ]


def test_whose_server_it_is_shows_in_no_word_either() -> None:
    one = run("220 mail7.corp-secret.com ESMTP", Said("HELP", "214 Welcome to mail7 of CORP-SECRET, the mail server"))
    assert told(masked(one))[1] == "214 Welcome to mx of example, the mail server"


def test_a_flood_of_names_takes_no_time() -> None:
    names = " ".join(
        f"h{number}.x{number}.net {number % 250}.1.{number % 200}.9 u{number}@y.net" for number in range(20_000)
    )
    table = masks(run("220 mail7.corp-secret.com", Said("HELP", f"214 {names}")))
    assert len(table.names) < 3_000
    assert "y.net" not in table.text(names)
    assert "x19999" not in table.text(names)


def test_the_software_is_recognised_as_before() -> None:
    """Gmail's EHLO is known by Gmail's name, which is then no secret."""
    evidence = "EHLO: mx.google.com at your service; HELP:  - gsmtp"
    one = run(
        "220 ready",
        Said("EHLO x", "250-mx.google.com at your service, [198.51.100.9]\n250 SIZE 1", Stage.EHLO, None),
        Said("HELP", "214 2.0.0 https://www.google.com/search - gsmtp"),
        software=Software("Gmail", None, evidence),
    )
    assert told(masked(one))[1].startswith("250-mx.google.com at your service, [192.0.2.2]")


@pytest.mark.parametrize("word", ["8BITMIME", "SMTPUTF8", "deadbeef", "command", "X-ANONYMOUSTLS", "10240000"])
def test_a_word_is_no_id(word: str) -> None:
    assert not is_id(word)


def test_a_text_challenge_keeps_its_form() -> None:
    cram = base64.b64encode(b"<17893.1320671828@mail7.corp-secret.com>")
    table = masks(run("220 mail7.corp-secret.com"))
    assert base64.b64decode(challenge(cram, table.text)) == b"<1.1@mx.example.org>"
    digest = base64.b64encode(b'realm="mail7.corp-secret.com",nonce="dGhpcyBpcyBzZWNyZXQ=",qop="auth"')
    assert base64.b64decode(challenge(digest, table.text)) == b'realm="mx.example.org",nonce="example",qop="auth"'
    assert challenge(b"VXNlcm5hbWU6", table.text) == b"VXNlcm5hbWU6"
    assert challenge(b"", table.text) == b""
    assert challenge(b"not base64 of mail7.corp-secret.com", table.text) == b"not base64 of mx.example.org"


def test_a_windows_challenge_names_an_example() -> None:
    ntlm = base64.b64encode(b"NTLMSSP\0\x02\0\0\0" + bytes(60) + "CORP".encode("utf-16-le"))
    names = decoded(challenge(ntlm, str).decode())
    assert names == {
        "target": "EXAMPLE",
        "domain": "EXAMPLE",
        "computer": "MX",
        "DNS domain": "example.org",
        "DNS computer name": "mx.example.org",
    }
    assert challenge(base64.b64encode(b"\xff\x00\x01"), str) == base64.b64encode(b"example")


def test_keywords_keep_their_words_and_lose_their_names() -> None:
    offer = Capabilities("mail7.corp-secret.com", (Keyword("X-HOST", ("mail7.corp-secret.com", "8F3A2B1C9D")),))
    hidden = masked(run("220 mail7.corp-secret.com", clear=offer)).clear
    assert hidden is not None
    assert hidden.keywords[0].arguments == ("mx.example.org", "8F3A2B1C9D")


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more_and_never_fails(text: str) -> None:
    once = NOTHING.text(text)
    assert NOTHING.text(once) == once


@given(st.binary(max_size=80))
def test_any_octets_pass(octets: bytes) -> None:
    NOTHING.octets(octets)
    challenge(octets, NOTHING.text)
