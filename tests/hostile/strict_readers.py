"""Readers of our own outputs that forgive nothing: a terminal, JSON, HTML and Markdown.

Each raises AssertionError with what it met. They share no code with the renderers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

# -- a terminal --------------------------------------------------------------------------------------------

_SGR = re.compile(r"\x1b\[(?:[0-9]{1,2};)*[0-9]{1,2}m")
_OUR_SGR = re.compile(r"\x1b\[(?:0|(?:1|2|31|32|33|35|36)(?:;(?:1|2|31|32|33|35|36))*)m")
# Drawn as nothing although no control: Default_Ignorable_Code_Point (UCD), and the braille cell without a dot.
_NOTHING = (
    *((0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F)),
    *((0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
_MOST_MARKS = 2
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def _is_plain(character: str) -> bool:
    number = ord(character)
    return (
        unicodedata.category(character)[0] != "C"
        and unicodedata.category(character) not in ("Zl", "Zp")
        and not any(first <= number <= last for first, last in _NOTHING)
    )


def _columns(text: str) -> int:
    """Columns at most: a mark that takes room is given some, whichever terminal it is."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def characters(text: str) -> None:
    """Printable characters and line ends alone; at most two marks on one letter."""
    for character in set(text) - {"\n"}:
        assert _is_plain(character), f"U+{ord(character):04X} is shown as it is"
    for run in _BEYOND_ASCII.findall(text):
        marks = 0
        for character in run:
            marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
            assert marks <= _MOST_MARKS, f"{marks} marks on one letter"


def terminal(text: str, columns: int | None = 80, *, colour: bool = False) -> None:
    """Rows of at most so many columns, of printable characters; with ``colour`` our own SGR sequences between them."""
    assert text == "" or text.endswith("\n"), "the last row has no end"
    if colour:
        for found in _SGR.findall(text):
            assert _OUR_SGR.fullmatch(found), f"a foreign sequence: {found!r}"
        opened = 0
        for found in _SGR.findall(text):
            opened = 0 if found == "\x1b[0m" else opened + 1
            assert opened <= 1, "a style is opened within a style"
        assert opened == 0, "a style is never closed"
        text = _SGR.sub("", text)
    characters(text)
    for row in text.split("\n"):
        assert row == row.rstrip() or columns is None, f"a row ends in spaces: {row!r}"
        assert columns is None or _columns(row) <= columns, f"{_columns(row)} columns of {columns}: {row!r}"


def sentence(text: str) -> None:
    """What stands on stderr of a refused call: one row."""
    assert text.startswith("Error: "), f"no sentence: {text[:200]!r}"
    assert text.count("\n") == 1, f"more than a row: {text[:200]!r}"
    terminal(text, None)


# -- JSON --------------------------------------------------------------------------------------------------


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"a key stands twice: {sorted(names)}"
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise AssertionError(f"{name} is no JSON")


def document(text: str) -> Any:
    """One JSON text (RFC 8259) that a terminal may show: valid UTF-8, no key twice, no surrogate that stands alone."""
    characters(text)
    text.encode()
    loaded = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant)
    for string in _strings(loaded):
        string.encode()
    return loaded


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [*value, *(s for one in value.values() for s in _strings(one))]
    return [s for one in value for s in _strings(one)] if isinstance(value, list) else []


def lines(text: str) -> list[Any]:
    """JSON Lines: a document a line, each line ended by a line feed, whoever splits them."""
    assert text == "" or text.endswith("\n")
    assert text.splitlines() == text.split("\n")[:-1]
    return [document(line) for line in text.split("\n")[:-1]]


# -- HTML --------------------------------------------------------------------------------------------------

_VOID = frozenset({"meta"})
_TAGS: dict[str, frozenset[str]] = {
    "html": frozenset({"lang", "dir"}),
    "meta": frozenset({"charset", "name", "content", "http-equiv"}),
    "p": frozenset({"class", "dir"}),
    "div": frozenset({"class"}),
    "span": frozenset({"class", "dir"}),
    "ol": frozenset({"class"}),
    "li": frozenset({"class"}),
    "code": frozenset({"dir"}),
    "a": frozenset({"href"}),
    **dict.fromkeys(("head", "title", "style", "body", "main", "h1", "h2", "h3"), frozenset[str]()),
    **dict.fromkeys(("section", "bdi", "ul", "b", "pre", "details", "summary"), frozenset[str]()),
    **dict.fromkeys(("table", "thead", "tbody", "tr", "th", "td"), frozenset[str]()),
}
_REFERENCES = frozenset({"amp", "lt", "gt", "quot"})


