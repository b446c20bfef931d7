"""The fake server: it answers as a personality in a TOML file says. The only room that knows aiosmtpd."""

from __future__ import annotations

from smtpprobe.fake.library import PersonalityError, load, names, summaries
from smtpprobe.fake.mailbag import Message
from smtpprobe.fake.personality import Personality
from smtpprobe.fake.portrait import Portrait, PortraitError, portray
from smtpprobe.fake.replying import replying
from smtpprobe.fake.server import FakeServer
from smtpprobe.fake.writing import saved

__all__ = [
    "FakeServer",
    "Message",
    "Personality",
    "PersonalityError",
    "Portrait",
    "PortraitError",
    "load",
    "names",
    "portray",
    "replying",
    "saved",
    "summaries",
]
