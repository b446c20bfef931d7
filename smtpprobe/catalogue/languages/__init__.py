"""The catalogue in other languages: labels and entries by their keys, English where a text is missing. No I/O.

A language is one module here, or a package where it is long, named by its code (de), with NAME, DIRECTION ("ltr" or
"rtl"), LABELS (English label to its translation) and TEXTS (key of an entry to its texts, in the order of FIELDS).
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

ENGLISH: Final = "en"

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "CodeEntry": ("name", "meaning", "when", "fix"),
    "EnhancedEntry": ("name", "meaning", "fix"),
    "VendorCodeEntry": ("name", "meaning", "fix"),
    "ExtensionEntry": ("name", "purpose", "meaning", "advice", "arguments"),
    "Mechanism": ("meaning", "advice"),
    "DefectEntry": ("meaning", "advice"),
    "FailureEntry": ("sentence", "next_step"),
    "ReasonEntry": ("title", "sentence", "fix"),
    "FaultEntry": ("meaning", "when", "fix"),
    "DialectEntry": ("name", "meaning", "fix"),
}
"""The fields of each type of entry that are translated, in the order in which a language gives them."""

Value = TypeVar("Value")


class Words:
    """One language: ``word`` gives a label, ``text`` any text of the catalogue, both in English where it lacks them."""

    def __init__(self, lang: str, direction: str, labels: Mapping[str, str], texts: Mapping[str, str]) -> None:
        self.lang = lang
        self.direction = direction
        self._labels = labels
        self._texts = texts

    def word(self, label: str) -> str:
        """A label."""
        return self._labels.get(label, label)

    def text(self, english: str) -> str:
        """A text of an entry, or a label."""
        return self._texts.get(english) or self._labels.get(english, english)

    def translated(self, value: Value) -> Value:
        """The same struct or tuple with every text of the catalogue in this language."""
        if self.lang == ENGLISH:
            return value
        translated: Value = _mapped(value, self.text)
        return translated


def available() -> tuple[str, ...]:
    """The codes of all languages, English first."""
    names = (name.removesuffix(".py") for folder in __path__ for name in os.listdir(folder))
    return ENGLISH, *sorted(name for name in names if len(name) in {2, 3} and name.isalpha())


@cache
def words(lang: str) -> Words:
    """The words of a language. Raises ValueError for one that there is no module for."""
    if lang == ENGLISH:
        return Words(ENGLISH, "ltr", {}, {})
    if lang not in available():
        raise ValueError(f"no texts in {lang!r}: choose one of {', '.join(available())}")
    module = importlib.import_module(f"{__name__}.{lang}")
    texts = {
        english: told
        for key, fields in entries()
        for english, told in zip(fields, module.TEXTS.get(key, ()), strict=False)
        if told
    }
    return Words(lang, module.DIRECTION, module.LABELS, texts)


def entries() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every entry of the catalogue: its key, and its English texts in the order of FIELDS."""
    for key, entry in _keyed():
        yield key, tuple([getattr(entry, field) for field in FIELDS[type(entry).__name__]])


def _keyed() -> Iterator[tuple[str, Struct]]:
    from smtpprobe.catalogue import (
        codes,
        defects,
        dialects,
        enhanced,
        extensions,
        failures,
        faults,
        mechanisms,
        reasons,
    )
    from smtpprobe.catalogue.enhanced import vendors

    for code in codes.CODES.values():
        yield str(code.code), code
    for registered in enhanced.ENHANCED.values():
        yield registered.code, registered
    for vendor_code in vendors.VENDOR_CODES:
        yield f"{vendor_code.vendor} {vendor_code.code}", vendor_code
    for extension in extensions.EXTENSIONS.values():
        yield f"EHLO {extension.keyword}", extension
    for mechanism in mechanisms.MECHANISMS.values():
        yield f"AUTH {mechanism.name}", mechanism
    for defect in defects.ENTRIES:
        yield f"defect {defect.defect}", defect
    for failure in failures.ENTRIES:
        yield f"failure {failure.kind}", failure
    for reason in reasons.REASONS.values():
        yield f"reason {reason.reason}", reason
    for fault in faults.FAULTS:
        yield f"fault {fault.name}", fault
    for dialect in dialects.DIALECTS:
        yield f"{dialect.vendor or 'any server'}: {dialect.name}", dialect


def _mapped(value: Any, text: Callable[[str], str]) -> Any:
    if type(value) is str:
        return text(value)
    if isinstance(value, tuple):
        return tuple([_mapped(one, text) for one in value])
    if isinstance(value, Struct):
        # Of an entry, what is not prose (a status, an origin) is left as it is: others compare it.
        names = FIELDS.get(type(value).__name__, value.__struct_fields__)
        changed = {name: _mapped(getattr(value, name), text) for name in names}
        return msgspec.structs.replace(value, **changed)
    return value
