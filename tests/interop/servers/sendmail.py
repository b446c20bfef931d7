"""Sendmail from its unpacked packages, listening on loopback. Holds its configuration, and never a probe."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from . import base

PROGRAMS = base.UNPACKED / "usr/libexec/sendmail"
MACROS = base.UNPACKED / "usr/share/sendmail/cf"
TABLES = base.UNPACKED / "etc/mail"
COMPLAINT = re.compile(
    r"unauthorized PIPELINING|possible SMTP attack|probable open proxy|lost input channel"
    r"|too many bad commands|possible attack|unexpected close|premature EOM|STARTTLS=server, error",
    re.IGNORECASE,
)

CONFIGURATION = """\
OSTYPE(`linux')dnl
define(`confDOMAIN_NAME', `{hostname}')dnl
define(`confMAX_MESSAGE_SIZE', `{size}')dnl
define(`confALIAS_WAIT', `0s')dnl
define(`confDELIVERY_MODE', `{delivery}')dnl
define(`confDONT_PROBE_INTERFACES', `True')dnl
define(`confLOG_LEVEL', `14')dnl
define(`confPID_FILE', `{folder}/pid')dnl
define(`confSERVICE_SWITCH_FILE', `{folder}/service.switch-nodns')dnl
define(`confTO_IDENT', `0s')dnl
define(`ALIAS_FILE', `{folder}/aliases')dnl
define(`HELP_FILE', `{folder}/helpfile')dnl
define(`QUEUE_DIR', `{folder}/queue')dnl
define(`STATUS_FILE', `{folder}/statistics')dnl
{tls}
{privacy}
{routing}
FEATURE(`accept_unresolvable_domains')dnl
FEATURE(`nocanonify')dnl
FEATURE(`no_default_msa')dnl
LOCAL_DOMAIN(`{domain}')dnl
DAEMON_OPTIONS(`Name=MTA, Addr=127.0.0.1, Port={port}')dnl
MAILER(`local')dnl
MAILER(`smtp')dnl
"""

TLS = """\
define(`confCACERT', `{ca}')dnl
define(`confCACERT_PATH', `{folder}')dnl
define(`confSERVER_CERT', `{chain}')dnl
define(`confSERVER_KEY', `{key}')dnl"""

# Nobody is looked up, and nobody logs in outside TLS; the mechanisms left are those that a listener gains nothing from.
PRIVACY = """\
define(`confPRIVACY_FLAGS', `authwarnings,novrfy,noexpn,noetrn')dnl
define(`confAUTH_OPTIONS', `A p y')dnl
define(`confAUTH_MECHANISMS', `PLAIN LOGIN')dnl"""

ROUTING = """\
define(`ESMTP_MAILER_ARGS', `TCP $h {port}')dnl
FEATURE(`mailertable', `hash {folder}/mailertable')dnl
FEATURE(`access_db', `hash {folder}/access')dnl"""

# Sendmail asks for its host's full name before it reads its configuration, and sleeps a minute when there is none.
SLEEP_SECONDS = 90.0


@contextmanager
def running(
    parent: Path,
    certificates: base.Certificates,
    *,
    tls: bool = True,
    private: bool = False,
    routes: base.Routes | None = None,
    size: int = 10_485_760,
) -> Iterator[base.MailServer]:
    """Sendmail with its help file, and with the mechanisms that its SASL library offers by itself, or ``private``."""
    with base.workplace("sendmail", parent) as folder:
        (folder / "queue").mkdir(mode=0o700)
        (folder / "statistics").touch(mode=0o600)
        for table in ("helpfile", "service.switch-nodns"):
            shutil.copyfile(TABLES / table, folder / table)
        key = base.private_copy(certificates.key_file, folder / "key.pem", "root")
        chain = shutil.copyfile(certificates.chain_file, folder / "chain.pem")
        server = base.MailServer("sendmail", base.free_port(), folder / "log", certificates.ca_file, COMPLAINT)
        macros = folder / "sendmail.mc"
        macros.write_text(
            CONFIGURATION.format(
                hostname=base.HOSTNAME,
                domain=base.DOMAIN,
                folder=folder,
                size=size,
                port=server.port,
                tls=TLS.format(folder=folder, ca=certificates.ca_file, chain=chain, key=key) if tls else "dnl",
                privacy=PRIVACY if private else "dnl",
                delivery="background" if routes else "queueonly",
                routing=ROUTING.format(folder=folder, port=routes.port) if routes else "dnl",
            )
        )
        expanded = base.run(["m4", f"-D_CF_DIR_={MACROS}/", str(MACROS / "m4/cf.m4"), str(macros)])
        configuration = folder / "sendmail.cf"
        configuration.write_text(expanded if routes else without_loopback_relay(expanded))
        make_tables(configuration, {"aliases": "postmaster root\n"} | (sending(routes) if routes else {}))
        with base.process(server, program(server, "-bD"), folder / "output", start_seconds=SLEEP_SECONDS):
            yield server


def without_loopback_relay(configuration: str) -> str:
    """The rules without the one that lets 127.0.0.1 relay, which is where our clients come from."""
    return "".join(line for line in configuration.splitlines(keepends=True) if not line.startswith("R127.0.0.1\t"))


def program(server: base.MailServer, *options: str) -> list[str]:
    """Sendmail on this server's configuration and queue, on a host of a full name."""
    # -d89.8 writes what is for syslog to the file of -D, since syslog belongs to the machine.
    settings = ["-C", str(server.log_path.parent / "sendmail.cf"), "-D", str(server.log_path), "-d89.8"]
    return base.isolated("uts", f"hostname {base.HOSTNAME}", [str(PROGRAMS / "sendmail"), *settings, *options])


def make_tables(configuration: Path, tables: Mapping[str, str]) -> None:
    """A database beside the configuration for each table."""
    for name, rows in tables.items():
        makemap = [str(PROGRAMS / "makemap"), "-C", str(configuration), "-N", "hash", str(configuration.parent / name)]
        base.run(makemap, entered=rows)


def sending(routes: base.Routes) -> dict[str, str]:
    """The tables of a server that delivers."""
    return {
        "mailertable": "".join(f"{domain} esmtp:[{host}]\n" for domain, host in routes.hosts.items()),
        "access": "".join(f"TLS_Srv:{routes.hosts[domain]} ENCR:112\n" for domain in routes.encrypted),
    }


def queue_listings(server: base.MailServer) -> list[str]:
    """What waits, in each form that Sendmail tells it in."""
    return [base.run(program(server, "-bp")), base.run(program(server, "-bp", "-v"))]


def give_up(server: base.MailServer) -> None:
    """Return what waits to its senders."""
    base.run(program(server, "-O", "Timeout.queuereturn=1s", "-q"))
