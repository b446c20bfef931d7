"""Bounces, feedback reports and vacation replies: a message in, events out; and what kind of input it is."""

from smtpprobe.explain.bounces.mailbox import kind_of, split_mbox
from smtpprobe.explain.bounces.message import Kind, Message, read_message

__all__ = ["Kind", "Message", "kind_of", "read_message", "split_mbox"]
