"""The dialogue, printed as it happens: every reply with its explanation beneath it. Also replays a finished run."""

from __future__ import annotations

import re
from collections.abc import Callable

from smtpprobe.model import Connection, Exchange, Failure, Note, Reply, Report, Target, TlsFacts
from smtpprobe.outcome import ClosedBy, Defect, Stage, TlsMode
from smtpprobe.render import escape
from smtpprobe.render.cells import cell_len
from smtpprobe.render.dialect import dialect_words
from smtpprobe.render.failures import remark
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen, count, duration
from smtpprobe.render.timings import elapsed, unsolicited
from smtpprobe.watch import Watcher

_MARGIN = 3
_SHOWN_LINES = 3
_ROWS_OF_A_LINE = 2
_ROWS_OF_A_REFUSAL = 5
_UNDER = "     "
_SENTENCES = 74
_EXPLANATION_ROWS = 2
_SENTENCE_END = re.compile(r"[.!?](?= [A-Z`])")
_STYLES = {2: "green", 3: "cyan", 4: "yellow", 5: "red"}


class Live:
    """A Watcher that prints. What was explained once is named only the next time; new advice always shows.

    ``translated`` gives a note in the reader's language.
    """

    def __init__(self, console: Console, translated: Callable[[Note], Note] | None = None) -> None:
        self._screen = Screen(console)
        self._translated = translated
        self._target: Target | None = None
        self._tls: TlsFacts | None = None
        self._speaker: int | None = None
        self._opening: dict[int, str] = {}
        self._explained: set[str] = set()
        self._last_words = ""
        self._told: tuple[int, Failure] | None = None

    def connected(self, target: Target, connection: int, address: str, port: int, connect_ns: int) -> None:
        """The header of a target; a further connection introduces itself when it first speaks."""
        took = f"connected in {duration(connect_ns)}"
        if target == self._target:
            self._opening[connection] = f"{address} · {took}"
            return
        if self._target is not None:
            self._screen.blank()
        self._target = target
        self._tls = None
        self._speaker = connection
        place = target.path or f"{f'[{target.host}]' if ':' in target.host else target.host}:{port}"
        self._screen.items("", dict.fromkeys((place, address, took)), style="bold")
        self._screen.blank()

    def exchanged(self, exchange: Exchange, note: Note | None) -> None:
        """The command, the reply, and what it means."""
        self._turn(exchange.connection)
        if note is not None and self._translated is not None:
            note = self._translated(note)
        if exchange.command is not None:
            self._command(exchange.command.text)
        if exchange.reply is not None:
            self._reply(exchange, exchange.reply)
            self._marks(exchange, exchange.reply, note)
        if note is not None:
            self._explain(note, exchange.reply)
        if exchange.failure is not None:
            self._failure(exchange.connection, exchange.failure)

    def secured(self, connection: int, tls: TlsFacts) -> None:
        """The facts of the handshake, in full the first time."""
        self._turn(connection)
        if tls == self._tls:
            self._screen.row((" ✔ ", "green"), ("TLS and certificate as before", ""))
            return
        self._tls = tls
        facts = [tls.version.replace("TLSv", "TLS "), tls.cipher]
        certificate = tls.certificate
        if certificate is not None:
            facts.append(certificate.subject)
            facts.append(_days(certificate.days_left))
        self._screen.items(" ✔ ", facts, style="green", label_style="green")
        if certificate is not None and certificate.fault is not None:
            detail = f" ({certificate.detail})" if certificate.detail else ""
            self._screen.paragraph(
                f"{_UNDER}! ", f"certificate not trusted: {certificate.fault.meaning}{detail}", style="yellow", rows=3
            )
        if tls.injected:
            octets = count(len(tls.injected), "octet")
            self._screen.paragraph(
                f"{_UNDER}! ", f"{octets} in clear came after the go-ahead to STARTTLS: response injection", style="red"
            )
        self._last_words = ""

    def closed(self, connection: int, by: ClosedBy, failure: Failure | None) -> None:
        """Silent after our QUIT and where the failure was told already."""
        if failure is not None:
            if self._told != (connection, failure) and self._target is not None:
                self._turn(connection)
                self._failure(connection, failure)
        elif by is ClosedBy.SERVER:
            self._turn(connection)
            self._screen.row((_UNDER, ""), ("The server closed the connection.", "dim"))
        self._opening.pop(connection, None)

    def _turn(self, connection: int) -> None:
        opening = self._opening.pop(connection, None)
        if connection == self._speaker and opening is None:
            return
        self._speaker = connection
        self._screen.rule(f"connection {connection}" + (f" · {opening}" if opening else ""))
        self._last_words = ""

    def _command(self, line: str) -> None:
        rows = self._screen.fold(escape.terminal(line), self._screen.width - len(_UNDER), _ROWS_OF_A_LINE)
        self._screen.row((self._arrow("→"), "bold cyan"), (rows[0], "bold"))
        for row in rows[1:]:
            self._screen.row((_UNDER, ""), (row, "bold"))

    def _reply(self, exchange: Exchange, reply: Reply) -> None:
        ticks = elapsed(exchange)
        clock = "" if ticks is None else duration(ticks)
        room = self._screen.width - _MARGIN - len(clock) - 2
        rows = [self._keywords(reply, room)] if _is_promise(exchange, reply) else self._lines(reply, room)
        style = _STYLES.get((reply.code or 0) // 100, "magenta")
        for n, row in enumerate(rows):
            digits = 3 if reply.code is not None and row.startswith(str(reply.code)) else 0
            self._screen.row(
                (self._arrow("←") if n == 0 else " " * _MARGIN, style),
                (row[:digits], f"bold {style}"),
                (row[digits:], ""),
                right=clock if n == 0 else "",
            )

    def _keywords(self, reply: Reply, room: int) -> str:
        words = [line.split(b" ", 1)[0] for line in reply.texts[1:]]
        shown = f"{reply.code} {count(len(words), 'keyword')}:"
        ellipsis = self._screen.clean(" …")
        for n, word in enumerate(words):
            longer = f"{shown} {self._screen.clean(word[:room])}"
            if cell_len(longer) + (len(ellipsis) if n < len(words) - 1 else 0) > room:
                return self._screen.crop(shown + ellipsis, room)
            shown = longer
        return shown

    def _lines(self, reply: Reply, room: int) -> list[str]:
        texts = reply.texts or (b"",)
        folds = _ROWS_OF_A_REFUSAL if reply.refusal else _ROWS_OF_A_LINE
        shown = texts if len(texts) <= _SHOWN_LINES + 1 else texts[:_SHOWN_LINES]
        rows: list[str] = []
        for n, text in enumerate(shown):
            code = "" if reply.code is None else f"{reply.code}{'-' if n < len(texts) - 1 else ' '}"
            first, *more = self._screen.fold(text, room - len(code), folds)
            rows += [code + first, *(" " * len(code) + row for row in more)]
        if len(shown) < len(texts):
            rows.append(self._screen.clean(f"… {count(len(texts) - len(shown), 'more line')}"))
        return rows

    def _marks(self, exchange: Exchange, reply: Reply, note: Note | None) -> None:
        told = " ".join(note.advice) if note else ""
        defects = [defect for defect in reply.defects if defect.meaning not in told]
        if unsolicited(exchange) and exchange.failure is None and Defect.UNSOLICITED not in defects:
            defects.append(Defect.UNSOLICITED)
        for defect in defects:
            words = str(defect) if defect in self._explained else f"{defect}: {defect.meaning}"
            self._explained.add(defect)
            self._screen.paragraph(f"{_UNDER}! ", words, style="yellow", label_style="yellow")

    def _failure(self, connection: int, failure: Failure) -> None:
        self._told = connection, failure
        self._screen.paragraph(" ✖ ", remark(failure), style="red", label_style="bold red")
        self._last_words = ""

    def _explain(self, note: Note, reply: Reply | None) -> None:
        meaning = dialect_words(note.dialect) if note.dialect else note.meaning
        known = f"{note.code} {note.name}"
        if known in self._explained and note.code.startswith("2") and not note.dialect and not note.advice:
            # What was done as asked needs no second explanation.
            return
        news = meaning if note.dialect or known not in self._explained else ""
        words = note.name.rstrip(".") + "."
        if news and news not in self._explained:
            words = f"{words} {news}"
        self._explained |= {known, meaning}
        if words != self._last_words:
            self._under(words)
        self._last_words = words
        if note.enhanced is not None and reply is not None and reply.refusal:
            enhanced = f"{note.enhanced.code}: {note.enhanced.name}"
            if enhanced not in self._explained:
                self._under(enhanced)
            self._explained.add(enhanced)
        for advice in note.advice:
            if advice not in self._explained:
                self._screen.paragraph(f"{_UNDER}▸ ", advice, label_style="bold", rows=6)
            self._explained.add(advice)

    def _under(self, words: str) -> None:
        """As many whole sentences as two rows hold; one that is longer alone is cut."""
        room = min(self._screen.width - len(_UNDER) - 1, _SENTENCES)
        ends = [match.start() + 1 for match in _SENTENCE_END.finditer(words[: room * 2])]
        whole = (words, *(words[:end] for end in reversed(ends)))
        fitting = next((some for some in whole if len(self._screen.fold(some, room)) <= _EXPLANATION_ROWS), words)
        for row in self._screen.fold(fitting, room, _EXPLANATION_ROWS):
            self._screen.row((_UNDER, ""), (row, "dim"))

    def _arrow(self, glyph: str) -> str:
        return f"{self._screen.clean(glyph):>2} "


def replay(report: Report, watcher: Watcher) -> None:
    """Tell a finished run to a watcher, in the order in which it happened."""
    run = report.transcript
    waiting = {connection.number: connection for connection in run.connections}
    last = {exchange.connection: n for n, exchange in enumerate(run.exchanges)}
    opened: set[int] = set()
    for n, (exchange, note) in enumerate(zip(run.exchanges, report.notes, strict=True)):
        connection = waiting.get(exchange.connection)
        if connection is not None and connection.number not in opened:
            opened.add(connection.number)
            _open(run.target, connection, watcher)
        watcher.exchanged(exchange, note)
        if connection is None:
            continue
        if connection.tls is not None and exchange.stage is Stage.STARTTLS and exchange.code == 220:
            watcher.secured(connection.number, connection.tls)
        if last[connection.number] == n:
            watcher.closed(connection.number, connection.closed_by, connection.failure)
    for number, connection in waiting.items():
        if number not in last:
            watcher.closed(number, connection.closed_by, connection.failure)


def _open(target: Target, connection: Connection, watcher: Watcher) -> None:
    watcher.connected(target, connection.number, connection.address, connection.port, connection.connect_ns)
    if connection.tls is not None and target.tls is TlsMode.IMPLICIT:
        watcher.secured(connection.number, connection.tls)


def _is_promise(exchange: Exchange, reply: Reply) -> bool:
    """An EHLO reply with keywords: the summary lists them, here they take one row."""
    return (
        exchange.command is not None
        and exchange.command.verb in ("EHLO", "LHLO")
        and reply.positive
        and len(reply.texts) > 1
    )


def _days(days: int) -> str:
    return f"{count(days, 'day')} left" if days >= 0 else f"expired {count(-days, 'day')} ago"
