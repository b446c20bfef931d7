"""``smtpprobe probe``: every option does what it says, against servers on loopback."""

from __future__ import annotations

import asyncio
import json
import ssl
from pathlib import Path

import cli_servers
import pytest
import trustme
from cli_calls import Ended, invoke, refused
from cli_servers import at, blunt, closed_port, fake, said

from smtpprobe.fake import FakeServer, load


def _names(ended: Ended) -> set[str]:
    return {exchange["probe"] for exchange in ended.document["exchanges"] if exchange["probe"]}


# -- what comes out --------------------------------------------------------------------------------------------


def test_text_shows_the_dialogue_the_table_and_the_verdict() -> None:
    with fake() as server:
        ended = invoke("probe", at(server))
    assert ended.status == 0
    assert ended.stderr == ""
    assert "← 220 mail.demo.example" in ended.stdout
    assert "Capabilities" in ended.stdout
    assert "Findings" in ended.stdout
    assert "round trips" in ended.stdout.splitlines()[-1]
    assert max(map(len, ended.stdout.splitlines())) <= 80


def test_quiet_says_one_sentence_and_brief_leaves_the_dialogue_out() -> None:
    with fake() as server:
        quiet, brief = invoke("probe", "-q", at(server)), invoke("probe", "--brief", at(server))
    assert "Capabilities" not in quiet.stdout
    assert quiet.stdout.count("\n") <= 2
    assert "Capabilities" in brief.stdout
    assert "←" not in brief.stdout


@pytest.mark.parametrize("how", [["--quiet"], ["--brief"], ["--format", "json"]])
def test_verbose_shows_the_dialogue_on_stderr_where_stdout_does_not(how: list[str]) -> None:
    with fake() as server:
        ended = invoke("probe", *how, "--verbose", "--profile", "ehlo", at(server))
    assert "← 220" in ended.stderr
    assert "← 220" not in ended.stdout


def test_verbose_text_shows_the_dialogue_once() -> None:
    with fake() as server:
        ended = invoke("probe", "-v", "--profile", "ehlo", at(server))
    assert ended.stderr == ""
    assert ended.stdout.count("← 220 mail") == 1


def test_json_is_one_document_that_keeps_the_schema() -> None:
    with fake() as server:
        ended = invoke("probe", "--format", "json", at(server))
    assert ended.status == 0
    assert ended.stderr == ""
    assert ended.document["outcome"] == "answered"
    assert ended.document["target"]["text"] == at(server)


def test_json_of_several_targets_is_json_lines() -> None:
    with fake() as server, closed_port() as nobody:
        ended = invoke("probe", "--format", "json", "--profile", "ehlo", at(server), nobody)
    assert [one["outcome"] for one in ended.documents] == ["answered", "unreachable"]


def test_all_is_json_lines_even_for_one_address() -> None:
    with fake() as server:
        ended = invoke("probe", "--format", "json", "--all", "--profile", "ehlo", at(server))
    assert len(ended.documents) == 1


def test_piped_output_has_no_colour_and_no_color_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with fake() as server:
        forced = invoke("probe", "--profile", "ehlo", at(server))
        plain = invoke("probe", "--profile", "ehlo", "--no-color", at(server))
        asked = invoke("probe", "--profile", "ehlo", at(server), env={"NO_COLOR": "1"})
        monkeypatch.delenv("FORCE_COLOR")
        piped = invoke("probe", "--profile", "ehlo", at(server))
    assert "\x1b[" in forced.stdout
    assert all("\x1b" not in one.stdout for one in (plain, asked, piped))


# -- files -----------------------------------------------------------------------------------------------------


def test_output_goes_to_the_file_alone(tmp_path: Path) -> None:
    place = tmp_path / "report.json"
    with fake() as server:
        ended = invoke("probe", "--profile", "ehlo", "--format", "json", "-o", str(place), at(server))
    assert (ended.status, ended.stdout, ended.stderr) == (0, "", "")
    assert json.loads(place.read_text())["outcome"] == "answered"
    assert list(tmp_path.iterdir()) == [place]


def test_output_without_a_place_to_write_sends_nothing(tmp_path: Path) -> None:
    with fake() as server:
        words = refused("probe", "--output", str(tmp_path / "absent" / "x"), at(server))
        assert server.connections == 0
    assert "No such file or directory" in words
    assert "-o" in words


