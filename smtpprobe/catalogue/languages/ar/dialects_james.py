"""The wordings of James in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "James: unknown RCPT parameter": (
        "معامل RCPT مجهول",
        "لا يقبل James معاملًا كهذا مع RCPT، بينما يتجاهل المعاملات المجهولة مع MAIL. وفي المعيار 555 لذلك.",
        "احذفه من السطر.",
    ),
    "James: mechanism unknown, or TLS missing": (
        "آلية مجهولة، أو TLS غائب",
        "لا يعرض James هذه الآلية، أو لا يعرضها دون تشفير.",
        "قارن بـ EHLO بعد STARTTLS.",
    ),
    "James: command left out": (
        "أمر متروك",
        "يعرف James الأمر ولا ينفّذه.",
        "هذا سليم.",
    ),
    "James: unknown verb": (
        "أمر مجهول",
        "لا معالج يقبل هذا الأمر. ويجيب AUTH و STARTTLS هكذا حيث لم يُضبطا.",
        "قارن بما يعرضه EHLO.",
    ),
}
