"""Fixtures that lend the interop tests a running server each; what makes one run is in servers/."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import servers.dns
import servers.exim
import servers.https
import servers.opensmtpd
import servers.postfix
import servers.sendmail
from servers.base import UNPACKED, Certificates, MailServer, make_certificates, workplace
from servers.dns import DnsServer
from servers.https import HttpsServer

HERE = Path(__file__).parent
NAMES = ("postfix", "exim", "opensmtpd", "sendmail")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.interop)


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    if os.geteuid() != 0 or not UNPACKED.is_dir():
        pytest.skip("needs root, and the mail servers of tests/interop/install.sh")
    with workplace("smtpprobe-run") as folder:
        yield folder


@pytest.fixture(scope="session")
def certificates(server_folder: Path) -> Certificates:
    return make_certificates(server_folder)


@pytest.fixture(scope="session")
def postfix(server_folder: Path, certificates: Certificates) -> Iterator[MailServer]:
    with servers.postfix.running(server_folder, certificates) as server:
        yield server


@pytest.fixture(scope="session")
def exim(server_folder: Path, certificates: Certificates) -> Iterator[MailServer]:
    with servers.exim.running(server_folder, certificates) as server:
        yield server


@pytest.fixture(scope="session")
def opensmtpd(server_folder: Path, certificates: Certificates) -> Iterator[MailServer]:
    with servers.opensmtpd.running(server_folder, certificates) as server:
        yield server


@pytest.fixture(scope="session")
def sendmail(server_folder: Path, certificates: Certificates) -> Iterator[MailServer]:
    with servers.sendmail.running(server_folder, certificates) as server:
        yield server


@pytest.fixture(scope="session", params=NAMES)
def mail_server(request: pytest.FixtureRequest) -> MailServer:
    """Every server in turn."""
    server: MailServer = request.getfixturevalue(request.param)
    return server


@pytest.fixture
def postfix_with(server_folder: Path, certificates: Certificates) -> Iterator[Callable[..., MailServer]]:
    """Starts a Postfix of another kind for one test: `postfix_with(require_tls=True)`."""
    with ExitStack() as stack:
        yield lambda **variant: stack.enter_context(servers.postfix.running(server_folder, certificates, **variant))


@pytest.fixture
def dns_servers(server_folder: Path) -> Iterator[Callable[..., DnsServer]]:
    """Starts a DNS of these zones: `dns_servers({"example.net": Zone("@ MX 10 mx", signed=True)})`."""
    with ExitStack() as stack:
        yield lambda zones, **variant: stack.enter_context(servers.dns.running(server_folder, zones, **variant))


@pytest.fixture
def https_server(server_folder: Path) -> Iterator[Callable[..., HttpsServer]]:
    """Starts an HTTPS server for a name: `https_server("mta-sts.example.net", Page(b"version: STSv1"))`."""
    with ExitStack() as stack:
        yield lambda name, page, **variant: stack.enter_context(
            servers.https.running(server_folder, name, page, **variant)
        )