def test_a_file_is_complete_or_called_partial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError("in the middle")

    place = tmp_path / "report.txt"
    place.write_text("before")
    monkeypatch.setattr("smtpprobe.render.text.summary", fails)
    with fake() as server, pytest.raises(RuntimeError):
        invoke("probe", "--profile", "ehlo", "-o", str(place), at(server))
    assert place.read_text() == "before"
    assert sorted(tmp_path.iterdir()) == [place, place.with_name("report.txt.partial")]


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("before")
    (tmp_path / "link").symlink_to("real")
    with closed_port() as nobody:
        invoke("probe", "-q", "-o", str(tmp_path / "link"), nobody)
        assert invoke("probe", "-q", "-o", "/dev/null", nobody).status == 3
    assert (tmp_path / "link").is_symlink()
    assert "nothing listens" in (tmp_path / "real").read_text()
    assert Path("/dev/null").is_char_device()


# -- what is asked ---------------------------------------------------------------------------------------------


def test_profiles_ask_more_and_more() -> None:
    with fake() as server:
        asked = [
            len(invoke("probe", "--profile", name, "--format", "json", at(server)).document["exchanges"])
            for name in ("ehlo", "capabilities", "full")
        ]
    assert asked == sorted(set(asked))


def test_only_and_skip_take_names_with_commas_and_twice() -> None:
    with fake() as server:
        only = invoke("probe", "--format", "json", "--only", "help,noop", "--only", "vrfy-postmaster", at(server))
        skip = invoke("probe", "--format", "json", "--skip", "help, noop", "--skip", "vrfy-postmaster", at(server))
    # A plain MAIL is always asked: what the other answers are worth depends on it.
    assert _names(only) == {"mail", "help", "noop", "vrfy-postmaster"}
    assert _names(skip)
    assert not _names(skip) & {"help", "noop", "vrfy-postmaster"}


def test_command_is_sent_as_it_is() -> None:
    with fake() as server:
        invoke("probe", "--only", "command", "--command", "VRFY  ann", "--command", "noop x y", at(server))
        heard = said(server)
    assert "VRFY  ann" in heard
    assert "noop x y" in heard


@pytest.mark.parametrize(
    "line",
    [
        "DATA",
        "data",
        " DATA",
        "BDAT 10 LAST",
        "BURL imap://x",
        "AUTH PLAIN AGEAYg==",
        "STARTTLS",
        "QUIT",
        "ETRN x",
        "XCLIENT A=b",
        "NOOP\r\nDATA",
        "NOOP \x1b[2J",
        "",
        "x" * 511,
    ],
)
def test_a_forbidden_command_is_refused_and_nothing_is_sent(line: str) -> None:
    with fake() as server:
        words = refused("probe", "--command", line, at(server))
        assert server.connections == 0
    assert "AGEAYg" not in words
    assert words.isprintable()


def test_ehlo_name_domain_and_no_pipelining_reach_the_server() -> None:
    with fake() as server:
        words = ["--ehlo-name", "probe.example", "--domain", "demo.example", "--no-pipelining", "--connections", "1"]
        ended = invoke("probe", *words, "--format", "json", at(server))
        heard = said(server)
    assert "EHLO probe.example" in heard
    assert any("postmaster@demo.example" in line for line in heard)
    flights = [(one["connection"], one["flight"]) for one in ended.document["exchanges"]]
    assert len(flights) == len(set(flights))


@pytest.mark.parametrize(
    ("stage", "last"),
    [
        ("connect", None),
        ("greeting", None),
        ("ehlo", "EHLO"),
        ("clear", "EHLO"),
        ("starttls", "STARTTLS"),
        ("tls", "x"),
    ],
)
def test_quit_after_says_goodbye_and_drop_after_does_not(stage: str, last: str | None) -> None:
    with fake() as server:
        quit = invoke("probe", "--quit-after", stage, "--format", "json", "--only", "mail", at(server))
        after_quit, server.log = said(server), []
        drop = invoke("probe", "--drop-after", stage, "--format", "json", "--only", "mail", at(server))
        after_drop = said(server)
    assert (quit.status, drop.status) == (0, 0)
    assert "QUIT" not in after_drop
    if stage != "connect":
        assert after_quit[-1] == "QUIT"
    verbs = [line.split()[0] for line in after_drop]
    assert last in (None, "x") or last in verbs
    assert ("STARTTLS" in verbs) == (stage in ("starttls", "tls"))
    assert ("MAIL" in verbs) == (stage in ("clear", "starttls", "tls"))


