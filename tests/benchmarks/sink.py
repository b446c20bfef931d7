"""Postfix's smtp-sink as the servers of a scan: one process that answers at every address of 127.0.0.0/8, port 25."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import alone

#: Conversations at a time, more than any client here holds.
AT_ONCE = 8000
_PATIENCE = 10.0


class Sink:
    """A smtp-sink that runs."""

    def __init__(self, pid: int) -> None:
        self._stat = Path(f"/proc/{pid}/stat")

    def cpu(self) -> float:
        """CPU seconds that it has used so far."""
        # The name of the program, in brackets, may hold spaces; user and system time are the 14th and 15th field.
        user, system = self._stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running() -> Iterator[Sink]:
    """Started, and ended behind you. Started as root, it wants to be told whom to become."""
    command = ["smtp-sink", "-4", "-u", "postfix", "-m", str(AT_ONCE), "0.0.0.0:25", str(alone.BACKLOG)]
    process = subprocess.Popen(command)
    try:
        _await_answer(process)
        yield Sink(process.pid)
    finally:
        process.terminate()
        process.wait()


def _await_answer(process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", 25), timeout=1) as connection:
                connection.recv(1)
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("smtp-sink does not answer: is it installed (apt-get install postfix), and is port 25 free?")
