"""The language of what people read: --lang, else the locale. Machine formats stay English unless --lang is given."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click

from smtpprobe.catalogue import languages
from smtpprobe.catalogue.languages import ENGLISH, Words
from smtpprobe.cli.errors import unknown

_FOR_MACHINES = frozenset({"json"})


def option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--lang``."""
    named = ", ".join(languages.available())
    return click.option("--lang", metavar="LANG", help=f"Language: {named}. Else that of the locale.")(command)


def chosen(given: dict[str, Any]) -> Words:
    """The words for this call. Raises a usage error for a language that there is none of."""
    lang = given["lang"]
    if lang is None:
        return languages.words(ENGLISH if given["format"] in _FOR_MACHINES else _of_locale())
    if lang not in languages.available():
        raise unknown([lang], languages.available(), "language")
    return languages.words(lang)


def _of_locale() -> str:
    """The language of messages as POSIX has it; English where we do not speak it."""
    told = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    lang = told.partition(".")[0].partition("_")[0].lower()
    return lang if lang in languages.available() else ENGLISH
