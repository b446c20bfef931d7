"""The wordings of Proofpoint in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Proofpoint: address with a bad reputation": (
        "عنوان سيئ السمعة",
        "تحظر خدمة السمعة لدى Proofpoint هذا العنوان؛ ويرفض البريد كل من يستخدمها، ومنهم Apple.",
        "افتح الرابط في الرد، وأنهِ السبب، واطلب الرفع بالنموذج هناك.",
    ),
    "Proofpoint: address on Proofpoint's list": (
        "العنوان في قائمة Proofpoint",
        "قائمة السمعة لدى Proofpoint نفسها تدرج هذا العنوان.",
        "ابحث عن العنوان في ipcheck.proofpoint.com واطلب الرفع بعد زوال السبب.",
    ),
    "Proofpoint: address on Cloudmark's list": (
        "العنوان في قائمة Cloudmark",
        "ترفض Proofpoint هذا العنوان لأن Cloudmark، وهي جزء منها، تعطيه سمعة سيئة.",
        "اطلب إعادة الضبط في csi.cloudmark.com بعد زوال السبب.",
    ),
    "Proofpoint: recipient check not finished": (
        "لم ينته فحص المستلم",
        "ما زالت Proofpoint تسأل الخادم الذي خلفها هل المستلم موجود.",
        "دع قائمة الانتظار تعيد المحاولة بعد بضع دقائق.",
    ),
    "Proofpoint: rule of the recipient's company": (
        "قاعدة لدى شركة المستلم",
        "قاعدة وضعتها شركة المستلم في Proofpoint ترفض الرسالة.",
        "اسأل مسؤول بريد المستلم: فالقاعدة والسبب في سجل Proofpoint.",
    ),
    "Proofpoint: no such user": (
        "لا مستخدم كهذا",
        "ليس في دليل Proofpoint لشركة المستلم عنوان كهذا.",
        "تحقق من الكتابة. ويرى مسؤول بريد المستلم هل الدليل محدّث.",
    ),
}
