"""The document of a trace: its schema, the names that scripts rely on, and what it must not hold."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest
from traces import BODY, TRACES, arrives, refused

from smtpprobe.outcome import Cause, Check, Standing
from smtpprobe.render import TRACE_RENDERERS
from smtpprobe.render import json as json_format
from smtpprobe.render.schema import trace_schema
from smtpprobe.render.trace_document import TraceDocument

SHIPPED = Path(__file__).parents[2] / "docs" / "trace.schema.json"


def load(name: str) -> Any:
    loaded = json.loads(TRACE_RENDERERS["json"](TRACES[name]()))
    jsonschema.Draft202012Validator(trace_schema()).validate(loaded)
    return loaded


def test_the_shipped_schema_is_the_generated_one() -> None:
    """With UPDATE_SCHEMA=1 the file is written anew. Within a schema version fields are only added."""
    text = json.dumps(trace_schema(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_SCHEMA"):
        SHIPPED.write_text(text, encoding="utf-8")
    assert SHIPPED.read_text(encoding="utf-8") == text


def test_the_schema_is_valid_and_its_lists_are_closed() -> None:
    schema = trace_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for name, words in (("Cause", Cause), ("Check", Check), ("Standing", Standing)):
        assert set(schema["$defs"][name]["enum"]) == {str(word) for word in words}


@pytest.mark.parametrize("name", TRACES)
def test_a_document_keeps_the_schema_and_its_types(name: str) -> None:
    msgspec.convert(load(name), TraceDocument)


def test_the_published_names() -> None:
    loaded = load("refused")
    assert list(loaded) == [
        *("schema_version", "tool", "started", "lang", "ehlo_name", "outcome", "recipient", "sender", "from_ip", "via"),
        *("like", "login", "delivery", "bounce", "routes", "dns", "mta_sts_policy", "verdicts", "diagnosis", "map"),
        *("unseen", "timing"),
    ]
    assert (loaded["schema_version"], loaded["recipient"], loaded["sender"]) == (
        1,
        "ann@example.net",
        "bob@example.org",
    )
    assert loaded["from_ip"] == {"address": "192.0.2.10", "origin": "option"}
    assert list(loaded["diagnosis"])[:4] == ["summary", "who", "steps", "evidence"]
    assert (loaded["diagnosis"]["cause"], loaded["diagnosis"]["where"]) == ("spf", "RCPT")
    assert loaded["map"][-1] == {"name": "RCPT", "standing": "fail", "text": "550 5.7.23", "elapsed_ms": 0.0}
    assert loaded["timing"] == {"total_ms": 812.0, "slowest_ms": 731.0, "round_trips": 7, "dns_queries": 17}
    assert loaded["dns"][0] == {
        "name": "example.org",
        "type": "TXT",
        "records": ["v=spf1 mx -all"],
        "authentic": False,
        "failure": None,
        "aliases": [],
        "ttl": 3600,
        "elapsed_ms": 9.0,
    }
    assert loaded["dns"][2]["failure"]["kind"] == "no-such-name"
    assert loaded["mta_sts_policy"]["text"].startswith("version: STSv1\r\n")
    assert loaded["verdicts"][2]["record"] == '"v=spf1 mx -all"'


def test_a_route_is_the_document_of_a_probe() -> None:
    loaded = load("arrives")
    assert len(loaded["routes"]) == 6
    assert loaded["routes"][0] == json.loads(json_format.line(arrives().routes[0]))
    assert loaded["routes"][3]["outcome"] == "unreachable"


def test_what_is_known_of_login_message_bounce_and_configuration() -> None:
    loaded = load("locked-out")
    assert loaded["login"] == {"user": "bob", "mechanism": "PLAIN"}
    assert loaded["delivery"] == {"message_id": "<1@client.example.org>", "octets": len(BODY)}
    assert (loaded["sender"], loaded["from_ip"], loaded["bounce"]["host"]) == (None, None, "mx1.example.net")
    assert (loaded["via"]["port"], loaded["like"]["relay"]["host"]) == (587, "relay.example.com")


def test_where_the_address_is_not_known_nothing_is_said_of_it() -> None:
    unknown = msgspec.structs.replace(refused(), journey=msgspec.structs.replace(refused().journey, recipient=None))
    loaded = json.loads(TRACE_RENDERERS["json"](unknown))
    assert loaded["recipient"] is None
