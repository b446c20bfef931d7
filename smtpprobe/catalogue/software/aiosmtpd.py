"""aiosmtpd: its signs, its limits and its settings, which are arguments in Python. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, Setting, SoftwareEntry

ENTRY = SoftwareEntry(
    name="aiosmtpd",
    greeting=r"\bPython SMTP (?P<version>\d[\w.\-]{0,40})",
    ehlo="",
    help=r"^Supported commands: (?:AUTH )?DATA EHLO HELO HELP MAIL NOOP QUIT RCPT RSET\b",
    errors=(
        r'Error: command "[^"\n]{1,255}" not recognized',
        r"(?:MAIL FROM|RCPT TO) parameters not recognized or not implemented",
        r"Error: BODY can only be one of 7BIT, 8BITMIME",
        r"^(?:\d{3} )?EXPN not implemented$",
        r"Too many unrecognized commands, goodbye\.$",
    ),
    allowance=Allowance(refusals=10, unknown=4, syntax=10, nonmail=15, lookups=4, noops=10, ehlos=2, auths=2),
    settings=(
        Setting(
            rule="auth-in-clear",
            text="Leave SMTP(auth_require_tls=True) at its default: AUTH is then neither announced nor accepted before STARTTLS.",
            reference="aiosmtpd.smtp.SMTP auth_require_tls",
        ),
        Setting(
            rule="starttls-missing",
            text="Pass an ssl.SSLContext with the certificate: SMTP(tls_context=context), and require_starttls=True to insist on it.",
            reference="aiosmtpd.smtp.SMTP tls_context, require_starttls",
        ),
        Setting(
            rule="version-leaked",
            text='Give the greeting a text of your own: SMTP(ident="ESMTP").',
            reference="aiosmtpd.smtp.SMTP ident",
        ),
        Setting(
            rule="hang-up-after-errors",
            text="The fifth unknown verb always ends the connection. SMTP(command_call_limit=...) adds a limit for each verb; it is off by default.",
            reference="aiosmtpd.smtp.SMTP command_call_limit",
        ),
        Setting(
            rule="certificate-expired",
            text="Load the renewed files into the ssl.SSLContext with load_cert_chain; the same context object may be loaded anew while the server runs.",
            reference="aiosmtpd.smtp.SMTP tls_context; ssl.SSLContext.load_cert_chain",
        ),
        Setting(
            rule="certificate-untrusted",
            text="The file given to load_cert_chain has to hold the server's certificate first and the intermediate ones after it.",
            reference="ssl.SSLContext.load_cert_chain",
        ),
        Setting(
            rule="tls-old",
            text="context.minimum_version = ssl.TLSVersion.TLSv1_2 on the ssl.SSLContext.",
            reference="ssl.SSLContext.minimum_version",
        ),
    ),
)
