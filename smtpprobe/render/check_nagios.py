"""A check as a plugin of Nagios and its kin prints it: a line with numbers behind its bar, then long text."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.expectation import Checked, Checking, Held
from smtpprobe.render import check_parts, check_standing, escape, nagios_numbers, nagios_states
from smtpprobe.render.nagios_states import NagiosState
from smtpprobe.render.prose import short

#: What Nagios' manual promises to read of a plugin; its source takes twice that, NRPE 2 a quarter, NRPE 3 all of it.
_MOST_OCTETS = 4_096
_MOST_IN_NUMBERS = 2_000
_MOST_IN_FIRST_LINE = 320
_MOST_IN_A_LINE = 300
_MOST_LINES_OF_DIALOGUE = 6
_CUT = "... this is cut: `smtpprobe check` without `--format nagios` shows all of it."


def render(checking: Checking) -> str:
    """The text, with a line end; at most 4,096 octets of UTF-8."""
    state = nagios_states.of_checking(checking)
    numbers, left_out = nagios_numbers.numbers(checking, _MOST_IN_NUMBERS)
    first = f"{_cut(f'SMTP {state.name} - {_summary(state, checking)}', _MOST_IN_FIRST_LINE)} | {numbers}"
    lines = [_cut(line, _MOST_IN_A_LINE) for line in _long_text(checking)]
    if left_out:
        lines.append(f"No room for {left_out} more numbers: check fewer servers at a time.")
    return "\n".join(_fitting(first, lines)) + "\n"


def _summary(state: NagiosState, checking: Checking) -> str:
    """The first that is in this state, in its own words; how many there are of what."""
    bad = [
        (checked, held)
        for checked in checking.servers
        for held in checked.held
        if not check_parts.follows(held, checked)
        and nagios_states.of_held(held, checked, checking) is state is not NagiosState.OK
    ]
    servers = checking.servers
    whose = servers[0].name if len(servers) == 1 else f"{len(servers)} servers"
    if not bad:
        early = [check_parts.STOPPED] if checking.stopped else []
        return _text(", ".join([f"{whose}: {check_parts.totals(checking)}", *early]))
    checked, held = bad[0]
    others = [f"and {len(bad) - 1} more"] if len(bad) > 1 else []
    facts = "; ".join([*others, f"{whose}: {check_parts.totals(checking)}"] if len(servers) > 1 else others)
    more = f" ({facts})" if facts else ""
    return _cut(_text(_told(checked, held)), _MOST_IN_FIRST_LINE - len(more) - len("SMTP CRITICAL - ")) + more


def _told(checked: Checked, held: Held) -> str:
    """Whose, and what."""
    return f"{check_standing.subject(checked, held)}: {check_parts.words(held, checked)}"


def _long_text(checking: Checking) -> Iterator[str]:
    """The worst first, each with what it takes to act on it; then a line for each server."""
    points = [(checked, held) for checked in checking.servers for held in checked.held]
    for wanted in (NagiosState.CRITICAL, NagiosState.WARNING):
        for checked, held in points:
            if not check_parts.follows(held, checked) and nagios_states.of_held(held, checked, checking) is wanted:
                yield from _account(wanted, checked, held)
    for checked in checking.servers:
        state = nagios_states.of_checked(checked, checking)
        yield _text(f"[{state.name}] {checked.name}: {check_parts.counts(check_parts.tally(checked), checking)}")


def _account(state: NagiosState, checked: Checked, held: Held) -> Iterator[str]:
    where = f" ({check_parts.place(held.place)})" if held.place is not None else ""
    yield _text(f"[{state.name}] {_told(checked, held)}{where}")
    yield _text(f"  expected: {held.expected}")
    for line in held.evidence[:_MOST_LINES_OF_DIALOGUE]:
        yield _text(f"  {line}")
    if held.advice:
        yield _text(f"  {held.advice}")


def _fitting(first: str, lines: list[str]) -> list[str]:
    """As many lines as there is room for, each whole; the last one says so where that is not all."""
    room = _MOST_OCTETS - _octets(first)
    if sum(map(_octets, lines)) <= room:
        return [first, *lines]
    room -= _octets(_CUT)
    kept = []
    for line in lines:
        room -= _octets(line)
        if room < 0:
            break
        kept.append(line)
    return [first, *kept, _CUT]


def _text(words: str) -> str:
    return escape.nagios(short(words))


def _octets(line: str) -> int:
    """With its line end."""
    return len(line.encode()) + 1


def _cut(line: str, most: int) -> str:
    """At most so many octets."""
    if len(line.encode()) <= most:
        return line
    return line.encode()[: most - 3].decode(errors="ignore") + "..."
