"""How many columns of a terminal a text takes, and texts cut to columns. Knows nothing of colours or rows."""

from __future__ import annotations


def cell_len(text: str) -> int:
    """Columns: two for a wide character, none for a combining one."""
    return len(text) if text.isascii() else sum(map(_width, text))


def set_cell_size(text: str, total: int) -> str:
    """The text cut or filled with spaces to exactly so many columns; half of a wide character becomes a space."""
    if text.isascii():
        return text[:total].ljust(total)
    kept, used = [], 0
    for character in text:
        width = _width(character)
        if used + width > total:
            break
        kept.append(character)
        used += width
    return "".join(kept) + " " * (total - used)


def chop_cells(text: str, width: int) -> list[str]:
    """The text in pieces of at most ``width`` columns."""
    pieces, piece, used = [], "", 0
    for character in text:
        cells = _width(character)
        if piece and used + cells > width:
            pieces.append(piece)
            piece, used = "", 0
        piece += character
        used += cells
    return [*pieces, piece] if piece else pieces


def _width(character: str) -> int:
    if character < "\u0300":
        return 1
    import unicodedata

    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
