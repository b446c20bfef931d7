"""The summary of a scan as text and as a page: golden files, rows that fit, shares that do not lie, nothing loaded."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scans import FLEET, rows

from smtpprobe.outcome import CertificateFault, FailureKind, Outcome, Result
from smtpprobe.render import scan_html, scan_parts, scan_text
from smtpprobe.render.cells import cell_len
from smtpprobe.render.screen import console
from smtpprobe.scanning import Summary

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden" / "scan"
NOTHING = Summary("-", "2026-11-29T07:00:00Z", 0.03, False, 0, 0, 0, 0, *[()] * 12)
ONE = msgspec.structs.replace(NOTHING, file="one.txt", servers=1, names=1, outcomes=rows(("answered", 1)))
STOPPED = msgspec.structs.replace(FLEET, stopped=True)
SUMMARIES = {"fleet": FLEET, "one": ONE, "nothing": NOTHING, "stopped": STOPPED}
HOSTILE = '<script>alert(1)</script>\x1b[31m\u202e ::error::x ##[error] & "'


def shown(
    summary: Summary,
    *,
    width: int = 80,
    encoding: str = "utf-8",
    color: bool = False,
    verbose: bool = False,
    brief: bool = False,
) -> str:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding=encoding, newline="\n")
    scan_text.show(summary, console(stream, color=color, width=width), verbose=verbose, brief=brief)
    stream.flush()
    return octets.getvalue().decode(encoding)


FILES = {
    "text-fleet.txt": lambda: scan_text.render(FLEET),
    "text-fleet-verbose.txt": lambda: shown(FLEET, verbose=True),
    "text-one.txt": lambda: scan_text.render(ONE),
    "html-fleet.html": lambda: scan_html.render(FLEET),
}


@pytest.mark.parametrize("name", FILES)
def test_golden(name: str) -> None:
    """With UPDATE_GOLDEN=1 the files are written anew: read the difference before you keep it."""
    text, path = FILES[name](), GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_file_is_tested() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(FILES)


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
@pytest.mark.parametrize("name", SUMMARIES)
def test_every_row_fits(name: str, width: int, encoding: str, verbose: bool) -> None:
    text = shown(SUMMARIES[name], width=width, encoding=encoding, verbose=verbose)
    assert max(map(cell_len, text.split("\n"))) <= width


def test_brief_is_the_headline() -> None:
    assert shown(ONE, brief=True) == "1 server · 1 answered\n"
    assert shown(NOTHING, brief=True) == "0 servers\n"
    assert "stopped early" in shown(STOPPED, brief=True)


@pytest.mark.parametrize("render", [scan_text.render, scan_html.render])
def test_every_word_of_the_closed_lists_has_its_row(render: object) -> None:
    assert callable(render)
    made = msgspec.structs.replace(
        FLEET,
        outcomes=rows(*[(word, 1) for word in Outcome]),
        failures=rows(*[(word, 1) for word in FailureKind][:8]),
        certificates=rows(*[(word, 1) for word in CertificateFault]),
        results=rows(*[(word, 1) for word in Result]),
    )
    text = render(made)
    for word in (*Outcome, *list(FailureKind)[:8], *set(CertificateFault) - {CertificateFault.NAME}, *Result):
        assert word in text
    assert "wrong name" in text


def test_a_table_says_what_its_own_words_mean() -> None:
    made = {part.title: {row.label: row.meaning for row in part.rows} for part in scan_parts.parts(FLEET)}
    assert made["Outcome"]["refused"] == Outcome.REFUSED.meaning
    assert made["Why not"]["refused"] == FailureKind.REFUSED.meaning
    assert made["Expectations"]["inconclusive"] == Result.INCONCLUSIVE.meaning


def test_findings_come_with_the_gravest_first() -> None:
    part = next(part for part in scan_parts.parts(FLEET) if part.title == "Findings")
    assert [row.look for row in part.rows] == ["bad", "fair", "fair", ""]


@given(count=st.integers(0, 10**12), rest=st.integers(0, 10**12))
def test_what_is_neither_all_nor_nothing_never_looks_like_it(count: int, rest: int) -> None:
    share = count / (count + rest) if count + rest else 0.0
    words = scan_parts.percent(share)
    assert len(words) <= 6
    if 0 < share < 1:
        assert words not in ("0.0%", "100%", "100.0%")
    elif share == 0:
        assert words == "0.0%"
    else:
        assert words == "100%"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.03, "0.0 s"),
        (9.9, "9.9 s"),
        (9.96, "10 s"),
        (119, "119 s"),
        (119.6, "2 min"),
        (3599, "1 h 0 min"),
        (86_400, "24 h 0 min"),
    ],
)
def test_a_duration_is_told_as_people_do(seconds: float, words: str) -> None:
    assert scan_parts.duration(seconds) == words


def test_a_single_row_is_not_left_out() -> None:
    nine = msgspec.structs.replace(FLEET, extensions=rows(*[(f"X{n}", 1) for n in range(scan_text.MOST_ROWS + 1)]))
    assert f"X{scan_text.MOST_ROWS}" in scan_text.render(nine)
    ten = msgspec.structs.replace(FLEET, extensions=rows(*[(f"X{n}", 1) for n in range(scan_text.MOST_ROWS + 2)]))
    assert scan_text.render(ten).endswith("  and 2 more\n")


def hostile() -> Summary:
    made = rows((HOSTILE, 3), (f"failed {HOSTILE}", 2))
    tables = {name: made for name in Summary.__struct_fields__ if isinstance(getattr(FLEET, name), tuple)}
    return msgspec.structs.replace(FLEET, file=HOSTILE, **tables)


def test_what_servers_made_up_gives_no_orders_to_a_terminal_or_a_log() -> None:
    text = shown(hostile(), verbose=True)
    assert all(line.isprintable() for line in text.splitlines())
    assert "::error" not in text
    assert "##[" not in text


# -- the page ----------------------------------------------------------------------------------------------


def page(summary: Summary) -> Element:
    """As a strict browser reads it."""
    whole: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(scan_html.render(summary))
    return whole


def words(element: Element) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("summary", [*SUMMARIES.values(), hostile()], ids=[*SUMMARIES, "hostile"])
def test_a_strict_browser_reads_the_page_and_loads_nothing(summary: Summary) -> None:
    whole = page(summary)
    tags = {element.tag for element in whole.iter() if isinstance(element.tag, str)}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form", "a"})
    attributes = {key for element in whole.iter() for key in element.attrib}
    assert attributes <= {
        *("lang", "dir", "charset", "name", "content", "http-equiv", "class", "style", "scope", "aria-hidden"),
    }
    styles = {element.get("style") for element in whole.iter()} - {None}
    assert all(re.fullmatch(r"inline-size:[0-9.]+%|flex:[0-9]+ 0 0", style or "") for style in styles)
    text = scan_html.render(summary)
    assert re.search(r"url\(|@import", text) is None
    assert len(whole.findall(".//h1")) == 1


def test_the_page_has_what_the_text_has() -> None:
    cells = [words(cell).strip() for cell in page(FLEET).iter() if cell.tag in ("th", "td")]
    for row in re.findall(r"^  (\S.*?) +([\d,]+) +(\S+%)", scan_text.render(FLEET), flags=re.MULTILINE):
        label = next(n for n, cell in enumerate(cells) if cell.startswith(row[0]) and cells[n + 1] == row[1])
        assert cells[label + 2] == row[2]


def test_the_page_is_fit_for_the_dark_and_for_paper() -> None:
    style = words(next(page(FLEET).iter("style")))
    assert "color-scheme: light dark" in style
    assert "@media print" in style


def test_a_bar_is_as_long_as_the_share() -> None:
    lengths = [span.get("style") for span in page(ONE).iter("span") if "inline-size" in (span.get("style") or "")]
    assert lengths == ["inline-size:100.00%"]
    parts = [one.get("style") for one in page(FLEET).findall(".//div[@class='split']/span")]
    assert parts == [f"flex:{one.count} 0 0" for one in FLEET.outcomes]
