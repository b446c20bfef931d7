"""Languages: a missing text falls back to English and is counted, and a further language is one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.catalogue import codes, languages
from smtpprobe.catalogue.languages import Words, available, entries, words

OTHERS = [lang for lang in available() if lang != languages.ENGLISH]


def translated(lang: str) -> dict[str, list[bool]]:
    """Of each entry, whether its texts are there."""
    told = words(lang)
    return {key: [told.text(text) != text for text in texts if text] for key, texts in entries()}


def share(flags: list[list[bool]]) -> float:
    told = [flag for entry in flags for flag in entry]
    return sum(told) / len(told)


def test_the_languages_of_the_project_are_there() -> None:
    assert available()[0] == "en"
    assert {"de", "ar"} <= set(available())


@pytest.mark.parametrize("lang", OTHERS)
def test_every_basic_code_is_translated(lang: str) -> None:
    assert share([flags for key, flags in translated(lang).items() if key.isdecimal()]) == 1


@pytest.mark.parametrize("lang", OTHERS)
def test_nearly_every_text_is_translated(lang: str) -> None:
    # What reads the same in both languages, such as a name, counts as missing here.
    assert share(list(translated(lang).values())) > 0.97


def test_english_is_the_catalogue_itself() -> None:
    entry = codes.lookup(504)
    assert words("en").translated(entry) is entry


def test_a_language_that_nobody_wrote() -> None:
    with pytest.raises(ValueError, match="choose one of en"):
        words("xx")


def test_arabic_reads_from_right_to_left() -> None:
    assert (words("ar").direction, words("de").direction) == ("rtl", "ltr")


def test_a_further_language_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "eo.py").write_text(
        'NAME = "Esperanto"\nDIRECTION = "ltr"\nLABELS = {"what to do": "kion fari"}\n'
        'TEXTS = {"504": ("Parametro ne subtenata",)}\n'
    )
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    found = words("eo")
    english = codes.lookup(504)
    entry = found.translated(english)
    assert (entry.name, entry.meaning) == ("Parametro ne subtenata", english.meaning)
    assert (found.word("what to do"), found.word("who must act")) == ("kion fari", "who must act")


def test_an_empty_text_stays_empty() -> None:
    assert Words("xx", "ltr", {}, {}).text("") == ""
