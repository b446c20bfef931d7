"""Dialogues, logs, errors and bounces in which somebody logged in, as every program that has a reader writes them.

What stands in braces is a form of the canary (secret_canary.FORMS).
"""

from __future__ import annotations

from secret_canary import FORMS

_DIALOGUES = {
    "telnet PLAIN": """220 mx.example.org ESMTP Postfix
EHLO client.example.org
250-mx.example.org
250 AUTH PLAIN LOGIN
AUTH PLAIN {plain}
535 5.7.8 Error: authentication failed: {plain}
""",
    "telnet LOGIN": """220 mx.example.org ESMTP Postfix
AUTH LOGIN
334 VXNlcm5hbWU6
{login_user}
334 UGFzc3dvcmQ6
{login_password}
535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6
""",
    "telnet LOGIN refused early": """220 mx.example.org ESMTP
AUTH LOGIN
503 5.5.1 AUTH not available
{login_user}
500 5.5.2 Error: bad syntax
{login_password}
500 5.5.2 unrecognised command {login_password}
""",
    "telnet LOGIN username at once": """AUTH LOGIN {login_user}
334 UGFzc3dvcmQ6
{login_password}
235 2.7.0 Authentication successful
""",
    "telnet CRAM-MD5": """AUTH CRAM-MD5
334 {challenge}
{cram}
535 5.7.8 authentication failed
""",
    "telnet XOAUTH2": """AUTH XOAUTH2 {xoauth2}
334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=

535 5.7.8 Username and Password not accepted
""",
    "telnet OAUTHBEARER": """AUTH OAUTHBEARER
334{space}
{oauthbearer}
535 5.7.8 {oauthbearer}
""",
    "telnet lower case": """auth plain {plain}
504 5.5.4 auth plain {plain} not supported
""",
    "telnet PLAIN on the next line": """AUTH PLAIN
334{space}
{plain}
535 5.7.8 authentication failed
""",
    "telnet split": """AUTH PLAIN {half}
{other_half}
500 5.5.2 bad syntax
""",
    "echo in a verb's place": '500 5.5.1 Command unrecognized: "{plain}"\n',
    "echo of the command": "504 5.5.4 AUTH PLAIN {plain} not supported\n",
    "echo in quotes": '501 5.5.2 Syntax error in "AUTH PLAIN {plain}"\n',
    "echo in brackets": "501 5.5.2 Cannot decode <{plain}>\n",
    "echo with a colon": "501 5.5.2 AUTH PLAIN: {plain}\n",
    "echo in clear": "535 5.7.8 login failed user={user} password={password}\n",
    "echo in clear, a colon": "535 5.7.8 login failed, password: {password}, bye\n",
    "echo in clear, quoted": "535 5.7.8 wrong password '{password}' for {user}\n",
    "echo of a token": "535 5.7.8 token {token} expired\n",
    "echo of a bearer": "535 5.7.8 auth=Bearer {token} is not valid\n",
    "echo in several lines": "535-5.7.8 AUTH PLAIN {half}\n535 5.7.8 {other_half}\n",
    "echo, folded": "535 5.7.8 AUTH PLAIN {half}\n    {other_half}\n",
    "swaks PLAIN": """=== Trying mx.example.org:587...
=== Connected to mx.example.org.
<-  220 mx.example.org ESMTP
 -> EHLO client.example.org
<-  250-mx.example.org
<-  250 AUTH PLAIN LOGIN
 -> AUTH PLAIN {plain}
<** 535 5.7.8 Error: authentication failed: {plain}
*** No authentication type succeeded
 -> QUIT
<-  221 2.0.0 Bye
""",
    "swaks LOGIN over TLS": """<~  250 AUTH LOGIN
 ~> AUTH LOGIN
<~  334 VXNlcm5hbWU6
 ~> {login_user}
<~  334 UGFzc3dvcmQ6
 ~> {login_password}
<~* 535 5.7.8 Error: authentication failed
""",
    "swaks options": """swaks --to a@example.org --server mx.example.org --auth PLAIN --auth-user {user} --auth-password {password}
<** 535 5.7.8 Error: authentication failed
""",
    "openssl": """CONNECTED(00000003)
---
250 CHUNKING
AUTH PLAIN {plain}
535 5.7.8 Error: authentication failed: Invalid base64 data in continued response
{plain}
502 5.5.2 Error: command not recognized
""",
    "curl -v": """* Connected to mx.example.org (192.0.2.1) port 587
< 220 mx.example.org ESMTP
> EHLO client
< 250-mx.example.org
< 250 AUTH PLAIN
> AUTH PLAIN
< 334{space}
> {plain}
< 535 5.7.8 Error: authentication failed
* Closing connection
curl: (67) Login denied
""",
    "curl LOGIN": """> AUTH LOGIN
< 334 VXNlcm5hbWU6
> {login_user}
< 334 UGFzc3dvcmQ6
> {login_password}
< 535 5.7.8 Error: authentication failed
""",
    "curl URL": """* Connected to smtp://{user}:{url_password}@mx.example.org port 587
curl: (67) Login denied: smtp://canary:{url_password}@mx.example.org
""",
    "smtplib debug": """send: 'ehlo client.example.org\\r\\n'
reply: b'250-mx.example.org\\r\\n'
reply: b'250 AUTH PLAIN LOGIN\\r\\n'
reply: retcode (250); Msg: b'mx.example.org\\nAUTH PLAIN LOGIN'
send: 'AUTH PLAIN {plain}\\r\\n'
reply: b'535 5.7.8 Error: authentication failed: {plain}\\r\\n'
reply: retcode (535); Msg: b'5.7.8 Error: authentication failed: {plain}'
send: 'AUTH LOGIN {login_user}\\r\\n'
reply: b'334 UGFzc3dvcmQ6\\r\\n'
reply: retcode (334); Msg: b'UGFzc3dvcmQ6'
send: '{login_password}\\r\\n'
reply: b'535 5.7.8 Error: authentication failed\\r\\n'
""",
    "smtplib debug, bytes": """send: b'AUTH CRAM-MD5\\r\\n'
reply: b'334 {challenge}\\r\\n'
send: b'{cram}\\r\\n'
reply: b'535 5.7.8 Error: authentication failed\\r\\n'
""",
    "sendmail -v": """>>> AUTH PLAIN {plain}
<<< 535 5.7.8 Error: authentication failed
>>> {login_password}
<<< 500 5.5.1 Command unrecognized: "{login_password}"
""",
    "msmtp": """<-- 220 mx.example.org ESMTP
--> AUTH PLAIN {plain}
<-- 535 5.7.8 authentication failed
msmtp: authentication failed (method PLAIN)
msmtp: server message: 535 5.7.8 AUTH PLAIN {plain} failed
""",
    "PHPMailer": """2026-11-20 10:00:00 SERVER -> CLIENT: 220 mx.example.org ESMTP
2026-11-20 10:00:00 CLIENT -> SERVER: AUTH LOGIN
2026-11-20 10:00:00 SERVER -> CLIENT: 334 VXNlcm5hbWU6
2026-11-20 10:00:00 CLIENT -> SERVER: {login_user}
2026-11-20 10:00:00 SERVER -> CLIENT: 334 UGFzc3dvcmQ6
2026-11-20 10:00:00 CLIENT -> SERVER: {login_password}
2026-11-20 10:00:00 SERVER -> CLIENT: 535 5.7.8 Error: authentication failed: {login_password}
2026-11-20 10:00:00 SMTP ERROR: Password command failed: 535 5.7.8 Error: authentication failed: {login_password}
""",
    "Exim -d": """  SMTP<< 250 AUTH PLAIN
  SMTP>> AUTH PLAIN {plain}
  SMTP<< 535 5.7.8 authentication failed
  SMTP>> {login_password}
  SMTP<< 500 unrecognized command
""",
    "Net::SMTP": """Net::SMTP>>> Net::SMTP(3.13)
Net::SMTP=GLOB(0x5581)<<< 334 VXNlcm5hbWU6
Net::SMTP=GLOB(0x5581)>>> {login_user}
Net::SMTP=GLOB(0x5581)<<< 334 UGFzc3dvcmQ6
Net::SMTP=GLOB(0x5581)>>> {login_password}
Net::SMTP=GLOB(0x5581)<<< 535 5.7.8 failed {login_password}
""",
    "Postfix's transcript": """ Out: 220 mx.example.org ESMTP Postfix
 In:  AUTH PLAIN {plain}
 Out: 535 5.7.8 Error: authentication failed: {plain}
 In:  {login_password}
 Out: 502 5.5.2 Error: command not recognized
""",
}