# -- how to get there ------------------------------------------------------------------------------------------


def test_source_is_where_the_connection_comes_from() -> None:
    with fake() as server:
        ended = invoke("probe", "--source", "127.0.0.2", "--profile", "ehlo", "--format", "json", at(server))
    assert ended.document["source"] == "127.0.0.2"
    assert ended.document["ehlo_name"] == "[127.0.0.2]"
    assert ended.document["outcome"] == "answered"


@pytest.mark.parametrize(("family", "loopback"), [("-4", "127.0.0.1"), ("-6", "::1")])
def test_a_family_is_the_only_one_asked_for(family: str, loopback: str) -> None:
    zone: cli_servers.scripted_dns.Zone = {"both.test": {"A": ["127.0.0.1"], "AAAA": ["::1"]}}
    with fake(host=loopback) as server, cli_servers.dns(zone) as nameserver:
        words = ["--resolver", nameserver, "--profile", "ehlo", "--format", "json"]
        ended = invoke("probe", family, *words, f"both.test:{server.port}")
    assert [one["address"] for one in ended.document["connections"]] == [loopback] * len(ended.document["connections"])


def test_a_literal_of_the_other_family_leads_nowhere() -> None:
    ended = invoke("probe", "-4", "[::1]:25")
    assert ended.status == 3
    assert "no IPv4 address" in ended.stdout


def test_port_is_for_targets_without_one() -> None:
    with fake() as server:
        ended = invoke("probe", "--port", str(server.port), "--profile", "ehlo", "--format", "json", "127.0.0.1")
    assert ended.document["target"]["port"] == server.port
    assert ended.document["outcome"] == "answered"


def test_unix_and_lmtp_targets(tmp_path: Path) -> None:
    lmtp = 'summary = "speaks LMTP"\nlmtp = true\n'
    with fake(path=str(tmp_path / "smtp")) as one, fake(lmtp, path=str(tmp_path / "lmtp")) as other, fake(lmtp) as tcp:
        unix = invoke("probe", "--profile", "ehlo", "--format", "json", f"unix:{one.path}")
        socket = invoke("probe", "--profile", "ehlo", "--format", "json", f"lmtp+unix:{other.path}")
        ended = invoke("probe", "--profile", "ehlo", "--format", "json", f"lmtp://{at(tcp)}")
        heard = said(other) + said(tcp)
    assert [one.document["outcome"] for one in (unix, socket, ended)] == ["answered"] * 3
    assert "LHLO localhost" in heard
    assert not [line for line in heard if line.startswith("EHLO")]


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_proxy_comes_first(version: str) -> None:
    with blunt(b"220 mx.example ESMTP\r\n") as server:
        words = ["--proxy", version, "--proxy-source", "192.0.2.7:4000", "--timeout", "0.2", "--profile", "ehlo"]
        invoke("probe", *words, server.address)
        assert server.over.wait(5)
    begins = {
        "v1": f"PROXY TCP4 192.0.2.7 127.0.0.1 4000 {server.port}\r\nEHLO ".encode(),
        "v2": b"\r\n\r\n\0\r\nQUIT\n!\x11\0\x0c\xc0\0\x02\x07\x7f\0\0\x01\x0f\xa0",
    }
    assert server.heard.startswith(begins[version])


def test_timeout_is_for_a_step_and_deadline_for_the_run() -> None:
    with blunt() as server:
        step = invoke("probe", "--timeout", "0.2", "--format", "json", server.address)
        run = invoke("probe", "--deadline", "0.2", "--format", "json", server.address)
    assert (step.document["failure"]["kind"], step.document["failure"]["detail"]) == ("timeout", "0.2 s")
    assert (step.status, run.status) == (3, 4)
    assert run.document["failure"]["kind"] == "deadline"


# -- TLS -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, str]:
    ca = trustme.CA()
    place = tmp_path_factory.mktemp("authority") / "ca.pem"
    ca.cert_pem.write_to_path(str(place))
    return ca, str(place)


