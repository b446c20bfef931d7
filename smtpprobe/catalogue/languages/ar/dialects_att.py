"""The wordings of AT&T in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "AT&T: address on AT&T's own list": (
        "العنوان في قائمة AT&T نفسها",
        "ترفض AT&T البريد من هذا العنوان لأن قائمة الحظر لديها تدرجه؛ والرقم 521 هناك جزء من النص وليس رمز رد.",
        "أوقف السبب، ثم أعد توجيه الرد كاملًا إلى abuse_rbl@abuse-att.net.",
    ),
    "AT&T: reverse DNS missing or wrong": (
        "سجل DNS العكسي مفقود أو خاطئ",
        "ترفض AT&T هذا العنوان لأن سجل PTR له مفقود أو لا يعود إليه.",
        "اضبط سجل PTR يكون لاسمه سجل عنوان يعود إلى هذا العنوان.",
    ),
    "AT&T: no such mailbox, on the old servers": (
        "لا صندوق كهذا، في الخوادم القديمة",
        "ليس في دليل AT&T مضيف بريد لهذا العنوان: فالصندوق لم يعد موجودًا.",
        "احذف العنوان من القائمة.",
    ),
    "AT&T: no such mailbox": (
        "لا صندوق بريد كهذا",
        "لا تعرف AT&T صندوقًا بهذا الاسم.",
        "احذف العنوان من القائمة.",
    ),
    "AT&T: message refused by the acceptable use policy": (
        "رُفضت الرسالة بسياسة الاستخدام المقبول",
        "ترفض AT&T المُرسِل أو الرسالة بسياسة الاستخدام المقبول لديها؛ وأكثر من يقول ذلك بوابتها من البريد إلى الرسائل النصية.",
        "أرسل الرسائل النصية عبر مزوّد مسجّل لها. وللبريد اكتب إلى abuse_rbl@abuse-att.net.",
    ),
}
