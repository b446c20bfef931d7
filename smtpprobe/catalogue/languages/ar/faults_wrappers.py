"""Failures without a reply in Arabic: libraries that hide the reply."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault not tried: earlier attempts failed": (
        "لم يحاول الخادم المُرسِل مجددًا لهذا البريد، لأن محاولات إلى الوجهة نفسها فشلت للتو.",
        "بينما تكون وجهة متوقفة أو ترفض: فتنتظر قائمة الانتظار قبل أن تسأل من جديد.",
        "ابحث في السجل عن أول فشل لتلك الوجهة؛ ففيه السبب. وبعد إصلاحه يحاول `postqueue -f` أو `exim -qff` فورًا.",
    ),
    "fault the client could not connect": (
        "لم يصل العميل إلى خادم البريد؛ وهذا النص لا يقول لماذا.",
        "مع مضيف أو منفذ خاطئ، أو جدار ناري، أو شركة استضافة تحجب البريد الصادر، أو وضع TLS لا يناسب المنفذ.",
        "شغّل مخرجات التنقيح في المكتبة (في PHPMailer الإعداد `SMTPDebug = 2`، أو `mail.debug=true`)، ومن الجهاز نفسه شغّل `smtpprobe probe HOST:587`: فهو يقول عند أي خطوة يفشل.",
    ),
    "fault message not accepted": (
        "تقول المكتبة إن البريد لم يُقبل، وتُغفل رد الخادم.",
        "بعد أي رفض من الخادم: للمُرسِل أو المستلم أو المحتوى أو تسجيل الدخول.",
        "ابحث عن الرد: فهو في الأسطر المحيطة، أو في الاستثناء الداخلي، أو في مخرجات التنقيح للمكتبة (في PHPMailer الإعداد `SMTPDebug = 2`، وفي nodemailer الإعداد `debug: true`، أو `mail.debug=true`). ثم أعط ذلك الرد للأمر `smtpprobe explain`.",
    ),
}
