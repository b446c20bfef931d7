"""MAIL and RCPT as a sender would write them, and the further questions about the envelope. Pure: lines and words.

A parameter goes out only where EHLO offers its extension (RFC 5321 4.1.1.11), but for those that the user wrote.
"""

from __future__ import annotations

import re

from msgspec import Struct

from smtpprobe.explain.parameters import Asked
from smtpprobe.journey import Journey, Mailbox, Ruling
from smtpprobe.model import Capabilities, Command, Reply
from smtpprobe.outcome import Check, Standing, Who

# What may stand as itself in xtext, and in the utf-8 form of RFC 6533 3 a backslash may not.
_NOT_XTEXT = re.compile(r"[^!-*,-<>-~]")
_NOT_UTF8_XTEXT = re.compile(r"[^!-*,-<>-\[\]-~]")

#: The further questions that can be asked about the envelope, and what each asks.
EXTRAS = {
    "null-sender": "does it take bounces: the null sender <> (RFC 5321 4.5.5)",
    "postmaster": "does its domain take mail for postmaster (RFC 5321 4.5.1)",
    "abuse": "does its domain take mail for abuse (RFC 2142 4)",
    "catch-all": "does it take a recipient that nobody has: an invented name",
    "quoted": "does it take the recipient's local part in quotes (RFC 5321 4.1.2)",
    "own-domain": "does it take a stranger's mail in the recipient's own name",
}


def needs_utf8(*mailboxes: Mailbox | None) -> bool:
    """Does an address of these ask for SMTPUTF8? Where that is not offered, no line can be made (RFC 6531 3.2)."""
    return any(mailbox is not None and mailbox.utf8 for mailbox in mailboxes)


def mail_line(
    sender: Mailbox | None,
    capabilities: Capabilities,
    *,
    size: int | None = None,
    utf8: bool = False,
    eight_bit: bool = False,
    extra: tuple[str, ...] = (),
) -> Command:
    """MAIL, with the size in octets, for content or addresses beyond ASCII as told. ``sender`` None is the null sender.

    ``extra`` are parameters as the user wrote them: they go out unasked, and instead of ours of the same name.
    """
    ours = [
        f"SIZE={size}" if size is not None else "",
        "BODY=8BITMIME" if eight_bit else "",
        "SMTPUTF8" if utf8 else "",
    ]
    path = sender.path if sender is not None else ""
    return _line(f"MAIL FROM:<{path}>", [one for one in ours if one and offers(capabilities, "MAIL", one)], extra)


def rcpt_line(recipient: Mailbox, capabilities: Capabilities, extra: tuple[str, ...] = ()) -> Command:
    """RCPT. Where ``extra`` has a NOTIFY, a report is to name the address as it is written here (RFC 3461 4.2)."""
    reported = "NOTIFY" in map(_name, extra) and "DSN" in capabilities
    return _line(f"RCPT TO:<{recipient.path}>", [f"ORCPT={original(recipient)}"] if reported else [], extra)


def offers(capabilities: Capabilities, verb: str, parameter: str) -> bool:
    """Does EHLO offer what this parameter belongs to? One that nobody knows is taken to be offered."""
    name, _, value = parameter.partition("=")
    keyword = Asked(verb, name.upper(), value).keyword
    return not keyword or keyword in capabilities


def xtext(text: str) -> str:
    """Any ASCII text as the value of a parameter (RFC 3461 4); octets of others in their UTF-8 form."""
    return _NOT_XTEXT.sub(lambda odd: "".join([f"+{octet:02X}" for octet in odd[0].encode()]), text)


def original(recipient: Mailbox) -> str:
    """The value of ORCPT: a type and an address (RFC 3461 4.2; beyond ASCII RFC 6533 3)."""
    if recipient.path.isascii():
        return f"rfc822;{xtext(recipient.path)}"
    return "utf-8;" + _NOT_UTF8_XTEXT.sub(lambda odd: rf"\x{{{ord(odd[0]):02X}}}", recipient.path)


def extras(names: tuple[str, ...], journey: Journey, nonce: str) -> tuple[tuple[str, Command, Command], ...]:
    """MAIL and RCPT of each of these questions; nothing without a recipient. ``nonce`` is a local part of nobody's."""
    recipient, sender = journey.recipient, journey.sender
    if recipient is None:
        return ()
    at = {
        "null-sender": (None, recipient),
        "postmaster": (sender, _at(recipient, "postmaster")),
        "abuse": (sender, _at(recipient, "abuse")),
        "catch-all": (sender, _at(recipient, nonce)),
        "quoted": (sender, _at(recipient, _quoted(recipient.local))),
        "own-domain": (recipient, recipient),
    }
    return tuple([(name, *_pair(*at[name])) for name in names])


