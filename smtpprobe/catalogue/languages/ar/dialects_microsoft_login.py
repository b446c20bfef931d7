"""The wordings of Microsoft 365, about logins in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365: SMTP AUTH is off in the tenant": (
        "خدمة SMTP AUTH موقوفة في المستأجر",
        "رفض Microsoft 365 تسجيل الدخول لأن SMTP AUTH موقوف في المؤسسة كلها.",
        "اسمح به لهذا الصندوق وحده: Set-CASMailbox USER -SmtpClientAuthenticationDisabled $false. والأفضل استخدام OAuth أو طريق إرسال آخر؛ فكلمات المرور الأساسية في طريقها إلى الزوال.",
    ),
    "Microsoft 365: SMTP AUTH is off for the mailbox": (
        "خدمة SMTP AUTH موقوفة للصندوق",
        "رفض Microsoft 365 تسجيل الدخول لأن SMTP AUTH موقوف في هذا الصندوق.",
        "حدّد Authenticated SMTP تحت تطبيقات البريد للمستخدم، أو نفّذ Set-CASMailbox USER -SmtpClientAuthenticationDisabled $false؛ وانتظر بضع دقائق.",
    ),
    "Microsoft 365: security defaults forbid it": (
        "تمنعه إعدادات الأمان الافتراضية",
        "رفض Microsoft 365 تسجيل الدخول لأن إعدادات الأمان الافتراضية (security defaults) تمنع كلمات المرور عبر SMTP.",
        "استخدم OAuth. والمسؤول المضطر إلى السماح لجهاز يستبدل إعدادات الأمان الافتراضية بقواعد Conditional Access فيها استثناء.",
    ),
    "Microsoft 365: wrong user name or password": (
        "اسم مستخدم أو كلمة مرور خطأ",
        "لا يقبل Microsoft 365 اسم المستخدم هذا مع كلمة المرور هذه.",
        "تحقق من استخدام العنوان الكامل اسمًا للمستخدم. والحساب ذو العوامل المتعددة يحتاج إلى OAuth أو كلمة مرور تطبيق.",
    ),
    "Microsoft 365: a rule forbids the login": (
        "قاعدة تمنع تسجيل الدخول",
        "رفض Microsoft 365 تسجيل الدخول بقاعدة Conditional Access، أو لأن الحساب يحتاج إلى أكثر من كلمة مرور.",
        "يسمّي سجل تسجيلات الدخول في Entra القاعدة. استخدم OAuth، أو اطلب من المسؤول استثناء هذا الحساب.",
    ),
    "Microsoft 365: passwords over SMTP have ended": (
        "انتهى زمن كلمات المرور عبر SMTP",
        "لم تعد Microsoft تقبل هنا كلمات مرور عبر SMTP، بل OAuth فقط.",
        "اجعل البرنامج يسجّل الدخول بـ XOAUTH2، أو أرسل عبر خدمة أخرى (High Volume Email أو Azure Communication Services أو خادم ترحيل لديك مع موصل).",
    ),
    "Microsoft 365: login refused by a policy or for the password": (
        "رُفض الدخول بسياسة أو بسبب كلمة المرور",
        "رفض Microsoft 365 تسجيل الدخول: خدمة SMTP AUTH موقوفة للصندوق أو للمستأجر، أو تمنع ذلك سياسة، أو كلمة المرور خاطئة.",
        "افحص SMTP AUTH للصندوق، ثم سجل تسجيلات الدخول في Entra، ثم كلمة المرور؛ واستخدم OAuth حيث تستطيع.",
    ),
    "Microsoft 365: TLS too old": (
        "إصدار TLS قديم",
        "تحدث العميل TLS 1.0 أو 1.1، ولم يعد Microsoft 365 يقبلهما.",
        "حدّث العميل أو مكتبته إلى TLS 1.2 أو أحدث. وتستطيع الأجهزة القديمة استخدام نقطة الوصول القديمة التي تقدمها Microsoft، أو خادم ترحيل.",
    ),
    "Microsoft 365: mechanism not offered, perhaps for want of TLS": (
        "آلية غير معروضة، ربما لغياب TLS",
        "لا يعرض Microsoft 365 هذه الآلية، أو لا يعرضها قبل STARTTLS.",
        "قارن بسطر AUTH في EHLO بعد STARTTLS: ففيه LOGIN و XOAUTH2.",
    ),
}
