"""Is a message an automatic answer of a person's mailbox (RFC 3834), and no report about delivery? No I/O."""

from __future__ import annotations

import re

from smtpprobe.explain.bounces import charsets, mime

_DAEMON = re.compile(
    r"mailer-?daemon|postmaster|post_master|mail(?: |\.|-)?deliver|mail administrator|system administrator"
    r"|mail-?daemon|mdaemon|"
    r"mail delivery|poostmaster",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\s{0,9}(?:re: ?|aw: ?)?(?:out of (?:the )?office|auto(?:matic|mated)?[ -]?(?:reply|response|answer|responder)"
    r"|auto(?:matic)?: |vacation|"
    r"away (?:from|until|till)|on (?:vacation|holiday|leave)|i am (?:away|out)|abwesen|automatische (?:antwort"
    r"|r[üu]ckmeldung)|"
    r"ich bin (?:nicht|bis)|r[ée]ponse automatique|absen(?:t|ce) d|absence du bureau|respuesta autom"
    r"|fuera de la oficina|risposta automatica|"
    r"fuori sede|automatisch antwoord|afwezig|resposta autom|automatiskt svar|autosvar|automatick[áa] odpov"
    r"|odpowied[źz] automat|"
    r"автоответ|автоматический ответ|нет на месте|自動(?:返信|応答)|不在(?:通知|連絡)|自动(?:回复|答复)|自動回覆"
    r"|الرد التلقائي|otomatik yan[ıi]t)",
    re.IGNORECASE,
)
_MARKS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-autoreply-from",
    "x-vacation",
    "x-mail-autoreply",
    "x-auto-reply-from",
)


def is_from_a_mail_system(whole: mime.Part) -> bool:
    """Does From name a mail system (MAILER-DAEMON, postmaster and the like), and not a person?"""
    return _DAEMON.search(charsets.words(whole.field("from"))) is not None


def is_one(whole: mime.Part) -> bool:
    """By Auto-Submitted (RFC 3834 5), the fields that were there before it, or its subject in one of many languages."""
    submitted = whole.field("auto-submitted").lower()
    if submitted.startswith("auto-replied"):
        return True
    if any(whole.field(name) for name in _MARKS) or whole.field("precedence").lower() in {"auto_reply", "auto-reply"}:
        return True
    return _SUBJECT.match(charsets.words(whole.field("subject"))) is not None
