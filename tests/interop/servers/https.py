"""An HTTPS server on loopback that answers one path as it is told, MTA-STS's own by default."""

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from . import base

HOST = "127.0.0.1"
WELL_KNOWN = "/.well-known/mta-sts.txt"
PLAIN = {"Content-Type": "text/plain"}
Certificate = Literal["good", "expired", "wrong-name", "self-signed"]


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to ``path``; every other path is 404. ``delay`` seconds pass before it."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: dict(PLAIN))
    delay: float = 0.0
    path: str = WELL_KNOWN


@dataclass(slots=True)
class HttpsServer:
    """``ca_file`` is what a client has to trust; ``requests`` are what was asked, as "GET host path"."""

    port: int
    ca_file: Path
    requests: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def running(
    parent: Path, name: str, page: Page, *, certificate: Certificate = "good", host: str = HOST, port: int = 0
) -> Iterator[HttpsServer]:
    """A server for ``name`` ("mta-sts.example.net"), at a free port unless one is given."""
    with base.workplace("https", parent) as folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca_file = _make_certificate(folder, name, certificate, context)
        # One thread a connection, so that a client that stalls in its handshake holds nobody up.
        listener = _Listener((host, port), _Handler, context, page)
        server = HttpsServer(listener.server_port, ca_file)
        listener.seen = server
        thread = threading.Thread(target=listener.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            listener.over.set()
            listener.shutdown()
            thread.join()
            listener.server_close()


def _make_certificate(folder: Path, name: str, kind: Certificate, context: ssl.SSLContext) -> Path:
    authority = trustme.CA()
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(ca_file)
    if kind == "self-signed":
        context.load_cert_chain(_self_signed(folder / "own.pem", name))
        return ca_file
    yesterday = datetime.now(UTC) - timedelta(days=1)
    leaf = authority.issue_cert(
        "elsewhere.invalid" if kind == "wrong-name" else name, not_after=yesterday if kind == "expired" else None
    )
    leaf.configure_cert(context)
    return ca_file


def _self_signed(file: Path, name: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + made.public_bytes(pem))
    file.chmod(0o600)
    return file


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler], context: ssl.SSLContext, page: Page
    ) -> None:
        super().__init__(address, handler)
        self.context = context
        self.page = page
        self.over = threading.Event()
        self.seen: HttpsServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or that does not like the certificate, is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"
    timeout = 10

    def setup(self) -> None:
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def do_GET(self) -> None:
        self.server.seen.requests.append(f"GET {self.headers.get('Host', '')} {self.path}")
        self.server.seen.headers.append(dict(self.headers.items()))
        page = self.server.page if self.path == self.server.page.path else Page(b"nothing here", 404)
        self.server.over.wait(page.delay)
        self.send_response(page.status)
        for name, value in {"Content-Length": str(len(page.body)), "Connection": "close", **page.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page.body)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """What was asked is in ``requests``."""
