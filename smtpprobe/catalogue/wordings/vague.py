"""Wordings that say little: they count where the enhanced code says nothing. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.outcome import Reason

ENTRIES: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.USERUNKNOWN,
        patterns=(
            r"mailbox (?:is )?(?:unavailable|not available|inaccessible)",
            r"unknown address error",
            r"address rejected",
            r"recipient (?:address )?(?:\S{1,40} )?(?:rejected|refused|not accepted|denied|not allowed|not permitted)",
            r"(?:user|mailbox|recipient) (?:is )?(?:not available|unavailable)",
            r"does not like recipient",
            r"^\W{0,3}@\W{0,3} ?rejected",
            r"recipients (?:was|were) rejected",
        ),
        samples=("550 Requested action not taken: mailbox unavailable", "550 Address rejected"),
        near_misses=("550 Service unavailable",),
    ),
    WordingEntry(
        reason=Reason.SECURITYERROR,
        patterns=(r"access (?:is )?denied", r"not authori[sz]ed", r"authori[sz]ation (?:failed|required)"),
        samples=("550 5.7.1 Access denied", "550 You are not authorized"),
        near_misses=("550 Denied",),
    ),
    WordingEntry(
        reason=Reason.POLICYVIOLATION,
        patterns=(
            r"(?:message|mail|e-?mail|transaction) (?:is |was )?(?:\w{1,12} )?(?:not allowed|not permitted|forbidden|prohibited)",
            r"prohibited|forbidden",
        ),
        samples=("554 Message not allowed",),
        near_misses=("554 Message not found",),
    ),
    WordingEntry(
        reason=Reason.SYSTEMERROR,
        patterns=(
            r"service (?:is )?(?:\w{1,12} )?(?:unavailable|refused|not available|not ready)",
            r"temporar(?:y|ily) (?:\w{1,12} )?(?:unavailable|rejected|deferred)",
            r"(?:system|server|host) (?:is )?(?:\w{1,12} )?(?:unavailable|not available|not ready)",
            r"requested action aborted",
            r"other mail system problem",
            r"resources? (?:are |is )?temporarily unavailable",
            r"try (?:again|later)",
        ),
        samples=("554 Service currently unavailable", "451 Requested action aborted"),
        near_misses=("550 Mailbox unavailable",),
    ),
    WordingEntry(
        reason=Reason.SYSTEMERROR,
        patterns=(
            r"(?:essayer|reessayer|essayez|reessayez) plus tard",
            r"service (?:temporairement )?(?:indisponible|refuse)",
            r"interner fehler|systemfehler|spater (?:erneut|noch ?mals?|wieder)",
            r"(?:intente|pruebe|tente|riprova\w{0,2}|reintente) (?:\w{1,12} )?(?:mas tarde|mais tarde|piu tardi|novamente|de nuevo)",
            r"(?:erro|error|errore) (?:interno|temporal|temporario|temporaneo)",
        ),
        samples=("421 Veuillez essayer plus tard", "451 Interner Fehler", "451 Erro interno"),
        near_misses=("421 Plus tard",),
    ),
)
