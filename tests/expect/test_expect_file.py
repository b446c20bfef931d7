"""Files of expectations: what they come to, and how a mistake in one is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.presets import PRESETS
from smtpprobe.expect.servers import Server, made, parse
from smtpprobe.outcome import Profile, TlsMode
from smtpprobe.userfile import UserFileError

SERVER = '[[server]]\ntarget = "mx.example.org"\n'


def servers(text: str) -> tuple[Server, ...]:
    return parse(text.encode(), "f.toml").servers


def lines(server: Server) -> dict[str, int]:
    """Every expectation by its id, with the line that it stands on (0: on none)."""
    return {one.id: one.place.line if one.place else 0 for one in server.expectations}


def mistake(text: str) -> str:
    with pytest.raises(Mistake) as error:
        parse(text.encode(), "f.toml")
    return str(error.value)


def test_every_item_is_an_expectation_of_its_own_with_its_own_line() -> None:
    (server,) = servers(
        SERVER
        + """[server.expect.extensions]
present = ["PIPELINING",
           "SIZE >= 50MB"]
absent_in_tls = ["STARTTLS"]
[[server.expect.command]]
send = "VRFY postmaster"
never = 250
"""
    )
    assert lines(server) == {
        "present-PIPELINING": 4,
        "present-SIZE": 5,
        "absent-in-tls-STARTTLS": 6,
        "command-vrfy-postmaster": 7,
        "findings": 0,
    }


def test_the_narrower_table_wins_over_the_broader_one() -> None:
    text = """[defaults]
retries = 1
timeout = "3s"
[expect.certificate]
days_left = 7
[group.mx]
retries = 2
[group.mx.expect.certificate]
days_left = 14
[[server]]
target = "a.example.org"
groups = ["mx"]
[[server]]
target = "b.example.org:587"
groups = ["mx"]
retries = 3
[server.expect.certificate]
days_left = 30
[[server]]
target = "c.example.org"
"""
    a, b, c = servers(text)
    assert [one.way.retries for one in (a, b, c)] == [2, 3, 1]
    assert [one.way.timeout for one in (a, b, c)] == [3.0, 3.0, 3.0]
    assert [lines(one)["certificate-days"] for one in (a, b, c)] == [9, 18, 5]
    assert [one.groups for one in (a, b, c)] == [("mx",), ("mx",), ()]


def test_what_a_preset_expects_can_be_left_out_and_said_anew() -> None:
    text = SERVER + 'preset = "mx"\nleave_out = ["command-vrfy"]\n[server.expect.tls]\nversion = "1.3"\n'
    (server,) = servers(text)
    found = lines(server)
    assert "command-vrfy" not in found
    assert found["command-relay"] == 3
    assert found["tls-version"] == 6


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_preset_can_be_used_without_a_file(name: str) -> None:
    (server,) = made(["mx.example.org"], name).servers
    assert server.target.port == PRESETS[name].port
    assert {one.place for one in server.expectations} == {None}


def test_how_to_ask_is_read_into_the_way() -> None:
    text = """[[server]]
