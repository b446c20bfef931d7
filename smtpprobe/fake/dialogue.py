"""What a personality says to each line: one connection's state, in the order of RFC 5321. No I/O."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime

import msgspec

from smtpprobe.fake.answer import Answer, Envelope, Then
from smtpprobe.fake.login import Login
from smtpprobe.fake.personality import REPLIES, Lines, Personality, Rule
from smtpprobe.fake.tally import Tally
from smtpprobe.fake.words import Choice, choice, code, encode, fill, joined

_MAIL = re.compile(r"FROM:\s*(<[^>]*>|[^\s<>]+)(?:\s+(.*\S))?\s*", re.IGNORECASE | re.DOTALL)
_RCPT = re.compile(r"TO:\s*(<[^>]*>|[^\s<>]+)(?:\s+(.*\S))?\s*", re.IGNORECASE | re.DOTALL)
_BEFORE_TLS = frozenset({"NOOP", "EHLO", "HELO", "LHLO", "STARTTLS", "QUIT"})


class Dialogue:
    """One connection's side of the talk."""

    def __init__(self, personality: Personality, peer: str, encrypted: bool) -> None:
        self._personality = personality
        self._tally = Tally(personality.limits)
        self._values = {"hostname": personality.hostname, "peer": peer, "date": format_datetime(datetime.now(UTC))}
        self._start(encrypted)

    def _start(self, encrypted: bool) -> None:
        self._encrypted = encrypted
        self._greeted = False
        self._logged_in = False
        self._sticky: Lines | None = None
        self._waiting: Callable[[str], Lines] | None = None
        self._forget()

    def _forget(self) -> None:
        """End the mail transaction (RFC 5321 4.1.1.5)."""
        self.in_mail = False
        self._sender = ""
        self._recipients: list[str] = []

    # What the engine asks

    def greet(self, crowded: bool, pipelined: bool) -> Answer:
        """The first reply of a connection."""
        manners = self._personality.manners
        if crowded:
            return self._finish(self._fill(manners.too_many), Then.CLOSE)
        if pipelined and manners.synchronization != "off":
            return self._finish(self._fill(manners.synchronization_reply), Then.CLOSE)
        return self._finish(self._fill(self._personality.greeting), Then.STAY)

    def secure(self) -> None:
        """TLS is up: all that was said before is forgotten (RFC 3207 4.2)."""
        self._start(encrypted=True)
        self._tally.secure()

    def answer(self, line: bytes, pipelined: bool) -> Answer:
        """The answer to one line, without its line end. ``pipelined``: more input is there already."""
        text = line.decode("utf-8", "surrogateescape")
        verb, _, argument = text.partition(" ")
        verb, argument = verb.upper(), argument.strip()
        address = argument.strip("<>")
        self._values |= {"line": text, "verb": verb, "argument": argument, "address": address, "path": f"<{address}>"}
        self._values["topic"] = argument.lower()
        self._values |= dict.fromkeys(("operand", "parameter", "keyword", "value", "limit"), "")
        manners = self._personality.manners
        if self._waiting is not None:
            resume, self._waiting = self._waiting, None
            return self._judge("", self._fill(resume(text)), Then.STAY)
        if manners.hang_up_at_first_command and self._greeted and verb not in ("EHLO", "HELO", "LHLO"):
            return Answer(b"", Then.CLOSE)
        if pipelined and self._out_of_step():
            return self._finish(self._fill(manners.synchronization_reply), Then.CLOSE)
        if pipelined and verb == "STARTTLS" and manners.starttls_pipelined is not None:
            return self._finish(self._fill(manners.starttls_pipelined), Then.CLOSE)
        rule = next((rule for rule in self._personality.rules if self._applies(rule, text)), None)
        if rule is not None:
            self._read_address(verb, argument)
            reply = self._fill(rule.reply)
            then = {"close": Then.CLOSE, "reset": Then.RESET, None: Then.STAY}[rule.then]
        elif verb == manners.intermediate:
            self._waiting = lambda _: manners.intermediate_end
            return self._finish(self._fill(manners.intermediate_reply), Then.STAY)
        else:
            reply, then = self._fill(self._ordinary(verb, argument)), Then.STAY
        if then is Then.STAY:
            then = self._follow(verb, argument, code(reply), ruled=rule is not None)
        chunk, takes = self._chunk(verb, argument), None
        if verb == "BDAT" and argument.upper().endswith(" LAST") and 200 <= code(reply) < 300:
            takes = self._envelope()
            self._forget()
        return msgspec.structs.replace(self._judge(verb, reply, then), chunk=chunk, takes=takes)

    def received(self, outcome: int) -> Answer:
        """The message after DATA is in; ``outcome`` is what the engine itself would say to it."""
        taken: Lines = self._reply(".")
        if outcome == 552:
            taken = self._personality.refusals.too_big
        elif outcome >= 400:
            taken = self._personality.refusals.line_too_long
        reply = self._fill(taken)
        if self._personality.lmtp:
            # RFC 2033 4.2: one reply for each recipient.
            reply = reply * len(self._recipients)
        takes = self._envelope() if 200 <= code(reply) < 300 else None
        self._forget()
        return msgspec.structs.replace(self._finish(reply, Then.STAY), takes=takes)

    def overlong(self) -> Answer:
        """A line that went over the limit."""
        return self._judge("", self._fill(self._personality.refusals.line_too_long), Then.STAY)

    # What is said

    def _applies(self, rule: Rule, text: str) -> bool:
        states = (rule.state,) if isinstance(rule.state, str) else rule.state
        return (
            re.fullmatch(rule.command, text, re.IGNORECASE | re.DOTALL) is not None
            and all(self._is(state) for state in states)
            and (
                rule.ehlo is None or re.fullmatch(rule.ehlo, self._values.get("domain", ""), re.IGNORECASE) is not None
            )
        )

    def _is(self, state: str) -> bool:
        return {
            "clear": not self._encrypted,
            "tls": self._encrypted,
            "before-ehlo": not self._greeted,
            "after-ehlo": self._greeted,
            "before-mail": not self.in_mail,
            "after-mail": self.in_mail,
            "before-rcpt": not self._recipients,
            "after-rcpt": bool(self._recipients),
            "logged-in": self._logged_in,
        }[state]

    def _out_of_step(self) -> bool:
        """Was this line pipelined where the personality minds?"""
        match self._personality.manners.synchronization:
            case "always":
                return True
            case "unannounced":
                announced = self._personality.ehlo.promises(self._encrypted) if self._greeted else ()
                return "PIPELINING" not in announced
        return False

    def _reply(self, verb: str) -> Lines:
        return self._personality.replies.get(verb, REPLIES.get(verb, ()))

    def _ordinary(self, verb: str, argument: str) -> Lines:
        """What a server that keeps to RFC 5321 says, in this personality's words."""
        it, no = self._personality, self._personality.refusals
        if it.tls_required and not self._encrypted and verb not in _BEFORE_TLS:
            return no.tls_required
        if not self._knows(verb):
            return no.unknown_verb
        if verb in it.takes_no_argument and argument:
            return no.argument
        if verb in it.needs_argument and not argument:
            return no.no_argument
        match verb:
            case "EHLO" | "HELO" | "LHLO":
                return self._hello(verb, argument)
            case "MAIL":
                return self._mail(argument)
            case "RCPT":
                return self._rcpt(argument)
            case "DATA" | "BDAT" if not self.in_mail:
                return no.before_mail
            case "DATA" | "BDAT" if not self._recipients:
                return no.before_rcpt
            case "VRFY" | "EXPN":
                return self._look_up(verb, argument)
            case "AUTH":
                return self._auth(argument)
            case "STARTTLS" if self._encrypted:
                return no.starttls_again
            case "STARTTLS" if it.starttls.startswith("refuse "):
                return it.starttls.removeprefix("refuse ")
        return self._reply(verb)

    def _knows(self, verb: str) -> bool:
        it = self._personality
        match verb:
            case "EHLO" | "HELO" | "LHLO":
                return it.lmtp == (verb == "LHLO")
            case "STARTTLS":
                return it.starttls != "off"
            case "BDAT":
                return self._promised("CHUNKING")
            case "EXPN":
                return verb in it.replies or self._promised(verb)
            case ".":
                return False
        return verb == "AUTH" or verb in it.replies or verb in REPLIES

    def _promised(self, keyword: str) -> bool:
        return any(line.upper().split(" ")[0] == keyword for line in self._personality.ehlo.promises(self._encrypted))

    def _hello(self, verb: str, domain: str) -> Lines:
        it = self._personality
        if not domain:
            return it.refusals.no_domain
        self._values["domain"] = domain
        if verb == "HELO":
            return it.helo
        words = (it.ehlo.first, *it.ehlo.promises(self._encrypted))
        return tuple(f"250{'-' if n < len(words) else ' '}{word}" for n, word in enumerate(words, 1))

    def _mail(self, argument: str) -> Lines:
        it, no = self._personality, self._personality.refusals
        if it.ehlo_required and not self._greeted:
            return no.before_ehlo
        if self.in_mail:
            return no.nested_mail
        if it.auth.required and not self._logged_in:
            return no.login_required
        if not self._read_address("MAIL", argument):
            return no.mail_syntax
        return self._parameters(it.mail_parameters) or self._sticky or self._reply("MAIL")

    def _rcpt(self, argument: str) -> Lines:
        it, no = self._personality, self._personality.refusals
        if not self.in_mail:
            return no.before_mail
        if not self._read_address("RCPT", argument):
            return no.rcpt_syntax
        return self._parameters(it.rcpt_parameters) or self._stranger() or self._reply("RCPT")

    def _read_address(self, verb: str, argument: str) -> bool:
        """Read a path and what follows it into the placeholders. False: that is no path."""
        pattern = {"MAIL": _MAIL, "RCPT": _RCPT}.get(verb)
        match = pattern.fullmatch(argument) if pattern else None
        if match is None:
            return False
        path, rest = match.groups()
        self._values |= {
            "path": path,
            "address": path.removeprefix("<").removesuffix(">"),
            "operand": argument.partition(":")[2].strip(),
            "parameter": rest or "",
        }
        empty = verb == "RCPT" and path == "<>"
        return not empty and (path.startswith("<") or not self._personality.brackets_required)

    def _parameters(self, choices: dict[str, str]) -> Lines | None:
        """The refusal of the first parameter that is not taken."""
        for parameter in self._values["parameter"].split():
            keyword, equals, value = parameter.partition("=")
            known = choice(
                choices.get(keyword.upper(), choices.get("*", "refuse 555 5.5.4 Unsupported option: {parameter}"))
            )
            self._values |= {"parameter": parameter, "keyword": keyword, "value": value, "limit": known.argument}
            refused = known.refuses(value if equals else None)
            if refused:
                return self._refuse(known, refused)
        return None

    def _refuse(self, known: Choice, why: str) -> Lines:
        no = self._personality.refusals
        if why == "size":
            reply = known.reply or no.too_big
            self._sticky = reply if self._personality.manners.sticky_size else None
            return reply
        # "limit N else REPLY" words the refusal of a size; what is no number gets the usual one.
        return known.reply if known.reply and known.kind != "limit" else no.bad_value

    def _stranger(self) -> Lines | None:
        """The refusal of an address that does not live here."""
        homes = self._personality.mailboxes
        if homes is None:
            return None
        local, at, domain = self._values["address"].rpartition("@")
        local, domain = (local, domain.lower()) if at else (domain, "")
        if domain and domain not in map(str.lower, (self._personality.hostname, *homes.domains)):
            return self._personality.refusals.relay
        return None if local.lower() in map(str.lower, homes.users) else self._personality.refusals.unknown_user

    def _look_up(self, verb: str, argument: str) -> Lines:
        homes = self._personality.mailboxes
        if homes is not None and verb in homes.reveals and self._stranger():
            return self._personality.refusals.vrfy_unknown
        return self._reply(verb)

    def _auth(self, argument: str) -> Lines:
        auth = self._personality.auth
        offered, elsewhere = self._mechanisms(self._encrypted), self._mechanisms(not self._encrypted)
        if not offered:
            return auth.before_tls if elsewhere and not self._encrypted else auth.not_offered
        if not self._greeted:
            return self._personality.refusals.before_ehlo
        if self._logged_in:
            return auth.again
        if self.in_mail:
            return auth.in_mail
        mechanism, *initial = argument.split()[:2] or ("",)
        self._values["keyword"] = mechanism
        if not mechanism:
            return auth.missing
        if mechanism.upper() not in offered:
            return auth.unknown
        return self._challenge(Login(auth, mechanism.upper(), initial[0] if initial else None))

    def _mechanisms(self, encrypted: bool) -> tuple[str, ...]:
        own = self._personality.auth.tls if encrypted else self._personality.auth.clear
        if own is not None:
            return own
        promised = (line.upper().split() for line in self._personality.ehlo.promises(encrypted))
        return tuple(word for words in promised if words and words[0] == "AUTH" for word in words[1:])

    def _challenge(self, login: Login) -> Lines:
        """The next challenge, or the end of the exchange."""
        if login.challenge is None:
            reply, self._logged_in = login.verdict
            return reply

        def resume(response: str) -> Lines:
            if response == "*":
                return self._personality.auth.cancelled
            login.respond(response)
            return self._challenge(login)

        self._waiting = resume
        return login.challenge

    # What follows

    def _follow(self, verb: str, argument: str, said: int, *, ruled: bool) -> Then:
        """Take over what the reply means: the state changes with what was said, whoever said it."""
        positive = 200 <= said < 300
        if verb in ("EHLO", "HELO", "LHLO") and positive:
            self._values["domain"] = argument
            self._greeted = True
            self._forget()
        elif verb == "RSET" and positive:
            self._sticky = None
            self._forget()
        elif verb == "MAIL" and positive:
            self.in_mail, self._sender = True, self._values["address"]
        elif verb == "RCPT" and positive:
            self._recipients.append(self._values["address"])
        elif verb == "AUTH" and said == 235:
            self._logged_in = True
        elif verb == "DATA" and said == 354:
            return Then.MESSAGE
        elif verb == "STARTTLS" and said == 220:
            return Then.BREAK_HANDSHAKE if self._personality.starttls == "broken" else Then.HANDSHAKE
        elif verb == "QUIT" and positive:
            return Then.CLOSE
        elif ruled and 300 <= said < 400:
            self._waiting = lambda line: (
                self._personality.auth.cancelled if line == "*" else self._personality.auth.failed
            )
        return Then.STAY

    def _envelope(self) -> Envelope:
        return Envelope(self._sender, tuple(self._recipients))

    def _chunk(self, verb: str, argument: str) -> int:
        """How many octets follow a BDAT: they are there whatever the reply is (RFC 3030 2)."""
        size = argument.partition(" ")[0]
        return int(size) if verb == "BDAT" and self._promised("CHUNKING") and re.fullmatch(r"[0-9]{1,9}", size) else 0

    def _judge(self, verb: str, reply: tuple[str, ...], then: Then) -> Answer:
        """Count the answer, and send the client away where that was once too often."""
        manners = self._personality.manners
        self._values["code"] = str(code(reply))
        if manners.extra_reply_after == verb:
            reply = (*reply, *self._fill(manners.extra_reply))
        unknown = reply == self._fill(self._personality.refusals.unknown_verb)
        limit = self._tally.exceeded(verb, code(reply), unknown)
        if limit is not None and then is not Then.RESET:
            farewell, then = self._fill(limit.reply), Then.CLOSE
            match limit.how:
                case "instead":
                    reply = farewell
                case "after":
                    reply = (*reply, *farewell)
                case "joined":
                    reply = joined(reply, farewell)
        return self._finish(reply, then)

    def _fill(self, reply: Lines) -> tuple[str, ...]:
        return fill(reply, self._values)

    def _finish(self, reply: tuple[str, ...], then: Then) -> Answer:
        # RFC 5321 3.8: whoever says 421 closes the connection.
        closing = then is Then.STAY and code(reply) == 421
        return Answer(encode(reply, self._personality.manners.line_end), Then.CLOSE if closing else then)
