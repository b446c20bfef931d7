"""The wordings of Exchange's receive side in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exchange: submission without login": (
        "إرسال دون تسجيل دخول",
        "لا يقبل smtp.office365.com البريد إلا بعد AUTH داخل TLS؛ وجاء أمر MAIL هذا دونه.",
        "أرسل STARTTLS و AUTH أولًا. وتأكد من تفعيل SMTP AUTH للصندوق.",
    ),
    "Exchange: not a domain of this organisation": (
        "ليس من نطاقات هذه المؤسسة",
        "نطاق المستلم ليس من النطاقات المقبولة، ولا يرحّل موصل الاستقبال هذا لهذا العميل.",
        "سجّل الدخول، أو استخدم MX الصحيح، أو اطلب من المسؤول إضافة النطاق المقبول.",
    ),
    "Exchange: mechanism not offered, perhaps for want of TLS": (
        "آلية غير معروضة، ربما لغياب TLS",
        "لا يعرض موصل الاستقبال هذه الآلية هنا؛ وكثيرًا ما لا تُعرض Basic (LOGIN) إلا داخل TLS.",
        "قارن بسطر AUTH بعد STARTTLS.",
    ),
    "Exchange: XEXCH50 before a login": (
        "أمر XEXCH50 قبل تسجيل الدخول",
        "جاء أمر Exchange قديم من خادم غير موثوق.",
        "لا شيء يهم بين المؤسسات؛ ويمكن تجاهله.",
    ),
    "Exchange: connector takes no anonymous mail": (
        "الموصل لا يقبل بريدًا مجهولًا",
        "تنقص موصل الاستقبال مجموعة الأذونات AnonymousUsers.",
        "سجّل الدخول. وفي موصل لبريد الإنترنت يضيف المسؤول AnonymousUsers إلى -PermissionGroups.",
    ),
    "Exchange: unknown verb, or one not allowed here": (
        "أمر مجهول، أو غير مسموح به هنا",
        "لا يعرف Exchange هذا الأمر أو لا يعرضه على هذا الموصل. ويجيب AUTH و STARTTLS هكذا أيضًا حيث يكونان موقوفين.",
        "افحص EHLO. ويسببه أيضًا جدار ناري يعيد كتابة الأوامر (XXXX).",
    ),
    "Exchange: VRFY not answered": (
        "لا جواب عن VRFY",
        "لا يقول Exchange أبدًا عبر VRFY هل الصندوق موجود.",
        "اتركه؛ فأمر RCPT هو الاختبار الوحيد.",
    ),
    "Exchange: too many protocol errors": (
        "أخطاء بروتوكول كثيرة",
        "بلغت الأخطاء MaxProtocolErrors (القيمة الافتراضية 5).",
        "صحّح الأوامر المرفوضة.",
    ),
}
