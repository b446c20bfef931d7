"""Each personality that comes with the program holds its dialogue over a real socket."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_client import Client, hold
from fake_dialogues import DIALOGUES
from msgspec.structs import replace

from smtpprobe.fake import FakeServer, load, names


@pytest.mark.parametrize("name", names())
def test_every_personality_loads_and_greets(name: str) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        assert (await client.hear())[:3] in ("220", "421")

    personality = load(name)
    assert 10 < len(personality.summary) < 120
    hold(personality, talk)


def test_every_personality_has_a_dialogue() -> None:
    assert sorted(DIALOGUES) == list(names())


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, talks in DIALOGUES.items() for number in range(len(talks))]
)
def test_dialogue(name: str, number: int) -> None:
    """Lines are ``COMMAND => start of the reply``; ``<tls>`` shakes hands, ``=> <closed>`` is the server hanging up."""
    personality = load(name)
    if personality.manners.delay:
        personality = replace(personality, manners=replace(personality.manners, delay=0.001))

    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        for line in DIALOGUES[name][number].strip().splitlines():
            if line == "<tls>":
                await client.start_tls(personality.hostname)
                continue
            command, _, expected = line.replace("\\r\\n", "\r\n").replace("\\n", "\n").partition(" => ")
            reply = await (client.hear() if command == "<more>" else client.say(command))
            if expected == "<closed>":
                assert reply == "", line
            else:
                assert reply.startswith(expected), f"{line}\n{reply}"

    hold(personality, talk)


def test_names_find_every_file_in_the_checkout() -> None:
    root = Path(__file__).parents[2]
    files = {path.stem for path in (root / "fixtures" / "servers").glob("*.toml")} | {"demo"}
    assert set(names()) == files
