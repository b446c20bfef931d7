"""The wordings of aiosmtpd in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "aiosmtpd: unknown MAIL or RCPT parameter": (
        "معامل MAIL أو RCPT مجهول",
        "لا يقبل aiosmtpd، أو خطاف في البرنامج المبني عليه، هذا المعامل.",
        "احذفه.",
    ),
    "aiosmtpd: BODY value unknown": (
        "قيمة BODY مجهولة",
        "يجب أن تكون BODY= إما 7BIT وإما 8BITMIME؛ ولا وجود لقيمة BINARYMIME.",
        "رمّز الرسالة، أو أرسلها بصيغة 8BITMIME.",
    ),
    "aiosmtpd: AUTH before STARTTLS": (
        "أمر AUTH قبل STARTTLS",
        "الإعداد auth_require_tls مفعّل (وهو الافتراضي)، والاتصال دون تشفير.",
        "أرسل STARTTLS أولًا ثم AUTH. وحيث لا يكون للخادم سياق TLS لا يمكن تسجيل الدخول.",
    ),
    "aiosmtpd: hung up after the fifth unknown verb": (
        "قُطع الاتصال بعد الأمر المجهول الخامس",
        "الأمر المجهول الخامس ينهي الاتصال، ويحل هذا الرد محل الرد 500 عليه.",
        "عُدّ الأوامر المجهولة: فأربعة منها مسموحة.",
    ),
    "aiosmtpd: unknown verb": (
        "أمر مجهول",
        "لا معالج لهذا الأمر. ويُجاب عن AUTH كذلك قبل EHLO أو بعد HELO.",
        "افحص الأمر؛ وأرسل EHLO قبل AUTH.",
    ),
    "aiosmtpd: no TLS configured": (
        "لم يُضبط TLS",
        "شُغّل البرنامج دون tls_context، فهذا دائم على الرغم من الخانة 4.",
        "على كاتبه تمرير سياق SSL.",
    ),
    "aiosmtpd: declared size too big": (
        "الحجم المصرّح به كبير",
        "قيمة SIZE= فوق data_size_limit.",
        "أرسل أقل، أو ارفع الحد في البرنامج.",
    ),
    "aiosmtpd: VRFY not answered": (
        "لا جواب عن VRFY",
        "دون خطاف خاص يقبل البرنامج أي عنوان سليم الصياغة.",
        "لا يقول هذا شيئًا عن صندوق بريد.",
    ),
    "aiosmtpd: one verb repeated too often": (
        "أمر واحد كُرر كثيرًا",
        "الإعداد command_call_limit مضبوط، وقد استنفد هذا الأمر حصته.",
        "افتح اتصالًا جديدًا.",
    ),
    "aiosmtpd: mechanism unknown": (
        "آلية مجهولة",
        "ليس في البرنامج دالة auth_ لهذه الآلية.",
        "خذ آلية من EHLO.",
    ),
    "aiosmtpd: EXPN left out": (
        "أمر EXPN متروك",
        "يعرف aiosmtpd الأمر EXPN ولا ينفّذه أبدًا.",
        "لا تتوقع منه غير ذلك.",
    ),
    "aiosmtpd: syntax error; the reply shows the right form": (
        "خطأ صياغة؛ والرد يبيّن الصيغة الصحيحة",
        "ما يتبع الأمر ناقص أو زائد أو تتعذر قراءته.",
        "اتبع الصيغة الواردة في الرد.",
    ),
}
