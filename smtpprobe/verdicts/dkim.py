"""The DKIM key under a selector that was named: is it there, can it be used, is it strong enough (RFC 6376 3.6). Pure.

No signature is verified here.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from msgspec import Struct

from smtpprobe.journey import Answer, Asking, Question, Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.asked import absent, broken, published, queryable

#: More than the longest key in use has, 16,384 bits of RSA.
KEY_LIMIT = 8_192
_ED25519_OCTETS = 32
_TAG = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\s*=(.*)", re.DOTALL)


class _Told(Struct, frozen=True):
    standing: Standing
    result: str
    summary: str
    steps: tuple[str, ...] = ()
    detail: str = ""


def check_dkim(selector: str, domain: str) -> Asking[Ruling]:
    """The ruling on the key at ``selector._domainkey.domain``."""
    name = f"{selector}._domainkey.{domain}".lower()
    if not queryable(name):
        return _ruling(
            name, _Told(Standing.FAIL, "none", f'"{name[:80]}" is no name that the DNS can be asked for.'), ""
        )
    (answer,) = yield (Question(name, "TXT"),)
    records = tuple([text for text in answer.records if "=" in text])
    return _ruling(name, _judged(name, answer, records), " / ".join(records))


def _ruling(name: str, told: _Told, record: str) -> Ruling:
    return Ruling(
        check=Check.DKIM,
        subject=name,
        standing=told.standing,
        result=told.result,
        summary=told.summary,
        detail=told.detail,
        steps=told.steps,
        who=Who.NOBODY if told.standing == Standing.PASS else Who.SENDER,
        record=record,
        references=("RFC 6376 3.6.1",),
    )


def _judged(name: str, answer: Answer, records: tuple[str, ...]) -> _Told:
    if why := broken(answer):
        summary = f"Whether a DKIM key is published at {name} cannot be told: {why}."
        return _Told(Standing.UNKNOWN, "temperror", summary, ("Try again.",))
    if not records:
        return _missing(name, answer)
    if len(records) > 1:
        steps = (f"Keep the one of your signer at {name} and delete the others; a second key wants its own selector.",)
        summary = (
            f"{len(records)} records stand at {name}, so receivers may take the wrong one for the sender's DKIM key."
        )
        return _Told(Standing.FAIL, "permerror", summary, steps)
    return _read(name, records[0], answer.aliases)


def _missing(name: str, answer: Answer) -> _Told:
    steps: tuple[str, ...] = (f'Publish the public key of your signer:  {name}.  TXT  "v=DKIM1; k=rsa; p=…"',)
    if answer.aliases:
        target = answer.aliases[-1]
        summary = f"The sender's DKIM key is missing: {name} is an alias of {target}, where no key is published."
        steps = (f"Have whoever runs {target} publish the key, or correct the CNAME record of {name}.",)
    elif absent(answer):
        summary = f"The sender's DKIM key is missing: {name} does not exist."
    else:
        summary = f"The sender's DKIM key is missing: {name} has no record that is a key."
    return _Told(Standing.FAIL, "none", summary, (*steps, "Or name the selector that your signer uses (s= in it)."))


def _read(name: str, record: str, aliases: tuple[str, ...]) -> _Told:
    tags: dict[str, str] = {}
    for part in filter(None, [part.strip() for part in record.split(";")]):
        tag = _TAG.fullmatch(part)
        if tag is None or tag[1] in tags:
            return _unusable(name, f'"{part[:40]}" in it is no tag, or stands in it twice')
        tags[tag[1]] = "".join(tag[2].split())
    kind = tags.get("k", "rsa").lower()
    if tags.get("v", "DKIM1") != "DKIM1" or ("v" in tags and not record.lstrip().startswith("v")):
        return _unusable(name, "v= has to be DKIM1, and to stand first")
    if "p" not in tags:
        return _unusable(name, "it has no p=, which holds the key")
    if not tags["p"]:
        steps = ("Sign with a selector whose key is in force, or publish the key of this one again.",)
        return _Told(Standing.FAIL, "revoked", f"The sender's DKIM key at {name} is revoked: its p= is empty.", steps)
    if kind not in ("rsa", "ed25519"):
        return _unusable(name, f"k={kind[:40]} is no kind of key that receivers know")
    if not {"sha256"} & set(tags.get("h", "sha256").lower().split(":")):
        return _unusable(name, "h= leaves out sha256, the only hash that receivers take (RFC 8301)")
    if not {"*", "email"} & set(tags.get("s", "*").lower().split(":")):
        return _unusable(name, "s= says that the key is not for email")
    testing = "y" in tags.get("t", "").lower().split(":")
    found = f"{name} is an alias of {aliases[-1]}" if aliases else ""
    return _strength(name, kind, tags["p"], record, testing, found)


def _strength(name: str, kind: str, text: str, record: str, testing: bool, found: str) -> _Told:
    bits = _bits(kind, text)
    if not bits:
        return _unusable(name, f"its p= cannot be read as a public key of kind {kind}")
    size = f"{bits} bits of RSA" if kind == "rsa" else "Ed25519"
    longer = (f"Make a key of 2048 bits, publish it under a new selector, and sign with that; then remove {name}.",)
    if kind == "rsa" and bits < 1024:
        summary = (
            f"The sender's DKIM key at {name} is too short: {size}, and receivers take none below 1024 (RFC 8301)."
        )
        return _Told(Standing.FAIL, "weak", summary, longer, found)
    if kind == "rsa" and bits < 2048:
        summary = f"The sender's DKIM key at {name} works but is short: {size}, where 2048 are advised."
        return _Told(Standing.WARN, "short", summary, longer, found)
    if testing:
        mended = published(_in_earnest(record))
        summary = f"The sender's DKIM key at {name} says that it is for testing (t=y), so receivers may pass it over."
        steps = (f"Take t=y out when signing works:  {name}.  TXT  {mended}",)
        return _Told(Standing.WARN, "testing", summary, steps, found)
    return _Told(Standing.PASS, "pass", f"A DKIM key of {size} is published at {name}.", detail=found)


def _in_earnest(record: str) -> str:
    """The record without ``t=y``; ``t=s`` stays."""
    parts = [part.strip() for part in record.split(";") if part.strip()]
    kept = [part for part in parts if part.partition("=")[0].strip() != "t"]
    strict = ["t=s" for part in parts if part not in kept and "s" in part.partition("=")[2]]
    return "; ".join([*kept[:-1], *strict, *kept[-1:]])


def _unusable(name: str, why: str) -> _Told:
    steps = (f"Publish it anew as your signer gives it, in strings of up to 255 characters, at {name}.",)
    return _Told(Standing.FAIL, "permerror", f"The sender's DKIM key at {name} cannot be used: {why}.", steps)


def _bits(kind: str, text: str) -> int:
    """The length of the key; 0 where it cannot be read."""
    try:
        octets = b64decode(text, validate=True)
        if kind == "ed25519":
            return 256 if len(octets) == _ED25519_OCTETS else 0
        key = load_der_public_key(octets) if len(octets) <= KEY_LIMIT else None
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return 0
    return key.key_size if isinstance(key, RSAPublicKey) else 0
