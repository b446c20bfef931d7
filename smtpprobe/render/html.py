"""What our HTML pages share: a head that lets the page load nothing, and the pieces that they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpprobe.render import escape
from smtpprobe.render.prose import blocks, short


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


def text(words: str) -> str:
    """Words that may be anybody's: no code is read into them."""
    return escape.html(short(escape.log(words)))


def steps(words: str) -> Iterator[str]:
    """Paragraphs of a text of ours; what is to be copied stands in a block."""
    for part in blocks(words):
        if part.verbatim:
            yield block(part.lines)
        else:
            yield from (f"<p>{inline(escape.log(line))}</p>" for line in part.lines)


def fold(summary: str, content: Iterable[str]) -> Iterator[str]:
    """What is shown once somebody asks for it. The content is HTML."""
    yield from ("<details>", f"<summary>{text(summary)}</summary>", *content, "</details>")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Heads are text, cells are HTML."""
    yield '<div class="table">'
    yield f"<table><thead><tr>{''.join(f'<th>{text(head)}</th>' for head in heads)}</tr></thead><tbody>"
    yield from (f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    yield from ("</tbody></table>", "</div>")


def listed(items: Iterable[str]) -> Iterator[str]:
    """A list of texts; nothing where there are none."""
    shown = [f"<li>{text(item)}</li>" for item in items]
    if shown:
        yield from ("<ul>", *shown, "</ul>")


def block(lines: Iterable[str]) -> str:
    """Lines as they stand."""
    shown = "\n".join(text(line) for line in lines)
    return f"<pre>{shown}</pre>"
