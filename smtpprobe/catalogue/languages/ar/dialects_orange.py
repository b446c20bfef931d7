"""The wordings of Orange and La Poste in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Orange: address blocked": (
        "العنوان محظور",
        "تحظر Orange أو La Poste هذا العنوان: 101 بسبب Spamhaus، و 102 بقائمتها أو قائمة شريك، و 103 إلى حين.",
        "اتبع الرابط في الرد: check.spamhaus.org مع 101، و csi.cloudmark.com أو senderscore.org مع 102. أما 103 فينتهي من تلقاء نفسه حين يتحسن البريد.",
    ),
    "Orange: too many connections": (
        "اتصالات كثيرة",
        "تسمح Orange أو La Poste باتصالات قليلة جدًا من عنوان واحد، وهذا واحد زائد.",
        "افتح اتصالين على الأكثر في الوقت نفسه، وأرسل على كل منهما رسائل أقل.",
    ),
    "Orange: put off for the client's reputation": (
        "مؤجل بسبب سمعة العميل",
        "لا تقبل Orange أو La Poste بريدًا من هذا العنوان الآن، لأن كثيرًا منه جاء أو لأن سمعته ضعيفة.",
        "دع قائمة الانتظار تعيد المحاولة باتصالات أقل وأبطأ. وإن دام أيامًا فابحث عن شكاوى ومستلمين ميتين.",
    ),
    "Orange: fault of the server's own": (
        "عطل في الخادم نفسه",
        "لم تستطع Orange أو La Poste إتمام التسليم؛ والعطل من جهتها.",
        "دع قائمة الانتظار تعيد المحاولة.",
    ),
    "Orange: login wrong or missing": (
        "تسجيل الدخول خاطئ أو غائب",
        "تريد Orange أو La Poste تسجيل دخول لهذا، أو لم تقبله.",
        "تحقق من اسم المستخدم وكلمة المرور، واستخدم خادم الإرسال الخاص بالحساب.",
    ),
    "Orange: SPF failure": (
        "فشل SPF",
        "ترفض Orange أو La Poste المُرسِل لأن SPF فشل لنطاقه.",
        "أضف العنوان المُرسِل إلى سجل SPF للنطاق.",
    ),
    "Orange: sender refused": (
        "رُفض المُرسِل بقاعدة",
        "ترفض Orange أو La Poste مُرسِل المغلّف: فنطاقه غير قابل للحل، أو لا يملك الحساب العنوان.",
        "استخدم مُرسِلًا لنطاقه سجل MX؛ وعند الإرسال من برنامج بريد استخدم عنوان الحساب.",
    ),
    "Orange: no such mailbox": (
        "لا صندوق بريد كهذا",
        "ليس لدى Orange أو La Poste صندوق بهذا الاسم.",
        "احذف العنوان من القائمة.",
    ),
    "Orange: mailbox full": (
        "الصندوق ممتلئ",
        "الصندوق لدى Orange أو La Poste ممتلئ، مهما قال 5.1.1.",
        "أعد المحاولة بضعة أيام، ثم أخبر المستلم بوسيلة أخرى.",
    ),
    "Orange: mailbox archived or blocked": (
        "الصندوق مؤرشف أو محظور",
        "أُرشف الصندوق لدى Orange أو La Poste (420) أو حُظر (426).",
        "احذف العنوان من القائمة؛ ويستطيع صاحبه طلب فتحه من جديد.",
    ),
    "Orange: content taken for spam": (
        "عُدّ المحتوى بريدًا مزعجًا",
        "عدّت Orange أو La Poste المحتوى بريدًا مزعجًا.",
        "راجع الصياغة والروابط والقائمة. وتتيح Orange لمُرسِلي البريد الجيد الانضمام إلى حلقة التغذية الراجعة في signal-spam.fr.",
    ),
    "Orange: message too big": (
        "رسالة كبيرة",
        "الرسالة أكبر مما تقبله Orange أو La Poste.",
        "أرسل رابطًا مكان الملف.",
    ),
    "Orange: DMARC failure": (
        "فشل DMARC",
        "ترفض Orange أو La Poste الرسالة لأنها فشلت في DMARC؛ والرقم 571 هو 5.7.1 دون نقاطه.",
        "اجعل SPF أو DKIM ينجح باسم نطاق From.",
    ),
    "Orange: client refused by policy": (
        "رُفض العميل بسياسة",
        "ترفض Orange أو La Poste هذا العميل بقاعدة لديها.",
        "افحص سجل PTR واسم EHLO وقوائم الحظر، ثم اسأل postmaster لديها.",
    ),
    "Orange: sender invalid": (
        "مُرسِل غير صالح",
        "لا تقبل Orange مُرسِل المغلّف.",
        "استخدم مُرسِلًا لنطاقه سجل MX وسجل SPF يذكر العميل.",
    ),
}
