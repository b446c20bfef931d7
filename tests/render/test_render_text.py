"""The screens: whole texts against golden files, and hostile input that must stay inside its 80 columns."""

from __future__ import annotations

import io
import itertools
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import diagnoses
import exim_report
import failed_reports
import msgspec
import pytest
from hostile_report import PAYLOADS, poisoned

from smtpprobe.model import Command, Exchange, Failure, Keyword, Report
from smtpprobe.outcome import ClosedBy, Defect, FailureKind, Severity, Stage
from smtpprobe.render import RENDERERS, entry, explained
from smtpprobe.render import screen as screen_room
from smtpprobe.render.cells import cell_len
from smtpprobe.render.failures import next_step, remark, sentence
from smtpprobe.render.live import Live, replay
from smtpprobe.render.screen import Screen, console, duration
from smtpprobe.render.text import summary

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"


@pytest.fixture(autouse=True)
def fixed_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smtpprobe.catalogue.extensions.lookup", exim_report.lookup)


def _shown(
    report: Report, *, encoding: str = "utf-8", width: int = 80, color: bool = False, brief: bool = False
) -> str:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding=encoding, newline="\n")
    screen = console(stream, color=color, width=width)
    replay(report, Live(screen))
    summary(report, screen, brief=brief)
    stream.flush()
    return octets.getvalue().decode(encoding)


def _diagnosis(_: Report) -> str:
    stream = io.StringIO()
    explained.diagnosis_text(diagnoses.REFUSED, console(stream, color=False, width=80), "smtpprobe trace a@b.example")
    return stream.getvalue()


def _digest(_: Report) -> str:
    stream = io.StringIO()
    explained.digest_text(diagnoses.DIGEST, console(stream, color=False, width=80), top=1)
    return stream.getvalue()


SCREENS: dict[str, tuple[Callable[[], Report], Callable[[Report], str]]] = {
    "exim": (exim_report.report, RENDERERS["text"]),
    "exim-ascii": (exim_report.report, lambda report: _shown(report, encoding="ascii")),
    "exim-wide": (exim_report.report, lambda report: _shown(report, width=130)),
    "exim-brief": (exim_report.report, lambda report: _shown(report, brief=True)),
    "unreachable": (failed_reports.unreachable, RENDERERS["text"]),
    "broken-off": (failed_reports.broken_off, RENDERERS["text"]),
    "explain-item": (exim_report.report, _diagnosis),
    "explain-many": (exim_report.report, _digest),
}


@pytest.mark.parametrize("name", SCREENS)
def test_golden(name: str) -> None:
    """With UPDATE_GOLDEN=1 the files are written anew: read the difference before you keep it."""
    make, show = SCREENS[name]
    text, path = show(make()), GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_file_is_tested() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SCREENS)


