"""What each irregularity in a server's bytes means and what to do about it. Data only; nothing here detects one."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.outcome import Defect, Severity


class DefectEntry(Struct, frozen=True):
    """One irregularity: ``meaning`` says why it matters, ``advice`` what to do."""

    defect: Defect
    meaning: str
    advice: str
    severity: Severity
    references: tuple[str, ...]


ENTRIES: tuple[DefectEntry, ...] = (
    DefectEntry(
        defect=Defect.BARE_LF,
        meaning="A reply line ended with a line feed alone. Strict clients wait for CRLF and may hang, and loose line ends are what SMTP smuggling feeds on.",
        advice="Have the server, or the proxy in front of it, end every line with CRLF. A script behind inetd is a frequent culprit.",
        severity=Severity.WARNING,
        references=("RFC 5321 2.3.8",),
    ),
    DefectEntry(
        defect=Defect.BARE_CR,
        meaning="A carriage return stood inside a reply line. Some clients take it for the end of the line and so see two replies where others see one.",
        advice="Look for a configured text with a stray CR, often a banner edited on Windows.",
        severity=Severity.WARNING,
        references=("RFC 5321 2.3.8",),
    ),
    DefectEntry(
        defect=Defect.NUL,
        meaning="A NUL byte stood in the text. Clients written in C read no further than that.",
        advice="Suspect a broken server program or binary data from another protocol, and ask the vendor for a fix.",
        severity=Severity.WARNING,
        references=("RFC 5321 4.2",),
    ),
    DefectEntry(
        defect=Defect.CONTROL,
        meaning="The text held control characters. Shown raw, they could repaint a terminal or forge lines in a log; here they are escaped.",
        advice="On your own server clean the banner and the reply texts. On another's, treat the host with suspicion and its logs with a safe viewer.",
        severity=Severity.WARNING,
        references=("RFC 5321 4.2",),
    ),
    DefectEntry(
        defect=Defect.NOT_ASCII,
        meaning="The text held octets above 127. Replies are ASCII, except in UTF-8 to a client that asked for SMTPUTF8.",
        advice="Put localised banners and messages into ASCII, or leave them in English.",
        severity=Severity.INFO,
        references=("RFC 5321 2.4", "RFC 6531 3.7.4"),
    ),
    DefectEntry(
        defect=Defect.NOT_UTF8,
        meaning="The text held octets that are neither ASCII nor UTF-8, so every client will show something else.",
        advice="Find the message that was saved in an old character set and rewrite it in ASCII.",
        severity=Severity.WARNING,
        references=("RFC 5321 2.4", "RFC 6531 3.7.4"),
    ),
    DefectEntry(
        defect=Defect.NO_TEXT,
        meaning="A reply line was a bare code. Clients must bear that, but nobody learns the reason of a refusal from it.",
        advice="Give each reply a word of text; in a 220 greeting the server's name is required.",
        severity=Severity.INFO,
        references=("RFC 5321 4.2",),
    ),
    DefectEntry(
        defect=Defect.LINE_OVER_512,
        meaning="A reply line was longer than the 512 octets that every client must be able to take. Beyond that a client may cut or refuse it.",
        advice="Spread the text over several lines of one reply.",
        severity=Severity.INFO,
        references=("RFC 5321 4.5.3.1.5",),
    ),
    DefectEntry(
        defect=Defect.LINE_TOO_LONG,
        meaning="One line went past 8 KiB. Only its beginning was kept, since no honest reply needs so much.",
        advice="Check for a runaway text or a program that never writes a line end.",
        severity=Severity.WARNING,
        references=("RFC 5321 4.5.3.1.5",),
    ),
    DefectEntry(
        defect=Defect.REPLY_TOO_LONG,
        meaning="One reply went past 64 KiB or 1,000 lines. The connection was dropped there, so that no server can fill a client's memory.",
        advice="If the server is yours, find what makes its reply endless; if not, keep away from it.",
        severity=Severity.ERROR,
        references=("RFC 5321 4.5.3.1.5",),
    ),
    DefectEntry(
        defect=Defect.SESSION_TOO_LONG,
        meaning="All replies of the session together went past 256 KiB, and the rest was not read.",
        advice="See which command brought so much; a help text or a list of users is the usual suspect.",
        severity=Severity.ERROR,
        references=("RFC 5321 4.5.3.1",),
    ),
    DefectEntry(
        defect=Defect.TRUNCATED,
        meaning="The connection ended in the middle of a reply. What is shown is only its beginning, and the code is not to be relied on.",
        advice="Try again. If it ends at the same place each time, look for a crash in the server's log or a filter on the path.",
        severity=Severity.ERROR,
        references=("RFC 5321 4.2.1",),
    ),
    DefectEntry(
        defect=Defect.MALFORMED,
        meaning="A line did not begin with a reply code of three digits. From there on no reply can be matched with a command for certain.",
        advice="Make sure that the port really speaks SMTP, and that no script prints into the session.",
        severity=Severity.ERROR,
        references=("RFC 5321 4.2",),
    ),
    DefectEntry(
        defect=Defect.CODES_DIFFER,
        meaning="The lines of one reply carried different codes. One client will believe the first, another the last, and mail may be lost between them.",
        advice="Repair the rule or plugin that builds this reply: each of its lines must repeat the same code.",
        severity=Severity.ERROR,
        references=("RFC 5321 4.2.1",),
    ),
    DefectEntry(
        defect=Defect.OUTSIDE_GRAMMAR,
        meaning="The second digit of the code is above 5. It is mostly an enhanced status code without its dots, like 571 for 5.7.1.",
        advice="Configure a code of RFC 5321, such as 550, and put the enhanced code with its dots into the text.",
        severity=Severity.WARNING,
        references=("RFC 5321 4.2", "RFC 3463 2"),
    ),
    DefectEntry(
        defect=Defect.ENHANCED_CLASS_DIFFERS,
        meaning="The enhanced code begins with another digit than the reply code: one says temporary and the other permanent, or success. The reply code rules.",
        advice="Make the two agree, for some senders look at the enhanced code when they decide on a retry.",
        severity=Severity.WARNING,
        references=("RFC 2034 4", "RFC 3463 2"),
    ),
    DefectEntry(
        defect=Defect.UNSOLICITED,
        meaning="A reply came that no command had asked for. A simple client takes it as the answer to its next command and is wrong from then on.",
        advice="A 421 or 221 before a hang-up is harmless. Anything else is a fault of the server or of something between, so compare with a session from the server's own network.",
        severity=Severity.ERROR,
        references=("RFC 5321 4.2", "RFC 5321 3.8"),
    ),
    DefectEntry(
        defect=Defect.KEYWORD_ILLEGAL,
        meaning="An EHLO line does not begin with a proper keyword of letters, digits and hyphens, and clients will ignore it.",
        advice="Correct the line in the server's configuration, or report it to the vendor.",
        severity=Severity.WARNING,
        references=("RFC 5321 4.1.1.1",),
    ),
    DefectEntry(
        defect=Defect.KEYWORD_REPEATED,
        meaning="EHLO announced a keyword more than once. Clients differ in which line they obey; many forget all but the last.",
        advice="Put all arguments on one line. `AUTH=` beside `AUTH` was meant for clients of the last century and can go.",
        severity=Severity.INFO,
        references=("RFC 5321 4.1.1.1",),
    ),
    DefectEntry(
        defect=Defect.KEYWORD_MANGLED,
        meaning="Something between overwrote an EHLO keyword with X letters, most likely STARTTLS, so that the session stays in clear and can be read on the way.",
        advice="Switch off SMTP inspection (`fixup` or `inspect esmtp` on Cisco firewalls), or ask the network in between. Do not send passwords over this path.",
        severity=Severity.ERROR,
        references=("RFC 3207 6",),
    ),
    DefectEntry(
        defect=Defect.ARGUMENT_UNREADABLE,
        meaning="A keyword's argument should be a number and is none, or is absurdly long. A client cannot learn the limit and must guess.",
        advice="Set the limit in plain digits, for example `SIZE 52428800`, or announce the keyword alone.",
        severity=Severity.WARNING,
        references=("RFC 1870 3", "RFC 5321 4.1.1.1"),
    ),
)

DEFECTS: dict[Defect, DefectEntry] = {entry.defect: entry for entry in ENTRIES}
