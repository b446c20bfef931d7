"""The wordings of chasquid in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "chasquid: hung up at the third error": (
        "قُطع الاتصال عند الخطأ الثالث",
        "يجيب chasquid عن ثالث خطأ في الاتصال بالرد 421 هذا مكان الرد الحقيقي. ويبقى خطأ ذلك الأمر غير مذكور.",
        "اسأل مجددًا على اتصال جديد ووحده.",
    ),
    "chasquid: EHLO without a name": (
        "أمر EHLO بلا اسم",
        "سطر من لعبة NetHack لاسم مضيف ناقص.",
        "أرسل EHLO باسم مضيفك.",
    ),
    "chasquid: AUTH outside TLS": (
        "أمر AUTH خارج TLS",
        "لا يُعرض AUTH إلا داخل TLS.",
        "أرسل STARTTLS ثم EHLO ثم AUTH.",
    ),
    "chasquid: VRFY and EXPN left out on purpose": (
        "أمرا VRFY و EXPN متروكان عمدًا",
        "معنى المزحة: غير منفّذ.",
        "هكذا يُراد للخادم أن يكون.",
    ),
    "chasquid: not a domain of this server": (
        "ليس نطاقًا لهذا الخادم",
        "يقوم 503 مقام ما يسمّيه غيره 550 أو 554: النطاق ليس محليًا ولم يسجّل أحد الدخول. والترتيب صحيح.",
        "سجّل الدخول على منفذ الإرسال، أو استخدم MX الصحيح.",
    ),
    "chasquid: mechanism unknown": (
        "آلية مجهولة",
        "في chasquid الآلية PLAIN، وفي الإصدارات الأحدث LOGIN. ومعنى 534 لديه أن الآلية غير معروفة، لا أنها ضعيفة.",
        "استخدم PLAIN.",
    ),
    "chasquid: no such user": (
        "لا مستخدم كهذا",
        "لا يوجد في النطاق مستخدم ولا اسم مستعار بهذا الاسم.",
        "قارن العنوان حرفًا حرفًا.",
    ),
    "chasquid: SPF says no": (
        "رفض من SPF",
        "يمنع نطاق المُرسِل هذا العنوان في سجل SPF لديه (-all).",
        "أرسل من مضيف يذكره السجل، أو أضف هذا المضيف.",
    ),
    "chasquid: TLS was used before and is missing now": (
        "كان TLS مستخدمًا وهو غائب الآن",
        "يتذكر chasquid أن هذا النطاق استخدم TLS ويرفض الرجوع إلى نص غير مشفّر.",
        "أرسل مع TLS من جديد. وإن كان التغيير مقصودًا فيحذف المسؤول سطر النطاق.",
    ),
    "chasquid: login required on the submission port": (
        "تسجيل الدخول إلزامي على منفذ الإرسال",
        "لا يقبل chasquid البريد على هذا المنفذ إلا بعد تسجيل دخول.",
        "سجّل الدخول بـ AUTH PLAIN داخل TLS؛ أما البريد بين الخوادم فيذهب إلى المنفذ 25.",
    ),
    "chasquid: line endings broken": (
        "نهايات أسطر معطوبة",
        "سطر من الرسالة ينتهي بـ LF أو CR وحده، وقد يهرّب ذلك رسالة ثانية؛ فيقطع chasquid الاتصال.",
        "أنهِ كل سطر بـ CR LF.",
    ),
    "chasquid: message too big": (
        "رسالة كبيرة",
        "الرسالة فوق max_data_size_mb.",
        "أرسل رابطًا مكان الملف.",
    ),
    "chasquid: recipients of one message used up": (
        "استُنفد عدد المستلمين في الرسالة",
        "يقبل chasquid من المستلمين 100 دفعة واحدة.",
        "أرسل إلى البقية في معاملة أخرى؛ وتفعل خوادم البريد ذلك من تلقاء نفسها.",
    ),
    "chasquid: directory out of order": (
        "الدليل معطّل",
        "لم يستطع chasquid أن يسأل قاعدة مستخدميه أو خطافه عن المستلم.",
        "تعيد قائمة الانتظار المحاولة. وللمسؤول: انظر في dovecot أو في خطاف الأسماء المستعارة.",
    ),
    "chasquid: address not readable": (
        "تتعذر قراءة العنوان",
        "لم يستطع chasquid قراءة العنوان، أو لا يمكن تحويل نطاقه إلى ASCII.",
        "أعط عنوانًا كاملًا لا يزيد على 256 محرفًا بين قوسين زاويين.",
    ),
    "chasquid: message not readable": (
        "تتعذر قراءة الرسالة",
        "لم يستطع chasquid قراءة ترويسة الرسالة.",
        "تأكد من أن حقول الترويسة تأتي أولًا وبعدها سطر فارغ.",
    ),
}