target = "mail.example.org:465"
all = true
profile = "capabilities"
family = "6"
allow_private = true
domain = "Example.ORG"
ehlo_name = "probe.example.org"
retry_after = "500ms"
deadline = 30
connections = 5
tls = "implicit"
"""
    (server,) = servers(text)
    way = server.way
    assert (way.profile, way.family, way.allow_private, way.every) == (Profile.CAPABILITIES, "6", True, True)
    assert (way.domain, way.ehlo_name, way.retry_after, way.deadline) == ("example.org", "probe.example.org", 0.5, 30.0)
    assert (way.connections, server.target.tls) == (5, TlsMode.IMPLICIT)


def test_findings_that_are_tolerated_anywhere_are_tolerated_by_what_the_command_line_expects_too() -> None:
    text = '[expect.findings]\ntolerated = ["tls-old"]\n' + SERVER
    text += '[server.expect.findings]\ntolerated = ["greylisted"]\n'
    (server,) = servers(text)
    (findings,) = [one for one in server.expectations if one.id == "findings"]
    assert findings.expected == "warning at most, tls-old, greylisted aside"
    (free,) = parse(text.encode(), "f.toml", fail_on="never").servers
    assert free.expectations == ()


def test_starttls_is_looked_for_where_it_can_be_offered() -> None:
    (server,) = servers(SERVER + '[server.expect.extensions]\npresent = ["STARTTLS"]\n')
    assert server.expectations[0].id == "present-in-clear-STARTTLS"


def test_a_narrower_bound_takes_the_place_of_a_broader_one_and_both_sides_of_it_may_be_bound() -> None:
    text = '[expect.extensions]\npresent = ["SIZE >= 10MB", "SIZE <= 99MB", "LIMITS RCPTMAX >= 5"]\n' + SERVER
    text += '[server.expect.extensions]\npresent = ["SIZE >= 50MB"]\n'
    (server,) = servers(text)
    titles = {one.id: one.expected for one in server.expectations}
    assert titles == {
        "present-SIZE": "SIZE >= 50MB",
        "present-SIZE-at-most": "SIZE <= 99MB",
        "present-LIMITS-RCPTMAX": "LIMITS RCPTMAX >= 5",
        "findings": "warning at most",
    }


MISTAKES = {
    "unknown key": (SERVER + "retrys = 1\n", "f.toml:3: 'retrys' is no key of server: did you mean retries?"),
    "unknown table": ("[expct]\n", "f.toml:1: 'expct' is no key: did you mean expect?"),
    "unknown key deep inside": (
        SERVER + '[server.expect.extensions]\npresnt = ["SIZE"]\n',
        "f.toml:4: 'presnt' is no key of extensions: did you mean present?",
    ),
    "in the second server": (
        SERVER + '[[server]]\ntarget = "b.example.org"\npresett = "mx"\n',
        "f.toml:5: 'presett' is no key of server: did you mean preset?",
    ),
    "no such preset": (SERVER + 'preset = "mxx"\n', "f.toml:3: there is no preset 'mxx': did you mean mx?"),
    "no such group": (
        SERVER + 'groups = ["a"]\n',
        "f.toml:3: there is no group 'a': add a table [group.NAME].",
    ),
    "no target": ("[[server]]\nmx = true\n", "f.toml:1: the key target is missing here: add it."),
    "a target that is none": (
        '[[server]]\ntarget = "a b"\n',
        "f.toml:2: 'a b' has a space in it: give one target, or several as separate arguments.",
    ),
    "a bound that is none": (
        SERVER + '[server.expect.extensions]\npresent = ["SIZE",\n"SIZE >= lots"]\n',
        "f.toml:5: 'lots' is no number: write 100, 50MB (decimal) or 50MiB (binary).",
    ),
    "a keyword that is none": (
        SERVER + '[server.expect.extensions]\npresent = ["ÄÖ"]\n',
        "f.toml:4: '\\xc4\\xd6' is no expectation of a keyword: write STARTTLS, 'SIZE >= 50MB' or "
        "'LIMITS RCPTMAX >= 100', for example.",
    ),
    "a code that is none": (
        SERVER + '[[server.expect.command]]\nsend = "NOOP"\ncode = "6xx"\n',
        "f.toml:5: '6xx' is no reply code: write 530, '25x' or '5xx'.",
    ),
    "nothing expected of a command": (
        SERVER + '[[server.expect.command]]\nsend = "NOOP"\n',
        "f.toml:3: nothing is expected of the reply: add code, never, enhanced, text or never_text.",
    ),
    "DATA": (
        SERVER + '[[server.expect.command]]\nsend = ["MAIL FROM:<>", "DATA"]\ncode = 354\n',
        "f.toml:4: it cannot be sent: DATA would begin a message, and none is sent here: ask with MAIL and RCPT only.",
    ),
    "BDAT with a size": (
        SERVER + '[[server.expect.command]]\nsend = "BDAT 5 LAST"\ncode = 503\n',
        "f.toml:4: it cannot be sent: BDAT with an argument carries message content: send a bare BDAT, which carries "
        "none.",
    ),
    "AUTH with a credential": (
        SERVER + '[[server.expect.command]]\nsend = "AUTH PLAIN AGEAYg=="\ncode = 535\n',
        "f.toml:4: it cannot be sent: AUTH with an initial response puts a credential on the command line: send AUTH "
        "MECHANISM alone.",
    ),
    "a number in place of a text": (
        "[[server]]\ntarget = 25\n",
        "f.toml:2: target cannot be '25': it takes a text.",
    ),
    "a text in place of a number": (
        SERVER + 'retries = "two"\n',
        "f.toml:3: retries cannot be 'two': it takes a number.",
    ),
    "a word that is none": (
        SERVER + 'profile = "fulll"\n',
        "f.toml:3: profile cannot be 'fulll': did you mean full?",
    ),
    "retries without end": (
        SERVER + "retries = 999\n",
        "f.toml:3: retries is out of range: it takes a number from 0 to 20.",
    ),
    "leave_out of nothing": (
        SERVER + 'preset = "mx"\nleave_out = ["command-vrf"]\n',
        "f.toml:4: leave_out names 'command-vrf', which nothing expects: did you mean command-vrfy?",
    ),
    "a password in the file": (
        SERVER + '[server.login]\nuser = "ann"\npassword = "hunter2"\n',
        "f.toml:5: password cannot be a text: it takes a table.",
    ),
    "a login without a secret": (
        SERVER + '[server.login]\nuser = "ann"\n',
        'f.toml:3: a login needs one secret, out of the environment or a file: password = { env = "SMTP_PASSWORD" }.',
    ),
    "MTA-STS of no domain": (
        SERVER + "[server.expect.policy]\nmta_sts = true\n",
        'f.toml:4: a policy of MTA-STS belongs to a mail domain: add domain = "example.org" to the server.',
    ),
    "a group that nobody is in": (
        SERVER + '[group.spare.expect.tls]\nversion = "9"\n',
        None,
    ),
}


@pytest.mark.parametrize("case", sorted(MISTAKES))
def test_a_mistake_is_one_sentence_with_its_place(case: str) -> None:
    text, words = MISTAKES[case]
    told = mistake(text)
    assert told.startswith("f.toml:")
    assert "\n" not in told
    assert words is None or told == words


def test_a_secret_in_the_wrong_place_is_not_repeated() -> None:
    assert "hunter2" not in mistake(SERVER + '[server.login]\nuser = "ann"\npassword = "hunter2"\n')


@given(st.text(max_size=200))
def test_whatever_a_file_holds_it_is_read_or_refused_in_one_printable_line(text: str) -> None:
    try:
        parse(text.encode("utf-8", "surrogatepass"), "f.toml")
    except Mistake as error:
        told = str(error)
    except UserFileError:
        return
    else:
        return
    assert told.isprintable()
