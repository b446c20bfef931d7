"""docs/check.md and the file that it describes: every key is there, and its example is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
