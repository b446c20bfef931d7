"""The language of what people read: --lang, else the locale; what scripts read stays English unless asked."""

from __future__ import annotations

import json

import pytest
from cli_calls import invoke, refused
from cli_servers import at, fake

ENGLISH = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C.UTF-8"}
COMMANDS = [
    ("explain", "504"),
    ("explain", "550 5.1.1 user unknown"),
    ("compare", "211", "504"),
    ("codes", "504"),
    ("codes", "5.7.1"),
    ("extensions", "DSN"),
]


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("lang", ["de", "ar"])
def test_each_command_speaks_it(words: tuple[str, ...], lang: str) -> None:
    english = invoke(*words, env=ENGLISH).stdout
    asked = invoke(*words, "--lang", lang, env=ENGLISH).stdout
    assert asked != english
    assert invoke(*words, env={**ENGLISH, "LANG": f"{lang}_XX.UTF-8"}).stdout == asked
    assert invoke(*words, "--lang", "en", env={**ENGLISH, "LANG": f"{lang}_XX.UTF-8"}).stdout == english


def test_a_locale_that_nobody_speaks_is_english() -> None:
    assert (
        invoke("explain", "504", env={**ENGLISH, "LC_ALL": "tlh"}).stdout
        == invoke("explain", "504", env=ENGLISH).stdout
    )


def test_json_is_english_unless_asked() -> None:
    german = {**ENGLISH, "LANG": "de_DE.UTF-8"}
    usual = json.loads(invoke("explain", "--format", "json", "504 no", env=german).stdout)
    asked = json.loads(invoke("explain", "--format", "json", "--lang", "de", "504 no", env=german).stdout)
    assert (usual["lang"], asked["lang"]) == ("en", "de")
    assert usual["items"][0]["entries"][0]["name"] == "Command parameter not implemented"
    assert usual["items"][0]["entries"] != asked["items"][0]["entries"]


def test_an_unknown_language() -> None:
    assert "de" in refused("explain", "--lang", "xx", "550 no")


def test_an_arabic_page_reads_from_right_to_left() -> None:
    page = invoke("compare", "--format", "html", "--lang", "ar", "211", "504").stdout
    assert '<html lang="ar" dir="rtl">' in page


def test_a_probe_speaks_it_too() -> None:
    with fake() as server:
        words = ["probe", "--profile", "ehlo", at(server)]
        english, german = invoke(*words, env=ENGLISH), invoke(*words, "--lang", "de", env=ENGLISH)
        assert "Service ready" in english.stdout
        assert "Dienst bereit" in german.stdout
        document = invoke(*words, "--lang", "de", "--format", "json", env=ENGLISH).document
        assert document["lang"] == "de"
        assert document["exchanges"][0]["note"]["name"].startswith("Dienst bereit")
