"""A check as annotations of GitHub Actions, and the summary of its step. Where they are written is not known here.

A runner reads orders in the log: every line here is one of ours, and what others said stands escaped within it.
"""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.expectation import CONVERSATION, Checked, Checking
from smtpprobe.outcome import Result
from smtpprobe.render import check_markdown, check_parts, escape
from smtpprobe.render.check_parts import Told
from smtpprobe.render.prose import short
from smtpprobe.render.screen import count

#: How many annotations of a kind GitHub shows of one step, the first ones; the log has them all.
SHOWN = 10
#: Octets that a step summary may have: GitHub takes 1 MiB, of all that one step writes.
SUMMARY_OCTETS = 1_000_000
_COMMANDS = {Result.FAILED: "error", Result.INCONCLUSIVE: "warning"}
_TITLE = 200
# The runner cuts a message at 4,096 characters.
_MESSAGE = 4_000
_MOST_EVIDENCE = 10
_CUT = "\nThe rest is left out: GitHub takes no longer summary of a step.\n"


def render(checking: Checking) -> str:
    """An annotation for each problem, those first that weigh more, and one with the counts."""
    found = [(problem, server) for server in checking.servers for problem in check_parts.problems(server)]
    found.sort(key=lambda one: _weight(one[0]))
    lines = [*_lines(found), _command("notice", {"title": "smtpprobe check"}, _counts(checking, found))]
    return "\n".join(lines) + "\n"


def summary(checking: Checking) -> str:
    """The Markdown for the file that GITHUB_STEP_SUMMARY names; what is too long for GitHub is left out of it."""
    whole = check_markdown.render(checking)
    if len(whole.encode()) > SUMMARY_OCTETS:
        whole = check_markdown.render_brief(checking)
    if len(whole.encode()) <= SUMMARY_OCTETS:
        return whole
    kept = whole.encode()[: SUMMARY_OCTETS - len(_CUT)].decode(errors="ignore")
    return kept[: kept.rfind("\n") + 1] + _CUT


def _weight(problem: Told) -> tuple[bool, bool]:
    """A server that cannot be talked to weighs most, and a failure more than what could not be told."""
    return problem.held.result is not Result.FAILED, problem.held.id != CONVERSATION


def _lines(found: list[tuple[Told, Checked]]) -> Iterator[str]:
    for problem, server in found:
        held = problem.held
        spot = held.place or server.place
        properties = {} if spot is None else {"file": short(spot.file), "line": str(spot.line)}
        title = f"{server.name}: {check_parts.name(problem)}"
        parts = [check_parts.outcome(held, server), f"expected: {held.expected}" if held.expected else "", held.advice]
        message = "\n".join([*filter(None, parts), *held.evidence[:_MOST_EVIDENCE]])
        yield _command(_COMMANDS[held.result], {**properties, "title": _cut(title, _TITLE)}, _cut(message, _MESSAGE))


def _counts(checking: Checking, found: list[tuple[Told, Checked]]) -> str:
    told = f"{count(len(checking.servers), 'server')}: {' · '.join(check_parts.summary(checking))}"
    most = max((sum(one.held.result is kind for one, _ in found) for kind in _COMMANDS), default=0)
    return f"{told}. GitHub shows the first {SHOWN} of a kind; the log has all." if most > SHOWN else told


def _command(name: str, properties: dict[str, str], message: str) -> str:
    """``::error file=F,line=N,title=T::message``; a property of nothing is left out, as the runner would."""
    given = ",".join(f"{key}={escape.github_property(value)}" for key, value in properties.items() if value)
    return f"::{name} {given}::{escape.github(message)}"


def _cut(text: str, most: int) -> str:
    """The text as it will be shown, so that what is escaped counts, in so many characters."""
    shown = "\n".join(escape.terminal(line) for line in text.split("\n"))
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
