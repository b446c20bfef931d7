"""Fake mail servers and expectations for the tests of other programs, whatever runs them."""

from __future__ import annotations

from smtpprobe.testing.expecting import expect, expect_async
from smtpprobe.testing.servers import Fake, Fakes, Message, fake_server

__all__ = ["Fake", "Fakes", "Message", "expect", "expect_async", "fake_server"]
