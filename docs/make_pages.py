"""Writes the pages that come out of the program itself: commands.md, probes.md, findings.md and the JSON Schemas.

Nothing is described here: what a page says stands in the code, and a test fails when a page is stale.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from smtpprobe import rules
from smtpprobe.catalogue.software import CAREFUL, SOFTWARE
from smtpprobe.cli.main import COMMANDS, cli
from smtpprobe.model import Capabilities, Command, Dialogue, Exchange, Keyword, Known, Reply
from smtpprobe.outcome import Profile, Safety, Stage
from smtpprobe.probes import PROBES
from smtpprobe.probes.base import RSET, Answer, Cost, Place, Probe, Where
from smtpprobe.probes.parameters import MAIL_BY_KEYWORD, RCPT_BY_KEYWORD
from smtpprobe.render import escape
from smtpprobe.render.schema import check_schema, diff_schema, scan_schema, schema, trace_schema
from smtpprobe.target import parse

FOLDER = Path(__file__).parent
_NOTICE = "<!-- Written by docs/make_pages.py from the code. Change that, and run it again. -->"

_ABOUT_COMMANDS = """\
What `smtpprobe COMMAND --help` prints, on one page. Every option can be set in the environment too: `--timeout` of
`probe` is `SMTPPROBE_PROBE_TIMEOUT`. How to use the commands is in the [README](../README.md), what they promise in
[conventions.md](conventions.md)."""

_ABOUT_PROBES = """\
A probe is one question to the server. Around the probes every connection has what is none: the greeting, EHLO, STARTTLS
with its handshake, EHLO again, and QUIT.

Below, `NAME` is what we call ourselves, `DOMAIN` the domain given with `--domain` or `--mx` (without one, addresses
stand without `@DOMAIN`), and `RANDOM` ten hexadecimal digits that are new in each run. RSET follows every MAIL and is
not listed. The cost is the worst case, in the measures of [the budget](conventions.md#the-budget-of-a-connection);
where a probe asks about several subjects, each costs that much at most."""

_ABOUT_FINDINGS = """\
A finding is a judgement on what was heard. `--fail-on` compares its severity, and `rule` in JSON is its name below.
Where the server's software was recognised, the advice ends with what to set there."""


def pages() -> dict[str, str]:
    """Each page's file name with its text."""
    found = {"commands.md": _commands(), "probes.md": _probes(), "findings.md": _findings()}
    written = {name: "\n".join([*lines, ""]) for name, lines in found.items()}
    schemas = {
        "report.schema.json": schema(),
        "trace.schema.json": trace_schema(),
        "diff.schema.json": diff_schema(),
        "check.schema.json": check_schema(),
        "scan.schema.json": scan_schema(),
    }
    return {**written, **{name: json.dumps(one, indent=2) + "\n" for name, one in schemas.items()}}


# -- commands.md -------------------------------------------------------------------------------------------


def _commands() -> Iterator[str]:
    yield from ("# Commands", "", _NOTICE, "")
    yield from _ABOUT_COMMANDS.splitlines()
    context = click.Context(cli, info_name="smtpprobe", **cli.context_settings)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        own = click.Context(command, info_name=name, parent=context)
        usage = " ".join(command.collect_usage_pieces(own))
        yield from ("", f"## smtpprobe {name}", "", "```text", f"smtpprobe {name} {usage}", "```", "")
        yield from _paragraphs(command.help or "")
        yield from ("| option | meaning |", "|---|---|")
        for parameter in command.params:
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(own)):
                yield f"| `{_cell(record[0])}` | {_cell(record[1])} |"


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a help text; one that click leaves as it is (\\b) becomes a block."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b\n"):
            yield from ("```text", paragraph.removeprefix("\b\n"), "```", "")
        else:
            yield from (" ".join(paragraph.split()), "")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# -- probes.md ---------------------------------------------------------------------------------------------

_WHERE = {
    Where.ANY: "once, in whichever state the connection is",
    Where.CLEAR: "in clear",
    Where.TLS: "inside TLS",
    Where.BOTH: "in clear and inside TLS",
    Where.BEST: "inside TLS where that can be had, else in clear",
}
_PLACE = {
    Place.SHARED: "shared with other probes",
    Place.ALONE: "one of its own",
    Place.BEFORE_EHLO: "one of its own, in EHLO's place",
    Place.BEHIND_STARTTLS: "one of its own, in the segment of STARTTLS",
    Place.BEFORE_GREETING: "the last one of the run, before the greeting",
}
_COST = {
    "refusals": ("refusal", "refusals"),
    "unknown": ("unknown verb", "unknown verbs"),
    "syntax": ("syntax or protocol error", "syntax or protocol errors"),
    "nonmail": ("non-mail command", "non-mail commands"),
    "lookups": ("VRFY or EXPN", "VRFY or EXPN"),
    "noops": ("NOOP", "NOOPs"),
    "ehlos": ("EHLO or HELO", "EHLO or HELO"),
    "auths": ("AUTH begun", "AUTH begun"),
}


