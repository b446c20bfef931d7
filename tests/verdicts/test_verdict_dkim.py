"""DKIM keys: every way in which one can be missing, broken or weak. Keys are made here, or RFC 8463's."""

from __future__ import annotations

from base64 import b64encode
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from spf_suite import Zone, driven

from smtpprobe.journey import Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.dkim import check_dkim

NAME = "s1._domainkey.example.com"
ED25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="  # RFC 8463 A.2
#: 512 bits are too few for the library to make, so this one is written out.
SHORT = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL" + "X3" * 42 + "8CAwEAAQ=="


@cache
def rsa(bits: int, form: PublicFormat = PublicFormat.SubjectPublicKeyInfo) -> str:
    return b64encode(generate_private_key(65537, bits).public_key().public_bytes(Encoding.DER, form)).decode()


def ruled(*records: str, zone: Zone | None = None, selector: str = "s1") -> Ruling:
    table = zone if zone is not None else {NAME: {"TXT": list(records)}}
    return driven(check_dkim(selector, "example.com"), table)


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (f"v=DKIM1; k=ed25519; p={ED25519}", "Ed25519"),
        (f"v=DKIM1; k=rsa; p={rsa(2048)}", "2048 bits of RSA"),
        (f"p={rsa(2048)}", "2048 bits of RSA"),
        (f"v=DKIM1;h=sha1:sha256;s=email;t=s;n=a note;p={rsa(2048)};", "2048 bits of RSA"),
        (f"v=DKIM1; p={rsa(2048, PublicFormat.PKCS1)}", "2048 bits of RSA"),
        (f"v=DKIM1; p={rsa(2048)[:100]} {rsa(2048)[100:]}", "2048 bits of RSA"),
    ],
)  # fmt: skip
def test_a_key_that_serves(record: str, key: str) -> None:
    ruling = ruled(record, "an unrelated text")

    assert (ruling.check, ruling.subject, ruling.standing) == (Check.DKIM, NAME, Standing.PASS)
    assert (ruling.result, ruling.who) == ("pass", Who.NOBODY)
    assert ruling.summary == f"A DKIM key of {key} is published at {NAME}."
    assert ruling.record == record


@pytest.mark.parametrize(
    ("record", "standing", "result", "said"),
    [
        ("v=DKIM1; p=", Standing.FAIL, "revoked", "is revoked: its p= is empty."),
        (f"v=DKIM1; p={SHORT}", Standing.FAIL, "weak", "is too short: 512 bits of RSA"),
        (f"v=DKIM1; p={rsa(1024)}", Standing.WARN, "short", "works but is short: 1024 bits of RSA"),
        (f"v=DKIM1; t=y:s; p={rsa(2048)}", Standing.WARN, "testing", "says that it is for testing (t=y)"),
        ("v=DKIM1; k=rsa", Standing.FAIL, "permerror", "it has no p=, which holds the key."),
        ("v=DKIM1; p=bm8ga2V5", Standing.FAIL, "permerror", "its p= cannot be read as a public key of kind rsa."),
        ("v=DKIM1; p=***", Standing.FAIL, "permerror", "its p= cannot be read as a public key of kind rsa."),
        ("v=DKIM1; k=ed25519; p=bm8ga2V5", Standing.FAIL, "permerror", "as a public key of kind ed25519."),
        (f"v=DKIM1; k=dsa; p={ED25519}", Standing.FAIL, "permerror", "k=dsa is no kind of key that receivers know."),
        (f"v=DKIM2; p={ED25519}", Standing.FAIL, "permerror", "v= has to be DKIM1, and to stand first."),
        (f"k=ed25519; v=DKIM1; p={ED25519}", Standing.FAIL, "permerror", "v= has to be DKIM1, and to stand first."),
        (f"v=DKIM1; h=sha1; p={rsa(2048)}", Standing.FAIL, "permerror", "h= leaves out sha256"),
        (f"v=DKIM1; s=tlsrpt; p={rsa(2048)}", Standing.FAIL, "permerror", "s= says that the key is not for email."),
        (f"v=DKIM1; p={ED25519}; p={ED25519}", Standing.FAIL, "permerror", "is no tag, or stands in it twice."),
        (f"v=DKIM1; k=rsa p={ED25519}", Standing.FAIL, "permerror", "it has no p=, which holds the key."),
        ("v=DKIM1; p=AAAA; \"", Standing.FAIL, "permerror", "is no tag"),
    ],
)  # fmt: skip
def test_a_key_that_does_not_serve(record: str, standing: Standing, result: str, said: str) -> None:
    ruling = ruled(record)

    assert (ruling.standing, ruling.result, ruling.who) == (standing, result, Who.SENDER)
    assert said in ruling.summary
    assert ruling.steps


