"""Single replies set from outside: what is written, what a client then hears, and mistakes told in one sentence."""

from __future__ import annotations

import pytest
from fake_client import Client, hold
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from smtpprobe.fake import FakeServer, Personality, PersonalityError, load, replying
from smtpprobe.fake.personality import Auth
from smtpprobe.fake.replying import Reply, read

PLAIN = Personality(summary="for a test", greeting="220 {hostname} ESMTP")


def hear(replies: dict[str, Reply], dialogue: str, personality: Personality = PLAIN) -> None:
    """Set these replies, then hold the dialogue: ``COMMAND => whole reply``, the greeting behind an empty command."""

    async def talk(server: FakeServer, client: Client) -> None:
        for row in dialogue.strip().splitlines():
            command, _, expected = row.strip().rpartition("=> ")
            if expected == "<tls>":
                await client.start_tls(personality.hostname)
                continue
            reply = await (client.say(command.strip()) if command else client.hear())
            assert reply == expected.replace("\\n", "\n").replace("<closed>", ""), row

    hold(replying(personality, replies), talk)


@pytest.mark.parametrize(
    ("text", "key", "reply"),
    [
        ("RCPT=504 5.5.4 no", "RCPT", "504 5.5.4 no"),
        ("rcpt = 504 5.5.4 a=250 b", "RCPT", "504 5.5.4 a=250 b"),
        (".=250 done", "END", "250 done"),
        ("RCPT TO:<ann@example.org>=550 5.1.1 no", "RCPT TO:<ann@example.org>", "550 5.1.1 no"),
        ("MAIL FROM:<> SIZE=250 RET=HDRS=555 5.5.4 no", "MAIL FROM:<> SIZE=250 RET=HDRS", "555 5.5.4 no"),
        ("MAIL FROM:<> SIZE=100=552", "MAIL FROM:<> SIZE=100", "552"),
        ("HELP me=214-a\\n214 b", "HELP me", "214-a\n214 b"),
        ("HELP=214-a\\n214 b", "HELP", "214-a\n214 b"),
        ("HELP=214 CORP\\\\name", "HELP", "214 CORP\\name"),
        ("EHLO=SIZE 5\\nAUTH=PLAIN", "EHLO", "SIZE 5\nAUTH=PLAIN"),
    ],
)
def test_a_reply_as_it_is_written(text: str, key: str, reply: str) -> None:
    assert read(text) == (key, reply)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("RCPT", "'RCPT' sets no reply: write a command, '=' and what answers it"),
        ("", "'' sets no reply"),
        ("=504 no", "'' is no command"),
        ("RCPT TO:<a@b>=no", "sets no reply"),
        ("RCPT=", "RCPT: '' is no reply; each line begins with a code from 200 to 599"),
        ("RCPT=no", "RCPT: 'no' is no reply"),
        ("RCPT=199 no", "is no reply"),
        ("RCPT=600 no", "is no reply"),
        ("RCPT=5504 no", "is no reply"),
        ("RCPT=504no", "is no reply"),
        ("RCPT=550-a\\n451 b", "RCPT: one reply has one code, not 451 and 550"),
        ("RCPT=550 a\\nb", "'b' is no reply"),
        ("RCPT=550 \x1b[2J", "'550 \\x1b[2J' has a control character"),
        ("RCPT TO:<\r>=550 no", "has a control character"),
        ("RCPT=550 {adress}", "RCPT: there is no placeholder {adress}; known are hostname"),
        ("R\u00e9=250 x", "'R\\xe9' is no command"),
        ("BANNER=220 x", "BANNER is no command: write GREETING."),
        ("connect=220 x", "CONNECT is no command: write GREETING."),
        ("EHLO=SIZE 5\\n_X", "EHLO: '_X' is neither a reply nor a keyword"),
    ],
)
def test_a_mistake_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(PersonalityError) as caught:
        replying(PLAIN, dict([read(text)]))
    sentence = str(caught.value)
    assert said in sentence
    assert sentence.isprintable()
    assert sentence.endswith((".", "'."))


