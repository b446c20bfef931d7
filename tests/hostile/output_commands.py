"""The outputs of the commands, both streams of them, each read again by its strict reader.

A format is called with strings and puts them wherever the command takes or hears words; AssertionError says what was
misread.
"""

from __future__ import annotations

import contextlib
import gzip
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

import dns.name
import dns.rdataclass
import dns.rrset
import hostile_talk
import strict_readers
from dns.rdtypes.ANY.MX import MX
from strings import argument, octets

sys.path.append(str(Path(__file__).parents[1] / "cli"))
import cli_servers
from cli_calls import Ended, invoke, valid

Strings = Sequence[str]
Format = Callable[[Strings], None]

_REFUSED = 2
_PROBE = ("--timeout", "2", "--deadline", "10", "--connections", "1", "--only", "help,vrfy-postmaster")


def _sentences(ended: Ended) -> None:
    """Nothing on stderr, or one sentence a line."""
    for row in ended.stderr.splitlines(keepends=True):
        strict_readers.sentence(row)


def _stderr(ended: Ended) -> None:
    if ended.status == _REFUSED:
        assert ended.stdout == ""
        assert ended.stderr != ""
    _sentences(ended)


# -- probe ---------------------------------------------------------------------------------------------------

_server = contextlib.ExitStack()


@cache
def _talker() -> hostile_talk.Talker:
    """One server for all calls; ``close`` ends it."""
    return _server.enter_context(cli_servers.beside(hostile_talk.talking()))


def close() -> None:
    """End what was started here."""
    _server.close()
    _talker.cache_clear()


def _probe(words: Sequence[str], columns: int, colour: bool, strings: Strings) -> None:
    talker = _talker()
    talker.strings = strings
    env = {"COLUMNS": str(columns), **({"FORCE_COLOR": "1"} if colour else {})}
    ended = invoke("probe", talker.address, *_PROBE, *words, env=env)
    assert ended.status != _REFUSED
    if "json" in words:
        strict_readers.document(ended.stdout)
        valid(ended.stdout)
    else:
        strict_readers.terminal(ended.stdout, columns, colour=colour)
    strict_readers.terminal(ended.stderr, columns, colour=colour)


def _several(strings: Strings) -> None:
    talker = _talker()
    talker.strings = strings
    ended = invoke("probe", talker.address, talker.address, *_PROBE, "--format", "json")
    for document in strict_readers.lines(ended.stdout):
        assert document["schema_version"] == 1
    _sentences(ended)


def _mx(words: Sequence[str], strings: Strings) -> None:
    """The mail servers of a domain have these names; none of them may be contacted."""
    sys.path.append(str(Path(__file__).parents[1] / "names"))
    from scripted_dns import answering, question

    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        if question(query)[1] != "MX":
            return answering(query, ["192.168.7.7"] if question(query)[1] == "A" else [])
        reply = answering(query, [])
        labels = [octets(one)[:63] or b"-" for one in strings[:20]]
        names = [dns.name.Name([label, b"test", b""]) for label in labels]
        records = [MX(dns.rdataclass.IN, dns.rdatatype.MX, 10, name) for name in names]  # type: ignore[no-untyped-call]
        reply.answer = [dns.rrset.from_rdata_list(query.question[0].name, 60, records)]
        return reply

    with cli_servers.dns(script) as address:
        ended = invoke("probe", "--mx", "--all", "victim.test", "--resolver", address, *_PROBE, *words)
    if "json" in words:
        strict_readers.lines(ended.stdout)
    else:
        strict_readers.terminal(ended.stdout)
    _sentences(ended)


# -- explain -------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _shown(ended: Ended, words: Sequence[str], columns: int, colour: bool) -> None:
    _stderr(ended)
    if "json" not in words:
        strict_readers.terminal(ended.stdout, columns, colour=colour)
    elif "--each" in words:
        strict_readers.lines(ended.stdout)
    elif ended.stdout:
        strict_readers.document(ended.stdout)


