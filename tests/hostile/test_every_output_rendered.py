"""Every format of every renderer is read again by a strict reader, with hostile strings in all its values.

``measure_outputs.py`` does the same with every string alone.
"""

from __future__ import annotations

import pytest
import strict_readers
from output_formats import RENDERED, misread
from strings import STRINGS

from smtpprobe.render import escape, json


@pytest.mark.parametrize("form", RENDERED)
def test_no_hostile_string_is_misread(form: str) -> None:
    assert misread(RENDERED[form], STRINGS) == []


# Each of these has to do its harm where one string is all there is, too.
@pytest.mark.parametrize("name", [name for name, text in STRINGS.items() if len(text) < 1_000])
def test_a_string_alone_is_not_misread_as_markup(name: str) -> None:
    for form in (
        "comparison as HTML",
        "comparison as Markdown",
        "trace as HTML",
        "trace as Markdown",
        "check as HTML",
        "check as Markdown",
        "check as annotations of GitHub",
        "check as text, 20 columns",
        "events as JSON Lines",
        "report, verdict as text, 20 columns, en",
        "check as TAP",
        "check as Nagios",
    ):
        assert misread(RENDERED[form], {name: STRINGS[name]}) == []


@pytest.mark.parametrize(
    ("harm", "met"),
    [
        ("\x1b[2J\n", "U\\+001B"),
        ("\x9b\n", "U\\+009B"),
        ("a\u202eb\n", "U\\+202E"),
        ("a\u200db\n", "U\\+200D"),
        ("a\u3164b\n", "U\\+3164"),
        ("a\U000e0041\n", "U\\+E0041"),
        ("a\u0301\u0301\u0301\n", "3 marks"),
        ("x" * 81 + "\n", "81 columns of 80"),
        ("日" * 41 + "\n", "82 columns of 80"),
        ("no end", "no end"),
    ],
)
def test_the_reader_of_terminals_forgives_nothing(harm: str, met: str) -> None:
    with pytest.raises(AssertionError, match=met):
        strict_readers.terminal(harm)


@pytest.mark.parametrize(
    "harm", ["\x1b[31mopen\n", "\x1b[5mblink\x1b[0m\n", "\x1b[1m\x1b[31mtwice\x1b[0m\n", "\x1b[38;2;1;2;3mx\x1b[0m\n"]
)
def test_colours_are_ours_and_are_closed(harm: str) -> None:
    strict_readers.terminal("\x1b[1;31mours\x1b[0m\n", colour=True)
    with pytest.raises(AssertionError):
        strict_readers.terminal(harm, colour=True)


@pytest.mark.parametrize("harm", ['{"a": 1, "a": 2}', "[NaN]", '["\\ud800"]', '["\x7f"]', "[1] [2]", '["\u2028"]'])
def test_the_reader_of_json_forgives_nothing(harm: str) -> None:
    with pytest.raises((AssertionError, ValueError)):
        strict_readers.document(harm)


_PAGE = '<!doctype html>\n<html lang="en" dir="ltr"><body><p>{}</p></body></html>'


@pytest.mark.parametrize(
    "harm",
    [
        *(
            "<script>x</script>",
            "<p onclick='x'>y</p>",
            "<!-- x -->",
            "<?x?>",
            "<![CDATA[x]]>",
            "a < b",
            "&nbsp;",
            "</p>",
        ),
        *('<a href="javascript:x">y</a>', "<b>", "<p class=x class=y></p>", "<br/>", "<!doctype html>"),
    ],
)
def test_the_reader_of_html_forgives_nothing(harm: str) -> None:
    strict_readers.html(_PAGE.format("a &lt; b"))
    with pytest.raises(AssertionError):
        strict_readers.html(_PAGE.format(harm))


@pytest.mark.parametrize(
    "harm",
    [
        *(
            "<b>x</b>",
            "![x](y)",
            "[x](javascript:y)",
            "<http://evil.example>",
            "http://evil.example",
            "www.evil.example",
        ),
        *("```\nx\n```", "    code", "a | b\n--- | ---\nc | d", "~~x~~", "<div>\nx\n</div>"),
    ],
)
def test_the_reader_of_markdown_forgives_nothing(harm: str) -> None:
    with pytest.raises(AssertionError):
        strict_readers.markdown(f"{harm}\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://evil.example", "http\\://evil.example"),
        ("see www.evil.example", "see www\\.evil.example"),
        ("        rm -rf", " rm -rf"),
        ("WWW.x and a:b", "WWW\\.x and a:b"),
    ],
)
def test_markdown_has_no_link_and_no_code_without_a_mark(text: str, shown: str) -> None:
    assert escape.markdown(text) == shown


def test_json_is_no_tower_of_marks() -> None:
    assert json.compact(["e" + "\u0301" * 3]) == '["e\u0301\u0301\\u0301"]\n'


def test_json_of_a_lone_surrogate_in_a_name() -> None:
    assert strict_readers.document(json.compact({"\udc80": "\ud800"})) == {"\\udc80": "\\ud800"}
