"""``--like`` against the real postconf, postmap and exim, on configurations made here. No server runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import servers.exim
from servers.base import run, workplace

from smtpprobe.journey import LocalSender
from smtpprobe.like import LikeError, read_exim, read_postfix
from smtpprobe.mailbox import mailbox
from smtpprobe.outcome import TlsMode

ANN = mailbox("ann@example.net")
BOB = mailbox("bob@example.org")
SECRET = "open-sesame"

MASTER = """\
smtp      unix  -       -       n       -       -       smtp
relay     unix  -       -       n       -       -       smtp
  -o smtp_helo_name=relay.example.org -o smtp_bind_address=192.0.2.9
slow      unix  -       -       n       -       -       smtp
  -o smtp_tls_security_level=encrypt
error     unix  -       -       n       -       -       error
"""

Postfix = Callable[..., LocalSender]


@pytest.fixture
def folder(server_folder: Path) -> Iterator[Path]:
    with workplace("like", server_folder) as made:
        yield made


@pytest.fixture
def postfix(folder: Path) -> Postfix:
    def read(main: str, **given: object) -> LocalSender:
        (folder / "main.cf").write_text(f"compatibility_level = 3.6\nmyhostname = out.example.org\n{main}")
        (folder / "master.cf").write_text(MASTER)
        # Postfix waits for a file that was written this very second to be complete.
        for file in folder.iterdir():
            os.utime(file, (1_700_000_000, 1_700_000_000))
        return read_postfix(str(folder), **{"recipient": ANN, "sender": BOB, **given})  # type: ignore[arg-type]

    return read


def relay_of(sender: LocalSender) -> tuple[str, int, bool] | None:
    return None if sender.relay is None else (sender.relay.host, sender.relay.port, sender.lookup_mx)


def test_postfix_as_it_comes(postfix: Postfix) -> None:
    sender = postfix("")
    assert sender == LocalSender("Postfix", "out.example.org", tls="none", evidence=("myhostname = out.example.org",))


def test_a_relay_host_with_login_and_tls(postfix: Postfix) -> None:
    sender = postfix(
        "relayhost = [smtp.example.com]:587\n"
        "smtp_tls_security_level = encrypt\n"
        "smtp_helo_name = mail.$mydomain\n"
        "smtp_bind_address = 192.0.2.7\n"
        "smtp_bind_address6 = 2001:db8::7\n"
        "inet_protocols = ipv4\n"
        "smtp_address_preference = ipv4\n"
        "smtp_sasl_auth_enable = yes\n"
        f"smtp_sasl_password_maps = inline:{{ {{ [smtp.example.com]:587 = bob:{SECRET} }} }}\n"
    )
    assert relay_of(sender) == ("smtp.example.com", 587, False)
    assert (sender.ehlo_name, sender.tls, sender.families) == ("mail.example.org", "encrypt", "ipv4")
    assert (sender.bind4, sender.bind6, sender.login) == ("192.0.2.7", "2001:db8::7", True)
    assert "relayhost = [smtp.example.com]:587" in sender.evidence
    assert SECRET not in repr(sender)
    assert len(sender.notes) == 2


def test_the_mx_of_a_relay_host_over_implicit_tls(postfix: Postfix) -> None:
    sender = postfix("relayhost = example.com:465\nsmtp_tls_wrappermode = yes\nsmtp_tls_security_level = secure\n")
    assert relay_of(sender) == ("example.com", 465, True)
    assert sender.relay is not None
    assert (sender.relay.tls, sender.tls) == (TlsMode.IMPLICIT, "verify")
    assert sender.notes == ()


def test_tables_of_transports_and_policies(postfix: Postfix, folder: Path) -> None:
    table = folder / "transport"
    table.write_text(".example.net smtp:[sub.example.com]\nexample.net relay:[hash.example.com]:26\n")
    postfix("")
    run(["postmap", "-c", str(folder), f"hash:{table}"])
    main = (
        f"transport_maps = hash:{table}\n"
        "relayhost = [smtp.example.com]\n"
        "smtp_tls_policy_maps = inline:{ { [hash.example.com]:26 = dane-only }, { .com = none } }\n"
    )
    sender = postfix(main)
    assert relay_of(sender) == ("hash.example.com", 26, False)
    assert (sender.tls, sender.ehlo_name, sender.bind4) == ("dane-only", "relay.example.org", "192.0.2.9")
    assert "relay/unix/smtp_helo_name = relay.example.org" in sender.evidence
    assert "transport_maps: example.net = relay:[hash.example.com]:26" in sender.evidence
    assert relay_of(postfix(main, recipient=mailbox("ann@a.example.net"))) == ("sub.example.com", 25, False)
    elsewhere = postfix(main, recipient=mailbox("ann@example.com"))
    assert (relay_of(elsewhere), elsewhere.tls) == (("smtp.example.com", 25, False), "none")


def test_a_transport_without_next_hop_means_the_recipients_own_servers(postfix: Postfix) -> None:
    sender = postfix("relayhost = [smtp.example.com]\ntransport_maps = inline:{ { example.net = slow: } }\n")
    assert (sender.relay, sender.tls) == (None, "encrypt")


def test_a_table_of_patterns_sees_the_whole_address(postfix: Postfix, folder: Path) -> None:
    (folder / "patterns").write_text("/^example/ smtp:[wrong.example]\n/^bob@/ [bob.example.com]:587\n")
    main = f"transport_maps = regexp:{folder}/patterns\nsender_dependent_relayhost_maps = regexp:{folder}/patterns\n"
    assert relay_of(postfix(main)) == ("bob.example.com", 587, False)
    assert postfix(main, sender=None).relay is None


@pytest.mark.parametrize(
    ("main", "told"),
    [
        ("transport_maps = ldap:/etc/postfix/ldap.cf\n", "is not asked"),
        ("transport_maps = hash:/nosuch/table\n", "could not be asked"),
        ("transport_maps = inline:{ { example.net = error:5.1.1 gone } }\n", "hands the mail to error"),
        ("default_transport = nosuch\n", "master.cf has no transport nosuch"),
        ("default_transport = -edit\n", "no name of a transport"),
        ("relayhost = [smtp.example.com\n", "cannot be read"),
        ("relayhost = [a.example.com]:465\n", "smtp_tls_wrappermode"),
        ("relayhost = [a.example.com], [b.example.com]\n", "only the first"),
        ("mydestination = example.net\n", "own domains"),
        ("smtp_tls_security_level = always\n", "no TLS level"),
        ("smtp_tls_policy_maps = inline:{ { example.net = must } }\n", "no TLS level"),
    ],
)
def test_what_cannot_be_followed_is_noted(postfix: Postfix, main: str, told: str) -> None:
    sender = postfix(main)
    assert told in " ".join(sender.notes)


def test_no_such_postfix(folder: Path) -> None:
    with pytest.raises(LikeError, match=r"main\.cf: No such file"):
        read_postfix(str(folder / "nosuch"))


EXIM = """\
primary_hostname = out.example.org
keep_environment =
domainlist local_domains = example.org
disable_ipv6 = true
begin routers
verifying:
  driver = manualroute
  verify_only
  route_list = * verify.example.com
  transport = plain
