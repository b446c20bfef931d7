"""Whatever a DNS server puts into a record, its text is one, and no name in it carries a control character."""

from __future__ import annotations

import contextlib

import dns.exception
import dns.rdata
import pytest
from dns.rdataclass import IN
from dns.rdatatype import from_text
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.names.records import presented

LABELS = st.lists(st.binary(min_size=1, max_size=63), max_size=3)
NAMES = LABELS.map(lambda labels: b"".join(bytes([len(label)]) + label for label in labels) + b"\0")
FIXED = {"MX": 2, "SRV": 6, "PTR": 0, "CNAME": 0}


@pytest.mark.parametrize("record", sorted(FIXED))
@given(data=st.data())
def test_a_name_of_any_octets_is_printable_and_one_word(record: str, data: st.DataObject) -> None:
    numbers = data.draw(st.binary(min_size=FIXED[record], max_size=FIXED[record]))
    wire = numbers + data.draw(NAMES)
    (text,) = presented([dns.rdata.from_wire(IN, from_text(record), wire, 0, len(wire))])
    assert text.isprintable()
    assert text.isascii()
    assert len(text.split(" ")) == FIXED[record] // 2 + 1


@pytest.mark.parametrize(
    "record", ["A", "AAAA", "MX", "SRV", "PTR", "TXT", "TLSA", "CAA", "CNAME", "SOA", "DS", "DNSKEY"]
)
@given(wire=st.binary(max_size=300))
def test_octets_that_parse_have_a_text(record: str, wire: bytes) -> None:
    with contextlib.suppress(dns.exception.DNSException):
        parsed = dns.rdata.from_wire(IN, from_text(record), wire, 0, len(wire))
        (text,) = presented([parsed])
        assert record == "TXT" or text.isprintable()
