"""A login over a real wire, against servers that say what a test wants: what is sent, what is kept, what it means."""

from __future__ import annotations

import asyncio
from base64 import b64decode, b64encode

import pytest
from held_logins import ANN, PASSWORD, TOKEN, WITH_TOKEN, Talk, b64, held, offering, saying
from ntlm_challenge import NTLM_CHALLENGE
from scramp import ScramMechanism  # type: ignore[import-untyped]
from scripted import EHLO, Peer

from smtpprobe.explain import annotate
from smtpprobe.explain.known import known_of
from smtpprobe.fake import FakeServer, Personality
from smtpprobe.fake.personality import Auth, Ehlo
from smtpprobe.journey import Login
from smtpprobe.model import Capabilities, Route
from smtpprobe.outcome import Cause, Check, Stage, Standing, Who
from smtpprobe.sasl import MECHANISMS, OAuthRefusal
from smtpprobe.trace.login import log_in, login_ruling
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

# -- what is sent ----------------------------------------------------------------------------------------------


def test_plain_goes_out_with_the_command() -> None:
    one = held(saying("235 2.7.0 ok"), ANN, offering("LOGIN", "PLAIN"))
    assert one.heard[0] == b"AUTH PLAIN " + b64encode(f"\0ann@example.com\0{PASSWORD}".encode())
    assert one.result.logged_in
    assert one.result.mechanism == "PLAIN"
    assert one.result.others == ("LOGIN",)
    assert one.result.evidence == (1,)
    assert one.recorded[1].command is not None
    assert one.recorded[1].command.line == b"AUTH PLAIN [redacted]"
    assert (one.ruling.check, one.ruling.standing, one.ruling.result) == (Check.LOGIN, Standing.PASS, "235")
    assert (one.ruling.who, one.ruling.record) == (Who.NOBODY, "AUTH LOGIN PLAIN")


def test_login_is_asked_twice() -> None:
    one = held(saying("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 ok"), ANN, offering("LOGIN"))
    assert one.heard[:3] == [b"AUTH LOGIN", b64encode(b"ann@example.com"), b64encode(PASSWORD.encode())]
    assert one.result.evidence == (1, 2, 3)
    assert [e.command.line for e in one.recorded[1:4] if e.command] == [b"AUTH LOGIN", b"[redacted]", b"[redacted]"]
    assert one.result.last is one.recorded[3]


def test_a_long_initial_response_waits_for_the_challenge() -> None:
    # RFC 4954 4: a command line has at most 512 octets.
    login = Login("ann@example.com", token="t" * 600)
    one = held(saying("334 ", "235 ok"), login, offering("XOAUTH2"))
    assert one.heard[0] == b"AUTH XOAUTH2"
    assert b64decode(one.heard[1]).endswith(b"\x01auth=Bearer " + b"t" * 600 + b"\x01\x01")
    assert one.result.logged_in


