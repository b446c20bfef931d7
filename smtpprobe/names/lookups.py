"""Questions to the DNS and their answers as values: one cache, one query at a time for a question, no exception.

What the DNS says is hostile until proven otherwise: chains of aliases and records are bounded, odd octets escaped.
"""

from __future__ import annotations

import asyncio
import copy
import ssl
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cached_property

import dns.asyncresolver
import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.nameserver
import dns.rcode
import dns.rdatatype
import dns.resolver
from msgspec import Struct
from msgspec.structs import replace

from smtpprobe.journey import Answer, Question
from smtpprobe.names.errors import ResolveError
from smtpprobe.names.records import plain, presented
from smtpprobe.outcome import FailureKind

MX_LIMIT = 20
RECORD_LIMIT = 500
DEPTH = 8
_AT_ONCE = 64
_KEPT_ANSWERS = 10_000
# A loop that was late may catch up on so many seconds of its rate.
_LAG = 0.1
# The walk of one mail should see one state of the DNS, however short a time to live is.
_KEPT_SECONDS = 60
_TTL_LIMIT = 86_400
# AD in a query says that it is understood in the reply (RFC 6840 5.7).
_FLAGS = dns.flags.RD | dns.flags.AD
_UDP_PAYLOAD = 1232  # what passes every path unfragmented

# The extended errors that blame DNSSEC (RFC 8914 4).
_DNSSEC_ERRORS = {
    6: "a signature does not hold",
    7: "a signature has expired",
    8: "a signature is not valid yet",
    9: "no key fits the DS record in the zone above",
    10: "signatures are missing",
    11: "a key is not meant for signing zones",
    12: "the proof is missing that there is no such record",
}
# What a server without EDNS says to it (RFC 6891 7).
_WITHOUT_EDNS = {dns.rcode.FORMERR, dns.rcode.NOTIMP}


class _Kept(Struct, frozen=True):
    """An answer, and until when (``time.monotonic``)."""

    answer: Answer
    until: float


