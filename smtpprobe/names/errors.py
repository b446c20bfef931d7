"""What is raised inside this room where a name leads nowhere. The value to report is the failure that it carries."""

from __future__ import annotations

from smtpprobe.model import Failure
from smtpprobe.outcome import FailureKind, Stage


class ResolveError(Exception):
    """A name led nowhere; ``failure`` is the value to report."""

    def __init__(self, kind: FailureKind, detail: str) -> None:
        super().__init__(detail)
        self.failure = failed(kind, detail)


def failed(kind: FailureKind, detail: str) -> Failure:
    """Every failure of this room happens at one stage."""
    return Failure(Stage.RESOLVE, kind, detail)
