"""The wordings of Postfix, about messages and itself in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Postfix: sender or recipient domain with null MX": (
        "نطاق مُرسِل أو مستلم له null MX",
        "ينشر نطاق العنوان null MX: فهو لا يقبل البريد، ولا يصلح لذلك مُرسِلًا أيضًا.",
        "استخدم عنوانًا آخر. ويحذف مالك النطاق السجل MX 0 . إن لم يكن ذلك مقصودًا.",
    ),
    "Postfix: bare line feed": (
        "محرف LF منفرد",
        "تلقى Postfix سطرًا ينتهي بـ LF دون CR، وقد يهرّب ذلك رسالة ثانية؛ فقطع الاتصال.",
        "أرسل CR LF. والسبب المعتاد برامج نصية وأجهزة وبوابات قديمة؛ ويستطيع المسؤول استثناءها بـ smtpd_forbid_bare_newline_exclusions.",
    ),
    "Postfix: sent ahead, and cut off": (
        "استبق الإرسال فقُطع",
        "أرسل العميل أوامر قبل أن يأتيه الرد على الأمر السابق، ولم يكن التتابع مسموحًا به هناك.",
        "اجعل العميل ينتظر كل رد، وبعد EHLO وبعد DATA خصوصًا.",
    ),
    "Postfix: non-ASCII address without SMTPUTF8": (
        "عنوان بمحارف خارج ASCII دون SMTPUTF8",
        "في عنوان محارف خارج ASCII، ولم يقل العميل SMTPUTF8 مع MAIL.",
        "أرسل عبر خادم يعرف SMTPUTF8، أو استخدم عنوانًا بمحارف ASCII.",
    ),
    "Postfix: header or body check": (
        "فحص ترويسة أو متن",
        "يطابق سطر من الرسالة نمطًا في header_checks أو mime_header_checks أو body_checks.",
        "يجد مسؤول المستقبِل النمط في السجل؛ ولا يملك المُرسِل إلا تغيير الرسالة.",
    ),
    "Postfix: refused by a milter": (
        "رفضه milter",
        "رفض milter ولم يعط نصًا من عنده، فقال Postfix هذا.",
        "ينظر مسؤول المستقبِل في سجل milter: مرشّح بريد مزعج أو SPF أو DKIM أو DMARC.",
    ),
    "Postfix: put off by a milter, or the milter is down": (
        "أجّله milter، أو milter متوقف",
        "أجّل milter البريد، أو لا يستطيع Postfix الوصول إلى milter.",
        "تعيد قائمة الانتظار المحاولة. ويتحقق مسؤول المستقبِل من عمل milter؛ ويحكم milter_default_action ما يحدث دونه.",
    ),
    "Postfix: mistake in a table, a milter or a policy service": (
        "خطأ في جدول أو milter أو خدمة سياسات",
        "فشل جدول أو خدمة سياسات أو milter في هذا الخادم؛ ولا خلل في البريد.",
        "تعيد قائمة الانتظار المحاولة. وللمسؤول: السطر السابق له في السجل يسمّي الجدول أو الخدمة.",
    ),
    "Postfix: queue file not written": (
        "لم يُكتب ملف الانتظار",
        "لم يستطع Postfix كتابة الرسالة في قائمة انتظاره: القرص، أو مرشّح محتوى، أو حد على العمليات.",
        "تعيد قائمة الانتظار المحاولة. وللمسؤول: ابحث عن السطر السابق له في السجل، وافحص المساحة الحرة لقائمة الانتظار.",
    ),
    "Postfix: message bigger than the limit, found in transit": (
        "رسالة أكبر من الحد، اكتُشفت أثناء النقل",
        "تبيّن أن الرسالة فوق message_size_limit، أو فوق ما يقبله نظام الملفات.",
        "أرسل رابطًا مكان الملف.",
    ),
    "Postfix: mail loop": (
        "حلقة بريد",
        "تحمل الرسالة من حقول Received أكثر من hopcount_limit: فهي تدور في حلقة.",
        "انظر إلى حقول Received، واكسر حلقة إعادة التوجيه أو النواقل.",
    ),
    "Postfix: client was silent": (
        "صمت العميل",
        "لم يرسل العميل شيئًا مدة طويلة حتى قطع Postfix الاتصال.",
        "ابحث عن عميل بطيء، أو جدار ناري يبتلع الحزم، أو مشكلة MTU.",
    ),
    "Postfix: new TLS sessions of a client counted out": (
        "استُنفدت جلسات TLS الجديدة للعميل",
        "بدأ هذا العميل في دقيقة جلسات TLS أكثر مما يسمح به smtpd_client_new_tls_session_rate_limit.",
        "أعد استخدام الاتصالات أو جلسات TLS، وأبطئ.",
    ),
    "Postfix: bounce with several recipients": (
        "رسالة ارتداد لعدة مستلمين",
        "لرسالة من <> أكثر من مستلم واحد؛ ولرسالة الارتداد مستلم واحد فقط، فيُستبعد أن تكون حقيقية.",
        "أرسل من عنوان حقيقي، أو إلى مستلم واحد في كل مرة.",
    ),
    "Postfix: recipient has moved": (
        "انتقل المستلم",
        "يعطي الجدول relocated العنوان الجديد للمستلم.",
        "أرسل إلى العنوان الوارد في الرد، وصحّح القائمة.",
    ),
    "Postfix: address not readable": (
        "تتعذر قراءة العنوان",
        "لم يستطع Postfix قراءة العنوان في MAIL أو RCPT.",
        "ضعه بين قوسين زاويين بلا مسافات وبعلامة @ واحدة.",
    ),
    "Postfix: domain without usable DNS records": (
        "نطاق بلا سجلات DNS صالحة",
        "سجلات DNS للنطاق غير سليمة، أو فيها رقم حيث يجب أن يكون اسم.",
        "على مالك النطاق تصحيح سجلات MX والعنوان.",
    ),
    "Postfix: put off by an access table": (
        "أجّله جدول وصول",
        "قاعدة في هذا الخادم تؤجل البريد.",
        "دع قائمة الانتظار تعيد المحاولة.",
    ),
    "Postfix: login already done": (
        "تم تسجيل الدخول من قبل",
        "جاء AUTH بعد تسجيل دخول، أو داخل معاملة بريد.",
        "سجّل الدخول مرة واحدة، بعد EHLO مباشرة داخل TLS.",
    ),
    "Postfix: command refused for a parameter's form": (
        "رُفض أمر بسبب صيغة معامل",
        "لم يستطع Postfix قراءة الأمر أو أحد معاملاته.",
        "انظر إلى السطر الذي أرسله العميل؛ والسبب المعتاد برامج تكتب SMTP يدويًا.",
    ),
}
