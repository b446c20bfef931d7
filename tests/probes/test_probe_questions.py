"""Probes that ask one thing: what they say, and what they make of the answer."""

from __future__ import annotations

import pytest
from conversed import converse, known, offers, reply

from smtpprobe.model import Target
from smtpprobe.outcome import Profile, TlsMode, Verdict
from smtpprobe.probes import BY_NAME, ORDER, PROBES, SPINE
from smtpprobe.probes.auth import MECHANISMS, mechanisms
from smtpprobe.probes.base import Place, Where
from smtpprobe.probes.session import TOPICS, topics

OK = "250 2.0.0 OK"


def test_the_registry_is_whole() -> None:
    names = [probe.name for probe in PROBES]
    assert len(names) == len(set(names))
    assert sorted(names) == sorted(ORDER)
    assert not set(names) & set(SPINE)
    assert all(probe.asks and probe.logs for probe in PROBES)


@pytest.mark.parametrize("name", [probe.name for probe in PROBES])
def test_every_probe_says_only_what_is_decent(name: str) -> None:
    probe = BY_NAME[name]
    about = known("AUTH PLAIN", "SIZE 5", "DSN", "HELP", help=reply("214 MAIL RCPT"), lines=("NOOP",))
    for state in (about, known("AUTH PLAIN", "SIZE 5", encrypted=offers("AUTH PLAIN", "DSN"), encrypted_now=True)):
        for subject in probe.subjects(state):
            commands = next(probe.ask(state, subject)).commands
            for one in commands:
                assert one.verb not in ("DATA", "BDAT", "QUIT", "BURL")
                assert one.verb not in ("ETRN", "XCLIENT", "XFORWARD") or not one.argument
                assert b"\r" not in one.line
                assert b"\n" not in one.line
            if any(one.verb == "MAIL" for one in commands):
                assert commands[-1].verb == "RSET"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("help", "HELP"),
        ("help-unknown", "HELP SMTPPROBE"),
        ("noop", "NOOP"),
        ("noop-argument", "NOOP smtpprobe"),
        ("rset", "RSET"),
        ("unknown-verb", "SMTPPROBE"),
        ("vrfy-postmaster", "VRFY postmaster@example.org"),
        ("vrfy-random", "VRFY 0badc0ffee@example.org"),
        ("vrfy-empty", "VRFY"),
        ("expn-postmaster", "EXPN postmaster@example.org"),
        ("expn-random", "EXPN 0badc0ffee@example.org"),
        ("helo", "HELO client.example.org"),
        ("etrn", "ETRN"),
        ("xclient", "XCLIENT"),
        ("xforward", "XFORWARD"),
        ("starttls-again", "STARTTLS"),
        ("starttls-unannounced", "STARTTLS"),
    ],
)
def test_questions_of_one_command(name: str, line: str) -> None:
    asked, (one,) = converse(name, "", known(domain="example.org"), ["550 5.1.1 no"])
    assert asked == [[line]]
    assert (one.verdict, one.detail, one.evidence) == (Verdict.ANSWERED, "550 5.1.1", (0,))


def test_mail_and_rcpt() -> None:
    asked, (one,) = converse("mail", "", known(), ["530 5.7.0 first TLS", OK])
    assert (asked, one.detail) == ([["MAIL FROM:<>", "RSET"]], "530 5.7.0")
    asked, (one,) = converse("rcpt-postmaster", "", known(), [OK, "550 no", OK])
    assert (asked[0][1], one.detail, one.evidence) == ("RCPT TO:<postmaster>", "550", (1,))
    asked, (one,) = converse("rcpt-before-mail", "", known(domain="d.example"), ["503 no", OK])
    assert asked == [["RCPT TO:<postmaster@d.example>", "RSET"]]
    asked, (one,) = converse("mail-twice", "", known(), [OK, "503 5.5.1 nested", OK])
    assert (one.verdict, one.evidence) == (Verdict.KEPT, (1,))
    asked, (one,) = converse("mail-twice", "", known(), [OK, OK, OK])
    assert one.verdict is Verdict.ACCEPTED_UNREAD


