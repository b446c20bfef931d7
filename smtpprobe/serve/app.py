"""The exporter's HTTP: paths, parameters, statuses. What is answered comes from a Service; nothing is probed here."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from smtpprobe.render import escape
from smtpprobe.serve import guard
from smtpprobe.serve.guard import App, Receive, Scope, Send, sentence
from smtpprobe.serve.keeping import StoppedError
from smtpprobe.serve.scope import DEFAULT
from smtpprobe.serve.service import Service
from smtpprobe.serve.tally import Refusal
from smtpprobe.target import TargetError

_TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds"
#: What a scrape needs besides the probe.
OFFSET = 0.5
#: For who asks without a timeout of Prometheus.
PATIENCE = 120.0
_SERIES = "text/plain; version=0.0.4; charset=utf-8"
_MOST_LISTED = 500
_SHOWN = 100
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>smtpprobe exporter</title></head>
<body>
<h1>smtpprobe exporter</h1>
<p><a href="/metrics">Metrics of the exporter itself</a>, <a href="/-/healthy">health</a></p>
<ul>
{rows}</ul>
{more}</body>
</html>
"""

Log = Callable[[str], None]


def application(service: Service, log: Log | None = None, fault: Log | None = None) -> App:
    """The ASGI application. ``log`` gets a line for each request, ``fault`` a sentence for a mistake of ours."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        started = time.monotonic()
        refused = guard.refusal(scope, service.scope.hosts)
        if refused is not None:
            service.tally.refused(refused.why)
            response = sentence(refused.status, refused.words)
            if refused.why is Refusal.BODY:
                # It may be on its way already, and is not read.
                response.headers["Connection"] = "close"
        else:
            try:
                response = await _answer(Request(scope), service)
            except Exception as error:
                service.tally.refused(Refusal.FAULT)
                response = sentence(500, "This is a mistake in smtpprobe: its own output says more.")
                if fault is not None:
                    words = f"{type(error).__name__}: {error}"[:_SHOWN]
                    fault(f"a request was not answered ({words}): this is a mistake in smtpprobe, tell its authors.")
        await response(scope, receive, send)
        if log is not None:
            log(_line(scope, response.status_code, time.monotonic() - started))

    return app


async def _answer(request: Request, service: Service) -> Response:
    path = request.url.path
    if path == "/probe":
        return await _probe(request, service)
    if path == "/metrics":
        return PlainTextResponse(service.metrics(), 200, guard.SAFE_HEADERS, _SERIES)
    if path == "/-/healthy":
        return sentence(200, "The exporter is up.")
    if path == "/":
        return HTMLResponse(_page(service), 200, guard.SAFE_HEADERS)
    service.tally.refused(Refusal.PATH)
    return sentence(404, "There is nothing here: / lists what there is.")


async def _probe(request: Request, service: Service) -> Response:
    asked = request.query_params
    module = asked.get("module") or DEFAULT
    if module not in service.scope.modules:
        service.tally.refused(Refusal.MODULE)
        known = ", ".join(service.scope.modules)
        return sentence(400, f"No module is called {_shown(module)}: there are {escape.terminal(known)}.")
    target = asked.get("target") or ""
    if not target:
        service.tally.refused(Refusal.TARGET)
        return sentence(400, "The parameter target is missing: name the server to probe.")
    seconds = patience(request.headers.get(_TIMEOUT))
    if seconds is None:
        service.tally.refused(Refusal.TIMEOUT)
        return sentence(400, f"{_TIMEOUT} is no number of seconds: leave it to Prometheus.")
    debug = asked.get("debug") == "true"
    try:
        told = await service.scrape(target, module, seconds, debug=debug)
    except TargetError as error:
        service.tally.refused(Refusal.TARGET)
        return sentence(400, escape.terminal(str(error)))
    except StoppedError:
        service.tally.refused(Refusal.STOPPING)
        return sentence(503, "The exporter is stopping: ask again when it is back.")
    return PlainTextResponse(told, 200, guard.SAFE_HEADERS, "text/plain; charset=utf-8" if debug else _SERIES)


def patience(header: str | None) -> float | None:
    """How many seconds there are for an answer; None where the header is no number of them.

    As with blackbox_exporter, a timeout that leaves nothing counts as none.
    """
    if not header:
        return PATIENCE
    try:
        seconds = float(header)
    except ValueError:
        return None
    if not math.isfinite(seconds) or seconds < 0:
        return None
    return min(seconds - OFFSET, PATIENCE) if seconds > OFFSET else PATIENCE


def _line(scope: Scope, status: int, seconds: float) -> str:
    query = scope["query_string"].decode("latin-1")
    place = f"{scope['path']}{'?' if query else ''}{query}"
    return f"{_shown(scope['method'])} {escape.terminal(place[: guard.LONGEST_QUERY])} {status} {seconds:.3f} s"


def _shown(text: str) -> str:
    return escape.terminal(text[:_SHOWN])


def _page(service: Service) -> str:
    targets = service.scope.targets
    rows = "".join(_row(target, service) for target in targets[:_MOST_LISTED])
    more = f"<p>{len(targets) - _MOST_LISTED} more targets are not listed.</p>\n" if len(targets) > _MOST_LISTED else ""
    example = "" if targets else "<p>No target is configured: /probe?target=TARGET asks for one.</p>\n"
    return _PAGE.format(rows=rows, more=more + example)


def _row(target: str, service: Service) -> str:
    links = []
    for module in service.scope.modules:
        with contextlib.suppress(TargetError):
            service.scope.pace(target, module)
            place = escape.html(f"/probe?target={quote(target, safe='')}&module={quote(module, safe='')}")
            links.append(f'<a href="{place}">{escape.html(module)}</a> (<a href="{place}&amp;debug=true">dialogue</a>)')
    return f"<li>{escape.html(target)}: {', '.join(links)}</li>\n"
