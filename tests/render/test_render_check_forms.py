"""A check as annotations of GitHub, Markdown and HTML: golden files, the worst first, limits, and how it is read."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import msgspec
import pytest
from checkings_more import (
    CHECKINGS,
    FILE,
    all_met,
    busy,
    changed,
    checking,
    met,
    mixed,
    mx_domain,
    one_fails,
    server,
    untold,
)
from markdown_it import MarkdownIt

from smtpprobe.expectation import Checking, Held, Place
from smtpprobe.outcome import Result
from smtpprobe.render import CHECK_RENDERERS, check_github, check_markdown, check_parts

sys.path.append(str(Path(__file__).parents[1] / "hostile"))
from github_commands import Order, annotated, orders

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden" / "check"
FORMS = ("text", "json", "github", "markdown", "html")
SHOWN = {
    "github-mixed.txt": mixed,
    "github-mx-domain.txt": mx_domain,
    "markdown-mixed.md": mixed,
    "html-mixed.html": mixed,
    "json-untold.json": untold,
}


@pytest.mark.parametrize("name", SHOWN)
def test_golden(name: str) -> None:
    """With UPDATE_GOLDEN=1 the files are written anew: read the difference before you keep it."""
    text, path = CHECK_RENDERERS[name.partition("-")[0]](SHOWN[name]()), GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_file_is_tested() -> None:
    stored = {path.name for form in FORMS[1:] for path in GOLDEN.glob(f"{form}-*")}
    assert stored == set(SHOWN)


# -- every form --------------------------------------------------------------------------------------------


def _alone(result: Result, because: str = "") -> Checking:
    one = msgspec.structs.replace(met(2)[1], result=result, got="250 ok", because=because)
    return checking(server("mx1.example.org", (*met(1), one)))


@pytest.mark.parametrize("form", FORMS)
def test_no_two_results_look_alike(form: str) -> None:
    shown = {CHECK_RENDERERS[form](_alone(result)) for result in Result}
    assert len(shown) == len(Result)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CHECKINGS)
def test_every_form_tells_what_failed_and_what_could_not_be_told(form: str, name: str) -> None:
    text = CHECK_RENDERERS[form](CHECKINGS[name]())
    flat = " ".join(re.sub(r"%3A|&[a-z#0-9]+;|\\|[^\w.:]", " ", text.replace("%3A", ":")).split())
    for one in CHECKINGS[name]().servers:
        for problem in check_parts.beneath(one) if form == "text" else check_parts.problems(one):
            said = " ".join(re.sub(r"[^\w.:]", " ", problem.held.title).split())
            assert said in flat


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_same_advice_is_given_once_a_server(form: str) -> None:
    text = " ".join(CHECK_RENDERERS[form](changed()).split())
    assert text.count("is no longer offered") == text.count("SIZE was 52428800") == 1
    assert text.count("save the baseline anew") == 1


@pytest.mark.parametrize("form", FORMS)
def test_no_form_gives_orders_to_a_log(form: str) -> None:
    """But for annotations themselves, a log has no order of anybody, in any of its places."""
    harm = "::error::x ##[error]x\n::stop-commands::x\n  ::add-mask::250\r##[add-mask]250"
    held = Held(harm, harm, Result.FAILED, harm, harm, Place(harm, 1), harm, (harm, harm), f"{harm}\n  {harm}", "")
    evil = checking(msgspec.structs.replace(server("x", (held,)), name=harm, groups=(harm,)))
    text = CHECK_RENDERERS[form](msgspec.structs.replace(evil, file=harm))
    assert [order.name for order in orders(text)] == (["error", "notice"] if form == "github" else [])


def test_a_step_summary_gives_no_orders_either() -> None:
    assert orders(check_github.summary(mixed())) == []


# -- annotations of GitHub ---------------------------------------------------------------------------------


def read(made: Checking) -> list[Order]:
    return annotated(CHECK_RENDERERS["github"](made))


def test_an_annotation_points_at_the_line_of_the_expectation() -> None:
    failed, counts = read(one_fails())
    assert failed == Order(
        "error",
        "250 2.1.5 <postmaster@example.org>\nexpected: any code but 250\n"
        "Anyone can find out who has a mailbox. In Postfix:\n  disable_vrfy_command = yes\n"
        "C: VRFY postmaster\nS: 250 2.1.5 <postmaster@example.org>",
        {"file": FILE, "line": "14", "title": "mx2.example.org:25: VRFY of a user is not answered with 250"},
    )
    assert counts == Order("notice", "1 server: 1 failed, 17 met · 2.1 s", {"title": "smtpprobe check"})


def test_what_weighs_more_comes_first_and_what_follows_is_left_out() -> None:
    found = [(order.name, order.properties["title"].partition(":25: ")[0]) for order in read(mixed())]
    assert found == [
        ("error", "mx3.example.org"),
        ("error", "mx2.example.org"),
        ("warning", "smtp.example.org:587: an SMTP conversation can be held"),
        ("notice", "smtpprobe check"),
    ]


def test_what_stands_in_no_file_points_at_its_server() -> None:
    assert read(busy())[0].properties["line"] == "20"
    homeless = msgspec.structs.replace(busy().servers[0], place=None)
    assert list(read(checking(homeless))[0].properties) == ["title"]


def test_where_all_is_met_there_is_only_the_count() -> None:
    assert [(order.name, order.data) for order in read(all_met())] == [("notice", "1 server: all 18 met · 0.7 s")]


def test_a_percent_sign_and_a_line_end_survive() -> None:
    held = msgspec.structs.replace(met(2)[1], result=Result.FAILED, got="100%0A done, 5% of 2:1", title="50%: a, b=c")
    shown = read(checking(server("mx1.example.org", (held,))))[0]
    assert shown.data.startswith("100%0A done, 5% of 2:1\nexpected: ")
    assert shown.properties["title"] == "mx1.example.org:25: 50%: a, b=c"


def test_a_long_message_is_cut_before_the_runner_does() -> None:
    held = msgspec.structs.replace(met(2)[1], result=Result.FAILED, got="\x1b" * 5_000, title="t" * 5_000)
    shown = read(checking(server("mx1.example.org", (held,))))[0]
    assert shown.data.endswith("…")
    assert len(shown.data) < 4_096
    assert len(shown.properties["title"]) < 256


def test_more_than_github_shows_are_all_in_the_log_and_that_is_said() -> None:
    failing = [msgspec.structs.replace(one, result=Result.FAILED) for one in met(14)[1:]]
    found = read(checking(server("mx1.example.org", tuple(failing))))
    assert [order.name for order in found] == ["error"] * 13 + ["notice"]
    assert found[-1].data.endswith("GitHub shows the first 10 of a kind; the log has all.")


def test_a_step_summary_is_the_markdown_as_far_as_github_takes_it() -> None:
    assert check_github.summary(mixed()) == CHECK_RENDERERS["markdown"](mixed())
    one = mixed().servers[1]
    many = checking(*[one] * 500)
    assert len(CHECK_RENDERERS["markdown"](many).encode()) > check_github.SUMMARY_OCTETS
    assert check_github.summary(many) == check_markdown.render_brief(many)
    more = check_github.summary(checking(*[one] * 5_000))
    assert check_github.SUMMARY_OCTETS - 1_000 < len(more.encode()) <= check_github.SUMMARY_OCTETS
    assert more.endswith("GitHub takes no longer summary of a step.\n")
    assert "<details>" not in more


# -- Markdown ----------------------------------------------------------------------------------------------


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a Markdown text: rows of cells, heads among them."""
    found: list[list[list[str]]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and found and token.level >= 4:
            found[-1][-1].append("".join(child.content for child in token.children or []))
    return found


def test_markdown_has_a_table_of_servers_with_the_worst_first() -> None:
    overview = tables(CHECK_RENDERERS["markdown"](mixed()))[0]
    assert overview[0] == ["result", "server", "in short"]
    assert [row[:2] for row in overview[1:]] == [
        ["✖ failed", "mx2.example.org:25"],
        ["✖ failed", "mx3.example.org:25"],
        ["? inconclusive", "smtp.example.org:587"],
        ["✔ met", "mx1.example.org:25"],
    ]
    assert overview[4][2] == "18 of 18 met"


def test_markdown_has_a_table_of_problems_before_what_is_folded_away() -> None:
    text = CHECK_RENDERERS["markdown"](one_fails())
    problems = tables(text)[1]
    assert problems[1] == [
        "✖ failed",
        "VRFY of a user is not answered with 250",
        "250 2.1.5 <postmaster@example.org>",
        "any code but 250",
        "smtpprobe.toml:14",
    ]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    blocks = [token.content for token in tokens if token.type == "fence"]
    assert blocks == [
        "disable_vrfy_command = yes\n",
        "C: VRFY postmaster\nS: 250 2.1.5 <postmaster@example.org>\n",
    ]
    folds = re.findall("<summary>(.*)</summary>", text)
    assert folds == ["2 lines of evidence", "17 met"]
    assert text.index("VRFY") < text.index("<details>")


def test_markdown_that_is_brief_folds_nothing_away() -> None:
    assert "<details>" not in check_markdown.render_brief(mixed())
    assert tables(check_markdown.render_brief(mixed()))[0] == tables(CHECK_RENDERERS["markdown"](mixed()))[0]


# -- HTML --------------------------------------------------------------------------------------------------


def page(made: Checking) -> Element:
    parsed: Element = html5lib.parse(CHECK_RENDERERS["html"](made), namespaceHTMLElements=False)
    return parsed


def words(element: Element) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("name", CHECKINGS)
def test_a_strict_browser_reads_the_page_and_loads_nothing(name: str) -> None:
    text = CHECK_RENDERERS["html"](CHECKINGS[name]())
    whole = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    tags = {element.tag for element in whole.iter() if isinstance(element.tag, str)}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form", "a"})
    attributes = {key for element in whole.iter() for key in element.attrib}
    assert attributes <= {"lang", "dir", "charset", "name", "content", "http-equiv", "class"}
    assert re.search(r"url\(|@import", text) is None
    assert len(whole.findall(".//h1")) == 1


def test_the_page_has_the_problems_open_and_the_rest_folded() -> None:
    whole = page(one_fails())
    assert words(next(whole.iter("h1"))) == "✖ 1 failed, 17 met"
    assert [words(one) for one in whole.findall(".//li/p")][:2] == [
        "✖ VRFY of a user is not answered with 250: 250 2.1.5 <postmaster@example.org>",
        "smtpprobe.toml:14 · command-VRFY · expected: any code but 250",
    ]
    assert [words(one) for one in whole.findall(".//li/pre")] == ["disable_vrfy_command = yes"]
    assert [words(one) for one in whole.iter("summary")] == [
        "2 lines of evidence",
        "17 met",
        "Dialogue with mx2.example.org [192.0.2.25]:25",
    ]
    rows = [[words(cell) for cell in row.iter("td")] for row in whole.iter("tr")][1:]
    assert rows[1] == ["✔ met", "EHLO offers PIPELINING", "PIPELINING", "PIPELINING", "smtpprobe.toml:6"]


def test_a_mark_on_the_page_is_a_word_and_a_sign_and_not_only_a_colour() -> None:
    marks = {(one.get("class"), words(one)[:1]) for one in page(mixed()).iter("span")}
    assert marks == {("met", "✔"), ("failed", "✖"), ("inconclusive", "?"), ("not-applicable", "–")}


def test_the_page_is_fit_for_the_dark_and_for_paper() -> None:
    style = words(next(page(mixed()).iter("style")))
    assert "color-scheme: light dark" in style
    assert "@media print" in style


@pytest.mark.parametrize("name", ["text-mixed.txt", "github-mx-domain.txt"])
def test_the_page_of_formats_shows_what_is_written_today(name: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert f"```text\n{(GOLDEN / name).read_text(encoding='utf-8')}```" in text
