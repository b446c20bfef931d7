"""How libraries and programs quote a reply in a sentence: PHP, Java, .NET, Ruby, Go, curl, msmtp, mail clients.

Each form takes one line and gives what it quotes, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from smtpprobe.explain.event import TEXT_LIMIT
from smtpprobe.explain.readers.app_python import refusals
from smtpprobe.explain.readers.app_thrown import Thrown, address_in, command_of, quoted
from smtpprobe.explain.readers.logged import Said, enhanced, said, shown
from smtpprobe.outcome import State

_MOST_TRIED = 8

_REPLY_CODE = re.compile(r"[2-5][0-5][0-9]\Z")
_PHP_CODE = re.compile(r"SMTP code:\s?([0-9]{3})\b")
_PHP_INFO = re.compile(r"Additional SMTP info:\s?([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
_PHP_FAILED = re.compile(
    r"following (?:recipients|From address) failed:\s?(?P<address>[^\s:,]{1,320})(?::\s?(?P<text>.+))?"
)
_UNEXPECTED = re.compile(
    r"expected response code [^\n]{1,60}? but got (?:code )?\\?\"?(?P<code>[2-5][0-9]{2})\\?\"?", re.I
)
_WITH_MESSAGE = re.compile(r"with message \\?\"")
_DOTNET = re.compile(r"the server response was:\s{0,3}", re.I)
# System.Net.Mail words the reply code instead of telling it; some words stand for two codes.
_DOTNET_CODES = (
    ("service not available, closing", "421"),
    ("mailbox unavailable", "?50"),
    ("error in processing", "451"),
    ("insufficient system storage", "452"),
    ("client does not have permission", "454"),
    ("syntax error, command unrecognized", "500"),
    ("syntax error in parameters", "501"),
    ("command not implemented", "502"),
    ("bad sequence of commands", "503"),
    ("command parameter not implemented", "504"),
    ("requires a secure connection or the client was not", "530"),
    ("exceeded storage allocation", "552"),
    ("mailbox name not allowed", "553"),
    ("transaction failed", "554"),
)
_TEXTPROTO = re.compile(r"\bCode:\s?(?P<code>[2-5][0-9]{2}),\s?Msg:\s?(?=[\"`])")
_CURL = re.compile(
    r"curl: \([0-9]{1,3}\) (?P<what>[A-Z][A-Za-z -]{2,40}?)(?: failed| denied| response)?(?:, code|:) "
    r"(?P<code>[2-5][0-9]{2})\b"
)
_MSMTP = re.compile(
    r"\b(?P<name>host|from|recipients|smtpstatus|smtpmsg|errormsg|exitcode)=(?:'(?P<quoted>[^']{0,2000})'|(?P<bare>\S{1,2000}))"
)
_RESPONSE = re.compile(r"\bresponse[\"']?:\s{0,3}(?=[\"'`](?:smtp;\s?)?[2-5][0-9]{2}[ -])")
_SERVER_SAID = re.compile(
    r"\b(?:server|host|provider)(?: has| error| message|'s)? ?"
    r"(?P<verb>respon[sd]\w{1,3}|error|message|said|says|replied|reply|answered|answer|returned|sent)"
    r"(?: was| with| is)?\s?[:=]\s{0,3}[\"'(]{0,2}(?P<text>\S.*)",
    re.I,
)
_CLIENTS_ADVICE = re.compile(r"\s(?:Please (?:check|verify)|Check the message|Account: ')[^\n]*")
_AFTER = re.compile(r"(?:[:=(>\]]|\bresponse=)\s{0,3}[\"'(`]{0,2}(?P<code>[45][0-5][0-9])(?P<mark>[ -]|: )(?=\S)")
_COMPLAINT = re.compile(
    r"error|exception|\berr\b|fail|fatal|s?smtp|e?-?mail|send|\bsent\b|reject|refus|denied|invalid|msmtp|\brcpt\b|check_\w{1,40}response|greeting",
    re.I,
)
_ENHANCED_FRONT = re.compile(r"#?[245]\.[0-9]{1,3}\.[0-9]{1,3}\b")
_MAIL = re.compile(r"smtp|mail|rcpt|recipient|sender|\bauth|\buser\b|relay", re.IGNORECASE)
_WEB = re.compile(
    r"\bHTTP|\bURL\b|\bport:? ?\Z|(?:Internal Server Error|Not Found|Forbidden|Bad Gateway|Bad Request|Unauthorized|"
    r"Gateway Time-?out|Too Many Requests|Method Not Allowed|Payload Too Large|Conflict|Client Error|Server Error)\b",
    re.I,
)
_EXCEPTION_TEXT = re.compile(r"(?:Exception|Error): (?P<text>#?[245]\.[0-9]{1,3}\.[0-9]{1,3}\s.{1,4000})")
_RUBY_CLASS = re.compile(r"\s{0,3}\(Net::SMTP\w{0,40}\)\s{0,9}\Z")
_CLOSING = re.compile(r"[\"'`)\]},.;]{1,6}\Z")

Form = Callable[[str], tuple[Thrown, ...]]


def quoted_replies(line: str) -> tuple[Thrown, ...]:
    """The replies that a line of an application quotes, by the first form that knows it."""
    return refusals(line) or next((found for form in FORMS if (found := form(line[:TEXT_LIMIT]))), ())


def _response_field(line: str) -> tuple[Thrown, ...]:
    """A property named response, of an error of nodemailer that was logged as JSON or printed on one line."""
    found = _RESPONSE.search(line)
    text = quoted(line, found.end()) if found else None
    return (Thrown(said(text[0]), command_of(line)),) if text else ()


def _php(line: str) -> tuple[Thrown, ...]:
    if "SMTP" not in line:
        return ()
    code, info = _PHP_CODE.search(line), _PHP_INFO.search(line)
    failed = _PHP_FAILED.search(line)
    recipient = failed["address"] if failed and "recipients failed" in line else ""
    if code is None or not _REPLY_CODE.match(code[1]):
        text = failed["text"] if failed else None
        return (Thrown(said(text), command_of(line), recipient),) if text else ()
    detail = line.partition("Detail:")[2].partition("SMTP code:")[0].partition("Additional SMTP info:")[0].strip()
    told = info[1] if info else None
    text = detail if told is None or detail.startswith(told) else f"{told} {detail}".strip()
    return (Thrown(Said(int(code[1]), told or enhanced(text), shown(text)), command_of(line), recipient),)


def _unexpected(line: str) -> tuple[Thrown, ...]:
    """Swift Mailer and Symfony: the code that came, and the whole reply as the message."""
    found = _UNEXPECTED.search(line)
    if found is None:
        return ()
    message = _WITH_MESSAGE.search(line, found.end())
    if message is None:
        return (Thrown(Said(int(found["code"]), None, "")),)
    end = line.find('".', message.end())
    text = line[message.end() : end if end > 0 else len(line)].rstrip('"\\ ')
    reply = said(text.replace("\\r\\n", "\n").replace("\\n", "\n"))
    reply = reply if reply.code is not None else Said(int(found["code"]), reply.enhanced, reply.text)
    return (Thrown(reply, command_of(line[: found.start()])),)


def _dotnet(line: str) -> tuple[Thrown, ...]:
    found = _DOTNET.search(line)
    if found is None:
        return ()
    before, words = line[: found.start()], line[found.end() :].strip()
    reply = said(words)
    if reply.code is None:
        lowered = before.lower()
        code = next((code for phrase, code in _DOTNET_CODES if phrase in lowered), "")
        code = code.replace("?", (reply.enhanced or "?")[0])
        reply = Said(int(code), reply.enhanced, reply.text) if code.isdigit() else reply
    command = "RCPT" if "FailedRecipient" in before else None
    if not words and reply.code is None:
        return ()
    return (Thrown(reply, command, address_in(words) if command else ""),)


def _textproto(line: str) -> tuple[Thrown, ...]:
    found = _TEXTPROTO.search(line)
    text = quoted(line, found.end()) if found else None
    return (Thrown(said(f"{found['code']} {text[0]}"), command_of(line[: found.start()])),) if found and text else ()


def _curl(line: str) -> tuple[Thrown, ...]:
    found = _CURL.search(line)
    return (Thrown(Said(int(found["code"]), None, ""), command_of(found["what"])),) if found else ()


def _msmtp_log(line: str) -> tuple[Thrown, ...]:
    """The log file of msmtp: names and values, one line a mail."""
    if "exitcode=" not in line or "recipients=" not in line:
        return ()
    told = {found["name"]: found["quoted"] or found["bare"] or "" for found in _MSMTP.finditer(line)}
    status, message = told.get("smtpstatus", ""), told.get("smtpmsg", "")
    words = message or f"{status} {told.get('errormsg') or told.get('exitcode', '')}".strip()
    reply = said(words)
    state = State.ACCEPTED if told.get("exitcode") == "EX_OK" else None
    recipients = [one for one in told.get("recipients", "").split(",") if one] or [""]
    command = command_of(told.get("errormsg", ""))
    return tuple(
        Thrown(reply, command, one[:320], told.get("from", "")[:320], told.get("host", "")[:255], state=state)
        for one in recipients[:100]
    )


def _server_said(line: str) -> tuple[Thrown, ...]:
    """Mail clients and scripts: the server responded, the server's answer was."""
    found = _SERVER_SAID.search(line)
    if found is None:
        return ()
    text, quote = found["text"], line[found.start("text") - 1]
    advice = _CLIENTS_ADVICE.search(text)
    recipient = address_in(advice.group()) if advice else ""
    text = text.partition(quote)[0] if quote in "\"'" else _CLIENTS_ADVICE.sub("", text)
    text = _CLOSING.sub("", text.strip())
    reply = said(text)
    if reply.code is None and reply.enhanced is None and not found["verb"].lower().startswith("respon"):
        return ()
    return (Thrown(reply, "RCPT" if recipient else command_of(line[: found.start()]), recipient),)


