"""Servers of one side to those of the other: by host and port, and by address where one has several."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from smtpprobe.changes import saying
from smtpprobe.changes.comparing import compare, undecided
from smtpprobe.changes.facts import Snapshot
from smtpprobe.expectation import Difference


def differences(
    before: Sequence[Snapshot],
    after: Sequence[Snapshot],
    sides: tuple[str, str],
    also: frozenset[str] = frozenset(),
) -> tuple[Difference, ...]:
    """One for each server, in the order of the sides. ``sides`` is what the user called them.

    Where each side tells of one server these two are compared, whatever they are called. Of a server that a side tells
    of twice the last report counts.
    """
    if len(before) == len(after) == 1:
        old, new = before[0], after[0]
        name = new.name if old.name == new.name else f"{old.name} → {new.name}"
        return (_difference(name, old, new, sides, also),)
    call = _naming((before, after))
    first, second = ({call(one): one for one in side} for side in (before, after))
    return tuple(
        [_difference(name, first.get(name), second.get(name), sides, also) for name in dict.fromkeys([*first, *second])]
    )


def _naming(sides: Sequence[Sequence[Snapshot]]) -> Callable[[Snapshot], str]:
    """By name, or with the address for those of whom a side has several addresses."""
    several: set[str] = set()
    for side in sides:
        addresses: dict[str, set[str]] = {}
        for one in side:
            addresses.setdefault(one.name, set()).add(one.address)
        several |= {name for name, found in addresses.items() if len(found) > 1}
    return lambda one: one.key if one.name in several else one.name


def _difference(
    name: str, old: Snapshot | None, new: Snapshot | None, sides: tuple[str, str], also: frozenset[str]
) -> Difference:
    if old is None or new is None:
        return Difference(name, *sides, changes=(saying.server(name, gone=new is None),))
    return Difference(name, *sides, changes=compare(old, new, also), undecided=undecided(old, new))
