"""The wordings of Symantec in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Symantec: relaying refused": (
        "الترحيل مرفوض",
        "نطاق المستلم ليس عميلًا لخدمة Symantec، أو لا يجوز لهذا العنوان الإرسال باسم أحد عملائها.",
        "افحص سجلات MX لنطاق المستلم. ويضيف العميل العنوان إلى مساراته الصادرة.",
    ),
    "Symantec: content filtered": (
        "رُشّح المحتوى",
        "عدّ مرشّح Symantec الرسالة بريدًا مزعجًا أو برمجيات خبيثة.",
        "اسأل مسؤول بريد المستلم عن القاعدة، واستخدم الصفحة المذكورة في الرد للإبلاغ عن خطأ.",
    ),
    "Symantec: sender on the list of bad ones": (
        "المُرسِل في قائمة السيئين",
        "لم تعد خدمة Symantec تقبل بريدًا من هذا المُرسِل، غالبًا لأنه أرسل بريدًا مزعجًا.",
        "أمّن الحساب، ثم اجعل مسؤول العميل يخاطب دعم Symantec.",
    ),
    "Symantec: connection refused by policy": (
        "رُفض الاتصال بسياسة",
        "تعطي خدمة Symantec هذا العنوان سمعة سيئة.",
        "ابحث عن العنوان في ipremoval.sms.symantec.com واطلب الرفع هناك.",
    ),
    "Symantec: sender not allowed from this address": (
        "المُرسِل غير مسموح به من هذا العنوان",
        "نطاق المُرسِل لدى العميل، أو العنوان الذي يرسل منه، غير مسجّل لدى خدمة Symantec.",
        "يضيف مسؤول العميل النطاق والعنوان إلى المسارات الصادرة.",
    ),
    "Symantec: login wanted": (
        "مطلوب تسجيل دخول",
        "لا تقبل خدمة Symantec، أو الخادم الذي خلفها، هذا البريد إلا بعد تسجيل دخول.",
        "شغّل مصادقة SMTP في برنامج البريد، أو صحّح المسار.",
    ),
    "Symantec: sender domain fails SPF or DMARC": (
        "نطاق المُرسِل يفشل في SPF أو DMARC",
        "ترفض خدمة Symantec المُرسِل لأن SPF أو DMARC فشل لنطاقه.",
        "أدرج العنوان المُرسِل في SPF، ووقّع بـ DKIM.",
    ),
    "Symantec: sender blocked by the recipient": (
        "المُرسِل محظور من المستلم",
        "لدى شركة المستلم هذا المُرسِل أو العنوان في قائمتها في خدمة Symantec.",
        "اطلب من المستلم بوسيلة أخرى إضافة سطر إلى المُرسِلين المعتمدين.",
    ),
    "Symantec: address on the Spamhaus PBL": (
        "العنوان مدرج في Spamhaus PBL",
        "ترفض خدمة Symantec هذا العنوان لأن Spamhaus تعدّه من العناوين التي لا ينبغي أن ترسل بريدًا بنفسها.",
        "أرسل عبر خادم مزوّدك، أو اطلب رفع العنوان الثابت في check.spamhaus.org.",
    ),
    "Symantec: bare line feeds": (
        "محارف LF مجردة",
        "وجدت خدمة Symantec في الرسالة LF دون CR.",
        "أنهِ كل سطر بـ CR LF؛ والسبب المعتاد برنامج نصي أو جهاز يكتب البريد بنفسه.",
    ),
    "Symantec: TLS wanted": (
        "مطلوب استخدام TLS",
        "لا يقبل عميل خدمة Symantec هذا البريد إلا عبر TLS.",
        "شغّل STARTTLS في الخادم المُرسِل.",
    ),
    "Symantec: no such recipient": (
        "لا مستلم كهذا",
        "ليس لدى عميل خدمة Symantec عنوان كهذا في قائمته.",
        "تحقق من الكتابة. ويحدّث مسؤول بريد المستلم قائمة العناوين.",
    ),
    "Symantec: too many messages": (
        "رسائل كثيرة",
        "تتلقى خدمة Symantec من هذا العميل أكثر مما تقبله دفعة واحدة.",
        "دع قائمة الانتظار تعيد المحاولة أبطأ.",
    ),
}
