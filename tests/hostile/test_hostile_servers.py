"""What the probe makes of every row. All of them are held at the same time, once; then each one is looked at."""

from __future__ import annotations

import asyncio
import gc
import logging
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import own_input
import pytest
from behaviour import AMPLE, BRISK, Behaviour
from holding import Held, complaints, hold
from rows import BEHAVIOURS, BY_NAME

#: How long a step or a run may outlast its time, on a machine that does many other things. `make hostile` measures it.
GUARD = 5.0
AT_A_TIME = 40
#: What uvloop is tried with.
SOME = BEHAVIOURS[::4]


class Everything(NamedTuple):
    """All rows held, and what the event loop still had when they were over."""

    held: dict[str, Held | BaseException]
    left: list[str]


async def everything(behaviours: tuple[Behaviour, ...]) -> Everything:
    gate = asyncio.Semaphore(AT_A_TIME)

    async def one(behaviour: Behaviour) -> Held:
        async with gate:
            return await hold(behaviour, BRISK if behaviour.waits else AMPLE)

    # The catalogue loads on first use, which takes a while and is nobody's fault.
    await hold(BY_NAME["everything_refused"], AMPLE)
    # Those that wait go first, so that the others fill the time.
    ordered = sorted(behaviours, key=lambda one: not one.waits)
    told = await asyncio.gather(*[one(behaviour) for behaviour in ordered], return_exceptions=True)
    held = dict(zip([behaviour.name for behaviour in ordered], told, strict=True))
    for behaviour in ordered:
        # Who is a moment before its time in a crowd, on a busy machine, may be late. By itself it has no excuse.
        if behaviour.waits and not is_met(behaviour, held[behaviour.name]):
            (held[behaviour.name],) = await asyncio.gather(one(behaviour), return_exceptions=True)
    left = [repr(task) for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    return Everything(held, left)


def is_met(behaviour: Behaviour, held: Held | BaseException) -> bool:
    return not isinstance(held, BaseException) and not complaints(behaviour, held)


class Notes(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def results(behaviours: tuple[Behaviour, ...], loop_factory: Callable[[], asyncio.AbstractEventLoop]) -> Everything:
    notes = Notes()
    logging.getLogger("asyncio").addHandler(notes)
    try:
        with warnings.catch_warnings(record=True) as caught, asyncio.Runner(loop_factory=loop_factory) as runner:
            warnings.simplefilter("always")
            done = runner.run(everything(behaviours))
            gc.collect()
    finally:
        logging.getLogger("asyncio").removeHandler(notes)
    return Everything(done.held, [*done.left, *notes.lines, *[str(one.message) for one in caught]])


@pytest.fixture(scope="module")
def on_asyncio() -> Everything:
    return results(BEHAVIOURS, asyncio.new_event_loop)


@pytest.fixture(scope="module")
def on_uvloop() -> Everything:
    return results(SOME, pytest.importorskip("uvloop").new_event_loop)


def met(behaviour: Behaviour, held: Held | BaseException) -> None:
    if isinstance(held, BaseException):
        raise held
    assert complaints(behaviour, held) == []
    assert held.step_overrun < GUARD
    assert held.run_overrun < GUARD


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_a_server_that_behaves_badly(on_asyncio: Everything, behaviour: Behaviour) -> None:
    met(behaviour, on_asyncio.held[behaviour.name])


@pytest.mark.parametrize("behaviour", SOME, ids=lambda behaviour: behaviour.name)
def test_it_is_the_same_on_uvloop(on_uvloop: Everything, behaviour: Behaviour) -> None:
    met(behaviour, on_uvloop.held[behaviour.name])


def test_nothing_is_left_of_them(on_asyncio: Everything, on_uvloop: Everything) -> None:
    assert on_asyncio.left == []
    assert on_uvloop.left == []


@pytest.mark.parametrize("row", own_input.ROWS, ids=lambda row: row.name)
def test_what_the_client_refuses_by_itself(row: own_input.Refused) -> None:
    assert own_input.complaints(row) == []


def test_no_family_and_no_name_is_missing_or_there_twice() -> None:
    here = Path(__file__).parent
    text = (here / "rows.py").read_text("utf-8")
    families = [path.stem for path in here.glob("rows_*.py")]
    assert [family for family in families if f"*{family}.ROWS" not in text] == []
    names = [*[one.name for one in BEHAVIOURS], *[one.name for one in own_input.ROWS]]
    assert len(names) == len(set(names))
