"""How to connect: the options that every command with connections has, and what they are made into."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Any

import click
from click.core import ParameterSource

from smtpprobe import target as targets
from smtpprobe.cli import options
from smtpprobe.cli.errors import Refused
from smtpprobe.names import Resolver
from smtpprobe.wire import tls

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def connecting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Names, addresses, the DNS, certificates, proxies, times."""
    choices: list[Decorator] = [
        click.option(
            "--ehlo-name",
            callback=options.checked(targets.check_ehlo_name),
            metavar="NAME",
            help="What to call ourselves in EHLO.",
        ),
        click.option("--source", callback=options.address, metavar="ADDRESS", help="Connect from this address."),
        click.option("-4", "family", flag_value="4", help="IPv4 only."),
        click.option("-6", "family", flag_value="6", help="IPv6 only."),
        click.option(
            "--resolver",
            multiple=True,
            metavar="SERVER",
            help="Ask this DNS server: ADDRESS[:PORT], tls://ADDRESS, https://URL.",
        ),
        click.option("--allow-private", is_flag=True, help="Follow MX records to private addresses."),
        click.option(
            "--sni",
            callback=options.checked(targets.host_name),
            metavar="NAME",
            help="Name to ask the certificate for.",
        ),
        click.option("--ca-file", metavar="FILE", help="Trusted authorities (PEM), instead of the system's."),
        click.option("--client-cert", metavar="FILE", help="Client certificate (PEM)."),
        click.option("--client-key", metavar="FILE", help="Its key (PEM), where that is in another file."),
        click.option("--proxy", type=click.Choice(["v1", "v2"]), help="Begin with a PROXY header."),
        click.option(
            "--proxy-source",
            callback=options.address_and_port,
            metavar="ADDRESS:PORT",
            help="Whom the PROXY header names.  [default: ourselves]",
        ),
        click.option(
            "--timeout",
            type=options.Seconds(),
            metavar="SECONDS",
            help="For each step.  [default: 10; 30 for the greeting]",
        ),
        click.option(
            "--deadline",
            type=options.Seconds(),
            metavar="SECONDS",
            default=120,
            show_default=True,
            help="For the whole run of a target.",
        ),
    ]
    for option in reversed(choices):
        command = option(command)
    return command


def dialling(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of ``run.Settings`` that these options give."""
    if given["proxy_source"] and not given["proxy"]:
        raise Refused("--proxy-source needs --proxy: say which version of the header to send, v1 or v2.")
    check_certificates(given)
    return {
        "ehlo_name": given["ehlo_name"],
        "sni": given["sni"],
        "source": given["source"],
        "timeout": given["timeout"] or 10.0,
        "greeting_timeout": given["timeout"] or 30.0,
        "deadline": given["deadline"],
        "ca_file": given["ca_file"],
        "client_certificate": given["client_cert"],
        "client_key": given["client_key"],
        "proxy": int(given["proxy"][1]) if given["proxy"] else None,
        "proxy_source": given["proxy_source"],
    }


def dialled_alone(given: dict[str, Any]) -> dict[str, Any]:
    """The same fields, but those only that were asked for: the others are for somebody else to say."""
    fields = dialling(given)
    context = click.get_current_context()
    asked = {name for name in given if context.get_parameter_source(name) is not ParameterSource.DEFAULT}
    options_of = {
        "greeting_timeout": "timeout",
        "client_certificate": "client_cert",
    }
    return {name: value for name, value in fields.items() if options_of.get(name, name) in asked}


def check_certificates(given: dict[str, Any]) -> None:
    """Raise a usage error for certificates or keys that cannot be used."""
    ca_file, certificate, key = given["ca_file"], given["client_cert"], given["client_key"]
    if key and not certificate:
        raise Refused("--client-key needs --client-cert: name the certificate that it belongs to.")
    options.readable(ca_file, "CA file")
    options.readable(certificate, "client certificate")
    options.readable(key, "client key")
    try:
        if ca_file:
            tls.roots(ca_file)
    except ValueError:
        raise Refused(f"The CA file {ca_file!r} holds no usable PEM certificate: check its contents.") from None
    try:
        if certificate:
            tls.context(certificate, key)
    except (ssl.SSLError, ValueError):
        words = f"The client certificate {certificate!r} or its key is no usable PEM: check both, and that they fit."
        raise Refused(words) from None


def resolver_of(given: dict[str, Any]) -> Resolver:
    """Who is asked of the DNS."""
    try:
        return Resolver(given["resolver"], ca_file=given["ca_file"])
    except targets.TargetError as error:
        raise Refused(str(error)) from error
