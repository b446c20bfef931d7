"""A probe's generator, fed with replies by hand."""

from __future__ import annotations

from typing import Any

import msgspec

from smtpprobe.model import Capabilities, Command, Exchange, Known, Observation, Reply, Target
from smtpprobe.outcome import Profile, Stage
from smtpprobe.probes import BY_NAME
from smtpprobe.probes.base import Answer
from smtpprobe.wire import ehlo
from smtpprobe.wire.replies import ReplyReader


def reply(text: str) -> Reply:
    """A reply out of its lines, as the wire reads them."""
    (one,) = ReplyReader().feed("".join([line + "\r\n" for line in text.split("\n")]).encode(), 0)
    return one


def offers(*keywords: str) -> Capabilities:
    lines = ["mx.example.org", *keywords]
    return ehlo.read(reply("\n".join([f"250{'-' if n < len(lines) else ' '}{w}" for n, w in enumerate(lines, 1)])))


def known(*keywords: str, **facts: Any) -> Known:
    base = Known(Target("t", "mx.example.org", 25), Profile.FULL, "client.example.org", "0badc0ffee")
    return msgspec.structs.replace(base, **{"clear": offers(*keywords), **facts})


def converse(
    name: str, subject: str, about: Known, *groups: list[str]
) -> tuple[list[list[str]], tuple[Observation, ...]]:
    """Feed each group of replies to the probe: gives what it asked, group by group, and what it learnt."""
    conversation = BY_NAME[name].ask(about, subject)
    asked, index = [next(conversation)], 0
    for number, group in enumerate(groups, 1):
        commands = asked[-1].commands
        assert len(commands) == len(group), [c.line for c in commands]
        answers = []
        for command, text in zip(commands, group, strict=True):
            exchange = Exchange(1, number, Stage.CLEAR, command, 0, reply(text), None, name, subject)
            answers.append(Answer(index, exchange))
            index += 1
        try:
            asked.append(conversation.send(tuple(answers)))
        except StopIteration as stop:
            assert number == len(groups), "it asks no more"
            return [[c.line.decode() for c in one.commands] for one in asked], stop.value
    raise AssertionError(f"it asks on: {asked[-1]}")


def said(*lines: str) -> tuple[Command, ...]:
    return tuple([Command(line.encode()) for line in lines])
