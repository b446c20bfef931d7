"""One message on its way through servers that take it, refuse it, break off and lie; and XCLIENT before it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from smtpprobe.journey import Delivery, Journey, Mailbox
from smtpprobe.model import Capabilities, Keyword, Reply
from smtpprobe.outcome import Check, FailureKind, Stage, Standing, Who
from smtpprobe.trace.delivering import DeliveryResult, Impersonation, deliver, impersonate, queue_id, xclient_line
from smtpprobe.wire import content

sys.path.append(str(Path(__file__).parents[1] / "wire"))

from scripted import Peer, Script, heard, talking

ANN = Mailbox("ann", "example.net", "ann@example.net")
BOB = Mailbox("bob", "example.org", "bob@example.org")
JOSE = Mailbox("josé", "example.net", "josé@example.net")
MESSAGE = b"From: <bob@example.org>\r\nSubject: test\r\n\r\nHello.\r\n"
ID = "<q7@example.org>"


def offering(*keywords: str) -> Capabilities:
    return Capabilities("mx.example", tuple(Keyword(name) for name in keywords))


ALL = offering("SIZE", "8BITMIME", "SMTPUTF8", "DSN", "CHUNKING", "REQUIRETLS")


def replying(replies: dict[bytes, bytes]) -> Script:
    """Answer each verb as the table says, "." the whole message; 250 to all else."""

    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example\r\n")
        message = False
        while not peer.reader.at_eof():
            line = await peer.line()
            verb = line.split(b" ")[0]
            if message and verb != b".":
                continue
            if verb == b"BDAT":
                await peer.reader.readexactly(int(line.split()[1]))
            reply = replies.get(verb, b"354 go on\r\n" if verb == b"DATA" else b"250 2.0.0 Ok\r\n")
            message = verb == b"DATA" and reply.startswith(b"354")
            if not reply:
                return
            peer.send(reply)

    return script


def delivered(
    script: Script,
    journey: Journey,
    capabilities: Capabilities = ALL,
    stage: Stage = Stage.CLEAR,
    timeout: float = 5.0,
) -> tuple[DeliveryResult, list[str]]:
    """What became of it, and the lines as they were recorded."""

    async def work() -> tuple[DeliveryResult, list[str]]:
        async with talking(script, timeout=timeout) as (session, _):
            await session.greeting()
            result = await deliver(session, stage, capabilities, journey, record=session._record)
            await session.quit()
            return result, [one.command.text for one in heard(session) if one.command]

    return asyncio.run(asyncio.wait_for(work(), 15))


def journey(recipient: Mailbox = ANN, sender: Mailbox | None = BOB, **delivery: object) -> Journey:
    given = {"message": MESSAGE, "message_id": ID, **delivery}
    return Journey(recipient, sender, delivery=Delivery(**given))  # type: ignore[arg-type]


# -- taken ---------------------------------------------------------------------------------------------------


def test_a_message_that_is_taken() -> None:
    result, lines = delivered(replying({b".": b"250 2.0.0 Ok: queued as 4711ABC\r\n"}), journey())
    assert lines == [
        f"MAIL FROM:<bob@example.org> SIZE={len(MESSAGE)}",
        "RCPT TO:<ann@example.net>",
        "DATA",
        f"(message of {len(MESSAGE)} octets)",
        "QUIT",
    ]
    assert result.accepted
    assert result.queue_id == "4711ABC"
    assert (result.ruling.check, result.ruling.result) == (Check.DELIVERY, "accepted")
    assert "4711ABC" in result.ruling.summary
    assert len(result.indexes) == 4
    assert result.final is not None
    assert result.final.code == 250


def test_what_is_offered_is_used_and_what_is_not_is_told() -> None:
    asked = journey(parameters=("RET=HDRS", "ENVID=q7"), rcpt_parameters=("NOTIFY=SUCCESS,FAILURE",), chunking=True)
    result, lines = delivered(replying({}), asked)
    assert lines[:3] == [
        f"MAIL FROM:<bob@example.org> SIZE={len(MESSAGE)} RET=HDRS ENVID=q7",
        "RCPT TO:<ann@example.net> ORCPT=rfc822;ann@example.net NOTIFY=SUCCESS,FAILURE",
        f"BDAT {len(MESSAGE)} LAST",
    ]
    assert result.accepted
    assert result.withheld == ()
    result, lines = delivered(replying({}), asked, offering())
    assert lines[:3] == ["MAIL FROM:<bob@example.org>", "RCPT TO:<ann@example.net>", "DATA"]
    assert result.withheld == ("RET=HDRS", "ENVID=q7", "NOTIFY=SUCCESS,FAILURE", "BDAT")
    assert "does not offer it: RET=HDRS" in result.ruling.detail


def test_content_beyond_ascii_asks_for_what_it_needs() -> None:
    body = journey(message=MESSAGE + "ü\r\n".encode())
    assert delivered(replying({}), body)[1][0].endswith(" BODY=8BITMIME")
    result, _ = delivered(replying({}), body, offering("SIZE"))
    assert result.withheld == ("BODY=8BITMIME",)
    assert result.accepted
    header = journey(message="Subject: ü\r\n".encode() + MESSAGE)
    assert delivered(replying({}), header)[1][0].endswith(" BODY=8BITMIME SMTPUTF8")
    asked = journey(parameters=("SMTPUTF8",))
    assert delivered(replying({}), asked)[1][0].endswith(f"SIZE={len(MESSAGE)} SMTPUTF8")


def test_the_users_own_parameters_go_out_whatever_is_offered() -> None:
    own = Journey(ANN, None, parameters=("X-OWN=1",), delivery=Delivery(MESSAGE, ID))
    assert delivered(replying({}), own, offering())[1][0] == "MAIL FROM:<> X-OWN=1"


# -- not sent at all -----------------------------------------------------------------------------------------


def test_without_smtputf8_no_address_beyond_ascii_is_sent() -> None:
    result, lines = delivered(replying({}), journey(JOSE), offering("8BITMIME"))
    assert lines == ["QUIT"]
    assert (result.ruling.standing, result.ruling.result, result.final) == (Standing.FAIL, "not-sent", None)
    assert delivered(replying({}), journey(JOSE))[0].accepted


@pytest.mark.parametrize(
    ("stage", "capabilities", "why"),
    [(Stage.CLEAR, ALL, "no TLS"), (Stage.TLS, offering("SIZE"), "does not offer it")],
)
def test_requiretls_goes_over_tls_that_offers_it_or_not_at_all(
    stage: Stage, capabilities: Capabilities, why: str
) -> None:
    result, lines = delivered(replying({}), journey(parameters=("REQUIRETLS",)), capabilities, stage)
    assert lines == ["QUIT"]
    assert why in result.ruling.summary
    assert delivered(replying({}), journey(parameters=("REQUIRETLS",)), ALL, Stage.TLS)[1][0].endswith(" REQUIRETLS")


def test_nothing_can_be_delivered_to_nobody() -> None:
    async def work() -> None:
        async with talking(replying({})) as (session, _):
            for empty in (Journey(ANN, BOB), Journey(None, BOB, delivery=Delivery(MESSAGE, ID))):
                with pytest.raises(ValueError, match="recipient"):
                    await deliver(session, Stage.CLEAR, ALL, empty, record=session._record)

    asyncio.run(work())


# -- refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "reply", "standing", "word", "where"),
    [
        (b"MAIL", b"550 5.7.1 no\r\n", Standing.FAIL, "refused", "at MAIL"),
        (b"RCPT", b"550 5.1.1 User unknown\r\n", Standing.FAIL, "refused", "at RCPT"),
        (b"RCPT", b"450 4.2.0 Greylisted\r\n", Standing.UNKNOWN, "deferred", "at RCPT"),
        (b"DATA", b"554 5.5.1 no valid recipients\r\n", Standing.FAIL, "refused", "at DATA"),
        (b".", b"554 5.7.1 This message looks like spam\r\n", Standing.FAIL, "refused", "after it was seen"),
        (b".", b"451 4.3.0 queue file write error\r\n", Standing.UNKNOWN, "deferred", "after it was seen"),
        (b"BDAT", b"552 5.3.4 too big\r\n", Standing.FAIL, "refused", "after it was seen"),
    ],
)
def test_a_refusal_is_explained_where_it_comes(
    verb: bytes, reply: bytes, standing: Standing, word: str, where: str
) -> None:
    result, lines = delivered(replying({verb: reply}), journey(chunking=verb == b"BDAT"))
    assert (result.ruling.standing, result.ruling.result) == (standing, word)
    assert where in result.ruling.detail
    assert result.ruling.summary.endswith(".")
    assert result.ruling.steps
    assert not result.queue_id
    assert lines[-1] == "QUIT"


def test_a_content_refusal_is_read_like_one_to_data() -> None:
    refusal = b"550-5.7.26 This mail has been blocked because the sender is unauthenticated.\r\n550 5.7.26 gsmtp\r\n"
    result, _ = delivered(replying({b".": refusal}), journey())
    assert result.ruling.who is Who.SENDER
    assert "SPF" in result.ruling.summary


# -- hostile -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [b"250 Ok\r\n", b"334 dGVsbCBtZQ==\r\n", b"220 mx.example\r\n"])
def test_what_is_no_go_ahead_is_no_acceptance(reply: bytes) -> None:
    result, lines = delivered(replying({b"DATA": reply}), journey())
    assert (result.ruling.standing, result.ruling.result) == (Standing.FAIL, "out-of-order")
    assert "message of" not in "".join(lines)


@pytest.mark.parametrize("verb", [b"MAIL", b"RCPT", b"DATA"])
@pytest.mark.parametrize("reply", [b"", b"\xff\x00 what\r\n", b"250-a\r\n550 b\r\n", b"999 no\r\n"])
def test_broken_off_before_the_message(verb: bytes, reply: bytes) -> None:
    result, lines = delivered(replying({verb: reply}), journey())
    assert (result.ruling.standing, result.ruling.result) == (Standing.UNKNOWN, "broken-off")
    assert "nothing was delivered" in result.ruling.summary
    assert lines[-1].startswith(verb.decode())


@pytest.mark.parametrize("reply", [b"", b"garbage\r\n", b"250-and", b"250-a\r\n550 b\r\n"])
def test_no_answer_to_the_whole_message_leaves_it_open(reply: bytes) -> None:
    async def script(peer: Peer) -> None:
        await replying({b".": b""})(peer)
        peer.send(reply)

    result, _ = delivered(script, journey())
    assert (result.ruling.standing, result.ruling.result) == (Standing.UNKNOWN, "unanswered")
    assert ID in result.ruling.steps[0]
    assert "twice" in result.ruling.steps[1]


def test_a_server_that_never_answers_the_dot_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(peer: Peer) -> None:
        await replying({b".": b""})(peer)
        await peer.rest()

    monkeypatch.setattr(content, "WAIT", 0.3)
    result, lines = delivered(script, journey(), timeout=0.2)
    assert result.ruling.result == "unanswered"
    assert result.final is not None
    assert result.final.failure is not None
    assert result.final.failure.kind is FailureKind.TIMEOUT
    assert lines[-1].startswith("(message")


def test_a_server_that_hangs_up_in_mid_content_took_nothing() -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example\r\n")
        await peer.answer(b"250 Ok\r\n", b"250 Ok\r\n", b"354 go on\r\n")
        await peer.reader.readexactly(1_000)
        peer.reset()

    result, _ = delivered(script, journey(message=b"Subject: large\r\n\r\n" + b"x" * 70 + b"y\r\n" * 4_000_000))
    assert result.ruling.result == "broken-off"


def test_a_421_anywhere_is_a_temporary_refusal() -> None:
    for verb in (b"MAIL", b"RCPT", b"DATA", b"."):
        result, lines = delivered(replying({verb: b"421 4.3.2 closing\r\n"}), journey())
        assert (result.ruling.standing, result.ruling.result) == (Standing.UNKNOWN, "deferred")
        assert "QUIT" not in lines


# -- the server's name for it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2.0.0 Ok: queued as 4Xz9Yk2b1Nz4v", "4Xz9Yk2b1Nz4v"),
        ("OK id=1rEw7a-0003Yx-2s", "1rEw7a-0003Yx-2s"),
        ("2.0.0 3ALKc1x0012345 Message accepted for delivery", "3ALKc1x0012345"),
        ("2.0.0 5fae1b2c Message accepted for delivery", "5fae1b2c"),
        ("2.0.0 OK  1700000000 a1-20020a0560si123abc.45 - gsmtp", "a1-20020a0560si123abc.45"),
        ("2.6.0 <q7@x> [InternalId=8151234, Hostname=mx.example] Queued mail for delivery", "8151234"),
        ("ok 1700000000 qp 12345", "12345"),
        ("Message Queued (A1B2-C3)", "A1B2-C3"),
        ("Ok 0100018c1f2a3b4c-aa-000000", "0100018c1f2a3b4c-aa-000000"),
        ("OK", ""),
        ("2.0.0 Ok delivering", ""),
        ("Message accepted for delivery", ""),
    ],
)
def test_the_name_under_which_a_server_keeps_it(text: str, name: str) -> None:
    assert queue_id(Reply(250, None, (text.encode(),), b"", 0)) == name


# -- XCLIENT -------------------------------------------------------------------------------------------------

XCLIENT = Capabilities("mx.example", (Keyword("XCLIENT", ("NAME", "ADDR", "LOGIN")),))


def test_the_line_of_xclient() -> None:
    line = xclient_line(("name=spike.example", "ADDR=IPV6:2001:db8::1", "LOGIN=a b+c=d", "HELO=[UNAVAILABLE]")).line
    assert line == b"XCLIENT NAME=spike.example ADDR=IPV6:2001:db8::1 LOGIN=a+20b+2Bc+3Dd HELO=[UNAVAILABLE]"


def impersonated(
    attributes: tuple[str, ...], reply: bytes, capabilities: Capabilities = XCLIENT
) -> tuple[Impersonation, list[str]]:
    async def work() -> tuple[Impersonation, list[str]]:
        async with talking(replying({b"XCLIENT": reply})) as (session, _):
            await session.greeting()
            result = await impersonate(session, Stage.CLEAR, capabilities, attributes, record=session._record)
            await session.quit()
            return result, [one.command.text for one in heard(session) if one.command]

    return asyncio.run(work())


def test_only_announced_attributes_are_claimed() -> None:
    result, lines = impersonated(("addr=192.0.2.1", "PROTO=ESMTP"), b"220 mx.example\r\n")
    assert lines == ["XCLIENT ADDR=192.0.2.1", "QUIT"]
    assert result == Impersonation(1, accepted=True, withheld=("PROTO=ESMTP",))
    nothing = Impersonation(None, accepted=False, withheld=("ADDR=192.0.2.1",))
    assert impersonated(("ADDR=192.0.2.1",), b"220 mx\r\n", offering("SIZE")) == (nothing, ["QUIT"])


@pytest.mark.parametrize(
    "reply", [b"550 5.7.0 Insufficient authorization\r\n", b"250 Ok\r\n", b"421 4.3.2 bye\r\n", b""]
)
def test_whatever_is_no_220_grants_nothing(reply: bytes) -> None:
    result, _ = impersonated(("ADDR=192.0.2.1",), reply)
    assert (result.index, result.accepted) == (1, False)
