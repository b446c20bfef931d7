"""What stands in front of a qmail server logs of the clients it turned away: rblsmtpd, spamdyke, chkuser, vchkpw."""

from __future__ import annotations

import re

from msgspec import structs

from smtpprobe.diagnosis import Event
from smtpprobe.explain.readers.logged import NAME_LIMIT, Said, given, said
from smtpprobe.outcome import Reason, State
from smtpprobe.redaction import REDACTED

PROGRAMS = ("qmail", "rblsmtpd", "tcpserver", "spamdyke", "vpopmail", "vchkpw", "chkuser")

_RBLSMTPD = re.compile(
    r"rblsmtpd: (?P<client>[^\s:]{1,45}|[0-9A-Fa-f:.]{2,45}) pid [0-9]{1,10}: (?P<reply>[45][0-9]{2} .*)"
)
_SPAMDYKE = re.compile(
    r"(?:spamdyke\[[0-9]{1,10}\]: )?(?P<verdict>(?:DENIED|FAILED|UNKNOWN)_[A-Z_]{2,40}|TIMEOUT) "
    r"from: (?P<from>\S{1,330}) to: (?P<to>\S{1,330}) origin_ip: (?P<rest>.*)",
    re.DOTALL,
)
_CHKUSER = re.compile(
    r"CHKUSER rejected (?P<what>[a-z]{2,20}): from <(?P<from>[^>]{0,330})> remote <[^>]{0,400}>"
    r"(?: rcpt <(?P<to>[^>]{0,330})>)? : (?P<text>.*)",
    re.DOTALL,
)
_VCHKPW = re.compile(
    r"vchkpw-[a-z]{1,20}: "
    r"(?P<text>(?:password fail|vpopmail user not found|null password given|invalid user)[^:]{0,400})"
)
# s/qmail's qmail-smtpd: the outcome, the stage, the reason.
_SQMAIL = re.compile(
    r"(?:qmail-smtpd: )?pid [0-9]{1,10} (?P<outcome>Reject|Deferred)::(?P<stage>[A-Z]{2,8})::(?P<reason>[\w-]{1,60}) "
    r"(?P<rest>.*)",
    re.DOTALL,
)
_ADDRESSES = re.compile(r"\bF:(?P<from>\S{0,330}+) T:(?P<to>\S{0,330})")
_STAGES = {"RCPT": "RCPT", "SNDR": "MAIL", "ORIG": "greeting", "AUTH": "AUTH", "DATA": "DATA", "TLS": "STARTTLS"}
_SPAMDYKE_SAYS = {
    "DENIED_TOO_MANY_RECIPIENTS": "Too many recipients. Try the remaining addresses again later.",
    "DENIED_UNQUALIFIED_RECIPIENT": "Improper recipient address. Try supplying a domain name.",
    "DENIED_GRAYLISTED": "Your address has been graylisted. Try again later.",
    "DENIED_RDNS_MISSING": "Refused. You have no reverse DNS entry.",
    "DENIED_RDNS_RESOLVE": "Refused. Your reverse DNS entry does not resolve.",
    "DENIED_IP_IN_CC_RDNS": "Refused. Your reverse DNS entry contains your IP address and a country code.",
    "DENIED_IP_IN_RDNS": "Refused. Your reverse DNS entry contains your IP address and a banned keyword.",
    "DENIED_EARLYTALKER": "Refused. You are not following the SMTP protocol.",
    "DENIED_BLACKLIST_NAME": "Refused. Your domain name is blacklisted.",
    "DENIED_BLACKLIST_IP": "Refused. Your IP address is blacklisted.",
    "DENIED_SENDER_BLACKLISTED": "Refused. Your sender address has been blacklisted.",
    "DENIED_RECIPIENT_BLACKLISTED": "Refused. Mail is not being accepted at this address.",
    "DENIED_SENDER_NO_MX": "Refused. The domain of your sender address has no mail exchanger (MX).",
    "DENIED_RBL_MATCH": "Refused. Your IP address is listed in the RBL.",
    "DENIED_RHSBL_MATCH": "Refused. Your domain name is listed in the RHSBL.",
    "DENIED_RELAYING": "Refused. Sending to remote addresses (relaying) is not allowed.",
    "DENIED_ZERO_RECIPIENTS": "Refused. You must specify at least one valid recipient.",
    "DENIED_AUTH_REQUIRED": "Refused. Authentication is required to send mail.",
    "DENIED_REJECT_ALL": "Refused. Mail is not being accepted.",
    "DENIED_IDENTICAL_SENDER_RECIPIENT": "Refused. Identical sender and recipient addresses are not allowed.",
    "DENIED_HEADER_BLACKLISTED": "Refused. Your message has been blocked due to its content.",
    "DENIED_INVALID_RECIPIENT": "Refused. The recipient address does not exist.",
    "DENIED_UNAVAILABLE_RECIPIENT": "Refused. The recipient is not accepting mail right now.",
    "DENIED_SENDER_NOT_LOCAL": "Refused. Mail for your sender domain is not hosted here.",
    "DENIED_SENDER_NOT_AUTH": "Refused. Your sender address does not match your authentication username.",
    "FAILED_AUTH": "Refused. Authentication failed.",
    "UNKNOWN_AUTH": "Refused. Unknown authentication method.",
    "FAILED_TLS": "Failed to negotiate TLS connection.",
    "TIMEOUT": "Timeout. Talk faster next time.",
}
_SPAMDYKE_DEFERS = frozenset(
    {
        "DENIED_TOO_MANY_RECIPIENTS",
        "DENIED_GRAYLISTED",
        "DENIED_RDNS_MISSING",
        "DENIED_RDNS_RESOLVE",
        "DENIED_SENDER_NO_MX",
        "TIMEOUT",
    }
)


