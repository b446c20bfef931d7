"""The wordings of Exim, where an ACL or a router refuses in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exim: VRFY not answered": (
        "لا جواب عن VRFY",
        "لا تسمح أي ACL بالأمر VRFY، فلا يقول Exim نعم ولا لا. وعلى الرغم من كلماته هو رد إيجابي.",
        "لا يوجد خلل، ولم يُكشف شيء.",
    ),
    "Exim: command not allowed": (
        "أمر غير مسموح به",
        "لا تسمح أي ACL بهذا الأمر (acl_smtp_expn و acl_smtp_vrfy و acl_smtp_etrn).",
        "هكذا ينبغي أن يكون على خادم عام.",
    ),
    "Exim: refused by an ACL without a reason": (
        "رفضته ACL بلا سبب",
        "رفضت ACL ولم تعط رسالة من عندها. ويسمّي سجل الرفض ACL والشرط.",
        "اسأل مسؤول هذا الخادم، واذكر الوقت والعنوان المُرسِل.",
    ),
    "Exim: not a domain of this server": (
        "ليس نطاقًا لهذا الخادم",
        "نطاق المستلم ليس محليًا ولا مرحَّلًا هنا، وهذا العميل لم يسجّل الدخول.",
        "سجّل الدخول، أو استخدم MX الخاص بالمستلم. وللمسؤول: local_domains و relay_to_domains.",
    ),
    "Exim: no router takes the address": (
        "لا قاعدة توجيه تقبل العنوان",
        "لا تقبل أي قاعدة توجيه في هذا الخادم العنوان: مستخدم محلي مجهول، أو نطاق بلا سجلات MX وعنوان.",
        "تحقق من الكتابة. وللمسؤول: يبيّن exim -bt ADDRESS أجوبة قواعد التوجيه.",
    ),
    "Exim: sender could not be verified": (
        "تعذّر التحقق من المُرسِل",
        "لم يجد Exim طريقًا يعود إلى عنوان المُرسِل، أو سأل خادمه فقيل له إن الصندوق غير موجود.",
        "استخدم عنوان مُرسِل موجودًا يقبل MX فيه بريدًا من <>.",
    ),
    "Exim: greylisting": (
        "إدراج رمادي",
        "تؤجل ACL المُرسِلين المجهولين مرة واحدة.",
        "أعد المحاولة من العنوان نفسه بعد بضع دقائق؛ وتفعل خوادم البريد ذلك من تلقاء نفسها.",
    ),
    "Exim: error inside an ACL or lookup": (
        "خطأ داخل ACL أو استعلام",
        "فشل توسيع (expansion) أو استعلام بينما كان Exim يعدّ جوابه.",
        "للمسؤول: السجل الرئيسي وسجل panic يسمّيانه.",
    ),
}
