"""Exim from its unpacked package, listening on loopback. Holds its configuration, and never a probe."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import base

PROGRAM = base.UNPACKED / "usr/sbin/exim4"
ACCOUNT = "Debian-exim"
COMPLAINT = re.compile(
    r"SMTP protocol (?:synchronization )?error|SMTP syntax error|SMTP call from .* dropped|unexpected disconnection"
    r"|SMTP command timeout|SMTP connection from .* lost|TLS error|rejected (?:EHLO|HELO)"
)

CONFIGURATION = """\
primary_hostname = {hostname}
domainlist local_domains = {domain} : {hostname}{domains}
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/pid
log_selector = +smtp_connection +smtp_syntax_error +smtp_protocol_error +smtp_no_mail
keep_environment =
host_lookup =
rfc1413_hosts =
rfc1413_query_timeout = 0s
{delivery}
message_size_limit = 52428800
{advertise}
{settings}
acl_smtp_rcpt = rcpt
acl_smtp_data = data
{tls}

begin acl
rcpt:
  accept domains = +local_domains
         verify = recipient
  accept authenticated = *
{relaying}
  deny message = relay not permitted
       domains = ! +local_domains
  deny message = Unrouteable address
data:
  accept

begin routers
local:
  driver = accept
  domains = +local_domains
  local_parts = root : postmaster
  transport = nowhere
{routers}

begin transports
nowhere:
  driver = appendfile
  file = /dev/null
  user = {account}
{transports}

begin retry
{retries}

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{ {{eq{{$auth2}}{{{user}}}}} {{eq{{$auth3}}{{{password}}}}} }} }}
  server_set_id = $auth2
"""

AUTH_IN_TLS = "auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}"

TLS = """\
tls_advertise_hosts = *
tls_certificate = {chain}
tls_privatekey = {key}"""


# The placeholders of a server that only answers.
QUIET = {"delivery": "queue_only", "relaying": "", "routers": "", "transports": "", "retries": ""}

# Exim starts itself anew to deliver, and may not become root again on a configuration that no package brought.
DELIVERY = """\
exim_path = {program}
deliver_drop_privilege
smtp_accept_queue_per_connection = 0"""

ROUTERS = """\
routed:
  driver = manualroute
  domains = ! +local_domains
  route_data = ${{extract{{$domain}}{{{hosts}}}}}
  transport = smtp
  self = send"""

TRANSPORTS = """\
smtp:
  driver = smtp
  port = {port}
  hosts_require_tls = {encrypted}"""


@contextmanager
def running(
    parent: Path,
    certificates: base.Certificates,
    *,
    tls: bool = True,
    auth_in_clear: bool = True,
    routes: base.Routes | None = None,
    host: str = "127.0.0.1",
    port: int | None = None,
    domains: Sequence[str] = (),
    settings: str = "",
) -> Iterator[base.MailServer]:
    """Exim with PLAIN offered in clear too, unless told otherwise, so that a probe has something to find.

    It takes mail for ``domains`` too; ``settings`` are lines for the main part of its configuration.
    """
    with base.workplace("exim", parent) as folder:
        for place in (folder, folder / "spool"):
            place.mkdir(exist_ok=True)
            shutil.chown(place, ACCOUNT, ACCOUNT)
        key = base.private_copy(certificates.key_file, folder / "key.pem", ACCOUNT)
        configuration = folder / "exim.conf"
        configuration.write_text(
            CONFIGURATION.format(
                hostname=base.HOSTNAME,
                domain=base.DOMAIN,
                domains="".join(f" : {name}" for name in domains),
                settings=settings,
                folder=folder,
                account=ACCOUNT,
                user=base.USER,
                password=base.PASSWORD,
                advertise="" if auth_in_clear else AUTH_IN_TLS,
                tls=TLS.format(chain=certificates.chain_file, key=key) if tls else "tls_advertise_hosts =",
                **(sending(routes) if routes else QUIET),
            )
        )
        where = port or base.free_port()
        server = base.MailServer("exim", where, folder / "mainlog", certificates.ca_file, COMPLAINT, host)
        listen = f"{host}.{server.port}"
        with base.process(server, [*program(server), "-bdf", "-oX", listen], folder / "output"):
            yield server


def sending(routes: base.Routes) -> dict[str, str]:
    """The placeholders of a server that delivers, and relays for clients on loopback."""
    hosts = " ".join(f"{domain}={host}" for domain, host in routes.hosts.items())
    encrypted = " : ".join(routes.hosts[domain] for domain in sorted(routes.encrypted))
    return {
        "delivery": DELIVERY.format(program=PROGRAM),
        "relaying": "  accept hosts = 127.0.0.1",
        "routers": ROUTERS.format(hosts=hosts),
        "transports": TRANSPORTS.format(port=routes.port, encrypted=encrypted),
        # Given up at the first attempt after this time, which is for a queue run to make.
        "retries": "* * F,1s,1s",
    }


def queue_listings(server: base.MailServer) -> list[str]:
    """What waits."""
    return [base.run([*program(server), "-bp"])]


def give_up(server: base.MailServer) -> None:
    """Return what waits to its senders."""
    base.run([*program(server), "-qf"])


def program(server: base.MailServer) -> list[str]:
    """Exim on this server's configuration and queue."""
    return [str(PROGRAM), "-C", str(server.log_path.parent / "exim.conf")]
