"""Interrupts every command at moments all over its life, and counts tracebacks, lost results and slow ends.

Writes .reliability/interruptions.json. Takes some minutes; `--moments N` says how many a command and signal.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from msgspec import Struct, field

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "cli"), str(HERE.parent / "names")]

import scoring  # noqa: E402
from cli_calls import valid  # noqa: E402
from cli_servers import at, dns, fake  # noqa: E402
from cli_stuck import full, mute_dns, stuck  # noqa: E402

GOAL = 1.0
GUARD = 8.0
LONGEST = 1.5
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BAD = ("Traceback", "Exception ignored", "Fatal Python error", "KeyboardInterrupt")
GREETING, EHLO = b"220 mx.example ESMTP\r\n", b"250-mx.example\r\n250 SIZE 1000\r\n"


class Case(Struct):
    """One command to interrupt. ``{out}`` in its words is a file of its own; ``judge`` names what was lost, or ""."""

    name: str
    words: tuple[str, ...]
    judge: Callable[[Ended], str] = lambda ended: ""
    stdin: str = "none"
    reads: bool = True
    second: float | None = None


class Ended(Struct):
    """One interrupted run. ``after`` is when the signal came, ``took`` how long the program then lived."""

    case: Case
    number: signal.Signals
    after: float
    took: float
    status: int
    out: str
    err: str
    file: Path
    over: bool
    sockets: int


class Tally(Struct):
    """What is counted."""

    runs: int = 0
    before_us: int = 0
    before_us_traced: int = 0
    slowest: float = 0.0
    slowest_of: str = ""
    tracebacks: list[str] = field(default_factory=list)
    wordy: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    slowest_by: dict[str, float] = field(default_factory=dict)


def whole_document(ended: Ended) -> str:
    """What stdout has is nothing, or one whole document. Once a connection stands it is not nothing."""
    return _whole(ended.out, "stdout")


def whole_lines(ended: Ended) -> str:
    return next((lost for line in ended.out.splitlines(keepends=True) if (lost := _whole(line, "a line"))), "")


def whole_file(ended: Ended) -> str:
    """The file is as it was or whole; what is partial is called so."""
    there = sorted(path.name for path in ended.file.parent.iterdir())
    if strange := [name for name in there if name not in (ended.file.name, ended.file.name + ".partial")]:
        return f"{strange} was left behind"
    text = ended.file.read_text()
    if text == "before":
        partial = ended.file.name + ".partial" in there
        return "the partial file is not spoken of" if partial and ".partial" not in ended.err else ""
    return _whole(text, "the file")


def _whole(text: str, place: str) -> str:
    if not text:
        return ""
    try:
        if "exchanges" in json.loads(text):
            valid(text)
    except ValueError as error:
        return f"{place} has no whole document ({error})"
    return ""


def begun(judge: Callable[[Ended], str]) -> Callable[[Ended], str]:
    """As ``judge`` says; and a run that had begun when it was interrupted has something to show."""

    def judged(ended: Ended) -> str:
        if ended.sockets and not ended.out and not ended.over:
            return "nothing was shown"
        return judge(ended)

    return judged


def read_on(ended: Ended) -> str:
    """Some seconds' worth of a log were read, even on a busy machine."""
    return "nothing was shown" if ended.after >= 1.3 and not ended.out and not ended.over else ""


