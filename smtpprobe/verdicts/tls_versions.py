"""Which versions of TLS a server shakes hands for: the old ones are to be switched off (RFC 8996). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.journey import Resumption, Ruling, VersionSeen
from smtpprobe.outcome import Check, Standing, Who

OLD = ("TLSv1", "TLSv1.1")


def judge_versions(subject: str, seen: Sequence[VersionSeen]) -> Ruling:
    """``result`` names the versions that are taken, in the order in which they were tried."""
    taken = [one.version for one in seen if one.accepted]
    detail = "; ".join([f"{one.version}: {one.detail}" for one in seen if one.detail])
    result = " ".join(taken) or "none"

    def ruling(standing: Standing, summary: str, *steps: str) -> Ruling:
        who = Who.SERVER if standing in (Standing.WARN, Standing.FAIL) else Who.NOBODY
        return Ruling(
            Check.TLS_VERSIONS,
            subject,
            standing,
            result,
            summary,
            detail,
            steps,
            who,
            "",
            ("RFC 8996", "RFC 9325 3.1.1"),
        )

    listed = " and ".join(taken)
    modern = [one for one in taken if one not in OLD]
    if not taken and any(one.accepted is None for one in seen):
        return ruling(Standing.UNKNOWN, f"Which versions of TLS {subject} takes could not be told.")
    if not taken:
        return ruling(Standing.FAIL, f"{subject} shakes hands for no version of TLS.", "Repair TLS on the server.")
    if not modern and any(one.accepted is None for one in seen if one.version not in OLD):
        return ruling(Standing.UNKNOWN, f"{subject} takes {listed}; whether it takes newer ones could not be told.")
    if not modern:
        summary = f"{subject} takes {listed} alone, which up-to-date senders do not speak any more."
        return ruling(Standing.FAIL, summary, "Switch TLS 1.2 and 1.3 on, and the older versions off.")
    old = [one for one in taken if one in OLD]
    if old:
        summary = f"{subject} still takes {' and '.join(old)}, beside {' and '.join(modern)}."
        return ruling(Standing.WARN, summary, f"Switch {' and '.join(old)} off.")
    return ruling(Standing.PASS, f"{subject} takes {listed}, and nothing older.")


def judge_resumption(subject: str, seen: Resumption) -> Ruling:
    """A server that does not resume costs its clients time, and loses no mail (RFC 8446 2.2, RFC 5077)."""
    if seen.resumed is None:
        words = Standing.UNKNOWN, "unknown", f"Whether {subject} resumes TLS sessions could not be told: {seen.detail}."
    elif seen.resumed:
        words = Standing.PASS, "resumed", f"{subject} resumes a TLS session ({seen.version})."
    else:
        words = Standing.NONE, "not-resumed", f"{subject} resumes no TLS session: each connection shakes hands anew."
    return Ruling(Check.RESUMPTION, subject, *words, detail=seen.detail, references=("RFC 8446 2.2", "RFC 5077"))
