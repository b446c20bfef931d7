"""The probes of profile security: what they say, what they make of the answers, and what NTLM's challenge tells."""

from __future__ import annotations

import base64
import struct

import pytest
from conversed import known, offers, reply
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.model import Command, Exchange, Failure, Known, Observation
from smtpprobe.outcome import FailureKind, Profile, Safety, Stage, Verdict
from smtpprobe.probes import BY_NAME, PROBES, ntlm, relay
from smtpprobe.probes.base import Answer, Place
from smtpprobe.run.settings import RELAY_FORMS
from smtpprobe.wire.replies import ReplyReader

OK, NO = "250 2.0.0 OK", "550 5.7.1 Relay access denied"


def about(*keywords: str, **facts: object) -> Known:
    usual: dict[str, object] = {
        "profile": Profile.SECURITY,
        "address": "192.0.2.25",
        "domain": "mail.example.net",
        "relay_forms": 16,
    }
    return known(*keywords, **{**usual, **facts})


def exchange(command: Command | None, said: str | FailureKind, stage: Stage = Stage.CLEAR) -> Exchange:
    if isinstance(said, FailureKind):
        return Exchange(1, 1, stage, command, 0, None, Failure(stage, said))
    return Exchange(1, 1, stage, command, 0, reply(said))


def told(name: str, *answers: str | FailureKind, subject: str = "", knows: Known | None = None) -> Observation:
    """Put a probe's groups to these answers, in order; the one thing that it learns."""
    conversation = BY_NAME[name].ask(knows or about(), subject)
    asked, left = next(conversation), list(answers)
    greeted = BY_NAME[name].place is Place.BEFORE_GREETING
    try:
        while True:
            expected = len(asked.commands) + greeted
            now, left = left[:expected], left[expected:]
            commands: list[Command | None] = [*([None] if greeted else []), *asked.commands]
            asked = conversation.send(
                tuple([Answer(i, exchange(c, said)) for i, (c, said) in enumerate(zip(commands, now, strict=True))])
            )
    except StopIteration as stop:
        assert left == []
        (one,) = stop.value
        assert isinstance(one, Observation)
        return one


def test_what_may_look_like_an_attack_is_asked_in_this_profile_only() -> None:
    intrusive = [probe for probe in PROBES if probe.safety is Safety.INTRUSIVE]
    assert len(intrusive) == 7
    assert {probe.profile for probe in intrusive} == {Profile.SECURITY}


def test_none_of_them_carries_content_or_a_credential() -> None:
    for probe in (one for one in PROBES if one.profile is Profile.SECURITY):
        for subject in probe.subjects(about("AUTH NTLM", "REQUIRETLS", "STARTTLS")):
            lines = next(probe.ask(about("AUTH NTLM"), subject)).commands
            assert not {line.verb for line in lines} & {"DATA", "BDAT", "BURL", "QUIT"}
            assert all(len(line.argument.split()) < 2 for line in lines if line.verb == "AUTH")


# -- relaying ----------------------------------------------------------------------------------------------


def test_there_are_the_sixteen_classic_forms() -> None:
    assert len(relay.FORMS) == 16
    assert len({(form.sender, form.recipient) for form in relay.FORMS}) == 16
    assert len(relay.BY_NAME) == 16


def test_every_form_names_the_domain_elsewhere_and_nothing_real() -> None:
    for form in relay.forms(about()):
        commands = next(BY_NAME["relay"].ask(about(), form)).commands
        assert b"relay-0badc0ffee.example.org" in commands[1].line
        assert [command.verb for command in commands] == ["MAIL", "RCPT", "RSET"]


def test_four_forms_unless_more_are_asked_for() -> None:
    assert RELAY_FORMS == 4
    assert relay.forms(about(relay_forms=4)) == ("plain", "own-sender", "percent", "quoted")
    assert relay.forms(about(relay_forms=0)) == ()


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"address": ""}, "literal"),
        ({"address": "/run/smtp"}, "literal"),
        ({"domain": None, "clear": offers()}, ""),
    ],
)
def test_a_form_needs_the_names_that_it_is_made_of(facts: dict[str, object], missing: str) -> None:
    names = relay.forms(about(**facts))
    assert names
    assert not [name for name in names if missing and missing in name]


@pytest.mark.parametrize("name", ["a\x1b[2J.example", "<script>.example", "x" * 300, "127.0.0.1", "no-dot", '"}'])
def test_a_name_out_of_ehlo_is_used_only_if_it_is_one(name: str) -> None:
    said = offers()
    hostile = about(domain=None, clear=type(said)(name, ()), target=about().target)
    assert relay.own_name(hostile) == "mx.example.org"


