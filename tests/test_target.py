"""What a user may type as a target, an EHLO name, an address or a command line, and how the rest is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smtpprobe.model import Target
from smtpprobe.outcome import TlsMode
from smtpprobe.target import TargetError, check_address, check_ehlo_name, check_line, host_name, parse

IMPLICIT = TlsMode.IMPLICIT


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("mail.example.com", "mail.example.com", 25),
        ("mail.example.com.", "mail.example.com", 25),
        ("Mail.EXAMPLE.com:587", "mail.example.com", 587),
        ("localhost:2525", "localhost", 2525),
        ("my_server", "my_server", 25),
        ("192.0.2.1", "192.0.2.1", 25),
        ("192.0.2.1:00587", "192.0.2.1", 587),
        ("2001:DB8:0::1", "2001:db8::1", 25),
        ("2001:db8::1:587", "2001:db8::1:587", 25),
        ("[2001:db8::1]", "2001:db8::1", 25),
        ("[2001:db8::1]:587", "2001:db8::1", 587),
        ("fe80::1%eth0", "fe80::1%eth0", 25),
        ("smtp://mail.example.com", "mail.example.com", 25),
        ("SMTP://mail.example.com:2525/", "mail.example.com", 2525),
        ("smtp://[::1]:2525", "::1", 2525),
        ("submission://mail.example.com", "mail.example.com", 587),
        ("bücher.example", "xn--bcher-kva.example", 25),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah", 25),
        ("xn--bcher-kva.example", "xn--bcher-kva.example", 25),
        ("straße.example", "strasse.example", 25),
        (f"{'a' * 63}.example", f"{'a' * 63}.example", 25),
    ],
)
def test_hosts_and_ports(text: str, host: str, port: int) -> None:
    assert parse(text) == Target(text, host, port)


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("h:465", 465),
        ("smtps://h", 465),
        ("smtps://h:2465", 2465),
        ("submissions://h", 465),
        ("submission://h:465", 465),
    ],
)
def test_tls_from_the_first_byte(text: str, port: int) -> None:
    assert parse(text) == Target(text, "h", port, IMPLICIT)


def test_a_port_of_ones_own_wins_over_the_general_one() -> None:
    assert parse("h:587", port=2525).port == 587
    assert parse("h", port=2525).port == 2525
    assert parse("smtps://h", port=2525) == Target("smtps://h", "h", 2525, IMPLICIT)
    assert parse("h", port=465).tls is IMPLICIT


def test_what_was_asked_for_of_tls_wins() -> None:
    assert parse("smtps://h", tls=TlsMode.STARTTLS).tls is TlsMode.STARTTLS
    assert parse("h:465", tls=TlsMode.NONE).tls is TlsMode.NONE
    assert parse("h", tls=IMPLICIT) == Target("h", "h", 25, IMPLICIT)


def test_lmtp_and_unix_sockets() -> None:
    assert parse("lmtp://h") == Target("lmtp://h", "h", 24, lmtp=True)
    assert parse("lmtp://h:2003").port == 2003
    assert parse("unix:/run/smtp") == Target("unix:/run/smtp", "", 0, path="/run/smtp")
    assert parse("UNIX:///run/smtp").path == "/run/smtp"
    assert parse("lmtp+unix:run/lm tp") == Target("lmtp+unix:run/lm tp", "", 0, lmtp=True, path="run/lm tp")


def test_a_domain_whose_mx_are_wanted() -> None:
    assert parse("example.com", mx=True) == Target("example.com", "example.com", 25, mx=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("mail example.com", "a space"),
        (" h", "a space"),
        ("h\r\nDATA", r"\r\n"),
        ("\x1b[31mh", r"\x1b[31mh"),
        ("h\u202e", r"\u202e"),
        ("h\udcff", "not valid UTF-8"),
        ("h:0", "between 1 and 65535"),
        ("h:65536", "between 1 and 65535"),
        ("h:smtp", "no number"),
        ("h:", "no number"),
        ("h:-25", "no number"),
        ("h:٢٥", "no number"),
        (f"h:{'9' * 5000}", "no number"),
        (":25", "names no host"),
        ("smtp://", "names no host"),
        (f"{'a' * 64}.example", "63"),
        (".".join(["a" * 60] * 5), "253"),
        ("ü" * 250, "IDNA"),
        (".".join(["ü" * 40] * 6), "253"),
        ("a..b", "empty label"),
        (".", "empty label"),
        ("-v", "hyphen"),
        ("ex*mple.com", "'*'"),
        ("exa／mple.com", "'/'"),
        ("1.2.3", "IPv4"),
        ("256.1.1.1", "IPv4"),
        ("010.0.0.1", "IPv4"),
        ("0x7f000001", "IPv4"),
        ("2130706433", "IPv4"),
        ("１２７.0.0.1", "IPv4"),
        ("[::1", "brackets"),
        ("[::1]25", "brackets"),
        ("[::1]:", "no number"),
        ("[192.0.2.1]", "IPv6"),
        ("[IPv6:::1]", "IPv6"),
        ("[]", "IPv6"),
        ("a:b:c", "IPv6"),
        ("fe80::1%", "IPv6"),
        ("fe80::1%<b>", "IPv6"),
        ("smpt://h", "smtp://"),
        ("smtpss://h", "smtps://"),
        ("lmtps://h", "lmtp://"),
        ("://h", "unknown"),
        ("user@example.com", "--mx example.com"),
        ("mailto:user@example.com", "--mx example.com"),
        ("user@", "--mx DOMAIN"),
        ("h/path", "path"),
        ("h/", "path"),
        ("smtp://h/path", "path"),
        ("smtp://h?x=1", "'?'"),
        ("unix:", "path of a socket"),
        (f"unix:/{'x' * 107}", "107"),
    ],
)
def test_refused_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(TargetError) as caught:
        parse(text)
    sentence = str(caught.value)
    assert said in sentence
    assert sentence.isprintable()
    assert ": " in sentence  # what is wrong: what to do next
    assert sentence.endswith(".")
    assert len(sentence) < 250


@pytest.mark.parametrize("text", ["smtp://user:hunter2@h", "user:hunter2@h", "smtp://hunter2@h", "smtp://h/hunter2@x"])
def test_a_password_in_a_target_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(TargetError) as caught:
        parse(text)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("text", ["192.0.2.1", "[::1]", "lmtp://h", "unix:/run/smtp"])
def test_mx_is_for_domains(text: str) -> None:
    with pytest.raises(TargetError, match="--mx"):
        parse(text, mx=True)


@pytest.mark.parametrize("port", [0, -1, 65536, 10**100])
def test_the_general_port_has_a_range(port: int) -> None:
    with pytest.raises(TargetError, match="between 1 and 65535"):
        parse("h", port=port)


def test_a_unix_socket_has_no_port() -> None:
    with pytest.raises(TargetError, match="--port"):
        parse("unix:/run/smtp", port=25)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mail.example.com", "mail.example.com"),
        ("[192.0.2.1]", "[192.0.2.1]"),
        ("[IPv6:2001:DB8::1]", "[IPv6:2001:db8::1]"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_ehlo_names(text: str, name: str) -> None:
    assert check_ehlo_name(text) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("192.0.2.1", "write [192.0.2.1]."),
        ("::1", "write [IPv6:::1]."),
        ("[::1]", "write [IPv6:::1]."),
        ("[IPv6:192.0.2.1]", "write [192.0.2.1]."),
        ("fe80::1%eth0", "write [IPv6:fe80::1]."),
        ("[example.com]", "no address literal"),
        ("me\r\nDATA", r"\r\n"),
        ("me SIZE=1", "' '"),
        ("", "empty"),
    ],
)
def test_ehlo_names_refused(text: str, said: str) -> None:
    with pytest.raises(TargetError) as caught:
        check_ehlo_name(text)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        ("<>", ""),
        ("user@example.com", "user@example.com"),
        ("<user@example.com>", "user@example.com"),
        ("postmaster", "postmaster"),
        ('"odd name>"@example.com', '"odd name>"@example.com'),
        (r'"a\"b"@example.com', r'"a\"b"@example.com'),
        ("user@bücher.example", "user@xn--bcher-kva.example"),
        ("jürgen@example.com", "jürgen@example.com"),
        ("a%b@c@[192.0.2.1]", "a%b@c@[192.0.2.1]"),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert check_address(text) == address


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a@b> SIZE=1", "angle bracket"),
        ("<a@b> SIZE=1 <c>", "angle bracket"),
        ("a b@c", "space"),
        ('"a b@c', "quote"),
        ("a@b\\", "quote"),
        ("a@b\r\nDATA", r"\r\n"),
        ("a@b\0", r"\x00"),
        ("a\udcff@b", "UTF-8"),
        (f"{'a' * 310}@example.com", "320"),
        (f"{'ü' * 160}@example.com", "320"),
        ("a@ü..de", "empty label"),
    ],
)
def test_addresses_refused(text: str, said: str) -> None:
    with pytest.raises(TargetError) as caught:
        check_address(text)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "text",
    ["NOOP", "noop x", "BDAT", "AUTH PLAIN", "AUTH", "ETRN", "XCLIENT", "DATABASE", "MAIL FROM:<data@x>", "A" * 510],
)
def test_lines(text: str) -> None:
    assert check_line(text) == text.encode()


def test_a_line_beyond_ascii_is_utf_8() -> None:
    assert check_line("VRFY jürgen") == b"VRFY j\xc3\xbcrgen"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *[(line, "DATA would") for line in ("DATA", "data", " DATA", "DATA x", "DATA;", '"DATA', ".data")],
        *[(line, "BDAT with") for line in ("BDAT 0 LAST", "bdat 5", "BDAT  +1", "BDAT LAST")],
        *[(line, "AUTH with") for line in ("AUTH PLAIN AGEAYg==", "auth plain =", "AUTH:PLAIN x y")],
        ("BURL imap://x LAST", "BURL makes"),
        ("STARTTLS", "STARTTLS is left"),
        ("QUIT", "QUIT ends"),
        ("ETRN example.com", "queue run"),
        ("XCLIENT ADDR=192.0.2.1", "identity"),
        ("XFORWARD ADDR=192.0.2.1", "another client"),
        ("", "empty"),
        ("  ", "empty"),
        ("NOOP\r\nDATA", r"\r\n"),
        ("NOOP\x85DATA", r"\x85"),
        ("VRFY \udcff", "UTF-8"),
        ("A" * 511, "510"),
        ("ü" * 256, "510"),
    ],
)
def test_lines_refused(text: str, said: str) -> None:
    with pytest.raises(TargetError) as caught:
        check_line(text)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


PIECES = st.sampled_from(
    [*'[]:/@.%-<>"\\ \r\n\0', "::1", "smtp://", "unix:", "25", "ü", "example", "xn--", "。", "\udcff"]
)
TEXTS = st.text(st.characters(), max_size=300) | st.lists(PIECES, max_size=12).map("".join)


T = TypeVar("T")
P = ParamSpec("P")


def outcome(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | str:
    """What the function gives, or the sentence of its TargetError."""
    try:
        return function(*args, **kwargs)
    except TargetError as error:
        return str(error)


@given(TEXTS, st.none() | st.integers(), st.booleans(), st.none() | st.sampled_from(list(TlsMode)))
@example("xn--\x80.example", None, False, None)
def test_parse_raises_nothing_else_and_lets_no_control_character_through(
    text: str, port: int | None, mx: bool, tls: TlsMode | None
) -> None:
    target = outcome(parse, text, port=port, mx=mx, tls=tls)
    if isinstance(target, str):
        assert target.isprintable()
        return
    assert f"{target.text}{target.host}{target.path or ''}".isprintable()
    assert (target.path is None) == bool(target.host)
    assert target.host.isascii()
    assert 1 <= target.port <= 65535 or target.path
    assert parse(text, port=port, mx=mx, tls=tls) == target


@given(TEXTS)
def test_what_a_host_name_becomes_is_one(text: str) -> None:
    try:
        name = host_name(text)
    except TargetError:
        return
    assert host_name(name) == name
    assert name.encode("idna") == name.encode()


@given(TEXTS | TEXTS.map("<{}>".format), st.sampled_from([check_ehlo_name, check_address, check_line]))
def test_the_checks_raise_nothing_else_and_let_no_line_end_through(
    text: str, check: Callable[[str], str | bytes]
) -> None:
    found = outcome(check, text)
    assert (found if isinstance(found, str) else found.decode()).isprintable()
