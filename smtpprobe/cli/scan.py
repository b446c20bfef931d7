"""``smtpprobe scan``: many servers, each asked once, politely, and none lost."""

from __future__ import annotations

from typing import Any

import click

from smtpprobe.cli import options
from smtpprobe.cli.connecting import connecting_options
from smtpprobe.expect.presets import PRESETS
from smtpprobe.outcome import ExitCode, Profile, Severity

#: Conversations that are held at a time unless more are asked for.
AT_ONCE = 500


@click.command("scan")
@click.argument("file", required=False, metavar="[FILE|-]")
@click.option("--mx", is_flag=True, help="Names are mail domains: ask their mail servers.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="PORT", help="Where a line names none.  [default: 25]")
@click.option(
    "--profile",
    type=click.Choice([str(one) for one in Profile if one is not Profile.SECURITY]),
    default="ehlo",
    show_default=True,
    help="How much to ask; ehlo asks HELP too.",
)
@click.option("--expect", metavar="FILE", help="Hold every server to what this file expects of all.")
@click.option("--preset", type=click.Choice(list(PRESETS)), help="Hold every server to these expectations.")
@click.option("--fields", metavar="NAME,...", help="Flat lines with these fields alone; default: the usual ones.")
@click.option("--prose", is_flag=True, help="Put what the catalogue says into every line, not only its ids.")
@click.option("--parquet", metavar="FILE", help="Write a Parquet file too, at the end.")
@click.option("--names", metavar="FILE", help="Write which name leads to which server too, a line of JSON each.")
@click.option("--html", metavar="FILE", help="Write the summary as a page with charts too.")
@click.option(
    "--at-once",
    type=click.IntRange(1, 100_000),
    metavar="N",
    default=AT_ONCE,
    show_default=True,
    help="Conversations at a time.",
)
@click.option(
    "--rate", type=click.FloatRange(0.01, 1_000_000), metavar="N", help="Open at most N connections a second."
)
@click.option(
    "--dns-rate", type=click.FloatRange(0.01, 1_000_000), metavar="N", help="Ask the DNS at most N times a second."
)
@click.option("--blocklist", metavar="FILE", help="Addresses, ranges and domains to leave alone.")
@click.option(
    "--seed", type=click.IntRange(0), metavar="N", default=0, show_default=True, help="Shuffle the servers by this."
)
@click.option(
    "--most-addresses",
    type=click.IntRange(1, 1 << 32),
    metavar="N",
    default=1 << 20,
    show_default=True,
    help="Addresses that the ranges of the list may have in all.",
)
@click.option("--skip-mistakes", is_flag=True, help="Leave out lines that are no targets.")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", default=1, show_default=True, help="Processes.")
@click.option("--dask", metavar="SCHEDULER", help="Ask through the workers of this dask scheduler (tcp://HOST:PORT).")
@click.option("--again", is_flag=True, help="Begin anew, where there is an output of the same name.")
@connecting_options
@click.option(
    "--fail-on",
    type=click.Choice(["never", *[str(one) for one in Severity]]),
    default="never",
    show_default=True,
    help="Exit with 1 for a finding of this severity or above.",
)
@options.output_options("json", quiet="No summary.", verbose="Say how far it is once a minute, without a terminal too.")
def command(**given: Any) -> ExitCode:
    """Ask many mail servers, as FILE lists them, and write a line of JSON about each.

    A line of FILE is a host, host:port, an address, a range (192.0.2.0/24), a URL, or with --mx a domain; # begins a
    comment. However many names lead to a server, it is asked once. With -o the same command goes on where a scan
    was stopped or killed; a name that ends in .gz or .zst is compressed.

    \b
    smtpprobe scan --mx domains.txt -o domains.jsonl.zst
    smtpprobe scan networks.txt --fields default --html page.html -o found.jsonl

    \b
    Exit status:
      0  all servers were asked
      1  an expectation failed, or there is a finding at or above --fail-on
      2  a mistake in the list or on the command line: nothing was sent
      4  stopped before the end: the same command goes on
    """
    from smtpprobe.cli.scan_run import scan

    return scan(given)
