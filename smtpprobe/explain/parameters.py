"""The parameters of MAIL and RCPT: how to read them off a command, and which values no server should take.

One table, used for probes and for what a user sent. Never looks at a reply.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from smtpprobe.model import Capabilities

Predicate = Callable[[str], bool]


class Parameter(Struct, frozen=True):
    """One parameter: the extension that brings it, the verb that carries it, the values it takes in words."""

    name: str
    keyword: str
    verb: str
    takes: str
    valid: Predicate
    reference: str


def _matching(pattern: str) -> Predicate:
    return re.compile(pattern, re.IGNORECASE | re.ASCII).fullmatch  # type: ignore[return-value]


# xtext (RFC 3461 4) and the date-time of RFC 3339.
_XTEXT = r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})"
_DATE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)"
_POSITIVE = r"[+]?0*[1-9]\d{0,8}"


def _notify(value: str) -> bool:
    words = value.upper().split(",")
    return words == ["NEVER"] or set(words) <= {"SUCCESS", "FAILURE", "DELAY"}


_NO_VALUE = _matching("")

PARAMETERS: tuple[Parameter, ...] = (
    Parameter("SIZE", "SIZE", "MAIL", "a number of octets", _matching(r"\d{1,20}"), "RFC 1870 3"),
    Parameter(
        "BODY",
        "8BITMIME",
        "MAIL",
        "7BIT or 8BITMIME, and BINARYMIME where that is offered",
        _matching("7BIT|8BITMIME|BINARYMIME"),
        "RFC 6152 2",
    ),
    Parameter("RET", "DSN", "MAIL", "FULL or HDRS", _matching("FULL|HDRS"), "RFC 3461 4.3"),
    Parameter("ENVID", "DSN", "MAIL", "up to 100 characters of xtext", _matching(_XTEXT + "{1,100}"), "RFC 3461 4.4"),
    Parameter("NOTIFY", "DSN", "RCPT", "NEVER, or a list of SUCCESS, FAILURE and DELAY", _notify, "RFC 3461 4.1"),
    Parameter(
        "ORCPT",
        "DSN",
        "RCPT",
        "an address type and an address, as in rfc822;ann@example.org",
        _matching(r"[!-*,-:<>-~]+;" + _XTEXT + "*"),
        "RFC 3461 4.2",
    ),
    Parameter("AUTH", "AUTH", "MAIL", "<> or an address in xtext", _matching(_XTEXT + "+"), "RFC 4954 5"),
    Parameter(
        "BY",
        "DELIVERBY",
        "MAIL",
        "seconds and a mode, as in 600;N, and more than 0 seconds with R",
        _matching(rf"[+-]?\d{{1,9}};NT?|{_POSITIVE};RT?"),
        "RFC 2852 4",
    ),
    Parameter(
        "HOLDFOR", "FUTURERELEASE", "MAIL", "a number of seconds from 1 up", _matching(r"[1-9]\d{0,8}"), "RFC 4865 3"
    ),
    Parameter(
        "HOLDUNTIL",
        "FUTURERELEASE",
        "MAIL",
        "a date and time, as in 2030-01-31T12:00:00Z",
        _matching(_DATE),
        "RFC 4865 3",
    ),
    Parameter(
        "MT-PRIORITY", "MT-PRIORITY", "MAIL", "a whole number from -9 to 9", _matching("0|-?[1-9]"), "RFC 6710 4"
    ),
    Parameter("SMTPUTF8", "SMTPUTF8", "MAIL", "no value at all", _NO_VALUE, "RFC 6531 3.4"),
    Parameter("REQUIRETLS", "REQUIRETLS", "MAIL", "no value at all", _NO_VALUE, "RFC 8689 2"),
    Parameter("PRDR", "PRDR", "MAIL", "no value at all", _NO_VALUE, "draft-hall-prdr"),
    Parameter("CONPERM", "CONPERM", "MAIL", "no value at all", _NO_VALUE, "RFC 4141"),
    Parameter("CONNEG", "CONNEG", "RCPT", "no value at all", _NO_VALUE, "RFC 4141"),
    Parameter("RRVS", "RRVS", "RCPT", "a date and time, then ;C or ;R", _matching(_DATE + "(?:;[CR])?"), "RFC 7293"),
    Parameter("MTRK", "MTRK", "MAIL", "a certifier in base64", _matching(r"[!-~]+"), "RFC 3885"),
    Parameter("SOLICIT", "NO-SOLICITING", "MAIL", "a list of solicitation classes", _matching(r"[!-~]+"), "RFC 3865"),
    Parameter("SUBMITTER", "SUBMITTER", "MAIL", "an address in xtext", _matching(_XTEXT + "+"), "RFC 4405"),
    Parameter("TRANSID", "CHECKPOINT", "MAIL", "a transaction id in <>", _matching(r"[!-~]+"), "RFC 1845"),
    Parameter(
        "XVERP", "XVERP", "MAIL", "nothing, or two delimiter characters", _matching(r"|[!-~]{2}"), "Postfix VERP_README"
    ),
)

_BY_NAME = {(parameter.verb, parameter.name): parameter for parameter in PARAMETERS}

# The path of MAIL and RCPT ends at the first ">" outside a quoted local part (RFC 5321 4.1.2).
_PATH = re.compile(r"(?:FROM|TO):\s*(?:<(?:\"[^\"]*\"|[^\">])*>|\S*)", re.IGNORECASE)


class Asked(Struct, frozen=True):
    """One parameter as a command carries it; ``value`` is "" where there is none."""

    verb: str
    name: str
    value: str

    @property
    def text(self) -> str:
        return f"{self.name}={self.value}" if self.value else self.name

    @property
    def known(self) -> Parameter | None:
        return _BY_NAME.get((self.verb, self.name))

    @property
    def keyword(self) -> str:
        """The extension that has to be offered for it; "" where no extension has such a parameter."""
        if self.name == "BODY" and self.value.upper() == "BINARYMIME":
            return "BINARYMIME"
        return self.known.keyword if self.known else ""

    def invalid(self) -> bool:
        """Is this a value (or a parameter) that no server should take, whatever it offers?"""
        return self.known is None or not self.known.valid(self.value)

    def over_limit(self, capabilities: Capabilities | None) -> bool:
        """Is this a SIZE above the limit that EHLO announces?"""
        limit = capabilities.size_limit if capabilities and self.name == "SIZE" else None
        return limit is not None and self.value.isascii() and self.value.isdigit() and _number(self.value) > limit


def _number(digits: str) -> int:
    """RFC 1870 3 allows 20 digits; more are as good as the largest number of 20."""
    return int(digits[:20]) if len(digits) <= 20 else 10**20


def read(verb: str, argument: str) -> tuple[Asked, ...]:
    """The parameters that a MAIL or RCPT command carries, in their order."""
    path = _PATH.match(argument)
    if path is None:
        return ()
    words = argument[path.end() :].split()
    return tuple([Asked(verb, name.upper(), value) for name, _, value in (word.partition("=") for word in words)])
