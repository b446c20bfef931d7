"""Times ``scan`` against nmap on 8,192 addresses, and against check_smtp, posttls-finger and swaks on 1,000 of them.

Run by ``make bench``: needs root, and nmap, swaks, postfix and monitoring-plugins-basic from Debian. Every server is
the same smtp-sink. The programs take turns, so that a busy machine slows all; a ratio is made of one round's times.
"""

import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import alone
import commands
import figures
import page
import sink
from figures import Row

from smtpprobe import __version__

ROUNDS = 7
FEW_ROUNDS = 3
MANY, FEW = 8192, 1000
#: Conversations at a time: as many as nmap is told to hold.
AT_ONCE = 300
FIRST = "127.1.0.0"
CHECK_SMTP = "/usr/lib/nagios/plugins/check_smtp"
NMAP = (
    *("nmap", "-Pn", "-n", "-p25", "--script", "smtp-commands"),
    *("--min-hostgroup", "4096", "--min-parallelism", "300"),
)
#: Eight at a time, one process a server: the same conversation, as far as they can have it.
ONE_BY_ONE = {
    "check_smtp": ("xargs", "-P8", "-n1", CHECK_SMTP, "-C", "EHLO bench", "-C", "HELP", "-H"),
    "posttls-finger": ("xargs", "-P8", "-n1", "posttls-finger", "-l", "may"),
    "swaks": ("xargs", "-P8", "-n1", "swaks", "--quit-after", "EHLO", "--server"),
}
#: So many times the servers a second, at least; of nmap, per CPU second as well.
FASTER = {"uvloop": 3.0, "asyncio": 2.0, "check_smtp": 8.0, "posttls-finger": 15.0, "swaks": 90.0}
LIGHTER = 2.5
SECTION = """### Servers a second

Every address of 127.0.0.0/8 is answered on port 25 by one `smtp-sink` of Postfix, in a network of its own. `scan` has
one conversation with each of {many:,} addresses: greeting, EHLO, HELP, QUIT, annotated, with a JSON line each in a
file. nmap asks the same with its script `smtp-commands`:

```sh
smtpprobe scan LIST -o OUT.jsonl --at-once {at_once}
{nmap} -iL LIST
```

{table}

On {few:,} of them, programs that have one conversation a process, eight at a time; the address is their last argument.
posttls-finger and swaks cannot ask for HELP, and check_smtp says HELO before it is told to say EHLO.

```sh
{one_by_one}
```

{few_table}

{measured}
{versions}"""


@dataclass
class Measured:
    """Several runs of one program over as many servers."""

    servers: int
    took: list[commands.Took] = field(default_factory=list)

    @property
    def speeds(self) -> list[float]:
        """Servers a second, of each round."""
        return [self.servers / took.seconds for took in self.took]

    @property
    def costs(self) -> list[float]:
        """CPU seconds a server, of each round."""
        return [took.cpu / self.servers for took in self.took]

    def line(self, name: str, ratios: str) -> str:
        speed, cost = statistics.median(self.speeds), statistics.median(self.costs)
        seconds = statistics.median(took.seconds for took in self.took)
        return f"| {name} | {seconds:.2f} s | {speed:,.0f} | {cost * 1e6:,.0f} µs | {ratios} |"


def ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of each round's."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


class Field:
    """The lists, and the outputs, of one run of this benchmark."""

    def __init__(self, folder: Path, given: figures.Options) -> None:
        self._folder = folder
        self.many, self.few = given.of(MANY), given.of(FEW)
        self._many_list = commands.write_list(folder / "many", FIRST, self.many)
        self._few_list = commands.write_list(folder / "few", FIRST, self.few)
        # posttls-finger takes a bare name for a domain, an address in brackets for a server.
        bracketed = folder / "bracketed"
        bracketed.write_text("".join(f"[{line}]\n" for line in self._few_list.read_text().split()), "ascii")
        self._lists = {"posttls-finger": bracketed}
        #: Of the last scan: the octets on the network, and those in its output.
        self.sent = self.written = 0

    def scan(self, command: tuple[str, ...], number: int, *, few: bool = False) -> commands.Took:
        """One scan of all, or of the few; every server must have answered."""
        output = self._folder / f"{number}.jsonl"
        targets, count = (self._few_list, self.few) if few else (self._many_list, self.many)
        before = commands.octets_sent()
        took = commands.run(*command, str(targets), "-o", str(output), "--at-once", str(AT_ONCE))
        self.sent, self.written = commands.octets_sent() - before, output.stat().st_size
        commands.check_answers(output, count)
        for path in self._folder.glob(f"{output.name}*"):
            path.unlink()
        return took

    def nmap(self) -> commands.Took:
        output = self._folder / "nmap.txt"
        took = commands.run(*NMAP, "-iL", str(self._many_list), output=output)
        answered = output.read_text().count("|_smtp-commands:")
        if answered != self.many:
            sys.exit(f"nmap has an answer of {answered:,} servers of {self.many:,}.")
        return took

    def one_by_one(self, name: str) -> commands.Took:
        return commands.run(*ONE_BY_ONE[name], source=self._lists.get(name, self._few_list))


