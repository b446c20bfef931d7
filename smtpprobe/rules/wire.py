"""Findings about the bytes themselves: each irregularity of a run once, with what the catalogue says about it."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.catalogue import extensions
from smtpprobe.catalogue.defects import DEFECTS
from smtpprobe.model import Finding, Keyword, Reply
from smtpprobe.outcome import Defect
from smtpprobe.rules.evidence import Evidence, Rule, listed, quoted, said
from smtpprobe.rules.tls import mangled


def _defects(evidence: Evidence) -> tuple[Finding, ...]:
    heard: dict[Defect, list[int]] = {}
    for defect, index in _all(evidence):
        heard.setdefault(defect, []).append(index)
    elsewhere = {Defect.UNSOLICITED, Defect.ENHANCED_CLASS_DIFFERS}
    if mangled(evidence):
        elsewhere.add(Defect.KEYWORD_MANGLED)
    return tuple(
        [
            Finding(
                "wire-defect",
                DEFECTS[defect].severity,
                f"{defect}: {_summary(evidence, defect)}",
                f"{DEFECTS[defect].meaning} {DEFECTS[defect].advice}",
                tuple(dict.fromkeys([i for i in heard[defect] if i >= 0])),
                DEFECTS[defect].references,
            )
            for defect in heard
            if defect not in elsewhere
        ]
    )


def _all(evidence: Evidence) -> Iterator[tuple[Defect, int]]:
    """Every defect with the exchange it was heard in; -1 where the exchange is not known.

    A 334 without text is no defect: it is an empty challenge (RFC 4954 4).
    """
    for index, exchange in evidence.in_turn():
        for defect in exchange.reply.defects if exchange.reply else ():
            if not (defect is Defect.NO_TEXT and exchange.reply and exchange.reply.intermediate):
                yield defect, index
    for encrypted, offer in ((False, evidence.transcript.clear), (True, evidence.transcript.encrypted)):
        (place,) = evidence.hello(encrypted=encrypted) or (-1,)
        for keyword in offer.keywords if offer else ():
            for defect in keyword.defects:
                if not _known_so(keyword, defect):
                    yield defect, place


def _known_so(keyword: Keyword, defect: Defect) -> bool:
    """Is this an illegal keyword that is announced on purpose, for the clients that know it?

    ``AUTH=LOGIN`` is one in our list, ``X-EXPS=LOGIN`` a private one (RFC 5321 2.2.2).
    """
    name = keyword.keyword
    return defect is Defect.KEYWORD_ILLEGAL and (name.startswith("X") or name in extensions.EXTENSIONS)


def _summary(evidence: Evidence, defect: Defect) -> str:
    """What happened in the defect's own words, without the reference, and for keywords which ones."""
    meaning = defect.meaning.partition(" (")[0]
    named = [
        quoted(k.keyword, 30)
        for offer in evidence.offers
        for k in offer.keywords
        if defect in k.defects and not _known_so(k, defect)
    ]
    return f"{meaning}: {listed(list(dict.fromkeys(named))[:5])}" if named else meaning


def _class_differs(evidence: Evidence) -> tuple[Finding, ...]:
    entry = DEFECTS[Defect.ENHANCED_CLASS_DIFFERS]
    wrong = [(i, e.reply) for i, e in enumerate(evidence.exchanges) if e.command and e.reply and _contradicts(e.reply)]
    if not wrong:
        return ()
    return (
        Finding(
            "enhanced-class-differs",
            entry.severity,
            f"a reply contradicts itself: {said(wrong[0][1])}",
            f"{entry.meaning} {entry.advice}",
            tuple([i for i, _ in wrong]),
            entry.references,
        ),
    )


def _contradicts(reply: Reply) -> bool:
    """There is no class 3 for the enhanced code of a 3yz (RFC 3463 2)."""
    return Defect.ENHANCED_CLASS_DIFFERS in reply.defects and not reply.intermediate


DEFECT = Rule("wire-defect", "something irregular in the bytes", _defects)
CLASS_DIFFERS = Rule(
    "enhanced-class-differs", "the enhanced code says another class than the reply code", _class_differs
)
