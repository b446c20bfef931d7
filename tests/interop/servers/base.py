"""What every server module shares: certificates, ports, processes, readiness and logs. Knows no server by name."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

HOSTNAME = "mail.test.example"
DOMAIN = "test.example"
USER = "prober"
PASSWORD = "open sesame"

CACHE = Path(os.environ.get("SMTPPROBE_INTEROP", "/var/cache/smtpprobe-interop"))
UNPACKED = CACHE / "root"
# Sendmail distrusts every file below a folder that all may write to, as the usual temporary folders are.
WORKPLACES = Path("/var/cache")

START_SECONDS = 20.0
STOP_SECONDS = 10.0
SETTLED = "settled"
LOG_SECONDS = 10.0


class ServerError(Exception):
    """A mail server that did not start."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files of one run: the authority to trust, and a server's chain and key."""

    ca_file: Path
    chain_file: Path
    key_file: Path


@dataclass(frozen=True, slots=True)
class Routes:
    """Where a server delivers to: the address of each domain's host, all at one port; ``encrypted`` want TLS."""

    port: int
    hosts: Mapping[str, str]
    encrypted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MailServer:
    """A running server, and where it writes what it thinks of its clients."""

    name: str
    port: int
    log_path: Path
    ca_file: Path
    complaint: re.Pattern[str]
    host: str = "127.0.0.1"

    def log(self) -> str:
        return self.log_path.read_text("utf-8", "replace") if self.log_path.exists() else ""

    def errors(self) -> list[str]:
        """The log lines in which the server blames a client for breaking the protocol, once all have been written."""
        self.settle()
        return [line for line in self.log().splitlines() if self.complaint.search(line) and SETTLED not in line]

    def settle(self) -> None:
        """Say something that every server logs, and wait for it: what clients did before is in the log then too."""
        token = f"{SETTLED}-{secrets.token_hex(4)}"
        converse(self.host, self.port, f"GET {token}")
        self.await_log(token)

    def await_log(self, *texts: str) -> None:
        """Wait until each of these stands in the log."""
        deadline = time.monotonic() + LOG_SECONDS
        while missing := [text for text in texts if text not in self.log()]:
            if time.monotonic() > deadline:
                raise ServerError(f"{self.name} did not log {missing}")
            time.sleep(0.02)


def make_certificates(folder: Path) -> Certificates:
    authority = trustme.CA()
    leaf = authority.issue_cert(HOSTNAME)
    made = Certificates(folder / "ca.pem", folder / "chain.pem", folder / "key.pem")
    authority.cert_pem.write_to_path(made.ca_file)
    made.chain_file.write_bytes(b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
    leaf.private_key_pem.write_to_path(made.key_file)
    made.key_file.chmod(0o600)
    return made


def converse(host: str, port: int, *lines: str) -> bool:
    """Greeting, these lines one at a time, QUIT; true if there was a greeting. The server may hang up at any point."""
    greeted = False
    try:
        with socket.create_connection((host, port), timeout=5) as client:
            for line in (*lines, "QUIT"):
                if not client.recv(4096):
                    return greeted
                greeted = True
                client.sendall(f"{line}\r\n".encode())
            while client.recv(4096):
                pass
    except OSError:
        return greeted
    return greeted


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def workplace(name: str, parent: Path = WORKPLACES) -> Iterator[Path]:
    """A folder of root's that the servers' users may enter, gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=parent, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder


def private_copy(source: Path, target: Path, owner: str) -> Path:
    """A key that only its server may read; each server refuses another mode or owner in its own way."""
    shutil.copyfile(source, target)
    target.chmod(0o600)
    shutil.chown(target, owner, owner)
    return target


def may_isolate(kind: str) -> bool:
    """Whether the kernel gives us a namespace of this kind; in most containers it does not."""
    return subprocess.run(["unshare", f"--{kind}", "true"], capture_output=True, check=False).returncode == 0


def isolated(kind: str, prepare: str, command: Sequence[str]) -> list[str]:
    """`command` after `prepare` in a namespace of its own, or as it is where there is none to be had."""
    if not may_isolate(kind):
        return list(command)
    return ["unshare", f"--{kind}", "sh", "-ec", f'{prepare}\nexec "$@"', "sh", *command]


def run(command: Sequence[str], entered: str = "") -> str:
    """A command that must succeed; its output is the error otherwise."""
    done = subprocess.run(command, input=entered, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServerError(f"{command[0]} failed ({done.returncode}): {done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def process(
    server: MailServer,
    command: Sequence[str],
    output: Path,
    start_seconds: float = START_SECONDS,
) -> Iterator[MailServer]:
    """The server in the foreground, as a process group that is gone when the block ends."""
    with output.open("ab") as sink:
        daemon = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
    try:
        await_greeting(server, daemon, output, start_seconds)
        yield server
    finally:
        stop(daemon)


def await_greeting(server: MailServer, daemon: subprocess.Popen[bytes], output: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if daemon.poll() is not None:
            break
        if converse(server.host, server.port):
            return
        time.sleep(0.05)
    said = output.read_text("utf-8", "replace")
    raise ServerError(f"{server.name} did not greet on port {server.port}: {said}{server.log()}")


def stop(daemon: subprocess.Popen[bytes]) -> None:
    """Ask, wait, then make sure of every process of the group, those that outlived their leader included."""
    daemon.terminate()
    try:
        daemon.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()
    try:
        os.killpg(daemon.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
