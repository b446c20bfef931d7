"""Exchange Server and Microsoft 365: their signs, their limits and their settings. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, Setting, SoftwareEntry

ENTRY = SoftwareEntry(
    name="Exchange",
    greeting=r"\bMicrosoft ESMTP MAIL Service ready at\b",
    ehlo=r"^(?:X-ANONYMOUSTLS|X-EXPS\b.{0,80}|XEXCH50|XRDST|X-RDST)$",
    help=r"This server supports the following commands:",
    errors=(
        r"\[[\w.\-]{1,120}\.(?:outlook|office)\.com(?: [^\]\n]{0,80})?\]",
        r"\b5\.7\.57 [^\n]{0,40}Client (?:was )?not authenticated to send",
        r"\b5\.7\.54 SMTP; Unable to relay recipient in non-accepted domain",
        r"\b5\.3\.3 Unrecognized command",
        r"\b5\.7\.4 Unrecognized authentication type",
    ),
    allowance=Allowance(),
    settings=(
        Setting(
            rule="auth-in-clear",
            text='Set-ReceiveConnector "SERVER\\CONNECTOR" -AuthMechanism Tls,BasicAuth,BasicAuthRequireTLS. BasicAuth is then offered inside TLS only. Keep the other values that the connector already has.',
            reference="Set-ReceiveConnector -AuthMechanism",
        ),
        Setting(
            rule="starttls-missing",
            text='Set-ReceiveConnector "SERVER\\CONNECTOR" -AuthMechanism must include Tls, and a certificate has to be enabled for SMTP: Enable-ExchangeCertificate -Thumbprint THUMBPRINT -Services SMTP.',
            reference="Set-ReceiveConnector -AuthMechanism; Enable-ExchangeCertificate -Services",
        ),
        Setting(
            rule="starttls-broken",
            text='Get-ExchangeCertificate shows which certificates serve SMTP and whether they are valid. Set-ReceiveConnector "SERVER\\CONNECTOR" -TlsCertificateName picks one, and its name has to cover the connector\'s -Fqdn.',
            reference="Set-ReceiveConnector -TlsCertificateName, -Fqdn",
        ),
        Setting(
            rule="extension-broken",
            text='Set-ReceiveConnector "SERVER\\CONNECTOR" has a switch for each extension: -ChunkingEnabled, -BinaryMimeEnabled, -PipeliningEnabled, -EightBitMimeEnabled, -DeliveryStatusNotificationEnabled, -EnhancedStatusCodesEnabled, each $true or $false.',
            reference="Set-ReceiveConnector -ChunkingEnabled, -BinaryMimeEnabled, -PipeliningEnabled",
        ),
        Setting(
            rule="works-unannounced",
            text="Turn the extension on again on the receive connector, for example -DeliveryStatusNotificationEnabled $true or -SizeEnabled Enabled.",
            reference="Set-ReceiveConnector -DeliveryStatusNotificationEnabled, -SizeEnabled",
        ),
        Setting(
            rule="version-leaked",
            text='Set-ReceiveConnector "SERVER\\CONNECTOR" -Banner "220 mail.example.com ESMTP". The text has to begin with 220.',
            reference="Set-ReceiveConnector -Banner",
        ),
        Setting(
            rule="hang-up-after-errors",
            text='Set-ReceiveConnector "SERVER\\CONNECTOR" -MaxProtocolErrors (5 by default) is where it hangs up, -MaxLogonFailures (3) the same for AUTH; -TarpitInterval (00:00:05) delays replies to a client it suspects.',
            reference="Set-ReceiveConnector -MaxProtocolErrors, -MaxLogonFailures, -TarpitInterval",
        ),
        Setting(
            rule="ehlo-differs",
            text="Several receive connectors may listen on one port; the one with the closest -RemoteIPRanges answers. Compare them with Get-ReceiveConnector.",
            reference="Set-ReceiveConnector -RemoteIPRanges",
        ),
        Setting(
            rule="certificate-expired",
            text='Import the renewed certificate, enable it for SMTP with Enable-ExchangeCertificate, and where the connector names one, set -TlsCertificateName again: it holds issuer and subject ("<I>ISSUER<S>SUBJECT").',
            reference="Enable-ExchangeCertificate -Services; Set-ReceiveConnector -TlsCertificateName",
        ),
        Setting(
            rule="certificate-untrusted",
            text="Exchange sends its own self-signed certificate until one from a public authority is enabled for SMTP. Install the intermediate certificates in the computer's own store as well.",
            reference="Enable-ExchangeCertificate -Services",
        ),
        Setting(
            rule="tls-old",
            text="TLS versions are the operating system's matter: under HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols, set Enabled = 0 in TLS 1.0\\Server and TLS 1.1\\Server, then restart the computer.",
            reference="Exchange Server TLS configuration best practices",
        ),
        Setting(
            rule="relay-accepted",
            text='Get-ReceiveConnector "SERVER\\CONNECTOR" | Remove-ADPermission -User "NT AUTHORITY\\ANONYMOUS LOGON" -ExtendedRights ms-Exch-SMTP-Accept-Any-Recipient.',
            reference="Remove-ADPermission -ExtendedRights; Allow anonymous relay on Exchange servers",
        ),
        Setting(
            rule="ntlm-names-revealed",
            text='Set-ReceiveConnector "SERVER\\CONNECTOR" -AuthMechanism without Integrated on every connector that strangers reach: NTLM goes with it.',
            reference="Set-ReceiveConnector -AuthMechanism",
        ),
    ),
)
