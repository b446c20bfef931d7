"""Servers whose EHLO promises cannot be believed, or whose keywords are made to be shown."""

from __future__ import annotations

from behaviour import ANSWERED, INCONCLUSIVE, NOT_SMTP, REFUSED, Behaviour, Check, Peer
from courtesy import courteous, ehlo, farewell, lines_without_end, silence
from holding import Held

from smtpprobe.catalogue import extensions
from smtpprobe.outcome import Defect, FailureKind, Profile

EVERYTHING = tuple([name.encode() for name in extensions.EXTENSIONS])
LABEL = b"a" * 500
PAYLOADS = (
    b"<script>alert(1)</script>",
    b"=cmd|'/C calc'!A0",
    b'X"}\n',
    b"]]>",
    b"${jndi:ldap://x}",
    b"SIZE <img/src=x>",
)


async def more_each_time(peer: Peer) -> None:
    """One more keyword, and one more kilobyte, on every connection."""
    peer.send(ehlo(*[b"X-GROWS-%d %s" % (n, b"y" * 400) for n in range(3 * peer.number)]))


def keyword(name: str) -> Check:
    """The keyword was read as one."""

    def check(held: Held) -> list[str]:
        clear = held.report.transcript.clear
        return [] if clear is not None and name in clear else [f"{name} was not read"]

    return check


def size(limit: int | None) -> Check:
    def check(held: Held) -> list[str]:
        clear = held.report.transcript.clear
        return [] if clear is not None and clear.size_limit == limit else ["the limit of SIZE was read wrongly"]

    return check


def no_quit(held: Held) -> list[str]:
    """What follows a 3yz would be taken for an answer to it."""
    return [] if held.heard[0] == (b"EHLO client.example.org",) else [f"the server heard {held.heard}"]


def only_lhlo(held: Held) -> list[str]:
    return [] if held.heard[0][:2] == (b"EHLO client.example.org", b"HELO client.example.org") else [str(held.heard)]


