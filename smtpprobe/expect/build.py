"""From what a file says to what a server is held to: the tables in their layers, the narrower one last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from smtpprobe.expect import (
    auth,
    certificate,
    command,
    extension,
    findings,
    greeting,
    login,
    mx,
    policy,
    software,
    timing,
    tls,
)
from smtpprobe.expect.base import Expectation
from smtpprobe.expect.file import Expect
from smtpprobe.expect.given import At
from smtpprobe.expect.mistakes import Mistake, nearest, quoted
from smtpprobe.expectation import Place

#: In reading order: the table of ``[expect]``, and what makes expectations of it.
FAMILIES: tuple[tuple[str, Callable[[Any, At], tuple[Expectation, ...]]], ...] = (
    ("extensions", extension.expectations),
    ("auth", auth.expectations),
    ("command", command.expectations),
    ("tls", tls.expectations),
    ("certificate", certificate.expectations),
    ("policy", policy.expectations),
    ("greeting", greeting.expectations),
    ("software", software.expectations),
    ("time", timing.expectations),
    ("mx", mx.expectations),
    ("findings", findings.expectations),
    ("login", login.expectations),
)


class Layer(Struct, frozen=True):
    """What one part of a file (or a preset) expects, and where its keys stand."""

    expect: Expect
    at: At


def built(
    layers: Sequence[Layer], leave_out: Iterable[tuple[str, Place | None]], fail_on: str
) -> tuple[Expectation, ...]:
    """Everything that a server is held to, each once: of two with one id the later one counts. Raises Mistake.

    ``leave_out`` are ids of expectations that do not hold here after all. ``fail_on`` is the severity that no finding
    may have where the layers say nothing of it, or "never".
    """
    found: dict[str, Expectation] = {}
    if fail_on != "never":
        usual = findings.default(fail_on)
        found[usual.id] = usual
    for layer in layers:
        for one in _of(layer):
            found[one.id] = one
    tolerated = tuple(dict.fromkeys([rule for layer in layers for rule in layer.expect.findings.tolerated]))
    for one in list(found.values()):
        if isinstance(one, findings.NoGraver):
            found[one.id] = msgspec.structs.replace(one, tolerated=tolerated)
    for name, place in leave_out:
        if name not in found:
            raise Mistake(f"leave_out names {quoted(name)}, which nothing expects: {nearest(name, found)}", place)
        del found[name]
    order = {key: number for number, (key, _) in enumerate(FAMILIES)}
    return tuple(sorted(found.values(), key=lambda one: order[_family(one)]))


def _of(layer: Layer) -> Iterable[Expectation]:
    for key, expectations in FAMILIES:
        table = getattr(layer.expect, key)
        if table is not None:
            yield from expectations(table, lambda *path, key=key: layer.at(key, *path))


def _family(one: Expectation) -> str:
    module = type(one).__module__
    return next(key for key, expectations in FAMILIES if expectations.__module__ == module)
