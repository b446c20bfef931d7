"""What a file says of every server, for a scan."""

from __future__ import annotations

import pytest

from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.servers import of_everybody
from smtpprobe.outcome import Profile

FILE = b"""
[defaults]
profile = "capabilities"
timeout = "3 s"

[expect.tls]
offered = true

[[server]]
target = "mx1.example.org"
expect.greeting.text = "ESMTP"
"""


def test_what_holds_for_every_server_holds_and_what_is_said_of_one_does_not() -> None:
    server = of_everybody(FILE, "many.toml")

    assert [one.id for one in server.expectations if one.place is not None] == ["tls-offered"]
    assert (server.way.profile, server.way.timeout) == (Profile.CAPABILITIES, 3.0)


def test_a_preset_needs_no_file() -> None:
    ids = {one.id for one in of_everybody(b"", "", "mx").expectations}

    assert "present-8BITMIME" in ids
    assert not any(one.startswith("mx") for one in ids)


@pytest.mark.parametrize("about_one", ["[expect.policy]\nmta_sts = true", "[expect]\nlogin = true"])
def test_what_is_about_one_domain_or_one_user_is_refused(about_one: str) -> None:
    with pytest.raises(Mistake, match="use `smtpprobe check`"):
        of_everybody(about_one.encode(), "many.toml")


def test_a_mistake_has_its_line() -> None:
    with pytest.raises(Mistake, match=r"many\.toml:2"):
        of_everybody(b"[expect.tls]\nofered = true\n", "many.toml")
