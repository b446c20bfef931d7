"""``smtpprobe probe``: the main job."""

from __future__ import annotations

import asyncio
import signal
import ssl
import sys
from collections.abc import AsyncIterator, Sequence
from typing import IO, Any

import click

from smtpprobe import target
from smtpprobe.cli import options
from smtpprobe.cli.exit_status import exit_status
from smtpprobe.cli.loop import loop_factory
from smtpprobe.model import Report, Target
from smtpprobe.names import Resolver
from smtpprobe.outcome import Profile, Severity, Stage, TlsMode
from smtpprobe.probes import BY_NAME
from smtpprobe.run import Settings, survey
from smtpprobe.watch import Watcher
from smtpprobe.wire import tls

STAGES = [Stage.CONNECT, Stage.GREETING, Stage.EHLO, Stage.CLEAR, Stage.STARTTLS, Stage.TLS]
_SECONDS = click.FloatRange(0.01, 86_400)


@click.command("probe")
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@click.option("--mx", is_flag=True, help="TARGET is a mail domain: probe its mail servers.")
@click.option("--all", "every", is_flag=True, help="Probe every address (with --mx of every mail server).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port, where TARGET names none.  [default: 25]")
@click.option("--tls", "tls_mode", type=click.Choice([str(mode) for mode in TlsMode]), help="How to get TLS.")
@click.option("--profile", default="capabilities", show_default=True, help="How much to ask: ehlo, capabilities, full.")
@click.option("--only", multiple=True, callback=options.names, help="Only these probes.")
@click.option("--skip", multiple=True, callback=options.names, help="All but these probes.")
@click.option(
    "--command", "lines", multiple=True, callback=options.checked(target.check_line), help="Send this line too."
)
@click.option("--domain", callback=options.checked(target.host_name), help="A domain whose mail the server takes.")
@click.option("--ehlo-name", callback=options.checked(target.check_ehlo_name), help="What to call ourselves in EHLO.")
@click.option("--source", callback=options.address, help="Connect from this address.")
@click.option("-4", "family", flag_value="4", help="IPv4 only.")
@click.option("-6", "family", flag_value="6", help="IPv6 only.")
@click.option("--resolver", "resolvers", multiple=True, metavar="ADDRESS[:PORT]", help="Ask this DNS server.")
@click.option("--allow-private", is_flag=True, help="Follow MX records to private addresses.")
@click.option("--sni", callback=options.checked(target.host_name), help="Name to ask the certificate for.")
@click.option("--ca-file", help="Trusted authorities (PEM), instead of the system's.")
@click.option("--client-cert", help="Client certificate (PEM).")
@click.option("--client-key", help="Its key, where that is in another file.")
@click.option("--proxy", type=click.Choice(["v1", "v2"]), help="Begin with a PROXY header.")
@click.option("--proxy-source", callback=options.address_and_port, metavar="ADDRESS:PORT", help="Whom it names.")
@click.option("--timeout", type=_SECONDS, help="Seconds for a step.  [default: 10; the greeting 30]")
@click.option("--deadline", type=_SECONDS, default=120, show_default=True, help="Seconds for the whole run.")
@click.option("--connections", type=click.IntRange(1, 2), default=2, show_default=True, help="Open at a time.")
@click.option("--no-pipelining", is_flag=True, help="One command a round trip.")
@click.option("--quit-after", type=click.Choice([str(stage) for stage in STAGES]), help="Say QUIT after this stage.")
@click.option("--drop-after", type=click.Choice([str(stage) for stage in STAGES]), help="Hang up after this stage.")
@click.option(
    "--fail-on",
    type=click.Choice(["never", *[str(one) for one in Severity]]),
    default="never",
    show_default=True,
    help="Exit with 1 for a finding of this severity or above.",
)
@click.option("--inconclusive", type=click.Choice(["fail", "pass"]), help="Exit with 1 or 0 in place of 4.")
@click.option("--brief", is_flag=True, help="The table and the findings alone.")
@options.output_options("text", "json")
def command(**given: Any) -> None:
    """Hold a conversation with a mail server and explain every reply.

    TARGET is a host, host:port, [v6]:port, smtp://, smtps://, submission://, lmtp://, unix:PATH, or with --mx a
    domain.

    \b
    Exit status: 0 answered, 1 a finding at or above --fail-on, 2 nothing was sent, 3 no conversation was
    possible, 4 inconclusive: try again.
    """
    settings = _settings(given)
    targets = _targets(given)
    with options.output_stream(given["output"]) as stream, asyncio.Runner(loop_factory=loop_factory()) as runner:
        reports = runner.run(_probe_all(targets, settings, given, stream))
    sys.exit(exit_status(reports, given["fail_on"], given["inconclusive"]))


