"""SCRAM-SHA-1 and SCRAM-SHA-256 (RFC 5802, RFC 7677), by scramp; without channel binding, so no -PLUS.

The server's work is bounded here: it names the number of iterations that the client has to calculate.
"""

from __future__ import annotations

from scramp import ScramClient, ScramException  # type: ignore[import-untyped]

from smtpprobe.sasl.base import Client, SaslError, plain_text

#: More iterations than this are not calculated: a server could keep us busy for hours (RFC 7677 4 advises 4096).
MOST_ITERATIONS = 1_000_000


class Scram(Client):
    """One SCRAM exchange. The server has to prove, before it is believed, that it knows the password too."""

    def __init__(self, mechanism: str, user: str, password: str, nonce: str | None = None) -> None:
        name, secret = plain_text(user, "user name"), plain_text(password, "password")
        try:
            self._scram = ScramClient([mechanism], name, secret, c_nonce=nonce)
            self.initial = self._scram.get_client_first().encode()
        except ScramException:
            raise SaslError(
                "The user name or the password holds characters that SASLprep forbids (RFC 4013 2.3), "
                "so SCRAM cannot carry it."
            ) from None
        self._asked = self._proved = False

    def respond(self, challenge: bytes) -> bytes:
        try:
            message = challenge.decode()
        except UnicodeDecodeError:
            raise SaslError("The SCRAM challenge is not UTF-8 (RFC 5802 5).") from None
        try:
            return self._check(message) if self._asked else self._prove(message)
        except ScramException as error:
            raise SaslError(f"The SCRAM challenge cannot be used ({_in_words(error)}).") from None

    def accepted(self) -> None:
        if not self._proved:
            raise SaslError("The server took the login without the proof that SCRAM asks of it (RFC 5802 3).")

    def _prove(self, message: str) -> bytes:
        self._asked = True
        self._scram.set_server_first(message)
        iterations = int(self._scram.iterations)
        if iterations > MOST_ITERATIONS:
            raise SaslError(
                f"The server asks for {iterations:,} iterations of SCRAM: more than {MOST_ITERATIONS:,} are not made."
            )
        answer: str = self._scram.get_client_final()
        return answer.encode()

    def _check(self, message: str) -> bytes:
        self._scram.set_server_final(message)
        self._proved = True
        return b""


def _in_words(error: ScramException) -> str:
    """scramp's own sentence, and the error that the server told where it did."""
    words = str(error.args[0]).rstrip(".")[:200]
    told = getattr(error, "server_error", None)
    return f"{words}: {told.value}" if told is not None and words.startswith("The server returned") else words
