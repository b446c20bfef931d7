"""Holds every row with the real times and measures the clocks; smtplib and aiosmtplib play the same rows beside it.

Run by ``make hostile``. Words after the program's name are the only rows to hold, and nothing is written then.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple, TypeVar

import own_input
from behaviour import BOTH, REAL, Behaviour
from comparing import MEANINGS, Compared, compare
from courtesy import TAG
from holding import Held, complaints, defects, hold
from rows import BEHAVIOURS, BY_NAME
from scoring import row, write

T = TypeVar("T")
OVERRUN = 0.5
#: Few at a time, so that a row does not wait for the processor; those that wait for the clock cost nothing.
PROCESSES = 2
AT_A_TIME = 8


class Result(NamedTuple):
    """One row: what ours made of it, what is wrong with that, and what the others made of it."""

    name: str
    held: Held
    complaints: tuple[str, ...]
    others: dict[str, Compared]

    @property
    def ours(self) -> str:
        """What ours made of it, in a few words."""
        noted = ", ".join(_noted(self.held))
        outcome = self.held.report.transcript.outcome
        return f"{outcome}: {noted}" if noted else str(outcome)

    @property
    def tagged(self) -> int:
        """The replies that say which command they answer."""
        return sum(bool(e.reply and TAG.search(e.reply.raw)) for e in self.held.exchanges)


def judged(behaviour: Behaviour, held: Held) -> tuple[str, ...]:
    """What is not as the row says, the clocks included."""
    wrong = complaints(behaviour, held)
    for what, seconds in (("a step", held.step_overrun), ("the run", held.run_overrun)):
        if seconds > OVERRUN:
            wrong.append(f"{what} took {seconds:.2f} s too long")
    return tuple(wrong)


def _noted(held: Held) -> Iterator[str]:
    """What the report says is wrong, each once."""
    run = held.report.transcript
    if run.failure is not None:
        yield str(run.failure.kind)
    kinds = [e.failure.kind for e in run.exchanges if e.failure]
    faults = [c.tls.certificate.fault for c in run.connections if c.tls and c.tls.certificate]
    words = [str(word) for word in (*kinds, *sorted(defects(held.report)), *faults) if word]
    yield from [word for word in dict.fromkeys(words) if run.failure is None or word != run.failure.kind]


async def in_turn(names: Sequence[str], work: Callable[[str], Awaitable[T]]) -> list[T]:
    gate = asyncio.Semaphore(AT_A_TIME)

    async def one(name: str) -> T:
        async with gate:
            return await work(name)

    return await asyncio.gather(*[one(name) for name in names])


def hold_share(names: Sequence[str]) -> list[Held]:
    """Ours against a share of the rows, in a process of its own."""
    logging.disable(logging.CRITICAL)
    # The catalogue loads on first use, once in a process; that is no step's time.
    asyncio.run(hold(BY_NAME["everything_refused"], REAL))
    return asyncio.run(in_turn(names, lambda name: hold(BY_NAME[name], REAL)))


def compare_share(names: Sequence[str], held: Sequence[Held]) -> list[dict[str, Compared]]:
    """The others against the same rows, each against a server of its own."""
    found = dict(zip(names, held, strict=True))

    async def one(name: str) -> dict[str, Compared]:
        behaviour = BY_NAME[name]
        return {client: await compare(behaviour, client, found[name]) for client in behaviour.peers}

    logging.disable(logging.CRITICAL)
    return asyncio.run(in_turn(names, one))


def measure(names: Sequence[str]) -> dict[str, Result]:
    """All of ours first, so that nobody else's busy loop distorts its clocks."""
    shares = [names[number::PROCESSES] for number in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES) as processes:
        held = list(processes.map(hold_share, shares))
        others = list(processes.map(compare_share, shares, held))
    results = {}
    for share in zip(shares, held, others, strict=True):
        for name, one, beside in zip(*share, strict=True):
            results[name] = Result(name, one, judged(BY_NAME[name], one), beside)
    return results


