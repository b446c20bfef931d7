"""How this machine's own mail server would send, read from its configuration. Sends nothing and changes nothing."""

from smtpprobe.like.exim import read_exim
from smtpprobe.like.postfix import read_postfix
from smtpprobe.like.program import LikeError

__all__ = ["LikeError", "read_exim", "read_postfix"]
