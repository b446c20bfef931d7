"""Report documents built by hand, as short as a case allows, and the snapshots of them."""

from __future__ import annotations

import json
from typing import Any

from smtpprobe.changes import Snapshot, snapshot

Document = dict[str, Any]


def exchange(
    command: str | None,
    *lines: str,
    code: int = 250,
    enhanced: str | None = None,
    stage: str = "clear",
    probe: str = "",
) -> Document:
    """One command and its reply; without a line there is no reply."""
    reply = {"code": code, "enhanced": enhanced, "lines": lines} if lines else None
    return {"stage": stage, "probe": probe or None, "subject": "", "command": command, "reply": reply, "failure": None}


def document(**fields: Any) -> Document:
    """A server that offers SIZE, DSN, AUTH and STARTTLS, and answers VRFY; ``fields`` replace those of the document."""
    return {
        "schema_version": 1,
        "target": {"text": "mail.example.org", "host": "mail.example.org", "port": 25, "tls": "starttls"},
        "profile": "capabilities",
        "ehlo_name": "probe.example.net",
        "source": "192.0.2.10",
        "outcome": "answered",
        "failure": None,
        "software": {"name": "Exim", "version": "4.96"},
        "capabilities": {
            "clear": [keyword("SIZE", "52428800"), keyword("DSN"), keyword("STARTTLS")],
            "tls": [keyword("SIZE", "52428800"), keyword("DSN"), keyword("AUTH", "PLAIN", "LOGIN")],
        },
        "tls": tls(),
        "connections": [{"number": 1, "address": "192.0.2.25", "port": 25}],
        "exchanges": [
            exchange(
                None, "mail.example.org ESMTP Exim 4.96 Sun, 29 Nov 2026 02:05:56 +0000", code=220, stage="greeting"
            ),
            exchange("MAIL FROM:<>", "OK", probe="mail"),
            exchange("MAIL FROM:<>", "OK", stage="tls", probe="mail"),
            exchange("VRFY postmaster", "2.0.0 postmaster", code=252, enhanced="2.0.0", probe="vrfy-postmaster"),
        ],
        "observations": [
            observation("mail", 1),
            observation("mail", 2, stage="tls"),
            observation("vrfy-postmaster", 3),
        ],
        "findings": [{"rule": "version-leaked", "severity": "info", "evidence": [0]}],
        "timing": {"total_ms": 400.0, "stages": {"greeting": 20.0, "ehlo": 2.5}},
        **fields,
    }


def keyword(name: str, *arguments: str, verdict: str = "kept") -> Document:
    return {"keyword": name, "arguments": arguments, "verdict": verdict}


def observation(probe: str, *evidence: int, verdict: str = "answered", stage: str = "clear") -> Document:
    return {"probe": probe, "subject": "", "verdict": verdict, "evidence": evidence, "stage": stage}


def tls(**certificate: Any) -> Document:
    """What the handshake agreed on; the words are those of the certificate."""
    return {
        "version": "TLSv1.3",
        "cipher": "TLS_AES_256_GCM_SHA384",
        "certificate": {
            "subject": "CN=mail.example.org",
            "issuer": "CN=R11",
            "names": ["mail.example.org", "smtp.example.org"],
            "not_before": "2026-11-01T00:00:00Z",
            "not_after": "2027-01-30T00:00:00Z",
            "trusted": True,
            "error": None,
            **certificate,
        },
    }


def greeting(text: str, code: int = 220) -> list[Document]:
    return [exchange(None, text, code=code, stage="greeting")]


def answering(command: str, *lines: str, probe: str = "question", **reply: Any) -> Document:
    """A document whose one question is this."""
    asked = [*greeting("mail.example.org ESMTP"), exchange(command, *lines, probe=probe, **reply)]
    return document(exchanges=asked, observations=[observation(probe, 1)], findings=[])


def octets(one: Document) -> bytes:
    return json.dumps(one).encode()


def taken(one: Document | None = None, **fields: Any) -> Snapshot:
    return snapshot(octets(document(**fields) if one is None else one))
