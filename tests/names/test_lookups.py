"""Any question to the DNS, and its answer as a value: forms of records, one cache, DNSSEC, aliases."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rrset
import pytest
from scripted_dns import Answer as Scripted
from scripted_dns import Script, answering, failing, question, serve, zone

from smtpprobe.journey import Answer, Question
from smtpprobe.names import Resolver, lookups
from smtpprobe.names.lookups import DEPTH, RECORD_LIMIT
from smtpprobe.outcome import FailureKind, Stage

KEY = "257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ=="


def ask(script: Script, *questions: Question, lifetime: float = 0.5) -> list[Answer]:
    """All questions at once, to a resolver that knows this server."""

    async def held() -> list[Answer]:
        async with serve(script) as nameserver, Resolver([nameserver], lifetime=lifetime) as resolver:
            return await asyncio.gather(*map(resolver.ask, questions))

    return asyncio.run(held())


def one(script: Script, name: str = "example.test", record: str = "A") -> Answer:
    return ask(script, Question(name, record))[0]


@pytest.mark.parametrize(
    ("record", "published", "told"),
    [
        ("A", ["192.0.2.20", "192.0.2.3"], ("192.0.2.3", "192.0.2.20")),
        ("AAAA", ["2001:DB8::1"], ("2001:db8::1",)),
        ("MX", ["20 B.Example.", "10 c.example."], ("10 c.example", "20 b.example")),
        ("MX", ["0 ."], ("0 .",)),
        ("SRV", ["5 0 587 B.example.", "0 1 465 a.example.", "0 9 465 z.example."],
         ("0 9 465 z.example", "0 1 465 a.example", "5 0 587 b.example")),
        ("PTR", ["Mail.Example."], ("mail.example",)),
        ("CNAME", ["Other.example."], ("other.example",)),
        ("TXT", ['"v=spf1 " "-all"'], ("v=spf1 -all",)),
        ("TXT", ['"a\\"b;\\\\c"'], ('a"b;\\c',)),
        ("TXT", ['"\\195\\164 \\255 \\000\\027[2J"'], ("ä \\xff \0\x1b[2J",)),
        ("TXT", ['"one"', '"o" "ne"'], ("one", "one")),
        ("TLSA", ["3 1 1 " + "AB" * 32], ("3 1 1 " + "ab" * 32,)),
        ("TLSA", ["2 0 0 " + "ab" * 700], ("2 0 0 " + "ab" * 700,)),
        ("CAA", ['0 issue "ca.example; policy=x"'], ('0 issue "ca.example; policy=x"',)),
        ("SOA", ["NS.example. Admin.example. 7 1 2 3 4"], ("ns.example admin.example 7 1 2 3 4",)),
        ("DS", ["12345 13 2 " + "CD" * 32], ("12345 13 2 " + "cd" * 32,)),
        ("DNSKEY", [KEY], (KEY,)),
    ],
)  # fmt: skip
def test_records_have_one_form_and_one_order(record: str, published: list[str], told: tuple[str, ...]) -> None:
    answer = one(zone({"example.test": {record: published}}), record=record)
    assert (answer.name, answer.type, answer.failure, answer.records) == ("example.test", record, None, told)
    assert answer.ttl == 60
    assert answer.elapsed_ns > 0


def test_a_name_without_such_records_is_no_failure() -> None:
    answer = one(zone({"example.test": {}}))
    assert (answer.records, answer.failure, answer.authentic) == ((), None, False)


def test_a_name_that_does_not_exist_is_one() -> None:
    failure = one(zone({})).failure
    assert failure is not None
    assert (failure.stage, failure.kind) == (Stage.RESOLVE, FailureKind.NO_SUCH_NAME)


def test_equal_questions_are_asked_once_at_once_and_later() -> None:
    asked: list[str] = []

    async def held() -> int:
        async with serve(zone({"example.test": {"A": ["192.0.2.1"]}}, asked)) as nameserver:
            resolver = Resolver([nameserver])
            for _ in range(2):
                spellings = ("example.test", "EXAMPLE.test", "example.test.")
                answers = await asyncio.gather(*(resolver.ask(Question(name, "A")) for name in spellings))
                assert len(set(answers)) == 1
            assert await resolver.addresses("example.test", 25, "4") == ("192.0.2.1",)
            return resolver.queries

    assert asyncio.run(held()) == 1
    assert asked == ["example.test A"]


def test_who_gives_up_takes_the_answer_from_nobody() -> None:
    """A DNS server that waits for the first asker to be gone."""

    async def held() -> Answer:
        come, gone = asyncio.Event(), asyncio.Event()

        def script(query: dns.message.Message, tcp: bool) -> Scripted:
            come.set()
            return answering(query, ["192.0.2.1"]) if gone.is_set() else None

        async with serve(script) as nameserver:
            resolver = Resolver([nameserver], lifetime=10)
            first, second = (asyncio.ensure_future(resolver.ask(Question("example.test", "A"))) for _ in range(2))
            await come.wait()
            first.cancel()
            await asyncio.wait([first])
            gone.set()
            return await second

    assert asyncio.run(held()).records == ("192.0.2.1",)


def test_a_failure_is_remembered_too() -> None:
    asked: list[str] = []

    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        asked.append(question(query)[1])
        return failing(query, dns.rcode.REFUSED)

    async def held() -> None:
        async with serve(script) as nameserver:
            resolver = Resolver([nameserver])
            first = await resolver.ask(Question("example.test", "A"))
            assert await resolver.ask(Question("example.test", "A")) is first

    asyncio.run(held())
    assert asked == ["A"]


def test_only_what_no_server_answered_is_forgotten() -> None:
    asked: list[str] = []

    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        name = question(query)[0]
        asked.append(name)
        if name == "gone.test":
            return failing(query, dns.rcode.NXDOMAIN)
        return failing(query, dns.rcode.REFUSED) if asked.count(name) == 1 else answering(query, ["192.0.2.1"])

    async def held() -> None:
        async with serve(script) as nameserver:
            resolver = Resolver([nameserver])
            for name in ("shaky.test", "gone.test"):
                assert (await resolver.ask(Question(name, "A"))).failure is not None
            resolver.forget_failures()
            assert (await resolver.ask(Question("shaky.test", "A"))).records == ("192.0.2.1",)
            assert (await resolver.ask(Question("gone.test", "A"))).failure is not None

    asyncio.run(held())
    assert asked == ["shaky.test", "gone.test", "shaky.test"]


def test_what_is_asked_for_most_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookups, "_KEPT_ANSWERS", 3)
    asked: list[str] = []

    async def held() -> None:
        async with serve(zone({}, asked)) as nameserver:
            resolver = Resolver([nameserver])
            for number in range(8):
                await resolver.ask(Question("provider.test", "A"))
                await resolver.ask(Question(f"n{number}.test", "A"))
            await resolver.ask(Question("n0.test", "A"))

    asyncio.run(held())
    assert asked.count("provider.test A") == 1
    assert asked.count("n0.test A") == 2


def test_so_many_questions_are_under_way_and_no_more() -> None:
    async def held() -> int:
        waiting = most = 0
        full = asyncio.Event()

        class Held(lookups.Lookups):
            async def _follow(self, name: dns.name.Name, record: str, until: float) -> Answer:
                nonlocal waiting, most
                waiting += 1
                most = max(most, waiting)
                if waiting == 3:
                    full.set()
                await full.wait()
                waiting -= 1
                return Answer(name.to_text(), record)

        asked = Held([], 5.0)
        asked.limit(3, None)
        async with asyncio.timeout(30):
            await asyncio.gather(*(asked.ask(Question(f"n{number}.test", "A")) for number in range(20)))
        return most

    assert asyncio.run(held()) == 3


def test_the_rate_counts_every_query(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that takes two queries counts for two; a clock that does not go on shows how long all would take."""
    pauses: list[float] = []

    async def no_sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def held() -> None:
        asked = lookups.Lookups([], 5.0)
        asked.limit(64, 10.0)
        monkeypatch.setattr("smtpprobe.names.lookups.time.monotonic", lambda: 1000.0)
        monkeypatch.setattr("smtpprobe.names.lookups.asyncio.sleep", no_sleep)
        for queries in (1, 2, 1, 1):
            async with asked.turn():
                for _ in range(queries):
                    asked.book()
        monkeypatch.undo()

    asyncio.run(held())
    assert pauses == [pytest.approx(0.2), pytest.approx(0.3)]


