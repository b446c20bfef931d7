"""A trace on the screen: golden files, widths, what can be copied, what comes first."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import msgspec
import pytest
from traces import RECORD, TRACES, arrives, locked_out, refused, report

from smtpprobe.journey import Ruling, Step, Trace
from smtpprobe.model import Failure
from smtpprobe.outcome import Cause, Check, FailureKind, Retry, Stage, Standing, Who
from smtpprobe.render import TRACE_RENDERERS, trace_text
from smtpprobe.render.cells import cell_len
from smtpprobe.render.paper import Console

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden" / "trace"


def shown(trace: Trace, *, width: int = 80, encoding: str = "utf-8", color: bool = False, **words: bool) -> str:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding=encoding, newline="\n")
    trace_text.show(trace, Console(stream, color=color, width=width), **words)
    stream.flush()
    return octets.getvalue().decode(encoding)


SCREENS = {
    "refused": lambda: TRACE_RENDERERS["text"](refused()),
    "refused-ascii": lambda: shown(refused(), encoding="ascii"),
    "refused-40": lambda: shown(refused(), width=40),
    "refused-verbose": lambda: shown(refused(), verbose=True),
    "arrives": lambda: TRACE_RENDERERS["text"](arrives()),
    "locked-out": lambda: TRACE_RENDERERS["text"](locked_out()),
}


@pytest.mark.parametrize("name", SCREENS)
def test_golden(name: str) -> None:
    """With UPDATE_GOLDEN=1 the files are written anew: read the difference before you keep it."""
    text, path = SCREENS[name](), GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_text_is_tested() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SCREENS)


@pytest.mark.parametrize("verbose", [False, True], ids=["usual", "verbose"])
@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("name", TRACES)
def test_only_what_is_to_be_copied_is_wider_than_the_screen(name: str, width: int, verbose: bool) -> None:
    wide = [row for row in shown(TRACES[name](), width=width, verbose=verbose).split("\n") if cell_len(row) > width]
    assert all(row.startswith(" " * trace_text.VERBATIM) for row in wide)
    copied = {row.strip() for row in wide}
    assert all(re.match(r"\$ smtpprobe|\S+\.  (?:TXT|PTR)", row) for row in copied), copied


def test_a_record_stays_on_one_row_and_comes_before_the_evidence() -> None:
    long = f'example.org.  TXT  "v=spf1 {"ip4:192.0.2.10 " * 40}-all"'
    conclusion = msgspec.structs.replace(refused().conclusion, steps=(f"Publish:\n  {long}",))
    rows = shown(msgspec.structs.replace(refused(), conclusion=conclusion), width=40).split("\n")
    assert " " * trace_text.VERBATIM + long in rows
    assert rows.index(" " * trace_text.VERBATIM + long) < rows.index("Evidence")


def test_the_diagnosis_comes_first_then_the_fix_the_evidence_the_map_and_the_rest() -> None:
    text = shown(refused())
    parts = [
        "ann@example.net will not get this mail",
        "To fix on YOUR side:",
        RECORD,
        "Evidence",
        "← 550 5.7.23",
        "you 192.0.2.10 ── DNS ✔ 9 ms ── MX mx1.example.net ✔ 18 ms",
        "Not the cause, but worth fixing",
        "5 checks passed: EHLO name, MX, DANE, MTA-STS, transport",
        "Not tried: content",
        "1 MX, 1 address · 7 round trips · 17 DNS queries · 0.8 s, slowest path 0.7 s",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


@pytest.mark.parametrize(
    ("who", "words"), [(Who.SENDER, "YOUR"), (Who.RECIPIENT, "recipient's"), (Who.SERVER, "admin of the server")]
)
def test_the_fix_says_whose_it_is(who: Who, words: str) -> None:
    conclusion = msgspec.structs.replace(refused().conclusion, who=who)
    text = shown(msgspec.structs.replace(refused(), conclusion=conclusion))
    assert re.search(rf"^To fix .*{words}.*:$", text, re.MULTILINE)


def test_brief_is_the_sentence_and_who() -> None:
    words = " ".join(shown(refused(), brief=True).split())
    assert words == f"{refused().conclusion.summary} Who must act: the sending side."
    assert shown(arrives(), width=200, brief=True) == f"{arrives().conclusion.summary}\n"


def test_nothing_is_to_be_done_where_all_is_well() -> None:
    text = shown(arrives())
    assert not re.search(r"^To fix|^What to do|^Send it again|^Evidence|Not the cause", text, re.MULTILINE)
    assert "Worth fixing" in text


@pytest.mark.parametrize(
    ("retry", "words"), [(Retry.LATER, "again later"), (Retry.AFTER_FIX, "once that"), (Retry.NO, "same answer")]
)
def test_it_says_whether_to_try_again(retry: Retry, words: str) -> None:
    conclusion = msgspec.structs.replace(refused().conclusion, retry=retry)
    assert words in shown(msgspec.structs.replace(refused(), conclusion=conclusion))


def test_one_address_has_its_matrix_only_in_the_verbose_form() -> None:
    assert "Mail servers" not in shown(refused())
    assert "Mail servers" in shown(refused(), verbose=True)
    assert "Mail servers" in shown(arrives())


def test_verbose_lists_what_passed_all_answers_the_policy_and_the_dialogue() -> None:
    text = shown(refused(), width=200, verbose=True)
    assert "-v lists them" in shown(refused())
    assert "-v lists them" not in text
    for words in (
        "✔ EHLO name: client.example.org is as it should be.",
        "– BIMI: example.org publishes no logo.",
        "TXT example.org: v=spf1 mx -all (9 ms, not signed)",
        "A www.example.net -> web.example.net: 192.0.2.25",
        "mode: enforce",
        " → RCPT TO:<ann@example.net>",
        " ← 550 5.7.23 SPF validation failed",
    ):
        assert words in text


def test_a_route_without_a_dialogue_says_why() -> None:
    dead = report(failure=Failure(Stage.CONNECT, FailureKind.REFUSED, "192.0.2.25"))
    text = shown(msgspec.structs.replace(refused(), routes=(dead,)), width=200, verbose=True)
    assert "mx1.example.net: nothing listens there (connection refused by 192.0.2.25)." in text


def test_where_the_address_comes_from_is_said() -> None:
    assert "address 192.0.2.10 (as given)" in shown(refused())
    assert "address 192.0.2.10 (as a server saw it; nobody has confirmed it)" in shown(arrives())
    assert "from <>" in shown(locked_out())


def test_colour_adds_nothing_but_colour() -> None:
    coloured = shown(arrives(), color=True, verbose=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(arrives(), verbose=True)


def test_a_stop_that_is_wider_than_the_screen_is_split_and_nothing_is_lost() -> None:
    words = " ".join(f"word{n}" for n in range(30))
    steps = (Step("you", Standing.NONE), Step("RCPT", Standing.FAIL, words))
    text = shown(msgspec.structs.replace(refused(), steps=steps), width=60)
    assert f"you ── RCPT ✖ {words}" in " ".join(text.split())


def test_the_same_problem_of_several_subjects_is_told_once_and_the_worst_first() -> None:
    text = shown(arrives(), width=200)
    assert text.count("The certificate of mx3.example.net expired") == 1
    fail = Ruling(Check.DMARC, "example.org", Standing.FAIL, "reject", "Nothing vouches for example.org.")
    worst = shown(msgspec.structs.replace(arrives(), rulings=(*arrives().rulings, fail)), width=200)
    assert worst.index("Nothing vouches") < worst.index("The certificate of mx3")


def test_the_cause_is_no_further_problem() -> None:
    assert "Publish this record in place" not in shown(refused())
    # Another failure of the same kind is one.
    more = Ruling(Check.SPF, "client.example.org", Standing.FAIL, "fail", "The EHLO name is not covered either.")
    both = msgspec.structs.replace(refused(), rulings=(*refused().rulings, more))
    assert "The EHLO name is not covered either." in shown(both)
    # Without a check of its own, all failures are other problems.
    other = msgspec.structs.replace(refused().conclusion, cause=Cause.MAILBOX_FULL, summary="The mailbox is full.")
    assert "Publish this record in place" in shown(msgspec.structs.replace(refused(), conclusion=other))
