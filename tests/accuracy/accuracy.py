"""How often what we read from real bounces and replies agrees with what is known of them.

``python tests/accuracy/accuracy.py CORPORA [--misses | --dump] [--write FILE]``; CORPORA is a folder with ``bounces/``,
``bounces.tsv`` and ``vendor_replies.tsv``. Nothing of it is kept here.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from smtpprobe.catalogue import providers
from smtpprobe.diagnosis import Diagnosis, Event
from smtpprobe.explain.bounces import kind_of, read_message, split_mbox
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.explain.stream import events_of
from smtpprobe.outcome import Reason

NO_REASON = frozenset({Reason.NONE, Reason.UNDEFINED})
# The domains of those providers that the list of vendor replies calls by a name that is not its domain.
DOMAINS = {
    "google": "gmail.com",
    "mailru": "mail.ru",
    "att": "att.net",
    "webde": "web.de",
    "gmx": "gmx.net",
    "free": "free.fr",
    "orange": "orange.fr",
    "comcast": "comcast.net",
    "rambler": "rambler.ru",
    "yandex": "yandex.ru",
    "hostpoint": "hostpoint.ch",
    "apple": "icloud.com",
}
# The software that a provider runs is right where the text names that.
SOFTWARE = {"Microsoft 365": "Exchange"}


class Score(Struct):
    """One measure: how many rows were right, out of how many, what is asked for, and the rows that were not."""

    name: str
    goal: float
    atmost: bool = False
    right: int = 0
    rows: int = 0
    misses: list[str] = []

    def add(self, counted: bool, row: str) -> None:
        """One row. What is asked to be rare is a miss where it is counted."""
        self.rows += 1
        self.right += counted
        if counted == self.atmost:
            self.misses.append(row)

    @property
    def share(self) -> float:
        return self.right / self.rows if self.rows else 0.0

    @property
    def met(self) -> bool:
        return self.share <= self.goal if self.atmost else self.share >= self.goal


def main() -> int:
    options = _options()
    if options.dump:
        for line in _dump(options.corpora, options.only):
            print(line)
        return 0
    scores = [*_bounces(options.corpora, options.only), *([] if options.only else _vendors(options.corpora))]
    table = "\n".join(_table(scores))
    print(table)
    if options.misses:
        for score in scores:
            print(f"\n{score.name}:", *score.misses, sep="\n  ")
    if options.write is not None:
        options.write.write_text(_page(table), encoding="utf-8")
    return 0 if all(score.met for score in scores) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--misses", action="store_true", help="print each row that is not right")
    parser.add_argument("--dump", action="store_true", help="print what was read, as JSON Lines")
    parser.add_argument("--only", type=Path, help="a file that names the bounces to measure, one a line")
    parser.add_argument("--write", type=Path, help="keep the table there")
    return parser.parse_args()


def _rows(corpora: Path, only: Path | None) -> Iterator[tuple[dict[str, str], Event | None]]:
    """Each row of what is known, with the event of the same number in its file."""
    files = set(only.read_text(encoding="utf-8").split()) if only else None
    with (corpora / "bounces.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if files is None or row["file"] in files:
                events = _events(corpora / "bounces" / row["file"])
                index = int(row["index"]) - 1
                yield row, events[index] if index < len(events) else None


@cache
def _events(path: Path) -> tuple[Event, ...]:
    raw = path.read_bytes()
    messages = split_mbox(raw.splitlines(keepends=True)) if kind_of(raw[: 64 * 1024]) == "mbox" else (raw,)
    return tuple([event for message in messages for event in read_message(message).events])


def _bounces(corpora: Path, only: Path | None) -> list[Score]:
    code, status = Score("bounces: reply code", 0.97), Score("bounces: enhanced status", 0.97)
    reason, none = Score("bounces: reason", 0.92), Score("bounces: no reason at all", 0.03, atmost=True)
    explainer = Explainer()
    for row, event in _rows(corpora, only):
        label = f"{row['file']} {row['index']}"
        ours = explainer.explain(event).meaning.reason if event else Reason.NONE
        told = f"{label}: {row['reply_code']} {row['status']} {row['reason']}, ours {_shown(event)} {ours}"
        if row["reply_code"]:
            code.add(event is not None and str(event.code) == row["reply_code"], told)
        if row["status"] and ".0.9" not in row["status"]:
            status.add(event is not None and event.enhanced == row["status"], told)
        reason.add(ours == row["reason"], told)
        none.add(ours in NO_REASON and row["reason"] != Reason.UNDEFINED, told)
    return [code, status, reason, none]


def _vendors(corpora: Path) -> list[Score]:
    """The vendor is looked for in the text alone, where many replies could be anyone's, and beside a server's name."""
    code, vendor = Score("vendor replies: code", 0.95), Score("vendor replies: vendor, its server known", 0.95)
    alone = Score("vendor replies: vendor, by the text alone", 0.0)
    wrong = Score("vendor replies: another vendor, by the text alone", 0.01, atmost=True)
    explainer = Explainer()
    with (corpora / "vendor_replies.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            domain = DOMAINS.get(row["provider"], f"{row['provider']}.com")
            expected = providers.by_host(domain) or row["provider"]
            event = next(iter(events_of(row["text"].splitlines())), Event("reply", ""))
            told = explainer.explain(event)
            placed = explainer.explain(replace(event, host=event.host or f"mx.{domain}"))
            label = f"{row['reply']} {row['provider']}, ours {_vendor(told)!r} {_vendor(placed)!r}: {row['text'][:160]}"
            code.add(str(event.code) == row["reply"], label)
            vendor.add(_same(expected, _vendor(placed)), label)
            alone.add(_same(expected, _vendor(told)), label)
            wrong.add(_vendor(told) != "" and not _same(expected, _vendor(told)), label)
    return [code, vendor, alone, wrong]


def _vendor(found: Diagnosis) -> str:
    note = found.meaning.note
    return note.dialect.vendor if note is not None and note.dialect is not None else ""


def _same(expected: str, vendor: str) -> bool:
    return vendor in {expected, SOFTWARE.get(expected, expected)}


def _shown(event: Event | None) -> str:
    return f"{event.code} {event.enhanced} {event.command} {event.text[:120]!r}" if event else "nothing"


def _dump(corpora: Path, only: Path | None) -> Iterator[str]:
    for row, event in _rows(corpora, only):
        expected = {name: row[name] for name in ("status", "reply_code", "reason")}
        fields = ("code", "enhanced", "command", "host", "recipient", "sender", "state", "reason", "text")
        read = {name: getattr(event, name, None) for name in fields}
        yield json.dumps({"file": row["file"], "index": row["index"], "expected": expected, **read}, ensure_ascii=False)


def _table(scores: list[Score]) -> Iterator[str]:
    yield "| measured | right | of | share | asked for |"
    yield "|---|---:|---:|---:|---:|"
    for score in scores:
        asked = f"{'≤' if score.atmost else '≥'} {score.goal:.0%}" if score.goal else ""
        yield f"| {score.name} | {score.right} | {score.rows} | {score.share:.1%} | {asked} |"


def _page(table: str) -> str:
    today = datetime.now(UTC).date().isoformat()
    versions = f"smtpprobe {version('smtpprobe')}, Python {platform.python_version()}"
    return f"""# Accuracy

Measured on {today} with {versions}, by `make accuracy`.

{table}

The bounces are a part of Sisimai's set of samples (BSD-2-Clause), with the codes and reasons that its own tests expect;
the vendor replies are those of ActiveCampaign's smtp-field-manual (MIT). Both are a development set: rules were written
while reading them. Statuses of the form X.0.9nn, which are Sisimai's own, are not counted.
"""


if __name__ == "__main__":
    sys.exit(main())
