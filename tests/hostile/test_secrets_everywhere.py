"""A canary password and token appear nowhere: not in what is recorded, shown, logged or thrown, in no form.

``measure_secrets.py`` looks at all places; here each mechanism meets a third of the echoes, and every text is read.
"""

from __future__ import annotations

import base64

import pytest
import secret_places
from secret_canary import LOGIN_PASSWORD, PASSWORD, PLAIN, TOKEN, USER, leaks
from secret_places import CALLS, ECHOES, LIBRARY, LOGINS
from secret_texts import TEXTS

from smtpprobe import redaction
from smtpprobe.model import Command, Exchange, Reply
from smtpprobe.outcome import Stage
from smtpprobe.wire.record import Record


def _third(mechanism: str) -> list[str]:
    return list(ECHOES)[list(LOGINS).index(mechanism) % 3 :: 3]


def _leaking(shown: dict[str, str]) -> dict[str, list[str]]:
    return {place: found for place, text in shown.items() if (found := leaks(text))}


@pytest.mark.parametrize("mechanism", LOGINS)
def test_a_login_leaves_no_secret(mechanism: str) -> None:
    for how in _third(mechanism):
        assert _leaking(secret_places.over_the_wire(LOGINS[mechanism], ECHOES[how])) == {}, how


@pytest.mark.parametrize("mechanism", LIBRARY)
def test_a_login_of_the_library_leaves_no_secret(mechanism: str) -> None:
    for how in _third(mechanism):
        shown = secret_places.through_the_library(LOGINS[mechanism], ECHOES[how], mechanism)
        assert _leaking(shown) == {}, how


@pytest.mark.parametrize("mechanism", ["PLAIN", "XOAUTH2"])
def test_a_connection_that_breaks_under_a_secret_tells_none(mechanism: str) -> None:
    shown = secret_places.when_writing_fails(LOGINS[mechanism][:1])
    assert "SMTPServerDisconnected" in "".join(shown.values())
    assert _leaking(shown) == {}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_pasted_is_redacted(name: str) -> None:
    assert leaks(TEXTS[name]), "the text has to hold the canary"
    assert _leaking(secret_places.explained(TEXTS[name])) == {}


@pytest.mark.parametrize("name", list(TEXTS)[::7])
def test_what_the_command_shows_is_redacted(name: str) -> None:
    assert _leaking(secret_places.explained_by_command(TEXTS[name])) == {}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_with_a_secret_in_it_does_not_show_it(name: str) -> None:
    shown = secret_places.called(name)
    assert any(shown.values())
    assert _leaking(shown) == {}


def test_files_with_a_secret_in_them_do_not_show_it() -> None:
    assert _leaking(secret_places.key_files()) == {}


def test_a_mistake_of_ours_does_not_tell_a_secret() -> None:
    shown = secret_places.a_mistake_of_ours()
    assert all("ValueError" in text for text in shown.values())
    assert _leaking(shown) == {}


def test_a_fake_server_does_not_show_who_logs_in() -> None:
    shown = secret_places.a_fake_server()
    assert "AUTH LOGIN" in shown["stdout and stderr"]
    assert _leaking(shown) == {}


@pytest.mark.parametrize(
    "text",
    [
        *(PASSWORD, TOKEN, PASSWORD.upper(), PASSWORD[:12], PASSWORD[-12:], PLAIN, LOGIN_PASSWORD, PLAIN[30:]),
        *(PASSWORD.encode().hex(), PASSWORD.encode().hex(" "), base64.b64encode(f"x: {PASSWORD}".encode()).decode()),
        *(f"{PLAIN[:40]}\n  {PLAIN[40:]}", base64.b64encode(f"535 {PLAIN}\r\n".encode()).decode()),
        "Zq7!Ke\x1b[0mstrel-0wl",
    ],
)
def test_the_eye_sees_every_form(text: str) -> None:
    assert leaks(f"before {text} after")
    assert not leaks(f"before {redaction.REDACTED} after {USER} VXNlcm5hbWU6")


