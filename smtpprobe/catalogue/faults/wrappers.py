"""What is said where the cause is left out; the words around it may hold it. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import FaultEntry
from smtpprobe.outcome import Reason, Retry, Who

ENTRIES: tuple[FaultEntry, ...] = (
    FaultEntry(
        name="not tried: earlier attempts failed",
        pattern=r"delivery temporarily suspended|retry time not (?:yet )?reached|not time for (?:any )?(?:remote )?(?:host|routing)|deferred due to (?:earlier|previous)|host (?:map|is marked) [^\n]{0,40}(?:dead|down)|destination (?:is )?(?:temporarily )?(?:suspended|throttled|disabled)|held up by an earlier|no hosts? available|concurrency limit reached for all hosts|remote host (?:or domain )?is down",
        meaning="The sending server did not try again for this mail, because attempts for the same destination had just failed.",
        when="While a destination is down or refuses: the queue then waits before it asks again.",
        fix="Find the first failure for that destination in the log; it holds the reason. Once it is mended, `postqueue -f` or `exim -qff` tries at once.",
        retry=Retry.LATER,
        who=Who.SENDER,
        category=Reason.NETWORKERROR,
        sample="delivery temporarily suspended: no host reached",
        near_miss="The delivery of milk was suspended",
        references=(
            "Postfix qmgr(8)",
            "Exim specification 32",
        ),
    ),
    FaultEntry(
        name="the client could not connect",
        pattern=r"SMTP connect\(\) failed|could(?: not|n't) connect to (?:SMTP )?(?:host|server)|failed to connect to (?:the )?(?:SMTP )?(?:mail ?)?server|cannot connect to (?:[^\n]{1,255}, port|SMTP)|Couldn'?t connect to host|MailConnectException|curl: \(7\)|0x800CCC0E|0x8004210[89]|cannot connect to your (?:outgoing|incoming)|failed to connect to \S{1,255} port|connection could not be established with host|unable to connect to (?:the |remote |SMTP |mail )?(?:server|host|tcp:|ssl:|tls:)|SMTPConnectError|error connecting to|\bECONNECTION\b|\bESOCKET\b|connection setup failed|connect(?:ion)? to (?:the )?(?:SMTP |mail |remote )?(?:server|host) (?:could not be (?:established|made)|failed)|unable to connect successfully|socket error\b|wasn't able to establish an SMTP connection|connected to \S{1,255} but connection died|Network error on destination|SMTPServerConnectionError|could not open (?:socket|connection)|fsockopen\(\)|stream_socket_client\(\)|MailServerConnect|connect\(\) to TCP port|Connect failed",
        meaning="The client did not reach the mail server; this text does not say why.",
        when="With a wrong host or port, a firewall, a hoster that blocks outgoing mail, or a TLS mode that does not fit the port.",
        fix="Switch on the library's debug output (PHPMailer `SMTPDebug = 2`, `mail.debug=true`), and from the same machine run `smtpprobe probe HOST:587`: it says at which step it fails.",
        retry=Retry.LATER,
        who=Who.SENDER,
        category=Reason.NETWORKERROR,
        sample="PHPMailer: SMTP connect() failed. https://github.com/PHPMailer/PHPMailer/wiki/Troubleshooting",
        near_miss="The client connected to the city failed",
        references=(
            "RFC 6409 3.1",
            "PHPMailer wiki",
        ),
    ),
    FaultEntry(
        name="message not accepted",
        pattern=r"data not accepted|envelope from address [^\n]{1,255} not accepted|recipient address [^\n]{1,255} not accepted|the following (?:recipients|from address) failed|could not send (?:the )?mail\b|failure sending mail|message failed: |message failed\Z|mail (?:from )?command failed|SMTPDataError|SMTPSendFailedException|SendFailedException|all recipients were rejected|failed to send (?:e-?)?mail|sending (?:of )?(?:the )?(?:message|mail) failed|RCPT (?:TO )?(?:command )?failed|error while sending (?:e-?)?mail|unable to send (?:e-?)?mail|SmtpException\b|SmtpFailedRecipient|SMTPRecipientsRefused|SMTPSenderRefused|delivery to one or more recipients failed|the mail could not be sent|MailSendException",
        meaning="The library says that the mail was not accepted, and leaves out the server's reply.",
        when="After any refusal by the server: the sender, the recipient, the content, or the login.",
        fix="Find the reply: it stands in the lines around, in the inner exception, or in the library's debug output (PHPMailer `SMTPDebug = 2`, nodemailer `debug: true`, `mail.debug=true`). Then give that reply to `smtpprobe explain`.",
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        category=Reason.ONHOLD,
        sample="SMTP Error: data not accepted.",
        near_miss="The data are accepted by all sides",
        references=("RFC 5321 4.2",),
    ),
)
