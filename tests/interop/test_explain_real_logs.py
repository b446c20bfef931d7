"""What `explain` must make of the deliveries of real mail servers: their logs, queue listings and bounces."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import NAMES
from explaining import Item, explained, items_of, unexplained, unread, verb
from sending import SENDER, Sent, sending
from servers.base import Certificates, may_isolate

#: Code, enhanced code, reason, state.
Told = tuple[int | None, str | None, str, str]

# Where the reason is a reply, every server tells the same.
REPLIES: dict[str, Told] = {
    "fine.example": (250, "2.0.0", "accepted", "accepted"),
    "unknown.example": (550, "5.1.1", "userunknown", "failed"),
    "full.example": (552, "5.2.2", "mailboxfull", "failed"),
    "spam.example": (554, "5.7.1", "spamdetected", "failed"),
    "spf.example": (550, "5.7.23", "authfailure", "failed"),
    "closed.example": (554, "5.3.2", "notaccept", "failed"),
    "big.example": (552, "5.3.4", "mesgtoobig", "failed"),
    "grey.example": (450, "4.7.1", "blocked", "deferred"),
    "busy.example": (421, "4.3.2", "toomanyconn", "deferred"),
    "broken.example": (451, "4.3.0", "systemerror", "deferred"),
}
# The words of the server itself. OpenSMTPD does not tell of mails that wait for a host, only of the host.
OWN_WORDS: dict[str, dict[str, Told]] = {
    "postfix": {
        "big.example": (None, "5.3.4", "mesgtoobig", "failed"),
        "gone.example": (None, "4.4.2", "networkerror", "deferred"),
        "silent.example": (None, "4.4.1", "networkerror", "deferred"),
        "plain.example": (None, "4.7.4", "failedstarttls", "deferred"),
        "no-tls.example": (454, "4.7.0", "failedstarttls", "deferred"),
        "bad-tls.example": (None, "4.7.5", "failedstarttls", "deferred"),
    },
    "exim": {
        "gone.example": (None, None, "networkerror", "deferred"),
        "silent.example": (None, None, "networkerror", "deferred"),
        "plain.example": (None, None, "failedstarttls", "deferred"),
        "no-tls.example": (None, None, "failedstarttls", "deferred"),
        "bad-tls.example": (None, None, "failedstarttls", "deferred"),
    },
    "opensmtpd": {
        "big.example": (None, None, "mesgtoobig", "failed"),
        "closed.example": (554, "5.3.2", "notaccept", "unknown"),
        "busy.example": (421, "4.3.2", "toomanyconn", "unknown"),
        "gone.example": (None, None, "networkerror", "deferred"),
        "silent.example": (None, None, "networkerror", "unknown"),
        "plain.example": (None, None, "failedstarttls", "unknown"),
        "no-tls.example": (454, "4.7.0", "failedstarttls", "unknown"),
        "bad-tls.example": (None, None, "failedstarttls", "unknown"),
    },
    "sendmail": {
        "fine.example": (None, "2.0.0", "accepted", "accepted"),
        "gone.example": (None, "4.4.2", "networkerror", "deferred"),
        "silent.example": (None, "4.4.1", "networkerror", "deferred"),
        "plain.example": (454, "4.7.0", "failedstarttls", "deferred"),
        "no-tls.example": (454, "4.7.0", "failedstarttls", "deferred"),
        "bad-tls.example": (454, "4.7.0", "failedstarttls", "deferred"),
    },
}
COMMANDS = {
    "unknown.example": "RCPT",
    "full.example": "RCPT",
    "spam.example": "DATA",
    "spf.example": "MAIL",
    "closed.example": "greeting",
    "grey.example": "RCPT",
    "busy.example": "greeting",
    "broken.example": "DATA",
}
RETURNED = {
    name: sum((REPLIES | own)[domain][3] == "failed" for domain in REPLIES | own) for name, own in OWN_WORDS.items()
}
GIVES_UP = ("postfix", "exim", "sendmail")


@pytest.fixture(scope="module", params=NAMES)
def sent(
    request: pytest.FixtureRequest,
    server_folder: Path,
    certificates: Certificates,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Sent]:
    name = request.param
    if name == "opensmtpd" and not may_isolate("mount"):
        pytest.skip("two OpenSMTPDs on one machine need a mount namespace each")
    if name == "sendmail" and not may_isolate("uts"):
        pytest.skip("sleeps a minute at every start on a host without a full name")
    with sending(name, server_folder, certificates, tmp_path_factory.mktemp(name), RETURNED[name]) as done:
        yield done


def told(item: Item) -> Told:
    return item["code"], item["enhanced"], item["reason"], item["state"]


def test_the_log_tells_of_each_mail_once(sent: Sent) -> None:
    items = items_of(sent.log)
    for domain, fate in (REPLIES | OWN_WORDS[sent.name]).items():
        at_its_host = [item for item in items if item["host"] == sent.hosts[domain] and item["source"] == sent.name]
        mails = [item for item in at_its_host if item["recipient"]]
        item = (mails or at_its_host)[0]
        assert told(item) == fate, item["input"]
        assert [mail["recipient"] for mail in mails] == ([] if fate[3] == "unknown" else [f"ann@{domain}"])
        assert verb(item) in {"", COMMANDS.get(domain, verb(item))}, item["input"]
        assert (item["sender"] or SENDER, bool(item["summary"])) == (SENDER, True)
        # What else is told of that host agrees; that a route is out of use follows from it.
        others = {other["reason"] for other in at_its_host if "No valid route" not in other["input"]}
        assert others == {fate[2]}, others


def test_no_line_of_the_log_is_unread(sent: Sent) -> None:
    assert unread(sent.log) == 0
    assert unexplained(sent.log) == []


def test_the_queue_says_what_waits_and_why(sent: Sent) -> None:
    expected = REPLIES | OWN_WORDS[sent.name]
    waiting = {f"ann@{domain}" for domain, fate in expected.items() if fate[3] in {"deferred", "unknown"}}
    for queue in sent.queues:
        items = items_of(queue)
        assert {item["recipient"] for item in items} == waiting
        assert {(item["sender"], item["state"]) for item in items} == {(SENDER, "deferred")}
        assert unread(queue) == 0
        for item in items:
            fate = expected[item["recipient"].partition("@")[2]]
            # Exim does not tell why, nor does OpenSMTPD where a host could not be used.
            if item["reason"] != "onhold":
                assert (item["code"], item["reason"]) in {(fate[0], fate[2]), (None, fate[2])}, item["input"]
    reasons = {item["reason"] for item in items_of(sent.queues[0])}
    assert (reasons == {"onhold"}) is (sent.name == "exim")


def test_each_bounce_tells_why(sent: Sent) -> None:
    expected = {domain: fate for domain, fate in (REPLIES | OWN_WORDS[sent.name]).items() if fate[3] == "failed"}
    items = {item["recipient"].partition("@")[2]: item for item in items_of(sent.bounces)}
    assert items.keys() == expected.keys()
    for domain, (code, enhanced, reason, state) in expected.items():
        item = items[domain]
        # OpenSMTPD names no host in its bounces, and has 5.0.0 for every failure of its own.
        assert told(item) == (code, enhanced or "5.0.0", reason, state), item["input"]
        assert (item["host"], item["sender"]) == (None if sent.name == "opensmtpd" else sent.hosts[domain], SENDER)
        assert verb(item) in ({""} if sent.name == "opensmtpd" else {COMMANDS.get(domain, verb(item))})


def test_a_bounce_prints_the_command_that_shows_more(sent: Sent) -> None:
    screen = explained(sent.bounces / "unknown.example")
    assert f"smtpprobe trace ann@unknown.example --from {SENDER}" in screen
    assert "userunknown: there is no such mailbox" in screen


def test_a_mail_that_was_given_up_has_the_reason_of_its_last_attempt(sent: Sent) -> None:
    if sent.name not in GIVES_UP:
        pytest.skip("has no command for it")
    expected = {domain: fate for domain, fate in (REPLIES | OWN_WORDS[sent.name]).items() if fate[3] == "deferred"}
    items = {item["recipient"].partition("@")[2]: item for item in items_of(sent.given_up)}
    assert items.keys() == expected.keys()
    for domain, (code, _, reason, _) in expected.items():
        item = items[domain]
        # Exim forgets what it told in its log, but for replies.
        forgotten = sent.name == "exim" and code is None
        assert item["reason"] == ("expired" if forgotten else reason), item["input"]
        assert item["state"] == "failed"
        assert item["code"] in {code, 451 if domain == "gone.example" else code}
