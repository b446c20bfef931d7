"""The plugin in somebody's own test suite: its fixtures, what they leave behind, and what pytest loads for them."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

import pytest
from plugin_by_hand import PLUGIN, ROOT, STRICT

pytest_plugins = ["pytester"]


def held(pytester: pytest.Pytester, text: str) -> pytest.RunResult:
    """Run this test module in a process of its own, with every warning an error."""
    pytester.makepyfile(text)
    return pytester.runpytest_subprocess(*PLUGIN, *STRICT)


def test_the_package_names_the_plugin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["pytest11"] == {"smtpprobe": "smtpprobe.pytest_plugin"}


def test_an_installed_package_needs_no_option(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """As pip leaves it: metadata with the entry point, beside those of a package that may name it too."""
    metadata = pytester.mkdir("site") / "named_to_pytest-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: named-to-pytest\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[pytest11]\nsmtpprobe = smtpprobe.pytest_plugin\n")
    monkeypatch.setenv("PYTHONPATH", f"{metadata.parent}{os.pathsep}{ROOT}")
    pytester.makepyfile("def test_it(smtp_fake): assert smtp_fake().connections == 0")
    pytester.runpytest_subprocess(*STRICT).assert_outcomes(passed=1)


def test_pytest_loads_the_plugin_and_nothing_that_it_needs_later() -> None:
    tell = "import sys, smtpprobe.pytest_plugin; print(*sorted(m for m in sys.modules if m.startswith('smtpprobe')))"
    heavy = "aiosmtpd", "aiosmtplib", "cryptography", "dns", "msgspec", "rich"
    tell += f"; print([m for m in {heavy!r} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert told == "smtpprobe smtpprobe.pytest_plugin\n[]\n"


def test_a_fake_server_in_a_plain_test(pytester: pytest.Pytester) -> None:
    held(
        pytester,
        """
        import smtplib
        import threading

        def test_refusal(smtp_fake):
            server = smtp_fake("postfix", RCPT="504 5.5.4 no")
            with smtplib.SMTP(server.host, server.port) as client:
                client.ehlo("client.example")
                client.mail("ann@example.org")
                assert client.rcpt("bob@example.net") == (504, b"5.5.4 no")
            assert "rcpt TO:<bob@example.net>" in server.lines

        def test_two_at_once(smtp_fake):
            first, second = smtp_fake(), smtp_fake(GREETING="421 4.3.2 busy")
            with smtplib.SMTP(first.host, first.port) as client:
                client.sendmail("ann@example.org", "bob@example.net", "Subject: x")
            assert first.messages[0].recipients == ("bob@example.net",)
            assert second.connections == 0

        def test_nothing_is_left():
            assert threading.active_count() == 1
        """,
    ).assert_outcomes(passed=3)


def test_a_fake_server_where_a_loop_runs(pytester: pytest.Pytester) -> None:
    held(
        pytester,
        """
        import asyncio

        async def greeting(server):
            reader, writer = await asyncio.open_connection(server.host, server.port)
            line = await reader.readline()
            writer.close()
            await writer.wait_closed()
            return line

        def test_started_before(smtp_fake):
            assert asyncio.run(greeting(smtp_fake(GREETING="220 hi"))) == b"220 hi\\r\\n"

        def test_started_inside(smtp_fake):
            async def main():
                return await greeting(smtp_fake(GREETING="220 hi"))
            assert asyncio.run(main()) == b"220 hi\\r\\n"
        """,
    ).assert_outcomes(passed=2)


def test_a_server_is_held_to_expectations(pytester: pytest.Pytester) -> None:
    ended = held(
        pytester,
        """
        def test_met(smtp_fake, smtp_expect):
            server = smtp_fake("postfix", RCPT="504 5.5.4 no")
            smtp_expect(server, code={"RCPT TO:<x@example.org>": "504"}, present=["SIZE >= 10MB"])

        def test_failed(smtp_fake, smtp_expect):
            smtp_expect(smtp_fake(NOOP="500 5.5.1 no"), code={"NOOP": "250"})
        """,
    )
    ended.assert_outcomes(passed=1, failed=1)
    ended.stdout.fnmatch_lines(
        [
            '>       smtp_expect(smtp_fake(NOOP="500 5.5.1 no"), code={"NOOP": "250"})',
            "E       AssertionError: 127.0.0.1:* does not meet 1 of 2 expectations",
            "E         NOOP gets 250",
            "E           expected: 250",
            "E           got: 500 5.5.1 no",
        ]
    )
    assert "expecting.py" not in ended.stdout.str()


def test_a_mistake_is_told_in_one_sentence(pytester: pytest.Pytester) -> None:
    ended = held(pytester, "def test_it(smtp_fake):\n    smtp_fake(RCPT='no')\n")
    ended.assert_outcomes(failed=1)
    ended.stdout.fnmatch_lines(["E  *PersonalityError: RCPT: 'no' is no reply; each line begins with a code*"])


def test_the_fixtures_explain_themselves(pytester: pytest.Pytester) -> None:
    told = pytester.runpytest_subprocess(*PLUGIN, *STRICT, "--fixtures").stdout
    told.fnmatch_lines(["smtp_fake*", "*Start fake mail servers*", "smtp_expect*", "*Hold a server to expectations*"])
