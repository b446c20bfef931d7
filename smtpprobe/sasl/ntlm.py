"""NTLM (MS-NLMP, MS-SMTPNTLM) by pyspnego, which is an extra: without it there is a sentence, and no login."""

from __future__ import annotations

from smtpprobe.sasl.base import Client, SaslError, plain_text

MISSING = "NTLM needs the package pyspnego, which is not installed: pip install 'smtpprobe[ntlm]'."


class Ntlm(Client):
    """One NTLM exchange (NTLMv2). ``user`` may be ``DOMAIN\\user`` or ``user@domain``."""

    def __init__(self, user: str, password: str) -> None:
        name, secret = plain_text(user, "user name"), plain_text(password, "password")
        try:
            import spnego
        except ImportError:
            raise SaslError(MISSING) from None
        try:
            # Python's own NTLM, whatever libraries the system has: no ticket and no cached password is ever used.
            options = spnego.NegotiateOptions.use_ntlm
            self._context = spnego.client(name, secret, protocol="ntlm", options=options)
            self.initial = self._context.step()
        except Exception:
            raise SaslError("The user name or the password cannot be used with NTLM.") from None
        self._done = False

    def respond(self, challenge: bytes) -> bytes:
        if self._done:
            raise SaslError("The server asks twice in NTLM, which knows one challenge.")
        self._done = True
        try:
            answer = self._context.step(challenge)
        except Exception:
            # What the library raises for a hostile challenge is open-ended: struct.error, ValueError, its own.
            raise SaslError("The server's NTLM challenge cannot be read (MS-NLMP 2.2.1.2).") from None
        if not answer:
            raise SaslError("The server's NTLM challenge leaves nothing to answer.")
        return answer
