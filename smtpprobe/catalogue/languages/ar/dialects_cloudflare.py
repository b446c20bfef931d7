"""The wordings of Cloudflare's Email Routing in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Cloudflare: destination of the forwarding refused it": (
        "رفضتها وجهة إعادة التوجيه",
        "لا تفعل Cloudflare إلا إعادة التوجيه، والصندوق الذي خلفها رفض الرسالة أو أجّلها؛ ولا تُمرَّر كلماته.",
        "بعد 421 دع قائمة الانتظار تعيد المحاولة. ويفحص المستلم صندوق الوجهة؛ وكثيرًا ما يفشل هناك SPF أو DKIM أو DMARC للمُرسِل بعد إعادة التوجيه.",
    ),
    "Cloudflare: address on blocklists": (
        "العنوان في قوائم حظر",
        "ترفض Cloudflare هذا العنوان لأن قائمة الحظر المذكورة بين القوسين تدرجه.",
        "ابحث عن العنوان في تلك القائمة، وأنهِ السبب، واطلب الرفع هناك.",
    ),
    "Cloudflare: address on a blocklist": (
        "العنوان في قائمة حظر",
        "ترفض Cloudflare هذا العنوان لأن قائمة حظر تدرجه.",
        "ابحث عن العنوان في القائمة التي يسمّيها الرد، واطلب الرفع هناك.",
    ),
    "Cloudflare: destination failed": (
        "فشلت الوجهة",
        "رفض الصندوق الذي تعيد Cloudflare التوجيه إليه الرسالة أو لم يجب.",
        "دع قائمة الانتظار تعيد المحاولة؛ ويفحص المستلم صندوق الوجهة.",
    ),
    "Cloudflare: no such address": (
        "لا عنوان كهذا",
        "لا قاعدة في Email Routing للنطاق لدى Cloudflare تقبل هذا العنوان.",
        "تحقق من الكتابة. ويضيف مالك النطاق العنوان، أو قاعدة جامعة (catch-all).",
    ),
    "Cloudflare: mail not authenticated": (
        "بريد غير مصادَق عليه",
        "لا تعيد Cloudflare توجيه إلا بريد يجتاز SPF أو DKIM، ويجتاز DMARC حيث يطلبه النطاق.",
        "أدرج العنوان المُرسِل في SPF، ووقّع بـ DKIM باسم نطاق From.",
    ),
}
