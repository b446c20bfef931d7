"""The wordings of mox in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "mox: bare CR or LF": (
        "محرف CR أو LF منفرد",
        "كان في سطر CR أو LF وحده، وقد تكون محاولة لتهريب رسالة ثانية. فيغلق mox.",
        "اجعل المُرسِل يكتب CR LF لا غير.",
    ),
    "mox: mechanism unknown": (
        "آلية مجهولة",
        "ليست لدى mox هذه الآلية.",
        "اختر إحدى الآليات التي يسردها EHLO.",
    ),
    "mox: AUTH outside TLS": (
        "أمر AUTH خارج TLS",
        "لا يقبل mox الأمر AUTH إلا داخل TLS، ما لم يقل إعداده غير ذلك.",
        "ابدأ TLS، وأرسل EHLO من جديد، ثم سجّل الدخول.",
    ),
    "mox: no login on port 25": (
        "لا تسجيل دخول على المنفذ 25",
        "يقصر mox الأمر AUTH على منافذ الإرسال.",
        "استخدم 465 أو 587.",
    ),
    "mox: unknown MAIL or RCPT parameter": (
        "معامل MAIL أو RCPT مجهول",
        "لا يعرف mox المعامل الذي يقتبسه.",
        "احذفه وأعد المحاولة.",
    ),
    "mox: blocked for a while after failures": (
        "محظور إلى حين بعد حالات فشل",
        "جاءت من هذا العنوان محاولات دخول فاشلة كثيرة أو مستلمون مجهولون كثيرون.",
        "كفّ عن التخمين، وانتظر.",
    ),
}
