"""A DNS server on loopback, UDP and TCP on one port, that answers as a script says. No mercy and no caching."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

# A script gets the query and whether it came over TCP; bytes go out as they are, None is silence.
Answer = dns.message.Message | bytes | None
Script = Callable[[dns.message.Message, bool], Answer]
Zone = Mapping[str, Mapping[str, list[str]]]


def zone(records: Zone, asked: list[str] | None = None) -> Script:
    """Answers from a table of names and types, NXDOMAIN for the rest; ``asked`` collects the questions."""

    def answer(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        name, kind = question(query)
        if asked is not None:
            asked.append(f"{name} {kind}")
        if name not in records:
            return failing(query, dns.rcode.NXDOMAIN)
        return answering(query, records[name].get(kind, []))

    return answer


def question(query: dns.message.Message) -> tuple[str, str]:
    """The name, without its final dot, and the type."""
    asked = query.question[0]
    return asked.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(asked.rdtype)


def answering(query: dns.message.Message, values: list[str]) -> dns.message.Message:
    """A reply to the question with these records."""
    reply = dns.message.make_response(query)
    asked = query.question[0]
    if values:
        reply.answer = [dns.rrset.from_text(asked.name, 60, asked.rdclass, asked.rdtype, *values)]
    return reply


def failing(query: dns.message.Message, rcode: dns.rcode.Rcode) -> dns.message.Message:
    """A reply without records."""
    reply = dns.message.make_response(query)
    reply.set_rcode(rcode)
    return reply


def truncated(query: dns.message.Message) -> dns.message.Message:
    """A reply that says: ask again over TCP."""
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.TC
    return reply


@asynccontextmanager
async def serve(script: Script) -> AsyncIterator[str]:
    """Runs the server; gives its ``address:port``."""

    def wire(query: bytes, tcp: bool) -> bytes | None:
        answer = script(dns.message.from_wire(query), tcp)
        return answer.to_wire(max_size=65535) if isinstance(answer, dns.message.Message) else answer

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        size = int.from_bytes(await reader.readexactly(2))
        answer = wire(await reader.readexactly(size), True)
        if answer is not None:
            writer.write(len(answer).to_bytes(2) + answer)
        writer.close()

    class Datagrams(asyncio.DatagramProtocol):
        def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
            self.transport = transport

        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            answer = wire(data, False)
            if answer is not None:
                self.transport.sendto(answer, addr)

    stream, datagram = _sockets()
    datagrams, _ = await asyncio.get_running_loop().create_datagram_endpoint(Datagrams, sock=datagram)
    try:
        async with await asyncio.start_server(talk, sock=stream):
            yield "{}:{}".format(*stream.getsockname())
    finally:
        datagrams.close()


def _sockets() -> tuple[socket.socket, socket.socket]:
    """A TCP and a UDP socket on one free port. A port that is free for one may be taken for the other."""
    while True:
        stream = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            stream.bind(("127.0.0.1", 0))
            datagram.bind(stream.getsockname())
        except OSError:
            stream.close()
            datagram.close()
        else:
            return stream, datagram
