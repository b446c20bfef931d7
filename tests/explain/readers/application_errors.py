"""Errors as applications print them, and how to read them to their end: for the tests of the reader of applications."""

from __future__ import annotations

from smtpprobe.catalogue import faults
from smtpprobe.diagnosis import Event
from smtpprobe.explain.readers.applications import ApplicationReader


def read(text: str) -> list[Event]:
    reader = ApplicationReader()
    found: list[Event] = []
    for number, line in enumerate(text.split("\n"), 1):
        found += reader.read(line, number) or ()
    return [*found, *reader.end()]


def one(text: str) -> Event:
    (event,) = read(text)
    return event


def fault(event: Event) -> str:
    found = faults.match(event.text)
    assert event.code is None
    assert found is not None
    return found.name


TRACEBACK = """Internal Server Error: /contact/
Traceback (most recent call last):
  File "/app/mail.py", line 12, in <module>
    server.login("bob@example.org", "hunter2-secret")
    ~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.12/smtplib.py", line 750, in login
    raise SMTPServerDisconnected("Connection unexpectedly closed")
smtplib.SMTPAuthenticationError: (535, b'5.7.8 No')"""

NODE = r"""Error: Invalid login: 535-5.7.8 Not accepted. For more information, go to
535 5.7.8  https://support.example.com/?p=Bad - gsmtp
    at SMTPConnection._formatError (/app/node_modules/nodemailer/lib/smtp-connection/index.js:790:19)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
  code: 'EAUTH',
  response: '535-5.7.8 Not accepted. For more information, go to\n' +
    '535 5.7.8  https://support.example.com/?p=Bad - gsmtp',
  responseCode: 535,
  command: 'AUTH PLAIN'
}"""

JAVA = """javax.mail.MessagingException: Could not connect to SMTP host: mail.example.org, port: 587;
  nested exception is:
\tjavax.net.ssl.SSLException: Unsupported or unrecognized SSL message
\tat com.sun.mail.smtp.SMTPTransport.openServer(SMTPTransport.java:2212)
Caused by: javax.net.ssl.SSLException: Unsupported or unrecognized SSL message
\t... 12 more"""
