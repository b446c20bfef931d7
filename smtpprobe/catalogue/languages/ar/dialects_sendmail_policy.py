"""The wordings of Sendmail, about rules and limits in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Sendmail: relaying refused, login wanted": (
        "رُفض الترحيل، ويُطلب تسجيل دخول",
        "نطاق المستلم ليس من نطاقات هذا الخادم، والعميل لم يسجّل الدخول.",
        "سجّل الدخول، أو أرسل من عنوان مذكور في access أو relay-domains. ولبريد النطاق نفسه: النطاق غائب عن الصنف w.",
    ),
    "Sendmail: relaying refused, name of the client in doubt": (
        "رُفض الترحيل، واسم العميل مشكوك فيه",
        "لا يستطيع Sendmail الترحيل إلا بحسب اسم المضيف، وسجل PTR للعميل غائب (lookup failed) أو لا يعود إلى العنوان (possibly forged).",
        "اضبط سجل PTR يعود إلى العنوان، أو اطلب من المسؤول السماح بالعنوان نفسه في access.",
    ),
    "Sendmail: relaying put off, PTR record not found now": (
        "أُجّل الترحيل، ولا سجل PTR الآن",
        "لم يستطع Sendmail الاستعلام عن سجل PTR للعميل في هذه اللحظة.",
        "تأكد من أن خوادم المنطقة العكسية تجيب. وتعيد قائمة الانتظار المحاولة.",
    ),
    "Sendmail: sender without a full domain": (
        "مُرسِل بلا نطاق كامل",
        "ليس لعنوان المُرسِل نطاق، أو له نطاق لا يوجد إلا في الداخل.",
        "استخدم مُرسِلًا بنطاق يعرفه DNS؛ ويفعل masquerading ذلك لمضيف كامل.",
    ),
    "Sendmail: server takes itself for a stranger": (
        "يظن الخادم نفسه غريبًا",
        "يقود MX النطاق إلى هذا الخادم، لكن النطاق غائب عن الصنف w لديه، فكان سيرسل البريد إلى نفسه.",
        "للمسؤول: أضف النطاق إلى local-host-names أو mailertable أو relay-domains، أو صحّح سجل MX.",
    ),
    "Sendmail: load too high": (
        "حمل مرتفع",
        "متوسط الحمل فوق RefuseLA، فلا يقبل Sendmail اتصالات الآن.",
        "دع المُرسِلين يعيدون المحاولة. وللمسؤول: اعرف ما يُثقل الجهاز، أو ارفع RefuseLA.",
    ),
    "Sendmail: alias or forward loops": (
        "حلقة أسماء مستعارة أو إعادة توجيه",
        "تقود الأسماء المستعارة أو ملفات .forward بعضها إلى بعض أكثر مما يسمح به MaxAliasRecursion.",
        "للمسؤول: اكسر الحلقة في aliases أو virtusertable أو .forward.",
    ),
    "Sendmail: reverse DNS missing": (
        "لا DNS عكسي",
        "سجل PTR للعميل غائب أو لا يعود اسمه إلى العنوان؛ ويرفض require_rdns ذلك.",
        "اضبط سجل PTR، وسجل عنوان لاسمه يعود إلى العنوان نفسه.",
    ),
    "Sendmail: client or sender barred by the access table": (
        "العميل أو المُرسِل محجوب بجدول access",
        "يحجب جدول access هذا العميل أو المُرسِل أو المستلم.",
        "اسأل مسؤول الخادم عن السطر؛ فقد يحجب شبكة أو بلدًا بأكمله.",
    ),
    "Sendmail: refused by a milter": (
        "رفضه milter",
        "رفض milter ولم يعط نصًا من عنده.",
        "ينظر مسؤول المستقبِل في سجل milter: مرشّح بريد مزعج أو SPF أو DKIM أو DMARC.",
    ),
    "Sendmail: put off by a milter, or the milter is down": (
        "أجّله milter، أو milter متوقف",
        "أجّل milter البريد، أو لا يستطيع Sendmail الوصول إلى milter.",
        "تعيد قائمة الانتظار المحاولة. ويتحقق مسؤول المستقبِل من عمل milter؛ والقيمة F=T في تعريفه هي ما يصنع هذا الرد.",
    ),
    "Sendmail: connections counted out": (
        "استُنفدت الاتصالات المسموحة",
        "يفتح هذا العميل في مدة معيّنة، أو لديه من المفتوح، اتصالات أكثر مما يسمح به ratecontrol أو conncontrol.",
        "افتح عددًا أقل، ودع قائمة الانتظار تعيد المحاولة.",
    ),
    "Sendmail: recipients of one message used up": (
        "استُنفد عدد المستلمين في الرسالة",
        "للرسالة مستلمون أكثر من MaxRecipientsPerMessage.",
        "أرسل إلى البقية في معاملة أخرى؛ وتفعل خوادم البريد ذلك من تلقاء نفسها.",
    ),
    "Sendmail: mistake in sendmail.cf": (
        "خطأ في sendmail.cf",
        "إعداد الخادم نفسه متناقض، فكان سيرسل إلى نفسه أو إلى لا ناقل.",
        "للمسؤول: السطر السابق له في السجل يقول أكثر؛ والموضعان المعتادان هما الصنف w و mailertable.",
    ),
    "Sendmail: mail loop": (
        "حلقة بريد",
        "تحمل الرسالة من حقول Received أكثر من MaxHopCount: فهي تدور في حلقة.",
        "انظر إلى حقول Received، واكسر حلقة إعادة التوجيه.",
    ),
    "Sendmail: recipient's host unknown": (
        "مضيف المستلم مجهول",
        "لا يعرف DNS مضيفًا لنطاق المستلم.",
        "تحقق من كتابة النطاق. فإن كانت صحيحة فعلى مالكه نشر سجل MX أو سجل عنوان.",
    ),
    "Sendmail: recipient's domain with null MX": (
        "نطاق المستلم له null MX",
        "ينشر نطاق المستلم null MX: فهو لا يقبل البريد.",
        "استخدم عنوانًا آخر للمستلم.",
    ),
    "Sendmail: recipient has moved": (
        "انتقل المستلم",
        "للمستلم عنوان آخر يذكره الرد.",
        "أرسل إلى ذاك، وصحّح القائمة.",
    ),
    "Sendmail: mailbox barred by the access table": (
        "الصندوق محجوب بجدول access",
        "يغلق جدول access صندوق بريد المستلم.",
        "احذف العنوان من القائمة، أو اسأل مسؤول الخادم.",
    ),
    "Sendmail: wrong order": (
        "ترتيب خاطئ",
        "جاء أمر قبل الأمر الذي يجب أن يسبقه.",
        "أرسل EHLO ثم MAIL ثم RCPT ثم DATA بهذا الترتيب، وابحث عن الرفض السابق.",
    ),
    "Sendmail: login required": (
        "يلزم تسجيل الدخول",
        "لا يقبل هذا المنفذ بريدًا إلا بعد تسجيل دخول.",
        "سجّل الدخول بالأمر AUTH داخل TLS، أو أرسل إلى المنفذ 25 في MX الخاص بالمستلم.",
    ),
    "Sendmail: address not readable": (
        "تتعذر قراءة العنوان",
        "لم يستطع Sendmail قراءة العنوان، أو ينقص جزء منه.",
        "أعط عنوانًا كاملًا بين قوسين زاويين.",
    ),
    "Sendmail: refused by the other side's certificate rule": (
        "رُفض بقاعدة عن شهادة الطرف الآخر",
        "لا يرسل هذا الخادم إلى ذلك المضيف إلا عبر TLS بشهادة يستطيع التحقق منها، ولم يستطع.",
        "يحتاج مضيف المستلم إلى شهادة صالحة تحمل اسمه؛ ويرى مسؤول المُرسِل القاعدة تحت TLS_Srv في access.",
    ),
}