def secure(query: dns.message.Message, values: list[str]) -> dns.message.Message:
    reply = answering(query, values)
    reply.flags |= dns.flags.AD
    return reply


def test_the_query_asks_for_dnssec_and_the_reply_tells() -> None:
    seen: list[tuple[bool, bool]] = []

    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        seen.append((bool(query.flags & dns.flags.AD), bool(query.ednsflags & dns.flags.DO)))
        return secure(query, ["192.0.2.1"])

    assert one(script).authentic is True
    assert seen == [(True, True)]


def extended_error(code: int) -> dns.edns.EDEOption:
    return dns.edns.EDEOption(dns.edns.EDECode(code), "\x1b[2J")


@pytest.mark.parametrize("code", [6, 7, 8, 9, 10, 11, 12])
def test_an_extended_error_blames_dnssec(code: int) -> None:
    asked: list[str] = []

    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        asked.append(question(query)[1])
        reply = failing(query, dns.rcode.SERVFAIL)
        reply.use_edns(0, options=[extended_error(code)])
        return reply

    failure = one(script).failure
    assert failure is not None
    assert failure.kind is FailureKind.DNSSEC
    assert failure.detail.isprintable()
    assert asked == ["A"]


@pytest.mark.parametrize("code", [None, 22, 23])
def test_a_failure_that_goes_away_without_validation_is_one_of_dnssec(code: int | None) -> None:
    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        if query.flags & dns.flags.CD:
            return answering(query, ["192.0.2.66"])
        reply = failing(query, dns.rcode.SERVFAIL)
        if code is not None:
            reply.use_edns(0, options=[extended_error(code)])
        return reply

    answer = one(script)
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.DNSSEC
    assert answer.records == ()


