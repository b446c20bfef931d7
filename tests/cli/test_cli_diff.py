"""``diff``: files of every kind, live servers, what it refuses, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from cli_calls import Ended, invoke, refused
from cli_servers import at, blunt, closed_port, fake, said

from smtpprobe.changes import snapshot, write_baseline
from smtpprobe.render.schema import diff_schema

SERVER = """summary = "a server"
greeting = "220 mail.example.org ESMTP"
[ehlo]
clear = ["PIPELINING", "SIZE 10485760", "8BITMIME"]
[replies]
VRFY = "252 2.0.0 {argument}"
"""
OTHER = SERVER.replace("10485760", "5000000")
QUICK = ("--timeout", "5")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """What SERVER said when it was asked; it has moved to another port since."""
    return probed(SERVER, tmp_path / "report.json")


def probed(personality: str, path: Path, *words: str) -> Path:
    with fake(personality) as server:
        ended = invoke("probe", at(server), "--format", "json", "-o", str(path), *words)
    assert ended.status == 0
    return path


def diff(*words: object, **given: Any) -> Ended:
    return invoke("diff", *map(str, words), **given)


def told(ended: Ended) -> list[dict[str, Any]]:
    """The servers of the document, which keeps its schema."""
    loaded = json.loads(ended.stdout)
    jsonschema.Draft202012Validator(diff_schema()).validate(loaded)
    servers: list[dict[str, Any]] = loaded["servers"]
    return servers


def changed(path: Path, **fields: Any) -> Path:
    """A copy of a report with other fields."""
    copy = path.with_name("changed.json")
    copy.write_text(json.dumps(json.loads(path.read_text()) | fields))
    return copy


def test_a_report_against_itself(report: Path) -> None:
    ended = diff(report, report)
    assert ended.status == 0
    assert ended.stdout.endswith(": nothing changed\n")
    assert len(ended.stdout.splitlines()) == 1


def test_a_report_against_what_the_server_does_now(report: Path) -> None:
    with fake(SERVER) as server:
        ended = diff(report, at(server), *QUICK)
    assert (ended.status, ended.stderr) == (0, "")
    with fake(OTHER) as server:
        ended = diff(report, at(server), *QUICK)
    assert ended.status == 1
    assert ended.stdout.splitlines()[1:] == ["  - SIZE went from 10485760 to 5000000"]


def test_two_servers() -> None:
    with fake(SERVER) as old, fake(OTHER) as new:
        ended = diff(at(old), at(new), "--format", "json")
        heard = said(old), said(new)
    assert ended.status == 1
    (one,) = told(ended)
    assert one["name"] == f"{at(old)} → {at(new)}"
    assert [(change["what"], change["before"], change["after"]) for change in one["changes"]] == [
        ("extension", "10485760", "5000000")
    ]
    assert not any(line.upper().startswith(("DATA", "BDAT")) for lines in heard for line in lines)


def test_how_much_is_asked_and_of_which_domain() -> None:
    with fake(SERVER) as old, fake(SERVER) as new:
        diff(at(old), at(new), "--profile", "ehlo")
        diff(at(old), at(new), "--domain", "example.net")
        heard = said(old)
    quit_at = heard.index("QUIT")
    assert not any(line.startswith("VRFY") for line in heard[:quit_at])
    assert any(line.startswith("VRFY postmaster@example.net") for line in heard[quit_at:])


def test_from_stdin(report: Path) -> None:
    assert diff("-", report, input=report.read_bytes()).status == 0
    assert diff(report, "-", input=report.read_bytes()).status == 0


def test_a_file_may_be_named_as_one(tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("localhost").write_bytes(report.read_bytes())
    assert diff("file:localhost", "report.json").status == 0
    assert diff("localhost", "report.json").status == 0


def test_json_lines_traces_and_baselines(tmp_path: Path, report: Path) -> None:
    document = json.loads(report.read_text())
    other = document | {"target": document["target"] | {"host": "b.example"}}
    lines, trace, baseline = tmp_path / "many.jsonl", tmp_path / "trace.json", tmp_path / "baseline.json"
    lines.write_text(f"{json.dumps(document)}\n{json.dumps(other)}\n")
    trace.write_text(json.dumps({"schema_version": 1, "routes": [other, document]}))
    baseline.write_bytes(write_baseline({"mx": snapshot(report.read_bytes())}))
    assert diff(lines, trace).status == 0
    assert diff(baseline, report).status == 0
    ended = diff(lines, baseline)
    assert ended.status == 1
    assert f"b.example:{document['target']['port']}: 1 change\n  - only the first side tells of it\n" in ended.stdout


def test_a_gzipped_report(tmp_path: Path, report: Path) -> None:
    import gzip

    packed = tmp_path / "report.json.gz"
    packed.write_bytes(gzip.compress(report.read_bytes()))
    assert diff(packed, report).status == 0
    packed.write_bytes(gzip.compress(report.read_bytes())[:-20])
    assert "cannot be read to its end" in refused("diff", str(packed), str(report))


def test_what_is_compared_only_where_it_is_asked_for(report: Path) -> None:
    document = json.loads(report.read_text())
    capabilities = document["capabilities"]
    other = changed(report, capabilities=capabilities | {"clear": capabilities["clear"][::-1]})
    assert diff(report, other).status == 0
    assert diff(report, other, "--also", "dates,ids", "--also", "timings").status == 0
    ended = diff(report, other, "--also", "order,ids")
    assert ended.status == 1
    assert "the extensions stand in another order" in ended.stdout


def test_quiet_and_verbose(report: Path) -> None:
    other = changed(report, software={"name": "Exim", "version": None})
    assert diff(report, other, "--quiet").stdout.endswith(": 1 change\n")
    assert diff(report, other, "-v").stdout.splitlines()[2:] == ["      before  nothing", "      after   Exim"]


def test_into_a_file_and_without_colours(tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    other = changed(report, software={"name": "Exim", "version": None})
    assert "\x1b[" in diff(report, other).stdout
    plain = diff(report, other, "--no-color").stdout
    assert "\x1b" not in plain
    path = tmp_path / "diff.txt"
    assert diff(report, other, "--no-color", "--output", path).stdout == ""
    assert path.read_text() == plain


def test_a_server_that_is_gone_has_changed(report: Path) -> None:
    with closed_port() as nowhere:
        ended = diff(report, nowhere, *QUICK)
        back = diff(nowhere, report, *QUICK)
    assert (ended.status, back.status) == (1, 1)
    assert "it answered before, and now it is unreachable" in ended.stdout


def test_no_conversation_on_either_side() -> None:
    with closed_port() as nowhere:
        ended = diff(nowhere, nowhere, *QUICK)
    assert ended.status == 3
    assert "undecided: there was no conversation, neither before nor after" in ended.stdout


def test_what_cannot_be_decided(report: Path) -> None:
    with blunt(b"421 4.7.0 too busy\r\n", hang_up=True) as server:
        address = f"127.0.0.1:{server.port}"
        ended = diff(report, address, *QUICK, "--format", "json")
        strict = diff(report, address, *QUICK, "--inconclusive", "fail")
        easy = diff(report, address, *QUICK, "--inconclusive", "pass")
    assert (ended.status, strict.status, easy.status) == (4, 1, 0)
    (one,) = told(ended)
    assert one["changes"] == []
    assert one["undecided"].startswith("the conversation after was inconclusive")


def test_what_a_server_says_reaches_no_terminal_unescaped(report: Path) -> None:
    document = json.loads(report.read_text())
    document["software"] = {"name": "\x1b[2J\u202e", "version": "\x00"}
    for exchange in document["exchanges"]:
        if exchange["reply"]:
            exchange["reply"]["lines"] = ["\x1b]0;title\x07", "\x9b31m"]
    other = changed(report, **document)
    for form in ("text", "json"):
        ended = diff(report, other, "--verbose", "--format", form)
        assert ended.status == 1
        assert ended.stdout.replace("\n", "").isprintable()


def test_what_is_refused(tmp_path: Path, report: Path) -> None:
    broken, baseline = tmp_path / "broken.json", tmp_path / "baseline.json"
    broken.write_text('{"schema_version": 7}')
    baseline.write_bytes(write_baseline({"mx": snapshot(report.read_bytes())}))
    assert "no kind of difference is called 'orders': did you mean order?" in refused(
        "diff", str(report), str(report), "--also", "orders"
    ).replace("No ", "no ")
    assert "Both sides cannot come from stdin" in refused("diff", "-", "-")
    assert "its schema_version is 7" in refused("diff", str(report), str(broken))
    assert "cannot be read" in refused("diff", str(report), "missing.json")
    assert "cannot be read" in refused("diff", str(report), "folder/missing")
    assert "is a folder" in refused("diff", str(tmp_path), str(report))
    assert "A baseline keeps nothing of ids, dates" in refused(
        "diff", str(baseline), "x.example", "--also", "ids,dates"
    )
    assert "it is empty" in refused("diff", "-", str(report), input="")
    assert "has a space in it" in refused("diff", "a b", str(report))


def test_nothing_is_sent_where_the_other_side_is_refused(tmp_path: Path) -> None:
    with fake(SERVER) as server:
        refused("diff", at(server), str(tmp_path / "missing.json"))
        assert said(server) == []
