"""The fields of a delivery report (RFC 3464 2, RFC 6533), in a part of their own or in running text. No I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from smtpprobe.explain.bounces import address

MOST_RECIPIENTS = 200
_VALUE_LIMIT = 8 * 1024

_FIELD = re.compile(r"[ \t]{0,8}(?P<name>[A-Za-z][A-Za-z0-9-]{1,60})[ \t]{0,4}:[ \t]{0,20}(?P<value>.{0,8192})")
_OF_MESSAGE = frozenset({"original-envelope-id", "reporting-mta", "dsn-gateway", "received-from-mta", "arrival-date"})
_WHO = frozenset({"final-recipient", "original-recipient", "x-actual-recipient"})
_OF_RECIPIENT = _WHO | {
    "action",
    "status",
    "remote-mta",
    "diagnostic-code",
    "last-attempt-date",
    "final-log-id",
    "will-retry-until",
}
_KNOWN = _OF_MESSAGE | _OF_RECIPIENT
_BEGINS = _WHO | {"action"}
_STATUS = re.compile(r"[ \t]{0,9}([245]\.[0-9]{1,3}\.[0-9]{1,3})?[ \t]{0,9}\(?(.{0,2000})")
_TYPE = re.compile(r"[ \t]{0,9}(smtp|lmtp|unknown|x400|dns|dsn|x-[\w-]{1,60})[ \t]{0,9};", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]{1,20}[ \t]{0,9};)?[ \t]{0,9}([^\s;()]{1,255})(?![^\s()]{0,20};)")
_SOFT_BREAK = re.compile(r"(?<=[\w.,>])=(?:\n| (?=[\w<]))|=20(?=\s|$)")


class Report(Struct):
    """What the fields tell of one recipient; ``recipients`` are all names that it is given."""

    recipients: list[str]
    action: str = ""
    status: str | None = None
    comment: str = ""
    type: str = ""
    diagnostic: str = ""
    host: str = ""
    time: str = ""

    @property
    def recipient(self) -> str:
        """The address that the failing server was given."""
        return self.recipients[0] if self.recipients else ""


def of_part(text: str) -> list[Report]:
    """The recipients of a part that is nothing but fields, each of which counts."""
    return _reports(_unfolded(text.split("\n"), lambda _: True))


def of_running_text(text: str) -> list[Report]:
    """The recipients whose fields stand as lines in other text, where more than an address is told of them."""
    found = of_lines(text.split("\n"))
    return [each for each in found if each.recipients and (each.action or each.status)]


def of_lines(lines: Iterable[str]) -> list[Report]:
    """The recipients of fields that stand among other lines, or came without their message."""
    return _reports(_unfolded(lines, _KNOWN.__contains__))


def _unfolded(lines: Iterable[str], counts: Callable[[str], bool]) -> Iterator[tuple[str, str, bool]]:
    """The name and the value of each field that counts, and whether an empty line stands before it."""
    name = value = ""
    apart = False
    for line in lines:
        match = _FIELD.match(line)
        found = match["name"].lower() if match is not None and counts(match["name"].lower()) else ""
        if name and line[:1] in {" ", "\t"} and line.strip() and found not in _KNOWN:
            if len(value) < _VALUE_LIMIT:
                value += "\n" + line.strip()
            continue
        if name:
            yield name, value, apart
            apart = False
        apart = apart or not line.strip()
        name, value = found, match["value"].strip() if match is not None else ""
    if name:
        yield name, value, apart


def _reports(fields: Iterable[tuple[str, str, bool]]) -> list[Report]:
    message: dict[str, str] = {}
    recipients: list[dict[str, str]] = [{}]
    for name, value, apart in fields:
        if name in _OF_MESSAGE:
            message.setdefault(name, value)
            continue
        last = recipients[-1]
        # Some programs leave out the empty line between two recipients, some write one within the fields of one.
        another = name in last or (apart and name in _BEGINS and not _WHO.isdisjoint(last))
        if name in _KNOWN and another:
            if len(recipients) >= MOST_RECIPIENTS:
                break
            recipients.append(last := {})
        last[name] = value
    return [_report(each, message) for each in recipients if not _WHO.isdisjoint(each) or _tells(each)]


def _tells(fields: dict[str, str]) -> bool:
    """Is it about somebody, though it does not say about whom?"""
    return "diagnostic-code" in fields or {"action", "status"} <= fields.keys()


def _report(fields: dict[str, str], message: dict[str, str]) -> Report:
    names = [
        address.of_field(fields[name])
        for name in ("x-actual-recipient", "final-recipient", "original-recipient")
        if name in fields
    ]
    status = _STATUS.match(fields.get("status", ""))
    typed = _TYPE.match(diagnostic := _SOFT_BREAK.sub(" ", fields.get("diagnostic-code", "")))
    host = _HOST.match(fields.get("remote-mta", "").partition(";")[2] or fields.get("remote-mta", "").partition(";")[0])
    return Report(
        recipients=list(dict.fromkeys(name for name in names if name and name[0] != "@")),
        action=fields.get("action", "").partition(" ")[0].strip().lower(),
        status=status[1] if status else None,
        comment=status[2].rstrip(") \t") if status else "",
        type=typed[1].lower() if typed else "",
        diagnostic=(diagnostic[typed.end() :] if typed else diagnostic).strip(),
        host=host[1].rstrip(".").strip("[]") if host else "",
        time=fields.get("last-attempt-date") or message.get("arrival-date") or "",
    )
