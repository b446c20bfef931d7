"""A list of targets, read as its lines come: well written, badly written, and hostile."""

from __future__ import annotations

import io
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.model import Target
from smtpprobe.outcome import TlsMode
from smtpprobe.scan.reading import LINE_LIMIT, Entry, Mistake, Span, lines, literal, read
from smtpprobe.target import parse


def items(*given: bytes, mx: bool = False, port: int | None = None) -> list[Entry | Span | Mistake]:
    return list(read(given, "list.txt", mx=mx, port=port))


def one(line: bytes | str, *, mx: bool = False, port: int | None = None) -> Entry | Span | Mistake:
    (item,) = items(line.encode() if isinstance(line, str) else line, mx=mx, port=port)
    return item


def target(line: str, *, mx: bool = False, port: int | None = None) -> Target:
    item = one(line, mx=mx, port=port)
    assert isinstance(item, Entry), item
    return item.target


def words(line: bytes | str, *, mx: bool = False, port: int | None = None) -> str:
    item = one(line, mx=mx, port=port)
    assert isinstance(item, Mistake), item
    assert item.words.startswith(f"list.txt, line {item.line}: ")
    assert item.words.isprintable()
    assert item.words.count(".") >= 1
    return item.words


@pytest.mark.parametrize("port", [None, 25, 465, 587])
@pytest.mark.parametrize(
    "text",
    [
        "192.0.2.1",
        "127.0.0.1",
        "2001:DB8::0025",
        "::1",
        "::ffff:192.0.2.1",
        "fe80::1%eth0",
        "192.0.2.1:587",
        "[2001:db8::25]:465",
        "mail.Example.com",
        "mail.example.com:26",
        "smtp://mail.example.com",
        "smtps://192.0.2.1",
        "submission://[2001:db8::1]",
        "lmtp://mail.example.com",
        "bücher.example",
    ],
)
def test_a_line_is_a_target_as_everywhere_else(text: str, port: int | None) -> None:
    assert one(text, port=port) == Entry(text, parse(text, port=port), 1)


def test_with_mx_a_bare_name_is_a_domain_and_the_rest_stays_what_it_is() -> None:
    assert target("example.com", mx=True) == parse("example.com", mx=True)
    assert target("Example.com:26", mx=True, port=587) == parse("Example.com:26", mx=True)
    for text in ("192.0.2.1", "2001:db8::1", "[2001:db8::1]:25", "smtp://example.com", "192.0.2.1:26", "fe80::1%eth0"):
        assert not target(text, mx=True).mx


def test_a_range_is_its_first_and_its_last_address() -> None:
    assert one("192.0.2.0/30") == Span("192.0.2.0/30", 0xC0000200, 0xC0000203, 4, 25, 1)
    assert one("192.0.2.77/24", port=465) == Span("192.0.2.77/24", 0xC0000200, 0xC00002FF, 4, 465, 1)
    assert one("192.0.2.1/32") == Span("192.0.2.1/32", 0xC0000201, 0xC0000201, 4, 25, 1)
    whole = one("2001:db8::/32", mx=True)
    network = ip_network("2001:db8::/32")
    assert whole == Span("2001:db8::/32", int(network[0]), int(network[-1]), 6, 25, 1)


@pytest.mark.parametrize("text", ["192.0.2.0/33", "2001:db8::/129", "1.2.3/24", "192.0.2.256/24", ":::/8", "1/8"])
def test_what_looks_like_a_range_and_is_none_is_a_mistake(text: str) -> None:
    assert "192.0.2.0/24" in words(text)


def test_comments_blank_lines_line_ends_and_marks_do_not_count() -> None:
    given = (
        b"\xef\xbb\xbf192.0.2.1\r\n",
        b"# all of them\n",
        b"\r\n",
        b"   \n",
        b"\t192.0.2.2 # the second\n",
        b"mail.example.com#third",
        b"192.0.2.1\n",
    )
    found = items(*given)
    assert [(item.line, item.text) for item in found if isinstance(item, Entry)] == [
        (1, "192.0.2.1"),
        (5, "192.0.2.2"),
        (6, "mail.example.com"),
        (7, "192.0.2.1"),
    ]
    assert len(found) == 4


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"\xff\xfe1\x00", "UTF-8"),
        (b"two words", "one target a line"),
        (b"a\tb", "one target a line"),
        (b"unix:/run/smtp", "UNIX socket"),
        (b"LMTP+unix:/run/lmtp", "UNIX socket"),
        (b"user@example.com", "--mx example.com"),
        (b"smtp://user:secret@example.com", "no password"),
        (b"exa\x1b[2Jmple.com", "control"),
        (b"a" * (LINE_LIMIT + 1), "longer than 4,096 octets"),
        (b"ftp://example.com", "scheme"),
        (b"192.0.2.300", "neither a name nor an IPv4 address"),
        (b"2001:db8:::1", "no IPv6 address"),
        (b"example.com:99999", "port"),
        (b"a..b", "empty label"),
    ],
)
@pytest.mark.parametrize("mx", [False, True])
def test_a_mistake_is_a_sentence_with_the_place(line: bytes, told: str, mx: bool) -> None:
    found = words(line, mx=mx, port=26)
    assert told in found
    assert "secret" not in found


def test_a_mistake_does_not_end_the_list() -> None:
    assert [type(item) for item in items(b"a b", b"192.0.2.1")] == [Mistake, Entry]


@pytest.mark.parametrize("line", [b":" * LINE_LIMIT, b"1" * LINE_LIMIT, b"." * LINE_LIMIT, b"/" * LINE_LIMIT])
def test_a_line_that_is_hard_to_read_costs_no_time(line: bytes) -> None:
    words(line)


class Counted(io.BytesIO):
    """Counts the octets of the longest read."""

    longest = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        self.longest = max(self.longest, len(line))
        return line


def test_of_a_long_line_the_beginning_is_read_and_the_rest_passed_over() -> None:
    stream = Counted(b"a" * 1_000_000 + b"\n192.0.2.1\n" + b"b" * LINE_LIMIT + b"\n" + b"c" * 9000)
    found = list(lines(stream))
    assert [line[:1] for line in found] == [b"a", b"1", b"b", b"c"]
    assert max(map(len, found)) == stream.longest == LINE_LIMIT + 1
    assert [type(item) for item in read(found, "x", mx=False, port=None)] == [Mistake, Entry, Mistake, Mistake]
    assert "longer" in str(list(read(found, "x", mx=False, port=None))[3])


@given(st.binary(max_size=200), st.booleans())
def test_no_line_raises(line: bytes, mx: bool) -> None:
    for item in read([line], "x", mx=mx, port=None):
        if isinstance(item, Mistake):
            assert item.words.isprintable()
        elif isinstance(item, Entry):
            assert item.target.mx == (mx and "://" not in item.text and not literal(item.target.host))


@given(st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")), max_size=20))
def test_lines_come_whole_and_in_order(given: list[bytes]) -> None:
    assert list(lines(io.BytesIO(b"".join(line + b"\n" for line in given)))) == [line + b"\n" for line in given]


@given(st.ip_addresses())
def test_every_address_is_read_as_anywhere_else(address: object) -> None:
    assert target(str(address), port=465) == parse(str(address), port=465)
    assert target(str(address)).tls is TlsMode.STARTTLS
    assert literal(target(str(address)).host)


def test_no_name_is_taken_for_an_address() -> None:
    assert not any(map(literal, ("mail1", "mail.example.com", "1.2.3.4.example", "xn--bcher-kva.example1")))
