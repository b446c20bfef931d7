"""posttls-finger, which asks the system's resolver: given another one in a mount namespace of its own."""

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from servers.base import MailServer, may_isolate

#: resolv.conf has no room for a port; of all that loopback addresses, somebody else may have 127.0.0.53.
ADDRESS = ("127.0.53.1", 53)
SECONDS = 30


@dataclass(frozen=True, slots=True)
class Finger:
    """Runs it with a resolver and with the configuration of a Postfix that is there."""

    resolv_conf: Path
    settings: Path

    def said(self, destination: str) -> str:
        """What it makes of ``domain:port`` at the security level of DANE."""
        bind = f'mount --bind "{self.resolv_conf}" /etc/resolv.conf\nexec "$@"'
        command = ["posttls-finger", "-a", "ipv4", "-c", "-l", "dane", "-L", "summary,certmatch", destination]
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-ec", bind, "sh", *command],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
            env={**os.environ, "MAIL_CONFIG": str(self.settings)},
        )
        return done.stdout + done.stderr


def available() -> bool:
    return may_isolate("mount")


@contextmanager
def fingers(folder: Path, resolver_port: int, postfix: MailServer) -> Iterator[Finger]:
    """``resolver_port`` is that of a resolver on 127.0.0.1 which validates."""
    resolv_conf = folder / "resolv.conf"
    # Without trust-ad the C library takes the word "authenticated" out of every answer.
    resolv_conf.write_text(f"nameserver {ADDRESS[0]}\noptions trust-ad edns0\n")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(ADDRESS)
        relay = threading.Thread(target=_relay, args=(door, resolver_port), daemon=True)
        relay.start()
        yield Finger(resolv_conf, postfix.log_path.parent / "settings")
        # An empty datagram is no question: the relay ends with it.
        door.sendto(b"", ADDRESS)
        relay.join()


def _relay(door: socket.socket, port: int) -> None:
    """Carry each question over, and its answer back."""
    while True:
        question, client = door.recvfrom(65_535)
        if not question:
            return
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.settimeout(5)
            out.sendto(question, ("127.0.0.1", port))
            door.sendto(out.recv(65_535), client)
