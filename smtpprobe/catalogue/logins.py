"""What each provider wants from whoever submits mail through it: which user name, which secret, where it is made.

Data and one look-up. What a provider's replies mean stands in dialects/; here stands what the right login is.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from smtpprobe.catalogue import providers


class LoginEntry(Struct, frozen=True):
    """One provider's login over SMTP.

    ``user`` and ``secret`` fit into "Log in as …, with …." ``steps`` lead to the secret; ``token_steps`` are for those
    who log in with OAuth.
    """

    provider: str
    user: str
    secret: str
    steps: tuple[str, ...]
    token_steps: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


LOGINS: Final[tuple[LoginEntry, ...]] = (
    LoginEntry(
        provider="Gmail",
        user="the full address",
        secret="an app password of 16 letters, never the account's own password",
        steps=(
            "Switch on 2-Step Verification at https://myaccount.google.com/security; without it there are no app passwords.",
            "Make an app password at https://myaccount.google.com/apppasswords and enter its 16 letters without spaces.",
            "In Google Workspace the admin may forbid app passwords: then log in with OAuth (XOAUTH2), or send through the SMTP relay service.",
        ),
        token_steps=(
            "Ask for the scope https://mail.google.com/; gmail.send alone is not enough for SMTP.",
            "A service account needs domain-wide delegation, and a token made for the user that logs in.",
        ),
        references=("Google Account Help: Sign in with app passwords", "Google: XOAUTH2 protocol"),
    ),
    LoginEntry(
        provider="Microsoft 365",
        user="the full address (the user principal name)",
        secret="OAuth (XOAUTH2); passwords over SMTP are being switched off, and are gone for Outlook.com",
        steps=(
            "Microsoft 365 admin center: Users, Active users, the user, Mail, Manage email apps, tick Authenticated SMTP. In PowerShell: Set-CASMailbox -Identity USER -SmtpClientAuthenticationDisabled $false.",
            "See whether the whole tenant has it off: Get-TransportConfig | Format-List SmtpClientAuthenticationDisabled. The setting of a mailbox overrides it.",
            "Look into the sign-in log of this user in Microsoft Entra (client app: Authenticated SMTP): security defaults or a Conditional Access rule forbid passwords there.",
            "For a device or a program that cannot do OAuth: High Volume Email, Azure Communication Services, or a connector for your address.",
        ),
        token_steps=(
            "A user's token needs the scope https://outlook.office.com/SMTP.Send, a program's own the permission SMTP.SendAsApp with admin consent and a service principal in Exchange Online (New-ServicePrincipal, Add-MailboxPermission).",
            "SMTP AUTH must be on for the mailbox with a token too: Set-CASMailbox -Identity USER -SmtpClientAuthenticationDisabled $false.",
        ),
        references=("Microsoft Learn: Authenticated client SMTP submission", "Microsoft: OAuth for IMAP, POP and SMTP"),
    ),
    LoginEntry(
        provider="Yahoo",
        user="the full address",
        secret="an app password, never the account's own password",
        steps=(
            "Open https://login.yahoo.com/account/security (AOL: https://login.aol.com/account/security), choose Generate app password, and enter it without spaces.",
        ),
        references=("Yahoo Help: Generate and manage third-party app passwords",),
    ),
    LoginEntry(
        provider="Apple iCloud",
        user="the full iCloud address, not an alias",
        secret="an app-specific password, never that of the Apple Account",
        steps=(
            "Open https://account.apple.com, Sign-In and Security, App-Specific Passwords, and make one; it needs two-factor authentication.",
        ),
        references=("Apple Support: Sign in to apps with your Apple Account using app-specific passwords",),
    ),
    LoginEntry(
        provider="Zoho",
        user="the full address",
        secret="the password, or an app password where two-factor login is on",
        steps=(
            "With two-factor login: https://accounts.zoho.com, Security, App Passwords. An account of another data centre has its own site (accounts.zoho.eu, accounts.zoho.in).",
            "Use the host of your account: smtp.zoho.com for personal ones, smtppro.zoho.com for those with a domain of their own, with the ending of your data centre.",
        ),
        references=("Zoho Mail Help: SMTP access",),
    ),
    LoginEntry(
        provider="Fastmail",
        user="the full address of the account, not an alias",
        secret="an app password, never the account's own password",
        steps=(
            "Fastmail: Settings, Privacy & Security, Manage app passwords and access, New app password, with access to SMTP.",
            "The Basic plan has no access for mail programs.",
        ),
        references=("Fastmail Help: App passwords",),
    ),
    LoginEntry(
        provider="GMX",
        user="the full address",
        secret="the password, or an application password where two-factor login is on",
        steps=(
            "Allow mail programs in the web mailbox: E-Mail, Settings, POP3 & IMAP, Send and receive mail through an external program. It is off at first, and again after long disuse.",
            "With two-factor login make an application password: My account, Security options.",
        ),
        references=("GMX Help: Activating POP3 and IMAP",),
    ),
    LoginEntry(
        provider="T-Online",
        user="the full address",
        secret="the password for mail programs, which is not that of the login in the browser",
        steps=("Set it in the customer centre of T-Online: Passwords, Password for e-mail programs.",),
        references=("Telekom: Passwort für E-Mail-Programme",),
    ),
    LoginEntry(
        provider="Amazon SES",
        user="the SMTP user name that SES made (it looks like an access key: AKIA…)",
        secret="the SMTP password that came with it; an IAM secret key is another thing and does not work",
        steps=(
            "SES console of the endpoint's own region: SMTP settings, Create SMTP credentials. They hold for one region only.",
            "The IAM user behind them needs ses:SendRawEmail; temporary keys (ASIA…) cannot be used.",
        ),
        references=("docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",),
    ),
    LoginEntry(
        provider="SendGrid",
        user="apikey, literally this word",
        secret="an API key (it begins with SG.)",
        steps=(
            "Make one in SendGrid: Settings, API Keys, with the permission Mail Send.",
            "Where IP access management is on, this machine's address must be on its list.",
        ),
        references=("docs.sendgrid.com: SMTP errors and troubleshooting",),
    ),
    LoginEntry(
        provider="Mailgun",
        user="the SMTP login of the sending domain (postmaster@mg.example.com)",
        secret="its SMTP password; an API key does not work",
        steps=(
            "Mailgun: Sending, Domain settings, SMTP credentials, Reset password.",
            "A domain in the EU region logs in at smtp.eu.mailgun.org, and nowhere else.",
        ),
        references=("documentation.mailgun.com: SMTP credentials",),
    ),
    LoginEntry(
        provider="Yandex",
        user="the full address",
        secret="an app password for mail",
        steps=(
            "Allow mail programs in the web mailbox: All settings, Email clients, From imap.yandex server, with app passwords.",
            "Make the app password at https://id.yandex.com/security/app-passwords, of the kind Mail.",
        ),
        references=("Yandex Mail Help: Setting up an email client",),
    ),
    LoginEntry(
        provider="Mail.ru",
        user="the full address",
        secret="a password for external applications",
        steps=("Make one in the account: Security, Passwords for external applications, with access to SMTP.",),
        references=("help.mail.ru: Passwords for external applications",),
    ),
    LoginEntry(
        provider="QQ",
        user="the full address",
        secret="an authorization code (授权码)",
        steps=("Switch on SMTP in the web mailbox, Settings, Account, and make the authorization code there.",),
        references=("service.mail.qq.com",),
    ),
    LoginEntry(
        provider="NetEase",
        user="the full address",
        secret="an authorization code (授权码)",
        steps=("Switch on SMTP in the web mailbox, Settings, POP3/SMTP/IMAP, and make the authorization code there.",),
        references=("help.mail.163.com",),
    ),
    LoginEntry(
        provider="Proton Mail",
        user="the address that the SMTP token was made for",
        secret="an SMTP token, never the account's own password",
        steps=(
            "Proton Mail: Settings, IMAP/SMTP, SMTP tokens. It is for addresses of your own domain on a paid plan; others send through Proton Mail Bridge on their own machine.",
        ),
        references=("proton.me: SMTP submission",),
    ),
)

_BY_PROVIDER: Final = {entry.provider: entry for entry in LOGINS}


def of(host: str, text: str = "") -> LoginEntry | None:
    """The login of the provider that runs this host, or that must have written this reply."""
    name = providers.by_host(host) or (providers.by_text(text) if text else None)
    return _BY_PROVIDER.get(name) if name is not None else None
