"""Our own address in a server's answer to EHLO: taken where it is ours, never where it may be another's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.model import Capabilities
from smtpprobe.trace.sender import echoed

PUBLIC = "8.8.4.4"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (f"mx.google.com at your service, [{PUBLIC}]", "client.example.org"),
        (f"mail.example.net Hello client.example.org [{PUBLIC}]", "client.example.org"),
        (f"mail.example.net Hello client.example.org [{PUBLIC}], pleased to meet you", "client.example.org"),
        (f"AM0PR01.example.net Hello [{PUBLIC}]", "client.example.org"),
        (f"mail.example.net Hello [192.0.2.9] [{PUBLIC}]", "[192.0.2.9]"),
        (f"mail.example.net Hello [{PUBLIC}] [{PUBLIC}]", f"[{PUBLIC}]"),
    ],
)
def test_an_address_that_is_told(words: str, name: str) -> None:
    said = Capabilities(words.partition(" ")[0], ())
    assert echoed(said, words, name, allow_private=False) == PUBLIC


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("mail.example.net", "client.example.org"),
        ("mail.example.net Hello client.example.org", "client.example.org"),
        # What we said ourselves tells nothing.
        (f"mail.example.net Hello [{PUBLIC}]", f"[{PUBLIC}]"),
        # A relay on our own side sees an inner address.
        ("mail.example.net Hello client.example.org [10.1.2.3]", "client.example.org"),
        ("mail.example.net Hello client.example.org [fe80::1]", "client.example.org"),
        ("mail.example.net ESMTP 4.96.300.1", "client.example.org"),
        (f"[{PUBLIC}] ready", "client.example.org"),
    ],
)
def test_what_is_no_address_of_ours(words: str, name: str) -> None:
    said = Capabilities(words.partition(" ")[0], ())
    assert echoed(said, words, name, allow_private=False) is None


def test_a_private_address_where_that_is_allowed() -> None:
    said = Capabilities("mx", ())
    assert echoed(said, "mx Hello me [10.1.2.3]", "me", allow_private=True) == "10.1.2.3"
    assert echoed(said, "mx Hello me [IPv6:2001:4860:4860::8888]", "me", allow_private=False) == "2001:4860:4860::8888"


@given(st.text(max_size=300), st.text(max_size=30))
def test_anything_may_stand_there(words: str, name: str) -> None:
    echoed(Capabilities(words.partition(" ")[0], ()), words, name, allow_private=True)
