"""The programs that show settings are started with nothing of ours, and bounded in time and output."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from smtpprobe.like import LikeError, read_exim, read_postfix
from smtpprobe.like.program import OUTPUT_LIMIT, found, run


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_what_a_program_prints() -> None:
    ran = run(
        python("import sys; print(input(), flush=True); sys.stdout.buffer.write(b'\\xff'); sys.exit('no')"), "ann\n"
    )
    assert (ran.output, ran.error, ran.status) == ("ann\n\\xff", "no\n", 1)


def test_output_up_to_the_limit_and_over_it() -> None:
    assert len(run(python(f"print('x' * {OUTPUT_LIMIT - 1})")).output) == OUTPUT_LIMIT
    with pytest.raises(LikeError, match="printed too much"):
        run(python("while True: print('x' * 4096)"))


@pytest.mark.parametrize(
    "code", ["input(); import signal; signal.pause()", "import os, signal; os.close(1); os.close(2); signal.pause()"]
)
def test_a_program_that_does_not_end_is_ended(code: str) -> None:
    with pytest.raises(LikeError, match="did not end in time"):
        run(python(code), "x\n", seconds=0.5)


def test_a_program_sees_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTPPROBE_PASSWORD", "open sesame")
    monkeypatch.setenv("MAIL_CONFIG", "/etc/postfix-out")
    told = run(python("import os; print(dict(os.environ))")).output
    assert "sesame" not in told
    assert "'LC_ALL': 'C'" in told
    assert "'MAIL_CONFIG': '/etc/postfix-out'" in told


def test_what_does_not_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(LikeError, match="does not start"):
        run([str(tmp_path / "postconf")])
    with pytest.raises(LikeError, match="does not start"):
        run(python("print('\0')"))


def test_a_mail_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("smtpprobe.like.program._MORE_FOLDERS", str(tmp_path))
    assert found("postconf", "exim") is None
    with pytest.raises(LikeError, match="not on this machine"):
        read_postfix()
    with pytest.raises(LikeError, match="not on this machine"):
        read_exim(str(tmp_path / "exim.conf"))
