"""A challenge of NTLM, put together by hand."""

from __future__ import annotations

# A challenge message (MS-NLMP 2.2.1.2): Unicode, NTLM, extended session security, target information with one name.
_TARGET = b"\x02\0\x0e\0" + "EXAMPLE".encode("utf-16-le") + b"\0\0\0\0"
NTLM_CHALLENGE = (
    b"NTLMSSP\0\x02\0\0\0"
    + b"\x0e\0\x0e\0\x30\0\0\0"
    + b"\x05\x02\x88\x00"
    + b"\x01\x23\x45\x67\x89\xab\xcd\xef"
    + bytes(8)
    + len(_TARGET).to_bytes(2, "little") * 2
    + b"\x3e\0\0\0"
    + "EXAMPLE".encode("utf-16-le")
    + _TARGET
)
