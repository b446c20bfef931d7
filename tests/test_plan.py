"""The planner alone: pool, ledger, flights, budgets. No server, no clock."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe import plan
from smtpprobe.catalogue.entries import Allowance
from smtpprobe.model import Capabilities, Command, Exchange, Keyword, Known, Reply, Target
from smtpprobe.outcome import Profile, Stage
from smtpprobe.plan import FLIGHT_LIMIT, STARTS, Ledger, Moment, Pool, Running, Task
from smtpprobe.probes import BY_NAME, ORDER, PROBES
from smtpprobe.probes.base import MAY_BE_FOLLOWED, Answer, Cost, Where

WIDE = Allowance(*[1000] * 8)


def offers(*keywords: str) -> Capabilities:
    return Capabilities("mx", tuple([Keyword(k.split()[0], tuple(k.split()[1:])) for k in keywords]))


def known(*keywords: str, **facts: Any) -> Known:
    about = Known(Target("t", "mx", 25), Profile.FULL, "client.example.org", "nonce", clear=offers(*keywords))
    return msgspec.structs.replace(about, **{"mail_clear": 250, **facts})


def moment(*keywords: str, pipelining: bool = True, tls_ahead: bool = False, **facts: Any) -> Moment:
    return Moment(known(*keywords, **facts), pipelining, tls_ahead)


def pool_of(here: Moment, *names: str, each_alone: bool = False) -> Pool:
    pool = Pool([BY_NAME[name] for name in names] or PROBES, each_alone=each_alone)
    pool.refresh(here.known)
    return pool


def names(running: list[Running]) -> list[str]:
    return [one.task.probe.name for one in running]


def said(line: str, code: int, probe: str | None = "x") -> Exchange:
    reply = Reply(code, None, (b"",), b"", 0)
    return Exchange(1, 1, Stage.CLEAR, Command(line.encode()), 0, reply, None, probe)


def choose(pool: Pool, here: Moment, ledger: Ledger | None = None, elsewhere: Moment | None = None) -> list[Running]:
    nowhere = msgspec.structs.replace(here, known=msgspec.structs.replace(here.known, encrypted_now=True))
    return plan.choose(pool, ledger or Ledger(WIDE), here, elsewhere or nowhere)


# -- Pool --------------------------------------------------------------------------------------------------


def test_the_most_telling_first() -> None:
    pool = pool_of(moment("SIZE 5", "DSN"))
    order = [ORDER.index(task.probe.name) for task in pool.tasks]
    assert order == sorted(order)


def test_a_question_arises_once() -> None:
    here = moment("SIZE 5")
    pool = pool_of(here)
    number = len(pool.tasks)
    pool.refresh(here.known)
    taken = pool.tasks.pop()
    pool.refresh(here.known)
    assert len(pool.tasks) == number - 1
    assert taken not in pool.tasks


def test_new_facts_give_rise_to_new_questions() -> None:
    pool = pool_of(moment("SIZE 5"), "mail", "mail-parameter", "auth-mechanism")
    assert [(t.probe.name, t.subject, t.encrypted) for t in pool.tasks] == [
        ("mail", "", False),
        ("mail-parameter", "SIZE", None),
    ]
    pool.refresh(known("SIZE 5", encrypted=offers("SIZE 5", "AUTH PLAIN"), encrypted_now=True))
    assert [(t.probe.name, t.subject, t.encrypted) for t in pool.tasks] == [
        ("mail", "", False),
        ("mail", "", True),
        ("mail-parameter", "SIZE", None),
        ("mail-parameter", "AUTH", None),
        ("auth-mechanism", "PLAIN", True),
    ]


def test_put_back_comes_first_and_alone_after_three_starts() -> None:
    pool = pool_of(moment(), "noop", "help", "rset")
    task = pool.tasks.pop()
    for start in range(1, STARTS + 1):
        task.starts = start
        pool.put_back(task)
        assert pool.tasks.pop(0) is task
        assert task.alone is (start >= STARTS)
    assert task.special
    assert task.unmerged
    other = pool.tasks.pop()
    pool.put_back(other, alone=True)
    assert other.special
    pool.put_back(task)
    pool.refresh(known(lines=("NOOP",)))
    assert pool.tasks[0] is task, "what was begun stays before what was not"


# -- Ledger ------------------------------------------------------------------------------------------------


def test_reserved_at_worst_and_given_back() -> None:
    ledger = Ledger(Allowance(refusals=2))
    one, two, three = (Task(BY_NAME["mail"], str(n), None) for n in range(3))
    assert ledger.untouched
    ledger.reserve(one, Cost(refusals=1))
    ledger.reserve(two, Cost(refusals=1))
    assert not ledger.fits(Cost(refusals=1))
    assert ledger.fits(Cost(nonmail=8))
    assert not ledger.fits(Cost(nonmail=9))
    ledger.release(one)
    ledger.release(one)
    assert ledger.fits(Cost(refusals=1))
    ledger.spend(said("MAIL FROM:<>", 550))
    assert not ledger.fits(Cost(refusals=1))
    ledger.release(two)
    ledger.release(three)
    assert ledger.fits(Cost(refusals=1))
    assert not ledger.fits(Cost(refusals=2))
    assert not ledger.untouched


@pytest.mark.parametrize(
    ("line", "code", "costs"),
    [
        ("MAIL FROM:<>", 250, {}),
        ("MAIL FROM:<>", 452, {"refusals"}),
        ("RSET", 250, {"nonmail"}),
        ("FOO", 500, {"refusals", "unknown", "syntax", "nonmail"}),
        ("FOO", 502, {"refusals", "unknown", "nonmail"}),
        ("AUTH X", 504, {"refusals", "syntax", "nonmail"}),
        ("AUTH PLAIN", 334, {"nonmail", "auths"}),
        ("*", 501, {"refusals", "syntax"}),
        ("VRFY x", 252, {"nonmail", "lookups"}),
        ("expn x", 550, {"refusals", "nonmail", "lookups"}),
        ("NOOP", 250, {"nonmail", "noops"}),
        ("EHLO x", 250, {"nonmail", "ehlos"}),
        ("EHLO x", 421, {"refusals", "nonmail", "ehlos"}),
    ],
)
def test_what_a_reply_costs(line: str, code: int, costs: set[str]) -> None:
    one = Allowance(*[1] * 8)
    for measure in Cost.__struct_fields__:
        ledger = Ledger(one)
        ledger.spend(said(line, code))
        assert ledger.fits(Cost(**{measure: 1})) is (measure not in costs), measure


def test_the_spine_costs_its_refusals_and_ehlos_only() -> None:
    ledger = Ledger(Allowance(refusals=2, nonmail=1, ehlos=1, unknown=1))
    ledger.spend(said("EHLO x", 500, probe=None))
    ledger.spend(said("STARTTLS", 220, probe=None))
    assert ledger.fits(Cost(refusals=1, nonmail=1))
    assert not ledger.fits(Cost(refusals=2))
    assert not ledger.fits(Cost(unknown=1))
    assert not ledger.fits(Cost(ehlos=1))
    ledger.new_tls_state()
    assert ledger.fits(Cost(ehlos=1))
    assert not ledger.fits(Cost(refusals=2)), "refusals are counted for the whole connection"


def test_no_command_costs_nothing() -> None:
    ledger = Ledger(Allowance(*[0] * 8))
    ledger.spend(Exchange(1, 1, Stage.GREETING, None, 0, Reply(554, None, (b"",), b"", 0)))
    assert ledger.fits(Cost())


# -- eligible ----------------------------------------------------------------------------------------------


def task(name: str, subject: str = "", encrypted: bool | None = None) -> Task:
    return Task(BY_NAME[name], subject, encrypted)


def test_in_which_state_a_question_can_be_put() -> None:
    inside: dict[str, Any] = {"encrypted": offers("SIZE 5", "AUTH PLAIN"), "encrypted_now": True, "mail_tls": 250}
    clear, tls = moment("SIZE 5"), moment("SIZE 5", **inside)
    assert plan.eligible(task("mail", encrypted=False), clear)
    assert not plan.eligible(task("mail", encrypted=True), clear)
    assert plan.eligible(task("mail", encrypted=True), tls)
    assert not plan.eligible(task("starttls-again"), clear)
    assert plan.eligible(task("starttls-again"), tls)
    assert not plan.eligible(task("starttls-unannounced"), tls)
    assert plan.eligible(task("mail-parameter", "AUTH"), tls)
    assert not plan.eligible(task("mail-parameter", "AUTH"), clear), "it is not promised here"


def test_what_needs_mail_waits_for_a_plain_one() -> None:
    for code, wanted in ((None, False), (530, False), (451, False), (250, True), (251, True)):
        assert plan.eligible(task("rcpt-postmaster"), moment(mail_clear=code)) is wanted
    inside: dict[str, Any] = {"encrypted": offers(), "encrypted_now": True, "mail_clear": 530}
    assert plan.eligible(task("rcpt-postmaster"), moment(mail_tls=250, **inside))
    assert not plan.eligible(task("rcpt-postmaster"), moment(mail_tls=None, **inside))


def test_what_waits_for_tls() -> None:
    ahead = moment("STARTTLS", tls_ahead=True, lines=("NOOP",))
    assert not plan.eligible(task("command"), ahead)
    assert plan.eligible(task("command"), moment("STARTTLS", lines=("NOOP",)))
    assert plan.eligible(task("noop"), ahead)
    for code in (None, 530):
        assert not plan.eligible(task("noop"), moment("STARTTLS", tls_ahead=True, mail_clear=code))
        assert plan.eligible(task("noop"), moment("STARTTLS", mail_clear=code)), "no TLS is to come"
        assert plan.eligible(task("mail", encrypted=False), moment("STARTTLS", tls_ahead=True, mail_clear=code)), (
            "the control does not wait for itself"
        )


def test_a_connection_on_its_way_to_tls_asks_the_control_only() -> None:
    here = msgspec.structs.replace(moment("STARTTLS", tls_ahead=True), upgrading=True)
    assert names(choose(pool_of(here), here)) == ["mail"]


# -- choose ------------------------------------------------------------------------------------------------


def test_one_synchronising_group_in_a_flight_and_last() -> None:
    here = moment("PIPELINING", "SIZE 5", "DSN", "8BITMIME", lines=())
    pool = pool_of(here)
    while chosen := choose(pool, here):
        assert not any(one.synchronises for one in chosen[:-1])
        commands = [c for one in chosen for c in one.pending]
        assert all(c.verb in MAY_BE_FOLLOWED for c in commands[:-1])
    assert all(t.special or not plan.eligible(t, here) for t in pool.tasks)


def test_without_pipelining_one_group() -> None:
    here = moment("SIZE 5", pipelining=False)
    assert len(choose(pool_of(here), here)) == 1


def test_a_flight_is_limited() -> None:
    here = moment(*["PIPELINING", "SIZE 5", "DSN", "8BITMIME", "SMTPUTF8", "MTRK", "MT-PRIORITY", "DELIVERBY", "RRVS"])
    pool = pool_of(here)
    assert sum(len(one.pending) for one in choose(pool, here)) <= FLIGHT_LIMIT
    own = moment(lines=tuple(["NOOP"] * 60))
    assert names(choose(pool_of(own), own)) == ["command"], "what is longer than a flight goes all the same"


def test_what_is_sent_once_goes_before_all_others_by_itself() -> None:
    here = moment("PIPELINING", "SIZE 5", lines=("MAIL FROM:<>",))
    pool = pool_of(here)
    (one,) = choose(pool, here)
    assert one.task.probe.name == "command"
    assert one.task.unmerged
    assert not one.task.special
    assert "command" not in names(choose(pool, here))


def test_what_only_this_state_answers_comes_first() -> None:
    facts: dict[str, Any] = {"encrypted": offers("SIZE 5", "AUTH PLAIN"), "mail_tls": 250}
    clear = moment("SIZE 5", pipelining=False, **facts)
    tls = moment("SIZE 5", pipelining=False, encrypted_now=True, **facts)
    pool = pool_of(tls, "noop", "auth-mechanism")
    assert names(choose(pool, tls, elsewhere=clear)) == ["auth-mechanism"]


def test_nothing_beyond_the_allowance() -> None:
    here = moment("PIPELINING", "SIZE 5", "8BITMIME", "DSN")
    pool, ledger = pool_of(here), Ledger(Allowance())
    chosen = choose(pool, here, ledger)
    for measure in Cost.__struct_fields__:
        worst = sum(getattr(o.task.probe.cost(here.known, o.task.subject), measure) for o in chosen)
        assert worst <= getattr(Allowance(), measure)


def test_what_fits_nowhere_goes_on_an_untouched_connection_by_itself() -> None:
    here = moment("PIPELINING", "DSN")
    pool = pool_of(here, "mail-parameter", "noop")
    tight = Allowance(*[0] * 8)
    ledger = Ledger(tight)
    assert names(choose(pool, here, ledger)) == ["mail-parameter"]
    assert choose(pool, here, ledger) == []
    ledger = Ledger(Allowance(refusals=1))
    pool = pool_of(here, "mail-parameter", "noop")
    assert names(choose(pool, here, ledger)) == ["noop"], "what fits goes first"
    assert choose(pool, here, ledger) == []
    assert plan.wanted(pool, [here])


def test_special_questions_are_left_alone() -> None:
    here = moment("STARTTLS", "PIPELINING")
    pool = pool_of(here, "helo", "starttls-parameter", each_alone=False)
    assert choose(pool, here) == []
    assert not plan.wanted(pool, [here])
    found = plan.special(pool, [here])
    assert found is not None
    assert found.probe.name == "helo"
    assert plan.special(pool, []) is None
    apart = pool_of(here, "noop", each_alone=True)
    assert choose(apart, here) == []
    assert plan.special(apart, [here]) is apart.tasks[0]


@given(
    st.sets(st.sampled_from([p.name for p in PROBES]), min_size=1),
    st.builds(Allowance, *[st.integers(0, 6)] * 8),
    st.booleans(),
    st.booleans(),
)
def test_connection_after_connection_ends(chosen: set[str], bears: Allowance, pipelining: bool, inside: bool) -> None:
    """However little a server bears, every connection puts at least one question, and none is put twice."""
    keywords = ("PIPELINING", "SIZE 5", "DSN", "AUTH PLAIN LOGIN", "HELP", "RRVS")
    tls: dict[str, Any] = {"encrypted": offers(*keywords), "encrypted_now": True, "mail_tls": 250} if inside else {}
    here = moment(*keywords, pipelining=pipelining, lines=("NOOP",), **tls)
    pool = pool_of(here, *chosen)
    put: list[Task] = []
    number = len(pool.tasks)
    for _ in range(number + 1):
        if not plan.wanted(pool, [here]):
            break
        ledger, before = Ledger(bears), len(put)
        while flight := choose(pool, here, ledger):
            put += [one.task for one in flight]
            for one in flight:
                ledger.release(one.task)
        assert len(put) > before
    assert not plan.wanted(pool, [here])
    assert len(put) == len(set(map(id, put)))
    assert len(put) + len(pool.tasks) == number


# -- bears -------------------------------------------------------------------------------------------------


def test_what_one_connection_bears_at_worst() -> None:
    here = moment("SIZE 5")
    questions = [task("unknown-verb"), task("help-unknown")]
    assert plan.bears(questions, Ledger(Allowance()), [here])
    assert not plan.bears([*questions, task("vrfy-random")], Ledger(Allowance()), [here])
    assert plan.bears([], Ledger(Allowance(*[0] * 8)), [here])
    assert plan.bears([task("starttls-again")], Ledger(Allowance(*[0] * 8)), [here]), "it cannot be put here anyway"
    ledger = Ledger(Allowance())
    ledger.reserve(task("noop"), Cost(refusals=1))
    assert not plan.bears(questions, ledger, [here])
    assert ledger.fits(Cost(refusals=1)), "asking reserves nothing"


# -- Running -----------------------------------------------------------------------------------------------


def test_a_question_on_its_way() -> None:
    one = Running(task("auth-mechanism", "PLAIN"), known("AUTH PLAIN"))
    assert one.synchronises
    assert not one.complete
    one.hear(Answer(0, said("AUTH PLAIN", 334)))
    assert one.advance() is None
    assert [c.line for c in one.pending] == [b"*"]
    assert one.heard == []
    one.hear(Answer(1, said("*", 501)))
    learnt = one.advance()
    assert learnt is not None
    assert learnt[0].evidence == (0, 1)
    assert not Running(task("mail"), known()).synchronises


# -- selection ---------------------------------------------------------------------------------------------


#: What is always asked, where somebody gave lines to send.
OWN = {"command", "dialogue", "dialogue-in-clear", "dialogue-in-tls"}


def test_what_a_profile_selects() -> None:
    def chosen(profile: Profile, only: tuple[str, ...] = (), skip: tuple[str, ...] = ()) -> set[str]:
        return {probe.name for probe in plan.selection(profile, only, skip)}

    assert chosen(Profile.EHLO) == OWN
    assert chosen(Profile.EHLO) < chosen(Profile.CAPABILITIES) < chosen(Profile.FULL) < chosen(Profile.SECURITY)
    assert chosen(Profile.SECURITY) == set(BY_NAME)
    assert chosen(Profile.EHLO, only=("helo",)) == {"helo", "mail", *OWN}
    assert chosen(Profile.SECURITY, skip=("helo", "mail")) == set(BY_NAME) - {"helo", "mail"}
    assert chosen(Profile.EHLO, only=("helo",), skip=("helo",)) == {"mail", *OWN}
    for wrong in ({"only": ("nonsense",)}, {"skip": ("nonsense",)}):
        with pytest.raises(KeyError, match="nonsense"):
            chosen(Profile.FULL, **wrong)


def test_each_state_asks_its_own() -> None:
    both = [probe for probe in PROBES if probe.where is Where.BOTH]
    pool = Pool(both)
    pool.refresh(known("AUTH PLAIN"))
    clear = len(pool.tasks)
    pool.refresh(known("AUTH PLAIN", encrypted=offers("AUTH PLAIN"), encrypted_now=True))
    assert len(pool.tasks) == 2 * clear
