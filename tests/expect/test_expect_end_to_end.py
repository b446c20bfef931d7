"""Every kind of expectation, held against fake servers through the whole engine: three servers, three results."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from expect_cases import BUSY, CASES, NO_TLS_NOW, PASSWORD, Case, Scene
from expect_scenes import stage

from smtpprobe.check.main import check
from smtpprobe.cli.exit_status import check_status
from smtpprobe.expect.build import FAMILIES
from smtpprobe.expect.servers import parse
from smtpprobe.expectation import Checking, Held
from smtpprobe.journey import Login
from smtpprobe.names import Resolver
from smtpprobe.outcome import ExitCode, Result


def checked(case: Case, scene: Scene, folder: Path) -> Checking:
    async def held() -> Checking:
        async with stage(case, scene, folder) as it, Resolver([it.resolver]) as resolver:
            servers = parse(it.text.encode(), "smtpprobe.toml").servers
            return await check(servers, resolver, logins={servers[0]: Login("ann", scene.password)})

    return asyncio.run(held())


def results(found: Checking) -> tuple[Held, ...]:
    return found.servers[0].held


def of(case: Case, found: Checking) -> Held:
    return next(held for held in results(found) if held.id == case.id)


EACH = [(case, result) for case in CASES for result in case.scenes()]


@pytest.mark.parametrize(("case", "result"), EACH, ids=[f"{case.label}-{result}" for case, result in EACH])
def test_three_servers_three_results(case: Case, result: str, tmp_path: Path) -> None:
    found = checked(case, case.scenes()[result], tmp_path)
    held = of(case, found)
    assert (held.result.value, bool(held.got)) == (result, True), held
    status = {"met": ExitCode.OK, "failed": ExitCode.FAILED, "inconclusive": ExitCode.INCONCLUSIVE}[result]
    no_talk = case.id == "conversation" and result == "failed"
    assert check_status(found) is (ExitCode.NO_CONVERSATION if no_talk else status)
    others = {one.result for one in results(found) if one.id != case.id}
    if result == "met":
        # Nothing else is wrong at a server that is to be all right.
        assert others <= {Result.MET}, results(found)
    if result == "inconclusive":
        assert Result.FAILED not in others, results(found)


def test_no_kind_of_expectation_is_without_a_case() -> None:
    tables = {line.strip("[]").split(".")[-1] for case in CASES for line in case.toml.splitlines() if "[" in line[:1]}
    tables |= {"login"}
    assert {key for key, _ in FAMILIES} <= tables


def test_a_421_greeting_keeps_its_text(tmp_path: Path) -> None:
    for case in CASES:
        if case.undecided is BUSY:
            talk = checked(case, BUSY, tmp_path).servers[0].held[0]
            assert talk.got == "421 4.7.0 too many connections, in place of a greeting"
            assert talk.evidence == ("S: 421 4.7.0 too many connections",)
            break


def test_454_to_starttls_is_not_taken_for_no_starttls(tmp_path: Path) -> None:
    (case,) = [one for one in CASES if one.label == "tls-offered"]
    held = of(case, checked(case, NO_TLS_NOW, tmp_path))
    assert "454 4.7.0 TLS not available" in held.got
    assert "C: STARTTLS" in held.evidence
    assert "not offered" not in held.got


def test_no_secret_is_told(tmp_path: Path) -> None:
    (case,) = [one for one in CASES if one.id == "login"]
    for scene in case.scenes().values():
        assert PASSWORD not in repr(checked(case, scene, tmp_path))