_LOGS = {
    "Postfix, a login": "Nov 22 02:30:30 mx postfix/smtpd[1]: warning: client.example.org[192.0.2.1]: "
    "SASL PLAIN authentication failed: {plain}\n"
    "Nov 22 02:30:30 mx postfix/smtpd[1]: warning: unknown[192.0.2.1]: SASL LOGIN authentication failed: "
    "UGFzc3dvcmQ6, sasl_username={user}\n",
    "Postfix, an improper command": "Nov 22 02:30:30 mx postfix/smtpd[1]: improper command pipelining after AUTH from "
    "client.example.org[192.0.2.1]: AUTH PLAIN {plain}\\r\\n\n",
    "Postfix, an unknown command": "Nov 22 02:30:30 mx postfix/smtpd[1]: NOQUEUE: reject: {plain} from "
    "client.example.org[192.0.2.1]: 502 5.5.2 Error: command not recognized; proto=ESMTP helo=<x>\n",
    "Postfix, a warning": "Nov 22 02:30:30 mx postfix/smtpd[1]: warning: non-SMTP command from "
    "client.example.org[192.0.2.1]: {login_password}\n",
    "Postfix, a client": "Nov 22 02:30:30 mx postfix/smtp[1]: 4ABCDEF123: to=<a@example.org>, relay=mx.example.org"
    "[192.0.2.2]:587, delay=1, delays=0/0/1/0, dsn=4.7.8, status=deferred (SASL authentication failed; server "
    "mx.example.org[192.0.2.2] said: 535 5.7.8 AUTH PLAIN {plain} refused)\n",
    "Postfix, a client, verbose": "Nov 22 02:30:30 mx postfix/smtp[1]: > mx.example.org[192.0.2.2]:587: AUTH PLAIN {plain}\n"
    "Nov 22 02:30:30 mx postfix/smtp[1]: < mx.example.org[192.0.2.2]:587: 535 5.7.8 no {plain}\n"
    "Nov 22 02:30:30 mx postfix/smtp[1]: > mx.example.org[192.0.2.2]:587: {login_password}\n",
    "Exim, a login": "2026-11-22 02:30:30 login authenticator failed for (x) [192.0.2.1]: 535 Incorrect authentication "
    "data (set_id={user})\n"
    "2026-11-22 02:30:30 rejected AUTH from H=(x) [192.0.2.1]: AUTH PLAIN {plain}\n",
    "Exim, a syntax error": '2026-11-22 02:30:30 SMTP syntax error in "AUTH PLAIN {plain}" H=(x) [192.0.2.1] '
    "invalid base64 data\n"
    "2026-11-22 02:30:30 SMTP call from (x) [192.0.2.1] dropped: too many syntax or protocol errors (last command was "
    '"AUTH LOGIN {login_user}", C=EHLO,AUTH)\n'
    "2026-11-22 02:30:30 SMTP protocol synchronization error (input sent without waiting for greeting): rejected "
    'connection from H=[192.0.2.1] input="AUTH PLAIN {plain}\\r\\n"\n',
    "Exim, unrecognized": '2026-11-22 02:30:30 unrecognized command "{login_password}" H=(x) [192.0.2.1]\n'
    '2026-11-22 02:30:30 SMTP command timeout on connection from (x) [192.0.2.1] (last command was "{login_password}")\n',
    "Exim, a delivery": "2026-11-22 02:30:30 1abcde-000001-AB ** a@example.org R=smarthost T=remote_smtp "
    "H=mx.example.org [192.0.2.2]: SMTP error from remote mail server after AUTH PLAIN {plain}: 535 5.7.8 no\n",
    "Sendmail": "Nov 22 02:30:30 mx sendmail[1]: 4AM1UU12345678: to=<a@example.org>, delay=00:00:01, mailer=relay, "
    "relay=mx.example.org. [192.0.2.2], dsn=5.7.8, stat=User unknown, reply=535 5.7.8 AUTH PLAIN {plain} refused\n"
    "Nov 22 02:30:30 mx sm-mta[1]: 4AM1UU12345679: client.example.org [192.0.2.1]: possible SMTP attack: "
    "command=AUTH, count=5\n"
    "Nov 22 02:30:30 mx sm-mta[1]: 4AM1UU12345679: --- 535 5.7.0 authentication failed {plain}\n"
    "Nov 22 02:30:30 mx sm-mta[1]: 4AM1UU12345679: <-- AUTH PLAIN {plain}\n"
    "Nov 22 02:30:30 mx sm-mta[1]: 4AM1UU12345679: <-- {login_password}\n",
    "OpenSMTPD": 'Nov 22 02:30:30 mx smtpd[1]: 0123456789abcdef smtp failed-command command="AUTH PLAIN {plain}" '
    'result="535 Authentication failed"\n'
    'Nov 22 02:30:30 mx smtpd[1]: 0123456789abcdef smtp failed-command command="{login_password}" '
    'result="500 5.5.1 Invalid command: Command unrecognized"\n'
    'Nov 22 02:30:30 mx smtpd[1]: 0123456789abcdef smtp bad-input result="500 5.5.1 AUTH PLAIN {plain}"\n'
    "Nov 22 02:30:30 mx smtpd[1]: 0123456789abcdef mta delivery evpid=1 from=<b@example.net> to=<a@example.org> rcpt=<-> "
    'source="192.0.2.1" relay="192.0.2.2 (mx.example.org)" delay=1s result="PermFail" stat="535 AUTH PLAIN {plain} no"\n',
    "qmail": "@4000000065a1b2c3d4e5f607 delivery 1: failure: Connected_to_192.0.2.2_but_authentication_was_rejected_"
    "(plain)./Remote_host_said:_535_AUTH_PLAIN_{plain}/\n"
    "@4000000065a1b2c3d4e5f607 tcpserver: ok 1\n"
    "@4000000065a1b2c3d4e5f607 qmail-smtpd: pid 1 from 192.0.2.1 auth failed: AUTH PLAIN {plain}\n",
    "Exchange": "#Log-type: SMTP Send Protocol Log\n"
    "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n"
    "2026-11-22T02:30:30.000Z,c,08DA,1,192.0.2.1:1,192.0.2.2:587,>,AUTH LOGIN,\n"
    "2026-11-22T02:30:30.000Z,c,08DA,2,192.0.2.1:1,192.0.2.2:587,<,334 VXNlcm5hbWU6,\n"
    "2026-11-22T02:30:30.000Z,c,08DA,3,192.0.2.1:1,192.0.2.2:587,>,{login_user},\n"
    "2026-11-22T02:30:30.000Z,c,08DA,4,192.0.2.1:1,192.0.2.2:587,<,334 UGFzc3dvcmQ6,\n"
    "2026-11-22T02:30:30.000Z,c,08DA,5,192.0.2.1:1,192.0.2.2:587,>,{login_password},\n"
    "2026-11-22T02:30:30.000Z,c,08DA,6,192.0.2.1:1,192.0.2.2:587,<,535 5.7.3 Authentication unsuccessful {login_password},\n"
    "2026-11-22T02:30:30.000Z,c,08DA,7,192.0.2.1:1,192.0.2.2:587,>,AUTH PLAIN {plain},\n"
    "2026-11-22T02:30:30.000Z,c,08DA,8,192.0.2.1:1,192.0.2.2:587,<,504 5.7.4 Unrecognized authentication type,\n",
    "KumoMTA": '{{"type":"TransientFailure","id":"1","sender":"a@example.org","recipient":"b@example.org",'
    '"response":{{"code":535,"enhanced_code":{{"class":5,"subject":7,"detail":8}},"content":"AUTH PLAIN {plain} refused",'
    '"command":"AUTH PLAIN {plain}"}},"timestamp":1700000000}}\n'
    '{{"type":"Bounce","id":"1","sender":"a@example.org","recipient":"b@example.org",'
    '"response":{{"code":535,"content":"password={password}","command":"{login_password}"}},"timestamp":1700000000}}\n',
    "journald": '{{"MESSAGE":"SASL PLAIN authentication failed: 535 5.7.8 AUTH PLAIN {plain}","SYSLOG_IDENTIFIER":"postfix/smtp"}}\n',
    "JSON log": '{{"level":"error","msg":"send failed: 535 5.7.8 AUTH PLAIN {plain} refused","password":"{password}",'
    '"auth":{{"user":"{user}","pass":"{password}"}},"token":"{token}"}}\n',
    "JSON log, one reply": '{{"time":"2026-11-22","error":"535 5.7.8 Error: authentication failed","smtp_password":"{password}"}}\n',
    "key=value log": 'time=2026-11-22T02:30:30Z level=error msg="535 5.7.8 authentication failed" user={user} '
    "password={password} access_token={token}\n",
}

