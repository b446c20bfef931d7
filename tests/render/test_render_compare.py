"""Comparisons in every form: golden files, well-formed pages, nothing unescaped, every word through the translation."""

from __future__ import annotations

import html.parser
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue.comparison import TEMPLATES, compare
from smtpprobe.render import escape
from smtpprobe.render.cells import cell_len
from smtpprobe.render.compare import document, page
from smtpprobe.render.compare.html import html as as_html
from smtpprobe.render.compare.markdown import markdown as as_markdown
from smtpprobe.render.compare.page import Entry, Link, Page, Section
from smtpprobe.render.compare.text import summary, text
from smtpprobe.render.json import pretty
from smtpprobe.render.paper import Console

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden" / "compare"
HOSTILE = "<script>alert(1)</script> & \"'` \x1b[31m\u202e[x](javascript:1) **b** | _e_ \x00"
VOID = {"meta"}


def as_text(shown: Page, width: int = 80) -> str:
    stream = io.StringIO()
    text(shown, Console(stream, color=False, width=width))
    return stream.getvalue()


FORMS: dict[str, Callable[[str, str], str]] = {
    "txt": lambda a, b: as_text(page.usual(compare(a, b))),
    "md": lambda a, b: as_markdown(page.usual(compare(a, b))),
    "html": lambda a, b: as_html(page.usual(compare(a, b))),
    "json": lambda a, b: pretty(document.build(compare(a, b))),
}
SHOWN = {
    "211-504.txt": ("211", "504"),
    "5.7.1-5.7.26.txt": ("5.7.1", "5.7.26"),
    "550-5.7.1.txt": ("550", "5.7.1"),
    "211-504.md": ("211", "504"),
    "211-504.html": ("211", "504"),
    "550-5.7.1.json": ("550", "5.7.1"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_golden(name: str) -> None:
    """With UPDATE_GOLDEN=1 the files are written anew: read the difference before you keep it."""
    shown, path = FORMS[name.rpartition(".")[2]](*SHOWN[name]), GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_every_golden_file_is_tested() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(SHOWN)


@pytest.mark.parametrize("width", [20, 40, 80, 100, 200])
@pytest.mark.parametrize("pair", SHOWN.values(), ids="-".join)
def test_it_fits_the_screen(pair: tuple[str, str], width: int) -> None:
    shown = as_text(page.whole(compare(*pair)), width)
    assert all(cell_len(line) <= width for line in shown.splitlines())


def test_no_text_is_cut_off() -> None:
    compared = compare("211", "504")
    words = " ".join(as_text(page.usual(compared)).split())
    for one in (compared.a, compared.b):
        for told in (one.description, one.when, one.fix):
            assert told.read().split()[-1] in words
    assert "…" not in words


def test_less_and_more_of_it() -> None:
    compared = compare("550", "554")
    brief, usual, whole = page.brief(compared), page.usual(compared), page.whole(compared)
    assert brief.sections == ()
    assert brief.summary == usual.summary == whole.summary
    for short, long in zip(usual.sections, whole.sections, strict=True):
        assert set(short.entries) <= set(long.entries)
    stream = io.StringIO()
    summary(brief, Console(stream, color=False, width=80))
    assert " ".join(stream.getvalue().split()) == brief.summary


# -- html -------------------------------------------------------------------------------------------------


class _Checked(html.parser.HTMLParser):
    """Reads a page: every element is closed in order, attributes are kept, text is gathered."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def read(shown: str) -> _Checked:
    checked = _Checked()
    checked.feed(shown)
    checked.close()
    assert checked.open == []
    return checked


@pytest.mark.parametrize("pair", SHOWN.values(), ids="-".join)
def test_the_page_is_well_formed_and_loads_nothing(pair: tuple[str, str]) -> None:
    shown = as_html(page.whole(compare(*pair)))
    checked = read(shown)
    assert shown.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
    assert {tag for tag, _ in checked.seen}.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form"})
    assert not [name for _, attributes in checked.seen for name in attributes if name in ("src", "style", "srcset")]
    assert re.search(r"url\(|@import", shown) is None
    addresses = [attributes["href"] for tag, attributes in checked.seen if tag == "a"]
    assert addresses
    assert all(address and address.startswith("https://") for address in addresses)
    assert ("meta", {"charset": "utf-8"}) in checked.seen
    assert [tag for tag, _ in checked.seen].count("h1") == 1


def test_the_page_says_what_the_others_say() -> None:
    shown = page.usual(compare("550", "5.7.1"))
    words = read(as_html(shown)).text
    for section in shown.sections:
        for entry in (*section.entries, *section.numbered):
            assert entry.text.replace("`", "") in words


def test_a_language_and_its_direction() -> None:
    shown = page.usual(compare("214", "504"), lambda words: "الوصف" if words == "Description" else words)
    checked = read(as_html(shown, "ar", "rtl"))
    assert checked.seen[0] == ("html", {"lang": "ar", "dir": "rtl"})
    # What is English still reads from the left.
    assert {attributes.get("dir") for tag, attributes in checked.seen if tag == "p"} == {"ltr"}
    assert "الوصف" in checked.text


# -- what others wrote ------------------------------------------------------------------------------------

POISONED = Page(
    HOSTILE,
    HOSTILE,
    (
        Section(HOSTILE, code=HOSTILE, entries=(Entry(HOSTILE, HOSTILE),)),
        Section(
            HOSTILE, numbered=(Entry(HOSTILE, HOSTILE),), links=(Link(HOSTILE, ""), Link(HOSTILE, "https://x/\"'<"))
        ),
    ),
)


def test_a_page_escapes_everything() -> None:
    shown = as_html(POISONED, HOSTILE, HOSTILE)
    assert "<script" not in shown
    assert "\x1b" not in shown
    assert {tag for tag, _ in read(shown).seen} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "p", "div", "section", "h2", "bdi", "h3"),
        *("code", "ol", "li", "b", "span", "ul", "a"),
    }


def test_markdown_escapes_everything() -> None:
    shown = re.sub(r"\[(.*)\]\(https://.*\)", r"\1", as_markdown(POISONED))
    assert "\x1b" not in shown
    # What stands between two backticks is shown as it is.
    shown = re.sub(r"(?<!\\)`[^`]*`", "", shown)
    assert not re.search(r"(?<!\\)<script|(?<!\\)\[x|(?<!\\)\*\*b|(?<!\\)\|", shown)


@given(st.text(st.characters()))
def test_any_text_survives_a_round_through_html(given_text: str) -> None:
    shown = escape.html(given_text)
    assert not set("<>\"'") & set(shown)
    checked = _Checked()
    checked.feed(f"<p>{shown}</p>")
    checked.close()
    assert checked.text == escape.terminal(given_text)


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [
        ("plain words, 5.7.1 (RFC 5321 4.2)", "plain words, 5.7.1 (RFC 5321 4.2)"),
        ("a * b_c `d` [e](f) <g> & |h| ~i~ \\", r"a \* b\_c \`d\` \[e\](f) \<g\> \& \|h\| \~i\~ \\"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("  + item", r"  \+ item"),
        ("12. item", r"12\. item"),
        ("12) item", r"12\) item"),
        ("=== ", r"\=== "),
        ("a - b # c + 1. d", "a - b # c + 1. d"),
        ("\x1b[2J\n", r"\\x1b\[2J\\x0a"),
    ],
)
def test_markdown_marks(plain: str, escaped: str) -> None:
    assert escape.markdown(plain) == escaped


@given(st.text(st.characters()))
def test_any_text_as_markdown_has_no_bare_mark(given_text: str) -> None:
    shown = escape.markdown(given_text)
    assert "\n" not in shown
    assert not re.search(r"[`*_\[\]<>|~]", re.sub(r"\\.", "", shown))


# -- json and languages -----------------------------------------------------------------------------------


def test_the_document_holds_all_of_it() -> None:
    loaded = json.loads(FORMS["json"]("550", "X.7.1"))
    assert loaded["schema_version"] == 1
    assert [code["kind"] for code in loaded["codes"]] == ["basic", "enhanced"]
    assert [code["class_digit"] for code in loaded["codes"]] == [5, None]
    assert all(one["aspect"] in TEMPLATES and one["text"].endswith(".") for one in loaded["differences"])
    assert loaded["references"][0] == {
        "name": "RFC 5321 4.2.3",
        "url": "https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3",
    }
    msgspec.convert(loaded, document.Compared)


def test_every_label_and_every_text_can_be_translated() -> None:
    asked: set[str] = set()

    def marked(words: str) -> str:
        asked.add(words)
        return f"⟨{words}⟩"

    shown = page.whole(compare("550", "5.7.1"), marked)
    assert set(page.LABELS) <= asked | {"Class", "In answer to", "Mixed up with"}
    for section in shown.sections:
        assert section.heading.startswith("⟨")
        for entry in (*section.entries, *section.numbered):
            assert entry.label.startswith("⟨")
            assert entry.text.startswith("⟨")
    assert shown.title.startswith("⟨")
    assert shown.summary.startswith("⟨")
