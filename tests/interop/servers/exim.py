"""Exim from its unpacked package, listening on loopback. Holds its configuration, and never a probe."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import base

ACCOUNT = "Debian-exim"
COMPLAINT = re.compile(
    r"SMTP protocol (?:synchronization )?error|SMTP syntax error|SMTP call from .* dropped|unexpected disconnection"
    r"|SMTP command timeout|SMTP connection from .* lost|TLS error|rejected (?:EHLO|HELO)"
)

CONFIGURATION = """\
primary_hostname = {hostname}
domainlist local_domains = {domain} : {hostname}
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/pid
log_selector = +smtp_connection +smtp_syntax_error +smtp_protocol_error +smtp_no_mail
keep_environment =
host_lookup =
rfc1413_hosts =
rfc1413_query_timeout = 0s
queue_only = true
message_size_limit = 52428800
acl_smtp_rcpt = rcpt
acl_smtp_data = data
{tls}

begin acl
rcpt:
  accept domains = +local_domains
         verify = recipient
  accept authenticated = *
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

begin transports
nowhere:
  driver = appendfile
  file = /dev/null
  user = {account}

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{ {{eq{{$auth2}}{{{user}}}}} {{eq{{$auth3}}{{{password}}}}} }} }}
  server_set_id = $auth2
"""

TLS = """\
tls_advertise_hosts = *
tls_certificate = {chain}
tls_privatekey = {key}"""


@contextmanager
def running(parent: Path, certificates: base.Certificates, *, tls: bool = True) -> Iterator[base.MailServer]:
    """Exim with PLAIN offered in clear too, so that a probe has something to find."""
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
                folder=folder,
                account=ACCOUNT,
                user=base.USER,
                password=base.PASSWORD,
                tls=TLS.format(chain=certificates.chain_file, key=key) if tls else "tls_advertise_hosts =",
            )
        )
        server = base.MailServer("exim", base.free_port(), folder / "mainlog", certificates.ca_file, COMPLAINT)
        listen = f"127.0.0.1.{server.port}"
        command = [str(base.UNPACKED / "usr/sbin/exim4"), "-C", str(configuration), "-bdf", "-oX", listen]
        with base.process(server, command, folder / "output"):
            yield server
