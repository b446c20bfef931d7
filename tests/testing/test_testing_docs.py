"""The page about testing, and the example: every block of Python is run as its reader would run it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from plugin_by_hand import PLUGIN, ROOT, STRICT

pytest_plugins = ["pytester"]

PAGE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_the_blocks_for_pytest_pass(pytester: pytest.Pytester) -> None:
    tests = [block for block in BLOCKS if "\ndef test_" in f"\n{block}"]
    pytester.makepyfile(**{f"test_block_{number}": block for number, block in enumerate(tests)})
    count = sum(len(re.findall(r"^def test_", block, re.MULTILINE)) for block in tests)
    pytester.runpytest_subprocess(*PLUGIN, *STRICT).assert_outcomes(passed=count)
    assert (len(BLOCKS), len(tests)) == (6, 4)


@pytest.mark.parametrize("place", [n for n, block in enumerate(BLOCKS) if "\ndef test_" not in f"\n{block}"])
def test_the_other_blocks_run(place: int, tmp_path: Path) -> None:
    file = tmp_path / "block.py"
    file.write_text(BLOCKS[place])
    ended = subprocess.run([sys.executable, "-W", "error", str(file)], capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert "unittest" not in BLOCKS[place] or ended.stderr.rstrip().endswith("OK")


def test_the_example_passes(pytester: pytest.Pytester) -> None:
    ended = pytester.runpytest_subprocess(*PLUGIN, *STRICT, str(ROOT / "examples" / "test_my_mailer.py"))
    assert ended.parseoutcomes()["passed"] > 10
    assert ended.ret == 0