def _explain(given: str, words: Sequence[str], columns: int, colour: bool, strings: Strings) -> None:
    env = {"COLUMNS": str(columns), **({"FORCE_COLOR": "1"} if colour else {})}
    with _folder() as folder:
        place = folder / "given"
        stdin: bytes | None = None
        if given == "maildir":
            for part in ("new", "cur", "tmp"):
                (place / part).mkdir(parents=True)
            for number, one in enumerate(hostile_talk.bounces(strings)):
                (place / "new" / str(number)).write_bytes(one)
        elif given == "mailbox":
            place.write_bytes(hostile_talk.mailbox(strings))
        elif given == "gz":
            place.write_bytes(gzip.compress(hostile_talk.log(strings), 1))
        elif given == "stdin":
            stdin = hostile_talk.log(strings)
        else:
            place.write_bytes(hostile_talk.log(strings))
        source = () if stdin is not None else ("--file", str(place))
        ended = invoke("explain", *source, *words, env=env, input=stdin)
    assert ended.status == 0, ended.stderr
    _shown(ended, words, columns, colour)


def _arguments(words: Sequence[str], strings: Strings) -> None:
    for one in strings:
        text, line = f"550 5.7.1 {argument(one)}", f"MAIL FROM:<{argument(one)}>"
        _shown(invoke("explain", text, *words, "--command", line), words, 80, False)
        _shown(invoke("explain", "--", argument(one)), (), 80, False)


# -- mistakes ------------------------------------------------------------------------------------------------

_MISTAKES: dict[str, tuple[str, ...]] = {
    "a target": ("probe", "--", "{}-."),
    "a target's port": ("probe", "127.0.0.1:{}x"),
    "a socket's path": ("probe", "--deadline", "0.2", "unix:/nonexistent/x{}"),
    "a profile": ("probe", "--profile", "x{}", "127.0.0.1:1"),
    "a probe's name": ("probe", "--only", "x{}", "127.0.0.1:1"),
    "a command": ("probe", "--command", "DATA {}", "127.0.0.1:1"),
    "a domain": ("probe", "--domain", "-{}", "127.0.0.1:1"),
    "an EHLO name": ("probe", "--ehlo-name", "-{}", "127.0.0.1:1"),
    "a name for TLS": ("probe", "--sni", "-{}", "127.0.0.1:1"),
    "a source": ("probe", "--source", "x{}", "127.0.0.1:1"),
    "a resolver": ("probe", "--resolver", "x{}", "127.0.0.1:1"),
    "a PROXY source": ("probe", "--proxy", "v1", "--proxy-source", "x{}", "127.0.0.1:1"),
    "a time": ("probe", "--timeout", "x{}", "127.0.0.1:1"),
    "a choice": ("probe", "--tls", "x{}", "127.0.0.1:1"),
    "a number": ("probe", "--port", "x{}", "127.0.0.1:1"),
    "a file of authorities": ("probe", "--ca-file", "/nonexistent/x{}", "127.0.0.1:1"),
    "a client certificate": ("probe", "--client-cert", "/nonexistent/x{}", "127.0.0.1:1"),
    "an output file": ("codes", "550", "-o", "/nonexistent/x{}"),
    "a file to explain": ("explain", "--file", "/nonexistent/x{}"),
    "a reason": ("explain", "--reason", "x{}", "550"),
    "a time of day": ("explain", "--since", "x{}", "550 no"),
    "a host": ("explain", "--host", "x{}", "550 no"),
    "a language": ("codes", "--lang", "x{}"),
    "a query of codes": ("codes", "zzz{}"),
    "a query of keywords": ("extensions", "zzz{}"),
    "a code to compare": ("compare", "550", "x{}"),
    "an option": ("codes", "--x{}"),
    "a verb": ("x{}",),
    "a report": ("diff", "/nonexistent/x{}", "127.0.0.1:1"),
    "a server to compare": ("diff", "127.0.0.1:{}x", "127.0.0.1:1"),
    "a kind of difference": ("diff", "--also", "x{}", "127.0.0.1:1", "127.0.0.1:1"),
    "a personality": ("fake", "x{}"),
    "a personality's file": ("fake", "/nonexistent/x{}.toml"),
    "an address to listen on": ("fake", "demo", "--host", "x{}"),
    "a socket to listen on": ("fake", "demo", "--unix", "/nonexistent/x{}"),
}


