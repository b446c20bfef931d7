"""What changed, as text and as JSON: golden files, widths, the published schema."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from smtpprobe.expectation import Change, Difference
from smtpprobe.render import DIFF_RENDERERS, diff_text
from smtpprobe.render.cells import cell_len
from smtpprobe.render.paper import Console
from smtpprobe.render.schema import diff_schema

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden" / "diff"
CHANGES = (
    Change("software", "", "Exim 4.96", "Exim 4.98", "the software was Exim 4.96 and is Exim 4.98"),
    Change("extension", "STARTTLS", "", None, "STARTTLS is no longer offered in clear", "clear"),
    Change("extension", "SIZE", "52428800", "10485760", "SIZE inside TLS went from 52428800 to 10485760", "tls"),
    Change(
        "answer",
        "VRFY postmaster@example.org",
        "252 2.0.0 postmaster@example.org",
        "550 5.1.1 <postmaster@example.org>: Recipient address rejected: User unknown in local recipient table",
        "VRFY postmaster@example.org was 252 2.0.0 and is 550 5.1.1",
    ),
    Change("wording", "HELP", "214 a\x1b[31m", "214 b\u202e", "HELP gets 214 with another text"),
    Change("finding", "users-revealed", None, "warning", "finding new: users-revealed (warning)"),
)
SIDES = ("monday.json", "tuesday.json")
DIFFERENCES = (
    Difference("mail.example.org:25", *SIDES, changes=CHANGES),
    Difference("mx2.example.org:25", *SIDES),
    Difference(
        "mx3.example.org:25",
        *SIDES,
        undecided="the conversation after was inconclusive: no answer within the time allowed for the step",
    ),
)


def shown(width: int = 80, encoding: str = "utf-8", **words: bool) -> str:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding=encoding, newline="\n")
    diff_text.show(DIFFERENCES, Console(stream, color=False, width=width), **words)
    stream.flush()
    return octets.getvalue().decode(encoding)


SCREENS = {
    "usual.txt": lambda: DIFF_RENDERERS["text"](DIFFERENCES),
    "brief.txt": lambda: shown(brief=True),
    "verbose.txt": lambda: shown(verbose=True),
    "narrow.txt": lambda: shown(width=40, encoding="ascii"),
    "usual.json": lambda: DIFF_RENDERERS["json"](DIFFERENCES),
}


@pytest.mark.parametrize("name", SCREENS)
def test_golden(name: str) -> None:
    """With UPDATE_GOLDEN=1 the files are written anew: read the difference before you keep it."""
    text, path = SCREENS[name](), GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_file_is_tested() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(SCREENS)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_row_is_wider_than_the_screen(width: int) -> None:
    for text in (shown(width), shown(width, verbose=True), shown(width, brief=True)):
        assert max(map(cell_len, text.split("\n"))) <= width


def test_the_json_keeps_the_schema() -> None:
    for differences in (DIFFERENCES, ()):
        jsonschema.Draft202012Validator(diff_schema()).validate(json.loads(DIFF_RENDERERS["json"](differences)))
