"""Why a connection failed, out of what the operating system or TLS raised: errors in, our own words out."""

from __future__ import annotations

import errno
import ssl

from aiosmtplib.errors import SMTPException, SMTPServerDisconnected, SMTPTimeoutError

from smtpprobe.outcome import FailureKind

# How OpenSSL's versions word that the first bytes of the other side are no TLS record.
_NOT_TLS = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"})


# How OpenSSL calls what an alert of the other side told it.
_ALERTS = ("SSLV3_ALERT_", "TLSV1_", "TLSV13_")


def socket_kind(error: OSError, late: bool) -> FailureKind:
    if isinstance(error, TimeoutError):
        return FailureKind.DEADLINE if late else FailureKind.TIMEOUT
    if isinstance(error, ConnectionRefusedError | FileNotFoundError):
        return FailureKind.REFUSED
    if isinstance(error, ConnectionResetError):
        return FailureKind.RESET
    if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return FailureKind.UNREACHABLE
    return FailureKind.SOCKET


def handshake_trouble(error: BaseException, late: bool, seconds: float) -> tuple[FailureKind, str]:
    """Why a TLS handshake that had so many seconds came to nothing, and the detail of it."""
    if isinstance(error, SMTPTimeoutError | TimeoutError | ConnectionAbortedError):
        return (FailureKind.DEADLINE, "") if late else (FailureKind.TLS_TIMEOUT, f"{seconds:g} s")
    if isinstance(error, SMTPServerDisconnected | ConnectionError):
        cause = error.__cause__ or error
        reset = isinstance(cause, OSError) and cause.errno == errno.ECONNRESET
        return FailureKind.RESET if reset else FailureKind.CLOSED, ""
    return FailureKind.TLS_HANDSHAKE, reason(error)


def reason(error: BaseException) -> str:
    """The reason as the system words it, without the numbers and paths that it puts around it."""
    cause = error.__cause__ if isinstance(error, SMTPException) and error.__cause__ else error
    if isinstance(cause, ssl.SSLError) and cause.reason:
        said = str(cause.reason).lower().replace("_", " ")
        return f"{said}: what the server sent is not TLS" if cause.reason in _NOT_TLS else said
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return str(cause)[:200].lower()


def lost_by(error: Exception | None) -> FailureKind:
    """Why a connection is lost: with TLS that cannot be deciphered we end it, with an alert the server does."""
    if error is None:
        return FailureKind.CLOSED
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return FailureKind.RESET
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return FailureKind.CLOSED if (error.reason or "").startswith(_ALERTS) else FailureKind.MALFORMED
    return FailureKind.CLOSED
