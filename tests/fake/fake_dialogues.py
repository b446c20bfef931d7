"""What is said to each personality and how its answer begins: ``COMMAND => reply``, one string a connection."""

from __future__ import annotations

DIALOGUES: dict[str, list[str]] = {
    "postfix": [
        """
HELP => 500 5.5.2 Error: command not recognized
HELP MAIL => 500 5.5.2 Error: command not recognized
EHLO => 501 Syntax: EHLO hostname
EHLO x.example => 250-mx.example.org\\n250-PIPELINING\\n250-SIZE 10240000\\n250-VRFY
NOOP => 250 2.0.0 Ok
NOOP hi => 250 2.0.0 Ok
RSET => 250 2.0.0 Ok
SMTPPROBE => 500 5.5.2 Error: command not recognized
VRFY postmaster => 252 2.0.0 postmaster
VRFY nobody9 => 550 5.1.1 <nobody9>: Recipient address rejected: User unknown in local recipient table
VRFY => 501 5.5.4 Syntax: VRFY address [SMTPUTF8]
EXPN l => 500 5.5.2 Error: command not recognized
ETRN => 500 Syntax: ETRN domain
XCLIENT => 501 5.5.4 Syntax: XCLIENT attribute=value...
XFORWARD => 501 5.5.4 Syntax: XFORWARD attribute=value...
AUTH FOO => 504 5.5.4 Encryption required
STARTTLS x => 501 5.5.4 Syntax: STARTTLS
STARTTLS => 220 2.0.0 Ready to start TLS
<tls>
EHLO x.example => 250-mx.example.org\\n250-PIPELINING\\n250-SIZE 10240000\\n250-VRFY\\n250-ETRN\\n250-AUTH PLAIN LOGIN
AUTH => 501 5.5.4 Syntax: AUTH mechanism
AUTH SMTPPROBE => 535 5.7.8 Error: authentication failed
AUTH PLAIN => 334
* => 501 5.7.0 Authentication aborted
STARTTLS => 554 5.5.1 Error: TLS already active
QUIT x => 221 2.0.0 Bye
""",
        """
EHLO x.example => 250-
MAIL FROM:<a@b.c> FOO=1 => 555 5.5.4 Unsupported option: FOO=1
MAIL FROM:<a@b.c> SIZE=99999999 => 552 5.3.4 Message size exceeds fixed limit
MAIL FROM:<a@b.c> => 552 5.3.4 Message size exceeds fixed limit
RSET => 250 2.0.0 Ok
MAIL FROM:<a@b.c> BODY=FOO => 555 5.5.4 Unsupported option: BODY=FOO
RCPT TO:<foo> => 503 5.5.1 Error: need MAIL command
DATA => 503 5.5.1 Error: need RCPT command
MAIL FROM:a@b.c => 250 2.1.0 Ok
MAIL FROM:<> => 503 5.5.1 Error: nested MAIL command
RCPT TO:<postmaster> => 250 2.1.5 Ok
RCPT TO:<postmaster> FOO=1 => 555 5.5.4 Unsupported option: FOO=1
RCPT TO:<x@y.z> => 554 5.7.1 <x@y.z>: Relay access denied
RCPT TO:<nobody9@example.org> => 550 5.1.1 <nobody9@example.org>: Recipient address rejected: User unknown
DATA x => 501 5.5.4 Syntax: DATA
RSET => 250
""",
        """
EHLO x => 250-
MAIL FROM:<a@b.c> => 250 2.1.0 Ok
RCPT TO:<postmaster> => 504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname
""",
        """
GET / HTTP/1.0 => 221 2.7.0 Error: I can break rules, too. Goodbye.
<more> => <closed>
""",
        "XX => 500\n" * 19 + "XX => 500\n<more> => 421 4.7.0 mx.example.org Error: too many errors\n<more> => <closed>",
    ],
    "exim": [
        """
HELP => 214-Commands supported:\\n214 AUTH STARTTLS HELO
HELP MAIL => 214-Commands supported:
EHLO => 501 Syntactically invalid EHLO argument(s)
EHLO x.example => 250-mx.example.org Hello x.example [127.0.0.1]\\n250-SIZE
NOOP hi => 250 OK
VRFY a@b.c => 252 Administrative prohibition
EXPN l => 550 Administrative prohibition
AUTH FOO => 504 FOO authentication mechanism not supported
STARTTLS x => 501 unexpected argument data
MAIL FROM:<a@b.c> FOO=1 => 501-<a@b.c> FOO=1: malformed address: FOO=1 may not follow <a@b.c> \\n501 Too many syntax
<more> => <closed>
""",
        """
EHLO x.example => 250-
MAIL FROM:<a@b.c> FOO=1 => 501 <a@b.c> FOO=1: malformed address: FOO=1 may not follow <a@b.c>
MAIL FROM:<a@b.c> SIZE=99999999 => 552 Message size exceeds maximum permitted
MAIL FROM:<a@b.c> BODY=BINARYMIME => 501 invalid data for BODY
MAIL FROM:a@b.c => 250 OK
MAIL FROM:<> => 503 sender already given
""",
        """
EHLO x.example => 250-
MAIL FROM:<a@b.c> => 250 OK
RCPT TO:<postmaster> FOO=1 => 501 <postmaster> FOO=1: malformed address: FOO=1 may not follow <postmaster>
RCPT TO:<postmaster> => 250 Accepted
RCPT TO:<x@y.z> => 550 relay not permitted
DATA x => 501 unexpected argument data
XX => 500 unrecognized command
XX => 500-unrecognized command\\n500 Too many syntax or protocol errors
<more> => <closed>
""",
        """
EHLO x.example => 250-
VRFY => 501 empty address
ETRN => 458 Administrative prohibition
BDAT 0 => 503 valid RCPT command must precede BDAT
BOGUS => 500 unrecognized command
XCLIENT => 500 unrecognized command
XX => 500-unrecognized command\\n500 Too many syntax or protocol errors
""",
        """
EHLO x.example => 250-
RCPT TO:<postmaster> => 503 sender not yet given
AUTH PLAIN => 334
* => 501 Authentication cancelled
STARTTLS => 220 TLS go ahead
<tls>
EHLO x.example => 250-
STARTTLS => 503 STARTTLS command used when not advertised
""",
        "EHLO x.example => 250-\n"
        + "RSET => 250 Reset OK\n" * 10
        + "NOOP => 554 Too many nonmail commands\n<more> => <closed>",
    ],
    "sendmail": [
        """
HELP => 214-2.0.0 This is sendmail version 8.17.1.9\\n214-2.0.0 Topics:
HELP MAIL => 214-2.0.0 MAIL From:<sender>
HELP FOO => 504 5.3.0 HELP topic "foo" unknown
MAIL FROM:<> => 503 5.0.0 Polite people say HELO first
EHLO => 501 5.0.0 EHLO requires domain address
EHLO x.example => 250-mx.example.org Hello x.example [127.0.0.1], pleased to meet you\\n250-ENHANCEDSTATUSCODES
NOOP hi => 250 2.0.0 OK
VRFY root => 250 2.1.5 <root@mx.example.org>
VRFY nobody9 => 550 5.1.1 nobody9... User unknown
VRFY => 501 5.5.2
EXPN root => 250 2.1.5 <root@mx.example.org>
AUTH => 501 5.5.2 AUTH mechanism must be specified
AUTH FOO => 504 5.3.3 AUTH mechanism FOO not available
AUTH CRAM-MD5 => 334
* => 501 5.0.0 AUTH aborted
STARTTLS x => 501 5.5.2 Syntax error (no parameters allowed)
RCPT TO:<a@b.c> => 503 5.0.0 Need MAIL before RCPT
ETRN => 500 5.5.2 Parameter required
XCLIENT => 500 5.5.1 Command unrecognized: "XCLIENT"
TURN => 502 5.5.1 Command not implemented: "TURN"
BDAT 0 => 500 5.5.1 Command unrecognized: "BDAT 0"
xX => 500 5.5.1 Command unrecognized: "xX"
""",
        """
EHLO x.example => 250-
MAIL FROM:<a@b.c> FOO=1 => 555 5.5.4 FOO parameter unrecognized
MAIL FROM:<a@b.c> SIZE=999999999 => 552 5.2.3 Message size exceeds fixed maximum message size (10000000)
MAIL FROM:<a@b.c> BODY=BINARYMIME => 501 5.5.4 Unknown BODY type BINARYMIME
MAIL FROM:<a@b.c> => 250 2.1.0 <a@b.c>... Sender ok
MAIL FROM:<a@b.c> => 503 5.5.0 Sender already specified
RCPT TO:<root> FOO=1 => 555 5.5.4 FOO parameter unrecognized
RCPT TO:<x@y.z> => 550 5.7.1 <x@y.z>... Relaying denied
DATA x => 503 5.0.0 Need RCPT (recipient)
RCPT TO:<postmaster> => 250 2.1.5 <postmaster>... Recipient ok
RSET => 250 2.0.0 Reset state
MAIL FROM:a@b.c => 250 2.1.0
STARTTLS => 220 2.0.0 Ready to start TLS
<tls>
EHLO x.example => 250-
STARTTLS => 503 5.5.0
QUIT x => 221 2.0.0 mx.example.org closing connection
<more> => <closed>
""",
    ],
    "opensmtpd": [
        """
HELP => 214-2.0.0 This is OpenSMTPD
HELP MAIL => 500 5.5.4 Invalid command arguments: command does not accept arguments.
EHLO => 501 5.5.1 Invalid command: EHLO requires domain name
EHLO x => 250-mx.example.org Hello x [127.0.0.1], pleased to meet you\\n250-8BITMIME
NOOP => 250 2.0.0 Ok
NOOP hi => 500 5.5.4 Invalid command arguments
VRFY a@b.c => 500 5.5.1 Invalid command: Command unrecognized
VRFY => 500 5.5.1 Invalid command: Command unrecognized
EXPN l => 500 5.5.1 Invalid command: Command unrecognized
ETRN => 500 5.5.1 Invalid command: Command unrecognized
AUTH => 503 5.5.1 Invalid command: Command not supported
AUTH FOO => 503 5.5.1 Invalid command: Command not supported
WIZ => 500 5.5.1 Invalid command: this feature is not supported yet ;-)
QUIT x => 500 5.5.4
RCPT TO:<a@b.c> => 503 5.5.1 Invalid command: Command not allowed at this point.
STARTTLS x => 501 5.5.4 Invalid command arguments: No parameters allowed
STARTTLS => 220 2.0.0 Ready to start TLS
<tls>
EHLO x => 250-
AUTH => 501 5.5.4
AUTH FOO => 504 5.7.4
AUTH LOGIN => 334 VXNlcm5hbWU6
* => 501
STARTTLS => 503 5.5.1 Invalid command: Channel already secured
""",
        """
EHLO x => 250-
MAIL FROM:<a@b.c> FOO=1 => 503 5.5.4 Invalid command arguments: Unsupported option FOO=1
MAIL FROM:<a@b.c> SIZE=99999999 => 250 2.0.0 Ok
MAIL FROM:<a@b.c> => 503 5.5.1
RSET => 250 2.0.0 Reset state
MAIL FROM:<a@b.c> BODY=BINARYMIME => 503 5.5.4 Invalid command arguments: Unsupported option BODY=BINARYMIME
MAIL FROM:a@b.c => 553 5.1.0
MAIL FROM:<a@b.c> => 250 2.0.0 Ok
RCPT TO:<root@example.org> FOO=1 => 503 Unsupported option FOO=1
RCPT TO:<x@y.z> => 550 Invalid recipient: <x@y.z>
RCPT TO:<postmaster> => 250 2.1.5
DATA x => 500 5.5.4
""",
    ],
    "exchange": [
        """
HELP => 214-This server supports the following commands:
HELP MAIL => 214-This server
HELP FOO => 214-This server
EHLO => 501 5.0.0
EHLO x => 250-mx.example.org Hello [127.0.0.1]\\n250-SIZE 37748736
NOOP x => 250 2.0.0 OK
VRFY x => 252 2.1.5 Cannot VRFY user
EXPN x => 502 5.3.3
XCLIENT => 500 5.3.3 Unrecognized command
AUTH FOO => 504 5.7.4 Unrecognized authentication type
AUTH NTLM => 334 NTLM supported
* => 501 5.7.0
<more> => 421 4.7.0 Too many errors on this connection
""",
        """
EHLO x => 250-
RCPT TO:<postmaster> => 503 5.5.2 Need mail command
MAIL FROM:<> FOO=1 => 501 5.5.4
MAIL FROM:<> BODY=BINARYMIME => 250 2.1.0 Sender OK
MAIL FROM:<> => 503 5.5.2 Sender already specified
RCPT TO:<postmaster> => 250 2.1.5 Recipient OK
RCPT TO:<x@y.z> => 550 5.7.54
RSET => 250 2.0.0 Resetting
STARTTLS => 220 2.0.0 SMTP server ready
<tls>
EHLO x => 250-
STARTTLS => 503 5.5.2
""",
    ],
    "gmail": [
        """
HELP => 214 2.0.0
EHLO x => 250-mx.google.com at your service, [127.0.0.1]\\n250-SIZE 157286400
VRFY x => 252 2.1.5 Send some mail, I'll try my best
EXPN x => 502 5.5.1 Unimplemented command.
AUTH FOO => 503 5.5.1
RCPT TO:<a@gmail.com> => 503 5.5.1 MAIL first.
MAIL FROM:<> FOO=1 => 555 5.5.2 Syntax error
MAIL FROM:x@y.z => 555 5.5.2
MAIL FROM:<> => 250 2.1.0 OK
RCPT TO:<postmaster> => 553 5.1.3
RCPT TO:<postmaster@gmail.com> => 250 2.1.5 OK
RCPT TO:<nobody9@gmail.com> => 550-5.1.1 The email account that you tried to reach does not exist
RSET => 250 2.1.5 Flushed
STARTTLS x => 501 5.7.11
STARTTLS => 220 2.0.0 Ready to start TLS
""",
        "EHLO => 501 5.5.4 Empty HELO/EHLO argument not allowed\n<more> => <closed>",
        "XX => 502 5.5.1 Unrecognized command.\n" * 4 + "XX => 502 5.5.1 Too many\n<more> => <closed>",
    ],
    "help-211": ["HELP => 211-2.0.0 mx.example.org\nHELP MAIL => 211-2.0.0\nNOOP => 250"],
    "accepting": [
        """
EHLO x.example => 250-mx.example.org\\n250-PIPELINING\\n250-SIZE 52428800
AUTH PLAIN AHVzZXIAcGFzc3dvcmQ= => 538 5.7.11
STARTTLS => 220 2.0.0
<tls>
EHLO x.example => 250-mx.example.org\\n250-PIPELINING\\n250-SIZE 52428800\\n250-8BITMIME\\n250-SMTPUTF8\\n250-AUTH PLAIN
AUTH PLAIN AHVzZXIAcGFzc3dvcm0= => 535 5.7.8
AUTH PLAIN AHVzZXIAcGFzc3dvcmQ= => 235 2.7.0
MAIL FROM:<a@b.c> SIZE=12 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=x => 250 2.1.0
RCPT TO:<anybody@anywhere.example> NOTIFY=FAILURE ORCPT=rfc822;x@y.z => 250 2.1.5
RCPT TO:<x@y.z> NOTIFY=SOMETIMES => 501 5.5.4
DATA => 354
Subject: x\\r\\n\\r\\ny\\r\\n. => 250 2.0.0
"""
    ],
    "auth-504": [
        """
EHLO x => 250-
AUTH PLAIN => 538 5.7.11
STARTTLS => 220
<tls>
EHLO x => 250-mx.example.org\\n250-SIZE 10485760\\n250-AUTH PLAIN LOGIN
AUTH => 501
AUTH PLAIN => 504 5.5.4
AUTH LOGIN => 504 5.5.4
AUTH SMTPPROBE => 504 5.5.4
"""
    ],
    "no-ehlo": [
        """
MAIL FROM:<> => 503 Send HELO first
EHLO x => 502 Command not implemented
HELO x => 250 mx.example.org
STARTTLS => 500
MAIL FROM:<> SIZE=1 => 555
MAIL FROM:<> => 250 OK
RCPT TO:<postmaster> => 250 OK
QUIT => 221
<more> => <closed>
"""
    ],
    "strict": [
        """
EHLO x => 250-
XX => 500
MAIL FROM:<> FOO=1 => 555
VRFY => 421 4.5.0 Too many errors, bye
<more> => <closed>
"""
    ],
    "insecure": [
        """
EHLO x.example => 250-mail.example.net\\n250-PIPELINING\\n250-SIZE 10485760\\n250-8BITMIME\\n250-REQUIRETLS
VRFY nobody9 => 550 5.1.1
AUTH NTLM => 334 NTLM supported
TlRM => 334 TlRMTVNTUAAC
* => 501 5.7.0
MAIL FROM:<> REQUIRETLS => 250 2.1.0
RCPT TO:<nobody9@mail.example.net> => 550 5.1.1
RCPT TO:<probe@relay-1.example.org> => 250 2.1.5
RCPT TO:<ann@b.example> => 550 5.7.1
"""
    ],
    "rate-limited": ["EHLO x => 250-\nMAIL FROM:<> => 421 4.7.0 mx.example.org Rate limit\n<more> => <closed>"],
    "greylisting": [
        """
EHLO x => 250-
RCPT TO:<a@b.c> => 503
MAIL FROM:<> => 250
RCPT TO:<a@b.c> => 451 4.7.1 <a@b.c>: Recipient
RSET => 250
"""
    ],
    "tls-first": [
        """
EHLO x => 250-
MAIL FROM:<> => 530 5.7.0 Must issue a STARTTLS command first
HELP => 530 5.7.0
NOOP => 250
AUTH PLAIN => 530
STARTTLS => 220
<tls>
EHLO x => 250-
AUTH PLAIN AGFubgBzZWNyZXQ= => 235 2.7.0
AUTH PLAIN => 503 5.5.1 Already authenticated
MAIL FROM:<> => 250
RCPT TO:<ann@example.org> => 250
DATA => 354
Subject: hello\\r\\n\\r\\n..\\r\\n. => 250 2.0.0
"""
    ],
    "everything": [
        """
EHLO x => 250-mx.example.org\\n250-PIPELINING\\n250-SIZE 52428800
ETRN => 501
ETRN example.org => 250
ATRN => 530
TURN => 502
SEND FROM:<a@b.c> => 250
SEND => 501
VERB => 250
EXPN staff => 250-2.1.5 <ann@example.org>
VRFY nobody9 => 550 5.1.1
MAIL FROM:<> BY=120;R MT-PRIORITY=3 HOLDFOR=60 SOLICIT=net.example:ADV CONPERM SMTPUTF8 RET=HDRS => 250
RCPT TO:<postmaster> NOTIFY=SUCCESS,DELAY RRVS=2014-04-03T23:01:00Z;C CONNEG => 250
RCPT TO:<postmaster> NOTIFY=NEVER,DELAY => 501
BDAT 7 LAST\\r\\nhello => 250 2.0.0 Chunk received
DATA => 503
MAIL FROM:<> BY=soon => 501
MAIL FROM:<> MT-PRIORITY=10 => 501
MAIL FROM:<> CONPERM=1 => 501
MAIL FROM:<> SIZE=52428801 => 552
MAIL FROM:<> REQUIRETLS => 555
BURL imap://x => 503
AUTH PLAIN => 538
STARTTLS => 220
<tls>
EHLO x => 250-
MAIL FROM:<> REQUIRETLS => 250
RSET => 250
AUTH CRAM-MD5 => 334
* => 501
"""
    ],
    "flushes-input": ["EHLO x => 250-\nNOOP\\r\\nRSET\\r\\nHELP => 250 2.0.0\nHELP => 214"],
    "answers-twice": ["EHLO x => 250-\nNOOP => 250 2.0.0 OK\n<more> => 250 once more\nRSET => 250 2.0.0 OK"],
    "hangs-up-at-once": ["EHLO x => 250-\nEHLO x => 250-\nNOOP => <closed>"],
    "one-connection": ["EHLO x => 250-\nNOOP => 250"],
    "synchronization": [
        "EHLO x => 250-\nNOOP => 250\nNOOP\\r\\nNOOP => 554 SMTP synchronization error\n<more> => <closed>"
    ],
    "vrfy-3yz": ["EHLO x => 250-\nVRFY a => 334 \n* => 501 5.5.4 Cancelled\nNOOP => 250"],
    "slow": ["EHLO x => 250-\nNOOP => 250"],
    "demo": [
        """
HELP => 211-2.0.0 mail.demo.example
HELP TOPIC => 214-2.0.0
EHLO x => 250-mail.demo.example greets x\\n250-PIPELINING\\n250-SIZE 10485760
AUTH SMTPPROBE => 504 5.5.4 Unrecognized authentication type: SMTPPROBE
AUTH PLAIN => 334
* => 501 5.7.0
MAIL FROM:<> SIZE=10485761 => 552 5.3.4
MAIL FROM:<> SIZE=x => 501
MAIL FROM:<> RET=FULL => 555 5.5.4
VRFY postmaster => 250 2.1.5 <postmaster>
VRFY nobody9 => 550 5.1.1
STARTTLS => 220
<tls>
EHLO x => 250-
MAIL FROM:<> SIZE=10485760 => 250
QUIT => 221
<more> => <closed>
"""
    ],
}
