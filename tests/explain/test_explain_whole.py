"""A dialogue that was had before is explained from memory, and only where nothing that matters differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import pytest
from explain_dialogue import EXIM, EXIM_EHLO, OPENSMTPD, POSTFIX, POSTFIX_EHLO, dialogue, start

from smtpprobe.explain import annotate, annotate_all, whole
from smtpprobe.model import Exchange, Failure, Known, Note, Software
from smtpprobe.outcome import FailureKind, Stage

replace = msgspec.structs.replace
TURNS = (
    *start(POSTFIX, POSTFIX_EHLO),
    ("MAIL FROM:<>", "250 2.1.0 Ok", "mail"),
    ("RCPT TO:<postmaster>", "550 5.7.1 Client host rejected: cannot find your hostname", "rcpt-postmaster"),
    ("STARTTLS", "220 2.0.0 Ready to start TLS"),
    ("EHLO x.example", POSTFIX_EHLO),
    ("HELP", "502 5.5.2 Error: command not recognized", "help"),
    ("QUIT", "221 2.0.0 Bye"),
)


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    whole._explained.clear()
    yield
    whole._explained.clear()


def slowly(exchanges: Sequence[Exchange], known: Known) -> tuple[Note | None, ...]:
    states = {inside: replace(known, encrypted_now=inside) for inside in (False, True)}
    return tuple([annotate(exchanges, i, states[one.stage is Stage.TLS]) for i, one in enumerate(exchanges)])


def explained(exchanges: Sequence[Exchange], known: Known) -> tuple[Note | None, ...]:
    return annotate_all(exchanges, replace(known, encrypted_now=False), replace(known, encrypted_now=True))


def test_it_is_what_each_reply_means_and_the_same_notes_the_second_time() -> None:
    exchanges, known = dialogue(*TURNS)
    first = explained(exchanges, known)
    assert first == slowly(exchanges, known)
    later = [replace(one, sent_ns=99, flight=7) for one in exchanges]
    assert explained(later, replace(known, nonce="another")) is first


def test_whatever_differs_is_explained_anew() -> None:
    exchanges, known = dialogue(*TURNS)
    explained(exchanges, known)
    last, reply = exchanges[-1], exchanges[-1].reply
    assert reply is not None
    cut = [*exchanges[:-1], replace(last, reply=None, failure=Failure(Stage.QUIT, FailureKind.CLOSED))]
    others: list[tuple[Sequence[Exchange], Known]] = [
        (exchanges[:-1], known),
        (cut, known),
        ([*exchanges[:-1], replace(last, probe="command")], known),
        ([*exchanges[:-1], replace(last, connection=2)], known),
        (
            [*exchanges[:-1], replace(last, reply=replace(reply, raw=b"500 what\r\n", code=500, texts=(b"what",)))],
            known,
        ),
        (exchanges, replace(known, software=Software("Exim", None, ""))),
        (exchanges, replace(known, software=None)),
        (exchanges, replace(known, target=replace(known.target, host="gmail-smtp-in.l.google.com"))),
        (exchanges, replace(known, target=replace(known.target, path="/run/mail"))),
        (exchanges, replace(known, clear=None)),
        (exchanges, replace(known, mail_clear=530)),
        (exchanges, replace(known, ehlo_name="localhost")),
        dialogue(*start(EXIM, EXIM_EHLO), *TURNS[2:]),
        dialogue(*start(OPENSMTPD, POSTFIX_EHLO), *TURNS[2:]),
    ]
    for number, (said, seen) in enumerate(others, 2):
        assert explained(said, seen) == slowly(said, seen)
        assert len(whole._explained) == number


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "KEPT", 2)
    for number in range(5):
        explained(*dialogue(*start(POSTFIX, POSTFIX_EHLO), (f"NOOP {number}", "250 2.0.0 Ok")))
    assert len(whole._explained) == 2
    whole._explained.clear()
    long = "\n".join([*[f"214-{'x' * 400}"] * 20, "214 end"])
    exchanges, known = dialogue(*start(POSTFIX, POSTFIX_EHLO), ("HELP", long))
    assert explained(exchanges, known) == slowly(exchanges, known)
    assert len(whole._explained) == 0
