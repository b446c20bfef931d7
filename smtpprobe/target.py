"""What a user typed, read into a Target or refused with one sentence. Pure: no DNS, no socket, no file.

Internationalised names become A-labels by the standard library's ``idna`` codec (IDNA 2003: it maps ß to ss and knows
no character younger than Unicode 3.2). Who needs IDNA 2008 writes the A-label (``xn--…``), which passes as it is.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from ipaddress import IPv4Address, IPv6Address, ip_address

from msgspec import Struct

from smtpprobe import redaction
from smtpprobe.model import Target
from smtpprobe.outcome import TlsMode

LINE_LIMIT = 510  # 512 octets less CRLF (RFC 5321 4.5.3.1.4)
ADDRESS_LIMIT = 320  # 64 for the local part, the @, 255 for the domain (RFC 5321 4.5.3.1)
PATH_LIMIT = 107  # sun_path on Linux, less its final NUL


# Greedy: a password that somebody forgot to encode may hold anything.
_PASSWORD = re.compile(
    r"(\A(?:[\w+.-]{1,30}://)?(?!mailto:)[^\s:/@]{0,200}(?:@[^\s:/@]{1,200})?:).*@", re.IGNORECASE | re.DOTALL
)


class TargetError(ValueError):
    """What is wrong with the text, and what to do next, in one sentence fit for a terminal."""


class Scheme(Struct, frozen=True):
    """What a URL scheme stands for; ``tls`` None leaves it to the port."""

    port: int
    tls: TlsMode | None = None
    lmtp: bool = False


SCHEMES = {
    "smtp": Scheme(25),
    "smtps": Scheme(465, TlsMode.IMPLICIT),
    "submission": Scheme(587),
    "submissions": Scheme(465, TlsMode.IMPLICIT),
    "lmtp": Scheme(24, lmtp=True),
}


def parse(text: str, *, port: int | None = None, mx: bool = False, tls: TlsMode | None = None) -> Target:
    """Read a target; raises TargetError and nothing else.

    ``port`` is for a text that names none, ``tls`` wins over scheme and port, and port 465 means implicit TLS
    (RFC 8314 3.3). ``unix:PATH`` speaks SMTP, ``lmtp+unix:PATH`` LMTP; neither has a host or a port.
    """
    check_text(text, "target")
    if not text:
        raise TargetError(
            "The target is empty: name a host (mail.example.com), an address or a URL (smtp://HOST:PORT)."
        )
    if port is not None and not 1 <= port <= 65535:
        raise TargetError("The port is out of range: give one between 1 and 65535.")
    kind, colon, path = text.partition(":")
    if colon and kind.lower() in ("unix", "lmtp+unix"):
        if mx or port is not None:
            raise TargetError(f"{_shown(text)} is a UNIX socket, without MX and port: leave --mx and --port out.")
        lmtp = kind.lower() == "lmtp+unix"
        return Target(text, "", 0, tls or TlsMode.STARTTLS, lmtp=lmtp, path=_socket_path(path))
    if " " in text:
        raise TargetError(f"{_shown(text)} has a space in it: give one target, or several as separate arguments.")
    scheme, rest = _scheme(text)
    host, own_port = _host_and_port(rest)
    if mx and (scheme.lmtp or _is_address(host)):
        raise TargetError(f"{_shown(text)} cannot be looked up by MX: give a domain, or leave --mx out.")
    at = own_port or port or scheme.port
    implied = scheme.tls or (TlsMode.IMPLICIT if at == 465 else TlsMode.STARTTLS)
    return Target(text, host, at, tls or implied, lmtp=scheme.lmtp, mx=mx)


def host_name(text: str) -> str:
    """A host name in lower case and A-labels, its final dot removed. Underscores pass: real hosts have them."""
    check_text(text, "host name")
    labels = re.split("[.\u3002\uff0e\uff61]", text)
    if len(text) > 254:
        raise TargetError(f"The name {_shown(text)} is longer than the 253 characters of a DNS name: shorten it.")
    try:
        name = ".".join(label if label.isascii() else label.encode("idna").decode("ascii") for label in labels)
    except UnicodeError:
        raise TargetError(f"IDNA cannot encode the name {_shown(text)}: write its A-label (xn--…) instead.") from None
    name = name.lower().removesuffix(".")
    if len(name) > 253:
        raise TargetError(f"The name {_shown(text)} is longer than 253 characters in the DNS: shorten it.")
    ascii_labels = name.split(".")
    for label in ascii_labels:
        _check_label(label, text)
    if re.fullmatch("[0-9]+|0x[0-9a-f]*", ascii_labels[-1]):
        raise TargetError(
            f"{_shown(text)} is neither a name nor an IPv4 address: write four numbers of 0 to 255, as in 192.0.2.25."
        )
    return name


def check_ehlo_name(text: str) -> str:
    """The argument of EHLO: a domain, or an address literal such as [192.0.2.1] or [IPv6:2001:db8::1]."""
    literal = re.fullmatch(r"\[(ipv6:)?([0-9a-f.:]+)\]", text, re.IGNORECASE)
    bare = literal[2] if literal else text
    if not _is_address(bare):
        if text.startswith("["):
            raise TargetError(f"{_shown(text)} is no address literal: write [192.0.2.1] or [IPv6:2001:db8::1].")
        return host_name(text)
    address = ip_address(bare.partition("%")[0])
    right = f"[{address}]" if address.version == 4 else f"[IPv6:{address}]"
    if literal is None or bool(literal[1]) != (address.version == 6) or "%" in bare:
        raise TargetError(f"EHLO takes an address as a literal and without a zone: write {right}.")
    return right


def check_address(text: str) -> str:
    """An envelope address for MAIL or RCPT, without its angle brackets; "" is the null sender.

    Only what would break out of the brackets is refused: whether the address is any good is the server's to say.
    A domain beyond ASCII becomes A-labels.
    """
    check_text(text, "address")
    address = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    unquoted = re.sub(r'"(?:[^"\\]|\\.)*"', "", address)
    if re.search('[ <>"]|\\\\$', unquoted):
        raise TargetError(
            f"The address {_shown(text)} has a space, quote or angle bracket outside a quoted local part: "
            'write user@example.com or "odd name"@example.com.'
        )
    local, at, domain = address.rpartition("@")
    if at and not domain.isascii():
        address = f"{local}@{host_name(domain)}"
    if len(address.encode()) > ADDRESS_LIMIT:
        raise TargetError(f"The address {_shown(text)} is longer than {ADDRESS_LIMIT} octets: shorten it.")
    return address


# How many arguments a verb must have to be refused, and why (conventions: no content, no credential, no queue run,
# no false identity; TLS and the farewell are the probe's own business).
_FORBIDDEN = {
    "DATA": (0, "DATA would begin a message, and none is sent here: ask with MAIL and RCPT only."),
    "BDAT": (1, "BDAT with an argument carries message content: send a bare BDAT, which carries none."),
    "BURL": (0, "BURL makes the server fetch and send a message: ask with MAIL and RCPT only."),
    "AUTH": (2, "AUTH with an initial response puts a credential on the command line: send AUTH MECHANISM alone."),
    "STARTTLS": (0, "STARTTLS is left to the probe, which upgrades by itself where it is offered: remove it."),
    "QUIT": (0, "QUIT ends every connection anyway: remove it."),
    "ETRN": (1, "ETRN with an argument may start a queue run at the server: send it bare."),
    "XCLIENT": (1, "XCLIENT with an argument claims another client's identity: send it bare."),
    "XFORWARD": (1, "XFORWARD with an argument claims to speak for another client: send it bare."),
}


def check_line(text: str) -> bytes:
    """A command line for ``--command``, without CRLF, in UTF-8; refuses what the conventions never send."""
    check_text(text, "command")
    line = text.encode()
    if not text.strip():
        raise TargetError("The command is empty: give a verb, such as NOOP.")
    if len(line) > LINE_LIMIT:
        raise TargetError(f"The command is longer than {LINE_LIMIT} octets without its CRLF (RFC 5321): shorten it.")
    # Lenient servers skip what stands before the verb and end it at any punctuation, so it is read their way.
    command = re.sub("^[^A-Za-z0-9]+", "", text)
    verb = re.split("[^A-Za-z0-9]", command, maxsplit=1)[0]
    least, sentence = _FORBIDDEN.get(verb.upper(), (LINE_LIMIT, ""))
    if len(command.removeprefix(verb).split()) >= least:
        raise TargetError(sentence)
    return line


def _scheme(text: str) -> tuple[Scheme, str]:
    """The scheme and what follows it, freed of a URL's final slash."""
    name, url, rest = text.partition("://")
    if not url:
        name, rest = "smtp", text
    if "@" in rest:
        raise TargetError(_address_given(rest, url=bool(url)))
    if name.lower() not in SCHEMES:
        nearest = get_close_matches(name.lower()[:20], SCHEMES, n=1, cutoff=0)[0]
        raise TargetError(f"The scheme {_shown(name)} is unknown: the nearest is {nearest}://, and HOST alone is SMTP.")
    host, slash, path = rest.partition("/")
    if path or (slash and not url):
        raise TargetError(f"{_shown(text)} has a path after the host: keep the host only.")
    return SCHEMES[name.lower()], host


