"""The wordings of Apple's iCloud Mail in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Apple iCloud: local policy, with a code": (
        "سياسة محلية، برمز",
        "يرفض Apple iCloud الرسالة بقاعدة محلية؛ والرمز الذي بين القوسين خاص بـ Apple وسببه غير منشور.",
        "افحص SPF و DKIM و DMARC، والروابط في الرسالة، وهل طلب أصحاب القائمة بريدها. وإن كان كل شيء سليمًا فاكتب إلى icloudadmin@apple.com بالرد كاملًا.",
    ),
    "Apple iCloud: SPF and DKIM both failed": (
        "فشل SPF و DKIM كلاهما",
        "يحجب Apple iCloud الرسالة لأن SPF و DKIM لم ينجح أي منهما.",
        "أدرج العنوان المُرسِل في سجل SPF لنطاق المغلّف، ووقّع بـ DKIM. ويكفي أحدهما لهذه القاعدة؛ واجمع بينهما.",
    ),
    "Apple iCloud: DMARC of the sender's domain says reject": (
        "سياسة DMARC لنطاق المُرسِل تقول reject",
        "يرفض Apple iCloud الرسالة لأنها فشلت في DMARC وسياسة نطاق From تطلب ذلك.",
        "اجعل SPF أو DKIM ينجح باسم نطاق From. وعلى خادم إعادة التوجيه أو القائمة ترك الأجزاء الموقّعة كما هي أو إعادة كتابة From.",
    ),
    "Apple iCloud: too much mail for one mailbox": (
        "بريد كثير لصندوق واحد",
        "يؤجل Apple iCloud بريد هذا المستلم لأن كثيرًا منه جاء في وقت قصير.",
        "دع قائمة الانتظار تعيد المحاولة أبطأ. ووزّع الرسائل الجماعية على ساعات واستخدم اتصالات قليلة.",
    ),
    "Apple iCloud: turned away at the greeting": (
        "رُدّ عند التحية",
        "لا يتحدث Apple iCloud إلى هذا العنوان أصلًا.",
        "ابحث عن العنوان في قوائم الحظر العامة، ومنها قائمة Proofpoint، وافحص سجل PTR له. ثم اكتب إلى icloudadmin@apple.com.",
    ),
    "Apple iCloud: domain in the message on Spamhaus DBL": (
        "نطاق في الرسالة مدرج في Spamhaus DBL",
        "يرفض Apple iCloud الرسالة لأن نطاقًا فيها مدرج في قائمة نطاقات Spamhaus.",
        "ابحث عن كل نطاق في الرسالة، ومنها الروابط، في check.spamhaus.org، واطلب رفعه أو احذفه.",
    ),
    "Apple iCloud: address on a Spamhaus list": (
        "العنوان في قائمة من Spamhaus",
        "يرفض Apple iCloud البريد من هذا العنوان لأنه مدرج في قائمة من Spamhaus.",
        "ابحث عن العنوان في check.spamhaus.org، وأنهِ السبب، واطلب الرفع هناك.",
    ),
    "Apple iCloud: local policy": (
        "سياسة محلية",
        "يرفض Apple iCloud الرسالة بقاعدة محلية لا يشرحها.",
        "افحص SPF و DKIM و DMARC والروابط والقوائم. ثم اكتب إلى icloudadmin@apple.com.",
    ),
    "Apple iCloud: DMARC failure": (
        "فشل DMARC",
        "يرفض Apple iCloud الرسالة لأنها فشلت في DMARC.",
        "اجعل SPF أو DKIM ينجح باسم نطاق From.",
    ),
    "Apple iCloud: mailbox full": (
        "الصندوق ممتلئ",
        "استنفد حساب Apple iCloud سعة تخزينه.",
        "أخبر المستلم بوسيلة أخرى ليفرغ مساحة. وتُحسب iCloud Drive والصور أيضًا.",
    ),
    "Apple iCloud: account gone": (
        "حساب لم يعد موجودًا",
        "كان حساب Apple iCloud موجودًا وأُغلق.",
        "احذف العنوان من القائمة.",
    ),
    "Apple iCloud: no such account": (
        "لا حساب كهذا",
        "لا يعرف Apple iCloud حسابًا نشطًا ولا اسمًا مستعارًا بهذا الاسم.",
        "تحقق من الكتابة، ثم احذف العنوان من القائمة.",
    ),
    "Apple iCloud: content taken for spam": (
        "عُدّ المحتوى بريدًا مزعجًا",
        "عدّ Apple iCloud المحتوى بريدًا مزعجًا.",
        "راجع الصياغة والروابط وطريقة جمع العناوين.",
    ),
    "Apple iCloud: not a domain of Apple": (
        "ليس من نطاقات Apple",
        "نطاق المستلم غير مستضاف لدى Apple iCloud، أو لم يُعدّ نطاقه المخصص هناك.",
        "قارن سجلات MX للنطاق بمزوّد بريده. ويتحقق مالك النطاق المخصص منه في إعدادات iCloud.",
    ),
    "Apple iCloud: sender domain unknown to the DNS": (
        "نطاق المُرسِل لا يعرفه DNS",
        "لم يجد Apple iCloud سجل MX ولا سجل عنوان لنطاق المُرسِل.",
        "انشر سجلًا، أو أرسل بمُرسِل مغلّف لنطاقه سجل.",
    ),
    "Apple iCloud: temporarily out of service": (
        "خارج الخدمة مؤقتًا",
        "لا يستطيع Apple iCloud استلام الرسالة في هذه اللحظة، أو يجعل عميلًا جديدًا ينتظر.",
        "دع قائمة الانتظار تعيد المحاولة.",
    ),
    "Apple iCloud: too many errors on one connection": (
        "أخطاء كثيرة في اتصال واحد",
        "قطع Apple iCloud الاتصال بعد أوامر مرفوضة كثيرة، غالبًا لمستلمين غير موجودين.",
        "نظّف القائمة من العناوين الميتة، وابدأ اتصالًا جديدًا.",
    ),
}
