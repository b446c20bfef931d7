"""What a vendor means by a wording, as people read it."""

from __future__ import annotations

from smtpprobe.model import DialectNote


def dialect_words(dialect: DialectNote) -> str:
    """The meaning, with the vendor's name before it where the meaning does not say it and where there is one."""
    if not dialect.vendor or dialect.vendor.casefold() in dialect.meaning.casefold():
        return dialect.meaning
    return f"{dialect.vendor}: {dialect.meaning}"
