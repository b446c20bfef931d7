"""What one SPF evaluation keeps in hand: the limits, the answers so far, and the macros that need the DNS. Pure.

Knows the terms of a record one by one; which of them decides is spf.py's.
"""

from __future__ import annotations

from ipaddress import ip_network

from msgspec import Struct

from smtpprobe.journey import Answer, Asking, Question
from smtpprobe.verdicts.asked import IpAddress, addresses, broken, clipped, family, listed, mx_hosts, queryable, under
from smtpprobe.verdicts.spf_macros import Values, dotted, expand_domain, uses_validated
from smtpprobe.verdicts.spf_record import COUNTED, Mechanism, SpfRecord
from smtpprobe.verdicts.spf_values import SpfVisit

LOOKUP_LIMIT = 10
VOID_LIMIT = 2
#: MX records of one term, and names of one address (RFC 7208 4.6.4).
NAME_COUNT_LIMIT = 10


class StoppedError(Exception):
    """The evaluation ends here, with this result and this problem."""

    def __init__(self, result: str, problem: str, *, term: str = "", domain: str = "") -> None:
        super().__init__(problem)
        self.result = result
        self.problem = problem
        self.term = term
        self.domain = domain
        self.records: tuple[str, ...] = ()


class OverLimitError(StoppedError):
    """The eleventh look-up was due."""


class Mail(Struct, frozen=True):
    """Who sends: the parts of the identity that macros name."""

    address: IpAddress
    sender: str
    local: str
    origin: str
    helo: str
    receiver: str = "unknown"
    now: int = 0