def against_nmap(field: Field, rounds: int) -> dict[str, Measured]:
    results = {name: Measured(field.many) for name in ("uvloop", "asyncio", "nmap")}
    for number in range(rounds):
        results["uvloop"].took.append(field.scan(commands.SCAN, number))
        results["nmap"].took.append(field.nmap())
        results["asyncio"].took.append(field.scan(commands.SCAN_ON_ASYNCIO, number))
        told(number, rounds, results)
    return results


def against_others(field: Field, rounds: int) -> dict[str, Measured]:
    results = {"all": Measured(field.many)} | {name: Measured(field.few) for name in ("few", *ONE_BY_ONE)}
    for number in range(rounds):
        results["all"].took.append(field.scan(commands.SCAN, number))
        results["few"].took.append(field.scan(commands.SCAN, number, few=True))
        for name in ONE_BY_ONE:
            results[name].took.append(field.one_by_one(name))
        told(number, rounds, results)
    return results


def told(number: int, rounds: int, results: dict[str, Measured]) -> None:
    speeds = ", ".join(f"{name} {measured.speeds[-1]:,.0f}" for name, measured in results.items())
    print(f"round {number + 1} of {rounds}, servers a second: {speeds}", flush=True)


HEAD = ["| program | time | servers a second | CPU a server | {} |", "|---|--:|--:|--:|--:|"]


def nmap_rows(results: dict[str, Measured]) -> tuple[list[Row], str]:
    """The figures against nmap, and their table."""
    nmap = results["nmap"]
    rows, lines = [], [HEAD[0].format("servers a second, and per CPU second, to nmap's"), HEAD[1]]
    for name, loop in (("uvloop", "uvloop"), ("asyncio", "asyncio's own loop")):
        faster = ratio(results[name].speeds, nmap.speeds)
        lighter = ratio(nmap.costs, results[name].costs)
        lines.append(results[name].line(f"`scan`, {loop}", f"{faster:.2f}, {lighter:.2f}"))
        goal, met = f"at least {FASTER[name]:g}", faster >= FASTER[name]
        rows.append(Row(f"servers a second with {loop}", "nmap", f"{faster:.2f} times", f"{goal} times", met))
        if name == "uvloop":
            goal, met = f"at least {LIGHTER:g}", lighter >= LIGHTER
            rows.append(Row("servers per CPU second", "nmap", f"{lighter:.2f} times", f"{goal} times", met))
    lines.append(nmap.line("nmap", "1, 1"))
    return rows, "\n".join(lines)


def other_rows(results: dict[str, Measured]) -> tuple[list[Row], str]:
    """The figures against the programs that have one conversation a process."""
    everything, few = results["all"], results["few"]
    lines = [HEAD[0].format("`scan` of all, and of these, to this one"), HEAD[1]]
    lines += [everything.line(f"`scan` of all {everything.servers:,}", "–"), few.line("`scan` of these", "–")]
    rows = []
    for name in ONE_BY_ONE:
        faster, faster_few = ratio(everything.speeds, results[name].speeds), ratio(few.speeds, results[name].speeds)
        lines.append(results[name].line(f"`xargs -P8 {name}`", f"{faster:.1f}, {faster_few:.1f}"))
        goal, met = f"at least {FASTER[name]:g} times", faster >= FASTER[name]
        measured = f"{faster:.1f} times; {faster_few:.1f} with the start of the interpreter on so few"
        rows.append(Row("servers a second", f"`xargs -P8 {name}`", measured, goal, met))
    return rows, "\n".join(lines)


def main() -> None:
    given = figures.options(__doc__, ROUNDS)
    alone.enter()
    if not all(map(shutil.which, ("nmap", "swaks", "posttls-finger", CHECK_SMTP))):
        sys.exit("The benchmark needs: apt-get install nmap swaks postfix monitoring-plugins-basic.")
    # As an installation does it; an editable one leaves it to the first run.
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(page.REPOSITORY / "smtpprobe")], check=True)
    with tempfile.TemporaryDirectory(prefix="smtpprobe-bench") as folder, sink.running():
        field = Field(Path(folder), given)
        results = against_nmap(field, given.rounds)
        others = against_others(field, min(given.rounds, FEW_ROUNDS))
    rows, table = nmap_rows(results)
    few_rows, few_table = other_rows(others)
    section = SECTION.format(
        many=field.many,
        few=field.few,
        at_once=AT_ONCE,
        nmap=" ".join(NMAP),
        one_by_one="\n".join([f"{shlex.join(command)} < LIST" for command in ONE_BY_ONE.values()]),
        table=table,
        few_table=few_table,
        measured=page.measured_on(f"Medians of {given.rounds} rounds", __version__),
        versions=f"{figures.python('aiosmtplib', 'uvloop')}, "
        f"{figures.debian('nmap', 'swaks', 'postfix', 'monitoring-plugins-basic')}.",
    )
    numbers = {
        "cpu_a_server": statistics.median(results["uvloop"].costs),
        "octets_a_server": field.sent / field.few,
        "octets_a_line": field.written / field.few,
    }
    figures.write("scan_speed", given, [*rows, *few_rows], section, numbers)


if __name__ == "__main__":
    main()
