"""How a mistake of the user's is told: one sentence on stderr, folded to the terminal, with what to do next."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from types import TracebackType

import click

from smtpprobe import redaction
from smtpprobe.cli import interrupts
from smtpprobe.outcome import ExitCode
from smtpprobe.render import escape

_MOST_ROWS = 100


class Refused(click.UsageError):
    """A usage error whose sentence says what to do next; those of click's own get a pointer to --help."""


class Incomplete(click.ClickException):
    """What was learnt could not be put where it was to go."""

    exit_code = ExitCode.INCONCLUSIVE


def unknown(names: Iterable[str], valid: Iterable[str], what: str) -> Refused:
    """The error for the first of these names that is not valid; it names the nearest that is, or all."""
    import difflib

    allowed = list(valid)
    name = next(name for name in names if name not in allowed)
    near = difflib.get_close_matches(name[:100], allowed, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(allowed)}."
    return Refused(f"No {what} is called {name[:100]!r}: {hint}")


def sentence(error: click.ClickException) -> str:
    """What is wrong, and what to do next."""
    words = error.format_message()
    if isinstance(error, click.UsageError) and not isinstance(error, Refused):
        command = error.ctx.command_path if error.ctx is not None else "smtpprobe"
        words = f"{words.removesuffix('.')}{'' if words.endswith('?') else ':'} `{command} --help` lists what there is."
    return noted(words, error)


def noted(words: str, error: BaseException) -> str:
    """These words and what was noted on the error: what became of the file that was being written."""
    return " ".join([words, *getattr(error, "__notes__", ())])


def traceback(kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
    """Print where a mistake of ours happened, as Python would, whatever text of others the exception quotes."""
    from traceback import format_exception

    for line in "".join(format_exception(kind, error, place)).splitlines():
        click.echo(escape.terminal(redaction.spoken(line)), err=True)


def say(words: str) -> None:
    """Print one sentence on stderr, whatever is in it. A log gets it on one line."""
    line = f"Error: {escape.terminal(redaction.spoken(' '.join(words.split())))}"
    if sys.stderr is not None and sys.stderr.isatty():
        from smtpprobe.render.screen import Screen, console

        screen = Screen(console(sys.stderr, color=False))
        line = "\n".join(screen.fold(line, screen.width, _MOST_ROWS))
    interrupts.told()
    # Nobody may be there to be told.
    with contextlib.suppress(OSError, ValueError):
        click.echo(line, err=True)
