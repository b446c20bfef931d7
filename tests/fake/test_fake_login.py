"""The fake server's logins: who is let in, by which mechanism."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode

import pytest

from smtpprobe.fake.login import CHALLENGES, Login
from smtpprobe.fake.personality import Auth

AUTH = Auth(users={"ann": "secret"})
CHALLENGE = b64decode(CHALLENGES["CRAM-MD5"][0][4:])


def answered(mechanism: str, *responses: bytes, auth: Auth = AUTH) -> str:
    login = Login(auth, mechanism, None)
    for response in responses:
        assert login.challenge is not None
        login.respond(b64encode(response).decode())
    assert login.challenge is None
    reply, logged_in = login.verdict
    assert isinstance(reply, str)
    assert logged_in == reply.startswith("235")
    return reply[:3]


def keyed(password: bytes, challenge: bytes = CHALLENGE) -> bytes:
    return hmac.new(password, challenge, hashlib.md5).hexdigest().encode()


@pytest.mark.parametrize(
    ("mechanism", "responses", "code"),
    [
        ("PLAIN", [b"\0ann\0secret"], "235"),
        ("PLAIN", [b"\0ann\0wrong"], "535"),
        ("PLAIN", [b"ann"], "535"),
        ("LOGIN", [b"ann", b"secret"], "235"),
        ("LOGIN", [b"bob", b"secret"], "535"),
        ("CRAM-MD5", [b"ann " + keyed(b"secret")], "235"),
        ("CRAM-MD5", [b"ann " + keyed(b"wrong")], "535"),
        ("CRAM-MD5", [b"ann secret"], "535"),
        ("CRAM-MD5", [b"bob " + keyed(b"secret")], "535"),
        ("CRAM-MD5", [b""], "535"),
        ("XOAUTH2", [b"user=ann\x01auth=Bearer x\x01\x01"], "535"),
    ],
)
def test_who_is_let_in(mechanism: str, responses: list[bytes], code: str) -> None:
    assert answered(mechanism, *responses) == code


def test_a_challenge_of_its_own() -> None:
    own = Auth(users={"ann": "secret"}, challenges={"CRAM-MD5": ("334 " + b64encode(b"<7@x>").decode(),)})
    assert answered("CRAM-MD5", b"ann " + keyed(b"secret", b"<7@x>"), auth=own) == "235"
    assert answered("CRAM-MD5", b"ann " + keyed(b"secret"), auth=own) == "535"


def test_a_challenge_that_is_none() -> None:
    odd = Auth(users={"ann": "secret"}, challenges={"CRAM-MD5": ("334 say it",)})
    assert answered("CRAM-MD5", b"ann " + keyed(b"secret"), auth=odd) == "501"
