"""The wordings of GoDaddy in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "GoDaddy: address on a Spamhaus list": (
        "العنوان في قائمة من Spamhaus",
        "ترفض GoDaddy هذا العنوان لأنه مدرج في قائمة من Spamhaus: IB104 قائمة SBL، و IB105 قائمة XBL، و IB106 قائمة PBL.",
        "ابحث عن العنوان في check.spamhaus.org، وأنهِ السبب، واطلب الرفع هناك.",
    ),
    "GoDaddy: bad reputation at Cloudmark": (
        "سمعة سيئة لدى Cloudmark",
        "ترفض GoDaddy هذا العنوان لأن Cloudmark تعطيه سمعة سيئة.",
        "أنهِ السبب واطلب إعادة الضبط في csi.cloudmark.com.",
    ),
    "GoDaddy: address blocked for an hour or a day": (
        "العنوان محظور ساعة أو يومًا",
        "تحظر GoDaddy هذا العنوان ساعة (IB110 و IB112) أو يومًا (IB111 و IB113)، بسبب بريد مزعج أو مستلمين ميتين.",
        "أوقف المصدر أو نظّف القائمة، وأرسل مجددًا بعد انتهاء المدة.",
    ),
    "GoDaddy: rate limit": (
        "حد معدل",
        "استُنفد لدى GoDaddy عدد الرسائل أو المستلمين لهذا العنوان: لساعة مع IB504 و IB607، وللاتصال مع IB510.",
        "أبطئ؛ وافتح اتصالًا جديدًا بعد IB510.",
    ),
    "GoDaddy: too many connections": (
        "اتصالات كثيرة",
        "لهذا العنوان اتصالات مفتوحة كثيرة إلى GoDaddy.",
        "افتح عددًا أقل في الوقت نفسه.",
    ),
    "GoDaddy: too many recipients": (
        "عدد المستلمين كبير",
        "للرسالة مستلمون أكثر مما تقبله GoDaddy دفعة واحدة.",
        "أرسلها في عدة معاملات.",
    ),
    "GoDaddy: overloaded": (
        "حمل زائد",
        "لدى خوادم GoDaddy بريد أكثر مما تستطيع استلامه.",
        "دع قائمة الانتظار تعيد المحاولة.",
    ),
    "GoDaddy: reverse DNS failed": (
        "فشل DNS العكسي",
        "ليس لهذا العنوان سجل PTR، أو لم تستطع GoDaddy الاستعلام عنه.",
        "اضبط سجل PTR يعود إلى العنوان، وتأكد من أن خوادم منطقته تجيب.",
    ),
    "GoDaddy: content taken for spam": (
        "عُدّ المحتوى بريدًا مزعجًا",
        "عدّت GoDaddy المحتوى بريدًا مزعجًا.",
        "غيّر الروابط والمرفقات والصياغة.",
    ),
    "GoDaddy: virus found": (
        "وُجد فيروس",
        "وجدت GoDaddy برمجيات خبيثة في الرسالة.",
        "افحص الحاسوب المُرسِل، وأرسل الملف غير الضار بصيغة أخرى.",
    ),
    "GoDaddy: login on the wrong server": (
        "تسجيل دخول على الخادم الخطأ",
        "لا تقبل خوادم GoDaddy للبريد الوارد تسجيل دخول.",
        "أرسل عبر smtpout.secureserver.net على المنفذ 465 أو 587.",
    ),
    "GoDaddy: From missing or no address": (
        "حقل From مفقود أو ليس عنوانًا",
        "ترفض GoDaddy المُرسِل لأنه فارغ (IB501) أو عنوان IP (IB502).",
        "أرسل بعنوان سليم في MAIL FROM و From.",
    ),
    "GoDaddy: sender domain does not resolve": (
        "نطاق المُرسِل غير قابل للحل",
        "لم تجد GoDaddy سجل MX ولا سجل عنوان لنطاق المُرسِل.",
        "انشر سجلًا، أو استخدم مُرسِلًا لنطاقه سجل.",
    ),
    "GoDaddy: SPF failure": (
        "فشل SPF",
        "ترفض GoDaddy المُرسِل لأن سجل SPF لنطاقه لا يذكر هذا العنوان.",
        "أضف العنوان إلى السجل، أو أرسل عبر مضيف مذكور فيه.",
    ),
    "GoDaddy: address on GoDaddy's own list": (
        "العنوان في قائمة GoDaddy نفسها",
        "قائمة الحظر لدى GoDaddy نفسها تدرج هذا العنوان.",
        "استخدم الرابط في الرد، أو unblock.secureserver.net، بعد زوال السبب.",
    ),
    "GoDaddy: message too long in the queue": (
        "رسالة بقيت طويلًا في قائمة الانتظار",
        "توقف خادم الإرسال لدى GoDaddy بعد محاولات دامت أيامًا.",
        "انظر إلى الردود الأسبق من المستقبِل، وافحص نطاق المستلم.",
    ),
    "GoDaddy: mailbox full": (
        "الصندوق ممتلئ",
        "الصندوق لدى GoDaddy ممتلئ.",
        "أخبر المستلم بوسيلة أخرى ليفرغ مساحة.",
    ),
    "GoDaddy: account disabled": (
        "الحساب معطّل",
        "الحساب لدى GoDaddy موجود لكن لا يجوز له الاستقبال.",
        "احذف العنوان من القائمة.",
    ),
    "GoDaddy: no such account": (
        "لا حساب كهذا",
        "ليس لدى GoDaddy صندوق بهذا الاسم.",
        "احذف العنوان من القائمة.",
    ),
    "GoDaddy: forwarding loop": (
        "حلقة إعادة توجيه",
        "عمليتا إعادة توجيه لدى GoDaddy ترسل كل منهما الرسالة إلى الأخرى.",
        "يصحّح المستلم إعدادات إعادة التوجيه.",
    ),
    "GoDaddy: spam or virus": (
        "بريد مزعج أو فيروس",
        "عدّ مرشّح GoDaddy الرسالة بريدًا مزعجًا أو برمجيات خبيثة.",
        "غيّر الروابط والمرفقات، وافحص الحاسوب المُرسِل.",
    ),
}
