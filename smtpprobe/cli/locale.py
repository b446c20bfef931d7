"""The language of the locale, as POSIX has it."""

from __future__ import annotations

import os

from smtpprobe.catalogue import languages
from smtpprobe.catalogue.languages import ENGLISH, Words


def words_of_locale() -> Words:
    """The words of the language of messages; English where we do not speak it."""
    told = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    lang = told.partition(".")[0].partition("_")[0].lower()
    return languages.words(lang if lang in languages.available() else ENGLISH)
