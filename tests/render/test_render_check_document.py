"""The document of a check: its schema, the names that scripts rely on, and a conversation that was really held."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest
from checkings_more import CHECKINGS, all_met, busy, checking, met, mixed, mx_domain, one_fails, server, untold

from smtpprobe.fake import FakeServer, load
from smtpprobe.model import Report, Route, Target
from smtpprobe.outcome import Outcome, Result
from smtpprobe.render import CHECK_RENDERERS, check_json
from smtpprobe.render import json as json_format
from smtpprobe.render.check_document import CheckDocument
from smtpprobe.render.schema import check_schema
from smtpprobe.run import Settings, probe

SHIPPED = Path(__file__).parents[2] / "docs" / "check.schema.json"


def documents(name: str) -> list[Any]:
    made = CHECKINGS[name]()
    text = CHECK_RENDERERS["json"](made)
    found = [json.loads(text)] if len(made.servers) == 1 else [json.loads(line) for line in text.splitlines()]
    for one in found:
        jsonschema.Draft202012Validator(check_schema()).validate(one)
    return found


def test_the_shipped_schema_is_the_generated_one() -> None:
    """With UPDATE_SCHEMA=1 the file is written anew. Within a schema version fields are only added."""
    text = json.dumps(check_schema(), indent=2) + "\n"
    if os.environ.get("UPDATE_SCHEMA"):
        SHIPPED.write_text(text, encoding="utf-8")
    assert SHIPPED.read_text(encoding="utf-8") == text


def test_the_schema_is_valid_and_its_lists_are_closed() -> None:
    schema = check_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for name, kind in (("Result", Result), ("Outcome", Outcome)):
        assert set(schema["$defs"][name]["enum"]) == {str(word) for word in kind}


@pytest.mark.parametrize("name", CHECKINGS)
def test_a_document_keeps_the_schema_and_its_types(name: str) -> None:
    for one in documents(name):
        msgspec.convert(one, CheckDocument)


def test_the_published_names() -> None:
    (loaded,) = documents("one-fails")
    assert list(loaded) == [
        *("schema_version", "tool", "started", "lang", "file", "name", "groups", "place", "target", "outcome"),
        *("attempts", "connections", "expectations", "counts", "routes", "dns", "timing", "stopped"),
    ]
    assert (loaded["schema_version"], loaded["lang"], loaded["file"]) == (1, "en", "smtpprobe.toml")
    assert loaded["target"] == {
        "text": "mx2.example.org:25",
        "host": "mx2.example.org",
        "port": 25,
        "tls": "starttls",
        "sni": "mx2.example.org",
    }
    assert loaded["counts"] == {"met": 17, "failed": 1, "inconclusive": 0, "skipped": 0, "not_applicable": 0}
    assert (loaded["dns"], loaded["timing"]) == ({"queries": 3, "ms": 9.0}, {"total_ms": 700.0})
    assert loaded["expectations"][-1] == {
        "id": "command-VRFY",
        "place": {"file": "smtpprobe.toml", "line": 14},
        "target": "mx2.example.org:25",
        "address": "192.0.2.26",
        "host": None,
        "result": "failed",
        "title": "VRFY of a user is not answered with 250",
        "expected": "any code but 250",
        "got": "250 2.1.5 <postmaster@example.org>",
        "evidence": ["C: VRFY postmaster", "S: 250 2.1.5 <postmaster@example.org>"],
        "advice": "Anyone can find out who has a mailbox. In Postfix:\n  disable_vrfy_command = yes",
        "because": None,
        "measure": None,
    }
    assert loaded["expectations"][5]["measure"] == {
        "name": "certificate_days",
        "value": 61.0,
        "unit": "d",
        "least": 14.0,
        "most": None,
    }


def test_what_follows_from_another_expectation_names_it() -> None:
    (loaded,) = documents("untold")
    assert loaded["expectations"][-1]["because"] == "tls-offered"
    assert (loaded["attempts"], loaded["counts"]["inconclusive"], loaded["counts"]["skipped"]) == (3, 1, 1)
    assert [held.result for held in untold().servers[0].held].count(Result.INCONCLUSIVE) == 2


def test_what_is_about_the_whole_server_has_no_address() -> None:
    (loaded,) = documents("mx-domain")
    assert [one["address"] for one in loaded["expectations"] if one["id"] == "mx-servers"] == [None]


def test_a_route_is_the_document_of_a_probe() -> None:
    (loaded,) = documents("mx-domain")
    assert len(loaded["routes"]) == 6
    assert loaded["routes"][0] == json.loads(json_format.line(mx_domain().servers[0].reports[0]))


def test_one_server_is_a_document_and_several_are_lines() -> None:
    text = CHECK_RENDERERS["json"](mixed())
    assert text == "".join(check_json.line(mixed(), one) for one in mixed().servers)
    assert text.count("\n") == 4
    assert json.loads(CHECK_RENDERERS["json"](one_fails())) == json.loads(text.splitlines()[1])
    assert CHECK_RENDERERS["json"](CHECKINGS["nothing"]()) == ""


def test_a_check_that_was_stopped_says_so_in_each_document() -> None:
    assert [one["stopped"] for one in documents("stopped")] == [True]
    assert json.loads(CHECK_RENDERERS["json"](busy()))["stopped"] is False


def test_a_conversation_that_was_really_held_keeps_the_schema_in_every_form() -> None:
    async def held() -> Report:
        async with FakeServer(load("postfix")) as fake:
            settings = Settings(ehlo_name="client.example.org", timeout=5.0)
            target = Target(f"{fake.host}:{fake.port}", fake.host, fake.port)
            return await probe(target, Route(fake.host, fake.host, fake.port), settings)

    report = asyncio.run(held())
    one = msgspec.structs.replace(server("mx1.example.org", met(5)), reports=(report,))
    loaded = json.loads(check_json.line(checking(one), one))
    jsonschema.Draft202012Validator(check_schema()).validate(loaded)
    assert loaded["routes"][0]["outcome"] == "answered"
    assert loaded["routes"][0]["software"]["name"] == "Postfix"
    assert "Postfix" in CHECK_RENDERERS["html"](checking(one))


def test_nothing_is_lost_between_the_values_and_the_document() -> None:
    (loaded,) = documents("all-met")
    assert [one["id"] for one in loaded["expectations"]] == [held.id for held in all_met().servers[0].held]