def refusal(rest: str, program: str, time: str, line: str, number: int) -> Event | None:
    """The event of a line that tells of a client turned away; None for any other."""
    if "rblsmtpd: " in rest and (found := _RBLSMTPD.search(rest)):
        reply = said(found["reply"])
        return _event(reply, "greeting", reply.state, time, line, number)
    if "CHKUSER rejected " in rest and (found := _CHKUSER.search(rest)):
        command = "RCPT" if found["what"] == "rcpt" else "MAIL" if found["what"] == "sender" else None
        sender, to = found["from"].partition(":")[0], found["to"] or ""
        return _event(said(found["text"]), command, State.FAILED, time, line, number, sender, to)
    if " origin_ip: " in rest and (found := _SPAMDYKE.search(rest)):
        return _by_spamdyke(found, time, line, number)
    if "vchkpw-" in rest and (found := _VCHKPW.search(_without_password(rest))):
        event = _event(said(found["text"]), "AUTH", State.FAILED, time, _without_password(line), number)
        return structs.replace(event, reason=Reason.SECURITYERROR)
    if "::" in rest and (found := _SQMAIL.search(rest)):
        addresses = _ADDRESSES.search(found["rest"])
        state = State.FAILED if found["outcome"] == "Reject" else State.DEFERRED
        words = said(found["reason"].replace("_", " "))
        sender, to = (addresses["from"], addresses["to"]) if addresses else ("", "")
        return _event(words, _STAGES.get(found["stage"]), state, time, line, number, sender, to)
    if program == "rblsmtpd" and (reply := said(rest.rpartition(": ")[2])).code is not None:
        return _event(reply, "greeting", reply.state, time, line, number)
    return None


def _without_password(text: str) -> str:
    """vchkpw writes the password that was tried, whatever is in it, between these marks."""
    before, mark, after = text.partition("(pass: '")
    if not mark:
        return text
    _, closed, behind = after.rpartition("')")
    return f"{before}{REDACTED}{behind}" if closed else f"{before}{REDACTED}"


def _by_spamdyke(found: re.Match[str], time: str, line: str, number: int) -> Event:
    verdict = found["verdict"]
    # DENIED_OTHER is the reply of the server behind; since version 5 the reason stands at the end.
    reason = found["rest"].rpartition(" reason: ")[2].replace("_", " ")
    words = _SPAMDYKE_SAYS.get(verdict) or (reason if reason != "(empty)" else verdict.replace("_", " ").lower())
    state = State.DEFERRED if verdict in _SPAMDYKE_DEFERS else State.FAILED
    sender, to = ("" if value == "(unknown)" else value for value in found.group("from", "to"))
    return _event(said(words), None, state, time, line, number, sender, to)


def _event(
    reply: Said, command: str | None, state: State, time: str, line: str, number: int, sender: str = "", to: str = ""
) -> Event:
    return Event(
        source="qmail",
        text=reply.text,
        code=reply.code,
        enhanced=reply.enhanced,
        command=command,
        recipient=to[:NAME_LIMIT],
        sender=sender[:NAME_LIMIT],
        time=time,
        state=state,
        line=number,
        given=given(line),
    )
