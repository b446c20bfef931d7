"""The SPF record to publish instead of the present one, where it can be derived from that one. Pure.

Never adds a look-up, and knows no address but the one that it is given.
"""

from __future__ import annotations

import re

from smtpprobe.verdicts.asked import IpAddress
from smtpprobe.verdicts.spf_cost import COUNT_LIMIT
from smtpprobe.verdicts.spf_record import COUNTED, Mechanism, SpfRecord, SpfSyntaxError, read_record
from smtpprobe.verdicts.spf_values import SpfCost
from smtpprobe.verdicts.spf_walk import LOOKUP_LIMIT

#: A longer record is changed by whoever made it; written out it would help nobody.
SHOWN_LIMIT = 1_000
#: Slips that are published often, and what was meant.
_SLIPS = (
    (re.compile(r"(?i)([-+?~]?)(?:ipv4|ip):(?=[0-9.]+(?:/[0-9]+)?$)"), r"\1ip4:"),
    (re.compile(r"(?i)([-+?~]?)(?:ipv6|ip):(?=[0-9a-f:.]+(?:/[0-9]+)?$)"), r"\1ip6:"),
    (re.compile(r"(?i)([-+?~]?)(?:a|mx|ip6):(?=[0-9]+(?:\.[0-9]+){3}(?:/[0-9]+)?$)"), r"\1ip4:"),
    (re.compile(r"(?i)([-+?~]?)(?:a|mx|ip4):(?=[0-9a-f]*:[0-9a-f:]*(?:/[0-9]+)?$)"), r"\1ip6:"),
    (re.compile(r"(?i)(redirect|exp):"), r"\1="),
    (re.compile(r"(?i)([-+?~]?)includes?[:=]"), r"\1include:"),
)


def term_for(address: IpAddress) -> str:
    """The mechanism that names one address (RFC 7208 5.6)."""
    return f"ip{address.version}:{address}"


def allowing(record: str, address: IpAddress) -> str:
    """The record with this address allowed; a new one, still mild, where there is none.

    The address stands first: whatever the record says after it, and however many look-ups that takes, it matches.
    """
    terms = [term for term in record.split()[1:] if term.lower() != term_for(address)]
    return " ".join(["v=spf1", term_for(address), *(terms or ["~all"])])


def merged(records: tuple[str, ...]) -> str:
    """One record that says what several say; "" where that is for a person to decide."""
    read = [_read(text) for text in records]
    if any(record is None or record.redirect or record.exp for record in read):
        return ""
    mechanisms = [mechanism for record in read if record for mechanism in record.mechanisms]
    ends = [mechanism.text for mechanism in mechanisms if mechanism.name == "all"]
    terms = _once([mechanism for mechanism in mechanisms if mechanism.name != "all"])
    if len([mechanism for mechanism in terms if mechanism.name in COUNTED]) > LOOKUP_LIMIT:
        return ""
    return _shown(["v=spf1", *[mechanism.text for mechanism in terms], *ends[:1]])


def corrected(record: str, term: str) -> str:
    """The record with a common slip in one term mended; "" where what was meant is not plain."""
    for meant in _meant(term):
        text = " ".join(["v=spf1", *[meant if word == term else word for word in record.split()[1:]]])
        if meant != term and len(text) <= SHOWN_LIMIT and _read(text):
            return text
    return ""


def _meant(term: str) -> list[str]:
    found = [(pattern.match(term), meant) for pattern, meant in _SLIPS]
    return [term.rstrip(",;."), *[slip.expand(meant) + term[slip.end() :] for slip, meant in found if slip]]


def slimmed(record: str, costs: tuple[SpfCost, ...]) -> str:
    """The record without ``ptr``, which nobody should use, and without repeats; "" where that is not enough.

    ``costs`` are those of this record, which can be read.
    """
    if sum([cost.lookups for cost in costs]) >= COUNT_LIMIT:
        return ""
    read = read_record(record)
    kept = _once([mechanism for mechanism in read.mechanisms if mechanism.name != "ptr"])
    price = {cost.term: cost.lookups for cost in costs}
    redirect = [f"redirect={read.redirect}"] if read.redirect else []
    total = sum([price.get(term, 0) for term in [*[mechanism.text for mechanism in kept], *redirect]])
    if total > LOOKUP_LIMIT:
        return ""
    explanation = [f"exp={read.exp}"] if read.exp else []
    return _shown(["v=spf1", *[mechanism.text for mechanism in kept], *redirect, *explanation])


def _shown(terms: list[str]) -> str:
    record = " ".join(terms)
    return record if len(record) <= SHOWN_LIMIT else ""


def _once(mechanisms: list[Mechanism]) -> list[Mechanism]:
    """Without repeats, in the order of their first."""
    kept: dict[str, Mechanism] = {}
    for mechanism in mechanisms:
        kept.setdefault(mechanism.text.lower().removeprefix("+"), mechanism)
    return list(kept.values())


def _read(text: str) -> SpfRecord | None:
    try:
        return read_record(text)
    except SpfSyntaxError:
        return None
