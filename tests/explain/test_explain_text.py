"""``explain_text``: what a user pastes is recognised, explained in its context, bounded and redacted."""

from __future__ import annotations

import contextlib
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.diagnosis import Diagnosis
from smtpprobe.explain import explain_text
from smtpprobe.explain.readers.dialogue import CONTEXT_LIMIT
from smtpprobe.outcome import Retry


def only(text: str, command: str | None = None) -> Diagnosis:
    (diagnosis,) = explain_text(text, command)
    return diagnosis


def steps(diagnosis: Diagnosis) -> str:
    return " ".join(diagnosis.meaning.steps)


def codes(diagnosis: Diagnosis) -> list[str]:
    return [named.code for named in diagnosis.meaning.named if not named.code.startswith("at ")]


def test_a_code_alone() -> None:
    found = only("504")
    assert (found.event.given, found.event.code) == ("504", 504)
    assert found.meaning.summary


def test_an_enhanced_code_alone() -> None:
    found = only(" 5.7.1 ")
    assert (found.event.given, codes(found)) == ("5.7.1", ["5.7.1"])


def test_a_code_that_vendors_use_otherwise_has_both_meanings() -> None:
    alone = {named.code for named in only("5.7.27").meaning.named}
    assert {"5.7.27", "at Gmail"} <= alone
    told = only("550 5.7.27 Your email has been blocked because SPF didn't pass. - gsmtp").meaning.named
    assert [named.code for named in told] == ["550", "5.7.27", "at Gmail"]


def test_a_temporary_enhanced_code_can_be_tried_again() -> None:
    assert only("4.7.1").meaning.retry is Retry.LATER


def test_both_codes() -> None:
    found = only("550 5.7.1")
    assert found.event.given == "550 5.7.1"
    assert codes(found) == ["550", "5.7.1"]


def test_qmail_writes_its_enhanced_code_behind() -> None:
    assert only("553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)").event.enhanced == "5.7.1"


def test_a_reply_of_several_lines_is_one_reply() -> None:
    found = only("550-5.7.1 first\n550-5.7.1 second\r\n550 5.7.1 last")
    assert found.event.given == "550-5.7.1 first\n550-5.7.1 second\n550 5.7.1 last"


def test_the_command_gives_the_context() -> None:
    assert "RCPT needs a MAIL" in steps(only("503 5.5.1 Error: need MAIL command", "RCPT TO:<a@b.c>"))


def test_without_a_history_nothing_is_said_of_it() -> None:
    found = only("421 4.7.0 Try again later")
    assert "no refusal before it" not in steps(found)
    assert "Nobody had asked" not in steps(found)


def test_a_line_of_a_log_holds_a_reply_and_its_command() -> None:
    found = only(
        "to=<a@b.c>, status=bounced (host mx.b.c[192.0.2.1] said: 554 5.7.1 <a@b.c>: Relay access denied (in "
        "reply to RCPT TO command))"
    )
    assert (found.event.code, found.event.enhanced, found.event.command) == (554, "5.7.1", "RCPT")
    assert found.meaning.reason == "norelaying"


@pytest.mark.parametrize(("server", "client"), [("S: ", "C: "), ("<-  ", " -> "), ("← ", "→ "), ("", "")])
def test_a_dialogue_lends_its_whole_context(server: str, client: str) -> None:
    text = "\n".join(
        [
            f"{server}220 mx.example ESMTP Exim 4.96",
            f"{client}EHLO x.example",
            f"{server}250-mx.example",
            f"{server}250 AUTH PLAIN",
            f"{client}AUTH FOO",
            f"{server}504 FOO authentication mechanism not supported",
        ]
    )
    *_, found = explain_text(text)

    assert found.event.given == "504 FOO authentication mechanism not supported"
    assert "It offers PLAIN" in steps(found)


def test_what_follows_starttls_is_inside_tls() -> None:
    *_, found = explain_text(
        "220 mx ESMTP\nEHLO x\n250-mx\n250 STARTTLS\nSTARTTLS\n220 go\nEHLO x\n250-mx\n250 AUTH PLAIN\n"
        "AUTH FOO\n504 no such mechanism"
    )
    assert "It offers PLAIN" in steps(found)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("535 5.7.8 bad", "AUTH PLAIN AHVzZXIAc2VjcmV0"),
        ("C: AUTH PLAIN AHVzZXIAc2VjcmV0\nS: 500 unrecognized: AUTH PLAIN AHVzZXIAc2VjcmV0", None),
        ("C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: AHVzZXIAc2VjcmV0\nS: 535 no", None),
        ("AUTH LOGIN\n334 VXNlcm5hbWU6\nAHVzZXIAc2VjcmV0\n535 no", None),
    ],
)
def test_no_secret_comes_back(text: str, command: str | None) -> None:
    assert "AHVzZXIAc2VjcmV0" not in repr(explain_text(text, command))


def test_the_end_of_a_telnet_session_is_no_failure() -> None:
    found = explain_text("220 mx\nQUIT\n221 bye\nConnection closed by foreign host.\n")
    assert [one.event.code for one in found] == [220, 221]


def test_names_of_mechanisms_are_no_secrets() -> None:
    assert "CRAM-MD5 SCRAM-SHA-256" in only("250-x\n250 AUTH DIGEST-MD5 CRAM-MD5 SCRAM-SHA-256", "EHLO x").event.given


@pytest.mark.parametrize("text", ["", "hello", "5504", "42", "no code 5.7 here", "-\n-"])
def test_what_is_no_reply_is_answered_by_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match=r"give a code \(504\)"):
        explain_text(text)


@pytest.mark.parametrize("filling", [" ", "-", "<", "550 ", "AUTH A ", "5.7.1 ", "\t\n"])
def test_an_adversary_does_not_make_it_slow(filling: str) -> None:
    filled = filling * (64 * 1024 // len(filling))
    done = threading.Thread(target=_swallow, args=(filled,), daemon=True)
    done.start()
    done.join(timeout=20)

    assert not done.is_alive()


def _swallow(text: str) -> None:
    with contextlib.suppress(ValueError):
        explain_text(text)


def test_a_long_dialogue_forgets_its_beginning() -> None:
    found = explain_text("C: NOOP\nS: 250 ok\n" * (CONTEXT_LIMIT + 20))
    assert len(found) == CONTEXT_LIMIT + 20
    assert len(found[-1].event.context) == CONTEXT_LIMIT


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=40)))
def test_any_text_is_explained_or_refused(text: str, command: str | None) -> None:
    for candidate in (text, f"550 {text}", f"C: {text}\nS: 550 {text}"):
        try:
            explained = explain_text(candidate, command)
        except ValueError:
            continue
        assert all(found.meaning.summary for found in explained)
