"""The wordings of Sendmail, about commands in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Sendmail: mechanism not available": (
        "الآلية غير متاحة",
        "لا يعرض Sendmail هذه الآلية على هذا الاتصال. ومع AuthOptions=p يخفي PLAIN و LOGIN حتى يقوم TLS.",
        "خذ آلية من سطر AUTH في EHLO؛ وقد تكون بعد STARTTLS أكثر.",
    ),
    "Sendmail: no certificate loaded": (
        "لا شهادة محمّلة",
        "استخدام TLS قائم بالفعل، أو ليس لدى Sendmail شهادة صالحة. وفي الحالتين لا يعلن STARTTLS، ويجيب بهذا من يطلبه مع ذلك.",
        "داخل TLS لا يوجد خلل. ودون تشفير، للمسؤول: عرّف confSERVER_CERT و confSERVER_KEY في sendmail.mc؛ ويقول السجل عند البدء ما الذي فشل.",
    ),
    "Sendmail: no help on this topic": (
        "لا مساعدة عن هذا الموضوع",
        "ليس في ملف المساعدة شيء عن هذه الكلمة.",
        "ليس عيبًا ولا يلزم فعل شيء. ويسرد HELP وحده المواضيع.",
    ),
    "Sendmail: help file missing": (
        "ملف المساعدة مفقود",
        "يعمل HELP، لكن ملفه (/etc/mail/helpfile) تتعذر قراءته. ويذكر الرد الإصدار.",
        "للمسؤول: استعد الملف، ودون سطر الإصدار فيه إن شئت.",
    ),
    "Sendmail: sender domain unknown to the DNS": (
        "نطاق المُرسِل لا يعرفه DNS",
        "ليس لنطاق MAIL FROM سجل MX ولا عنوان (553)، أو لم يجب DNS (451). وحتى مُرسِل فحص مختلَق يلقى هذا.",
        "استخدم مُرسِلًا نطاقه موجود في DNS، أو المُرسِل الفارغ <> للاختبار.",
    ),
    "Sendmail: unknown MAIL or RCPT parameter": (
        "معامل MAIL أو RCPT مجهول",
        "لا يعرف Sendmail المعامل الذي يسمّيه. والرمز هو رمز المعيار.",
        "احذفه، أو استخدم معاملًا يعلنه EHLO.",
    ),
    "Sendmail: not a domain of this server": (
        "ليس نطاقًا لهذا الخادم",
        "نطاق المستلم ليس في الصنف w ولا R (local-host-names و relay-domains) ولا يجوز لهذا العميل الترحيل. وقد يضيف أن اسم العميل مزوّر أو تعذّر الاستعلام عنه.",
        "سجّل الدخول، أو أرسل إلى MX النطاق نفسه. وللمسؤول: relay-domains أو جدول access.",
    ),
    "Sendmail: no such user": (
        "لا مستخدم كهذا",
        "ليس للجزء المحلي هنا حساب ولا اسم مستعار ولا سطر في virtusertable.",
        "أصلح العنوان. وللمسؤول: يبيّن sendmail -bv ADDRESS كيف يُحلّ.",
    ),
    "Sendmail: no room, or SIZE looked too big for the disk": (
        "لا مساحة، أو بدت SIZE أكبر من القرص",
        "المساحة الحرة في نظام ملفات قائمة الانتظار أقل من MinFreeBlocks، أو أقل مما تطلبه SIZE=.",
        "للمسؤول: أفرغ مساحة في مجلد قائمة الانتظار. وللمُرسِل: أعد المحاولة.",
    ),
    "Sendmail: declared size too big": (
        "الحجم المصرّح به كبير",
        "قيمة SIZE= فوق MaxMessageSize. والرمز بحسب RFC 1870 هو 5.3.4، لأنه حد النظام لا حد الصندوق.",
        "أرسل أقل، أو اطلب رفع confMAX_MESSAGE_SIZE.",
    ),
    "Sendmail: VRFY switched off": (
        "أمر VRFY موقوف",
        "في PrivacyOptions الخيار novrfy: فلا يُبحث عن أي عنوان.",
        "لا يوجد خلل، ولا يقول هذا شيئًا عن الصندوق.",
    ),
    "Sendmail: user revealed": (
        "كُشف مستخدم",
        "أمر VRFY أو EXPN مفتوح: فيستطيع أي أحد أن يعرف العناوين الموجودة وإلى أين تقود الأسماء المستعارة.",
        "للمسؤول: ضع novrfy و noexpn في confPRIVACY_FLAGS.",
    ),
    "Sendmail: switched off by the admin": (
        "أوقفه المسؤول",
        "يمنع PrivacyOptions هذا الأمر (noexpn أو noverb أو novrfy).",
        "هذه هي الحالة الموصى بها لخادم عام.",
    ),
    "Sendmail: hung up after unknown commands": (
        "قُطع الاتصال بعد أوامر غير معروفة",
        "كان أكثر من 25 أمرًا مجهولًا (MAXBADCOMMANDS، محدد عند الترجمة).",
        "اعرف أي برنامج يرسلها.",
    ),
    "Sendmail: hung up after refused recipients": (
        "قُطع الاتصال بعد مستلمين مرفوضين",
        "رُفض مستلمون كثيرون. ولا يقطع الاتصال لذلك إلا Sendmail مبني مع BadRcptShutdown.",
        "نظّف قائمة المستلمين.",
    ),
    "Sendmail: AUTH is off": (
        "أمر AUTH موقوف",
        "لا يعرض Sendmail هنا أي آلية: لم يُضبط SASL، أو AUTH موقوف لهذا العميل أو المنفذ.",
        "استخدم منفذ الإرسال، وابحث أولًا عن AUTH في EHLO.",
    ),
    "Sendmail: login refused": (
        "رُفض الدخول",
        "رفض SASL الاسم أو كلمة المرور؛ والرمز الموسّع في المعيار هو 5.7.8.",
        "افحص بيانات الاعتماد. وفي سجل الخادم سبب SASL.",
    ),
    "Sendmail: extension switched off but used": (
        "امتداد موقوف ومع ذلك استُخدم",
        "الامتداد DSN أو SMTPUTF8 موقوف لهذا العميل، واستُخدم معامل منه.",
        "احذف ENVID أو RET أو NOTIFY أو ORCPT أو SMTPUTF8.",
    ),
    "Sendmail: verb known but left out": (
        "أمر معروف لكنه متروك",
        "يعرف Sendmail الأمر (TURN مثلًا) ولا ينفّذه.",
        "استخدم طريقًا آخر؛ فقد أخذ ETRN مكان TURN.",
    ),
    "Sendmail: BODY value not offered": (
        "قيمة BODY غير معروضة",
        "لا يقبل Sendmail إلا BODY=7BIT و BODY=8BITMIME.",
        "حوّل الرسالة الثنائية قبل إرسالها.",
    ),
    "Sendmail: unknown verb": (
        "أمر مجهول",
        "لا يعرف Sendmail الأمر الذي يقتبسه.",
        "ابحث عن خطأ مطبعي أو عن عميل اختل تسلسله مع الردود.",
    ),
    "Sendmail: EHLO without a name": (
        "أمر EHLO بلا اسم",
        "جاء EHLO أو HELO دون اسم مضيف.",
        "أضف اسم مضيف كاملًا.",
    ),
    "Sendmail: address on a DNS blocklist": (
        "عنوان في قائمة حظر DNS",
        "وجدت FEATURE(dnsbl) عنوان العميل في القائمة التي يسمّيها النص.",
        "اتبع إجراء الرفع لدى القائمة نفسها بعد زوال السبب.",
    ),
}
