"""From what a server does today to a file that expects it to go on. Of its words only plain names go in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from smtpprobe import __version__
from smtpprobe.expect.presets import PRESETS
from smtpprobe.model import Capabilities, Dialogue, Report, Transcript
from smtpprobe.outcome import TlsMode, Verdict

_KEYWORD = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")
_NAME = re.compile(r"(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?", re.IGNORECASE)
#: Days before a certificate ends at which it should have been renewed; half of what is left, where that is less.
_DAYS = 14
_MOST_NAMES = 20

#: What is asked in order to write it down: the commands of the presets for servers that anybody may talk to.
QUESTIONS: tuple[Dialogue, ...] = tuple(
    {
        one.name: Dialogue(one.name, (one.send,) if isinstance(one.send, str) else one.send)
        for name in ("mx", "submission")
        for one in PRESETS[name].expect.command
    }.values()
)


def written(report: Report, target: str) -> str:
    """The file, as TOML. ``target`` is how the user named the server."""
    run = report.transcript
    parts = [
        _heading(run, target),
        _extensions(run),
        _auth(run),
        _tls(run),
        _certificate(run),
        *_commands(run),
        _findings(report),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _heading(run: Transcript, target: str) -> str:
    lines = [
        f"# Written by smtpprobe {__version__} on {run.started[:10]} from what this server did then.",
        "# Keep what must stay so and strike the rest; docs/check.md explains every key.",
        "",
        "[defaults]",
        "retries = 2             # ask again where something is undecided (421, greylisting, a timeout)",
        'retry_after = "10s"',
        "",
        "[[server]]",
        f"target = {_text(target)}",
    ]
    return "\n".join(lines)


def _extensions(run: Transcript) -> str:
    lines = []
    for key, there in (("present_in_clear", run.clear), ("present_in_tls", run.encrypted)):
        if there is not None and (names := _promises(there)):
            lines.append(f"{key} = {_list(names)}")
    if run.encrypted is not None and "STARTTLS" not in run.encrypted:
        lines.append('absent_in_tls = ["STARTTLS"]')
    return "\n".join(["[server.expect.extensions]", *lines]) if lines else ""


def _promises(there: Capabilities) -> list[str]:
    found = []
    for one in there.keywords:
        if _KEYWORD.fullmatch(one.keyword) and one.keyword != "AUTH":
            limit = there.size_limit if one.keyword == "SIZE" else None
            found.append(f"SIZE >= {limit}" if limit is not None else one.keyword)
    return list(dict.fromkeys(found))


def _auth(run: Transcript) -> str:
    best = run.encrypted or run.clear
    mechanisms = [name for name in (best.mechanisms if best else ()) if _KEYWORD.fullmatch(name)]
    lines = [f"required = {_list(mechanisms)}"] if mechanisms else []
    if run.clear is not None and run.target.tls is not TlsMode.IMPLICIT and not run.clear.mechanisms:
        lines.append("in_clear = false")
    return "\n".join(["[server.expect.auth]", *lines]) if lines else ""


def _tls(run: Transcript) -> str:
    if run.tls is None:
        return ""
    lines = ["[server.expect.tls]", "offered = true"]
    if version := re.fullmatch(r"TLSv(1\.[0-3])", run.tls.version):
        lines.append(f'version = "{version[1]}"           # at least')
    return "\n".join(lines)


def _certificate(run: Transcript) -> str:
    certificate = run.tls.certificate if run.tls is not None else None
    if certificate is None:
        return ""
    lines = []
    if certificate.days_left > 1:
        lines.append(f"days_left = {min(_DAYS, certificate.days_left // 2)}           # at least")
    names = [name for name in certificate.names if _NAME.fullmatch(name)][:_MOST_NAMES]
    if names:
        lines.append(f"names = {_list(names)}")
    if certificate.trusted:
        lines.append("trusted = true")
    return "\n".join(["[server.expect.certificate]", *lines]) if lines else ""


def _commands(run: Transcript) -> Iterator[str]:
    for one in QUESTIONS:
        heard = [o for o in run.observations if o.probe == "dialogue" and o.subject == one.name and o.evidence]
        code = run.exchanges[heard[-1].evidence[-1]].code if heard else None
        if code is None or heard[-1].verdict is not Verdict.ANSWERED or 400 <= code < 500:
            continue
        lines = one.lines[: len(heard)]
        yield "\n".join(
            [
                "[[server.expect.command]]",
                f'name = "{one.name}"',
                f"send = {_list(lines) if len(lines) > 1 else _text(lines[0])}",
                f"code = {code}",
            ]
        )


def _findings(report: Report) -> str:
    grave = list(dict.fromkeys(one.rule for one in report.findings if one.severity != "info"))
    if not grave:
        return '[server.expect.findings]\nat_most = "info"'
    return f'[server.expect.findings]\nat_most = "info"\ntolerated = {_list(grave)}   # found today: mend them'


def _list(texts: Sequence[str]) -> str:
    whole = "[" + ", ".join(map(_text, texts)) + "]"
    if len(whole) <= 90:
        return whole
    return "[\n" + "".join(f"    {_text(text)},\n" for text in texts) + "]"


def _text(text: str) -> str:
    """A basic string of TOML, which JSON's strings are, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