def test_ipv6_literals() -> None:
    assert relay.literal(about(address="2001:db8::25")) == "[IPv6:2001:db8::25]"
    assert relay.literal(about(address="fe80::1%eth0")) == "[IPv6:fe80::1]"


def test_an_accepted_form_is_an_answer_and_a_refused_sender_is_one_too() -> None:
    assert told("relay", OK, OK, OK, subject="plain").detail == "250 2.0.0"
    one = told("relay", "553 5.1.8 no", "503 5.5.1 no", OK, subject="own-sender")
    assert (one.detail, one.evidence) == ("553 5.1.8", (0,))


# -- the dialogue itself -----------------------------------------------------------------------------------

SMUGGLED = "starttls-smuggled-command"


@pytest.mark.parametrize(
    ("started", "answered", "verdict", "detail"),
    [
        ("220 go", OK, Verdict.BROKEN, "250 inside TLS"),
        ("220 go", FailureKind.TIMEOUT, Verdict.KEPT, "not answered inside TLS"),
        ("220 go", FailureKind.TLS_HANDSHAKE, Verdict.KEPT, "tls-handshake"),
        ("554 synchronization error", FailureKind.CLOSED, Verdict.KEPT, "554 to STARTTLS"),
        (FailureKind.CLOSED, FailureKind.CLOSED, Verdict.KEPT, "closed to STARTTLS"),
    ],
)
def test_a_smuggled_command(
    started: str | FailureKind, answered: str | FailureKind, verdict: Verdict, detail: str
) -> None:
    one = told(SMUGGLED, started, answered)
    assert one.verdict is verdict
    assert one.detail.startswith(detail)


def test_a_smuggled_command_that_is_answered_in_clear() -> None:
    conversation = BY_NAME[SMUGGLED].ask(about("STARTTLS"), "")
    commands = next(conversation).commands
    started = Exchange(
        1,
        1,
        Stage.STARTTLS,
        commands[0],
        0,
        reply("220 go"),
        Failure(Stage.STARTTLS, FailureKind.STARTTLS_INJECTION),
    )
    with pytest.raises(StopIteration) as stop:
        conversation.send((Answer(0, started), Answer(1, exchange(commands[1], FailureKind.STARTTLS_INJECTION))))
    (one,) = stop.value.value
    assert (one.verdict, one.evidence) == (Verdict.BROKEN, (0,))


@pytest.mark.parametrize(("name", "end"), [("line-end-lf", b"\n"), ("line-end-cr", b"\r")])
def test_half_a_line_end(name: str, end: bytes) -> None:
    asked = next(BY_NAME[name].ask(about(), ""))
    assert (asked.commands[0].line, asked.commands[0].end, asked.unsure) == (b"RSET", end, True)
    assert told(name, OK).verdict is Verdict.BROKEN
    assert told(name, "521 5.5.2 bare <LF> received").verdict is Verdict.KEPT
    assert told(name, FailureKind.CLOSED).verdict is Verdict.KEPT
    waiting = told(name, FailureKind.TIMEOUT, "500 what?")
    assert (waiting.verdict, waiting.detail) == (Verdict.KEPT, "waits for CRLF")


@pytest.mark.parametrize(
    ("greeting", "answer", "verdict"),
    [
        ("220 mx", OK, Verdict.BROKEN),
        ("220 mx", "503 5.5.1 EHLO first", Verdict.KEPT),
        ("220 mx", FailureKind.TIMEOUT, Verdict.KEPT),
        ("554 SMTP synchronization error", FailureKind.CLOSED, Verdict.KEPT),
        ("521 5.5.1 Protocol error", OK, Verdict.KEPT),
        (FailureKind.RESET, FailureKind.RESET, Verdict.KEPT),
    ],
)
def test_who_talks_first(greeting: str | FailureKind, answer: str | FailureKind, verdict: Verdict) -> None:
    assert told("talk-first", greeting, answer).verdict is verdict


def test_a_greeting_that_breaks_off_shows_a_watch_at_the_door() -> None:
    conversation = BY_NAME["talk-first"].ask(about(), "")
    (asked,) = next(conversation).commands
    (broken,) = ReplyReader().feed(b"220-mx.example ESMTP\r\n521 5.5.1 Protocol error\r\n", 0)
    greeting = Exchange(1, 1, Stage.GREETING, None, 0, broken, Failure(Stage.GREETING, FailureKind.MALFORMED))
    with pytest.raises(StopIteration) as stop:
        conversation.send((Answer(0, greeting), Answer(1, exchange(asked, FailureKind.MALFORMED))))
    (one,) = stop.value.value
    assert (one.verdict, one.detail) == (Verdict.KEPT, "the greeting breaks off, 521 follows")


