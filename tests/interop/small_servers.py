"""Servers of a few lines that no package has: a DNS at port 53, a port that is silent, a policy that greylists.

Each is there until its block ends. None of them knows a test.
"""

import fcntl
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

#: Where the C library of a mail server asks: it knows no other port than 53.
NAMESERVER = "127.0.53.53"
_SECONDS = 5.0
_LARGEST = 65_535


class NameServer:
    """Passes questions on to ``resolver`` (address:port), which may be another one for each test.

    ``delay`` seconds pass before each answer, as from a DNS that is far away.
    """

    def __init__(self) -> None:
        self.resolver = ""
        self.delay = 0.0

    @property
    def _where(self) -> tuple[str, int]:
        host, _, port = self.resolver.rpartition(":")
        return host, int(port)

    def over_udp(self, question: bytes) -> bytes:
        with socket.socket(type=socket.SOCK_DGRAM) as asked:
            asked.settimeout(_SECONDS)
            asked.sendto(question, self._where)
            time.sleep(self.delay)
            return asked.recv(_LARGEST)

    def over_tcp(self, question: bytes) -> bytes:
        with socket.create_connection(self._where, _SECONDS) as asked:
            asked.sendall(question)
            time.sleep(self.delay)
            return _framed(asked)


def _framed(stream: socket.socket) -> bytes:
    """A message with its length before it (RFC 1035 4.2.2)."""
    with stream.makefile("rb") as octets:
        size = octets.read(2)
        return size + octets.read(int.from_bytes(size))


@contextmanager
def name_server() -> Iterator[NameServer]:
    """At NAMESERVER, port 53, which takes root."""
    server = NameServer()

    class OverUdp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            question, sink = self.request
            with suppress(OSError):
                sink.sendto(server.over_udp(question), self.client_address)

    class OverTcp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.request.sendall(server.over_tcp(_framed(self.request)))

    place = NAMESERVER, 53
    with _serving(socketserver.ThreadingUDPServer(place, OverUdp)), _serving(_Tcp(place, OverTcp)):
        yield server


class _Tcp(socketserver.ThreadingTCPServer):
    """What waits for a client that is gone need not be waited for."""

    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other run on this machine is in this block: the addresses are the same in all of them."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextmanager
def silent(host: str, port: int) -> Iterator[None]:
    """A port where connections time out, as behind a firewall: it listens, and its queue is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(0)
        while True:
            client = stack.enter_context(socket.socket())
            client.settimeout(0.2)
            try:
                client.connect((host, port))
            except TimeoutError:
                break
        yield


class _Greylist(socketserver.StreamRequestHandler):
    """Postfix's policy protocol (SMTPD_POLICY_README): attributes, an empty line, one action."""

    server: "_Greylister"

    def handle(self) -> None:
        asked: list[str] = []
        for line in self.rfile:
            if line.strip():
                asked.append(line.decode("utf-8", "replace").strip())
                continue
            self.wfile.write(f"action={self.server.action(asked)}\n\n".encode())
            asked = []


class _Greylister(_Tcp):
    def __init__(self, host: str, port: int, seconds: float) -> None:
        super().__init__((host, port), _Greylist)
        self._seconds = seconds
        self._first_seen: dict[str, float] = {}

    def action(self, asked: list[str]) -> str:
        """Strangers are those whose address, sender and recipient together were not seen so many seconds ago."""
        known = {"client_address", "sender", "recipient"}
        who = "|".join(sorted(line for line in asked if line.partition("=")[0] in known))
        now = time.monotonic()
        if now - self._first_seen.setdefault(who, now) >= self._seconds:
            return "DUNNO"
        return f"DEFER_IF_PERMIT Greylisted, please try again in {self._seconds:.0f} seconds"


@contextmanager
def greylister(host: str, port: int, seconds: float) -> Iterator[None]:
    """A policy service that puts strangers off for so long, in Postgrey's words."""
    with _serving(_Greylister(host, port, seconds)):
        yield
