"""OpenSMTPD: its signs, its limits and its settings. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, Setting, SoftwareEntry

ENTRY = SoftwareEntry(
    name="OpenSMTPD",
    greeting=r"\bE?SMTP OpenSMTPD\b",
    ehlo=r" Hello \S{1,255} \[[^\]\s]{1,64}\], pleased to meet you$",
    help=r"This is OpenSMTPD\b",
    errors=(
        r"Invalid command: (?:Command (?:unrecognized|not supported)|this feature is not supported yet)",
        r"Invalid command arguments: (?:Unsupported option|command does not accept arguments|No parameters allowed)",
        r"Invalid command: Command not allowed at this point",
        r"(?:^|503 )Unsupported option \S{1,255}$",
        r"Invalid recipient: <",
        r'AUTH method "[^"\n]{0,64}" not supported',
        r"Must issue an? (?:STARTTLS|AUTH) command first$",
    ),
    allowance=Allowance(refusals=8, unknown=8, syntax=8, nonmail=20, lookups=4, noops=4, ehlos=2, auths=4),
    settings=(
        Setting(
            rule="auth-in-clear",
            text="In smtpd.conf auth needs tls or smtps on the same listen line, and AUTH is announced only inside TLS. To shut out clear sessions altogether: listen on INTERFACE port submission tls-require pki NAME auth.",
            reference="smtpd.conf(5) listen on … tls-require, auth",
        ),
        Setting(
            rule="starttls-missing",
            text='In smtpd.conf: pki NAME cert "FILE", pki NAME key "FILE", and: listen on INTERFACE tls pki NAME.',
            reference="smtpd.conf(5) pki, listen on … tls",
        ),
        Setting(
            rule="starttls-broken",
            text="Check the two pki lines in smtpd.conf: certificate and key must belong together, and the name after pki on the listen line must be theirs. smtpd -n checks the file without starting. Version 6.8 on OpenSSL 3, as in Debian 12, fails every handshake with “internal error” whatever the pki lines say: only a newer OpenSMTPD mends that.",
            reference="smtpd.conf(5) pki; smtpd(8) -n",
        ),
        Setting(
            rule="extension-broken",
            text="Only DSN can be switched off: no-dsn on the listen line in smtpd.conf. STARTTLS and AUTH disappear with tls and auth there, and SIZE follows smtp max-message-size. Otherwise look at the filters on that line.",
            reference="smtpd.conf(5) listen on … no-dsn, smtp max-message-size",
        ),
        Setting(
            rule="works-unannounced",
            text="Remove no-dsn from the listen line in smtpd.conf to announce DSN again.",
            reference="smtpd.conf(5) listen on … no-dsn",
        ),
        Setting(
            rule="slow-greeting",
            text="The greeting waits for the client's reverse lookup, so a slow resolver is the first suspect. Next come the filters named on the listen line in smtpd.conf: each is asked at the connect phase.",
            reference="smtpd.conf(5) MAIL FILTERING, listen on … filter",
        ),
        Setting(
            rule="ehlo-differs",
            text="Every listen line in smtpd.conf has its own tls, auth, no-dsn and hostname: compare those that serve this address.",
            reference="smtpd.conf(5) listen on … hostname",
        ),
        Setting(
            rule="certificate-expired",
            text='Renew the file of pki NAME cert "FILE" in smtpd.conf and restart smtpd.',
            reference="smtpd.conf(5) pki … cert",
        ),
        Setting(
            rule="certificate-untrusted",
            text="Append the intermediate certificates to the file that pki NAME cert names.",
            reference="smtpd.conf(5) pki … cert",
        ),
        Setting(
            rule="tls-old",
            text='In smtpd.conf: smtp ciphers "ECDHE+AESGCM:ECDHE+CHACHA20". There is no option for the protocol version in 6.8, but these ciphers exist only from TLS 1.2 on.',
            reference="smtpd.conf(5) smtp ciphers",
        ),
        Setting(
            rule="relay-accepted",
            text="In smtpd.conf, an action with relay belongs to match rules that begin with from local or with auth; from any belongs to your own domains.",
            reference="smtpd.conf(5) match",
        ),
    ),
)
