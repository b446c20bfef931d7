"""The wordings of Microsoft 365, about authentication and recipients in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365: bulk sender not authenticated": (
        "مُرسِل بريد جماعي بلا مصادقة",
        "رفض Outlook.com الرسالة: على النطاق الذي يرسل أكثر من 5,000 في اليوم أن يجتاز SPF و DKIM و DMARC، وهذا لم يجتز.",
        "انشر سجل DMARC، وتكفي القيمة p=none، واجعل SPF و DKIM ينجحان كلاهما، وأن يكون واحد منهما على الأقل في نطاق From. ويقول الرد أو رسالة الارتداد أيها فشل.",
    ),
    "Microsoft 365: DMARC policy of the sender's domain": (
        "سياسة DMARC لنطاق المُرسِل",
        "رفض Microsoft 365 الرسالة لأن سياسة DMARC لنطاق From نفسه تطلب ذلك: لم ينجح SPF ولا DKIM باسمه.",
        "وقّع بـ DKIM في نطاق From، أو أرسل عبر خوادمه. ويحتفظ البريد المعاد توجيهه بتوقيع DKIM ما لم يغيّره شيء.",
    ),
    "Microsoft 365: SPF fails at the destination": (
        "يفشل SPF عند الوجهة",
        "رفض خادم الوجهة ما سلّمه Microsoft 365 لأن SPF فشل لنطاق المُرسِل.",
        "أضف include:spf.protection.outlook.com، وكل خدمة أخرى ترسل باسم النطاق، إلى سجل SPF الوحيد له.",
    ),
    "Microsoft 365: SPF record allows nobody": (
        "سجل SPF لا يسمح لأحد",
        "رفض Outlook.com الرسالة: ينشر نطاق المُرسِل سجلًا لا يسمح بأي عنوان أصلًا.",
        "استبدل v=spf1 -all بسجل يذكر المُرسِلين، وأمهله يومين لينتشر.",
    ),
    "Microsoft 365: IPv6 without authentication": (
        "عنوان IPv6 بلا مصادقة",
        "عبر IPv6 لا يقبل Microsoft 365 إلا بريدًا يجتاز SPF أو DKIM.",
        "انشر SPF لعنوان IPv6 أو وقّع بـ DKIM؛ وإلى ذلك الحين أرسل عبر IPv4.",
    ),
    "Microsoft 365: IPv6 without a reverse record": (
        "عنوان IPv6 بلا سجل عكسي",
        "عبر IPv6 لا يقبل Microsoft 365 بريدًا إلا من عناوين لها سجل PTR.",
        "اطلب من مالك نطاق العناوين ضبطه؛ وإلى ذلك الحين أرسل عبر IPv4.",
    ),
    "Microsoft 365: recipient takes no mail over IPv6": (
        "المستلم لا يقبل بريدًا عبر IPv6",
        "لم يطلب نطاق المستلم من Microsoft 365 قبول بريد مجهول عبر IPv6.",
        "أرسل عبر IPv4؛ وتنتقل خوادم البريد إليه من تلقاء نفسها حين تكون لخادم MX عناوين IPv4 أيضًا.",
    ),
    "Microsoft 365: From missing or malformed": (
        "حقل From مفقود أو غير سليم",
        "رفض Microsoft 365 الرسالة: ليس في ترويسة From عنوان صالح.",
        "اجعل برنامج الإرسال يكتب From بعنوان واحد بين قوسين زاويين. ويرى المسؤولون في Exchange Online الشيء نفسه لبريد يرسله جهاز بحقل From فارغ.",
    ),
    "Microsoft 365: several From addresses without Sender": (
        "عدة عناوين From بلا Sender",
        "في ترويسة From عدة عناوين، ولا ترويسة Sender تقول من أرسلها (RFC 5322 3.6.2).",
        "ضع في From عنوانًا واحدًا، أو أضف Sender.",
    ),
    "Microsoft 365: no such user here (directory-based edge blocking)": (
        "لا مستخدم كهذا هنا (directory-based edge blocking)",
        "ليس في دليل المستأجر مستلم كهذا، أو لم يُعدّ النطاق في هذا المستأجر. والكلمات عن الوصول مضللة.",
        "افحص العنوان. وللمسؤول: انظر هل المستلم متزامن وهل نوع النطاق Authoritative.",
    ),
    "Microsoft 365: none of the recipients exists": (
        "لا أحد من المستلمين موجود",
        "لا يعرف Microsoft 365 أيًّا من مستلمي هذه المعاملة. والكلمات عن الوصول مضللة.",
        "افحص العناوين. وللمسؤول: انظر هل المستلمون متزامنون وهل نوع النطاق Authoritative.",
    ),
    "Microsoft 365: banned recipient": (
        "مستلم ممنوع",
        "لم يعد Microsoft 365 يسلّم إلى هذا المستلم.",
        "افحص العنوان؛ فإن كان صحيحًا فعلى مسؤول بريد المستلم أن يخاطب دعم Microsoft.",
    ),
    "Microsoft 365: too many to one recipient": (
        "رسائل أكثر من اللازم إلى مستلم واحد",
        "يكتب مُرسِل واحد إلى هذا الصندوق في الساعة أكثر مما يسمح به Exchange Online.",
        "أرسل رسائل أقل: اجمع التنبيهات في رسالة واحدة، أو وزّعها على ساعات.",
    ),
    "Microsoft 365: recipient gets too much mail": (
        "يتلقى المستلم بريدًا أكثر من اللازم",
        "يملأ المُرسِلون جميعًا هذا الصندوق في الساعة أسرع مما يسمح به Exchange Online.",
        "انتظر الساعة التالية. وإن كان الفيض منك فأوقفه؛ وإلا فيبحث مسؤول بريد المستلم عن عاصفة بريد.",
    ),
    "Microsoft 365: group takes mail from some senders only": (
        "المجموعة تقبل البريد من مُرسِلين محددين فقط",
        "المستلم مجموعة، وليس المُرسِل ممن يجوز لهم الكتابة إليها.",
        "اطلب من مالك المجموعة السماح للمُرسِلين الخارجيين أو إضافة هذا المُرسِل.",
    ),
    "Microsoft 365: recipient takes internal mail only": (
        "المستلم يقبل البريد الداخلي فقط",
        "لا يقبل المستلم بريدًا إلا من أشخاص في مؤسسته نفسها سجّلوا الدخول.",
        "اطلب من مسؤول بريد المستلم قبول المُرسِلين الخارجيين. وبريد مؤسستك أنت يجب أن يأتي بتسجيل دخول أو عبر موصل.",
    ),
    "Microsoft 365: no such Outlook.com mailbox": (
        "لا يوجد صندوق بريد كهذا في Outlook.com",
        "لا يوجد صندوق كهذا في Outlook.com أو Hotmail أو Live أو MSN، أو هو مغلق.",
        "تحقق من الكتابة مع المستلم، واحذف العنوان من القوائم.",
    ),
    "Microsoft 365: domain is not served here": (
        "النطاق لا يُخدم هنا",
        "لا يخدم هذا الخادم من Microsoft 365 نطاق المستلم.",
        "تأكد من أن سجل MX هو ما يعرضه مركز إدارة المستأجر، وأن النطاق مقبول هناك (accepted domain).",
    ),
    "Microsoft 365: too many recipients": (
        "عدد المستلمين كبير",
        "كان لمعاملة واحدة مستلمون أكثر مما يقبله Microsoft 365 دفعة واحدة.",
        "يرسل خادم البريد البقية من تلقاء نفسه؛ وتقسّم البرامج الأخرى القائمة.",
    ),
}
