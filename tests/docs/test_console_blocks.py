"""Every command in a console block of the documents does what the document shows, against fake servers."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from docs_console import DOCUMENTS, ROOT, Shown, blocks, fits, run

BLOCKS = [
    pytest.param(block, id=f"{document.name}-{number}")
    for document in DOCUMENTS
    for number, block in enumerate(blocks(document), 1)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a reader stands: a checkout, in which nothing may be left behind."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


@pytest.mark.parametrize("block", BLOCKS)
def test_a_command_prints_what_the_document_shows(block: list[Shown], folder: Path) -> None:
    if any("| jq " in shown.line for shown in block) and shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    printed = asyncio.run(run(block, folder))
    for shown, output in zip(block, printed, strict=True):
        assert fits(shown, output), f"$ {shown.line}\n{output}"


def test_the_readme_shows_each_of_the_three_uses() -> None:
    lines = [shown.line for block in blocks(ROOT / "README.md") for shown in block]
    for use in ("smtpprobe probe --brief", "smtpprobe explain", "smtpprobe check"):
        assert any(line.startswith(use) for line in lines)


@pytest.mark.parametrize(
    ("output", "printed", "fitting"),
    [
        (("a", "…", "c"), "a\nb\nb\nc\n", True),
        (("a", "…"), "a\n", True),
        ((), "anything\n", True),
        (("took  12 ms",), "took 0.4 ms\n", True),
        (("a", "c"), "a\nb\nc\n", False),
        (("a",), "a\nb\n", False),
        (("250 OK",), "550 no\n", False),
    ],
)
def test_the_comparison_tells_right_from_wrong(output: tuple[str, ...], printed: str, fitting: bool) -> None:
    assert fits(Shown("true", output), printed) is fitting
