"""MAIL and RCPT parameters: does the server keep what EHLO promises?

A promise is kept when the valid value is accepted and an invalid one refused. The same two questions tell whether
something works that was not announced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from smtpprobe.model import Command, Known, Observation
from smtpprobe.outcome import Profile, Verdict
from smtpprobe.probes.base import RSET, Answer, Ask, Conversation, Cost, Probe, command, mail


class Parameter(Struct, frozen=True):
    """One parameter that a keyword adds: a value that is valid, and one that no server should take."""

    keyword: str
    valid: Callable[[Known], str]
    invalid: Callable[[Known], str]
    tls_only: bool = False


def _just(text: str) -> Callable[[Known], str]:
    return lambda known: text


def _size_over(known: Known) -> str:
    """One octet over the limit announced; without a limit, a value that is no number (RFC 1870 6.1)."""
    limit = known.capabilities.size_limit if known.capabilities else None
    return f"SIZE={limit + 1}" if limit else "SIZE=FOO"


def _size_under(known: Known) -> str:
    limit = known.capabilities.size_limit if known.capabilities else None
    return f"SIZE={min(1000, limit or 1000)}"


def _by_seconds(known: Known) -> str:
    """DELIVERBY may announce a minimum for mode R (RFC 2852 3); mode N has none."""
    return "BY=3600;N"


def _hold_until(known: Known) -> str:
    """The latest date that the server announces, its second argument (RFC 4865 3)."""
    announced = known.capabilities.arguments("FUTURERELEASE") if known.capabilities else ()
    return f"HOLDUNTIL={announced[1]}" if len(announced) > 1 else "HOLDUNTIL=2099-01-01T00:00:00Z"


MAIL_PARAMETERS = (
    Parameter("SIZE", _size_under, _size_over),
    Parameter("8BITMIME", _just("BODY=8BITMIME"), _just("BODY=FOO")),
    Parameter("BINARYMIME", _just("BODY=BINARYMIME"), _just("BODY=BINARYFOO")),
    Parameter("SMTPUTF8", _just("SMTPUTF8"), _just("SMTPUTF8=FOO")),
    Parameter("DSN", _just("RET=HDRS"), _just("RET=FOO")),
    Parameter("DSN", _just("ENVID=smtpprobe"), _just("ENVID=+ZZ")),
    Parameter("AUTH", _just("AUTH=<>"), _just("AUTH=+ZZ")),
    Parameter("DELIVERBY", _by_seconds, _just("BY=0;R")),
    Parameter("MT-PRIORITY", _just("MT-PRIORITY=0"), _just("MT-PRIORITY=99")),
    Parameter("FUTURERELEASE", _just("HOLDFOR=60"), _just("HOLDFOR=0")),
    Parameter("FUTURERELEASE", _hold_until, _just("HOLDUNTIL=FOO")),
    Parameter("REQUIRETLS", _just("REQUIRETLS"), _just("REQUIRETLS=FOO"), tls_only=True),
    Parameter("MTRK", _just("MTRK=c21ydHByb2JlLXRlc3Q= ENVID=smtpprobe"), _just("MTRK=")),
    Parameter("CONPERM", _just("CONPERM"), _just("CONPERM=FOO")),
    Parameter("NO-SOLICITING", _just("SOLICIT=org.example:ADV"), _just("SOLICIT=")),
    Parameter("SUBMITTER", _just("SUBMITTER=postmaster@example.org"), _just("SUBMITTER=")),
    Parameter("PRDR", _just("PRDR"), _just("PRDR=FOO")),
    Parameter("CHECKPOINT", _just("TRANSID=<smtpprobe@example.org>"), _just("TRANSID=")),
)
RCPT_PARAMETERS = (
    Parameter("DSN", _just("NOTIFY=NEVER"), _just("NOTIFY=FOO")),
    Parameter("DSN", _just("ORCPT=rfc822;postmaster@example.org"), _just("ORCPT=FOO")),
    Parameter("RRVS", _just("RRVS=2030-01-01T00:00:00Z"), _just("RRVS=FOO")),
    Parameter("CONNEG", _just("CONNEG"), _just("CONNEG=FOO")),
    Parameter("IGNOREQUOTA", _just("IGNOREQUOTA"), _just("IGNOREQUOTA=FOO")),
)
#: What senders use most; asked for where EHLO does not promise it.
COMMON = ("SIZE", "8BITMIME", "SMTPUTF8", "DSN", "BINARYMIME", "REQUIRETLS", "MT-PRIORITY")


def _by_keyword(parameters: tuple[Parameter, ...]) -> dict[str, tuple[Parameter, ...]]:
    return {one.keyword: tuple([p for p in parameters if p.keyword == one.keyword]) for one in parameters}


MAIL_BY_KEYWORD = _by_keyword(MAIL_PARAMETERS)
RCPT_BY_KEYWORD = _by_keyword(RCPT_PARAMETERS)


def _promised(table: dict[str, tuple[Parameter, ...]]) -> Callable[[Known], tuple[str, ...]]:
    return lambda known: tuple([keyword for keyword in table if known.offers(keyword)])


def _unpromised(known: Known) -> tuple[str, ...]:
    """An extension that is offered only inside TLS is no secret before it: there, it is asked only after TLS."""
    elsewhere = known.encrypted if not known.encrypted_now else known.clear
    return tuple(
        [
            keyword
            for keyword in COMMON
            if not known.offers(keyword)
            and not (elsewhere and keyword in elsewhere)
            and (known.encrypted_now or not MAIL_BY_KEYWORD[keyword][0].tls_only)
        ]
    )


def _judge(known: Known, probe: str, subject: str, valid: Answer, invalid: Answer) -> Observation:
    """The four verdicts, and their counterparts for what was not promised."""
    promised = known.offers(subject)
    if not valid.ok:
        verdict = Verdict.BROKEN if promised else Verdict.ABSENT
        detail = f"{valid.said} to {_shown(valid)}"
        if valid.code // 100 == 4:
            verdict, detail = Verdict.UNTESTED, f"refused for now: {detail}"
    elif invalid.code // 100 == 5:
        verdict = Verdict.KEPT if promised else Verdict.WORKS_UNANNOUNCED
        detail = f"{invalid.code} to {_shown(invalid)}"
    elif invalid.ok:
        verdict = Verdict.ACCEPTED_UNREAD
        detail = f"{invalid.code} to {_shown(invalid)} too"
    else:
        verdict, detail = Verdict.UNTESTED, f"refused for now: {invalid.said} to {_shown(invalid)}"
    evidence = (valid.index,) if valid is invalid else (valid.index, invalid.index)
    return Observation(probe, subject, verdict, detail, evidence, valid.exchange.stage)


def _shown(answer: Answer) -> str:
    """The parameter that was sent, without the rest of the command."""
    command = answer.exchange.command
    return command.argument.partition("> ")[2] if command else ""


def _both_values(
    known: Known, probe: str, subject: str, parameters: tuple[Parameter, ...], group: Callable[[str], list[Command]]
) -> Conversation:
    """Every parameter of a keyword, valid and invalid, each in a transaction of its own, which ``group`` writes.

    What is refused needs no second question: only a value that is taken calls for the invalid one as control.
    """
    size = len(group(""))
    answers = yield Ask(tuple([command for one in parameters for command in group(one.valid(known))]))
    if size > 2 and not answers[0].ok:
        return _untested(probe, subject, answers[0])
    valid = answers[size - 2 :: size]
    taken = [one for one, answer in zip(parameters, valid, strict=True) if answer.ok]
    controls: Iterator[Answer] = iter(())
    if taken:
        answers = yield Ask(tuple([command for one in taken for command in group(one.invalid(known))]))
        controls = iter(answers[size - 2 :: size])
    return tuple([_judge(known, probe, subject, one, next(controls) if one.ok else one) for one in valid])


def _mail_parameter(known: Known, subject: str) -> Conversation:
    return _both_values(known, "mail-parameter", subject, MAIL_BY_KEYWORD[subject], lambda value: [mail(value), RSET])


def _mail_unannounced(known: Known, subject: str) -> Conversation:
    return _both_values(
        known, "mail-unannounced", subject, MAIL_BY_KEYWORD[subject][:1], lambda value: [mail(value), RSET]
    )


def _rcpt_parameter(known: Known, subject: str) -> Conversation:
    to = f"RCPT TO:<{known.at('postmaster')}>"
    parameters = RCPT_BY_KEYWORD[subject]
    return _both_values(
        known, "rcpt-parameter", subject, parameters, lambda value: [mail(), command(f"{to} {value}"), RSET]
    )


def _together(known: Known, subject: str) -> Conversation:
    """One MAIL with a valid value of each parameter, as a sender that uses them all would put it."""
    values = [value for one in _all_promised(known) for value in one.valid(known).split()]
    parameters = {value.partition("=")[0]: value for value in values}
    answer, _ = yield Ask((mail(" ".join(parameters.values())), RSET))
    verdict = Verdict.KEPT if answer.ok else Verdict.BROKEN
    detail = f"{answer.said} to {len(parameters)} parameters at once"
    return (Observation("mail-together", "", verdict, detail, (answer.index,), answer.exchange.stage),)


def _all_promised(known: Known) -> list[Parameter]:
    """One of each that exclude each other: BODY has one value, and HOLDFOR forbids HOLDUNTIL (RFC 4865 3)."""
    alone = ("BINARYMIME", "FUTURERELEASE", "CHECKPOINT", "AUTH")
    return [one for one in MAIL_PARAMETERS if known.offers(one.keyword) and one.keyword not in alone]


def _untested(probe: str, subject: str, answer: Answer) -> tuple[Observation, ...]:
    detail = f"a plain MAIL got {answer.said}"
    return (Observation(probe, subject, Verdict.UNTESTED, detail, (answer.index,), answer.exchange.stage),)


def _no_such_parameter(known: Known, subject: str) -> Conversation:
    answer, _ = yield Ask((mail("SMTPPROBE=1"), RSET))
    return (_sorted_out("mail-unknown-parameter", answer),)


def _no_such_rcpt_parameter(known: Known, subject: str) -> Conversation:
    line = command(f"RCPT TO:<{known.at('postmaster')}> SMTPPROBE=1")
    begun, answer, _ = yield Ask((mail(), line, RSET))
    return (
        (_sorted_out("rcpt-unknown-parameter", answer),) if begun.ok else _untested("rcpt-unknown-parameter", "", begun)
    )


def _sorted_out(probe: str, answer: Answer) -> Observation:
    """Refused as RFC 5321 4.1.1.11 asks, misread as something else, or swallowed?"""
    if answer.ok:
        verdict, detail = Verdict.ACCEPTED_UNREAD, f"swallowed: {answer.said}"
    elif answer.code == 555:
        verdict, detail = Verdict.KEPT, f"refused: {answer.said}"
    elif answer.code // 100 == 4:
        verdict, detail = Verdict.UNTESTED, f"refused for now: {answer.said}"
    else:
        verdict, detail = Verdict.KEPT, f"refused with {answer.said} where RFC 5321 has 555"
    return Observation(probe, "", verdict, detail, (answer.index,), answer.exchange.stage)


def _mail_cost(known: Known, subject: str) -> Cost:
    """A promised parameter costs the refusal of its invalid value, or of its valid one where the promise is broken."""
    number = len(MAIL_BY_KEYWORD[subject])
    return Cost(refusals=number, syntax=number, nonmail=2 * number)


def _rcpt_cost(known: Known, subject: str) -> Cost:
    number = len(RCPT_BY_KEYWORD[subject])
    return Cost(refusals=number, syntax=number, nonmail=2 * number)


def _one_mail(known: Known, subject: str) -> Cost:
    return Cost(refusals=1, syntax=1, nonmail=1)


def _mail_and_control(known: Known, subject: str) -> Cost:
    return Cost(refusals=1, syntax=1, nonmail=2)


PROBES = (
    Probe(
        "mail-parameter",
        "MAIL with each parameter that EHLO promises, with a valid and an invalid value",
        "one refused MAIL for each promise",
        _mail_parameter,
        _mail_cost,
        needs_mail=True,
        subjects=_promised(MAIL_BY_KEYWORD),
    ),
    Probe(
        "mail-unknown-parameter",
        "MAIL with a parameter that does not exist",
        "one refused MAIL",
        _no_such_parameter,
        _one_mail,
        needs_mail=True,
    ),
    Probe(
        "rcpt-parameter",
        "RCPT with each parameter that EHLO promises, with a valid and an invalid value",
        "one refused RCPT for each promise",
        _rcpt_parameter,
        _rcpt_cost,
        needs_mail=True,
        subjects=_promised(RCPT_BY_KEYWORD),
    ),
    Probe(
        "rcpt-unknown-parameter",
        "RCPT with a parameter that does not exist",
        "one refused RCPT",
        _no_such_rcpt_parameter,
        _one_mail,
        needs_mail=True,
    ),
    Probe(
        "mail-together",
        "MAIL with all parameters that EHLO promises at once, as senders put them",
        "nothing, or one refused MAIL",
        _together,
        _one_mail,
        profile=Profile.FULL,
        needs_mail=True,
        subjects=lambda known: ("",) if len(_all_promised(known)) > 1 else (),
    ),
    Probe(
        "mail-unannounced",
        "MAIL with common parameters that EHLO does not promise, with a valid and an invalid value",
        "one refused MAIL for each of them",
        _mail_unannounced,
        _mail_and_control,
        profile=Profile.FULL,
        needs_mail=True,
        subjects=_unpromised,
    ),
)
