"""TLS by hand: the messages that open a handshake badly, and records written past the library once it is done.

After a handshake that Python's ``ssl`` holds as every server does, the key log gives the keys of the server's side;
from then on each record is sealed here, so that a test can send what no library would.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ssl
from pathlib import Path

from behaviour import Peer
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CHANGE_CIPHER_SPEC, ALERT, HANDSHAKE, APPLICATION_DATA = 20, 21, 22, 23
WARNING, FATAL = 1, 2
#: The octets of a record (RFC 8446 5.1).
LONGEST = 16_384
#: Alert descriptions (RFC 8446 6).
CLOSE_NOTIFY, UNEXPECTED_MESSAGE, BAD_RECORD_MAC, HANDSHAKE_FAILURE, PROTOCOL_VERSION = 0, 10, 20, 40, 70
INTERNAL_ERROR, USER_CANCELED, NO_RENEGOTIATION, UNRECOGNIZED_NAME, CERTIFICATE_REQUIRED = 80, 90, 100, 112, 116


#: Cipher suites, and schemes of signing (RFC 5289, RFC 8446 4.2.3).
ECDHE_ECDSA, ECDHE_RSA = b"\xc0\x2b", b"\xc0\x2f"
RSA_PKCS1_SHA256, ECDSA_SHA256 = b"\4\1", b"\4\3"
_UNCOMPRESSED = PublicFormat.UncompressedPoint


def clear(kind: int, body: bytes, version: bytes = b"\3\3") -> bytes:
    """A record that is not sealed."""
    return bytes([kind]) + version + len(body).to_bytes(2, "big") + body


def alert(level: int, description: int) -> bytes:
    return clear(ALERT, bytes([level, description]))


def message(kind: int, body: bytes) -> bytes:
    """A handshake message (RFC 5246 7.4)."""
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def server_hello(version: bytes = b"\3\3", cipher: bytes = ECDHE_ECDSA) -> bytes:
    """A ServerHello of TLS 1.2 or older."""
    # renegotiation_info (RFC 5746) and ec_point_formats, without which some clients stop here.
    extensions = b"\xff\x01\x00\x01\x00" + b"\x00\x0b\x00\x02\x01\x00"
    return message(2, version + b"\x5a" * 32 + b"\0" + cipher + b"\0" + len(extensions).to_bytes(2, "big") + extensions)


def hello_retry(hello: bytes, group: bytes) -> bytes:
    """A HelloRetryRequest (RFC 8446 4.1.4) for this ClientHello that asks for a share of this group."""
    session = hello[43 : 44 + hello[43]]
    extensions = b"\x00\x2b\x00\x02\x03\x04" + b"\x00\x33\x00\x02" + group
    body = b"\3\3" + hashlib.sha256(b"HelloRetryRequest").digest() + session + b"\x13\x02\0"
    return clear(HANDSHAKE, message(2, body + len(extensions).to_bytes(2, "big") + extensions))


def certificate_message(*chain: bytes) -> bytes:
    """A Certificate message of TLS 1.2; what stands in it need not be certificates."""
    body = b"".join([len(one).to_bytes(3, "big") + one for one in chain])
    return message(11, len(body).to_bytes(3, "big") + body)


def key_exchange(scheme: bytes, signature: bytes) -> bytes:
    """A ServerKeyExchange of TLS 1.2 with the generator of P-256 for a key, under this signature."""
    point = ec.derive_private_key(1, ec.SECP256R1()).public_key().public_bytes(Encoding.X962, _UNCOMPRESSED)
    body = b"\x03\x00\x17" + bytes([len(point)]) + point
    return message(12, body + scheme + len(signature).to_bytes(2, "big") + signature)


def in_records(messages: bytes) -> bytes:
    """Handshake messages in as few clear records as hold them (2^14 octets each, RFC 5246 6.2.1)."""
    return b"".join([clear(HANDSHAKE, messages[at : at + LONGEST]) for at in range(0, len(messages), LONGEST)])


class Sealed(Peer):
    """A client inside TLS: the handshake was held by the book, and every record behind it is written by hand.

    ``context`` must log its keys (``keylog_filename``), issue no tickets by itself, and speak AES in GCM.
    """

    def __init__(self, peer: Peer, context: ssl.SSLContext) -> None:
        super().__init__(peer.reader, peer.writer, peer.number)
        self.heard = peer.heard
        self._context = context
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._plain = b""
        self._new = False
        self._hash = "sha256"
        self._secret = self._key = self._iv = b""
        self._sequence = 0

    async def shake_hands(self) -> None:
        heard = sent = b""
        done = False
        while not done:
            data = await self.reader.read(65_536)
            if not data:
                raise ConnectionResetError("the client left in the handshake")
            heard += data
            self._incoming.write(data)
            with contextlib.suppress(ssl.SSLWantReadError):
                self._tls.do_handshake()
                done = True
            out = self._outgoing.read()
            sent += out
            self.raw(out)
        # Both hellos have their random octets behind a record header, a message header and the version.
        self._take_over(heard[11:43], sent[11:43])

    def raw(self, data: bytes) -> None:
        """Octets past TLS."""
        self.writer.write(data)

    def send(self, data: bytes) -> None:
        """Application data, in records as long as they may be."""
        for at in range(0, len(data), LONGEST):
            self.raw(self.record(APPLICATION_DATA, data[at : at + LONGEST]))

    async def line(self) -> bytes:
        while b"\n" not in self._plain:
            with contextlib.suppress(ssl.SSLWantReadError):
                while part := self._tls.read(65_536):
                    self._plain += part
            if b"\n" in self._plain:
                break
            data = await self.reader.read(65_536)
            if not data:
                break
            self._incoming.write(data)
        line, _, self._plain = self._plain.partition(b"\n")
        line = line.removesuffix(b"\r")
        self.heard.append(line)
        return line

    async def rest(self) -> bytes:
        """All that comes until the client hangs up, and none of it is looked at."""
        return await self.reader.read()

    def record(self, kind: int, body: bytes) -> bytes:
        """One record, sealed with the next sequence number."""
        number = self._sequence.to_bytes(8, "big")
        self._sequence += 1
        if self._new:
            # RFC 8446 5.2 and 5.3: the kind goes inside, and the header is what is authenticated besides.
            inner = body + bytes([kind])
            header = bytes([APPLICATION_DATA]) + b"\3\3" + (len(inner) + 16).to_bytes(2, "big")
            nonce = bytes(a ^ b for a, b in zip(self._iv, bytes(4) + number, strict=True))
            return header + AESGCM(self._key).encrypt(nonce, inner, header)
        # RFC 5288 3: four octets of the nonce are agreed, eight travel in front.
        header = number + bytes([kind]) + b"\3\3" + len(body).to_bytes(2, "big")
        return clear(kind, number + AESGCM(self._key).encrypt(self._iv + number, body, header))

    def key_update(self, *, answer: bool = False) -> bytes:
        """A KeyUpdate (RFC 8446 4.6.3); every later record is sealed with the next generation of keys."""
        record = self.record(HANDSHAKE, message(24, bytes([answer])))
        self._secret = self._expand(b"traffic upd", hashlib.new(self._hash).digest_size)
        self._next_keys()
        return record

    # -- keys ----------------------------------------------------------------------------------------------

    def _take_over(self, client_random: bytes, server_random: bytes) -> None:
        cipher = self._tls.cipher()
        assert cipher is not None
        self._hash = "sha384" if cipher[0].endswith("384") else "sha256"
        self._new = self._tls.version() == "TLSv1.3"
        wanted = ["SERVER_TRAFFIC_SECRET_0" if self._new else "CLIENT_RANDOM", client_random.hex()]
        lines = [line.split() for line in Path(self._context.keylog_filename).read_text().splitlines()]
        (secret,) = {bytes.fromhex(line[2]) for line in lines if line[:2] == wanted}
        if self._new:
            self._secret = secret
            self._next_keys()
            return
        size = cipher[2] // 8
        block = self._prf(secret, b"key expansion" + server_random + client_random, 2 * size + 8)
        self._key, self._iv = block[size : 2 * size], block[2 * size + 4 :]
        self._sequence = 1  # Finished had number 0.

    def _next_keys(self) -> None:
        self._key, self._iv, self._sequence = self._expand(b"key", 32 if self._hash == "sha384" else 16), b"", 0
        self._iv = self._expand(b"iv", 12)

    def _expand(self, label: bytes, length: int) -> bytes:
        """HKDF-Expand-Label without a context (RFC 8446 7.1), for lengths of one block."""
        label = b"tls13 " + label
        info = length.to_bytes(2, "big") + bytes([len(label)]) + label + b"\0"
        return hmac.digest(self._secret, info + b"\1", self._hash)[:length]

    def _prf(self, secret: bytes, seed: bytes, length: int) -> bytes:
        """The PRF of TLS 1.2 (RFC 5246 5)."""
        out, link = b"", seed
        while len(out) < length:
            link = hmac.digest(secret, link, self._hash)
            out += hmac.digest(secret, link + seed, self._hash)
        return out[:length]
