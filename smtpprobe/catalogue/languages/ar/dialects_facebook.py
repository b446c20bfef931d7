"""The wordings of Facebook in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Facebook: address on the Spamhaus PBL": (
        "العنوان مدرج في Spamhaus PBL",
        "ترفض Facebook هذا العنوان لأنه في قائمة سياسات Spamhaus للعناوين التي لا ينبغي أن ترسل بريدًا بنفسها.",
        "أرسل عبر خادم مزوّدك، أو اطلب رفع العنوان الثابت في check.spamhaus.org.",
    ),
    "Facebook: address barred for good": (
        "العنوان محجوب نهائيًا",
        "لم تعد Facebook تقبل بريدًا من هذا العنوان.",
        "أوقف السبب؛ ثم أرسل من عنوان آخر سجله نظيف.",
    ),
    "Facebook: address barred for hours or days": (
        "العنوان محجوب ساعات أو أيامًا",
        "لا تقبل Facebook شيئًا من هذا العنوان إلى حين: T1 من ساعة إلى ساعتين، و T2 و P3 من أربع إلى ثماني ساعات، و T3 و P4 من يوم إلى يومين.",
        "أوقف البريد إلى Facebook تلك المدة، وابحث عن شكاوى ومستلمين ميتين.",
    ),
    "Facebook: virus found": (
        "وُجد فيروس",
        "وجدت Facebook برمجيات خبيثة في الرسالة.",
        "افحص الحاسوب المُرسِل، وأرسل الملف غير الضار بصيغة أخرى.",
    ),
    "Facebook: link blocked": (
        "رابط محظور",
        "في الرسالة رابط تحظره Facebook.",
        "احذف الرابط، أو اطلب السماح به عبر نموذج Facebook للروابط المحظورة.",
    ),
    "Facebook: mail not authenticated or against the rules": (
        "بريد غير مصادَق عليه أو مخالف للقواعد",
        "لا تجتاز الرسالة قواعد Facebook للمصادقة أو لإساءة الاستخدام.",
        "اجعل SPF و DKIM ينجحان باسم نطاق From، وراجع المحتوى.",
    ),
    "Facebook: no such recipient": (
        "لا مستلم كهذا",
        "ليس لدى Facebook مستلم بهذا الاسم.",
        "احذف العنوان من القائمة.",
    ),
    "Facebook: recipient does not want mail": (
        "المستلم لا يريد بريدًا",
        "لا تسمح إعدادات المستلم في Facebook بمرور هذه الرسالة.",
        "تواصل مع الشخص داخل Facebook؛ فلا ينفع أي تغيير في البريد.",
    ),
    "Facebook: recipient deactivated": (
        "أوقف المستلم حسابه",
        "أغلق المستلم حساب Facebook، وربما إلى حين.",
        "أعد المحاولة بعد بضعة أسابيع، أو احذف العنوان من القائمة.",
    ),
    "Facebook: recipient not reachable for now": (
        "لا يمكن الوصول إلى المستلم الآن",
        "لدى Facebook مشكلة تخصها مع هذا المستلم.",
        "دع قائمة الانتظار تعيد المحاولة.",
    ),
    "Facebook: sender domain does not resolve": (
        "نطاق المُرسِل غير قابل للحل",
        "وجدت Facebook أن نطاق المُرسِل غير موجود (P1)، أو بلا سجل MX (P2)، أو غير قابل للحل في هذه اللحظة (T1).",
        "انشر سجل MX لنطاق مُرسِل المغلّف وتأكد من أن خوادم DNS فيه تجيب.",
    ),
    "Facebook: reverse DNS missing": (
        "لا DNS عكسي",
        "لم تجد Facebook سجل PTR لهذا العنوان (P3)، أو لم تستطع الاستعلام عنه في هذه اللحظة (T2).",
        "اضبط سجل PTR يعود إلى العنوان، وتأكد من أن خوادم المنطقة العكسية تجيب.",
    ),
    "Facebook: too many connections": (
        "اتصالات كثيرة",
        "لدى Facebook اتصالات مفتوحة كثيرة: إجمالًا (T1)، أو منك (T2)، أو جديدة في وقت قصير (T3)، أو مستلمون كثيرون في هذا الاتصال (T4).",
        "افتح عددًا أقل، وأبقِ كلًا منها مفتوحًا لرسائل أكثر، ودع قائمة الانتظار تعيد المحاولة.",
    ),
    "Facebook: too many recipients": (
        "عدد المستلمين كبير",
        "للرسالة مستلمون أكثر مما تقبله Facebook دفعة واحدة.",
        "أرسلها في عدة معاملات.",
    ),
    "Facebook: message too big": (
        "رسالة كبيرة",
        "الرسالة أكبر مما تقبله Facebook.",
        "أرسل رابطًا مكان الملف.",
    ),
    "Facebook: attachment type refused": (
        "رُفض نوع المرفق",
        "لا تقبل Facebook مرفقات من هذا النوع.",
        "أرسل رابطًا، أو نوعًا آخر من الملفات.",
    ),
    "Facebook: header field doubled": (
        "حقل ترويسة مكرر",
        "ترفض Facebook الرسالة لأن حقل ترويسة لا يجوز أن يأتي إلا مرة جاء أكثر.",
        "أرسل From و To و Subject و Date و Message-ID مرة واحدة لكل منها.",
    ),
}