@pytest.mark.parametrize("length", range(345, 365))
def test_no_line_is_longer_than_512_octets(length: int) -> None:
    one = held(saying("334 ", "235 ok"), Login("a", "p" * length), offering("PLAIN"))
    first = len(one.heard[0]) + 2
    assert first <= 512
    # 501 is the longest that fits the next three octets of base64.
    assert (first > 20) == (len(b"AUTH PLAIN ") + 4 * -(-(length + 3) // 3) + 2 <= 512)


def test_external_says_an_empty_response_as_an_equals_sign() -> None:
    one = held(saying("235 ok"), Login(""), offering("EXTERNAL"))
    assert one.heard[0] == b"AUTH EXTERNAL ="


def test_a_response_has_its_limit() -> None:
    one = held(saying("334 ", "501 cancelled"), Login("ann", token="t" * 13_000), offering("XOAUTH2"))
    assert one.heard[:2] == [b"AUTH XOAUTH2", b"*"]
    assert "12,288" in one.result.trouble


# -- SCRAM: the server is scramp's -----------------------------------------------------------------------------


def scram_server(mechanism: str, password: str, *, tell_proof: bool = True, forge: bool = False) -> Talk:
    salted = ScramMechanism(mechanism)
    info = salted.make_auth_info(password, salt=b"0123456789abcdef")

    async def talk(peer: Peer) -> None:
        server = salted.make_server(lambda user: info)
        server.set_client_first(b64decode((await peer.line()).split()[2]).decode())
        peer.send(b"334 " + b64encode(server.get_server_first().encode()) + b"\r\n")
        try:
            server.set_client_final(b64decode(await peer.line()).decode())
        except Exception:
            peer.send(b"535 5.7.8 no\r\n")
            return
        if tell_proof:
            final = b"v=" + b64encode(bytes(32)) if forge else server.get_server_final().encode()
            peer.send(b"334 " + b64encode(final) + b"\r\n")
            await peer.line()
        peer.send(b"235 2.7.0 ok\r\n")

    return talk


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-1", "SCRAM-SHA-256"])
@pytest.mark.parametrize("user", ["a", "an", "ann"])
def test_scram(mechanism: str, user: str) -> None:
    # Names of every length: where our nonce stands in both messages alike, the server's looks like an echo of a secret.
    one = held(scram_server(mechanism, PASSWORD), Login(user, PASSWORD), offering("PLAIN", mechanism))
    assert one.result.logged_in, one.result
    assert one.heard[2] == b""
    assert one.result.mechanism == mechanism


def test_scram_refused_is_not_followed_by_plain() -> None:
    one = held(scram_server("SCRAM-SHA-256", "other"), ANN, offering("PLAIN", "LOGIN", "SCRAM-SHA-1", "SCRAM-SHA-256"))
    assert one.result.cause is Cause.AUTH_REFUSED
    assert [line[:10] for line in one.heard if line.startswith(b"AUTH")] == [b"AUTH SCRAM"]
    assert one.result.others == ("SCRAM-SHA-1", "PLAIN", "LOGIN")
    assert any("--auth SCRAM-SHA-1" in step for step in one.ruling.steps)


@pytest.mark.parametrize("how", [{"tell_proof": False}, {"forge": True}])
def test_a_server_without_proof_is_not_believed(how: dict[str, bool]) -> None:
    one = held(scram_server("SCRAM-SHA-256", PASSWORD, **how), ANN, offering("SCRAM-SHA-256"))
    assert one.result.cause is Cause.AUTH_MECHANISM
    assert one.ruling.standing is Standing.FAIL
    assert "proof" in one.result.trouble or "signature" in one.result.trouble


# -- tokens ----------------------------------------------------------------------------------------------------

GOOGLE = '{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}'


@pytest.mark.parametrize(("mechanism", "acknowledged"), [("XOAUTH2", b""), ("OAUTHBEARER", b"AQ==")])
def test_the_error_of_a_token_is_decoded(mechanism: str, acknowledged: bytes) -> None:
    refused = saying(f"334 {b64(GOOGLE)}", "535-5.7.8 Username and Password not accepted.\r\n535 5.7.8  - gsmtp")
    one = held(refused, WITH_TOKEN, offering("PLAIN", mechanism))
    assert one.heard[1] == acknowledged
    assert one.result.refusal == OAuthRefusal("400", "Bearer", "https://mail.google.com/")
    ruling = login_ruling(one.result, "smtp.gmail.com")
    assert (ruling.standing, ruling.result) == (Standing.FAIL, "535 5.7.8")
    assert ruling.detail == (
        "The server said of the token: status 400, schemes Bearer, scope https://mail.google.com/."
    )
    assert "for the scope https://mail.google.com/" in ruling.steps[0]
    assert not any("app password" in step for step in ruling.steps)


# -- what cannot go on -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("challenge", "why"),
    [
        ("334 go on then", "no base64"),
        ("334-YQ==\r\n334 YQ==", "several lines"),
        ("334 " + "A" * 9000, "8 KiB"),
        ("334", "empty"),
        ("334 ", "empty"),
    ],
)
def test_a_challenge_that_cannot_be_answered_is_cancelled(challenge: str, why: str) -> None:
    one = held(saying(challenge, "501 5.7.0 cancelled"), ANN, offering("CRAM-MD5"))
    assert one.heard[1] == b"*"
    assert why in one.result.trouble
    assert one.result.cause is Cause.AUTH_MECHANISM
    assert (one.result.last, one.result.evidence) == (one.recorded[1], (1, 2))
    assert one.ruling.who is Who.SERVER


def test_a_server_that_asks_for_ever_is_left() -> None:
    async def talk(peer: Peer) -> None:
        while not peer.reader.at_eof():
            await peer.line()
            peer.send(b"334 e30=\r\n")

    one = held(talk, WITH_TOKEN, offering("XOAUTH2"))
    assert len(one.heard) < 6
    assert "goes on asking" in one.result.trouble
    assert one.result.cause is Cause.AUTH_MECHANISM


async def _vanish(peer: Peer) -> None:
    await peer.line()
    peer.reset()


async def _silent(peer: Peer) -> None:
    await peer.line()


@pytest.mark.parametrize(
    ("talk", "words"),
    [
        (_vanish, "connection"),
        (_silent, "no answer"),
        (saying("hello"), "no SMTP reply"),
        (saying("334 YQ==\r\n250 x"), ""),
    ],
)
def test_a_login_that_breaks_off(talk: Talk, words: str) -> None:
    one = held(talk, ANN, offering("CRAM-MD5"), timeout=0.3)
    assert not one.result.logged_in
    assert one.result.cause is Cause.SERVER
    assert words in one.result.trouble
    assert one.ruling.standing is Standing.UNKNOWN


def test_an_echo_of_the_secret_is_kept_nowhere() -> None:
    echo = f"535 5.7.8 {PASSWORD} is wrong, you said {b64(PASSWORD)}"
    one = held(saying("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", echo), ANN, offering("LOGIN"))
    assert one.result.cause is Cause.AUTH_REFUSED


# -- nothing is tried ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capabilities", "stage", "login", "cause", "words"),
    [
        (offering(starttls=True), Stage.CLEAR, ANN, Cause.AUTH_MECHANISM, "before STARTTLS"),
        (offering(), Stage.TLS, ANN, Cause.AUTH_MECHANISM, "submission ports"),
        (offering("PLAIN"), Stage.CLEAR, ANN, Cause.AUTH_INSECURE, "not encrypted"),
        (offering("GSSAPI"), Stage.TLS, ANN, Cause.AUTH_MECHANISM, "offers GSSAPI, and this login"),
        (offering("PLAIN"), Stage.TLS, Login("", "p"), Cause.AUTH_MECHANISM, "no user name"),
    ],
)
def test_nothing_is_sent(capabilities: Capabilities, stage: Stage, login: Login, cause: Cause, words: str) -> None:
    one = held(saying(), login, capabilities, stage=stage)
    assert one.heard in ([], [b""])
    assert (one.result.cause, one.result.mechanism, one.result.evidence) == (cause, None, ())
    assert words in one.ruling.summary
    assert (one.ruling.standing, one.ruling.result) == (Standing.FAIL, cause.value)


