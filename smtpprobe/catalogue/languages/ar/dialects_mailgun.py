"""The wordings of Mailgun in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Mailgun: recipient domain without MX": (
        "نطاق المستلم بلا MX",
        "لم تجد Mailgun خادم بريد لنطاق المستلم؛ والرقم 498 من أحداثها هي وليس رد خادم.",
        "افحص النطاق بحثًا عن خطأ مطبعي. فإن كان صحيحًا فعلى مالكه نشر سجل MX.",
    ),
    "Mailgun: address bounced before": (
        "ارتد العنوان من قبل",
        "لم تحاول Mailgun: ارتدت رسالة سابقة إلى هذا العنوان نهائيًا، وهو في قائمة النطاق.",
        "صحّح العنوان. ولا ترفعه من قائمة الارتداد إلا حين يعمل الصندوق من جديد.",
    ),
    "Mailgun: recipient unsubscribed": (
        "ألغى المستلم اشتراكه",
        "لم تحاول Mailgun: ألغى المستلم اشتراكه.",
        "احترم ذلك؛ واحذف العنوان من القائمة.",
    ),
    "Mailgun: recipient complained": (
        "اشتكى المستلم",
        "لم تحاول Mailgun: بلّغ المستلم عن بريد سابق على أنه مزعج.",
        "احذف العنوان من كل القوائم.",
    ),
    "Mailgun: sending domain not verified": (
        "نطاق الإرسال غير موثّق",
        "لا تُظهر سجلات DNS لنطاق الإرسال Mailgun بعد، فلا يجوز له الإرسال.",
        "انشر سجلات SPF و DKIM التي تعرضها لوحة التحكم، واطلب فحصها هناك.",
    ),
    "Mailgun: sandbox": (
        "بيئة sandbox",
        "لا يرسل نطاق sandbox لدى Mailgun إلا إلى مستلمين معتمدين.",
        "أضف نطاقك أنت إلى الحساب، أو أضف المستلم إلى المعتمدين.",
    ),
    "Mailgun: gave up after trying for too long": (
        "توقف بعد محاولات طويلة",
        "توقفت Mailgun عن المحاولة لأن المستقبِل أجّل الرسالة مدة طويلة.",
        "ابحث عن رد المستقبِل نفسه في الأحداث الأسبق، واعمل بموجبه.",
    ),
}
