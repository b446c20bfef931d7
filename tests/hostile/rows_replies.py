"""Servers whose replies break the grammar, or stretch it."""

from __future__ import annotations

import asyncio

from behaviour import ANSWERED, INCONCLUSIVE, NOT_SMTP, UNREACHABLE, Behaviour, Check, Hostile, Peer
from courtesy import GREETING, courteous, ehlo, lines_without_end, silence, then
from holding import Held

from smtpprobe.outcome import Defect, FailureKind

HELP_40K = b"".join([b"214-%04d %s\r\n" % (n, b"h" * 500) for n in range(78)]) + b"214 the end answers=HELP\r\n"
HELP_70K = b"".join([b"214-%04d %s\r\n" % (n, b"h" * 500) for n in range(140)]) + b"214 the end answers=HELP\r\n"
ESCAPES = b"\x1b]0;owned\x07\x1b[2J\x1b]52;c;cm0gLXJmIH4=\x07\x9b31m"
BIDI = "\u202egpj.exe\u202c \u200b\ufeff".encode()
ASKING_HELP = {"only": ("help",), "lines": ()}


def dripping(answer: bytes) -> Hostile:
    """An octet a segment."""

    async def script(peer: Peer) -> None:
        await peer.drip(answer)

    return script


async def just_in_time(peer: Peer) -> None:
    """Half a second before the time is over, or after half of it."""
    await asyncio.sleep(max(peer.step - 0.5, peer.step / 2))
    peer.send(b"250 ok\r\n")


def whole(reply: bytes) -> Check:
    """Not an octet of this reply is missing."""

    def check(held: Held) -> list[str]:
        return [] if any(one.reply and one.reply.raw == reply for one in held.exchanges) else ["the reply is not whole"]

    return check


def malformed(name: str, sends: str, reply: bytes, reference: str | None = None, kept: bytes = b"") -> Behaviour:
    """NOOP gets what is no reply: the dialogue is over."""
    return Behaviour(
        name,
        sends,
        courteous({b"NOOP": then(reply, silence)}),
        *ANSWERED,
        kinds=(FailureKind.MALFORMED,),
        evidence=(kept or reply,),
        check=nothing_more,
        reference=reference,
    )


def nothing_more(held: Held) -> list[str]:
    """The client fell silent after NOOP on its connection."""
    said = [lines for lines in held.heard if b"NOOP" in lines and lines[-1] != b"NOOP"]
    return [f"after NOOP it still said {said}"] if said else []


def odd(name: str, sends: str, reply: bytes, *defects: Defect, reference: str | None = None) -> Behaviour:
    """NOOP gets a reply that can be understood, and something is noted of it."""
    return Behaviour(
        name,
        sends,
        courteous({b"NOOP": reply}),
        *ANSWERED,
        defects=defects,
        evidence=(reply,),
        check=understood,
        reference=reference,
    )


def no_message(held: Held) -> list[str]:
    """After a 354 nothing is sent that could become a message."""
    return [] if all(line not in lines for lines in held.heard for line in (b"*", b".")) else [f"heard {held.heard}"]


def understood(held: Held) -> list[str]:
    codes = [one.code for one in held.exchanges if one.command and one.command.verb == "NOOP"]
    return [] if codes and codes[0] else [f"NOOP got {codes}"]


