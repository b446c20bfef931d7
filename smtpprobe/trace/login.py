"""One login on an open session, and what follows from it: the mechanism, the exchange, who must do what.

A mechanism is tried once. What is refused is never tried again with a weaker one.
"""

from __future__ import annotations

from base64 import b64encode

from msgspec import Struct

from smtpprobe.catalogue import logins
from smtpprobe.diagnosis import Event, Meaning
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.journey import Login, Ruling
from smtpprobe.model import Capabilities, Command, Exchange, Reply
from smtpprobe.outcome import Cause, Check, Defect, Reason, Stage, Standing, Who
from smtpprobe.sasl import LONGEST_LINE, Client, NoWay, OAuthRefusal, SaslError, begin, choose, decoded
from smtpprobe.wire.dial import Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

# The longest command line, its CRLF counted: a longer initial response has to wait for the challenge (RFC 4954 4).
_LONGEST_COMMAND = 512
_CANCEL = Command(b"*")

_CAUSES = {
    432: Cause.AUTH_REFUSED,
    500: Cause.AUTH_MECHANISM,
    502: Cause.AUTH_MECHANISM,
    503: Cause.AUTH_MECHANISM,
    504: Cause.AUTH_MECHANISM,
    530: Cause.TLS_REQUIRED,
    538: Cause.TLS_REQUIRED,
}
_TOO_MUCH = frozenset({Reason.SPEEDING, Reason.TOOMANYCONN})
_WITH_TOKEN = frozenset({"OAUTHBEARER", "XOAUTH2"})
# A server that keeps its passwords hashed in one way can check them with few mechanisms.
_NEEDS_ITS_OWN_HASH = frozenset({"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"})


class LoginResult(Struct, frozen=True):
    """How a login went. ``cause`` is NONE where it succeeded.

    ``mechanism`` is the one that was tried, None where none was; ``trouble`` says in one sentence why nothing was tried
    or why it broke off. ``evidence`` are the places of its exchanges in the record, ``last`` is the one that decided.
    ``refusal`` is what the server had against a token. ``offered`` is what EHLO offered, ``others`` what would do too.
    """

    cause: Cause
    mechanism: str | None = None
    evidence: tuple[int, ...] = ()
    last: Exchange | None = None
    trouble: str = ""
    refusal: OAuthRefusal | None = None
    offered: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def logged_in(self) -> bool:
        """May mail be submitted on this connection?"""
        return self.cause is Cause.NONE


async def log_in(
    session: Session, stage: Stage, capabilities: Capabilities, login: Login, *, record: Record, verified: bool
) -> LoginResult:
    """Log in once, with the best mechanism that both sides know, or say why nothing was tried.

    ``record`` is the session's, ``stage`` where it stands (CLEAR or TLS), ``verified`` whether the certificate was
    found good for the name that the user meant.
    """
    offered = capabilities.mechanisms
    if not offered:
        return LoginResult(Cause.AUTH_MECHANISM, trouble=_no_auth(stage, capabilities))
    chosen = choose(offered, login, encrypted=stage is Stage.TLS, verified=verified)
    if isinstance(chosen, NoWay):
        return LoginResult(chosen.cause, trouble=chosen.sentence, offered=offered)
    mechanism, *others = chosen
    try:
        client = begin(mechanism, login, session.route.host or session.route.address, session.route.port)
    except SaslError as error:
        return LoginResult(Cause.AUTH_MECHANISM, trouble=str(error), offered=offered)
    return await _Exchanges(session, stage, record, mechanism, offered, tuple(others)).hold(client)