def _after_a_complaint(line: str) -> tuple[Thrown, ...]:
    """Everybody: an exception's name or words of failure, a colon, the reply."""
    for found in islice(_AFTER.finditer(line), _MOST_TRIED):
        before = line[max(0, found.start() - 400) : found.start() + 1]
        text = line[found.end() :]
        if not _COMPLAINT.search(before) or _WEB.search(before) or _WEB.match(text.lstrip("- ")):
            continue
        text = _RUBY_CLASS.sub("", text)
        closing = _CLOSING.search(text)
        text = text[: closing.start()] if closing and any(c in "\"'`)]}" for c in closing.group()) else text
        if not _ENHANCED_FRONT.match(text) and not _MAIL.search(line):
            continue
        mark = "-" if found["mark"] == "-" else " "
        reply = said(f"{found['code']}{mark}{text}")
        command = command_of(f"{before} {line[found.end() + len(text) :]}")
        return (Thrown(reply, command, (address_in(before) or address_in(text)) if command == "RCPT" else ""),)
    return ()


def _enhanced_after_an_exception(line: str) -> tuple[Thrown, ...]:
    """MailKit: the reply's text alone."""
    found = _EXCEPTION_TEXT.search(line)
    return (Thrown(said(found["text"]), command_of(line[: found.start("text")])),) if found else ()


FORMS: tuple[Form, ...] = (
    _response_field,
    _unexpected,
    _dotnet,
    _php,
    _textproto,
    _curl,
    _msmtp_log,
    _server_said,
    _after_a_complaint,
    _enhanced_after_an_exception,
)
