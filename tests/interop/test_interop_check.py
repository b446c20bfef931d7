"""Real mail servers held to expectations: by a file written from what they do, by presets, by a baseline."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import servers.postfix
from probing import COMMAND
from servers.base import HOSTNAME, PASSWORD, USER, Certificates, MailServer, free_port
from servers.postfix import Door

TIMES = 10
SECONDS = 120


def check(folder: Path, *words: str, env: dict[str, str] | None = None) -> tuple[int, list[dict[str, Any]], str]:
    """Run the command; gives its exit status, its documents, and what it said on stderr."""
    command = [str(COMMAND), "check", *words, "--format", "json"]
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env={**os.environ, **(env or {})},
    )
    assert "Traceback" not in done.stderr
    text = done.stdout
    single = text.startswith("{\n")
    return (
        done.returncode,
        [json.loads(text)] if single else [json.loads(one) for one in text.splitlines()],
        done.stderr,
    )


def results(document: dict[str, Any]) -> dict[str, str]:
    return {one["id"]: one["result"] for one in document["expectations"]}


def _connections(server: MailServer) -> int:
    """What Postfix's own log counts, once all is written; waiting for that takes one more, counted the next time."""
    server.settle()
    return server.log().count(": connect from ")


def write(folder: Path, server: MailServer, *words: str) -> None:
    done = subprocess.run(
        [str(COMMAND), "check", "--init", f"{server.host}:{server.port}", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_first_file_is_met_by_the_server_it_was_written_from_ten_times_and_nothing_has_changed(
    tmp_path: Path, mail_server: MailServer
) -> None:
    write(tmp_path, mail_server)
    assert check(tmp_path, "--save-baseline", "b.json")[0] == 0
    for _ in range(TIMES):
        status, (document,), _ = check(tmp_path, "--baseline", "b.json")
        found = results(document)
        assert {name: result for name, result in found.items() if result != "met"} == {}
        assert found["baseline"] == "met"
        assert len(found) > 10
        assert status == 0


def test_another_configuration_is_exactly_that_change(
    tmp_path: Path, server_folder: Path, certificates: Certificates
) -> None:
    port, other = free_port(), free_port()
    doors = [
        Door("127.0.0.1", port),
        Door("127.0.0.1", other, {"message_size_limit": "5000000", "smtpd_tls_protocols": "TLSv1.2"}),
    ]
    name = tmp_path / "smtpprobe.toml"
    with servers.postfix.running(server_folder, certificates, doors=doors):
        name.write_text(f'[[server]]\ntarget = "127.0.0.1:{port}"\n')
        assert check(tmp_path, "--save-baseline", "b.json", "--profile", "capabilities")[0] == 0
        baseline = (tmp_path / "b.json").read_text().replace(str(port), str(other))
        (tmp_path / "b.json").write_text(baseline)
        name.write_text(f'[[server]]\ntarget = "127.0.0.1:{other}"\n')
        status, (document,), _ = check(tmp_path, "--baseline", "b.json", "--profile", "capabilities")
    changed = [one["got"] for one in document["expectations"] if one["id"] == "baseline"]
    assert changed == ["SIZE went from 10240000 to 5000000", "TLS was TLSv1.3 and is TLSv1.2"]
    assert status == 1


def test_ten_addresses_held_to_the_preset_mx_see_at_most_three_connections_each(
    tmp_path: Path, server_folder: Path, certificates: Certificates
) -> None:
    port = free_port()
    doors = [Door(f"127.0.2.{number}", port) for number in range(1, 11)]
    with servers.postfix.running(server_folder, certificates, doors=doors) as server:
        before = _connections(server)
        targets = [word for door in doors for word in ("--target", f"{door.host}:{door.port}")]
        status, documents, _ = check(tmp_path, *targets, "--preset", "mx")
        made = _connections(server) - before
    assert made == sum(one["connections"] for one in documents) + 1
    assert len(documents) == 10
    assert max(one["connections"] for one in documents) <= 3
    assert all(one["outcome"] == "answered" for one in documents)
    assert status in (0, 1)


@pytest.mark.parametrize("preset", ["mx", "submission", "relay", "internal"])
def test_every_server_is_judged_by_every_preset_and_nothing_is_left_undecided(
    tmp_path: Path, mail_server: MailServer, preset: str
) -> None:
    target = f"{mail_server.host}:{mail_server.port}"
    status, (document,), _ = check(tmp_path, "--target", target, "--preset", preset)
    found = results(document)
    assert "inconclusive" not in found.values()
    assert found["conversation"] == "met"
    assert document["connections"] <= 3
    assert status == (1 if "failed" in found.values() else 0)


def test_a_login_with_a_password_out_of_the_environment(
    tmp_path: Path, server_folder: Path, certificates: Certificates
) -> None:
    with servers.postfix.running(server_folder, certificates, mechanisms="PLAIN SCRAM-SHA-256") as server:
        (tmp_path / "smtpprobe.toml").write_text(
            f"""[[server]]
target = "{server.host}:{server.port}"
sni = "{HOSTNAME}"
ca_file = "{server.ca_file}"
login = {{ user = "{USER}", password = {{ env = "PW" }} }}
expect.login = true
"""
        )
        right, (good,), _ = check(tmp_path, env={"PW": PASSWORD})
        wrong, (bad,), said = check(tmp_path, env={"PW": "not-the-password"})
    assert (results(good)["login"], right) == ("met", 0)
    assert (results(bad)["login"], wrong) == ("failed", 1)
    assert "not-the-password" not in json.dumps(bad) + said
