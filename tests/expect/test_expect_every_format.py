"""Every kind of expectation, at three servers, read back out of every form of a check: three results, three readings.

49 expectations (48 cases of expect_cases.py, and the baseline) x 3 servers x 10 forms = 1,470 readings.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import msgspec
import pytest
from expect_cases import BASELINE, CASES, GOOD, Case, Scene
from format_readers import COLUMNS, CONVERSATION, READERS, SAYS, STATUS, Wanted
from junitparser import JUnitXml
from test_expect_end_to_end import checked, of

from smtpprobe.check import baseline
from smtpprobe.cli.exit_status import check_status, nagios_status
from smtpprobe.expectation import Checking, Held
from smtpprobe.outcome import ExitCode, Result
from smtpprobe.render import CHECK_FORMS, CHECK_RENDERERS, check_text
from smtpprobe.render.screen import console

#: As many as were read when this was written: there may be more, never fewer.
READINGS = 1_470

#: A conversation has no words but those for its own end.
_OF_A_CONVERSATION = {
    ("junit", "failed"): "error refused",
    ("nagios", "inconclusive"): "WARNING: WARNING",
}
#: What serves for now all the same is a WARNING, as what could not be told is: only the words differ.
BEARABLE = {"finding-users-revealed"}

_HEARD = "it is known as soon as the greeting and the answer to EHLO are, and without them there is no conversation"
#: What cannot be undecided while there is a conversation, and why.
NEVER_ALONE = {
    **dict.fromkeys(["present-in-clear-STARTTLS", "absent-in-clear-VRFY", "auth-in-clear"], _HEARD),
    **dict.fromkeys(["greeting-text", "greeting-never-text", "finding-auth-in-clear"], _HEARD),
    **dict.fromkeys(["time-connect", "time-greeting", "time-ehlo", "time-total"], _HEARD),
}


def shown(form: str, checking: Checking) -> str:
    """The whole document; of text, which only counts what is met unless it is verbose, the verbose one."""
    if form != "text":
        return CHECK_RENDERERS[form](checking)
    stream = io.StringIO()
    check_text.show(checking, console(stream, color=False, width=check_text.WIDTH), verbose=True)
    return stream.getvalue()


def readings(checking: Checking, wanted: Wanted) -> dict[str, str]:
    """What each form says of it, by form."""
    return {form: READERS[form](shown(form, checking), wanted) for form in CHECK_FORMS}


def due(held: Held) -> dict[str, str]:
    """What each form must say of it."""
    word = "skipped" if held.because else str(held.result)
    says = {form: told[COLUMNS.index(word)] for form, told in SAYS.items()}
    if held.id == CONVERSATION:
        says |= {form: told for (form, result), told in _OF_A_CONVERSATION.items() if result == word}
    if held.id in BEARABLE and held.result is Result.FAILED:
        says["nagios"] = "WARNING: WARNING"
    return says


EVERY = (*CASES, BASELINE)


def held_against(case: Case, scene: Scene, folder: Path) -> Checking:
    """The check of a scene; of a baseline, against what the server was like that is all right."""
    found = checked(case, scene, folder)
    if case is not BASELINE:
        return found
    (before,) = baseline.snapshots(checked(case, GOOD, folder))[0].values()
    return baseline.against(found, {found.servers[0].name: before})


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.label)
def test_three_servers_are_three_readings_in_every_format(case: Case, tmp_path: Path) -> None:
    found = {word: held_against(case, scene, tmp_path) for word, scene in case.scenes().items()}
    held = {word: of(case, checking) for word, checking in found.items()}
    assert {word: str(one.result) for word, one in held.items()} == {word: word for word in case.scenes()}
    read = {word: readings(found[word], Wanted(one.id, one.title)) for word, one in held.items()}
    assert read == {word: due(one) for word, one in held.items()}
    for form in CHECK_FORMS:
        assert len({told[form] for told in read.values()}) == 3, form


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.label)
def test_the_exit_status_is_the_result(case: Case, tmp_path: Path) -> None:
    """And a plugin of Nagios has its own; then the user has the word on what could not be decided."""
    found = {word: held_against(case, scene, tmp_path) for word, scene in case.scenes().items()}
    due = dict(STATUS)
    if case.id == CONVERSATION:
        due["failed"] = (3, 2)
    if case.id in BEARABLE:
        due["failed"] = (1, 1)
    assert {word: (int(check_status(one)), nagios_status(one)) for word, one in found.items()} == due
    for word, status, state in (("fail", ExitCode.FAILED, 2), ("pass", ExitCode.OK, 0)):
        mapped = {name: msgspec.structs.replace(one, inconclusive=word) for name, one in found.items()}
        told = {name: (int(check_status(one)), nagios_status(one)) for name, one in mapped.items()}
        assert told == {**due, "inconclusive": (status, state)}


def test_what_is_never_undecided_by_itself_is_listed_with_its_reason(tmp_path: Path) -> None:
    alone: dict[str, bool] = {}
    for case in EVERY:
        because = of(case, held_against(case, case.undecided, tmp_path)).because
        alone[case.id] = alone.get(case.id, False) or not because
    assert {name for name, by_itself in alone.items() if not by_itself} == set(NEVER_ALONE)


def test_no_form_is_without_a_reader_and_no_reading_is_lost() -> None:
    assert list(READERS) == list(SAYS) == list(CHECK_FORMS)
    assert len(EVERY) * len(STATUS) * len(READERS) >= READINGS


@pytest.mark.parametrize("form", [form for form in CHECK_FORMS if form != "prometheus"])
def test_the_four_words_of_a_form_differ(form: str) -> None:
    """In Prometheus what is skipped is inconclusive, and the series of the conversation says so too."""
    assert len(set(SAYS[form])) == 4


def test_of_several_addresses_each_is_named_with_its_host(tmp_path: Path) -> None:
    """Given two MX hosts of which one does not answer, then machines read its address, and people both."""
    (case,) = [one for one in CASES if one.id == "mx-reachable"]
    found = checked(case, case.failed, tmp_path)
    addresses = {one["address"] for one in json.loads(shown("json", found))["expectations"]}
    assert addresses == {"127.0.0.1", "127.0.0.2", None}
    name = found.servers[0].name
    for form in ("junit", "tap", "nagios"):
        assert f"{name} mx2.example.org [127.0.0.2]" in shown(form, found), form
    assert "(mx2.example.org [127.0.0.2])" in " ".join(shown("text", found).split())
    suite, *_ = JUnitXml.fromstring(shown("junit", found).encode())
    assert len({one.time for one in suite if one.name.startswith("conversation")}) == 2
