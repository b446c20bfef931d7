"""Servers that lie: every challenge ends in an answer or in one sentence, soon, and no secret is told."""

from __future__ import annotations

import base64
import builtins
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.journey import Login
from smtpprobe.sasl import MECHANISMS, Client, OAuthRefusal, SaslError, begin, decoded
from smtpprobe.sasl.md5 import CramMd5, DigestMd5
from smtpprobe.sasl.oauth import OAuthBearer, XOAuth2, refusal_of
from smtpprobe.sasl.plain import Plain
from smtpprobe.sasl.scram import MOST_ITERATIONS, Scram

PASSWORD, TOKEN = "hunter2-secret", "t0k3n-secret"
LOGIN = Login("ann@example.com", PASSWORD, TOKEN)
SALT = base64.b64encode(b"sixteen octets!!")


def client(mechanism: str) -> Client:
    return begin(mechanism, LOGIN, "mail.example", 587)


def complaint(challenge: bytes, to: Client) -> str:
    with pytest.raises(SaslError) as raised:
        to.respond(challenge)
    return str(raised.value)


# Challenges near to what each mechanism asks, so that more than the first check of each is met.
NEAR = st.one_of(
    st.binary(max_size=300),
    st.text(alphabet='realm="nonce,qop=auth\\algorithm=md5-sess \x00é', max_size=200).map(str.encode),
    st.builds(
        b"r=%b,s=%b,i=%d".__mod__, st.tuples(st.binary(max_size=40), st.binary(max_size=30), st.integers(0, 5000))
    ),
    st.binary(max_size=120).map(lambda rest: b"NTLMSSP\0\x02\0\0\0" + rest),
    st.recursive(
        st.none() | st.text(max_size=20) | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
    .map(json.dumps)
    .map(str.encode),
)


@pytest.mark.parametrize("mechanism", MECHANISMS)
@given(challenges=st.lists(NEAR, min_size=1, max_size=4))
def test_a_challenge_is_answered_or_refused_in_one_sentence(mechanism: str, challenges: list[bytes]) -> None:
    talking = client(mechanism)
    try:
        for challenge in challenges:
            assert len(talking.respond(challenge)) < 12_288
    except SaslError as error:
        told = str(error)
        assert told.endswith((".", "?"))
        assert len(told) < 400
        assert PASSWORD not in told
        assert TOKEN not in told


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_nobody_answers_for_ever(mechanism: str) -> None:
    talking = client(mechanism)

    def answers() -> int:
        for count in range(4):
            try:
                talking.respond(b"{}")
            except SaslError:
                return count
        return 4

    assert answers() < 4


@given(st.binary(max_size=400))
def test_base64_is_read_strictly(text: bytes) -> None:
    try:
        octets = decoded(text)
    except SaslError:
        return
    said = text.strip(b" ")
    assert re.fullmatch(rb"[A-Za-z0-9+/]*={0,2}", said)
    assert len(said) == len(base64.b64encode(octets))


@pytest.mark.parametrize("text", [b"VXNlcm5hbWU", b"go on", b"====", b"VXNl\0cm5hbWU6", "ü".encode(), b"A" * 12_289])
def test_what_is_no_challenge(text: bytes) -> None:
    with pytest.raises(SaslError):
        decoded(text)


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_nothing_secret_shows(mechanism: str) -> None:
    talking = client(mechanism)
    shown = repr(talking) + str(talking) + repr(LOGIN)
    assert PASSWORD not in shown
    assert TOKEN not in shown


# -- SCRAM ---------------------------------------------------------------------------------------------------


def scram() -> Scram:
    return Scram("SCRAM-SHA-256", "ann", PASSWORD, "ournonce")


@pytest.mark.parametrize(
    ("challenge", "why"),
    [
        (b"r=theirnonce,s=%b,i=4096" % SALT, "nonce doesn't match"),
        (b"r=ournonce,s=%b,i=4096" % SALT, "longer than the client nonce"),
        (b"r=ournonceX,s=%b,i=2147483648" % SALT, "must not be >"),
        (b"r=ournonceX,s=%b,i=1000001" % SALT, "1,000,001 iterations"),
        (b"r=ournonceX,s=%b,i=%s" % (SALT, b"9" * 5000), "iteration"),
        (b"r=ournonceX,s=%b,i=-4096" % SALT, "iteration"),
        (b"r=ournonceX,s=%b,i=1" % SALT, "must not be <"),
        (b"r=ournonceX,s=*,i=4096", "base 64"),
        (b"r=ournonceX,s=%b" % SALT, "attribute"),
        (b"m=x,r=ournonceX,s=%b,i=4096" % SALT, "'m' attribute"),
        (b"r=ournonce\0X,s=%b,i=4096" % SALT, "NUL"),
        (b"e=unknown-user", "unknown-user"),
        (b"", "Malformed"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_scram_refuses(challenge: bytes, why: str) -> None:
    assert why in complaint(challenge, scram())


def test_scram_calculates_up_to_the_limit() -> None:
    assert scram().respond(b"r=ournonceX,s=%b,i=%d" % (SALT, MOST_ITERATIONS)).startswith(b"c=biws,r=ournonceX,p=")


@pytest.mark.parametrize("final", [b"v=" + base64.b64encode(bytes(32)), b"v=AAAA", b"e=invalid-proof", b"nothing"])
def test_scram_believes_no_server_without_proof(final: bytes) -> None:
    talking = scram()
    talking.respond(b"r=ournonceX,s=%b,i=4096" % SALT)
    complaint(final, talking)
    with pytest.raises(SaslError, match="without the proof"):
        talking.accepted()


# -- DIGEST-MD5, CRAM-MD5 --------------------------------------------------------------------------------------

DIGEST = b'nonce="n",qop="auth",algorithm=md5-sess,charset=utf-8'


@pytest.mark.parametrize(
    ("challenge", "why"),
    [
        (b"", "no list"),
        (b"nothing to see", "no list"),
        (DIGEST + b',x="' + b"a" * 2048 + b'"', "2048"),
        (DIGEST + b',nonce="m"', "nonce once"),
        (DIGEST.replace(b'nonce="n",', b""), "nonce once"),
        (DIGEST.replace(b"algorithm=md5-sess,", b""), "algorithm once"),
        (DIGEST.replace(b"md5-sess", b"sha-256"), "another algorithm"),
        (DIGEST.replace(b'"auth"', b'"auth-conf"'), "security layer"),
        (DIGEST + b"\0", "NUL"),
        (DIGEST + b',x="open', "no list"),
        (DIGEST + b"," + b"x=1," * 100, "no list"),
    ],
)
def test_digest_md5_refuses(challenge: bytes, why: str) -> None:
    assert why in complaint(challenge, DigestMd5("ann", PASSWORD, "smtp/mail.example"))


def test_digest_md5_quotes_what_others_named() -> None:
    answer = DigestMd5('a"b\\c', PASSWORD, "smtp/h").respond(DIGEST + b',realm="r\\"s"')
    assert answer.startswith(b'username="a\\"b\\\\c",realm="r\\"s",nonce="n",')


def test_digest_md5_takes_the_realm_of_the_user() -> None:
    challenge = DIGEST + b',realm="first.example",realm="example.com"'
    assert b'realm="example.com"' in DigestMd5("ann@example.com", PASSWORD, "smtp/h").respond(challenge)
    assert b'realm="first.example"' in DigestMd5("ann", PASSWORD, "smtp/h").respond(challenge)


def test_digest_md5_believes_no_server_without_proof() -> None:
    talking = DigestMd5("ann", PASSWORD, "smtp/h")
    talking.respond(DIGEST)
    assert "impostor" in complaint(b"rspauth=" + b"0" * 32, talking)
    with pytest.raises(SaslError, match="without the proof"):
        talking.accepted()


def test_digest_md5_without_utf_8_cannot_say_everything() -> None:
    challenge = DIGEST.replace(b",charset=utf-8", b"")
    assert b'username="\xe4"' in DigestMd5("ä", PASSWORD, "smtp/h").respond(challenge)
    assert "ISO 8859-1" in complaint(challenge, DigestMd5("ann", "пароль", "smtp/h"))


def test_cram_md5_has_nothing_to_answer_or_answered() -> None:
    talking = CramMd5("ann", PASSWORD)
    assert "empty" in complaint(b"", talking)
    talking.respond(b"<1@example>")
    assert "twice" in complaint(b"<2@example>", talking)


# -- tokens ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"not json",
        b"[" * 9000,
        b'{"x":' * 9000,
        b'{"status": {"a": 1}}',
        b"\xff",
        b'"invalid_token"',
        b'{"status": "\\ud800"}',
    ],
)
def test_an_error_that_cannot_be_read_is_an_empty_one(told: bytes) -> None:
    assert refusal_of(told) == OAuthRefusal()


def test_an_error_is_cut() -> None:
    refusal = refusal_of(json.dumps({"status": 400, "schemes": "b" * 9000, "unknown": [1]}).encode())
    assert (refusal.status, len(refusal.schemes)) == ("400", 300)


@pytest.mark.parametrize("make", [lambda: XOAuth2("ann", TOKEN), lambda: OAuthBearer("ann", TOKEN, "h", 587)])
def test_after_the_error_nothing_more_is_said(make: Callable[[], Client]) -> None:
    talking = make()
    assert len(talking.respond(b"{}")) < 2
    assert "goes on asking" in complaint(b"{}", talking)


@pytest.mark.parametrize(
    ("token", "why"),
    [
        ("Bearer abc", "word Bearer"),
        ("abc\x01user=eve", "characters"),
        ("abc def", "characters"),
        ("ab\nc", "characters"),
        ("", "no token"),
        ("tökén", "characters"),
    ],
)
def test_what_is_no_token(token: str, why: str) -> None:
    with pytest.raises(SaslError, match=why) as raised:
        XOAuth2("ann", token)
    assert token == "" or token not in str(raised.value)


# -- what the user named ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user", "password", "why"),
    [("", "p", "no user name"), ("ann", "", "no password"), ("a\0b", "p", "NUL"), ("ann", "p\0q", "NUL")],
)
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "NTLM"])
def test_what_no_mechanism_can_carry(mechanism: str, user: str, password: str, why: str) -> None:
    with pytest.raises(SaslError, match=why):
        begin(mechanism, Login(user, password), "mail.example", 587)


def test_a_surrogate_is_no_text() -> None:
    with pytest.raises(SaslError, match="no UTF-8"):
        Plain("ann", "p\udcff")


def test_saslprep_forbids() -> None:
    with pytest.raises(SaslError, match="SASLprep"):
        Scram("SCRAM-SHA-256", "ann", "bell\x07")


def test_a_user_cannot_write_into_a_token_message() -> None:
    with pytest.raises(SaslError, match="control character"):
        XOAuth2("ann\x01auth=Bearer x", TOKEN)


def test_ntlm_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def without(name: str, *args: Any, **named: Any) -> Any:
        if name == "spnego":
            raise ImportError(name)
        return known(name, *args, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SaslError, match=r"pip install 'smtpprobe\[ntlm\]'"):
        client("NTLM")
