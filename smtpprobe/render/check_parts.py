"""What every form of a check shows, before it gets its form: what went wrong, what followed from it, what is counted.

Words of ours and choices among what a check tells. Nothing is escaped here, and nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from smtpprobe.expectation import CONVERSATION, Checked, Checking, Held, Place
from smtpprobe.model import Report
from smtpprobe.outcome import Outcome, Result

GLYPHS = {
    Result.MET: "✔",
    Result.FAILED: "✖",
    Result.INCONCLUSIVE: "?",
    Result.NOT_APPLICABLE: "–",
}
_COUNTED = {"fail": "counted as failed", "pass": "counted as met"}
_ORDER = {Result.FAILED: 0, Result.INCONCLUSIVE: 1}
_MOST_ADDRESSES = 4
STOPPED = "stopped early"
_NO_TALK = {Outcome.REFUSED: "refused", Outcome.UNREACHABLE: "unreachable", Outcome.NOT_SMTP: "not SMTP"}


class Tally(Struct, frozen=True):
    """How expectations came out. ``skipped`` were decided by another one, and are in none of the other numbers."""

    failed: int
    inconclusive: int
    met: int
    skipped: int
    not_applicable: int


class Told(Struct, frozen=True):
    """What is told in one line: an expectation, which came out in the same words at each of the addresses.

    ``where`` says at which, where there are several: "192.0.2.25, 2001:db8::25", "every address"; "" else.
    """

    held: Held
    where: str


def result(server: Checked) -> Result:
    """The worst that came of what a server is held to."""
    found = {one.result for one in server.held if not follows(one, server)}
    worst = (Result.FAILED, Result.INCONCLUSIVE, Result.MET)
    return next((one for one in worst if one in found), Result.NOT_APPLICABLE)


def follows(held: Held, server: Checked) -> bool:
    """Did another expectation, which is told itself, decide this one?"""
    return bool(held.because) and any(one.id == held.because and one.result is not Result.MET for one in server.held)


def tally(*servers: Checked) -> Tally:
    """All that the servers are held to, counted."""
    skipped = sum(follows(one, server) for server in servers for one in server.held)
    results = [one.result for server in servers for one in server.held if not follows(one, server)]
    return Tally(
        failed=results.count(Result.FAILED),
        inconclusive=results.count(Result.INCONCLUSIVE),
        met=results.count(Result.MET),
        skipped=skipped,
        not_applicable=results.count(Result.NOT_APPLICABLE),
    )


def summary(checking: Checking) -> tuple[str, ...]:
    """The whole check in a few words: ``1 failed, 1 inconclusive, 35 met``, ``2.1 s``."""
    told = [totals(checking), f"{max(checking.elapsed_ns, 0) / 1e9:.1f} s"]
    if checking.stopped:
        told.append(STOPPED)
    return tuple(told)


def totals(checking: Checking) -> str:
    """``1 failed, 1 inconclusive, 35 met, 17 skipped``; what there is none of is left out."""
    if not checking.servers:
        return "no server was asked"
    return counts(tally(*checking.servers), checking)


def counts(count: Tally, checking: Checking) -> str:
    """A tally in words, with what the user makes of what could not be decided."""
    counted = _COUNTED.get(checking.inconclusive or "", "")
    parts = [
        (count.failed, "failed"),
        (count.inconclusive, f"inconclusive ({counted})" if counted else "inconclusive"),
        (count.met, "met"),
        (count.skipped, "skipped"),
        (count.not_applicable, "not applicable"),
    ]
    told = [f"{number:,} {word}" for number, word in parts if number]
    if len(told) == 1 and count.met > 1:
        return f"all {told[0]}"
    return ", ".join(told) or "nothing was expected"


def headline(server: Checked) -> str:
    """A server in one line: ``17 of 18 met``, or why there was no conversation with it."""
    count = tally(server)
    tried = [_times(server.attempts)] if server.attempts > 1 else []
    skipped = [f"{count.skipped:,} skipped"] if count.skipped else []
    if (told := silent(server)) is not None:
        return "; ".join([silence(told, server), *tried, *skipped])
    if not server.held:
        return "nothing was expected of it"
    total = count.failed + count.inconclusive + count.met + count.skipped
    other = [f"{count.not_applicable:,} not applicable"] if count.not_applicable else []
    return ", ".join([f"{count.met:,} of {total:,} met", *skipped, *other, *tried])


def _times(attempts: int) -> str:
    return "tried twice" if attempts == 2 else f"tried {attempts:,} times"


def silent(server: Checked) -> Held | None:
    """Why there was no conversation at any address, where that is one thing to say: it stands in the headline then."""
    tried = [one for one in server.held if one.id == CONVERSATION]
    if any(one.result not in _ORDER for one in tried):
        return None
    return tried[0] if len({(one.result, one.got, one.advice) for one in tried}) == 1 else None


def silence(held: Held, server: Checked) -> str:
    """Why there was no conversation: ``unreachable: nothing listens there``."""
    why = _NO_TALK.get(ended(held, server), "no conversation") if held.result is Result.FAILED else str(held.result)
    told = _unnamed(held, server).rstrip(".")
    return f"{why}: {told}" if told else why


def _unnamed(held: Held, server: Checked) -> str:
    """What was got. The sentence for a failure begins with the name of the server, which stands beside it already."""
    return held.got.removeprefix(f"{server.target.text}: ") if held.id == CONVERSATION else held.got


def ended(held: Held, server: Checked) -> Outcome:
    """How the conversation went that this was held against; the worst of them where it is about the whole server."""
    found = about(held, server) if held.address else ()
    return found[0].transcript.outcome if found else server.outcome


def problems(server: Checked) -> tuple[Told, ...]:
    """What failed, then what could not be told; no conversation before all else. What follows from them is left out."""
    found = [one for one in server.held if one.result in _ORDER and not follows(one, server)]
    found.sort(key=lambda one: (_ORDER[one.result], one.id != CONVERSATION))
    return _alike(found, server)


def rest(server: Checked) -> Iterator[tuple[str, tuple[Told, ...]]]:
    """What is no problem of its own, counted and listed: ``17 met``, ``6 skipped``, ``2 not applicable``."""
    skipped = [one for one in server.held if follows(one, server)]
    others = [one for one in server.held if not follows(one, server)]
    kinds = {
        "met": [one for one in others if one.result is Result.MET],
        "skipped": skipped,
        "not applicable": [one for one in others if one.result is Result.NOT_APPLICABLE],
    }
    for word, found in kinds.items():
        if found:
            yield f"{len(found):,} {word}", _alike(found, server)


def _alike(found: list[Held], server: Checked) -> tuple[Told, ...]:
    every = {one.address for one in server.held if one.address}
    alike: dict[tuple[object, ...], list[Held]] = {}
    for one in found:
        said = one.id, one.result, one.title, one.expected, one.got, one.advice, one.place, one.because
        alike.setdefault(said, []).append(one)
    return tuple([Told(same[0], _where([one.address for one in same], every, server)) for same in alike.values()])


def _where(addresses: list[str], every: set[str], server: Checked) -> str:
    """Which of all addresses these are."""
    some = list(dict.fromkeys(address for address in addresses if address))
    if len(every) < 2 or not some:
        return ""
    if len(some) == len(every):
        return "every address"
    if len(some) == len(every) - 1 > 1:
        return f"all but {spot(every.difference(some).pop(), server)}"
    more = [f"and {len(some) - _MOST_ADDRESSES} more"] if len(some) > _MOST_ADDRESSES else []
    return ", ".join([*(spot(one, server) for one in some[:_MOST_ADDRESSES]), *more])


def about(held: Held, server: Checked) -> tuple[Report, ...]:
    """The reports that it was held against: that of its address, or all of them."""
    return tuple([one for one in server.reports if held.address in ("", address(one))])


def address(report: Report) -> str:
    """The address that a report is about; "" where there was none."""
    route = report.transcript.route
    return route.address if route is not None else ""


def spot(at: str, server: Checked) -> str:
    """An address of the server, with the host that has it where that is another than the one that was named."""
    routes = [report.transcript.route for report in server.reports if address(report) == at]
    hosts = [route.host for route in routes if route is not None and route.host not in ("", at, server.target.host)]
    return f"{hosts[0]} [{at}]" if hosts else at


def beneath(server: Checked) -> tuple[Told, ...]:
    """The problems that the headline does not tell."""
    told = silent(server)
    return tuple([one for one in problems(server) if told is None or one.held.id != CONVERSATION])


def outcome(held: Held, server: Checked) -> str:
    """The result in words, with what was got, so that no two results look alike."""
    if follows(held, server):
        return f"skipped because of {held.because}"
    if held.result is Result.FAILED:
        return _unnamed(held, server) or f"not as expected ({held.expected})"
    if held.result is Result.INCONCLUSIVE:
        return f"could not tell: {held.got}" if held.got else "could not tell"
    if held.result is Result.NOT_APPLICABLE:
        return f"not applicable: {held.got}" if held.got else "not applicable"
    return held.got or "met"


def words(held: Held, server: Checked) -> str:
    """The expectation and what came of it. Why there was no conversation says so itself."""
    if held.id == CONVERSATION and held.result in _ORDER:
        return silence(held, server)
    return f"{held.title}: {outcome(held, server)}"


def got(held: Held, server: Checked) -> str:
    """What came of it, beside a word that says how it is marked."""
    return f"because of {held.because}" if follows(held, server) else _unnamed(held, server)


def name(told: Told) -> str:
    """The title, and at which addresses, where there are several."""
    return f"{told.held.title} ({told.where})" if told.where else told.held.title


def shown(held: Held, server: Checked) -> tuple[Result, str]:
    """How it is marked, and in which word; what follows from another one has no result of its own."""
    if follows(held, server):
        return Result.NOT_APPLICABLE, "skipped"
    return held.result, str(held.result).replace("-", " ")


def place(spot: Place | None) -> str:
    """``smtpprobe.toml:14``, as editors and compilers write it; "" where it stands in no file."""
    return "" if spot is None else f"{spot.file}:{spot.line}"


def worst_first(checking: Checking) -> tuple[Checked, ...]:
    """The servers, those with something wrong before the others."""
    return tuple(sorted(checking.servers, key=lambda server: _ORDER.get(result(server), len(_ORDER))))


def worst(checking: Checking) -> Result:
    """The worst that came of any server."""
    return min(map(result, checking.servers), key=lambda one: _ORDER.get(one, len(_ORDER)), default=Result.MET)


def places(server: Checked) -> Iterator[tuple[Report, str]]:
    """The reports, each with the name of the place that was talked to."""
    for report in server.reports:
        route = report.transcript.route
        target = report.transcript.target.text
        yield report, target if route is None or not route.address else f"{route.host} [{route.address}]:{route.port}"
