"""The wordings of Postfix, where a restriction refuses in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Postfix: EHLO name is not fully qualified": (
        "اسم EHLO ليس كاملًا",
        "ليس في الاسم المعطى في EHLO نقطة. ويؤخّر Postfix رفضًا كهذا إلى RCPT (smtpd_delay_reject): فلا لوم على المستلم.",
        "قل EHLO باسم كامل قابل للحل، مثل myhostname في main.cf لبرنامج Postfix المُرسِل.",
    ),
    "Postfix: envelope address without a full domain": (
        "عنوان مغلّف بلا نطاق كامل",
        "ينقص العنوان المذكور في الرد نطاق، أو ليس في نطاقه نقطة. وقد لا يأتي رفض المُرسِل إلا عند RCPT.",
        "أكمل العنوان (user@example.com).",
    ),
    "Postfix: EHLO name is invalid or unknown to the DNS": (
        "اسم EHLO غير صالح أو لا يعرفه DNS",
        "اسم EHLO ليس اسم مضيف صالحًا، أو ليس له سجل عنوان ولا سجل MX. وإن جاء الرد عند RCPT فالمقصود الاسم مع ذلك.",
        "أعط المضيف المُرسِل اسمًا موجودًا في DNS.",
    ),
    "Postfix: client address without a usable name": (
        "عنوان عميل بلا اسم صالح",
        "ليس للعنوان المُرسِل سجل PTR، أو لا يعود الاسم المذكور فيه إلى العنوان.",
        "اطلب من مالك العنوان ضبط سجل PTR وسجل A أو AAAA المطابق.",
    ),
    "Postfix: no such user": (
        "لا مستخدم كهذا",
        "الجدول الذي يسمّيه الرد لا يذكر هذا العنوان. ويأتي 450 بدلًا من 550 من soft_bounce أو من unknown_…_reject_code.",
        "صحّح العنوان. وللمسؤول: ابحث عن المستخدم بالأمر postmap -q في ذلك الجدول.",
    ),
    "Postfix: not a domain of this server": (
        "ليس نطاقًا لهذا الخادم",
        "نطاق المستلم ليس في mydestination ولا virtual_*_domains ولا relay_domains، ولا يجوز لهذا العميل الترحيل.",
        "للمُرسِل: سجّل الدخول، أو استخدم MX الصحيح. وللمسؤول: أضف النطاق، أو اعرف لماذا لم يسر permit_sasl_authenticated أو mynetworks.",
    ),
    "Postfix: address or name on a DNS blocklist": (
        "عنوان أو اسم في قائمة حظر DNS",
        "قائمة حظر DNS يسألها هذا الخادم تدرج عنوان العميل أو اسمًا استخدمه. والنص يسمّي القائمة.",
        "ابحث عن العنوان في تلك القائمة، وأنهِ السبب، واطلب الرفع منها.",
    ),
    "Postfix: sender domain unknown to the DNS": (
        "نطاق المُرسِل لا يعرفه DNS",
        "ليس لنطاق MAIL FROM سجل MX ولا سجل عنوان، أو لم يجب DNS (وعندئذ 450).",
        "استخدم مُرسِلًا نطاقه موجود ويستطيع استقبال رسائل الارتداد.",
    ),
    "Postfix: sender address belongs to another login": (
        "عنوان المُرسِل يخص حسابًا آخر",
        "يعطي smtpd_sender_login_maps عنوان المُرسِل هذا لمستخدم لم يسجّل الدخول على هذا الاتصال.",
        "سجّل الدخول باسم صاحبه أو غيّر MAIL FROM.",
    ),
    "Postfix: address verification": (
        "التحقق من العنوان",
        "سأل Postfix الخادم التالي عن هذا المستلم ولم يأته نعم. ومع 450 ما زال ذلك الفحص جاريًا أو فشل مؤقتًا.",
        "مع 450 أعد المحاولة بعد بضع دقائق. ومع 550 يكون السبب هو رد الخادم التالي المقتبس.",
    ),
    "Postfix: user unknown, by a lookup": (
        "مستخدم مجهول، بحسب استعلام",
        "يقول جدول أو خدمة سياسات إن هذا المستلم غير موجود.",
        "تحقق من الكتابة؛ واسأل المستلم بوسيلة أخرى.",
    ),
    "Postfix: greylisting by a policy service": (
        "إدراج رمادي من خدمة سياسات",
        "خادم سياسات مرافق لبرنامج Postfix يؤجل المُرسِلين المجهولين مرة واحدة. وخادم البريد الحقيقي يعود ببساطة.",
        "انتظر خمس دقائق أو أكثر وأرسل مجددًا من العنوان نفسه.",
    ),
    "Postfix: refused by an access table": (
        "رفضه جدول وصول",
        "سطر في أحد جداول الوصول لدى المسؤول يرفض هذا العميل أو اسم EHLO أو المُرسِل أو المستلم: والكلمات التي قبل النقطتين تقول أيها.",
        "لا يستطيع تغييره إلا مسؤول هذا الخادم؛ ويسمّي سطر السجل القيد.",
    ),
    "Postfix: sent ahead without leave": (
        "استبق الإرسال دون إذن",
        "جاءت أوامر في حزمة واحدة قبل EHLO، أو دون عرض PIPELINING.",
        "انتظر كل رد، أو لا تتابع إلا ما يسمح به RFC 2920.",
    ),
    "Postfix: postscreen puts the client off": (
        "يؤجل postscreen العميل",
        "اختبارات postscreen التي تجري بعد التحية تنتهي بـ 450 حتى لعميل ينجح فيها: فيُسمح له بالمرور حين يعود.",
        "لا شيء يلزم خادم بريد يعيد المحاولة. وللمسؤول: خيارات postscreen_*_enable هي التي تشغّل تلك الاختبارات العميقة.",
    ),
    "Postfix: server busy": (
        "الخادم مشغول",
        "كل عمليات smtpd مشغولة، أو نفدت أماكن postscreen.",
        "للمسؤول: ارفع default_process_limit، أو اعرف من يشغل الاتصالات.",
    ),
    "Postfix: queue disk full": (
        "قرص قائمة الانتظار ممتلئ",
        "المساحة الحرة في نظام ملفات قائمة الانتظار أقل من queue_minfree (أو من مرة ونصف قدر message_size_limit).",
        "للمسؤول: أفرغ مساحة في /var/spool/postfix. ويعيد المُرسِلون المحاولة من تلقاء أنفسهم.",
    ),
    "Postfix: rate limit by client address": (
        "حد معدل بحسب عنوان العميل",
        "عدّ anvil من هذا العنوان في دقيقة رسائل أو مستلمين أو أوامر AUTH أكثر مما تسمح به الحدود.",
        "أبطئ. وللمسؤول: smtpd_client_message_rate_limit و smtpd_client_recipient_rate_limit و smtpd_client_auth_rate_limit.",
    ),
    "Postfix: mistake in main.cf or a table": (
        "خطأ في main.cf أو في جدول",
        "تعذّر تقييم قيد، مثلًا لأن جدولًا مفقود أو مكتوب خطأ.",
        "للمسؤول: التحذير الوارد في سجل البريد عند هذه الثانية يسمّي الإعداد.",
    ),
    "Postfix: a table did not answer": (
        "لم يجب جدول",
        "جدول استعلام (LDAP أو SQL أو DNS) يحتاج إليه Postfix لهذا القرار لا يمكن الوصول إليه.",
        "للمسؤول: اختبر ذلك الجدول بالأمر postmap -q.",
    ),
}
