"""DMARC: which policy applies to an author's domain, and whether SPF vouches for it (RFC 9989 4.10). Pure.

The organisational domain is found by the DNS tree walk; where the Public Suffix List, by which receivers of RFC 7489's
time go, gives another alignment, the result says so.
"""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.journey import Answer, Asking, Question
from smtpprobe.verdicts.asked import absent, broken, queryable
from smtpprobe.verdicts.dmarc_record import DmarcRecord, dmarc_records, read_dmarc
from smtpprobe.verdicts.organisation import organisational_domain
from smtpprobe.verdicts.spf_values import SpfResult

#: A tree walk asks for no more names than this (RFC 9989 4.10).
WALK_LIMIT = 8
#: Signatures beyond these are not looked at.
DOMAIN_LIMIT = 8
_MILDER = {"reject": "quarantine", "quarantine": "none"}
Answers = dict[Question, Answer]


class DmarcResult(Struct, frozen=True):
    """What DMARC makes of mail from an author's domain.

    ``result`` is RFC 8601's word. ``policy`` is what applies to mail that does not pass, after ``t=y``, and ``tag``
    where it is taken from; ``policy_domain`` is where ``record`` stands. ``spf`` is SPF's result for ``spf_domain``, ""
    where it is not known. ``dkim_aligned`` are the aligned ones of the domains that sign, as far as known;
    ``signatures_known`` tells whether any are. ``disputed``: the Public Suffix List gives another alignment of SPF.
    ``problems`` are sentences about the record, ``records`` all of them where there are several.
    """

    domain: str
    result: str
    policy: str = ""
    tag: str = ""
    policy_domain: str = ""
    organisation: str = ""
    record: DmarcRecord | None = None
    spf: str = ""
    spf_domain: str = ""
    spf_aligned: bool = False
    dkim_aligned: tuple[str, ...] = ()
    signatures_known: bool = False
    disputed: bool = False
    problem: str = ""
    problems: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


class _Tree(Struct, frozen=True):
    """What a walk found: the valid records from the longest name to the shortest, and where it could not see."""

    start: str
    records: tuple[DmarcRecord, ...] = ()
    several: tuple[str, ...] = ()
    problem: str = ""

    @property
    def organisation(self) -> str:
        """The organisational domain (RFC 9989 4.10.2)."""
        for record in self.records:
            if record.psd == "n":
                return record.domain
            if record.psd == "y" and record.domain != self.start:
                labels = record.domain.count(".") + 2
                return ".".join(self.start.split(".")[-labels:])
        return self.records[-1].domain if self.records else self.start


def check_dmarc(
    from_domain: str, spf: SpfResult | None, spf_domain: str, dkim_domains: tuple[str, ...]
) -> Asking[DmarcResult]:
    """Finds the policy for mail whose author is at ``from_domain``, and whether SPF or DKIM are aligned with it.

    ``spf`` is None where the sending address is not known; ``spf_domain`` is the envelope sender's. ``dkim_domains``
    are those that sign the message, as far as it is known; their signatures are not verified here.
    """
    author, envelope = from_domain.rstrip(".").lower(), spf_domain.rstrip(".").lower()
    signers = tuple(dict.fromkeys([domain.rstrip(".").lower() for domain in dkim_domains]))[:DOMAIN_LIMIT]
    starts = [start for start in dict.fromkeys([author, envelope, *signers]) if queryable(start)]
    questions = tuple(dict.fromkeys([_question(name) for start in starts for name in walk_names(start)]))
    answers: Answers = dict(zip(questions, (yield questions), strict=True)) if questions else {}
    tree = _walk(author, answers)
    known = DmarcResult(
        author,
        "none",
        organisation=tree.organisation,
        spf=spf.result if spf else "",
        spf_domain=envelope,
        signatures_known=bool(signers),
        records=tree.several,
    )
    record = _applying(tree)
    if record is None or not record.usable:
        return _unusable(known, record, tree)
    policy, tag = yield from _policy(author, record)
    trees = {domain: _walk(domain, answers) for domain in (envelope, *signers)}
    spf_aligned = _aligned(author, envelope, record.aspf, tree, trees[envelope])
    dkim_aligned = tuple([d for d in signers if _aligned(author, d, record.adkim, tree, trees[d])])
    result = "pass" if (known.spf == "pass" and spf_aligned) or dkim_aligned else "fail"
    # Nobody can tell that two names do not belong together while the DNS is silent on one of them.
    unseen = trees[envelope].problem if result == "fail" and known.spf == "pass" else ""
    return DmarcResult(
        author,
        "temperror" if unseen else result,
        policy=_MILDER.get(policy, policy) if record.testing else policy,
        tag=tag,
        policy_domain=record.domain,
        organisation=known.organisation,
        record=record,
        spf=known.spf,
        spf_domain=envelope,
        spf_aligned=spf_aligned,
        dkim_aligned=dkim_aligned,
        signatures_known=known.signatures_known,
        disputed=spf_aligned != _aligned_by_list(author, envelope, record.aspf),
        problem=unseen,
        problems=record.problems,
        records=tree.several,
    )