def table(results: dict[str, Result], refused: dict[str, list[str]]) -> str:
    lines = [
        "| behaviour | the server sends | smtpprobe | met | smtplib | aiosmtplib |",
        "|---|---|---|---|---|---|",
    ]
    for behaviour in BEHAVIOURS:
        result = results[behaviour.name]
        others = [result.others[client].word if client in result.others else "–" for client in BOTH]
        lines.append(_line(behaviour.name, behaviour.sends, result.ours, _met(result.complaints), *others))
    ours = "exit 2, nothing sent"
    lines += [_line(one.name, one.gives, ours, _met(refused[one.name]), "–", "–") for one in own_input.ROWS]
    return "\n".join(lines)


def _met(wrong: Sequence[str]) -> str:
    return "no: " + "; ".join(wrong) if wrong else "yes"


def _line(*cells: str) -> str:
    return "| " + " | ".join([cell.replace("|", "\\|").replace("\n", " ") for cell in cells]) + " |"


def sections(results: dict[str, Result], refused: dict[str, list[str]]) -> list[str]:
    words = "\n".join([f"| {word} | {meaning} |" for word, meaning in MEANINGS.items()])
    return [
        f"""## Behaviours

Every row of `tests/hostile/` is held with {REAL.step:g} s for a step and {REAL.run:g} s for a run. A row is met where
outcome, failure, defects, exit status and the octets kept are as the row says, no reply stands beside a command that it
does not answer, the server saw the connection closed, no more than 512 KiB of a connection are kept, and neither a step
nor the run outlasts its time by more than {OVERRUN:g} s.

Where replies to pipelined commands are one too many, nobody can tell at once which one that is. The report then says
so and voids the answers of that connection; a wrong pair counts as mis-paired where something is learnt from it.

smtplib and aiosmtplib play the same row in the same run, each against a server of its own: connect, EHLO, STARTTLS
where it is offered, NOOP, HELP, VRFY, QUIT, and a login where the row is about AUTH. They have their default settings,
and the authority and the name that ours has. They are mail clients and no probes, and owe their users less. What is
looked for, by a program that knows what the server sent:

| word | means |
|---|---|
{words}

{table(results, refused)}"""
    ]


def scores(results: dict[str, Result], refused: dict[str, list[str]]) -> list[dict[str, object]]:
    met = sum(not one.complaints for one in results.values()) + sum(not one for one in refused.values())
    number = len(results) + len(refused)
    beside = []
    for client in BOTH:
        words = [result.others[client].word for result in results.values() if client in result.others]
        beside.append(f"{client} {words.count('ok')} of the {len(words)} it can play")
    steps = max(result.held.step_overrun for result in results.values())
    runs = max(result.held.run_overrun for result in results.values())
    mispaired = sum(len(result.held.mispaired) for result in results.values())
    desync = [sum("DESYNC" in r.others[c].word for r in results.values() if c in r.others) for c in BOTH]
    hangs = [sum("HANG" in r.others[c].word for r in results.values() if c in r.others) for c in BOTH]
    return [
        row("behaviours met", f"{met} of {number}", "all", met == number, ", ".join(beside)),
        row(
            "worst overrun past a step's time",
            f"{max(steps, 0):.2f} s",
            f"at most {OVERRUN:g} s",
            steps <= OVERRUN,
            f"steps without end: smtplib {hangs[0]}, aiosmtplib {hangs[1]}",
        ),
        row("worst overrun past the run's time", f"{max(runs, 0):.2f} s", f"at most {OVERRUN:g} s", runs <= OVERRUN),
        row(
            "replies mis-paired",
            f"{mispaired} of {sum(result.tagged for result in results.values())} compared",
            "0",
            not mispaired,
            f"rows with some: smtplib {desync[0]}, aiosmtplib {desync[1]}",
        ),
        row(
            "connections that the server saw closed",
            f"in {sum(result.held.gone for result in results.values())} of {len(results)} rows",
            "all",
            all(result.held.gone for result in results.values()),
        ),
    ]


def main() -> None:
    only = sys.argv[1:]
    results = measure(only or [behaviour.name for behaviour in BEHAVIOURS])
    if only:
        for result in results.values():
            print(result.name, result.ours, result.complaints, result.others)
        return
    refused = {one.name: own_input.complaints(one) for one in own_input.ROWS}
    write("behaviours", scores(results, refused), sections(results, refused))
    for result in results.values():
        if result.complaints:
            print(f"  {result.name}: {'; '.join(result.complaints)}")


if __name__ == "__main__":
    main()
