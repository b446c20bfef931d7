"""The rules of planning and driving, each with a server that breaks a run without it."""

from __future__ import annotations

import itertools

import pytest
from held_runs import (
    Moody,
    answers,
    asked,
    but,
    by_connection,
    held,
    held_with,
    lines,
    plain,
    proper,
    reasons,
    settings,
    told,
    verdicts,
)

from smtpprobe.fake.personality import Ehlo, Limit, Rule
from smtpprobe.model import Transcript
from smtpprobe.outcome import FailureKind, Outcome, Profile, Stage, Verdict

ALONE = settings(each_alone=True, pipelining=False, lanes=1)


def single(transcript: Transcript, name: str, subject: str = "") -> tuple[str, str]:
    (one,) = [o for o in asked(transcript) if (o.probe, o.subject) == (name, subject)]
    return str(one.verdict), one.detail


def flights(transcript: Transcript) -> list[int]:
    """How many commands each flight had, in order."""
    sizes: dict[tuple[int, int], int] = {}
    for one in transcript.exchanges:
        if one.probe is not None:
            sizes[one.connection, one.flight] = sizes.get((one.connection, one.flight), 0) + 1
    return list(sizes.values())


# -- rules 1 and 2: budgets, and who hung up ---------------------------------------------------------------


@pytest.mark.parametrize("farewell", ["421 4.5.0 Too many errors, bye", "554 5.7.0 Too many errors, bye"])
@pytest.mark.parametrize("how", ["instead", "after", "joined"])
@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("keywords", [("PIPELINING", "SIZE 1000000", "DSN"), ("SIZE 1000000", "DSN")], ids=len)
def test_a_server_that_hangs_up_at_the_nth_error(at: int, how: str, farewell: str, keywords: tuple[str, ...]) -> None:
    limit = Limit(counts="errors", at=at, reply="{code} Bye" if how == "joined" else farewell, how=how)  # type: ignore[arg-type]
    server = plain(*keywords, limits=(limit,), mail_parameters={"SIZE": "limit 1000000", "RET": "check FULL|HDRS"})
    run, _ = held(server)
    alone, _ = held(server, ALONE)
    proper(run)
    if farewell.startswith("421") or how == "joined":
        # The farewell cannot be taken for an answer, so what was learnt is the truth wherever an answer was had.
        patient = but(server, limits=())
        truth = verdicts(held(patient, ALONE)[0])
        for key, found in verdicts(run).items():
            for verdict, detail in found:
                assert verdict == "untested" or (verdict, detail) in truth[key], (key, found)
    if at > 1 or how != "instead":
        assert {key for key, found in verdicts(run).items() if found[0][0] != "untested"} >= {
            key for key, found in verdicts(alone).items() if found[0][0] != "untested"
        }
    if at < 3:
        assert told(run, "hang-up") or told(run, "unsolicited")


def test_after_n_refusals_the_budget_is_one_fewer() -> None:
    """Postfix is believed to bear eight; this one says 421 at the fourth."""
    server = but(
        "postfix", limits=(Limit(counts="errors", at=4, reply="421 4.7.0 Error: too many errors", how="instead"),)
    )
    run, _ = held(server, settings(lanes=1))
    proper(run)
    (one,) = told(run, "hang-up")
    assert (one.subject, one.verdict) == ("4", Verdict.ANSWERED)
    struck = run.exchanges[one.evidence[0]]
    later = [c for c in run.connections if c.number > struck.connection]
    assert later
    assert all(connection.refusals <= 3 for connection in later)
    assert verdicts(run) == verdicts(held("postfix")[0])


def test_whom_a_421_struck_goes_first_on_the_next_connection() -> None:
    struck = Rule(command="VRFY postmaster", reply="421 4.3.2 closing")
    only = ("help", "mail-parameter", "vrfy-postmaster")
    server = plain(rules=[struck], mail_parameters={"SIZE": "accept"}, greeting="220 {hostname} ESMTP Postfix")
    run, _ = held(server, settings(only=only, connections=1))
    waiting = [o.probe for o in asked(run) if o.verdict is Verdict.UNTESTED]
    assert waiting == ["vrfy-postmaster", "mail-parameter"], "what was struck, then what still had a question"


