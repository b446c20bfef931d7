"""Postfix as installed, on a configuration and a queue of our own. Holds both, and never a probe."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import base

ACCOUNT = "postfix"
COMPLAINT = re.compile(
    r"improper command pipelining|non-SMTP command|too many errors|lost connection after|timeout after"
    r"|SSL_accept error|bare <LF>"
)

PARAMETERS = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = {hostname}
mydomain = {domain}
mydestination = {domain}, {hostname}
mynetworks = {clients}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps = inline:{{ root=root postmaster=root }}
local_transport = discard:
default_transport = error:no way out
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_auth_enable = yes
smtpd_sasl_local_domain = {hostname}
smtpd_tls_auth_only = {auth_only}
smtpd_tls_security_level = {level}
smtpd_tls_chain_files = {chain}
smtpd_helo_restrictions = {helo}
smtpd_hard_error_limit = {error_limit}
message_size_limit = 10240000
"""

SMTPD = "127.0.0.1:{port} inet n - n - - smtpd\n"

# A watch at the door, which turns away who talks before the greeting.
POSTSCREEN = """\
127.0.0.1:{port} inet n - n - 1 postscreen
smtpd     pass  -  -  n  -     - smtpd
dnsblog   unix  -  -  n  -     0 dnsblog
tlsproxy  unix  -  -  n  -     0 tlsproxy
"""
POSTSCREEN_PARAMETERS = """\
postscreen_access_list =
postscreen_cache_map =
postscreen_greet_action = enforce
postscreen_greet_wait = 1s
"""

SERVICES = """\
cleanup   unix  n  -  n  -     0 cleanup
qmgr      unix  n  -  n  300   1 qmgr
tlsmgr    unix  -  -  n  1000? 1 tlsmgr
rewrite   unix  -  -  n  -     - trivial-rewrite
bounce    unix  -  -  n  -     0 bounce
defer     unix  -  -  n  -     0 bounce
trace     unix  -  -  n  -     0 bounce
verify    unix  -  -  n  -     1 verify
proxymap  unix  -  -  n  -     - proxymap
error     unix  -  -  n  -     - error
discard   unix  -  -  n  -     - discard
anvil     unix  -  -  n  -     1 anvil
postlog   unix-dgram n - n -   1 postlogd
"""

SENDING_PARAMETERS = """\
transport_maps = inline:{{ {transports} }}
smtp_tls_policy_maps = inline:{{ {policies} }}
smtp_skip_5xx_greeting = no
"""

SENDING_SERVICES = """\
smtp      unix  -  -  n  -     - smtp
pickup    unix  n  -  n  60    1 pickup
retry     unix  -  -  n  -     - error
scache    unix  -  -  n  -     1 scache
showq     unix  n  -  n  -     - showq
"""

SASL = """\
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {passwords}
mech_list: {mechanisms}
"""

HARD_ERROR_LIMIT = 20
MECHANISMS = "PLAIN LOGIN CRAM-MD5"


@contextmanager
def running(
    parent: Path,
    certificates: base.Certificates,
    *,
    tls: bool = True,
    require_tls: bool = False,
    strict_helo: bool = False,
    error_limit: int = HARD_ERROR_LIMIT,
    postscreen: bool = False,
    routes: base.Routes | None = None,
    mechanisms: str = MECHANISMS,
) -> Iterator[base.MailServer]:
    """Postfix with AUTH, which it keeps for TLS wherever there is TLS."""
    with base.workplace("postfix", parent) as folder:
        (folder / "queue").mkdir()
        (folder / "data").mkdir(mode=0o700)
        shutil.chown(folder / "data", ACCOUNT, ACCOUNT)
        chain = folder / "key-and-chain.pem"
        base.private_copy(certificates.key_file, chain, "root")
        with chain.open("ab") as both:
            both.write(certificates.chain_file.read_bytes())
        server = base.MailServer("postfix", base.free_port(), folder / "log", certificates.ca_file, COMPLAINT)
        settings = folder / "settings"
        settings.mkdir()
        (settings / "main.cf").write_text(
            PARAMETERS.format(
                folder=folder,
                clients="127.0.0.0/8" if routes else "",
                hostname=base.HOSTNAME,
                domain=base.DOMAIN,
                chain=chain if tls else "",
                auth_only="yes" if tls else "no",
                level="encrypt" if require_tls else "may" if tls else "none",
                helo="reject_non_fqdn_helo_hostname" if strict_helo else "",
                error_limit=error_limit,
            )
            + (sending(routes) if routes else "")
            + (POSTSCREEN_PARAMETERS if postscreen else "")
        )
        door = (POSTSCREEN if postscreen else SMTPD).format(port=server.port)
        (settings / "master.cf").write_text(door + SERVICES + (SENDING_SERVICES if routes else ""))
        add_user(settings / "sasl", folder / "passwords", mechanisms)
        # "check" makes the queue's folders; "postfix start-fg" would put a shell between us and the master.
        base.run(["postfix", "-c", str(settings), "check"])
        master = Path(base.run(["postconf", "-dh", "daemon_directory"]).strip()) / "master"
        with base.process(server, [str(master), "-c", str(settings), "-s"], folder / "output"):
            yield server


def sending(routes: base.Routes) -> str:
    """The parameters that make it deliver."""
    nexthops = {domain: f"[{host}]:{routes.port}" for domain, host in routes.hosts.items()}
    return SENDING_PARAMETERS.format(
        transports=", ".join(f"{{ {domain} = smtp:{nexthop} }}" for domain, nexthop in nexthops.items()),
        policies=", ".join(f"{{ {nexthops[domain]} = encrypt }}" for domain in routes.encrypted),
    )


def queue_listings(server: base.MailServer) -> list[str]:
    """What waits, in each form that Postfix tells it in."""
    postqueue = ["postqueue", "-c", str(server.log_path.parent / "settings")]
    return [base.run([*postqueue, "-p"]), base.run([*postqueue, "-j"])]


def give_up(server: base.MailServer) -> None:
    """Return what waits to its senders."""
    settings = str(server.log_path.parent / "settings")
    base.run(["postsuper", "-c", settings, "-e", "ALL", "deferred"])
    base.run(["postqueue", "-c", settings, "-f"])


def add_user(library: Path, passwords: Path, mechanisms: str) -> None:
    """Debian's Postfix reads the folder `sasl` beside main.cf, whatever cyrus_sasl_config_path says."""
    library.mkdir()
    (library / "smtpd.conf").write_text(SASL.format(passwords=passwords, mechanisms=mechanisms))
    saslpasswd = [str(base.UNPACKED / "usr/sbin/saslpasswd2"), "-c", "-p", "-f", str(passwords), "-u", base.HOSTNAME]
    base.run([*saslpasswd, base.USER], entered=base.PASSWORD)
    shutil.chown(passwords, ACCOUNT, ACCOUNT)
