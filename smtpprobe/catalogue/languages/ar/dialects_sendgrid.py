"""The wordings of SendGrid in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "SendGrid: login missing or wrong": (
        "تسجيل الدخول غائب أو خاطئ",
        "لا تقبل SendGrid البريد إلا بعد تسجيل دخول، ولم يحدث، أو فشل.",
        "سجّل الدخول باسم المستخدم apikey وبمفتاح API يجوز له إرسال البريد.",
    ),
    "SendGrid: sender not verified": (
        "مُرسِل غير موثّق",
        "عنوان From ليس مُرسِلًا وثّقه حساب SendGrid هذا؛ والرقم 403 من واجهة API للويب لديها.",
        "وثّق العنوان كمُرسِل منفرد (single sender)، أو صادق على نطاقه، في إعدادات الحساب.",
    ),
    "SendGrid: credits used up": (
        "نفد الرصيد",
        "استُنفد بريد الحساب لهذا اليوم أو الشهر لدى SendGrid؛ ويُقال ذلك عند تسجيل الدخول.",
        "انتظر الفترة الجديدة، أو خذ خطة أكبر.",
    ),
    "SendGrid: key invalid or revoked": (
        "المفتاح غير صالح أو ملغى",
        "لم تعد SendGrid تعرف مفتاح API.",
        "أنشئ مفتاحًا جديدًا يجوز له إرسال البريد، واستخدمه كلمة مرور مع اسم المستخدم apikey.",
    ),
    "SendGrid: credentials wrong": (
        "بيانات اعتماد خاطئة",
        "لم تقبل SendGrid اسم المستخدم وكلمة المرور.",
        "اسم المستخدم هو الكلمة apikey، وكلمة المرور مفتاح API؛ ولا تعمل كلمات مرور الحساب.",
    ),
}
