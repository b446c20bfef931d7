"""The wordings of Haraka in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Haraka: empty credentials": (
        "بيانات اعتماد فارغة",
        "تلقى Haraka الأمر AUTH بلا بيانات اعتماد يستطيع قراءتها. وليس الأمر متعلقًا بالآلية.",
        "أرسل الاسم وكلمة المرور بترميز base64.",
    ),
    "Haraka: no plugin takes the recipient": (
        "لا ملحق يقبل المستلم",
        "لا يقبل أي ملحق في خادم Haraka هذا بريدًا للمستلم: النطاق ليس في host_list، أو المستخدم غير معروف.",
        "افحص العنوان و MX النطاق. وللمسؤول: config/host_list أو الملحق الذي يعرف المستخدمين.",
    ),
    "Haraka: bad record of this client": (
        "سجل سيئ لهذا العميل",
        "جمع ملحق karma في Haraka أخطاء هذا العميل ويرفضه.",
        "أصلح اسم EHLO وسجل PTR و SPF والمستلمين الميتين، ثم أرسل مجددًا بعد بضع ساعات.",
    ),
    "Haraka: HELP not there, with a positive code": (
        "لا وجود لأمر HELP، برمز إيجابي",
        "يقول النص لا، ويقول الرمز نعم.",
        "عدّه غياب مساعدة.",
    ),
    "Haraka: VRFY not answered": (
        "لا جواب عن VRFY",
        "لا يبحث Haraka عن العناوين لأجل VRFY.",
        "اختبر بالأمر RCPT.",
    ),
    "Haraka: declared size too big": (
        "الحجم المصرّح به كبير",
        "قيمة SIZE= فوق databytes؛ ويقول غيره 552.",
        "أرسل أقل.",
    ),
    "Haraka: bare line feed": (
        "محرف LF منفرد",
        "في الرسالة LF دون CR، فقطع Haraka الاتصال. والخانة 4 مضللة: فالحال باقية.",
        "اجعل برنامج الإرسال يكتب CR LF.",
    ),
    "Haraka: unknown verb": (
        "أمر مجهول",
        "لا يعرف هذا الأمر أي ملحق ولا أي جزء من النواة. ويجيب AUTH و STARTTLS هكذا دون ملحقهما.",
        "انظر إلى EHLO.",
    ),
    "Haraka: line too long": (
        "سطر طويل",
        "كان أمر أطول من max_line_length، فيغلق Haraka.",
        "قصّر السطر إلى 512 بايت.",
    ),
    "Haraka: sender's domain without MX or address": (
        "نطاق المُرسِل بلا MX وبلا عنوان",
        "لم يجد Haraka خادم بريد لنطاق المُرسِل، فلا يمكن تسليم رسالة ارتداد إليه.",
        "انشر سجل MX يقود إلى مضيف، أو استخدم مُرسِلًا آخر.",
    ),
    "Haraka: DNS did not answer": (
        "لم يجب DNS",
        "لم يستطع Haraka الاستعلام عن نطاق المُرسِل في هذه اللحظة.",
        "تأكد من أن خوادم النطاق تجيب. وتعيد قائمة الانتظار المحاولة.",
    ),
    "Haraka: spoke before the greeting": (
        "تكلم قبل التحية",
        "أرسل العميل أول أوامره قبل تحية Haraka.",
        "اجعل العميل ينتظر التحية.",
    ),
    "Haraka: mail loop": (
        "حلقة بريد",
        "تحمل الرسالة حقول Received كثيرة: فهي تدور في حلقة.",
        "اكسر حلقة إعادة التوجيه.",
    ),
}
