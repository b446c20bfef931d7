"""A check as JUnit XML, for CI servers: a suite for each server, a test case for each expectation."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from smtpprobe.expectation import CONVERSATION, Checked, Checking, Held
from smtpprobe.render import check_parts, check_standing, escape
from smtpprobe.render.check_standing import Mark
from smtpprobe.render.prose import short

_NAME = "smtpprobe check"
_ELEMENTS = {Mark.FAILED: "failure", Mark.ERROR: "error", Mark.UNDECIDED: "error", Mark.SKIPPED: "skipped"}
_OF_A_STOP = {None: "error", "fail": "failure", "pass": "skipped"}
#: The attributes that count what a suite holds, by the element that they count.
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def render(checking: Checking) -> str:
    """The document, with a line end. All of it is ASCII, so that whatever writes it keeps its declaration true."""
    root = ET.Element("testsuites", name=_NAME)
    for number, checked in enumerate(checking.servers):
        root.append(_suite(number, checked, checking))
    if checking.stopped:
        root.append(_stopped(len(checking.servers), checking))
    cases = list(root.iter("testcase"))
    root.attrib |= {"tests": str(len(cases)), "time": _seconds(checking.elapsed_ns)}
    # The schema has no number of skipped ones here.
    root.attrib |= {name: _count(cases, tag) for name, tag in _COUNTED.items() if name != "skipped"}
    ET.indent(root)
    octets = ET.tostring(root, encoding="us-ascii", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{octets.decode("ascii")}\n'


def _suite(number: int, checked: Checked, checking: Checking) -> ET.Element:
    suite = ET.Element("testsuite", id=str(number), name=_line(checked.name), timestamp=checking.started)
    if checked.place is not None:
        suite.set("file", _line(checked.place.file))
    properties = ET.SubElement(suite, "properties")
    facts = {"outcome": str(checked.outcome), "groups": " ".join(checked.groups), "attempts": str(checked.attempts)}
    for name, value in {**facts, "connections": str(checked.connections)}.items():
        ET.SubElement(properties, "property", name=name, value=_line(value))
    suite.extend(_case(held, checked, checking) for held in checked.held)
    return _counted(suite, checked.elapsed_ns)


def _counted(suite: ET.Element, ticks: int) -> ET.Element:
    cases = suite.findall("testcase")
    suite.attrib |= {"tests": str(len(cases)), **{name: _count(cases, tag) for name, tag in _COUNTED.items()}}
    suite.set("time", _seconds(ticks))
    return suite


def _case(held: Held, checked: Checked, checking: Checking) -> ET.Element:
    name, server = f"{held.id}: {held.title}", check_standing.subject(checked, held)
    case = ET.Element("testcase", classname=_line(server), name=_line(name))
    if held.id == CONVERSATION:
        # The time of all that is held against one conversation is spent in it.
        case.set("time", _seconds(_spent(held, checked)))
    tag = _ELEMENTS.get(mark := check_standing.mark(held, checked, checking))
    if tag is not None:
        kind = held.id if mark is Mark.FAILED else check_standing.kind(held, checked)
        message = (check_standing.reason if mark is Mark.SKIPPED else check_parts.words)(held, checked)
        found = ET.SubElement(case, tag, type=_line(kind), message=_line(message))
        if mark is not Mark.SKIPPED:
            found.text = _lines(_account(held, checked))
    if held.evidence:
        ET.SubElement(case, "system-out").text = _lines(check_standing.evidence(held))
    return case


def _account(held: Held, checked: Checked) -> Iterable[str]:
    """What the reader of a failure wants below its message; its place too, which the schema has no attribute for."""
    yield f"expected: {held.expected}"
    yield f"got: {held.got or check_parts.outcome(held, checked)}"
    if held.advice:
        yield held.advice
    if held.place is not None:
        yield f"at {check_parts.place(held.place)}"
    yield from check_standing.evidence(held)


def _spent(held: Held, checked: Checked) -> int:
    found = check_parts.about(held, checked) if held.address else ()
    return found[0].transcript.ended_ns - found[0].transcript.started_ns if found else checked.elapsed_ns


def _stopped(number: int, checking: Checking) -> ET.Element:
    suite = ET.Element("testsuite", id=str(number), name=_NAME, timestamp=checking.started)
    case = ET.SubElement(suite, "testcase", classname=_NAME, name="every server was asked")
    ET.SubElement(case, _OF_A_STOP[checking.inconclusive], type="inconclusive", message=check_parts.STOPPED)
    return _counted(suite, 0)


def _count(cases: Iterable[ET.Element], tag: str) -> str:
    return str(sum(case.find(tag) is not None for case in cases))


def _seconds(ticks: int) -> str:
    return f"{max(ticks, 0) / 1e9:.3f}"


def _line(text: str) -> str:
    return escape.terminal(short(text))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(map(_line, texts))
