"""What the terms of an SPF record cost in DNS look-ups, beyond the limit at which an evaluation ends. Pure.

Only counts; nothing here decides a result.
"""

from __future__ import annotations

from smtpprobe.journey import Asking, Question
from smtpprobe.verdicts.spf_record import COUNTED, SpfRecord, SpfSyntaxError, read_record, spf_records
from smtpprobe.verdicts.spf_values import SpfCost
from smtpprobe.verdicts.spf_walk import Walk

#: So many look-ups are counted at most: enough to tell a record that is over the limit how far.
COUNT_LIMIT = 40
_DEPTH_LIMIT = 10


def count_costs(walk: Walk, domain: str, text: str) -> Asking[tuple[SpfCost, ...]]:
    """The cost of each term that has one, in the record's order; counting ends at COUNT_LIMIT.

    ``text`` is the record of ``domain``, which can be read.
    """
    costs: list[SpfCost] = []
    spent = 0
    for term, spec, follow in _terms(read_record(text)):
        cost = 1
        if follow:
            cost += yield from _behind(walk, domain, spec, COUNT_LIMIT - spent - 1, (domain,))
        spent += cost
        costs.append(SpfCost(term, cost))
        if spent >= COUNT_LIMIT:
            break
    return tuple(costs)


def _behind(walk: Walk, domain: str, spec: str, left: int, seen: tuple[str, ...]) -> Asking[int]:
    """What the record of another domain costs; a circle and a broken record cost no more."""
    target = yield from walk.target(domain, spec)
    if not target or target in seen or len(seen) > _DEPTH_LIMIT or left <= 0:
        return 0
    (answer,) = yield from walk.ask(Question(target, "TXT"))
    records = spf_records(answer.records)
    record = _read(records[0]) if records else None
    spent = 0
    for _, inner, follow in _terms(record) if record else ():
        if spent >= left:
            break
        spent += 1
        if follow:
            spent += yield from _behind(walk, target, inner, left - spent, (*seen, target))
    return spent


def _terms(record: SpfRecord) -> list[tuple[str, str, bool]]:
    """The terms that cost: as written, their domain-spec, and whether they lead to another record."""
    found = [(m.text, m.target, m.name == "include") for m in record.mechanisms if m.name in COUNTED]
    ends = any(mechanism.name == "all" for mechanism in record.mechanisms)
    if record.redirect and not ends:
        found.append((f"redirect={record.redirect}", record.redirect, True))
    return found


def _read(text: str) -> SpfRecord | None:
    try:
        return read_record(text)
    except SpfSyntaxError:
        return None
