"""The words of servers that put a mail off, and the marks of what rewrites a dialogue. Data and look-ups, no I/O."""

from __future__ import annotations

import re
from functools import cache

from smtpprobe.catalogue.wordings import client, folded
from smtpprobe.explain.reasons import reason_of
from smtpprobe.model import Exchange
from smtpprobe.outcome import Reason

#: Seconds. Who asks for more than this did not mean greylisting; it is read as no hint.
LONGEST_HINT = 24 * 3600.0

_TOO_MUCH = frozenset({Reason.SPEEDING, Reason.TOOMANYCONN})
# Reasons beside which a count may be the cause. Where another reason is named, that is it: Gmail limits the rate of
# mail that SPF or DKIM does not vouch for.
_BESIDE = _TOO_MUCH | {Reason.EXCEEDLIMIT, Reason.BADREPUTATION, Reason.ONHOLD, Reason.UNDEFINED, Reason.NONE}
# Where a stranger can be put off: at the sender, the recipient, or the message.
_OF_MAIL = frozenset({"MAIL", "RCPT", "DATA", "BDAT"})

# On the text as `folded` gives it: small letters, single spaces, "@" for addresses, "·" within words and numbers.
_GREY = re.compile(
    # Postgrey, SQLgrey, milter-greylist, rspamd, Stalwart, Barracuda and many more use the word.
    r"\bgr[ae]y[- ]?list|\bpostgrey\b"
    # Yahoo
    r"|\[gl\d\d\]"
    # greylistd of Debian, for Exim
    r"|\bnot yet authorized to deliver mail\b"
    # Mimecast
    r"|\binternal resources? (?:is |are )?temporarily unavailable"
)
_COME_AGAIN = re.compile(
    r"\bcome back (?:later|in|after)\b|\bfirst[- ]time (?:sender|contact)\b|\bnot (?:yet )?seen before\b"
    r"|\b(?:try|retry|wait|back)\b[^.;]{0,30}? \d{1,5} ?(?:s|secs?|seconds?|m|mins?|minutes?)\b"
    r"|\bwarten sie \d{1,5} (?:sekunden|minuten)\b|\bin \d{1,5} (?:sekunden|minuten) (?:erneut|noch)"
)
# All that OpenBSD's spamd and rspamd say, by their enhanced code; others say it in front of the cause.
_ALONE = {
    None: re.compile(r"temporary failure, please try again later\.?"),
    "4.7.1": re.compile(r"try again later\.?"),
}

_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\d:])")
_AMOUNT = re.compile(
    r"(?:\b(?:in|after|for|least|wait|another|within|about|until|again|later)|\b(?:retry|delay|time)[=:]|\()"
    r" ?(\d{1,6})(?:·\d{1,6})? ?(s|secs?|seconds?|sekunden|m|mins?|minutes?|minuten|h|hrs?|hours?|stunden?)\b"
)
_UNITS = (("stu", 3600), ("h", 3600), ("m", 60), ("s", 1))

# Counts of other things: a server without a free process, a client whose commands fail.
_OTHER_COUNTS = re.compile(r"\ball (?:server|screening) ports are busy\b|\btoo many errors\b")
# What Cisco's SMTP inspection leaves of a greeting (asterisks, and here and there a 2 or 0), and sends as a command.
_STARS = re.compile(r"(?=.{0,80}[*]{8})[*02 ]{16,}")
_ECHOED = re.compile(r"\bX{4,}[A-Z]?\b")


def text_of(exchange: Exchange) -> str:
    """The words of a reply as the patterns here see them."""
    return folded(exchange.reply.text) if exchange.reply is not None else ""


def hinted(text: str) -> float | None:
    """Seconds after which to come again, as the folded words of a reply tell it; None where they do not."""
    clock = _CLOCK.search(text)
    if clock is not None:
        seconds = 3600 * int(clock[1]) + 60 * int(clock[2]) + int(clock[3])
    else:
        amount = _AMOUNT.search(text)
        if amount is None:
            return None
        seconds = int(amount[1]) * next(size for word, size in _UNITS if amount[2].startswith(word))
    return float(seconds) if 0 < seconds <= LONGEST_HINT else None


def spoken(seconds: float) -> str:
    """A time as people say it: "300 seconds" is 5 minutes."""
    number, unit = next(
        ((seconds / size, word) for word, size in (("hour", 3600), ("minute", 60)) if seconds % size == 0),
        (seconds, "second"),
    )
    return f"{number:.0f} {unit}{'' if number == 1 else 's'}"


def is_greylisting(exchange: Exchange, category: str) -> bool:
    """Is a stranger put off here? ``category`` is what this vendor means by it, "" where that is not known."""
    if not _is_put_off(exchange):
        return False
    text = text_of(exchange)
    if _GREY.search(text):
        return True
    if is_rate_limit(exchange, category) or is_postscreen(exchange):
        return False
    reply = exchange.reply
    alone = _ALONE.get(reply.enhanced) if reply is not None and reply.code == 451 else None
    return _COME_AGAIN.search(text) is not None or (alone is not None and alone.fullmatch(text) is not None)


def _is_put_off(exchange: Exchange) -> bool:
    """A 4yz to a command of a mail."""
    return exchange.code is not None and 400 <= exchange.code < 500 and _verb(exchange) in _OF_MAIL


def is_rate_limit(exchange: Exchange, category: str) -> bool:
    """Is it too much in too short a time? What is said of greylisting beside it counts more."""
    reply, text = exchange.reply, text_of(exchange)
    if reply is None or _OTHER_COUNTS.search(text) or (_is_put_off(exchange) and _GREY.search(text)):
        return False
    if category:
        return category in _TOO_MUCH or (category in _BESIDE and _counts(text))
    reason = reason_of(reply.code, reply.enhanced, reply.text, _verb(exchange))
    # "Try again in 60 seconds" is blocking to the catalogue, which hears of greylisting.
    return reason in _TOO_MUCH or (reason in _BESIDE | {Reason.BLOCKED} and _counts(text))


def _counts(text: str) -> bool:
    """Do the words speak of a count, whatever else they say?"""
    return any(pattern.search(text) for pattern in _too_much())


@cache
def _too_much() -> tuple[re.Pattern[str], ...]:
    """The catalogue's patterns."""
    return tuple([re.compile(one) for entry in (*client.CONNECTIONS, *client.PACE) for one in entry.patterns])


def is_postscreen(exchange: Exchange) -> bool:
    """Is it postscreen of Postfix that refuses? Its words at RCPT are its own, as are those for who talks too early."""
    reply = exchange.reply
    if reply is None:
        return False
    at_recipient = reply.code == 450 and reply.enhanced == "4.3.2" and _verb(exchange) == "RCPT"
    return (at_recipient and text_of(exchange) == "service currently unavailable") or is_pregreet(exchange)


def is_pregreet(exchange: Exchange) -> bool:
    """Does postscreen blame the client for talking before the greeting was complete (PREGREET in its log)?"""
    reply = exchange.reply
    return reply is not None and reply.code in (521, 550) and reply.text == "5.5.1 Protocol error"


def starred(text: str) -> bool:
    """Is a greeting made of asterisks? A few of them around a word are somebody's taste."""
    return any(_STARS.fullmatch(line.strip()) for line in text.split("\n"))


def echoes_x(text: str) -> bool:
    """Does a refusal quote a command that consists of X?"""
    return _ECHOED.search(text) is not None


def _verb(exchange: Exchange) -> str:
    return exchange.command.verb if exchange.command is not None else "GREETING"