class _Exchanges:
    """One AUTH and its challenges (RFC 4954 4)."""

    def __init__(
        self,
        session: Session,
        stage: Stage,
        record: Record,
        mechanism: str,
        offered: tuple[str, ...],
        others: tuple[str, ...],
    ) -> None:
        self._session, self._stage, self._record = session, stage, record
        self._mechanism, self._offered, self._others = mechanism, offered, others
        self._evidence: list[int] = []
        self._heard: tuple[bytes, ...] = ()

    async def hold(self, client: Client) -> LoginResult:
        """Answer challenges until the server decides, or one of them cannot be answered."""
        # Challenges are read as they came: what is recorded of them is redacted where it repeats what we said.
        self._session.protocol.on_challenge = self._hear
        try:
            return await self._hold(client)
        finally:
            self._session.protocol.on_challenge = None

    def _hear(self, lines: tuple[bytes, ...]) -> None:
        self._heard = lines

    async def _hold(self, client: Client) -> LoginResult:
        waiting = client.initial
        command = Command(b"AUTH " + self._mechanism.encode())
        if waiting is not None:
            whole = command.line + b" " + (b64encode(waiting) or b"=")
            if len(whole) + 2 <= _LONGEST_COMMAND:
                command, waiting = Command(whole, secret=True), None
        last = await self._say(command)
        # A server may ask for ever: each client answers a few challenges and no more.
        while last.code == 334 and last.failure is None:
            try:
                # The challenge before an initial response says nothing, whatever stands in it (RFC 4422 3).
                answer = b64encode(client.respond(self._challenge(last)) if waiting is None else waiting)
                if len(answer) + 2 > LONGEST_LINE:
                    raise SaslError(f"The answer is longer than the {LONGEST_LINE:,} octets that RFC 4954 4 allows.")
            except SaslError as error:
                return await self._break_off(last, str(error))
            waiting = None
            last = await self._say(Command(answer, secret=True))
        return self._decided(client, last)

    async def _say(self, command: Command) -> Exchange:
        (index,) = await self._session.flight([Line(command, subject=self._mechanism)], self._stage)
        self._evidence.append(index)
        return self._record.exchanges[index]

    def _challenge(self, last: Exchange) -> bytes:
        if len(self._heard) != 1:
            raise SaslError("The server's challenge has several lines, and RFC 4954 4 allows one.")
        if last.reply is not None and Defect.LINE_TOO_LONG in last.reply.defects:
            raise SaslError("The server's challenge is longer than the 8 KiB of a line that are kept.")
        return decoded(self._heard[0])

    def _decided(self, client: Client, last: Exchange) -> LoginResult:
        refusal = getattr(client, "refusal", None)
        if last.failure is not None:
            return self._result(Cause.SERVER, last, f"The login broke off: {last.failure.kind.meaning}.", refusal)
        if last.code != 235:
            return self._result(_cause(self._mechanism, last, self._session.route.host), last, "", refusal)
        try:
            client.accepted()
        except SaslError as error:
            return self._result(Cause.AUTH_MECHANISM, last, str(error))
        return self._result(Cause.NONE, last)

    async def _break_off(self, last: Exchange, trouble: str) -> LoginResult:
        """Cancel with ``*`` (RFC 4954 4); what the server says to that decides nothing."""
        if self._session.usable:
            await self._say(_CANCEL)
        return self._result(Cause.AUTH_MECHANISM, last, trouble)

    def _result(
        self, cause: Cause, last: Exchange, trouble: str = "", refusal: OAuthRefusal | None = None
    ) -> LoginResult:
        return LoginResult(
            cause, self._mechanism, tuple(self._evidence), last, trouble, refusal, self._offered, self._others
        )


def login_ruling(result: LoginResult, host: str) -> Ruling:
    """What follows from a login at the server of this name: for whom to do what, at this provider."""
    if result.logged_in:
        return _ruling(result, host, Standing.PASS, "235", f"The login at {host} with {result.mechanism} succeeded.")
    if result.mechanism is None:
        return _ruling(result, host, Standing.FAIL, result.cause.value, result.trouble, steps=_without_attempt(result))
    reply = result.last.reply if result.last is not None else None
    if result.trouble or reply is None or reply.code is None:
        words = f"The login at {host} with {result.mechanism} did not end well. {result.trouble}"
        standing = Standing.UNKNOWN if result.cause is Cause.SERVER else Standing.FAIL
        return _ruling(result, host, standing, result.cause.value, words, steps=_instead(result), who=Who.SERVER)
    meaning = _meaning(result.mechanism, reply, host)
    entry = logins.of(host, reply.text)
    return _ruling(
        result,
        host,
        Standing.UNKNOWN if 400 <= reply.code < 500 else Standing.FAIL,
        " ".join(filter(None, (str(reply.code), reply.enhanced))),
        f"{host} refused the login with {result.mechanism}: {meaning.summary}",
        steps=_steps(result, meaning, entry),
        who=meaning.who,
        references=(*meaning.references, *(entry.references if entry is not None else ())),
    )


