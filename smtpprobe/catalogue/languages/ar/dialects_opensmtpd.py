"""The wordings of OpenSMTPD in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "OpenSMTPD: unknown parameter, with the code for wrong order": (
        "معامل مجهول، برمز الترتيب الخاطئ",
        "لا يعرف OpenSMTPD هذا المعامل. وليس معنى 503 هنا ترتيبًا خاطئًا؛ ويقول غيره 555.",
        "أزل المعامل.",
    ),
    "OpenSMTPD: unknown RCPT parameter, with the code for wrong order": (
        "معامل RCPT مجهول، برمز الترتيب الخاطئ",
        "المعامل الوارد بعد RCPT غير معروف. والترتيب صحيح على الرغم من 503.",
        "أرسل RCPT بالعنوان وحده.",
    ),
    "OpenSMTPD: a parameter where none is taken": (
        "معامل حيث لا يُقبل",
        "الأمر معروف لكنه لا يقبل معاملًا. ويصدق ذلك على HELP و DATA، وعلى QUIT، وفي 6.8 على NOOP أيضًا.",
        "أرسل الأمر مجردًا. ويجوز للخادم أن يترك مواضيع HELP (RFC 5321 4.1.1.8) لكن ينبغي أن يتجاهل النص بعد NOOP (4.1.1.9)؛ ويفعل ذلك 7.x.",
    ),
    "OpenSMTPD: AUTH or STARTTLS not for this session": (
        "أمر AUTH أو STARTTLS ليس لهذه الجلسة",
        "ليس في سطر listen الخيار auth أو tls، أو جُرّب AUTH خارج TLS حيث لا يُعرض أبدًا.",
        "قبل AUTH أرسل STARTTLS. وإن لم يعرض EHLO الامتداد STARTTLS فاستخدم منفذًا آخر.",
    ),
    "OpenSMTPD: wrong order": (
        "ترتيب خاطئ",
        "جاء الأمر مبكرًا أو متأخرًا: لا EHLO بعد، أو لا MAIL بعد، أو هناك معاملة مفتوحة.",
        "اقرأ أي أمر رُفض قبله.",
    ),
    "OpenSMTPD: second EHLO refused": (
        "رُفض EHLO ثانٍ",
        "يقبل OpenSMTPD أمر EHLO أو HELO واحدًا لكل جلسة ولكل حالة TLS، مع أن RFC 5321 4.1.4 يسمح بأكثر.",
        "استخدم RSET حيث تريد البدء من جديد.",
    ),
    "OpenSMTPD: a joke about WIZ": (
        "مزحة عن WIZ",
        "أرسل أحدهم WIZ، وهو الباب الخلفي لإصدارات قديمة جدًا من Sendmail. ولا يوجد هنا.",
        "عدّه طبيعيًا.",
    ),
    "OpenSMTPD: unknown verb": (
        "أمر مجهول",
        "لا يعرف OpenSMTPD هذا الأمر؛ ومما يتركه VRFY و EXPN.",
        "استغنِ عنه.",
    ),
    "OpenSMTPD: TLS is mandatory on this listener": (
        "استخدام TLS إلزامي على هذا المستمع",
        "في سطر listen الخيار tls-require.",
        "أرسل STARTTLS، ثم EHLO من جديد.",
    ),
    "OpenSMTPD: login is mandatory on this listener": (
        "تسجيل الدخول إلزامي على هذا المستمع",
        "في سطر listen الخيار auth، فهذا منفذ إرسال.",
        "سجّل الدخول. أما بريد الخوادم الأخرى فمكانه المنفذ 25.",
    ),
    "OpenSMTPD: no match rule, or no such user": (
        "لا قاعدة match، أو لا مستخدم كهذا",
        "إما أنه لا سطر match في smtpd.conf يقبل هذا المستلم من هذا العميل (يقول غيره إن الترحيل مرفوض)، وإما أن المستخدم المحلي غير موجود.",
        "للمُرسِل: افحص العنوان، أو سجّل الدخول من أجل الترحيل. وللمسؤول: قارن أسطر match وجدول action.",
    ),
    "OpenSMTPD: mechanism unknown": (
        "آلية مجهولة",
        "ليس في OpenSMTPD إلا PLAIN و LOGIN.",
        "استخدم PLAIN داخل TLS.",
    ),
    "OpenSMTPD: STARTTLS with a parameter, or AUTH without": (
        "أمر STARTTLS مع معامل، أو AUTH بلا معامل",
        "يأتي STARTTLS وحده (RFC 3207 4)؛ ويحتاج AUTH إلى اسم الآلية.",
        "صحّح السطر وأرسله مجددًا.",
    ),
    "OpenSMTPD: recipients of one message used up": (
        "استُنفد عدد المستلمين في الرسالة",
        "بلغت هذه الرسالة حد smtp limit max-rcpt (1000).",
        "أنهِ هذه المعاملة وافتح أخرى للبقية.",
    ),
    "OpenSMTPD: message too big, told after the data": (
        "رسالة كبيرة، يُقال بعد البيانات",
        "يتجاهل OpenSMTPD قيمة SIZE= عند MAIL ويحكم على الرسالة بعد أن يستلمها كلها.",
        "قارن بقيمة SIZE في EHLO قبل الإرسال. وللمسؤول: smtp max-message-size.",
    ),
    "OpenSMTPD: alias or forward loops": (
        "حلقة أسماء مستعارة أو إعادة توجيه",
        "فشل توسيع المستلم: اسم مستعار أو إعادة توجيه أو قائمة تعود إلى نفسها أو لا تقود إلى شيء أو أعمق من اللازم.",
        "للمسؤول: تتبّع الاسم المستعار يدويًا.",
    ),
    "OpenSMTPD: EHLO without a name": (
        "أمر EHLO بلا اسم",
        "لم يأت شيء بعد EHLO أو HELO.",
        "أعط الاسم الكامل للمضيف المُرسِل.",
    ),
    "OpenSMTPD: put off": (
        "مؤجل",
        "فشل مؤقتًا جدول أو مرشّح أو قائمة انتظار في OpenSMTPD. وإذا جاءت بعده عبارة `please try again later` فهو spamd من OpenBSD الواقف أمامه، وهو يطبّق الإدراج الرمادي.",
        "دع قائمة الانتظار تعيد المحاولة من العنوان نفسه.",
    ),
    "OpenSMTPD: messages of one session used up": (
        "استُنفد عدد الرسائل في الجلسة",
        "استنفدت الجلسة max-message من قاعدة limit.",
        "افتح اتصالًا جديدًا للرسائل التالية.",
    ),
    "OpenSMTPD: mail loop": (
        "حلقة بريد",
        "تحمل الرسالة من حقول Received ما عدده 100: فهي تدور في حلقة.",
        "اكسر حلقة إعادة التوجيه.",
    ),
    "OpenSMTPD: header not well formed": (
        "ترويسة غير سليمة البناء",
        "ينقص الرسالة حقل يجب أن يكون فيها، أو فيها حقل مثل From مكرر.",
        "أرسل From و Date مرة واحدة لكل منهما، وأسطر ترويسة سليمة البناء.",
    ),
    "OpenSMTPD: address not readable": (
        "تتعذر قراءة العنوان",
        "لم يستطع OpenSMTPD قراءة العنوان في MAIL أو RCPT.",
        "ضعه بين قوسين زاويين بلا مسافات وبعلامة @ واحدة.",
    ),
    "OpenSMTPD: login refused": (
        "رُفض الدخول",
        "لم يقبل OpenSMTPD اسم المستخدم وكلمة المرور.",
        "قارن كليهما بالجدول المذكور عند auth في المستمع.",
    ),
    "OpenSMTPD: alias or forward could not be expanded now": (
        "تعذّر توسيع اسم مستعار أو إعادة توجيه الآن",
        "تعذّرت في هذه اللحظة قراءة جدول أو ملف .forward خلف المستلم؛ والرقم 424 هو 4.2.4 دون نقاطه.",
        "تعيد قائمة الانتظار المحاولة. وللمسؤول: افحص أذونات .forward والجداول.",
    ),
}
