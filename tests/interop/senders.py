"""The broken senders of fixtures/senders: what a fixture holds, how it is read, how its trace is run.

Starts nothing; staging.py does. A fixture replaces what usual.toml says, table by table.
"""

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any, Literal

import msgspec
from click.testing import CliRunner
from msgspec import Struct, field

FOLDER = Path(__file__).parents[2] / "fixtures" / "senders"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("[0-9]*.toml")))
_SECONDS = ("--timeout", "5", "--deadline", "60")

Kind = Literal["postfix", "postscreen", "exim", "opensmtpd", "dovecot", "fake", "silent", "nobody", "greylister"]


class Zone(Struct, frozen=True, forbid_unknown_fields=True):
    """What servers.dns.Zone holds. ``$mx`` stands for the address of the server of that name."""

    records: str = ""
    signed: bool = False
    bogus: bool = False
    broken: bool = False


class Server(Struct, frozen=True, forbid_unknown_fields=True):
    """A server at an address of its own, which ``$`` and its name stand for.

    ``settings`` are parameters of Postfix, ``lines`` are Exim's; ``personality`` is a fake's (docs/personalities.md).
    ``resolves``: it asks the DNS of the fixture. ``certificate``: "good" is for every name that the fixtures use.
    ``seconds`` is how long a greylister puts strangers off.
    """

    kind: Kind
    port: int = 25
    settings: dict[str, str] = field(default_factory=dict)
    lines: str = ""
    personality: str = ""
    resolves: bool = False
    certificate: Literal["good", "expired", "none"] = "good"
    seconds: float = 0.0


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """What has to come out. ``says`` are words that stand in the first sentence, the true cause among them."""

    status: int
    cause: str
    who: str
    says: tuple[str, ...]


class Fixture(Struct, frozen=True, forbid_unknown_fields=True):
    """One broken sender. ``title`` says what is broken and how that shows; nothing else is.

    ``trace`` is what is typed after ``smtpprobe trace``, ``options`` what is added to it. ``policy`` is what the policy
    server (MTA-STS) of example.net answers with, ``files`` lie in the folder that ``$folder`` stands for. ``trusts``:
    the authority that issued the certificates is one of the sender's. ``visits`` is how often the sender was at ``mx``
    before.
    """

    title: str
    trace: str
    expect: Expected
    zones: dict[str, Zone]
    servers: dict[str, Server]
    options: str = ""
    policy: str = ""
    files: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    trusts: bool = True
    visits: int = 0


class Ended(Struct, frozen=True):
    """How a trace ended: its exit status, its JSON document, what it wrote to stderr."""

    status: int
    document: dict[str, Any]
    complaints: str

    @property
    def diagnosis(self) -> dict[str, Any]:
        found: dict[str, Any] = self.document["diagnosis"]
        return found

    @property
    def commands(self) -> list[str]:
        """All that was said to any server."""
        routes = self.document["routes"]
        return [one["command"] or "" for route in routes for one in route["exchanges"]]


def load(name: str) -> Fixture:
    """The fixture of this name, laid over the usual one."""
    usual, own = (msgspec.toml.decode((FOLDER / f"{stem}.toml").read_bytes()) for stem in ("usual", name))
    tables = {table: {**usual[table], **own.get(table, {})} for table in ("zones", "servers")}
    return msgspec.convert({**usual, **own, **tables}, Fixture)


def filled(text: str, places: Mapping[str, str]) -> str:
    """The text with its addresses. A dollar that stands for nothing here is Postfix's."""
    return Template(text).safe_substitute(places)


def words(fixture: Fixture, places: Mapping[str, str], resolver: str, ca_file: str) -> list[str]:
    """The command line after ``smtpprobe``, but for the format."""
    typed = shlex.split(filled(f"{fixture.trace} {fixture.options}", places))
    trust = ["--ca-file", ca_file] if fixture.trusts else []
    return ["trace", *_SECONDS, "--resolver", resolver, *trust, *typed]


def traced(line: list[str], environment: Mapping[str, str]) -> Ended:
    """Run it in this process; an exception is nobody's to catch."""
    from smtpprobe.cli.main import cli

    called = [*line, "--format", "json"]
    result = CliRunner().invoke(cli, called, env={"SMTPPROBE_DEBUG": "1", **environment}, catch_exceptions=False)
    return Ended(result.exit_code, json.loads(result.stdout or "{}"), result.stderr)
