"""What is refused before anybody looks at it: a foreign Host, other methods, bodies, long queries, other sites' pages.

A browser can be made to ask a server on its own machine, under a name that leads there for a moment: the name counts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from msgspec import Struct
from starlette.responses import PlainTextResponse, Response

from smtpprobe.render import escape
from smtpprobe.serve.tally import Refusal

METHODS = ("GET", "HEAD")
LONGEST_QUERY = 4096
_SHOWN = 100
#: No page of another origin may use what is answered, and no browser may take it for something else than it is.
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Refused(Struct, frozen=True):
    """Why, the status to answer with, and what to do about it in one sentence."""

    why: Refusal
    status: int
    words: str


def refusal(scope: Scope, hosts: frozenset[str]) -> Refused | None:
    """What is wrong with this request, if anything. ``hosts`` are our names besides the address that it came to."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    named = [value for name, value in headers if name == b"host"]
    if len(named) != 1:
        return Refused(Refusal.HOST, 400, "The request needs one Host header: say which host it is for.")
    given = named[0].decode("latin-1")
    if bare(given) not in hosts | {"localhost", str((scope.get("server") or ("",))[0])}:
        shown = escape.terminal(given[:_SHOWN])
        return Refused(
            Refusal.HOST, 421, f"This exporter is not called {shown}: name it with --host or exporter.hosts."
        )
    if scope["method"] not in METHODS:
        return Refused(Refusal.METHOD, 405, f"This exporter knows {' and '.join(METHODS)} only: use one of them.")
    if any(name == b"transfer-encoding" or (name == b"content-length" and value != b"0") for name, value in headers):
        return Refused(Refusal.BODY, 413, "This exporter takes no body: put everything into the query.")
    if len(scope["query_string"]) > LONGEST_QUERY:
        return Refused(Refusal.LENGTH, 414, f"The query is longer than {LONGEST_QUERY} characters: shorten it.")
    fetched = dict(headers)
    if (
        fetched.get(b"sec-fetch-site") in (b"cross-site", b"same-site")
        and fetched.get(b"sec-fetch-mode") != b"navigate"
    ):
        return Refused(Refusal.SITE, 403, "A page of another site asked: open the address yourself.")
    return None


def bare(host: str) -> str:
    """A host without its port, its brackets and its last dot, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    name, colon, _ = host.rpartition(":")
    return (name if colon and ":" not in name else host).lower().removesuffix(".")


def sentence(status: int, words: str) -> Response:
    """An answer of one sentence."""
    return PlainTextResponse(
        f"{words}\n", status, SAFE_HEADERS | ({"Allow": ", ".join(METHODS)} if status == 405 else {})
    )
