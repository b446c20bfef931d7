"""Messages that real servers take, relay and refuse, sent with DATA and BDAT; reports of delivery, and XCLIENT."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import servers.exim
import servers.postfix
from nexthops import NextHops, next_hops
from servers.base import DOMAIN, HOSTNAME, Certificates, MailServer, run

from smtpprobe.journey import Delivery, Journey, Mailbox
from smtpprobe.message import compose, prepare
from smtpprobe.model import Capabilities, Command, Route
from smtpprobe.outcome import Stage, Standing, Who
from smtpprobe.trace.delivering import DeliveryResult, deliver, impersonate
from smtpprobe.wire import content, ehlo
from smtpprobe.wire.dial import Dial, Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

BOB = Mailbox("bob", "home.example", "bob@home.example")
ANN = Mailbox("ann", "fine.example", "ann@fine.example")
ROOT = Mailbox("root", DOMAIN, f"root@{DOMAIN}")
ID = "<q7.interop@home.example>"
DATE = datetime(2026, 11, 21, 20, 22, 18, tzinfo=UTC)
BODY = ".\n..\nA line.\n.dots\n\n" + "x" * 300 + "\n"
SECONDS = 20.0

Talk = Callable[[Session, Record, Stage, Capabilities], Awaitable[DeliveryResult]]


def talked(server: MailServer, talk: Talk, *, tls: bool = False) -> DeliveryResult:
    """Connect, say EHLO, start TLS where asked for, and go on as the test says."""

    async def introduced(session: Session, record: Record, stage: Stage) -> Capabilities:
        (index,) = await session.flight([Line(Command(b"EHLO client.example"))], stage)
        reply = record.exchanges[index].reply
        assert reply is not None
        assert reply.code == 250, reply
        return ehlo.read(reply)

    async def work() -> DeliveryResult:
        record = Record(lambda _: None)
        due = asyncio.get_running_loop().time() + 60
        dial = Dial("client.example", sni=HOSTNAME, ca_file=str(server.ca_file))
        session = Session(1, Route(HOSTNAME, server.host, server.port), dial, record, due)
        assert await session.connect(implicit_tls=False) is None
        try:
            await session.greeting()
            stage, offered = Stage.CLEAR, await introduced(session, record, Stage.EHLO)
            if tls:
                assert (await session.starttls()).code == 220
                stage, offered = Stage.TLS, await introduced(session, record, Stage.TLS)
            result = await talk(session, record, stage, offered)
            await session.quit()
        finally:
            session.close()
        assert not session.out_of_step, session.failure
        return result

    return asyncio.run(work())


def delivered(server: MailServer, journey: Journey, *, tls: bool = False) -> DeliveryResult:
    async def talk(session: Session, record: Record, stage: Stage, offered: Capabilities) -> DeliveryResult:
        return await deliver(session, stage, offered, journey, record=record)

    return talked(server, talk, tls=tls)


def sending(recipient: Mailbox, message: bytes = b"", sender: Mailbox = BOB, **given: Any) -> Journey:
    octets = message or compose(sender, recipient, date=DATE, message_id=ID, body=BODY).octets
    return Journey(recipient, sender, delivery=Delivery(octets, ID, **given))


def configured(server: MailServer, *settings: str) -> None:
    """Change a running Postfix, which reads its settings anew."""
    folder = str(server.log_path.parent / "settings")
    run(["postconf", "-c", folder, "-e", *settings])
    run(["postfix", "-c", folder, "reload"])
    server.await_log("reload -- version")


@pytest.fixture(scope="module")
def hops() -> Iterator[NextHops]:
    # Postfix takes no empty table for what has to be encrypted.
    with next_hops(
        {"fine.example": {}, "home.example": {}, "other.example": {}}, frozenset({"other.example"})
    ) as found:
        yield found


@pytest.fixture(scope="module", params=["postfix", "exim"])
def relaying(
    request: pytest.FixtureRequest, server_folder: Path, certificates: Certificates, hops: NextHops
) -> Iterator[MailServer]:
    module = {"postfix": servers.postfix, "exim": servers.exim}[request.param]
    with module.running(server_folder, certificates, routes=hops.routes) as server:
        yield server


@pytest.mark.parametrize("chunking", [False, True], ids=["DATA", "BDAT"])
@pytest.mark.parametrize("tls", [False, True], ids=["clear", "tls"])
def test_a_message_arrives_as_it_was_sent(relaying: MailServer, hops: NextHops, chunking: bool, tls: bool) -> None:
    before = len(hops.await_mails(ANN.path, 0, 0))
    result = delivered(relaying, sending(ANN, chunking=chunking), tls=tls)
    assert result.accepted, result
    assert result.queue_id
    assert result.withheld == ()
    relaying.await_log(result.queue_id, ID.strip("<>"))
    mails = hops.await_mails(ANN.path, before + 1, SECONDS)
    assert len(mails) == before + 1, relaying.log()
    _, _, body = mails[-1].octets.partition(b"\r\n\r\n")
    assert body.replace(b"\r\n..", b"\r\n.").removeprefix(b".") == BODY.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("chunking", [False, True], ids=["DATA", "BDAT"])
def test_a_large_message_is_taken(postfix: MailServer, exim: MailServer, chunking: bool) -> None:
    message = prepare(b"Subject: large\nFrom: bob@home.example\n\n" + b".%077d\n" % 0 * 40_000).octets
    assert len(message) > 3 * content.CHUNK
    for server in (postfix, exim):
        result = delivered(server, sending(ROOT, message, chunking=chunking), tls=True)
        assert result.accepted, result
        assert result.final is not None
        assert result.final.command is not None
        assert result.final.command.line.startswith(b"BDAT" if chunking else b"(message of ")


def test_a_message_over_the_limit_is_refused_by_its_size(postfix: MailServer) -> None:
    result = delivered(postfix, sending(ROOT, b"Subject: big\r\n\r\n" + b"x" * 70 + b"y\r\n" * 4_000_000))
    assert result.ruling.standing is Standing.FAIL
    assert "at MAIL" in result.ruling.detail
    assert len(result.indexes) == 1


def test_a_report_of_delivery_comes_back_with_what_was_asked(
    server_folder: Path, certificates: Certificates, hops: NextHops
) -> None:
    """The next hop has no DSN, so Postfix itself reports that the message went on (RFC 3461 5.2.2)."""
    asked = sending(
        ANN, parameters=("RET=HDRS", "ENVID=q7+2Binterop"), rcpt_parameters=("NOTIFY=SUCCESS,FAILURE,DELAY",)
    )
    with servers.postfix.running(server_folder, certificates, routes=hops.routes) as server:
        result = delivered(server, asked)
        assert result.accepted
        assert result.withheld == ()
        (report,) = hops.await_mails(BOB.path, 1, SECONDS)
    assert b"Original-Envelope-Id: q7+interop\r\n" in report.octets
    assert b"Original-Recipient: rfc822;ann@fine.example\r\n" in report.octets
    assert b"Action: relayed\r\n" in report.octets
    assert b"A line." not in report.octets


def test_exim_offers_no_dsn_and_the_message_goes_without(exim: MailServer) -> None:
    result = delivered(exim, sending(ROOT, rcpt_parameters=("NOTIFY=NEVER",), parameters=("RET=FULL",)))
    assert result.accepted
    assert result.withheld == ("RET=FULL", "NOTIFY=NEVER")
    assert "NOTIFY=NEVER" in result.ruling.detail


def test_requiretls_is_not_offered_here_so_nothing_is_sent(postfix: MailServer, exim: MailServer) -> None:
    for server in (postfix, exim):
        result = delivered(server, sending(ROOT, parameters=("REQUIRETLS",)), tls=True)
        assert (result.ruling.result, result.indexes) == ("not-sent", ())


def test_an_address_beyond_ascii(postfix: MailServer, exim: MailServer) -> None:
    jose = Mailbox("josé", "home.example", "josé@home.example")
    for server in (postfix, exim):
        assert delivered(server, sending(ROOT, sender=jose)).accepted
        server.await_log("josé@home.example")


# -- refused -------------------------------------------------------------------------------------------------


def test_content_that_is_refused_after_data(postfix_with: Callable[..., MailServer]) -> None:
    server = postfix_with()
    checks = server.log_path.parent / "checks"
    checks.write_text("/^Subject: .*spam/ REJECT 5.7.1 This message looks like spam to us\n")
    configured(server, f"header_checks = regexp:{checks}")
    message = b"From: bob@home.example\r\nSubject: some spam\r\n\r\nHello.\r\n"
    for chunking in (False, True):
        result = delivered(server, sending(ROOT, message, chunking=chunking))
        assert (result.ruling.standing, result.ruling.result) == (Standing.FAIL, "refused")
        assert "after it was seen" in result.ruling.detail
        assert "spam" in result.ruling.summary.lower()
        assert result.ruling.who is Who.SENDER
    assert delivered(server, sending(ROOT)).accepted


def test_relaying_and_an_unknown_user_are_refused_at_rcpt(postfix: MailServer, exim: MailServer) -> None:
    for server in (postfix, exim):
        for recipient in (ANN, Mailbox("nobody", DOMAIN, f"nobody@{DOMAIN}")):
            result = delivered(server, sending(recipient))
            assert (result.ruling.result, len(result.indexes)) == ("refused", 2)
            assert "at RCPT" in result.ruling.detail


# -- XCLIENT -------------------------------------------------------------------------------------------------


def test_postfix_takes_us_for_another_client(postfix_with: Callable[..., MailServer], hops: NextHops) -> None:
    """Loopback may relay at this server, and the client that we pretend to be may not."""
    server = postfix_with(routes=hops.routes)
    configured(server, "smtpd_authorized_xclient_hosts = 127.0.0.1")
    claimed = ("NAME=spike.example", "ADDR=192.0.2.55", "HELO=odd+name.example", "PROTO=ESMTP")

    async def talk(session: Session, record: Record, stage: Stage, offered: Capabilities) -> DeliveryResult:
        claim = await impersonate(session, stage, offered, claimed, record=record)
        assert claim.accepted, record.exchanges
        assert claim.withheld == ()
        (index,) = await session.flight([Line(Command(b"EHLO client.example"))], stage)
        reply = record.exchanges[index].reply
        assert reply is not None
        return await deliver(session, stage, ehlo.read(reply), sending(ANN), record=record)

    result = talked(server, talk)
    assert "at RCPT" in result.ruling.detail
    server.await_log("RCPT from spike.example[192.0.2.55]")
    assert delivered(server, sending(ANN)).accepted


def test_who_is_not_allowed_to_is_not_announced_xclient(postfix: MailServer) -> None:
    async def talk(session: Session, record: Record, stage: Stage, offered: Capabilities) -> DeliveryResult:
        claim = await impersonate(session, stage, offered, ("ADDR=192.0.2.55",), record=record)
        assert (claim.index, claim.accepted, claim.withheld) == (None, False, ("ADDR=192.0.2.55",))
        return await deliver(session, stage, offered, sending(ROOT), record=record)

    assert talked(postfix, talk).accepted
