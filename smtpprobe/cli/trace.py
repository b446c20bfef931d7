"""``smtpprobe trace``: the way of a mail, walked without sending one."""

from __future__ import annotations

from typing import IO, Any

import click

from smtpprobe import target
from smtpprobe.cli import delivery_options, interrupts, options
from smtpprobe.cli.connecting import connecting_options, resolver_of
from smtpprobe.cli.exit_status import trace_status
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.journeys import family_of, journey_of, settings_of
from smtpprobe.cli.loop import run, stop_event, tell_faults
from smtpprobe.cli.output import output_stream
from smtpprobe.cli.progress import waiting
from smtpprobe.journey import Journey, Trace
from smtpprobe.names import Resolver
from smtpprobe.outcome import ExitCode, Severity
from smtpprobe.render import escape
from smtpprobe.run.settings import Settings
from smtpprobe.trace import trace
from smtpprobe.trace.envelope import EXTRAS


@click.command("trace")
@click.argument("recipient", required=False)
@click.option("--from", metavar="SENDER", help="The sender's address; <> is the null sender.")
@click.option(
    "--from-ip", callback=options.literal, metavar="ADDRESS", help="The public address that the mail leaves from."
)
@click.option("--like", type=click.Choice(["postfix", "exim"]), help="Send as this machine's mail server would.")
@click.option("--like-config", metavar="PATH", help="Its configuration, where that is not in the usual place.")
@click.option("--bounce", metavar="FILE", help="Take addresses and reply from this bounce.")
@click.option(
    "--extra", multiple=True, callback=options.names, metavar="NAME,...", help=f"Ask too: {', '.join(EXTRAS)}."
)
@click.option("--selector", multiple=True, callback=options.names, metavar="NAME,...", help="Check these DKIM keys.")
@click.option(
    "--blocklist", multiple=True, callback=options.names, metavar="ZONE,...", help="Ask these; `usual` are some."
)
@click.option("--wait", is_flag=True, help="Wait for a server that greylists, and try again.")
@click.option("--wait-for", type=options.Seconds(), metavar="SECONDS", help="Wait so long at most.  [default: 3600]")
@click.option("--tls-versions", is_flag=True, help="Try each version of TLS, one connection each.")
@click.option("--ciphers", is_flag=True, help="Try every cipher (needs the extra `tls`).")
@click.option(
    "--control", callback=options.checked(target.host_name), metavar="DOMAIN", help="Tells a blocked port 25."
)
@click.option("--via", metavar="HOST[:PORT]", help="Submit through this server.  [default ports: 465, then 587]")
@click.option("--user", metavar="NAME", help="Log in as this user; where the password comes from stands above.")
@click.option("--auth", metavar="MECHANISM", help="Log in with this mechanism only.")
@click.option("--password-file", metavar="FILE", help="Read the password from this file, - for stdin.")
@click.option("--insecure-auth", is_flag=True, help="Log in even where nobody vouches for the connection.")
@delivery_options.delivery_options
@connecting_options
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    default=25,
    show_default=True,
    help="Where mail servers listen.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*(str(one) for one in Severity), "never"]),
    default="error",
    show_default=True,
    help="Exit 1 for a diagnosis of this severity or above.",
)
@click.option("--inconclusive", type=click.Choice(["fail", "pass"]), help="Exit 1 or 0 instead of 4.")
@options.output_options(
    "text",
    "json",
    "html",
    "markdown",
    quiet="Print the diagnosis alone, in one sentence.",
    verbose="Add every dialogue, every record and all that passed.",
)
def command(**given: Any) -> ExitCode:
    """Walk the way of a mail: stop where it fails, say why, and who must do what. Sends none unless told to.

    \b
    smtpprobe trace ann@example.net --from bob@example.org --from-ip 192.0.2.10
    smtpprobe trace ann@example.net --from bob@example.org --like postfix
    smtpprobe trace --bounce returned.eml
    smtpprobe trace --via smtp.example.com --user bob@example.org

    The password comes from SMTPPROBE_PASSWORD, a token from SMTPPROBE_TOKEN, or either from --password-file or a
    prompt; never from the command line.

    \b
    Exit status:
      0  nothing stands in the way, as far as an envelope shows
      1  the mail does not arrive, or will be refused
      2  a mistake on the command line: nothing was sent
      3  no SMTP conversation was possible
      4  inconclusive: try again
    """
    options.known(given["extra"], EXTRAS, "question")
    journey = journey_of(given)
    settings = settings_of(given, journey)
    resolver = resolver_of(given)
    with interrupts.heeded() as stop, output_stream(given["output"]) as stream:
        with waiting(f"walking to {_goal(journey)} …"):
            walked = run(_trace(journey, settings, resolver, given, stop, stream))
        _show(walked, given, stream)
    return trace_status(walked, given["fail_on"], given["inconclusive"])


def _goal(journey: Journey) -> str:
    if journey.via is not None:
        return escape.terminal(journey.via.host)
    return escape.terminal(journey.recipient.text) if journey.recipient is not None else ""


async def _trace(
    journey: Journey, settings: Settings, resolver: Resolver, given: dict[str, Any], stop: Stop, stream: object
) -> Trace:
    tell_faults()
    async with resolver:
        return await trace(
            journey,
            settings,
            resolver,
            family=family_of(given, journey),
            allow_private=given["allow_private"],
            stop=stop_event(stop, stream),
        )


def _show(walked: Trace, given: dict[str, Any], stream: IO[str]) -> None:
    if given["format"] == "text":
        from smtpprobe.render import trace_text
        from smtpprobe.render.screen import console

        screen = console(stream, color=options.colour(given["no_color"]))
        trace_text.show(walked, screen, verbose=given["verbose"], brief=given["quiet"])
    else:
        from smtpprobe.render import TRACE_RENDERERS

        stream.write(TRACE_RENDERERS[given["format"]](walked))
    stream.flush()