_ERRORS = {
    "smtplib": """Traceback (most recent call last):
  File "/srv/app/mail.py", line 12, in send
    smtp.login("{user}", "{password}")
  File "/usr/lib/python3.11/smtplib.py", line 750, in login
    raise last_exception
smtplib.SMTPAuthenticationError: (535, b'5.7.8 AUTH PLAIN {plain} refused')
""",
    "smtplib, one line": "smtplib.SMTPAuthenticationError: (535, b'5.7.8 Error: authentication failed: {plain}') password={password}\n",
    "Nodemailer": """Error: Invalid login: 535 5.7.8 AUTH PLAIN {plain} refused
    at SMTPConnection._formatError (/srv/node_modules/nodemailer/lib/smtp-connection/index.js:790:19) {{
  code: 'EAUTH',
  response: '535 5.7.8 AUTH PLAIN {plain} refused',
  responseCode: 535,
  command: 'AUTH PLAIN {plain}',
  auth: {{ user: '{user}', pass: '{password}' }},
  accessToken: '{token}'
}}
""",
    "Nodemailer debug": """[2026-11-22 02:30:30] DEBUG [abc] C: AUTH PLAIN {plain}
[2026-11-22 02:30:30] DEBUG [abc] S: 535 5.7.8 Error: authentication failed
""",
    "Go": "2026/11/22 02:30:30 smtp: 535 5.7.8 AUTH PLAIN {plain} refused\n"
    'panic: smtp.PlainAuth("", "{user}", "{password}", "mx.example.org"): 535 5.7.8 Error: authentication failed\n',
    "Java": """javax.mail.AuthenticationFailedException: 535 5.7.8 AUTH PLAIN {plain} refused
	at com.sun.mail.smtp.SMTPTransport$Authenticator.authenticate(SMTPTransport.java:809)
	at org.example.Mailer.login({user}, {password})
DEBUG SMTP: AUTH PLAIN command trace suppressed
""",
    "JavaMail debug": """DEBUG SMTP: protocolConnect login, host=mx.example.org, user={user}, password={password}
C: AUTH PLAIN {plain}
S: 535 5.7.8 Error: authentication failed
""",
    "PHP": """PHP Fatal error:  Uncaught PHPMailer\\PHPMailer\\Exception: SMTP Error: Could not authenticate. 535 5.7.8 {plain}
Stack trace:
#0 /srv/app/mail.php(12): PHPMailer->smtpConnect(Array)
#1 /srv/app/mail.php(20): login('{user}', '{password}')
  thrown in /srv/app/mail.php on line 12
""",
    "Symfony": "Symfony\\Component\\Mailer\\Exception\\TransportException: Failed to authenticate on SMTP server with username "
    '"{user}" using the following authenticators: "LOGIN", "PLAIN". Authenticator "PLAIN" returned "Expected response code '
    '"235" but got code "535", with message "535 5.7.8 AUTH PLAIN {plain} refused".". smtp://{user}:{url_password}@mx.example.org\n',
    "Ruby": "Net::SMTPAuthenticationError: 535 5.7.8 AUTH PLAIN {plain} refused\n"
    'from /srv/app/mail.rb:12:in `start\': password: "{password}"\n',
    ".NET": "System.Net.Mail.SmtpException: The SMTP server requires a secure connection or the client was not authenticated. "
    "The server response was: 535 5.7.8 AUTH PLAIN {plain} refused\n"
    "   at Program.Main() Password={password}\n",
    "Django settings": "django.core.mail: EMAIL_HOST_PASSWORD='{password}' smtplib.SMTPAuthenticationError: (535, b'5.7.8 no')\n",
    "URL in an error": "Error: connect ECONNREFUSED smtp://{user}:{url_password}@mx.example.org:587\n"
    "Error: getaddrinfo ENOTFOUND smtp://canary:{password}@mx.example.org\n",
}

