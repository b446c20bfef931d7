"""A DNS for traces in which nothing is wrong, and how a test calls `trace` with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from cli_calls import Ended, invoke
from cli_servers import scripted_dns

from smtpprobe.fake import FakeServer
from smtpprobe.render.schema import trace_schema

ADDRESS = "192.0.2.10"
GOOD: scripted_dns.Zone = {
    "example.net": {"MX": ["10 mx1.example.net."]},
    "mx1.example.net": {"A": ["127.0.0.1"]},
    "example.org": {"MX": ["10 out.example.org."], "TXT": ['"v=spf1 ip4:192.0.2.10 -all"']},
    "_dmarc.example.org": {"TXT": ['"v=DMARC1; p=reject"']},
    "out.example.org": {"A": [ADDRESS]},
    "10.2.0.192.in-addr.arpa": {"PTR": ["out.example.org."]},
    "key._domainkey.example.org": {"TXT": ['"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="']},
}


def changed(**names: Mapping[str, list[str]] | None) -> scripted_dns.Zone:
    """The good zone with other records; ``__`` in a name stands for a dot, and None takes a name out."""
    changes = {name.replace("__", "."): records for name, records in names.items()}
    return {name: records for name, records in {**GOOD, **changes}.items() if records is not None}


def call(
    server: FakeServer | None, dns_at: str, *words: str, recipient: str = "ann@example.net", **given: Any
) -> Ended:
    """From bob@example.org; the port is the server's, and loopback may be reached."""
    port = ["--port", str(server.port)] if server is not None else []
    sender = ["--from", "bob@example.org", "--from-ip", ADDRESS, "--ehlo-name", "out.example.org"]
    return invoke("trace", recipient, *sender, "--resolver", dns_at, "--allow-private", *port, *words, **given)


def traced(server: FakeServer | None, dns_at: str, *words: str, **given: Any) -> tuple[int, Any]:
    """The exit status, and the document, which keeps the schema."""
    ended = call(server, dns_at, "--format", "json", *words, **given)
    document = json.loads(ended.stdout)
    jsonschema.Draft202012Validator(trace_schema()).validate(document)
    return ended.status, document
