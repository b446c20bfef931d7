"""``smtpprobe probe``: the main job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from smtpprobe import target
from smtpprobe.cli import consent, interrupts, language, options, portraits
from smtpprobe.cli.connecting import connecting_options, dialling, resolver_of
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
@connecting_options
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
@click.option(
    "--save-personality",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write a personality that answers the same (smtpprobe fake FILE).",
)
@click.option("--redact", is_flag=True, help="Names, addresses and ids in that personality become examples.")
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
    portraits.check(given, len(targets))
    resolver = resolver_of(given)
    consent.obtain(targets, settings, given=given["yes"])
    single = len(targets) == 1 and not given["all"]
    lines = given["format"] == "json" and not single
    with (
        interrupts.heeded() as stop,
        output_stream(given["output"], lines=lines) as stream,
        portraits.saving(given["save_personality"], redact=given["redact"]) as save,
    ):
        show = Show(given, stream, single=single)
        reports = run(_probe_all(targets, settings, resolver, given, show, stop))
        save(reports)
    return exit_status(reports, given["fail_on"], given["inconclusive"], stopped=stop.asked)


def _settings(given: dict[str, Any]) -> Settings:
    options.known([given["profile"]], list(Profile), "profile")
    options.known((*given["only"], *given["skip"]), BY_NAME, "probe")
    if given["quit_after"] and given["drop_after"]:
        raise Refused("--quit-after and --drop-after exclude each other: give one of them.")
    stage = given["quit_after"] or given["drop_after"]
    return Settings(
        profile=Profile(given["profile"]),  # type: ignore[call-arg]
        only=given["only"],
        skip=given["skip"],
        lines=given["command"],
        domain=given["domain"],
        pipelining=not given["no_pipelining"],
        lanes=given["connections"],
        stop_after=Stage(stage) if stage else None,  # type: ignore[call-arg]
        drop=bool(given["drop_after"]),
        relay_forms=given["relay_forms"],
        **dialling(given),
    )


def _targets(given: dict[str, Any]) -> list[Target]:
    mode = TlsMode(given["tls"]) if given["tls"] else None  # type: ignore[call-arg]
    try:
        return [target.parse(text, port=given["port"], mx=given["mx"], tls=mode) for text in given["targets"]]
    except target.TargetError as error:
        raise Refused(str(error)) from error


async def _probe_all(
    targets: Sequence[Target], settings: Settings, resolver: Resolver, given: dict[str, Any], show: Show, stop: Stop
) -> list[Report]:
    """One target after the other, until the user stops the run."""
    tell_faults()
    event = stop_event(stop, show.stream)
    reports = []
    async with resolver:
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
