"""A personality as the TOML text that ``load`` reads. The only importer of tomli_w; no file is opened here."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

import msgspec
import tomli_w
from msgspec import Struct

from smtpprobe import __version__, userfile
from smtpprobe.fake.library import PersonalityError, parse
from smtpprobe.fake.personality import Personality
from smtpprobe.fake.portrait import PortraitError, portray
from smtpprobe.masking import masked
from smtpprobe.model import Report
from smtpprobe.outcome import Verdict

_WIDTH = 100
_MOST_SHOWN = 12
_LONGEST_SHOWN = 60
_TOO_MUCH = "Ask less, with --profile ehlo or --only."


def saved(report: Report, *, redact: bool) -> str:
    """The file for ``smtpprobe fake`` that answers as this report's server did. Raises PortraitError.

    ``redact``: with examples in place of the server's names, addresses and ids.
    """
    if redact:
        report = msgspec.structs.replace(report, transcript=masked(report.transcript))
    portrait = portray(report)
    return toml(portrait.personality, comments(report, portrait.missed, redacted=redact))


def toml(personality: Personality, comments: Iterable[str] = ()) -> str:
    """The TOML text, which ``load`` takes. ``comments`` are paragraphs for its head. Raises PortraitError."""
    head = [f"# {line}".rstrip() for text in comments for line in textwrap.wrap(_harmless(text), _WIDTH)]
    body = tomli_w.dumps(_told(personality), indent=2)
    text = "\n".join([*head, "", body]) if head else body
    try:
        data = text.encode()
        if len(data) > userfile.LARGEST:
            raise PersonalityError("it would be larger than 1 MiB.")
        again = parse(data, "it")
    except PersonalityError as error:
        reason = str(error).removeprefix("it: ")
        raise PortraitError(f"the personality of this server cannot be saved: {reason} {_TOO_MUCH}") from None
    if again != msgspec.convert(msgspec.to_builtins(personality), Personality):
        raise PortraitError(f"the personality of this server cannot be saved: it would read otherwise. {_TOO_MUCH}")
    return text


def comments(report: Report, missed: Iterable[str], *, redacted: bool) -> tuple[str, ...]:
    """What the head of the file says: where it comes from, what was not seen, what is answered otherwise."""
    run = report.transcript
    origin = "a server whose names, addresses and ids are replaced (--redact)" if redacted else run.target.text
    when = "" if redacted else f" on {run.started}"
    found = [
        f"Saved by smtpprobe {__version__} from {origin}{when}, profile {run.profile}: "
        f"{_several(len(run.exchanges), 'exchange')} on {_several(len(run.connections), 'connection')}."
    ]
    unseen = dict.fromkeys(o.probe for o in run.observations if o.verdict is Verdict.UNTESTED and not o.evidence)
    unseen.pop("keyword", None)
    parts = ["what follows DATA", "a login"]
    parts += ["TLS"] if run.tls is None else []
    parts += [f"the probes {_listed(unseen)}"] if unseen else []
    found.append(f"Not seen, and so answered as any fake server does: {', '.join(parts)}.")
    lost = dict.fromkeys(missed)
    if lost:
        found.append(f"Answered otherwise than by the server, which changed its mind about it: {_listed(lost)}.")
    return tuple(found)


def _several(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _listed(words: Iterable[str]) -> str:
    named = list(words)
    shown = [word[:_LONGEST_SHOWN] for word in named[:_MOST_SHOWN]]
    return ", ".join(shown) + (f" and {len(named) - len(shown)} more" if len(named) > len(shown) else "")


def _harmless(text: str) -> str:
    """ASCII, and nothing that ends a line."""
    return "".join([one if one.isascii() and one.isprintable() else ascii(one)[1:-1] for one in text])


def _told(value: Struct) -> dict[str, Any]:
    """The table without what is the default anyway."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(type(value)):
        own = getattr(value, field.encode_name)
        default = field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default
        if own is not None and own != default:
            found[field.encode_name] = _written(own)
    return found


def _written(value: Any) -> Any:
    """A value in the types of TOML."""
    if isinstance(value, Struct):
        return _told(value)
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, dict):
        return {key: _written(one) for key, one in value.items()}
    return value
