"""A check as a plugin of Nagios: the state, the one line, the numbers with their ranges, and the limits on all that."""

from __future__ import annotations

import check_golden
import msgspec
import nagios_readers
import pytest
from checkings import CHECKINGS, checking, decided, failed, greeting_421, met, undecided, warned
from nagios_readers import Item, Said, outside

from smtpprobe.cli.exit_status import nagios_status
from smtpprobe.expectation import Checked, Checking
from smtpprobe.model import Report
from smtpprobe.outcome import Severity
from smtpprobe.render import CHECK_RENDERERS, escape

_STATES = ("OK", "WARNING", "CRITICAL", "UNKNOWN")


def _said(made: Checking) -> Said:
    return nagios_readers.read(CHECK_RENDERERS["nagios"](made))


@pytest.mark.parametrize("name", ["met", "failed", "greeting-421", "addresses"])
def test_golden_nagios(name: str) -> None:
    check_golden.compare(f"{name}.nagios.txt", CHECK_RENDERERS["nagios"](CHECKINGS[name]()))


@pytest.mark.parametrize(
    ("name", "state"),
    [
        *(("met", "OK"), ("failed", "CRITICAL"), ("undecided", "WARNING"), ("mail-530", "CRITICAL")),
        *(("greeting-421", "WARNING"), ("unreachable", "CRITICAL"), ("not-smtp", "CRITICAL"), ("refused", "CRITICAL")),
        *(("addresses", "CRITICAL"), ("changed", "CRITICAL"), ("warned", "WARNING"), ("stopped", "WARNING")),
        ("nobody", "UNKNOWN"),
    ],
)
def test_the_state_is_the_exit_status_and_the_first_word(name: str, state: str) -> None:
    made = CHECKINGS[name]()
    assert (_said(made).state, nagios_status(made)) == (state, _STATES.index(state))


@pytest.mark.parametrize("name", ["undecided", "greeting-421", "stopped"])
@pytest.mark.parametrize(("word", "status"), [("fail", 2), ("pass", 0)])
def test_the_user_has_the_word_on_what_is_undecided_in_nagios(name: str, word: str, status: int) -> None:
    assert nagios_status(decided(CHECKINGS[name](), word)) == status


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("met", "mx1.example.org:25: all 10 met"),
        ("mail-530", "mx1.example.org:25: MAIL must be accepted: 530 5.7.57 Client not authenticated"),
        ("unreachable", "mx1.example.org:25: unreachable: nobody listens"),
        (
            "greeting-421",
            "mx1.example.org:25: inconclusive: 421 4.7.0 mx1.example.org too many connections \\x7c try later",
        ),
        (
            "undecided",
            "mx1.example.org:25: STARTTLS is offered and works: could not tell: 454 4.7.0 TLS not available due "
            "to local problem",
        ),
        ("not-smtp", "mx1.example.org:80: not SMTP: HTTP/1.1 400"),
        (
            "failed",
            "mx1.example.org:25: VRFY must not reveal users: 250 2.1.5 postmaster #1 <root@mx1.example.org>",
        ),
        ("warned", "mx1.example.org:25: the certificate has at least 14 days left: 9 days (and 1 more)"),
        (
            "addresses",
            "mx1.example.org:25 [2001:db8::25]: unreachable: no route to host "
            "(3 servers: 1 failed, 1 inconclusive, 20 met, 18 skipped)",
        ),
    ],
)
def test_the_first_line_says_what_is_worst_in_the_words_of_the_server(name: str, text: str) -> None:
    assert _said(CHECKINGS[name]()).text == text


def test_the_long_text_has_what_it_takes_to_act() -> None:
    assert _said(failed()).long_text == (
        "[CRITICAL] mx1.example.org:25: VRFY must not reveal users: 250 2.1.5 postmaster #1 "
        "<root@mx1.example.org> (smtpprobe.toml:14)",
        "  expected: a code other than 250",
        "  C: VRFY postmaster",
        "  S: 250 2.1.5 postmaster #1 <root@mx1.example.org>",
        "  In Postfix: disable_vrfy_command = yes",
        "[WARNING] mx1.example.org:25: the certificate has at least 14 days left: 9 days (smtpprobe.toml:17)",
        "  expected: 14 days",
        "  Renew it now, then reload the server.",
        "[CRITICAL] mx1.example.org:25: 2 failed, 8 met",
    )


def test_numbers_of_one_server_have_plain_labels_in_the_order_of_the_stages() -> None:
    numbers = _said(met()).numbers
    assert list(numbers) == [
        *("met", "failed", "inconclusive"),
        *("connect", "greeting", "ehlo", "starttls", "handshake", "total", "certificate_days"),
    ]
    assert numbers["met"] == Item(10, "", "", "")
    assert numbers["connect"] == Item(0.012, "s", "", "1")
    assert numbers["certificate_days"] == Item(21, "", "14:", "0:")