def _address_given(text: str, *, url: bool) -> str:
    """The sentence for a target with an @ in it. It may be a password that stands before the @, so none is shown."""
    user, _, domain = text.rpartition("@")
    if url or ":" in user.lower().removeprefix("mailto:"):
        return "A target takes no user name and no password: remove everything up to the @ and keep host and port."
    try:
        name = host_name(domain)
    except TargetError:
        name = "DOMAIN"
    return f"{_shown(text)} is a mail address, not a server: probe its domain's mail servers with --mx {name}."


def _host_and_port(text: str) -> tuple[str, int | None]:
    if text.startswith("["):
        inside, bracket, after = text[1:].partition("]")
        if not bracket or (after and not after.startswith(":")):
            raise TargetError(
                f"The brackets of {_shown(text)} do not match: write [2001:db8::25] or [2001:db8::25]:587."
            )
        return _ipv6(inside), _port(after[1:], text) if after else None
    if text.count(":") > 1:
        return _ipv6(text), None
    host, colon, port = text.partition(":")
    if not host:
        raise TargetError("The target names no host: write HOST or HOST:PORT.")
    number = _port(port, text) if colon else None
    return host if _is_address(host) else host_name(host), number


def _port(text: str, target: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise TargetError(f"The port of {_shown(target)} is no number between 1 and 65535: write HOST:25, for example.")
    return int(text)


def _ipv6(text: str) -> str:
    """An IPv6 address in its short form (RFC 5952); a zone (%eth0) is kept."""
    try:
        address = IPv6Address(text)
    except ValueError:
        address = None
    if address is None or not re.fullmatch(r"[A-Za-z0-9_.-]{1,32}", address.scope_id or "x"):
        raise TargetError(
            f"{_shown(text)} is no IPv6 address: write [2001:db8::25]:587, "
            "and a name or an IPv4 address without brackets and with one colon at most."
        )
    return str(address)


def _is_address(text: str) -> bool:
    try:
        return isinstance(ip_address(text), IPv4Address | IPv6Address)
    except ValueError:
        return False


def _socket_path(text: str) -> str:
    """The path of a UNIX socket; unix:///run/x, the URL's way to write it, is unix:/run/x."""
    path = text.removeprefix("//") if text.startswith("///") else text
    if not path:
        raise TargetError("unix: needs the path of a socket: write unix:/run/dovecot/lmtp, for example.")
    if len(path.encode()) > PATH_LIMIT:
        raise TargetError(
            f"The socket path {_shown(path)} is longer than the system's {PATH_LIMIT} octets: shorten it."
        )
    return path


def _check_label(label: str, name: str) -> None:
    if not label:
        raise TargetError(f"The name {_shown(name)} has an empty label: remove the dot too many.")
    if len(label) > 63:
        raise TargetError(
            f"The name {_shown(name)} has a label of more than 63 characters: check it for a missing dot."
        )
    if odd := re.search("[^a-z0-9_-]", label):
        raise TargetError(
            f"The name {_shown(name)} has a {_shown(odd[0])} in it: use letters, digits, hyphens and dots."
        )
    if label.startswith("-") or label.endswith("-"):
        raise TargetError(f"A label of the name {_shown(name)} begins or ends with a hyphen: correct the spelling.")


def check_path(text: str, what: str) -> str:
    """The path of a file of the user's own: whatever the system takes."""
    if "\0" in text:
        raise TargetError(f"The path {_shown(text)} of the {what} has a NUL in it: remove it.")
    return text


def check_text(text: str, what: str) -> None:
    """Refuse control characters and all else that a terminal would not show as itself."""
    if text.isprintable() and not any("\ud800" <= c <= "\udfff" for c in text):
        return
    shown = _shown(redaction.command(text) if what == "command" else text)
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise TargetError(f"The {what} {shown} is not valid UTF-8: check the encoding of the file or terminal.")
    raise TargetError(f"The {what} {shown} has control or invisible characters in it: remove them.")


def _shown(text: str) -> str:
    """Any text, safe for a terminal, without a password before an @, and cut to a bearable length."""
    text = redaction.spoken(_PASSWORD.sub(rf"\g<1>{redaction.REDACTED}@", text))
    kept = text if len(text) <= 60 else text[:59] + "…"
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in kept)
    return f"'{safe}'"
