"""The exporter's HTTP, asked by a client over a socket."""

from __future__ import annotations

import asyncio
import contextlib

import httpx
import pytest
from exporters import GUARD, Scripted, exporter, run, series

from smtpprobe.serve import guard, main
from smtpprobe.serve.app import PATIENCE, patience
from smtpprobe.serve.service import Scope, Service


def requests(path: str, scope: Scope | None = None, method: str = "GET", **headers: str) -> httpx.Response:
    """One answer."""
    answers: list[httpx.Response] = []

    async def test() -> None:
        async with exporter(scope or Scripted()) as it:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            answers.append(await it.client.request(method, path, headers=named))

    run(test)
    return answers[0]


def test_a_probe_gives_series_and_is_given_the_scrapes_time_less_half_a_second() -> None:
    async def test() -> None:
        scope = Scripted()
        async with exporter(scope) as it:
            answer = await it.get("/probe?target=mx.example.org", X_Prometheus_Scrape_Timeout_Seconds="10")
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
            assert series(answer.text)["probe_success"] == 1
            await it.probe("mx.example.org", "full")
        (first, second) = scope.given
        assert first[:2] == ("mx.example.org", "ehlo")
        assert 9.0 < first[2] <= 9.5
        assert second[1] == "full"
        assert 19.0 < second[2] <= 20.0

    run(test)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        *((None, PATIENCE), ("", PATIENCE), ("10", 9.5), ("0.7", pytest.approx(0.2)), ("0.5", PATIENCE)),
        *(("0", PATIENCE), ("1e9", PATIENCE), ("-1", None), ("nan", None), ("inf", None), ("soon", None)),
    ],
)
def test_how_long_there_is(header: str | None, seconds: float | None) -> None:
    assert patience(header) == seconds


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/probe", 400, "The parameter target is missing: name the server to probe."),
        ("/probe?target=", 400, "The parameter target is missing: name the server to probe."),
        ("/probe?target=mx.example.org&module=nosuch", 400, "No module is called nosuch: there are ehlo, full."),
        (
            "/probe?target=mx.example.org&module=%1b[2J%0a",
            400,
            r"No module is called \x1b[2J\x0a: there are ehlo, full.",
        ),
        ("/probe?target=other.example.org", 400, "'other.example.org' is no target."),
        ("/nosuch", 404, "There is nothing here: / lists what there is."),
        ("/metrics/", 404, "There is nothing here: / lists what there is."),
        (f"/probe?target={'x' * 5000}", 414, "The query is longer than 4096 characters: shorten it."),
    ],
)
def test_what_is_refused_is_told_in_a_sentence(path: str, status: int, words: str) -> None:
    answer = requests(path)
    assert (answer.status_code, answer.text) == (status, f"{words}\n")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_timeout_that_is_none_is_refused() -> None:
    answer = requests("/probe?target=mx.example.org", X_Prometheus_Scrape_Timeout_Seconds="soon")
    assert answer.status_code == 400
    assert "is no number of seconds" in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "NOSUCH"])
def test_other_methods_are_refused(method: str) -> None:
    answer = requests("/metrics", method=method)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_has_no_body() -> None:
    answer = requests("/-/healthy", method="HEAD")
    assert (answer.status_code, answer.text) == (200, "")
    assert requests("/-/healthy").text == "The exporter is up.\n"


