"""Makes text of others harmless, one function for each medium. Nothing here knows what the text means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Letters and marks by category, but drawn as nothing (Default_Ignorable_Code_Point), and the blank braille cell.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_MARKS_ON_ONE_LETTER = 2
_BEYOND_ASCII = re.compile(r"[^\x00-\x7e]+")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
# What CommonMark and GitHub read in the middle of a line (an address is a link without any mark), and what they read at
# its beginning only.
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&|~$]|:(?=//)|\bwww(?=\.)|^ *(?:[-+=#]|[0-9]{1,9}(?=[.)](?: |$)))", re.IGNORECASE)
_INDENT = re.compile("^ {4,}")
# What gives an order to the service whose log it stands in: "::error::" where a line begins, which may be anywhere once
# it is folded, and "##[error]", "##vso[task]" anywhere. Behind the colons of an IPv6 address stand hexadecimal digits.
_ORDER = re.compile(r"::(?=[0-9a-f]*[g-z_-])|##(?=[a-z]*\[)", re.IGNORECASE)
# What begins a formula in a spreadsheet, also in wide characters, and behind a semicolon, which ends a cell where the
# comma is the decimal sign.
_FORMULA = re.compile(r"(^|;)(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
# A bar begins the numbers; \ and n are a line end to what takes results by way of a file.
_NAGIOS = re.compile(r"\||\\(?=n)")
_NO_LABEL = re.compile(r"[^A-Za-z0-9._-]+")


def terminal(text: str | bytes) -> str:
    """One line fit for a terminal: what would move the cursor, hide or reorder text shows as ``\\x1b``, ``\\u202e``.

    Octets that are no UTF-8 show as ``\\xNN``, a tab becomes a space, a line break is escaped like any control.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8", "backslashreplace")
    text = text.replace("\t", " ")
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = _MARKS_ON_ONE_LETTER
    for character in text:
        category = unicodedata.category(character)
        visible = _visible(character, category)
        if category[0] == "M" and marks < _MARKS_ON_ONE_LETTER and visible:
            marks += 1
            shown.append(character)
            continue
        # A mark behind a letter that is escaped would sit on the last digit of the escape.
        marks = 0 if category[0] == "L" and visible else _MARKS_ON_ONE_LETTER
        shown.append(character if category[0] != "M" and visible else _escaped(character))
    return "".join(shown)


def html(text: str | bytes) -> str:
    """One line fit for an element or a quoted attribute of HTML."""
    return terminal(text).translate(_HTML)


def markdown(text: str | bytes) -> str:
    """A line of Markdown, or a piece of one, that shows as these characters, also in a table cell."""
    return _MARKDOWN.sub(_markdown_escaped, _INDENT.sub(" ", terminal(text)))


def log(text: str) -> str:
    """Text that orders nothing in the log of a CI service; what else is in it waits for the escape of its medium."""
    return _ORDER.sub(_order_escaped, text) if "::" in text or "##" in text else text


def github(text: str) -> str:
    """The message of a workflow command of GitHub Actions, on one line; a line break in it stays one."""
    return "%0A".join(terminal(line).replace("%", "%25") for line in text.split("\n"))


def github_property(text: str) -> str:
    """The value of a property of such a command, which ends at a comma or a colon."""
    return terminal(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def tap(text: str | bytes) -> str:
    """A piece of a line of TAP, in which no directive begins: ``#`` shows as ``\\x23``.

    ``\\#`` would be the protocol's own way, but not all that read it know it.
    """
    return terminal(text).replace("#", "\\x23")


def yaml(lines: Iterable[str | bytes]) -> str:
    """These lines as one scalar in double quotes, in the YAML of TAP too, which knows few escapes."""
    shown = (terminal(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(shown) + '"'


def spreadsheet(text: str | bytes) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one."""
    return _FORMULA.sub(r"\1\2'", terminal(text))


def nagios(text: str | bytes) -> str:
    """A piece of what a plugin prints for people: no ``|``, and nothing that would become a line end later."""
    return _NAGIOS.sub(lambda found: _escaped(found[0]), terminal(text))


def nagios_label(text: str | bytes) -> str:
    """A label of performance data that every reader and every store of it takes: letters, digits and ``._-``."""
    return _NO_LABEL.sub("_", terminal(text)) or "_"


def json(document: str) -> str:
    """An encoded JSON text whose strings may stand on a terminal or in a log: the same characters, as ``\\uXXXX``."""
    # Only a string has a number sign, and there none is part of an escape; no line begins with a string's colons.
    document = document.replace("##", "#\\u0023")
    return document if document.isascii() and "\x7f" not in document else _BEYOND_ASCII.sub(_json_escaped, document)


def _visible(character: str, category: str) -> bool:
    """Variation selectors are marks that show nothing; controls, formats, surrogates and separators never pass."""
    if category[0] == "C" or category in ("Zl", "Zp") or character in _INVISIBLE:
        return False
    return not ("\ufe00" <= character <= "\ufe0f" or "\u180b" <= character <= "\u180f" or character >= "\U000e0000")


def _escaped(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _order_escaped(match: re.Match[str]) -> str:
    return "\\x3a:" if match[0] == "::" else "#\\x23"


def _markdown_escaped(match: re.Match[str]) -> str:
    """A backslash does it (CommonMark 2.4), before the mark, or behind what another mark follows."""
    found: str = match[0]
    return f"{found}\\" if found[-1].isalnum() else f"{found[:-1]}\\{found[-1]}"


def _json_escaped(match: re.Match[str]) -> str:
    shown: list[str] = []
    marks = 0
    for character in match[0]:
        category = unicodedata.category(character)
        marks = marks + 1 if category[0] == "M" else 0
        visible = marks <= _MARKS_ON_ONE_LETTER and _visible(character, category)
        shown.append(character if visible else _units(character))
    return "".join(shown)


def _units(character: str) -> str:
    octets = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{octets[i]:02x}{octets[i + 1]:02x}" for i in range(0, len(octets), 2))
