"""The wordings of Spectrum in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Spectrum: address blocked": (
        "العنوان محظور",
        "تحظر Spectrum هذا العنوان بسبب بريد مريب.",
        "أوقف السبب. وحظر عنوان خارجي ينتهي من تلقاء نفسه؛ أما المشتركون فيتصلون بشركة Spectrum.",
    ),
    "Spectrum: account blocked or limited": (
        "الحساب محظور أو مقيّد",
        "تحظر Spectrum (1010) أو تقيّد (من 1020 إلى 1080) الحساب المُرسِل بسبب بريد مريب.",
        "غيّر كلمات مرور الحساب ونظّف حواسيبه. وينتهي الحظر من تلقاء نفسه، أو اتصل بشركة Spectrum.",
    ),
    "Spectrum: cannot be handled now": (
        "لا يمكن التعامل معها الآن",
        "لا تستطيع Spectrum التعامل مع الرسالة في هذه اللحظة.",
        "دع قائمة الانتظار تعيد المحاولة.",
    ),
    "Spectrum: reverse DNS": (
        "سجل DNS العكسي",
        "ترفض Spectrum هذا العنوان لأن سجل PTR له مفقود أو لا يعود إليه.",
        "اضبط سجل PTR، وسجل عنوان لاسمه يعود إلى العنوان نفسه.",
    ),
    "Spectrum: sender domain's own policy": (
        "سياسة نطاق المُرسِل نفسه",
        "ترفض Spectrum الرسالة لأنها تخالف سياسة نطاق المُرسِل نفسه: SPF أو DKIM أو DMARC.",
        "اجعل SPF أو DKIM ينجح باسم نطاق From.",
    ),
    "Spectrum: address listed by Cloudmark": (
        "العنوان مدرج لدى Cloudmark",
        "ترفض Spectrum هذا العنوان لأن Cloudmark CSI تدرجه.",
        "أنهِ السبب واطلب إعادة الضبط في csi.cloudmark.com.",
    ),
    "Spectrum: address listed by Spamhaus": (
        "العنوان مدرج لدى Spamhaus",
        "ترفض Spectrum هذا العنوان لأن قائمة من Spamhaus تدرجه.",
        "ابحث عن العنوان في check.spamhaus.org، وأنهِ السبب، واطلب الرفع هناك.",
    ),
    "Spectrum: IPv6 not served": (
        "لا خدمة عبر IPv6",
        "لا تقبل Spectrum بريدًا عبر IPv6.",
        "أرسل عبر IPv4.",
    ),
    "Spectrum: too many connections": (
        "اتصالات كثيرة",
        "لهذا العنوان اتصالات مفتوحة إلى Spectrum أكثر مما تسمح به سمعته.",
        "افتح عددًا أقل في الوقت نفسه ودع قائمة الانتظار تعيد المحاولة.",
    ),
    "Spectrum: rate limit": (
        "حد معدل",
        "استُنفد لدى Spectrum عدد الرسائل أو المستلمين أو المستلمين الميتين لهذا المُرسِل.",
        "أبطئ، ونظّف القائمة من العناوين الميتة، ودع قائمة الانتظار تعيد المحاولة.",
    ),
    "Spectrum: sender not owned by the account": (
        "المُرسِل لا يملكه الحساب",
        "ليس عنوان المُرسِل عنوان حساب Spectrum (1500)، أو ليس من نطاق تستضيفه Spectrum (1520).",
        "أرسل بعنوان الحساب.",
    ),
    "Spectrum: message too big": (
        "رسالة كبيرة",
        "الرسالة فوق حد Spectrum، وهو 20 MB.",
        "أرسل رابطًا مكان الملف.",
    ),
    "Spectrum: too many recipients": (
        "عدد المستلمين كبير",
        "للرسالة مستلمون أكثر مما تقبله Spectrum دفعة واحدة (1550)، أو كثير منهم غير موجودين (1560).",
        "أرسل إلى عدد أقل في كل مرة، ونظّف القائمة من العناوين الميتة.",
    ),
    "Spectrum: refused with a number": (
        "رفض برقم",
        "ترفض Spectrum بقاعدة رقمها مذكور بعد AUP#.",
        "ابحث عن الرقم في صفحة رموز أخطاء البريد لدى Spectrum.",
    ),
}