class Walk:
    """One evaluation. Look-ups count when a term is evaluated, not when it is asked ahead of its turn."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail
        self.lookups = 0
        self.void_terms: list[str] = []
        self.trail: list[SpfVisit] = []
        self._answers: dict[Question, Answer] = {}

    def ask(self, *questions: Question) -> Asking[tuple[Answer, ...]]:
        """Their answers; only what is not yet known is asked for."""
        if unknown := tuple([q for q in dict.fromkeys(questions) if q not in self._answers]):
            answers = yield unknown
            self._answers.update(zip(unknown, answers, strict=True))
        return tuple([self._answers[question] for question in questions])

    def ask_ahead(self, domain: str, record: SpfRecord) -> Asking[None]:
        """Asks at once for all that this record may need, as far as the limit lets it come to that."""
        ahead: list[Question] = []
        for mechanism in record.mechanisms:
            if mechanism.name == "all" or (mechanism.network and self.mail.address in mechanism.network):
                break
            if question := self._first_question(domain, mechanism):
                ahead.append(question)
        else:
            if record.redirect and not uses_validated(record.redirect):
                ahead.extend(_asking(self._expanded(domain, record.redirect), "TXT"))
        yield from self.ask(*ahead[: max(LOOKUP_LIMIT - self.lookups, 0)])

    def count(self, term: str, domain: str) -> None:
        """Counts one term that asks the DNS (RFC 7208 4.6.4)."""
        self.lookups += 1
        if self.lookups > LOOKUP_LIMIT:
            raise OverLimitError(
                "permerror", f"evaluating it takes more than {LOOKUP_LIMIT} DNS look-ups", term=term, domain=domain
            )

    def target(self, domain: str, spec: str) -> Asking[str]:
        """The name that a term is about, "" where the DNS cannot be asked for it."""
        validated = (yield from self.validated(domain)) if uses_validated(spec) else ""
        return self._expanded(domain, spec, validated)

    def validated(self, domain: str) -> Asking[str]:
        """The value of ``%{p}``: the domain itself, else a name below it, else any (RFC 7208 7.3)."""
        names = yield from self._validated_names()
        ranked = sorted(names, key=lambda name: (name != domain, not under(name, domain)))
        return ranked[0] if ranked else "unknown"

    def matches(self, domain: str, mechanism: Mechanism) -> Asking[bool]:
        """Does a mechanism other than include match?"""
        if mechanism.name == "all":
            return True
        if mechanism.network is not None:
            return self.mail.address in mechanism.network
        self.count(mechanism.text, domain)
        target = yield from self.target(domain, mechanism.target)
        if not target:
            return False
        match mechanism.name:
            case "a":
                found = yield from self._records(domain, mechanism, Question(target, family(self.mail.address)))
                return self._within(mechanism, addresses(found))
            case "mx":
                return (yield from self._matches_mx(domain, mechanism, target))
            case "exists":
                found = yield from self._records(domain, mechanism, Question(target, "A"))
                return bool(found.records)
        names = yield from self._validated_names(counting=(domain, mechanism))
        return any(under(name, target) for name in names)

    def values(self, domain: str, validated: str) -> Values:
        """What the macros stand for in the record of this domain."""
        mail = self.mail
        return Values(
            mail.sender, mail.local, mail.origin, domain, mail.address, mail.helo, validated, mail.receiver, mail.now
        )

    def note_void(self, answer: Answer, term: str, domain: str) -> None:
        """Counts a term whose look-up brought nothing (RFC 7208 4.6.4)."""
        if answer.records:
            return
        self.void_terms.append(term)
        if len(self.void_terms) > VOID_LIMIT:
            terms = listed([clipped(void) for void in self.void_terms])
            problem = f"more than {VOID_LIMIT} of its terms lead to names without a record: {terms}"
            raise StoppedError("permerror", problem, term=term, domain=domain)

    def _first_question(self, domain: str, mechanism: Mechanism) -> Question | None:
        if mechanism.name not in COUNTED or uses_validated(mechanism.target):
            return None
        if mechanism.name == "ptr":
            return _reverse(self.mail.address)
        kinds = {"include": "TXT", "mx": "MX", "exists": "A"}
        asked = _asking(self._expanded(domain, mechanism.target), kinds.get(mechanism.name, family(self.mail.address)))
        return asked[0] if asked else None

    def _expanded(self, domain: str, spec: str, validated: str = "") -> str:
        name = expand_domain(spec, self.values(domain, validated)) if spec else domain
        return name if queryable(name) else ""

    def _records(self, domain: str, mechanism: Mechanism, question: Question) -> Asking[Answer]:
        (answer,) = yield from self.ask(question)
        if why := broken(answer):
            problem = f"{why} when asked for the {question.type} record of {question.name}"
            raise StoppedError("temperror", problem, term=mechanism.text, domain=domain)
        self.note_void(answer, mechanism.text, domain)
        return answer

    def _matches_mx(self, domain: str, mechanism: Mechanism, target: str) -> Asking[bool]:
        answer = yield from self._records(domain, mechanism, Question(target, "MX"))
        hosts = [host for _, host in mx_hosts(answer) if host]
        if len(hosts) > NAME_COUNT_LIMIT:
            problem = f"{target} has {len(hosts)} MX records, and SPF follows {NAME_COUNT_LIMIT}"
            raise StoppedError("permerror", problem, term=mechanism.text, domain=domain)
        asked = [Question(host, family(self.mail.address)) for host in hosts if queryable(host)]
        answers = yield from self.ask(*asked)
        if any(self._within(mechanism, addresses(answer)) for answer in answers):
            return True
        for question, answer in zip(asked, answers, strict=True):
            if why := broken(answer):
                problem = f"{why} when asked for the address of the mail server {question.name}"
                raise StoppedError("temperror", problem, term=mechanism.text, domain=domain)
        return False

    def _within(self, mechanism: Mechanism, found: tuple[IpAddress, ...]) -> bool:
        ours = self.mail.address
        length = mechanism.prefix4 if ours.version == 4 else mechanism.prefix6
        return any(
            address.version == ours.version and ours in ip_network(f"{address}/{length}", strict=False)
            for address in found
        )

    def _validated_names(self, counting: tuple[str, Mechanism] | None = None) -> Asking[tuple[str, ...]]:
        """The names of the address that lead back to it (RFC 7208 5.5); what the DNS fails over is passed over."""
        (answer,) = yield from self.ask(_reverse(self.mail.address))
        if counting and not broken(answer):
            self.note_void(answer, counting[1].text, counting[0])
        names = [name.rstrip(".").lower() for name in answer.records[:NAME_COUNT_LIMIT]]
        asked = [Question(name, family(self.mail.address)) for name in names if queryable(name)]
        answers = yield from self.ask(*asked)
        return tuple([q.name for q, found in zip(asked, answers, strict=True) if self.mail.address in addresses(found)])


def _asking(name: str, kind: str) -> list[Question]:
    return [Question(name, kind)] if name else []


def _reverse(address: IpAddress) -> Question:
    nibbles = ".".join(reversed(dotted(address).split("."))).lower()
    return Question(f"{nibbles}.{'in-addr' if address.version == 4 else 'ip6'}.arpa", "PTR")
