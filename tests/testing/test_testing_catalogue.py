"""One scenario for every code of the catalogue: a fake server says it where it can occur, and it is explained."""

from __future__ import annotations

import asyncio
import smtplib

import pytest

from smtpprobe.api import explain, probe
from smtpprobe.catalogue.codes import CODES
from smtpprobe.catalogue.enhanced import ENHANCED
from smtpprobe.fake import PersonalityError
from smtpprobe.fake.library import parse
from smtpprobe.model import Note
from smtpprobe.outcome import Profile
from smtpprobe.run import Settings
from smtpprobe.testing import Fake, fake_server

#: What a probe says to hear the answer to a command; nothing where it says the command by itself.
LINES = {
    "GREETING": (),
    "EHLO": (),
    "STARTTLS": (),
    "QUIT": (),
    "RCPT": ("MAIL FROM:<>", "RCPT TO:<postmaster>"),
    "MAIL": ("MAIL FROM:<>",),
    "HELO": ("HELO probe.example",),
    "AUTH": ("AUTH PLAIN",),
    "VRFY": ("VRFY postmaster",),
    "EXPN": ("EXPN postmaster",),
}
#: What no probe ever sends (docs/conventions.md, Never).
MESSAGE = ("DATA", "BDAT")

SAID = sorted(
    {
        (code, {"any": "NOOP", "greeting": "GREETING"}.get(command, command))
        for code, entry in CODES.items()
        for command in entry.commands or ("RCPT",)
        if entry.origin != "outside"
    }
)
ids = pytest.mark.parametrize("code", [code for code, entry in CODES.items() if entry.origin == "outside"])


async def asked(server: Fake, command: str) -> list[Note | None]:
    """The notes to the answers to this command."""
    settings = Settings(profile=Profile.EHLO, lines=LINES.get(command, (command,)), ehlo_name="probe.example")
    report = await probe(server.address, settings)
    spoken = None if command == "GREETING" else command
    return [
        note
        for exchange, note in zip(report.transcript.exchanges, report.notes, strict=True)
        if (exchange.command.verb if exchange.command else None) == spoken
    ]


def heard(command: str, reply: str) -> list[Note | None]:
    """Start a server that answers this command so, and probe it."""

    async def main() -> list[Note | None]:
        async with fake_server(replies={command: reply}) as server:
            return await asked(server, command)

    return asyncio.run(main())


@pytest.mark.parametrize(("code", "command"), [one for one in SAID if one[1] not in MESSAGE])
def test_a_code_of_the_catalogue_is_explained_where_it_is_said(code: int, command: str) -> None:
    notes = [note for note in heard(command, f"{code} as the catalogue has it") if note]
    assert (str(code), CODES[code].name) in [(note.code, note.name) for note in notes]


@pytest.mark.parametrize(("code", "command"), [one for one in SAID if one[1] in MESSAGE])
def test_a_code_that_answers_a_message_is_explained_to_who_sent_it(code: int, command: str) -> None:
    said = f"{code} as the catalogue has it"
    with fake_server(DATA=said) as server, smtplib.SMTP(server.host, server.port) as client:
        _envelope(client)
        answers = [(client.docmd("DATA"), "DATA")]
        if code == 354:
            assert client.docmd(".")[0] == 250
    with fake_server(replies={"BDAT": said, "END": said}) as server, smtplib.SMTP(server.host, server.port) as client:
        _envelope(client)
        if command == "BDAT":
            answers = [(client.docmd("BDAT", "0 LAST"), "BDAT")]
        elif code // 100 != 3:
            answers.append((client.data("x"), "."))
    for (number, text), verb in answers:
        (diagnosis,) = explain(f"{number} {text.decode()}", verb)
        note = diagnosis.meaning.note
        assert note is not None
        assert (note.code, note.name) == (str(code), CODES[code].name)


def _envelope(client: smtplib.SMTP) -> None:
    client.ehlo("probe.example")
    assert client.mail("ann@example.org")[0] == 250
    assert client.rcpt("bob@example.net")[0] == 250


@pytest.mark.parametrize("code", list(ENHANCED))
def test_an_enhanced_code_is_explained_behind_its_basic_one(code: str) -> None:
    entry = ENHANCED[code]
    for digit in entry.classes:
        said = f"{digit}{code[1:]}"
        (note,) = heard("RCPT", f"{digit}50 {said} as the catalogue has it")
        assert note is not None
        assert note.enhanced is not None
        assert (note.enhanced.code, note.enhanced.name) == (said, entry.name)


@ids
def test_a_number_that_is_no_code_is_a_matter_for_a_personality(code: int) -> None:
    with pytest.raises(PersonalityError, match="is no reply"):
        fake_server(RCPT=f"{code} no")
    toml = f'summary = "for a test"\n[[rules]]\ncommand = "RCPT .*"\nreply = "{code} no"\n'

    async def main() -> list[Note | None]:
        async with fake_server(parse(toml.encode(), "test.toml")) as server:
            return await asked(server, "RCPT")

    (note,) = asyncio.run(main())
    assert note is not None
    assert (note.code, note.name) == ("", "No SMTP reply")
    (diagnosis,) = explain(f"{code} no")
    assert CODES[code].name in [named.name for named in diagnosis.meaning.named]