def test_what_is_no_text_is_a_mistake_too() -> None:
    for wrong in (504, b"504 no", ["504-a", 504], None):
        with pytest.raises(PersonalityError, match="a reply is text"):
            replying(PLAIN, {"RCPT": wrong})  # type: ignore[dict-item]


@given(st.text(st.sampled_from("RCPTEHLO=.-<>@ {}\\n\x07\r\n250é0"), max_size=40) | st.text(max_size=40))
def test_whatever_is_written_is_a_reply_or_one_sentence(text: str) -> None:
    said = ""
    try:
        personality = replying(PLAIN, dict([read(text)]))
    except PersonalityError as error:
        personality, said = None, str(error)
    assert (personality is None) == said.endswith(".")
    assert said.isprintable()
    assert len(said) < 500


def test_a_verb_is_answered_whatever_follows_and_whatever_was_said_before() -> None:
    hear(
        {"RCPT": "504 5.5.4 no", "noop": "500 never heard of"},
        """=> 220 mx.example.org ESMTP
        RCPT TO:<a@b.c> => 504 5.5.4 no
        rcpt => 504 5.5.4 no
        RCPTX => 500 5.5.2 Command not recognized
        NOOP => 500 never heard of
        """,
    )


def test_the_longest_key_wins_and_parameters_may_follow() -> None:
    hear(
        {
            "RCPT": "450 4.2.1 {path} is busy",
            "RCPT TO:<ann@example.org>": "550 5.1.1 {address} left",
            "MAIL FROM:<bob@example.org>": "250 2.1.0 bob!",
        },
        """=> 220 mx.example.org ESMTP
        mail from: <BOB@example.org> size=5 => 250 2.1.0 bob!
        RCPT TO:<ann@example.org> => 550 5.1.1 ann@example.org left
        RCPT TO:<ann@example.org> NOTIFY=NEVER => 550 5.1.1 ann@example.org left
        RCPT TO:<ann@example.orgx> => 450 4.2.1 <ann@example.orgx> is busy
        RCPT TO:<eve@example.org> => 450 4.2.1 <eve@example.org> is busy
        """,
    )


def test_hyphens_are_set_and_lists_taken() -> None:
    hear(
        {"HELP": "214 a\n214 b\n214-c", "VRFY": ("252-x", "252"), "EXPN": ["250 one"], "XX": "500"},
        """=> 220 mx.example.org ESMTP
        HELP => 214-a\\n214-b\\n214 c
        VRFY => 252-x\\n252
        EXPN x => 250 one
        XX => 500
        """,
    )


def test_placeholders_and_octets_are_filled_in() -> None:
    hear({"NOOP": "250 {argument} {octet 07}"}, "=> 220 mx.example.org ESMTP\nNOOP hi => 250 hi \x07")


def test_421_is_followed_by_the_end_of_the_connection() -> None:
    rows = "=> 220 mx.example.org ESMTP\nMAIL FROM:<> => 421 4.3.2 later\n=> <closed>"
    hear({"MAIL": "421 4.3.2 later"}, rows)
    hear({"GREETING": "421 4.3.2 later"}, "=> 421 4.3.2 later\n=> <closed>")


@pytest.mark.parametrize("refusal", ["554 5.3.2 no mail here", "450 4.3.2 not now"])
def test_after_a_refusing_greeting_only_quit_is_served(refusal: str) -> None:
    """RFC 5321 3.1."""
    hear(
        {"GREETING": refusal},
        f"""=> {refusal}
        EHLO x.example => 503 5.5.1 Bad sequence of commands
        QUITTING => 503 5.5.1 Bad sequence of commands
        QUIT => 221 2.0.0 Bye
        => <closed>
        """,
    )


