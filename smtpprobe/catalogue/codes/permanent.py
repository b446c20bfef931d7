"""Reply codes 5yz that an RFC defines: the same command will be refused again. Data only."""

from smtpprobe.catalogue.entries import CodeEntry
from smtpprobe.outcome import Retry, Who

ENTRIES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=500,
        name="Syntax error, command unrecognized",
        meaning="The server does not know this verb, or the line was too long to read.",
        when="A typing error, an extension that this server lacks, an AUTH answer over the limit (5.5.6), or a client out of step that sends message text as commands. OpenSMTPD answers VRFY and EXPN so.",
        fix="Send only verbs that EHLO or RFC 5321 names. If the text quotes a piece of your message, the client missed an earlier refusal of DATA.",
        commands=("any",),
        retry=Retry.NO,
        who=Who.SENDER,
        mistaken_for=(501, 502, 503),
        references=("RFC 5321 4.2.4", "RFC 5321 4.3.2", "RFC 4954 6"),
    ),
    CodeEntry(
        code=501,
        name="Syntax error in parameters or arguments",
        meaning="The verb is known, but what follows it cannot be parsed or must not be there.",
        when=(
            "EHLO without a name, an address without its angle brackets, STARTTLS, DATA, RSET or QUIT with an argument, an AUTH exchange that the client broke off or encoded badly. "
            "Exim uses it for MAIL and RCPT parameters it does not know."
        ),
        fix="Compare the line with the grammar: `MAIL FROM:<a@example.org>`, no space after the colon, parameters after the bracket. With Exim, leave the parameter out.",
        commands=("any",),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(500, 504, 553, 555),
        references=("RFC 5321 4.1.2", "RFC 5321 4.3.2", "RFC 4954 4", "RFC 3207 4"),
    ),
    CodeEntry(
        code=502,
        name="Command not implemented",
        meaning="The server recognises the verb and does not offer it, by choice or for want of the feature.",
        when=(
            "VRFY, EXPN, HELP, ETRN or TURN switched off, STARTTLS or AUTH where there is none. Gmail, qmail, KumoMTA, Courier and Postfix before 3.7 also say it to verbs they "
            "have never heard of, where RFC 5321 asks for 500."
        ),
        fix="Do without the command. If EHLO announces it all the same, the server breaks its promise and its admin must mend that.",
        commands=("VRFY", "EXPN", "HELP", "ETRN", "ATRN", "any"),
        retry=Retry.NO,
        who=Who.NOBODY,
        mistaken_for=(252, 500, 504),
        references=("RFC 5321 4.2.4", "RFC 5321 4.3.2", "RFC 2645"),
    ),
    CodeEntry(
        code=503,
        name="Bad sequence of commands",
        meaning="The command is valid, but not at this point of the session.",
        when=(
            "RCPT before MAIL, DATA without an accepted recipient, a second AUTH, or anything after a 554 greeting. Some stretch it: OpenSMTPD for an unsupported MAIL or RCPT option, "
            "chasquid for refused relaying, Exim and others for AUTH where it is not offered."
        ),
        fix="Look at the reply before this one: an earlier refusal is mostly the true cause. Begin again with RSET, and keep to EHLO, AUTH, MAIL, RCPT, DATA.",
        commands=("MAIL", "RCPT", "DATA", "BDAT", "AUTH", "STARTTLS", "any"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(500, 501, 530, 554),
        references=("RFC 5321 3.1", "RFC 5321 4.1.4", "RFC 5321 4.3.2", "RFC 4954 4", "RFC 3030 2"),
    ),
    CodeEntry(
        code=504,
        name="Command parameter not implemented",
        meaning="The command itself is valid, but this server does not support the parameter or the mechanism you gave with it. RFC 4954 assigns it to AUTH; RFC 5321 to VRFY, EXPN, HELP and, in obscure cases, EHLO.",
        when=(
            "AUTH with a mechanism the server lacks: 504 from Exim, Sendmail, OpenSMTPD, Exchange and aiosmtpd, but 535 from Postfix and Courier, 534 from chasquid, 554 from Stalwart. "
            "The best-known 504s are Postfix's: `504 5.5.2 need fully-qualified hostname` (or address) for an EHLO name or envelope address without a domain, often sent only at RCPT, "
            "and `504 5.5.4` for AUTH before STARTTLS. "
            "An unrecognised MAIL FROM parameter is often named as a cause, yet RFC 5321 gives 555 for it: Exim says 501, OpenSMTPD 503, qmail, Courier and others swallow it, and hardly any server but Stalwart says 504. "
            "Sendmail sends it for HELP on an unknown topic, James and Stalwart for a RCPT parameter."
        ),
        fix=(
            "Read the server's EHLO reply, inside TLS as well as in clear, and use only the AUTH mechanisms, extensions and parameters it lists. "
            "For Postfix's `need fully-qualified`, give the client a full host name (in Postfix `myhostname`) or a sender address with its domain; for AUTH before TLS, send STARTTLS first."
        ),
        commands=("AUTH", "EHLO", "HELO", "HELP", "VRFY", "EXPN", "MAIL", "RCPT"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(501, 502, 534, 535, 538, 555),
        references=("RFC 5321 4.2.3", "RFC 5321 4.3.2", "RFC 5321 4.1.1.11", "RFC 4954 4"),
    ),
    CodeEntry(
        code=521,
        name="Host does not accept mail",
        meaning="This machine takes no mail at all, now or later, and may hang up at once.",
        when=(
            "As a greeting from a host without a mail service. Postfix and postscreen borrow the number for a policy refusal that ends the session, "
            "for example for a client that talked before the greeting; chasquid for a bare line feed."
        ),
        fix="Check that the MX records of the domain point where they should. Met with 521 by a server that takes mail from others, read its text: you were refused, not the service withdrawn.",
        commands=("greeting", "any"),
        retry=Retry.NO,
        who=Who.RECIPIENT,
        mistaken_for=(421, 550, 554, 556),
        references=("RFC 7504 3", "RFC 1846"),
    ),
    CodeEntry(
        code=523,
        name="Encryption needed",
        meaning="The login or the message needs an encrypted connection (5.7.10). Other servers mean 5.2.3 without its dots by it: the message is too long.",
        when="After AUTH in clear; from mox for REQUIRETLS without TLS; from Gmail for commands sent straight after STARTTLS, before the handshake. From Courier it complains of the length.",
        fix="Send STARTTLS, wait for 220, finish the handshake and only then go on. Where the text speaks of length, shrink the message.",
        commands=("AUTH", "MAIL", "STARTTLS", "DATA"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(530, 538, 552),
        references=("RFC 5248", "RFC 3463 3.3"),
    ),
    CodeEntry(
        code=524,
        name="Encryption required for this mechanism",
        meaning="This AUTH mechanism may be used inside TLS only (5.7.11). RFC 4954 gives the same refusal the number 538.",
        when="From KumoMTA for AUTH before TLS. Aliyun DirectMail writes 524 into its reports when it could not find the receiving host in the DNS.",
        fix="Upgrade with STARTTLS, then log in. In a DirectMail report, check the recipient's domain instead.",
        commands=("AUTH",),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(512, 523, 538),
        references=("RFC 5248", "RFC 4954 6"),
    ),
    CodeEntry(
        code=525,
        name="User account disabled",
        meaning="Name and password were right, but the account is locked (5.7.13).",
        when="After AUTH to an account closed for abuse, a break-in or an unpaid bill. mox is one of the few servers with this number; most say 535.",
        fix="Have the provider unlock the account, and find out why it was locked before you use it again.",
        commands=("AUTH",),
        retry=Retry.AFTER_FIX,
        who=Who.SERVER,
        mistaken_for=(530, 535, 550),
        references=("RFC 5248",),
    ),
    CodeEntry(
        code=530,
        name="Authentication required, or STARTTLS first",
        meaning="The server does not serve you yet: it wants a login, or TLS, before this command. The text says which.",
        when=(
            "After MAIL on a submission port without AUTH (Exchange: `530 5.7.57`), or after nearly anything before STARTTLS where TLS is compulsory (Gmail: `Must issue a STARTTLS command first`). "
            "ATRN brings it too when no login came before."
        ),
        fix="Send STARTTLS, EHLO once more, then AUTH. A sending server that meets this on port 587 has the wrong port: mail between servers goes to 25.",
        commands=("MAIL", "RCPT", "DATA", "AUTH", "VRFY", "EXPN", "ETRN", "ATRN"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(503, 535, 538, 550),
        references=("RFC 4954 6", "RFC 3207 4", "RFC 2645"),
    ),
    CodeEntry(
        code=533,
        name="Delivery not authorized",
        meaning="The sender may not deliver to this address (X.7.1). The number stands in a registry table, and hardly a server sends it.",
        when="In bounce lists, where it is explained as a problem of the recipient's domain, and seldom in a live session.",
        fix="Ask the recipient's admin which rule refused you, quoting the whole reply.",
        commands=("RCPT", "DATA"),
        retry=Retry.AFTER_FIX,
        who=Who.RECIPIENT,
        mistaken_for=(550, 551, 553),
        references=("RFC 5248",),
    ),
    CodeEntry(
        code=534,
        name="Authentication mechanism is too weak",
        meaning="The server knows the mechanism but its policy wants a stronger one for this user (5.7.9).",
        when=(
            "Gmail sends 534 with 5.7.9 or 5.7.14 when an account needs an application password or a login in the browser. "
            "chasquid uses it for every mechanism it lacks, and Courier for a message over its SIZE."
        ),
        fix="Pick a stronger mechanism from the EHLO list, such as SCRAM or OAuth; at Gmail create an application password. Courier's `SIZE=Message too big` asks for a smaller message.",
        commands=("AUTH", "MAIL"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(504, 535, 538),
        references=("RFC 4954 6",),
    ),
    CodeEntry(
        code=535,
        name="Authentication credentials invalid",
        meaning="The login was refused: name or password is wrong, or this account may not log in this way (5.7.8).",
        when="At the end of AUTH. Postfix and Courier also answer a mechanism they do not have with 535; Microsoft 365 says `535 5.7.139` when SMTP AUTH is switched off for the mailbox.",
        fix="Check the full user name, the password, and whether the provider demands an application password or OAuth. Do not let the client repeat it, or the address gets banned.",
        commands=("AUTH",),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(454, 504, 530, 534),
        references=("RFC 4954 4", "RFC 4954 6"),
    ),
    CodeEntry(
        code=538,
        name="Encryption required for requested authentication mechanism",
        meaning="The mechanism would show the password to the network, so the server takes it inside TLS only (5.7.11).",
        when="AUTH PLAIN or LOGIN before STARTTLS, on aiosmtpd, mox and nodemailer's smtp-server. Postfix sends 504 5.5.4 for the same mistake, KumoMTA 524.",
        fix="Turn TLS on in the client: STARTTLS on 587, or TLS from the first byte on 465. If the password already went out in clear, change it.",
        commands=("AUTH",),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(504, 523, 530, 534),
        references=("RFC 4954 6",),
    ),
    CodeEntry(
        code=550,
        name="Mailbox unavailable, or rejected for policy",
        meaning="A lasting no: there is no such mailbox, you have no access to it, or a policy refuses the mail. The number alone does not tell which.",
        when=(
            "An unknown user (5.1.1), a relay refusal (5.7.1), failed SPF, DKIM or DMARC (5.7.20 to 5.7.27), a listed address, spam. "
            "It may answer EHLO, MAIL, RCPT and the final dot alike; with enhanced code 5.4.1 Microsoft 365 means an address missing from its directory."
        ),
        fix="Go by the enhanced code and the text. Unknown user: correct or remove the address; authentication: repair SPF, DKIM or DMARC; blocklist: have the listing removed, once its cause is gone.",
        commands=("EHLO", "HELO", "MAIL", "RCPT", "DATA", "BDAT", "VRFY", "EXPN"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(450, 551, 552, 553, 554),
        references=("RFC 5321 4.2.3", "RFC 5321 4.3.2", "RFC 7372", "RFC 6531 3.5"),
    ),
    CodeEntry(
        code=551,
        name="User not local; please try another address",
        meaning="The mailbox is elsewhere and this server does not forward. The text should name the address to use.",
        when="Seldom in its true sense, since it gives addresses away. In bounces it is a relay refusal or a forwarding service's rule, such as ImprovMX's.",
        fix="Use the address in the text, if it shows one that you trust. Otherwise treat it as 550.",
        commands=("RCPT", "VRFY"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(251, 550, 553),
        references=("RFC 5321 3.4", "RFC 5321 4.3.2"),
    ),
    CodeEntry(
        code=552,
        name="Exceeded storage allocation",
        meaning="Too much for the space granted: the message is over the size limit (5.3.4, 5.2.3) or the mailbox is full (5.2.2).",
        when=(
            "At MAIL, when SIZE= declares more than the server announced; after the data; at RCPT for a full mailbox. "
            "Gmail adds 5.7.0 for forbidden attachments, and old servers mean too many recipients, which is to be handled like 452. "
            "Postfix remembers a refused SIZE and says 552 to the next plain MAIL as well, until RSET."
        ),
        fix="Compare the message with the SIZE line of EHLO, counting a third more for base64, and send a link instead of a big file. Only the recipient can empty a full mailbox.",
        commands=("MAIL", "RCPT", "DATA", "BDAT"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(422, 452, 523, 554),
        references=("RFC 5321 4.2.3", "RFC 5321 4.5.3.1.10", "RFC 1870 6.1"),
    ),
    CodeEntry(
        code=553,
        name="Mailbox name not allowed",
        meaning="The address is not acceptable as written: bad syntax, characters this server cannot take, or a name it forbids.",
        when=(
            "A sender domain that does not exist (Sendmail 5.1.8), a non-ASCII address without SMTPUTF8 (5.6.7), a login that may not use this sender. "
            "qmail refuses relaying with it, Yahoo blocks addresses that are on Spamhaus's lists."
        ),
        fix="Write the address as local@domain with a domain that has an MX or address record. When the text speaks of relaying, log in first; when it names a list, look your address up there.",
        commands=("MAIL", "RCPT", "VRFY"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(501, 550, 551),
        references=("RFC 5321 4.2.3", "RFC 5321 4.3.2", "RFC 6531 3.5"),
    ),
    CodeEntry(
        code=554,
        name="Transaction failed, or no SMTP service here",
        meaning="In the greeting: this host will not talk to you. Later: the transaction failed for good, for a reason that no other number covers.",
        when=(
            "A blocklist hit or missing reverse DNS at connection time, `Relay access denied` and other access rules of Postfix, content filters after the final dot, DATA without a valid recipient, "
            "a client that talked too early (Exim), a virus."
        ),
        fix="A 554 greeting concerns your address: check its reverse DNS and the blocklists, and use port 587 from a home line. After the data look at the content; `Relay access denied` wants a login.",
        commands=("greeting", "MAIL", "RCPT", "DATA", "BDAT", "STARTTLS", "AUTH"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(421, 521, 550, 552),
        references=("RFC 5321 3.1", "RFC 5321 4.3.2", "RFC 3030", "RFC 4468"),
    ),
    CodeEntry(
        code=555,
        name="MAIL FROM/RCPT TO parameters not recognized or not implemented",
        meaning="A parameter after the address belongs to no extension that this server has.",
        when="From Postfix (`Unsupported option`), Sendmail, mox and aiosmtpd for an unknown parameter. Gmail and qmail send 555 for any MAIL or RCPT line they cannot parse, such as one without angle brackets.",
        fix="Send the parameter only where EHLO lists its extension (SIZE, BODY, SMTPUTF8, RET and the like). At Gmail check brackets and spaces first.",
        commands=("MAIL", "RCPT"),
        retry=Retry.AFTER_FIX,
        who=Who.SENDER,
        mistaken_for=(455, 501, 503, 504),
        references=("RFC 5321 4.1.1.11", "RFC 5321 4.3.2"),
    ),
    CodeEntry(
        code=556,
        name="Domain does not accept mail",
        meaning="The recipient's domain says in the DNS that it takes no mail: its only MX is a dot (null MX, 5.1.10).",
        when="At RCPT, from a relay that looked the domain up. Courier writes `556 Address unavailable`, and Aliyun DirectMail has the number for too many recipients.",
        fix="Correct the domain, which is often a misspelt one. If it is yours and should receive mail, publish a real MX record.",
        commands=("RCPT",),
        retry=Retry.NO,
        who=Who.SENDER,
        mistaken_for=(512, 521, 550),
        references=("RFC 7504 4", "RFC 7505 4"),
    ),
)
