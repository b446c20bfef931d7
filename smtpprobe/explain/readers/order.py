"""The readers of lines, in the order in which they are asked. Each one's file holds all that is known of its format."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.explain.event import Reader
from smtpprobe.explain.readers.applications import ApplicationReader
from smtpprobe.explain.readers.exchange import ExchangeTrackingReader
from smtpprobe.explain.readers.exchange_protocol import ExchangeProtocolReader
from smtpprobe.explain.readers.exim import EximReader
from smtpprobe.explain.readers.kumomta import KumoMtaReader
from smtpprobe.explain.readers.opensmtpd import OpenSmtpdReader
from smtpprobe.explain.readers.postfix import PostfixReader
from smtpprobe.explain.readers.qmail import QmailReader
from smtpprobe.explain.readers.queues import EximQueueReader, MailqReader, PostqueueReader, SmtpctlReader
from smtpprobe.explain.readers.report_fields import ReportFieldsReader
from smtpprobe.explain.readers.sendmail import SendmailReader

READERS: tuple[Callable[[], Reader], ...] = (
    PostfixReader,
    EximReader,
    SendmailReader,
    OpenSmtpdReader,
    QmailReader,
    ExchangeProtocolReader,
    ExchangeTrackingReader,
    KumoMtaReader,
    PostqueueReader,
    SmtpctlReader,
    MailqReader,
    EximQueueReader,
    ReportFieldsReader,
    ApplicationReader,
)