def test_sni_and_ca_file_decide_about_the_certificate(authority: tuple[trustme.CA, str]) -> None:
    ca, ca_file = authority
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("mx.test").configure_cert(context)
    with cli_servers.beside(FakeServer(load("demo"), tls=context)) as server:

        def certificate(*words: str) -> object:
            ended = invoke("probe", "--profile", "ehlo", "--format", "json", *words, at(server))
            return ended.document["tls"]["certificate"]["error"]

        assert certificate("--sni", "mx.test", "--ca-file", ca_file) is None
        assert certificate("--sni", "other.test", "--ca-file", ca_file) == "name"
        assert certificate("--sni", "mx.test") == "untrusted"


@pytest.mark.parametrize(("mode", "encrypted"), [("starttls", True), ("none", False)])
def test_tls_mode(mode: str, encrypted: bool) -> None:
    with fake() as server:
        ended = invoke("probe", "--tls", mode, "--profile", "ehlo", "--format", "json", at(server))
        assert ("STARTTLS" in said(server)) is encrypted
    assert (ended.document["tls"] is not None) is encrypted


def test_tls_from_the_first_byte() -> None:
    with fake('summary = "as on 465"\nimplicit_tls = true\n') as server:
        asked = invoke("probe", "--tls", "implicit", "--profile", "ehlo", "--format", "json", at(server))
        scheme = invoke("probe", "--profile", "ehlo", "--format", "json", f"smtps://{at(server)}")
        plain = invoke("probe", "--timeout", "0.5", "--format", "json", at(server))
    assert (asked.status, scheme.status, plain.status) == (0, 0, 3)
    assert plain.document["failure"]["kind"] == "not-smtp-tls"


def test_a_client_certificate_is_shown_to_a_server_that_asks(authority: tuple[trustme.CA, str], tmp_path: Path) -> None:
    ca, ca_file = authority
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2  # In TLS 1.3 a client learns of its refusal late.
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(ca_file)
    ca.issue_cert("mx.test").configure_cert(context)
    own = ca.issue_cert("client.test")
    whole, chain, key = tmp_path / "whole.pem", tmp_path / "chain.pem", tmp_path / "key.pem"
    own.private_key_and_cert_chain_pem.write_to_path(str(whole))
    own.cert_chain_pems[0].write_to_path(str(chain))
    own.private_key_pem.write_to_path(str(key))
    with cli_servers.beside(FakeServer(load("demo"), tls=context)) as server:

        def encrypted(*words: str) -> bool:
            ended = invoke("probe", "--profile", "ehlo", "--format", "json", *words, at(server))
            return ended.document["capabilities"]["tls"] is not None

        assert encrypted("--client-cert", str(whole))
        assert encrypted("--client-cert", str(chain), "--client-key", str(key))
        assert not encrypted()


# -- the event loop and the environment ------------------------------------------------------------------------


def test_it_runs_with_and_without_uvloop(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio
    from contextlib import closing

    from smtpprobe.cli.loop import fastest

    with fake() as server:
        assert invoke("probe", "--profile", "ehlo", at(server)).status == 0
        monkeypatch.setitem(__import__("sys").modules, "uvloop", None)
        with closing(fastest()) as loop:
            assert isinstance(loop, asyncio.SelectorEventLoop)
        assert invoke("probe", "--profile", "ehlo", at(server)).status == 0


def test_uvloop_is_taken_where_it_is_installed() -> None:
    uvloop = pytest.importorskip("uvloop")
    from smtpprobe.cli.loop import run

    async def kind() -> type:
        return type(asyncio.get_running_loop())

    assert run(kind()) is uvloop.Loop


def test_defaults_come_from_the_environment() -> None:
    with fake() as server:
        env = {
            "SMTPPROBE_PROBE_FORMAT": "json",
            "SMTPPROBE_PROBE_ONLY": "command,help vrfy-postmaster",
            "SMTPPROBE_PROBE_EHLO_NAME": "env.example",
            "SMTPPROBE_PROBE_COMMAND": "NOOP one\nNOOP two",
            "SMTPPROBE_PROBE_FAMILY": "4",
            "SMTPPROBE_PROBE_NO_PIPELINING": "1",
        }
        ended = invoke("probe", at(server), env=env)
        own = invoke("probe", "--format", "text", "--ehlo-name", "argv.example", at(server), env=env)
    assert ended.document["ehlo_name"] == "env.example"
    assert {"command", "help", "vrfy-postmaster"} <= _names(ended)
    assert {"NOOP one", "NOOP two"} <= {one["command"] for one in ended.document["exchanges"]}
    assert "EHLO argv.example" in own.stdout