def _ruling(
    result: LoginResult,
    host: str,
    standing: Standing,
    word: str,
    summary: str,
    *,
    steps: tuple[str, ...] = (),
    who: Who = Who.SENDER,
    references: tuple[str, ...] = (),
) -> Ruling:
    return Ruling(
        Check.LOGIN,
        host,
        standing,
        word,
        summary,
        _told(result.refusal),
        tuple(dict.fromkeys(steps)),
        Who.NOBODY if standing is Standing.PASS else who,
        f"AUTH {' '.join(result.offered)}" if result.offered else "",
        tuple(dict.fromkeys(references)) or ("RFC 4954 4",),
    )


def _steps(result: LoginResult, meaning: Meaning, entry: logins.LoginEntry | None) -> tuple[str, ...]:
    """This provider's own steps for what the credentials are, else what holds anywhere; then what is left to try."""
    judged = result.cause is Cause.AUTH_REFUSED
    if judged and result.mechanism in _WITH_TOKEN:
        return (*_token_steps(result.refusal), *(entry.token_steps if entry else ()))
    if judged and entry is not None:
        named = meaning.note.dialect.fix if meaning.note is not None and meaning.note.dialect is not None else ""
        return (*((named,) if named else ()), f"Log in as {entry.user}, with {entry.secret}.", *entry.steps)
    return (*meaning.steps, *_instead(result))


def _token_steps(refusal: OAuthRefusal | None) -> tuple[str, ...]:
    scope = f" for the scope {refusal.scope}" if refusal is not None and refusal.scope else ""
    return (
        f"Fetch a new access token{scope}, for the account that logs in: they last for about an hour. "
        "A refresh token or an ID token does not do.",
    )


def _instead(result: LoginResult) -> tuple[str, ...]:
    """Another mechanism, for the user to ask for: never tried unasked."""
    if not result.others or result.mechanism not in _NEEDS_ITS_OWN_HASH:
        return ()
    other = result.others[0]
    return (
        f"Perhaps the server holds no secret of this account that fits {result.mechanism}: --auth {other} shows "
        f"whether the same password passes with {other}.",
    )


def _without_attempt(result: LoginResult) -> tuple[str, ...]:
    if result.cause is Cause.AUTH_INSECURE:
        return (
            "Connect to port 465, or to 587 with STARTTLS, by the name that stands in the server's certificate; "
            "--ca-file names an authority of your own.",
        )
    return ()


def _told(refusal: OAuthRefusal | None) -> str:
    """What the server said of the token, field by field."""
    if refusal is None:
        return ""
    fields = (("status", refusal.status), ("schemes", refusal.schemes), ("scope", refusal.scope))
    told = [f"{name} {value}" for name, value in (*fields, ("configuration", refusal.configuration)) if value]
    return (
        f"The server said of the token: {', '.join(told)}."
        if told
        else "The server said nothing readable of the token."
    )


def _no_auth(stage: Stage, capabilities: Capabilities) -> str:
    if stage is not Stage.TLS and "STARTTLS" in capabilities:
        return "The server offers no AUTH before STARTTLS: start TLS first, and look what it offers then."
    return (
        "The server offers no AUTH here: users log in on the submission ports, 465 or 587, and their server must have "
        "AUTH switched on there."
    )


def _meaning(mechanism: str, reply: Reply, host: str) -> Meaning:
    """What this server means by its answer to AUTH."""
    event = Event("trace", reply.text, reply.code, reply.enhanced, f"AUTH {mechanism}", host)
    return Explainer().explain(event).meaning


def _cause(mechanism: str, last: Exchange, host: str) -> Cause:
    code, reply = last.code, last.reply
    if code is None or reply is None or code < 400:
        return Cause.AUTH_MECHANISM
    if _meaning(mechanism, reply, host).reason in _TOO_MUCH:
        return Cause.RATE_LIMIT
    return _CAUSES.get(code, Cause.SERVER if code < 500 else Cause.AUTH_REFUSED)
