"""The vendors' own senses of enhanced status codes: complete, worded once, found by code, class and range."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue.enhanced import ENHANCED, vendors
from smtpprobe.catalogue.enhanced.vendors import VENDOR_CODES, lookup_vendor, vendors_of
from smtpprobe.catalogue.entries import VendorCodeEntry
from smtpprobe.catalogue.providers import PROVIDERS
from smtpprobe.catalogue.software import SOFTWARE
from smtpprobe.outcome import Reason

entries = pytest.mark.parametrize("entry", VENDOR_CODES, ids=lambda e: f"{e.vendor} {e.code}")

# Codes that no registry has, as vendors document them, and registered ones that a vendor gives another sense.
UNREGISTERED = (
    "1.20 1.90 1.351 2.14 2.121 2.122 3.190 0.350 4.8 4.11 4.14 4.24 4.300 4.310 4.312 4.316 4.317 4.318 6.11 7.51 "
    "7.57 7.60 7.64 7.66 7.105 7.124 7.133 7.134 7.135 7.136 7.139 7.321 7.322 7.323 7.324 7.325"
)
FILTERS = "500 501 504 505 506 507 508 509 510 511 512 513 515 606 649 650 652 700 705 708 749 750 850 899 900 999"
OTHERWISE = [
    ("Exchange", "5.1.0"),
    ("Orange", "5.1.1"),
    ("Comcast", "4.1.1"),
    ("Rackspace", "5.1.1"),
    ("Microsoft 365", "5.1.8"),
    ("Microsoft 365", "5.1.10"),
    ("Gmail", "4.2.1"),
    ("Exchange", "5.2.1"),
    ("Microsoft 365", "5.2.2"),
    ("Gmail", "5.2.2"),
    ("Sendmail", "5.2.3"),
    ("KumoMTA", "5.2.3"),
    ("Exchange", "4.3.2"),
    ("Exchange", "5.3.3"),
    ("Sendmail", "5.3.3"),
    ("James", "5.3.3"),
    ("Microsoft 365", "5.4.1"),
    ("Zoho", "5.4.1"),
    ("Gmail", "5.4.5"),
    ("Gmail", "5.4.6"),
    ("Exchange", "5.4.6"),
    ("Microsoft 365", "5.5.0"),
    ("Gmail", "5.5.1"),
    ("OpenSMTPD", "5.5.1"),
    ("Postfix", "5.5.2"),
    ("Gmail", "5.5.2"),
    ("Gmail", "4.7.0"),
    ("Yahoo", "4.7.0"),
    ("Yahoo", "5.7.2"),
    ("Exchange", "5.7.3"),
    ("Microsoft 365", "4.7.3"),
    ("chasquid", "5.7.3"),
    ("Stalwart", "5.7.4"),
    ("Stalwart", "5.7.8"),
    ("Yahoo", "5.7.9"),
    ("chasquid", "5.7.9"),
    ("Gmail", "5.7.10"),
    ("chasquid", "5.7.10"),
    ("Gmail", "5.7.11"),
    ("Microsoft 365", "5.7.12"),
    ("Microsoft 365", "5.7.13"),
    ("Gmail", "5.7.14"),
    ("Gmail", "4.7.23"),
    ("Microsoft 365", "5.7.23"),
    ("Gmail", "4.7.24"),
    ("Gmail", "5.7.26"),
    ("Gmail", "5.7.27"),
    ("Gmail", "4.7.28"),
    ("Gmail", "5.7.29"),
    ("Gmail", "5.7.30"),
    ("Microsoft 365", "5.7.30"),
    ("Gmail", "5.7.32"),
    ("Gmail", "4.7.40"),
]


@entries
def test_an_entry_is_filled_in(entry: VendorCodeEntry) -> None:
    assert re.fullmatch(r"X\.\d\.\d{1,3}|[45]\.\d\.\d{1,3}(-\d{1,3})?", entry.code)
    assert entry.vendor in {e.name for e in PROVIDERS} | {e.name for e in SOFTWARE}
    assert entry.name
    assert not entry.name.endswith(".")
    assert entry.meaning.endswith(".")
    assert entry.fix.endswith(".")
    assert entry.references
    assert isinstance(entry.category, Reason)
    assert "please" not in f"{entry.meaning} {entry.fix}".lower()


def test_no_code_and_no_name_of_a_vendor_stands_twice() -> None:
    for field in ("code", "name", "meaning"):
        counted = Counter((entry.vendor, getattr(entry, field)) for entry in VENDOR_CODES)
        assert [one for one, times in counted.items() if times > 1] == []


@entries
def test_each_entry_is_found_by_its_code(entry: VendorCodeEntry) -> None:
    first = entry.code.partition("-")[0].replace("X", "5")
    last = re.sub(r"\d+-", "", entry.code).replace("X", "4")
    assert entry in (lookup_vendor(first, [entry.vendor]), lookup_vendor(last, [entry.vendor]))


@pytest.mark.parametrize("details", UNREGISTERED.split())
def test_every_unregistered_code_of_microsoft_is_there(details: str) -> None:
    assert f"X.{details}" not in ENHANCED
    assert lookup_vendor(f"5.{details}", ["Microsoft 365"]) is not None


@pytest.mark.parametrize("detail", FILTERS.split())
def test_every_number_of_microsofts_filters_is_there(detail: str) -> None:
    assert lookup_vendor(f"X.7.{detail}", ["Microsoft 365"]) is not None


@pytest.mark.parametrize(("vendor", "code"), OTHERWISE)
def test_what_a_vendor_means_otherwise_is_there(vendor: str, code: str) -> None:
    found = lookup_vendor(code, [vendor])
    assert found is not None
    assert found.vendor == vendor


@pytest.mark.parametrize(
    ("code", "covered"),
    [
        ("5.7.605", None),
        ("5.7.606", "5.7.606-649"),
        ("5.7.620", "5.7.606-649"),
        ("5.7.649", "5.7.606-649"),
        ("4.7.620", "4.7.500-699"),
        ("4.7.515", "4.7.500-699"),
        ("5.7.515", "5.7.515"),
        ("4.7.650", "4.7.650-651"),
        ("4.7.652", "4.7.652"),
        ("4.7.699", "4.7.500-699"),
        ("4.7.700", None),
        ("5.7.705", "5.7.705"),
        ("5.7.706", "5.7.700-749"),
        ("5.7.850", None),
        ("4.7.850", "4.7.850-899"),
        ("5.7.900", "5.7.900-999"),
        ("2.7.900", None),
    ],
)
def test_the_narrowest_range_of_the_right_class_counts(code: str, covered: str | None) -> None:
    found = lookup_vendor(code, ["Gmail", "Microsoft 365"])
    assert (found.code if found else None) == covered


def test_the_first_vendor_with_a_sense_of_its_own_speaks() -> None:
    def vendor_of(*known: str) -> str:
        found = lookup_vendor("5.7.30", known)
        return found.vendor if found else ""

    assert vendor_of("Postfix", "Microsoft 365", "Gmail") == "Microsoft 365"
    assert vendor_of("Gmail", "Microsoft 365") == "Gmail"
    assert vendor_of("Postfix") == vendor_of() == ""


def test_without_a_vendor_every_sense_is_told_once() -> None:
    assert [entry.vendor for entry in vendors_of("5.7.30")] == ["Gmail", "Microsoft 365"]
    assert [entry.vendor for entry in vendors_of("5.7.705")] == ["Microsoft 365"]
    assert vendors_of("5.3.4") == ()


@pytest.mark.parametrize(
    "text", ["", "5", "5.7", "5.7.1.1", "5.7.1000", "3.7.1", "5.7.x", " 5.7.27", "5.7.27\n", "٥.7.27"]
)
def test_what_is_no_code_has_no_sense(text: str) -> None:
    assert vendors_of(text) == ()
    assert lookup_vendor(text, ["Gmail"]) is None


@given(st.text(), st.lists(st.text()))
def test_any_text_is_answered(text: str, known: list[str]) -> None:
    found = lookup_vendor(text, known)
    assert found is None or found in vendors_of(text)


def test_every_file_of_the_package_is_listed() -> None:
    files = {path.stem for path in Path(vendors.__file__).parent.glob("*.py")} - {"__init__"}
    assert sum(len(getattr(vendors, name).ENTRIES) for name in files) == len(VENDOR_CODES)


def test_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, {vendors.__name__}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"aiosmtplib", "dns", "rich", "click"} & set(done.stdout.split())