class Lookups:
    """Asks these DNS servers, or the system's where none are given. Belongs to one event loop.

    ``lifetime`` bounds each question, with all that it takes to answer it, in seconds. ``queries`` counts what was
    sent, but for dnspython's own repetitions.
    """

    def __init__(self, nameservers: Sequence[dns.nameserver.Nameserver], lifetime: float) -> None:
        self._nameservers = list(nameservers)
        self._lifetime = lifetime
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._asked: dict[tuple[str, str], asyncio.Task[Answer]] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._gate = asyncio.Lock()
        self._gap = self._free = 0.0
        self.queries = 0

    def limit(self, at_once: int, rate: float | None) -> None:
        """From now on, so many questions under way at once and so many queries a second (None: no bound)."""
        self._turns = asyncio.Semaphore(at_once)
        self._gap = 1 / rate if rate else 0.0

    def forget_failures(self) -> None:
        """Drop what no DNS server answered, so that it is asked again. That a name does not exist is an answer."""
        for key, kept in list(self._kept.items()):
            if kept.answer.failure is not None and kept.answer.failure.kind is FailureKind.DNS:
                del self._kept[key]

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until one more question may be under way and the rate bears another query, which ``book`` counts."""
        async with self._turns:
            async with self._gate:
                if (early := self._free - time.monotonic()) > 0:
                    await asyncio.sleep(early)
            yield

    def book(self) -> None:
        """Count a query for the rate. Who waited for a turn does so before anything else is awaited."""
        self._free = max(self._free, time.monotonic() - _LAG) + self._gap

    async def ask(self, question: Question) -> Answer:
        """The answer; whatever the DNS does is a value in it."""
        try:
            name = dns_name(question.name)
        except ResolveError as error:
            return Answer(question.name, question.type, failure=error.failure)
        key = (plain(name), question.type)
        kept = self._kept.pop(key, None)
        if kept is not None and kept.until > time.monotonic():
            self._kept[key] = kept  # now the newest
            return kept.answer
        task = self._asked.get(key)
        if task is None:
            task = self._asked[key] = asyncio.ensure_future(self._answer(name, question.type))
            task.add_done_callback(lambda _: self._asked.pop(key))
        # Who gives up must not take the answer from the others that wait for it.
        return await asyncio.shield(task)

    async def _answer(self, name: dns.name.Name, record: str) -> Answer:
        async with self.turn():
            started = time.monotonic_ns()
            found = await self._follow(name, record, time.monotonic() + self._lifetime)
            answer = replace(found, elapsed_ns=time.monotonic_ns() - started)
        if len(self._kept) >= _KEPT_ANSWERS:
            del self._kept[next(iter(self._kept))]
        until = time.monotonic() + max(answer.ttl, _KEPT_SECONDS)
        self._kept[answer.name, record] = _Kept(answer, until)
        return answer

    async def _follow(self, name: dns.name.Name, record: str, until: float) -> Answer:
        """The records at the end of a chain of aliases, most of which a resolver follows by itself."""
        text = plain(name)
        aliases: list[str] = []
        authentic: bool | None = None
        ttl = _TTL_LIMIT
        try:
            while True:
                reply = await self._reply(name, record, until)
                authentic = authentic is not False and bool(reply.flags & dns.flags.AD)
                chain = reply.resolve_chaining()
                ttl = min(ttl, chain.minimum_ttl)
                aliases += [plain(cname[0].target) for cname in chain.cnames]
                if len(aliases) > DEPTH:
                    raise ResolveError(FailureKind.DNS, f"{text} leads through more than {DEPTH} aliases (CNAME)")
                if reply.rcode() == dns.rcode.NXDOMAIN:
                    raise ResolveError(FailureKind.NO_SUCH_NAME, _missing(text, aliases))
                ends = any(rrset.rdtype == dns.rdatatype.SOA for rrset in reply.authority)
                if chain.answer is not None or not chain.cnames or ends:
                    break
                name = chain.canonical_name
        except ResolveError as error:
            return Answer(text, record, (), error.failure, authentic, tuple(aliases))
        except dns.exception.DNSException as error:
            unusable = _unusable(text, error).failure
            return Answer(text, record, (), unusable, authentic, tuple(aliases))
        found = presented(chain.answer or ())
        limit = MX_LIMIT if record == "MX" else RECORD_LIMIT
        left_out = len(found[limit:])
        return Answer(text, record, tuple(found[:limit]), None, authentic, tuple(aliases), ttl, left_out=left_out)

    async def _reply(self, name: dns.name.Name, record: str, until: float) -> dns.message.QueryMessage:
        """The reply of a server that knows: there are such records, there are none, or there is no such name."""
        try:
            try:
                return await self._send(self._stub, name, record, until)
            except dns.resolver.NoNameservers as error:
                if not _rcodes(error) & _WITHOUT_EDNS:
                    raise
                return await self._send(self._variant(edns=-1), name, record, until)
        except dns.resolver.NoNameservers as error:
            text = plain(name)
            if dns.rcode.SERVFAIL in _rcodes(error):
                words = _dnssec_words(error)
                if words or await self._answered_unchecked(name, record, until):
                    reason = f": {words}" if words else ""
                    detail = f"the DNSSEC signatures over {text} do not check out{reason}"
                    raise ResolveError(FailureKind.DNSSEC, detail) from None
            raise ResolveError(FailureKind.DNS, f"looking up {text}: {_complaint(error)}") from None

    async def _answered_unchecked(self, name: dns.name.Name, record: str, until: float) -> bool:
        """Does a SERVFAIL turn into an answer where nothing is validated (RFC 4035 3.2.2)?"""
        unchecked = self._variant(flags=_FLAGS | dns.flags.CD)
        try:
            await self._send(unchecked, name, record, until)
        except (ResolveError, dns.resolver.NoNameservers):
            return False
        return True

    async def _send(
        self, stub: dns.asyncresolver.Resolver, name: dns.name.Name, record: str, until: float
    ) -> dns.message.QueryMessage:
        """One query with what dnspython does for it: other servers, TCP, patience. Raises NoNameservers too."""
        text = plain(name)
        lifetime = max(until - time.monotonic(), 0.0)
        self.queries += 1
        self.book()
        try:
            answer = await stub.resolve(name, record, search=False, raise_on_no_answer=False, lifetime=lifetime)
            reply = answer.response
        except dns.resolver.NXDOMAIN as error:
            reply = error.response(name)  # type: ignore[no-untyped-call]
        except dns.exception.Timeout:
            detail = f"no DNS server answered for {text} within {self._lifetime:g} s"
            raise ResolveError(FailureKind.DNS, detail) from None
        except dns.resolver.NoNameservers:
            raise
        except dns.exception.DNSException as error:
            raise _unusable(text, error) from None
        if reply.flags & dns.flags.TC:  # over TCP too: dnspython has tried it
            raise ResolveError(FailureKind.DNS, f"the DNS server has cut its answer for {text} short")
        return reply

    @cached_property
    def _stub(self) -> dns.asyncresolver.Resolver:
        try:
            stub = dns.asyncresolver.Resolver(configure=not self._nameservers)
        except dns.resolver.NoResolverConfiguration:
            raise ResolveError(FailureKind.DNS, "the system names no DNS server: give one") from None
        if self._nameservers:
            stub.nameservers = self._nameservers
        stub.use_edns(0, dns.flags.DO, _UDP_PAYLOAD)
        stub.set_flags(_FLAGS)
        return stub

    def _variant(self, **attributes: int) -> dns.asyncresolver.Resolver:
        stub = copy.copy(self._stub)
        for attribute, value in attributes.items():
            setattr(stub, attribute, value)
        return stub


def dns_name(text: str) -> dns.name.Name:
    """A name to ask for, absolute; raises ResolveError where the text cannot be one."""
    try:
        return dns.name.from_text(text)
    except (dns.exception.DNSException, UnicodeError):
        detail = f"{ascii(text)[:80]} cannot be a name in the DNS"
        raise ResolveError(FailureKind.NO_SUCH_NAME, detail) from None


def _missing(text: str, aliases: list[str]) -> str:
    if aliases:
        return f"{text} is an alias (CNAME) of {aliases[-1]}, which does not exist in the DNS"
    return f"{text} does not exist in the DNS"


def _unusable(text: str, error: dns.exception.DNSException) -> ResolveError:
    return ResolveError(FailureKind.DNS, f"the DNS answer for {text} is unusable ({type(error).__name__})")


def _replies(error: dns.resolver.NoNameservers) -> list[dns.message.Message]:
    """dnspython lists (server, tcp, port, exception, response)."""
    return [response for *_, response in error.kwargs.get("errors") or () if response is not None]


def _rcodes(error: dns.resolver.NoNameservers) -> set[dns.rcode.Rcode]:
    return {reply.rcode() for reply in _replies(error)}


def _dnssec_words(error: dns.resolver.NoNameservers) -> str:
    """Why the validation failed, where the resolver says it. Its text is for its own admin; the code will do."""
    options = [
        option for reply in _replies(error) for option in reply.options if isinstance(option, dns.edns.EDEOption)
    ]
    return next((_DNSSEC_ERRORS[option.code] for option in options if option.code in _DNSSEC_ERRORS), "")


def _complaint(error: dns.resolver.NoNameservers) -> str:
    """What the last DNS server asked did wrong."""
    errors = error.kwargs.get("errors")
    if not errors:
        return "the system names no DNS server: give one"
    label, _, _, exception, response = errors[-1]  # the label is "Do53:192.0.2.1@53", or a URL
    server = f"the DNS server {label if '//' in label else label.partition(':')[2].rpartition('@')[0]}"
    if response is not None and response.rcode() != dns.rcode.NOERROR:
        return f"{server} answered {dns.rcode.to_text(response.rcode())}"
    if isinstance(exception, dns.message.ChainTooLong):
        return f"{server} answered with a chain of aliases (CNAME) that does not end"
    if isinstance(exception, ssl.SSLCertVerificationError):
        return f"{server} shows a certificate that does not verify ({exception.verify_message})"
    if isinstance(exception, OSError) and exception.errno:
        return f"{server} cannot be reached ({exception.strerror or exception})"
    if isinstance(exception, OSError):
        return f"{server} gives no answer ({exception})"
    return f"{server} answered with what is no DNS message for this question"
