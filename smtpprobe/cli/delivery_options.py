"""Options about the one message that `trace --deliver` sends, and the question before it goes out."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import datetime
from ipaddress import IPv6Address
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from smtpprobe.cli.errors import Refused
from smtpprobe.cli.options import Decorator, known, names
from smtpprobe.journey import Delivery, Mailbox
from smtpprobe.render import escape

if TYPE_CHECKING:
    from smtpprobe.message import Message

_NOTIFY = ("never", "success", "failure", "delay")
# What Postfix's XCLIENT_README has; which of them a server takes, its EHLO says.
_XCLIENT = ("NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT")
_LINE_LIMIT = 510
_ENVID_LIMIT = 100  # RFC 3461 4.4
_INDENT = " " * 11


class Given(Struct, frozen=True):
    """What the options said; the names are the commands' parameters."""

    deliver: bool = False
    message: str | None = None
    header: tuple[str, ...] = ()
    subject: str | None = None
    body: str | None = None
    chunking: bool = False
    dsn: tuple[str, ...] = ()
    ret: str | None = None
    envid: str | None = None
    requiretls: bool = False
    smtputf8: bool = False
    yes: bool = False


def taken(params: dict[str, Any]) -> Given:
    """These options out of a command's parameters, which are left with the others."""
    return Given(**{name: params.pop(name) for name in Given.__struct_fields__})


def _notify(ctx: click.Context, param: click.Parameter, values: Any) -> tuple[str, ...]:
    words = names(ctx, param, [value.lower() for value in values])
    known(words, _NOTIFY, "kind of report")
    if "never" in words and len(words) > 1:
        raise Refused("--dsn never stands alone: leave the other kinds of report out (RFC 3461 4.1).")
    return words


