"""Records as text: the presentation form that ``journey.Answer`` describes, in an order that does not change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

import dns.name
import dns.rdata
from dns.rdatatype import AAAA, CNAME, DNSKEY, DS, MX, PTR, SOA, SRV, TLSA, TXT, A, RdataType


def presented(records: Iterable[dns.rdata.Rdata]) -> list[str]:
    """The records of one type: MX and SRV best first, addresses by number, all others by their text.

    A DNS server may shuffle them; two runs should tell the same.
    """
    ordered = sorted((_ORDERS.get(record.rdtype, lambda _: ())(record), _text(record)) for record in records)
    return [text for _, text in ordered]


def plain(name: dns.name.Name) -> str:
    """A name in lower case without its final dot, odd octets escaped as in a zone file; the root is ``.``."""
    return name.canonicalize().to_text(omit_final_dot=True)


def _text(record: dns.rdata.Rdata) -> str:
    form = _FORMS.get(record.rdtype)
    return form(record) if form else record.to_text()


def _soa(record: Any) -> str:
    times = f"{record.serial} {record.refresh} {record.retry} {record.expire} {record.minimum}"
    return f"{plain(record.mname)} {plain(record.rname)} {times}"


def _dnskey(record: Any) -> str:
    # dnspython breaks long keys into words.
    *numbers, key = record.to_text().split(" ", 3)
    return " ".join([*numbers, key.replace(" ", "")])


_FORMS: dict[RdataType, Callable[[Any], str]] = {
    MX: lambda r: f"{r.preference} {plain(r.exchange)}",
    SRV: lambda r: f"{r.priority} {r.weight} {r.port} {plain(r.target)}",
    PTR: lambda r: plain(r.target),
    CNAME: lambda r: plain(r.target),
    TXT: lambda r: b"".join(r.strings).decode("utf-8", "backslashreplace"),
    TLSA: lambda r: f"{r.usage} {r.selector} {r.mtype} {r.cert.hex()}",
    DS: lambda r: f"{r.key_tag} {int(r.algorithm)} {r.digest_type} {r.digest.hex()}",
    SOA: _soa,
    DNSKEY: _dnskey,
}
_ORDERS: dict[RdataType, Callable[[Any], tuple[int, ...]]] = {
    MX: lambda r: (r.preference,),
    SRV: lambda r: (r.priority, -r.weight),
    A: lambda r: (int(ip_address(r.address)),),
    AAAA: lambda r: (int(ip_address(r.address)),),
}