def test_testing_is_taken_out_exactly() -> None:
    ruling = ruled(f"v=DKIM1; k=ed25519; t=y; p={ED25519}")

    assert ruling.steps == (f'Take t=y out when signing works:  {NAME}.  TXT  "v=DKIM1; k=ed25519; p={ED25519}"',)

    strict = ruled(f"v=DKIM1; k=ed25519; t=y:s; p={ED25519}")
    assert strict.steps[0].endswith(f'"v=DKIM1; k=ed25519; t=s; p={ED25519}"')


def test_a_key_that_is_missing() -> None:
    publish = f'Publish the public key of your signer:  {NAME}.  TXT  "v=DKIM1; k=rsa; p=…"'

    gone = ruled(zone={})
    assert (gone.standing, gone.result) == (Standing.FAIL, "none")
    assert gone.summary == f"The sender's DKIM key is missing: {NAME} does not exist."
    assert gone.steps == (publish, "Or name the selector that your signer uses (s= in it).")

    empty = ruled("hello")
    assert empty.summary == f"The sender's DKIM key is missing: {NAME} has no record that is a key."


def test_an_alias_is_followed() -> None:
    zone: dict[str, dict[str, list[str]]] = {NAME: {"CNAME": ["s1.mailer.example"]}}
    dangling = ruled(zone=zone)
    assert dangling.summary == (
        f"The sender's DKIM key is missing: {NAME} is an alias of s1.mailer.example, where no key is published."
    )
    assert dangling.steps[0] == (
        f"Have whoever runs s1.mailer.example publish the key, or correct the CNAME record of {NAME}."
    )
    zone["s1.mailer.example"] = {"TXT": [f"v=DKIM1; k=ed25519; p={ED25519}"]}
    found = ruled(zone=zone)
    assert (found.standing, found.detail) == (Standing.PASS, f"{NAME} is an alias of s1.mailer.example")


def test_several_records() -> None:
    ruling = ruled("v=DKIM1; p=", f"v=DKIM1; k=ed25519; p={ED25519}")

    assert (ruling.standing, ruling.result) == (Standing.FAIL, "permerror")
    assert ruling.summary.startswith(f"2 records stand at {NAME}")


def test_what_cannot_be_asked_for() -> None:
    ruling = ruled(selector="a..b")

    assert (ruling.standing, ruling.result) == (Standing.FAIL, "none")
    assert ruling.summary == '"a..b._domainkey.example.com" is no name that the DNS can be asked for.'


def test_the_dns_fails() -> None:
    ruling = ruled(zone={NAME: {"FAIL": []}})

    assert (ruling.standing, ruling.result) == (Standing.UNKNOWN, "temperror")
    assert (
        ruling.summary == f"Whether a DKIM key is published at {NAME} cannot be told: the DNS did not answer in time."
    )


@given(st.text(max_size=80), st.binary(max_size=120))
@settings(max_examples=200, deadline=None)
def test_no_record_is_too_odd(tags: str, key: bytes) -> None:
    assert isinstance(ruled(f"v=DKIM1; {tags}; p={b64encode(key).decode()}"), Ruling)
    assert isinstance(ruled(tags), Ruling)