@pytest.mark.parametrize(("days", "state"), [(14, "OK"), (13, "WARNING"), (0, "WARNING"), (-1, "CRITICAL")])
def test_the_ranges_of_a_certificate_are_its_states(days: int, state: str) -> None:
    """Given a bound of 14 days, then what the ranges say of a number is the state that it has."""
    whole = (met() if days >= 14 else warned()).servers[0]
    one = next(held for held in whole.held if held.id == "certificate-days")
    assert one.measure is not None
    one = msgspec.structs.replace(one, measure=msgspec.structs.replace(one.measure, value=days))
    said = _said(checking(msgspec.structs.replace(whole, held=(one,))))
    item = said.numbers["certificate_days"]
    told = "CRITICAL" if outside(days, item.critical) else "WARNING" if outside(days, item.warn) else "OK"
    assert (told, said.state) == (state, state)


@pytest.mark.parametrize(("least", "most", "text"), [(None, 5, "5"), (2, None, "2:"), (2, 5, "2:5"), (None, None, "")])
def test_bounds_are_ranges(least: float | None, most: float | None, text: str) -> None:
    whole = met().servers[0]
    one = next(held for held in whole.held if held.id == "time-connect")
    assert one.measure is not None
    one = msgspec.structs.replace(one, measure=msgspec.structs.replace(one.measure, least=least, most=most))
    item = _said(checking(msgspec.structs.replace(whole, held=(one,)))).numbers["connect"]
    assert item.critical == text
    if text:
        assert [outside(value, text) for value in (1, 3, 6)] == [least is not None, False, most is not None]


@pytest.mark.parametrize(
    ("severity", "state"), [(Severity.INFO, 1), (Severity.WARNING, 1), (Severity.ERROR, 2)], ids=str
)
@pytest.mark.parametrize("name", ["findings", "finding-certificate-expiring"])
def test_a_finding_is_as_bad_as_its_severity(name: str, severity: Severity, state: int) -> None:
    whole = warned().servers[0]
    one = msgspec.structs.replace(whole.held[-1], id=name)
    (report,) = whole.reports
    found = next(one for one in report.findings if one.rule == "certificate-expiring")
    report = msgspec.structs.replace(report, findings=(msgspec.structs.replace(found, severity=severity),))
    made = checking(msgspec.structs.replace(whole, held=(one,), reports=(report,)))
    assert nagios_status(made) == state


def test_labels_of_several_servers_and_addresses_are_told_apart() -> None:
    numbers = _said(CHECKINGS["addresses"]()).numbers
    assert numbers["mx1.example.org_25_192.0.2.25_connect"].critical == "1"
    assert "mx1.example.org_25_2001_db8_25_total" in numbers
    assert "mx2.example.org_25_handshake" in numbers
    assert all(label.isascii() and len(label) <= 80 for label in numbers)


def _many(number: int, prefix: str = "mx") -> list[Checked]:
    return [msgspec.structs.replace(failed().servers[0], name=f"{prefix}{n}.example.org:25") for n in range(number)]


def test_what_has_no_room_is_left_out_whole_and_said() -> None:
    """Given a hundred servers with two failures each, then 4 KiB hold the worst first and say that it is cut."""
    said = _said(checking(*_many(100)))
    assert said.text.endswith("(and 99 more; 100 servers: 200 failed, 800 met)")
    assert said.long_text[-1] == "... this is cut: `smtpprobe check` without `--format nagios` shows all of it."
    assert set(said.numbers) >= {"met", "failed", "inconclusive", "mx0.example.org_25_total"}


def test_what_numbers_there_are_does_not_depend_on_how_long_they_are() -> None:
    """Given the same servers, slower, then the same labels have room: a graph does not come and go."""
    quick = checking(*_many(9))
    slow = [msgspec.structs.replace(one, reports=tuple(map(_slower, one.reports))) for one in quick.servers]
    assert list(_said(quick).numbers) == list(_said(checking(*slow)).numbers)


def _slower(report: Report) -> Report:
    run = msgspec.structs.replace(report.transcript, ended_ns=123_456_789_123)
    return msgspec.structs.replace(report, transcript=run)


@pytest.mark.parametrize("name", ["x" * 300, "é" * 200, "a'b=c|d::e", " ", ""])
def test_any_name_makes_labels(name: str) -> None:
    servers = [msgspec.structs.replace(one, name=name) for one in _many(3)]
    said = _said(checking(*servers))
    assert len(said.numbers) > 10
    assert any(label.endswith("connect_2") for label in said.numbers)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", "a \\x7c b"),
        ("one\nCRITICAL | 'x'=1", "one\\x0aCRITICAL \\x7c 'x'=1"),
        ("C:\\new \\x", "C:\\x5cnew \\x"),
        ("\x1b[2J", "\\x1b[2J"),
        ("530 <a@b>", "530 <a@b>"),
    ],
)
def test_no_text_of_a_server_ends_the_line_or_begins_the_numbers(text: str, shown: str) -> None:
    assert escape.nagios(text) == shown
    whole = greeting_421().servers[0]
    held = tuple([msgspec.structs.replace(one, got=text, evidence=(text,)) for one in whole.held])
    said = _said(checking(msgspec.structs.replace(whole, held=held)))
    assert said.text.endswith(f"inconclusive: {shown}")
    assert set(said.numbers) == {"met", "failed", "inconclusive", "connect", "greeting", "total"}


def test_454_is_not_called_not_supported() -> None:
    assert "454 4.7.0" in _said(undecided()).text
    assert "support" not in _said(undecided()).text