def test_the_last_refusal_before_a_close_is_asked_again() -> None:
    """554 and the end of the connection in place of the second refusal: nothing of it may pass for an answer."""
    limit = Limit(counts="errors", at=2, reply="554 5.7.0 Too many errors, bye", how="instead")
    server = plain("PIPELINING", "SIZE 1000000", "8BITMIME", limits=(limit,))
    server = but(server, mail_parameters={"SIZE": "limit 1000000", "BODY": "check 7BIT|8BITMIME"})
    run, _ = held(server)
    proper(run)
    bye = [reply for found in answers(run).values() for reply in found if "bye" in reply[2]]
    assert not bye
    assert single(run, "mail-parameter", "SIZE")[0] == "kept"


def test_convicted_only_when_first_and_alone() -> None:
    """Resets at VRFY. The others keep their answers, and VRFY is asked alone before it is given up."""
    reset = Rule(command="VRFY postmaster", reply=(), then="reset")
    run, _ = held(plain(rules=[reset]))
    proper(run)
    assert single(run, "vrfy-postmaster")[0] == "untested"
    assert {key[0] for key, found in verdicts(run).items() if found[0][0] == "untested"} == {"vrfy-postmaster"}
    (one,) = [o for o in asked(run) if o.probe == "vrfy-postmaster"]
    convicting = [e for e in run.exchanges if e.connection == run.exchanges[one.evidence[-1]].connection and e.probe]
    assert {e.probe for e in convicting} == {"vrfy-postmaster"}


def test_a_server_that_hangs_up_at_the_first_command_whatever_it_is() -> None:
    run, server = held("hangs-up-at-once")
    proper(run)
    for one in [o for o in asked(run) if o.evidence and o.verdict is Verdict.UNTESTED]:
        spoken = [e for e in run.exchanges if e.connection == run.exchanges[one.evidence[0]].connection and e.probe]
        assert {(e.probe, e.subject) for e in spoken} == {(one.probe, one.subject)}, "convicted only first and alone"
    assert {o.probe for o in asked(run) if o.verdict is not Verdict.UNTESTED} == {"ehlo-repeated", "helo"}
    (one,) = told(run, "hang-up")
    assert one.subject == "0"
    # One connection for each question that can be put without MAIL, and one to begin with.
    assert server.connections <= len(asked(run)) + 1
    assert run.outcome is Outcome.ANSWERED


def test_a_hang_up_with_pipelining_is_not_blamed_on_pipelining_for_good() -> None:
    server = plain(manners={"hang_up_at_first_command": True})
    run, _ = held(server)
    proper(run)
    assert not told(run, "pipelining")
    assert told(run, "hang-up")


# -- rule 3: broken PIPELINING -----------------------------------------------------------------------------


def test_input_that_is_thrown_away() -> None:
    run, _ = held("flushes-input", settings(timeout=0.4))
    proper(run)
    (one,) = told(run, "pipelining")
    assert one.verdict is Verdict.BROKEN
    assert "untested" not in {str(o.verdict) for o in asked(run)}
    merged = [size for size in flights(run) if size > 1]
    assert len(merged) <= 2, "at most the flights that were under way"
    (keyword,) = [o for o in told(run, "keyword") if o.subject == "PIPELINING"]
    assert keyword.verdict is Verdict.BROKEN


def test_a_synchronization_error_does_not_loop() -> None:
    run, server = held("synchronization")
    proper(run)
    (one,) = told(run, "pipelining")
    assert one.verdict is Verdict.BROKEN
    assert not told(run, "hang-up")
    assert "untested" not in {str(o.verdict) for o in asked(run)}
    assert server.connections < 20
    assert not any("synchronization" in reply[2] for found in answers(run).values() for reply in found)


def test_one_long_flight_without_trouble_keeps_the_promise() -> None:
    run, _ = held("postfix")
    assert not told(run, "pipelining")
    (keyword,) = [o for o in told(run, "keyword") if o.subject == "PIPELINING"]
    assert keyword.verdict is Verdict.KEPT
    assert max(flights(run)) >= 10


