"""The wordings of Postfix, about the dialogue in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Postfix: AUTH before STARTTLS": (
        "أمر AUTH قبل STARTTLS",
        "لا يقبل Postfix هنا AUTH إلا داخل TLS (smtpd_tls_auth_only). وكانت الإصدارات الأقدم تقول 538.",
        "أرسل STARTTLS ثم EHLO ثانيًا أولًا، وبعدهما AUTH.",
    ),
    "Postfix: header or web request seen": (
        "رُصدت ترويسة أو طلب ويب",
        "ظن Postfix السطر ترويسة بريد أو طلب HTTP فقطع الاتصال. وليس هذا جوابًا عن QUIT مهما قال 221.",
        "اعرف أي برنامج يتكلم هنا: فهو لا يتحدث SMTP، أو أنه واصل إرسال رسالة بعد رفض DATA.",
    ),
    "Postfix: too many errors": (
        "أخطاء كثيرة",
        "بلغ الاتصال smtpd_hard_error_limit (القيمة 20، لكنها 1 حين يكون الخادم تحت الضغط)، وأخذ هذا الرد مكان الرد على الأمر الأخير.",
        "انظر إلى حالات الرفض السابقة له؛ فهي السبب. وارتكب في الاتصال التالي أخطاء أقل.",
    ),
    "Postfix: too many connections": (
        "اتصالات كثيرة",
        "لعنوان هذا العميل من الاتصالات المفتوحة كل ما يسمح به smtpd_client_connection_count_limit، أو أن لدى postscreen منها أكثر من اللازم.",
        "افتح عددًا أقل في الوقت نفسه وانتظر انتهاء المفتوح منها.",
    ),
    "Postfix: unknown MAIL or RCPT parameter": (
        "معامل MAIL أو RCPT مجهول",
        "لا يعرف Postfix هذا المعامل، أو لا يعرف هذه القيمة له. وهذا هو الرمز الذي وضعه المعيار لذلك.",
        "احذف المعامل. ويسرد EHLO ما يجوز استخدامه.",
    ),
    "Postfix: TLS is configured but cannot start": (
        "ضُبط TLS لكنه لا يستطيع أن يبدأ",
        "أُعلن STARTTLS، لكن smtpd لم يستطع تحميل مفتاحه أو شهادته، أو لا يجيب مدير TLS.",
        "اقرأ في سجل البريد السطر السابق لهذا؛ فهو يسمّي الملف. ثم صحّح smtpd_tls_chain_files وشغّل: postfix reload.",
    ),
    "Postfix: TLS is mandatory here": (
        "استخدام TLS إلزامي هنا",
        "الإعداد هو smtpd_tls_security_level = encrypt: فلا يُقبل دون تشفير سوى STARTTLS و EHLO و NOOP و QUIT. ويمنع RFC 3207 ذلك على منفذ 25 عام.",
        "أرسل STARTTLS. وإن كان هذا خادم MX عامًا فعلى مسؤوله أن يضبط المستوى على may.",
    ),
    "Postfix: no HELP before 3.9": (
        "لا HELP قبل 3.9",
        "طبيعي في إصدار من Postfix أقدم من 3.9: فليس فيه أمر HELP.",
        "لا يوجد خلل. ومن 3.9 فصاعدًا يكون الجواب 214 مع قائمة الأوامر.",
    ),
    "Postfix: unknown verb": (
        "أمر مجهول",
        "لا يعرف Postfix هذا الأمر؛ وكان قبل 3.7 يقول 502 للشيء نفسه. وقد يكون ملحق ترشيح أو خطأ مطبعي غيّر السطر.",
        "لا تستخدم إلا أوامر RFC 5321 وما يسمّيه EHLO. وليس EXPN منها هنا.",
    ),
    "Postfix: AUTH is off on this port": (
        "أمر AUTH موقوف على هذا المنفذ",
        "أمر AUTH مقصور على TLS (smtpd_tls_auth_only)، أو موقوف لهذه الخدمة (smtpd_sasl_auth_enable)، أو مخفي عن هذا العميل. ولا يعلنه EHLO أيضًا.",
        "أرسل STARTTLS وانظر إلى EHLO من جديد، أو سجّل الدخول على المنفذ 587 أو 465. وللمسؤول: مكان smtpd_sasl_auth_enable = yes هو خدمات الإرسال في master.cf.",
    ),
    "Postfix: login refused, or mechanism unknown": (
        "رُفض الدخول، أو الآلية مجهولة",
        "بيانات اعتماد خاطئة، أو آلية لا تعرضها طبقة SASL: يعطي Postfix هذا الرد الواحد لكليهما.",
        "قارن الآلية أولًا بسطر AUTH في EHLO، ثم تحقق من الاسم وكلمة المرور. وفي سجل البريد سبب SASL.",
    ),
    "Postfix: login service out of order": (
        "خدمة الدخول معطلة",
        "لم يستطع Postfix أن يسأل خدمة SASL لديه (Dovecot أو saslauthd). ولم يُنظر في كلمة المرور.",
        "للمسؤول: شغّل الخدمة وافحص smtpd_sasl_path.",
    ),
    "Postfix: VRFY switched off": (
        "أمر VRFY موقوف",
        "الإعداد هو disable_vrfy_command = yes. لم يُنظر في العنوان، فلا يقول هذا شيئًا عن الصندوق.",
        "كل شيء هنا على ما يرام. استخدم RCPT في معاملة حقيقية.",
    ),
    "Postfix: VRFY accepted without proof": (
        "قُبل VRFY دون برهان",
        "يقبل Postfix هذا العنوان من هذا العميل ولا يقول أكثر من ذلك. وخلف خادم ترحيل أو صندوق جامع قد لا يكون الصندوق موجودًا.",
        "لإغلاق VRFY: disable_vrfy_command = yes.",
    ),
    "Postfix: declared size too big": (
        "الحجم المصرّح به كبير",
        "قيمة SIZE= في أمر MAIL هذا أو الذي قبله فوق message_size_limit. ويحتفظ Postfix بقيمة SIZE المرفوضة: فأمر MAIL العادي يلقى 552 أيضًا حتى RSET.",
        "أرسل RSET قبل MAIL التالي. ولبريد أكبر يرفع المسؤول message_size_limit.",
    ),
    "Postfix: recipients of one message used up": (
        "استُنفد عدد المستلمين في الرسالة",
        "بلغت هذه الرسالة smtpd_recipient_limit (1000)؛ والمقبولون حتى الآن باقون.",
        "أرسل DATA لهؤلاء، وأرسل إلى البقية في معاملة أخرى.",
    ),
    "Postfix: consequence of the greeting": (
        "نتيجة للتحية",
        "كانت التحية 554: رفض Postfix هذا العميل فورًا وصار يجيب هكذا عن كل شيء إلا QUIT.",
        "اقرأ التحية، ففيها السبب.",
    ),
    "Postfix: BDAT without CHUNKING": (
        "أمر BDAT بلا CHUNKING",
        "الامتداد CHUNKING موقوف لهذا العميل، فيرفض Postfix الأمر BDAT ويغلق بدلًا من أن يقرأ الجزء كأوامر.",
        "استخدم DATA، ولا تستخدم BDAT إلا حيث يعرض EHLO الامتداد CHUNKING.",
    ),
    "Postfix: no TLS for this client": (
        "لا TLS لهذا العميل",
        "الإعداد smtpd_tls_security_level فارغ أو none لهذه الخدمة، أو أن هذا العميل محجوب عن TLS.",
        "للمسؤول: smtpd_tls_security_level = may، مع مفتاح وشهادة.",
    ),
    "Postfix: spoke before the greeting": (
        "تكلم قبل التحية",
        "رأى postscreen هذا العميل يتكلم قبل اكتمال التحية أو يستبق الإرسال دون إذن، كما تفعل برامج البريد المزعج.",
        "انتظر السطر الأخير من التحية (220 بلا شرطة) قبل أن ترسل.",
    ),
    "Postfix: syntax error; the reply shows the right form": (
        "خطأ صياغة؛ والرد يبيّن الصيغة الصحيحة",
        "الأمر معروف، لكن ما يتبعه ناقص أو زائد أو غير سليم. ولا يقبل STARTTLS و DATA شيئًا بعدهما إطلاقًا.",
        "اكتب السطر كما يبيّنه الرد.",
    ),
    "Postfix: every recipient was refused": (
        "رُفض كل مستلم",
        "لم يُقبل أي RCPT في هذه المعاملة. والأسباب في الردود عليها.",
        "انظر إلى ردود RCPT لا إلى هذا الرد.",
    ),
    "Postfix: TLS is on already": (
        "TLS مفعّل بالفعل",
        "استخدام TLS قائم بالفعل، ومرة واحدة في الجلسة هي كل المتاح.",
        "تابع داخل TLS.",
    ),
    "Postfix: wrong order": (
        "ترتيب خاطئ",
        "جاء أمر قبل الأمر الذي يعتمد عليه، غالبًا لأن السابق رُفض.",
        "ابحث عن أول رفض في هذه المعاملة.",
    ),
}