other:
  driver = manualroute
  domains = other.example
  route_list = * other.example.com
  transport = plain
computed:
  driver = manualroute
  domains = ${{lookup{{$domain}}lsearch{{/nosuch}}{{$value}}}}
  route_list = * computed.example.com
  transport = plain
{router}
dnslookup:
  driver = dnslookup
  domains = ! +local_domains
  transport = plain
begin transports
plain:
  driver = smtp
smart:
  driver = smtp
  interface = <; 192.0.2.10 ; 2001:db8::10
  helo_data = mail.example.org
  hosts_require_tls = *
  hosts_require_auth = *
  port = 587
begin authenticators
login:
  driver = plaintext
  public_name = PLAIN
  client_send = : bob : {secret}
"""
SMARTHOST = """\
smarthost:
  driver = manualroute
  domains = ! +local_domains
  route_list = * smtp.example.com::{port} byname
  transport = smart
"""


@pytest.fixture
def exim(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], LocalSender]:
    monkeypatch.setenv("PATH", str(servers.exim.PROGRAM.parent), prepend=":")

    def read(router: str) -> LocalSender:
        configuration = folder / "exim.conf"
        configuration.write_text(EXIM.format(router=router, secret=SECRET))
        return read_exim(str(configuration), recipient=ANN, sender=BOB)

    return read


def test_exim_to_the_recipients_own_servers(exim: Callable[[str], LocalSender]) -> None:
    sender = exim("")
    assert sender.relay is None
    assert (sender.software, sender.ehlo_name, sender.families) == ("Exim", "out.example.org", "ipv4")
    assert (sender.tls, sender.login) == ("dane", False)
    assert len(sender.notes) == 1
    assert "computed is passed over" in sender.notes[0]
    assert SECRET not in repr(sender)


def test_exim_through_a_smarthost(exim: Callable[[str], LocalSender]) -> None:
    sender = exim(SMARTHOST.format(port=2525))
    assert relay_of(sender) == ("smtp.example.com", 2525, False)
    assert (sender.ehlo_name, sender.tls, sender.login) == ("mail.example.org", "encrypt", True)
    assert (sender.bind4, sender.bind6) == ("192.0.2.10", "2001:db8::10")
    assert "transport smart: hosts_require_tls = *" in sender.evidence
    assert SECRET not in repr(sender)


def test_exim_with_a_configuration_that_it_refuses(exim: Callable[[str], LocalSender]) -> None:
    with pytest.raises(LikeError, match="Exim configuration error in line"):
        exim("  nosuch = option\n")