def _settings(given: dict[str, Any]) -> Settings:
    options.known([given["profile"]], list(Profile), "profile")
    options.known((*given["only"], *given["skip"]), BY_NAME, "probe")
    if given["quit_after"] and given["drop_after"]:
        raise click.UsageError("--quit-after and --drop-after exclude each other: give one of them.")
    if given["client_key"] and not given["client_cert"]:
        raise click.UsageError("--client-key needs --client-cert: name the certificate that it belongs to.")
    for path, what in ((given["ca_file"], "CA file"), (given["client_cert"], "client certificate")):
        options.readable(path, what)
    options.readable(given["client_key"], "client key")
    try:
        tls.roots(given["ca_file"]) if given["ca_file"] else None
        tls.context(given["client_cert"], given["client_key"]) if given["client_cert"] else None
    except (ssl.SSLError, ValueError) as error:
        which = "--client-cert" if isinstance(error, ssl.SSLError) else "--ca-file"
        raise click.UsageError(
            f"The file of {which} is no usable PEM: check its contents and that the key fits."
        ) from None
    stage = given["quit_after"] or given["drop_after"]
    return Settings(
        profile=Profile(given["profile"]),  # type: ignore[call-arg]
        only=given["only"],
        skip=given["skip"],
        lines=given["lines"],
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
    )


def _targets(given: dict[str, Any]) -> list[Target]:
    mode = TlsMode(given["tls_mode"]) if given["tls_mode"] else None  # type: ignore[call-arg]
    try:
        return [target.parse(text, port=given["port"], mx=given["mx"], tls=mode) for text in given["targets"]]
    except target.TargetError as error:
        raise click.UsageError(str(error)) from error


async def _probe_all(
    targets: Sequence[Target], settings: Settings, given: dict[str, Any], stream: IO[str]
) -> list[Report]:
    """One target after the other. Ctrl-C ends the run with what was learnt; a second one ends it at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    try:
        resolver = Resolver(given["resolvers"])
    except target.TargetError as error:
        raise click.UsageError(str(error)) from error

    def interrupted() -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    loop.add_signal_handler(signal.SIGINT, interrupted)
    show = _Show(given, stream, single=len(targets) == 1 and not given["every"])
    reports = []
    for one in targets:
        if stop.is_set():
            break
        async for report in _reports(one, settings, resolver, given, show.watcher, stop):
            reports.append(report)
            show.report(report)
    return reports


def _reports(
    one: Target,
    settings: Settings,
    resolver: Resolver,
    given: dict[str, Any],
    watcher: Watcher | None,
    stop: asyncio.Event,
) -> AsyncIterator[Report]:
    return survey(
        one,
        settings,
        resolver,
        every=given["every"],
        family=given["family"] or "any",
        allow_private=given["allow_private"],
        watcher=watcher,
        stop=stop,
    )


class _Show:
    """Prints what comes, in the form that was asked for. Rich loads only where text is shown."""

    def __init__(self, given: dict[str, Any], stream: IO[str], *, single: bool) -> None:
        self._given = given
        self._stream = stream
        self._single = single
        self.watcher: Watcher | None = None
        live = given["verbose"] if given["form"] == "json" else not (given["brief"] or given["quiet"])
        if live:
            self.watcher = self._live()

    def _live(self) -> Watcher:
        from smtpprobe.render.live import Live
        from smtpprobe.render.screen import console

        stream = sys.stderr if self._given["form"] == "json" else self._stream
        return Live(console(stream, color=options.colour(self._given["no_color"])))

    def report(self, report: Report) -> None:
        """One finished report."""
        if self._given["form"] == "json":
            self._as_json(report)
        else:
            self._as_text(report)

    def _as_json(self, report: Report) -> None:
        from smtpprobe.render import json

        self._stream.write(json.render(report) if self._single else json.line(report))
        self._stream.flush()

    def _as_text(self, report: Report) -> None:
        from smtpprobe.render import text
        from smtpprobe.render.screen import console

        screen = console(self._stream, color=options.colour(self._given["no_color"]))
        if self._given["quiet"]:
            text.verdict(report, screen)
        else:
            text.summary(report, screen, brief=self._given["brief"])
