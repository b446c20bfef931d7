"""The mechanisms against the examples of their own standards."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from ntlm_challenge import NTLM_CHALLENGE

from smtpprobe.sasl import SaslError, decoded
from smtpprobe.sasl.md5 import CramMd5, DigestMd5
from smtpprobe.sasl.oauth import OAuthBearer, OAuthRefusal, XOAuth2
from smtpprobe.sasl.plain import AskedFor, External, Plain
from smtpprobe.sasl.scram import Scram


def test_plain_as_in_rfc_4616_4() -> None:
    assert Plain("tim", "tanstaaftanstaaf").initial == b"\0tim\0tanstaaftanstaaf"
    assert Plain("Kurt", "xipj3plmq", "Ursel").initial == b"Ursel\0Kurt\0xipj3plmq"


def test_login_answers_in_the_order_of_the_questions() -> None:
    client = AskedFor("ann", "päss")
    assert client.initial is None
    assert client.respond(decoded(b"VXNlcm5hbWU6")) == b"ann"
    assert client.respond(decoded(b"UGFzc3dvcmQ6")) == "päss".encode()
    with pytest.raises(SaslError, match="third question"):
        client.respond(b"PIN:")


def test_cram_md5_as_in_rfc_2195_2() -> None:
    challenge = decoded(b"PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+")
    client = CramMd5("tim", "tanstaaftanstaaf")
    assert client.initial is None
    assert client.respond(challenge) == b"tim b913a602c7eda7a495b4e6e7334d3890"


DIGEST = b'realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8'  # RFC 2831 4


def test_digest_md5_as_in_rfc_2831_4() -> None:
    client = DigestMd5("chris", "secret", "imap/elwood.innosoft.com", cnonce="OA6MHXh6VqTrRk")
    answer = client.respond(DIGEST)
    assert b"response=d388dad90d4bbd760a152321f2143af7" in answer.split(b",")
    assert {
        b'username="chris"',
        b'realm="elwood.innosoft.com"',
        b'nonce="OA6MG9tEQGm2hh"',
        b"nc=00000001",
        b'cnonce="OA6MHXh6VqTrRk"',
        b'digest-uri="imap/elwood.innosoft.com"',
        b"qop=auth",
        b"charset=utf-8",
    } < set(answer.split(b","))
    assert client.respond(b"rspauth=ea40f60335c427b5527b84dbabcdfffd") == b""
    client.accepted()


def test_digest_md5_hashes_latin_letters_in_latin_1_and_others_in_utf_8() -> None:
    def answer(password: str) -> bytes:
        return DigestMd5("chris", password, "smtp/mail.example", cnonce="c").respond(DIGEST)

    def expected(secret: bytes) -> bytes:
        def md5(data: bytes) -> hashlib._Hash:
            return hashlib.md5(data)

        inner = md5(b"chris:elwood.innosoft.com:" + secret).digest()
        a1 = md5(inner + b":OA6MG9tEQGm2hh:c").hexdigest()
        a2 = md5(b"AUTHENTICATE:smtp/mail.example").hexdigest()
        return md5(f"{a1}:OA6MG9tEQGm2hh:00000001:c:auth:{a2}".encode()).hexdigest().encode()

    assert b"response=" + expected("grün".encode("latin-1")) in answer("grün").split(b",")
    assert b"response=" + expected("зелёный".encode()) in answer("зелёный").split(b",")


@pytest.mark.parametrize(
    ("mechanism", "nonce", "first", "server_first", "final", "server_final"),
    [
        (  # RFC 5802 5
            "SCRAM-SHA-1",
            "fyko+d2lbbFgONRv9qkxdawL",
            b"n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
            b"r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
            b"c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            b"v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
        ),
        (  # RFC 7677 3
            "SCRAM-SHA-256",
            "rOprNGfwEbeRWgbNEkqO",
            b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            b"p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        ),
    ],
)
def test_scram(
    mechanism: str, nonce: str, first: bytes, server_first: bytes, final: bytes, server_final: bytes
) -> None:
    client = Scram(mechanism, "user", "pencil", nonce)
    assert client.initial == first
    assert client.respond(server_first) == final
    assert client.respond(server_final) == b""
    client.accepted()


def test_scram_prepares_names_and_passwords() -> None:
    # RFC 4013 3: a soft hyphen is dropped, compatibility characters are folded; RFC 5802 5.1: "," and "=" are escaped.
    client = Scram("SCRAM-SHA-256", "I\u00adX\u2168,=", "p", "n")
    assert client.initial == b"n,,n=IXIX=2C=3D,r=n"


def test_xoauth2_as_google_documents_it() -> None:
    client = XOAuth2("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg")
    assert client.initial is not None
    assert client.initial == decoded(
        b"dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0"
        b"Q2cBAQ=="
    )
    told = decoded(
        b"eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9tYWlsLmdvb2dsZS5jb20vIn0K"
    )
    assert client.respond(told) == b""
    assert client.refusal == OAuthRefusal("401", "bearer mac", "https://mail.google.com/")


def test_oauthbearer_as_in_rfc_7628_4() -> None:
    client = OAuthBearer("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", "server.example.com", 587)
    assert client.initial == (
        b"n,a=user@example.com,\x01host=server.example.com\x01port=587\x01"
        b"auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01"
    )
    told = (
        b'{"status":"invalid_token","scope":"example_scope","openid-configuration":"https://example.com/.well-known/x"}'
    )
    assert client.respond(told) == b"\x01"
    assert client.refusal == OAuthRefusal("invalid_token", "", "example_scope", "https://example.com/.well-known/x")


def test_oauthbearer_escapes_the_name() -> None:
    initial = OAuthBearer("a=b,c", "t0ken", "h", 25).initial
    assert initial is not None
    assert initial.startswith(b"n,a=a=3Db=2Cc,\x01")


def test_external_names_whom_to_act_as() -> None:
    assert (External().initial, External("ann@example.com").initial) == (b"", b"ann@example.com")


def test_ntlm_proves_the_password_as_in_ms_nlmp_3_3_2() -> None:
    pytest.importorskip("spnego")
    from smtpprobe.sasl.ntlm import Ntlm

    client = Ntlm("EXAMPLE\\ann", "pässword")
    assert client.initial is not None
    assert client.initial.startswith(b"NTLMSSP\0\x01\0\0\0")
    answer = client.respond(NTLM_CHALLENGE)
    assert answer.startswith(b"NTLMSSP\0\x03\0\0\0")
    assert "EXAMPLE".encode("utf-16-le") in answer
    assert "pässword".encode("utf-16-le") not in answer
    proof, blob = _nt_response(answer)
    assert proof == _ntlmv2("ann", "EXAMPLE", "pässword", NTLM_CHALLENGE[24:32] + blob)
    with pytest.raises(SaslError, match="twice"):
        client.respond(NTLM_CHALLENGE)


def _nt_response(message: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(message[20:22], "little")
    offset = int.from_bytes(message[24:28], "little")
    response = message[offset : offset + length]
    return response[:16], response[16:]


def _ntlmv2(user: str, domain: str, password: str, data: bytes) -> bytes:
    """MS-NLMP 3.3.2, with a key that pyspnego derives: hashlib may have no MD4."""
    from spnego._ntlm_raw.crypto import ntowfv1

    key = hmac.new(ntowfv1(password), (user.upper() + domain).encode("utf-16-le"), "md5").digest()
    return hmac.new(key, data, "md5").digest()
