"""smtpprobe: hold a conversation with a mail server and explain every reply. Programs use ``smtpprobe.api``."""

__version__ = "0.1.0"
