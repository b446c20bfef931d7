"""The wordings of nodemailer in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "nodemailer: hung up: too much before the login": (
        "قُطع الاتصال: أوامر كثيرة قبل تسجيل الدخول",
        "نحو عشرة أوامر دون AUTH هي كل ما يقبله قبل أن يغلق؛ وحتى الصحيحة تُحسب.",
        "سجّل الدخول مبكرًا، أو افعل أقل في الاتصال الواحد.",
    ),
    "nodemailer: hung up after unknown verbs": (
        "قُطع الاتصال بعد أوامر مجهولة",
        "الأمر المجهول العاشر يغلق الاتصال.",
        "أرسل منها أقل.",
    ),
    "nodemailer: a web request": (
        "طلب ويب",
        "وصل أمر HTTP، فيغلق الخادم.",
        "وجّه المتصفح أو فحص الصحة إلى مكان آخر.",
    ),
    "nodemailer: spoke before the greeting": (
        "تكلم قبل التحية",
        "ينتظر الخادم عُشر ثانية ليكشف من لا ينتظرون.",
        "اقرأ التحية أولًا.",
    ),
    "nodemailer: AUTH before STARTTLS": (
        "أمر AUTH قبل STARTTLS",
        "أي AUTH دون تشفير يلقى هذا قبل أن يُنظر في الآلية أصلًا.",
        "أرسل أولًا STARTTLS ثم AUTH.",
    ),
    "nodemailer: BODY value not known": (
        "قيمة BODY غير معروفة",
        "يجب أن تكون BODY= إما 7BIT وإما 8BITMIME.",
        "استغنِ عن ذلك المعامل.",
    ),
    "nodemailer: unknown verb": (
        "أمر مجهول",
        "ليس في الخادم أمر كهذا، أو عطّله البرنامج الذي يستخدمه.",
        "يقول EHLO ما هو موجود.",
    ),
}