def test_starttls_with_a_parameter() -> None:
    _, (one,) = converse("starttls-parameter", "", known("STARTTLS"), ["501 5.5.4 no"])
    assert one.verdict is Verdict.KEPT
    _, (one,) = converse("starttls-parameter", "", known("STARTTLS"), ["220 go"])
    assert one.verdict is Verdict.ACCEPTED_UNREAD


def test_where_starttls_is_asked_for() -> None:
    inside = known("SIZE", encrypted=offers("SIZE"), encrypted_now=True)
    implicit = known("SIZE", target=Target("t", "h", 465, TlsMode.IMPLICIT))
    unannounced, parameter = BY_NAME["starttls-unannounced"].subjects, BY_NAME["starttls-parameter"].subjects
    assert (unannounced(known("SIZE")), parameter(known("SIZE"))) == (("",), ())
    assert (unannounced(known("STARTTLS")), parameter(known("STARTTLS"))) == ((), ("",))
    assert unannounced(inside) == parameter(inside) == unannounced(implicit) == ()
    assert BY_NAME["starttls-again"].subjects(inside) == ("",)
    assert BY_NAME["starttls-again"].subjects(known("SIZE")) == ()


# -- AUTH --------------------------------------------------------------------------------------------------


def test_a_mechanism_is_started_and_cancelled() -> None:
    asked, (one,) = converse("auth-mechanism", "LOGIN", known("AUTH LOGIN"), ["334 VXNlcm5hbWU6"], ["501 5.7.0 gone"])
    assert asked == [["AUTH LOGIN"], ["*"]]
    assert (one.verdict, one.detail, one.evidence) == (Verdict.KEPT, "334 to AUTH LOGIN, 501 5.7.0 to *", (0, 1))


@pytest.mark.parametrize(("answer", "verdict"), [("504 no", Verdict.BROKEN), ("454 later", Verdict.UNTESTED)])
def test_a_mechanism_that_is_refused(answer: str, verdict: Verdict) -> None:
    _, (one,) = converse("auth-mechanism", "LOGIN", known("AUTH LOGIN"), [answer])
    assert one.verdict is verdict


@pytest.mark.parametrize("name", ["auth-unknown", "auth-none"])
def test_an_unexpected_challenge_is_cancelled(name: str) -> None:
    asked, (one,) = converse(name, "", known("AUTH PLAIN"), ["334 "], ["501 gone"])
    assert asked[1] == ["*"]
    assert one.detail == "334"
    asked, (one,) = converse(name, "", known("AUTH PLAIN"), ["504 5.5.4 no"])
    assert len(asked) == 1


def test_hostile_mechanism_names_are_left_out() -> None:
    names = ["plain", "PLAIN", "=LOGIN", "X" * 21, "A B", "CRAM-MD5\x07", "SCRAM-SHA-256-PLUS", "É", "x_y", "PLAIN;ls"]
    about = known(f"AUTH {' '.join(names)}", "AUTH=LOGIN PLAIN")
    assert mechanisms(about) == ("PLAIN", "A", "B", "SCRAM-SHA-256-PLUS", "X_Y", "LOGIN")
    many = known("AUTH " + " ".join([f"M{n}" for n in range(100)]))
    assert len(mechanisms(many)) == MECHANISMS
    assert mechanisms(known(clear=None)) == ()


def test_auth_is_asked_for_where_it_is_not_offered_in_profile_full_only() -> None:
    subjects = BY_NAME["auth-unknown"].subjects
    assert subjects(known("SIZE")) == ("",)
    assert subjects(known("SIZE", profile=Profile.CAPABILITIES)) == ()
    assert subjects(known("AUTH PLAIN", profile=Profile.CAPABILITIES)) == ("",)
    assert BY_NAME["auth-none"].subjects(known("SIZE")) == ()