def _envid(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    from smtpprobe.trace.envelope import xtext

    if value is None:
        return None
    if not (value and value.isascii() and value.isprintable()):
        raise Refused("--envid takes printable ASCII only: give a short id, such as a ticket's (RFC 3461 4.4).")
    if len(xtext(value)) > _ENVID_LIMIT:
        raise Refused(f"--envid is longer than {_ENVID_LIMIT} characters: shorten it (RFC 3461 4.4).")
    return value


def _xclient(ctx: click.Context, param: click.Parameter, values: Any) -> tuple[str, ...]:
    """Attributes for XCLIENT, their names in upper case, an IPv6 address as Postfix writes it."""
    from smtpprobe.trace.delivering import xclient_line

    attributes = []
    for text in values:
        name, equals, value = text.partition("=")
        if not equals or not value or not value.isprintable():
            raise Refused(f"--xclient {text!r} has no value: write ADDR=192.0.2.1, for example.")
        known([name.upper()], _XCLIENT, "attribute of XCLIENT")
        if name.upper() in ("ADDR", "DESTADDR"):
            with contextlib.suppress(ValueError):
                value = f"IPV6:{IPv6Address(value)}"
        attributes.append(f"{name.upper()}={value}")
    if len(xclient_line(attributes).line) > _LINE_LIMIT:
        raise Refused("The attributes of --xclient are longer than a line may be: shorten or leave out some.")
    return tuple(attributes)


_OPTIONS: tuple[Decorator, ...] = (
    click.option("--deliver", is_flag=True, help="Send one message to RECIPIENT; asks before it does."),
    click.option("--message", metavar="FILE", help="Send this message (an .eml file, - for stdin), not ours."),
    click.option(
        "--header",
        metavar="'NAME: VALUE'",
        multiple=True,
        help="Add this header field, or put it in the place of the one of that name.",
    ),
    click.option("--subject", metavar="TEXT", help="The subject of our message."),
    click.option("--body", metavar="TEXT|@FILE", help="The text of our message, or the file that it stands in."),
    click.option("--chunking", is_flag=True, help="Send it with BDAT where CHUNKING is offered, not with DATA."),
    click.option(
        "--dsn",
        metavar="never|success,failure,delay",
        multiple=True,
        callback=_notify,
        help="When a report is to come back (NOTIFY).",
    ),
    click.option("--ret", type=click.Choice(["full", "hdrs"]), help="How much of the message a report holds (RET)."),
    click.option("--envid", metavar="ID", callback=_envid, help="The id that a report names it by (ENVID)."),
    click.option("--requiretls", is_flag=True, help="Have it travel over TLS all the way, or not at all (RFC 8689)."),
    click.option("--smtputf8", is_flag=True, help="Send header and envelope as UTF-8 (RFC 6531)."),
    click.option("--yes", is_flag=True, help="Send it without asking first."),
    click.option(
        "--xclient",
        metavar="ATTR=VALUE",
        multiple=True,
        callback=_xclient,
        help="Speak for another client, where a Postfix allows it: ADDR=192.0.2.1, LOGIN=ann.",
    ),
    click.option(
        "--size",
        type=click.IntRange(0, 10**15),
        metavar="OCTETS",
        help="The size to announce with MAIL where no message is sent.  [default: 10240]",
    ),
)


def delivery_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """All options about the message, and --xclient and --size, which work without one too."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def build(given: Given, sender: Mailbox | None, recipient: Mailbox | None, *, host: str) -> Delivery | None:
    """What is to be sent, shown and agreed to; None where nothing is. ``host`` is our own name.

    Raises Refused for what cannot be sent, and where nobody agrees.
    """
    if not given.deliver:
        if loose := [name for name in Given.__struct_fields__ if name != "yes" and getattr(given, name)]:
            raise Refused(f"--{loose[0]} is about a message, and none is sent: add --deliver to send one.")
        return None
    if recipient is None:
        raise Refused("--deliver needs somebody to deliver to: name a RECIPIENT, such as ann@example.net.")
    message = _message(given, sender, recipient, host)
    delivery = Delivery(
        message.octets,
        message.message_id,
        parameters=tuple(_parameters(given)),
        rcpt_parameters=(f"NOTIFY={','.join(given.dsn).upper()}",) if given.dsn else (),
        chunking=given.chunking,
    )
    _agree(_announced(given, delivery, message, sender, recipient), given=given.yes)
    return delivery


def _message(given: Given, sender: Mailbox | None, recipient: Mailbox, host: str) -> Message:
    from smtpprobe.message import MessageError, compose, prepare

    if given.message is not None and (given.subject is not None or given.body is not None):
        raise Refused("--message brings its own subject and text: leave --subject and --body out, or use --header.")
    try:
        if given.message is not None:
            return prepare(_read(given.message), headers=given.header, utf8=given.smtputf8)
        domain = sender.domain if sender is not None else host
        date = datetime.now().astimezone()
        return compose(
            sender,
            recipient,
            date=date,
            message_id=f"<{date:%Y%m%d%H%M%S}.{secrets.token_hex(8)}@{domain}>",
            subject=given.subject or "",
            headers=given.header,
            body=_body(given.body or ""),
            utf8=given.smtputf8,
        )
    except MessageError as error:
        raise Refused(str(error)) from error


def _body(text: str) -> str:
    if not text.startswith("@"):
        return text
    try:
        return _read(text[1:]).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"The file {text[1:]!r} is not valid UTF-8: convert it, or send it with --message.") from None


def _read(path: str) -> bytes:
    """A file, or stdin, as far as the largest message goes and one octet more."""
    from smtpprobe.message import LARGEST

    try:
        if path == "-":
            return sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""
        with open(path, "rb") as stream:
            return stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"The file {path!r} cannot be read ({reason}): check its path and its mode.") from None


def _parameters(given: Given) -> Iterator[str]:
    """What goes out with MAIL, where it is offered."""
    from smtpprobe.trace.envelope import xtext

    if given.ret is not None:
        yield f"RET={given.ret.upper()}"
    if given.envid is not None:
        yield f"ENVID={xtext(given.envid)}"
    if given.requiretls:
        yield "REQUIRETLS"
    if given.smtputf8:
        yield "SMTPUTF8"


def _announced(
    given: Given, delivery: Delivery, message: Message, sender: Mailbox | None, recipient: Mailbox
) -> Iterator[str]:
    """Paragraphs: what is sent, from whom and to whom."""
    origin = f"the file {given.message}" if given.message not in (None, "-") else "standard input"
    what = "A small test message" if given.message is None else f"The message from {origin}"
    yield f"{what} will be sent, {len(delivery.message):,} octets:"
    yield f"  from     <{sender.path if sender is not None else ''}>"
    yield f"  to       <{recipient.path}>"
    if given.subject:
        yield f"  subject  {given.subject}"
    yield f"  id       {delivery.message_id or 'none'}"
    asked = [*delivery.parameters, *delivery.rcpt_parameters, *(["BDAT"] if delivery.chunking else [])]
    if asked:
        yield f"  asks for {', '.join(asked)}, where it is offered"
    for note in message.notes:
        yield f"  note     {note}"
    if message.eight_bit:
        yield "  note     It has octets above 127, which take 8BITMIME at every server on the way."


def _agree(paragraphs: Iterator[str], *, given: bool) -> None:
    """Say what will be sent, and go on only where the user wants it, ``given`` beforehand or at the terminal."""
    width = max(shutil.get_terminal_size().columns, 40)
    for text in paragraphs:
        shown = escape.terminal(text)
        click.echo(textwrap.fill(shown, width, subsequent_indent=_INDENT, break_on_hyphens=False), err=True)
    if given:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise Refused("A message would be sent, and nobody is here to agree: give --yes to send it.")
    if not click.confirm("Send it?", err=True):
        raise Refused("Nothing was sent: without --deliver the way is walked as far as RCPT.")