def test_a_secret_is_sent_in_clear_only_on_demand() -> None:
    login = Login("ann", PASSWORD, insecure=True)
    one = held(saying("235 ok"), login, offering("PLAIN"), stage=Stage.CLEAR)
    assert one.result.logged_in


def test_what_was_recorded_can_be_explained() -> None:
    one = held(saying("535 5.7.8 no"), ANN, offering("PLAIN"))
    note = annotate(one.recorded, 1, known_of(one.recorded))
    assert note is not None
    assert note.code == "535"


def test_ntlm_reads_a_challenge_that_looks_like_what_was_said() -> None:
    pytest.importorskip("spnego")
    login = Login("ann", PASSWORD, mechanism="NTLM")
    one = held(saying(f"334 {b64encode(NTLM_CHALLENGE).decode()}", "235 ok"), login, offering("NTLM"))
    assert one.result.logged_in, one.result.trouble


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_any_server_may_answer_anything(mechanism: str) -> None:
    login = Login("ann@example.com", PASSWORD, TOKEN, mechanism)
    for reply in ("235 ok", "334 e30=", "250 what", "354 go on", "421 bye", "334 AAAA"):
        one = held(saying(reply, "535 no"), login, offering(mechanism), timeout=0.5)
        assert one.ruling.check is Check.LOGIN


@pytest.mark.parametrize(("password", "cause"), [("secret", Cause.NONE), ("wrong", Cause.AUTH_REFUSED)])
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_the_fake_server_judges(mechanism: str, password: str, cause: Cause) -> None:
    promised = Ehlo(clear=("AUTH PLAIN LOGIN CRAM-MD5",))
    server_side = Personality(summary="Knows ann.", ehlo=promised, auth=Auth(users={"ann": "secret"}))

    async def work() -> Cause:
        async with FakeServer(server_side) as server:
            record = Record(lambda _: None)
            due = asyncio.get_running_loop().time() + 10
            session = Session(1, Route("", server.host, server.port), Dial("client.example"), record, due)
            assert await session.connect(implicit_tls=False) is None
            await session.greeting()
            login = Login("ann", password, mechanism=mechanism, insecure=True)
            offered = offering("PLAIN", "LOGIN", "CRAM-MD5")
            await session.flight([EHLO], Stage.EHLO)
            result = await log_in(session, Stage.CLEAR, offered, login, record=record, verified=False)
            await session.quit()
            return result.cause

    assert asyncio.run(work()) is cause
