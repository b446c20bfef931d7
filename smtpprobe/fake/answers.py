"""Which question's answer goes into which key of a personality: replies, refusals and those of AUTH. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from smtpprobe.fake.heard import Heard
from smtpprobe.fake.login import CHALLENGES
from smtpprobe.fake.personality import Auth, Lines, Refusals
from smtpprobe.fake.templates import Client, template, words

Cut = Callable[[bytes, int], tuple[str, ...]]
"""A reply's octets, and how many there were, to its lines."""

_NONCE = "[0-9a-f]{10}"
_CHALLENGE = 334
#: TLS or a login comes first (RFC 3207 4, RFC 4954 6).
_DEMANDED = 530


class Asked(Struct, frozen=True):
    """A command, as a regular expression, and what has to be true of it; None where that does not matter."""

    line: str
    positive: bool | None = None
    encrypted: bool | None = None
    in_mail: bool | None = None
    code: int | None = None

    def fits(self, one: Heard) -> bool:
        return re.fullmatch(self.line, one.line, re.DOTALL) is not None and all(
            wanted is None or wanted == getattr(one, name)
            for name, wanted in zip(self.__struct_fields__[1:], self._wanted, strict=True)
        )

    @property
    def _wanted(self) -> tuple[Any, ...]:
        return self.positive, self.encrypted, self.in_mail, self.code


UNKNOWN_VERB = Asked("SMTPPROBE")
#: The first of these that was asked tells what a verb gets: a name that nobody knows before one that everybody does.
_REPLIES: dict[str, tuple[Asked, ...]] = {
    "HELP": (Asked("HELP", positive=True), Asked("HELP")),
    "NOOP": (Asked("NOOP", positive=True), Asked("NOOP")),
    "RSET": (Asked("RSET", positive=True), Asked("RSET")),
    "QUIT": (Asked("QUIT", positive=True), Asked("QUIT")),
    "VRFY": (Asked(f"VRFY {_NONCE}(@.*)?"), Asked("VRFY postmaster.*")),
    "EXPN": (Asked(f"EXPN {_NONCE}(@.*)?"), Asked("EXPN postmaster.*")),
    "MAIL": (Asked("MAIL FROM:<>", positive=True), Asked("MAIL FROM:<>")),
    "RCPT": (
        Asked("RCPT TO:<postmaster[^>]*>", positive=True, in_mail=True),
        Asked("RCPT TO:<postmaster[^>]*>", in_mail=True),
    ),
    "STARTTLS": (Asked("STARTTLS", code=220),),
}
_REFUSALS: dict[str, Asked] = {
    "unknown_verb": Asked("SMTPPROBE", positive=False),
    "nested_mail": Asked("MAIL .*", positive=False, in_mail=True),
    "before_mail": Asked("RCPT .*", positive=False, in_mail=False),
    "mail_syntax": Asked("MAIL FROM:postmaster.*", positive=False),
    "no_argument": Asked("VRFY|EXPN", positive=False),
    "argument": Asked("STARTTLS SMTPPROBE", positive=False),
    "starttls_again": Asked("STARTTLS", positive=False, encrypted=True),
    "tls_required": Asked("RSET|HELP|SMTPPROBE|(?:VRFY|RCPT) .*", encrypted=False, code=_DEMANDED),
    "login_required": Asked("MAIL FROM:<>", encrypted=True, code=_DEMANDED),
}

#: Refusals that other verbs get too.
_OF_ANY_VERB = ("before_mail", "no_argument", "argument")
_MAIL_WANTS_TLS = Asked("MAIL FROM:<>", encrypted=False, code=_DEMANDED)


