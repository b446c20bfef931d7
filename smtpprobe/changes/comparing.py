"""Two snapshots of a server, and what changed from one to the other. What cannot be told from both is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import msgspec

from smtpprobe.changes import saying
from smtpprobe.changes.facts import Fact, Snapshot
from smtpprobe.changes.folding import folded
from smtpprobe.changes.words import Also, What
from smtpprobe.expectation import Change
from smtpprobe.outcome import Outcome

BOTH = ("clear", "tls")
_ENHANCED = re.compile(r"(?<=\A\d\d\d) [\d.]+\Z")
#: A stage counts as slower or faster when both are exceeded.
_TIMES, _MILLISECONDS = 2.0, 100.0
_OF_DATES = frozenset({"certificate-expiring"})
_OF_TIMINGS = frozenset({"slow-greeting"})

Facts = dict[tuple[str, str, str], Fact]


def compare(before: Snapshot, after: Snapshot, also: frozenset[str] = frozenset()) -> tuple[Change, ...]:
    """Every change, in the order of ``What`` and of the subjects; none where ``undecided`` says why.

    ``also`` holds words of ``Also``; it is for two reports, since a baseline keeps nothing of what it names.
    """
    if undecided(before, after):
        return ()
    if before.outcome is not after.outcome:
        return (saying.conversation(before, after),)
    if after.outcome is not Outcome.ANSWERED:
        return ()
    if before.folded or after.folded:
        also = frozenset()
    sides = _Sides(folded(before, also), folded(after, also), also)
    changes = [change for find in _FINDERS for change in find(sides)]
    order = [str(what) for what in What]
    return tuple(sorted(changes, key=lambda one: (order.index(one.what), one.subject, one.where)))


def undecided(before: Snapshot, after: Snapshot) -> str:
    """Why nothing can be said of these two, "" where something can."""
    for side, one in (("before", before), ("after", after)):
        if one.outcome is Outcome.INCONCLUSIVE:
            return f"the conversation {side} was inconclusive: {one.reason}"
    if before.outcome is after.outcome is not Outcome.ANSWERED:
        return f"there was no conversation, neither before nor after: {after.reason}"
    return ""


class _Sides:
    """Both snapshots, folded, their facts by kind."""

    def __init__(self, before: Snapshot, after: Snapshot, also: frozenset[str]) -> None:
        self.before, self.after, self.also = before, after, also
        self._facts = [{what: [f for f in side.facts if f.what is what] for what in What} for side in (before, after)]

    def of(self, what: What) -> tuple[list[Fact], list[Fact]]:
        """The facts of one kind, before and after."""
        return self._facts[0][what], self._facts[1][what]

    @cached_property
    def answers(self) -> tuple[list[Fact], list[Fact]]:
        """The answers; without enhanced codes where only one side announces them, which has been told."""
        announced = [any(f.subject == "ENHANCEDSTATUSCODES" for f in facts) for facts in self.of(What.EXTENSION)]
        before, after = self.of(What.ANSWER)
        return (before, after) if announced[0] == announced[1] else (_bare(before), _bare(after))

    @cached_property
    def alike_in_both_states(self) -> bool:
        """Does each side answer a plain MAIL in clear as it does inside TLS?"""
        plain = [{f.where: f.value for f in facts if f.subject == "mail"} for facts in self.of(What.ANSWER)]
        return all(set(one) == set(BOTH) and len(set(one.values())) == 1 for one in plain)

    def only(self, states: Iterable[str]) -> str:
        """The one TLS state that it is about; "" where that is all there is."""
        known = {*self.before.states, *self.after.states}
        return "" if known <= set(states) else _only(states)

    def states(self) -> list[str]:
        """The TLS states that both know."""
        return [state for state in BOTH if state in self.before.states and state in self.after.states]


def _only(states: Iterable[str]) -> str:
    """The one TLS state that it is about; "" for both and for neither."""
    found = set(states)
    return found.pop() if len(found) == 1 else ""


def _bare(answers: Iterable[Fact]) -> list[Fact]:
    return [msgspec.structs.replace(one, value=_ENHANCED.sub("", one.value)) for one in answers]


def _software(sides: _Sides) -> Iterator[Change]:
    """Where less was asked, less may be recognised."""
    old, new = (facts[0] if facts else None for facts in sides.of(What.SOFTWARE))
    comparable = (old and new) or sides.before.profile == sides.after.profile
    if comparable and not _same(old, new):
        yield saying.change(What.SOFTWARE, "", old, new)


def _greeting(sides: _Sides) -> Iterator[Change]:
    old, new = (facts[0] if facts else None for facts in sides.of(What.GREETING))
    if not _same(old, new):
        yield saying.change(What.GREETING, "", old, new)


def _same(old: Fact | None, new: Fact | None) -> bool:
    return (old.value, old.text) == (new.value, new.text) if old and new else old is new


def _extensions(sides: _Sides) -> Iterator[Change]:
    """What changed in clear and inside TLS alike is one change."""
    found: dict[tuple[What, str, str | None, str | None], list[str]] = {}
    for state in sides.states():
        before, after = ({f.subject: f for f in facts if f.where == state} for facts in sides.of(What.EXTENSION))
        old, new = ({f.subject for f in facts if f.where == state} for facts in sides.of(What.MECHANISM))
        for keyword in dict.fromkeys([*before, *after]):
            was, now = before.get(keyword), after.get(keyword)
            if keyword == "AUTH" and was and now:
                for name in sorted(old ^ new):
                    login = (What.MECHANISM, name, "" if name in old else None, "" if name in new else None)
                    found.setdefault(login, []).append(state)
            elif not _same(was, now):
                values = [None if fact is None else _offered(fact, logins) for fact, logins in ((was, old), (now, new))]
                found.setdefault((What.EXTENSION, keyword, values[0], values[1]), []).append(state)
    for (what, subject, first, second), states in found.items():
        yield saying.offer(what, subject, first, second, sides.only(states))


def _offered(keyword: Fact, mechanisms: set[str]) -> str:
    return " ".join(sorted(mechanisms)) if keyword.subject == "AUTH" else keyword.value


def _order(sides: _Sides) -> Iterator[Change]:
    """Where the same is offered in another order."""
    if Also.ORDER not in sides.also:
        return
    before, after = ({(f.subject, f.where): f for f in facts} for facts in sides.of(What.ORDER))
    for key in [key for key in before if key in after]:
        old, new = before[key], after[key]
        if old.value != new.value and sorted(old.value.split()) == sorted(new.value.split()):
            yield saying.order(old, new)


def _tls(sides: _Sides) -> Iterator[Change]:
    """A version that changed brings its own ciphers."""
    old, new = (facts[0] if facts else None for facts in sides.of(What.TLS))
    if not (sides.before.tls_wanted and sides.after.tls_wanted):
        return
    if old is None or new is None:
        offers = [any(f.subject == "STARTTLS" for f in facts) for facts in sides.of(What.EXTENSION)]
        # That STARTTLS comes or goes has been told, and says it.
        if old is not new and offers[0] == offers[1]:
            yield saying.change(What.TLS, "", old, new)
    elif not _same(old, new):
        yield saying.change(What.TLS, "", old, new)
    else:
        for was, now in zip(*sides.of(What.CIPHER), strict=False):
            if not _same(was, now):
                yield saying.change(What.CIPHER, "", was, now)


def _certificate(sides: _Sides) -> Iterator[Change]:
    before, after = ({f.subject: f for f in facts} for facts in sides.of(What.CERTIFICATE))
    for subject in [name for name in before if name in after]:
        if subject.startswith("valid ") and Also.DATES not in sides.also:
            continue
        if before[subject].value != after[subject].value:
            yield saying.change(What.CERTIFICATE, subject, before[subject], after[subject])


def _answers(sides: _Sides) -> Iterator[Change]:
    """Codes that are others, and texts that are others where the codes are the same; like ones are told together."""
    called = _names([*sides.of(What.ANSWER)[0], *sides.of(What.ANSWER)[1]])
    found: dict[tuple[str, ...], list[tuple[Fact, Fact, str]]] = {}
    for old, new, where in _pairs(sides, sides.answers):
        # Of a text that changed everywhere it is no matter which question it answers.
        question = old.subject.partition(" ")[0] if old.value != new.value else ""
        found.setdefault((question, old.value, old.text, new.value, new.text), []).append((old, new, where))
    for pairs in found.values():
        old, new, _ = pairs[0]
        commands = list(dict.fromkeys([called(one) for one, _, _ in pairs]))
        what = What.ANSWER if old.value != new.value else What.WORDING
        yield saying.answer(what, commands, old, new, _only([where for _, _, where in pairs]))


def _names(facts: Iterable[Fact]) -> Callable[[Fact], str]:
    """A command, with the question where several questions send the same."""
    questions: dict[str, set[str]] = {}
    for fact in facts:
        questions.setdefault(fact.command, set()).add(fact.subject)
    return lambda fact: f"{fact.command} ({fact.subject})" if len(questions[fact.command]) > 1 else fact.command


def _verdicts(sides: _Sides) -> Iterator[Change]:
    """What a question showed, unless its answers are others: then they have been told."""
    told = {old.subject for old, new, _ in _pairs(sides, sides.answers) if old.value != new.value}
    found: dict[tuple[str, str, str], list[str]] = {}
    for old, new, where in _pairs(sides, sides.of(What.VERDICT)):
        if old.subject not in told:
            found.setdefault((old.subject, old.value, new.value), []).append(where)
    for (subject, was, now), states in found.items():
        yield saying.verdict(subject, was, now, _only(states))


def _pairs(sides: _Sides, facts: Iterable[list[Fact]]) -> Iterator[tuple[Fact, Fact, str]]:
    """What was asked on both sides and is not the same, with its TLS state where it was asked in both.

    A question that is put once is put in whichever TLS state there was room. Asked in different states, its codes are
    compared only where the state makes no difference to MAIL, and its wording not at all.
    """
    asked: list[dict[tuple[str, str], dict[str, Fact]]] = [{}, {}]
    for one_side, found in zip(facts, asked, strict=True):
        for fact in one_side:
            found.setdefault((fact.subject, fact.command), {})[fact.where] = fact
    for key, old in asked[0].items():
        new = asked[1].get(key, {})
        common = [where for where in old if where in new]
        for where in common:
            if not _same(old[where], new[where]):
                yield old[where], new[where], where if len(old) + len(new) > 2 else ""
        if new and not common and sides.alike_in_both_states:
            was, now = next(iter(old.values())), next(iter(new.values()))
            if was.value != now.value:
                yield was, now, ""


def _findings(sides: _Sides) -> Iterator[Change]:
    """New and gone ones only where the other side asked all that they rest on."""
    before, after = ({f.subject: f for f in facts} for facts in sides.of(What.FINDING))
    asked_before, asked_after = ({f.subject for f in facts} for facts in sides.of(What.ANSWER))
    for rule in dict.fromkeys([*before, *after]):
        old, new = before.get(rule), after.get(rule)
        if _same(old, new) or _folded_away(rule, sides.also):
            continue
        if (old or not new or asked_before.issuperset(new.rests_on)) and (
            new or not old or asked_after.issuperset(old.rests_on)
        ):
            yield saying.change(What.FINDING, rule, old, new)


def _folded_away(rule: str, also: frozenset[str]) -> bool:
    return (rule in _OF_DATES and Also.DATES not in also) or (rule in _OF_TIMINGS and Also.TIMINGS not in also)


def _timings(sides: _Sides) -> Iterator[Change]:
    if Also.TIMINGS not in sides.also:
        return
    before, after = ({f.subject: f for f in facts} for facts in sides.of(What.TIMING))
    for stage in [name for name in before if name in after]:
        old, new = float(before[stage].value), float(after[stage].value)
        if abs(new - old) > _MILLISECONDS and max(old, new) > _TIMES * min(old, new):
            yield saying.timing(stage, old, new)


_FINDERS: tuple[Callable[[_Sides], Iterator[Change]], ...] = (
    _software,
    _greeting,
    _extensions,
    _order,
    _tls,
    _certificate,
    _verdicts,
    _answers,
    _findings,
    _timings,
)
