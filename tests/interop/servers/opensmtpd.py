"""OpenSMTPD from its unpacked package, listening on loopback. Holds its configuration, and never a probe."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import base

GROUP = "opensmtpq"
COMPLAINT = re.compile(r'smtp (?:bad-input|failed-command .* result="50)|smtp disconnected reason=(?!quit)')

CONFIGURATION = """\
{pki}
smtp max-message-size {size}
table aliases file:{folder}/aliases
listen on {host} port {port} hostname {hostname} {tls}
action "keep" maildir "{folder}/mail" alias <aliases>
match from any for domain {{ "{domain}", "{hostname}" }} action "keep"
{routing}
"""
ROUTING = """\
action "to {domain}" relay host {scheme}://{host}:{port}
match from any for domain "{domain}" action "to {domain}\""""

# Paths compiled into smtpd and smtpctl: mounted inside a mount namespace, so that two may run and nothing stays behind.
# No client's address is looked up in the DNS, which smtpd waits for.
PLACES = """\
cd {folder}/places
mkdir -p run lib/opensmtpd/empty spool
[ -d spool/smtpd ] || mkdir -m 711 spool/smtpd
mount --bind run /run; mount --bind lib /var/lib; mount --bind spool /var/spool
echo 'lookup file' >resolv.conf
mount --bind resolv.conf /etc/resolv.conf"""


@contextmanager
def running(
    parent: Path,
    certificates: base.Certificates,
    *,
    tls: bool = True,
    routes: base.Routes | None = None,
    host: str = "127.0.0.1",
    port: int | None = None,
    size: int = 10_485_760,
) -> Iterator[base.MailServer]:
    """OpenSMTPD as it comes, which offers STARTTLS and neither AUTH in clear nor PIPELINING."""
    with base.workplace("opensmtpd", parent) as folder:
        (folder / "places").mkdir()
        (folder / "aliases").write_text("postmaster: root\n")
        key = base.private_copy(certificates.key_file, folder / "key.pem", "root")
        pki = f'pki {base.HOSTNAME} cert "{certificates.chain_file}"\npki {base.HOSTNAME} key "{key}"'
        where = port or base.free_port()
        server = base.MailServer("opensmtpd", where, folder / "log", certificates.ca_file, COMPLAINT, host)
        configuration = folder / "smtpd.conf"
        configuration.write_text(
            CONFIGURATION.format(
                size=size,
                pki=pki if tls else "",
                folder=folder,
                host=host,
                port=server.port,
                hostname=base.HOSTNAME,
                domain=base.DOMAIN,
                tls=f"tls pki {base.HOSTNAME}" if tls else "",
                routing=sending(routes) if routes else "",
            )
        )
        command = [str(base.UNPACKED / "usr/sbin/smtpd"), "-d", "-f", str(configuration)]
        with base.process(server, base.isolated("mount", PLACES.format(folder=folder), command), server.log_path):
            yield server


def sending(routes: base.Routes) -> str:
    """The rules that make it deliver, for any client."""
    schemes = {domain: "smtp+tls" if domain in routes.encrypted else "smtp" for domain in routes.hosts}
    return "\n".join(
        ROUTING.format(domain=domain, scheme=schemes[domain], host=host, port=routes.port)
        for domain, host in routes.hosts.items()
    )


def queue_listings(server: base.MailServer) -> list[str]:
    """What waits."""
    # The package would have given the program to this group.
    as_installed = ["setpriv", f"--regid={GROUP}", "--clear-groups"]
    smtpctl = [*as_installed, str(base.UNPACKED / "usr/sbin/smtpctl"), "show", "queue"]
    return [base.run(base.isolated("mount", PLACES.format(folder=server.log_path.parent), smtpctl))]