def interrupt(case: Case, number: signal.Signals, after: float | None) -> Ended:
    """Run it and send the signal after so many seconds; None: let it live, as long as the longest at most."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        place = Path(folder, "report")
        if any("{out}" in word for word in case.words):
            place.write_text("before")
        words = [word.replace("{out}", str(place)) for word in case.words]
        console = Path(sys.executable).with_name("smtpprobe")
        given: Any = subprocess.DEVNULL
        if case.stdin == "open":
            # A pipe with a beginning, and a writer that says no more.
            given, writer = os.pipe()
            os.write(writer, b"550 5.7.1 Relay access denied\n" * 20)
            stack.callback(os.close, writer)
        develops = "1" if after is not None and round(after * 10_000) % 2 else ""
        environment = {**os.environ, "COLUMNS": "80", "PYTHONDEVMODE": develops}
        process = subprocess.Popen(
            [sys.executable, str(console), *words],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
        )
        if case.stdin == "open":
            os.close(given)
        began = time.monotonic()
        read: list[str] = ["", ""]
        readers = [
            threading.Thread(target=_read, args=(process, index, read)) for index in ((0, 1) if case.reads else (1,))
        ]
        for reader in readers:
            reader.start()
        over = True
        try:
            process.wait(LONGEST if after is None else after)
        except subprocess.TimeoutExpired:
            over = False
        ended = time.monotonic()
        sockets = 0 if over else _sockets(process.pid)
        if not over:
            process.send_signal(number)
            if case.second is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(case.second)
                process.send_signal(number)
            try:
                process.wait(GUARD)
            except subprocess.TimeoutExpired:
                process.kill()
        took = time.monotonic() - ended if not over else 0.0
        for reader in readers:
            reader.join()
        if not case.reads:
            assert process.stdout is not None
            read[0] = process.stdout.read()
        status = process.wait()
        moment = ended - began if after is None else after
        result = Ended(case, number, moment, took, status, read[0], read[1], place, over, sockets)
        if after is not None:
            result.err += _judged(result)
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()
        return result


def _judged(ended: Ended) -> str:
    """What was lost, behind a mark in stderr: the files are there only now."""
    lost = ended.case.judge(ended) if ended.status >= 0 else ""
    return f"\0{lost}" if lost else ""


def _sockets(pid: int) -> int:
    """How many sockets it holds: an event loop has two, so a run has begun. Linux tells."""
    found = 0
    with contextlib.suppress(OSError):
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            found += os.readlink(entry).startswith("socket:")
    return found


def _read(process: subprocess.Popen[str], index: int, read: list[str]) -> None:
    stream = (process.stdout, process.stderr)[index]
    assert stream is not None
    read[index] = stream.read()


def count(ended: Ended, tally: Tally) -> None:
    """Add one run to the figures."""
    tally.runs += 1
    err, _, lost = ended.err.partition("\0")
    # Development mode tells of slow steps, too.
    err = "".join(line for line in err.splitlines(keepends=True) if not line.startswith("Executing <"))
    where = f"{ended.case.name}, {ended.number.name} after {ended.after * 1000:.0f} ms"
    ours = str(HERE.parents[1] / "smtpprobe")
    if ours not in err and (ended.status == -ended.number or "init_import_site" in err):
        # The interpreter was still loading itself, or the wrapper that installers make.
        tally.before_us += 1
        tally.before_us_traced += any(bad in err for bad in BAD)
    elif any(bad in err for bad in BAD):
        tally.tracebacks.append(f"{where}: {err.strip()[-1500:]}")
    elif err.count("\n") > 1:
        tally.wordy.append(f"{where}: {err.strip()[:300]}")
    if lost:
        tally.lost.append(f"{where}: {lost}")
    tally.statuses[ended.status] = tally.statuses.get(ended.status, 0) + 1
    name = ended.case.name
    tally.slowest_by[name] = max(ended.took, tally.slowest_by.get(name, 0.0))
    if ended.took > tally.slowest:
        tally.slowest, tally.slowest_of = ended.took, where


@contextlib.contextmanager
def cases() -> Iterator[list[Case]]:
    """Every command, at everything that can keep it waiting."""
    with contextlib.ExitStack() as stack:
        enter = stack.enter_context
        slow, quick = at(enter(fake("slow"))), at(enter(fake()))
        mute, _ = enter(mute_dns())
        zone = enter(dns({"mx.test": {"A": ["127.0.0.1"]}}))
        log, packed, folder = _inputs(Path(enter(tempfile.TemporaryDirectory())))
        js = ("probe", "--format", "json", "--ehlo-name", "a.example")
        yield [
            Case("probe", (*js, quick), whole_document),
            Case("probe of a slow server", (*js, slow), begun(whole_document)),
            Case("probe, text", ("probe", slow), begun(lambda ended: "")),
            Case("probe -o FILE", (*js, "-o", "{out}", slow), whole_file),
            Case("probe -o FILE, text", ("probe", "-o", "{out}", quick), lambda ended: ""),
            Case("probe of three targets", (*js, quick, slow, quick), whole_lines),
            Case("probe, second signal", (*js, slow), whole_document, second=0.02),
            Case("probe, nobody reads", ("probe", "--verbose", quick, quick, quick), reads=False),
            Case("resolving", (*js, "--resolver", mute, "mx.test"), begun(whole_document)),
            Case("resolving MX", (*js, "--mx", "--resolver", mute, "mx.test"), begun(whole_document)),
            Case("resolved", (*js, "--resolver", zone, f"mx.test:{quick.rpartition(':')[2]}"), whole_document),
            Case("connecting", (*js, enter(full())), begun(whole_document)),
            Case("greeting", (*js, enter(stuck(b"")).address), begun(whole_document)),
            Case("mid-reply", (*js, enter(stuck(GREETING, b"250-mx.exa")).address), begun(whole_document)),
            Case("handshake", (*js, f"smtps://{enter(stuck(b'')).address}"), begun(whole_document)),
            Case("mid-flight", (*js, enter(stuck(GREETING, EHLO)).address), begun(whole_document)),
            Case(
                "QUIT",
                (*js, "--quit-after", "ehlo", "--timeout", "9", enter(stuck(GREETING, EHLO)).address),
                begun(whole_document),
            ),
            Case("explain CODE", ("explain", "504")),
            Case("explain a pipe", ("explain", "--each"), stdin="open"),
            Case("explain a pipe, counted", ("explain",), read_on, stdin="open"),
            Case("explain a log", ("explain", "--file", log), read_on),
            Case("explain a log -o FILE", ("explain", "--format", "json", "-o", "{out}", "--file", log), whole_file),
            Case("explain a packed log", ("explain", "--file", packed), read_on),
            Case("explain --each, JSON", ("explain", "--each", "--format", "json", "--file", log), whole_lines),
            Case("explain --each, nobody reads", ("explain", "--each", "--file", log), reads=False),
            Case("explain a folder", ("explain", "--file", folder), read_on),
            Case("compare", ("compare", "550", "5.7.1")),
            Case("codes", ("codes",)),
            Case("codes, nobody reads", ("codes", "--verbose"), reads=False),
            Case("codes -o FILE", ("codes", "--format", "json", "-o", "{out}"), whole_file),
            Case("extensions", ("extensions", "--verbose")),
            Case("fake", ("fake", "postfix")),
            Case("fake, the list", ("fake",)),
            Case("demo", ("demo",)),
            Case("--help", ("--help",)),
        ]


def _inputs(room: Path) -> tuple[str, str, str]:
    """A log of 60 MB, the same packed, a folder of many messages."""
    import gzip

    lines = (HERE.parents[1] / "examples" / "mail.log").read_bytes()
    log, packed, folder = room / "mail.log", room / "mail.log.gz", room / "messages"
    log.write_bytes(lines * (60_000_000 // len(lines)))
    packed.write_bytes(gzip.compress(lines * 20_000, 1))
    folder.mkdir()
    message = b"From: a@example.org\r\nSubject: Undelivered Mail\r\n\r\n<b@example.org>: 550 5.1.1 User unknown\r\n"
    for number in range(8000):
        (folder / f"{number}.eml").write_bytes(message)
    return str(log), str(packed), str(folder)


def measure(moments: int, only: str) -> Tally:
    tally = Tally()
    with cases() as every, ThreadPoolExecutor(2) as pool:
        jobs = []
        for case in every:
            if only not in case.name:
                continue
            life = min(interrupt(case, signal.SIGINT, None).after * 1.05, LONGEST)
            for index in range(moments):
                # Both systematic and odd: no two signals and no two commands meet the same moments.
                jobs += [
                    pool.submit(interrupt, case, number, life * (index + (turn + 1) / 4) / moments)
                    for turn, number in enumerate(SIGNALS)
                ]
        for job in jobs:
            count(job.result(), tally)
    return tally


def rows(tally: Tally) -> list[dict[str, object]]:
    moments = f"interrupted at {tally.runs:,} moments"
    slowest = f"{tally.slowest:.2f} s ({tally.slowest_of})"
    return [
        scoring.row(f"{moments}: tracebacks", str(len(tally.tracebacks)), "0", not tally.tracebacks),
        scoring.row(f"{moments}: more than a sentence on stderr", str(len(tally.wordy)), "0", not tally.wordy),
        scoring.row(f"{moments}: results lost", str(len(tally.lost)), "0", not tally.lost),
        scoring.row("slowest end after a signal", slowest, "1 s", tally.slowest <= GOAL),
        scoring.row(
            "signals before the first line of the program is run, where the interpreter answers",
            f"{tally.before_us}, {tally.before_us_traced} with its traceback",
            "not ours",
            True,
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=6)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    # Under nohup the commands would inherit that a closed terminal is nothing to them.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    tally = measure(given.moments, given.only)
    for kind in (tally.tracebacks, tally.wordy, tally.lost):
        print(*kind, sep="\n\n")
    for name, took in sorted(tally.slowest_by.items(), key=lambda one: -one[1])[:8]:
        print(f"{took:.2f} s  {name}")
    print(f"statuses {tally.statuses}; before the program began: {tally.before_us}")
    found = rows(tally)
    if not given.only:
        scoring.write("interruptions", found)


if __name__ == "__main__":
    main()