class _Page(HTMLParser):
    """Writes down the structure; stops at all that our template does not have."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.structure: list[str] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.doctypes = 0

    def handle_decl(self, decl: str) -> None:
        assert decl == "doctype html", f"a declaration: {decl!r}"
        self.doctypes += 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS, f"a foreign element: {tag}"
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice: {tag} {names}"
        assert set(names) <= _TAGS[tag], f"a foreign attribute: {tag} {names}"
        given = dict(attrs)
        assert given.get("dir", "ltr") in ("ltr", "rtl"), f"dir={given['dir']!r}"
        assert str(given.get("href", "https://")).startswith("https://"), f"href={given['href']!r}"
        if tag == "code":
            # What stands in backticks in a text of ours.
            self.open.append(tag)
            return
        told = sorted((name, value) for name, value in attrs if name not in ("dir", "href"))
        self.structure.append(f"<{tag} {told}>" if told else f"<{tag}>")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"an end without a beginning: {tag}"
        assert self.open[-1] == tag, f"{tag} ends where {self.open[-1]} is open"
        self.open.pop()
        if tag != "code":
            self.structure.append(f"</{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/>")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data!r}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a section: {data!r}")

    def handle_entityref(self, name: str) -> None:
        assert name in _REFERENCES, f"&{name};"

    def handle_charref(self, name: str) -> None:
        assert name == "39", f"&#{name};"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            assert not set(data) & set("<>&"), f"unescaped: {data!r}"
        self.text.append(data)


def html(text: str) -> list[str]:
    """The structure of a page: its tags with the attributes that are not text, in order."""
    characters(text)
    page = _Page()
    page.feed(text)
    page.close()
    assert page.open == [], f"never closed: {page.open}"
    assert page.doctypes == 1
    return page.structure


# -- Markdown ----------------------------------------------------------------------------------------------

# CommonMark with GitHub's tables and strikethrough; what GitHub makes a link of without any mark.
_GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# The parser itself refuses some schemes; another one may not.
_GITHUB.validateLink = lambda url: True  # type: ignore[method-assign]
_AUTOLINK = re.compile(r"(?:https?|ftp)://|(?<![\w/])www\.", re.IGNORECASE)


_NEVER = frozenset({"html_block", "html_inline", "image", "fence", "code_block", "table_open", "s_open"})
_FOLDS = re.compile(r"<details>\n<summary>[0-9,]+ [a-z ]+</summary>\n|</details>\n")


def markdown(text: str, ours: frozenset[str] = frozenset()) -> list[str]:
    """The structure of a text: what blocks and what marks within them there are. Code is no structure, text is not.

    ``ours`` are kinds of blocks that our own template has; HTML among them may only fold something away.
    """
    characters(text)
    tokens = _flat(_GITHUB.parse(text))
    plain = text.split("\n")
    for token in tokens:
        assert token.type not in _NEVER - ours, f"{token.type}: {token.content!r}"
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith("https://"), f"a link: {token.attrs}"
        if token.type == "html_block":
            assert _FOLDS.fullmatch(token.content), f"HTML: {token.content!r}"
        if token.type == "fence" and token.map is not None:
            # What stands in a block of code is no link.
            plain[slice(*token.map)] = [""] * (token.map[1] - token.map[0])
    rest = "\n".join(plain)
    for found in _AUTOLINK.finditer(rest):
        assert rest[: found.start()].endswith("]("), (
            f"a link by itself: {rest[found.start() - 20 : found.end() + 40]!r}"
        )
    ignored = ("text", "softbreak", "code_inline", "text_special")
    return [token.type for token in tokens if token.type not in ignored]


def _flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *_flat(token.children or []))]