def _mistake(words: Sequence[str], strings: Strings) -> None:
    for one in strings:
        ended = invoke(*(word.replace("{}", argument(one)) for word in words))
        assert ended.status != 0 or "--host" in words
        strict_readers.terminal(ended.stdout)
        _sentences(ended)


def _environment(strings: Strings) -> None:
    for one in strings:
        env = {f"SMTPPROBE_PROBE_{name}": f"-{argument(one)}-" for name in ("TIMEOUT", "ONLY", "TLS", "PROFILE")}
        for name, value in env.items():
            ended = invoke("probe", "127.0.0.1:1", env={name: value})
            assert ended.status == _REFUSED, ended.stdout
            _stderr(ended)


# Where a text of a personality can be wrong, as TOML; {} is a basic string.
_PERSONALITIES = (
    "summary = {}\nstarttls = {}\n",
    "summary = {}\nhostname = {}\n",
    "summary = {}\n{} = 1\n",
    "summary = {}\ncertificate = {}\n",
    "summary = {}\n[replies]\n{} = 'x'\n",
    "summary = {}\n[mail_parameters]\n{} = {}\n",
    "summary = {}\n[manners]\nintermediate = {}\n",
    "summary = {}\n[[rules]]\ncommand = '('\nreply = {}\n",
    "summary = {}\ngreeting = '220 {{nonsense}}'\n[replies]\nHELP = {}\n",
    "summary = {} {}\n",
)


def toml(text: str) -> str:
    escaped = (f"\\U{ord(c):08X}" if not "\ud800" <= c <= "\udfff" else "?" for c in text[:1_000])
    return f'"{"".join(escaped)}"'


def _personality(strings: Strings) -> None:
    with _folder() as folder:
        place = folder / "own.toml"
        for one in strings:
            for template in _PERSONALITIES:
                place.write_text(template.replace("{}", toml(f"x!{one}")).replace("{{", "{").replace("}}", "}"))
                _stderr(ended := invoke("fake", str(place)))
                assert ended.status == _REFUSED, ended.stdout
            place.write_bytes(octets(f"x!{one}")[:4_000])
            _stderr(invoke("fake", str(place)))


COMMANDS: dict[str, Format] = {
    "probe": partial(_probe, (), 80, False),
    "probe in 20 columns": partial(_probe, ("--lang", "de"), 20, False),
    "probe in colours": partial(_probe, ("--lang", "ar"), 80, True),
    "probe --brief": partial(_probe, ("--brief",), 80, False),
    "probe --quiet": partial(_probe, ("--quiet",), 80, False),
    "probe --quiet --verbose, stderr": partial(_probe, ("--quiet", "--verbose"), 80, True),
    "probe --format json --verbose": partial(_probe, ("--format", "json", "--verbose"), 80, False),
    "probe of several as JSON Lines": _several,
    "probe --mx": partial(_mx, ()),
    "probe --mx as JSON": partial(_mx, ("--format", "json")),
    "explain FILE": partial(_explain, "file", (), 80, False),
    "explain FILE --each": partial(_explain, "file", ("--each", "--lang", "de"), 20, False),
    "explain FILE --each --verbose in colours": partial(_explain, "file", ("--each", "--verbose"), 80, True),
    "explain FILE --quiet": partial(_explain, "file", ("--each", "--quiet"), 80, False),
    "explain FILE --top": partial(_explain, "file", ("--top", "1000", "--lang", "ar"), 80, True),
    "explain FILE as JSON": partial(_explain, "file", ("--format", "json"), 80, False),
    "explain stdin as JSON Lines": partial(_explain, "stdin", ("--format", "json", "--each"), 80, False),
    "explain FILE.gz": partial(_explain, "gz", (), 80, False),
    "explain a mailbox": partial(_explain, "mailbox", ("--each",), 80, False),
    "explain a mailbox as JSON": partial(_explain, "mailbox", ("--format", "json"), 80, False),
    "explain a Maildir": partial(_explain, "maildir", ("--each",), 80, True),
    "explain TEXT": partial(_arguments, ()),
    "explain TEXT as JSON": partial(_arguments, ("--format", "json")),
    **{f"a sentence about {what}": partial(_mistake, words) for what, words in _MISTAKES.items()},
    "a sentence about the environment": _environment,
    "a sentence about what is wrong in a personality": _personality,
}
