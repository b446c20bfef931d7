"""The wordings of Barracuda in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Barracuda: address on Barracuda's list": (
        "العنوان في قائمة Barracuda",
        "قائمة السمعة لدى Barracuda تدرج هذا العنوان؛ وتسألها بوابات غيرها أيضًا.",
        "ابحث عن العنوان في barracudacentral.org/lookups، وأنهِ السبب، واطلب الرفع هناك. ويستغرق ذلك نحو نصف يوم.",
    ),
    "Barracuda: no such recipient behind the gateway": (
        "لا مستلم كهذا خلف البوابة",
        "ليس لدى الخادم الواقع خلف بوابة Barracuda مستلم كهذا.",
        "تحقق من الكتابة، ثم احذف العنوان من القائمة.",
    ),
    "Barracuda: blocked by the gateway": (
        "حجبته البوابة",
        "تحجب بوابة Barracuda، أو قائمة المستلم نفسه فيها، الرسالة.",
        "اسأل مسؤول بريد المستلم: فالسبب في سجل رسائل البوابة.",
    ),
    "Barracuda: refused behind the gateway": (
        "رفض خلف البوابة",
        "رفض الخادم الواقع خلف بوابة Barracuda مستلمًا واحدًا على الأقل؛ ورده هو بين القوسين.",
        "اقرأ الرد الذي بين القوسين، واعمل بموجبه.",
    ),
    "Barracuda: licence of the receiver expired": (
        "انتهت رخصة المستقبِل",
        "تركت شركة المستلم رخصة خدمة Barracuda لديها تنتهي، فلم تعد البوابة تمرّر شيئًا.",
        "أخبر المستلم بوسيلة أخرى. وتعيد قائمة الانتظار المحاولة في الأثناء.",
    ),
    "Barracuda: greylisting": (
        "إدراج رمادي",
        "تؤجل Barracuda مرة واحدة البريد من عميل مجهول.",
        "دع قائمة الانتظار تعيد المحاولة من العنوان نفسه بعد تلك المدة.",
    ),
}