def test_a_failure_that_stays_without_validation_is_one_of_the_dns() -> None:
    answer = one(lambda query, tcp: failing(query, dns.rcode.SERVFAIL))
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.DNS
    assert answer.authentic is None


@pytest.mark.parametrize("rcode", [dns.rcode.FORMERR, dns.rcode.NOTIMP])
def test_a_server_without_edns_is_asked_without_it(rcode: dns.rcode.Rcode) -> None:
    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        if query.edns >= 0:
            bare = dns.message.make_query(query.question[0].name, query.question[0].rdtype, id=query.id)
            return failing(bare, rcode)
        return answering(query, ["192.0.2.1"])

    assert one(script).records == ("192.0.2.1",)


def chain(*names: str, values: Sequence[str] = ("192.0.2.1",), rcode: dns.rcode.Rcode = dns.rcode.NOERROR) -> Script:
    """One reply with these aliases in it, and the records of the last."""

    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        reply = dns.message.make_response(query)
        reply.answer = [dns.rrset.from_text(a, 60, "IN", "CNAME", b) for a, b in pairwise(names)]
        if values:
            reply.answer.append(dns.rrset.from_text(names[-1], 30, "IN", "A", *values))
        reply.set_rcode(rcode)
        return reply

    return script


def named(count: int) -> list[str]:
    return ["example.test.", *(f"a{number}.test." for number in range(1, count + 1))]


def test_aliases_are_followed_and_told() -> None:
    answer = one(chain("example.test.", "A1.test.", "a2.test."))
    assert (answer.records, answer.aliases, answer.ttl) == (("192.0.2.1",), ("a1.test", "a2.test"), 30)


def test_aliases_are_followed_to_a_depth() -> None:
    assert one(chain(*named(DEPTH))).records == ("192.0.2.1",)
    failure = one(chain(*named(DEPTH + 1))).failure
    assert failure is not None
    assert failure.kind is FailureKind.DNS
    assert str(DEPTH) in failure.detail


def test_an_alias_of_nothing_is_told_with_where_it_leads() -> None:
    answer = one(chain("example.test.", "gone.test.", values=(), rcode=dns.rcode.NXDOMAIN))
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.NO_SUCH_NAME
    assert "gone.test" in answer.failure.detail
    assert answer.aliases == ("gone.test",)


