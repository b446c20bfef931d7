"""A check as JSON, a document a server. What the fields are is check_document.py's business."""

from __future__ import annotations

from smtpprobe.expectation import Checked, Checking
from smtpprobe.render.check_document import build
from smtpprobe.render.json import compact, pretty


def render(checking: Checking) -> str:
    """One server: a document, indented. Several: a document a line (JSON Lines). Every one with a line end."""
    if len(checking.servers) == 1:
        return pretty(build(checking, checking.servers[0]))
    return "".join(line(checking, server) for server in checking.servers)


def line(checking: Checking, server: Checked) -> str:
    """The document of one server on one line, with a line end."""
    return compact(build(checking, server))
