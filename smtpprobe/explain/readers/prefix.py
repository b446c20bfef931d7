"""What stands before a log line's own text: the stamps and names of syslog, journald and containers. Never the text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

import msgspec
from msgspec import Struct

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?"
_STAMP = (
    # RFC 3164 4.1.2, with the year that some daemons add
    rf"(?:(?:{_DAYS}),?[ ])?(?:{_MONTHS})[ ]{{1,2}}[0-9]{{1,2}}[ ](?:[0-9]{{4}}[ ])?{_CLOCK}(?:[ ][0-9]{{4}}(?=[ ]))?"
    # journalctl -o short-full: the weekday in front, a zone behind
    rf"|(?:{_DAYS})[ ][0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ ]{_CLOCK}[ ](?:[A-Z]{{2,5}}|[+-][0-9]{{2,4}})"
    # RFC 3339, journalctl -o short-iso, Exim
    rf"|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_CLOCK}(?:Z|[ ]?[+-][0-9]{{2}}:?[0-9]{{2}})?"
    # TAI64N of multilog, and journalctl -o short-unix
    r"|@[0-9a-f]{24}|[0-9]{10}\.[0-9]{6}"
)
_HEAD = re.compile(
    r"\s{0,20}"
    r"(?:[\w./-]{1,200}(?::|\s{1,20}\|[ ]))?"  # the file that grep names, the service that Compose names
    r"(?:<[0-9]{1,3}>)?"
    rf"(?P<time>{_STAMP})[ ]{{1,3}}"
    r"(?:std(?:out|err)[ ][FP][ ])?"  # the Container Runtime Interface's stream
    rf"(?:(?P<inner>{_STAMP})[ ]{{1,3}})?"
)
_TIME = re.compile(_STAMP)
_AGAIN = re.compile(rf"(?P<inner>{_STAMP})[ ]{{1,3}}")
_PROGRAM = r"(?P<program>[A-Za-z][\w./+-]{0,63})"
_SUN = r"(?:\[ID[ ][0-9]{1,10}[ ][\w.]{1,20}\][ ])?"  # Solaris tells a number and the facility once more
# The host is what RFC 3164 puts there, or <facility.level> and host as FreeBSD's syslogd -v does.
_TAG = re.compile(
    rf"(?:<[\w.]{{1,20}}>[ ])?(?:(?P<host>\S{{1,255}})[ ]{{1,2}})?{_PROGRAM}\[[0-9]{{1,10}}\]:[ ]{{1,2}}{_SUN}"
)
_TAG_WITHOUT_PID = re.compile(rf"(?:<[\w.]{{1,20}}>[ ])?(?P<host>\S{{1,255}})[ ]{_PROGRAM}:[ ]{{1,2}}{_SUN}")
_RFC5424 = re.compile(
    r"(?:<[0-9]{1,3}>)?1[ ](?P<time>\S{1,40})[ ]\S{1,255}[ ](?P<program>\S{1,48})[ ]\S{1,128}[ ]\S{1,32}[ ]"
    r"(?:-|(?:\[(?:[^\]\\]|\\.){0,1000}\]){1,9})(?:[ ]\ufeff?|\Z)"
)


class Prefix(Struct, frozen=True):
    """A line's time stamp as written, the program that wrote it ("postfix/smtp"), and its text; "" for what lacks."""

    time: str
    program: str
    rest: str


@lru_cache(maxsize=2)  # a line that its reader does not know goes from one reader to the next
def parted(line: str) -> Prefix:
    """A log line, its prefix apart. A line without a prefix is all text."""
    if line.startswith(("<", "1 ")) and (found := _RFC5424.match(line)):
        time, program = (value if value != "-" else "" for value in found.group("time", "program"))
        return Prefix(time, program, line[found.end() :])
    head = _HEAD.match(line)
    time, inner, at = (head["time"], head["inner"], head.end()) if head else ("", None, 0)
    tag = _TAG.match(line, at)
    if tag is None and head is not None and inner is None and not _exims(time):
        tag = _TAG_WITHOUT_PID.match(line, at)
    if tag is None:
        return Prefix(_telling(time, inner), "", line[at:])
    # Exim and qmail write a stamp of their own into the text that they hand to syslog.
    again = _AGAIN.match(line, tag.end())
    if again is not None:
        return Prefix(_telling(time, again["inner"]), tag["program"], line[again.end() :])
    return Prefix(_telling(time, inner), tag["program"], line[tag.end() :])


def time_of(line: str) -> str:
    """The time stamp alone, as parted gives it, for lines that come too many to be parted; "" where there is none."""
    found = _TIME.match(line)
    return found[0] if found else parted(line).time


def _exims(time: str) -> bool:
    """Is it the stamp of a log that Exim writes itself, after which two words and a colon are no host and program?"""
    return time[10:11] == " " and time[4:5] == "-"


def _telling(outer: str, inner: str | None) -> str:
    """Of two stamps the one that has a year."""
    return inner if inner and not outer[:4].isdigit() else outer


class _Entry(
    Struct,
    rename={
        "message": "MESSAGE",
        "identifier": "SYSLOG_IDENTIFIER",
        "command": "_COMM",
        "process": "_PID",
        "hostname": "_HOSTNAME",
        "source_time": "_SOURCE_REALTIME_TIMESTAMP",
        "journal_time": "__REALTIME_TIMESTAMP",
    },
):
    """What is read of a journal entry (systemd.journal-fields(7)) and of a line of Docker's json-file driver.

    The journal gives a field that is no UTF-8 as a list of octets, and null for one that is too long.
    """

    message: str | list[int] | None = None
    identifier: str | None = None
    command: str | None = None
    process: str | None = None
    hostname: str | None = None
    source_time: str | None = None
    journal_time: str | None = None
    log: str | None = None
    time: str | None = None


def unwrapped(line: str) -> str:
    """The log line inside a line of journalctl -o json or of Docker's json-file driver; any other line as it is."""
    if not line.startswith("{") or ('"MESSAGE"' not in line and '"log"' not in line):
        return line
    try:
        entry = msgspec.json.decode(line.encode("utf-8", "replace"), type=_Entry)
    except (ValueError, RecursionError):
        return line
    if entry.log is not None and entry.time is not None:
        return _one_line(f"{entry.time} {entry.log}")
    message = entry.message
    if isinstance(message, list):
        message = bytes([octet & 0xFF for octet in message]).decode("utf-8", "replace")
    if not message:
        return line
    program = entry.identifier or entry.command
    process = f"[{entry.process}]" if entry.process else ""
    tag = f"{entry.hostname or 'localhost'} {program}{process}: " if program else ""
    return _one_line(f"{_rfc3339(entry.source_time or entry.journal_time or '')}{tag}{message}")


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _rfc3339(microseconds: str) -> str:
    """The journal's count of microseconds since 1970 as a stamp with a space behind it; "" where it is none."""
    if not (microseconds.isascii() and microseconds.isdigit() and len(microseconds) <= 17):
        return ""
    try:
        return f"{datetime.fromtimestamp(int(microseconds) / 1e6, UTC).isoformat()} "
    except (ValueError, OverflowError, OSError):
        return ""
