"""Real Nagios and real Icinga 2 run the command of examples/ as a plugin: what they keep is what it meant."""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import monitors
import pytest
from monitors import Noted, Service
from servers.base import workplace

sys.path.append(str(Path(__file__).parents[1] / "cli"))
from cli_servers import closed_port, fake

_MX = """
summary = "an MX"
[ehlo]
clear = ["STARTTLS", "8BITMIME"]
[mailboxes]
domains = ["example.org"]
users = ["postmaster"]
[replies]
VRFY = "252 2.1.5 Try to send it mail"
"""
_BUSY = 'summary = "busy"\ngreeting = "421 4.7.0 too many connections | try \\\\new later"\n'
_NO_TLS_NOW = f'{_MX}STARTTLS = "454 4.7.0 TLS not available due to local problem"\n'
_WANTS_LOGIN = f'{_MX}MAIL = "530 5.7.57 Client not authenticated"\n'
_STATES = {"good": 0, "busy": 1, "no-tls-now": 1, "wants-login": 2, "closed": 2, "mistake": 3}


@pytest.fixture(scope="module")
def services() -> Iterator[dict[str, Service]]:
    """A server of each kind, and one that is asked for with a preset that does not exist."""
    with ExitStack() as stack:
        ports = {
            name: stack.enter_context(fake(personality)).port
            for name, personality in (
                *(("good", "postfix"), ("busy", _BUSY), ("no-tls-now", _NO_TLS_NOW), ("wants-login", _WANTS_LOGIN)),
            )
        }
        ports["closed"] = int(stack.enter_context(closed_port()).rpartition(":")[2])
        found = {name: Service(port) for name, port in ports.items()}
        yield {**found, "mistake": Service(ports["good"], "nonsense")}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    if not monitors.NAGIOS.exists() or not monitors.ICINGA.exists():
        pytest.skip("needs the monitors of tests/interop/install.sh")
    with workplace("smtpprobe-monitor") as place:
        yield place


@pytest.fixture(scope="module")
def by_nagios(folder: Path, services: dict[str, Service]) -> dict[str, Noted]:
    place = folder / "nagios"
    place.mkdir()
    return monitors.nagios(place, services)


@pytest.fixture(scope="module")
def by_icinga(folder: Path, services: dict[str, Service]) -> tuple[dict[str, Noted], dict[str, float]]:
    place = folder / "icinga"
    place.mkdir()
    return monitors.icinga(place, services)


@pytest.fixture(params=["nagios", "icinga"])
def noted(request: pytest.FixtureRequest) -> dict[str, Noted]:
    """What each of the two keeps."""
    found = request.getfixturevalue(f"by_{request.param}")
    return found if request.param == "nagios" else found[0]  # type: ignore[no-any-return]


def test_each_state_is_the_one_that_was_meant(noted: dict[str, Noted]) -> None:
    """Given one server of each kind, then OK, WARNING, CRITICAL and UNKNOWN arrive as such."""
    assert {name: one.state for name, one in noted.items()} == _STATES


def test_the_output_is_the_first_line_without_its_numbers(
    noted: dict[str, Noted], services: dict[str, Service]
) -> None:
    at = {name: f"127.0.0.1:{one.port}" for name, one in services.items()}
    assert re.fullmatch(rf"SMTP OK - {at['good']}: all [0-9]+ met", noted["good"].output)
    assert noted["closed"].output.startswith(f"SMTP CRITICAL - {at['closed']}: unreachable: nothing listens there")
    assert noted["mistake"].output.startswith("SMTP UNKNOWN - ")
    assert "nonsense" in noted["mistake"].output
    assert all("|" not in one.output + one.long_output for one in noted.values())


def test_what_check_smtp_gets_wrong_is_right(noted: dict[str, Noted]) -> None:
    """A 421 keeps its text, 454 is not "not supported", and 530 to MAIL is not OK."""
    assert "421 4.7.0 too many connections \\x7c try \\x5cnew later" in noted["busy"].output
    assert "454 4.7.0 TLS not available due to local problem" in noted["no-tls-now"].output
    assert "530 5.7.57 Client not authenticated" in noted["wants-login"].output


def test_the_long_text_arrives_line_by_line(noted: dict[str, Noted]) -> None:
    lines = noted["wants-login"].long_output.split("\n")
    assert lines[0].startswith("[CRITICAL] 127.0.0.1:")
    assert "  S: 530 5.7.57 Client not authenticated" in lines
    assert re.match(r"\[CRITICAL\] 127\.0\.0\.1:[0-9]+: [0-9]+ failed, [0-9]+ met", lines[-1])


def test_the_numbers_arrive_whole(noted: dict[str, Noted]) -> None:
    items = noted["good"].numbers.split(" ")
    labels = [item.partition("=")[0].strip("'") for item in items]
    assert labels == [
        *("met", "failed", "inconclusive", "connect", "greeting", "ehlo", "starttls", "handshake", "total"),
        "certificate_days",
    ]
    assert noted["good"].numbers.endswith(";7:;0:")
    assert noted["mistake"].numbers == ""


def test_icinga_reads_every_number(by_icinga: tuple[dict[str, Noted], dict[str, float]]) -> None:
    """Given what the plugin printed, then Icinga parses each value and the limits, and writes them to Graphite."""
    noted, numbers = by_icinga
    read = {name.removeprefix("good."): value for name, value in numbers.items() if name.startswith("good.")}
    printed = dict(item.replace("'", "").split("=") for item in noted["good"].numbers.split(" "))
    assert {name for name in read if name.endswith(".value")} == {f"{label}.value" for label in printed}
    for label, text in printed.items():
        assert read[f"{label}.value"] == pytest.approx(float(text.partition(";")[0].removesuffix("s")))
    assert read["met.max"] >= read["met.value"] > 0
    assert read["total.min"] == 0
