"""A scrape into what is told of it: who is asked, the probe that is run or kept, its series. No HTTP."""

from __future__ import annotations

import io
from collections.abc import Hashable, Iterator
from typing import Protocol

from msgspec import Struct
from prometheus_client.core import GaugeMetricFamily

from smtpprobe.expectation import Checked, Checking
from smtpprobe.render import check_text, text
from smtpprobe.render.metrics import Row, Series, exposition, families
from smtpprobe.render.screen import console
from smtpprobe.serve.keeping import Got, Keeper, Pace, Source
from smtpprobe.serve.scope import unanswered
from smtpprobe.serve.tally import Tally, of_process

AGE = Series("smtpprobe_probe_age_seconds", "How long ago the probe that is told here was begun; 0 for a new one.")
QUEUED = Series("smtpprobe_probe_queued_seconds", "How long the probe waited for its turn.")
SERIES = (AGE, QUEUED)
#: What a dialogue may take of a debugging answer, in characters.
MOST_DIALOGUE = 1 << 20
_CUT = "\n(The rest is left out.)\n"


class Scope(Protocol):
    """What may be probed, and how: one configuration, read once."""

    @property
    def modules(self) -> tuple[str, ...]:
        """The names of the ways to ask."""

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets that are named, to be listed."""

    @property
    def hosts(self) -> frozenset[str]:
        """Further names that the exporter goes by, in lower case."""

    @property
    def most_at_once(self) -> int:
        """How many probes may run at a time."""

    def pace(self, target: str, module: str) -> Pace:
        """How often it may be asked. Raises TargetError for a target that is none, or not to be probed."""

    def key(self, target: str, module: str) -> Hashable:
        """Equal for what is the same probe. Raises TargetError."""

    async def probe(self, target: str, module: str, seconds: float) -> Checked:
        """Probe it, taking no longer than that. Never raises for anything that a server does."""


class Sheet(Struct, frozen=True):
    """What is told of a probe: its series, and its dialogue where somebody may want to read it."""

    series: str
    dialogue: str = ""


class Service:
    """Answers scrapes out of a scope, which may be replaced while it runs."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.tally = Tally()
        self.keeper: Keeper[Sheet] = Keeper(scope.most_at_once)
        self.metrics = of_process(lambda: self.tally.families(self.keeper.in_flight, self.keeper.waiting))

    def replace(self, scope: Scope) -> None:
        """Answer out of another scope from now on; results stay where the probe is still the same."""
        self.scope = scope
        self.keeper.allow(scope.most_at_once)
        self.tally.reloaded(well=True)

    async def scrape(self, target: str, module: str, seconds: float, *, debug: bool) -> str:
        """What there is to tell of this target within ``seconds``: series, or with ``debug`` all of it for people.

        ``module`` is one of the scope's. Raises TargetError, as the scope does, and StoppedError at the end.
        """
        scope = self.scope
        pace = scope.pace(target, module)
        # Whose result is kept may be asked for its dialogue later.
        worded = debug or bool(pace.interval)

        async def work(left: float) -> Sheet:
            checked = await scope.probe(target, module, left)
            self.tally.probed(module, checked.outcome)
            return _sheet(checked, worded=worded)

        got = await self.keeper.get((scope.key(target, module), worded), work, pace, seconds)
        self.tally.answered(got.source)
        sheet = got.value or _sheet(unanswered(target, seconds), worded=worded)
        series = sheet.series + exposition(_of_answer(got))
        return f"{sheet.dialogue}\n{series}" if debug else series


def _sheet(checked: Checked, *, worded: bool) -> Sheet:
    series = exposition(families([Row((), (checked,))]))
    return Sheet(series, _dialogue(checked) if worded else "")


def _dialogue(checked: Checked) -> str:
    """What was said, and what came of every expectation, for people."""
    stream = io.StringIO()
    started = next((report.transcript.started for report in checked.reports), "")
    checking = Checking("", (checked,), started, checked.elapsed_ns)
    check_text.show(checking, console(stream, color=False, width=check_text.WIDTH), verbose=True)
    told = "\n".join([*(text.render(report) for report in checked.reports), stream.getvalue()])
    return told if len(told) <= MOST_DIALOGUE else told[:MOST_DIALOGUE] + _CUT


def _of_answer(got: Got[Sheet]) -> Iterator[GaugeMetricFamily]:
    if got.source is not Source.LATE:
        yield GaugeMetricFamily(AGE.name, AGE.help, value=got.age)
    yield GaugeMetricFamily(QUEUED.name, QUEUED.help, value=got.waited)