@pytest.mark.parametrize(
    ("clear", "inside", "asked"),
    [
        (("STARTTLS",), ("AUTH CRAM-MD5 LOGIN PLAIN",), ("PLAIN",)),
        (("STARTTLS",), ("AUTH LOGIN",), ("LOGIN",)),
        (("STARTTLS",), ("AUTH GSSAPI",), ()),
        (("STARTTLS", "AUTH PLAIN"), ("AUTH PLAIN",), ()),
        (("STARTTLS", "AUTH=PLAIN"), ("AUTH PLAIN",), ()),
        (("STARTTLS",), (), ()),
    ],
)
def test_auth_is_tried_in_clear_where_it_is_kept_for_tls(
    clear: tuple[str, ...], inside: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    assert BY_NAME["auth-unannounced"].subjects(about(*clear, encrypted=offers(*inside))) == asked


def test_a_login_that_begins_in_clear_is_cancelled() -> None:
    assert told("auth-unannounced", "334 ", "501 cancelled", subject="PLAIN").verdict is Verdict.BROKEN
    assert told("auth-unannounced", "538 TLS first", subject="PLAIN").verdict is Verdict.KEPT


def test_requiretls_is_asked_for_where_somebody_knows_it() -> None:
    subjects = BY_NAME["requiretls-in-clear"].subjects
    assert subjects(about("STARTTLS")) == ()
    assert subjects(about("REQUIRETLS")) == ("",)
    assert subjects(about("STARTTLS", encrypted=offers("REQUIRETLS"))) == ("",)
    assert told("requiretls-in-clear", OK, OK).verdict is Verdict.BROKEN
    assert told("requiretls-in-clear", "555 no", OK).verdict is Verdict.KEPT


# -- NTLM --------------------------------------------------------------------------------------------------


def pair(kind: int, text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<HH", kind, len(data)) + data


def challenge(target: str = "CORP", pairs: bytes = b"", flags: int = 0x02000001) -> str:
    name, information = target.encode("utf-16-le"), pairs + bytes(4)
    head = b"NTLMSSP\0" + struct.pack("<IHHII", 2, len(name), len(name), 56, flags) + bytes(16)
    head += struct.pack("<HHI", len(information), len(information), 56 + len(name))
    head += struct.pack("<BBHxxxB", 10, 0, 17763, 15)
    return base64.b64encode(head + name + information).decode()


def test_what_a_challenge_names() -> None:
    pairs = pair(1, "MAIL01") + pair(2, "CORP") + pair(3, "mail01.corp.example.org") + pair(9, "ignored")
    assert ntlm.decoded(challenge(pairs=pairs)) == {
        "target": "CORP",
        "computer": "MAIL01",
        "domain": "CORP",
        "DNS computer name": "mail01.corp.example.org",
        "version": "10.0.17763",
    }


def test_what_a_challenge_names_is_bounded() -> None:
    told = ntlm.decoded(challenge("x" * 5_000, pair(1, "y" * 5_000) * 3))
    assert {len(told["target"]), len(told["computer"])} == {255}


@pytest.mark.parametrize("text", ["", "NTLM supported", "TlRMTVNTUAAC", "größe", "!!!!", challenge()[:40], "A" * 4_000])
def test_what_is_no_challenge_names_nothing(text: str) -> None:
    assert ntlm.decoded(text) == {}


@given(st.binary(max_size=300), st.integers(0, 300))
def test_no_bytes_make_the_decoder_fail(noise: bytes, cut: int) -> None:
    whole = base64.b64decode(challenge(pairs=pair(1, "MAIL01")))
    for message in (noise, whole[:cut] + noise, b"NTLMSSP\0\2\0\0\0" + noise):
        ntlm.decoded(base64.b64encode(message).decode())


def test_the_dialogue_with_ntlm() -> None:
    one = told("ntlm", "334 NTLM supported", f"334 {challenge()}", "501 cancelled")
    assert (one.verdict, one.detail) == (Verdict.BROKEN, "target CORP, version 10.0.17763")
    assert told("ntlm", "504 no").verdict is Verdict.ANSWERED
    assert told("ntlm", "334 ", "535 no").detail == "535 and no names"
    assert told("ntlm", "334 ", "334 AAAA", "501 cancelled").verdict is Verdict.ANSWERED
