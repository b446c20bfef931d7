"""`check` as a command: one expectation of each family, met, failed and undecided, in every format, with its status."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cli_calls import Ended, invoke
from cli_servers import beside

sys.path.append(str(Path(__file__).parents[1] / "expect"))
from expect_cases import BASELINE, CASES, GOOD, Case
from expect_scenes import Stage, stage
from format_readers import COLUMNS, READERS, SAYS, STATUS, Wanted, title

from smtpprobe.expect.build import FAMILIES
from smtpprobe.render import CHECK_FORMS

#: By the table of the file that it stands in. Each can be undecided while there is a conversation.
FAMILY = {
    "extensions": "present-8BITMIME",
    "auth": "auth-required-PLAIN",
    "command": "command-without-login",
    "tls": "tls-offered",
    "certificate": "certificate-days",
    "policy": "dane",
    "greeting": "greeting-ptr",
    "software": "software-hidden",
    "time": "time-handshake",
    "mx": "mx-servers",
    "findings": "findings",
    "login": "login",
}
_BY_LABEL = {case.label: case for case in CASES}
CHOSEN = (*(_BY_LABEL[label] for label in FAMILY.values()), BASELINE)
EACH = [(case, result) for case in CHOSEN for result in case.scenes()]
NAMES = [f"{case.label}-{result}" for case, result in EACH]
_BY_THE_WAY = [form for form in CHECK_FORMS if form not in ("text", "nagios")]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(it: Stage, *words: str) -> Ended:
    Path("smtpprobe.toml").write_text(it.text)
    return invoke("check", "--resolver", it.resolver, *words, env=it.environment)


def baseline(case: Case, it: Stage, folder: Path) -> tuple[str, ...]:
    """The options for a baseline of the server that is all right, as if it had been at this place."""
    if case is not BASELINE:
        return ()
    with beside(stage(case, GOOD, folder)) as before:
        assert call(before, "--save-baseline", "b.json").status == 0
        saved = Path("b.json").read_text()
    Path("b.json").write_text(saved.replace(str(before.servers[0].port), str(it.servers[0].port)))
    return ("--baseline", "b.json")


def due(result: str) -> dict[str, str]:
    return {form: told[COLUMNS.index(result)] for form, told in SAYS.items()}


@pytest.mark.parametrize(("case", "result"), EACH, ids=NAMES)
def test_one_run_writes_every_format_and_ends_with_the_result(case: Case, result: str, folder: Path) -> None:
    with beside(stage(case, case.scenes()[result], folder)) as it:
        words = baseline(case, it, folder)
        also = [word for form in _BY_THE_WAY for word in ("--also", f"{form}=out.{form}")]
        told = call(it, *words, "--verbose", *also)
        plugin = call(it, *words, "--format", "nagios")
    assert (told.status, plugin.status) == STATUS[result]
    texts = {"text": told.stdout, "nagios": plugin.stdout}
    texts |= {form: Path(f"out.{form}").read_bytes().decode() for form in _BY_THE_WAY}
    wanted = Wanted(case.id, title(texts["json"], case.id))
    assert {form: READERS[form](text, wanted) for form, text in texts.items()} == due(result)


@pytest.mark.parametrize("form", CHECK_FORMS)
@pytest.mark.parametrize("result", STATUS)
def test_a_format_on_stdout_ends_with_the_same_status(form: str, result: str, folder: Path) -> None:
    case = _BY_LABEL["tls-offered"]
    with beside(stage(case, case.scenes()[result], folder)) as it:
        words = ["--verbose"] if form == "text" else ["--format", form]
        ended = call(it, *words)
        heading = title(call(it, "--format", "json").stdout, case.id)
        decided = {word: call(it, *words, "--inconclusive", word).status for word in ("fail", "pass")}
    assert ended.status == STATUS[result][form == "nagios"]
    assert READERS[form](ended.stdout, Wanted(case.id, heading)) == due(result)[form]
    as_it_is = {"fail": ended.status, "pass": ended.status}
    worst = 2 if form == "nagios" else 1
    assert decided == ({"fail": worst, "pass": 0} if result == "inconclusive" else as_it_is)


def test_every_family_is_here() -> None:
    assert set(FAMILY) == {key for key, _ in FAMILIES}
