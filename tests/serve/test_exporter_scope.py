"""A file of expectations as the exporter uses it: which targets, which modules, how often, and to which addresses."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import dns.message
import pytest
from exporters import exporter, run

from smtpprobe.expect import servers
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.fake import FakeServer, load
from smtpprobe.model import Target
from smtpprobe.names import ResolveError
from smtpprobe.outcome import FailureKind, Outcome
from smtpprobe.serve.public import PublicResolver
from smtpprobe.serve.scope import NOTHING, FileScope, Permission
from smtpprobe.target import TargetError

sys.path.append(str(Path(__file__).parents[1] / "names"))
import scripted_dns

ANY = Permission(any_target=True)
PRIVATE = Permission(any_target=True, allow_private=True)
QUARTER = 900.0


def scope(text: str, permission: Permission | None = None) -> FileScope:
    return FileScope(servers.parse(text.encode(), "smtpprobe.toml", fail_on="never"), permission or Permission(), {})


def refusal(asked: Callable[[], object]) -> str:
    with pytest.raises(TargetError) as caught:
        asked()
    words = str(caught.value)
    assert words.endswith((".", "?"))
    return words


FILE = """
[expect.tls]
offered = true
[group.mx]
preset = "mx"
[[server]]
target = "mx1.example.org"
groups = ["mx"]
[[server]]
target = "smtp.example.org"
preset = "submission"
retries = 3
[module.quick.expect.certificate]
days_left = 14
[module.whole]
profile = "full"
deadline = "60s"
[module.often]
profile = "capabilities"
min_interval = "90s"
retries = 2
[exporter]
targets = ["mx9.example.org:2525"]
hosts = ["Monitor.example.org"]
"""


def test_servers_and_further_targets_are_targets_and_the_modules_are_there() -> None:
    made = scope(FILE)
    assert made.targets == ("mx1.example.org", "smtp.example.org", "mx9.example.org:2525")
    assert made.modules == ("ehlo", "check", "quick", "whole", "often")
    assert made.hosts == {"monitor.example.org"}
    assert made.most_at_once == 500
    assert FileScope(NOTHING, ANY, {}).modules == ("ehlo",)


@pytest.mark.parametrize(
    ("module", "longest", "interval"),
    [
        ("ehlo", 120.0, 0.0),
        ("quick", 120.0, 0.0),
        ("whole", 60.0, QUARTER),
        ("often", 120.0, 90.0),
        ("check", 120.0, QUARTER),
    ],
)
def test_what_asks_more_than_a_client_has_an_interval(module: str, longest: float, interval: float) -> None:
    pace = scope(FILE).pace("mx1.example.org", module)
    assert (pace.longest, pace.interval) == (longest, interval)


def test_the_interval_may_be_given_for_all() -> None:
    made = scope(f'{FILE}min_interval = "1h"')
    assert made.pace("mx1.example.org", "check").interval == 3600.0
    assert made.pace("mx1.example.org", "often").interval == 90.0


def test_the_usual_module_expects_nothing_of_the_file_and_does_not_ask_again() -> None:
    made = scope("[defaults]\nretries = 5\nprofile = 'full'\n" + FILE)
    server = made._asked("mx1.example.org", "ehlo").server
    assert server.expectations == ()
    assert (server.way.retries, server.way.profile) == (0, "ehlo")
    assert made._asked("mx1.example.org", "often").server.way.retries == 2
    assert made._asked("smtp.example.org", "check").server.way.retries == 3


def test_a_server_of_the_file_is_found_where_the_file_says_by_every_module() -> None:
    made = scope(FILE)
    for module in made.modules:
        assert made._asked("smtp.example.org", module).server.target.port == 587


def test_a_module_expects_what_it_and_the_file_say() -> None:
    made = scope(FILE)
    assert [one.id for one in made._asked("mx1.example.org", "quick").server.expectations] == [
        "tls-offered",
        "certificate-days",
    ]
    assert "command-relay" in [one.id for one in made._asked("mx1.example.org", "check").server.expectations]


def test_what_nobody_configured_is_refused() -> None:
    made = scope(FILE)
    assert refusal(lambda: made.pace("mx2.example.org", "ehlo")) == (
        "'mx2.example.org' is no target of this exporter: add it to exporter.targets in its configuration."
    )
    assert "module check holds those to the file" in refusal(lambda: made.pace("mx9.example.org:2525", "check"))


def test_any_target_takes_targets_and_no_sockets_or_nonsense() -> None:
    made = scope(FILE, ANY)
    assert made.pace("mx2.example.org", "ehlo").interval == 0.0
    for text in ("unix:/run/master", "lmtp+unix:/run/lmtp"):
        assert "only the configuration may name one" in refusal(partial(made.pace, text, "ehlo"))
    for text in ("a b", "a\x1b[2J", "http://x", "mx.example.org:0", "", "x" * 300):
        assert "\x1b" not in refusal(partial(made.pace, text, "ehlo"))


def test_equal_probes_have_equal_keys_whatever_else_is_in_the_file() -> None:
    one, other = scope(FILE), scope(FILE + "# more\n")
    assert one.key("mx1.example.org", "ehlo") == other.key("mx1.example.org", "ehlo")
    assert one.key("mx1.example.org", "ehlo") != one.key("mx1.example.org", "check")
    changed = scope(FILE.replace('deadline = "60s"', 'deadline = "61s"'))
    assert one.key("mx1.example.org", "whole") != changed.key("mx1.example.org", "whole")
    assert one.key("mx1.example.org", "quick") == changed.key("mx1.example.org", "quick")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[exporter]\nmost_at_once = 0", 2, "most_at_once"),
        ("[exporter]\nmost_at_once = 5000", 2, "most_at_once"),
        ('[exporter]\nmin_interval = "soon"', 2, "no time"),
        ('[exporter]\ntargets = [\n"mx1.example.org",\n"a b"]', 4, "space"),
        ('[exporter]\nhosts = ["a b"]', 2, "a b"),
        ('[module.x]\nmin_interval = "soon"', 2, "no time"),
        ("[module.x.expect.policy]\nmta_sts = true", 2, "domain"),
        ('[module.x]\npresett = "mx"', 2, "did you mean preset"),
        ("[exporter]\ntarget = []", 2, "did you mean targets"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, line: int, words: str) -> None:
    with pytest.raises(Mistake) as caught:
        scope(text)
    assert str(caught.value).startswith(f"smtpprobe.toml:{line}: ")
    assert words in str(caught.value)


def test_a_dns_server_that_is_none_is_told_at_once() -> None:
    with pytest.raises(TargetError):
        scope('[defaults]\nresolver = ["nonsense nameserver"]')


def test_what_the_file_names_is_probed_wherever_it_is() -> None:
    async def test() -> None:
        async with FakeServer(load("postfix")) as server:
            target = f"127.0.0.1:{server.port}"
            async with exporter(scope(f'[[server]]\ntarget = "{target}"')) as it:
                told = await it.probe(target)
                assert told["probe_success"] == 1
                assert told['probe_tls_version_info{version="TLS 1.3"}'] == 1
                assert told["probe_ssl_earliest_cert_expiry"] > 0
                assert told['smtpprobe_expectation{expectation="conversation",result="met"}'] == 1
                assert server.connections == 1
                debug = await it.get(f"/probe?target={target}&debug=true")
                assert debug.headers["content-type"] == "text/plain; charset=utf-8"
                assert "← 220 mx.example.org ESMTP Postfix" in debug.text
                assert "probe_success 1.0" in debug.text
                assert "conversation" in debug.text

    run(test)


def test_what_a_file_expects_is_held_by_check_and_not_asked_again_so_soon() -> None:
    async def test() -> None:
        async with FakeServer(load("postfix")) as server:
            target = f"127.0.0.1:{server.port}"
            text = f'[[server]]\ntarget = "{target}"\n[server.expect.extensions]\npresent = ["SIZE", "XNONSENSE"]\n'
            text += '[[server.expect.command]]\nname = "vrfy"\nsend = "VRFY root"\nnever = "250"\n'
            async with exporter(scope(text)) as it:
                for _ in range(3):
                    told = await it.probe(target, "check")
                    assert told["probe_success"] == 0
                    assert told['smtpprobe_expectation{expectation="present-SIZE",result="met"}'] == 1
                    assert told['smtpprobe_expectation{expectation="present-XNONSENSE",result="failed"}'] == 1
                    assert told['smtpprobe_expectation{expectation="command-vrfy",result="met"}'] == 1
                assert server.connections == 1
                debug = (await it.get(f"/probe?target={target}&module=check&debug=true")).text
                assert "XNONSENSE" in debug
                assert server.connections == 1

    run(test)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:127.0.0.1]", "localhost"])
def test_any_target_leads_to_no_private_address(host: str) -> None:
    async def test() -> None:
        async with FakeServer(load("postfix")) as server, exporter(FileScope(NOTHING, ANY, {})) as it:
            told = await it.probe(f"{host}:{server.port}")
            assert told["probe_success"] == 0
            assert told['smtpprobe_failure{kind="not-routable",stage="resolve"}'] == 1
            assert server.connections == 0

    run(test)


def test_any_target_with_private_addresses_allowed_leads_there() -> None:
    async def test() -> None:
        async with FakeServer(load("postfix")) as server, exporter(FileScope(NOTHING, PRIVATE, {})) as it:
            assert (await it.probe(f"127.0.0.1:{server.port}"))["probe_success"] == 1

    run(test)


def test_a_configured_private_target_does_not_open_the_others() -> None:
    async def test() -> None:
        async with FakeServer(load("postfix")) as server:
            text = f'[defaults]\nallow_private = true\n[[server]]\ntarget = "127.0.0.1:{server.port}"'
            async with exporter(scope(text, ANY)) as it:
                assert (await it.probe(f"127.0.0.1:{server.port}"))["probe_success"] == 1
                assert (await it.probe(f"localhost:{server.port}"))["probe_success"] == 0
            assert server.connections == 1

    run(test)


def test_a_name_that_leads_here_now_and_elsewhere_then_is_never_dialled_here() -> None:
    """DNS rebinding: the address that was checked is the address that is dialled, every time."""

    async def test() -> None:
        answers = [["203.0.113.9"], ["127.0.0.1"]]

        def script(query: dns.message.Message, tcp: bool) -> scripted_dns.Answer:
            _, kind = scripted_dns.question(query)
            if kind != "A":
                return scripted_dns.answering(query, [])
            answers.append(answers.pop(0))
            return scripted_dns.answering(query, answers[-1])

        async with scripted_dns.serve(script) as nameserver, FakeServer(load("postfix")) as server:
            text = f'[defaults]\nresolver = ["{nameserver}"]\ntimeout = 0.2\ndeadline = 1'
            async with exporter(scope(text, ANY)) as it:
                for _ in range(4):
                    told = await it.probe(f"rebind.example:{server.port}", X_Prometheus_Scrape_Timeout_Seconds="1")
                    assert told["probe_success"] == 0
            assert server.connections == 0

    run(test)


def test_of_the_addresses_of_a_name_only_public_ones_are_kept() -> None:
    async def test() -> None:
        zone = {"mx.example": {"A": ["127.0.0.1", "192.88.99.77", "8.8.8.8"]}, "in.example": {"A": ["10.0.0.1"]}}
        async with scripted_dns.serve(scripted_dns.zone(zone)) as nameserver, PublicResolver([nameserver]) as resolver:
            routes = await resolver.routes(Target("mx.example", "mx.example", 25), allow_private=True)
            assert "8.8.8.8" in [route.address for route in routes]
            assert "127.0.0.1" not in [route.address for route in routes]
            with pytest.raises(ResolveError) as caught:
                await resolver.routes(Target("in.example", "in.example", 25), allow_private=True)
            assert caught.value.failure.kind is FailureKind.NOT_ROUTABLE
            with pytest.raises(ResolveError):
                await resolver.routes(Target("unix:/x", "", 0, path="/x"))

    run(test)


def test_a_silent_server_costs_no_more_than_the_scrapes_time() -> None:
    async def test() -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            target = f"127.0.0.1:{silent.getsockname()[1]}"
            made = scope(f'[[server]]\ntarget = "{target}"\nretries = 5')
            for module in ("ehlo", "check"):
                begun = asyncio.get_running_loop().time()
                checked = await made.probe(target, module, 0.5)
                assert checked.outcome in (Outcome.INCONCLUSIVE, Outcome.UNREACHABLE)
                assert checked.held[0].result != "met"
                assert asyncio.get_running_loop().time() - begun < 5.0

    run(test)
