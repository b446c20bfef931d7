"""The wordings of Exim, about the dialogue in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exim: hung up after too many errors": (
        "قُطع الاتصال بعد أخطاء كثيرة",
        "خطأ الصياغة أو البروتوكول الرابع ينهي الاتصال (smtp_max_synprot_errors، القيمة 3). والرمز هو رمز الخطأ الأخير، فانظر إلى السطر السابق أيضًا.",
        "صحّح الأوامر المرفوضة؛ ويبدأ العد في اتصال جديد من الصفر.",
    ),
    "Exim: hung up after too many idle commands": (
        "قُطع الاتصال بعد أوامر كثيرة بلا بريد",
        "جاء أكثر من smtp_accept_max_nonmail (10) من الأوامر غير MAIL و RCPT و DATA دون رسالة.",
        "اسأل أقل في الاتصال الواحد. ويُحسب RSET و EHLO إلا الأول.",
    ),
    "Exim: hung up after unknown verbs": (
        "قُطع الاتصال بعد أوامر مجهولة",
        "جاء على هذا الاتصال من الأوامر المجهولة أكثر من smtp_max_unknown_commands (القيمة 3).",
        "اعرف ما الذي يرسلها؛ فالمتصفحات والماسحات تفعل ذلك.",
    ),
    "Exim: unknown parameter, taken for part of the address": (
        "معامل مجهول عُدّ جزءًا من العنوان",
        "لا يعرف Exim المعامل الوارد بعد العنوان فيقرؤه عنوانًا معطوبًا. والعنوان نفسه سليم.",
        "أرسل العنوان وحده. ورمز المعيار لهذا هو 555.",
    ),
    "Exim: mechanism unknown": (
        "آلية مجهولة",
        "لا توجد في إعداد Exim أداة مصادقة اسمها العام هذه الآلية.",
        "اختر إحدى الآليات في سطر AUTH من EHLO.",
    ),
    "Exim: AUTH is not for this connection": (
        "أمر AUTH ليس لهذا الاتصال",
        "لا يقبل Exim الأمر AUTH إلا حيث أعلنه EHLO. وكثيرًا ما يكون الشرط TLS: فيبقى مخفيًا قبل STARTTLS.",
        "أرسل STARTTLS ثم EHLO من جديد، ثم ابحث عن AUTH.",
    ),
    "Exim: STARTTLS is not for this client": (
        "أمر STARTTLS ليس لهذا العميل",
        "يستثني tls_advertise_hosts هذا العميل، أو أن TLS قائم بالفعل.",
        "للمسؤول: tls_advertise_hosts = *، مع شهادة.",
    ),
    "Exim: sent ahead too early": (
        "استبق الإرسال",
        "وصلت مدخلات قبل خروج رد Exim حيث يطلب RFC 2920 الانتظار؛ وقبل التحية يكون بايت واحد أكثر من اللازم.",
        "انتظر التحية والردود على EHLO و DATA و STARTTLS و QUIT. وتسببه بعض الجدران النارية والوكلاء.",
    ),
    "Exim: TLS cannot start": (
        "لا يستطيع TLS أن يبدأ",
        "أعلن Exim الامتداد STARTTLS لكنه لم يستطع إعداد TLS، غالبًا لعدم وجود مفتاح أو شهادة تمكن قراءتهما.",
        "للمسؤول: اقرأ السجل الرئيسي، ثم افحص tls_certificate و tls_privatekey ومن يجوز له قراءتهما.",
    ),
    "Exim: declared size too big": (
        "الحجم المصرّح به كبير",
        "قيمة SIZE= فوق message_size_limit.",
        "صغّر الرسالة، أو اطلب رفع message_size_limit.",
    ),
    "Exim: spool disk too full": (
        "قرص الانتظار يكاد يمتلئ",
        "المساحة الحرة أقل مما يطلبه check_spool_space لرسالة بهذا الحجم.",
        "للمسؤول: أفرغ مساحة في مجلد الانتظار.",
    ),
    "Exim: EHLO name missing or malformed": (
        "اسم EHLO ناقص أو غير سليم",
        "الاسم بعد EHLO ناقص أو فيه محارف لا يجوز لاسم مضيف أن يحويها؛ وتكفي شرطة سفلية.",
        "أرسل اسم مضيف كاملًا أو عنوانًا حرفيًا (address literal). وللمسؤول: يمرّر helo_allow_chars أكثر.",
    ),
    "Exim: a parameter where none may be": (
        "معامل حيث لا يجوز",
        "لا تقبل DATA و RSET و QUIT و STARTTLS أي معامل. ويتبع Exim هنا المعيار.",
        "أرسل الأمر وحده.",
    ),
    "Exim: BODY value not offered": (
        "قيمة BODY غير معروضة",
        "في BODY= قيمة لا يعرضها Exim، مثل BINARYMIME.",
        "استخدم BODY=8BITMIME أو احذفها.",
    ),
    "Exim: too many connections": (
        "اتصالات كثيرة",
        "بلغت الاتصالات smtp_accept_max، أو smtp_accept_max_per_host لهذا العميل.",
        "انتظر انتهاء بعضها.",
    ),
    "Exim: client refused at once": (
        "رُفض العميل فورًا",
        "رفض Exim هذا الاتصال، مثلًا بسبب host_reject_connection أو خيارات IP في الحزم.",
        "اسأل المسؤول؛ ففي سجل الرفض السبب.",
    ),
    "Exim: unknown verb": (
        "أمر مجهول",
        "لا يعرف Exim هذا الأمر. ويُحسب أمرًا مجهولًا وخطأ بروتوكول في آن واحد.",
        "صحّحه؛ فالرابع ينهي الاتصال.",
    ),
    "Exim: wrong order": (
        "ترتيب خاطئ",
        "جاء أمر قبل الأمر الذي يعتمد عليه، أو رُفض أمر سابق.",
        "ارجع إلى أول رفض في هذه المعاملة.",
    ),
}
