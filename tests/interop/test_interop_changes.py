"""A server against itself: no change, however often it is asked. Against another configuration: that change alone."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import servers.exim
import servers.opensmtpd
import servers.postfix
import servers.sendmail
from conftest import NAMES
from probing import COMMAND
from servers.base import DOMAIN, HOSTNAME, Certificates, MailServer, free_port
from servers.postfix import Door

from smtpprobe.api import probe
from smtpprobe.changes import Snapshot, compare, read_baseline, snapshot, write_baseline
from smtpprobe.outcome import Outcome, Profile
from smtpprobe.render import json as report_json
from smtpprobe.run import Settings

TIMES = 10
#: Exim and Postfix take their time over many errors.
TIMES_IN_FULL = 2


#: Parameters of Postfix, and what changes for a client.
VARIANTS: list[tuple[dict[str, str], list[str]]] = [
    ({"message_size_limit": "5000000"}, ["SIZE went from 10240000 to 5000000"]),
    ({"smtpd_banner": "$myhostname ESMTP ready"}, ["the greeting has another text"]),
    ({"smtpd_discard_ehlo_keywords": "enhancedstatuscodes"}, ["ENHANCEDSTATUSCODES is no longer offered"]),
    ({"smtpd_tls_protocols": "TLSv1.2"}, ["TLS was TLSv1.3 and is TLSv1.2"]),
    (
        {"disable_vrfy_command": "yes"},
        [
            "VRFY is no longer offered",
            f"VRFY postmaster@{DOMAIN} was 252 2.0.0 and is 502 5.5.1",
        ],
    ),
]


def asked(server: MailServer, port: int | None = None, profile: Profile = Profile.CAPABILITIES) -> Snapshot:
    """One run, by the document that a script would read."""
    settings = Settings(profile=profile, domain=DOMAIN, sni=HOSTNAME, ca_file=str(server.ca_file))
    report = asyncio.run(probe(f"{server.host}:{port or server.port}", settings))
    taken = snapshot(report_json.line(report).encode())
    assert taken.outcome is Outcome.ANSWERED
    assert {fact.what for fact in taken.facts} >= {"greeting", "extension"}
    return taken


@pytest.fixture(scope="module", params=NAMES)
def first(request: pytest.FixtureRequest) -> tuple[MailServer, Snapshot]:
    """Each server as it comes, and what it said when it was first asked."""
    server: MailServer = request.getfixturevalue(request.param)
    return server, asked(server)


def test_ten_runs_show_no_change(first: tuple[MailServer, Snapshot]) -> None:
    server, before = first
    baseline = read_baseline(write_baseline({server.name: before}), "baseline")[server.name]
    for _ in range(TIMES):
        after = asked(server)
        assert [change.words for change in compare(before, after)] == []
        assert [change.words for change in compare(baseline, after)] == []


def test_nor_do_runs_that_ask_every_polite_question(first: tuple[MailServer, Snapshot]) -> None:
    server, _ = first
    before = asked(server, profile=Profile.FULL)
    for _ in range(TIMES_IN_FULL):
        assert [change.words for change in compare(before, asked(server, profile=Profile.FULL))] == []


def test_a_run_of_another_profile_is_compared_by_what_both_asked(first: tuple[MailServer, Snapshot]) -> None:
    server, before = first
    for profile in (Profile.EHLO, Profile.FULL):
        assert [change.words for change in compare(before, asked(server, profile=profile))] == []


def test_postfix_configured_otherwise(postfix: MailServer, postfix_with: Callable[..., MailServer]) -> None:
    doors = {free_port(): parameters for parameters, _ in VARIANTS}
    other = postfix_with(doors=[Door("127.0.0.1", port, parameters) for port, parameters in doors.items()])
    before = asked(postfix)
    for port, (parameters, words) in zip(doors, VARIANTS, strict=True):
        assert [change.words for change in compare(before, asked(other, port))] == words, parameters


def test_exim_configured_otherwise(exim: MailServer, server_folder: Path, certificates: Certificates) -> None:
    settings = "chunking_advertise_hosts ="
    with servers.exim.running(server_folder, certificates, settings=settings) as other:
        assert [change.words for change in compare(asked(exim), asked(other))] == ["CHUNKING is no longer offered"]


def test_opensmtpd_configured_otherwise(opensmtpd: MailServer, server_folder: Path, certificates: Certificates) -> None:
    with servers.opensmtpd.running(server_folder, certificates, size=5_000_000) as other:
        assert [one.words for one in compare(asked(opensmtpd), asked(other))] == ["SIZE went from 10485760 to 5000000"]


def test_sendmail_configured_otherwise(sendmail: MailServer, server_folder: Path, certificates: Certificates) -> None:
    with servers.sendmail.running(server_folder, certificates, size=5_000_000) as other:
        assert [one.words for one in compare(asked(sendmail), asked(other))] == ["SIZE went from 10485760 to 5000000"]


def test_the_command_tells_a_report_from_what_a_server_does_now(
    tmp_path: Path, postfix: MailServer, postfix_with: Callable[..., MailServer]
) -> None:
    other = postfix_with(tls=False)
    report = tmp_path / "report.json"
    trusting = ("--ca-file", str(postfix.ca_file), "--sni", HOSTNAME, "--domain", DOMAIN)
    subprocess.run(
        [str(COMMAND), "probe", f"127.0.0.1:{postfix.port}", *trusting, "--format", "json", "-o", str(report)],
        check=True,
    )
    done = [
        subprocess.run(
            [str(COMMAND), "diff", str(report), f"127.0.0.1:{port}", *trusting, "--format", "json"],
            capture_output=True,
            check=False,
        )
        for port in (postfix.port, other.port)
    ]
    same, changed = (json.loads(one.stdout)["servers"][0] for one in done)
    assert [one.returncode for one in done] == [0, 1]
    assert same["changes"] == []
    assert [change["words"] for change in changed["changes"]] == [
        "AUTH CRAM-MD5 LOGIN PLAIN is offered in clear now, and was not",
        "STARTTLS is no longer offered in clear",
        "finding new: auth-in-clear (error)",
        "finding new: starttls-missing (warning)",
    ]
