"""An envelope address that a user typed, read into a Mailbox or refused with one sentence. Pure: no DNS, no file."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from smtpprobe.journey import Mailbox
from smtpprobe.target import TargetError, check_address, host_name

# The local part ends at the @ that stands outside quotes (RFC 5321 4.1.2).
_MAILBOX = re.compile(r'((?:"(?:[^"\\]|\\.)*"|[^"@])*)@([^@"]*)')
_LITERAL = re.compile(r"\[(ipv6:)?([0-9a-f.:]+)\]", re.IGNORECASE)


def mailbox(text: str) -> Mailbox:
    """Read ``user@example.org``, with or without angle brackets; raises TargetError and nothing else.

    The local part stays as it is: whether it is any good is the server's to say, also where it is longer than the
    64 octets of RFC 5321 4.5.3.1.1. The domain becomes A-labels in lower case, or an address literal in its short form
    (RFC 5321 4.1.3). The null sender is no mailbox.
    """
    address = check_address(text)
    if not address:
        raise TargetError("The address is empty: write user@example.org.")
    unquoted = re.sub(r'"(?:[^"\\]|\\.)*"', "", address)
    if "@" not in unquoted:
        raise TargetError(f"{_shown(text)} has no @ and no domain: write user@example.org.")
    parts = _MAILBOX.fullmatch(address)
    if parts is None:
        raise TargetError(
            f'{_shown(text)} has an @ too many: give one address, or quote it as in "odd@name"@example.org.'
        )
    local, domain = parts.groups()
    if not local:
        raise TargetError(f"{_shown(text)} has nothing before the @: write user@example.org.")
    if not domain:
        raise TargetError(f"{_shown(text)} has nothing after the @: write user@example.org.")
    return Mailbox(local, _domain(domain), text)


def _domain(text: str) -> str:
    """A name as in the DNS, or an address literal."""
    literal = _LITERAL.fullmatch(text)
    address = _address(literal[2] if literal else text.partition("%")[0])
    if address is None:
        if text.startswith("["):
            raise TargetError(f"{_shown(text)} is no address literal: write [192.0.2.1] or [IPv6:2001:db8::1].")
        return host_name(text)
    right = f"[IPv6:{address}]" if isinstance(address, IPv6Address) else f"[{address}]"
    if literal is None or bool(literal[1]) != isinstance(address, IPv6Address):
        raise TargetError(f"After an @ an address stands in brackets: write {right}.")
    return right


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _shown(text: str) -> str:
    """What was typed, cut to a bearable length; it was looked through for control characters before."""
    return f"'{text if len(text) <= 60 else text[:59] + '…'}'"