# -- what is recorded ------------------------------------------------------------------------------------------


def _recorded(*turns: tuple[Command, int]) -> list[Exchange]:
    record = Record(lambda _: None)
    for command, code in turns:
        index = record.begin(Exchange(1, 1, Stage.TLS, command, 0))
        record.settle(index, Reply(code, None, (b"x",), b"", 0), None)
    return record.exchanges


@pytest.mark.parametrize(
    ("command", "line", "secret"),
    [
        (Command(b"AUTH PLAIN AGFubgBzZWNyZXQ="), b"AUTH PLAIN [redacted]", True),
        (Command(b"auth plain AGFubgBzZWNyZXQ="), b"auth plain [redacted]", True),
        (Command(b"AUTH LOGIN"), b"AUTH LOGIN", False),
        (Command(b"c2VjcmV0", secret=True), b"[redacted]", True),
        (Command(b"AUTH PLAIN", secret=True), b"AUTH PLAIN", True),
        (Command(b"NOOP"), b"NOOP", False),
        (Command(b"VRFY author"), b"VRFY author", False),
    ],
)
def test_a_secret_is_redacted_where_it_is_recorded(command: Command, line: bytes, secret: bool) -> None:
    (exchange,) = _recorded((command, 250))
    assert exchange.command == Command(line, secret)


def test_what_answers_a_challenge_is_secret() -> None:
    answered = _recorded((Command(b"AUTH LOGIN"), 334), (Command(b"hunter2"), 334), (Command(b"*"), 501))
    assert [one.command.line for one in answered if one.command] == [b"AUTH LOGIN", b"[redacted]", b"*"]


def test_a_secret_command_shows_nothing_of_itself() -> None:
    assert repr(Command(b"AUTH PLAIN x", secret=True)) == "Command(secret)"
    assert repr(Command(b"NOOP")) == "Command(b'NOOP')"


# -- what is no secret stays -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "535 5.7.8 Username and Password not accepted. Learn more at https://support.google.com/mail/?p=BadCredentials "
        "a640c23a62f3a-aa123b456sm1234567ejc.89 - gsmtp",
        "530 5.7.57 Client not authenticated to send mail. [AM0PR08CA0001.eurprd08.prod.outlook.com 2026-11-20 08DE1]",
        "535 5.7.3 Authentication unsuccessful [FR0P281CA0123.DEUP281.PROD.OUTLOOK.COM 2026-11-20T10 08DE27A1B2C3D4E5]",
        "550 5.7.1 Message-Id <CAB+1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789@mail.gmail.com>: authentication required",
        "500 5.5.2 Syntax error: wrong password: authentication failed",
        "334 VXNlcm5hbWU6 and UGFzc3dvcmQ6",
        "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=a@example.org; dkim=pass header.d=example.org",
        "auth failed: connect to smtp://mx.example.org:587 timed out, see http://mx.example.org:8080/",
        "a URL of a login is smtp://HOST:PORT, without a password",
        "the token has expired, and the password is too short",
        "authentication failed: 20261122023030123456789012 5f4dcc3b5aa765d61d8327deb882cf99",
        "Subject: =?UTF-8?B?a3VuaXl1a2kgYXp1bWE=?= login",
    ],
)
def test_what_is_no_secret_is_shown(text: str) -> None:
    assert redaction.spoken(text) == text
    assert redaction.spoken(text, 535) == text


def test_the_user_is_no_secret() -> None:
    secrets = redaction.Secrets()
    assert secrets.command(f"AUTH PLAIN {PLAIN}") == "AUTH PLAIN [redacted]"
    assert secrets.spoken(f"535 {USER} is unknown, {PASSWORD} too") == f"535 {USER} is unknown, [redacted] too"


def test_secrets_are_bounded() -> None:
    secrets = redaction.Secrets()
    for number in range(1_000):
        secrets.command(f"{number:08}" * 4_000, challenged=True)
    assert sum(map(len, secrets._grams)) < 10_000_000
