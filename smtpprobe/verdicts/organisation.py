"""The organisational domain of a name, as the Public Suffix List has it. Pure but for one packaged file, read once.

RFC 9989 finds it in the DNS instead (dmarc.py); receivers that still go by RFC 7489 use the list.
"""

from __future__ import annotations

from functools import cache

from publicsuffixlist import PublicSuffixList


@cache
def _suffixes() -> PublicSuffixList:
    """The list as packaged; reading it takes some 40 ms, so nobody pays who asks for no DMARC."""
    return PublicSuffixList()


def organisational_domain(domain: str) -> str:
    """One label more than the public suffix (RFC 7489 3.2); a public suffix stands for itself."""
    return _suffixes().privatesuffix(domain) or domain