def walk_names(domain: str) -> tuple[str, ...]:
    """The names of a tree walk: the domain, then its parents from the seventh label up (RFC 9989 4.10)."""
    labels = domain.split(".")
    above = min(len(labels) - 1, WALK_LIMIT - 1)
    return (domain, *[".".join(labels[-count:]) for count in range(above, 0, -1)])


def _question(name: str) -> Question:
    return Question(f"_dmarc.{name}", "TXT")


def _walk(start: str, answers: Answers) -> _Tree:
    """RFC 9989 4.10: of several records at one name none counts, and psd=y or psd=n ends the walk."""
    found: list[DmarcRecord] = []
    several: tuple[str, ...] = ()
    problem = ""
    for name in walk_names(start):
        answer = answers.get(_question(name))
        if answer is None:
            continue
        if "." in name and (why := broken(answer)):
            problem = problem or f"{why} when asked for the DMARC record of {name}"
        texts = dmarc_records(answer.records)
        if len(texts) > 1 and name == start:
            several = texts
        if len(texts) == 1:
            found.append(read_dmarc(name, texts[0]))
            if found[-1].psd != "u":
                break
    return _Tree(start, tuple(found), several, problem)


def _applying(tree: _Tree) -> DmarcRecord | None:
    """The author domain's own record, else the organisational domain's, else that above it (RFC 9989 4.10.1)."""
    places = {record.domain: record for record in tree.records}
    above = [record for record in tree.records if record.psd == "y" and record.domain != tree.start]
    return places.get(tree.start) or places.get(tree.organisation) or (above[0] if above else None)


def _unusable(known: DmarcResult, record: DmarcRecord | None, tree: _Tree) -> DmarcResult:
    """No record that could be applied: none there, none to be had, or none that makes sense."""
    result, problem = "none", ""
    if tree.problem:
        result, problem = "temperror", tree.problem
    elif record is not None:
        result, problem = "permerror", "; ".join(record.problems)
    elif tree.several:
        result, problem = "permerror", f"there are {len(tree.several)} DMARC records, so none of them counts"
    return DmarcResult(
        known.domain,
        result,
        policy_domain=record.domain if record else "",
        organisation=known.organisation,
        record=record,
        spf=known.spf,
        spf_domain=known.spf_domain,
        signatures_known=known.signatures_known,
        problem=problem,
        problems=record.problems if record else (),
        records=known.records,
    )


def _policy(author: str, record: DmarcRecord) -> Asking[tuple[str, str]]:
    """The policy and the tag that it comes from; ``np`` is for names that do not exist (RFC 9989 4.7)."""
    stated = record.p or "none"
    if record.domain == author:
        return stated, "p"
    if record.np and record.np != (record.sp or stated):
        answers = yield tuple([Question(author, kind) for kind in ("A", "AAAA", "MX")])
        if any(absent(answer) for answer in answers) or not any(a.records or broken(a) for a in answers):
            return record.np, "np"
    return (record.sp, "sp") if record.sp else (stated, "p")


def _aligned(author: str, other: str, mode: str, tree: _Tree, others: _Tree) -> bool:
    """Same domain, or in relaxed mode the same organisational domain (RFC 9989 4.10.2)."""
    return author == other or (mode == "r" and tree.organisation == others.organisation)


def _aligned_by_list(author: str, other: str, mode: str) -> bool:
    """The same by the Public Suffix List (RFC 7489 3.1)."""
    return author == other or (mode == "r" and organisational_domain(author) == organisational_domain(other))
