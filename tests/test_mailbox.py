"""What a user may type as the address of a sender or recipient, and how the rest is refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smtpprobe.mailbox import mailbox
from smtpprobe.target import ADDRESS_LIMIT, TargetError, check_address


@pytest.mark.parametrize(
    ("text", "local", "domain"),
    [
        ("ann@example.net", "ann", "example.net"),
        ("<ann@example.net>", "ann", "example.net"),
        ("Ann.Smith+tag@Example.NET.", "Ann.Smith+tag", "example.net"),
        ('"odd name"@example.net', '"odd name"', "example.net"),
        ('"a@b"@example.net', '"a@b"', "example.net"),
        (r'"a\"@b"@example.net', r'"a\"@b"', "example.net"),
        ("jörg@example.net", "jörg", "example.net"),
        ("ann@bücher.example", "ann", "xn--bcher-kva.example"),
        ("用户@例え。テスト", "用户", "xn--r8jz45g.xn--zckzah"),
        ("ann@[192.0.2.1]", "ann", "[192.0.2.1]"),
        ("ann@[ipv6:2001:DB8:0::1]", "ann", "[IPv6:2001:db8::1]"),
        ("root@localhost", "root", "localhost"),
        ("a..b.@example.net", "a..b.", "example.net"),
        (f"{'a' * 100}@example.net", "a" * 100, "example.net"),
    ],
)
def test_addresses(text: str, local: str, domain: str) -> None:
    box = mailbox(text)
    assert (box.local, box.domain, box.text) == (local, domain, text)
    assert box.path == f"{local}@{domain}"
    assert box.utf8 is not local.isascii()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("<>", "empty"),
        ("ann", "no @"),
        ('"ann@example.net"', "no @"),
        ("ann@bob@example.net", "@ too many"),
        ("ann@example.net,bob@example.org", "@ too many"),
        ('ann@"example@net"', "@ too many"),
        ("@example.net", "nothing before the @"),
        ("ann@", "nothing after the @"),
        ("ann smith@example.net", "space"),
        ("Ann Smith <ann@example.net>", "space"),
        (" ann@example.net", "space"),
        ("ann@example..net", "empty label"),
        ("ann@exa mple.net", "space"),
        ("ann@192.0.2.1", "write [192.0.2.1]"),
        ("ann@2001:db8::1", "write [IPv6:2001:db8::1]"),
        ("ann@fe80::1%eth0", "write [IPv6:fe80::1]"),
        ("ann@[2001:db8::1]", "write [IPv6:2001:db8::1]"),
        ("ann@[IPv6:192.0.2.1]", "write [192.0.2.1]"),
        ("ann@[IPv6:fe80::1%eth0]", "no address literal"),
        ("ann@[300.0.2.1]", "no address literal"),
        ("ann@[example.net]", "no address literal"),
        ("ann@1.2.3", "neither a name"),
        ("ann\r\nRCPT TO:<bob@example.org>", "control"),
        ("ann\x00@example.net", "control"),
        ("ann\u202e@example.net", "control"),
        ("ann\udcff@example.net", "UTF-8"),
        (f"{'a' * ADDRESS_LIMIT}@example.net", "longer than 320"),
        ('"ann@example.net', "quote"),
    ],
)
def test_what_is_refused_says_why(text: str, told: str) -> None:
    with pytest.raises(TargetError) as refused:
        mailbox(text)
    assert told in str(refused.value)
    assert str(refused.value).isprintable()
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 300


ODD = st.text(alphabet='ab@."\\<>[]: 1é例\t\r\n\x7f\udcff', max_size=40)


@given(st.one_of(st.text(), ODD, ODD.map(lambda text: f"{text}@example.net"), ODD.map(lambda text: f"ann@{text}")))
@example("a@[IPv6:::ffff:192.0.2.1]")
@example("a@[]")
@example('"\\')
@example("<a@b")
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        box = mailbox(text)
    except TargetError:
        return
    # What goes between the angle brackets passes as an address itself, and names the same mailbox.
    assert check_address(box.path) == box.path
    again = mailbox(box.path)
    assert (again.local, again.domain) == (box.local, box.domain)
    assert box.domain.isascii()
    assert len(box.path.encode()) <= ADDRESS_LIMIT
