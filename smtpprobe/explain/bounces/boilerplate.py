"""The sentences of bounces that tell nothing about the cause, so that those that do remain. No I/O."""

from __future__ import annotations

import re

from smtpprobe.explain.bounces import address

_HEADER = re.compile(
    r"[ \t]{0,8}(?:subject|sent|date|message-id|from|to|cc|size \(in bytes\)|number of lines|sent date|betreff"
    r"|gesendet|an|objet)[ \t]{0,3}:",
    re.IGNORECASE,
)
# A sentence that has this in it stands in every bounce of its program.
_EMPTY = re.compile(
    r"created automatically|automatically generated|auto(?:matically)?[- ]generated|message that you (?:have )?sent|"
    r"could not be delivered to (?:one or more|all|any|some)|be delivered to one or more|^the following (?:address"
    r"|recipient)|"
    r"delivery to the following recipients? (?:failed|has been)|did not reach the following|list of recipients|"
    r"this is a permanent error|i've given up|sorry it didn't work|i'm sorry to have to|i'm afraid i wasn't"
    r"|^this is the |"
    r"below could not be|for further assistance|if you do so|delete your own text|include this problem report"
    r"|mail system$|"
    r"it's attached below|contact your (?:system |mail )?administrator|portions of this message|mime[- ]"
    r"|this report relates|"
    r"warning message only|warning only|do not need to resend|original message was received|^(?:from|with id|hi!"
    r"|your message$)|"
    r"do not reply|please only|an error has occurred while|there was an error delivering|below is a copy"
    r"|will be retried|"
    r"for the following reason|technical details|learn more|the response (?:was|from)|^was not delivered to"
    r"|^because:?$|"
    r"copy of (?:this|the|your) message|full details follow|error\(s\)|message header|"
    r"это письмо создано|к сожалению|рекомендуем|this link will take you|generating server|diagnostic information|"
    r"delivery status notification|if your message was also sent|other delivery status"
    r"|^(?:the )?mail delivery (?:system|subsystem)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?。])\s+|(?<=:)[ \t]{0,9}\n|\n[ \t]{0,40}\n|\n(?=[ \t]{0,20}[\[(*])")
_WORD = re.compile(r"\w{2}")
_ADDRESS_ONLY = re.compile(rf"[*>•\-\s]{{0,9}}[<\"']{{0,2}}{address.ADDRESS}[>\"']{{0,2}}[:.;,\s]{{0,5}}")
_OF_EXCHANGE = re.compile(r"[ \t]{0,8}The MTS-ID of the original message is:|[ \t]{0,8};p=")
_RULE = re.compile(r"[ \t]{0,40}[-=_*#]{3,80}[ \t]?[^\n]{0,100}")
_RULE_ENDS = frozenset({"---", "===", "___", "***", "###"})


def is_header(line: str) -> bool:
    """Is it a field of the returned message, shown to people?"""
    return _HEADER.match(line) is not None


def _is_frame(line: str) -> bool:
    """Is it a rule, a heading between rules, a boundary that was cut off from its parts, or a shown field?"""
    if line.startswith("--") and " " not in line.strip():
        return True
    ruled = _RULE.match(line) is not None and line.strip()[-3:] in _RULE_ENDS
    return ruled or is_header(line) or _OF_EXCHANGE.match(line) is not None


def without(text: str) -> str:
    """The sentences that may tell the cause, one a line, each once."""
    lines = [line for line in text.split("\n") if not _is_frame(line)]
    kept: dict[str, None] = {}
    for sentence in _SENTENCE.split("\n".join(lines)):
        words = " ".join(sentence.split()).strip("*# ")
        if words[:1] == "[" and words[-1:] == "]":
            words = words[1:-1]
        if _WORD.search(words) and not _EMPTY.search(words[:400]) and not _ADDRESS_ONLY.fullmatch(words[:400]):
            kept[words] = None
    return "\n".join(kept)
