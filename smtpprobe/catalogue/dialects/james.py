"""What Apache James means. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import DialectEntry
from smtpprobe.outcome import Reason, Retry, Who

UNMISTAKABLE: tuple[DialectEntry, ...] = ()

ENTRIES: tuple[DialectEntry, ...] = (
    *UNMISTAKABLE,
    DialectEntry(
        vendor="James",
        code=504,
        enhanced=None,
        commands=("RCPT",),
        pattern=r"Unrecognized or unsupported option",
        name="unknown RCPT parameter",
        meaning="James takes no such parameter on RCPT, while it ignores unknown ones on MAIL. The standard has 555 for it.",
        fix="Drop it from the line.",
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        category=Reason.SYNTAXERROR,
        sample="504 Unrecognized or unsupported option",
        near_miss="504 Unrecognized Authentication Type",
        references=("Apache James RcptCmdHandler.java", "RFC 5321 4.1.1.11"),
    ),
    DialectEntry(
        vendor="James",
        code=504,
        enhanced=None,
        commands=("AUTH",),
        pattern=r"Unrecognized Authentication Type",
        name="mechanism unknown, or TLS missing",
        meaning="James does not offer this mechanism, or not in clear.",
        fix="Compare with EHLO after STARTTLS.",
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        category=Reason.AUTHFAILURE,
        sample="504 Unrecognized Authentication Type",
        near_miss="504 Unrecognized or unsupported option",
        references=("Apache James AuthCmdHandler.java",),
    ),
    DialectEntry(
        vendor="James",
        code=502,
        enhanced="5.3.3",
        commands=(),
        pattern=r"(?:HELP|VRFY|EXPN) is not supported",
        name="command left out",
        meaning="James knows the verb and does not do it.",
        fix="This is fine.",
        retry=Retry.NO,
        who=Who.NOBODY,
        category=Reason.NONE,
        sample="502 5.3.3 VRFY is not supported",
        near_miss="502 5.5.1 VRFY command is disabled",
        references=("Apache James",),
    ),
    DialectEntry(
        vendor="James",
        code=500,
        enhanced="5.5.1",
        commands=(),
        pattern=r"Command \S{1,64} unrecognized",
        name="unknown verb",
        meaning="No handler takes this verb. AUTH and STARTTLS answer so where they are not configured.",
        fix="Compare with what EHLO offers.",
        retry=Retry.NO,
        who=Who.SENDER,
        category=Reason.SYNTAXERROR,
        sample="500 5.5.1 Command XX unrecognized.",
        near_miss='500 5.5.1 Command unrecognized: "XX"',
        references=("Apache James",),
    ),
)