def test_without_the_promise_nothing_is_sent_ahead() -> None:
    run, _ = held("opensmtpd")
    assert set(flights(run)) == {1}
    unwanted, _ = held("postfix", settings(pipelining=False))
    assert set(flights(unwanted)) == {1}
    assert verdicts(unwanted) == verdicts(held("postfix")[0])


# -- rule 4: a reply too many ------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["NOOP", "MAIL", "VRFY", "HELP", "RSET"])
@pytest.mark.parametrize("keywords", [("SIZE 1000000",), ("PIPELINING", "SIZE 1000000")], ids=len)
def test_a_reply_too_many_voids_its_connection(verb: str, keywords: tuple[str, ...]) -> None:
    manners = {"extra_reply_after": verb, "extra_reply": "550 5.0.0 once more"}
    server = plain(*keywords, manners=manners, mail_parameters={"SIZE": "limit 1000000"})
    run, _ = held(server)
    proper(run)
    (one,) = told(run, "unsolicited")
    assert not [reason for reason in reasons(run) if "closed the connection" in reason], "the server never hangs up"
    assert all(run.exchanges[index].command is None for index in one.evidence)
    # Where each of a group's commands is answered twice there is no telling; whatever else was kept is the truth.
    truth = answers(held(but(server, manners={"extra_reply_after": None}))[0])
    for key, found in answers(run).items():
        if verb not in ("MAIL", "RSET"):
            assert found == truth[key], key
    extra = {e.connection for e in run.exchanges if e.failure and e.failure.kind is FailureKind.UNSOLICITED}
    for o in asked(run):
        if o.evidence and run.exchanges[o.evidence[0]].connection in extra:
            spoken = [e for e in run.exchanges if e.connection == run.exchanges[o.evidence[0]].connection and e.probe]
            assert {(e.probe, e.subject) for e in spoken} == {(o.probe, o.subject)}, "asked again on its own"


# -- rule 5: the floor -------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["VRFY", "NOOP", "HELP", "EXPN", "RSET", "MAIL", "AUTH"])
@pytest.mark.parametrize("reply", ["334 ", "350 more", "354 go on"])
@pytest.mark.parametrize("keywords", [("PIPELINING", "SIZE 1000000", "AUTH PLAIN"), ("AUTH PLAIN",)], ids=len)
def test_nobody_speaks_into_an_open_question(verb: str, reply: str, keywords: tuple[str, ...]) -> None:
    manners = {"intermediate": verb, "intermediate_reply": reply, "intermediate_end": "501 5.5.4 swallowed"}
    run, _ = held(plain(*keywords, manners=manners))
    proper(run)
    for _, exchanges in by_connection(run):
        for one, following in itertools.pairwise(exchanges):
            if one.code is not None and 300 <= one.code < 400 and one.flight != following.flight:
                assert one.code != 354, "a 354 waits for a message"
                assert following.command is not None
                assert (following.command.verb, following.probe) == ("*", one.probe)
    for found in answers(run).values():
        for _, _, text in found:
            assert "swallowed" not in text or verb == "AUTH"
    assert not any(o.verdict is Verdict.UNTESTED for o in asked(run) if verb not in ("MAIL", "RSET", "AUTH"))


def test_a_challenge_that_does_not_end_ends_the_connection() -> None:
    manners = {"intermediate": "VRFY", "intermediate_reply": "334 ", "intermediate_end": "334 again"}
    run, _ = held(plain(manners=manners))
    proper(run)
    for _, exchanges in by_connection(run):
        stars = [i for i, line in enumerate(lines(exchanges)) if line == "*"]
        assert all(i == len(lines(exchanges)) - 1 for i in stars)
    assert single(run, "vrfy-postmaster") == ("answered", "334")


def test_the_star_is_sent_by_the_driver() -> None:
    run, server = held("vrfy-3yz")
    proper(run)
    assert single(run, "vrfy-postmaster") == ("answered", "334")
    assert b"*" in [line for _, line in server.log]
    assert verdicts(run) == verdicts(held("vrfy-3yz", ALONE)[0])


# -- rule 6: clocks ----------------------------------------------------------------------------------------