class Answers:
    """What was heard, to be asked for. ``offers`` are the mechanisms of AUTH that EHLO announced in each TLS state."""

    def __init__(self, heard: Sequence[Heard], them: Client, cut: Cut, offers: Mapping[bool, tuple[str, ...]]) -> None:
        self.heard, self._them, self._cut, self._offers = heard, them, cut, offers

    def all(self, asked: Asked) -> list[Heard]:
        """What fits: what a question took for its answer first, and a last word before a hang-up last."""
        fits = [one for one in self.heard if one.answered and asked.fits(one)]
        return sorted(fits, key=lambda one: (one.then is not None, one.code == _DEMANDED, not one.cited, one.encrypted))

    def said(self, *asked: Asked) -> tuple[str, ...] | None:
        """The answer to the first of these that was asked, None where none was."""
        one = next((one for each in asked for one in self.all(each)), None)
        return self.told(one) if one is not None else None

    def told(self, one: Heard) -> tuple[str, ...]:
        """This answer with its placeholders."""
        return template(self._cut(one.raw, one.octets), words(one), self._them)

    def replies(self) -> dict[str, Lines]:
        """What each verb gets when all is well. Only a rule waits for what follows a 3yz reply: none of those."""
        found = {verb: self.said(*asked) for verb, asked in _REPLIES.items()}
        return {verb: reply for verb, reply in found.items() if reply is not None and not reply[0].startswith("3")}

    def refusals(self) -> Refusals:
        """What goes wrong, as far as it was tried."""
        found = {name: self.said(asked) for name, asked in _REFUSALS.items()}
        for name in _OF_ANY_VERB:
            verb = next((one.verb for one in self.all(_REFUSALS[name])), "")
            found[name] = _of_any(found[name], verb)
        return Refusals(**{name: reply for name, reply in found.items() if reply is not None})

    @property
    def wants_brackets(self) -> bool:
        """Is an address without angle brackets a syntax error here?"""
        return bool(self.all(_REFUSALS["mail_syntax"]))

    @property
    def wants_tls(self) -> bool:
        """Is more than MAIL refused before TLS?"""
        return bool(self.all(_REFUSALS["tls_required"]) and self.all(_MAIL_WANTS_TLS))

    def auth(self) -> Auth:
        """How AUTH is answered: without a mechanism, with one that does not exist, and where it is not offered."""
        hidden = bool(self._offers.get(True)) and not self._offers.get(False)
        found: dict[str, Any] = {
            "unknown": self._offered(Asked("AUTH SMTPPROBE"), offered=True),
            "missing": self._offered(Asked("AUTH"), offered=True),
            "before_tls" if hidden else "not_offered": self._offered(Asked("AUTH.*"), offered=False),
            "cancelled": self.said(Asked(r"\*")),
            "challenges": self._challenges() or None,
            "required": bool(self.all(_REFUSALS["login_required"])),
            "clear": self._begun(encrypted=False),
            "tls": self._begun(encrypted=True),
        }
        if found["unknown"] is not None:
            found["unknown"] = tuple([line.replace("{argument}", "{keyword}") for line in found["unknown"]])
        return Auth(**{key: value for key, value in found.items() if value is not None})

    def _offered(self, asked: Asked, *, offered: bool) -> tuple[str, ...] | None:
        """The refusal where some mechanism is offered, or where none is."""
        fits = [one for one in self.all(asked) if bool(self._offers.get(one.encrypted)) == offered]
        refused = next((one for one in fits if one.code != _CHALLENGE), None)
        return self.told(refused) if refused is not None else None

    def _begun(self, *, encrypted: bool) -> tuple[str, ...] | None:
        """The mechanisms that work, where that are more than EHLO announced."""
        announced = self._offers.get(encrypted, ())
        begun = [_mechanism(one) for one in self.all(Asked("AUTH .+", encrypted=encrypted, code=_CHALLENGE))]
        more = [name for name in begun if name not in (*announced, "SMTPPROBE")]
        return tuple(dict.fromkeys([*announced, *more])) if more else None

    def _challenges(self) -> dict[str, tuple[str, ...]]:
        """The 334 lines of each mechanism that was begun, where they are not the usual ones."""
        found: dict[str, tuple[str, ...]] = {}
        for position, one in enumerate(self.heard):
            if not Asked("AUTH .+", code=_CHALLENGE).fits(one):
                continue
            told = [self.told(each) for each in (one, *_challenged(self.heard[position + 1 :], one.connection))]
            if all(len(text) == 1 for text in told):
                said = tuple([text[0] for text in told])
                found[_mechanism(one)] = max(found.get(_mechanism(one), ()), said, key=len)
        usual = {name: CHALLENGES.get(name, ("334 ",)) for name in found}
        return {name: said for name, said in found.items() if said != usual[name][: len(said)]}


def _of_any(reply: tuple[str, ...] | None, verb: str) -> tuple[str, ...] | None:
    """The reply as other verbs get it."""
    return reply and tuple([re.sub(rf"(?<![\w{{-]){verb}(?![\w}}-])", "{verb}", line) for line in reply])


def _mechanism(one: Heard) -> str:
    return one.argument.split(" ")[0].upper()


def _challenged(after: Sequence[Heard], connection: int) -> Iterator[Heard]:
    """The further challenges of an exchange that was not cancelled at once."""
    for one in after:
        if one.connection != connection or one.line == "*" or one.code != _CHALLENGE or one.verb == "AUTH":
            return
        yield one
