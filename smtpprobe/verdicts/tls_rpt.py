"""TLS-RPT: where a domain wants reports of failed TLS to be sent (RFC 8460 3). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from smtpprobe.journey import Answer, Ruling
from smtpprobe.outcome import Check, FailureKind, Standing, Who

_RECORDS_READ = 10
_PLACES_READ = 20
_TEXT = 200
_ABSENT = (FailureKind.NO_SUCH_NAME, FailureKind.NO_ADDRESS)


class TlsRpt(Struct, frozen=True):
    """The record as read: the places for reports. With ``fault`` senders act as if there were none."""

    rua: tuple[str, ...] = ()
    fault: str = ""


def parse_tls_rpt(records: Sequence[str]) -> TlsRpt | None:
    """What the TXT records of ``_smtp._tls.`` say; None where none is of this kind. Never raises."""
    ours = [one for one in records[:_RECORDS_READ] if one.split(";", 1)[0].rstrip(" \t") == "v=TLSRPTv1"]
    if not ours:
        return None
    if len(ours) > 1:
        return TlsRpt(fault=f"there are {len(ours)} of them, and then none counts")
    fields = [field.partition("=") for field in ours[0].split(";")[1:]]
    value = next((value for name, _, value in fields if name.strip(" \t") == "rua"), "")
    places = tuple([place.strip(" \t") for place in value.split(",")[:_PLACES_READ] if place.strip(" \t")])
    if not places:
        return TlsRpt(fault="it names no place for reports (rua)")
    odd = next((place for place in places if not _place(place)), None)
    return TlsRpt(places, "" if odd is None else f"reports go to mailto: or https: addresses, not to {odd[:_TEXT]}")


def _place(uri: str) -> bool:
    scheme, _, rest = uri.partition(":")
    if scheme.lower() == "mailto":
        local, _, domain = rest.partition("?")[0].rpartition("@")
        return bool(local and domain)
    return scheme.lower() == "https" and rest.startswith("//") and len(rest) > 2


def judge_tls_rpt(domain: str, answer: Answer) -> Ruling:
    """Does the domain hear of failed TLS? ``answer`` is that for the TXT records of ``_smtp._tls.`` and the domain."""
    shown = "\n".join([f'{answer.name}. IN TXT "{one[:500]}"' for one in answer.records[:_RECORDS_READ]])

    def ruling(standing: Standing, result: str, summary: str, *steps: str, who: Who = Who.NOBODY) -> Ruling:
        return Ruling(Check.TLS_RPT, domain, standing, result, summary, "", steps, who, shown, ("RFC 8460 3",))

    if answer.failure is not None and answer.failure.kind not in _ABSENT:
        return ruling(Standing.UNKNOWN, "unknown", f"The DNS does not answer for {answer.name}.")
    read = parse_tls_rpt(answer.records)
    if read is None:
        return ruling(Standing.NONE, "none", f"{domain} asks for no reports of failed TLS.")
    if read.fault:
        summary = f"The TLS-RPT record of {domain} is not valid, so no report is sent: {read.fault}."
        line = f'_smtp._tls.{domain}. IN TXT "v=TLSRPTv1; rua=mailto:postmaster@{domain}"'
        return ruling(Standing.WARN, "invalid", summary, f"Publish one record: {line}", who=Who.SERVER)
    places = ", ".join([one[:_TEXT] for one in read.rua[:3]])
    return ruling(Standing.PASS, "valid", f"Reports of failed TLS go to {places}.")
