"""What to write into the programs that send mail, once a login has worked: settings to paste. No I/O.

User and host are text of others: each program's own syntax decides how they are quoted. The password is never in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

_TOKENS: Final = frozenset({"OAUTHBEARER", "XOAUTH2"})
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


class Account(Struct, frozen=True):
    """What worked: where, how TLS begins (``implicit_tls``: with the first byte), who, and with which mechanism."""

    host: str
    port: int
    implicit_tls: bool
    user: str
    mechanism: str


def settings(host: str, port: int, implicit_tls: bool, user: str, mechanism: str) -> tuple[tuple[str, str], ...]:
    """The name of each program, and the lines for it. PASSWORD stands where the secret has to be put."""
    account = Account(host, port, implicit_tls, user, mechanism.upper())
    return tuple([(name, "\n".join(lines(account))) for name, lines in _PROGRAMS])


def _cannot(mechanism: str, known: tuple[str, ...], comment: str) -> list[str]:
    """A line of warning where a program does not know the mechanism that worked."""
    if mechanism in known:
        return []
    names = ", ".join(known)
    return [f"{comment} Does not know {mechanism}, which worked here: the server must take one of {names}."]


# -- Django ----------------------------------------------------------------------------------------------------


def _django(account: Account) -> list[str]:
    """settings.py. smtplib picks the mechanism: CRAM-MD5, PLAIN, LOGIN, the first that is offered."""
    return [
        *_cannot(account.mechanism, ("PLAIN", "LOGIN", "CRAM-MD5"), "#"),
        'EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"',
        f"EMAIL_HOST = {account.host!a}",
        f"EMAIL_PORT = {account.port}",
        f"EMAIL_USE_{'SSL' if account.implicit_tls else 'TLS'} = True",
        f"EMAIL_HOST_USER = {account.user!a}",
        'EMAIL_HOST_PASSWORD = "PASSWORD"',
    ]


# -- nodemailer ------------------------------------------------------------------------------------------------


def _nodemailer(account: Account) -> list[str]:
    """The options of createTransport()."""
    user = json.dumps(account.user)
    if account.mechanism in _TOKENS:
        auth = [f'  auth: {{ type: "OAuth2", user: {user}, accessToken: "TOKEN" }},']
    else:
        named = account.mechanism in ("PLAIN", "LOGIN", "CRAM-MD5")
        auth = [
            f'  auth: {{ user: {user}, pass: "PASSWORD" }},',
            *([f'  authMethod: "{account.mechanism}",'] if named else []),
        ]
    return [
        *_cannot(account.mechanism, ("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"), "//"),
        "const transport = nodemailer.createTransport({",
        f"  host: {json.dumps(account.host)},",
        f"  port: {account.port},",
        f"  secure: {str(account.implicit_tls).lower()},",
        *([] if account.implicit_tls else ["  requireTLS: true,"]),
        *auth,
        "});",
    ]


# -- PHPMailer -------------------------------------------------------------------------------------------------


def _phpmailer(account: Account) -> list[str]:
    known = ("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2")
    secret = (
        ["// $provider: an OAuthTokenProvider that gives the access token.", "$mail->setOAuth($provider);"]
        if account.mechanism in _TOKENS
        else ["$mail->Password = 'PASSWORD';"]
    )
    return [
        *_cannot(account.mechanism, known, "//"),
        "$mail->isSMTP();",
        f"$mail->Host = {_php(account.host)};",
        f"$mail->Port = {account.port};",
        f"$mail->SMTPSecure = PHPMailer::ENCRYPTION_{'SMTPS' if account.implicit_tls else 'STARTTLS'};",
        "$mail->SMTPAuth = true;",
        *([f"$mail->AuthType = '{account.mechanism}';"] if account.mechanism in known else []),
        f"$mail->Username = {_php(account.user)};",
        *secret,
    ]


def _php(text: str) -> str:
    """A string in double quotes; what could end or change it stands as a number."""
    return '"' + re.sub(r'[\x00-\x1f\x7f"$\\{}]', lambda found: f"\\x{ord(found[0]):02x}", text) + '"'


# -- JavaMail --------------------------------------------------------------------------------------------------


def _javamail(account: Account) -> list[str]:
    """Java's strings read JSON's escapes. A token stands where a password does."""
    known = ("PLAIN", "LOGIN", "DIGEST-MD5", "NTLM", "XOAUTH2")
    tls = (
        ['props.put("mail.smtp.ssl.enable", "true");']
        if account.implicit_tls
        else ['props.put("mail.smtp.starttls.enable", "true");', 'props.put("mail.smtp.starttls.required", "true");']
    )
    named = account.mechanism in known
    secret = "TOKEN" if account.mechanism in _TOKENS else "PASSWORD"
    return [
        *_cannot(account.mechanism, known, "//"),
        "Properties props = new Properties();",
        f'props.put("mail.smtp.host", {json.dumps(account.host)});',
        f'props.put("mail.smtp.port", "{account.port}");',
        *tls,
        'props.put("mail.smtp.ssl.checkserveridentity", "true");',
        'props.put("mail.smtp.auth", "true");',
        *([f'props.put("mail.smtp.auth.mechanisms", "{account.mechanism}");'] if named else []),
        "Session session = Session.getInstance(props, new Authenticator() {",
        "    protected PasswordAuthentication getPasswordAuthentication() {",
        f'        return new PasswordAuthentication({json.dumps(account.user)}, "{secret}");',
        "    }",
        "});",
    ]


# -- Postfix ---------------------------------------------------------------------------------------------------


def _postfix(account: Account) -> list[str]:
    """main.cf, and the file that it names; a texthash: is read as it is, without postmap."""
    if _CONTROL.search(account.user + account.host) or ":" in account.user or account.user != account.user.strip():
        return ["# Postfix cannot be given this user name: sasl_passwd has no way to write it."]
    plugin = account.mechanism in _TOKENS
    hop = f"[{account.host}]:{account.port}"
    return [
        *(["# Needs a plugin for Cyrus SASL that knows tokens (sasl-xoauth2)."] if plugin else []),
        "# /etc/postfix/main.cf, then: postfix reload",
        f"relayhost = {hop.replace('$', '$$')}",
        *(["smtp_tls_wrappermode = yes"] if account.implicit_tls else []),
        "smtp_tls_security_level = secure",
        "smtp_tls_CApath = /etc/ssl/certs",
        "smtp_sasl_auth_enable = yes",
        "smtp_sasl_password_maps = texthash:/etc/postfix/sasl_passwd",
        "smtp_sasl_security_options = noanonymous",
        f"smtp_sasl_mechanism_filter = {account.mechanism.lower()}",
        "",
        "# /etc/postfix/sasl_passwd, then: chmod 600 /etc/postfix/sasl_passwd",
        f"{hop} {account.user}:{'TOKEN' if plugin else 'PASSWORD'}",
    ]


# -- msmtp -----------------------------------------------------------------------------------------------------


def _msmtp(account: Account) -> list[str]:
    """~/.msmtprc. What stands between the first and the last quote of a line is taken as it is."""
    if _CONTROL.search(account.user + account.host):
        return ["# msmtp cannot be given this user name: its file has no way to write it."]
    certificate = ["tls_cert_file CERTIFICATE", "tls_key_file KEY"]
    secret = 'passwordeval "cat ~/.msmtp-secret"'
    return [
        "# ~/.msmtprc, then: chmod 600 ~/.msmtprc",
        "account default",
        f'host "{account.host}"',
        f"port {account.port}",
        "tls on",
        f"tls_starttls {'off' if account.implicit_tls else 'on'}",
        f"auth {account.mechanism.lower()}",
        *([f'user "{account.user}"'] if account.user else []),
        *(certificate if account.mechanism == "EXTERNAL" else [secret]),
    ]


_PROGRAMS: Final[tuple[tuple[str, Callable[[Account], list[str]]], ...]] = (
    ("Django", _django),
    ("nodemailer", _nodemailer),
    ("PHPMailer", _phpmailer),
    ("JavaMail", _javamail),
    ("Postfix", _postfix),
    ("msmtp", _msmtp),
)