_BOUNCES = {
    "a bounce": """From: MAILER-DAEMON@mx.example.org
To: a@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

<b@example.net>: SASL authentication failed; server mx.example.net[192.0.2.2] said: 535 5.7.8 AUTH PLAIN
    {plain} refused (in reply to AUTH PLAIN {plain})

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; b@example.net
Action: failed
Status: 5.7.8
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 535 5.7.8 AUTH PLAIN {plain} refused password={password}

--b--
""",
    "a bounce in words": """From: MAILER-DAEMON@mx.example.org
To: a@example.org
Subject: failure notice

Hi. This is the qmail-send program at mx.example.org.

<b@example.net>:
Connected to 192.0.2.2 but authentication was rejected (plain).
Remote host said: 535 5.7.8 AUTH PLAIN {plain} refused
""",
    "a bounce with a transcript": """From: MAILER-DAEMON@mx.example.org
To: a@example.org
Subject: Returned mail: see transcript for details

   ----- The following addresses had permanent fatal errors -----
<b@example.net>

   ----- Transcript of session follows -----
... while talking to mx.example.net.:
>>> AUTH PLAIN {plain}
<<< 535 5.7.8 Error: authentication failed {plain}
>>> {login_password}
<<< 500 5.5.1 Command unrecognized: "{login_password}"
554 5.0.0 Service unavailable
""",
}

#: Every text by its name, with the canary filled in.
TEXTS = {name: text.format(**FORMS) for texts in (_DIALOGUES, _LOGS, _ERRORS, _BOUNCES) for name, text in texts.items()}