def one_by_one(query: dns.message.Message, tcp: bool) -> Scripted:
    """A server that leaves it to the client to follow: a1 is an alias of a2, and so on."""
    number = int(question(query)[0][1:].partition(".")[0])
    reply = dns.message.make_response(query)
    kind, value = ("A", "192.0.2.1") if number == DEPTH else ("CNAME", f"a{number + 1}.test.")
    reply.answer = [dns.rrset.from_text(query.question[0].name, 60, "IN", kind, value)]
    reply.flags |= dns.flags.AD if number != 3 else 0
    return reply


def test_a_chain_over_several_replies_is_followed_and_as_secure_as_its_weakest() -> None:
    answer = one(one_by_one, "a1.test")
    assert answer.records == ("192.0.2.1",)
    assert answer.aliases == tuple(f"a{number}.test" for number in range(2, DEPTH + 1))
    assert answer.authentic is False
    assert one(one_by_one, "a4.test").authentic is True


def test_a_chain_over_replies_without_end_is_a_failure() -> None:
    failure = one(lambda query, tcp: answering_cname(query), "a1.test").failure
    assert failure is not None
    assert failure.kind is FailureKind.DNS


def answering_cname(query: dns.message.Message) -> dns.message.Message:
    reply = dns.message.make_response(query)
    name = query.question[0].name
    reply.answer = [dns.rrset.from_text(name, 60, "IN", "CNAME", f"x.{name}")]
    return reply


def test_an_alias_without_records_of_the_type_ends_the_chain() -> None:
    asked: list[str] = []

    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        asked.append(question(query)[0])
        reply = answering_cname(query)
        reply.authority = [dns.rrset.from_text("test.", 60, "IN", "SOA", "ns.test. admin.test. 1 2 3 4 5")]
        return reply

    answer = one(script)
    assert (answer.records, answer.failure, answer.aliases) == ((), None, ("x.example.test",))
    assert asked == ["example.test"]


def test_more_records_than_anybody_needs_are_cut_and_counted() -> None:
    many = [f"10.0.{n // 250}.{n % 250}" for n in range(RECORD_LIMIT + 7)]
    answer = one(zone({"example.test": {"A": many}}))
    assert (len(answer.records), answer.left_out) == (RECORD_LIMIT, 7)
    answer = one(zone({"example.test": {"MX": [f"{n} mx{n}.test." for n in range(30)]}}), record="MX")
    assert answer.records == tuple(f"{n} mx{n}.test" for n in range(20))
    assert answer.left_out == 10


def test_a_giant_text_comes_whole() -> None:
    strings = " ".join([f'"{"x" * 255}"'] * 200)
    answer = one(zone({"example.test": {"TXT": [strings]}}), record="TXT")
    assert answer.records == ("x" * 51_000,)


@pytest.mark.parametrize(
    "target", ["\\000.test.", "\\027[2j.test.", "\\013\\010quit.test.", "a\\.b.test.", "\\255.test."]
)
def test_odd_octets_in_a_name_are_escaped(target: str) -> None:
    answer = one(zone({"example.test": {"MX": [f"10 {target}"], "PTR": [target]}}), record="MX")
    assert answer.records == (f"10 {target[:-1]}",)
    assert answer.records[0].isprintable()


def test_a_reply_with_another_id_is_not_believed() -> None:
    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        reply = answering(query, ["192.0.2.66"])
        reply.id = (query.id + 1) % 65536
        return reply

    failure = one(script).failure
    assert failure is not None
    assert failure.kind is FailureKind.DNS


@pytest.mark.parametrize("name", ["a" * 64, "a." * 130, "..", "\\", "\ud800", "a..b"])
def test_a_name_that_cannot_be_asked_for_is_a_failure_and_no_query(name: str) -> None:
    asked: list[str] = []
    failure = one(zone({}, asked), name).failure
    assert failure is not None
    assert failure.kind is FailureKind.NO_SUCH_NAME
    assert failure.detail.isprintable()
    assert asked == []