def _within(text: str, width: int) -> bool:
    return all(cell_len(line) <= width for line in text.split("\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_stays_harmless_and_inside_its_columns(name: str, width: int, encoding: str) -> None:
    text = _shown(poisoned(exim_report.report(), PAYLOADS[name]), width=width, encoding=encoding)
    assert not [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")]
    assert _within(text, width)
    assert len(text) < 60_000


def test_a_keyword_of_64_kib_is_cut_and_said_to_be_so() -> None:
    report = exim_report.report()
    assert report.transcript.clear is not None
    clear = msgspec.structs.replace(report.transcript.clear, keywords=(Keyword("X" * 65536),))
    transcript = msgspec.structs.replace(report.transcript, clear=clear, encrypted=None, observations=())
    text = _shown(msgspec.structs.replace(report, transcript=transcript))
    table = text[text.index("Capabilities") : text.index("Findings")]
    assert "…" in table
    assert table.count("\n") < 10


def test_markup_is_never_read() -> None:
    text = _shown(poisoned(exim_report.report(), PAYLOADS["markup"]), color=True)
    assert "[bold red]x[/]" in text
    assert "\x1b]8" not in text


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_the_screens_fit(width: int) -> None:
    assert _within(_shown(exim_report.report(), width=width), width)


def test_colour_adds_nothing_but_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = _shown(exim_report.report(), color=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == _shown(exim_report.report())


def test_no_colour_where_no_terminal_or_no_color_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert console(io.StringIO()).color is False
    assert console(Terminal()).color is True
    monkeypatch.setenv("NO_COLOR", "1")
    assert console(Terminal()).color is False


def test_what_was_explained_is_only_named_again_and_new_advice_always_shows() -> None:
    stream = io.StringIO()
    live = Live(console(stream, width=80))
    exchange = exim_report.report().transcript.exchanges[7]
    advice = exim_report.note(250, "Requested action done", "The command was carried out.", "Something new.")
    for note in (exim_report.OK, exim_report.OK, advice, advice):
        live.exchanged(exchange, note)
    text = stream.getvalue()
    assert text.count("The command was carried out.") == 1
    assert text.count("Requested action done.") == 2
    assert text.count("Something new.") == 1


def test_an_explanation_ends_with_a_sentence_where_it_can() -> None:
    stream = io.StringIO()
    live = Live(console(stream, width=80))
    exchange = exim_report.report().transcript.exchanges[7]
    live.exchanged(exchange, exim_report.note(250, "Done", f"One is short. {'Two is long ' * 20}."))
    live.exchanged(exchange, exim_report.note(220, "Ready", "Endless " * 40))
    text = stream.getvalue()
    assert "     Done. One is short.\n" in text
    assert "Two" not in text
    assert "     Ready.\n" in text


def test_a_defect_that_the_advice_tells_is_not_told_twice() -> None:
    report = exim_report.report()
    exchange = next(e for e in report.transcript.exchanges if e.reply and e.reply.defects)
    meaning = Defect.BARE_LF.meaning
    for advice in ((), (f"Irregular: {meaning}.",)):
        stream = io.StringIO()
        Live(console(stream, width=80)).exchanged(exchange, exim_report.note(214, "Help", "Help.", *advice))
        assert stream.getvalue().count(meaning) == 1


def test_two_connections_are_told_apart() -> None:
    report = exim_report.report()
    text = RENDERERS["text"](report)
    speakers = [exchange.connection for exchange in report.transcript.exchanges]
    turns = sum(a != b for a, b in itertools.pairwise(speakers))
    assert text.count("── connection ") == turns > 2


def test_the_next_address_of_a_target_introduces_itself() -> None:
    stream = io.StringIO()
    live = Live(console(stream, width=80))
    run = exim_report.report().transcript
    for address in ("192.0.2.25", "2001:db8::25"):
        live.connected(run.target, 1, address, 25, 1)
        live.exchanged(run.exchanges[0], None)
    assert "connection 1 · 2001:db8::25" in stream.getvalue()


def test_a_failure_is_told_once() -> None:
    stream = io.StringIO()
    live = Live(console(stream, width=80))
    run = exim_report.report().transcript
    failure = Failure(Stage.TLS, FailureKind.RESET)
    live.connected(run.target, 1, "192.0.2.25", 25, 1)
    live.exchanged(Exchange(1, 0, Stage.TLS, Command(b"NOOP"), 0, failure=failure), None)
    live.closed(1, ClosedBy.SERVER, failure)
    assert stream.getvalue().count("the connection was reset") == 1


def test_a_failed_handshake_stands_after_the_go_ahead_it_followed() -> None:
    stream = io.StringIO()
    go_ahead = next(e for e in exim_report.report().transcript.exchanges if e.stage is Stage.STARTTLS)
    failure = Failure(Stage.HANDSHAKE, FailureKind.TLS_HANDSHAKE, "no shared cipher")
    Live(console(stream, width=80)).exchanged(msgspec.structs.replace(go_ahead, failure=failure), exim_report.GO_AHEAD)
    text = stream.getvalue()
    assert text.index("220 TLS go ahead") < text.index("Ready to start TLS") < text.index("no shared cipher")


def test_an_unsolicited_reply_is_said_to_be_so_once() -> None:
    stray = failed_reports.broken_off().transcript.exchanges[2]
    told = msgspec.structs.replace(stray, failure=Failure(Stage.EHLO, FailureKind.UNSOLICITED))
    for exchange in (stray, told):
        stream = io.StringIO()
        Live(console(stream, width=80)).exchanged(exchange, None)
        assert stream.getvalue().count("nobody had asked for") == 1


def test_a_server_that_hangs_up_is_mentioned() -> None:
    stream = io.StringIO()
    live = Live(console(stream, width=80))
    live.connected(exim_report.report().transcript.target, 1, "192.0.2.25", 25, 1)
    live.closed(1, ClosedBy.US, None)
    assert "closed" not in stream.getvalue()
    live.closed(1, ClosedBy.SERVER, None)
    assert "The server closed the connection." in stream.getvalue()


def test_findings_stand_worst_first() -> None:
    text = RENDERERS["text"](exim_report.report())
    places = [text.index(f"  {severity:<9}") for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_has_a_sentence_and_a_next_step(kind: FailureKind) -> None:
    failure = Failure(Stage.CONNECT, kind, "why")
    run = exim_report.report().transcript
    words = sentence(failure, run)
    assert words.startswith("mail.example.org: ")
    assert words.endswith(".")
    assert remark(failure).endswith("(connect: why)")
    assert next_step(failure, run).endswith(".")


@pytest.mark.parametrize(
    ("ticks", "words"),
    [(-5, "0.0 ms"), (400_000, "0.4 ms"), (12_300_000, "12 ms"), (10_060_000_000, "10.1 s")],
)
def test_duration(ticks: int, words: str) -> None:
    assert duration(ticks) == words


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_stream_without_utf8_gets_ascii(encoding: str) -> None:
    screen = Screen(console(io.TextIOWrapper(io.BytesIO(), encoding=encoding), width=80))
    assert screen.clean("→ ● · ▸ … 日") == "-> * - > ... \\u65e5"


def test_folding_keeps_indented_lines_and_says_what_it_cut() -> None:
    screen = Screen(console(io.StringIO(), width=80))
    assert screen.fold("one two three\n  four", 9) == ["one two", "three", "  four"]
    assert screen.fold("one two three four five", 9, rows=2) == ["one two", "three…"]
    assert screen.fold("", 9) == [""]


def test_entries_fit_and_are_whole() -> None:
    from smtpprobe.catalogue import codes, extensions

    stream = io.StringIO()
    screen = console(stream, width=80)
    for code in codes.CODES.values():
        entry.code_text(code, screen)
    for extension in extensions.EXTENSIONS.values():
        entry.extension_text(extension, screen)
    entry.code_list(list(codes.CODES.values()), screen)
    entry.extension_list(list(extensions.EXTENSIONS.values()), screen)
    text = stream.getvalue()
    assert _within(text, 80)
    assert "…" not in text


def test_json_loads_no_rich() -> None:
    program = (
        "import sys, smtpprobe.render as r, smtpprobe.render.json, smtpprobe.render.schema, smtpprobe.render.diagnoses;"
        "smtpprobe.render.schema.schema(); assert 'rich' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("name", ["plain", *PAYLOADS])
@pytest.mark.parametrize("width", [60, 80, 130])
def test_no_row_needs_to_be_cut_at_the_edge(name: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen cuts what is too wide as a last resort; on a console of usual width every row is made to fit."""
    cut: list[str] = []

    def cut_row(parts: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
        row = "".join(text for text, _ in parts)
        if cell_len(row) > width:
            cut.append(row)
        return parts

    monkeypatch.setattr(screen_room, "_cut", cut_row)
    report = exim_report.report()
    _shown(report if name == "plain" else poisoned(report, PAYLOADS[name]), width=width)
    assert cut == []