def test_a_body_is_refused_and_not_read() -> None:
    async def test() -> None:
        async with exporter(Scripted()) as it:
            answer = await it.client.request("GET", "/metrics", content=b"x" * 100)
            assert (answer.status_code, answer.headers["connection"]) == (413, "close")

    run(test)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:9725", "localhost", "LOCALHOST:1", "monitor.example.org", "Monitor.example.org.:80"],
)
def test_it_answers_to_its_own_names(host: str) -> None:
    assert requests("/-/healthy", Host=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.2", "[::1]", "localhost.evil.example", "monitor.example.org@evil.example", "a\x1b[2J"],
)
def test_it_does_not_answer_to_a_foreign_name(host: str) -> None:
    answer = requests("/probe?target=mx.example.org", Host=host)
    assert answer.status_code == 421
    assert answer.text.startswith("This exporter is not called ")
    assert "\x1b" not in answer.text


@pytest.mark.parametrize(
    ("host", "name"),
    [
        *(("[::1]:9725", "::1"), ("[::1]", "::1"), ("::1", "::1"), ("a.example.:80", "a.example")),
        *(("A.EXAMPLE", "a.example"), ("", ""), (":80", "")),
    ],
)
def test_a_host_without_its_port(host: str, name: str) -> None:
    assert guard.bare(host) == name


def test_a_request_needs_one_host() -> None:
    async def test() -> None:
        async with exporter(Scripted()) as it:
            for head in (b"GET /metrics HTTP/1.0\r\n\r\n", b"GET /metrics HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"):
                reader, writer = await asyncio.open_connection("127.0.0.1", it.port)
                writer.write(head)
                assert b" 400 " in await reader.readline()
                writer.close()
                await writer.wait_closed()

    run(test)


def test_a_page_of_another_site_gets_nothing_and_a_link_of_it_works() -> None:
    assert requests("/metrics", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").status_code == 403
    assert requests("/metrics", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status_code == 200
    assert requests("/metrics", Sec_Fetch_Site="same-origin", Sec_Fetch_Mode="cors").status_code == 200


def test_the_page_links_every_target_with_its_modules() -> None:
    answer = requests("/", Scripted("mx.example.org", 'a"><script>&é'))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.count("&amp;debug=true") == 4
    assert '<a href="/probe?target=mx.example.org&amp;module=full">full</a>' in answer.text
    assert "<script>" not in answer.text
    assert "/probe?target=a%22%3E%3Cscript%3E%26%C3%A9&amp;module=ehlo" in answer.text


def test_without_targets_the_page_says_how_to_ask() -> None:
    scope = Scripted()
    scope.targets = ()
    assert "/probe?target=TARGET asks for one" in requests("/", scope).text


def test_a_fault_of_ours_is_told_and_ends_nothing() -> None:
    async def test() -> None:
        async with exporter(Scripted("fault.example.org", "mx.example.org")) as it:
            answer = await it.get("/probe?target=fault.example.org")
            assert (answer.status_code, answer.text) == (
                500,
                "This is a mistake in smtpprobe: its own output says more.\n",
            )
            told = "ZeroDivisionError: a mistake"
            assert it.faults == [
                f"a request was not answered ({told}): this is a mistake in smtpprobe, tell its authors."
            ]
            assert (await it.probe("mx.example.org"))["probe_success"] == 1
            assert (await it.metrics())['smtpprobe_exporter_requests_refused_total{reason="fault"}'] == 1

    run(test)


def test_who_waits_at_the_end_is_told_so() -> None:
    async def test() -> None:
        scope = Scripted()
        scope.over.clear()
        async with exporter(scope) as it:
            asked = asyncio.ensure_future(it.get("/probe?target=mx.example.org"))
            await scope.begun.wait()
            it.stop.set()
            answer = await asked
            assert (answer.status_code, answer.text) == (503, "The exporter is stopping: ask again when it is back.\n")

    run(test)


def test_a_probe_that_is_not_over_in_time_is_no_success() -> None:
    async def test() -> None:
        scope = Scripted()
        scope.over.clear()
        async with exporter(scope) as it:
            told = await it.probe("mx.example.org", X_Prometheus_Scrape_Timeout_Seconds="0.6")
            assert told["probe_success"] == 0
            assert told["probe_duration_seconds"] == pytest.approx(0.1)
            assert told['smtpprobe_outcome{outcome="inconclusive"}'] == 1
            assert "smtpprobe_probe_age_seconds" not in told
            assert (await it.metrics())['smtpprobe_exporter_scrapes_total{source="late"}'] == 1

    run(test)


def test_the_same_probe_asked_twice_at_once_is_run_once() -> None:
    async def test() -> None:
        scope = Scripted()
        scope.over.clear()
        async with exporter(scope) as it:
            asked = [asyncio.ensure_future(it.probe("mx.example.org")) for _ in range(5)]
            await scope.asked_for(5)
            scope.over.set()
            assert all(one["probe_success"] == 1 for one in await asyncio.gather(*asked))
            assert (await it.metrics())['smtpprobe_exporter_scrapes_total{source="shared"}'] == 4
        assert len(scope.given) == 1

    run(test)


def test_a_module_with_an_interval_is_answered_from_its_last_result() -> None:
    async def test() -> None:
        scope = Scripted(interval=600.0)
        async with exporter(scope) as it:
            first, second = [await it.probe("mx.example.org", "full") for _ in range(2)]
            assert first["smtpprobe_probe_age_seconds"] == 0
            assert 0 < second["smtpprobe_probe_age_seconds"] < GUARD
            answer = await it.get("/probe?target=mx.example.org&module=full&debug=true")
            assert "probe_success 1.0" in answer.text
            told = await it.metrics()
            assert told['smtpprobe_exporter_scrapes_total{source="kept"}'] == 2
            assert told['smtpprobe_exporter_probes_total{module="full",outcome="answered"}'] == 1
        assert len(scope.given) == 1

    run(test)


def test_slow_probes_keep_no_other_waiting() -> None:
    async def test() -> None:
        slow = [f"slow{n}.example.org" for n in range(40)]
        scope = Scripted(*slow, "mx.example.org")
        scope.over.clear()
        async with exporter(scope) as it:
            waiting = [asyncio.ensure_future(it.probe(target)) for target in slow]
            await scope.asked_for(len(slow))
            asked = asyncio.ensure_future(it.probe("mx.example.org"))
            await scope.asked_for(len(slow) + 1)
            assert (await it.metrics())["smtpprobe_exporter_probes_in_flight"] == len(slow) + 1
            assert not asked.done()
            scope.over.set()
            await asyncio.gather(asked, *waiting)

    run(test)


def test_who_finds_no_turn_is_told_how_long_it_waited() -> None:
    async def test() -> None:
        scope = Scripted("slow.example.org", "mx.example.org", most_at_once=1)
        scope.over.clear()
        async with exporter(scope) as it:
            slow = asyncio.ensure_future(it.probe("slow.example.org"))
            await scope.begun.wait()
            told = await it.probe("mx.example.org", X_Prometheus_Scrape_Timeout_Seconds="0.6")
            assert (told["probe_success"], len(scope.given)) == (0, 1)
            assert told["smtpprobe_probe_queued_seconds"] >= 0.1
            scope.over.set()
            await slow

    run(test)


def test_every_request_can_be_logged_on_one_line() -> None:
    async def test() -> None:
        async with exporter(Scripted()) as it:
            await it.get("/-/healthy?a=%0ab")
            assert len(it.lines) == 1
            assert it.lines[0].startswith("GET /-/healthy?a=%0ab 200 0.")

    run(test)


def test_metrics_of_the_process_are_there_without_those_of_a_probe() -> None:
    async def test() -> None:
        async with exporter(Scripted()) as it:
            told = await it.metrics()
            assert told["process_open_fds"] > 0
            assert any(name.startswith("python_info") for name in told)
            assert told["smtpprobe_exporter_config_last_reload_successful"] == 1
            assert "probe_success" not in told
            it.service.tally.reloaded(well=False)
            assert (await it.metrics())["smtpprobe_exporter_config_last_reload_successful"] == 0
            it.service.replace(Scripted())
            assert (await it.metrics())["smtpprobe_exporter_config_last_reload_successful"] == 1

    run(test)


def test_who_says_nothing_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        monkeypatch.setattr(main, "_HEAD_SECONDS", 0.05)
        async with exporter(Scripted()) as it:
            reader, writer = await asyncio.open_connection("127.0.0.1", it.port)
            writer.write(b"GET /metrics HT")
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()
            assert (await it.get("/-/healthy")).status_code == 200

    run(test)


def test_a_head_without_end_is_not_read_for_ever() -> None:
    async def test() -> None:
        async with exporter(Scripted()) as it:
            reader, writer = await asyncio.open_connection("127.0.0.1", it.port)
            with contextlib.suppress(ConnectionError):
                writer.write(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
                for _ in range(1000):
                    writer.write(b"x" * 10_000)
                    await writer.drain()
            with contextlib.suppress(ConnectionError):
                assert not (await reader.read()).startswith(b"HTTP/1.1 200")
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
            assert (await it.get("/-/healthy")).status_code == 200

    run(test)


def test_it_listens_on_ipv6_too() -> None:
    async def test() -> None:
        stop = asyncio.Event()
        with main.listen("::1", 0) as listener:
            port = listener.getsockname()[1]
            serving = asyncio.ensure_future(main.serve(Service(Scripted()), listener, stop))
            async with httpx.AsyncClient(trust_env=False) as client:
                assert (await client.get(f"http://[::1]:{port}/-/healthy")).status_code == 200
                assert (await client.get(f"http://[::1]:{port}/", headers={"Host": "127.0.0.1"})).status_code == 421
            stop.set()
            await serving

    run(test)
