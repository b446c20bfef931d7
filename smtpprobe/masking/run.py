"""A whole run with examples in place of names, addresses and ids: a Transcript in, a Transcript out. Pure."""

from __future__ import annotations

import re

import msgspec

from smtpprobe.catalogue import software
from smtpprobe.masking.challenges import challenge
from smtpprobe.masking.table import FOUND, STAMP, Masks, canonical, masks
from smtpprobe.model import Capabilities, Command, Exchange, Keyword, Reply, Software, TlsFacts, Transcript
from smtpprobe.outcome import Stage

#: Who was found: the words before the address are a name.
_WHO = re.compile(r"(?m)^(2[0-9]{2}[ -](?:2\.[0-9.]+ )?)([^<>\r\n]*?)( ?)<([^<>@\r\n]+)((?:@[^<>\r\n]*)?)>")


def masked(run: Transcript) -> Transcript:
    """The run as a server of examples would have answered it; the software is recognised as before."""
    first = _masked(run, masks(run))
    if _recognised(first) == _recognised(run):
        return first
    evidence = run.software.evidence if run.software is not None else ""
    return _masked(run, masks(run, [match["name"] for match in FOUND.finditer(evidence) if match["name"]]))


def _masked(run: Transcript, table: Masks) -> Transcript:
    target, route = run.target, run.route
    host = _host(target.host, table)
    return msgspec.structs.replace(
        run,
        target=msgspec.structs.replace(
            target, text=f"{host}:{target.port}", host=host, path=target.path and "/run/example.sock"
        ),
        route=route
        and msgspec.structs.replace(route, host=_host(route.host, table), address=table.address(route.address)),
        exchanges=tuple([_exchange(one, table) for one in run.exchanges]),
        observations=tuple(
            [
                msgspec.structs.replace(one, subject=table.text(one.subject), detail=table.text(one.detail))
                for one in run.observations
            ]
        ),
        connections=tuple(
            [
                msgspec.structs.replace(one, address=table.address(one.address), tls=_tls(one.tls, table))
                for one in run.connections
            ]
        ),
        clear=_capabilities(run.clear, table),
        encrypted=_capabilities(run.encrypted, table),
        tls=_tls(run.tls, table),
        software=run.software and msgspec.structs.replace(run.software, evidence=table.text(run.software.evidence)),
        failure=run.failure and msgspec.structs.replace(run.failure, detail=table.text(run.failure.detail)),
        started=STAMP,
        ehlo_name=table.text(run.ehlo_name),
        source=run.source and table.address(run.source),
        sni=run.sni and _host(run.sni, table),
    )


def _host(host: str, table: Masks) -> str:
    """A host that was named: an address, or a name of any form."""
    return table.address(host) if canonical(host) else table.name(host) if host else host


def _exchange(one: Exchange, table: Masks) -> Exchange:
    command, reply = one.command, one.reply
    if command is not None:
        command = Command(table.octets(command.line), command.secret, command.end, command.public)
    challenged = reply is not None and reply.code == 334
    looked_up = command is not None and command.verb in ("VRFY", "EXPN")
    if reply is not None:
        reply = _reply(reply, table, challenged=challenged, looked_up=looked_up)
    failure = one.failure and msgspec.structs.replace(one.failure, detail=table.text(one.failure.detail))
    return msgspec.structs.replace(one, command=command, reply=reply, failure=failure, subject=table.text(one.subject))


def _reply(reply: Reply, table: Masks, *, challenged: bool, looked_up: bool) -> Reply:
    if challenged:
        raw = b"334 " + challenge(reply.raw[4:].strip(), table.text) + b"\r\n"
        return msgspec.structs.replace(reply, raw=raw, texts=(raw[4:-2],), octets=len(raw))
    text = reply.raw.decode("utf-8", "surrogateescape")
    if looked_up and reply.positive:
        text = _WHO.sub(lambda match: _somebody(match, table), text)
    raw = table.text(text).encode("utf-8", "surrogateescape")
    octets = reply.octets - len(reply.raw) + len(raw)
    return msgspec.structs.replace(reply, raw=raw, octets=octets, texts=tuple([table.octets(t) for t in reply.texts]))


def _somebody(match: re.Match[str], table: Masks) -> str:
    """Who was found by VRFY or EXPN: the words before the address are a name."""
    begin, name, space, user, domain = match.groups()
    return f"{begin}{'Example User' if name else ''}{space}<{table.user(user)}{domain}>"


def _capabilities(offer: Capabilities | None, table: Masks) -> Capabilities | None:
    if offer is None:
        return None
    keywords = [
        Keyword(one.keyword, tuple(map(table.text, one.arguments)), table.octets(one.raw), one.defects)
        for one in offer.keywords
    ]
    return Capabilities(table.text(offer.domain), tuple(keywords))


def _tls(facts: TlsFacts | None, table: Masks) -> TlsFacts | None:
    if facts is None or facts.certificate is None:
        return facts
    own = facts.certificate
    certificate = msgspec.structs.replace(
        own,
        subject=table.text(own.subject),
        issuer=table.text(own.issuer),
        names=tuple(map(table.text, own.names)),
        detail=table.text(own.detail),
    )
    return msgspec.structs.replace(facts, certificate=certificate, chain=(), injected=table.octets(facts.injected))


def _recognised(run: Transcript) -> tuple[str, str | None] | None:
    """Which software the run would be taken for."""
    replies = [(e, e.reply) for e in run.exchanges if e.reply is not None]
    greeting = next((reply.text for e, reply in replies if e.stage is Stage.GREETING), "")
    ehlo = next((reply.text for e, reply in replies if e.stage is Stage.EHLO), "")
    told = next((reply.text for e, reply in replies if e.probe == "help"), "")
    refusals = [f"{reply.code} {reply.text}"[:1000] for _, reply in replies if reply.refusal][:20]
    found: Software | None = software.recognise(greeting, ehlo, told, refusals)
    return (found.name, found.version) if found is not None else None
