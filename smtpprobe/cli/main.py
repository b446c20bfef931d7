"""The commands. Each loads when it is used, so that explaining a code does not load what probing needs."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from smtpprobe import __version__
from smtpprobe.cli import errors
from smtpprobe.cli.streams import Output
from smtpprobe.outcome import ExitCode

COMMANDS = {
    "probe": "Hold a conversation with mail servers and explain every reply.",
    "trace": "Walk the way of a mail, and say why it does not arrive.",
    "check": "Hold mail servers to expectations, for CI and monitoring.",
    "diff": "Tell what changed between two reports or servers.",
    "scan": "Ask many mail servers, as a list names them.",
    "exporter": "Probe mail servers whenever Prometheus asks.",
    "explain": "Explain a code, a reply, a dialogue, a log, an error or a bounce.",
    "compare": "Compare two codes side by side.",
    "codes": "Browse the reply codes and the enhanced status codes.",
    "extensions": "Browse the EHLO keywords.",
    "fake": "Run a fake mail server.",
    "demo": "Show what smtpprobe does, on a fake server and with no network.",
}


class _Program(click.Group):
    """A group whose commands are imported by name: ``smtpprobe.cli.probe`` has the command ``probe``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"smtpprobe.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise errors.unknown([args[0]], COMMANDS, "command")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run one command. Whatever goes wrong ends in one sentence on stderr; a command returns its exit status."""
        arguments: list[str] = extra.get("args") or sys.argv[1:]
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False})
        except click.ClickException as error:
            status = _told(arguments, errors.sentence(error), error.exit_code)
        except click.Abort:
            status = _told(arguments, "stopped before there was anything to show.", ExitCode.INCONCLUSIVE)
        except Exception as error:
            if os.environ.get("SMTPPROBE_DEBUG"):
                raise
            status = _told(arguments, errors.noted(_unforeseen(error), error), ExitCode.INCONCLUSIVE)
        if isinstance(sys.stdout, Output):
            sys.stdout.flush()
            if sys.stdout.failure:
                errors.say(f"standard output cannot be written ({sys.stdout.failure}): write to another place with -o.")
                status = ExitCode.INCONCLUSIVE
        sys.exit(status or ExitCode.OK)


def _told(arguments: list[str], words: str, status: int) -> int:
    """Print what went wrong where the caller looks for it; return the status that the caller knows it by."""
    from smtpprobe.cli import nagios_errors

    if nagios_errors.wanted(arguments):
        return nagios_errors.tell(words)
    errors.say(words)
    return status


def _unforeseen(error: Exception) -> str:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, OSError) and error.strerror:
        return f"the system refused ({error.strerror}): look at the disk, the permissions and the number of open files."
    words = f"{type(error).__name__}: {error}"[:200]
    return f"this is a mistake in smtpprobe ({words}); SMTPPROBE_DEBUG=1 shows where, for a report to its authors."


@click.group(
    cls=_Program,
    invoke_without_command=True,
    context_settings={
        "auto_envvar_prefix": "SMTPPROBE",
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
)
@click.version_option(__version__, prog_name="smtpprobe")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Probe mail servers live and explain every reply they give.

    Every option can also be set in the environment: SMTPPROBE_PROBE_TIMEOUT=5 is probe's --timeout.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
