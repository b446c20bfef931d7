"""The fixtures that pytest finds by itself where smtpprobe is installed. Each loads what it needs when it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from smtpprobe.expectation import Checked
    from smtpprobe.testing import Fakes


@pytest.fixture
def smtp_fake() -> Iterator[Fakes]:
    """Start fake mail servers: ``server = smtp_fake("postfix", RCPT="504 5.5.4 no")``. They end with the test."""
    from smtpprobe.testing import Fakes

    with Fakes() as fakes:
        yield fakes


@pytest.fixture
def smtp_expect() -> Callable[..., Checked]:
    """Hold a server to expectations: ``smtp_expect("mx1.example.org", preset="mx", present=["SIZE >= 50MB"])``."""
    from smtpprobe.testing import expect

    return expect
