"""The program. Commands load when they are used, so that explaining a code does not load what probing needs."""

from __future__ import annotations

import importlib
import os
import sys

import click

from smtpprobe import __version__
from smtpprobe.outcome import ExitCode

COMMANDS = {
    "probe": "Hold a conversation with mail servers and explain every reply.",
    "explain": "Explain a code, an enhanced code, a reply or a pasted dialogue.",
    "codes": "Browse the reply codes.",
    "extensions": "Browse the EHLO keywords.",
    "fake": "Run a fake mail server.",
    "demo": "Show what smtpprobe does, on a fake server and with no network.",
}


class _Lazy(click.Group):
    """A group whose commands are imported by name: ``smtpprobe.cli.probe`` has the command ``probe``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"smtpprobe.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Lazy,
    context_settings={
        "auto_envvar_prefix": "SMTPPROBE",
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
)
@click.version_option(__version__, prog_name="smtpprobe")
def cli() -> None:
    """Probe mail servers live and explain every reply they give.

    Every option can also be set in the environment: SMTPPROBE_PROBE_TIMEOUT=5 is probe's --timeout.
    """


def main() -> None:
    """The console script. Whatever goes wrong ends in one sentence and an exit status."""
    try:
        cli()
    except BrokenPipeError:
        # Whoever read our output went away (head, less): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.OK)
    except OSError as error:
        click.echo(f"Error: {error.strerror or error}: check that the file or address can be used.", err=True)
        sys.exit(ExitCode.USAGE)
    except Exception as error:
        if os.environ.get("SMTPPROBE_DEBUG"):
            raise
        words = f"{type(error).__name__}: {error}"[:200]
        click.echo(f"Error: a mistake in smtpprobe ({words!a}); SMTPPROBE_DEBUG=1 shows where.", err=True)
        sys.exit(ExitCode.INCONCLUSIVE)
