"""Debian's Prometheus on a folder and a port of our own, and its answers. Holds both, and never a probe."""

import json
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import base

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_POLL = 0.25


@dataclass(frozen=True, slots=True)
class Prometheus:
    """A running one."""

    port: int
    output: Path

    def ask(self, path: str, **parameters: str) -> Any:
        """What its API says. Raises urllib.error.HTTPError for what it does not understand."""
        query = urllib.parse.urlencode({name.replace("match", "match[]"): value for name, value in parameters.items()})
        return json.loads(fetch(f"http://127.0.0.1:{self.port}/api/v1/{path}?{query}"))["data"]

    def values(self, query: str) -> dict[str, float]:
        """The value of each sample by its instance."""
        return {
            one["metric"].get("instance", ""): float(one["value"][1])
            for one in self.ask("query", query=query)["result"]
        }

    def value(self, query: str, default: float = 0.0) -> float:
        return next(iter(self.values(query).values()), default)

    def wait(self, done: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            if time.monotonic() > deadline:
                raise base.ServerError(f"Prometheus did not get so far: {self.output.read_text()[-2000:]}")
            time.sleep(_POLL)


def fetch(address: str, **headers: str) -> str:
    request = urllib.request.Request(address, headers={name.replace("_", "-"): one for name, one in headers.items()})
    with _OPENER.open(request, timeout=base.START_SECONDS * 3) as answer:
        text: str = answer.read().decode()
        return text


@contextmanager
def running(parent: Path, configuration: str) -> Iterator[Prometheus]:
    """Prometheus with this configuration, whose relative paths are of a folder of its own."""
    with base.workplace("prometheus", parent) as folder:
        settings, output = folder / "prometheus.yml", folder / "output"
        settings.write_text(configuration)
        base.run(["promtool", "check", "config", str(settings)])
        it = Prometheus(base.free_port(), output)
        command = ["prometheus", f"--config.file={settings}", f"--storage.tsdb.path={folder / 'data'}"]
        command += [f"--web.listen-address=127.0.0.1:{it.port}", "--log.level=warn"]
        with output.open("ab") as sink:
            daemon = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True
            )
        try:
            it.wait(lambda: daemon.poll() is not None or _ready(it), base.START_SECONDS)
            if daemon.poll() is not None:
                raise base.ServerError(f"Prometheus ended: {output.read_text()}")
            yield it
        finally:
            base.stop(daemon)


def _ready(it: Prometheus) -> bool:
    try:
        fetch(f"http://127.0.0.1:{it.port}/-/ready")
    except OSError:
        return False
    return True
