"""A trace as HTML and Markdown: golden files, a page that loads nothing, blocks to be copied; no form has secrets."""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

import html5lib
import msgspec
import pytest
from markdown_it import MarkdownIt
from traces import BODY, PASSWORD, RECORD, TOKEN, TRACES, arrives, locked_out, refused

from smtpprobe.journey import Trace
from smtpprobe.render import TRACE_RENDERERS

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden" / "trace"
NAMES = {"html": "html", "md": "markdown", "json": "json"}
SHOWN = {"refused.html": refused, "refused.md": refused, "arrives.md": arrives, "locked-out.json": locked_out}


@pytest.mark.parametrize("name", SHOWN)
def test_golden(name: str) -> None:
    """With UPDATE_GOLDEN=1 the files are written anew: read the difference before you keep it."""
    text, path = TRACE_RENDERERS[NAMES[name.rpartition(".")[2]]](SHOWN[name]()), GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_page_is_tested() -> None:
    assert {path.name for path in GOLDEN.iterdir() if path.suffix != ".txt"} == set(SHOWN)


@pytest.mark.parametrize("name", TRACES)
def test_a_strict_browser_reads_the_page_and_loads_nothing(name: str) -> None:
    text = TRACE_RENDERERS["html"](TRACES[name]())
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form", "a"})
    attributes = {key for element in page.iter() for key in element.attrib}
    assert attributes <= {"lang", "dir", "charset", "name", "content", "http-equiv", "class"}
    assert re.search(r"url\(|@import", text) is None
    assert len(page.findall(".//h1")) == 1


def test_the_page_has_what_to_copy_in_blocks_and_folds_the_rest() -> None:
    page = html5lib.parse(TRACE_RENDERERS["html"](refused()), namespaceHTMLElements=False)
    blocks = ["".join(block.itertext()) for block in page.iter("pre")]
    assert RECORD in blocks
    folded = ["".join(summary.itertext()) for summary in page.iter("summary")]
    assert folded == [
        "5 checks passed: EHLO name, MX, DANE, MTA-STS, transport",
        "1 could not be told: blocklists",
        "1 is not published or does not apply: BIMI",
        "DNS answers",
        "MTA-STS policy of example.net",
        "Dialogue with mx1.example.net [192.0.2.25]:25",
    ]
    stops = ["".join(stop.itertext()) for stop in page.findall(".//ol[@class='map']/li")]
    assert (stops[0], stops[-1]) == ("you 192.0.2.10", "RCPT ✖ 550 5.7.23")


def test_markdown_has_what_to_copy_in_blocks() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(TRACE_RENDERERS["markdown"](refused()))
    blocks = [token.content.rstrip("\n") for token in tokens if token.type == "fence"]
    assert blocks[0] == RECORD
    assert blocks[2].split("\n") == list(refused().conclusion.evidence)
    items = [token for token in tokens if token.type == "list_item_open" and token.info]
    assert [token.info for token in items] == ["1", "2"]


def test_a_fence_cannot_be_closed_from_within() -> None:
    conclusion = msgspec.structs.replace(refused().conclusion, steps=("Set:\n  ```` x",), evidence=("```", "# out"))
    text = TRACE_RENDERERS["markdown"](msgspec.structs.replace(refused(), conclusion=conclusion))
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    assert [token.content for token in tokens if token.type == "fence"][:2] == ["```` x\n", "```\n# out\n"]


def test_the_matrix_is_a_table_with_a_row_an_address() -> None:
    page = html5lib.parse(TRACE_RENDERERS["html"](arrives()), namespaceHTMLElements=False)
    table = next(page.iter("table"))
    heads = ["".join(head.itertext()) for head in table.iter("th")]
    rows = [["".join(cell.itertext()) for cell in row.iter("td")] for row in table.iter("tr")][1:]
    assert heads == ["MX", "address", "clear", "STARTTLS", "certificate", "DANE", "transport"]
    assert rows[0] == [
        "10 mx1.example.net",
        "192.0.2.25",
        "✔ 220, EHLO 250, 18 ms",
        "✔ TLS 1.3 TLS_AES_256_GCM_SHA384",
        "✔ 61 days left",
        "✔ valid",
        "✔ verified",
    ]
    assert rows[3] == ["20 mx2.example.net", "2001:db8::26", "✖ connect timeout", "", "", "", ""]
    assert rows[4][4] == "! expired"
    assert len(rows) == 6


def test_ways_in_by_implicit_tls_have_their_column() -> None:
    page = html5lib.parse(TRACE_RENDERERS["html"](locked_out()), namespaceHTMLElements=False)
    table = next(page.iter("table"))
    assert ["".join(head.itertext()) for head in table.iter("th")][:5] == [
        "server",
        "address",
        "clear",
        "STARTTLS",
        "465",
    ]
    cells = ["".join(cell.itertext()) for cell in table.iter("td")]
    assert cells[4] == "✔ TLS 1.3, 220, EHLO 250, 18 ms TLS_AES_256_GCM_SHA384"


@pytest.mark.parametrize("form", TRACE_RENDERERS)
def test_no_form_has_a_secret(form: str) -> None:
    text = TRACE_RENDERERS[form](locked_out())
    assert "bob" in text
    for secret in (PASSWORD, TOKEN, "nobody reads this", base64.b64encode(BODY).decode()):
        assert secret not in text


@pytest.mark.parametrize("form", TRACE_RENDERERS)
@pytest.mark.parametrize("name", TRACES)
def test_every_form_has_the_diagnosis(form: str, name: str) -> None:
    trace: Trace = TRACES[name]()
    shown = " ".join(TRACE_RENDERERS[form](trace).replace("&#39;", "'").split())
    assert trace.conclusion.summary in shown
