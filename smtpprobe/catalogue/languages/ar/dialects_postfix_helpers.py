"""The wordings of Postfix's helpers in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Postfix: greylisting by Postgrey": (
        "إدراج رمادي من Postgrey",
        "يؤجل Postfix مع Postgrey البريد مرة واحدة من عميل ومُرسِل ومستلم لا يعرفهم، وغالبًا لخمس دقائق.",
        "دع قائمة الانتظار تعيد المحاولة من العنوان نفسه؛ وتفعل خوادم البريد ذلك من تلقاء نفسها.",
    ),
    "Postfix: SPF failure, by a policy service": (
        "فشل SPF، من خدمة سياسات",
        "ترفض خدمة سياسات SPF المرافقة لبرنامج Postfix المُرسِل: فسجل نطاقه لا يذكر هذا العميل.",
        "أضف عنوان العميل إلى سجل SPF لنطاق المُرسِل. أما خادم إعادة التوجيه فيعيد كتابة مُرسِل المغلّف (SRS).",
    ),
    "Postfix: refused by policyd-weight": (
        "رفضه policyd-weight",
        "جمع policyd-weight المرافق لبرنامج Postfix نقاط قوائم الحظر واسم EHLO وسجلات MX للمُرسِل، وكان المجموع سيئًا.",
        "اجعل اسم EHLO وسجل PTR ونطاق المُرسِل متوافقة، والعنوان خارج كل قوائم الحظر.",
    ),
    "Postfix: held by policyd-weight": (
        "أوقفه policyd-weight",
        "يتذكر policyd-weight المرافق لبرنامج Postfix رفضًا قبل دقيقة ولا ينظر من جديد بعد.",
        "انتظر، وأصلح ما سمّاه الرفض الأول.",
    ),
    "Postfix: virus found by amavis": (
        "فيروس وجده amavis",
        "وجد amavis الذي خلف Postfix برمجيات خبيثة في الرسالة.",
        "افحص الحاسوب المُرسِل، وأرسل الملف غير الضار بصيغة أخرى.",
    ),
    "Postfix: attachment banned by amavis": (
        "مرفق منعه amavis",
        "لا يقبل amavis الذي خلف Postfix مرفقات من هذا النوع.",
        "أرسل رابطًا، أو نوعًا آخر من الملفات.",
    ),
    "Postfix: refused by amavis": (
        "رفضه amavis",
        "عدّ amavis الذي خلف Postfix الرسالة بريدًا مزعجًا، أو وجد ترويستها غير سليمة (BAD-HEADER).",
        "افحص الصياغة والروابط والترويسة؛ ويجد مسؤول المستقبِل المعرّف في السجل.",
    ),
    "Postfix: blocked by SpamAssassin": (
        "حجبه SpamAssassin",
        "أعطى SpamAssassin، الذي سُئل عبر milter، الرسالة نقاطًا أكثر مما يمرّره الخادم.",
        "اختبر الرسالة بـ SpamAssassin نفسه؛ وافحص الروابط والصياغة و SPF و DKIM.",
    ),
}
