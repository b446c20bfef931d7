"""The course of a scan: its list is read, its names are looked up, its servers are asked, what was found is told."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from smtpprobe.cli import interrupts, options, scan_places
from smtpprobe.cli.connecting import resolver_of
from smtpprobe.cli.errors import Incomplete, Refused, say
from smtpprobe.cli.exit_status import scan_status
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.loop import raise_limit, run, stop_event, tell_faults
from smtpprobe.cli.output import output_stream
from smtpprobe.cli.scan_job import Job, job_of
from smtpprobe.cli.scan_progress import ScanProgress
from smtpprobe.cli.sources import Source, of_path, of_stdin
from smtpprobe.outcome import ExitCode
from smtpprobe.render import scan_html, scan_text
from smtpprobe.render.scan_document import name_line
from smtpprobe.render.screen import console
from smtpprobe.run.main import now
from smtpprobe.scan.delivery import Delivery, astray
from smtpprobe.scan.entering import enter
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.lines import Encoder
from smtpprobe.scan.main import ask
from smtpprobe.scan.many import Workers, ask_by
from smtpprobe.scan.reading import Mistake, read
from smtpprobe.scan.store import Store
from smtpprobe.scan.sweeping import swept_seldom
from smtpprobe.scan.workers import Processes
from smtpprobe.scan.writing import lines_of
from smtpprobe.scanning import Scanned, Standing, Summary

_TICK = 0.25
#: Over so many seconds the speed is taken.
_WINDOW = 10.0
#: How often it is shown how much of the list is read.
_LINES_AT_ONCE = 1000
_MISTAKES_SHOWN = 10
#: Besides the connections.
_OTHER_FILES = 50
_BEGINS_ANEW = "stopped before the end: begin again, with -o FILE to have a scan that can go on."


def scan(given: dict[str, Any]) -> ExitCode:
    """Run a scan as these options say, to its end or until it is stopped. Raises Refused and Incomplete."""
    job = job_of(given)
    scan_places.check(job, given)
    if given["dask"] and given["workers"] > 1:
        raise Refused("--dask and --workers exclude each other: the scheduler has workers of its own.")
    if raise_limit() < given["at_once"] + _OTHER_FILES:
        raise Refused(
            "So many conversations need more open files than this system allows: lower --at-once, or raise `ulimit -n`."
        )
    with contextlib.ExitStack() as stack:
        stop = stack.enter_context(interrupts.heeded())
        if job.state is not None:
            stack.enter_context(interrupts.rescued(lambda: _goes_on(given["again"])))
        stack.enter_context(swept_seldom())
        workers = _workers(given, stack)
        progress = ScanProgress(printed=job.output is None, verbose=given["verbose"], quiet=given["quiet"])
        stack.enter_context(interrupts.rescued(progress.leave))
        return _Course(job, given, stop, progress, workers).run()


def _workers(given: dict[str, Any], stack: contextlib.ExitStack) -> Workers | None:
    """Who asks; None: this process. To be called before there is an event loop, and before the state is open."""
    try:
        if given["dask"]:
            from smtpprobe.scan.dasked import Dask

            return Dask(given["dask"], ask)
        return stack.enter_context(Processes(given["workers"], ask)) if given["workers"] > 1 else None
    except ScanError as error:
        raise Refused(str(error)) from None


def _goes_on(again: bool) -> str:
    command = "the same command without --again" if again else "the same command"
    return f"stopped before the end: {command} goes on where this one stopped."


class _Course:
    """One run of a scan."""

    def __init__(
        self, job: Job, given: dict[str, Any], stop: Stop, progress: ScanProgress, workers: Workers | None
    ) -> None:
        self._job, self._given, self._stop, self._progress, self._workers = job, given, stop, progress, workers
        self._began = time.monotonic()
        self._started = now()
        self._standing = Standing()
        self._useless = False

    def run(self) -> ExitCode:
        with contextlib.ExitStack() as stack:
            stack.callback(self._tidy)
            # Its rows are gone before anything else is told.
            with self._progress:
                try:
                    store = stack.enter_context(Store(self._job.state))
                    self._begin(store)
                    delivery = Delivery(store, self._job.output, self._job.fields)
                except ScanError as error:
                    raise Refused(str(error)) from None
                try:
                    summary = self._find_out(store, delivery)
                except ScanError as error:
                    raise Incomplete(str(error)) from None
            try:
                self._tell(summary, store)
            except ScanError as error:
                raise Incomplete(str(error)) from None
            if self._stop.signalled and not summary.stopped:
                say("stopped when all was done already.")
            return scan_status(summary, self._given["fail_on"])

    def _begin(self, store: Store) -> None:
        """Have the state of this scan, with its list in it."""
        again = self._given["again"]
        if again:
            store.forget()
        store.claim(self._job.fingerprint)
        self._useless = not store.listed()
        scan_places.begin_output(self._job, store, again=again)
        if not store.listed():
            self._enter(store)
        self._useless = False

    def _tidy(self) -> None:
        """Leave no state that knows nothing."""
        if self._useless and self._job.state is not None:
            with contextlib.suppress(OSError):
                self._job.state.unlink()

    # -- names ---------------------------------------------------------------------------------------------

    def _enter(self, store: Store) -> None:
        mistaken = _tolerant() if self._given["skip_mistakes"] else _refuse
        name = "standard input" if self._job.source == "-" else self._job.source
        with contextlib.closing(self._source()) as source:
            items = read(self._to_its_end(source, name), name, mx=self._given["mx"], port=self._given["port"])
            enter(
                store,
                items,
                mistaken=mistaken,
                blocklist=self._job.blocklist,
                family=self._given["family"] or "any",
                most=self._given["most_addresses"],
            )

    def _to_its_end(self, source: Source, name: str) -> Iterator[bytes]:
        """The lines of the list. Half a list is none: what ends it too early is raised."""
        for number, line in enumerate(source.raw_lines()):
            if not number % _LINES_AT_ONCE:
                self._progress.show(Standing("lines", done=number))
            yield line
        if self._stop.asked:
            raise Incomplete("stopped before the list was read: nothing was sent.")
        if source.damage:
            raise Refused(f"The list {name} cannot be read to its end ({source.damage}): give it whole.")

    def _source(self) -> Source:
        if self._job.source == "-":
            if sys.stdin is None or sys.stdin.isatty():
                raise Refused("There is no list to scan: name a file, or - for standard input with one target a line.")
            return of_stdin(self._stop)
        if os.path.isdir(self._job.source):
            raise Refused(f"{self._job.source} is a folder: name a file with one target a line.")
        return next(of_path(self._job.source, self._stop))

    async def _look_up(self, store: Store) -> None:
        # Loads dnspython, which a list of addresses does not need.
        from smtpprobe.scan.resolving import resolve

        async with resolver_of(self._given) as resolver:
            await resolve(
                store,
                resolver,
                rate=self._given["dns_rate"],
                family=self._given["family"] or "any",
                allow_private=self._given["allow_private"],
                blocklist=self._job.blocklist,
                standing=self._standing,
                stop=self._stop_event(),
            )

    # -- servers -------------------------------------------------------------------------------------------

    def _find_out(self, store: Store, delivery: Delivery) -> Summary:
        """All that is not known yet, as far as it comes."""
        try:
            if not (store.planned() or store.names_left()):
                store.plan()
            elif not (store.planned() or self._stop.asked):
                self._until_stopped(self._look_up(store))
            if not self._stop.asked:
                count = store.count()
                self._standing = Standing("servers", total=count.servers + count.unresolved, done=count.done)
                self._tell_of_lost(store, delivery)
            if not self._stop.asked:
                self._until_stopped(self._ask_servers(store, delivery))
        finally:
            delivery.close()
        count = store.count()
        whole = store.planned() and count.done == count.servers + count.unresolved
        return delivery.tally.summary(
            file=self._job.source,
            started=self._started,
            seconds=time.monotonic() - self._began,
            stopped=not whole,
        )

    def _tell_of_lost(self, store: Store, delivery: Delivery) -> None:
        """A line for every name that leads to no server and has none yet."""
        asking, standing = self._job.asking, self._standing
        encoder = Encoder(asking.prose)
        for one in store.unresolved():
            if self._stop.asked:
                return
            delivery.take(-one.id, encoder.line(astray(one, asking.settings)))
            standing.done += 1
            if not standing.done % _LINES_AT_ONCE:
                self._progress.show(standing)

    async def _ask_servers(self, store: Store, delivery: Delivery) -> None:
        asking, standing, workers = self._job.asking, self._standing, self._workers
        stop = self._stop_event()

        def emit(scanned: Scanned, line: bytes) -> None:
            assert scanned.unit is not None
            delivery.take(scanned.unit.id, line)

        async with asyncio.TaskGroup() as group:
            settling = group.create_task(_settle(delivery))
            if workers is None:
                await ask(asking, store.units(asking.seed), emit, standing, stop)
            else:
                await ask_by(workers, asking, store, delivery, standing, stop)
            settling.cancel()

    def _stop_event(self) -> asyncio.Event:
        """Set by a signal, and where the lines are printed by the loss of who reads them."""
        return stop_event(self._stop, sys.stdout if self._job.output is None else None)

    def _until_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        """Run this on a loop, and show meanwhile how far it is."""

        async def shown() -> None:
            tell_faults()
            showing = asyncio.create_task(self._show())
            try:
                await work
            finally:
                showing.cancel()

        try:
            run(shown())
        except ExceptionGroup as group:
            raise _first(group) from None

    async def _show(self) -> None:
        marks = [(time.monotonic(), self._standing.done)]
        while True:
            await asyncio.sleep(_TICK)
            standing = self._standing
            now, done = time.monotonic(), standing.done
            marks.append((now, done))
            if standing.phase == "dealing":
                # Nobody is asked yet, so this is no time to take the speed of.
                del marks[:-1]
            while now - marks[0][0] > _WINDOW and len(marks) > 2:
                marks.pop(0)
            then, before = marks[0]
            standing.rate = (done - before) / (now - then) if now > then else 0.0
            standing.left = (standing.total - done) / standing.rate if standing.rate else None
            self._progress.show(standing)

    # -- what was found ------------------------------------------------------------------------------------

    def _tell(self, summary: Summary, store: Store) -> None:
        given, output = self._given, self._job.output
        if given["names"] and store.planned():
            with output_stream(given["names"], lines=True, option="--names") as stream:
                for named, unit in store.leads():
                    stream.write(name_line(named, unit))
        if given["html"]:
            with output_stream(given["html"], option="--html") as stream:
                stream.write(scan_html.render(summary))
        if given["parquet"] and not summary.stopped:
            from smtpprobe.scan import parquet

            assert output is not None
            parquet.write(lines_of(output), given["parquet"])
        if self._stop.asked and not self._stop.signalled:
            # Whoever read the lines has seen enough.
            return
        if not given["quiet"] and (summary.servers or store.planned()):
            with _told_on(output) as stream:
                scan_text.show(summary, console(stream, color=options.colour(given["no_color"])))
        if summary.stopped:
            say(_BEGINS_ANEW if self._job.state is None else _goes_on(given["again"]))


def _first(error: Exception) -> Exception:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


async def _settle(delivery: Delivery) -> None:
    while True:
        await asyncio.sleep(_TICK)
        delivery.settle()


@contextlib.contextmanager
def _told_on(output: str | None) -> Iterator[Any]:
    """Standard output, unless the lines went there."""
    yield sys.stderr if output is None else sys.stdout


def _refuse(mistake: Mistake) -> None:
    raise Refused(f"{mistake.words} Or leave such lines out with --skip-mistakes.")


def _tolerant() -> Callable[[Mistake], None]:
    """Tells the first mistakes only."""
    told = 0

    def tell(mistake: Mistake) -> None:
        nonlocal told
        told += 1
        if told <= _MISTAKES_SHOWN:
            say(mistake.words)
        elif told == _MISTAKES_SHOWN + 1:
            say("there are more such lines, which are left out too.")

    return tell
