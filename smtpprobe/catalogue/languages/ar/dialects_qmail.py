"""The wordings of qmail in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "qmail: not a domain of this server": (
        "ليس نطاقًا لهذا الخادم",
        "نطاق المستلم غائب عن control/rcpthosts، و RELAYCLIENT غير مضبوط لهذا العميل.",
        "استخدم MX الصحيح، أو سجّل الدخول حيث توجد الرقعة الخاصة بذلك. وللمسؤول: rcpthosts أو morercpthosts.",
    ),
    "qmail: sender refused by list": (
        "المُرسِل مرفوض بقائمة",
        "يذكر control/badmailfrom هذا المُرسِل أو نطاقه.",
        "لا يستطيع إزالته إلا المسؤول.",
    ),
    "qmail: bare line feed": (
        "محرف LF منفرد",
        "أرسل العميل LF دون CR، فقطع qmail الاتصال. وعلى الرغم من الخانة 4 تجلب إعادة المحاولة الشيء نفسه.",
        "أنهِ كل سطر بـ CR LF.",
    ),
    "qmail: message too big": (
        "رسالة كبيرة",
        "الرسالة فوق control/databytes. ويتجاهل qmail قيمة SIZE= ويقول ذلك بعد البيانات.",
        "أرسل أقل، أو اطلب رفع databytes.",
    ),
    "qmail: no such user, by chkuser": (
        "لا مستخدم كهذا، من chkuser",
        "لا يعرف qmail مع chkuser صندوقًا بهذا الاسم؛ والرقم 511 هو 5.1.1 دون نقاطه.",
        "تحقق من الكتابة، ثم احذف العنوان من القائمة.",
    ),
    "qmail: mailbox full, by chkuser": (
        "الصندوق ممتلئ، من chkuser",
        "وجد qmail مع chkuser الصندوق ممتلئًا؛ والرقم 522 هو 5.2.2 دون نقاطه.",
        "أخبر المستلم بوسيلة أخرى ليفرغ مساحة.",
    ),
    "qmail: sender refused, by chkuser": (
        "رُفض المُرسِل، من chkuser",
        "يرفض qmail مع chkuser المُرسِل: ليس لنطاقه سجل MX، أو العنوان غير سليم.",
        "استخدم عنوانًا كاملًا لنطاقه سجل MX أو سجل عنوان.",
    ),
    "qmail: recipient's address or domain bad, by chkuser": (
        "عنوان المستلم أو نطاقه خاطئ، من chkuser",
        "يرفض qmail مع chkuser المستلم: ليس لنطاقه سجل MX، أو العنوان غير سليم.",
        "تحقق من كتابة النطاق.",
    ),
    "qmail: too many recipients, or too many dead ones, by chkuser": (
        "مستلمون كثيرون، أو كثير منهم ميت، من chkuser",
        "استنفدت الجلسة عدد المستلمين لدى chkuser، أو عدد غير الموجودين منهم؛ ويُرفض كل ما بعد ذلك.",
        "نظّف القائمة، وأرسل إلى مستلمين أقل في الاتصال الواحد.",
    ),
    "qmail: directory out of order, by chkuser": (
        "الدليل معطّل، من chkuser",
        "لم يستطع qmail مع chkuser أن يسأل دليل مستخدميه.",
        "دع قائمة الانتظار تعيد المحاولة. وللمسؤول: انظر في قاعدة بيانات vpopmail.",
    ),
    "qmail: no such user": (
        "لا مستخدم كهذا",
        "يسلّم qmail لهذا النطاق وليس لديه لهذا الاسم صندوق ولا اسم مستعار ولا افتراضي.",
        "تحقق من الكتابة، ثم احذف العنوان من القائمة.",
    ),
    "qmail: sender's domain must exist": (
        "يجب أن يوجد نطاق المُرسِل",
        "لم يجد mfcheck في qmail سجل MX ولا سجل عنوان لنطاق المُرسِل.",
        "انشر سجلًا، أو استخدم مُرسِلًا لنطاقه سجل.",
    ),
    "qmail: host of the recipient unknown": (
        "مضيف المستلم غير معروف",
        "لا يعرف DNS مضيفًا لنطاق المستلم.",
        "تحقق من كتابة النطاق. فإن كانت صحيحة فعلى مالكه نشر سجل MX أو سجل عنوان.",
    ),
    "qmail: MX leads here, but the domain is not local": (
        "يقود MX إلى هنا، لكن النطاق ليس محليًا",
        "يقود MX النطاق إلى هذا الخادم qmail، لكن النطاق غائب عن control/locals و virtualdomains، فكان سيرسل البريد إلى نفسه.",
        "للمسؤول: أضف النطاق إلى rcpthosts وإلى locals أو virtualdomains، أو صحّح سجل MX.",
    ),
    "qmail: mail loop": (
        "حلقة بريد",
        "جاءت الرسالة إلى هنا من قبل: فإعادتا توجيه ترسلانها في حلقة.",
        "اكسر الحلقة في ملفات .qmail أو الأسماء المستعارة أو إعادة التوجيه.",
    ),
    "qmail: mailbox full": (
        "الصندوق ممتلئ",
        "وجد vpopmail الصندوق فوق حصته.",
        "أخبر المستلم بوسيلة أخرى ليفرغ مساحة.",
    ),
    "qmail: gave up after trying for too long": (
        "توقف بعد محاولات طويلة",
        "حاول qmail طوال control/queuelifetime، وهي أسبوع عادة، ثم توقف؛ وما فشل مذكور قبل هذه الكلمات.",
        "أصلح ما فشل، ثم أرسل مجددًا.",
    ),
    "qmail: verb not there": (
        "أمر غير موجود",
        "يقول qmail الرمز 502 لكل أمر ليس لديه، ومنها AUTH و STARTTLS و EXPN.",
        "انظر في EHLO إلى ما أضافته الرقع.",
    ),
    "qmail: VRFY not answered": (
        "لا جواب عن VRFY",
        "لا يبحث qmail عن عنوان لأجل VRFY أبدًا.",
        "لا شيء يلزم؛ ولا يقول RCPT أكثر، لأن qmail المجرد يقبل كل مستخدم في نطاقاته.",
    ),
    "qmail: address not readable": (
        "تتعذر قراءة العنوان",
        "تعذّرت قراءة العنوان بعد MAIL أو RCPT؛ وليست المعاملات هي السبب، فإن qmail يتجاهلها.",
        "ضع العنوان بين قوسين زاويين.",
    ),
    "qmail: wrong order": (
        "ترتيب خاطئ",
        "لم يأت قبل هذا الأمر MAIL أو RCPT مقبول.",
        "ابحث عن الرفض السابق.",
    ),
    "qmail: queue or scanner failed for now": (
        "فشل مؤقت في قائمة الانتظار أو برنامج الفحص",
        "فشل qmail-queue، أو برنامج فحص مكانه مثل simscan أو qmail-scanner.",
        "تعيد قائمة الانتظار المحاولة. وللمسؤول: انظر في سجل برنامج الفحص وحدود الذاكرة والقرص.",
    ),
    "qmail: queue or scanner refused": (
        "رفضت قائمة الانتظار أو برنامج الفحص",
        "رفض الرسالة برنامج فحص مكان qmail-queue، غالبًا لفيروس أو بريد مزعج، ولا يذكر سببًا.",
        "افحص المرفقات والروابط؛ ويجد مسؤول المستقبِل السبب في سجل برنامج الفحص.",
    ),
    "qmail: client was silent": (
        "صمت العميل",
        "لم يرسل العميل شيئًا طوال control/timeoutsmtpd، وهي عشرون دقيقة عادة.",
        "ابحث عن عميل بطيء أو جدار ناري يبتلع الحزم.",
    ),
}
