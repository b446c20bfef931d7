"""``smtpprobe probe``: the main job."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from typing import Any

import click

from smtpprobe import target
from smtpprobe.cli import consent, interrupts, language, options
from smtpprobe.cli.errors import Refused, say
from smtpprobe.cli.exit_status import exit_status
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.loop import run, stop_event, tell_faults
from smtpprobe.cli.output import output_stream
from smtpprobe.cli.showing import Show
from smtpprobe.model import Report, Target
from smtpprobe.names import Resolver
from smtpprobe.outcome import ExitCode, Profile, Severity, Stage, TlsMode
from smtpprobe.probes import BY_NAME, relay
from smtpprobe.run import Settings, survey
from smtpprobe.run.settings import RELAY_FORMS
from smtpprobe.wire import tls

STAGES = [Stage.CONNECT, Stage.GREETING, Stage.EHLO, Stage.CLEAR, Stage.STARTTLS, Stage.TLS]


@click.command("probe")
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@click.option("--mx", is_flag=True, help="TARGET is a mail domain: probe its mail servers.")
@click.option("--all", is_flag=True, help="Probe every address, and with --mx every mail server.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="PORT", help="Where TARGET names none.  [default: 25]")
@click.option("--tls", type=click.Choice([str(mode) for mode in TlsMode]), help="How to get TLS.")
@click.option(
    "--profile",
    default="capabilities",
    show_default=True,
    metavar="PROFILE",
    help=f"How much to ask: {', '.join(Profile)}.",
)
@click.option("--only", multiple=True, callback=options.names, metavar="PROBE,...", help="Only these probes.")
@click.option("--skip", multiple=True, callback=options.names, metavar="PROBE,...", help="All but these probes.")
@click.option("--yes", is_flag=True, help="Put questions that may look like an attack without asking first.")
@click.option(
    "--relay-forms",
    type=click.IntRange(0, len(relay.FORMS)),
    metavar="N",
    default=RELAY_FORMS,
    show_default=True,
    help="Forms of relaying to try in profile security.",
)
@click.option(
    "--command",
    multiple=True,
    type=options.Line(),
    callback=options.checked(target.check_line),
    metavar="LINE",
    help="Send this command too.",
)
@click.option(
    "--domain",
    callback=options.checked(target.host_name),
    metavar="DOMAIN",
    help="A domain whose mail the server takes.",
)
@click.option(
    "--ehlo-name",
    callback=options.checked(target.check_ehlo_name),
    metavar="NAME",
    help="What to call ourselves in EHLO.",
)
@click.option("--source", callback=options.address, metavar="ADDRESS", help="Connect from this address.")
@click.option("-4", "family", flag_value="4", help="IPv4 only.")
@click.option("-6", "family", flag_value="6", help="IPv6 only.")
@click.option("--resolver", multiple=True, metavar="ADDRESS[:PORT]", help="Ask this DNS server.")
@click.option("--allow-private", is_flag=True, help="Follow MX records to private addresses.")
@click.option(
    "--sni", callback=options.checked(target.host_name), metavar="NAME", help="Name to ask the certificate for."
)
@click.option("--ca-file", metavar="FILE", help="Trusted authorities (PEM), instead of the system's.")
@click.option("--client-cert", metavar="FILE", help="Client certificate (PEM).")
@click.option("--client-key", metavar="FILE", help="Its key (PEM), where that is in another file.")
@click.option("--proxy", type=click.Choice(["v1", "v2"]), help="Begin with a PROXY header.")
@click.option(
    "--proxy-source",
    callback=options.address_and_port,
    metavar="ADDRESS:PORT",
    help="Whom the PROXY header names.  [default: ourselves]",
)
@click.option(
    "--timeout",
    type=options.Seconds(),
    metavar="SECONDS",
    help="For each step.  [default: 10; 30 for the greeting]",
)
@click.option(
    "--deadline",
    type=options.Seconds(),
    metavar="SECONDS",
    default=120,
    show_default=True,
    help="For the whole run of a target.",
)
@click.option(
    "--connections",
    type=click.IntRange(1, 2),
    metavar="1|2",
    default=2,
    show_default=True,
    help="Connections open at a time.",
)
@click.option("--no-pipelining", is_flag=True, help="One command a round trip.")
@click.option("--quit-after", type=click.Choice([str(one) for one in STAGES]), help="Say QUIT after this stage.")
@click.option("--drop-after", type=click.Choice([str(one) for one in STAGES]), help="Hang up after this stage.")
@click.option(
    "--fail-on",
    type=click.Choice(["never", *[str(one) for one in Severity]]),
    default="never",
    show_default=True,
    help="Exit with 1 for a finding of this severity or above.",
)
@click.option("--inconclusive", type=click.Choice(["fail", "pass"]), help="Exit with 1 (fail) or 0 (pass), not with 4.")
@click.option("--brief", is_flag=True, help="Show the table, the findings and the verdict alone.")
@language.option
@options.output_options(
    "text", "json", quiet="Show the verdict alone.", verbose="Show the dialogue on stderr where stdout does not."
)
def command(**given: Any) -> ExitCode:
    """Hold a conversation with a mail server and explain every reply.

    TARGET is a host, host:port, [v6]:port, smtp://, smtps://, submission://, lmtp://, unix:PATH, or with --mx a
    domain.

    \b
    Exit status:
      0  answered
      1  a finding at or above --fail-on
      2  a mistake on the command line: nothing was sent
      3  no SMTP conversation was possible
      4  inconclusive: try again
    """
    settings = _settings(given)
    targets = _targets(given)
    resolver = _resolver(given)
    consent.obtain(targets, settings, given=given["yes"])
    single = len(targets) == 1 and not given["all"]
    lines = given["format"] == "json" and not single
    with interrupts.heeded() as stop, output_stream(given["output"], lines=lines) as stream:
        show = Show(given, stream, single=single)
        reports = run(_probe_all(targets, settings, resolver, given, show, stop))
    return exit_status(reports, given["fail_on"], given["inconclusive"], stopped=stop.asked)


def _settings(given: dict[str, Any]) -> Settings:
    options.known([given["profile"]], list(Profile), "profile")
    options.known((*given["only"], *given["skip"]), BY_NAME, "probe")
    if given["quit_after"] and given["drop_after"]:
        raise Refused("--quit-after and --drop-after exclude each other: give one of them.")
    if given["proxy_source"] and not given["proxy"]:
        raise Refused("--proxy-source needs --proxy: say which version of the header to send, v1 or v2.")
    _check_certificates(given)
    stage = given["quit_after"] or given["drop_after"]
    return Settings(
        profile=Profile(given["profile"]),  # type: ignore[call-arg]
        only=given["only"],
        skip=given["skip"],
        lines=given["command"],
        domain=given["domain"],
        ehlo_name=given["ehlo_name"],
        sni=given["sni"],
        source=given["source"],
        timeout=given["timeout"] or 10.0,
        greeting_timeout=given["timeout"] or 30.0,
        deadline=given["deadline"],
        pipelining=not given["no_pipelining"],
        lanes=given["connections"],
        ca_file=given["ca_file"],
        client_certificate=given["client_cert"],
        client_key=given["client_key"],
        proxy=int(given["proxy"][1]) if given["proxy"] else None,
        proxy_source=given["proxy_source"],
        stop_after=Stage(stage) if stage else None,  # type: ignore[call-arg]
        drop=bool(given["drop_after"]),
        relay_forms=given["relay_forms"],
    )


def _check_certificates(given: dict[str, Any]) -> None:
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


def _targets(given: dict[str, Any]) -> list[Target]:
    mode = TlsMode(given["tls"]) if given["tls"] else None  # type: ignore[call-arg]
    try:
        return [target.parse(text, port=given["port"], mx=given["mx"], tls=mode) for text in given["targets"]]
    except target.TargetError as error:
        raise Refused(str(error)) from error


def _resolver(given: dict[str, Any]) -> Resolver:
    try:
        return Resolver(given["resolver"])
    except target.TargetError as error:
        raise Refused(str(error)) from error


async def _probe_all(
    targets: Sequence[Target], settings: Settings, resolver: Resolver, given: dict[str, Any], show: Show, stop: Stop
) -> list[Report]:
    """One target after the other, until the user stops the run."""
    tell_faults()
    event = stop_event(stop, show.stream)
    reports = []
    for number, one in enumerate(targets):
        if stop.asked:
            if stop.signalled:
                say(f"stopped after {number} of {len(targets)} targets: name the others again to probe them.")
            break
        async for report in survey(
            one,
            settings,
            resolver,
            every=given["all"],
            family=given["family"] or "any",
            allow_private=given["allow_private"],
            watcher=show.watcher,
            stop=event,
        ):
            reports.append(report)
            show.report(report)
    return reports
