"""The documents agree with each other and with the program: links, options, tables, written pages, the picture."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import click
import pytest
from docs_console import DOCUMENTS, ROOT

from smtpprobe.cli.main import COMMANDS, cli
from smtpprobe.outcome import ExitCode, Profile

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONVENTIONS = (ROOT / "docs" / "conventions.md").read_text(encoding="utf-8")
SCHEMAS = ("report", "trace", "check", "diff", "scan")
WRITTEN = ("commands.md", "probes.md", "findings.md", *[f"{name}.schema.json" for name in SCHEMAS])
BY_HAND = [path for path in DOCUMENTS if path.name not in WRITTEN]
ids = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def prose(document: Path) -> str:
    """A document without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(document: Path) -> set[str]:
    """What the headings of a document can be linked by, as GitHub makes it."""
    headings = re.findall(r"^#+ (.*)$", prose(document), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows(text: str, first: str) -> list[list[str]]:
    """The cells of the table whose first heading is this one."""
    table = re.search(rf"^\| {first} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text, flags=re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1].splitlines()]


@ids
def test_a_link_leads_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        place = (document.parent / path).resolve() if path else document
        assert place.exists(), link
        assert place.is_relative_to(ROOT)
        assert not anchor or anchor in anchors(place), link


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([a-z_]+\.md)\)", index))
    assert linked == {path.name for path in ROOT.glob("docs/*.md")} - {"README.md"}


@pytest.mark.parametrize("page", WRITTEN)
def test_a_written_page_is_up_to_date(page: str) -> None:
    written: dict[str, str] = runpy.run_path(str(ROOT / "docs" / "make_pages.py"))["pages"]()
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert text == written[page], "run: .venv/bin/python docs/make_pages.py"


def test_the_readme_lists_the_commands_as_help_does() -> None:
    shown = {name.strip("`"): does for name, does in rows(README, "command")}
    assert shown == COMMANDS


@pytest.mark.parametrize("text", [README, CONVENTIONS], ids=["README", "conventions"])
def test_every_exit_status_is_explained(text: str) -> None:
    assert [int(row[0]) for row in rows(text, "status")] == [code.value for code in ExitCode]


def test_every_profile_is_explained() -> None:
    assert [row[0].strip("`") for row in rows(CONVENTIONS, "profile")] == [str(profile) for profile in Profile]


def test_every_option_of_probe_is_described_by_hand() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in BY_HAND)
    probe = cli.get_command(click.Context(cli), "probe")
    assert probe is not None
    for option in probe.params:
        if isinstance(option, click.Option):
            assert any(re.search(rf"`[^`]*(?<![\w-]){re.escape(one)}(?![\w-])", text) for one in option.opts), (
                option.opts
            )


@ids
def test_only_commands_and_options_that_exist_are_mentioned(document: Path) -> None:
    context = click.Context(cli)
    for name, rest in re.findall(r"`(?:\$ )?smtpprobe ([a-z]+)\b([^`]*)`", prose(document)):
        command = cli.get_command(context, name)
        assert command is not None, name
        known = {one for option in command.params for one in option.opts} | {"--help"}
        assert set(re.findall(r"(?<!\S)--[a-z0-9-]+", rest)) <= known, rest


@ids
def test_a_make_target_that_is_mentioned_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    mentioned = re.findall(r"(?:^|`)make ([a-z]+)", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(mentioned) <= targets


def test_the_picture_is_drawn_the_same_each_time_and_fits_a_screen() -> None:
    draw = runpy.run_path(str(ROOT / "docs" / "make_picture.py"))["draw"]
    picture: str = draw()
    assert draw() == picture
    assert 40 <= picture.count("<clipPath") <= 60
    assert "http" not in re.sub(r'xmlns="[^"]*"|<!--.*?-->', "", picture)
    assert "127.0.0.1" not in picture


def test_the_picture_in_the_readme_has_what_a_new_one_would_have() -> None:
    assert "(docs/probe.svg)" in README
    stored = (ROOT / "docs" / "probe.svg").read_text(encoding="utf-8")
    for words in ("Capabilities", "Findings", "504", "AUTH&#160;SMTPPROBE", "broken"):
        assert words in stored
