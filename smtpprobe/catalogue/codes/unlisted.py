"""Entries for codes that the catalogue does not list, made from their digits as RFC 5321 4.2 asks. No code is named here."""

from __future__ import annotations

from smtpprobe.catalogue.codes.words import is_reply_code
from smtpprobe.catalogue.entries import CodeEntry
from smtpprobe.outcome import Retry, Who

_NAMES = {2: "success", 3: "go-ahead", 4: "transient refusal", 5: "permanent refusal"}

_CLASS_MEANINGS = {
    2: "The command was carried out, because the first digit is 2.",
    3: "The command was taken so far and the server waits for more, because the first digit is 3.",
    4: "The command was refused for now, because the first digit is 4.",
    5: "The command was refused and will be again, because the first digit is 5.",
}

_CLASS_FIXES = {
    2: "Go on as after a 250.",
    3: "Send what the command still owes, or break the session off if nothing is left to send.",
    4: "Wait and try again; read the text for the reason if that goes on for hours.",
    5: "Change what the text complains of before you send it again.",
}

_RETRIES = {2: Retry.NO, 3: Retry.NO, 4: Retry.LATER, 5: Retry.AFTER_FIX}

_TOPICS = ("syntax", "information", "the connection", "authentication", "an unspecified matter", "the mail system")

_TOPIC_MEANINGS = (
    "The second digit, 0, points at the form of the command, or at a command that fits no other group.",
    "The second digit, 1, marks a piece of information, such as status or help.",
    "The second digit, 2, points at the connection itself.",
    "The second digit, 3, is left open by RFC 5321 and used for authentication since RFC 4954.",
    "The second digit, 4, is one that RFC 5321 leaves without a meaning.",
    "The second digit, 5, points at the mail system behind the server.",
)

# RFC 3463 3.2 to 3.8, in the order of their second number.
_SUBJECTS = (
    "addresses",
    "mailboxes",
    "the mail system",
    "network and routing",
    "the protocol",
    "content",
    "policy and security",
)


def unlisted(code: int) -> CodeEntry:
    """The entry for a code of which only the digits are known; never bare, never an error."""
    return _from_digits(code) if is_reply_code(code) else _no_reply(code)


def _from_digits(code: int) -> CodeEntry:
    first, second, third = code // 100, code // 10 % 10, code % 10
    meaning = _CLASS_MEANINGS[first]
    references = ["RFC 5321 4.2", "RFC 5321 4.2.1"]
    if second < len(_TOPICS):
        topic = _TOPICS[second]
        meaning += f" {_TOPIC_MEANINGS[second]}"
    else:
        topic = "a matter outside the grammar"
        meaning += f" A second digit of {second} is outside the grammar of SMTP, which ends at 5, so a strict client may not take it for a reply."
    if first in (4, 5) and 1 <= second <= len(_SUBJECTS):
        meaning += f" Some servers also drop the dots of an enhanced status code: {_dotted(first, second, third)}."
        references.append("RFC 3463 3")
    return CodeEntry(
        code=code,
        name=f"Unlisted {_NAMES[first]} about {topic}",
        meaning=meaning,
        when=f"{code} is not in this catalogue, so no server is known here that sends it. A rare extension, a private rule or a slip in a configuration may bring it.",
        fix=_CLASS_FIXES[first],
        commands=("any",),
        retry=_RETRIES[first],
        who=Who.NOBODY if first in (2, 3) else Who.SERVER if first == 4 else Who.SENDER,
        mistaken_for=(),
        references=tuple(references),
        origin="de-facto",
    )


def _dotted(first: int, second: int, third: int) -> str:
    """What the digits say as an enhanced status code (RFC 3463): its name where it is registered, else its subject."""
    from smtpprobe.catalogue.enhanced import ENHANCED

    entry = ENHANCED.get(f"X.{second}.{third}")
    code = f"{first}.{second}.{third}"
    return f"{code} is “{entry.name}”" if entry else f"{code} would be about {_SUBJECTS[second - 1]}"


def _no_reply(code: int) -> CodeEntry:
    return CodeEntry(
        code=code,
        name="No SMTP reply code",
        meaning=f"{code} is no SMTP reply: a reply code has three digits and begins with 2, 3, 4 or 5.",
        when="As an error number of the operating system, a library or a vendor's event log, printed where a reply code is expected. On a connection it means that the port speaks another protocol.",
        fix="Find out which program wrote the number and look it up in that program's own documentation.",
        commands=(),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(),
        references=("RFC 5321 4.2",),
        origin="outside",
    )
