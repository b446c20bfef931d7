"""Where a reference of an entry can be read: RFCs with their section, drafts, registries, a manual page. No I/O."""

from __future__ import annotations

import re

# Sections are numbers, appendices letters (F.1): both are anchors of the RFC editor's pages.
_RFC = re.compile(r"RFC ([0-9]{1,5})(?: ([0-9]{1,2}(?:\.[0-9]{1,2}){0,5})| ([A-Z](?:\.[0-9]{1,2}){0,3}))?")
_DRAFT = re.compile(r"draft-[a-z0-9-]{1,80}")
_OTHERS = {
    "IANA SMTP Enhanced Status Codes registry": "https://www.iana.org/assignments/smtp-enhanced-status-codes/",
    "IANA SMTP service extensions (E. Allman)": "https://www.iana.org/assignments/mail-parameters/",
    "errno(3)": "https://man7.org/linux/man-pages/man3/errno.3.html",
}


def address(reference: str) -> str:
    """``RFC 5321 4.2.3`` -> ``https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3``; "" for what is only a name."""
    if match := _RFC.fullmatch(reference):
        number, section, appendix = match.groups()
        place = f"#section-{section}" if section else f"#appendix-{appendix}" if appendix else ""
        return f"https://www.rfc-editor.org/rfc/rfc{number}{place}"
    if _DRAFT.fullmatch(reference):
        return f"https://datatracker.ietf.org/doc/{reference}/"
    return _OTHERS.get(reference, "")
