"""Broken senders, each against real servers: the first sentence names the true cause, and the status is right."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from senders import NAMES, load
from staging import Stage


@pytest.fixture(scope="module")
def stage(server_folder: Path) -> Iterator[Stage]:
    with Stage(server_folder, {name: load(name) for name in NAMES}) as stage:
        yield stage


@pytest.mark.parametrize("name", NAMES)
def test_the_first_sentence_names_the_cause(stage: Stage, name: str) -> None:
    with stage.scene(name) as scene:
        ended = scene.traced()
        expected = scene.fixture.expect
    told = ended.diagnosis
    assert (told["cause"], told["who"], ended.status) == (expected.cause, expected.who, expected.status), told
    missing = [words for words in expected.says if words not in told["summary"]]
    assert not missing, told["summary"]
    assert ended.complaints == ""
    assert not [line for line in ended.commands if line.upper().startswith(("DATA", "BDAT"))]
    assert not [secret for secret in scene.fixture.environment.values() if secret in str(ended.document)]


def test_no_server_got_a_message(stage: Stage) -> None:
    """Postfix hands what comes after DATA to cleanup, which logs it; the others are asked in the test above."""
    with stage.scene("36-size-limit") as scene:
        scene.traced()
    stage.postfix.settle()
    assert "postfix/smtpd" in stage.postfix.log()
    assert "postfix/cleanup" not in stage.postfix.log()
