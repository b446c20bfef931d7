"""The cipher suites that a server takes, through sslyze: an extra, since it brings an OpenSSL of its own.

It opens some four hundred connections, one at a time, and says no QUIT on any of them: only for who asks for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from smtpprobe.journey import CipherScan, CipherSeen
from smtpprobe.model import Route
from smtpprobe.wire.dial import Dial

MISSING = "A scan of cipher suites needs sslyze: pip install smtpprobe[tls]"
VERSIONS = ("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1")

_COMMANDS = {
    "TLSv1.3": "tls_1_3_cipher_suites",
    "TLSv1.2": "tls_1_2_cipher_suites",
    "TLSv1.1": "tls_1_1_cipher_suites",
    "TLSv1": "tls_1_0_cipher_suites",
}
_TEXT = 200
#: A cipher suite more than exist would be an error of the scan.
_KEPT = 1_000


class _Findings:
    """What a scan has found so far, written by its thread and read by the loop's."""

    def __init__(self) -> None:
        self.ciphers: list[CipherSeen] = []
        self.notes: list[str] = []
        self.unseen = list(VERSIONS)
        self.over = threading.Event()


async def scan_ciphers(
    route: Route, dial: Dial, deadline: float, *, implicit_tls: bool, versions: Sequence[str] = VERSIONS
) -> CipherScan:
    """Try every cipher suite of these versions, the newest version first; never raises.

    ``deadline`` is a time of the event loop's clock: then what was found so far is given back, with a note. The scan's
    threads stop at the end of the version that they are at, or with the process.
    """
    try:
        sslyze = importlib.import_module("sslyze")
    except ImportError:
        return CipherScan(failure=MISSING)
    if dial.path is not None:
        return CipherScan(failure="Cipher suites cannot be scanned on a UNIX socket: name the server's port instead.")
    began = time.monotonic_ns()
    found = _Findings()
    found.unseen = [version for version in VERSIONS if version in versions]
    await _in_thread(lambda: _scan(sslyze, route, dial, implicit_tls, found), found, deadline)
    if found.unseen:
        found.notes.append(f"not scanned: {', '.join(found.unseen)}")
    failure = "" if found.ciphers else f"No cipher suite could be seen: {'; '.join(found.notes) or 'none was taken'}."
    return CipherScan(tuple(found.ciphers), failure, tuple(found.notes), time.monotonic_ns() - began)


async def _in_thread(work: Callable[[], None], found: _Findings, deadline: float) -> None:
    """Run it beside the loop up to the deadline. Daemons, it and the threads that it starts, hold no exit up."""
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def run() -> None:
        try:
            work()
        except Exception as error:  # Whatever a library meets on the network is a value here.
            found.notes.append(f"the scan broke off: {str(error)[:_TEXT]}")
        finally:
            with contextlib.suppress(RuntimeError):  # The loop may be closed by then.
                loop.call_soon_threadsafe(done.set)

    threading.Thread(target=run, name="smtpprobe-ciphers", daemon=True).start()
    try:
        async with asyncio.timeout_at(deadline):
            await done.wait()
    except TimeoutError:
        found.notes.append("the time allowed for the run was over")
    finally:
        found.over.set()


def _scan(sslyze: Any, route: Route, dial: Dial, implicit_tls: bool, found: _Findings) -> None:
    """One version after the other, so that those that are done count when the time is over."""
    where = sslyze.ServerNetworkLocation(route.host or route.address, route.port, ip_address=route.address)
    how = sslyze.ServerNetworkConfiguration(
        tls_server_name_indication=dial.sni or route.host or route.address,
        tls_opportunistic_encryption=None if implicit_tls else sslyze.ProtocolWithOpportunisticTlsEnum.SMTP,
        smtp_ehlo_hostname=None if implicit_tls else dial.ehlo_name,
        network_timeout=max(1, round(dial.timeout)),
        network_max_retries=1,
    )
    for version in tuple(found.unseen):
        if found.over.is_set():
            return
        command = sslyze.ScanCommand(_COMMANDS[version])
        scanner = sslyze.Scanner(per_server_concurrent_connections_limit=1, concurrent_server_scans_limit=1)
        scanner.queue_scans([sslyze.ServerScanRequest(where, how, {command})])
        for result in scanner.get_results():
            if found.over.is_set():
                return
            _keep(version, result, found)
        if not found.ciphers and found.notes:
            return


def _keep(version: str, result: Any, found: _Findings) -> None:
    if result.scan_result is None:
        found.notes.append(f"no connection: {str(result.connectivity_error_trace).strip()[:_TEXT]}")
        return
    attempt = getattr(result.scan_result, _COMMANDS[version])
    if attempt.result is None:
        found.notes.append(f"{version}: the scan failed ({getattr(attempt.error_reason, 'value', 'no reason given')})")
        return
    found.unseen.remove(version)
    for one in attempt.result.accepted_cipher_suites[: _KEPT - len(found.ciphers)]:
        suite = one.cipher_suite
        found.ciphers.append(CipherSeen(version, str(suite.name), int(suite.key_size), bool(suite.is_anonymous)))