def extra_ruling(name: str, mail_reply: Reply | None, rcpt_reply: Reply | None, subject: str = "") -> Ruling:
    """What the answers to a further question mean; ``subject`` is whom it was about, the question's name by default."""
    question = _QUESTIONS[name]
    subject = subject or name
    decisive = mail_reply if mail_reply is None or not mail_reply.positive else rcpt_reply
    if decisive is None or decisive.code is None or decisive.intermediate:
        return Ruling(Check.EXTRA, subject, Standing.UNKNOWN, "unanswered", f"{question.asked}: no answer came.")
    if decisive.positive:
        answer = question.taken
    elif decisive is mail_reply and not question.about_sender:
        answer = _Answer(Standing.UNKNOWN, f"{question.asked}: not told, since the sender was refused before.")
    elif decisive.code < 500:
        answer = _Answer(
            Standing.UNKNOWN,
            f"{question.asked}: not now, says the server.",
            ("Ask again later: the answer is a temporary one.",),
        )
    else:
        answer = question.refused
    result = "accepted" if decisive.positive else "deferred" if decisive.code < 500 else "refused"
    said = f"{decisive.code} {decisive.text}"
    return Ruling(
        Check.EXTRA,
        subject,
        answer.standing,
        result,
        answer.summary,
        detail=said,
        steps=answer.steps,
        who=answer.who,
        references=question.references,
    )


class _Answer(Struct, frozen=True):
    standing: Standing
    summary: str
    steps: tuple[str, ...] = ()
    who: Who = Who.NOBODY


class _Question(Struct, frozen=True):
    """``about_sender``: a refused MAIL is its answer too."""

    asked: str
    taken: _Answer
    refused: _Answer
    references: tuple[str, ...]
    about_sender: bool = False


_QUESTIONS = {
    "null-sender": _Question(
        "Mail from the null sender",
        _Answer(Standing.PASS, "Mail from the null sender is taken, so bounces and receipts arrive."),
        _Answer(
            Standing.FAIL,
            "Mail from the null sender is refused: bounces and receipts to this address are lost.",
            ("Let the server take MAIL FROM:<>, which it has to.",),
            Who.RECIPIENT,
        ),
        ("RFC 5321 4.5.5",),
        about_sender=True,
    ),
    "postmaster": _Question(
        "Mail for postmaster",
        _Answer(Standing.PASS, "Mail for postmaster is taken."),
        _Answer(
            Standing.WARN,
            "Mail for postmaster is refused, and every domain with mail has to take it.",
            ("Create the address postmaster, or an alias for whoever looks after the mail.",),
            Who.RECIPIENT,
        ),
        ("RFC 5321 4.5.1", "RFC 2142 5"),
    ),
    "abuse": _Question(
        "Mail for abuse",
        _Answer(Standing.PASS, "Mail for abuse is taken."),
        _Answer(
            Standing.WARN,
            "Mail for abuse is refused: complaints about this domain reach nobody, and blocklists may count that.",
            ("Create the address abuse, or an alias for whoever answers complaints.",),
            Who.RECIPIENT,
        ),
        ("RFC 2142 4",),
    ),
    "catch-all": _Question(
        "An invented recipient",
        _Answer(
            Standing.WARN,
            "An invented recipient is taken: a misspelt address is not found out here, and bounces later or never.",
            ("Let the server refuse unknown recipients at RCPT, unless one mailbox really takes all of them.",),
            Who.RECIPIENT,
        ),
        _Answer(Standing.PASS, "An invented recipient is refused at once, so a misspelt address is found out."),
        ("RFC 5321 3.3",),
    ),
    "quoted": _Question(
        "The recipient with the local part in quotes",
        _Answer(Standing.PASS, "The recipient is taken with the local part in quotes too, which means the same."),
        _Answer(
            Standing.WARN,
            "The recipient is refused with the local part in quotes, which means the same mailbox.",
            ("Let the server remove the quotes before it looks the address up.",),
            Who.SERVER,
        ),
        ("RFC 5321 4.1.2",),
    ),
    "own-domain": _Question(
        "A stranger's mail in the recipient's own name",
        _Answer(
            Standing.WARN,
            "A stranger's mail in the recipient's own name is taken as far as RCPT; a check of the content may follow.",
            ("Publish DMARC with p=reject for the domain, and let the server hold its own mail to it.",),
            Who.RECIPIENT,
        ),
        _Answer(Standing.PASS, "A stranger's mail in the recipient's own name is refused."),
        ("RFC 7489 6.3",),
        about_sender=True,
    ),
}


def _pair(sender: Mailbox | None, recipient: Mailbox) -> tuple[Command, Command]:
    path = sender.path if sender is not None else ""
    parameter = ("SMTPUTF8",) if needs_utf8(sender, recipient) else ()
    return _line(f"MAIL FROM:<{path}>", (), parameter), _line(f"RCPT TO:<{recipient.path}>", (), ())


def _at(recipient: Mailbox, local: str) -> Mailbox:
    return Mailbox(local, recipient.domain, f"{local}@{recipient.domain}")


def _quoted(local: str) -> str:
    """The same local part as a quoted string, which means the same mailbox (RFC 5321 4.1.2)."""
    return local if local.startswith('"') else f'"{local}"'


def _line(start: str, ours: list[str] | tuple[str, ...], extra: tuple[str, ...]) -> Command:
    given = set(map(_name, extra))
    return Command(" ".join([start, *[one for one in ours if _name(one) not in given], *extra]).encode())


def _name(parameter: str) -> str:
    return parameter.partition("=")[0].upper()
