"""Servers that leave a client waiting at one step for as long as it likes, on sockets of their own in one thread."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

PATIENCE = 20


class Stuck:
    """``met`` is set when a client has come as far as this server lets it."""

    def __init__(self, port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        self.met = threading.Event()


@contextlib.contextmanager
def stuck(*says: bytes) -> Iterator[Stuck]:
    """Says one piece at once and each further one after a line was heard, to every client; then it only listens."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    it = Stuck(listener.getsockname()[1])
    threads: list[threading.Thread] = []

    def talk(client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            client.settimeout(PATIENCE)
            for number, words in enumerate(says):
                if number and not _heard_line(client):
                    return
                client.sendall(words)
            it.met.set()
            while client.recv(4096):
                pass

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                threads.append(threading.Thread(target=talk, args=(listener.accept()[0],)))
                threads[-1].start()

    server = threading.Thread(target=serve)
    server.start()
    try:
        yield it
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in [server, *threads]:
            thread.join(PATIENCE)


def _heard_line(client: socket.socket) -> bool:
    heard = b""
    while not heard.endswith(b"\n"):
        more = client.recv(4096)
        if not more:
            return False
        heard += more
    return True


@contextlib.contextmanager
def full() -> Iterator[str]:
    """An address whose queue of connections is full: who connects there waits."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, contextlib.ExitStack() as waiting:
        at = listener.getsockname()
        for _ in range(3):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(at)
        yield f"127.0.0.1:{at[1]}"


@contextlib.contextmanager
def mute_dns() -> Iterator[tuple[str, socket.socket]]:
    """A DNS server that hears every question and answers none; gives its socket too, to see the questions come."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
        mute.bind(("127.0.0.1", 0))
        mute.settimeout(PATIENCE)
        yield f"127.0.0.1:{mute.getsockname()[1]}", mute
