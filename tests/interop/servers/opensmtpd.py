"""OpenSMTPD from its unpacked package, listening on loopback. Holds its configuration, and never a probe."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import base

COMPLAINT = re.compile(r'smtp (?:bad-input|failed-command .* result="50)|smtp disconnected reason=(?!quit)')

CONFIGURATION = """\
{pki}
smtp max-message-size 10485760
table aliases file:{folder}/aliases
listen on 127.0.0.1 port {port} hostname {hostname} {tls}
action "keep" maildir "{folder}/mail" alias <aliases>
match from any for domain {{ "{domain}", "{hostname}" }} action "keep"
"""

# Paths compiled into smtpd: made inside a mount namespace, so that two may run and nothing stays behind.
PLACES = """\
for place in /run /var/lib /var/spool; do mount -t tmpfs tmpfs $place; done
mkdir -p /var/lib/opensmtpd/empty
mkdir -m 711 /var/spool/smtpd"""


@contextmanager
def running(parent: Path, certificates: base.Certificates, *, tls: bool = True) -> Iterator[base.MailServer]:
    """OpenSMTPD as it comes, which offers STARTTLS and neither AUTH in clear nor PIPELINING."""
    with base.workplace("opensmtpd", parent) as folder:
        (folder / "aliases").write_text("postmaster: root\n")
        key = base.private_copy(certificates.key_file, folder / "key.pem", "root")
        pki = f'pki {base.HOSTNAME} cert "{certificates.chain_file}"\npki {base.HOSTNAME} key "{key}"'
        server = base.MailServer("opensmtpd", base.free_port(), folder / "log", certificates.ca_file, COMPLAINT)
        configuration = folder / "smtpd.conf"
        configuration.write_text(
            CONFIGURATION.format(
                pki=pki if tls else "",
                folder=folder,
                port=server.port,
                hostname=base.HOSTNAME,
                domain=base.DOMAIN,
                tls=f"tls pki {base.HOSTNAME}" if tls else "",
            )
        )
        command = [str(base.UNPACKED / "usr/sbin/smtpd"), "-d", "-f", str(configuration)]
        with base.process(server, base.isolated("mount", PLACES, command), server.log_path):
            yield server