def _probes() -> Iterator[str]:
    yield from ("# Probes", "", _NOTICE, "")
    yield from _ABOUT_PROBES.splitlines()
    yield from ("", "| profile | asks |", "|---|---|")
    yield from (f"| [`{profile}`](#profile-{profile}) | {profile.meaning} |" for profile in Profile)
    yield from ("", "| safety | means |", "|---|---|")
    yield from (f"| {safety} | {safety.meaning} |" for safety in Safety)
    yield from _allowances()
    for profile in Profile:
        own = [probe for probe in PROBES if probe.profile is profile]
        yield from ("", f"## Profile {profile}", "", "| probe | asks | in the server's log |", "|---|---|---|")
        yield from (f"| [`{one.name}`](#{one.name}) | {_cell(one.asks)} | {_cell(one.logs)} |" for one in own)
        for probe in own:
            yield from _probe(probe)


def _allowances() -> Iterator[str]:
    """How much one connection bears, by software."""
    yield from ("", "## What a connection bears", "")
    yield f"| software | {' | '.join(many for _, many in _COST.values())} |"
    yield "|---" * (len(_COST) + 1) + "|"
    known = [(one.name, one.allowance) for one in SOFTWARE if one.allowance != CAREFUL]
    for name, allowance in [*known, ("any other, and one not recognised", CAREFUL)]:
        yield f"| {name} | {' | '.join(str(getattr(allowance, measure)) for measure in _COST)} |"


def _probe(probe: Probe) -> Iterator[str]:
    known, subjects = _situation(probe)
    yield from ("", f"### {probe.name}", "", f"{probe.asks[:1].upper()}{probe.asks[1:]}.".replace("?.", "?"), "")
    yield f"- TLS: {_WHERE[probe.where]}"
    yield f"- connection: {_PLACE[probe.place]}"
    yield f"- cost: {_cost([probe.cost(known, subject) for subject in subjects])}"
    yield f"- safety: {probe.safety}"
    yield f"- in the server's log: {probe.logs}"
    if probe.needs_mail:
        yield "- asked only where a plain `MAIL FROM:<>` is accepted"
    if probe.sent_once:
        yield "- sent once: a failure is its answer"
    lines = dict.fromkeys(line for subject in subjects for line in _lines(probe, known, subject))
    yield from ("", "```text", *lines, "```")


def _situation(probe: Probe) -> tuple[Known, tuple[str, ...]]:
    """A server to ask this of, one that promises everything or nothing, and what there is to ask it about."""
    keywords = [*MAIL_BY_KEYWORD, *RCPT_BY_KEYWORD, "STARTTLS"]
    arguments = {"SIZE": ("10485760",), "AUTH": ("PLAIN", "NTLM")}
    promised = Capabilities("", tuple([Keyword(one, arguments.get(one, ())) for one in dict.fromkeys(keywords)]))
    nothing = Capabilities("", ())
    for clear, inside in ((promised, promised), (nothing, nothing), (nothing, promised)):
        for encrypted in (False, True):
            known = Known(
                parse("mail.example.org"),
                profile=probe.profile,
                ehlo_name="NAME",
                nonce="RANDOM",
                domain="DOMAIN",
                clear=clear,
                encrypted=inside,
                help=Reply(214, None, (b"EHLO MAIL RCPT",), b"", 0),
                encrypted_now=encrypted,
                lines=("LINE",),
                dialogues=tuple([Dialogue("NAME", ("LINE",), encrypted) for encrypted in (None, False, True)]),
                address="192.0.2.25",
                relay_forms=16,
            )
            if subjects := probe.subjects(known):
                return known, subjects
    raise AssertionError(f"{probe.name} has nothing to ask any server")


def _cost(costs: Iterable[Cost]) -> str:
    most = {name: max(values) for name in _COST if (values := [getattr(cost, name) for cost in costs])}
    return ", ".join(f"{n} {_COST[name][n != 1]}" for name, n in most.items() if n) or "none is reckoned"


def _lines(probe: Probe, known: Known, subject: str) -> Iterator[str]:
    """What a probe sends to a server that takes everything, and answers AUTH with a challenge."""
    conversation = probe.ask(known, subject)
    asked = next(conversation)
    try:
        while True:
            shown = [command for command in asked.commands if command != RSET or probe.name == "rset"]
            yield from (escape.terminal(command.text) for command in shown)
            greeting = [_answer(RSET)] if probe.place is Place.BEFORE_GREETING else []
            asked = conversation.send((*greeting, *[_answer(command) for command in asked.commands]))
    except StopIteration:
        return


def _answer(command: Command) -> Answer:
    code = 334 if command.line in (b"AUTH PLAIN", b"AUTH NTLM") else 250
    return Answer(0, Exchange(1, 1, Stage.CLEAR, None, 0, Reply(code, None, (b"OK",), b"", 0)))


# -- findings.md -------------------------------------------------------------------------------------------


def _findings() -> Iterator[str]:
    yield from ("# Findings", "", _NOTICE, "")
    yield from _ABOUT_FINDINGS.splitlines()
    yield from ("", "| rule | speaks when |", "|---|---|")
    yield from (f"| [`{rule.name}`](#{rule.name}) | {_cell(rule.meaning)} |" for rule in rules.RULES)
    for rule in rules.RULES:
        yield from ("", f"## {rule.name}", "", f"{rule.meaning[:1].upper()}{rule.meaning[1:]}.", "")
        if rule.references:
            yield f"Where it is written: {', '.join(rule.references)}."
        settings = [(one.name, setting) for one in SOFTWARE for setting in one.settings if setting.rule == rule.name]
        if settings:
            yield from ("", "| software | what to set |", "|---|---|")
            yield from (f"| {name} | {_cell(setting.text)} |" for name, setting in settings)


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