# -- HELP --------------------------------------------------------------------------------------------------


def test_topics_are_the_verbs_that_help_names() -> None:
    about = known("DSN", "STARTTLS", help=reply("214-Commands: helo EHLO mail\n214 MAIL or gimmicks"))
    assert topics(about) == ("HELO", "EHLO", "MAIL", "DSN", "STARTTLS")
    assert topics(known(help=reply("502 no"))) == ()
    assert topics(known()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "214 " + " ".join(["MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "VRFY", "EXPN", "AUTH", "ETRN", "HELO"]),
        "214 " + "MAIL " * 1000,
        "214 \x1b[31mMAIL\x07 RCPT\x00DATA",
        "214 <script>MAIL</script> ../../RCPT %s{MAIL}",
        "214 MAIL\u00e9 RCPT",
    ],
)
def test_topics_of_a_hostile_help(text: str) -> None:
    found = topics(known(help=reply(text)))
    assert len(found) <= TOPICS
    assert all(word.isascii() and word.isalpha() for word in found)
    assert len(set(found)) == len(found)


def test_topics_do_not_depend_on_the_tls_state() -> None:
    inside = offers("AUTH PLAIN", "DSN")
    one = known("STARTTLS", "DSN", help=reply("214 see RFC"), encrypted=inside)
    other = known("STARTTLS", "DSN", help=reply("214 see RFC"), encrypted=inside, encrypted_now=True)
    assert topics(one) == topics(other) == ("STARTTLS", "DSN", "AUTH")


def test_one_topic_outside_of_profile_full() -> None:
    capabilities = known(profile=Profile.CAPABILITIES, help=reply("214 HELO MAIL RCPT"))
    assert topics(capabilities) == ("MAIL",)
    assert topics(known(profile=Profile.CAPABILITIES, help=reply("214 RCPT VRFY"))) == ("RCPT",)


# -- EHLO again, the user's lines --------------------------------------------------------------------------


def test_ehlo_again() -> None:
    about = known("SIZE 5", "DSN")
    asked, (one,) = converse("ehlo-repeated", "", about, ["250-mx\n250-DSN\n250 SIZE 5"])
    assert asked == [["EHLO client.example.org"]]
    assert one.verdict is Verdict.KEPT
    _, (one,) = converse("ehlo-repeated", "", about, ["250-mx\n250-SIZE 6\n250 DSN"])
    assert (one.verdict, one.detail) == (
        Verdict.BROKEN,
        "only the first time: SIZE 5; only the second time: SIZE 6",
    )
    _, (one,) = converse("ehlo-repeated", "", about, ["503 no"])
    assert one.verdict is Verdict.ANSWERED
    lmtp = known(target=Target("t", "h", 24, lmtp=True))
    assert converse("ehlo-repeated", "", lmtp, ["250 mx"])[0] == [["LHLO client.example.org"]]
    assert BY_NAME["helo"].subjects(lmtp) == ()


def test_own_lines_are_one_group() -> None:
    about = known(lines=("NOOP", "VRFY é"))
    asked, learnt = converse("command", "", about, [OK, "550 5.1.1 no", OK])
    assert asked == [["NOOP", "VRFY é", "RSET"]]
    assert [(o.subject, o.detail, o.evidence) for o in learnt] == [
        ("NOOP", "250 2.0.0", (0,)),
        ("VRFY é", "550 5.1.1", (1,)),
    ]
    assert BY_NAME["command"].subjects(known()) == ()


def test_places_and_states() -> None:
    assert BY_NAME["helo"].place is Place.BEFORE_EHLO
    alone = {"starttls-parameter", "starttls-unannounced", "line-end-cr", "line-end-lf"}
    assert {p.name for p in PROBES if p.place is Place.ALONE} == alone
    assert {p.name for p in PROBES if p.where is Where.BOTH} == {"mail", "auth-unknown", "auth-none", "auth-mechanism"}
    assert {p.name for p in PROBES if p.sent_once} == {"command"}