def test_each_reply_of_a_flight_has_its_own_clock() -> None:
    server = but("slow", manners={"delay": 0.1})
    run, _ = held(server, settings(timeout=0.4, profile=Profile.CAPABILITIES))
    proper(run)
    assert max(flights(run)) >= 5
    assert not told(run, "pipelining")
    assert "untested" not in {str(o.verdict) for o in asked(run)}


# -- rule 7: TLS that is not reached -----------------------------------------------------------------------


def _tls() -> Ehlo:
    return Ehlo(clear=("PIPELINING", "STARTTLS", "SIZE 1000000"), tls=("PIPELINING", "SIZE 1000000", "AUTH PLAIN"))


@pytest.mark.parametrize("then", [None, "close", "reset"])
def test_ehlo_that_fails_inside_tls(then: str | None) -> None:
    fails = [
        Rule(command="EHLO.*", state="tls", reply="451 4.3.0 not now", then=then),  # type: ignore[arg-type]
    ]
    run, _ = held(but(plain(rules=fails), ehlo=_tls()))
    proper(run)
    assert run.encrypted is None
    assert run.outcome is not Outcome.UNREACHABLE
    assert "untested" not in {str(o.verdict) for o in asked(run)}, "what needs no TLS is asked in clear"
    assert {o.stage for o in told(run, "mail")} == {Stage.CLEAR}
    assert not any(e.stage is Stage.TLS for e in run.exchanges)


def test_ehlo_that_fails_inside_tls_from_the_second_time_on() -> None:
    """The questions that need TLS are known by then: they are asked, or said to be untested."""
    first = but(plain(), ehlo=_tls(), limits=(Limit(counts="errors", at=2, reply="421 4.5.0 bye", how="instead"),))
    fails = Rule(command="EHLO.*", state="tls", reply="451 4.3.0 not now")
    run, _ = held_with(Moody(first, but(first, rules=(fails,))))
    proper(run)
    assert run.encrypted is not None
    wide, _ = held(but(first, limits=()))
    assert {key[:2] for key in verdicts(wide)} == {key[:2] for key in verdicts(run)}
    lost = [o for o in asked(run) if o.verdict is Verdict.UNTESTED]
    assert lost
    inside = {("mail-parameter", "AUTH"), ("mail-unannounced", "REQUIRETLS")}
    inside |= {(name, "") for name in ("mail", "auth-unknown", "auth-none", "starttls-again")}
    assert {(o.probe, o.subject) for o in lost} <= inside | {("auth-mechanism", "PLAIN")}
    assert {o.detail for o in lost} == {"the state that it needs was not reached"}


@pytest.mark.parametrize("starttls", ["broken", "refuse 454 4.7.0 TLS not available", "refuse 500 5.5.1 what?", "off"])
def test_starttls_that_does_not_work(starttls: str) -> None:
    run, server = held(but(plain(), ehlo=_tls(), starttls=starttls))
    proper(run)
    assert run.encrypted is None
    (keyword,) = [o for o in told(run, "keyword") if o.subject == "STARTTLS"]
    assert keyword.verdict is Verdict.BROKEN
    assert "untested" not in {str(o.verdict) for o in asked(run)}
    tries = [e for e in run.exchanges if e.stage is Stage.STARTTLS and e.probe is None and e.command is not None]
    assert len(tries) == 2
    assert run.outcome is Outcome.ANSWERED
    assert server.connections < 25


def test_plaintext_behind_the_go_ahead() -> None:
    injected = Rule(command="STARTTLS", reply="220 go ahead\r\n250 injected")
    run, server = held(but(plain(rules=[injected]), ehlo=_tls()))
    proper(run)
    for number in {e.connection for e in run.exchanges}:
        said = [line for n, line in server.log if n == number]
        if b"STARTTLS" in said:
            rest = said[said.index(b"STARTTLS") + 1 :]
            assert not rest or rest[0].startswith(b"\x16"), "only a handshake follows"
    assert any(e.failure and e.failure.kind is FailureKind.STARTTLS_INJECTION for e in run.exchanges)
    assert "untested" not in {str(o.verdict) for o in asked(run)}
