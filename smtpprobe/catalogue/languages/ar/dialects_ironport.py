"""The wordings of Cisco's gateway in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Cisco IronPort: poor reputation of the sending server": (
        "سمعة ضعيفة للخادم المُرسِل",
        "ترفض بوابة Cisco هذا العنوان لأن سمعته لدى Talos (SenderBase) ضعيفة.",
        "ابحث عن العنوان في talosintelligence.com، وأنهِ السبب، واعترض على التقييم هناك.",
    ),
    "Cisco IronPort: poor reputation of a domain": (
        "سمعة ضعيفة لنطاق",
        "ترفض بوابة Cisco البريد لأن نطاقًا في EHLO أو سجل PTR أو المغلّف أو From سمعته لدى Talos ضعيفة.",
        "ابحث عن كل نطاق من هذه في talosintelligence.com واعترض على التقييم الخاطئ هناك.",
    ),
    "Cisco IronPort: too many connections or TLS sessions": (
        "اتصالات أو جلسات TLS كثيرة",
        "لدى بوابة Cisco اتصالات أو جلسات TLS مفتوحة كثيرة، منك أو إجمالًا.",
        "افتح عددًا أقل في الوقت نفسه ودع قائمة الانتظار تعيد المحاولة.",
    ),
    "Cisco IronPort: messages of one session used up": (
        "استُنفد عدد الرسائل في الجلسة",
        "لا تقبل بوابة Cisco إلا عددًا معيّنًا من الرسائل في الاتصال الواحد.",
        "افتح اتصالًا جديدًا للرسائل التالية؛ وتفعل خوادم البريد ذلك من تلقاء نفسها.",
    ),
    "Cisco IronPort: recipient refused": (
        "رُفض المستلم",
        "ترفض بوابة Cisco العنوان: فهو ليس في جدول المستلمين أو الدليل، أو تحجبه قاعدة.",
        "تحقق من الكتابة. وينظر مسؤول بريد المستلم في جدول وصول المستلمين في البوابة.",
    ),
    "Cisco IronPort: client barred": (
        "العميل محجوب",
        "قائمة بوابة Cisco نفسها أو حد سمعة لديها يحجب هذا العميل.",
        "ابحث عن العنوان في talosintelligence.com، ثم اسأل مسؤول بريد المستلم.",
    ),
    "Cisco IronPort: SPF or DMARC failure": (
        "فشل SPF أو DMARC",
        "ترفض بوابة Cisco البريد لأن SPF أو DMARC فشل، كما يقول النص.",
        "أدرج العنوان المُرسِل في SPF، ووقّع بـ DKIM باسم نطاق From.",
    ),
    "Cisco IronPort: sender domain does not exist": (
        "نطاق المُرسِل غير موجود",
        "لم تجد بوابة Cisco في DNS شيئًا لنطاق المُرسِل؛ ومعنى 4.1.8 أن DNS لم يجب.",
        "انشر سجل MX أو سجل عنوان، وتأكد من أن خوادم النطاق تجيب.",
    ),
    "Cisco IronPort: message too big": (
        "رسالة كبيرة",
        "الرسالة فوق حد بوابة Cisco لهذا المُرسِل.",
        "أرسل رابطًا مكان الملف.",
    ),
    "Cisco IronPort: recipients of the hour used up": (
        "استُنفد عدد المستلمين في الساعة",
        "تعدّ بوابة Cisco المستلمين في الساعة لكل عميل، وقد استُنفد العدد.",
        "أبطئ؛ فتمرّر قائمة الانتظار البقية في الساعة التالية.",
    ),
    "Cisco IronPort: queue full": (
        "قائمة الانتظار ممتلئة",
        "لم تبق في بوابة Cisco مساحة لمزيد من البريد.",
        "دع قائمة الانتظار تعيد المحاولة.",
    ),
}
