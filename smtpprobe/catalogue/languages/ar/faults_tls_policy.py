"""Failures without a reply in Arabic: rules that demand TLS."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault STARTTLS not offered": (
        "يريد العميل STARTTLS ولا يعرضه الخادم في جوابه عن EHLO.",
        "على المنفذ 465 (حيث TLS قائم بالفعل)، وعلى خوادم بلا شهادة، وحيث يحذف جدار ناري STARTTLS، ولعميل يطلبه مرة أخرى داخل TLS.",
        "انظر بالأمر `smtpprobe probe HOST:587`. فإن غاب STARTTLS عندك وحدك فجدار ناري يحذفه (في Cisco الإعداد `fixup smtp`، أو برنامج مكافحة فيروسات)؛ وإن غاب عند الجميع فعلى مسؤول الخادم تشغيل TLS. ومع المنفذ 465 اضبط TLS من البداية بدلًا منه.",
    ),
    "fault STARTTLS refused": (
        "يعرض الخادم STARTTLS ثم يرفضه.",
        "حين تتعذر قراءة شهادته أو مفتاحه، أو تنفد موارد خدمة TLS لديه (454).",
        "يجد مسؤول الخادم السبب في سجله، وهو غالبًا ملف شهادة تتعذر قراءته. وأعد المحاولة لاحقًا حيث قال 454.",
    ),
    "fault TLSA records cannot be looked up": (
        "يريد المُرسِل التحقق من الخادم عبر DANE، ولم يقل DNS هل توجد سجلات TLSA. ولا يجوز له الإرسال دون أن يعرف.",
        "حين تجيب خوادم أسماء النطاق عن أسئلة TLSA جوابًا سيئًا أو لا تجيب أصلًا، أو يكون DNSSEC معطوبًا.",
        "على مسؤول بريد المستلم أن يجعل `_25._tcp.HOST` يجيب عن أسئلة TLSA، وبالجواب `no such record` حيث لا سجل. ويمرّر Postfix نطاقًا واحدًا دون DANE عبر `smtp_tls_policy_maps` (القيمة `DOMAIN may`).",
    ),
    "fault no usable TLSA records": (
        "يشترط المُرسِل DANE لهذا المضيف، وليس للمضيف سجل TLSA صالح للاستخدام.",
        "مع `dane-only` (Postfix) أو `hosts_require_dane` (Exim)، ومع DANE الصادر في Exchange، بعد حذف سجل أو حين لا تكون معاملاته للبريد.",
        "على مسؤول بريد المستلم أن ينشر سجلات TLSA بالصيغة `3 1 1` لأجل `_25._tcp.HOST` في منطقة موقّعة. وإن كانت القاعدة قاعدتك فاستخدم `dane` بدلًا من `dane-only`.",
    ),
    "fault DANE check failed": (
        "لا توافق شهادة الخادم سجلات TLSA في DNS الخاص به، فيحتجز المُرسِل البريد.",
        "بعد تجديد شهادة بمفتاح جديد دون تجديد سجل TLSA.",
        "على مسؤول بريد المستلم أن ينشر بصمة المفتاح الجديد أولًا، وينتظر انتهاء السجل القديم، ثم يغيّر الشهادة. ويبيّن `smtpprobe trace RECIPIENT --from SENDER` أي سجل يفشل.",
    ),
    "fault MTA-STS policy not met": (
        "ينشر نطاق المستلم سياسة MTA-STS وخادمه لا يلتزمها: فاسمه ليس في السياسة، أو TLS فيه غير صالح.",
        "بعد تغيير مضيفي MX دون تغيير ملف السياسة، أو مع شهادة منتهية، أو حين يتعذر جلب السياسة.",
        "على مسؤول بريد المستلم أن يوفّق بين السياسة وسجلات MX والشهادات ويغيّر قيمة `id` في `_mta-sts.DOMAIN`. ويبيّن `smtpprobe trace RECIPIENT --from SENDER` أي جزء يفشل.",
    ),
    "fault password over an unencrypted line": (
        "يرفض العميل إرسال كلمة مرور عبر اتصال بلا TLS.",
        "مع `smtp.PlainAuth` في Go ومع msmtp وغيرهما، حين يكون STARTTLS موقوفًا أو غير معروض، إلا إلى localhost.",
        "شغّل STARTTLS على 587 أو استخدم 465؛ وانظر بالأمر `smtpprobe probe HOST:587` هل يعرضه الخادم.",
    ),
}