ROWS = (
    Behaviour(
        "ehlo_silent",
        "EHLO never answered",
        courteous({b"EHLO": silence}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        waits=True,
        reference="ehlo_silent",
    ),
    Behaviour(
        "ehlo_drips",
        "EHLO's reply one valid line at a time, each in time, without end",
        courteous({b"EHLO": lines_without_end}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        evidence=(b"250-X-SLOW",),
        waits=True,
    ),
    Behaviour(
        "line_2000",
        "one EHLO line of 2,012 octets",
        courteous(keywords=(b"X-" + b"a" * 2004, b"HELP")),
        *ANSWERED,
        defects=(Defect.LINE_OVER_512,),
        evidence=(b"a" * 2004,),
        reference="line_2000",
    ),
    Behaviour(
        "line_9000",
        "one EHLO line of 9,012 octets",
        courteous(keywords=(b"X-" + b"a" * 9004, b"HELP")),
        *ANSWERED,
        defects=(Defect.LINE_TOO_LONG, Defect.LINE_OVER_512),
        evidence=(b"a" * 8000,),
        check=keyword("HELP"),
        reference="line_9000",
    ),
    Behaviour(
        "ehlo_10000_keywords",
        "10,000 EHLO keywords, 158 KB",
        courteous(keywords=[b"X-KEYWORD%d" % n for n in range(10_000)]),
        *NOT_SMTP,
        FailureKind.REPLY_TOO_LONG,
        evidence=(b"X-KEYWORD900\r\n",),
        reference="ehlo_10000_keywords",
    ),
    Behaviour(
        "ehlo_900_keywords",
        "900 EHLO keywords, within the limits",
        courteous(keywords=[b"X-KEYWORD%d" % n for n in range(900)]),
        *ANSWERED,
        check=keyword("X-KEYWORD899"),
    ),
    Behaviour(
        "ehlo_keyword_of_64k",
        "one EHLO keyword of 65,536 octets",
        courteous(keywords=(b"X" * 65_536,)),
        *NOT_SMTP,
        FailureKind.REPLY_TOO_LONG,
        evidence=(b"X" * 8000,),
    ),
    Behaviour(
        "ehlo_same_keyword_500_times",
        "the same EHLO keyword 500 times, with other values",
        courteous(keywords=[b"SIZE %d" % n for n in range(500)]),
        *ANSWERED,
        defects=(Defect.KEYWORD_REPEATED,),
    ),
    Behaviour(
        "ehlo_name_of_impossible_length",
        "a host name of 120 labels of 63 octets each",
        courteous({b"EHLO": ehlo(b"HELP", domain=b".".join([b"a" * 63] * 120))}),
        *ANSWERED,
        defects=(Defect.LINE_OVER_512,),
        evidence=(b".".join([b"a" * 63] * 120),),
    ),
    Behaviour(
        "ehlo_label_of_impossible_length",
        "a host name with a label of 500 octets, in the greeting too",
        courteous(
            {b"EHLO": ehlo(b"HELP", domain=LABEL + b".example")},
            greeting=b"220 " + LABEL + b".example answers=GREETING\r\n",
        ),
        *ANSWERED,
        evidence=(LABEL + b".example",),
    ),
    Behaviour(
        "ehlo_grows",
        "an EHLO reply that is longer on each connection",
        courteous({b"EHLO": more_each_time}),
        *ANSWERED,
        observed=("ehlo-second-connection",),
        evidence=(b"X-GROWS-2", b"X-GROWS-5"),
        settings={"only": (), "lines": (), "profile": Profile.CAPABILITIES},
    ),
    Behaviour(
        "ehlo_offers_everything",
        "every keyword that was ever registered or seen",
        courteous(keywords=[one for one in EVERYTHING if one != b"STARTTLS"]),
        *ANSWERED,
        check=keyword("CHUNKING"),
        settings={"only": (), "lines": (), "profile": Profile.FULL},
    ),
    Behaviour(
        "ehlo_offers_everything_and_refuses_it",
        "every keyword there is, and 550 to whatever uses it",
        courteous(
            {
                b"any": b"550 5.7.1 not for you\r\n",
                b"EHLO": ehlo(*[one for one in EVERYTHING if one != b"STARTTLS"]),
                b"QUIT": b"221 2.0.0 bye answers=QUIT\r\n",
            }
        ),
        *ANSWERED,
        evidence=(b"550 5.7.1 not for you",),
        settings={"only": (), "lines": (), "profile": Profile.FULL},
    ),
    Behaviour(
        "size_5000_digits",
        "SIZE with 5,000 digits",
        courteous(keywords=(b"SIZE " + b"9" * 5000,)),
        *ANSWERED,
        defects=(Defect.ARGUMENT_UNREADABLE,),
        evidence=(b"9" * 5000,),
        check=size(None),
        reference="size_5000_digits",
    ),
    Behaviour(
        "size_no_number",
        "SIZE -1",
        courteous(keywords=(b"SIZE -1",)),
        *ANSWERED,
        defects=(Defect.ARGUMENT_UNREADABLE,),
        check=size(None),
    ),
    Behaviour(
        "html_csv_prom_payload",
        'keywords `<script>…`, `=cmd…calc`, `"}` LF, `]]>`',
        courteous(keywords=PAYLOADS[:2] + PAYLOADS[3:]),
        *ANSWERED,
        defects=(Defect.KEYWORD_ILLEGAL,),
        evidence=PAYLOADS[:2],
        reference="html_csv_prom_payload",
    ),
    Behaviour(
        "ehlo_334",
        "334 to EHLO",
        courteous({b"EHLO": b"334 Z28gb24=\r\n"}),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"334 Z28gb24=",),
        check=no_quit,
    ),
    Behaviour(
        "ehlo_354",
        "354 to EHLO",
        courteous({b"EHLO": b"354 send it\r\n"}),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"354 send it",),
        check=no_quit,
    ),
    Behaviour(
        "ehlo_421",
        "421 to EHLO, FIN",
        courteous({b"EHLO": farewell(b"EHLO")}),
        *INCONCLUSIVE,
        FailureKind.SERVER_CLOSING,
        evidence=(b"421 4.3.2 bye answers=EHLO",),
    ),
    Behaviour(
        "ehlo_450",
        "450 to EHLO and HELO",
        courteous({b"EHLO": b"450 4.3.2 not now answers=EHLO\r\n"}),
        *INCONCLUSIVE,
        evidence=(b"450 4.3.2 not now",),
    ),
    Behaviour(
        "lmtp_on_an_smtp_port",
        "LMTP: 500 to EHLO and HELO, LHLO would do",
        courteous(
            {b"EHLO": b"500 5.5.1 LHLO, please answers=EHLO\r\n", b"HELO": b"500 5.5.1 LHLO, please answers=HELO\r\n"}
        ),
        *REFUSED,
        evidence=(b"LHLO, please",),
        check=only_lhlo,
    ),
    Behaviour(
        "smtp_on_an_lmtp_port",
        "SMTP where LMTP was expected: 500 to LHLO",
        courteous({b"LHLO": b"500 5.5.1 unknown answers=LHLO\r\n"}),
        *REFUSED,
        lmtp=True,
        evidence=(b"500 5.5.1 unknown answers=LHLO",),
        peers=(),
    ),
    Behaviour(
        "everything_refused",
        "502 to everything, QUIT as well",
        courteous({b"any": b"502 5.5.1 no\r\n"}),
        *REFUSED,
        evidence=(b"502 5.5.1 no",),
    ),
)
