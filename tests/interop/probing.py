"""The real command line, run against a mail server, and its JSON report put so that a test can read it.

Knows no server by name and expects nothing of any.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from servers.base import DOMAIN, HOSTNAME, MailServer

from smtpprobe.render.schema import schema

COMMAND = Path(sys.executable).with_name("smtpprobe")
RUN_SECONDS = 150
ONE_AT_A_TIME = ("--no-pipelining", "--connections", "1")

# Asked once in each TLS state; all other questions are put in whichever state their connection is.
TWICE = frozenset({"mail", "auth-unknown", "auth-none", "auth-mechanism"})
# Learnt beside the questions: told apart from their answers.
BESIDE = frozenset({"keyword", "ehlo-tls", "ehlo-second-connection", "hang-up", "pipelining", "unsolicited"})
NONCE = re.compile(r"\b[0-9a-f]{10}\b")

Said = tuple[int | None, str | None, tuple[str, ...]]


@dataclass(frozen=True)
class Report:
    """One document of schema version 1."""

    document: dict[str, Any]

    @property
    def exchanges(self) -> list[dict[str, Any]]:
        exchanges: list[dict[str, Any]] = self.document["exchanges"]
        return exchanges

    @property
    def connections(self) -> list[dict[str, Any]]:
        connections: list[dict[str, Any]] = self.document["connections"]
        return connections

    @cached_property
    def replies(self) -> dict[str, list[Said]]:
        """What each question was told: by "probe", "probe subject" or "probe subject stage", in the probe's order."""
        told: dict[str, list[Said]] = {}
        for observation in self.document["observations"]:
            if observation["probe"] not in BESIDE:
                evidence = [self.exchanges[index] for index in observation["evidence"]]
                told.setdefault(name_of(observation), []).extend(map(said, evidence))
        return told

    @property
    def answers(self) -> dict[str, tuple[int | None, ...]]:
        """The reply codes alone."""
        return {name: tuple(code for code, _, _ in told) for name, told in self.replies.items()}

    def unasked(self) -> list[str]:
        """The questions that were not put, with the reason."""
        return [
            f"{name_of(o)}: {o['detail']}"
            for o in self.document["observations"]
            if o["probe"] not in BESIDE and not o["evidence"]
        ]

    def keywords(self, stage: str) -> dict[str, str]:
        """The verdict on each EHLO keyword of this TLS state."""
        return {one["keyword"]: one["verdict"] for one in self.document["capabilities"][stage] or ()}

    def advice(self, name: str) -> str:
        """All that is said for people about the last refusal, or else the last reply, that this question was given."""
        evidence = [
            self.exchanges[index]
            for observation in self.document["observations"]
            if observation["probe"] not in BESIDE and name_of(observation) == name
            for index in observation["evidence"]
        ]
        refused = [exchange for exchange in evidence if exchange["reply"]["code"] >= 400]
        note = (refused or evidence)[-1]["note"]
        dialect = note["dialect"]
        return " ".join([*note["advice"], *([dialect["meaning"], dialect["fix"]] if dialect else [])])

    @property
    def findings(self) -> set[str]:
        return {finding["rule"] for finding in self.document["findings"]}

    @property
    def commands(self) -> int:
        return sum(exchange["command"] is not None for exchange in self.exchanges)

    @property
    def round_trips(self) -> int:
        round_trips: int = self.document["timing"]["round_trips"]
        return round_trips


def name_of(observation: dict[str, Any]) -> str:
    stage = observation["stage"] if observation["probe"] in TWICE else ""
    return " ".join(filter(None, (observation["probe"], observation["subject"], stage)))


def said(exchange: dict[str, Any]) -> Said:
    """A reply without what differs from run to run: names that we make up, challenges, keywords in clear and in TLS."""
    reply = exchange["reply"]
    differs = reply["code"] == 334 or exchange["command"].startswith("EHLO")
    lines = () if differs else tuple(NONCE.sub("random", line) for line in reply["lines"])
    return reply["code"], reply["enhanced"], lines


def probe(server: MailServer, *options: str, port: int | None = None) -> Report:
    """``smtpprobe probe`` with ``--format json``: it must end with 0, say nothing else, and keep the schema."""
    trusting = ("--ca-file", str(server.ca_file), "--sni", HOSTNAME)
    address = f"{server.host}:{port or server.port}"
    done = subprocess.run(
        [str(COMMAND), "probe", address, "--domain", DOMAIN, *trusting, "--format", "json", *options],
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema())
    return Report(document)
