"""A check as Markdown (CommonMark with GitHub's tables), for a ticket or the summary of a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpprobe.expectation import Checked, Checking
from smtpprobe.render import check_parts
from smtpprobe.render.check_parts import GLYPHS, Told
from smtpprobe.render.markdown import block, steps, table, text
from smtpprobe.render.screen import count

_HEADS = ("result", "expectation", "got", "expected", "where")
_MOST_EVIDENCE = 40


def render(checking: Checking) -> str:
    """The text, with a line end: what went wrong first, the evidence and what is met folded away."""
    return "\n".join([*_overview(checking), *_servers(checking, whole=True), *_facts(checking)]) + "\n"


def render_brief(checking: Checking) -> str:
    """Without what is folded away."""
    return "\n".join([*_overview(checking), *_servers(checking, whole=False), *_facts(checking)]) + "\n"


def _overview(checking: Checking) -> Iterator[str]:
    servers = check_parts.worst_first(checking)
    yield f"# {GLYPHS[check_parts.worst(checking)]} {text(check_parts.totals(checking))}"
    if servers:
        yield ""
        yield from table(("result", "server", "in short"), (_server(one) for one in servers))


def _server(server: Checked) -> tuple[str, str, str]:
    result = check_parts.result(server)
    return f"{GLYPHS[result]} {result}", server.name, check_parts.headline(server)


def _servers(checking: Checking, *, whole: bool) -> Iterator[str]:
    for server in check_parts.worst_first(checking):
        problems = check_parts.problems(server)
        if problems or whole:
            yield from ("", f"## {GLYPHS[check_parts.result(server)]} {text(server.name)}")
        if problems:
            yield ""
            yield from table(_HEADS, (_cells(one, server) for one in problems))
        advised: dict[str, str] = {}
        for one in problems:
            advised.setdefault(one.held.advice, one.held.title)
        for advice, title in advised.items():
            if advice:
                yield ""
                yield from steps("- ", f"{_flat(title)}: {advice}")
        if whole:
            yield from _folded(server, problems)


def _cells(told: Told, server: Checked) -> Iterable[str]:
    held = told.held
    result, word = check_parts.shown(held, server)
    return (
        f"{GLYPHS[result]} {word}",
        check_parts.name(told),
        check_parts.got(held, server),
        held.expected,
        check_parts.place(held.place) or held.id,
    )


def _folded(server: Checked, problems: Iterable[Told]) -> Iterator[str]:
    evidence = [line for one in problems for line in one.held.evidence][:_MOST_EVIDENCE]
    if evidence:
        yield from _fold(count(len(evidence), "line") + " of evidence", block(evidence))
    for counted, others in check_parts.rest(server):
        yield from _fold(counted, table(_HEADS, (_cells(one, server) for one in others)))


def _fold(summary: str, content: Iterable[str]) -> Iterator[str]:
    yield from ("", "<details>", f"<summary>{summary}</summary>", "", *content, "", "</details>")


def _facts(checking: Checking) -> Iterator[str]:
    facts = (checking.file, checking.started, *check_parts.summary(checking)[1:])
    yield from ("", text(" · ".join(fact for fact in facts if fact)))


def _flat(words: str) -> str:
    return " ".join(words.split())
