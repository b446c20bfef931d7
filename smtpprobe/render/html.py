"""What all our HTML pages share: a head that lets the page load nothing, and texts of ours with code in them."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.render import escape


def opening(title: str, style: str, lang: str = "en", direction: str = "ltr") -> Iterator[str]:
    """All lines up to the content. The policy forbids whatever is not in the page itself."""
    yield from (
        "<!doctype html>",
        f'<html lang="{escape.html(lang)}" dir="{escape.html(direction)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape.html(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
    )


CLOSING = ("</main>", "</body>", "</html>")


def inline(text: str) -> str:
    """A text of ours; what stands in backticks is code, which reads from left to right in every language."""
    parts = text.split("`")
    if len(parts) % 2 == 0 or "" in parts[1:-1]:
        return escape.html(text)
    return "".join(
        f'<code dir="ltr">{escape.html(part)}</code>' if n % 2 else escape.html(part) for n, part in enumerate(parts)
    )
