"""Postfix's TLS, looked at closely: versions, sessions and cipher suites, beside other tools' word for it."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import servers.postfix
from servers.base import HOSTNAME, Certificates, MailServer

from smtpprobe.model import Route
from smtpprobe.outcome import Standing
from smtpprobe.verdicts.tls_versions import judge_resumption, judge_versions
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.resumption import resumption
from smtpprobe.wire.versions import versions

#: The extra `tls` wants an older cryptography than we do, so it has a virtual environment of its own.
SSLYZE = Path(sys.prefix) / "sslyze" / "bin" / "python"
ROOT = Path(__file__).parents[2]
SECONDS = 60.0
SCAN = """
import asyncio, sys, msgspec
from smtpprobe.model import Route
from smtpprobe.verdicts.ciphers import judge_ciphers
from smtpprobe.wire.ciphers import scan_ciphers
from smtpprobe.wire.dial import Dial

async def main(name, address, port, seconds):
    until = asyncio.get_running_loop().time() + seconds
    found = await scan_ciphers(
        Route(name, address, port), Dial("client.example", sni=name), until, implicit_tls=False
    )
    print(msgspec.json.encode([found, judge_ciphers(name, found)]).decode())

asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
"""


@pytest.fixture(scope="module")
def postfix(server_folder: Path, certificates: Certificates) -> Iterator[MailServer]:
    """One of our own: what we ask it looks to it like clients that break off."""
    with servers.postfix.running(server_folder, certificates) as server:
        yield server


Look = Callable[..., Coroutine[Any, Any, Any]]


def look(question: Look, server: MailServer) -> Any:
    """Put one of the questions that take connections of their own."""

    async def asked() -> Any:
        route, dial = Route(HOSTNAME, server.host, server.port), Dial("client.example", sni=HOSTNAME)
        return await question(route, dial, asyncio.get_running_loop().time() + SECONDS, implicit_tls=False)

    return asyncio.run(asked())


def test_versions_are_those_that_openssl_gets(postfix: MailServer) -> None:
    seen = look(versions, postfix)
    for one in seen:
        alone = one.version.lower().replace("v", "").replace(".", "_")
        command = ["openssl", "s_client", "-starttls", "smtp", "-brief", f"-{alone}", "-cipher", "DEFAULT:@SECLEVEL=0"]
        done = subprocess.run(
            [*command, "-connect", f"{postfix.host}:{postfix.port}"],
            input="QUIT\n",
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert (f"Protocol version: {one.version}" in done.stdout + done.stderr) is one.accepted, done.stderr
    assert {"TLSv1.3", "TLSv1.2"} <= {one.version for one in seen if one.accepted}
    assert judge_versions("x", seen).standing in (Standing.PASS, Standing.WARN)


def test_a_session_of_postfix_is_resumed(postfix: MailServer) -> None:
    seen = look(resumption, postfix)
    done = subprocess.run(
        ["posttls-finger", "-c", "-r", "1", "-L", "summary,cache", f"[{postfix.host}]:{postfix.port}"],
        env={"MAIL_CONFIG": str(postfix.log_path.parent / "settings"), "PATH": "/usr/sbin:/usr/bin"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    assert seen.resumed is ("Reusing old session" in done.stdout), done.stdout
    assert judge_resumption("x", seen).standing is Standing.PASS


@pytest.mark.skipif(not SSLYZE.exists(), reason="needs sslyze in .venv/sslyze")
def test_cipher_suites_of_postfix(postfix: MailServer) -> None:
    done = subprocess.run(
        [str(SSLYZE), "-c", SCAN, HOSTNAME, postfix.host, str(postfix.port), str(SECONDS)],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=2 * SECONDS,
        check=True,
    )
    found, ruling = json.loads(done.stdout)
    assert (found["failure"], found["notes"]) == ("", [])
    names = {(one["version"], one["name"]) for one in found["ciphers"]}
    assert ("TLSv1.3", "TLS_AES_256_GCM_SHA384") in names
    assert ("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256") in names
    assert ruling["standing"] in ("pass", "warn")


@pytest.mark.skipif(not SSLYZE.exists(), reason="needs sslyze in .venv/sslyze")
def test_a_scan_that_has_no_time_says_what_it_left_out(postfix: MailServer) -> None:
    done = subprocess.run(
        [str(SSLYZE), "-c", SCAN, HOSTNAME, postfix.host, str(postfix.port), "0.05"],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    found, ruling = json.loads(done.stdout)
    assert "the time allowed for the run was over" in found["notes"]
    assert "not scanned: " in found["notes"][-1]
    assert ruling["result"] in ("unknown", "good")