def test_a_key_of_its_own_is_served_after_a_refusing_greeting_too() -> None:
    rows = "=> 554 no\nNOOP => 250 still here\nQUIT => 421 bye\n=> <closed>"
    hear({"GREETING": "554 no", "NOOP": "250 still here", "QUIT": "421 bye"}, rows)


def test_a_later_greeting_opens_the_door_again() -> None:
    turned_away = replying(PLAIN, {"GREETING": "554 no"})
    hear({"GREETING": "220 yes"}, "=> 220 yes\nNOOP => 250 2.0.0 OK", turned_away)


def test_ehlo_is_refused_or_promises_what_is_set() -> None:
    hear({"EHLO": "502 5.5.1 no"}, "=> 220 mx.example.org ESMTP\nEHLO x => 502 5.5.1 no\nHELO x => 250 mx.example.org")
    for ehlo in ("SIZE 5\nAUTH PLAIN\nSTARTTLS", "250-mx.example.org\n250-SIZE 5\n250-AUTH PLAIN\n250 STARTTLS"):
        hear(
            {"EHLO": ehlo},
            """=> 220 mx.example.org ESMTP
            EHLO x => 250-mx.example.org\\n250-SIZE 5\\n250-AUTH PLAIN\\n250 STARTTLS
            AUTH LOGIN => 504 5.5.4 Unrecognized authentication type
            STARTTLS => 220 2.0.0 Ready to start TLS
            => <tls>
            EHLO x => 250-mx.example.org\\n250-SIZE 5\\n250 AUTH PLAIN
            """,
        )


def test_a_login_is_taken_or_refused_at_its_first_line() -> None:
    rows = "=> 220 mx.example.org ESMTP\nEHLO x => 250 mx.example.org\n"
    hear({"AUTH": "535 5.7.8 no"}, rows + "AUTH LOGIN => 535 5.7.8 no")
    closed = replace(PLAIN, auth=Auth(required=True))
    refused = "MAIL FROM:<> => 530 5.7.0 Authentication required\n"
    hear({"AUTH": "235 2.7.0 in"}, rows + refused + "AUTH XX => 235 2.7.0 in\nMAIL FROM:<> => 250 2.1.0 OK", closed)


def test_starttls_may_be_refused_and_is_never_done_twice() -> None:
    hear({"STARTTLS": "454 4.7.0 not now"}, "=> 220 mx.example.org ESMTP\nSTARTTLS => 454 4.7.0 not now")
    hear(
        {"STARTTLS": "220 go"},
        """=> 220 mx.example.org ESMTP
        STARTTLS => 220 go
        => <tls>
        STARTTLS => 503 5.5.1 TLS already active
        """,
    )


def test_the_end_of_a_message_is_answered_and_the_message_is_kept_where_it_is_taken() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        for line in ("EHLO x", "MAIL FROM:<ann@example.org> SIZE=9", "RCPT TO:<bob@example.net>"):
            assert (await client.say(line)).startswith("250")
        assert await client.say("DATA") == "354 go on"
        answers.append(await client.say("Subject: hi\r\n\r\n..dot\r\n."))
        kept.append(server.messages)

    answers: list[str] = []
    kept: list[tuple[object, ...]] = []
    for reply in ("250 2.0.0 thanks", "554 5.7.1 spam"):
        hold(replying(load("accepting"), {"DATA": "354 go on", "END": reply}), talk)
    assert answers == ["250 2.0.0 thanks", "554 5.7.1 spam"]
    assert [len(messages) for messages in kept] == [1, 0]


def test_the_order_of_commands_is_still_kept_for_all_others() -> None:
    hear(
        {"RCPT": "250 2.1.5 fine"},
        """=> 220 mx.example.org ESMTP
        MAIL FROM:<> => 503 5.5.1 Send EHLO first
        RCPT TO:<a@b.c> => 250 2.1.5 fine
        """,
    )
