"""docs/check.md and the file that it describes: every key is there, and its example is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smtpprobe.cli.books import logins_of
from smtpprobe.expect import file
from smtpprobe.expect.presets import PRESETS
from smtpprobe.expect.servers import parse

PAGE = (Path(__file__).parents[2] / "docs" / "check.md").read_text()
TABLES = ["Extensions", "Auth", "Command", "Tls", "Certificate", "Policy", "Greeting", "Software", "Times", "Mx"]
TABLES += ["Findings", "Expect", "Login", "Secret", "Manner", "Defaults", "Group", "Server"]


@pytest.mark.parametrize("table", TABLES)
def test_the_page_names_every_key(table: str) -> None:
    for key in getattr(file, table).__struct_fields__:
        assert re.search(rf"\b{key}\b", PAGE), key


def test_the_page_names_every_preset_and_its_example_is_read() -> None:
    for name in PRESETS:
        assert f"| `{name}` |" in PAGE
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    first, second = parse(example.encode(), "example.toml").servers
    assert {"present-PIPELINING", "certificate-days", "tls-version"} <= {one.id for one in first.expectations}
    assert "command-vrfy" not in {one.id for one in first.expectations}
    assert (second.target.port, second.way.login is not None) == (587, True)


def test_two_users_of_one_server_have_a_secret_each(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = """[[server]]
target = "smtp.example.org"
login = {{ user = "{0}", password = {{ env = "PW_{0}" }} }}
expect.login = true
"""
    for user in ("ann", "bob"):
        monkeypatch.setenv(f"PW_{user}", f"secret of {user}")
    book = parse((entry.format("ann") + entry.format("bob")).encode(), "f.toml")
    found = logins_of(book)
    assert [(found[one].user, found[one].password) for one in book.servers] == [
        ("ann", "secret of ann"),
        ("bob", "secret of bob"),
    ]
