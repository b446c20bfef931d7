"""Which mechanism is chosen: the order, what is never chosen unasked, and why there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.journey import Login
from smtpprobe.outcome import Cause
from smtpprobe.sasl import MECHANISMS, NoWay, SaslError, begin, choose

ALL = tuple(reversed(MECHANISMS))
PASSWORD, TOKEN, BOTH = Login("ann", "secret"), Login("ann", token="t0k3n"), Login("ann", "secret", "t0k3n")
CERTIFICATE = Login("")


def chosen(offered: tuple[str, ...], login: Login, *, encrypted: bool = True, verified: bool = True) -> tuple[str, ...]:
    found = choose(offered, login, encrypted=encrypted, verified=verified)
    assert not isinstance(found, NoWay), found
    return found


def refused(offered: tuple[str, ...], login: Login, *, encrypted: bool = True, verified: bool = True) -> NoWay:
    found = choose(offered, login, encrypted=encrypted, verified=verified)
    assert isinstance(found, NoWay), found
    return found


def test_the_order() -> None:
    passwords = ("SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5")
    assert chosen(ALL, PASSWORD) == passwords
    assert chosen(ALL, TOKEN) == ("OAUTHBEARER", "XOAUTH2")
    assert chosen(ALL, BOTH) == ("OAUTHBEARER", "XOAUTH2", *passwords)
    assert chosen(ALL, CERTIFICATE) == ("EXTERNAL",)


def test_in_clear_a_password_is_the_last_thing_to_hand_over() -> None:
    login = Login("ann", "secret", insecure=True)
    order = ("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN")
    assert chosen(ALL, login, encrypted=False, verified=False) == order


def test_only_what_is_offered() -> None:
    assert chosen(("LOGIN", "PLAIN", "GSSAPI", "NTLM"), PASSWORD) == ("PLAIN", "LOGIN")


@pytest.mark.parametrize(("encrypted", "verified"), [(False, False), (True, False), (False, True)])
@pytest.mark.parametrize("login", [PASSWORD, TOKEN, CERTIFICATE, Login("ann", "secret", mechanism="SCRAM-SHA-256")])
def test_nothing_without_verified_tls(login: Login, encrypted: bool, verified: bool) -> None:
    no = refused(ALL, login, encrypted=encrypted, verified=verified)
    assert no.cause is Cause.AUTH_INSECURE
    assert ("certificate" if encrypted else "not encrypted") in no.sentence
    assert "--insecure-auth" in no.sentence


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_the_one_that_was_asked_for(mechanism: str) -> None:
    login = Login("ann", "secret", "t0k3n", mechanism.lower())
    assert chosen(ALL, login) == (mechanism,)
    no = refused(tuple([one for one in ALL if one != mechanism]), login)
    assert no.cause is Cause.AUTH_MECHANISM
    assert f"does not offer {mechanism} here" in no.sentence


@pytest.mark.parametrize(
    ("offered", "login", "words"),
    [
        (("GSSAPI",), PASSWORD, "offers GSSAPI, and this login could use SCRAM-SHA-256"),
        (("NTLM",), PASSWORD, "--auth NTLM"),
        (("NTLM", "PLAIN"), TOKEN, "offers NTLM, PLAIN, and this login could use OAUTHBEARER, XOAUTH2."),
        (("PLAIN",), CERTIFICATE, "only a client certificate"),
        ((), PASSWORD, "offers none"),
        (("GSSAPI",), Login("ann", "secret", mechanism="GSSAPI"), "does not speak GSSAPI"),
        (("PLAIN",), Login("ann", "secret", mechanism="scram-sha-256-plus"), "use SCRAM-SHA-256."),
        (("PLAIN",), Login("ann", token="t0k3n", mechanism="PLAIN"), "needs a password"),
        (("XOAUTH2",), Login("ann", "secret", mechanism="XOAUTH2"), "needs a token"),
    ],
)
def test_why_there_is_none(offered: tuple[str, ...], login: Login, words: str) -> None:
    no = refused(offered, login)
    assert no.cause is Cause.AUTH_MECHANISM
    assert words in no.sentence


@given(st.lists(st.text(min_size=1, max_size=200)), st.sampled_from([PASSWORD, TOKEN, BOTH, CERTIFICATE]))
def test_an_offer_of_anything(offered: list[str], login: Login) -> None:
    found = choose(tuple(offered), login, encrypted=True, verified=True)
    assert set(found) <= set(offered) & set(MECHANISMS) if not isinstance(found, NoWay) else found.sentence


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_what_is_chosen_can_begin(mechanism: str) -> None:
    assert begin(mechanism, BOTH, "mail.example", 587) is not None


def test_what_cannot_act_for_another_says_so() -> None:
    with pytest.raises(SaslError, match="use PLAIN"):
        begin("SCRAM-SHA-256", Login("ann", "secret", identity="bob"), "mail.example", 587)
    assert begin("EXTERNAL", Login("ann", identity="bob"), "h", 587).initial == b"bob"
    assert begin("EXTERNAL", Login("ann"), "h", 587).initial == b"ann"
