"""AUTH challenges without what they tell of a server: text is masked, and binary ones become an example. Pure."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections.abc import Callable

_NTLM = b"NTLMSSP\0\x02\0\0\0"
#: Unicode, the target's name, NTLM, a domain, target information (MS-NLMP 2.2.2.5).
_FLAGS = 0x1 | 0x4 | 0x200 | 0x10000 | 0x800000
_AV_PAIRS = ((2, "EXAMPLE"), (1, "MX"), (4, "example.org"), (3, "mx.example.org"))
#: A challenge message has this much before its names (MS-NLMP 2.2.1.2).
_BEFORE_NAMES = 48
# CRAM-MD5's message id (RFC 2195 2) and DIGEST-MD5's nonce (RFC 2831 2.1.1).
_MESSAGE_ID = re.compile(r"<[^<>@\s]+@")
_NONCE = re.compile(r'(nonce=")[^"]*')


def challenge(encoded: bytes, masked: Callable[[str], str]) -> bytes:
    """The challenge, in base64, of an example server. What is no base64 is text, and masked as such."""
    try:
        message = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return masked(encoded.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    if message.startswith(_NTLM):
        return base64.b64encode(_ntlm() if len(message) > _BEFORE_NAMES else _NTLM)
    try:
        text = message.decode()
    except UnicodeDecodeError:
        return base64.b64encode(b"example")
    if not text.isprintable():
        return base64.b64encode(b"example")
    text = _NONCE.sub(r"\1example", _MESSAGE_ID.sub("<1.1@", masked(text)))
    return base64.b64encode(text.encode())


def _ntlm() -> bytes:
    """A challenge message (MS-NLMP 2.2.1.2) with the names of an example."""
    target = "EXAMPLE".encode("utf-16-le")
    pairs = b"".join(
        struct.pack("<HH", kind, len(value)) + value
        for kind, value in [(kind, name.encode("utf-16-le")) for kind, name in _AV_PAIRS]
    )
    pairs += bytes(4)
    fields = struct.pack("<HHI", len(target), len(target), _BEFORE_NAMES)
    information = struct.pack("<HHI", len(pairs), len(pairs), _BEFORE_NAMES + len(target))
    return _NTLM + fields + struct.pack("<I8s8x", _FLAGS, b"examples") + information + target + pairs
