"""What a bounce says to people: the paragraphs about its recipients, and the sentences that tell why. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from smtpprobe.explain.bounces import address, boilerplate

MOST_BLOCKS = 200
MOST_LINES = 4_000

_LABEL = (
    r"(?:(?:(?:final |original |failed )?recipient(?: address)?|to|rcpt to|user|address(?:ed to)?|e-?mail|mailbox"
    r"|failed address|"
    r"(?:unable to deliver|delivery failed|could not be delivered|undeliverable)(?: (?:message"
    r"|mail))? to)[ \t]{0,3}:|undeliverable to )?"
)
_ANCHOR = re.compile(
    rf"(?P<indent>[ \t]{{0,20}})(?:[*>•-]{{1,2}}>?[ \t]{{1,3}})?{_LABEL}[ \t]{{0,8}}(?:[\w.-]{{1,64}}:[0-9]{{1,9}}:)?"
    rf"[\"'<(]{{0,2}}(?P<address>{address.ADDRESS})[\"'>)]{{0,2}}(?P<rest>[ \t]{{0,8}}(?:$|[:(\[<-]|\.\.\."
    rf"|on [A-Z0-9]|(?-i:[A-Z])).{{0,4000}})?$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[ \t]{0,40}(?:[-=_*#]{4,}|[-=_]{3,}[ ]?[A-Za-z].{0,100})[ \t]{0,20}$")
_SKIPPED = re.compile(
    r"\b(?:contact|assistance|send (?:e-?)?mail to|postmaster|support|abuse|helpdesk|administrator|reply to"
    r"|envelope-from|"
    r"from|dear|hello|hallo|bonjour|hi)\b[^@]{0,60}$",
    re.IGNORECASE,
)


class Block(Struct):
    """What stands behind and below the address of one recipient: its own paragraph, and what follows an empty line."""

    recipient: str
    own: list[str]
    after: list[str]


def blocks(text: str, strangers: Iterable[str] = ()) -> list[Block]:
    """The paragraphs about recipients, one each; an address in ``strangers`` begins none."""
    strange = {each.casefold() for each in strangers if each}
    found: dict[str, Block] = {}
    into: list[str] | None = None
    block: Block | None = None
    deepest = 80
    for line in text.split("\n")[:MOST_LINES]:
        anchor = _ANCHOR.match(line)
        if anchor is not None and len(anchor["indent"].expandtabs()) <= deepest and not _is_strange(anchor, strange):
            name = anchor["address"].rstrip(".")
            if name.casefold() not in found and len(found) >= MOST_BLOCKS:
                break
            deepest = min(deepest, len(anchor["indent"].expandtabs()))
            block = found.setdefault(name.casefold(), Block(name, [], []))
            into = block.own
            into.append((anchor["rest"] or "").strip(" :\t"))
        elif block is None:
            continue
        elif _RULE.match(line):
            block = into = None
        elif into is block.own and not line.strip() and any(block.own):
            into = block.after
        elif into is not None and not boilerplate.is_header(line):
            into.append(line)
    return list(found.values())


def _is_strange(anchor: re.Match[str], strange: set[str]) -> bool:
    return anchor["address"].rstrip(".").casefold() in strange


def mentioned(text: str, strangers: Iterable[str] = ()) -> str:
    """The first address that the text speaks of, where no paragraph is about one; "" where there is none."""
    strange = {each.casefold() for each in strangers if each}
    for line in text.split("\n")[:MOST_LINES]:
        for match in re.finditer(address.ADDRESS, line):
            name = match[0].rstrip(".")
            if name.casefold() not in strange and not _SKIPPED.search(line[max(0, match.start() - 80) : match.start()]):
                return name
    return ""


def unquoted(text: str) -> str:
    """Without the marks of a reply or a forwarding, where most of the lines bear them."""
    lines = text.split("\n")
    marked = sum(line.startswith(("> ", ">\t")) or line == ">" for line in lines)
    if marked < 5 or 2 * marked < sum(bool(line.strip()) for line in lines):
        return text
    return "\n".join([line[2:] if line.startswith("> ") else line.removeprefix(">") for line in lines])
