"""The language of what people read: --lang, else the locale. Machine formats stay English unless --lang is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from smtpprobe.catalogue import languages
from smtpprobe.catalogue.languages import ENGLISH, Words
from smtpprobe.cli.errors import unknown
from smtpprobe.cli.locale import words_of_locale

_FOR_MACHINES = frozenset({"json"})


def option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--lang``."""
    named = ", ".join(languages.available())
    return click.option("--lang", metavar="LANG", help=f"Language: {named}. Else that of the locale.")(command)


def chosen(given: dict[str, Any]) -> Words:
    """The words for this call. Raises a usage error for a language that there is none of."""
    lang = given["lang"]
    if lang is None:
        return languages.words(ENGLISH) if given["format"] in _FOR_MACHINES else words_of_locale()
    if lang not in languages.available():
        raise unknown([lang], languages.available(), "language")
    return languages.words(lang)
