"""The lines on which the keys of a TOML file stand, held against Python's own reader."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.expect.places import Path, Places

KEYS = st.text("abc-_é \"'.#=[]\n", min_size=1, max_size=6)
VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3),
    max_leaves=12,
)


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every key and every item of a document."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in below:
        yield (*path, name)
        yield from paths(one, (*path, name))


def test_every_way_to_write_a_key_is_found_on_its_line() -> None:
    text = b"""retries = 2
[expect]
a.b = ["x", # a comment
  "y", {k = 1}]
"quoted key" = 'z'
[[server]]
target = "x"
[[server.expect.command]]
send = ["NOOP"]
[[server]]
target = '''
y'''
[server.expect.tls]
version = "1.2"
"""
    places = Places(text, "f.toml")
    lines = {
        ("retries",): 1,
        ("expect", "a", "b"): 3,
        ("expect", "a", "b", 1): 4,
        ("expect", "a", "b", 2, "k"): 4,
        ("expect", "quoted key"): 5,
        ("server", 0): 6,
        ("server", 0, "expect", "command", 0, "send", 0): 9,
        ("server", 1, "target"): 11,
        ("server", 1, "expect", "tls", "version"): 14,
    }
    found = {path: place.line for path in lines if (place := places.at(path))}
    assert found == lines


def test_what_is_not_there_has_the_place_of_the_table_around_it() -> None:
    places = Places(b'\n[[server]]\ntarget = "x"\n', "f.toml")
    place = places.at(("server", 0, "expect", "tls"))
    assert place is not None
    assert (place.file, place.line) == ("f.toml", 2)
    assert places.at(("group",)) is None


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_every_key_of_any_document_has_a_line_and_none_comes_before_the_table_that_holds_it(
    document: dict[str, Any],
) -> None:
    text = tomli_w.dumps(document)
    assert tomllib.loads(text) == document
    places = Places(text.encode(), "f.toml")
    rows = text.split("\n")
    for path in paths(document):
        place = places.at(path)
        around = places.at(path[:-1])
        assert place is not None
        assert 1 <= place.line <= len(rows)
        assert around is None or around.line <= place.line
