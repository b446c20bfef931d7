"""Whatever a transcript holds, judging it never fails and never lets a server's line break through."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue.software import SOFTWARE
from smtpprobe.model import (
    Capabilities,
    Certificate,
    Command,
    Exchange,
    Failure,
    Keyword,
    Observation,
    Reply,
    Route,
    Software,
    Target,
    TlsFacts,
    Transcript,
)
from smtpprobe.outcome import CertificateFault, Defect, FailureKind, Outcome, Stage, TlsMode, Verdict
from smtpprobe.probes import BY_NAME, SPINE
from smtpprobe.rules import judge, verdict
from smtpprobe.wire import ehlo
from smtpprobe.wire.replies import ReplyReader

PROBES = [*BY_NAME, *SPINE, "keyword", "unsolicited"]
VERBS = ["EHLO x", "LHLO x", "HELO x", "MAIL FROM:<>", "RCPT TO:<postmaster>", "STARTTLS", "VRFY x", "EXPN x", "HELP"]
WORDS = st.sampled_from(
    ["STARTTLS", "AUTH PLAIN", "AUTH=LOGIN", "SIZE 1", "XXXXXXXA", "XCLIENT A", "5.1.1 user unknown", "rate", "", "é\n"]
)


def heard(raw: bytes) -> Reply:
    reader = ReplyReader()
    found = [*reader.feed(raw, 0), reader.end(0)]
    return found[0] or Reply(None, None, (), raw, len(raw))


codes = st.sampled_from([220, 221, 250, 251, 252, 334, 354, 421, 450, 451, 501, 503, 530, 535, 538, 550, 554, 555, 599])
lines = st.lists(st.one_of(WORDS.map(str.encode), st.binary(max_size=40)), min_size=1, max_size=6)
worded = st.builds(
    lambda code, texts: heard(
        b"".join(b"%d-%s\r\n" % (code, text) for text in texts[:-1]) + b"%d %s\r\n" % (code, texts[-1])
    ),
    codes,
    lines,
)
replies = st.one_of(worded, st.binary(min_size=1, max_size=80).map(heard))
text = st.text(max_size=30)
failures = st.builds(Failure, st.sampled_from(Stage), st.sampled_from(FailureKind), text)
exchanges = st.builds(
    Exchange,
    connection=st.integers(1, 3),
    flight=st.integers(0, 5),
    stage=st.sampled_from(Stage),
    command=st.none() | st.builds(Command, st.one_of(st.sampled_from(VERBS).map(str.encode), st.binary(max_size=20))),
    sent_ns=st.integers(-(10**10), 10**11),
    reply=st.none() | replies,
    failure=st.none() | failures,
    probe=st.none() | st.sampled_from(PROBES),
    subject=text,
)
observations = st.builds(
    Observation,
    st.sampled_from(PROBES),
    st.one_of(text, st.sampled_from(["AUTH", "DSN", "PIPELINING", "ENHANCEDSTATUSCODES", "VRFY"])),
    st.sampled_from(Verdict),
    text,
    st.lists(st.integers(-2, 12), max_size=4).map(tuple),
)
offers = st.one_of(
    st.none(),
    replies.map(ehlo.read),
    st.builds(
        Capabilities,
        text,
        st.lists(
            st.builds(Keyword, text, st.lists(text, max_size=2).map(tuple), st.binary(), st.just(tuple(Defect))),
            max_size=3,
        ).map(tuple),
    ),
)
certificates = st.builds(
    Certificate,
    text,
    text,
    st.just(()),
    text,
    st.one_of(text, st.just("2026-12-30T00:00:00Z")),
    st.integers(-400, 400),
    st.none() | st.sampled_from(CertificateFault),
    text,
)
transcripts = st.builds(
    Transcript,
    target=st.builds(
        Target,
        text,
        text,
        st.sampled_from([24, 25, 465, 587]),
        st.sampled_from(TlsMode),
        st.booleans(),
        st.none() | text,
    ),
    route=st.none() | st.just(Route("h", "127.0.0.1", 25)),
    exchanges=st.lists(exchanges, max_size=12).map(tuple),
    observations=st.lists(observations, max_size=12).map(tuple),
    connections=st.just(()),
    clear=offers,
    encrypted=offers,
    tls=st.none() | st.builds(TlsFacts, st.sampled_from(["TLSv1", "TLSv1.3", "?"]), text, st.none() | certificates),
    software=st.none() | st.builds(Software, st.sampled_from([e.name for e in SOFTWARE]), st.none() | text, text),
    failure=st.none() | failures,
    outcome=st.sampled_from(Outcome),
    started=st.just(""),
    started_ns=st.just(0),
    ended_ns=st.just(0),
    profile=st.sampled_from(["ehlo", "capabilities", "full", "security"]),
    ehlo_name=text,
    source=st.none(),
    sni=st.none() | text,
    round_trips=st.just(0),
)


@given(transcripts)
def test_judging_never_fails(transcript: Transcript) -> None:
    found = judge(transcript)
    sentence = verdict(transcript, found)
    assert len(sentence.splitlines()) <= 1
    for finding in found:
        assert len(finding.summary.splitlines()) == 1
        assert len(finding.summary) < 400
        assert all(0 <= place < len(transcript.exchanges) for place in finding.evidence)
    assert msgspec.json.encode(found)