ROWS = (
    Behaviour(
        "bare_LF",
        "LF alone ends each line",
        courteous({b"EHLO": ehlo(b"HELP").replace(b"\r", b"")}, greeting=GREETING.replace(b"\r", b"")),
        *ANSWERED,
        defects=(Defect.BARE_LF,),
        evidence=(b"answers=GREETING\n",),
        reference="bare_LF",
    ),
    Behaviour(
        "bare_CR",
        "CR alone ends each line",
        courteous(greeting=GREETING.replace(b"\n", b"")),
        *UNREACHABLE,
        FailureKind.TIMEOUT,
        evidence=(GREETING[:-2],),
        waits=True,
    ),
    Behaviour(
        "cr_cr_lf",
        "CR CR LF ends each line",
        courteous({b"EHLO": ehlo(b"HELP").replace(b"\r", b"\r\r")}, greeting=GREETING.replace(b"\r", b"\r\r")),
        *ANSWERED,
        defects=(Defect.BARE_CR,),
        evidence=(b"\r\r\n",),
    ),
    Behaviour(
        "lf_cr",
        "LF CR ends each line",
        courteous({b"EHLO": ehlo(b"HELP").replace(b"\r\n", b"\n\r")}, greeting=GREETING.replace(b"\r\n", b"\n\r")),
        *NOT_SMTP,
        FailureKind.MALFORMED,
        defects=(Defect.BARE_LF,),
    ),
    Behaviour(
        "code_only",
        "`220` and `250` without a text",
        courteous({b"EHLO": b"250\r\n", b"NOOP": b"250\r\n"}, greeting=b"220\r\n"),
        *ANSWERED,
        defects=(Defect.NO_TEXT,),
        reference="code_only",
    ),
    Behaviour(
        "two_digit_code",
        "`22 mx`",
        courteous(greeting=b"22 mx\r\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        kinds=(FailureKind.MALFORMED,),
        evidence=(b"22 mx\r\n",),
        reference="two_digit_code",
    ),
    malformed("four_digit_code", "`2500 mx` to NOOP", b"2500 mx\r\n", "four_digit_code"),
    malformed("non_digit", "`abc hello` to NOOP", b"abc hello\r\n", "non_digit"),
    malformed("signed_code_plus25", "`+25 hello` to NOOP", b"+25 hello\r\n", "signed_code_plus25"),
    malformed("code_000_and_999", "`000 zero` to NOOP", b"000 zero\r\n", "code_000_and_999"),
    malformed("code_999", "`999 high` to NOOP", b"999 high\r\n"),
    malformed("code_199", "`199 preliminary` to NOOP", b"199 preliminary\r\n"),
    malformed("code_with_an_underscore", "`2_5 ok` to NOOP, a number to Python's int()", b"2_5 ok\r\n"),
    malformed("code_with_letter_o", "`25O ok` to NOOP", b"25O ok\r\n"),
    malformed("code_in_wide_digits", "`２５０ ok` to NOOP, digits to Unicode", "２５０ ok\r\n".encode()),
    malformed("code_and_tab", "`250` TAB `ok` to NOOP", b"250\tok\r\n"),
    malformed("echo", "the command itself", b"NOOP\r\n"),
    malformed(
        "reply_in_utf16", "`250 ok` to NOOP in UTF-16", "250 ok\r\n".encode("utf-16-le"), kept=b"2\x005\x000\x00 "
    ),
    malformed("empty_line", "CR LF to NOOP", b"\r\n"),
    malformed(
        "multiline_code_mismatch", "`550-no`, then `250 HELP`", b"550-no\r\n250 HELP\r\n", "multiline_code_mismatch"
    ),
    malformed("text_in_mid_reply", "`250-a`, then a line without a code", b"250-a\r\nand more\r\n"),
    odd("space_missing_text", "`250 ` and nothing behind", b"250 \r\n", Defect.NO_TEXT),
    odd("code_570", "`570 x` to NOOP, outside the grammar", b"570 x answers=NOOP\r\n", Defect.OUTSIDE_GRAMMAR),
    odd(
        "enhanced_code_of_another_class",
        "`250 5.7.1 ok` to NOOP",
        b"250 5.7.1 ok answers=NOOP\r\n",
        Defect.ENHANCED_CLASS_DIFFERS,
    ),
    odd("enhanced_code_of_10_digits", "`250 2.9999999999.1 ok` to NOOP", b"250 2.9999999999.1 ok answers=NOOP\r\n"),
    Behaviour(
        "NUL_in_reply",
        "NUL in greeting and keyword",
        courteous(greeting=b"220 m\0x answers=GREETING\r\n", keywords=(b"SI\0ZE 10", b"HELP")),
        *ANSWERED,
        defects=(Defect.NUL, Defect.KEYWORD_ILLEGAL),
        evidence=(b"m\0x", b"SI\0ZE"),
        reference="NUL_in_reply",
    ),
    odd(
        "invalid_utf8",
        "octets FF FE C3 28",
        b"250 \xff\xfe\xc3\x28 answers=NOOP\r\n",
        Defect.NOT_UTF8,
        reference="invalid_utf8",
    ),
    odd(
        "terminal_escapes",
        "ESC ]0;, ESC [2J, OSC 52, 0x9B",
        b"250 " + ESCAPES + b" answers=NOOP\r\n",
        Defect.CONTROL,
        Defect.NOT_UTF8,
        reference="terminal_escapes",
    ),
    odd(
        "format_directives",
        "`%n%s {0.__class__} {target} $HOME [bold]` to NOOP",
        b"250 %n%s {0.__class__} {target} ${HOME} [bold red]x[/] answers=NOOP\r\n",
    ),
    odd("bidirectional_text", "a bidi override and zero-width characters", b"250 " + BIDI + b"\r\n", Defect.NOT_ASCII),
    odd("backspaces", "40 backspaces over the code", b"250 no\x08" + b"\x08" * 39 + b"550\r\n", Defect.CONTROL),
    Behaviour(
        "an_octet_a_segment",
        "valid replies, one octet a segment",
        then(
            dripping(GREETING),
            courteous(
                {b"EHLO": dripping(ehlo(b"HELP")), b"NOOP": dripping(b"250-a\r\n250 b answers=NOOP\r\n")}, greeting=b""
            ),
        ),
        *ANSWERED,
        evidence=(ehlo(b"HELP"), b"250-a\r\n250 b answers=NOOP\r\n"),
    ),
    Behaviour(
        "every_reply_2_5s",
        "every reply half a second before the step is over",
        courteous({b"any": just_in_time}),
        *INCONCLUSIVE,
        FailureKind.DEADLINE,
        settings={"only": (), "lines": ("NOOP",) * 8},
        waits=True,
        reference="every_reply_2_5s",
    ),
    Behaviour(
        "valid_lines_each_in_time",
        "NOOP: a valid line each quarter of the step, without end",
        courteous({b"NOOP": lines_without_end}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        evidence=(b"250-X-SLOW",),
        waits=True,
    ),
    Behaviour(
        "last_line_with_a_hyphen",
        "`250-ok` and no more to NOOP",
        courteous({b"NOOP": then(b"250-ok answers=NOOP\r\n", silence)}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        evidence=(b"250-ok answers=NOOP",),
        waits=True,
    ),
    Behaviour(
        "first_line_without_a_hyphen",
        "EHLO: `250 mx`, then `250-HELP` and `250 SIZE`",
        courteous({b"EHLO": b"250 mx.example answers=EHLO\r\n250-HELP\r\n250 SIZE\r\n"}),
        *ANSWERED,
        kinds=(FailureKind.UNSOLICITED,),
        observed=("unsolicited",),
        evidence=(b"250-HELP\r\n250 SIZE\r\n",),
    ),
    Behaviour(
        "help_40k",
        "a valid HELP of 40 KB",
        courteous({b"HELP": HELP_40K}),
        *ANSWERED,
        settings=ASKING_HELP,
        check=whole(HELP_40K),
    ),
    Behaviour(
        "help_70k",
        "a HELP of 70 KB, over the limit",
        courteous({b"HELP": HELP_70K}),
        *ANSWERED,
        kinds=(FailureKind.REPLY_TOO_LONG,),
        evidence=(HELP_70K[:60_000],),
        settings=ASKING_HELP,
    ),
    Behaviour(
        "334_to_noop",
        "334 to NOOP, as if it were AUTH",
        courteous({b"NOOP": b"334 VXNlcm5hbWU6\r\n", b"EHLO": ehlo(b"HELP")}),
        *ANSWERED,
        evidence=(b"334 VXNlcm5hbWU6",),
    ),
    Behaviour(
        "334_to_everything",
        "334 to all but EHLO, `*` as well",
        courteous({b"any": b"334 \r\n", b"EHLO": ehlo(b"AUTH PLAIN", b"HELP")}),
        *ANSWERED,
        evidence=(b"334 \r\n",),
    ),
    Behaviour(
        "354_to_mail",
        "354 to MAIL, as if it were DATA",
        courteous({b"MAIL": b"354 go ahead answers=MAIL\r\n"}),
        *ANSWERED,
        evidence=(b"354 go ahead",),
        check=no_message,
    ),
    Behaviour(
        "354_to_noop_then_451",
        "354 to NOOP, and 451 behind it",
        courteous({b"NOOP": b"354 go ahead answers=NOOP\r\n451 4.3.0 no after all\r\n"}),
        *ANSWERED,
        evidence=(b"354 go ahead", b"451 4.3.0"),
        check=no_message,
    ),
    Behaviour(
        "251_to_everything",
        "251 to everything",
        courteous({b"any": b"251 somewhere else\r\n", b"EHLO": ehlo(b"HELP")}),
        *ANSWERED,
        evidence=(b"251 somewhere else",),
    ),
)
